"""From text to terms: the words, numbers and marks that can stand in a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from ingest.dates.lexicon import MARKS, TOKEN, Entry, Lexicon, Senses, number_senses

_SPLIT = re.compile(f"({TOKEN.pattern})")


class Term(NamedTuple):
    """A word or several that the lexicon knows, a number, or a mark; offsets in code points."""

    start: int
    end: int
    senses: Senses
    joined: bool = False  # written together with the conjunction «و»


Run = list[Term | None]


def lowered(text: str) -> str:
    """The text in lower case with straight apostrophes, code point by code point."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.replace("’", "'")


def runs(low: str, lexicon: Lexicon) -> Iterator[Run]:
    """The stretches of neighbouring terms around each word or number of a date."""
    parts = _SPLIT.split(low)
    words = parts[1::2]
    triggers, known = lexicon.triggers, lexicon.known
    hits = [i for i, word in enumerate(words) if word in triggers or "0" <= word[0] <= "9"]
    if not hits:
        return
    ends = list(accumulate(map(len, parts)))
    behind = 0
    for hit in hits:
        if hit < behind:
            continue
        first, last = hit, hit + 1
        while first > behind and _belongs(words[first - 1], known):
            first -= 1
        while last < len(words) and _belongs(words[last], known):
            last += 1
        yield _terms(words, ends, first, last, lexicon)
        behind = last


def _belongs(word: str, known: frozenset[str]) -> bool:
    return word in known or word.isdecimal()


def _terms(words: list[str], ends: list[int], first: int, last: int, lexicon: Lexicon) -> Run:
    """The terms of the words from first to last; None stands behind the end."""
    run: Run = []
    at = first
    while at < last:
        word = words[at]
        start, end = ends[2 * at], ends[2 * at + 1]
        entry = lexicon.entries.get(word)
        if entry is not None:
            term, used = _word_term(words, ends, at, entry)
            run.append(term)
            at += used
            continue
        if word.isdecimal():
            run.append(Term(start, end, number_senses(word)))
        else:
            mark = MARKS.get(word)
            run.append(Term(start, end, mark) if mark else None)
        at += 1
    run.append(None)
    return run


def _word_term(words: list[str], ends: list[int], at: int, entry: Entry) -> tuple[Term, int]:
    """The longest form of the lexicon that begins at a word, and how many words it takes."""
    start = ends[2 * at] + entry.skip
    for rest, senses in entry.longer:
        used = len(rest) + 1
        if words[at + 1 : at + used] == rest:
            return Term(start, ends[2 * (at + used) - 1], senses, entry.joined), used
    return Term(start, ends[2 * at + 1], entry.senses, entry.joined), 1
