"""The graph around one or more nodes: events, who takes part, and the offices that tie them.

Of a neighbourhood too large to draw, the newest events are drawn one by one and the others in
groups of a type and a year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, Store

from app.explorer import data, tallies
from app.explorer.affiliations import Affiliations, affiliations
from app.explorer.data import Event
from app.explorer.filters import Facets, Filters, Record, facets, records
from kg.model import Predicate
from kg.terms import rwb
from kg.vocab import ID

__all__ = ["Edge", "Facets", "Filters", "Group", "View", "events_of", "view"]

NODE_CAP = 60  # with more, labels are too small to read until one zooms in
GROUP_CAP = 8  # groups of a type and a year; more are grouped by type alone
GROUP = "urn:rawabit:group:"  # the IRI of a group in a drawing; it is in no store
_RELATIONS = tuple(predicate.value for predicate in Predicate)


@dataclass(frozen=True, slots=True)
class Edge:
    """A line; `kind` is a role, `place`, `about`, `office`, `country`, `group` or a relation."""

    source: str
    target: str
    kind: str
    office: str = ""  # the office, where kind is `office`


@dataclass(frozen=True, slots=True)
class Group:
    """Events drawn as one: of a type (and a year), with the opened nodes that they belong to."""

    key: str  # `Meeting/2021`, `Meeting/` for undated ones, `Meeting` for all years
    events: tuple[str, ...]
    owners: tuple[str, ...]

    @property
    def node(self) -> str:
        """The IRI in the drawing."""
        return GROUP + self.key

    @property
    def type(self) -> str:
        """The type of its events."""
        return self.key.partition("/")[0]

    @property
    def year(self) -> str:
        """Their year, empty where they have none, or several."""
        return self.key.partition("/")[2]


@dataclass(frozen=True, slots=True)
class View:
    """What is drawn, and how much of what there is."""

    nodes: dict[str, str]  # IRI → kind, `Event` for events, `Group` for groups
    edges: tuple[Edge, ...]
    events: tuple[Event, ...]  # those drawn, newest first
    found: int  # events that pass the filters
    more: bool  # the node has still more events, which were not read
    facets: Facets
    groups: tuple[Group, ...] = ()
    oldest: str = ""  # the first date among the events that were read


@dataclass(frozen=True, slots=True)
class Around:
    """The events of some nodes: whose each is, their records, whether there are more."""

    owners: dict[str, list[str]]
    records: list[Record]
    more: bool


def events_of(
    store: Store,
    node: str,
    known: Affiliations | None = None,
    *,
    since: str = "",
    until: str = "",
    most: int = data.SCAN_CAP,
) -> tuple[list[str], bool]:
    """The events that a node takes part in, by itself or by those who act for it.

    At most `most`, the newest first, those of no date last; where there are more, only those within
    the bounds.
    """
    if data.kind(store, node) == "Event":
        return [node], False
    actors = (known or affiliations(store)).actors(node)
    places = [node, *(actor for actor in actors if actor.startswith(ID + "place/"))]
    linked = _LINKED.format(actors=_listed(actors), places=_listed(places), node=f"<{node}>")

    def newest(bounds: str) -> list[str]:
        return [event for event, _day in tallies.rows(store, _NEWEST % (linked, bounds, most + 1))]

    found = newest("")
    if len(found) > most and (since or until):  # else all are read, and counted for the filters
        found = newest(_within(since, until))
    return found[:most], len(found) > most


_LINKED = """{{ VALUES ?one {{ {actors} }} ?event rwb:participant ?one }}
  UNION {{ VALUES ?one {{ {places} }} ?event rwb:place ?one }}
  UNION {{ ?event rwb:about|rwb:topic {node} }}"""
_NEWEST = """SELECT ?event (MAX(?written) AS ?last) WHERE {
  { SELECT DISTINCT ?event WHERE { %s } }
  OPTIONAL { ?event rwb:date ?day } BIND(STR(?day) AS ?written) %s
} GROUP BY ?event ORDER BY DESC(?last) DESC(STR(?event)) LIMIT %d"""


def _within(since: str, until: str) -> str:
    """The filter of `Filters.spans`: dates are compared as far as both are precise."""
    first, last = since, until or "9999"
    return (
        f"FILTER(SUBSTR(?written, 1, {len(first)}) >= "
        f"SUBSTR({Literal(first)}, 1, STRLEN(?written)) && "
        f"SUBSTR(?written, 1, {len(last)}) <= SUBSTR({Literal(last)}, 1, STRLEN(?written)))"
    )


def _listed(nodes: Iterable[str]) -> str:
    return " ".join(f"<{node}>" for node in nodes)


def around(
    store: Store,
    opened: Sequence[str],
    known: Affiliations | None = None,
    *,
    since: str = "",
    until: str = "",
    most: int = data.SCAN_CAP,
) -> Around:
    """The events of the opened nodes, read once for all filters but the bounds of time."""
    known = known or affiliations(store)
    owners: dict[str, list[str]] = defaultdict(list)
    more = False
    for node in opened:
        found, cut = events_of(store, node, known, since=since, until=until, most=most)
        for event in found:
            owners[event].append(node)
        more = more or cut
    return Around(owners, records(store, owners, known), more)


def view(
    store: Store,
    opened: Sequence[str],
    filters: Filters | None = None,
    cap: int = NODE_CAP,
    *,
    ungrouped: Sequence[str] = (),
    hidden: Sequence[str] = (),
    pinned: Sequence[str] = (),
    known: Affiliations | None = None,
    found: Around | None = None,
) -> View:
    """The drawing around the opened nodes, newest events first until `cap` nodes are reached.

    `ungrouped` are keys of groups whose events are to be drawn before others; `hidden` nodes are
    left out, `pinned` ones drawn whatever the filters. `known` and `found` spare reading again.
    """
    chosen, known = filters or Filters(), known or affiliations(store)
    span = {"since": chosen.since, "until": chosen.until}
    near = found or around(store, opened, known, **span, most=max(cap, data.SCAN_CAP))
    kept = [record.event for record in near.records if chosen.keep(record)]
    wanted = [e for e in kept if e.node not in hidden]
    wanted.sort(key=lambda e: not (e.node in pinned or _opens(e, ungrouped)))  # stable: newest
    drawn, shown = _draw(store, known, opened, wanted, cap, pinned)
    for node in hidden:
        drawn.pop(node, None)
    left = [e for e in wanted if e.node not in drawn]
    groups = _groups(left, near.owners) if len(shown) < len(wanted) else ()
    edges = dict.fromkeys(_edges(store, known, drawn, shown))
    drawn |= dict.fromkeys((group.node for group in groups), "Group")
    edges |= {Edge(o, g.node, "group"): None for g in groups for o in g.owners if o in drawn}
    shown.sort(key=lambda e: (e.date, e.node), reverse=True)
    lines = tuple(edge for edge in edges if edge.source in drawn and edge.target in drawn)
    oldest = min((r.event.date for r in near.records if r.event.date), default="")
    choices = facets(near.records)
    return View(drawn, lines, tuple(shown), len(kept), near.more, choices, groups, oldest)


def _opens(event: Event, keys: Sequence[str]) -> bool:
    return event.type in keys or f"{event.type}/{event.date[:4]}" in keys


def _groups(events: Sequence[Event], owners: dict[str, list[str]]) -> tuple[Group, ...]:
    """Events that don't fit, by type and year; where these are too many, by type alone."""
    by_key: dict[str, list[str]] = defaultdict(list)
    for event in events:
        by_key[f"{event.type}/{event.date[:4]}"].append(event.node)
    if len(by_key) > GROUP_CAP:
        coarse: dict[str, list[str]] = defaultdict(list)
        for key, nodes in by_key.items():
            coarse[key.partition("/")[0]] += nodes
        by_key = coarse
    return tuple(
        Group(key, tuple(nodes), tuple(dict.fromkeys(o for n in nodes for o in owners[n])))
        for key, nodes in sorted(by_key.items())
    )


