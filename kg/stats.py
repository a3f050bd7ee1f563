"""What is in the graph, in figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.model import EntityKind, EventType, Predicate
from kg.terms import rwb
from kg.vocab import PREFIXES, RULE, RWB

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
    """The figures of a store, by one aggregate query each."""
    classes = dict(_counted(store, "SELECT ?x (COUNT(DISTINCT ?s) AS ?n) { ?s a ?x }"))
    certainties = _counted(store, "SELECT ?x (COUNT(DISTINCT ?s) AS ?n) { ?s rwb:certainty ?x }")
    rules = _counted(store, "SELECT ?x (COUNT(?s) AS ?n) { ?s rwb:rule ?x }")
    return Stats(
        quads=len(store),
        documents=classes.get(RWB + "Document", 0),
        languages=_ranked(_counted(store, _DOCUMENTS.replace("?term", "dcterms:language"))),
        sources=_ranked(_counted(store, _DOCUMENTS.replace("?term", "dcterms:source"))),
        events=classes.get(RWB + "Event", 0),
        types=_ranked((name, classes.get(RWB + name, 0)) for name in EventType),
        certainties=_ranked((name.removeprefix(RWB), number) for name, number in certainties),
        entities=_ranked((name, classes.get(RWB + name, 0)) for name in EntityKind),
        relations=_ranked((name, _pairs(store, name)) for name in Predicate),
        rules=_ranked((name.removeprefix(RULE), number) for name, number in rules),
    )


# Tenures and the vocabulary have sources and languages of their own: only documents' are meant.
_DOCUMENTS = "SELECT ?x (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s a rwb:Document ; ?term ?x } }"


def _counted(store: ox.Store, query: str) -> list[Count]:
    found = store.query(query + " GROUP BY ?x", prefixes=PREFIXES, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    return [(str(row["x"].value), int(row["n"].value)) for row in found]


def _pairs(store: ox.Store, predicate: str) -> int:
    found = store.quads_for_pattern(None, rwb(predicate), None, None)
    return len({(quad.subject, quad.object) for quad in found})


def _ranked(counts: Iterable[Count]) -> tuple[Count, ...]:
    """The largest first, by name among equals; nothing for none."""
    shown = ((str(name), number) for name, number in counts if number)
    return tuple(sorted(shown, key=lambda pair: (-pair[1], pair[0])))
