"""The protocol ladder: which rung the holders of an office stand on, from the ontology."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox

import ontology
from kg.terms import rwb

LEADERS, MINISTERS, ANY = 2, 3, 5


@cache
def ladder() -> dict[str, int]:
    """Rank by kind of office (IRI): 1 head of state … 5 envoy; kinds without rank are missing."""
    quads = ox.parse(ontology.text("offices"), format=ox.RdfFormat.TURTLE)
    return {
        str(quad.subject.value): int(quad.object.value)
        for quad in quads
        if quad.predicate == rwb("protocolRank")
    }
