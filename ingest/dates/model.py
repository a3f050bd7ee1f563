"""What the words of a date say, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """The units that dates are counted in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Base(StrEnum):
    """What a relative date counts from: the day of publication, or the date last spoken of."""

    PUBLISHED = "published"
    ANCHOR = "anchor"


class Calendar(StrEnum):
    """The calendar that day, month and year belong to."""

    GREGORIAN = "gregorian"
    HIJRI = "hijri"


class Part(StrEnum):
    """The part of a month or year that is meant; it never makes the date more precise."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Relative:
    """So many units from a base: yesterday is (-1, day), last month (-1, month)."""

    offset: int
    unit: Unit
    base: Base = Base.PUBLISHED


@dataclass(frozen=True, slots=True)
class DateSpec:
    """What the words say, unresolved; a part that they leave out is None.

    `weekday` counts from Monday = 0. `shift` is -1 for «last», 0 for «this», 1 for «next» beside
    a weekday or the name of a month. `nth` is the n-th such weekday of the month (-1: the last).
    `end` is the last day of a span; `listed` marks days that are named one by one. `other` is
    the same day in the other calendar. `counted` marks an offset that is counted out («two weeks
    ago»): it reaches a day, which «last week» does not.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    relative: Relative | None = None
    counted: bool = False
    shift: int | None = None
    nth: int | None = None
    part: Part | None = None
    calendar: Calendar = Calendar.GREGORIAN
    end: DateSpec | None = None
    listed: bool = False
    other: DateSpec | None = None


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: `text` is the half-open span of code points from `start` to `end`."""

    start: int
    end: int
    text: str
    spec: DateSpec


@dataclass(frozen=True, slots=True)
class Resolved:
    """A date worked out: ISO 8601 of year, month or day precision.

    `inferred` is true when the year, or the whole, comes from the publication date or the anchor.
    """

    date: str
    end: str | None = None
    inferred: bool = False
    warning: str | None = None
    basis: str = ""
