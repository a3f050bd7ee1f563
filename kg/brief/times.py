"""Dates of any precision as spans of days: what they allow, in order, and how far apart."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day that a date allows (ISO days), and the date as it is written.

    `start` and `end` as stated, of any precision; `end` is empty where the event has none.
    """

    start: str
    end: str = ""

    @property
    def first(self) -> date:
        """The first day that it may be."""
        return _first(self.start)

    @property
    def last(self) -> date:
        """The last day that it may be."""
        return max(_last(self.end or self.start), self.first)

    @property
    def precise(self) -> bool:
        """Whether it is known to the month at least, so that gaps can be counted."""
        return len(self.start) >= len("2022-03")

    @property
    def year(self) -> str:
        """The year in which it begins."""
        return self.start[:4]


def _parts(iso: str) -> tuple[int, int | None, int | None]:
    pieces = [int(piece) for piece in iso.split("-")]
    padded = [*pieces, None, None]
    return pieces[0], padded[1], padded[2]


def _first(iso: str) -> date:
    year, month, day = _parts(iso)
    return date(year, month or 1, day or 1)


def _last(iso: str) -> date:
    year, month, day = _parts(iso)
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def finest(dates: Iterable[str]) -> tuple[str, ...]:
    """The dates without those that another one only makes more precise, sorted."""
    known = set(dates)
    return tuple(
        sorted(one for one in known if not any(o != one and o.startswith(one) for o in known))
    )


def days_between(earlier: Span, later: Span) -> int:
    """Days from the end of one to the start of the other; zero where they overlap.

    A date known to the month counts as its middle, so that an error is half a month at most.
    """
    return max(0, (_middle(later.start) - _middle(earlier.end or earlier.start)).days)


def days_since(span: Span, day: date) -> int:
    """Days from the end of a span to a day; zero where it lies ahead."""
    return max(0, (day - _middle(span.end or span.start)).days)


def _middle(iso: str) -> date:
    first, last = _first(iso), _last(iso)
    return first + (last - first) / 2
