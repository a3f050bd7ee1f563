"""The graph on disk: an Oxigraph database with one writer, and read-only views of it.

One document is one transaction and one named graph; a process that is killed leaves whole
documents only. Oxigraph's documentation leaves reading beside a live writer undefined: serve from
a `backup`.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import unquote

import pyoxigraph as ox

from kg import curated
from kg.dispatches import Dispatches
from kg.errors import StoreFault
from kg.judgements.follower import Follower
from kg.judgements.withheld import held_back
from kg.model import Reading
from kg.quads import GRAPH_HASH, in_graph, quads
from kg.reports import Constraints
from kg.resolution.index import FILE as INDEX_FILE
from kg.resolution.keeper import Exchange, Keeper
from kg.terms import RDF_TYPE, iri, node, rwb, term
from kg.vocab import ID, curated_graph, document_graph

if TYPE_CHECKING:
    from rdflib import Dataset

Quads = Sequence[ox.Quad]
SOURCE_HASH = rwb("sourceHash")
_NAMING = {curated.COUNTRIES, curated.BODIES}
_PERSON = rwb("Person")
_HOLDERS = iri(curated_graph(curated.HOLDERS))
_DATABASE_MARK = "CURRENT"  # RocksDB's pointer file: a directory with it is a database


class Outcome(StrEnum):
    """What writing did to the graph."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"


def default_path() -> Path:
    """The store's directory: `$RAWABIT_STORE`, else `.rawabit/store` in the working directory."""
    return Path(os.environ.get("RAWABIT_STORE") or Path(".rawabit") / "store")


