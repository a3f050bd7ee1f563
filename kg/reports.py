"""What one document says of one happening, as a thing to refer to; constraints on such reports.

Documents that report one happening share an event; a report is what one of them says. It is named
by the document's identifier and the key that the event has when that document is read by itself,
so that it keeps its name however events are merged or told apart later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.terms import iri, rwb, term
from kg.vocab import GRAPH, ID, document_graph

REPORT_OF = rwb("reportOf")
_DOCUMENTS = GRAPH + "document/"


@dataclass(frozen=True, slots=True, order=True)
class Report:
    """A document's identifier and the key (`event/meeting-…`) of the event as read there."""

    document: str
    key: str

    @property
    def iri(self) -> str:
        """The IRI of the report, below the IRI of the document's graph."""
        return f"{document_graph(self.document)}#{self.key.replace('/', '-', 1)}"

    def __str__(self) -> str:
        return f"{self.document}#{self.key}"


@dataclass(frozen=True, slots=True, order=True)
class Claim:
    """One value of a report: slot (local name of the property) and value (key or literal)."""

    report: Report
    slot: str
    value: str


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """A relation or an office held, as one document states it: keys, and the local name."""

    document: str
    subject: str
    predicate: str
    object: str


@dataclass(frozen=True, slots=True)
class Constraints:
    """What judgements demand of the graph.

    `must`: groups of reports of one happening; `cannot`: pairs of reports of two; `people_must`
    and `people_cannot`: the same of keys of persons; `rejected`: reports, claims and facts that
    the merged view does not show.
    """

    must: frozenset[frozenset[Report]] = frozenset()
    cannot: frozenset[frozenset[Report]] = frozenset()
    people_must: frozenset[frozenset[str]] = frozenset()
    people_cannot: frozenset[frozenset[str]] = frozenset()
    rejected: frozenset[Report | Claim | Fact] = frozenset()

    def __bool__(self) -> bool:
        return any((self.must, self.cannot, self.people_must, self.people_cannot, self.rejected))


def identifier(store: ox.Store, graph: str) -> str | None:
    """The identifier of the document whose graph this is."""
    found = store.quads_for_pattern(None, term("dcterms:identifier"), None, iri(graph))
    first = next(found, None)
    return first.object.value if first and isinstance(first.object, ox.Literal) else None


def reports_of(store: ox.Store, event: str) -> tuple[Report, ...]:
    """The reports of an event (IRI), sorted."""
    return tuple(sorted(_reports(store, event)))


def _reports(store: ox.Store, event: str) -> Iterator[Report]:
    linked = list(store.quads_for_pattern(None, REPORT_OF, iri(event), None))
    for graph in () if linked else event_graphs(store, event):  # written before reports had names
        document = identifier(store, graph)
        if document is not None:
            yield Report(document, key_of(event))
    for quad in linked:
        assert isinstance(quad.graph_name, ox.NamedNode)
        assert isinstance(quad.subject, ox.NamedNode)
        document = identifier(store, quad.graph_name.value)
        if document is not None:
            key = quad.subject.value.rpartition("#")[2].replace("-", "/", 1)
            yield Report(document, key)


def event_of(store: ox.Store, report: Report) -> str | None:
    """The IRI of the event that a report is of; None where the report is not in the graph."""
    graph = iri(document_graph(report.document))
    found = next(store.quads_for_pattern(iri(report.iri), REPORT_OF, None, graph), None)
    return found.object.value if found and isinstance(found.object, ox.NamedNode) else None


def event_graphs(store: ox.Store, event: str) -> tuple[str, ...]:
    """The graphs of the documents that state the event, sorted."""
    found = store.quads_for_pattern(iri(event), rwb("certainty"), None, None)
    names = {quad.graph_name.value for quad in found if isinstance(quad.graph_name, ox.NamedNode)}
    return tuple(sorted(name for name in names if name.startswith(_DOCUMENTS)))


def key_of(node: str) -> str:
    """The key of a node (IRI), or what stands for one already."""
    return node.removeprefix(ID)
