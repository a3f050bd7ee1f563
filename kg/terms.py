"""RDF terms of the graph: nodes and literals, made once and shared by all that write quads."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from kg.vocab import PREFIXES, RWB, id_iri

_DATATYPE = {10: "date", 7: "gYearMonth", 4: "gYear"}
_ISO = re.compile(r"\d{4}(-\d{2}){0,2}")
BODIES = {
    "UN": "organization/un",
    "EU": "organization/eu",
    "AU": "organization/au",
    "NATO": "organization/nato",
    "LAS": "organization/arab-league",
    "OIC": "organization/oic",
    "GCC": "organization/gcc",
}


@lru_cache(maxsize=65536)
def iri(value: str) -> NamedNode:
    """The node of an absolute IRI."""
    return NamedNode(value)


def node(key: str) -> NamedNode:
    """The node of an entity, office, event or document, from its key."""
    return iri(id_iri(key))


def rwb(name: str) -> NamedNode:
    """A term of Rawabit's own ontology, by local name."""
    return iri(RWB + name)


def term(curie: str) -> NamedNode:
    """A term written `prefix:name` with a prefix of `kg.vocab.PREFIXES`."""
    prefix, _, name = curie.partition(":")
    return iri(PREFIXES[prefix] + name)


RDF_TYPE = term("rdf:type")
LABEL = term("rdfs:label")


def is_date(value: str) -> bool:
    """Whether the value is an ISO date of the calendar, of year, month or day precision."""
    if not _ISO.fullmatch(value):
        return False
    try:
        date.fromisoformat(value + "-01-01"[: 10 - len(value)])
    except ValueError:
        return False
    return True


def date_literal(value: str) -> Literal:
    """`xsd:date`, `xsd:gYearMonth` or `xsd:gYear`, as precise as the value; else ValueError."""
    if not is_date(value):
        raise ValueError(f"{value!r} is not an ISO date of year, month or day precision")
    return Literal(value, datatype=term(f"xsd:{_DATATYPE[len(value)]}"))


def integer(value: int) -> Literal:
    """An `xsd:integer`."""
    return Literal(str(value), datatype=term("xsd:integer"))


def decimal(value: float) -> Literal:
    """An `xsd:decimal` of at most three places."""
    places = Decimal(str(round(value, 3)))
    return Literal(format(places.normalize(), "f"), datatype=term("xsd:decimal"))


def country_key(code: str) -> str:
    """The key of the state or body that a code of the guidelines stands for; a key stays.

    `AU` is the African Union, as the guidelines have it; Australia's offices give `country/AU`.
    """
    return code if "/" in code else BODIES.get(code, f"country/{code}")
