"""Search over all names in three scripts: as written, inside a word, by sound, and misspelt."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import islice

from pyoxigraph import Store

from app.explorer import tallies
from app.explorer.data import KINDS
from app.explorer.spelling import Words, build_words, skeleton
from kg.vocab import ID

_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك"}
    | {"ی": "ي", "ء": None, "ـ": None, "’": "'", "œ": "oe", "æ": "ae", "ß": "ss"}
)
_NO_WORD = re.compile(r"[^\w]+")
_ARTICLE = re.compile(r"\bال(?=\w{2})")
_LIMIT = 12
_ENOUGH = 4  # with fewer hits as written, those that only sound alike are added
_PREFIXED = 4_000  # keys of a prefix that are looked at
_INSIDE = 200_000  # keys in which a part of a word is sought


def fold(name: str) -> str:
    """A name without case, accents, diacritics, tatweel, hamza and taa marbuta differences."""
    text = unicodedata.normalize("NFKC", name).casefold().translate(_LETTERS)
    plain = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _NO_WORD.sub(" ", "".join(plain).translate(_LETTERS)).strip()


def _keys(whole: str) -> Iterable[str]:
    """The folded name from each of its words on, with and without the Arabic article."""
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
class Keys:
    """Sorted keys with the number of the name that each is of."""

    keys: tuple[str, ...]
    names: tuple[int, ...]

    def prefixed(self, wanted: str) -> list[int]:
        """The names with a key that begins so."""
        start = bisect_left(self.keys, wanted)
        found = []
        for at in range(start, min(len(self.keys), start + _PREFIXED)):
            if not self.keys[at].startswith(wanted):
                break
            found.append(self.names[at])
        return found

    def holding(self, wanted: str, most: int = 400) -> list[int]:
        """The names with a key that has this inside."""
        within = (
            n for key, n in zip(self.keys[:_INSIDE], self.names, strict=False) if wanted in key
        )
        return list(islice(within, most))


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Names by spelling, by sound and by word."""

    names: tuple[Hit, ...]
    folded: tuple[str, ...]  # parallel to names
    written: Keys
    sounds: Keys
    words: Words
    weights: dict[str, int]  # node → how often documents name it

    def suggest(self, query: str, limit: int = _LIMIT) -> list[Hit]:
        """The best nodes for what is typed, each once.

        Prefixes of words come first, then parts of words, then words one or two letters away,
        then names that sound alike in another script.
        """
        wanted = fold(query)
        if not wanted:
            return []
        found: dict[str, Hit] = {}
        for search in (self._prefixed, self._inside, self._misspelt, self._sounding):
            if len(found) >= (_ENOUGH if search in (self._misspelt, self._sounding) else limit):
                break
            heard = search in (self._misspelt, self._sounding)
            for hit in self._ranked(search(wanted), wanted, skeleton(wanted) if heard else ""):
                found.setdefault(hit.node, hit)
        return list(islice(found.values(), limit))

    def _prefixed(self, wanted: str) -> list[int]:
        return self.written.prefixed(wanted)

    def _inside(self, wanted: str) -> list[int]:
        """A part of a word, or all words in any order."""
        words = wanted.split(" ")
        if len(words) == 1:
            return self.written.holding(wanted)
        found = [set(self.written.prefixed(word)) for word in words]
        return sorted(set.intersection(*found)) or self.written.holding(wanted)

    def _misspelt(self, wanted: str) -> list[int]:
        """Each word may be off by a letter or two."""
        sets = []
        for word in wanted.split(" "):
            near = self.written.prefixed(word)
            for other in self.words.near(word):
                near += self.written.prefixed(other)
            sets.append(set(near))
        return sorted(set.intersection(*sets))

    def _sounding(self, wanted: str) -> list[int]:
        sound = skeleton(wanted)
        if len(sound) < 2:
            return []
        words = [set(self.sounds.prefixed(word)) for word in sound.split(" ")]
        alike = set.intersection(*words)
        return [n for n in sorted(alike) if len(sound) >= 3 or sound in _sounds(self.folded[n])]

    def _ranked(self, names: Iterable[int], wanted: str, sound: str) -> list[Hit]:
        """Whole names first, then by documents, countries before others, short before long."""

        def rank(n: int) -> tuple[bool, bool, int, bool, bool, int, str]:
            node, key = self.names[n].node, self.folded[n]
            return (
                key != wanted,
                bool(sound) and sound not in _sounds(key),
                -self.weights.get(node, 0),
                not node.startswith(ID + "country/"),
                not key.startswith(wanted),
                len(key),
                node,
            )

        return [self.names[n] for n in sorted(set(names), key=rank)]


@cache
def _sounds(folded: str) -> frozenset[str]:
    """The sounds of each word of a name, and of all of it."""
    whole = skeleton(folded)
    return frozenset((whole, *whole.split(" ")))


def build_index(store: Store) -> NameIndex:
    """The index of every entity's and office's names; read once a store state."""
    nodes = tallies.entities(store, KINDS)
    hits: dict[Hit, None] = {}
    weights: dict[str, int] = {}
    for predicate in ("skos:prefLabel", "rdfs:label", "skos:altLabel"):
        for node, name, count in tallies.names(store, predicate):
            if node not in nodes:
                continue
            if predicate == "rdfs:label":  # documents say it; the lexicons prefer names
                weights[node] = weights.get(node, 0) + count
            hits[Hit(node, name)] = None
    return _indexed(list(hits), weights)


def _indexed(hits: list[Hit], weights: dict[str, int]) -> NameIndex:
    known: dict[str, str] = {}
    for hit in hits:
        if hit.name not in known:
            known[hit.name] = fold(hit.name)
    folded = tuple(known[hit.name] for hit in hits)
    written = sorted({(key, n) for n, whole in enumerate(folded) for key in _keys(whole)})
    sounds = sorted(
        {(key, n) for n, whole in enumerate(folded) for key in _keys(skeleton(whole)) if key}
    )
    return NameIndex(
        tuple(hits),
        folded,
        Keys(tuple(key for key, _n in written), tuple(n for _key, n in written)),
        Keys(tuple(key for key, _n in sounds), tuple(n for _key, n in sounds)),
        build_words(word for whole in folded for word in whole.split(" ") if len(word) > 2),
        weights,
    )
