"""Which single facts of a document's graph the annotations bear out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.evaluation.alignment import align
from kg.evaluation.gold import GoldArticle
from kg.evaluation.graph import FoundDocument, Graph
from kg.evaluation.names import same_name

# An event or a thing by its IRI; a relation as subject, predicate, object; an office as person,
# kind, country's code.
Fact = str | tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The facts that are right and those that are wrong; one told in two counts neither way."""

    right: frozenset[Fact]
    wrong: frozenset[Fact]


def judge(graph: Graph, article: GoldArticle, document: FoundDocument) -> Verdicts:
    """Hold every event, relation, office and thing of a document against its annotations."""
    alignment = align(graph, article, document)
    paired = {one.iri for _, one in alignment.pairs}
    counted = {one.iri for one in alignment.found}
    right: set[Fact] = {*paired, *_borne_out(graph, article, document)}
    stated: set[Fact] = {
        *counted,
        *document.relations,
        *document.offices,
        *document.things,
    }
    return Verdicts(frozenset(right), frozenset(stated - right))


def _borne_out(graph: Graph, article: GoldArticle, document: FoundDocument) -> Iterator[Fact]:
    for relation in document.relations:
        if any(graph.is_relation(gold, relation) for gold in article.relations):
            yield relation
    for office in document.offices:
        if any(graph.is_office(gold, office) for gold in article.offices):
            yield office
    for thing in document.things:
        if any(same_name(name, graph.labels.get(thing, ())) for name in article.things):
            yield thing
