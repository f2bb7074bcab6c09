// The page: state, its URL fragment, and everything one can press.

const $ = (id) => document.getElementById(id);
const el = Panel.el;
const phone = window.matchMedia("(max-width: 760px)");

let filters = Model.noFilters();
let focus = null; // { node, steps }
let picked = null; // { node } or { edge }
let route = null; // { from, to }: to is null until it is picked
let shown = Model.visible(filters, focus);
const past = [];

// ---- light and dark
const systemDark = window.matchMedia("(prefers-color-scheme: dark)");
let chosenTheme = null;
const theme = () => chosenTheme || (systemDark.matches ? "dark" : "light");
function applyTheme() {
  document.documentElement.dataset.theme = theme();
  Panel.setTheme(theme());
  if (Canvas.network) Canvas.setTheme(theme());
  drawLegend();
  drawPanel();
}

// ---- what panels cover of the stage
function inset() {
  const top = $("top").getBoundingClientRect().bottom + 6;
  const open = document.body.classList.contains("has-panel");
  if (phone.matches) return { top, left: 6, right: 6, bottom: open ? $("panel").offsetHeight + 10 : 10 };
  return {
    top,
    left: document.body.classList.contains("has-filters") ? $("filters").offsetWidth + 22 : 10,
    right: open ? $("panel").offsetWidth + 22 : 10,
    bottom: 60, // the zoom buttons
  };
}
const fit = (moving = true) => Canvas.frame(shown.nodes, inset(), moving);

// What is picked, in the middle; otherwise everything.
function atRest(moving = true) {
  const steps = route && route.to !== null ? Model.path(route.from, route.to, shown) : null;
  if (picked && picked.edge && !focus && !route) {
    const edge = Model.edgeById.get(picked.edge);
    return Canvas.frame(new Set([edge.from, edge.to]), inset(), moving, 0.7);
  }
  const ids = steps ? steps.map((one) => one.node) : picked && picked.node !== undefined && !focus ? nearby(picked.node).nodes : shown.nodes;
  Canvas.frame(shown.nodes.size && [...ids].length ? ids : shown.nodes, inset(), moving);
}