class View:
    """A store opened for reading: `.ox` for pyoxigraph, `rdflib_dataset()` for rdflib."""

    def __init__(self, store: ox.Store, path: Path) -> None:
        self._ox: ox.Store | None = store
        self.path = path

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """Open what is there; StoreFault where there is no store."""
        where = Path(path)
        if not (where / _DATABASE_MARK).is_file():
            raise StoreFault(f"no store at {where}: make one with `rawabit --store {where} ingest`")
        try:
            return cls(ox.Store.read_only(str(where)), where)
        except (OSError, RuntimeError) as error:
            raise StoreFault(
                f"the store at {where} can't be read: {error}. "
                "If another process is writing to it, wait until it has finished"
            ) from error

    @property
    def ox(self) -> ox.Store:
        """The pyoxigraph store; StoreFault after `close`."""
        if self._ox is None:
            raise StoreFault(f"the store at {self.path} has been closed")
        return self._ox

    def rdflib_dataset(self) -> Dataset:
        """An rdflib Dataset over the same data whose default graph is the union of all graphs."""
        from oxrdflib import OxigraphStore
        from rdflib import Dataset

        return Dataset(store=OxigraphStore(store=self.ox), default_union=True)

    def documents(self) -> dict[str, str]:
        """The identifiers of all documents, sorted, each with the IRI of its graph."""
        found = self.ox.quads_for_pattern(None, term("dcterms:identifier"), None, None)
        pairs = ((_value(quad.object), _value(quad.graph_name)) for quad in found)
        return dict(sorted(pair for pair in pairs if pair[1] == document_graph(pair[0])))

    def close(self) -> None:
        """Let go of the database, and of its lock."""
        self._ox = None
        gc.collect()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class Store(View):
    """The one writer of a store.

    Documents are resolved as they are written: what several of them report is one node, and the
    graphs of all that this concerns are rewritten in the same transaction.
    """

    def __init__(self, store: ox.Store, path: Path) -> None:
        super().__init__(store, path)
        self._keeper: Keeper | None = Keeper(store, path)
        self.follower = Follower(self)
        self.dispatches = Dispatches(path, store)

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """Open or create; StoreFault where another process holds it or other files are there."""
        where = Path(path)
        _refuse_foreign(where)
        _finish_swap(where)
        try:
            where.parent.mkdir(parents=True, exist_ok=True)
            opened = cls(ox.Store(str(where)), where)
        except (OSError, RuntimeError) as error:
            raise StoreFault(_why_closed(where, error)) from error
        opened.keeper.mend(opened._exchange)
        opened.dispatches.catch_up()
        opened.follower.catch_up()
        return opened

    @property
    def keeper(self) -> Keeper:
        """What resolves the documents; StoreFault after `close`."""
        if self._keeper is None:
            raise StoreFault(f"the store at {self.path} has been closed")
        return self._keeper

    @property
    def constraints(self) -> Constraints:
        """What judgements ask of the resolution; setting it concerns documents written later."""
        return self.keeper.constraints

    @constraints.setter
    def constraints(self, constraints: Constraints) -> None:
        self.keeper.constraints = constraints

    def write(self, reading: Reading) -> Outcome:
        """Put what one document states into its graph, in one transaction.

        The same reading again changes nothing; a changed one takes the place of the former.
        Raises ReadingFault for a reading at odds with itself, StoreFault where writing fails.
        """
        keys = [one.key for one in reading.entities if one.key.startswith("holder/")]
        content, graph = quads(reading), iri(document_graph(reading.document.id))
        gone, come = self._holder_change(graph, keys)
        if all(quad in self.ox for quad in content if quad.predicate == GRAPH_HASH):
            self._apply(gone, come)
            return Outcome.UNCHANGED
        known = self.ox.contains_named_graph(graph)
        self.rewrite([reading.document.id], {reading.document.id: content}, gone, come)
        outcome = Outcome.REPLACED if known else Outcome.ADDED
        self.follower.ledger.read(reading.document.id, outcome, _hash(content))
        return outcome

    def remove(self, document_id: str) -> bool:
        """Take a document's graph out; whether it was there."""
        graph = iri(document_graph(document_id))
        known = self.ox.contains_named_graph(graph)
        if known:
            out, come = self.dispatches.changes(document_id, None)
            out |= held_back(self.ox, document_id) | self._holder_change(graph, ())[0]
            self.keeper.change(
                {document_id: None},
                lambda found: self._apply(found.removed | out, [*found.added, *come]),
            )
            self.follower.ledger.read(document_id, "removed")
        self.ox.remove_graph(graph)
        return known

    def local_quads(self, document_id: str) -> list[ox.Quad]:
        """The quads of a document as it was read by itself, with keys of its own for events."""
        return self.keeper.own(document_id)

    def rewrite(
        self,
        documents: Iterable[str],
        quads_of: Mapping[str, Sequence[ox.Quad]],
        removed: Iterable[ox.Quad] = (),
        added: Iterable[ox.Quad] = (),
    ) -> None:
        """Resolve documents anew from `quads_of` (else from what the store holds of them).

        The quads are those of the documents read by themselves. Quads of other graphs go and come
        in the same transaction. Raises StoreFault where writing fails.
        """
        out, extra = set(removed), list(added)
        content: dict[str, Quads] = {}
        for name in documents:
            content[name] = quads_of[name] if name in quads_of else self.local_quads(name)
            out |= held_back(self.ox, name)
            content[name], kept_apart = self.follower.withhold(name, content[name])
            gone, come = self.dispatches.changes(name, content[name])
            out |= gone
            extra += [*kept_apart, *come]
        self.keeper.change(
            content,
            lambda found: self._apply(found.removed | out, [*found.added, *extra]),
        )

    def _exchange(self, exchange: Exchange) -> None:
        self._apply(exchange.removed, exchange.added)

    def close(self) -> None:
        """Let go of the database, of its lock, and of the index."""
        if self._keeper is not None and self._ox is not None:
            self._ox.flush()
            self._keeper.close()
            self.follower.close()
            self.dispatches.close()
        self._keeper = None
        super().close()

    def load_curated(
        self, name: str, triples: Iterable[ox.Triple], version: str | None = None
    ) -> Outcome:
        """Make `rgraph:curated/<name>` hold these triples and nothing else, in one transaction.

        `version` names the state of the source (a hash of the lexicon's files): where the graph is
        of that version already, the triples, a generator, are not even made.
        """
        graph = curated_graph(name)
        stamp = ox.Quad(iri(graph), SOURCE_HASH, ox.Literal(version or ""), iri(graph))
        if version and stamp in self.ox:
            return Outcome.UNCHANGED
        content = in_graph(graph, triples)
        outcome = self._put(graph, [stamp, *content] if version else content)
        if outcome is not Outcome.UNCHANGED and name in _NAMING:
            self._rename_holders()
        return outcome

    def flush(self) -> None:
        """Have everything written reach the disk."""
        self.ox.flush()

    def backup(self, target: Path | str) -> None:
        """Copy the store to a new directory, with hard links where it can."""
        try:
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            self.ox.backup(str(target))
            self.follower.ledger.copy(Path(target))
        except (OSError, RuntimeError) as error:
            raise StoreFault(f"the store can't be copied to {target}: {error}") from error

    def compact(self) -> None:
        """Rebuild the database in one pass beside itself and swap: a quarter of the disk space.

        Everything that was got from `.ox` or `rdflib_dataset()` before must have been let go.
        """
        fresh, old = _beside(self.path, "fresh"), _beside(self.path, "old")
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
        rebuilt = ox.Store(str(fresh))
        rebuilt.bulk_extend(iter(self.ox))
        rebuilt.flush()
        rebuilt.optimize()
        del rebuilt
        self.close()
        shutil.copy2(self.path / INDEX_FILE, fresh / INDEX_FILE)
        self.path.rename(old)
        fresh.rename(self.path)
        shutil.rmtree(old, ignore_errors=True)
        again = type(self).open(self.path)
        self._ox, self._keeper = again._ox, again._keeper
        self.dispatches, self.follower = again.dispatches, Follower(self)
        again.follower.close()

    def _put(self, graph: str, content: list[ox.Quad], beside: Iterable[ox.Quad] = ()) -> Outcome:
        marks = [quad for quad in content if quad.predicate in (GRAPH_HASH, SOURCE_HASH)]
        missing = [quad for quad in beside if quad not in self.ox]
        if all(mark in self.ox for mark in marks):
            self._apply(set(), missing)
            return Outcome.UNCHANGED
        before = set(self.ox.quads_for_pattern(None, None, None, iri(graph)))
        self._apply(before, [*content, *missing])
        return Outcome.REPLACED if before else Outcome.ADDED

    def _apply(self, before: set[ox.Quad], after: list[ox.Quad]) -> None:
        """Turn the quads `before` into `after`, in one transaction."""
        removed = before.difference(after)
        added = [quad for quad in after if quad not in before]
        try:
            if removed:
                self.ox.update(f"DELETE DATA {_block(removed)} ; INSERT DATA {_block(added)}")
            elif added:
                self.ox.extend(added)
        except (OSError, RuntimeError) as error:
            raise StoreFault(f"the store at {self.path} can't be written: {error}") from error

    def _holder_change(
        self, graph: ox.NamedNode, keys: Iterable[str]
    ) -> tuple[set[ox.Quad], list[ox.Quad]]:
        """The quads of unnamed holders that go and come when a graph is to name just these."""
        named = {node(key) for key in keys}
        before = {q.subject for q in self.ox.quads_for_pattern(None, RDF_TYPE, _PERSON, graph)}
        lost = {one for one in before - named if _is_holder(one) and self._only_in(one, graph)}
        if not lost:
            return set(), [quad for quad in self._holders(keys) if quad not in self.ox]
        stated = set(self.ox.quads_for_pattern(None, None, None, _HOLDERS))
        rest = {quad.subject for quad in stated if _is_holder(quad.subject)} - lost | named
        after = self._holders(unquote(_value(one).removeprefix(ID)) for one in rest)
        return stated.difference(after), [quad for quad in after if quad not in stated]

    def _only_in(self, holder: Any, graph: ox.NamedNode) -> bool:
        """Whether no other document speaks of an unnamed holder."""
        found = self.ox.quads_for_pattern(holder, RDF_TYPE, None, None)
        return all(quad.graph_name in (graph, _HOLDERS) for quad in found)

    def _holders(self, keys: Iterable[str]) -> list[ox.Quad]:
        triples = dict.fromkeys(curated.holder_facts(keys, self._names))
        return [ox.Quad(t.subject, t.predicate, t.object, _HOLDERS) for t in triples]

    def _names(self, key: str) -> dict[str, str]:
        found = self.ox.quads_for_pattern(node(key), term("skos:prefLabel"), None, None)
        names = [quad.object for quad in found if isinstance(quad.object, ox.Literal)]
        return {name.language or "": name.value for name in names}

    def _rename_holders(self) -> None:
        """Label the unnamed holders anew from the names of states and bodies."""
        before = set(self.ox.quads_for_pattern(None, None, None, _HOLDERS))
        start = ID + "holder/"
        subjects = {_value(quad.subject) for quad in before}
        keys = [unquote(value.removeprefix(ID)) for value in subjects if value.startswith(start)]
        self._apply(before, self._holders(keys))


