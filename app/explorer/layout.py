"""Where the nodes of a view stand: computed here, so that nothing moves in the browser.

A thousand nodes take well below a second: forces act between near nodes only, found by a tree.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from app.explorer.chronology import place_in_time
from app.explorer.neighbourhood import View

STRESS_CAP = 80  # up to here a stress layout takes well below a second
_SPACE = 60.0  # pixels to a node's share of the plane, along one axis
_WIDE = 1.3  # the drawing is wider than it is high
_HEIGHTS = {"Country": 92.0, "Event": 66.0, "Place": 62.0}  # of a node with its label
_LETTER = 7.2  # mean width of a letter of a label
_ROUNDS = 300
_PULLS = 90  # rounds of springs
_WORK = 50_000  # nodes times rounds, at most

Points = NDArray[np.float64]
Place = tuple[float, float]


def graph_of(view: View) -> nx.Graph[str]:
    """The drawn nodes and their ties, without direction."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(view.nodes)
    graph.add_edges_from((edge.source, edge.target) for edge in view.edges)
    return graph


def layout(
    view: View,
    names: Mapping[str, str],
    kind: str = "organic",
    roots: Sequence[str] = (),
    clusters: Mapping[str, int] | None = None,
    pins: Mapping[str, Place] | None = None,
) -> dict[str, Place]:
    """Places of all nodes in pixels of the canvas, the same for the same view and names.

    `kind` is organic, rings (around `roots`), time (from left to right) or clusters (communities
    apart). Pinned nodes stand where they are pinned.
    """
    graph = graph_of(view)
    if len(graph) < 2:
        return dict.fromkeys(graph, (0.0, 0.0)) | dict(pins or {})
    nodes = list(graph)
    boxes = np.array([_box(view.nodes[node], names[node]) for node in nodes])
    if kind == "time":
        points = place_in_time(view, graph)
    elif kind == "rings":
        points = _rings(graph, [node for node in roots if node in graph])
    elif kind == "clusters" and clusters:
        points = _clustered(graph, clusters)
    else:
        spread = _SPACE * math.sqrt(len(graph))
        points = _organic(graph, [n for n in roots if n in graph]) * [spread * _WIDE, spread]
    fixed = np.array([node in (pins or {}) for node in nodes])
    for i, node in enumerate(nodes):
        if fixed[i] and pins:
            points[i] = pins[node]
    apart = _separate(points, boxes, fixed, upright=kind == "time")
    return {
        node: (round(float(x), 1), round(float(y), 1))
        for node, (x, y) in zip(nodes, apart, strict=True)
    }


def _box(kind: str, label: str) -> Place:
    """Width and height of a node with its label."""
    height = _HEIGHTS.get(kind, 74.0)
    return (96.0 if kind == "Event" else max(80.0, 24.0 + _LETTER * len(label))), height


def _organic(graph: nx.Graph[str], roots: Sequence[str]) -> Points:
    """Stress layout for small graphs, whose distances people read; springs for larger ones."""
    if len(graph) <= STRESS_CAP and nx.is_connected(graph):
        places = nx.kamada_kawai_layout(graph, pos=nx.circular_layout(graph))
        return np.array([places[node] for node in graph])
    return _springs(graph, _rings(graph, roots))