// ---- legend and filters
function legendRow(label, mark, count, hidden, flip, only) {
  const box = el("input", { type: "checkbox", checked: !hidden });
  box.addEventListener("change", flip);
  return el(
    "div", { class: "entry" + (hidden ? " off" : "") },
    el("label", {}, box, mark, el("span", { class: "what" }, label), el("span", { class: "count" }, count)),
    el("button", { class: "only", onclick: only, title: `Only ${label}` }, "only")
  );
}
function drawLegend() {
  const mode = theme();
  const flip = (set, key) => () => {
    set.has(key) ? set.delete(key) : set.add(key);
    applyFilters();
  };
  const only = (set, keys, key) => () => {
    const alone = !set.has(key) && set.size === keys.length - 1;
    set.clear();
    if (!alone) keys.filter((other) => other !== key).forEach((other) => set.add(other));
    applyFilters();
  };
  const nodesBy = new Map();
  for (const id of shown.nodes) nodesBy.set(Model.nodes[id].kind, (nodesBy.get(Model.nodes[id].kind) || 0) + 1);
  const edgesBy = new Map();
  for (const id of shown.edges) edgesBy.set(Model.edgeById.get(id).p, (edgesBy.get(Model.edgeById.get(id).p) || 0) + 1);
  const of = (now, all) => (now === all ? all.toLocaleString("en") : `${now.toLocaleString("en")} / ${all.toLocaleString("en")}`);
  const held = document.activeElement && document.activeElement.closest("#kinds, #predicates") ? [...document.querySelectorAll("#kinds input, #predicates input, #kinds button, #predicates button")].indexOf(document.activeElement) : -1;
  const kinds = Style.kindOrder(Model.kinds.keys());
  $("kinds").replaceChildren(
    ...kinds.map((kind) => legendRow(Style.kind(kind).plural, Style.kindMark(kind, mode), of(nodesBy.get(kind) || 0, Model.kinds.get(kind)), filters.kinds.has(kind), flip(filters.kinds, kind), only(filters.kinds, kinds, kind)))
  );
  const predicates = Style.predicateOrder(Model.predicates.keys());
  $("predicates").replaceChildren(
    ...predicates.map((p) => legendRow(Style.predicate(p).out, Style.predicateMark(p, mode), of(edgesBy.get(p) || 0, Model.predicates.get(p)), filters.predicates.has(p), flip(filters.predicates, p), only(filters.predicates, predicates, p)))
  );
  if (held >= 0) document.querySelectorAll("#kinds input, #predicates input, #kinds button, #predicates button")[held]?.focus();
  $("clear").disabled = !Model.isFiltering(filters);
  $("counts").textContent = countsText();
}
function countsText() {
  const part = (now, all, word) => (now === all ? Panel.plural(all, word) : `${now.toLocaleString("en")} of ${Panel.plural(all, word)}`);
  return `${part(shown.nodes.size, Model.nodes.length, "node")} · ${part(shown.edges.size, Model.edges.length, "edge")}`;
}
function setRanges() {
  const [from, to] = filters.years || Model.span || [0, 0];
  $("years").hidden = !Model.span || Model.span[0] === Model.span[1];
  for (const [id, value] of [["year-from", from], ["year-to", to]]) {
    [$(id).min, $(id).max] = Model.span || [0, 0];
    $(id).value = value;
  }
  const [most, first] = [Math.max(1, ...Model.perYear.values()), Model.span ? Model.span[0] : 0];
  const all = Model.span ? Model.span[1] - first + 1 : 1;
  $("bars").replaceChildren(
    ...Array.from({ length: all }, (_, i) => {
      const count = Model.perYear.get(first + i) || 0;
      const bar = el("span", { class: first + i < from || first + i > to ? "off" : "", title: `${first + i}: ${count}` });
      bar.style.height = `${Math.round((100 * count) / most)}%`;
      return bar;
    })
  );
  $("years-out").textContent = from === to ? String(from) : `${from} – ${to}`;
  $("confidence").hidden = !Model.hasConfidence;
  $("conf").value = filters.conf;
  $("conf-out").textContent = filters.conf > 0 ? filters.conf.toFixed(2) : "any";
  $("papers").hidden = Model.mostPapers < 2;
  $("least-papers").max = Math.min(Model.mostPapers, 25);
  $("least-papers").value = filters.papers;
  $("papers-out").textContent = Panel.plural(filters.papers, "paper");
  $("support").hidden = Model.mostSupport < 2;
  $("least-support").max = Math.min(Model.mostSupport, 25);
  $("least-support").value = filters.support;
  $("support-out").textContent = Panel.plural(filters.support, "paper");
}
function applyFilters({ refit = false } = {}) {
  shown = Model.visible(filters, focus);
  Canvas.show(shown, focus && focus.node);
  setRanges();
  drawLegend();
  drawPanel();
  light();
  remember();
  if (refit) fit();
}

