"""Documents that reprint one dispatch: near-duplicate texts, found as they come in.

A text is sketched by the least hashes of its runs of three words (MinHash). Sketches are cut into
bands; texts that share a band are compared, word by word, and no others: a document costs what it
costs, however many there are. Documents joined by a chain of near-duplicates are one dispatch,
named after the first of their identifiers, so that the order of arrival makes no difference.

The sketches stand in a file beside the graph. It may know of documents that the graph lacks, never
the other way round: comparing goes by the texts in the graph.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np
import pyoxigraph as ox

from kg.terms import RDF_TYPE, iri, node, rwb, term
from kg.vocab import GRAPH, digest, document_graph, document_key

FILE = "dispatches.sqlite"
DISPATCHES = GRAPH + "dispatches"
ALIKE = 0.7  # share of common runs of words, of all runs of either text
BANDS, ROWS = 10, 4  # texts that share 0.7 of their runs share a band in 94 of 100 cases
_LIKELY = 0.5  # estimated from the sketches; below it, the words are not even compared
_SHORTEST = 12  # words; headlines and one-line notices say the same by chance
_WORD = re.compile(r"\w+")
_GRAPH = iri(DISPATCHES)
_SCHEMA = """
CREATE TABLE IF NOT EXISTS sketch (
  id INTEGER PRIMARY KEY, document TEXT UNIQUE NOT NULL, least BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS band (
  key INTEGER NOT NULL, sketch INTEGER NOT NULL, PRIMARY KEY (key, sketch)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS band_sketch ON band (sketch);
"""


def dispatch_of(store: ox.Store, document: str) -> str | None:
    """The dispatch (IRI) that a document (IRI) reprints; None where it stands alone."""
    found = next(store.quads_for_pattern(iri(document), rwb("dispatch"), None, _GRAPH), None)
    return found.object.value if found and isinstance(found.object, ox.NamedNode) else None


def runs(text: str) -> frozenset[int]:
    """The hashes of all runs of three words, whatever case and vowel signs; empty if too short."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    words = _WORD.findall("".join(char for char in plain if not unicodedata.combining(char)))
    if len(words) < _SHORTEST:
        return frozenset()
    return frozenset(crc32(" ".join(words[at : at + 3]).encode()) for at in range(len(words) - 2))


def share(one: frozenset[int], other: frozenset[int]) -> float:
    """What part of all their runs two texts have in common."""
    return len(one & other) / len(one | other) if one and other else 0.0


@cache
def _mixers() -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(20190512)
    size = BANDS * ROWS
    odd = generator.integers(1, 2**63, size=size, dtype=np.uint64) | np.uint64(1)
    return odd, generator.integers(0, 2**63, size=size, dtype=np.uint64)


def sketch(found: frozenset[int]) -> np.ndarray:
    """The least of the runs' hashes under each of the mixings (uint32)."""
    factors, terms = _mixers()
    hashes = np.fromiter(found, dtype=np.uint64, count=len(found))
    mixed = (hashes[None, :] * factors[:, None] + terms[:, None]) >> np.uint64(32)
    least: np.ndarray = mixed.min(axis=1).astype(np.uint32)
    return least


def _bands(least: np.ndarray) -> list[int]:
    parts = least.reshape(BANDS, ROWS)
    return [
        int(digest(str(place), part.tobytes().hex())[:15], 16) for place, part in enumerate(parts)
    ]


class Dispatches:
    """The sketches of a store's documents, and what follows from them for the graph."""

    def __init__(self, folder: Path, store: ox.Store) -> None:
        self._ox = store
        self._file = sqlite3.connect(folder / FILE, timeout=30, check_same_thread=False)
        self._file.execute("PRAGMA journal_mode = WAL")
        self._file.execute("PRAGMA synchronous = NORMAL")
        self._file.execute("PRAGMA mmap_size = 1073741824")
        self._file.executescript(_SCHEMA)

    def close(self) -> None:
        """Let go of the store and of the file."""
        self._file.close()
        del self._ox

    def catch_up(self) -> None:
        """Sketch the texts of the graph where the file is missing."""
        if self._file.execute("SELECT 1 FROM sketch LIMIT 1").fetchone():
            return
        with self._file:
            for quad in self._ox.quads_for_pattern(None, rwb("text"), None, None):
                assert isinstance(quad.graph_name, ox.NamedNode)
                name = _identifier(self._ox, quad.graph_name)
                if name is not None and isinstance(quad.object, ox.Literal):
                    self._learn(name, runs(quad.object.value))

    def changes(
        self, document: str, quads: Iterable[ox.Quad] | None
    ) -> tuple[set[ox.Quad], list[ox.Quad]]:
        """What of the graph of dispatches goes and comes when a document does (None: it goes)."""
        text = next((_text(q) for q in quads or () if q.predicate == rwb("text")), "")
        if text and text == self._text(document):
            return set(), []
        own = runs(text)
        with self._file:
            self._learn(document, own)
        former = self._group(document)
        others = former - {document}
        groups = [{document}, *self._split(others)] if others else [{document}]
        near = self._near(document, own, others)
        joined = [self._group(name) for name in near if name not in others]
        linked = [group for group in groups if group & near or document in group]
        apart = [group for group in groups if group not in linked]
        whole = set[str]().union(*linked, *joined)
        if quads is None:
            whole, apart = set(), [*self._split(others)]
        touched = former | whole
        removed = {quad for name in touched for quad in self._stated(name)}
        added = [quad for group in [whole, *apart] for quad in _quads(group)]
        return removed, added

    def _learn(self, document: str, found: frozenset[int]) -> None:
        old = self._file.execute("SELECT id FROM sketch WHERE document = ?", (document,)).fetchone()
        if old:
            self._file.execute("DELETE FROM band WHERE sketch = ?", old)
            self._file.execute("DELETE FROM sketch WHERE id = ?", old)
        if found:
            least = sketch(found)
            row = self._file.execute(
                "INSERT INTO sketch (document, least) VALUES (?, ?)", (document, least.tobytes())
            )
            keys = [(key, row.lastrowid) for key in _bands(least)]
            self._file.executemany("INSERT OR IGNORE INTO band VALUES (?, ?)", keys)

    def _near(self, document: str, own: frozenset[int], apart: set[str]) -> set[str]:
        """The documents whose texts are alike; of those already together, one is enough.

        Those `apart` were together because of this document: each counts for itself.
        """
        if not own:
            return set()
        least = sketch(own)
        found: set[str] = set()
        known: set[str] = set()
        for name, blob in self._candidates(document, least):
            likely = float(np.mean(np.frombuffer(blob, dtype=np.uint32) == least))
            if name in known or likely < _LIKELY:
                continue
            if share(own, runs(self._text(name))) >= ALIKE:
                found.add(name)
                known |= self._group(name) - apart
        return found

    def _candidates(self, document: str, least: np.ndarray) -> list[tuple[str, bytes]]:
        keys = _bands(least)
        marks = ",".join("?" * len(keys))
        query = (
            "SELECT DISTINCT document, least FROM band JOIN sketch ON sketch = id "
            f"WHERE key IN ({marks}) AND document != ? ORDER BY document"
        )
        return list(self._file.execute(query, (*keys, document)))

    def _split(self, names: Iterable[str]) -> list[set[str]]:
        """What hangs together among these documents."""
        left, groups = set(names), []
        while left:
            group, open_ = set(), {min(left)}
            while open_:
                name = open_.pop()
                group.add(name)
                near = {each for each, _ in self._alike(name, left - group)}
                open_ |= near - group
            groups.append(group)
            left -= group
        return groups

    def _alike(self, name: str, among: set[str]) -> list[tuple[str, bytes]]:
        own = runs(self._text(name))
        if not own:
            return []
        near = [each for each in self._candidates(name, sketch(own)) if each[0] in among]
        return [each for each in near if share(own, runs(self._text(each[0]))) >= ALIKE]

    def _group(self, document: str) -> set[str]:
        """The documents of one dispatch with this one, itself among them."""
        dispatch = dispatch_of(self._ox, node(document_key(document)).value)
        if dispatch is None:
            return {document}
        found = self._ox.quads_for_pattern(None, rwb("dispatch"), iri(dispatch), _GRAPH)
        graphs = [quad.subject for quad in found]
        names = {_named(self._ox, each) for each in graphs if isinstance(each, ox.NamedNode)}
        return {document} | {name for name in names if name}

    def _stated(self, document: str) -> list[ox.Quad]:
        """What the graph says of a document's dispatch, and of the dispatch."""
        found = self._ox.quads_for_pattern(
            node(document_key(document)), rwb("dispatch"), None, _GRAPH
        )
        said = list(found)
        kinds = [
            ox.Quad(quad.object, RDF_TYPE, rwb("Dispatch"), _GRAPH)
            for quad in said
            if isinstance(quad.object, ox.NamedNode)
        ]
        return [*said, *kinds]

    def _text(self, document: str) -> str:
        graph = iri(document_graph(document))
        quads = self._ox.quads_for_pattern(None, rwb("text"), None, graph)
        return next((_text(quad) for quad in quads), "")


def _quads(group: set[str]) -> list[ox.Quad]:
    if len(group) < 2:
        return []
    dispatch = node(f"dispatch/{digest(min(group))}")
    facts = [
        ox.Quad(node(document_key(name)), rwb("dispatch"), dispatch, _GRAPH)
        for name in sorted(group)
    ]
    return [ox.Quad(dispatch, RDF_TYPE, rwb("Dispatch"), _GRAPH), *facts]


def _text(quad: ox.Quad) -> str:
    return quad.object.value if isinstance(quad.object, ox.Literal) else ""


def _identifier(store: ox.Store, graph: ox.NamedNode) -> str | None:
    found = next(store.quads_for_pattern(None, term("dcterms:identifier"), None, graph), None)
    return _text(found) if found else None


def _named(store: ox.Store, document: ox.NamedNode) -> str | None:
    found = next(store.quads_for_pattern(document, term("dcterms:identifier"), None, None), None)
    return _text(found) if found else None
