"""What is remembered between documents: accounts, their blocks, and which reports have them.

A SQLite file in the store's directory. It holds nothing that the graphs of the documents do not
say: `Store` fills it again where it is missing or behind. It is no graph of the store, because the
merged view shows every graph there is.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Generic

from kg.resolution.account import A, number
from kg.resolution.features import EventReport, Party
from kg.resolution.happenings import Happening
from kg.resolution.people import Name

FILE = "resolution.sqlite"
VERSION = 3
PEOPLE, EVENTS = 0, 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS account (
  id INTEGER PRIMARY KEY, kind INTEGER, data TEXT, blocks BLOB, canonical TEXT) STRICT;
CREATE INDEX IF NOT EXISTS account_canonical ON account (canonical);
CREATE TABLE IF NOT EXISTS block (
  key INTEGER, account INTEGER, PRIMARY KEY (key, account)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS report (
  document TEXT, kind INTEGER, local TEXT, account INTEGER,
  PRIMARY KEY (document, kind, local)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS report_account ON report (account, document);
CREATE INDEX IF NOT EXISTS report_local ON report (kind, local, document);
CREATE TABLE IF NOT EXISTS unfinished (since TEXT) STRICT;
CREATE TABLE IF NOT EXISTS document (
  name TEXT PRIMARY KEY, hash TEXT, original BLOB) STRICT, WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Entry(Generic[A]):
    """A report's place in the index: the key in its document, and its account."""

    local: str
    account: A


