"""What is in the graph, in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.model import Certainty, EntityKind, EventType, Predicate
from kg.terms import RDF_TYPE, iri, rwb, term
from kg.vocab import RULE, RWB

Count = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts, each a tuple of (name, number), the largest first.

    Events and entities are counted once however many documents state them; relations are distinct
    triples; a rule's use is the number of its annotations. An event of several certainties counts
    under each.
    """

    quads: int
    documents: int
    languages: tuple[Count, ...]
    sources: tuple[Count, ...]
    events: int
    types: tuple[Count, ...]
    certainties: tuple[Count, ...]
    entities: tuple[Count, ...]
    relations: tuple[Count, ...]
    rules: tuple[Count, ...]

    def sections(self) -> tuple[tuple[str, tuple[Count, ...]], ...]:
        """The figures as (title, counts), for printing."""
        totals = (("documents", self.documents), ("events", self.events), ("quads", self.quads))
        return (
            ("graph", totals),
            ("documents by language", self.languages),
            ("documents by source", self.sources),
            ("events by type", self.types),
            ("events by certainty", self.certainties),
            ("entities by kind", self.entities),
            ("relations", self.relations),
            ("rules by use", self.rules),
        )


def stats(store: ox.Store) -> Stats:
    """The figures of a store; reads indexes only, no SPARQL."""
    return Stats(
        quads=len(store),
        documents=len(_subjects(store, RDF_TYPE, rwb("Document"))),
        languages=_ranked(_values(store, "dcterms:language")),
        sources=_ranked(_values(store, "dcterms:source")),
        events=len(_subjects(store, RDF_TYPE, rwb("Event"))),
        types=_sizes(store, RDF_TYPE, EventType),
        certainties=_sizes(store, rwb("certainty"), Certainty),
        entities=_sizes(store, RDF_TYPE, EntityKind),
        relations=_relations(store),
        rules=_rules(store),
    )


def _subjects(store: ox.Store, predicate: ox.NamedNode, value: ox.NamedNode) -> set[str]:
    return {str(quad.subject) for quad in store.quads_for_pattern(None, predicate, value, None)}


def _sizes(
    store: ox.Store, predicate: ox.NamedNode, names: Iterable[EventType | Certainty | EntityKind]
) -> tuple[Count, ...]:
    sizes = {name.value: len(_subjects(store, predicate, rwb(name.value))) for name in names}
    return _ranked(Counter(sizes))


def _values(store: ox.Store, predicate: str) -> Counter[str]:
    """How many documents have each value; tenures and the vocabulary have sources of their own."""
    documents = _subjects(store, RDF_TYPE, rwb("Document"))
    found = {
        (str(quad.subject), quad.object.value)
        for quad in store.quads_for_pattern(None, term(predicate), None, None)
        if isinstance(quad.object, ox.Literal) and str(quad.subject) in documents
    }
    return Counter(value for _, value in found)


def _relations(store: ox.Store) -> tuple[Count, ...]:
    counts: Counter[str] = Counter()
    for predicate in Predicate:
        found = store.quads_for_pattern(None, iri(RWB + predicate.value), None, None)
        counts[predicate.value] = len({(str(quad.subject), str(quad.object)) for quad in found})
    return _ranked(counts)


def _rules(store: ox.Store) -> tuple[Count, ...]:
    found = store.quads_for_pattern(None, rwb("rule"), None, None)
    rules = (quad.object for quad in found)
    return _ranked(
        Counter(rule.value.removeprefix(RULE) for rule in rules if isinstance(rule, ox.NamedNode))
    )


def _ranked(counts: Counter[str]) -> tuple[Count, ...]:
    """The largest first, by name among equals; nothing for none."""
    shown = ((name, number) for name, number in counts.items() if number)
    return tuple(sorted(shown, key=lambda pair: (-pair[1], pair[0])))
