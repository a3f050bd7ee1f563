"""The only place where IRIs are minted: namespaces, terms, and keys → IRIs."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from urllib.parse import quote

BASE = "https://w3id.org/rawabit/"
RWB = BASE + "ontology#"
ID = BASE + "id/"
GRAPH = BASE + "graph/"
TOPIC = BASE + "topic/"
OFFICE_KIND = BASE + "office-kind/"
RULE = BASE + "rule/"
JUDGEMENTS = GRAPH + "judgements"
WIKIDATA = "http://www.wikidata.org/entity/"

PREFIXES = {
    "rwb": RWB,
    "rid": ID,
    "rgraph": GRAPH,
    "rtopic": TOPIC,
    "rkind": OFFICE_KIND,
    "rrule": RULE,
    "wd": WIKIDATA,
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_UNFIT = re.compile(r"[^\w.-]+")


def slug(name: str) -> str:
    """A readable, stable path segment: case folded, spaces to hyphens, Arabic letters kept."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return _UNFIT.sub("-", text).strip("-._") or digest(name)


def digest(*parts: str) -> str:
    """Sixteen hex digits that stand for the parts, order and boundaries included."""
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def id_iri(key: str) -> str:
    """The IRI of an entity, office, event or document from its key (a path of segments)."""
    return ID + quote(key, safe="/-._~:")


def document_key(document_id: str) -> str:
    """The key of a document: its identifier where that is fit for a path, else slug and digest."""
    name = slug(document_id)
    return f"document/{name}" if name == document_id else f"document/{name}-{digest(document_id)}"


def document_graph(document_id: str) -> str:
    """The IRI of the named graph that holds all that one document states."""
    return GRAPH + quote(document_key(document_id), safe="/-._~:")


def name_iri(document_id: str, key: str) -> str:
    """The IRI of a name as one document has it (`person/…` by its key), below its graph's IRI."""
    return f"{document_graph(document_id)}#{quote(key.replace('/', '-', 1), safe='-._~')}"


def curated_graph(name: str) -> str:
    """The IRI of a graph of curated knowledge: countries, officials, offices, series …"""
    return f"{GRAPH}curated/{name}"


def resolution_graph() -> str:
    """The IRI of the graph that holds what ties events to one another, drawn from all documents."""
    return f"{GRAPH}resolution"


def rule_iri(rule_id: str) -> str:
    """The IRI of a rule."""
    return RULE + quote(rule_id, safe="-._~")
