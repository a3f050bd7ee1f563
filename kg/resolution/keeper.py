"""The resolved graphs of documents: which quads go and come when a document does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.quads import GRAPH_HASH
from kg.reports import Constraints, identifier
from kg.resolution.index import Index
from kg.resolution.links import Links
from kg.resolution.naming import (
    checksum,
    given_names,
    is_lossy,
    packed,
    renamed,
    turned_back,
    unpacked,
)
from kg.resolution.resolver import Change, Resolver
from kg.terms import iri
from kg.vocab import GRAPH, ID, document_graph

Quads = Sequence[ox.Quad]
Names = Mapping[str, str]  # what a document calls a node → what the graph calls it
Documents = Mapping[str, Quads | None]  # identifier → the document's own quads; None: it goes


@dataclass(slots=True)
class Exchange:
    """The quads that go from the store and those that come, in one transaction."""

    removed: set[ox.Quad]
    added: list[ox.Quad]


class Keeper:
    """Resolves documents against all others of a store, and keeps the index."""

    def __init__(self, store: ox.Store, folder: Path) -> None:
        self._ox = store
        self.index = Index(folder)
        self.constraints = Constraints()

    def close(self) -> None:
        """Let go of the store and of the index's file."""
        self.index.close()
        del self._ox

    def graph(self, document: str) -> list[ox.Quad]:
        """The quads of a document's graph."""
        return list(self._ox.quads_for_pattern(None, None, None, iri(document_graph(document))))

    def own(self, document: str) -> list[ox.Quad]:
        """The quads of a document's graph with the document's own names."""
        original = self.index.original(document)
        return unpacked(original) if original else turned_back(self.graph(document))

    def change(self, documents: Documents, write: Callable[[Exchange], None]) -> None:
        """Take in or out documents; `write` is called once, with all that changes by it."""
        self.index.begin()
        try:
            change = Resolver(self.index, self.own, self.constraints).update(documents)
            write(self._exchange(documents, change))
            self.index.commit()
        finally:
            self.index.rollback()

    def _exchange(self, documents: Documents, change: Change) -> Exchange:
        exchange = Exchange(set(), [])
        for name in sorted(change.before):
            before, after = change.before[name], change.after[name]
            if name not in documents and not is_lossy(before) and not is_lossy(after):
                self._rename(exchange, name, before, after)
            else:
                own = documents[name] if name in documents else self.own(name)
                self._replace(exchange, name, own, after)
        self._tie(exchange, change.events)
        return exchange

    def _tie(self, exchange: Exchange, events: Iterable[str]) -> None:
        """Exchange the ties of events that changed."""
        removed, added = Links(self.index, self._ox).exchange(events)
        exchange.removed |= removed
        exchange.added += added

    def _rename(self, exchange: Exchange, document: str, before: Names, after: Names) -> None:
        """Exchange the quads of a document that speak of nodes with another key by now."""
        keys = {before[own]: key for own, key in after.items() if before.get(own, key) != key}
        graph = iri(document_graph(document))
        for key in keys:
            node = iri(ID + key)
            exchange.removed.update(self._ox.quads_for_pattern(node, None, None, graph))
            exchange.removed.update(self._ox.quads_for_pattern(None, None, node, graph))
        if keys:
            found = [quad for quad in exchange.removed if quad.graph_name == graph]
            exchange.added += renamed(found, keys)

    def _replace(self, exchange: Exchange, document: str, own: Quads | None, names: Names) -> None:
        """Exchange the whole graph of a document."""
        exchange.removed.update(self.graph(document))
        if own is None:
            self.index.note(document, None, None)
            return
        self.index.note(document, checksum(own), packed(own) if is_lossy(names) else None)
        exchange.added += renamed(own, names)

    # ------------------------------------------------------------ after a fall
    def mend(self, write: Callable[[Exchange], None]) -> None:
        """Bring the index to what the graph holds, where a writer was cut short or it is new."""
        if self.index.is_filled and not self.index.is_unfinished:
            return
        known, stored = self.index.hashes(), self._stored()
        if stored == known:
            return
        self.index.begin()
        try:
            self._learn(stored, known)
            write(self._put_right(stored))
            self.index.commit()
        finally:
            self.index.rollback()

    def _stored(self) -> dict[str, str]:
        """The documents of the graph, with their hashes."""
        found: dict[str, str] = {}
        for quad in self._ox.quads_for_pattern(None, GRAPH_HASH, None, None):
            graph = quad.graph_name
            if isinstance(graph, ox.NamedNode) and graph.value.startswith(GRAPH + "document/"):
                name = identifier(self._ox, graph.value)
                if name is not None:
                    found[name] = checksum([quad])
        return found

    def _learn(self, stored: Mapping[str, str], known: Mapping[str, str]) -> None:
        for name in sorted(known.keys() - stored.keys()):
            self._resolved({name: None})
            self.index.note(name, None, None)
        for name in sorted(stored):
            if stored[name] != known.get(name):
                self.index.note(name, None, None)
                own = turned_back(self.graph(name))
                self._resolved({name: own})
                self.index.note(name, stored[name], None)

    def _resolved(self, documents: Documents) -> None:
        Resolver(self.index, self.own, self.constraints).update(documents)

    def _put_right(self, stored: Iterable[str]) -> Exchange:
        """What differs between the graph and what the index says of it."""
        exchange = Exchange(set(), [])
        for name in sorted(stored):
            graph = self.graph(name)
            names = self.index.names(name)
            given = given_names(graph)
            if any(names.get(own, own) != called for own, called in given.items()):
                exchange.removed.update(graph)
                exchange.added += renamed(self.own(name), names)
        self._tie(exchange, self.index.events())
        return exchange
