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
    bottom: 12,
  };
}
const fit = (moving = true) => Canvas.frame(shown.nodes, inset(), moving);

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
    if (Model.span) [$(id).min, $(id).max] = Model.span;
    $(id).value = value;
  }
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
  Canvas.show(shown);
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
  Canvas.show(shown);
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

// ---- the state as the URL's fragment: names, not numbers, so that it outlives a rebuild of the graph
function fragment() {
  const state = new URLSearchParams();
  const iri = (id) => Model.nodes[id].iri;
  if (picked && picked.node !== undefined) state.set("node", iri(picked.node));
  else if (picked) {
    const edge = Model.edgeById.get(picked.edge);
    state.set("edge", [iri(edge.from), edge.p, iri(edge.to)].join(" "));
  }
  if (focus) {
    state.set("focus", iri(focus.node));
    state.set("steps", String(focus.steps));
  }
  if (route && route.to !== null) state.set("path", [iri(route.from), iri(route.to)].join(" "));
  if (filters.kinds.size) state.set("without", [...filters.kinds].sort().join(","));
  if (filters.predicates.size) state.set("not", [...filters.predicates].sort().join(","));
  if (filters.years) state.set("years", filters.years.join("-"));
  if (filters.conf > 0) state.set("confidence", String(filters.conf));
  if (filters.papers > 1) state.set("papers", String(filters.papers));
  if (filters.support > 1) state.set("support", String(filters.support));
  if (chosenTheme) state.set("theme", chosenTheme);
  return state.toString();
}
let written = "";
function remember() {
  written = fragment();
  try {
    history.replaceState(null, "", written ? `#${written}` : location.pathname + location.search);
  } catch {
    // a frame without an address of its own keeps no state
  }
}
function restore() {
  const state = new URLSearchParams(location.hash.slice(1));
  const node = (iri) => Model.byIri.get(iri);
  const within = (text, low, high, otherwise) => {
    const value = Number(text);
    return text !== null && Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : otherwise;
  };
  filters = Model.noFilters();
  [focus, picked, route] = [null, null, null];
  for (const kind of (state.get("without") || "").split(",")) if (Model.kinds.has(kind)) filters.kinds.add(kind);
  for (const predicate of (state.get("not") || "").split(",")) if (Model.predicates.has(predicate)) filters.predicates.add(predicate);
  const range = /^(\d{4})-(\d{4})$/.exec(state.get("years") || "");
  if (range && Model.span) filters.years = [Number(range[1]), Number(range[2])];
  filters.conf = within(state.get("confidence"), 0, 1, 0);
  filters.papers = within(state.get("papers"), 1, 1e6, 1);
  filters.support = within(state.get("support"), 1, 1e6, 1);
  const middle = node(state.get("focus"));
  if (middle) focus = { node: middle.id, steps: within(state.get("steps"), 1, 12, 1) };
  const one = node(state.get("node"));
  if (one) picked = { node: one.id };
  const [from, predicate, to] = (state.get("edge") || "").split(" ").map((part) => part);
  if (node(from) && node(to)) {
    const edge = Model.touching[node(from).id].find((e) => e.from === node(from).id && e.to === node(to).id && e.p === predicate);
    if (edge) picked = { edge: edge.id };
  }
  const [start, goal] = (state.get("path") || "").split(" ").map(node);
  if (start && goal) route = { from: start.id, to: goal.id };
  if (["light", "dark"].includes(state.get("theme"))) chosenTheme = state.get("theme");
}

