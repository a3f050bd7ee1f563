"""Names of classes, properties and concepts in the interface's languages, from the ontology."""

from __future__ import annotations

import re
from functools import cache

from pyoxigraph import Literal, RdfFormat, Store

import ontology
from app.explorer.data import PREF_LABEL, local, text_of
from kg.names import fallbacks
from kg.terms import LABEL
from kg.vocab import PREFIXES, RWB

_SOURCES = ("rawabit", "topics", "offices")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|-")


@cache
def _labels() -> dict[tuple[str, str], str]:
    """(IRI, language) → label, of everything that the vocabulary files define."""
    store = Store()
    for name in _SOURCES:
        store.load(ontology.text(name), format=RdfFormat.TURTLE)
    found: dict[tuple[str, str], str] = {}
    for predicate in (PREF_LABEL, LABEL):
        for quad in store.quads_for_pattern(None, predicate, None):
            if isinstance(quad.object, Literal):
                key = (text_of(quad.subject), quad.object.language or "")
                found.setdefault(key, quad.object.value)
    return found


def term_name(term: str, lang: str) -> str:
    """The label of a term, an IRI or a local name of our ontology; else the name in words."""
    iri = term if term.startswith("http") else RWB + term
    known = _labels()
    for choice in fallbacks(lang):
        if (iri, choice) in known:
            return _capital(known[iri, choice])
    return _capital(_HUMP.sub(" ", local(term)).lower())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def codes(namespace: str) -> list[str]:
    """The local names that the vocabulary files define right below a namespace, sorted."""
    names = {iri.removeprefix(namespace) for iri, _lang in _labels() if iri.startswith(namespace)}
    return sorted(name for name in names if name and "/" not in name)


@cache
def vocabulary(lang: str) -> list[dict[str, str]]:
    """What an editor completes: our terms and codes as prefixed names, each with its label.

    Terms of other vocabularies that the graph uses follow; prefixes need no declaration.
    """
    spaces = sorted(PREFIXES.items(), key=lambda pair: -len(pair[1]))
    found: dict[str, str] = {}
    for iri, _lang in _labels():
        for prefix, space in spaces:
            if iri.startswith(space) and _NAME.fullmatch(iri[len(space) :]):
                found[f"{prefix}:{iri[len(space) :]}"] = term_name(iri, lang)
                break
    ours = [{"insert": name, "label": found[name]} for name in sorted(found)]
    return [*ours, *({"insert": name, "label": ""} for name in _OTHERS)]


_NAME = re.compile(r"[A-Za-z][\w-]*")
_OTHERS = (
    *("rdfs:label", "skos:prefLabel", "skos:altLabel", "skos:notation", "dcterms:identifier"),
    *("dcterms:issued", "dcterms:language", "dcterms:source", "dcterms:title", "oa:Annotation"),
    *("oa:hasBody", "oa:hasTarget", "oa:hasSource", "oa:hasSelector", "oa:exact", "oa:start"),
    *("oa:end", "owl:sameAs", "rdf:type", "xsd:date", "xsd:gYear", "xsd:gYearMonth"),
)
