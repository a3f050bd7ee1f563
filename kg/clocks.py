"""The graph as it was read by a day: the reading clock of the ledger, put to the graphs."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from kg import ledger
from kg.dispatches import DISPATCHES
from kg.quads import GRAPH_HASH
from kg.store import View
from kg.terms import iri
from kg.vocab import GRAPH, document_graph


@dataclass(frozen=True, slots=True)
class Known:
    """The graphs (IRIs) that were known on a day, and documents whose state of then is gone.

    The store keeps the present state of each document only: one that was read differently later,
    or is not in the store any more, is left out and named.
    """

    graphs: tuple[str, ...]
    superseded: tuple[str, ...]


def read_by(view: View, day: str) -> Known:
    """What had been read by a day (ISO, that day included), with all curated knowledge."""
    graphs: list[str] = []
    superseded: list[str] = []
    for name, digest in ledger.read_by(view.path, day).items():
        graph = document_graph(name)
        found = next(view.ox.quads_for_pattern(iri(graph), GRAPH_HASH, None, iri(graph)), None)
        same = found and isinstance(found.object, ox.Literal) and found.object.value == digest
        if same:
            graphs.append(graph)
        else:
            superseded.append(name)
    named = [each.value for each in view.ox.named_graphs() if isinstance(each, ox.NamedNode)]
    curated = [each for each in named if each.startswith((GRAPH + "curated/", DISPATCHES))]
    return Known(tuple(sorted([*curated, *graphs])), tuple(sorted(superseded)))
