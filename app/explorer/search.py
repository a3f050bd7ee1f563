"""Search over all names in three scripts: letters folded, prefix first, then inside a word."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Store

from app.explorer import tallies
from app.explorer.data import KINDS
from kg.vocab import ID

_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك"}
    | {"ی": "ي", "ء": None, "ـ": None, "’": "'", "œ": "oe", "æ": "ae", "ß": "ss"}
)
_NO_WORD = re.compile(r"[^\w]+")
_ARTICLE = re.compile(r"\bال(?=\w{2})")


def fold(name: str) -> str:
    """A name without case, accents, diacritics, tatweel, hamza and taa marbuta differences."""
    text = unicodedata.normalize("NFKC", name).casefold().translate(_LETTERS)
    plain = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _NO_WORD.sub(" ", "".join(plain).translate(_LETTERS)).strip()


def _keys(name: str) -> Iterable[str]:
    """The folded name from each of its words on, with and without the Arabic article."""
    whole = fold(name)
    words = whole.split(" ")
    for start in range(min(len(words), 6)):
        yield " ".join(words[start:])
    bare = _ARTICLE.sub("", whole)
    if bare != whole:
        yield bare


@dataclass(frozen=True, slots=True)
class Hit:
    """A suggestion: the node and the name that matched."""

    node: str
    name: str


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Sorted keys for prefixes, and one text of all names for what stands inside a word."""

    keys: tuple[str, ...]
    hits: tuple[Hit, ...]  # parallel to keys
    weights: dict[str, int]  # node → how often documents name it

    def suggest(self, query: str, limit: int = 12) -> list[Hit]:
        """The best nodes for what is typed, each once: prefixes of words, then substrings."""
        wanted = fold(query)
        if not wanted:
            return []
        found = self._ranked(self._prefixed(wanted), wanted)
        if len(found) < limit:
            inside = (i for i, key in enumerate(self.keys) if wanted in key)
            found |= {
                h.node: h for h in self._ranked(inside, wanted).values() if h.node not in found
            }
        return list(found.values())[:limit]

    def _prefixed(self, wanted: str) -> Iterable[int]:
        start = bisect_left(self.keys, wanted)
        for position in range(start, min(len(self.keys), start + 5_000)):
            if not self.keys[position].startswith(wanted):
                return
            yield position

    def _ranked(self, positions: Iterable[int], wanted: str) -> dict[str, Hit]:
        """Whole names first, then by documents, countries before others, short before long."""
        order = sorted(
            positions,
            key=lambda i: (
                self.keys[i] != wanted,
                -self.weights.get(self.hits[i].node, 0),
                not self.hits[i].node.startswith(ID + "country/"),
                not fold(self.hits[i].name).startswith(wanted),
                len(self.keys[i]),
                self.hits[i].node,
            ),
        )
        best: dict[str, Hit] = {}
        for position in order:
            best.setdefault(self.hits[position].node, self.hits[position])
        return best


def build_index(store: Store) -> NameIndex:
    """The index of every entity's and office's names; read once a store state."""
    nodes = tallies.entities(store, KINDS)
    rows: set[tuple[str, str, str]] = set()
    weights: dict[str, int] = {}
    keys = cache(lambda name: tuple(_keys(name)))
    for predicate in ("rdfs:label", "skos:prefLabel", "skos:altLabel"):
        for node, name, count in tallies.names(store, predicate):
            if node not in nodes:
                continue
            if predicate == "rdfs:label":  # documents say it; the lexicons prefer names
                weights[node] = weights.get(node, 0) + count
            rows |= {(key, node, name) for key in keys(name)}
    ordered = sorted(rows)
    return NameIndex(
        tuple(key for key, _node, _name in ordered),
        tuple(Hit(node, name) for _key, node, name in ordered),
        weights,
    )
