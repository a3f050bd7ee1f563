"""Documents: the list of them, and one text cut into runs that carry its marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pyoxigraph import NamedNode, Store

from app.explorer import data, evidence
from app.explorer.evidence import Source
from kg.terms import rwb, term

_CITED = (
    *("dcterms:language", "dcterms:issued", "dcterms:source", "dcterms:title"),
    "schema:url",
)
MARK_CAP = 800


@dataclass(frozen=True, slots=True)
class Mark:
    """Words `text[start:end]` that name an entity (its kind) or state a fact (`Event`, `Fact`)."""

    start: int
    end: int
    kind: str
    node: str  # entity or event; for a fact the first of its triple
    rule: str
    detail: str = ""  # type of the event, or the predicate of the fact


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text under the same marks, outermost first."""

    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One document: citation, text, marks in order, events that it states."""

    source: Source
    text: str
    marks: tuple[Mark, ...]
    events: tuple[data.Event, ...]


def documents(store: Store) -> list[Source]:
    """All documents, newest first; reads five properties of each once: keep it a store state."""
    found: dict[str, dict[str, str]] = {}
    for name in ("dcterms:identifier", *_CITED):
        for quad in store.quads_for_pattern(None, term(name), None):
            graph = data.text_of(quad.graph_name)
            if graph.startswith(data.DOCUMENT_GRAPHS):
                found.setdefault(graph, {})[name] = data.text_of(quad.object)
    listed = [_source(graph, known) for graph, known in found.items()]
    return sorted(listed, key=lambda s: (s.published, s.node), reverse=True)


def _source(graph: str, known: dict[str, str]) -> Source:
    language, published, publisher, title, url = (known.get(name, "") for name in _CITED)
    shown = title or known.get("dcterms:identifier", "") or data.local(graph)
    return Source(evidence.document_of(graph), shown, language, published, publisher, url)


def event_count(store: Store, document: str) -> int:
    """How many events a document states."""
    graph = NamedNode(evidence.graph_of(document))
    return len({q.subject for q in store.quads_for_pattern(None, rwb("certainty"), None, graph)})


def article(store: Store, document: str) -> Article | None:
    """A document with what was read in it; None for one that the store lacks.

    Of a very long one, such as a table of records, the text ends after `MARK_CAP` marks.
    """
    graph = evidence.graph_of(document)
    if data.kind(store, document) != "Document":
        return None
    text = evidence.value(store, document, rwb("text"), graph)
    bodies = store.quads_for_pattern(None, term("oa:hasBody"), None, NamedNode(graph))
    found = sorted(
        (*span, data.text_of(quad.subject), data.text_of(quad.object))
        for quad in bodies
        if (span := _span(store, data.text_of(quad.subject), graph)) and span[1] <= len(text)
    )
    if len(found) > MARK_CAP:
        found = found[:MARK_CAP]
        text = text[: max(end for _start, end, *_rest in found)] + " …"
    named = (_mark(store, start, end, note, body, graph) for start, end, note, body in found)
    marks = sorted(filter(None, named), key=lambda m: (m.start, -m.end, m.kind, m.node))
    stated = dict.fromkeys(mark.node for mark in marks if mark.kind == "Event")
    return Article(
        evidence.source(store, document), text, tuple(marks), tuple(data.events(store, stated))
    )


def _span(store: Store, annotation: str, graph: str) -> tuple[int, int] | None:
    target = evidence.value(store, annotation, term("oa:hasTarget"), graph)
    selector = evidence.value(store, target, term("oa:hasSelector"), graph) if target else ""
    if not selector:
        return None
    start, end = (evidence.value(store, selector, term(p), graph) for p in ("oa:start", "oa:end"))
    return (int(start), int(end)) if start.isdigit() and end.isdigit() else None


def _mark(
    store: Store, start: int, end: int, annotation: str, body: str, graph: str
) -> Mark | None:
    rule = data.local(evidence.value(store, annotation, rwb("rule"), graph))
    if evidence.is_annotation_of_mention(store, annotation, graph):
        return Mark(start, end, data.kind(store, body) or "Thing", body, rule)
    record = data.event(store, body)
    if record:
        return Mark(start, end, "Event", body, rule, record.type)
    fact = evidence.statement(store, body, graph)
    if fact:
        return Mark(start, end, "Fact", fact[0], rule, data.local(fact[1]))
    return None


def runs(text: str, marks: Sequence[Mark]) -> list[Run]:
    """The text cut at every bound of a mark; the runs joined are the text."""
    cuts = sorted({0, len(text), *(m.start for m in marks), *(m.end for m in marks)})
    cut: list[Run] = []
    for start, end in pairwise(cuts):
        over = tuple(m for m in marks if m.start <= start and end <= m.end and m.start < m.end)
        cut.append(Run(text[start:end], over))
    return cut
