"""Reading stored documents again where rules or lexicons have changed, and only those."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from ingest import state
from ingest.batch import read_one
from ingest.state import Reach
from kg import ledger
from kg.difference import Difference, differences
from kg.model import Document, Reading
from kg.quads import quads
from kg.reports import key_of
from kg.store import Store, View
from kg.terms import RDF_TYPE, iri, node, rwb, term
from kg.vocab import document_graph, document_key

_CITED = re.compile(r"lexicons/[^\s:()→]+:\d+")


@dataclass(frozen=True, slots=True)
class Reread:
    """A document read again: its reading, or why there is none, and what differs."""

    document: str
    reading: Reading | str
    differences: tuple[Difference, ...]


def stale(view: View, *, every: bool = False) -> list[str]:
    """The documents that changes since they were last read can touch; with `every`, all.

    Official records are not read by rules: they are left out.
    """
    stands = ledger.stands(view.path)
    reaches: dict[str | None, Reach] = {}
    found = []
    for name in view.documents():
        former = stands.get(name)
        if former not in reaches:
            reaches[former] = state.reach(view.path, former)
        if not _is_record(view.ox, name) and (every or _touches(view.ox, name, reaches[former])):
            found.append(name)
    return found


def reread(store: Store, names: list[str]) -> Iterator[Reread]:
    """Read documents again, one by one, and compare; nothing is written."""
    for name in names:
        found = read_one(stored(store, name))
        if isinstance(found, str):
            yield Reread(name, found, ())
            continue
        before = store.follower.as_read(name)
        yield Reread(name, found, tuple(differences(name, before, quads(found))))


def apply(store: Store, found: Reread) -> None:
    """Write what was read again; the document stands as of the present state."""
    if isinstance(found.reading, Reading):
        store.write(found.reading)
        store.follower.ledger.stands(found.document, state.keep(store.follower.ledger))


def stored(view: View, name: str) -> Document:
    """The document as it was ingested."""
    graph = iri(document_graph(name))
    subject = node(document_key(name))

    def said(predicate: ox.NamedNode) -> str | None:
        quad = next(view.ox.quads_for_pattern(subject, predicate, None, graph), None)
        return quad.object.value if quad and isinstance(quad.object, ox.Literal) else None

    return Document(
        id=name,
        text=said(rwb("text")) or "",
        lang=said(term("dcterms:language")) or "",
        published=said(term("dcterms:issued")),
        title=said(term("dcterms:title")),
        url=said(term("schema:url")),
        source=said(term("dcterms:source")),
    )


def _is_record(store: ox.Store, name: str) -> bool:
    graph = iri(document_graph(name))
    mark = ox.Quad(node(document_key(name)), RDF_TYPE, rwb("OfficialRecord"), graph)
    return mark in store


def _touches(store: ox.Store, name: str, reach: Reach) -> bool:
    if reach == Reach():
        return False
    graph = iri(document_graph(name))

    def values(predicate: ox.NamedNode) -> Iterator[str]:
        for quad in store.quads_for_pattern(None, predicate, None, graph):
            if isinstance(quad.object, ox.Literal):
                yield quad.object.value

    cited = [*values(rwb("lexiconEntry"))]
    cited += [line for basis in values(rwb("basis")) for line in _CITED.findall(basis)]
    kinds = store.quads_for_pattern(None, rwb("officeKind"), None, graph)
    offices = [
        key_of(quad.subject.value).removeprefix("office/")
        for quad in kinds
        if isinstance(quad.subject, ox.NamedNode)
    ]
    lang = next(values(term("dcterms:language")), "")
    return state.touches(reach, lang, next(values(rwb("text")), ""), cited, offices)
