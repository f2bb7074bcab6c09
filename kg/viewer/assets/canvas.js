// The drawing: vis-network holds nodes, edges, zoom and mouse; names, highlight and camera are ours.
//
// Names are drawn here and not by vis-network: in screen pixels, the most important first, each only where it covers no other
// name. A highlight lays a veil over everything and draws what is lit once more on top: nothing is restyled, so it is instant.

const Canvas = (() => {
  const stage = document.getElementById("stage");
  const turned = window.innerHeight > window.innerWidth * 1.15; // the layout is wide: lay it down on a tall screen
  const home = DATA.nodes.map((node) => (turned ? { x: node.y, y: node.x } : { x: node.x, y: node.y }));
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "DejaVu Sans", sans-serif';
  let theme = "light";
  let lit = null; // { nodes: Set, edges: Set, main: node id or null }
  let hover = null;
  let shown = { nodes: new Set(DATA.nodes.map((node) => node.id)), edges: new Set(DATA.edges.map((edge) => edge.id)) };
  let network = null;
  let nodeSet = null;
  let edgeSet = null;
  let drawnNames = 0;
  let room = { left: 0, right: 0, top: 0, bottom: 0 }; // what panels cover: no name is put there

  function nodeColour(node) {
    const look = Style.kind(node.kind);
    return look.hollow
      ? { background: Style.THEMES[theme].ground, border: look[theme] }
      : { background: look[theme], border: Style.THEMES[theme].rim };
  }
  function edgeColour(edge) {
    return { color: Style.predicate(edge.p)[theme], opacity: Style.THEMES[theme].edge, inherit: false };
  }
  function bends() {
    const beside = new Map(); // edges between the same two nodes are bent apart
    for (const edge of DATA.edges) {
      const pair = edge.from < edge.to ? `${edge.from} ${edge.to}` : `${edge.to} ${edge.from}`;
      if (!beside.has(pair)) beside.set(pair, []);
      beside.get(pair).push(edge);
    }
    const bent = new Map();
    for (const group of beside.values()) {
      group.forEach((edge, place) => {
        const side = (place - (group.length - 1) / 2) * (edge.from < edge.to ? 1 : -1);
        if (side !== 0) bent.set(edge.id, { enabled: true, type: side > 0 ? "curvedCW" : "curvedCCW", roundness: Math.min(0.9, 0.22 * Math.abs(side)) });
      });
    }
    return bent;
  }

  function start(name) {
    theme = name;
    const bent = bends();
    nodeSet = new vis.DataSet(
      DATA.nodes.map((node) => ({ id: node.id, ...home[node.id], shape: Style.kind(node.kind).shape, size: node.size, color: nodeColour(node), borderWidth: Style.kind(node.kind).hollow ? 2.5 : 1.5 }))
    );
    edgeSet = new vis.DataSet(
      DATA.edges.map((edge) => {
        const look = Style.predicate(edge.p);
        return {
          id: edge.id, from: edge.from, to: edge.to, color: edgeColour(edge), smooth: bent.get(edge.id) || false,
          width: look.width, dashes: look.dash,
          arrows: { to: { enabled: true, type: look.head, scaleFactor: look.head === "arrow" ? 0.4 : 0.45 } },
        };
      })
    );
    const many = DATA.edges.length > 3500;
    const options = { ...DATA.options, interaction: { ...DATA.options.interaction, hideEdgesOnDrag: many, hideEdgesOnZoom: many } };
    network = new vis.Network(stage, { nodes: nodeSet, edges: edgeSet }, options);
    network.canvas.frame.tabIndex = -1; // the stage itself takes the focus
    network.on("afterDrawing", paint);
    // Arrow heads of a pixel or two cost as much as the edges themselves.
    const heads = network.renderer._drawArrows.bind(network.renderer);
    network.renderer._drawArrows = (ctx) => (moving || network.getScale() < 0.22 ? undefined : heads(ctx));
    network.on("dragStart", () => inMotion(true));
    network.on("dragEnd", () => inMotion(false));
    network.on("zoom", () => inMotion(false));
    return network;
  }

  // While the picture moves, large graphs are drawn without arrow heads and dashes; 160 ms after it stopped, with them.
  let moving = false;
  let rest = 0;
  function inMotion(held) {
    if (DATA.edges.length < 500) return;
    clearTimeout(rest);
    if (!moving) plain(true);
    moving = true;
    if (held) return;
    rest = setTimeout(() => {
      moving = false;
      plain(false);
      redraw();
    }, 160);
  }
  function plain(on) {
    for (const edge of DATA.edges) network.body.edges[edge.id].options.dashes = on ? false : Style.predicate(edge.p).dash;
  }

  // ---- around one node: it in the middle, its neighbours on a ring by what joins them, theirs on the next
  const MOST_ON_RINGS = 240;
  let ringed = null; // the node in the middle, where rings are drawn
  function rings(middle, next) {
    if (middle === ringed && middle === null) return;
    ringed = middle !== null && next.nodes.size <= MOST_ON_RINGS && next.nodes.size > 1 ? middle : null;
    if (ringed === null) return nodeSet.update(DATA.nodes.map((node) => ({ id: node.id, ...home[node.id] })));
    const places = [{ id: middle, x: home[middle].x, y: home[middle].y }];
    const angle = new Map([[middle, 0]]);
    const order = Style.predicateOrder(Model.predicates.keys());
    let rim = [middle];
    let radius = 40 + DATA.nodes[middle].size;
    const wide = turned ? [0.85, 1.15] : [1.25, 0.9];
    while (rim.length) {
      const found = new Map();
      for (const id of rim) {
        for (const edge of Model.touching[id]) {
          const other = Model.other(edge, id);
          if (!next.edges.has(edge.id) || angle.has(other) || found.has(other)) continue;
          found.set(other, [angle.get(id), order.indexOf(edge.p), edge.from === id ? 0 : 1, DATA.nodes[other].rank]);
        }
      }
      const level = [...found.keys()].sort((a, b) => found.get(a).map((v, i) => v - found.get(b)[i]).find((d) => d !== 0) || 0);
      radius = Math.max(radius + 105, (level.length * (level.length > 20 ? 34 : 62)) / (2 * Math.PI));
      level.forEach((id, i) => {
        const turn = (2 * Math.PI * (i + 0.5)) / level.length;
        const away = radius + (level.length > 20 && i % 2 ? 62 : 0);
        angle.set(id, turn);
        places.push({ id, x: home[middle].x + wide[0] * away * Math.sin(turn), y: home[middle].y - wide[1] * away * Math.cos(turn) });
      });
      if (level.length > 20) radius += 62;
      rim = level;
    }
    nodeSet.update(places);
  }

  // ---- what is drawn over vis-network's picture
  function paint(ctx) {
    const look = Style.THEMES[theme];
    const ratio = network.canvas.pixelRatio || 1;
    const [width, height] = [stage.clientWidth, stage.clientHeight];
    const scale = network.getScale();
    const origin = network.canvasToDOM({ x: 0, y: 0 });
    const body = network.body;
    if (lit) {
      ctx.save();
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      ctx.globalAlpha = look.veil;
      ctx.fillStyle = look.ground;
      ctx.fillRect(0, 0, width, height);
      ctx.restore();
      for (const id of lit.edges) {
        const edge = body.edges[id];
        if (!edge || !edge.connected || edge.options.hidden) continue;
        const before = [edge.options.color.opacity, edge.options.width];
        edge.options.color.opacity = 0.95;
        edge.options.width = Math.max(before[1] * 1.5, 1.3 / scale);
        edge.draw(ctx);
        edge.drawArrows(ctx);
        [edge.options.color.opacity, edge.options.width] = before;
      }
      for (const id of lit.nodes) {
        const node = body.nodes[id];
        if (node && !node.options.hidden) node.draw(ctx);
      }
    }
    for (const id of new Set([lit && lit.main, hover])) {
      const node = id !== null && id !== undefined && body.nodes[id];
      if (!node || node.options.hidden) continue;
      ctx.beginPath();
      ctx.arc(node.x, node.y, node.options.size * 1.2 + 5 / scale, 0, 2 * Math.PI);
      ctx.lineWidth = 2.2 / scale;
      ctx.strokeStyle = look.glow;
      ctx.stroke();
    }
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    names(ctx, look, scale, origin, width, height);
    ctx.restore();
  }

  const widths = new Map(); // face and name -> width at 100 pixels
  function widthOf(ctx, text, face) {
    const key = face + text;
    let width = widths.get(key);
    if (width === undefined) {
      ctx.font = `${face} 100px ${FONT}`;
      width = ctx.measureText(text).width;
      widths.set(key, width);
    }
    return width;
  }
  const short = (text, most) => (text.length > most ? text.slice(0, most - 1).trimEnd() + "…" : text);

  function names(ctx, look, scale, origin, width, height) {
    const grid = new Map();
    const CELL = 72;
    const free = (x0, y0, x1, y1, self, least) => {
      for (let cy = Math.floor(y0 / CELL); cy <= Math.floor(y1 / CELL); cy += 1) {
        for (let cx = Math.floor(x0 / CELL); cx <= Math.floor(x1 / CELL); cx += 1) {
          for (const box of grid.get(cx * 4096 + cy) || []) {
            if (box[4] !== self && box[5] <= least && x0 < box[2] && x1 > box[0] && y0 < box[3] && y1 > box[1]) return false;
          }
        }
      }
      return true;
    };
    const take = (box) => {
      for (let cy = Math.floor(box[1] / CELL); cy <= Math.floor(box[3] / CELL); cy += 1) {
        for (let cx = Math.floor(box[0] / CELL); cx <= Math.floor(box[2] / CELL); cx += 1) {
          const key = cx * 4096 + cy;
          if (!grid.has(key)) grid.set(key, []);
          grid.get(key).push(box);
        }
      }
    };
    const body = network.body.nodes;
    const seen = [];
    const forced = [];
    for (const node of Model.ranked) {
      if (!shown.nodes.has(node.id)) continue;
      if (lit && !lit.nodes.has(node.id)) continue;
      const at = body[node.id];
      const x = at.x * scale + origin.x;
      const y = at.y * scale + origin.y;
      if (x < -120 || y < -60 || x > width + 120 || y > height + 60) continue;
      const r = node.size * scale;
      if (r >= 3) take([x - r * 0.9, y - r * 0.9, x + r * 0.9, y + r * 0.9, node.id, node.rank]);
      if ((lit && lit.main === node.id) || hover === node.id) forced.push([node, x, y, r]);
      else seen.push([node, x, y, r]);
    }
    const grow = Math.min(1.3, Math.max(0.92, Math.pow(scale * 1.6, 0.25)));
    const air = scale < 0.5 ? 9 : 4; // names stand further apart where much is small
    const todo = [];
    const middleX = ringed === null ? 0 : body[ringed].x * scale + origin.x;
    for (const [place, [node, x, y, r]] of [...forced, ...seen].entries()) {
      const isPaper = node.kind === "Paper";
      const must = place < forced.length;
      if (isPaper && !must && scale < 0.75 && !(lit && lit.nodes.size <= 60)) continue;
      if (!isPaper && !must && !lit && r < 2.4) continue;
      const text = short(node.name, must ? 80 : isPaper ? (scale > 1.4 ? 48 : 30) : 32);
      const size = Math.round(Math.min(19, Math.max(11, (isPaper ? 10.5 : 10 + node.size * 0.2) * grow)) * 2) / 2;
      const face = `${isPaper ? "italic " : ""}${must || size >= 14 ? 600 : 500}`;
      const w = (widthOf(ctx, text, face) * size) / 100;
      const gap = must ? r * 1.2 + 9 : r * 1.1 + 3;
      const spots = [
        [x - w / 2, y + gap], [x - w / 2, y - gap - size * 1.1], [x + gap + 1, y - size * 0.55], [x - gap - 1 - w, y - size * 0.55],
      ];
      if (ringed !== null && Math.abs(x - middleX) > 24) { // outward first
        const side = x > middleX ? 2 : 3;
        spots.unshift(spots.splice(side, 1)[0]);
      }
      const inside = ([sx, sy]) => sx > room.left && sy > room.top && sx + w < width - room.right && sy + size < height - room.bottom;
      const clear = (least) => spots.find(([sx, sy]) => inside([sx, sy]) && free(sx - air, sy - air / 2, sx + w + air, sy + size * 1.15 + air / 2, node.id, least));
      let spot = clear(Infinity);
      if (!spot && place < (ringed === null ? 50 : 1)) spot = clear(Math.max(node.rank, 30)); // the foremost may cover lesser nodes
      if (!spot && must) spot = spots[0];
      if (!spot) continue;
      take([spot[0] - 2, spot[1] - 1, spot[0] + w + 2, spot[1] + size * 1.15 + 1, -1, -1]);
      todo.push([text, spot[0], spot[1], size, face, isPaper && !must]);
    }
    ctx.textBaseline = "top";
    ctx.textAlign = "left";
    ctx.lineJoin = "round";
    ctx.strokeStyle = look.halo;
    let font = "";
    for (const [text, x, y, size, face, quiet] of todo) {
      const wanted = `${face} ${size}px ${FONT}`;
      if (wanted !== font) ctx.font = font = wanted;
      ctx.lineWidth = 3.6;
      ctx.strokeText(text, x, y);
      ctx.fillStyle = quiet ? look.quiet : look.ink;
      ctx.fillText(text, x, y);
    }
    drawnNames = todo.length;
  }

  // ---- what is shown
  function show(next, middle = null) { // middle: the node in focus
    const nodes = [];
    for (const node of DATA.nodes) {
      const now = next.nodes.has(node.id);
      if (now !== shown.nodes.has(node.id)) nodes.push({ id: node.id, hidden: !now });
    }
    const edges = [];
    for (const edge of DATA.edges) {
      const now = next.edges.has(edge.id);
      if (now !== shown.edges.has(edge.id)) edges.push({ id: edge.id, hidden: !now });
    }
    shown = next;
    if (nodes.length) nodeSet.update(nodes);
    if (edges.length) edgeSet.update(edges);
    rings(middle, next);
    redraw();
  }
  function light(next) {
    lit = next;
    redraw();
  }
  function setHover(id) {
    hover = id;
    redraw();
  }
  function setTheme(name) {
    theme = name;
    nodeSet.update(DATA.nodes.map((node) => ({ id: node.id, color: nodeColour(node) })));
    edgeSet.update(DATA.edges.map((edge) => ({ id: edge.id, color: edgeColour(edge) })));
  }
  function physics(on) {
    network.setOptions({ physics: { ...DATA.options.physics, enabled: on } });
    if (!on) nodeSet.update(DATA.nodes.map((node) => ({ id: node.id, ...home[node.id] })));
  }
  function setRoom(inset) {
    room = inset;
    redraw();
  }
  const redraw = () => network && network.redraw();

  // ---- the camera; `inset` is what panels cover, in pixels
  function frame(ids, inset, glide = true, closest = 1.5) {
    let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const id of ids) {
      const at = network.body.nodes[id];
      const r = DATA.nodes[id].size + 22;
      x0 = Math.min(x0, at.x - r);
      x1 = Math.max(x1, at.x + r);
      y0 = Math.min(y0, at.y - r);
      y1 = Math.max(y1, at.y + r);
    }
    if (x0 > x1) return;
    const width = Math.max(80, stage.clientWidth - inset.left - inset.right);
    const height = Math.max(80, stage.clientHeight - inset.top - inset.bottom);
    inMotion(false);
    const scale = Math.min(closest, (width * (ringed === null ? 0.96 : 0.84)) / (x1 - x0), (height * 0.94) / (y1 - y0));
    network.moveTo({
      position: { x: (x0 + x1) / 2, y: (y0 + y1) / 2 },
      offset: { x: (inset.left - inset.right) / 2, y: (inset.top - inset.bottom) / 2 },
      scale,
      ...(glide && !still ? { animation: { duration: 380, easingFunction: "easeInOutQuad" } } : {}),
    });
  }
  function zoom(factor) {
    inMotion(false);
    network.moveTo({ scale: Math.min(6, Math.max(0.02, network.getScale() * factor)) });
  }
  function pan(dx, dy) {
    inMotion(false);
    const at = network.getViewPosition();
    const scale = network.getScale();
    network.moveTo({ position: { x: at.x + dx / scale, y: at.y + dy / scale } });
  }
  // Whether a node is in the part of the stage that no panel covers.
  function inSight(id, inset) {
    const at = onScreen(id);
    return at.x > inset.left + 20 && at.x < stage.clientWidth - inset.right - 20 && at.y > inset.top + 20 && at.y < stage.clientHeight - inset.bottom - 20;
  }
  function onScreen(id) {
    const at = network.body.nodes[id];
    return network.canvasToDOM({ x: at.x, y: at.y });
  }

  // ---- the picture as a file: what is on the screen, with title and legend
  function png(title, counts) {
    const source = network.canvas.frame.canvas;
    const ratio = source.width / stage.clientWidth;
    const look = Style.THEMES[theme];
    const out = document.createElement("canvas");
    out.width = source.width;
    out.height = source.height + 84 * ratio;
    const ctx = out.getContext("2d");
    ctx.fillStyle = look.ground;
    ctx.fillRect(0, 0, out.width, out.height);
    ctx.drawImage(source, 0, 46 * ratio);
    ctx.scale(ratio, ratio);
    ctx.fillStyle = look.ground;
    ctx.fillRect(0, 0, stage.clientWidth, 46);
    ctx.textBaseline = "middle";
    ctx.fillStyle = look.ink;
    ctx.font = `600 17px ${FONT}`;
    const heading = short(title, 90);
    ctx.fillText(heading, 16, 24);
    const after = 16 + ctx.measureText(heading).width + 14;
    ctx.font = `13px ${FONT}`;
    ctx.fillStyle = look.quiet;
    ctx.fillText(counts, after, 25);
    let x = 16;
    const y = stage.clientHeight + 66;
    const onView = new Set([...shown.nodes].map((id) => DATA.nodes[id].kind));
    for (const name of Style.kindOrder(onView)) {
      const kind = Style.kind(name);
      const points = Style.outline(kind.shape, 6);
      ctx.fillStyle = kind[theme];
      ctx.beginPath();
      if (points) points.forEach(([px, py], i) => (i ? ctx.lineTo(x + 6 + px, y + py) : ctx.moveTo(x + 6 + px, y + py)));
      else ctx.arc(x + 6, y, 6, 0, 2 * Math.PI);
      ctx.closePath();
      ctx.lineWidth = 2.5;
      ctx.strokeStyle = kind[theme];
      if (kind.hollow) ctx.stroke();
      else ctx.fill();
      ctx.fillStyle = look.ink;
      ctx.fillText(kind.plural, x + 18, y + 1);
      x += 18 + ctx.measureText(kind.plural).width + 20;
    }
    return new Promise((resolve) => out.toBlob(resolve, "image/png"));
  }

  return { start, show, light, setHover, setTheme, setRoom, physics, frame, zoom, pan, inSight, onScreen, png, redraw,
    get network() { return network; }, get names() { return drawnNames; } };
})();
