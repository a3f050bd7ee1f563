"""When two names are held to be the same: by their words, without case, diacritics or articles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_LETTERS = str.maketrans(
    {**dict.fromkeys("أإآٱ", "ا"), "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None}
)
_CLITICS = ("وال", "بال", "كال", "فال", "ولل", "لل", "ال", "و", "ل", "ب")
_PARTICLES = {"the", "le", "la", "les", "l", "of", "de", "du", "des", "d"}
_SHORTEST_STEM = 3


@lru_cache(maxsize=65536)
def words(name: str) -> tuple[str, ...]:
    """The comparable words of a name: letters unified, Arabic clitics and articles taken off."""
    folded = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    found = re.findall(r"\w+", bare.translate(_LETTERS).casefold())
    return tuple(_stem(word) for word in found if word not in _PARTICLES)


def _stem(word: str) -> str:
    if "\u0600" <= word[0] <= "\u06ff":
        for clitic in _CLITICS:
            if word.startswith(clitic) and len(word) - len(clitic) >= _SHORTEST_STEM:
                return word[len(clitic) :]
    return word


def same_name(wanted: str, labels: Iterable[str]) -> bool:
    """Whether any label names what `wanted` names.

    So it is where the words are equal, where the words of one are among the other's and both have
    more than one or end alike.
    """
    gold = words(wanted)
    return bool(gold) and any(_agree(gold, words(label)) for label in labels)


def _agree(gold: tuple[str, ...], label: tuple[str, ...]) -> bool:
    if not label:
        return False
    if not (set(label) <= set(gold) or set(gold) <= set(label)):
        return False
    return gold == label or gold[-1] == label[-1] or min(len(gold), len(label)) > 1
