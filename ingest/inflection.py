"""Regular inflection of lexicon forms, so that a lexicon line is written once."""

from __future__ import annotations

import re
from itertools import product

_BRACES = re.compile(r"\{([^{}]*)\}")


def expand(pattern: str) -> list[str]:
    """All forms of a pattern with alternatives in braces: `نظير{ه,ها}` → نظيره, نظيرها."""
    parts = _BRACES.split(pattern)
    choices = [part.split(",") if index % 2 else [part] for index, part in enumerate(parts)]
    return ["".join(choice) for choice in product(*choices)]


# The last is the indefinite accusative, written without tanwin.
_NISBA_ENDINGS = ("", "ة", "ين", "ون", "ان", "ات", "تين", "تان", "ا")


def arabic_nisba(adjective: str) -> list[str]:
    """An Arabic adjective of nationality with article, gender, number; others with article only."""
    *before, last = adjective.split()
    if before and all(word.endswith("ي") for word in (*before, last)):  # «الكورية الجنوبية»
        words = (*before, last)
        return [
            " ".join(article + word + ending for word in words)
            for ending in _NISBA_ENDINGS
            for article in ("", "ال")
        ]
    stems = [last]
    if last.endswith("ي"):
        stems += [last + ending for ending in _NISBA_ENDINGS[1:]]
    head = " ".join([*before, ""]) if before else ""
    forms = []
    for stem in stems:
        bare = stem.removeprefix("ال")
        forms += [head + bare, head + "ال" + bare]
        if head:
            forms.append("ال" + head + bare)
    return forms


def arabic_republic(adjective: str) -> list[str]:
    """What a republic is called by its adjective: «الجمهورية العراقية»; none for two words."""
    return [f"الجمهورية ال{adjective}ة"] if adjective.endswith("ي") and " " not in adjective else []


def definite(phrase: str) -> list[str]:
    """An Arabic noun phrase with and without article on its first word."""
    return [phrase] if phrase.startswith("ال") else [phrase, "ال" + phrase]


def latin_plural(adjective: str) -> list[str]:
    """A Latin-script adjective or noun and its plural in -s."""
    return [adjective] if adjective.endswith(("s", "x")) else [adjective, adjective + "s"]
