"""A brief as files: a table for spreadsheets, and Turtle of all that its facts rest on."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

import pyoxigraph as ox

from kg.brief.corpus import Corpus, text
from kg.brief.model import Brief, Delegate, Fact
from kg.export.table import cell
from kg.export.turtle import turtle_text
from kg.terms import LABEL, iri, rwb, term

COLUMNS = (
    *("event", "type", "date", "end_date", "rival_dates", "status", "level", "side_1", "side_2"),
    *("others", "place", "about", "edition", "stage", "stance", "topics"),
    *("documents", "independent_sources", "titles", "publishers", "published", "quotes", "rules"),
)
_NAMES = (LABEL, term("skos:prefLabel"))
_LEFT_OUT = frozenset({rwb("text"), rwb("mentions")})  # the articles themselves stay where they are


def table(brief: Brief, name: Callable[[str], str]) -> bytes:
    """One row a fact, newest first: CSV in UTF-8 with a byte order mark, no cell a formula.

    `name` gives what to call a node; several values of a cell are joined with ` | `.
    """
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for fact in brief.facts:
        rows.writerow([cell(value) for value in _row(fact, name)])
    return out.getvalue().encode("utf-8-sig")


def _row(fact: Fact, name: Callable[[str], str]) -> list[str]:
    sources = list(dict.fromkeys(citation.source for citation in fact.citations))
    return [
        fact.node,
        fact.type,
        fact.when.start if fact.when else "",
        fact.when.end if fact.when else "",
        " | ".join(fact.rivals),
        fact.status,
        str(fact.level or ""),
        *(_delegates(side, name) for side in fact.sides),
        *(" | ".join(map(name, nodes)) for nodes in (fact.others, fact.places, fact.about)),
        " | ".join(map(str, fact.editions)),
        *(" | ".join(codes) for codes in (fact.stages, fact.stances)),
        " | ".join(map(name, fact.topics)),
        str(fact.documents),
        str(fact.voices),
        *(
            " | ".join(getattr(s, of) for s in sources)
            for of in ("title", "publisher", "published")
        ),
        " | ".join(dict.fromkeys(citation.exact for citation in fact.citations)),
        " | ".join(dict.fromkeys(citation.rule for citation in fact.citations)),
    ]


def _delegates(side: tuple[Delegate, ...], name: Callable[[str], str]) -> str:
    shown = (
        f"{name(one.node)} ({name(one.office)})" if one.office else name(one.node) for one in side
    )
    return " | ".join(shown)


def turtle(corpus: Corpus, brief: Brief) -> str:
    """The facts, their evidence down to the words, their documents, and the names of all nodes.

    Without the graphs' names: the evidence says which document states what.
    """
    triples: dict[ox.Triple, None] = {}
    nodes: set[str] = set(brief.sides)
    for fact in brief.facts:
        for quad in _about(corpus, fact):
            triples[ox.Triple(quad.subject, quad.predicate, quad.object)] = None
            nodes.add(text(quad.object))
    for node in sorted(nodes):
        if node.startswith("http"):
            triples.update(dict.fromkeys(_names(corpus, node)))
    return turtle_text(triples)


def _about(corpus: Corpus, fact: Fact) -> Iterator[ox.Quad]:
    graphs = {account.graph for account in fact.accounts}
    for quad in corpus.match(fact.node, None, None):
        if text(quad.graph_name) in graphs:
            yield quad
    for graph in sorted(graphs):
        for name in ("oa:hasBody", "rwb:ofEvent"):
            for quad in corpus.match(None, term(name), fact.node, graph):
                yield from _evidence(corpus, text(quad.subject), graph)
        for quad in corpus.match(corpus.source(graph).document, None, None, graph):
            if quad.predicate not in _LEFT_OUT:
                yield quad


def _evidence(corpus: Corpus, node: str, graph: str) -> Iterator[ox.Quad]:
    """An annotation or an inference with its target and selector."""
    for quad in corpus.match(node, None, None, graph):
        yield quad
        if quad.predicate in (term("oa:hasTarget"), term("oa:hasSelector")):
            yield from _evidence(corpus, text(quad.object), graph)


def _names(corpus: Corpus, node: str) -> Iterator[ox.Triple]:
    """Preferred names, else the labels that documents use, of one node."""
    for predicate in reversed(_NAMES):
        quads = list(corpus.match(node, predicate, None))[:50]
        for quad in quads:
            yield ox.Triple(iri(node), predicate, quad.object)
        if quads:
            return
