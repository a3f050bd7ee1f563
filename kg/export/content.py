"""What is exported: graphs of the store, in an order that does not depend on how it was filled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import BinaryIO

import pyoxigraph as ox

from kg.vocab import GRAPH, ID

_NUMBER = re.compile(r"([0-9]{1,18})")
_FIRST = (ID + "document/", ID + "event/", ID)
_CURATED = GRAPH + "curated/"
_DOCUMENT = GRAPH + "document/"

Exporter = Callable[[ox.Store, list[ox.NamedNode], BinaryIO], None]
OrderKey = tuple[int, list[str | int], str]


class Selection(StrEnum):
    """Which graphs: those of the documents, the curated ones, or all."""

    ALL = "all"
    DOCUMENTS = "documents"
    CURATED = "curated"


def graphs(store: ox.Store, selection: Selection = Selection.ALL) -> list[ox.NamedNode]:
    """The graphs with something in them, in natural order of their IRIs."""
    start = {Selection.DOCUMENTS: _DOCUMENT, Selection.CURATED: _CURATED}.get(selection, "")
    names = [name for name in store.named_graphs() if isinstance(name, ox.NamedNode)]
    chosen = [name for name in names if name.value.startswith(start) and _filled(store, name)]
    return sorted(chosen, key=lambda name: order(name.value))


def _filled(store: ox.Store, graph: ox.NamedNode) -> bool:
    return next(store.quads_for_pattern(None, None, None, graph), None) is not None


def order(iri: str) -> OrderKey:
    """Sorts documents, then events, then other nodes, then evidence; numbers by their value."""
    rank = next((place for place, start in enumerate(_FIRST) if iri.startswith(start)), len(_FIRST))
    parts = _NUMBER.split(iri)
    return rank, [int(part) if index % 2 else part for index, part in enumerate(parts)], iri


def graph_triples(store: ox.Store, graph: ox.NamedNode) -> list[ox.Triple]:
    """The triples of one graph, unsorted."""
    return [quad.triple for quad in store.quads_for_pattern(None, None, None, graph)]


def union_by_subject(
    store: ox.Store, chosen: Iterable[ox.NamedNode]
) -> Iterator[tuple[ox.NamedNode, set[ox.Triple]]]:
    """Each subject in order with all that the graphs say of it; only one subject's in memory."""
    wanted = set(chosen)
    subjects = {
        quad.subject
        for graph in wanted
        for quad in store.quads_for_pattern(None, None, None, graph)
    }
    nodes = [subject for subject in subjects if isinstance(subject, ox.NamedNode)]
    for subject in sorted(nodes, key=lambda node: order(node.value)):
        found = store.quads_for_pattern(subject, None, None, None)
        yield subject, {quad.triple for quad in found if quad.graph_name in wanted}
