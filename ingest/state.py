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

from ingest import knowledge, touching
from ingest.text import fold
from ingest.touching import Needs, Phrase
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
    folded text has one of `words`, those that name one of `offices` (`foreign-minister-MA`); those
    of a language whose text has one of `phrases`, or all that one of `needs` asks for.
    """

    languages: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    phrases: frozenset[tuple[str, Phrase]] = frozenset()
    needs: frozenset[tuple[str, Needs]] = frozenset()

    def __or__(self, other: Reach) -> Reach:
        return Reach(
            self.languages | other.languages,
            self.lines | other.lines,
            self.words | other.words,
            self.offices | other.offices,
            self.phrases | other.phrases,
            self.needs | other.needs,
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
            if path != CODE:
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
        return _of_language(store, path, former, lang) or Reach(frozenset({lang}))
    if path.startswith("rules/") or "/words/" in path or "/dates/" in path:
        return EVERYTHING
    versions = _versions(store, path, former)
    return EVERYTHING if versions is None else _of_lines(path, *versions)


def _versions(store: Path, path: str, former: str | None) -> tuple[str, str] | None:
    """A file as it was and as it is, empty where it was not or is not; None: that was not kept."""
    old = kept(store, former) if former else b""
    if old is None:
        return None
    file = _base() / path
    new = file.read_text(encoding="utf-8") if file.is_file() else ""
    return zlib.decompress(old).decode() if old else "", new


def _of_language(store: Path, path: str, former: str | None, lang: str) -> Reach | None:
    """What a changed rule or file of word lists can touch; None: all of its language."""
    versions = _versions(store, path, former)
    if versions is None:
        return None
    if path.startswith("rules/") and not path.startswith("rules/macros/"):
        return _of_rule(lang, [each for each in versions if each])
    if "/words/" in path and path.endswith(".yaml"):
        found = touching.of_lists(*versions)
        if found is not None:
            moved = _of_lines(path, *versions).lines
            return Reach(lines=moved, phrases=frozenset((lang, each) for each in found))
    return None


def _of_rule(lang: str, versions: list[str]) -> Reach | None:
    """Where a rule could fire as it was or as it is, or a phrase that it quotes comes or goes."""
    ways = [touching.of_rule(lang, each) for each in versions]
    if any(each is None for each in ways):
        return None
    quoted = [touching.quoted(lang, each) for each in versions]
    apart = quoted[0] ^ quoted[1] if len(quoted) > 1 else quoted[0]
    needs = {(lang, way) for each in ways if each for way in each}
    return Reach(phrases=frozenset((lang, each) for each in apart), needs=frozenset(needs))


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
    if not (found.words or found.phrases or found.needs):
        return False
    folded = touching.folded(text)
    return (
        any(word in folded for word in found.words)
        or any(lang == of and touching.holds(folded, one) for of, one in found.phrases)
        or any(lang == of and touching.meets(folded, needs) for of, needs in found.needs)
    )
