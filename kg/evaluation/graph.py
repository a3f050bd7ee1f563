"""What the graph says of each document, in the form that annotations are compared with."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from kg.evaluation.gold import GoldParticipant
from kg.evaluation.names import same_name
from kg.model import EntityKind, EventType, Predicate
from kg.terms import LABEL, RDF_TYPE, rwb, term
from kg.vocab import RWB

THINGS = frozenset(
    (
        EntityKind.EXERCISE_SERIES,
        EntityKind.FORUM,
        EntityKind.DIALOGUE,
        EntityKind.AGREEMENT,
        EntityKind.ORGANIZATION,
        EntityKind.ARMED_GROUP,
        EntityKind.CONFERENCE_SERIES,
        EventType.EXERCISE,
        EventType.CONFERENCE,
    )
)
_TYPES = {kind.value for kind in EventType}
_RELATIONS = {RWB + predicate.value: predicate.value for predicate in Predicate}
_CODE = re.compile(r"[A-Z]{2,4}")
Facts = dict[str, dict[str, list[str]]]  # subject → property → values, all as strings


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event as one document's graph states it; parties and places by IRI."""

    iri: str
    type: str
    participants: tuple[str, ...]
    date: str | None
    places: tuple[str, ...]
    titles: frozenset[str]
    certainty: str
    stance: str | None
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """All that one document's graph states, and its text."""

    text: str | None = None
    events: tuple[FoundEvent, ...] = ()
    offices: tuple[tuple[str, str | None, str | None], ...] = ()  # person, kind, country's code
    things: tuple[str, ...] = ()
    relations: tuple[tuple[str, str, str], ...] = ()
    topics: frozenset[str] = field(default_factory=frozenset)