// ---- save and share
async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = el("textarea", { class: "sr" }); // older browsers, and pages without permission
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  toast(done);
}
function save(blob, ending) {
  const stem = DATA.title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "graph";
  const link = el("a", { download: `${stem}.${ending}` });
  link.href = URL.createObjectURL(blob);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
const selectedEdges = () => (picked && picked.node !== undefined && !route ? nearby(picked.node).edges : picked && picked.edge && !route ? new Set([picked.edge]) : shown.edges);
function copyCsv() {
  const ids = selectedEdges();
  copy(Model.csv(ids), `${Panel.plural(ids.size, "edge")} copied as CSV`);
}
const menu = (open) => {
  $("menu").hidden = !open;
  $("more").setAttribute("aria-expanded", String(open));
};
$("more").addEventListener("click", () => menu($("menu").hidden));
$("menu").addEventListener("click", () => menu(false));
document.addEventListener("pointerdown", (event) => event.target.closest("#tools") || menu(false));
$("copy-link").addEventListener("click", () => copy(location.href.split("#")[0] + "#" + fragment(), "Link copied"));
$("copy-csv").addEventListener("click", copyCsv);
$("save-csv").addEventListener("click", () => save(new Blob(["\ufeff" + Model.csv(selectedEdges())], { type: "text/csv" }), "csv"));
$("save-png").addEventListener("click", async () => save(await Canvas.png(DATA.title, countsText()), "png"));
$("help-button").addEventListener("click", () => $("help").showModal());
$("back").addEventListener("click", back);
$("reset").addEventListener("click", reset);
$("theme").addEventListener("click", () => {
  chosenTheme = theme() === "dark" ? "light" : "dark";
  applyTheme();
  remember();
});
systemDark.addEventListener("change", applyTheme);
function toggleFilters(open = !document.body.classList.contains("has-filters")) {
  document.body.classList.toggle("has-filters", open);
  $("legend-button").setAttribute("aria-expanded", String(open));
}
$("legend-button").addEventListener("click", () => toggleFilters());
$("zoom-in").addEventListener("click", () => Canvas.zoom(1.35));
$("zoom-out").addEventListener("click", () => Canvas.zoom(1 / 1.35));
$("zoom-fit").addEventListener("click", () => fit());
$("clear").addEventListener("click", () => {
  filters = Model.noFilters();
  applyFilters({ refit: true });
});
$("physics").addEventListener("change", () => Canvas.physics($("physics").checked));
for (const id of ["year-from", "year-to"]) {
  $(id).addEventListener("input", () => {
    let [from, to] = [Number($("year-from").value), Number($("year-to").value)];
    if (from > to) [from, to] = id === "year-from" ? [from, from] : [to, to];
    filters.years = from === Model.span[0] && to === Model.span[1] ? null : [from, to];
    applyFilters();
  });
}
for (const [id, key] of [["conf", "conf"], ["least-papers", "papers"], ["least-support", "support"]]) {
  $(id).addEventListener("input", () => {
    filters[key] = Number($(id).value);
    applyFilters();
  });
}
const closeButton = el("button", { class: "icon close", title: "Close (Esc)", "aria-label": "Close", onclick: clear }, "×");
$("panel").append(closeButton);

// ---- search with completion
let found = [];
let at = -1;
function mark(text, query) {
  const place = text.toLowerCase().indexOf(query.trim().toLowerCase());
  if (place < 0 || !query.trim()) return [text];
  const end = place + query.trim().length;
  return [text.slice(0, place), el("b", {}, text.slice(place, end)), text.slice(end)];
}
function offer() {
  const query = $("query").value;
  found = Model.search(query);
  at = found.length ? 0 : -1;
  const rows = found.map((hit, i) =>
    el(
      "li", { role: "option", id: `hit-${i}`, "aria-selected": String(i === at) },
      Style.kindMark(hit.node.kind, theme()),
      el("span", { class: "what" }, el("bdi", {}, ...mark(hit.node.name, hit.alias ? "" : query)), hit.alias ? el("span", { class: "alias" }, " also ", el("bdi", {}, ...mark(hit.name, query))) : null),
      el("span", { class: "count" }, hit.node.kind + (shown.nodes.has(hit.node.id) ? "" : ", hidden"))
    )
  );
  rows.forEach((row, i) => row.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(i); }));
  if (!rows.length && query.trim()) rows.push(el("li", { class: "nothing" }, "No such name here"));
  $("found").replaceChildren(...rows);
  $("found").hidden = !rows.length;
  $("query").setAttribute("aria-expanded", String(rows.length > 0));
  point();
}
function point() {
  [...$("found").children].forEach((row, i) => row.setAttribute("aria-selected", String(i === at)));
  if (at >= 0) {
    $("query").setAttribute("aria-activedescendant", `hit-${at}`);
    $("found").children[at].scrollIntoView({ block: "nearest" });
  } else $("query").removeAttribute("aria-activedescendant");
}
function closeSearch() {
  $("found").hidden = true;
  $("query").setAttribute("aria-expanded", "false");
}
function choose(i) {
  const hit = found[i];
  if (!hit) return;
  $("query").value = "";
  closeSearch();
  $("query").blur();
  select(hit.node.id);
  if (shown.nodes.has(hit.node.id) && !route) Canvas.frame(nearby(hit.node.id).nodes, inset());
  $("panel").focus({ preventScroll: true });
}
$("query").addEventListener("input", offer);
$("query").addEventListener("focus", () => $("query").value && offer());
$("query").addEventListener("blur", closeSearch);
$("query").addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!found.length) return;
    at = (at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length;
    point();
  } else if (event.key === "Enter") choose(at);
  else if (event.key === "Escape") {
    event.stopPropagation();
    if ($("query").value) {
      $("query").value = "";
      closeSearch();
    } else $("query").blur();
  }
});

