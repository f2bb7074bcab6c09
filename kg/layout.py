"""Where each node lies in a picture: communities together, nothing on top of anything, the same on every machine.

The steps: communities (Louvain, seeded); in each connected component the nodes with two neighbours or more are moved
by forces (ForceAtlas2's: repulsion by mass over distance, attraction along edges, weaker from hubs; Jacomy et al., PLoS
ONE 9(6), 2014); nodes with one neighbour fan out around it; overlaps are pushed apart; the components are packed around
the largest.

Only operations that IEEE 754 rounds exactly (+ - * / and square root, summed in a fixed order) touch the moving
positions, so a graph gets the same places on every processor.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias

    from numpy.typing import NDArray

    Points: TypeAlias = NDArray[np.float64]  # shape (n, 2), or (n,) where it says one number a node
    Indices: TypeAlias = NDArray[np.int64]

__all__ = ["Place", "arrange"]

_LEAF_GAP = 13.0  # pixels between neighbours on a ring of leaves, centre to centre, beyond their radii
_MARGIN = 7.0  # pixels kept free around every node
_WIDER = 1.25  # width of the picture over its height: most screens are wide, and the page has panels at its sides
_CELL = 48.0  # pixels, the grid on which components are packed
_EXACT = 1500  # nodes up to which every pair repels; above, far nodes repel by grid cell
_SEED = 20
_GOLDEN = math.pi * (3 - math.sqrt(5))  # the sunflower's angle: points spread evenly over a disc


@dataclass(frozen=True, slots=True)
class Place:
    """A node's centre in pixels at scale 1, y downwards, and the number of its community (0 is the largest)."""

    x: int
    y: int
    community: int


def arrange(count: int, links: Iterable[tuple[int, int, float]], radii: Sequence[float]) -> tuple[Place, ...]:
    """The places of nodes 0 to `count - 1`, joined by `links` (node, node, weight > 0), drawn as discs of `radii`.

    Radii are in pixels; neither the order nor the direction of links matters. No two discs overlap, as far as 60 rounds
    of pushing get; the picture is centred on (0, 0).
    """
    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    for a, b, weight in sorted((min(a, b), max(a, b), weight) for a, b, weight in links):
        if a != b:
            graph.add_edge(a, b, weight=graph.get_edge_data(a, b, {"weight": 0.0})["weight"] + weight)
    groups = sorted(nx.community.louvain_communities(graph, seed=_SEED), key=lambda group: (-len(group), min(group)))
    community = [0] * count
    for number, group in enumerate(groups):
        for node in group:
            community[node] = number

    size = np.asarray(radii, dtype=np.float64)
    points = np.zeros((count, 2))
    parts = [sorted(part) for part in sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))]
    laid: list[Points] = []
    for part in parts:
        places = _component(graph.subgraph(part), part, community, size)
        laid.append(places - (places.min(axis=0) + places.max(axis=0)) / 2)
    for part, places, shift in zip(parts, laid, _packed(laid), strict=True):
        points[part] = places + shift
    if count:
        points -= (points.min(axis=0) + points.max(axis=0)) / 2
    return tuple(Place(round(x), round(y), number) for (x, y), number in zip(points.tolist(), community, strict=True))


def _component(graph: nx.Graph, nodes: list[int], community: list[int], size: Points) -> Points:
    """Places of one connected component's nodes, in their order."""
    at = {node: index for index, node in enumerate(nodes)}
    core = [node for node in nodes if graph.degree(node) > 1] or nodes[:1]
    kept = set(core)
    leaves: dict[int, list[int]] = {node: [] for node in core}
    for node in nodes:
        if node not in kept:
            leaves[next(iter(graph[node]))].append(node)
    reach = np.array([_fan_radius(size[node], [size[leaf] for leaf in leaves[node]]) for node in core])

    places = np.zeros((len(nodes), 2))
    index = {node: number for number, node in enumerate(core)}
    pairs = sorted((index[a], index[b], graph[a][b]["weight"]) for a, b in graph.edges if a in kept and b in kept)
    centres = _forces(pairs, np.array([community[node] for node in core]), reach)
    centres = _apart(centres, reach * 0.82 + _MARGIN, rounds=60)
    for node, centre in zip(core, centres, strict=True):
        places[at[node]] = centre
    for node in core:
        near = [at[other] for other in sorted(graph[node]) if other in kept]
        inward = places[near].mean(axis=0) - places[at[node]] if near else np.array([0.0, -1.0])
        fan = _fan(size[node], [size[leaf] for leaf in leaves[node]], -inward)
        for leaf, place in zip(leaves[node], fan, strict=True):
            places[at[leaf]] = places[at[node]] + place
    return _apart(places, size[nodes] + _MARGIN, rounds=60)


def _rings(radius: float, leaves: Sequence[float]) -> list[tuple[float, int]]:
    """Distance from the centre and number of leaves of each ring around a node."""
    rings: list[tuple[float, int]] = []
    left, widest = len(leaves), max(leaves, default=0.0)
    distance = radius + 2.2 * _LEAF_GAP + widest
    while left > 0:
        here = min(left, max(3, int(2 * math.pi * distance / (_LEAF_GAP + 2 * widest))))
        rings.append((distance, here))
        left -= here
        distance += _LEAF_GAP + 2 * widest
    return rings


