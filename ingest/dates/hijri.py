"""Hijri dates in Gregorian terms, by the Umm al-Qura calendar (hijridate; 1343 to 1500 AH)."""

from __future__ import annotations

from datetime import date

from hijridate import Gregorian, Hijri

FIRST_YEAR, LAST_YEAR = 1343, 1500


def to_gregorian(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Hijri day; None where the calendar has no such day."""
    try:
        found = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(found.year, found.month, found.day)


def year_of(day: date) -> int | None:
    """The Hijri year that a Gregorian day lies in; None outside the calendar's range."""
    try:
        return int(Gregorian(day.year, day.month, day.day).to_hijri().year)
    except (ValueError, OverflowError):
        return None


def gregorian_span(year: int, month: int | None) -> tuple[date, date] | None:
    """The first and last Gregorian day of a Hijri month, or year; None outside the range."""
    try:
        last = Hijri(year, month or 12, 1).month_length()
    except (ValueError, OverflowError):
        return None
    first, final = to_gregorian(year, month or 1, 1), to_gregorian(year, month or 12, last)
    return (first, final) if first and final else None
