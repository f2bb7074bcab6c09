// What leaves the page: its state as the URL's fragment, edges as CSV, files.

// The state as the URL's fragment: names, not numbers, so that it outlives a rebuild of the graph
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
  const [from, predicate, to] = (state.get("edge") || "").split(" ");
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
