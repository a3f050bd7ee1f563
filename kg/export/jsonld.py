"""JSON-LD in expanded form (no context, so nothing to fetch or to misread), a node a line."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any, BinaryIO

import pyoxigraph as ox

from kg.export.content import graph_triples, order
from kg.vocab import PREFIXES

_TYPE = PREFIXES["rdf"] + "type"
_STRING = PREFIXES["xsd"] + "string"


def write_jsonld(store: ox.Store, chosen: list[ox.NamedNode], out: BinaryIO) -> None:
    """The named graphs as a JSON-LD array, one graph in memory at a time."""
    separator = "[\n"
    for graph in chosen:
        nodes = (json.dumps(one, ensure_ascii=False) for one in _nodes(graph_triples(store, graph)))
        name = json.dumps(graph.value, ensure_ascii=False)
        content = ",\n".join(nodes)
        out.write(f'{separator}{{"@id": {name}, "@graph": [\n{content}\n]}}'.encode())
        separator = ",\n"
    out.write(b"\n]\n" if chosen else b"[]\n")


def _nodes(triples: list[ox.Triple]) -> list[dict[str, Any]]:
    nodes: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for triple in sorted(triples, key=str):
        assert isinstance(triple.subject, ox.NamedNode)
        properties = nodes[triple.subject.value]
        if triple.predicate.value == _TYPE and isinstance(triple.object, ox.NamedNode):
            properties["@type"].append(triple.object.value)
        else:
            properties[triple.predicate.value].append(_value(triple.object))
    return [{"@id": name, **nodes[name]} for name in sorted(nodes, key=order)]


def _value(term: object) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"@id": term.value}
    assert isinstance(term, ox.Literal)
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == _STRING:
        return {"@value": term.value}
    return {"@value": term.value, "@type": term.datatype.value}