// ---- keys
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
  const typing = event.target.closest("input[type=text], textarea");
  if (typing) return;
  const sliding = event.target.closest("input[type=range]");
  const act = {
    "/": () => $("query").focus(),
    f: () => picked && picked.node !== undefined && setFocus(picked.node),
    e: () => picked && picked.node !== undefined && setFocus(picked.node, focus && focus.node === picked.node ? focus.steps + 1 : 1),
    p: startPath,
    b: back,
    r: reset,
    l: () => toggleFilters(),
    t: () => $("theme").click(),
    "?": () => $("help").showModal(),
    0: () => fit(),
    "+": () => Canvas.zoom(1.25),
    "=": () => Canvas.zoom(1.25),
    "-": () => Canvas.zoom(0.8),
    Escape: () => (!$("menu").hidden ? menu(false) : clear()),
    ...(sliding || event.target.closest("#panel, #filters") ? {} : {
      ArrowLeft: () => Canvas.pan(-80, 0), ArrowRight: () => Canvas.pan(80, 0), ArrowUp: () => Canvas.pan(0, -80), ArrowDown: () => Canvas.pan(0, 80),
    }),
  }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// ---- start
function tip(text, pointer) {
  $("tip").hidden = !text;
  if (!text) return;
  $("tip").textContent = text;
  const x = Math.min(pointer.x + 14, window.innerWidth - $("tip").offsetWidth - 8);
  const y = Math.min(pointer.y + 16, window.innerHeight - $("tip").offsetHeight - 8);
  $("tip").style.transform = `translate(${Math.max(4, x)}px, ${Math.max(4, y)}px)`;
}
function start() {
  restore();
  document.documentElement.dataset.theme = theme();
  Panel.setTheme(theme());
  toggleFilters(!phone.matches);
  shown = Model.visible(filters, focus);
  const network = Canvas.start(theme());
  Canvas.show(shown);
  setRanges();
  drawLegend();
  drawPanel();
  light();
  fit(false);
  network.on("click", ({ nodes, edges }) => {
    $("stage").focus({ preventScroll: true });
    if (nodes.length) select(nodes[0], { center: phone.matches });
    else if (edges.length && !(route && route.to === null)) pickEdge(edges[0]);
    else clear();
  });
  network.on("doubleClick", ({ nodes }) => nodes.length && setFocus(nodes[0]));
  network.on("hoverNode", ({ node, event, pointer }) => {
    network.canvas.body.container.style.cursor = "pointer";
    const data = Model.nodes[node];
    tip(`${data.kind} · ${data.name}${data.year ? ` · ${data.year}` : ""}`, pointer.DOM);
    Canvas.setHover(node);
  });
  network.on("hoverEdge", ({ edge, pointer }) => {
    network.canvas.body.container.style.cursor = "pointer";
    const data = Model.edgeById.get(edge);
    tip(`${Model.nodes[data.from].name} ${Style.predicate(data.p).out} ${Model.nodes[data.to].name}${data.conf === undefined ? "" : ` · ${data.conf}`}`, pointer.DOM);
  });
  const leave = () => {
    network.canvas.body.container.style.cursor = "";
    tip(null);
    Canvas.setHover(null);
  };
  network.on("blurNode", leave);
  network.on("blurEdge", leave);
  network.on("dragStart", leave);
  window.addEventListener("hashchange", () => {
    if (location.hash.slice(1) === written) return;
    restore();
    applyTheme();
    applyFilters({ refit: true });
  });
  network.once("afterDrawing", () =>
    requestAnimationFrame(() => {
      // For tests and measurements: true-ish once the first picture is on the screen.
      window.__kg_ready = { nodes: shown.nodes.size, edges: shown.edges.size, names: Canvas.names, milliseconds: Math.round(performance.now()) };
    })
  );
  network.redraw();
  // For tests and for people at the console.
  window.__kg = {
    counts: () => ({ nodes: shown.nodes.size, edges: shown.edges.size, names: Canvas.names }),
    at: (iri) => Canvas.onScreen(Model.byIri.get(iri).id),
  };
}
start();