class Graph:
    """A store, with names, codes, classes and offices of all nodes at hand."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self.labels = defaultdict[str, set[str]](set)
        for name in (LABEL, term("skos:prefLabel"), term("skos:altLabel")):
            for subject, value, _ in self._pairs(name):
                self.labels[subject].add(value)
        self.codes = {subject: value for subject, value, _ in self._pairs(rwb("iso2"))}
        self.kinds = defaultdict[str, set[str]](set)
        for subject, value, _ in self._pairs(RDF_TYPE):
            self.kinds[subject].add(value.removeprefix(RWB))
        self._notations = {s: value for s, value, _ in self._pairs(term("skos:notation"))}
        countries = {subject: value for subject, value, _ in self._pairs(rwb("country"))}
        self._offices = {
            office: (self._notations[kind], self.codes.get(countries.get(office, "")))
            for office, kind, _ in self._pairs(rwb("officeKind"))
            if kind in self._notations
        }
        self._holds = defaultdict[str, set[tuple[str | None, str | None]]](set)
        for person, office, _ in self._pairs(rwb("holdsOffice")):
            self._holds[person].add(self._offices.get(office, (None, None)))
        self._graphs = {value: graph for _, value, graph in self._pairs(term("dcterms:identifier"))}

    def _pairs(self, predicate: ox.NamedNode) -> Iterator[tuple[str, str, str]]:
        for quad in self._store.quads_for_pattern(None, predicate, None, None):
            yield _value(quad.subject), _value(quad.object), _value(quad.graph_name)

    def document(self, identifier: str) -> FoundDocument | None:
        """What the document's graph states; None where there is no such document."""
        name = self._graphs.get(identifier)
        if name is None:
            return None
        facts: Facts = defaultdict(lambda: defaultdict(list))
        links = defaultdict[str, set[str]](set)
        for quad in self._store.quads_for_pattern(None, None, None, ox.NamedNode(name)):
            subject, value = _value(quad.subject), _value(quad.object)
            facts[subject][_value(quad.predicate)].append(value)
            if isinstance(quad.object, ox.NamedNode):
                links[subject].add(value)
        return FoundDocument(
            next((v for of in facts.values() for v in of.get(RWB + "text", ())), None),
            tuple(self._events(facts, links)),
            self._stated_offices(facts),
            tuple(sorted(m for m in _all(facts, RWB + "mentions") if self.kinds[m] & THINGS)),
            tuple(sorted(_stated(facts))),
            frozenset(
                self._notations[topic]
                for topic in _all(facts, RWB + "topic")
                if topic in self._notations
            ),
        )

    def _stated_offices(self, facts: Facts) -> tuple[tuple[str, str | None, str | None], ...]:
        held = {
            (person, *self._offices.get(office, (None, None)))
            for person, of in facts.items()
            for office in of.get(RWB + "holdsOffice", ())
        }
        return tuple(sorted(held, key=str))

    def _events(self, facts: Facts, links: dict[str, set[str]]) -> Iterator[FoundEvent]:
        quotes = _quotes(facts)
        for subject in sorted(facts):
            of = facts[subject]
            types = {kind.removeprefix(RWB) for kind in of.get(RDF_TYPE.value, ())} & _TYPES
            if not types:
                continue
            participants = sorted(set(of.get(RWB + "participant", ())))
            places = sorted(set(of.get(RWB + "place", ())))
            titles = set(self.labels[subject])
            for other in links[subject].difference(participants, places):
                titles |= self.labels[other]
            yield FoundEvent(
                subject,
                max(types),
                tuple(participants),
                _last(of, "date"),
                tuple(places),
                frozenset(titles),
                _last(of, "certainty") or "held",
                _last(of, "stance"),
                tuple(sorted(quotes[subject])),
            )

    def is_participant(self, gold: GoldParticipant, node: str) -> bool:
        """Whether the annotated party is this node."""
        if gold.kind == "country":
            return self.codes.get(node) == gold.country and "Country" in self.kinds[node]
        if gold.name:
            return same_name(gold.name, self.labels.get(node, ()))
        if gold.kind == "person":
            return (gold.office, gold.country) in self._holds.get(node, ())
        return gold.country is not None and self.codes.get(node) == gold.country

    def is_node(self, name: str, node: str) -> bool:
        """Whether a country's code or a name of the annotations stands for this node."""
        if _CODE.fullmatch(name) and self.codes.get(node):
            return self.codes[node] == name
        return same_name(name, self.labels.get(node, ()))

    def is_office(
        self, gold: tuple[str, str, str | None], found: tuple[str, str | None, str | None]
    ) -> bool:
        """Whether an annotated office is this one: the same person, kind and country."""
        return gold[1:] == found[1:] and same_name(gold[0], self.labels.get(found[0], ()))

    def is_relation(self, gold: tuple[str, str, str], found: tuple[str, str, str]) -> bool:
        """Whether an annotated relation is this one, both ends included."""
        return (
            gold[1] == found[1]
            and self.is_node(gold[0], found[0])
            and self.is_node(gold[2], found[2])
        )

    def name(self, node: str) -> str:
        """One name of a node, for people to read."""
        return min(self.labels.get(node) or {node})


def _value(one: Any) -> str:
    return str(getattr(one, "value", ""))


def _all(facts: Facts, predicate: str) -> set[str]:
    return {value for of in facts.values() for value in of.get(predicate, ())}


def _last(of: dict[str, list[str]], name: str) -> str | None:
    """The value, as the last segment of an IRI or the literal itself; the greatest of several."""
    values = sorted(value for value in of.get(RWB + name, ()) if value)
    return values[-1].split("#")[-1].split("/")[-1] if values else None


def _stated(facts: Facts) -> set[tuple[str, str, str]]:
    return {
        (subject, name, value)
        for subject, of in facts.items()
        for predicate, name in _RELATIONS.items()
        for value in of.get(predicate, ())
    }


def _quotes(facts: Facts) -> dict[str, set[str]]:
    """The words that state each event: annotation → target → selector → exact."""
    found = defaultdict[str, set[str]](set)
    oa = {
        name: term("oa:" + name).value for name in ("hasBody", "hasTarget", "hasSelector", "exact")
    }
    for of in list(facts.values()):
        for body in of.get(oa["hasBody"], ()):
            for target in of.get(oa["hasTarget"], ()):
                for selector in facts.get(target, {}).get(oa["hasSelector"], ()):
                    found[body].update(facts.get(selector, {}).get(oa["exact"], ()))
    return found