class Index:
    """The file; one writer, whose changes count once `commit` is called."""

    def __init__(self, folder: Path) -> None:
        # A store that is no directory lives in memory, and so does its index.
        name = str(folder / FILE) if folder.is_dir() else ":memory:"
        self._file = sqlite3.connect(name, isolation_level=None, check_same_thread=False)
        self._file.execute("PRAGMA journal_mode = WAL")
        self._file.execute("PRAGMA synchronous = NORMAL")
        self._file.execute("PRAGMA cache_size = -16384")
        self._file.execute("PRAGMA mmap_size = 1073741824")
        self._known: dict[int, Name | Happening] = {}
        if self._file.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            self.clear()
        self.is_open = False
        self._is_noted = False

    def clear(self) -> None:
        """Forget everything."""
        for table in ("account", "block", "report", "document", "unfinished"):
            self._file.execute(f"DROP TABLE IF EXISTS {table}")
        self._file.executescript(_SCHEMA)
        self._file.execute(f"PRAGMA user_version = {VERSION}")

    @property
    def is_unfinished(self) -> bool:
        """Whether the last writer did not close the store: the graph may be ahead, or behind."""
        return self._file.execute("SELECT 1 FROM unfinished").fetchone() is not None

    @property
    def is_filled(self) -> bool:
        """Whether any document is known."""
        return self._file.execute("SELECT 1 FROM document LIMIT 1").fetchone() is not None

    def start(self) -> None:
        """Note that a writer is at work; `close` takes the note back."""
        if not self._is_noted:
            self._file.execute("INSERT INTO unfinished VALUES (datetime('now'))")
            self._is_noted = True

    def begin(self) -> None:
        """Start a change."""
        self.start()
        self._file.execute("BEGIN IMMEDIATE")
        self.is_open = True

    def commit(self) -> None:
        """Make the change last."""
        self._file.execute("COMMIT")
        self.is_open = False

    def rollback(self) -> None:
        """Undo what was done since `begin`."""
        if self.is_open:
            self._file.execute("ROLLBACK")
            self._known.clear()
            self.is_open = False

    def close(self) -> None:
        """Let go of the file, all of it being in the graph too."""
        if self._is_noted:
            self._file.execute("DELETE FROM unfinished")
        self._file.close()

    # ------------------------------------------------------------ documents
    def hashes(self) -> dict[str, str]:
        """The documents with the hash of the graph that the index knows."""
        return dict(self._file.execute("SELECT name, hash FROM document"))

    def note(self, document: str, checksum: str | None, original: bytes | None) -> None:
        """Keep a document's hash, and its quads where renaming can't be turned back."""
        if checksum is None:
            self._file.execute("DELETE FROM document WHERE name = ?", (document,))
        else:
            row = (document, checksum, original)
            self._file.execute("INSERT OR REPLACE INTO document VALUES (?, ?, ?)", row)

    def original(self, document: str) -> bytes | None:
        """The quads that were kept of a document."""
        row = self._file.execute("SELECT original FROM document WHERE name = ?", (document,))
        found = row.fetchone()
        return found[0] if found else None

    # ------------------------------------------------------------ reports
    def names(self, document: str) -> dict[str, str]:
        """What the document calls its persons and events → what the graph calls them."""
        rows = self._file.execute(
            "SELECT local, canonical FROM report JOIN account ON id = account WHERE document = ?",
            (document,),
        )
        return dict(rows)

    def entries(self, document: str, kind: int) -> dict[str, int]:
        """The reports of a document with their accounts."""
        query = "SELECT local, account FROM report WHERE document = ? AND kind = ?"
        return dict(self._file.execute(query, (document, kind)))

    def put(
        self,
        document: str,
        kind: int,
        entries: Iterable[Entry[A]],
        blocks: Callable[[A], Iterable[str]],
    ) -> set[int]:
        """Make these the document's reports of a kind; the accounts that are new by it."""
        self._file.execute("DELETE FROM report WHERE document = ? AND kind = ?", (document, kind))
        fresh = set()
        for entry in entries:
            row = (document, kind, entry.local, entry.account.id)
            self._file.execute("INSERT OR REPLACE INTO report VALUES (?, ?, ?, ?)", row)
            if not self._has(entry.account.id):
                fresh.add(entry.account.id)
                self._add(kind, entry.account, {number(key) for key in blocks(entry.account)})
        return fresh

    def _add(self, kind: int, account: A, keys: set[int]) -> None:
        packed = array("q", sorted(keys)).tobytes()
        row = (account.id, kind, _encode(account), packed)
        self._file.execute("INSERT INTO account VALUES (?, ?, ?, ?, NULL)", row)
        rows = [(key, account.id) for key in keys]
        self._file.executemany("INSERT OR IGNORE INTO block VALUES (?, ?)", rows)

    def _has(self, id: int) -> bool:
        found = self._file.execute("SELECT 1 FROM account WHERE id = ?", (id,)).fetchone()
        return found is not None

    def only_of(self, ids: Iterable[int], documents: Iterable[str]) -> set[int]:
        """Those of the accounts that only reports of these documents have."""
        given = set(documents)
        query = "SELECT document FROM report WHERE account = ? LIMIT ?"
        found = set()
        for id in ids:
            rows = self._file.execute(query, (id, len(given) + 1)).fetchall()
            if {row[0] for row in rows} <= given:
                found.add(id)
        return found

    def drop(self, ids: Iterable[int]) -> None:
        """Forget accounts."""
        for id in ids:
            rows = [(key, id) for key in self._blocks(id)]
            self._file.executemany("DELETE FROM block WHERE key = ? AND account = ?", rows)
            self._file.execute("DELETE FROM account WHERE id = ?", (id,))
            self._known.pop(id, None)

    def _blocks(self, id: int) -> array[int]:
        """The blocks of an account."""
        query = "SELECT blocks FROM account WHERE id = ?"
        found = self._file.execute(query, (id,)).fetchone()
        return array("q", found[0] if found else b"")

    # ------------------------------------------------------------ accounts
    def account(self, id: int) -> Name | Happening:
        """An account by its number."""
        if id not in self._known:
            query = "SELECT kind, data FROM account WHERE id = ?"
            kind, data = self._file.execute(query, (id,)).fetchone()
            if len(self._known) > 50_000:
                self._known.clear()
            self._known[id] = _decode(id, kind, data)
        return self._known[id]

    def near(self, ids: frozenset[int]) -> frozenset[int]:
        """The accounts that share a block with one of these, themselves left out."""
        query = "SELECT account FROM block WHERE key = ?"
        keys = set[int]().union(*map(self._blocks, ids))
        found = {row[0] for key in keys for row in self._file.execute(query, (key,))}
        return frozenset(found - ids)

    def together(self, one: int, other: int) -> bool:
        """Whether some document has both accounts."""
        query = (
            "SELECT 1 FROM report a JOIN report b ON a.document = b.document "
            "WHERE a.account = ? AND b.account = ? LIMIT 1"
        )
        return self._file.execute(query, (one, other)).fetchone() is not None

    def in_block(self, key: str) -> list[int]:
        """The accounts of a block."""
        rows = self._file.execute("SELECT account FROM block WHERE key = ?", (number(key),))
        return sorted(row[0] for row in rows)

    def of_local(self, kind: int, local: str) -> set[int]:
        """The accounts whose reports go by this key in their documents."""
        query = "SELECT DISTINCT account FROM report WHERE kind = ? AND local = ?"
        return {row[0] for row in self._file.execute(query, (kind, local))}

    def owner(self, kind: int, local: str) -> tuple[str, int] | None:
        """The first document, by name, that has this key, and the account it has there."""
        query = (
            "SELECT document, account FROM report WHERE kind = ? AND local = ? "
            "ORDER BY document LIMIT 1"
        )
        found: tuple[str, int] | None = self._file.execute(query, (kind, local)).fetchone()
        return found

    def canonical(self, id: int) -> str | None:
        """What the graph calls the node of an account."""
        query = "SELECT canonical FROM account WHERE id = ?"
        found = self._file.execute(query, (id,)).fetchone()
        return found[0] if found else None

    def rename(self, id: int, canonical: str) -> None:
        """Give the node of an account another key."""
        self._file.execute("UPDATE account SET canonical = ? WHERE id = ?", (canonical, id))

    def documents(self, id: int) -> set[str]:
        """The documents that have an account."""
        query = "SELECT DISTINCT document FROM report WHERE account = ?"
        return {row[0] for row in self._file.execute(query, (id,))}

    def events(self) -> list[str]:
        """The keys of all events."""
        query = "SELECT DISTINCT canonical FROM account WHERE kind = ? ORDER BY canonical"
        return [row[0] for row in self._file.execute(query, (EVENTS,))]

    def called(self, canonical: str) -> list[int]:
        """The accounts whose node the graph calls so."""
        rows = self._file.execute("SELECT id FROM account WHERE canonical = ?", (canonical,))
        return sorted(row[0] for row in rows)


def _encode(account: Name | Happening | object) -> str:
    assert isinstance(account, Name | Happening)
    if isinstance(account, Name):
        fields = [account.tier, account.local, account.names, account.states, account.offices]
    else:
        fields = [account.tier, account.local, account.core, astuple(account.report)]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def _decode(id: int, kind: int, data: str) -> Name | Happening:
    fields = json.loads(data)
    if kind == PEOPLE:
        tier, local, names, states, offices = fields
        return Name(id, tier, local, tuple(map(tuple, names)), tuple(states), tuple(offices))
    tier, local, core, report = fields
    report[2] = tuple(Party(key, *map(tuple, rest)) for key, *rest in report[2])
    report[9] = tuple(report[9])
    return Happening(id, tier, local, core, EventReport(*report))
