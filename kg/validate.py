"""Whether a graph is well formed: the SHACL shapes of each graph, and what shapes can't say.

Every document's graph is validated by itself, since two documents may disagree; the curated graphs
are validated together. Beside each stand the class hierarchy, the concept schemes, and what the
curated graphs say of the nodes that a document uses.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache

import pyoxigraph as ox
import pyshacl
from rdflib import RDF, RDFS, SH, SKOS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection as RdfList
from rdflib.term import Node

import ontology
from kg import consistency
from kg.alike import Make, Neighbourhood, Triple
from kg.consistency import CURATED, VIOLATION, VOCABULARY_GRAPH, WARNING, Violation
from kg.terms import RDF_TYPE, term
from kg.vocab import GRAPH

__all__ = ["VIOLATION", "WARNING", "Violation", "conforms", "validate"]

UNNAMED = GRAPH + "default"  # stands for the default graph of what is given
_STRING = term("xsd:string")


def validate(source: ox.Store | Iterable[ox.Quad] | str, *, lang: str = "en") -> list[Violation]:
    """All faults of a store, of quads, or of a text of TriG (or Turtle), sorted, each once.

    Messages are in `lang` (ar, en, fr). What stands in the default graph is taken for one named
    graph. Raises SyntaxError where a text does not parse.
    """
    store = _store(source)
    found = {*_shape_violations(store, lang), *consistency.check(store, lang)}
    return sorted(found, key=lambda one: (one.graph, one.focus, one.path or "", one.message))


def conforms(violations: Iterable[Violation]) -> bool:
    """Whether nothing worse than a warning is among them."""
    return not any(violation.severity == VIOLATION for violation in violations)


def _store(source: ox.Store | Iterable[ox.Quad] | str) -> ox.Store:
    if isinstance(source, ox.Store) and not _in_default_graph(source):
        return source
    quads = ox.parse(source, ox.RdfFormat.TRIG) if isinstance(source, str) else source
    store = ox.Store()
    store.extend(_named(quad) for quad in quads)
    return store


def _in_default_graph(store: ox.Store) -> bool:
    found = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    return next(iter(found), None) is not None


def _named(quad: ox.Quad) -> ox.Quad:
    if not isinstance(quad.graph_name, ox.DefaultGraph):
        return quad
    return ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(UNNAMED))


def _shape_violations(store: ox.Store, lang: str) -> Iterator[Violation]:
    names = sorted(g.value for g in store.named_graphs() if isinstance(g, ox.NamedNode))
    curated = [name for name in names if name.startswith(CURATED) and name != VOCABULARY_GRAPH]
    sound: set[Make] = set()
    with _quiet():
        for name in names:
            if not name.startswith(CURATED):
                own = _triples(store, name)
                yield from _report(name, own, _background(store, own, curated), lang, sound)
        yield from _curated_violations(store, curated, lang, sound)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep rdflib from logging a traceback for every literal that is not of its datatype."""
    logger = logging.getLogger("rdflib.term")
    before = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = before


def _curated_violations(
    store: ox.Store, names: list[str], lang: str, sound: set[Make]
) -> Iterator[Violation]:
    """The faults of all curated graphs together, each under the first graph that has its node."""
    graph_of: dict[str, str] = {}
    together: list[Triple] = []
    for name in names:
        own = _triples(store, name)
        together += own
        for subject, _, _ in own:
            graph_of.setdefault(str(subject), name)
    for found in _report(CURATED, together, (), lang, sound):
        graph = graph_of.get(found.focus, found.graph)
        yield Violation(graph, found.focus, found.path, found.message, found.severity)


def _triples(store: ox.Store, graph: str) -> list[Triple]:
    quads = store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
    return [_triple(quad) for quad in quads]


def _triple(quad: ox.Quad) -> Triple:
    return _rdflib(quad.subject), _rdflib(quad.predicate), _rdflib(quad.object)


@lru_cache(maxsize=65536)
def _rdflib(value: object) -> Node:
    if isinstance(value, ox.NamedNode):
        return URIRef(value.value)
    if isinstance(value, ox.BlankNode):
        return BNode(value.value)
    assert isinstance(value, ox.Literal)
    if value.language:
        return Literal(value.value, lang=value.language)
    # rdflib tells "a" and "a"^^xsd:string apart; the shapes, as parsed, have the first.
    datatype = None if value.datatype == _STRING else URIRef(value.datatype.value)
    return Literal(value.value, datatype=datatype, normalize=False)