def _springs(graph: nx.Graph[str], start: Points) -> Points:
    """Forces from a first layout: ties pull, near nodes push; the result lies within ±1."""
    index = {node: i for i, node in enumerate(graph)}
    ties = np.array([(index[a], index[b]) for a, b in graph.edges if a != b]).reshape(-1, 2)
    places = start / max(float(np.abs(start).max()), 1e-9)
    reach = 2.2 / math.sqrt(len(places))
    degree = np.maximum(np.bincount(ties.ravel(), minlength=len(places)), 1)
    rounds = min(_PULLS, _WORK // len(places))
    for step in range(rounds):
        move = np.zeros_like(places)
        near = cKDTree(places).query_pairs(2.2 * reach, output_type="ndarray")
        gap = places[near[:, 0]] - places[near[:, 1]]
        far = np.maximum(np.hypot(gap[:, 0], gap[:, 1]), 1e-6)[:, None]
        push = gap / far * (reach * reach / far)
        np.add.at(move, near[:, 0], push)
        np.add.at(move, near[:, 1], -push)
        pull = (places[ties[:, 0]] - places[ties[:, 1]]) * 0.5
        np.add.at(move, ties[:, 0], -pull / degree[ties[:, 0], None])
        np.add.at(move, ties[:, 1], pull / degree[ties[:, 1], None])
        length = np.maximum(np.hypot(move[:, 0], move[:, 1]), 1e-9)[:, None]
        places += move / length * np.minimum(length, 0.12 * (1 - step / rounds))
    places -= places.mean(axis=0)
    return np.asarray(places / max(float(np.abs(places).max()), 1e-9))


def _rings(graph: nx.Graph[str], roots: Sequence[str]) -> Points:
    """A tree from the roots: each node on the ring of its distance, in its parent's sector."""
    first = list(roots) or [max(graph, key=lambda node: (graph.degree[node], node))]
    parent, depth, order = _tree(graph, first)
    children: dict[str, list[str]] = {node: [] for node in order}
    for node in order:
        if parent[node] is not None:
            children[str(parent[node])].append(node)
    leaves = dict.fromkeys(order, 1)
    for node in reversed(order):
        leaves[node] = max(1, sum(leaves[child] for child in children[node]))
    tops = [node for node in order if parent[node] is None]
    sector = _sectors(tops, leaves, 0.0, math.tau)
    for node in order:
        sector |= _sectors(children[node], leaves, *sector[node])
    widest: dict[int, int] = {}
    for node in order:
        widest[depth[node]] = widest.get(depth[node], 0) + 1
    radius = _radii(widest, alone=len(tops) == 1)
    angle = {node: sum(sector[node]) / 2 for node in order}
    return np.array(
        [
            (radius[depth[n]] * math.cos(angle[n]) * _WIDE, radius[depth[n]] * math.sin(angle[n]))
            for n in graph
        ]
    )


def _tree(
    graph: nx.Graph[str], roots: Sequence[str]
) -> tuple[dict[str, str | None], dict[str, int], list[str]]:
    """Parents and depths by breadth; what the roots do not reach gets trees of its own."""
    parent: dict[str, str | None] = dict.fromkeys(roots)
    depth = dict.fromkeys(roots, 0)
    order = list(dict.fromkeys(roots))
    at = 0
    for seed in (None, *graph):
        if seed is not None and seed not in parent:
            parent[seed], depth[seed] = None, 1
            order.append(seed)
        while at < len(order):
            node = order[at]
            at += 1
            for other in graph[node]:
                if other not in parent:
                    parent[other], depth[other] = node, depth[node] + 1
                    order.append(other)
    return parent, depth, order


def _sectors(
    nodes: Sequence[str], leaves: Mapping[str, int], start: float, end: float
) -> dict[str, tuple[float, float]]:
    """The span of angles shared out by leaves."""
    whole = sum(leaves[node] for node in nodes) or 1
    found = {}
    for node in nodes:
        share = (end - start) * leaves[node] / whole
        found[node] = (start, start + share)
        start += share
    return found


def _radii(widest: Mapping[int, int], *, alone: bool) -> dict[int, float]:
    """The radius of each ring: room for its nodes, and a step beyond the ring before."""
    radius, found = 0.0, {}
    for depth in sorted(widest):
        if depth == 0 and alone:
            found[depth] = 0.0
            continue
        radius = max(radius + 150.0, widest[depth] * 62.0 / math.tau)
        found[depth] = radius
    return found


def _clustered(graph: nx.Graph[str], clusters: Mapping[str, int]) -> Points:
    """Communities as discs beside one another, springs within each."""
    index = {node: i for i, node in enumerate(graph)}
    groups: dict[int, list[str]] = {}
    for node in graph:
        groups.setdefault(clusters.get(node, -1), []).append(node)
    points = np.zeros((len(graph), 2))
    ring, angle = 0.0, 0.0
    for number, nodes in enumerate(sorted(groups.values(), key=lambda g: (-len(g), g))):
        size = _SPACE * 0.8 * math.sqrt(len(nodes))
        inside = graph.subgraph(nodes)
        hub = max(inside, key=lambda node: (inside.degree[node], node))
        local = (
            _springs(inside, _rings(inside, [hub])) if len(nodes) > 2 else np.zeros((len(nodes), 2))
        )
        if number:
            ring = max(ring, _SPACE * math.sqrt(len(graph)) * 0.8)
            angle += 2.4  # the golden angle: discs spread evenly
            ring *= 1.06
        centre = [ring * math.cos(angle) * _WIDE, ring * math.sin(angle)] if number else [0.0, 0.0]
        for place, node in zip(local, inside, strict=True):
            points[index[node]] = place * size + centre
    return points


def _separate(points: Points, boxes: Points, fixed: NDArray[np.bool_], *, upright: bool) -> Points:
    """Push nodes apart until no two labels lie on each other, along the axis that needs least."""
    places = points.copy()
    reach = float(boxes.max())
    for _round in range(min(_ROUNDS, _WORK // len(places))):
        pairs = cKDTree(places).query_pairs(reach, p=np.inf, output_type="ndarray")
        one, two = pairs[:, 0], pairs[:, 1]
        gaps = places[one] - places[two]
        room = (boxes[one] + boxes[two]) / 2
        overlap = room - np.abs(gaps)
        touching = (overlap > 0.5).all(axis=1) & ~(fixed[one] & fixed[two])
        if not touching.any():
            break
        one, two, gaps = one[touching], two[touching], gaps[touching]
        overlap, room = overlap[touching], room[touching]
        axis = np.ones(len(one), int) if upright else np.argmin(overlap / room, axis=1)
        rows = np.arange(len(one))
        sign = np.where(gaps[rows, axis] >= 0, 1.0, -1.0)
        push = 0.7 * sign * overlap[rows, axis] / 2
        _shift(places, one, axis, push * np.where(fixed[two], 2, 1) * ~fixed[one])
        _shift(places, two, axis, -push * np.where(fixed[one], 2, 1) * ~fixed[two])
    return places


def _shift(
    places: Points, which: NDArray[np.intp], axis: NDArray[np.intp], by: NDArray[np.float64]
) -> None:
    np.add.at(places, (which, axis), by)
