"""From text to terms: the words, numbers and marks that can stand in a date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.dates.lexicon import SEPARATORS, TOKEN, Entry, Lexicon, Senses

_TRIGGERS = frozenset(("month", "hijri_month", "weekday", "day", "anchor_day", "definite", "unit"))
_MARKS: dict[str, Senses] = {mark: {"sep": mark} for mark in SEPARATORS}


@dataclass(frozen=True, slots=True)
class Term:
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
    """The stretches of neighbouring terms that hold at least one word or number of a date."""
    entries = lexicon.entries
    tokens = [(match[0], match.start()) for match in TOKEN.finditer(low)]
    run: Run = []
    triggered = False
    position, count = 0, len(tokens)
    while position < count:
        word, start = tokens[position]
        entry = entries.get(word)
        if entry is not None:
            term, used = _word_term(tokens, position, entry)
            triggered = triggered or not _TRIGGERS.isdisjoint(term.senses)
        elif word.isdecimal():
            term, used = Term(start, start + len(word), _number(word)), 1
            triggered = True
        elif word in _MARKS:
            term, used = Term(start, start + 1, _MARKS[word]), 1
        else:
            if triggered:
                yield [*run, None]
            run, triggered = [], False
            position += 1
            continue
        run.append(term)
        position += used
    if triggered:
        yield [*run, None]


def _number(word: str) -> Senses:
    return {"number": int(word) if len(word) <= 4 else -1, "width": len(word)}


def _word_term(tokens: list[tuple[str, int]], position: int, entry: Entry) -> tuple[Term, int]:
    """The longest form of the lexicon that begins at a token, and how many tokens it takes."""
    word, start = tokens[position]
    for rest, senses in entry.longer:
        last = position + len(rest)
        if last < len(tokens) and all(
            tokens[position + 1 + i][0] == part for i, part in enumerate(rest)
        ):
            end = tokens[last][1] + len(tokens[last][0])
            return Term(start + entry.skip, end, senses, entry.joined), len(rest) + 1
    senses: dict[str, Any] = entry.senses
    return Term(start + entry.skip, start + len(word), senses, entry.joined), 1