def _background(
    store: ox.Store, triples: Iterable[Triple], curated: Iterable[str]
) -> Iterator[Triple]:
    """Classes, codes and names that curated graphs give to the nodes of these triples."""
    nodes = {node for triple in triples for node in triple if isinstance(node, URIRef)}
    graphs = [ox.NamedNode(name) for name in curated]
    told = [RDF_TYPE, term("skos:prefLabel"), term("rwb:iso2")]
    for node in nodes:
        for graph in graphs:
            for predicate in told:
                found = store.quads_for_pattern(ox.NamedNode(node), predicate, None, graph)
                yield from map(_triple, found)


def _report(
    name: str, own: list[Triple], background: Iterable[Triple], lang: str, sound: set[Make]
) -> Iterator[Violation]:
    """What the shapes find wrong with the nodes that one graph describes.

    `sound` holds the makes of nodes that were found well formed before, and takes up new ones.
    """
    nearby = Neighbourhood((*_schemes(), *background, *own))
    groups = nearby.groups(dict.fromkeys(subject for subject, _, _ in own))
    samples = {group[0]: make for make, group in groups.items() if make not in sound}
    found = list(_run(name, nearby, samples, lang))
    yield from found
    faulty = {violation.focus for violation in found}
    sound |= {make for sample, make in samples.items() if str(sample) not in faulty}
    bad = (make for sample, make in samples.items() if str(sample) in faulty)
    yield from _run(name, nearby, [node for make in bad for node in groups[make][1:]], lang)


def _run(name: str, nearby: Neighbourhood, nodes: Iterable[Node], lang: str) -> Iterator[Violation]:
    """What pyshacl finds wrong with these nodes."""
    data = Graph(bind_namespaces="none")
    for triple in (*_hierarchy(), *nearby.around(nodes)):
        data.add(triple)
    _, report, _ = pyshacl.validate(data, shacl_graph=_shapes(), inplace=True)
    assert isinstance(report, Graph)
    wanted = set(map(str, nodes))
    for result in report.subjects(RDF.type, SH.ValidationResult):
        found = _violation(name, report, result, lang)
        if found.focus in wanted:
            yield found


@cache
def _shapes() -> Graph:
    return Graph().parse(data=ontology.text("shapes"), format="turtle")


@cache
def _hierarchy() -> tuple[Triple, ...]:
    """The subclasses that the ontology declares."""
    vocabulary = Graph().parse(data=ontology.text("rawabit"), format="turtle")
    return tuple(vocabulary.triples((None, RDFS.subClassOf, None)))


@cache
def _schemes() -> tuple[Triple, ...]:
    """Which concept is in which scheme."""
    vocabulary = Graph()
    for name in ("topics", "offices"):
        vocabulary.parse(data=ontology.text(name), format="turtle")
    return tuple(vocabulary.triples((None, SKOS.inScheme, None)))


def _violation(name: str, report: Graph, result: Node, lang: str) -> Violation:
    focus = report.value(result, SH.focusNode)
    path = report.value(result, SH.resultPath)
    severity = report.value(result, SH.resultSeverity)
    message = _message(report, result, lang)
    value = report.value(result, SH.value)
    if value is not None and value != focus:
        message = f"{message}: {value}"
    level = WARNING if severity == SH.Warning else VIOLATION
    return Violation(name, str(focus), _path(report, path), message, level)


def _message(report: Graph, result: Node, lang: str) -> str:
    messages = [m for m in report.objects(result, SH.resultMessage) if isinstance(m, Literal)]
    in_lang = [message for message in messages if message.language == lang]
    return min(map(str, in_lang or messages))


def _path(report: Graph, path: Node | None) -> str | None:
    if path is None or isinstance(path, URIRef):
        return None if path is None else str(path)
    inverse = report.value(path, SH.inversePath)
    if inverse is not None:
        return f"^{inverse}"
    steps = report.value(path, SH.alternativePath)
    return "|".join(map(str, RdfList(report, steps))) if steps is not None else None
