// The graph in memory: look-ups, what the filters leave, search, paths. Nothing here touches the page.

const DATA = JSON.parse(document.getElementById("data").textContent);

const Model = (() => {
  const nodes = DATA.nodes;
  const edges = DATA.edges;
  const byIri = new Map(nodes.map((node) => [node.iri, node]));
  const edgeById = new Map(edges.map((edge) => [edge.id, edge]));
  const touching = nodes.map(() => []); // node -> its edges
  for (const edge of edges) {
    touching[edge.from].push(edge);
    if (edge.to !== edge.from) touching[edge.to].push(edge);
  }
  const ranked = [...nodes].sort((a, b) => a.rank - b.rank);
  const tally = (values) => {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
    return counts;
  };
  const kinds = tally(nodes.map((node) => node.kind));
  const predicates = tally(edges.map((edge) => edge.p));

  // Years are those of papers; of everything where the selection holds no dated paper.
  const papersDated = nodes.some((node) => node.kind === "Paper" && node.year);
  const isDated = (node) => (papersDated ? node.kind === "Paper" : true);
  const years = nodes.filter((node) => isDated(node) && node.year).map((node) => node.year);
  const span = years.length ? [Math.min(...years), Math.max(...years)] : null;
  const perYear = tally(years);
  const mostPapers = nodes.reduce((most, node) => Math.max(most, node.kind === "Paper" ? 0 : node.papers || 0), 0);
  const mostSupport = edges.reduce((most, edge) => Math.max(most, edge.n ?? 1), 1);
  const hasConfidence = edges.some((edge) => edge.conf !== undefined);

  const noFilters = () => ({ kinds: new Set(), predicates: new Set(), years: null, conf: 0, papers: 1, support: 1 });
  const isFiltering = (f) => f.kinds.size + f.predicates.size > 0 || f.years !== null || f.conf > 0 || f.papers > 1 || f.support > 1;

  const other = (edge, node) => (edge.from === node ? edge.to : edge.from);

  function inYears(node, range) {
    if (!range || !isDated(node)) return true;
    if (node.year === undefined) return !papersDated; // an undated paper is in no range of years
    return node.year >= range[0] && node.year <= range[1];
  }

  // What the filters and the focus leave: { nodes: Set of node ids, edges: Set of edge ids }.
  // A node whose every edge is filtered away goes with them; one that never had an edge stays.
  function visible(filters, focus) {
    const passes = nodes.map(
      (node) =>
        !filters.kinds.has(node.kind) &&
        inYears(node, filters.years) &&
        (node.kind === "Paper" || filters.papers <= 1 || (node.papers || 0) >= filters.papers)
    );
    const kept = edges.filter(
      (edge) =>
        !filters.predicates.has(edge.p) &&
        (filters.conf <= 0 || edge.conf === undefined || edge.conf >= filters.conf) &&
        (filters.support <= 1 || edge.n === undefined || edge.n >= filters.support) &&
        inYears(nodes[edge.from], filters.years) &&
        inYears(nodes[edge.to], filters.years)
    );
    const held = new Set();
    for (const edge of kept) held.add(edge.from).add(edge.to);
    let shown = new Set(nodes.filter((node) => passes[node.id] && (held.has(node.id) || !touching[node.id].length)).map((node) => node.id));
    let drawn = kept.filter((edge) => shown.has(edge.from) && shown.has(edge.to));
    if (focus) {
      const near = around(focus.node, focus.steps, drawn);
      shown = new Set([...shown].filter((id) => near.has(id)));
      shown.add(focus.node);
      drawn = drawn.filter((edge) => shown.has(edge.from) && shown.has(edge.to));
    }
    return { nodes: shown, edges: new Set(drawn.map((edge) => edge.id)) };
  }

  function around(start, steps, among) {
    const next = new Map();
    for (const edge of among) {
      for (const id of [edge.from, edge.to]) {
        if (!next.has(id)) next.set(id, []);
        next.get(id).push(other(edge, id));
      }
    }
    const seen = new Set([start]);
    let rim = [start];
    for (let step = 0; step < steps; step += 1) {
      const further = [];
      for (const id of rim) {
        for (const neighbour of next.get(id) || []) {
          if (!seen.has(neighbour)) {
            seen.add(neighbour);
            further.push(neighbour);
          }
        }
      }
      rim = further;
    }
    return seen;
  }

  // A shortest path along visible edges in either direction, surest edges first: [{node}, {edge, node}, ...] or null.
  function path(start, goal, shown) {
    const came = new Map([[start, null]]);
    let rim = [start];
    while (rim.length && !came.has(goal)) {
      const further = [];
      for (const id of rim) {
        const out = touching[id].filter((edge) => shown.edges.has(edge.id)).sort((a, b) => (b.conf ?? 1) - (a.conf ?? 1));
        for (const edge of out) {
          const neighbour = other(edge, id);
          if (!came.has(neighbour)) {
            came.set(neighbour, edge);
            further.push(neighbour);
          }
        }
      }
      rim = further;
    }
    if (!came.has(goal)) return null;
    const steps = [];
    for (let id = goal; ; ) {
      const edge = came.get(id);
      steps.unshift({ node: id, edge });
      if (!edge) return steps;
      id = other(edge, id);
    }
  }

  // Search: names and aliases without case, accents, spaces and dashes, so "gsm-8k" finds "GSM8K".
  const fold = (text) => text.normalize("NFKD").toLowerCase().replace(/[\s\p{P}\p{M}]+/gu, "");
  const index = [];
  for (const node of ranked) {
    for (const [place, name] of [node.name, ...(node.aliases || []), ...(node.arxiv ? [node.arxiv] : [])].entries()) {
      const words = name.split(/[\s\p{P}]+/u).map(fold);
      index.push({ node, name, alias: place > 0, folded: fold(name), words });
    }
  }
  function search(query, most = 12) {
    const wanted = fold(query);
    if (!wanted) return [];
    const best = new Map();
    for (const entry of index) {
      const at = entry.folded.indexOf(wanted);
      if (at < 0) continue;
      const grade =
        entry.folded === wanted ? 0 : at === 0 ? 1 : entry.words.some((word) => word.startsWith(wanted)) ? 2 : 3;
      const score = grade * 2 + (entry.alias ? 1 : 0);
      const held = best.get(entry.node.id);
      if (!held || score < held.score) best.set(entry.node.id, { node: entry.node, name: entry.name, alias: entry.alias, score });
    }
    return [...best.values()].sort((a, b) => a.score - b.score || a.node.rank - b.node.rank).slice(0, most);
  }

  // The names above a node: what it is a variant of, or a kind of, nearest first.
  function family(id) {
    const up = [];
    const seen = new Set([id]);
    for (let at = id; up.length < 6; ) {
      const edge = ["variantOf", "broader", "partOf"]
        .map((predicate) => touching[at].find((e) => e.from === at && e.p === predicate && !seen.has(e.to)))
        .find(Boolean);
      if (!edge) return up;
      at = edge.to;
      seen.add(at);
      up.push(nodes[at]);
    }
    return up;
  }

  const csvCell = (value) => {
    let text = String(value ?? "");
    if (/^[=+\-@\t\r]/.test(text)) text = "'" + text; // spreadsheets run such cells as formulas
    return /[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  };
  function csv(ids) {
    const rows = [["source", "source_kind", "predicate", "target", "target_kind", "confidence", "support", "hedged", "paper", "sentence", "source_iri", "target_iri"]];
    for (const edge of edges) {
      if (!ids.has(edge.id)) continue;
      const [a, b] = [nodes[edge.from], nodes[edge.to]];
      const why = (edge.why || [])[0];
      rows.push([a.name, a.kind, edge.p, b.name, b.kind, edge.conf, edge.n ?? "", Boolean(edge.hedged), why ? DATA.papers[why[3]][1] : "", why ? DATA.texts[why[0]] : "", full(a.iri), full(b.iri)]);
    }
    return rows.map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";
  }
  const full = (iri) => (/^[a-z]+:/i.test(iri) ? iri : DATA.base + iri);

  return { nodes, edges, byIri, edgeById, touching, ranked, kinds, predicates, span, perYear, mostPapers, mostSupport, hasConfidence,
    noFilters, isFiltering, visible, path, search, family, csv, full, other };
})();