def _fan_radius(radius: float, leaves: Sequence[float]) -> float:
    """The radius of the disc a node takes with its leaves around it."""
    rings = _rings(radius, leaves)
    return rings[-1][0] + max(leaves) if rings else radius


def _fan(radius: float, leaves: Sequence[float], outward: Points) -> list[Points]:
    """Places of the leaves relative to their node: rings whose first leaf points outward, the others to its sides."""
    x, y = outward.tolist()
    length = math.sqrt(x * x + y * y)
    x, y = (x / length, y / length) if length > 0 else (0.0, 1.0)
    found: list[Points] = []
    for distance, here in _rings(radius, leaves):
        full = max(3, int(2 * math.pi * distance / (_LEAF_GAP + 2 * max(leaves))))
        step = 2 * math.pi / (here if here > full * 0.6 else full * 0.72)
        for number in range(here):
            angle = step * ((number + 1) // 2) * (1 if number % 2 else -1)
            cos, sin = round(math.cos(angle), 9), round(math.sin(angle), 9)
            found.append(np.array([distance * (x * cos - y * sin), distance * (x * sin + y * cos)]))
    return found


def _start(group: Indices, reach: Points) -> Points:
    """A place for each node to start from: the communities on a sunflower disc, each one's nodes on a smaller one."""
    points = np.zeros((len(group), 2))
    placed = 0.0
    for number in sorted(set(group.tolist())):
        members = np.flatnonzero(group == number)
        area = math.fsum((reach[members] ** 2).tolist()) * 2.2
        away, angle = math.sqrt(placed + area / 2), _GOLDEN * number
        placed += area
        for rank, member in enumerate(members.tolist()):
            inner, turn = math.sqrt(area * (rank + 0.5) / len(members)), _GOLDEN * rank
            points[member, 0] = away * round(math.cos(angle), 9) + inner * round(math.cos(turn), 9)
            points[member, 1] = away * round(math.sin(angle), 9) + inner * round(math.sin(turn), 9)
    return points


def _forces(pairs: list[tuple[int, int, float]], group: Indices, reach: Points) -> Points:
    """Places of the nodes of a component's core after the forces have worked on them."""
    count = len(reach)
    points = _start(group, reach)
    if count < 2:
        return points
    a = np.array([pair[0] for pair in pairs], dtype=np.int64)
    b = np.array([pair[1] for pair in pairs], dtype=np.int64)
    weight = np.sqrt(np.array([pair[2] for pair in pairs])) * np.where(group[a] == group[b], 1.6, 0.55)
    degree = np.bincount(a, minlength=count) + np.bincount(b, minlength=count)
    mass = 1.0 + degree + reach / 22.0
    pull = weight / np.sqrt(np.minimum(degree[a], degree[b]).astype(np.float64))
    repulsion = 420.0
    rounds = 220 if count <= 600 else 140 if count <= _EXACT else 90
    heat = 8.0 * math.sqrt(count) + 40.0
    for turn in range(rounds):
        push = _repelled(points, mass) if count <= _EXACT else _repelled_far(points, mass)
        force = push * (repulsion * mass)[:, None]
        along = (points[b] - points[a]) * (pull * 9.0)[:, None]
        for axis in (0, 1):
            force[:, axis] += np.bincount(a, along[:, axis], count) - np.bincount(b, along[:, axis], count)
            members = np.bincount(group)
            middle = np.bincount(group, points[:, axis]) / np.maximum(members, 1)
            force[:, axis] += (middle[group] - points[:, axis]) * 1.1 * mass
        force[:, 0] -= points[:, 0] * mass * 0.42
        force[:, 1] -= points[:, 1] * mass * 0.42 * _WIDER
        move = force / (mass * 14.0)[:, None]
        length = np.sqrt(move[:, 0] * move[:, 0] + move[:, 1] * move[:, 1])
        limit = heat * (1 - turn / rounds) + 0.5
        points = points + move * (np.minimum(length, limit) / np.maximum(length, 1e-9))[:, None]
    return points


def _repelled(points: Points, mass: Points) -> Points:
    """The push on each node by every other, for a mass of one: mass over distance, away from it."""
    dx = points[None, :, 0] - points[:, None, 0]  # [j, i]: from j to i; summed over j, row by row, in order
    dy = points[None, :, 1] - points[:, None, 1]
    over = mass[:, None] / np.maximum(dx * dx + dy * dy, 16.0)
    return np.stack([(dx * over).sum(axis=0), (dy * over).sum(axis=0)], axis=1)


def _repelled_far(points: Points, mass: Points) -> Points:
    """As `_repelled`, but nodes of other cells of a grid push as one mass at their middle."""
    count = len(points)
    side = max(2, int(math.sqrt(count) / 2))
    low = points.min(axis=0)
    span = np.maximum(points.max(axis=0) - low, 1e-9)
    column, row = (np.minimum(((points - low) / span * side).astype(np.int64), side - 1)).T
    cell = row * side + column
    _, cell = np.unique(cell, return_inverse=True)
    heavy = np.bincount(cell, mass)
    middle = np.stack([np.bincount(cell, mass * points[:, axis]) / heavy for axis in (0, 1)], axis=1)
    dx = points[None, :, 0] - middle[:, None, 0]
    dy = points[None, :, 1] - middle[:, None, 1]
    over = heavy[:, None] / np.maximum(dx * dx + dy * dy, 16.0)
    over[cell, np.arange(count)] = 0.0
    push = np.stack([(dx * over).sum(axis=0), (dy * over).sum(axis=0)], axis=1)
    order = np.argsort(cell, kind="stable")
    for shift in range(1, int(np.bincount(cell).max(initial=0))):
        i, j = order[:-shift], order[shift:]
        same = cell[i] == cell[j]
        i, j = i[same], j[same]
        apart = points[i] - points[j]
        near = 1.0 / np.maximum(apart[:, 0] * apart[:, 0] + apart[:, 1] * apart[:, 1], 16.0)
        push[i] += apart * (near * mass[j])[:, None]  # a node stands once in i and once in j
        push[j] -= apart * (near * mass[i])[:, None]
    return push


def _apart(points: Points, radii: Points, *, rounds: int) -> Points:
    """The points, moved as little as `rounds` rounds of pushing need, so that discs of these radii do not overlap."""
    widest = 2 * float(radii.max(initial=0.0))
    for _ in range(rounds):
        order = np.lexsort((points[:, 1], points[:, 0]))
        push = np.zeros_like(points)
        touched = False
        for shift in range(1, len(points)):
            i, j = order[:-shift], order[shift:]
            close = points[j, 0] - points[i, 0] < widest
            if not close.any():
                break
            i, j = i[close], j[close]
            apart = points[j] - points[i]
            distance = np.sqrt(apart[:, 0] * apart[:, 0] + apart[:, 1] * apart[:, 1])
            lack = radii[i] + radii[j] - distance
            hit = lack > 0.5
            if not hit.any():
                continue
            touched = True
            i, j, apart, distance, lack = i[hit], j[hit], apart[hit], distance[hit], lack[hit]
            flat = distance < 1e-6  # in the same place: part them sideways
            apart[flat] = (1.0, 0.0)
            step = apart * (0.5 * lack / np.where(flat, 1.0, distance))[:, None]
            push[i] -= step
            push[j] += step
        if not touched:
            break
        length = np.sqrt(push[:, 0] * push[:, 0] + push[:, 1] * push[:, 1])
        points = points + push * (np.minimum(length, widest / 2) / np.maximum(length, 1e-9))[:, None]
    return points


def _packed(parts: list[Points]) -> list[tuple[float, float]]:
    """How far to move each part (points about its middle): the first stays, the others go where room is nearest to it.

    Room is counted in cells of a grid. The first part takes every cell within its outline: nothing lands in its
    holes.
    """
    if len(parts) < 2:
        return [(0.0, 0.0)] * len(parts)
    boxes = [np.abs(part).max(axis=0) + _CELL * 0.9 for part in parts]
    area = sum(4 * float(width * height) for width, height in boxes[1:])
    beyond = math.sqrt(area) * 1.5 + 2 * max(float(box.max()) for box in boxes[1:]) + 2 * _CELL
    columns, rows = (2 * int((half + beyond) / _CELL) + 1 for half in boxes[0].tolist())
    outline = np.zeros((rows, columns), dtype=np.bool_)
    cells = np.round(parts[0] / _CELL).astype(np.int64) + np.array([columns // 2, rows // 2])
    outline[cells[:, 1], cells[:, 0]] = True
    within = (_so_far(outline, 1) & _so_far(outline[:, ::-1], 1)[:, ::-1]) | (
        _so_far(outline, 0) & _so_far(outline[::-1], 0)[::-1]
    )
    taken = within.copy()
    for by in (-1, 0, 1):
        for bx in (-1, 0, 1):
            taken |= np.roll(within, (by, bx), (0, 1))
    found = [(0.0, 0.0)]
    for width, height in boxes[1:]:
        w, h = (max(1, math.ceil(2 * float(half) / _CELL)) for half in (width, height))
        total = np.pad(taken, ((1, 0), (1, 0))).cumsum(0).cumsum(1)
        filled = total[h:, w:] - total[:-h, w:] - total[h:, :-w] + total[:-h, :-w]
        x = np.arange(filled.shape[1]) + (w - 1) / 2 - columns // 2
        y = (np.arange(filled.shape[0]) + (h - 1) / 2 - rows // 2) * _WIDER
        cost = np.where(filled == 0, x[None, :] ** 2 + y[:, None] ** 2, np.inf)
        row, column = divmod(int(cost.argmin()), cost.shape[1])
        taken[row : row + h, column : column + w] = True
        found.append((float(x[column]) * _CELL, float(row + (h - 1) / 2 - rows // 2) * _CELL))
    return found


def _so_far(cells: NDArray[np.bool_], axis: int) -> NDArray[np.bool_]:
    """Whether a cell, or any before it along the axis, is set."""
    return cells.cumsum(axis) > 0
