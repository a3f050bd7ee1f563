"""GraphML and GEXF: events and parties as nodes; roles, subjects, places and relations as edges."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import BinaryIO

import networkx as nx
import pyoxigraph as ox

from kg.export.content import order
from kg.model import EntityKind, EventType, Predicate, Role
from kg.names import LANGUAGES, Names
from kg.terms import RDF_TYPE, rwb
from kg.vocab import GRAPH, RWB

_CLASSES = {*EventType, *EntityKind, "Office"}
_EDGES = {*Role, *Predicate, "about", "place", "holdsOffice", "country"}
_FACTS = ("date", "endDate", "certainty", "stance")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MODIFIED = re.compile(rb' lastmodifieddate="[^"]*"')


def write_graphml(store: ox.Store, chosen: list[ox.NamedNode], out: BinaryIO) -> None:
    """The network as GraphML."""
    nx.write_graphml_xml(network(store, chosen), out, named_key_ids=True, prettyprint=True)


def write_gexf(store: ox.Store, chosen: list[ox.NamedNode], out: BinaryIO) -> None:
    """The network as GEXF 1.2, without the date of writing, so that equal content is equal."""
    buffer = io.BytesIO()
    nx.write_gexf(network(store, chosen), buffer, version="1.2draft")
    out.write(_MODIFIED.sub(b"", buffer.getvalue()))


def network(store: ox.Store, chosen: list[ox.NamedNode]) -> nx.DiGraph[str]:
    """A directed graph of what the documents speak of, nodes and edges in order of their IRIs.

    Node attributes are strings: `label`, `label_en`, `label_ar`, `label_fr`, `type`, `date`,
    `endDate`, `certainty`, `stance` (several values joined with `; `), and the number of documents
    `sources`. The edge attribute `relation` joins the finer roles and relations of a pair.
    """
    types, sources, edges = _content(store, chosen)
    names = Names(store)
    found: nx.DiGraph[str] = nx.DiGraph()
    for node in sorted(types, key=order):
        found.add_node(node, **_attributes(node, types[node], len(sources[node]), names))
    for start, end in sorted(edges, key=lambda edge: (order(edge[0]), order(edge[1]))):
        if start in types and end in types:
            relations = edges[start, end] - {"participant"} or {"participant"}
            found.add_edge(start, end, relation="; ".join(sorted(relations)))
    return found


def _content(
    store: ox.Store, chosen: list[ox.NamedNode]
) -> tuple[dict[str, set[str]], dict[str, set[str]], dict[tuple[str, str], set[str]]]:
    """Classes of the nodes, the graphs that have them, and the relations of each pair."""
    types: dict[str, set[str]] = defaultdict(set)
    sources: dict[str, set[str]] = defaultdict(set)
    edges: dict[tuple[str, str], set[str]] = defaultdict(set)
    for graph, subject, predicate, target in _links(store, chosen):
        name = predicate.removeprefix(RWB)
        if predicate == RDF_TYPE.value and target.removeprefix(RWB) in _CLASSES:
            types[subject].add(target.removeprefix(RWB))
            sources[subject].add(graph)
        elif name in _EDGES:
            edges[subject, target].add(name)
    return types, sources, edges


def _links(store: ox.Store, chosen: list[ox.NamedNode]) -> Iterator[tuple[str, str, str, str]]:
    """Graph, subject, predicate and object of the documents' statements between nodes."""
    for graph in chosen:
        if graph.value.startswith(GRAPH + "document/"):
            for quad in store.quads_for_pattern(None, None, None, graph):
                start, end = quad.subject, quad.object
                if isinstance(start, ox.NamedNode) and isinstance(end, ox.NamedNode):
                    yield graph.value, start.value, quad.predicate.value, end.value


def _attributes(node: str, types: set[str], sources: int, names: Names) -> dict[str, str | int]:
    labels = {lang: xml_safe(names.of(node, lang)) for lang in LANGUAGES}
    facts = {fact: _joined(names.values(node, rwb(fact))) for fact in _FACTS}
    return {
        "label": labels["en"],
        **{f"label_{lang}": label for lang, label in labels.items()},
        "type": "; ".join(sorted(types)),
        **facts,
        "sources": sources,
    }


def _joined(values: set[str]) -> str:
    return xml_safe("; ".join(sorted(value.removeprefix(RWB) for value in values)))


def xml_safe(text: str) -> str:
    """The text with what XML 1.0 can't hold (control characters) as U+FFFD."""
    return _NOT_XML.sub("�", text)
