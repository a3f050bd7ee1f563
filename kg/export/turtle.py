"""Turtle and TriG to read and to compare: subjects in order, one predicate a line, short names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import pyoxigraph as ox

from kg.export.content import graph_triples, order, union_by_subject
from kg.vocab import GRAPH, ID, PREFIXES

_KINDS = (
    *("agreement", "armed-group", "body", "conference", "country", "dialogue", "document", "event"),
    *("exercise", "forum", "holder", "office", "person", "place", "tenure"),
)
EXPORT_PREFIXES = {
    **PREFIXES,
    **{f"{kind}": f"{ID}{kind}/" for kind in _KINDS},
    "gcurated": f"{GRAPH}curated/",
    "gdocument": f"{GRAPH}document/",
}
_SHORT = {namespace: prefix for prefix, namespace in EXPORT_PREFIXES.items()}
# Fewer names than Turtle allows: without dots, colons and escapes there is nothing to get wrong.
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_NAMESPACE = re.compile(r".*[/#]", re.DOTALL)
_UNFIT_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
# What Turtle demands, and what would be invisible or turn the line around in an editor.
_UNFIT_TEXT = re.compile(
    '[\x00-\x1f"\\\\\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff0-\uffff]'
)
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
_XSD = PREFIXES["xsd"]
_PLAIN = {
    _XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    _XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    _XSD + "boolean": re.compile(r"true|false"),
}
_TYPE = PREFIXES["rdf"] + "type"
_LEADING = (
    _TYPE,
    PREFIXES["dcterms"] + "identifier",
    PREFIXES["rdfs"] + "label",
    PREFIXES["skos"] + "prefLabel",
    PREFIXES["skos"] + "altLabel",
)


def turtle_text(triples: Iterable[ox.Triple]) -> str:
    """A Turtle document of these triples, sorted; raises TypeError for a blank node."""
    return "\n".join((_header(), *_blocks(triples, Terms(), "")))


def write_turtle(store: ox.Store, chosen: list[ox.NamedNode], out: BinaryIO) -> None:
    """The union of the graphs as Turtle."""
    out.write(_header().encode())
    terms = Terms()
    for subject, triples in union_by_subject(store, chosen):
        out.write(f"\n{_subject_block(subject, triples, terms, '')}".encode())


def write_trig(store: ox.Store, chosen: list[ox.NamedNode], out: BinaryIO) -> None:
    """The graphs as TriG; in each, the empty prefix stands for its own `#…` nodes."""
    out.write(_header().encode())
    for graph in chosen:
        own = f"{graph.value}#"
        terms = Terms(own)
        out.write(f"\n@prefix : <{_escape_iri(own)}> .\n{terms.text(graph)} {{\n".encode())
        for block in _blocks(graph_triples(store, graph), terms, "    "):
            out.write(f"{block}".encode())
        out.write(b"}\n")


def _header() -> str:
    return "".join(
        f"@prefix {name}: <{EXPORT_PREFIXES[name]}> .\n" for name in sorted(EXPORT_PREFIXES)
    )


class Terms:
    """Writes terms; `own` is the namespace for which the empty prefix stands."""

    def __init__(self, own: str | None = None) -> None:
        self._short = {**_SHORT, own: ""} if own else _SHORT

    def text(self, term: object) -> str:
        """A node or literal in Turtle; TypeError for what Rawabit never writes (a blank node)."""
        if isinstance(term, ox.NamedNode):
            return self._iri(term.value)
        if isinstance(term, ox.Literal):
            return self._literal(term)
        raise TypeError(f"{term} is neither an IRI nor a literal")

    def predicate(self, iri: str) -> str:
        return "a" if iri == _TYPE else self._iri(iri)

    def _iri(self, value: str) -> str:
        found = _NAMESPACE.match(value)
        namespace = found[0] if found else ""
        local = value[len(namespace) :]
        if namespace in self._short and _LOCAL.fullmatch(local):
            return f"{self._short[namespace]}:{local}"
        return f"<{_escape_iri(value)}>"

    def _literal(self, literal: ox.Literal) -> str:
        datatype = literal.datatype.value
        plain = _PLAIN.get(datatype)
        if plain and plain.fullmatch(literal.value):
            return literal.value
        quoted = f'"{_UNFIT_TEXT.sub(_escape, literal.value)}"'
        if literal.language:
            return f"{quoted}@{literal.language}"
        return quoted if datatype == _XSD + "string" else f"{quoted}^^{self._iri(datatype)}"


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or _unicode_escape(found)


def _escape_iri(value: str) -> str:
    return _UNFIT_IRI.sub(_unicode_escape, value)


def _unicode_escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04X}"


def _blocks(triples: Iterable[ox.Triple], terms: Terms, indent: str) -> Iterator[str]:
    by_subject: dict[ox.NamedNode, set[ox.Triple]] = defaultdict(set)
    for triple in triples:
        if not isinstance(triple.subject, ox.NamedNode):
            raise TypeError(f"{triple.subject} is not an IRI")
        by_subject[triple.subject].add(triple)
    for subject in sorted(by_subject, key=lambda node: order(node.value)):
        yield _subject_block(subject, by_subject[subject], terms, indent)


def _subject_block(
    subject: ox.NamedNode, triples: Iterable[ox.Triple], terms: Terms, indent: str
) -> str:
    objects: dict[str, list[object]] = defaultdict(list)
    for triple in triples:
        objects[triple.predicate.value].append(triple.object)
    deep = indent + "    "
    lines = [
        f"{deep}{terms.predicate(predicate)} {_objects(objects[predicate], terms, deep)}"
        for predicate in sorted(objects, key=_predicate_order)
    ]
    return f"{indent}{terms.text(subject)}\n" + " ;\n".join(lines) + " .\n"


def _predicate_order(iri: str) -> tuple[int, str]:
    return (_LEADING.index(iri) if iri in _LEADING else len(_LEADING), iri)


def _objects(objects: list[object], terms: Terms, indent: str) -> str:
    ordered = sorted(objects, key=lambda term: order(str(term)))
    return f" ,\n{indent}    ".join(terms.text(term) for term in ordered)
