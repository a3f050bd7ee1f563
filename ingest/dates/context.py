"""What a date is worked out from: the dates that fill gaps, and the choice among years."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ingest.dates.model import Base

Direction = Literal["past", "future"]
Spell = tuple[date, date]  # first and last day

_SLACK = timedelta(days=2)  # a report can be dated up to two days before what it reports


@dataclass(frozen=True, slots=True)
class Context:
    """The dates that fill gaps: `focus` is the anchor, else the day of publication."""

    published: date | None
    anchor: date | None
    direction: Direction | None

    @property
    def focus(self) -> date | None:
        return self.anchor or self.published

    def base(self, base: Base) -> date | None:
        return self.published if base is Base.PUBLISHED else self.anchor

    def admits(self, first: date, last: date) -> bool:
        """Whether a day or month from first to last fits the direction."""
        if self.published is None or self.direction is None:
            return True
        if self.direction == "past":
            return first <= self.published + _SLACK
        return last >= self.published


@dataclass(frozen=True, slots=True)
class Found:
    """A year, month or day; the basis says how it came about."""

    first: date
    precision: int  # 1 year, 2 month, 3 day
    inferred: bool
    basis: str
    warning: str | None = None

    @property
    def iso(self) -> str:
        return self.first.isoformat()[: (0, 4, 7, 10)[self.precision]]


def read_date(value: str | None) -> date | None:
    if not value:
        return None
    middle = {4: "-07-01", 7: "-15"}.get(len(value), "")
    try:
        return date.fromisoformat(value[:10] + middle)
    except ValueError:
        return None


def real_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def spells(month: int, day: int | None, year: int) -> Iterator[tuple[date, date]]:
    """First and last day of the month, or the day twice, in the years around a year."""
    for other in range(max(1, year - 8), min(9999, year + 8) + 1):
        first = real_day(other, month, day or 1)
        if first:
            yield first, first if day else first.replace(day=monthrange(other, month)[1])


def choose(
    candidates: list[Spell], shift: int | None, context: Context
) -> tuple[Spell | None, str]:
    """The candidate that the words and the context pick, and the reason."""
    focus = context.focus
    assert focus is not None
    published = context.published or focus
    if shift is not None and shift < 0:
        past = [spell for spell in candidates if spell[1] < published]
        return (past[-1] if past else None), f"the last one before {published}"
    if shift is not None and shift > 0:
        coming = [spell for spell in candidates if spell[0] > published]
        return (coming[0] if coming else None), f"the next one after {published}"
    # «13 January, this month», told as done or as planned, is of the month of the report.
    admitted = [spell for spell in candidates if shift == 0 or context.admits(*spell)]
    if not admitted:
        return None, ""
    if shift is None and context.anchor is None and context.direction == "past":
        return admitted[-1], f"the latest not after {published}"
    if shift is None and context.anchor is None and context.direction == "future":
        return admitted[0], f"the earliest not before {published}"
    centre = focus if shift is None else published
    nearest = min(admitted, key=lambda spell: (distance(spell, centre), spell[0]))
    return nearest, f"the nearest to {centre}"


def distance(spell: Spell, centre: date) -> int:
    if spell[0] <= centre <= spell[1]:
        return 0
    return min(abs((spell[0] - centre).days), abs((spell[1] - centre).days))
