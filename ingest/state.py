"""What documents are read with: rules, lexicons, code; which changes of it can touch a document.

The ledger of a store keeps the state with which each document was last read. Files of lexicons are
kept as they were, so that a change of a line is known by its words; of rules and code, a digest.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path

from ingest import knowledge
from ingest.text import fold
from kg.ledger import Ledger
from kg.ledger import state as kept

CODE = "code"
_LANGUAGES = ("ar", "en", "fr")
_WORD = re.compile(r"[^\W\d_]{3,}")
_YAML_KEY = re.compile(r"^\s*-?\s*\{?\s*[\w-]+:")


@dataclass(frozen=True, slots=True)
class Reach:
    """What a change of rules and lexicons can touch.

    All documents of `languages`; those that cite one of `lines` of a lexicon file, those whose
    folded text has one of `words`, those that name one of `offices` (`foreign-minister-MA`).
    """

    languages: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()

    def __or__(self, other: Reach) -> Reach:
        return Reach(
            self.languages | other.languages,
            self.lines | other.lines,
            self.words | other.words,
            self.offices | other.offices,
        )


EVERYTHING = Reach(frozenset(_LANGUAGES))


def _base() -> Path:
    return knowledge.root().parent


@cache
def manifest() -> dict[str, str]:
    """The files of rules and lexicons with their digests, and one digest of all code."""
    base = _base()
    paths = (p for folder in ("lexicons", "rules") for p in (base / folder).rglob("*"))
    found = {p.relative_to(base).as_posix(): _digest(p.read_bytes()) for p in paths if p.is_file()}
    code = sorted(base.rglob("*.py"))
    found[CODE] = _digest(b"\x1e".join(path.read_bytes() for path in code))
    return dict(sorted(found.items()))


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:32]


@cache
def name() -> str:
    """The name of the present state."""
    return _digest(json.dumps(manifest()).encode())


def keep(ledger: Ledger) -> str:
    """Keep the present state in a ledger; its name."""
    if kept(ledger.store, name()) is None:
        for path, digest in manifest().items():
            if path.startswith("lexicons/"):
                ledger.keep_state(digest, zlib.compress((_base() / path).read_bytes()))
        ledger.keep_state(name(), zlib.compress(json.dumps(manifest()).encode()))
    return name()


def reach(store: Path, former: str | None) -> Reach:
    """What the changes since a former state, kept in the ledger of a store, can touch."""
    if former == name():
        return Reach()
    content = kept(store, former) if former else None
    if content is None:
        return EVERYTHING
    before: dict[str, str] = json.loads(zlib.decompress(content))
    now = manifest()
    found = Reach()
    for path in before.keys() | now.keys():
        if before.get(path) != now.get(path):
            found |= _of_file(store, path, before.get(path))
    return found


def _of_file(store: Path, path: str, former: str | None) -> Reach:
    if path == CODE:
        return EVERYTHING
    if lang := _language(path):
        return Reach(frozenset({lang}))
    if path.startswith("rules/") or "/words/" in path or "/dates/" in path:
        return EVERYTHING
    old = kept(store, former) if former else b""
    if old is None:
        return EVERYTHING
    file = _base() / path
    new = file.read_text(encoding="utf-8") if file.is_file() else ""
    return _of_lines(path, zlib.decompress(old).decode() if old else "", new)


def _language(path: str) -> str | None:
    """The language that a file of rules or words is of: `ar.yaml`, `words/ar/…`, `ar-call.yaml`."""
    parts = path.split("/")
    marks = [*parts[:-1], parts[-1].partition(".")[0], parts[-1].partition("-")[0]]
    return next((mark for mark in marks if mark in _LANGUAGES), None)


def _of_lines(path: str, old: str, new: str) -> Reach:
    """Lines that changed or moved, the words of those that differ, offices of their terms."""
    before, now = old.splitlines(), new.splitlines()
    common = set(before) & set(now)
    differing = [line for line in (*before, *now) if line not in common]
    pairs = enumerate(zip_longest(before, now), 1)
    lines = {f"{path}:{number}" for number, (one, other) in pairs if one != other}
    words = {word for line in differing for word in words_of(_YAML_KEY.sub("", line))}
    offices = {office for line in differing for office in _offices(path, line)}
    return Reach(frozenset(), frozenset(lines), frozenset(words), frozenset(offices))


def words_of(text: str) -> set[str]:
    """The words of three letters and more, folded."""
    return set(_WORD.findall(fold(text).casefold()))


def _offices(path: str, line: str) -> Iterator[str]:
    """The office of a row of an officials' table, whose second and third cells name it."""
    cells = line.split(",")
    if path.startswith("lexicons/officials/") and len(cells) > 3:
        yield "-".join(filter(None, cells[1:3]))


def touches(
    found: Reach, lang: str, text: str, cited: Iterable[str], offices: Iterable[str]
) -> bool:
    """Whether a change that reaches so far can touch a document.

    `cited`: the lexicon lines that its graph names; `offices`: the keys of its offices.
    """
    if lang in found.languages:
        return True
    if not found.lines.isdisjoint(cited):
        return True
    if any(key.startswith(start) for key in offices for start in found.offices):
        return True
    if not found.words:
        return False
    folded = fold(text).casefold()
    return any(word in folded for word in found.words)
