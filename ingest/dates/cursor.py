"""Look-ups in a run of terms: what the rules of the grammar read with."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from ingest.dates.lexer import Run
from ingest.dates.lexicon import Lexicon
from ingest.dates.model import DateSpec

Parsed = tuple[int, DateSpec] | None
DASHES = "-–—"


class Cursor:
    """Look-ups in a run of terms; positions behind its end read as nothing."""

    def __init__(self, text: str, low: str, run: Run, lexicon: Lexicon) -> None:
        self.text = text
        self.low = low
        self.run = run
        self.lexicon = lexicon
        self.last = len(run) - 1

    def get(self, at: int, sense: str) -> Any:
        """The value of a sense of the term at a position, None where it has none."""
        if at >= self.last:
            return None
        term = self.run[at]
        return term.senses.get(sense) if term is not None else None

    def sep(self, at: int, marks: str) -> bool:
        """Whether a mark of the given ones stands at the position."""
        mark = self.get(at, "sep")
        return mark is not None and mark in marks

    def skip(self, at: int, *senses: str) -> int:
        """The position behind at most four terms that have one of the senses."""
        for _ in range(4):
            term = self.run[at] if at < self.last else None
            if term is None or term.senses.keys().isdisjoint(senses):
                break
            at += 1
        return at

    def tight(self, at: int, count: int) -> bool:
        """Whether so many terms from the position stand without space between them."""
        if at + count > self.last:
            return False
        terms = self.run[at : at + count]
        return all(a and b and a.end == b.start for a, b in pairwise(terms))

    def number(self, at: int, low: int, high: int, width: int = 2) -> int | None:
        """The number at the position, if it is in the range and has at most so many digits."""
        value = self.get(at, "number")
        if value is None or not low <= value <= high or self.get(at, "width") > width:
            return None
        return int(value)

    def year_number(self, at: int) -> int | None:
        """A number of four digits that can be a year."""
        return self.number(at, 1000, 2199, 4) if self.get(at, "width") == 4 else None

    def day_number(self, at: int) -> int | None:
        """A day of the month, as a number or in words."""
        value = self.number(at, 1, 31)
        if value is None:
            value = self.get(at, "ordinal") or self.get(at, "count")
        return value if value is not None and value <= 31 else None

    def past_suffix(self, at: int) -> int:
        """The position behind the ending of a numeral («1er», «5th»)."""
        return at + 1 if self.get(at, "suffix") else at

    def start(self, at: int) -> int:
        """Where the term at the position begins."""
        term = self.run[at]
        return term.start if term else len(self.low)

    def end(self, at: int) -> int:
        """Where the term before the position ends."""
        term = self.run[at - 1]
        return term.end if term else 0

    def word_follows(self, at: int) -> bool:
        """Whether a word that is no term of dates stands behind the last term before `at`."""
        rest = self.low[self.end(at) : self.end(at) + 3].lstrip(" ")
        return at >= self.last and rest[:1].isalpha()

    def capital(self, at: int) -> bool:
        """Whether the term is written as a name, or need not be («March», not "march")."""
        return not self.get(at, "capital") or self.text[self.start(at)].isupper()
