"""The graph around one or more nodes: events, who takes part, and the offices that tie them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import Store

from app.explorer import data
from app.explorer.data import Event
from kg.model import Predicate
from kg.terms import iri, rwb
from kg.vocab import ID, RWB

NODE_CAP = 150
_RELATIONS = tuple(predicate.value for predicate in Predicate)


@dataclass(frozen=True, slots=True)
class Filters:
    """What to keep; an empty field keeps all. Dates are ISO, of any precision, bounds included."""

    types: tuple[str, ...] = ()
    certainties: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    since: str = ""
    until: str = ""

    def keep(self, event: Event, countries: Iterable[str]) -> bool:
        """Whether an event passes; one without a date fails any bound."""
        return (
            _meets(self.types, (event.type,))
            and _meets(self.certainties, event.certainties)
            and _meets(self.topics, event.topics)
            and _meets(self.countries, countries)
            and self._in_span(event)
        )

    def _in_span(self, event: Event) -> bool:
        if not (self.since or self.until):
            return True
        return any(
            date[: len(self.since)] >= self.since[: len(date)]
            and (not self.until or date[: len(self.until)] <= self.until[: len(date)])
            for date in event.dates
        )


def _meets(wanted: Sequence[str], given: Iterable[str]) -> bool:
    return not wanted or not set(wanted).isdisjoint(given)


@dataclass(frozen=True, slots=True)
class Edge:
    """A line of the drawing; `kind` is a role, `place`, `about`, `office` or a relation."""

    source: str
    target: str
    kind: str
    office: str = ""  # the office, where kind is `office`


@dataclass(frozen=True, slots=True)
class View:
    """What is drawn, and how much of what there is."""

    nodes: dict[str, str]  # IRI → kind, `Event` for events
    edges: tuple[Edge, ...]
    events: tuple[Event, ...]  # those drawn, newest first
    found: int  # events that pass the filters
    more: bool  # the node has still more events, which were not read
    facets: Facets


@dataclass(frozen=True, slots=True)
class Facets:
    """Values to filter by with the number of events, before filtering."""

    types: tuple[tuple[str, int], ...] = ()
    certainties: tuple[tuple[str, int], ...] = ()
    topics: tuple[tuple[str, int], ...] = ()
    countries: tuple[tuple[str, int], ...] = ()


def events_of(store: Store, node: str) -> tuple[list[str], bool]:
    """The events that a node takes part in, by itself or by those who act for it."""
    if data.event(store, node):
        return [node], False
    found: dict[str, None] = {}
    more = False
    for actor in (node, *_actors(store, node)):
        for predicate in ("participant", "place", "about", "topic"):
            events, cut = data.subjects(store, rwb(predicate), actor)
            found.update(dict.fromkeys(events))
            more = more or cut or len(found) >= data.SCAN_CAP
        if len(found) >= data.SCAN_CAP:
            break
    return list(islice(found, data.SCAN_CAP)), more


def _actors(store: Store, node: str) -> Iterator[str]:
    """Holders of a country's offices, of an office; places of a country."""
    kind = data.kind(store, node)
    owned = data.subjects(store, rwb("country"), node)[0] if kind == "Country" else []
    offices = [node] if kind == "Office" else [o for o in owned if o.startswith(ID + "office/")]
    for office in offices:
        yield from data.subjects(store, rwb("holdsOffice"), office)[0]
    yield from (place for place in owned if place.startswith(ID + "place/"))


def view(
    store: Store, opened: Sequence[str], filters: Filters | None = None, cap: int = NODE_CAP
) -> View:
    """The drawing around the opened nodes, newest events first until `cap` nodes are reached."""
    chosen = filters or Filters()
    nodes: dict[str, None] = {}
    more = False
    for node in opened:
        found, cut = events_of(store, node)
        nodes.update(dict.fromkeys(found))
        more = more or cut
    records = [(e, data.event_countries(store, e)) for e in data.events(store, nodes)]
    kept = [event for event, countries in records if chosen.keep(event, countries)]
    drawn, shown = _draw(store, opened, kept, cap)
    edges = tuple(dict.fromkeys(_edges(store, drawn, shown)))
    return View(drawn, edges, tuple(shown), len(kept), more, _facets(records))


def _draw(
    store: Store, opened: Sequence[str], events: Sequence[Event], cap: int
) -> tuple[dict[str, str], list[Event]]:
    """Nodes with their kinds, and the events that fitted below the cap."""
    drawn: dict[str, str] = {}

    def add(node: str) -> None:
        if node not in drawn:
            drawn[node] = data.kind(store, node) or "Thing"

    for node in opened:
        add(node)
    shown: list[Event] = []
    for event in events:
        if len(drawn) >= cap:
            break
        shown.append(event)
        drawn[event.node] = "Event"
        for node in event.linked:
            add(node)
    for node in [n for n in drawn if n not in {e.node for e in shown}]:
        for country in data.countries_of(store, node)[:2]:
            add(country)
    for node in opened:
        for other in _related(store, node):
            if len(drawn) < cap:
                add(other)
    return drawn, shown


def _related(store: Store, node: str) -> Iterator[str]:
    """The other ends of a node's relations, and the holders of an office."""
    for predicate in _RELATIONS:
        yield from data.objects(store, node, rwb(predicate))
        yield from data.subjects(store, rwb(predicate), node, cap=50)[0]
    if node.startswith(ID + "office/"):
        yield from data.subjects(store, rwb("holdsOffice"), node, cap=50)[0]


def _edges(store: Store, drawn: dict[str, str], events: Sequence[Event]) -> Iterator[Edge]:
    for event in events:
        yield from (Edge(party.node, event.node, party.role) for party in event.parties)
        yield from (Edge(event.node, place, "place") for place in event.places)
        yield from (Edge(event.node, thing, "about") for thing in event.about)
    for node, kind in drawn.items():
        if kind != "Event":
            yield from _ties(store, node, drawn)


def _ties(store: Store, node: str, drawn: dict[str, str]) -> Iterator[Edge]:
    """Offices, homes and relations of an entity, where the other end is drawn too."""
    for office in data.objects(store, node, rwb("holdsOffice")):
        if office in drawn:
            yield Edge(node, office, "holdsOffice")
        for country in data.objects(store, office, rwb("country")):
            if country in drawn:
                yield Edge(node, country, "office", office)
    for country in data.objects(store, node, rwb("country")):
        if country in drawn and country != node:
            yield Edge(node, country, "country")
    for quad in islice(store.quads_for_pattern(iri(node), None, None), data.LIST_CAP):
        predicate = quad.predicate.value.removeprefix(RWB)
        if predicate in _RELATIONS and data.text_of(quad.object) in drawn:
            yield Edge(node, data.text_of(quad.object), predicate)


def _facets(records: Sequence[tuple[Event, set[str]]]) -> Facets:
    def ranked(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
        return tuple(sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0])))

    return Facets(
        ranked(event.type for event, _ in records),
        ranked(value for event, _ in records for value in event.certainties),
        ranked(value for event, _ in records for value in event.topics),
        ranked(country for _, countries in records for country in countries),
    )