def _is_holder(subject: Any) -> bool:
    return isinstance(subject, ox.NamedNode) and subject.value.startswith(ID + "holder/")


def _hash(content: Quads) -> str | None:
    found = (quad.object for quad in content if quad.predicate == GRAPH_HASH)
    return next((_value(value) for value in found), None)


def _value(term: Any) -> str:
    return str(term.value)


def _block(quads: Iterable[ox.Quad]) -> str:
    """The quads in SPARQL's form; pyoxigraph itself writes the terms."""
    lines = (
        f"GRAPH {quad.graph_name} {{ {quad.subject} {quad.predicate} {quad.object} }}"
        for quad in quads
    )
    return "{\n" + "\n".join(lines) + "\n}"


def _beside(path: Path, name: str) -> Path:
    return path.with_name(f"{path.name}.{name}")


def _refuse_foreign(path: Path) -> None:
    """A directory of other things is no place for a database."""
    if path.is_file():
        raise StoreFault(f"{path} is a file: name a directory for the store")
    if path.is_dir() and any(path.iterdir()) and not (path / _DATABASE_MARK).exists():
        raise StoreFault(f"{path} holds other files: name a new or an empty directory")


def _finish_swap(path: Path) -> None:
    """Put back what a compaction that was cut short had moved away."""
    old = _beside(path, "old")
    if not path.exists() and (old / _DATABASE_MARK).is_file():
        old.rename(path)


def _why_closed(path: Path, error: Exception) -> str:
    if "lock" in str(error).lower():
        return (
            f"the store at {path} is in use by another process: wait until it has finished, "
            "stop it, or give another directory with --store"
        )
    return f"the store at {path} can't be opened: {error}"
