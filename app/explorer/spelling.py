"""Names as they sound, for whom types one as heard: looser than what tells two people apart.

`بلينكن` and `Blinken` are both `blnkn`, `بوريطة` and `Bourita` both `brt`. The sounds of letters
are those by which reports are resolved; here `h` and a first vowel, which some do not write, go.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kg.resolution import spelling

_ALIKE = str.maketrans({"x": "k", "h": None, "g": "j"})
NEAR = 40  # words tried for one that is misspelt


def skeleton(folded: str) -> str:
    """The consonants of a folded name, in one alphabet for all scripts; words stay apart."""
    return " ".join(filter(None, map(_word, folded.split(" "))))


@lru_cache(maxsize=1 << 18)
def _word(word: str) -> str:
    sounds = spelling.skeleton(word.removeprefix("ال"))
    bare = sounds.removeprefix("a").translate(_ALIKE)
    return bare or sounds


@dataclass(frozen=True, slots=True)
class Words:
    """All words of an index, found again when some of their letters are wrong."""

    words: tuple[str, ...]
    grams: dict[str, tuple[int, ...]] = field(repr=False)

    def near(self, typed: str) -> list[str]:
        """The words within one wrong letter of what is typed, or two in a long one; nearest first.

        What is typed may be the beginning of a word.
        """
        allowed = 1 if len(typed) < 7 else 2
        if len(typed) < 4:
            return []
        tally: dict[int, int] = defaultdict(int)
        for gram in set(_grams(typed)):
            for at in self.grams.get(gram, ()):
                tally[at] += 1
        best = sorted(tally, key=lambda at: (-tally[at], len(self.words[at])))[: 4 * NEAR]
        found = [(distance(typed, self.words[at], allowed), self.words[at]) for at in best]
        return [word for off, word in sorted(found) if off <= allowed][:NEAR]


def build_words(words: Iterable[str]) -> Words:
    """An index of words by their pairs of letters, whose first letter counts as one."""
    listed = tuple(sorted(set(words)))
    grams: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(listed):
        for gram in set(_grams(word)):
            grams[gram].append(at)
    return Words(listed, {gram: tuple(found) for gram, found in grams.items()})


def _grams(word: str) -> Sequence[str]:
    marked = f"^{word}"
    return [marked[i : i + 3] for i in range(len(marked) - 2)] or [marked]


def distance(typed: str, word: str, most: int) -> int:
    """Letters to change, add, drop or swap to make what is typed a beginning of the word.

    More than `most` is told as `most + 1`. Only letters beyond the typed length are free.
    """
    word = word[: len(typed) + most]
    before: list[int] = []
    row = list(range(len(word) + 1))
    for i, letter in enumerate(typed, 1):
        fresh = [i]
        for j, other in enumerate(word, 1):
            cost = min(row[j] + 1, fresh[j - 1] + 1, row[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == word[j - 2] and typed[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            fresh.append(cost)
        if min(fresh) > most:
            return most + 1
        before, row = row, fresh
    return min(min(row), most + 1)
