"""What to keep of a node's events, and what there is to choose from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields

from pyoxigraph import Store

from app.explorer import data
from app.explorer.affiliations import Affiliations, affiliations
from app.explorer.data import Event
from kg.terms import iri, term
from kg.vocab import GRAPH, ID

_SOURCE = term("dcterms:source")


@dataclass(frozen=True, slots=True)
class Record:
    """An event with what filters ask of it: countries that act in it, and who published it."""

    event: Event
    countries: frozenset[str]
    sources: frozenset[str]  # publishers, or identifiers of documents without one


@dataclass(frozen=True, slots=True)
class Filters:
    """What to keep; an empty field keeps all. Dates are ISO, of any precision, bounds included."""

    types: tuple[str, ...] = ()
    certainties: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    sources: tuple[str, ...] = ()
    min_sources: str = ""  # digits: documents that state the event, at least

    def keep(self, record: Record) -> bool:
        """Whether an event passes; one without a date fails any bound."""
        event = record.event
        return (
            _meets(self.types, (event.type,))
            and _meets(self.certainties, event.certainties)
            and _meets(self.topics, event.topics)
            and _meets(self.countries, record.countries)
            and _meets(self.sources, record.sources)
            and len(event.documents) >= int(self.min_sources or 0)
            and self.spans(event.dates)
        )

    def spans(self, dates: Iterable[str]) -> bool:
        """Whether one of the dates lies within the bounds."""
        if not (self.since or self.until):
            return True
        return any(
            date[: len(self.since)] >= self.since[: len(date)]
            and (not self.until or date[: len(self.until)] <= self.until[: len(date)])
            for date in dates
            if date
        )

    @property
    def active(self) -> int:
        """How many fields keep something out."""
        return sum(bool(getattr(self, field.name)) for field in fields(self))


def _meets(wanted: Sequence[str], given: Iterable[str]) -> bool:
    return not wanted or not set(wanted).isdisjoint(given)


Ranked = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """Values to filter by with the number of events, before filtering; months in order."""

    types: Ranked = ()
    certainties: Ranked = ()
    topics: Ranked = ()
    countries: Ranked = ()
    sources: Ranked = ()
    documents: Ranked = ()  # number of documents an event has
    months: Ranked = ()  # ISO months; years where no month is known


def facets(records: Iterable[Record]) -> Facets:
    """What these events can be filtered by, the most frequent first."""
    known = list(records)

    def ranked(values: Callable[[Record], Iterable[str]]) -> Ranked:
        tally = Counter(value for record in known for value in values(record))
        return tuple(sorted(tally.items(), key=lambda pair: (-pair[1], pair[0])))

    return Facets(
        ranked(lambda record: (record.event.type,)),
        ranked(lambda record: record.event.certainties),
        ranked(lambda record: record.event.topics),
        ranked(lambda record: record.countries),
        ranked(lambda record: record.sources),
        ranked(lambda record: (str(len(record.event.documents)),)),
        tuple(sorted(ranked(lambda record: (date[:7] for date in record.event.dates[:1])))),
    )


def records(store: Store, nodes: Iterable[str], known: Affiliations | None = None) -> list[Record]:
    """The events among these nodes with what filters ask of them, newest first, undated last."""
    countries = (known or affiliations(store)).countries
    publishers: dict[str, str] = {}

    def publisher(graph: str) -> str:
        if graph not in publishers:
            publishers[graph] = _publisher(store, graph)
        return publishers[graph]

    return [
        Record(
            event,
            frozenset(land for party in event.parties for land in countries(party.node)),
            frozenset(map(publisher, event.documents)),
        )
        for event in data.events(store, nodes)
    ]


def _publisher(store: Store, graph: str) -> str:
    document = ID + graph.removeprefix(GRAPH)
    quad = next(iter(store.quads_for_pattern(iri(document), _SOURCE, None, iri(graph))), None)
    return data.text_of(quad.object) if quad else data.local(document)
