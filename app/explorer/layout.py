"""Where the nodes of a view stand: computed here, so that nothing moves in the browser."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from app.explorer.neighbourhood import View

STRESS_CAP = 80  # up to here a stress layout takes well below a second
_SPACE = 60.0  # pixels to a node's share of the plane, along one axis
_WIDE = 1.3  # the drawing is wider than it is high
_HEIGHTS = {"Country": 92.0, "Event": 66.0, "Place": 62.0}  # of a node with its label
_LETTER = 7.2  # mean width of a letter of a label
_ROUNDS = 400


def layout(view: View, names: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    """Places of all nodes in pixels of the canvas, the same for the same view and names."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(view.nodes)
    graph.add_edges_from((edge.source, edge.target) for edge in view.edges)
    if len(graph) < 2:
        return dict.fromkeys(graph, (0.0, 0.0))
    places = _placed(graph)
    spread = _SPACE * math.sqrt(len(graph))
    points = np.array([places[node] for node in graph]) * [spread * _WIDE, spread]
    boxes = np.array([_box(view.nodes[node], names[node]) for node in graph])
    apart = _separate(points, boxes)
    return {
        node: (round(float(x), 1), round(float(y), 1))
        for node, (x, y) in zip(graph, apart, strict=True)
    }


def _box(kind: str, label: str) -> tuple[float, float]:
    """Width and height of a node with its label."""
    height = _HEIGHTS.get(kind, 74.0)
    return (96.0 if kind == "Event" else max(80.0, 24.0 + _LETTER * len(label))), height


def _placed(graph: nx.Graph[str]) -> dict[str, Any]:
    """Stress layout for small graphs, whose distances people read; springs for larger ones."""
    if len(graph) <= STRESS_CAP and nx.is_connected(graph):
        return dict(nx.kamada_kawai_layout(graph, pos=nx.circular_layout(graph)))
    spread = 2.2 / math.sqrt(len(graph))
    return dict(nx.spring_layout(graph, seed=7, iterations=120, k=spread))


def _separate(points: NDArray[np.float64], boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Push nodes apart until no two labels lie on each other, along the axis that needs least."""
    places = points.copy()
    room = (boxes[:, None, :] + boxes[None, :, :]) / 2
    others = ~np.eye(len(places), dtype=bool)
    for _round in range(_ROUNDS):
        gaps = places[:, None, :] - places[None, :, :]
        overlap = room - np.abs(gaps)
        touching = (overlap > 0.5).all(axis=2) & others
        if not touching.any():
            break
        axis = np.argmin(overlap / room, axis=2)
        push = np.zeros_like(gaps)
        for k in (0, 1):
            sign = np.where(gaps[:, :, k] > 0, 1.0, -1.0)
            sign = np.where(gaps[:, :, k] == 0, _order(len(places)), sign)
            push[:, :, k] = np.where(touching & (axis == k), sign * overlap[:, :, k] / 2, 0.0)
        places += 0.7 * push.sum(axis=1)
    return places


def _order(count: int) -> NDArray[np.float64]:
    """+1 below the diagonal, -1 above: nodes on one spot part in a fixed way."""
    rank = np.arange(count)
    return np.where(rank[:, None] > rank[None, :], 1.0, -1.0)
