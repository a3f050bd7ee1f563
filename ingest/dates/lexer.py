"""From text to terms: the words, numbers and marks that can stand in a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from ingest.dates.lexicon import MARKS, TOKEN, Entry, Lexicon, Senses, number_senses

_SPLIT = re.compile(f"({TOKEN.pattern})")
_DIGITS = re.compile(r"\d+")
_SHORTEST_PART = 4  # letters of each of two words run together
_BEFORE, _BEHIND = 48, 64  # code points around a word of dates that can belong to the date


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
    for first, last in _windows(low, lexicon):
        yield from _runs_within(low[first:last], first, lexicon)


def _windows(low: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Disjoint parts of the text around the words and numbers that a date can hang on.

    Parts that would overlap are one: a cut between them could go through a date.
    """
    hits = [match.start() for match in _DIGITS.finditer(low)]
    for _, start, end in lexicon.finder.find_matches_as_indexes(low):
        if not (low[end : end + 1].isalpha() or (start and low[start - 1].isalpha())):
            hits.append(start)
    first, last = 0, -1
    for hit in sorted(hits):
        if hit - _BEFORE > last:
            if last > 0:
                yield first, last
            first = _word_edge(low, max(hit - _BEFORE, 0))
        if hit + _BEHIND > last:
            last = _word_edge(low, hit + _BEHIND)
    if last > 0:
        yield first, last


def _word_edge(low: str, at: int) -> int:
    """The nearest position from `at` on that is not within a word."""
    while 0 < at < len(low) and low[at].isalnum() and low[at - 1].isalnum():
        at += 1
    return min(at, len(low))


def _runs_within(part: str, offset: int, lexicon: Lexicon) -> Iterator[Run]:
    pieces = _parted(_SPLIT.split(part), lexicon.known)
    words = pieces[1::2]
    triggers, known = lexicon.triggers, lexicon.known
    ends = list(accumulate(map(len, pieces), initial=offset))[1:]
    behind = 0
    for hit, word in enumerate(words):
        if hit < behind or not (word in triggers or "0" <= word[0] <= "9"):
            continue
        first, last = hit, hit + 1
        while first > behind and _belongs(words[first - 1], known):
            first -= 1
        while last < len(words) and _belongs(words[last], known):
            last += 1
        yield _terms(words, ends, first, last, lexicon)
        behind = last


def _parted(pieces: list[str], known: frozenset[str]) -> list[str]:
    """The pieces with words that a broken archive ran together apart: «أكتوبرالماضي»."""
    for at in range(len(pieces) - 2, 0, -2):
        word = pieces[at]
        if len(word) < 2 * _SHORTEST_PART or word in known:
            continue
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            if word[:cut] in known and word[cut:] in known:
                pieces[at : at + 1] = [word[:cut], "", word[cut:]]
                break
    return pieces


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
