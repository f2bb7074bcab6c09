// Buttons, sliders, keys, mouse; and the start.

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
  Canvas.setRoom(inset());
}
$("legend-button").addEventListener("click", () => toggleFilters());
$("zoom-in").addEventListener("click", () => Canvas.zoom(1.35));
$("zoom-out").addEventListener("click", () => Canvas.zoom(1 / 1.35));
$("zoom-fit").addEventListener("click", () => fit());
$("clear").addEventListener("click", () => {
  filters = Model.noFilters();
  applyFilters({ refit: true });
});
$("physics").addEventListener("change", () => {
  Canvas.physics($("physics").checked);
  if (!$("physics").checked) fit();
});
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
  Canvas.show(shown, focus && focus.node);
  setRanges();
  drawLegend();
  drawPanel();
  light();
  atRest(false);
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
  window.addEventListener("resize", () => Canvas.setRoom(inset()));
  window.addEventListener("hashchange", () => {
    if (location.hash.slice(1) === written) return;
    restore();
    applyTheme();
    applyFilters();
    atRest();
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
