"""Names as they sound: one skeleton of consonants for Arabic and Latin script, and near words.

`بلينكن` and `Blinken` have the skeleton `blnkn`, `بوريطة` and `Bourita` the skeleton `brt`: letters
that transcriptions confuse fall together, vowels and doubled letters fall away.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

_ARABIC = {
    "ب": "b",
    "پ": "b",
    "ت": "t",
    "ط": "t",
    "ة": "",
    "ث": "s",
    "ج": "j",
    "چ": "j",
    "ح": "h",
    "خ": "k",
    "د": "d",
    "ض": "d",
    "ذ": "z",
    "ر": "r",
    "ز": "z",
    "ظ": "z",
    "س": "s",
    "ص": "s",
    "ش": "S",
    "ع": "",
    "غ": "g",
    "ف": "f",
    "ڤ": "f",
    "ق": "k",
    "ك": "k",
    "گ": "g",
    "ل": "l",
    "م": "m",
    "ن": "n",
    "ه": "h",
    "و": "w",
    "ي": "y",
    "ا": "",
    "ڭ": "g",
}
# The sounds of Latin letters, two letters before one; `c` and `g` before `e` and `i` are soft.
_LATIN = (
    ("tch", "S"), ("sch", "S"), ("ch", "S"), ("sh", "S"), ("kh", "k"), ("gh", "g"), ("dh", "z"),
    ("th", "s"), ("ph", "f"), ("ck", "k"), ("qu", "k"), ("dj", "j"), ("ou", "w"), ("oo", "w"),
    ("ee", "y"), ("v", "f"), ("p", "b"), ("x", "ks"), ("q", "k"), ("w", "w"), ("u", "w"),
    ("o", "w"), ("i", "y"), ("y", "y"), ("e", ""), ("a", ""),
)  # fmt: skip
_SOFT = re.compile(r"c(?=[eiy])")
_SOUND = dict(_LATIN)
_LONGEST = re.compile("|".join(pattern for pattern, _sound in _LATIN) + "|.")
_VOWEL = re.compile(r"[wy]")
_TWICE = re.compile(r"(.)\1+")
NEAR = 40  # words tried for one that is misspelt


def skeleton(folded: str) -> str:
    """The consonants of a folded name, in one alphabet for all scripts; words stay apart."""
    return " ".join(filter(None, map(_word, folded.split(" "))))


@lru_cache(maxsize=1 << 18)
def _word(word: str) -> str:
    if any("؀" <= letter <= "ۿ" for letter in word):
        sounds = "".join(_ARABIC.get(letter, "") for letter in word.removeprefix("ال"))
    else:
        plain = _SOFT.sub("s", word).replace("c", "k")
        sounds = "".join(_SOUND.get(part, part) for part in _LONGEST.findall(plain))
    # g and j are one where Egypt speaks, h is heard by some only, w and y are vowels as a rule.
    bare = _VOWEL.sub("", sounds).replace("j", "g").replace("h", "")
    return _TWICE.sub(r"\1", bare) or _TWICE.sub(r"\1", sounds)


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
