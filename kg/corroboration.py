"""Who says what of an event: each value with its documents, how many voices they are, and a choice.

Documents that reprint one dispatch, or that name the same source, are one voice. Where documents
differ, all values stay; the resolved view prefers one, and says by what rule (`kg.preference`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import prod
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import preference
from kg.consistency import single_holder_kinds
from kg.dispatches import dispatch_of
from kg.preference import Reason, Statement, Value
from kg.reports import event_graphs
from kg.terms import RDF_TYPE, iri, rwb, term
from kg.vocab import RWB

if TYPE_CHECKING:
    from kg.store import View

__all__ = ["Corroboration", "Quote", "Reason", "Source", "Statement", "Value", "sources"]

SINGLE = ("date", "endDate", "place", "certainty", "stance", "edition")
SEVERAL = ("participant", "about", "topic")
_INFERRED = 0.8  # how far an inferred value is relied on, beside one that words give
_MOST = 0.99
_HOLDS = rwb("holdsOffice")
_PLAIN = 0.5  # of a claim that says nothing of its confidence


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document: code points of its text, half-open; the rule (IRI) that read them."""

    start: int
    end: int
    exact: str
    rule: str


@dataclass(frozen=True, slots=True)
class Source:
    """A document that reports the event; documents of the same `voice` are not independent."""

    graph: str  # IRI
    document: str  # IRI
    id: str
    lang: str
    published: str | None
    name: str | None  # of the source
    title: str | None
    url: str | None
    official: bool
    certainty: str  # as this document has it
    confidence: float
    quotes: tuple[Quote, ...]
    voice: int = 0


@dataclass(frozen=True, slots=True)
class Corroboration:
    """An event (IRI) with its sources and values; `voices` is how many are independent."""

    event: str
    sources: tuple[Source, ...]
    voices: int
    confidence: float
    values: tuple[Value, ...]

    def of(self, slot: str) -> tuple[Value, ...]:
        """The values of a slot, the preferred ones first."""
        return tuple(value for value in self.values if value.slot == slot)

    @property
    def resolved(self) -> Mapping[str, tuple[Value, ...]]:
        """The preferred values by slot; a slot whose values nothing tells apart is missing."""
        found: dict[str, list[Value]] = defaultdict(list)
        for value in self.values:
            if value.preferred:
                found[value.slot].append(value)
        return {slot: tuple(values) for slot, values in found.items()}

    @property
    def contradictions(self) -> Mapping[str, tuple[Value, ...]]:
        """The slots whose values exclude one another, with these values."""
        found: dict[str, list[Value]] = defaultdict(list)
        for value in self.values:
            if value.disputed:
                found[value.slot].append(value)
        return {slot: tuple(values) for slot, values in found.items()}


def sources(view: View | ox.Store, event: str) -> Corroboration:
    """What the documents say of an event (IRI), value by value; no sources for an unknown one."""
    store = view if isinstance(view, ox.Store) else view.ox
    told = _voiced(store, [_source(store, event, graph) for graph in event_graphs(store, event)])
    values = list(_values(store, event, told))
    accepted = preference.accepted(store, event)
    spans = dict(_span(store, event, one.graph) for one in told)
    chosen = [
        value
        for slot in (*SINGLE, *SEVERAL)
        for value in _chosen(
            store, slot, [one for one in values if one.slot == slot], accepted, spans
        )
    ]
    voices = {one.voice for one in told}
    return Corroboration(event, told, len(voices), _joint(told), tuple(chosen))


def _chosen(
    store: ox.Store,
    slot: str,
    values: list[Value],
    accepted: frozenset[tuple[str, str]],
    spans: Mapping[str, str],
) -> list[Value]:
    marked = [replace(one, accepted=(slot, one.value) in accepted) for one in values]
    if slot in SINGLE:
        return preference.choose(marked, _Agreement(store, slot, spans).agrees)
    if slot == "participant":
        return preference.choose_parties(marked, _rivals(store, marked))
    return [replace(one, preferred=True, reason=Reason("only")) for one in marked]


def _source(store: ox.Store, event: str, graph: str) -> Source:
    documents = store.quads_for_pattern(None, term("dcterms:identifier"), None, iri(graph))
    document = next(str(quad.subject.value) for quad in documents)  # type: ignore[union-attr]

    def said(predicate: ox.NamedNode) -> str | None:
        return _first(store, document, predicate, graph)

    classes = store.quads_for_pattern(iri(document), RDF_TYPE, None, iri(graph))
    quotes, confidence = _quotes(store, event, graph)
    return Source(
        graph,
        document,
        said(term("dcterms:identifier")) or "",
        said(term("dcterms:language")) or "",
        said(term("dcterms:issued")),
        said(term("dcterms:source")),
        said(term("dcterms:title")),
        said(term("schema:url")),
        any(quad.object == rwb("OfficialRecord") for quad in classes),
        (_first(store, event, rwb("certainty"), graph) or "").removeprefix(RWB),
        confidence,
        quotes,
    )


def _span(store: ox.Store, event: str, graph: str) -> tuple[str, str]:
    """First and last day as one document gives them, empty where it does not."""
    first, last = (_first(store, event, rwb(name), graph) or "" for name in ("date", "endDate"))
    return first, last


def _first(store: ox.Store, subject: str, predicate: ox.NamedNode, graph: str) -> str | None:
    found = store.quads_for_pattern(iri(subject), predicate, None, iri(graph))
    return min((_text(quad.object) for quad in found), default=None)


def _text(value: object) -> str:
    return value.value if isinstance(value, ox.NamedNode | ox.Literal) else str(value)


