"""The reference page of the ontology, made from its Turtle: `python -m kg.reference FILE`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef
from rdflib.term import Node

import ontology
from kg.vocab import OFFICE_KIND, PREFIXES, RWB, TOPIC

LANGS = ("en", "ar", "fr")
_RWB, _SCHEMA = Namespace(RWB), Namespace(PREFIXES["schema"])
_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_SHORT = {
    RDFS.subClassOf: "⊂",
    RDFS.subPropertyOf: "⊂",
    SKOS.closeMatch: "≈",
    SKOS.relatedMatch: "~",
    _RWB.ploverCategory: "PLOVER",
}
_INTRO = """# The ontology

Made from `ontology/*.ttl` by `python -m kg.reference docs/ontology.md`; a test fails when it is
not current.

Namespace `{namespace}`, prefix `rwb:`. Version {version}. Every term has a label and a comment in
English, Arabic and French; the comments below are the English ones.
In the columns of alignments ⊂ means subclass or subproperty, ≈ a close match, ~ a related term
(`ontology/alignments.ttl`). Domains and ranges with “or” are given by `schema:domainIncludes` and
`schema:rangeIncludes`.

What a graph must look like is said by `ontology/shapes.ttl`, and checked by `rawabit validate`.
"""
_REUSED = (
    ("`dcterms:identifier`", "document", "identifier of the record"),
    ("`dcterms:issued`", "document", "publication date, `xsd:date`"),
    ("`dcterms:language`", "document", "`ar`, `en` or `fr`"),
    (
        "`dcterms:title`, `dcterms:source`, `schema:url`",
        "document",
        "title, name of the source, address",
    ),
    ("`dcterms:source`", "tenure", "where the dates are from"),
    (
        "`rdfs:label`",
        "entity, office, event",
        "a name as met in a document; a title made for an event",
    ),
    ("`skos:prefLabel`, `skos:altLabel`", "entity", "names in the curated graphs"),
    ("`owl:sameAs`", "entity", "the item of Wikidata"),
    (
        "`skos:notation`, `skos:broader`, `skos:related`",
        "topic, kind of office",
        "its code; concepts near it",
    ),
    (
        "`oa:Annotation`: `oa:hasBody`, `oa:hasTarget`, `oa:motivatedBy`",
        "evidence",
        "what is explained, where, and why: describing or identifying",
    ),
    (
        "`oa:SpecificResource`, `oa:hasSource`, `oa:hasSelector`",
        "target",
        "the document, and the place in it",
    ),
    (
        "`oa:exact`, `oa:start`, `oa:end`",
        "selector",
        "the words, and their code points in the text",
    ),
    (
        "`rdf:Statement`, `rdf:subject`, `rdf:predicate`, `rdf:object`",
        "reified",
        "a relation or an office held, as the body of evidence",
    ),
)


def page() -> str:
    """The whole page, in Markdown."""
    graph = Graph()
    for name in ("rawabit", "topics", "offices", "alignments"):
        graph.parse(data=ontology.text(name), format="turtle")
    header = URIRef(RWB.removesuffix("#"))
    version = graph.value(header, OWL.versionInfo)
    intro = _INTRO.format(namespace=RWB, version=version)
    columns = ("term", "on", "meaning")
    reused = _table("Terms of other vocabularies in the graph", columns, _REUSED)
    return "\n".join([intro, *_sections(graph), reused])


def _sections(graph: Graph) -> Iterator[str]:
    yield _classes(graph)
    for heading, top in (("Roles", _RWB.participant), ("Relations", _RWB.relation)):
        terms = [top, *_local(graph.subjects(RDFS.subPropertyOf, top))]
        yield _properties(graph, heading, terms)
    special = set(graph.subjects(RDFS.subPropertyOf, _RWB.participant))
    special |= {*graph.subjects(RDFS.subPropertyOf, _RWB.relation), _RWB.participant, _RWB.relation}
    others = (p for kind in _PROPERTIES for p in graph.subjects(RDF.type, kind))
    yield _properties(graph, "Other properties", _local(p for p in others if p not in special))
    values = (("Certainties", "Certainty"), ("Stances", "Stance"), ("Verdicts", "Verdict"))
    for heading, kind in values:
        yield _values(graph, heading, _RWB[kind])
    for heading, base in (("Topics", TOPIC), ("Kinds of office", OFFICE_KIND)):
        yield _concepts(graph, heading, base)


def _local(terms: Iterable[Node]) -> list[URIRef]:
    return sorted({t for t in terms if isinstance(t, URIRef) and t.startswith(RWB)})


def _table(heading: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"## {heading}\n", _row(columns), _row(("---",) * len(columns))]
    return "\n".join([*lines, *map(_row, rows), ""])


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _classes(graph: Graph) -> str:
    terms = _local(graph.subjects(RDF.type, OWL.Class))
    rows = (
        (_name(t), _labels(graph, t), _comment(graph, t), _above(graph, t), _aligned(graph, t))
        for t in terms
    )
    return _table("Classes", ("class", "labels", "meaning", "below", "alignment"), rows)


def _properties(graph: Graph, heading: str, terms: Iterable[URIRef]) -> str:
    columns = ("property", "labels", "meaning", "domain", "range", "alignment")
    rows = (
        (
            _name(t),
            _labels(graph, t),
            _comment(graph, t),
            _either(graph, t, RDFS.domain, _SCHEMA.domainIncludes),
            _either(graph, t, RDFS.range, _SCHEMA.rangeIncludes),
            _aligned(graph, t),
        )
        for t in terms
    )
    return _table(heading, columns, rows)


def _values(graph: Graph, heading: str, kind: URIRef) -> str:
    terms = _local(graph.subjects(RDF.type, kind))
    rows = ((_name(t), _labels(graph, t), _comment(graph, t), _aligned(graph, t)) for t in terms)
    return _table(heading, ("value", "labels", "meaning", "alignment"), rows)


def _concepts(graph: Graph, heading: str, base: str) -> str:
    concepts = graph.subjects(RDF.type, SKOS.Concept)
    terms = sorted(c for c in concepts if isinstance(c, URIRef) and c.startswith(base))
    rows = (
        (
            f"`{c.removeprefix(base)}`",
            _in_languages(graph, c, SKOS.prefLabel),
            _english(graph, c, SKOS.definition),
            _names(graph.objects(c, SKOS.broader)),
        )
        for c in terms
    )
    note = f"IRI `{base}` + code.\n\n"
    table = _table(heading, ("code", "labels", "meaning", "broader"), rows)
    return table.replace("\n\n", f"\n\n{note}", 1)


def _curie(term: Node) -> str:
    for prefix, base in PREFIXES.items():
        if str(term).startswith(base):
            return f"{prefix}:{str(term).removeprefix(base)}"
    return str(term)


def _name(term: Node) -> str:
    return f"`{_curie(term)}`"


def _names(terms: Iterable[Node]) -> str:
    return ", ".join(sorted(map(_name, terms)))


def _in_languages(graph: Graph, term: Node, predicate: URIRef) -> str:
    found = {getattr(o, "language", None): str(o) for o in graph.objects(term, predicate)}
    return " · ".join(found[lang] for lang in LANGS if lang in found)


def _labels(graph: Graph, term: Node) -> str:
    return _in_languages(graph, term, RDFS.label)


def _english(graph: Graph, term: Node, predicate: URIRef) -> str:
    texts = graph.objects(term, predicate)
    return next((str(o) for o in texts if getattr(o, "language", None) == "en"), "")


def _comment(graph: Graph, term: Node) -> str:
    return _english(graph, term, RDFS.comment)


def _above(graph: Graph, term: Node) -> str:
    return _names(_local(graph.objects(term, RDFS.subClassOf)))


def _either(graph: Graph, term: Node, exact: URIRef, loose: URIRef) -> str:
    return _names(graph.objects(term, exact)) or " or ".join(
        sorted(map(_name, graph.objects(term, loose)))
    )


def _aligned(graph: Graph, term: Node) -> str:
    pairs = ((sign, o) for p, sign in _SHORT.items() for o in graph.objects(term, p))
    outside = (f"{sign} {_name(o)}" for sign, o in pairs if not str(o).startswith(RWB))
    return ", ".join(sorted(set(outside)))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
