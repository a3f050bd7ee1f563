"""Nodes that no shape can tell apart, so that one of them can be validated for all.

pyshacl takes half a minute for the curated graphs, whose 80,000 triples describe nodes of some
dozens of makes only. Two nodes are of one make where their types, their properties, and the types
of the nodes next to them agree; of values, only what a shape looks at counts: the language,
datatype and form of a literal, not its words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from rdflib import RDF, SKOS, Literal, Namespace, URIRef
from rdflib.term import Node

from kg.vocab import GRAPH, ID, PREFIXES, RULE, RWB, WIKIDATA

Triple = tuple[Node, Node, Node]
Make = tuple[object, ...]

_OA, _RWB = Namespace(PREFIXES["oa"]), Namespace(RWB)
_ENTRY = _RWB.lexiconEntry
# Literals that shapes compare, match or count by value; of all others the words are free.
_BY_VALUE = {_RWB.iso2, _RWB.edition, _RWB.confidence, _RWB.contentHash, SKOS.notation}
_BY_VALUE |= {_RWB.action, URIRef(PREFIXES["dcterms"] + "language")}
_TOLD = (RDF.type, SKOS.inScheme)  # what shapes ask of a neighbour
_OPEN = (ID, GRAPH, RULE, WIKIDATA)  # namespaces of nodes that shapes don't know by name
COMPARED = frozenset({*_BY_VALUE, _ENTRY, _OA.start, _OA.end})  # by value in some way
_DIGITS = re.compile(r"[0-9]+")


class Neighbourhood:
    """The triples of a graph and its background, by subject and by object."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._out: dict[Node, list[tuple[Node, Node]]] = defaultdict(list)
        self._in: dict[Node, dict[Make, Triple]] = defaultdict(dict)
        self._types: dict[Node, Make] = {}
        known = set(triples)
        for subject, predicate, target in known:
            self._out[subject].append((predicate, target))
        for triple in known:
            if isinstance(triple[2], URIRef):
                make = (triple[1], self._types_of(triple[0]))
                self._in[triple[2]].setdefault(make, triple)

    def groups(self, nodes: Iterable[Node]) -> dict[Make, list[Node]]:
        """The nodes by their make."""
        found: dict[Make, list[Node]] = defaultdict(list)
        for node in nodes:
            found[self._make(node)].append(node)
        return dict(found)

    def around(self, nodes: Iterable[Node]) -> Iterator[Triple]:
        """All that shapes can see from the nodes."""
        for node in nodes:
            for predicate, target in self._out.get(node, ()):
                yield node, predicate, target
                yield from self._told(target)
            for triple in self._in.get(node, {}).values():
                yield triple
                yield from self._told(triple[0])

    def _told(self, node: Node) -> Iterator[Triple]:
        for predicate, target in self._out.get(node, ()):
            if predicate in _TOLD:
                yield node, predicate, target

    def _types_of(self, node: Node) -> Make:
        if node not in self._types:
            told = (
                str(target) for predicate, target in self._out.get(node, ()) if predicate in _TOLD
            )
            self._types[node] = tuple(sorted(told))
        return self._types[node]

    def _make(self, node: Node) -> Make:
        out = self._out.get(node, [])
        counts = Counter((str(p), repr(self._trait(p, o))) for p, o in out)
        # No shape counts further than one: two is as good as twenty.
        properties = sorted((trait, min(count, 2)) for trait, count in counts.items())
        steps = tuple(sorted(map(repr, self._in.get(node, {}))))
        return (_form(node), *properties, steps, _in_order(out))

    def _trait(self, predicate: Node, value: Node) -> Make:
        if isinstance(value, Literal):
            return _literal_trait(predicate, value)
        return (_form(value), self._types_of(value))


def _literal_trait(predicate: Node, value: Literal) -> Make:
    traits: Make = (value.language, value.datatype, value.ill_typed, bool(str(value)))
    if predicate in _BY_VALUE:
        return (*traits, str(value))
    if predicate == _ENTRY:
        return (*traits, _DIGITS.sub("0", str(value)))
    if predicate in (_OA.start, _OA.end):
        return (*traits, str(value).startswith("-"))
    return traits


def _form(node: Node) -> str:
    """An IRI as far as a shape can know it: by name, or by the kind of its path."""
    text = str(node)
    if not isinstance(node, URIRef):
        return type(node).__name__
    if text.startswith(_OPEN):
        return ID + "holder/" if text.startswith(ID + "holder/") else "node"
    return text


def _in_order(out: Iterable[tuple[Node, Node]]) -> bool:
    """Whether every start of a selector comes before its every end."""
    places: dict[Node, list[int]] = {_OA.start: [], _OA.end: []}
    for predicate, target in out:
        if predicate in places and isinstance(target, Literal) and isinstance(target.value, int):
            places[predicate].append(target.value)
    return all(start < end for start in places[_OA.start] for end in places[_OA.end])
