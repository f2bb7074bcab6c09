// How kinds and predicates look and read. Colours: Okabe and Ito's palette, safe for colour blindness, lightened for dark; kinds
// also differ by shape, predicates by dash and arrow head, so that nothing is told by colour alone.

const Style = (() => {
  const KINDS = {
    Paper: { plural: "Papers", shape: "square", light: "#868d97", dark: "#79828f" },
    Method: { plural: "Methods", shape: "dot", light: "#0072b2", dark: "#4aa3df" },
    Model: { plural: "Models", shape: "hexagon", light: "#d55e00", dark: "#f08445" },
    Benchmark: { plural: "Benchmarks", shape: "triangle", light: "#009e73", dark: "#2fc397" },
    Dataset: { plural: "Datasets", shape: "diamond", light: "#56b4e9", dark: "#8fd0f5" },
    Task: { plural: "Tasks", shape: "triangleDown", light: "#cc79a7", dark: "#e39ac3" },
    Metric: { plural: "Metrics", shape: "star", light: "#b78a00", dark: "#f0c94a" },
    Organisation: { plural: "Organisations", shape: "square", hollow: true, light: "#5b4b9a", dark: "#a99be6" },
  };
  const UNKNOWN_KIND = { shape: "dot", light: "#444b55", dark: "#c3cad4" };
  // out: subject's side of the edge, in: the object's; head: vis-network's arrow type
  const PREDICATES = {
    introduces: { out: "introduces", in: "introduced by", light: "#b4307a", dark: "#f07fbf", width: 2.2, dash: false, head: "circle" },
    extends: { out: "extends", in: "extended by", light: "#d55e00", dark: "#f08445", width: 2.2, dash: false, head: "triangle" },
    uses: { out: "uses", in: "used by", light: "#0072b2", dark: "#4aa3df", width: 1.1, dash: false, head: "arrow" },
    evaluatesOn: { out: "evaluates on", in: "evaluated on by", light: "#009e73", dark: "#2fc397", width: 1.3, dash: false, head: "vee" },
    comparesWith: { out: "compares with", in: "compared with by", light: "#b78a00", dark: "#f0c94a", width: 1.3, dash: [7, 5], head: "bar" },
    addresses: { out: "addresses", in: "addressed by", light: "#cc79a7", dark: "#e39ac3", width: 1.1, dash: [2, 4], head: "arrow" },
    mentions: { out: "mentions", in: "mentioned by", light: "#868d97", dark: "#79828f", width: 0.9, dash: [1, 4], head: "arrow" },
    variantOf: { out: "is a variant of", in: "has variants", light: "#5b4b9a", dark: "#a99be6", width: 1.6, dash: [10, 3], head: "diamond" },
    broader: { out: "is a kind of", in: "covers", light: "#5b4b9a", dark: "#a99be6", width: 1.6, dash: [3, 3], head: "inv_triangle" },
    partOf: { out: "is part of", in: "has parts", light: "#5b4b9a", dark: "#a99be6", width: 1.6, dash: [10, 3, 2, 3], head: "box" },
    evaluatedOn: { out: "evaluated on", in: "evaluation of", light: "#009e73", dark: "#2fc397", width: 1.3, dash: [10, 4], head: "vee" },
    trainedOn: { out: "trained on", in: "training data of", light: "#56b4e9", dark: "#8fd0f5", width: 1.3, dash: [10, 4], head: "arrow" },
    hasTask: { out: "has task", in: "task of", light: "#cc79a7", dark: "#e39ac3", width: 1.1, dash: [5, 3], head: "vee" },
    hasMetric: { out: "has metric", in: "metric of", light: "#b78a00", dark: "#f0c94a", width: 1.1, dash: [2, 3], head: "vee" },
    developedBy: { out: "developed by", in: "developed", light: "#5b4b9a", dark: "#a99be6", width: 1.1, dash: false, head: "bar" },
  };
  const own = (table, key) => (Object.prototype.hasOwnProperty.call(table, key) ? table[key] : undefined);
  const spaced = (name) => name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  const kind = (name) => own(KINDS, name) || { plural: name, ...UNKNOWN_KIND };
  const predicate = (name) =>
    own(PREDICATES, name) || { out: spaced(name), in: `${spaced(name)} (of)`, light: "#5f6772", dark: "#9aa4b1", width: 1, dash: [4, 4], head: "arrow" };
  const order = (table, names) => {
    const known = Object.keys(table);
    const at = (name) => (known.indexOf(name) + 1 || known.length + 1);
    return [...names].sort((a, b) => at(a) - at(b) || (a < b ? -1 : 1));
  };

  const THEMES = {
    light: { ground: "#fbfaf7", ink: "#1b2026", quiet: "#656d78", rim: "#ffffff", edge: 0.34, veil: 0.82, halo: "rgba(251,250,247,0.9)", glow: "#1b2026" },
    dark: { ground: "#11151b", ink: "#e9ecf0", quiet: "#98a2af", rim: "#11151b", edge: 0.36, veil: 0.84, halo: "rgba(17,21,27,0.9)", glow: "#ffffff" },
  };

  // Points of a shape of radius r about (0, 0), as vis-network draws it; null for a circle.
  function outline(shape, r) {
    const around = (count, turn, radius = () => r) =>
      Array.from({ length: count }, (_, i) => [radius(i) * Math.cos(turn + (2 * Math.PI * i) / count), radius(i) * Math.sin(turn + (2 * Math.PI * i) / count)]);
    if (shape === "square") return around(4, Math.PI / 4, () => r * 1.25);
    if (shape === "diamond") return around(4, 0, () => r * 1.15);
    if (shape === "hexagon") return around(6, 0);
    if (shape === "triangle") return around(3, -Math.PI / 2, () => r * 1.15).map(([x, y]) => [x, y + r * 0.2]);
    if (shape === "triangleDown") return around(3, Math.PI / 2, () => r * 1.15).map(([x, y]) => [x, y - r * 0.2]);
    if (shape === "star") return around(10, -Math.PI / 2, (i) => (i % 2 ? r * 0.5 : r * 1.15));
    return null;
  }

  const SVG = "http://www.w3.org/2000/svg";
  function svg(width, height, ...children) {
    const root = document.createElementNS(SVG, "svg");
    root.setAttribute("viewBox", `0 0 ${width} ${height}`);
    root.setAttribute("width", width);
    root.setAttribute("height", height);
    root.setAttribute("aria-hidden", "true");
    for (const [tag, attributes] of children) {
      const child = document.createElementNS(SVG, tag);
      for (const [name, value] of Object.entries(attributes)) child.setAttribute(name, value);
      root.append(child);
    }
    return root;
  }
  function kindMark(name, theme) {
    const look = kind(name);
    const points = outline(look.shape, 6);
    const paint = look.hollow ? { fill: "none", stroke: look[theme], "stroke-width": 2.5 } : { fill: look[theme] };
    if (!points) return svg(16, 16, ["circle", { cx: 8, cy: 8, r: 6, ...paint }]);
    return svg(16, 16, ["polygon", { points: points.map(([x, y]) => `${(x + 8).toFixed(2)},${(y + 8).toFixed(2)}`).join(" "), ...paint }]);
  }
  function predicateMark(name, theme) {
    const look = predicate(name);
    const stroke = look[theme];
    const line = { x1: 1, y1: 7, x2: 25, y2: 7, stroke, "stroke-width": Math.max(1.6, look.width) };
    if (look.dash) line["stroke-dasharray"] = look.dash.join(" ");
    const heads = {
      arrow: ["polygon", { points: "34,7 24,3 26,7 24,11", fill: stroke }],
      triangle: ["polygon", { points: "34,7 23,2 23,12", fill: stroke }],
      inv_triangle: ["polygon", { points: "23,7 34,2 34,12", fill: stroke }],
      vee: ["polyline", { points: "25,2.5 33,7 25,11.5", fill: "none", stroke, "stroke-width": 2 }],
      circle: ["circle", { cx: 29, cy: 7, r: 4.5, fill: stroke }],
      diamond: ["polygon", { points: "22,7 28,2.5 34,7 28,11.5", fill: stroke }],
      box: ["rect", { x: 25, y: 3, width: 8, height: 8, fill: stroke }],
      bar: ["line", { x1: 27, y1: 1, x2: 27, y2: 13, stroke, "stroke-width": 2.5 }],
    };
    return svg(36, 14, ["line", line], heads[look.head] || heads.arrow);
  }
  return {
    kind, predicate, THEMES, outline, kindMark, predicateMark,
    kindOrder: (names) => order(KINDS, names),
    predicateOrder: (names) => order(PREDICATES, names),
  };
})();