// ---- what is lit, and what the panel says
function light() {
  let lit = null;
  if (route) {
    const steps = route.to === null ? null : Model.path(route.from, route.to, shown);
    lit = steps
      ? { nodes: new Set(steps.map((step) => step.node)), edges: new Set(steps.filter((step) => step.edge).map((step) => step.edge.id)), main: route.to }
      : route.to === null ? null : { nodes: new Set([route.from, route.to]), edges: new Set(), main: route.from };
  } else if (picked && picked.node !== undefined) lit = nearby(picked.node);
  else if (picked) {
    const edge = Model.edgeById.get(picked.edge);
    lit = { nodes: new Set([edge.from, edge.to]), edges: new Set([edge.id]), main: null };
  }
  Canvas.light(lit);
}
function nearby(id) {
  const edges = Model.touching[id].filter((edge) => shown.edges.has(edge.id));
  return { nodes: new Set([id, ...edges.map((edge) => Model.other(edge, id))].filter((node) => shown.nodes.has(node))), edges: new Set(edges.map((edge) => edge.id)), main: id };
}
function drawPanel() {
  if (route) Panel.showPath(route.from, route.to, route.to === null ? null : Model.path(route.from, route.to, shown));
  else if (picked && picked.node !== undefined) Panel.showNode(picked.node, shown, focus && focus.node === picked.node ? focus.steps : null);
  else if (picked) Panel.showEdge(picked.edge);
  else Panel.showOverview();
  $("panel").classList.toggle("overview", !route && !picked);
  const open = Boolean(route || picked) || !phone.matches;
  document.body.classList.toggle("has-panel", open);
  Canvas.setRoom(inset());
}
const say = (text) => { $("live").textContent = text; };
let toastTimer = 0;
function toast(text) {
  $("toast").textContent = text;
  $("toast").classList.add("on");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => $("toast").classList.remove("on"), 2200);
}

// ---- steps one can take back
const snapshot = () => ({ focus: focus && { ...focus }, picked: picked && { ...picked }, route: route && { ...route } });
function step() {
  past.push(snapshot());
  if (past.length > 200) past.shift();
  $("back").disabled = false;
}
function settle({ camera = null } = {}) {
  shown = Model.visible(filters, focus);
  Canvas.show(shown, focus && focus.node);
  drawLegend();
  drawPanel();
  light();
  remember();
  if (camera) Canvas.frame(camera, inset());
}
function select(id, { center = true } = {}) {
  if (route && route.to === null && id !== route.from) {
    step();
    route = { from: route.from, to: id };
    const steps = Model.path(route.from, route.to, shown);
    say(steps ? `Path of ${steps.length - 1} steps` : "No path");
    return settle({ camera: steps && steps.map((s) => s.node) });
  }
  step();
  route = null;
  picked = { node: id };
  const node = Model.nodes[id];
  say(`${node.kind} ${node.name}, ${Model.touching[id].length} edges`);
  settle();
  if (center && shown.nodes.has(id) && !Canvas.inSight(id, inset())) Canvas.frame(nearby(id).nodes, inset());
}
function pickEdge(id) {
  step();
  route = null;
  picked = { edge: id };
  const edge = Model.edgeById.get(id);
  say(`${Model.nodes[edge.from].name} ${Style.predicate(edge.p).out} ${Model.nodes[edge.to].name}`);
  settle();
}
function setFocus(id, steps = 1) {
  step();
  route = null;
  picked = { node: id };
  focus = { node: id, steps };
  settle();
  fit();
}
function clear() {
  if (!picked && !route) return;
  step();
  picked = null;
  route = null;
  settle();
}
function back() {
  const before = past.pop();
  $("back").disabled = !past.length;
  if (!before) return;
  const refit = JSON.stringify(before.focus) !== JSON.stringify(focus);
  ({ focus, picked, route } = before);
  settle();
  if (refit) fit();
}
function reset() {
  step();
  filters = Model.noFilters();
  [focus, picked, route] = [null, null, null];
  if ($("physics").checked) {
    $("physics").checked = false;
    Canvas.physics(false);
  }
  setRanges();
  settle();
  fit();
}
function reveal() {
  step();
  filters = Model.noFilters();
  focus = null;
  setRanges();
  settle();
  if (picked && picked.node !== undefined) Canvas.frame(nearby(picked.node).nodes, inset());
}
Panel.on({
  select: (id) => select(id),
  edge: pickEdge,
  focus: () => picked && picked.node !== undefined && setFocus(picked.node),
  wider: () => picked && picked.node !== undefined && setFocus(picked.node, focus && focus.node === picked.node ? focus.steps + 1 : 1),
  path: startPath,
  csv: () => copyCsv(),
  reveal,
});
function startPath() {
  if (!picked || picked.node === undefined) return;
  step();
  route = { from: picked.node, to: null };
  settle();
  say("Pick the other end of the path");
}
