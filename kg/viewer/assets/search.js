// Search with completion over names and aliases: a combobox with a list, as ARIA's authoring practices describe it.

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
  if (!rows.length && query.trim()) rows.push(el("li", { class: "nothing" }, "Not on this page, which may show a part: kg view NAME draws what lies around it"));
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
