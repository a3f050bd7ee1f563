"""A document's quads with its own names of persons and events, or with those of the graph.

A document calls a person or event by a key of its own; the graph by that of the node they turned
out to be. The quads `<…#event-meeting-1f…> rwb:reportOf …` and `<…#person-…> rwb:denotes …` keep
both, so that the way back is in the graph itself.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.quads import DENOTES, GRAPH_HASH
from kg.reports import REPORT_OF
from kg.terms import iri
from kg.vocab import ID


def checksum(quads: Iterable[ox.Quad]) -> str:
    """The hash that a document's graph carries; empty where it has none."""
    marks = (quad.object for quad in quads if quad.predicate == GRAPH_HASH)
    return next((mark.value for mark in marks if isinstance(mark, ox.Literal)), "")


def given_names(quads: Iterable[ox.Quad]) -> dict[str, str]:
    """What the document calls its events and unlisted persons → what these quads call them."""
    found: dict[str, str] = {}
    for quad in quads:
        if quad.predicate in (REPORT_OF, DENOTES):
            assert isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode)
            own = quad.subject.value.rpartition("#")[2].replace("-", "/", 1)
            found[own] = quad.object.value.removeprefix(ID)
    return found


def turned_back(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The quads with the document's own names again."""
    content = list(quads)
    names = {name: own for own, name in sorted(given_names(content).items(), reverse=True)}
    return [
        _own(quad) if quad.predicate in (REPORT_OF, DENOTES) else quad
        for quad in renamed(content, names)
    ]


def _own(quad: ox.Quad) -> ox.Quad:
    assert isinstance(quad.subject, ox.NamedNode)
    own = quad.subject.value.rpartition("#")[2].replace("-", "/", 1)
    return ox.Quad(quad.subject, quad.predicate, iri(ID + own), quad.graph_name)


def renamed(quads: Iterable[ox.Quad], names: Mapping[str, str]) -> list[ox.Quad]:
    """The quads with nodes renamed, keys below the identifier namespace to keys; once each."""
    nodes = {ID + old: iri(ID + new) for old, new in names.items() if old != new}
    if not nodes:
        return list(quads)
    return list(dict.fromkeys(_renamed(quad, nodes) for quad in quads))


def _renamed(quad: ox.Quad, nodes: Mapping[str, ox.NamedNode]) -> ox.Quad:
    subject, target = quad.subject, quad.object
    if isinstance(subject, ox.NamedNode):
        subject = nodes.get(subject.value, subject)
    if isinstance(target, ox.NamedNode):
        target = nodes.get(target.value, target)
    return ox.Quad(subject, quad.predicate, target, quad.graph_name)


def is_lossy(names: Mapping[str, str]) -> bool:
    """Whether two of a document's nodes become one, so that the way back is not in the graph."""
    return any(count > 1 for count in Counter(names.values()).values())


def packed(quads: Iterable[ox.Quad]) -> bytes:
    """Quads as compressed N-Quads."""
    lines = sorted(f"{quad} ." for quad in quads)
    return zlib.compress("\n".join(lines).encode())


def unpacked(data: bytes) -> list[ox.Quad]:
    """Quads from compressed N-Quads."""
    return list(ox.parse(zlib.decompress(data), ox.RdfFormat.N_QUADS))
