"""Counts over the whole store, made by Oxigraph itself: a loop in Python would take a minute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kg import curated
from kg.vocab import ID, PREFIXES, curated_graph

_WRITTEN = (NamedNode, Literal)
_CURATED = ", ".join(
    f"<{curated_graph(name)}>"
    for name in (
        curated.COUNTRIES,
        curated.BODIES,
        curated.PLACES,
        curated.OFFICIALS,
        curated.HOLDERS,
    )
)
_STATED = f"GRAPH ?graph {{ ?node a rwb:%s }} FILTER(?graph NOT IN ({_CURATED}))"
_COUNT = "SELECT (COUNT(DISTINCT ?node) AS ?count) WHERE { %s }"
_NEWEST = "SELECT ?node ?day WHERE { ?node rwb:date ?day } ORDER BY DESC(?day) LIMIT %d"
_PARTS = "SELECT ?node (COUNT(*) AS ?count) WHERE { ?event rwb:participant ?node } GROUP BY ?node"
_NODES = "SELECT DISTINCT ?node WHERE { VALUES ?class { %s } ?node a ?class }"
_NAMED = """SELECT ?node ?name (COUNT(*) AS ?count) WHERE {
  GRAPH ?graph { ?node %s ?name } FILTER(!STRSTARTS(STR(?node), "%s")) } GROUP BY ?node ?name"""


def rows(store: Store, query: str) -> Iterator[tuple[str, ...]]:
    """The solutions of a query as text; the default graph is the union of all graphs."""
    found = store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    for row in found:
        yield tuple([cell.value if isinstance(cell, _WRITTEN) else "" for cell in row])


def nodes_of(store: Store, class_name: str) -> int:
    """How many nodes of a class documents speak of."""
    return int(next(rows(store, _COUNT % (_STATED % class_name)))[0])


def newest(store: Store, limit: int) -> list[str]:
    """Nodes with the latest dates, each once, `limit` dates read."""
    return list(dict.fromkeys(node for node, _day in rows(store, _NEWEST % limit)))


def participations(store: Store) -> Counter[str]:
    """In how many events each node takes part by itself."""
    return Counter({node: int(count) for node, count in rows(store, _PARTS)})


def entities(store: Store, classes: Iterable[str]) -> set[str]:
    """All nodes of these classes (local names)."""
    listed = " ".join(f"rwb:{name}" for name in classes)
    return {node for (node,) in rows(store, _NODES % listed)}


def names(store: Store, predicate: str) -> Iterator[tuple[str, str, int]]:
    """Node, name and in how many graphs it has that name, of all but events."""
    for node, name, count in rows(store, _NAMED % (predicate, f"{ID}event/")):
        yield node, name, int(count)