def _draw(
    store: Store,
    known: Affiliations,
    opened: Sequence[str],
    events: Sequence[Event],
    cap: int,
    pinned: Sequence[str],
) -> tuple[dict[str, str], list[Event]]:
    """Nodes with their kinds, and the events that fitted below the cap."""
    drawn: dict[str, str] = {}
    named = [node for node in (*opened, *pinned) if data.kind(store, node) == "Event"]
    first = [record for node in named if (record := data.event(store, node))]
    chosen = {record.node for record in first}

    def add(nodes: Iterable[str], most: int | None = None) -> None:
        for node in nodes:
            if node not in drawn and (most is None or len(drawn) < most):
                drawn[node] = data.kind(store, node) or "Thing"

    add(node for node in (*opened, *pinned) if node not in chosen)
    shown: list[Event] = []
    for event in (*first, *(event for event in events if event.node not in chosen)):
        if len(drawn) >= cap:
            break
        shown.append(event)
        drawn[event.node] = "Event"
        add(event.linked)
    for node in [n for n, kind in drawn.items() if kind != "Event"]:
        add(known.countries(node)[:2])
    for node in opened:
        add(_related(store, node), cap)
    return drawn, shown


def _related(store: Store, node: str) -> Iterator[str]:
    """The other ends of a node's relations, and the holders of an office."""
    for predicate in _RELATIONS:
        yield from data.objects(store, node, rwb(predicate))
        yield from data.subjects(store, rwb(predicate), node, cap=50)[0]
    if node.startswith(ID + "office/"):
        yield from data.subjects(store, rwb("holdsOffice"), node, cap=50)[0]


def _edges(
    store: Store, known: Affiliations, drawn: dict[str, str], events: Sequence[Event]
) -> Iterator[Edge]:
    for event in events:
        yield from (Edge(party.node, event.node, party.role) for party in event.parties)
        yield from (Edge(event.node, place, "place") for place in event.places)
        yield from (Edge(event.node, thing, "about") for thing in event.about)
    for node, kind in drawn.items():
        if kind != "Event":
            yield from _ties(store, known, node, drawn)


def _ties(store: Store, known: Affiliations, node: str, drawn: dict[str, str]) -> Iterator[Edge]:
    """Offices, homes and relations of an entity, where the other end is drawn too."""
    for office in known.offices.get(node, ()):
        if office in drawn:
            yield Edge(node, office, "holdsOffice")
        for country in known.lands.get(office, ()):
            if country in drawn:
                yield Edge(node, country, "office", office)
    for country in known.lands.get(node, ()):
        if country in drawn and country != node:
            yield Edge(node, country, "country")
    for predicate in _RELATIONS:
        for other in data.objects(store, node, rwb(predicate)):
            if other in drawn:
                yield Edge(node, other, predicate)
