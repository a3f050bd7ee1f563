"""The book beside the store: when each document was read, what was refused, what people judged.

It is an SQLite file next to the store's directory, so that it outlives a store that is deleted and
rebuilt, and so that the reading clock stays out of the graph: exports of the same content are the
same bytes whenever they were read. Nothing in it is ever changed, only added. Days and times are
UTC, ISO 8601, to the second.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kg.errors import StoreFault

_SCHEMA = """
CREATE TABLE IF NOT EXISTS reading (
  number INTEGER PRIMARY KEY, document TEXT NOT NULL, at TEXT NOT NULL, outcome TEXT NOT NULL,
  hash TEXT);
CREATE INDEX IF NOT EXISTS reading_document ON reading (document, number);
CREATE TABLE IF NOT EXISTS refusal (
  number INTEGER PRIMARY KEY, path TEXT NOT NULL, line INTEGER NOT NULL, reason TEXT NOT NULL,
  at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS judgement (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, entry TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS undoing (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, who TEXT NOT NULL, why TEXT NOT NULL,
  at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS state (id TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stand (document TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;
"""
_NAME = ".ledger.sqlite"


@dataclass(frozen=True, slots=True)
class Read:
    """That a document was read: its identifier, when, what it did to the graph, the graph's hash.

    `outcome` is `added`, `replaced` or `removed`; a reading that changed nothing is not kept.
    """

    document: str
    at: str
    outcome: str
    hash: str | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that could not be read: where it stands, why, when that was tried."""

    path: str
    line: int
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class Undoing:
    """That a judgement was undone: by whom, why, when."""

    id: str
    who: str
    why: str
    at: str


def path(store: Path) -> Path:
    """The file of the ledger of the store in this directory."""
    return store.with_name(store.name + _NAME)


def now() -> str:
    """The present moment, as the ledger writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Ledger:
    """The ledger of one store, opened for adding."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self.path = path(store)
        try:
            self._base = sqlite3.connect(self.path, timeout=30, check_same_thread=False)
            # Nothing is lost when the process is killed; no waiting for the disk at every document.
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.execute("PRAGMA synchronous=NORMAL")
            self._base.executescript(_SCHEMA)
        except sqlite3.Error as error:
            raise StoreFault(f"the ledger {self.path} can't be opened: {error}") from error

    def read(self, document: str, outcome: str, hash: str | None = None) -> None:
        """Note that a document was read now."""
        row = (document, now(), outcome, hash)
        self._add("INSERT INTO reading (document, at, outcome, hash) VALUES (?,?,?,?)", row)

    def refused(self, path: str, line: int, reason: str) -> None:
        """Note that an input was refused now."""
        row = (path, line, reason, now())
        self._add("INSERT INTO refusal (path, line, reason, at) VALUES (?,?,?,?)", row)

    def keep_state(self, id: str, content: bytes) -> None:
        """Keep the state of rules and lexicons that documents are read with, once."""
        self._add("INSERT OR IGNORE INTO state (id, content) VALUES (?,?)", (id, content))

    def stands(self, document: str, state: str) -> None:
        """Note the state that a document's graph is of, whether reading it changed something."""
        self._add("INSERT OR REPLACE INTO stand (document, state) VALUES (?,?)", (document, state))

    def judged(self, id: str, entry: dict[str, Any]) -> None:
        """Note a judgement, a plain value; once for one identifier."""
        text = json.dumps(entry, ensure_ascii=False, sort_keys=True)
        self._add("INSERT OR IGNORE INTO judgement (id, entry) VALUES (?,?)", (id, text))

    def undone(self, undoing: Undoing) -> None:
        """Note that a judgement was undone."""
        row = (undoing.id, undoing.who, undoing.why, undoing.at)
        self._add("INSERT OR IGNORE INTO undoing (id, who, why, at) VALUES (?,?,?,?)", row)

    def copy(self, store: Path) -> None:
        """Make a copy the ledger of another store: of a backup."""
        target = path(store)
        target.unlink(missing_ok=True)
        try:
            with closing(sqlite3.connect(target)) as other:
                self._base.backup(other)
        except sqlite3.Error as error:
            raise StoreFault(f"the ledger can't be copied to {target}: {error}") from error

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def _add(self, statement: str, row: tuple[object, ...]) -> None:
        try:
            with self._base:
                self._base.execute(statement, row)
        except sqlite3.Error as error:
            raise StoreFault(f"the ledger {self.path} can't be written: {error}") from error


def _rows(store: Path, query: str, values: tuple[str, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The rows of a query on a store's ledger, opened for reading; none where there is none."""
    file = path(store)
    if not file.is_file():
        return
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as base:
            yield from base.execute(query, values).fetchall()
    except sqlite3.Error as error:
        raise StoreFault(f"the ledger {file} can't be read: {error}") from error


def readings(store: Path, document: str | None = None) -> tuple[Read, ...]:
    """When documents, or one, were read, in that order."""
    query = "SELECT document, at, outcome, hash FROM reading"
    if document is None:
        return tuple(Read(*row) for row in _rows(store, query + " ORDER BY number"))
    rows = _rows(store, query + " WHERE document = ? ORDER BY number", (document,))
    return tuple(Read(*row) for row in rows)


def read_by(store: Path, moment: str) -> dict[str, str | None]:
    """The documents that had been read by a day or moment (that day included): their hashes."""
    found: dict[str, str | None] = {}
    end = moment + "~"  # after every time of that day
    query = "SELECT document, outcome, hash FROM reading WHERE at < ? ORDER BY number"
    for document, outcome, digest in _rows(store, query, (end,)):
        if outcome == "removed":
            found.pop(document, None)
        else:
            found[document] = digest
    return found


def refusals(store: Path) -> tuple[Refusal, ...]:
    """What was refused, in that order."""
    query = "SELECT path, line, reason, at FROM refusal ORDER BY number"
    return tuple(Refusal(*row) for row in _rows(store, query))


def judgements(store: Path) -> tuple[dict[str, Any], ...]:
    """All judgements, undone ones too, in the order in which they were made."""
    rows = _rows(store, "SELECT entry FROM judgement ORDER BY number")
    return tuple(json.loads(row[0]) for row in rows)


def undoings(store: Path) -> dict[str, Undoing]:
    """What was undone, by the judgement's identifier."""
    rows = _rows(store, "SELECT id, who, why, at FROM undoing ORDER BY number")
    return {row[0]: Undoing(*row) for row in rows}


def stands(store: Path) -> dict[str, str]:
    """The state of rules and lexicons with which each document was last read."""
    return dict(_rows(store, "SELECT document, state FROM stand"))


def state(store: Path, id: str) -> bytes | None:
    """What was kept of a state."""
    row = next(_rows(store, "SELECT content FROM state WHERE id = ?", (id,)), None)
    return bytes(row[0]) if row else None
