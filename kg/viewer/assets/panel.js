// The details panel: a node, an edge, a path, or the overview. Names and sentences enter the page here, by textContent alone.

const Panel = (() => {
  const place = document.getElementById("details");
  const FEW = 8; // entries of a group shown before "more"
  const ARXIV = /^(?:\d{4}\.\d{4,5}(?:v\d{1,2})?|[a-z][a-z-]{1,18}(?:\.[A-Z]{2})?\/\d{7}(?:v\d{1,2})?)$/;
  const STATUS = {
    composed: "Composed: a size or version of a known family",
    discovered: "Discovered: named by the papers, not yet in the ontology",
  };
  const SOURCES = { paper: "said by a paper", ontology: "said by the ontology", lifted: "said of the two in a paper", curated: "imported: said by a person" };
  const own = (table, key) => Object.prototype.hasOwnProperty.call(table, key);
  let act = {}; // what the page does on clicks: select(node), edge(id), focus(), wider(), path(), clear()
  let theme = "light";

  function el(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "onclick") element.addEventListener("click", value);
      else if (value !== false && value !== undefined && value !== null) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
    return element;
  }
  const name = (text) => el("bdi", {}, text);
  const plural = (count, one, many = one + "s") => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

  function nodeButton(id, extra = "") {
    const node = Model.nodes[id];
    return el(
      "button", { class: "node " + extra, onclick: () => act.select(id), title: `${node.kind}: ${node.name}` },
      Style.kindMark(node.kind, theme), el("span", { class: "what" }, name(node.name)), node.year ? el("span", { class: "year" }, String(node.year)) : null
    );
  }
  function meter(edge) {
    if (edge.conf === undefined) return null;
    const bar = el("span", { class: "meter", role: "img", "aria-label": `confidence ${edge.conf}`, title: `confidence ${edge.conf} of 1` }, el("span"));
    bar.firstChild.style.width = `${Math.round(edge.conf * 100)}%`;
    return bar;
  }
  function sentence(row, withPaper) {
    const [text, start, end, paper, rule] = [DATA.texts[row[0]], row[1], row[2], DATA.papers[row[3]], DATA.rules[row[4]]];
    const quote = el("blockquote", { dir: "auto" });
    quote.append(text.slice(0, start));
    if (end > start) quote.append(el("mark", {}, text.slice(start, end)));
    quote.append(text.slice(end));
    const from = Model.byIri.get(paper[0]);
    const foot = el("p", { class: "from" });
    if (withPaper) {
      foot.append(from ? el("button", { class: "plain", onclick: () => act.select(from.id) }, name(paper[1] || from.name)) : name(paper[1] || paper[0]));
    }
    if (rule) foot.append(el("span", { class: "rule", title: "the rule that found it" }, rule));
    return el("div", { class: "sentence" }, quote, foot.childNodes.length ? foot : null);
  }
  function evidence(edge, withPaper, most = 3) {
    const rows = edge.why || [];
    if (!rows.length) return [el("p", { class: "none" }, own(SOURCES, edge.source) && edge.source !== "paper" ? `No sentence: ${SOURCES[edge.source]}` : "No sentence is kept for this edge")];
    const list = rows.slice(0, most).map((row) => sentence(row, withPaper));
    if (rows.length > most) {
      const more = el("button", { class: "more" }, `${rows.length - most} more`);
      more.addEventListener("click", () => more.replaceWith(...rows.slice(most).map((row) => sentence(row, withPaper))));
      list.push(more);
    }
    return list;
  }
  const hedge = (edge) => (edge.hedged ? el("span", { class: "tag", title: "the sentence says may, could or similar" }, "hedged") : null);
  const support = (edge) => (edge.n > 1 ? el("span", { class: "tag", title: "papers behind this edge" }, plural(edge.n, "paper")) : null);

  function entry(edge, id, open) {
    const neighbour = Model.other(edge, id);
    const isPaperEdge = Model.nodes[edge.from].kind === "Paper";
    const body = el("div", { class: "evidence" });
    const why = el("button", { class: "why", "aria-expanded": String(open), title: "the sentences" }, "why");
    const fill = () => body.childNodes.length || body.append(...evidence(edge, !isPaperEdge));
    if (open) fill();
    else body.hidden = true;
    why.addEventListener("click", () => {
      fill();
      body.hidden = !body.hidden;
      why.setAttribute("aria-expanded", String(!body.hidden));
    });
    return el("li", {}, el("div", { class: "row" }, nodeButton(neighbour), hedge(edge), support(edge), meter(edge), why), body);
  }

  function groups(id, shown) {
    const held = new Map();
    for (const edge of Model.touching[id]) {
      const key = `${edge.p} ${edge.from === id ? "out" : "in"}`;
      if (!held.has(key)) held.set(key, []);
      held.get(key).push(edge);
    }
    const parts = [];
    let opened = 0;
    for (const predicate of Style.predicateOrder(new Set([...held.keys()].map((key) => key.split(" ")[0])))) {
      for (const side of ["out", "in"]) {
        const edges = held.get(`${predicate} ${side}`);
        if (!edges) continue;
        const rank = (edge) => Model.nodes[Model.other(edge, id)].rank;
        edges.sort((a, b) => shown.edges.has(b.id) - shown.edges.has(a.id) || (b.conf ?? 1) - (a.conf ?? 1) || rank(a) - rank(b));
        const list = el("ul", {}, ...edges.slice(0, FEW).map((edge) => entry(edge, id, opened++ < 4)));
        if (edges.length > FEW) {
          const more = el("button", { class: "more" }, `Show all ${edges.length}`);
          more.addEventListener("click", () => {
            more.remove();
            list.append(...edges.slice(FEW).map((edge) => entry(edge, id, false)));
          });
          parts.push([predicate, side, edges.length, list, more]);
        } else parts.push([predicate, side, edges.length, list, null]);
      }
    }
    return parts.map(([predicate, side, count, list, more]) =>
      el("section", { class: "group" }, el("h3", {}, Style.predicateMark(predicate, theme), Style.predicate(predicate)[side], el("span", { class: "count" }, String(count))), list, more)
    );
  }

  function links(node) {
    const row = el("p", { class: "links" });
    if (node.arxiv && ARXIV.test(node.arxiv)) {
      const link = el("a", { rel: "noreferrer noopener", target: "_blank" }, `arXiv:${node.arxiv}`);
      link.href = `https://arxiv.org/abs/${node.arxiv}`;
      row.append(link);
    }
    if (node.url) row.append(el("span", { class: "address" }, node.url)); // an address we did not make is text
    row.append(el("code", { title: "the node's IRI" }, Model.full(node.iri)));
    return row;
  }

  function showNode(id, shown, focused) {
    const node = Model.nodes[id];
    const up = Model.family(id);
    const facts = [];
    if (node.kind !== "Paper" && node.papers) facts.push(`named in ${plural(node.papers, "paper")}`);
    if (node.date || node.year) facts.push(node.date || String(node.year));
    facts.push(plural(Model.touching[id].length, "edge"));
    fill(
      el("div", { class: "kind" }, Style.kindMark(node.kind, theme), node.kind + (node.level ? ` · ${node.level}` : ""), own(STATUS, node.status) ? el("span", { class: "tag", title: STATUS[node.status] }, node.status) : null),
      el("h2", { dir: "auto" }, node.name),
      node.aliases ? el("p", { class: "aliases" }, "also ", ...node.aliases.slice(0, 12).flatMap((alias, i) => [i ? ", " : "", name(alias)]), node.aliases.length > 12 ? ` and ${node.aliases.length - 12} more` : "") : null,
      el("p", { class: "facts" }, facts.join(" · ")),
      up.length ? el("p", { class: "family" }, "family ", ...up.flatMap((parent, i) => [i ? " › " : "", el("button", { class: "plain", onclick: () => act.select(parent.id) }, name(parent.name))])) : null,
      links(node),
      shown.nodes.has(id) ? null : el("p", { class: "warning" }, "The filters or the focus hide this node. ", el("button", { class: "plain", onclick: act.reveal }, "Show it")),
      el(
        "div", { class: "actions" },
        focused === null ? el("button", { onclick: act.focus, title: "Only this node and its neighbours (F)" }, "Focus") : el("button", { onclick: act.wider, title: "One step further out (E)" }, `Expand (${plural(focused, "step")})`),
        el("button", { onclick: act.path, title: "Shortest path to the next node you pick (P)" }, "Path to…"),
        el("button", { onclick: act.csv, title: "This node's edges as CSV" }, "Copy CSV")
      ),
      ...groups(id, shown)
    );
  }

  function headline(edge) {
    return el("div", { class: "triple" }, nodeButton(edge.from), el("div", { class: "verb" }, Style.predicateMark(edge.p, theme), el("strong", {}, Style.predicate(edge.p).out)), nodeButton(edge.to));
  }
  function edgeFacts(edge) {
    const facts = [];
    if (edge.conf !== undefined) facts.push(`confidence ${edge.conf.toFixed(2)}`);
    if (edge.n > 0) facts.push(`support ${plural(edge.n, "paper")}`);
    if (own(SOURCES, edge.source)) facts.push(SOURCES[edge.source]);
    else if (edge.source) facts.push(`from ${edge.source}`);
    return el("p", { class: "facts" }, facts.join(" · "), " ", hedge(edge), " ", meter(edge));
  }
  function showEdge(id) {
    const edge = Model.edgeById.get(id);
    const same = Model.touching[edge.from].filter((e) => e.id !== id && Model.other(e, edge.from) === Model.other(edge, edge.from));
    fill(
      el("div", { class: "kind" }, "Why this edge is here"), headline(edge), edgeFacts(edge), ...evidence(edge, true, 12),
      same.length ? el("h3", {}, "Also between the two") : null,
      ...same.map((e) => el("button", { class: "node", onclick: () => act.edge(e.id) }, Style.predicateMark(e.p, theme), el("span", { class: "what" }, `${Model.nodes[e.from].name} ${Style.predicate(e.p).out} ${Model.nodes[e.to].name}`)))
    );
  }
  function showPath(from, to, steps) {
    const heading = el("div", { class: "kind" }, "Shortest path");
    if (to === null) return fill(heading, nodeButton(from), el("p", { class: "hint" }, "Now pick the other end: click a node, or search for it. Escape ends this."));
    if (!steps) return fill(heading, nodeButton(from), nodeButton(to), el("p", { class: "warning" }, "Nothing that is shown joins the two."));
    const parts = [el("p", { class: "facts" }, plural(steps.length - 1, "step"))];
    steps.forEach(({ node, edge }, i) => {
      if (i) {
        const side = edge.to === node ? "out" : "in";
        parts.push(el("div", { class: "verb" }, Style.predicateMark(edge.p, theme), el("button", { class: "plain", onclick: () => act.edge(edge.id) }, Style.predicate(edge.p)[side]), meter(edge)));
        parts.push(...evidence(edge, Model.nodes[edge.from].kind !== "Paper", 1));
      }
      parts.push(nodeButton(node, "station"));
    });
    return fill(heading, ...parts);
  }
  function showOverview() {
    const parts = [];
    for (const kind of Style.kindOrder(Model.kinds.keys())) {
      if (kind === "Paper" && Model.kinds.size > 1) continue;
      const top = Model.ranked.filter((node) => node.kind === kind).slice(0, 5);
      parts.push(el("section", { class: "group" }, el("h3", {}, Style.kindMark(kind, theme), Style.kind(kind).plural, el("span", { class: "count" }, String(Model.kinds.get(kind)))), el("ul", {}, ...top.map((node) => el("li", {}, nodeButton(node.id))))));
    }
    fill(
      DATA.about ? el("p", { class: "about", dir: "auto" }, DATA.about) : null,
      Model.nodes.length
        ? el("p", { class: "hint" }, "Click a node or an edge to read the sentences behind it. The most connected of each kind:")
        : el("p", { class: "hint" }, "Nothing is in this selection. Ask for another name, more papers, or fewer conditions."),
      ...parts
    );
  }
  function fill(...children) {
    place.replaceChildren(...children.filter((child) => child));
    place.scrollTop = 0;
  }
  return { el, name, plural, showNode, showEdge, showPath, showOverview, nodeButton, setTheme: (next) => { theme = next; }, on: (actions) => { act = actions; } };
})();