def _quotes(store: ox.Store, event: str, graph: str) -> tuple[tuple[Quote, ...], float]:
    """The words that state an event in one graph, in their order, and the greatest confidence."""
    found, confidence = [], 0.0
    for quad in store.quads_for_pattern(None, term("oa:hasBody"), iri(event), iri(graph)):
        annotation = _text(quad.subject)
        found.append(_quote(store, annotation, graph))
        stated = _first(store, annotation, rwb("confidence"), graph)
        confidence = max(confidence, float(stated or _PLAIN))
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.rule))), confidence


def _quote(store: ox.Store, annotation: str, graph: str) -> Quote:
    def step(subject: str, name: str) -> str:
        return _first(store, subject, term(name), graph) or ""

    selector = step(step(annotation, "oa:hasTarget"), "oa:hasSelector")
    start, end = step(selector, "oa:start"), step(selector, "oa:end")
    return Quote(
        int(start or 0), int(end or 0), step(selector, "oa:exact"), step(annotation, "rwb:rule")
    )


def _voiced(store: ox.Store, told: list[Source]) -> tuple[Source, ...]:
    """The sources with the numbers of their voices: joined by dispatch or by source."""
    voices: list[set[str]] = []
    for one in told:
        dispatch = dispatch_of(store, one.document)
        marks = {one.document, *filter(None, (dispatch, one.name and f"source {one.name}"))}
        joined = [voice for voice in voices if voice & marks]
        voices = [voice for voice in voices if not voice & marks] + [marks.union(*joined)]
    ordered = sorted(voices, key=min)
    number = {mark: place for place, voice in enumerate(ordered) for mark in voice}
    return tuple(replace(one, voice=number[one.document]) for one in told)


def _joint(told: Iterable[Source | Statement]) -> float:
    """That not all are wrong, if each voice errs by itself."""
    best: dict[int, float] = defaultdict(float)
    for one in told:
        best[one.voice] = max(best[one.voice], one.confidence)
    return round(min(_MOST, 1 - prod(1 - each for each in best.values())), 3)


def _values(store: ox.Store, event: str, told: Iterable[Source]) -> Iterator[Value]:
    found: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for source in told:
        inferred = _inferred(store, event, source.graph)
        for slot in (*SINGLE, *SEVERAL):
            quads = store.quads_for_pattern(iri(event), rwb(slot), None, iri(source.graph))
            for quad in quads:
                value = _plain(quad.object)
                found[slot, value].append(_statement(source, inferred.get((slot, value))))
    for (slot, value), statements in sorted(found.items()):
        voices = len({one.voice for one in statements})
        yield Value(slot, value, tuple(statements), voices, _joint(statements))


def _plain(value: object) -> str:
    """An IRI or lexical form; of the codes of the ontology (`held`, `praise`) the local name."""
    return _text(value).removeprefix(RWB)


def _statement(source: Source, basis: str | None) -> Statement:
    confidence = source.confidence * (_INFERRED if basis else 1)
    return Statement(
        source.document,
        source.graph,
        source.voice,
        source.official,
        source.certainty,
        round(confidence, 3),
        basis,
    )


def _inferred(store: ox.Store, event: str, graph: str) -> dict[tuple[str, str], str]:
    """The basis of each value that the document does not spell out, by slot and value."""
    found = {}
    for quad in store.quads_for_pattern(None, rwb("ofEvent"), iri(event), iri(graph)):
        node = _text(quad.subject)
        slot = (_first(store, node, rwb("slot"), graph) or "").removeprefix(RWB)
        value = (_first(store, node, rwb("inferredValue"), graph) or "").removeprefix(RWB)
        found[slot, value] = _first(store, node, rwb("basis"), graph) or ""
    return found


class _Agreement:
    """Whether one value of a slot is only a less precise form of another."""

    def __init__(self, store: ox.Store, slot: str, spans: Mapping[str, str]) -> None:
        self._store, self._slot, self._spans = store, slot, spans

    def agrees(self, coarse: str, fine: str) -> bool:
        if self._slot == "date":  # a day within the days that another gives is one of them
            return fine.startswith(coarse) or fine < coarse <= self._spans.get(fine, "")
        if self._slot == "endDate":
            return fine.startswith(coarse)
        if self._slot == "certainty":  # what was planned is held later, or put off
            return coarse == "planned"
        if self._slot == "place":
            found = self._store.quads_for_pattern(iri(fine), rwb("country"), iri(coarse), None)
            return next(found, None) is not None
        return False


def _rivals(store: ox.Store, parties: list[Value]) -> list[frozenset[str]]:
    """Groups of persons of whom documents give one each for the same office of a single holder."""
    stating = {one.value: {said.graph for said in one.statements} for one in parties}
    people = [node for node in stating if "/id/person/" in node]
    if len(people) < 2:
        return []
    held: dict[str, set[str]] = defaultdict(set)
    for person in people:
        for graph in stating[person]:  # not in all of the store: a hub has its offices everywhere
            for quad in store.quads_for_pattern(iri(person), _HOLDS, None, iri(graph)):
                held[_text(quad.object)].add(person)
    groups = {office: group for office, group in held.items() if _apart(group, stating)}
    return [frozenset(group) for office, group in groups.items() if _is_single(store, office)]


def _is_single(store: ox.Store, office: str) -> bool:
    """Whether one person at a time holds an office of this kind."""
    first = next(store.quads_for_pattern(iri(office), rwb("officeKind"), None, None), None)
    return first is not None and _text(first.object) in single_holder_kinds()


def _apart(people: set[str], stating: Mapping[str, set[str]]) -> bool:
    """Whether there are several, and no document names two of them."""
    graphs = [graph for person in people for graph in stating[person]]
    return len(people) > 1 and len(graphs) == len(set(graphs))
