"""N-Quads and N-Triples in sorted lines; pyoxigraph itself writes the terms."""

from __future__ import annotations

from typing import BinaryIO

import pyoxigraph as ox

from kg.export.content import graph_triples, union_by_subject


def write_nquads(store: ox.Store, chosen: list[ox.NamedNode], out: BinaryIO) -> None:
    """All quads of the graphs, a graph after the other, sorted lines in each."""
    for graph in chosen:
        lines = sorted(f"{_line(triple)} {graph} .\n" for triple in graph_triples(store, graph))
        out.writelines(line.encode() for line in lines)


def write_ntriples(store: ox.Store, chosen: list[ox.NamedNode], out: BinaryIO) -> None:
    """The union of the graphs, sorted lines for each subject."""
    for _, triples in union_by_subject(store, chosen):
        lines = sorted(f"{_line(triple)} .\n" for triple in triples)
        out.writelines(line.encode() for line in lines)


def _line(triple: ox.Triple) -> str:
    return f"{triple.subject} {triple.predicate} {triple.object}"
