"""The layout in time: events from left to right by date, everybody near the events they are in."""

from __future__ import annotations

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from app.explorer.neighbourhood import View

_STEP = 120.0  # pixels between two events, on average
_BAND = 330.0  # how far above and below the events the others stand


def place_in_time(view: View, graph: nx.Graph[str]) -> NDArray[np.float64]:
    """First places; labels are moved apart afterwards, up and down only.

    Ranks of dates, not years, are the scale: one old treaty would press all else together.
    """
    dates = {event.node: event.date for event in view.events}
    dates |= {group.node: group.year for group in view.groups}
    order = sorted(set(filter(None, dates.values())))
    width = max(6.0, (len(dates) / 4) ** 0.5 * 4) * _STEP
    scale = width / max(len(order) - 1, 1)
    x = {date: i * scale for i, date in enumerate(order)}
    late = width + 2 * _STEP  # where no date is known
    points = np.zeros((len(graph), 2))
    index = {node: i for i, node in enumerate(graph)}
    undated = 0
    for node, date in dates.items():
        if node in index:
            points[index[node]] = (x[date] if date else late + undated % 4 * _STEP, 0.0)
            undated += not date
    side = 1.0
    for node in graph:
        if node in dates:
            continue
        mine = [points[index[n]][0] for n in graph[node] if n in dates]
        near = [points[index[n]][0] for n in graph[node] if n not in dates] or [width / 2]
        points[index[node]] = (np.mean(mine or near), side * _BAND)
        side = -side
    return np.asarray(points - [width / 2, 0.0])
