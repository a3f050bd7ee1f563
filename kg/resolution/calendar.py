"""Days as numbers: what a date leaves open, and when an undated report may have happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

Span = tuple[int, int]

BEFORE = 10  # days before publication in which an undated report may have happened
NEAR = 2  # days before publication in which it most likely did
AHEAD = 45  # days after publication to which an undated announcement may look


def span(start: str | None, end: str | None = None) -> Span | None:
    """First and last day of a date of any precision, or of the time between two."""
    if start is None:
        return None
    first, last = _bounds(start)
    if end is not None:
        last = max(last, _bounds(end)[1]) if len(start) == 10 else last
    return first, last


def _bounds(value: str) -> Span:
    if len(value) == 10:
        day = date.fromisoformat(value).toordinal()
        return day, day
    if len(value) == 7:
        first = date.fromisoformat(value + "-01")
        following = (first + timedelta(days=31)).replace(day=1)
        return first.toordinal(), following.toordinal() - 1
    return date(int(value), 1, 1).toordinal(), date(int(value), 12, 31).toordinal()


def window(published: str | None, certainty: str) -> Span | None:
    """The days of which an undated report speaks; None where it has no day of publication."""
    if published is None:
        return None
    day = _bounds(published)[0]
    return (day - 1, day + AHEAD) if certainty == "planned" else (day - BEFORE, day + 1)


def months(days: Span | None) -> Iterator[str]:
    """The months (`2019-12`) that the days touch."""
    if days is None:
        return
    first, last = (date.fromordinal(max(1, day)) for day in days)
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield f"{year:04}-{month:02}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def gap(one: Span, other: Span) -> int:
    """Days between two spans; 0 where they touch or overlap."""
    return max(0, one[0] - other[1], other[0] - one[1])
