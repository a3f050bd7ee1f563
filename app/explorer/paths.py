"""How two nodes are tied: the shortest chains of events (and relations) between them.

The search goes out from both ends at once and stops after bounded work, so that hubs of a large
store do not hold it up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from time import monotonic

import networkx as nx
from pyoxigraph import Store

from app.explorer import data
from app.explorer.affiliations import Affiliations
from app.explorer.filters import facets, records
from app.explorer.neighbourhood import Edge, View
from kg.model import Predicate
from kg.terms import rwb
from kg.vocab import ID

PATHS = 6
_FAN = 400  # neighbours read of one node
_VISITS = 20_000
_SECONDS = 2.0
_REACH = 4  # nodes from each end, events included
_RELATIONS = (*(predicate.value for predicate in Predicate), "holdsOffice", "country")


@dataclass(frozen=True, slots=True)
class Paths:
    """The shortest chains of nodes, and whether the search was cut short."""

    chains: tuple[tuple[str, ...], ...]
    cut: bool


def find(store: Store, start: str, end: str) -> Paths:
    """The shortest chains between two nodes: through events where there are any, else relations."""
    through_events = _search(store, start, end, relations=False)
    return through_events if through_events.chains else _search(store, start, end, relations=True)


def _search(store: Store, start: str, end: str, *, relations: bool) -> Paths:
    if start == end:
        return Paths((), False)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from((start, end))
    seen = ({start}, {end})
    fringe = ([start], [end])
    depth = [0, 0]
    stop = monotonic() + _SECONDS
    while not seen[0] & seen[1]:
        side = 0 if (len(fringe[0]), depth[0]) <= (len(fringe[1]), depth[1]) else 1
        if not fringe[side] or depth[side] >= _REACH:
            side = 1 - side
        if not fringe[side] or depth[side] >= _REACH:
            return Paths((), False)
        depth[side] += 1
        grown: list[str] = []
        for node in fringe[side]:
            for other in islice(_next_to(store, node, relations=relations), _FAN):
                graph.add_edge(node, other)
                if other not in seen[side]:
                    seen[side].add(other)
                    grown.append(other)
            if monotonic() > stop or len(graph) > _VISITS:
                break
        fringe[side][:] = grown
        if monotonic() > stop or len(graph) > _VISITS:
            break
    if not nx.has_path(graph, start, end):
        return Paths((), True)
    chains = islice(nx.all_shortest_paths(graph, start, end), 4 * PATHS)
    ranked = sorted(map(tuple, chains), key=lambda chain: _rank(store, chain))
    return Paths(tuple(ranked[:PATHS]), False)


def _rank(store: Store, chain: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Chains of the latest events first; dates are turned round for the sorting."""
    dates = [record.date for node in chain if (record := data.event(store, node))]
    oldest = min(dates, default="")
    return ("".join(chr(0x7A - ord(c)) if c.isdigit() else c for c in oldest) or "~", chain)


def _next_to(store: Store, node: str, *, relations: bool) -> Iterator[str]:
    """The parties and subjects of an event, the events of anything else, its relations if asked."""
    if node.startswith(ID + "event/"):
        record = data.event(store, node)
        if record:
            yield from (party.node for party in record.parties)
            yield from record.about
        return
    for predicate in ("participant", "about"):
        yield from data.subjects(store, rwb(predicate), node, cap=_FAN)[0]
    if relations:
        for name in _RELATIONS:
            yield from data.objects(store, node, rwb(name))
            yield from data.subjects(store, rwb(name), node, cap=_FAN)[0]


def as_view(
    store: Store, ends: tuple[str, str], found: Paths, acting: Affiliations | None = None
) -> View:
    """The chains as a drawing: the nodes on them, their events, and the lines between them."""
    nodes = dict.fromkeys((*ends, *(node for chain in found.chains for node in chain)))
    known = records(store, nodes, acting)
    events = {record.event.node: record.event for record in known}
    drawn = {n: "Event" if n in events else data.kind(store, n) or "Thing" for n in nodes}
    steps = [(a, b) for chain in found.chains for a, b in pairwise(chain)]
    edges = dict.fromkeys(_edge(store, events, a, b) for a, b in steps)
    shown = tuple(events.values())
    return View(drawn, tuple(edges), shown, len(shown), False, facets(known))


def _edge(store: Store, events: dict[str, data.Event], one: str, two: str) -> Edge:
    """The line between neighbours on a chain."""
    event = events.get(one) or events.get(two)
    if event:
        other = two if event.node == one else one
        role = next((party.role for party in event.parties if party.node == other), "")
        if role:
            return Edge(other, event.node, role)
        return Edge(event.node, other, "about")
    for name in _RELATIONS:
        for start, end in ((one, two), (two, one)):
            if end in data.objects(store, start, rwb(name)):
                return Edge(start, end, name)
    return Edge(one, two, "participant")
