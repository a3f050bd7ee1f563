"""The grammar of dates, over the terms of one run; the same for all languages.

A rule is a method that takes a position and gives the position behind what it read and the
specification read, or None. Every rule looks ahead by a bounded number of terms, so that the
time is linear in the length of the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ingest.dates.cursor import DASHES, Parsed
from ingest.dates.model import Base, Calendar, DateSpec, Unit
from ingest.dates.points import PointRules


class SpanRules(PointRules):
    """Rules for spans and for dates given in two calendars."""

    def phrase(self, at: int) -> Parsed:
        """A span, a list of weekdays, or one date."""
        opened = bool(self.get(at, "from"))
        first = self.point(at)
        if first is None and not opened and not self.get(at, "number"):
            return None
        left = self.point(at + 1, cued=True) if opened else first
        span = self.span(at + 1 if opened else at, left, opened)
        if span and (first is None or span[0] > first[0]):
            return span
        return first and self.paired(*self.with_weekday(*first))

    def with_weekday(self, at: int, spec: DateSpec) -> tuple[int, DateSpec]:
        """Adds the weekday behind a date, after a comma or in brackets ("Nov. 14, Thursday")."""
        full = spec.day and spec.month and spec.weekday is None and spec.end is None
        if not full or not self.sep(at, ",،("):
            return at, spec
        weekday, after = self.get(at + 1, "weekday"), at + 2
        told = self.get(after, "shift") is not None or self.day_number(after) is not None
        if weekday is None or self.get(at + 1, "weak") or told or self._is_and(after):
            return at, spec
        return self.closing(at, after), replace(spec, weekday=weekday)

    def span(self, at: int, left: Parsed, opened: bool) -> Parsed:
        """«من الاثنين إلى الجمعة», "28 May to 3 June", «2015-2019»."""
        left = left or (self.bare(at, True) if opened else self._tight_years(at))
        if left is not None and opened and left[1].end is not None:
            return left[0], replace(left[1], listed=left[1].listed and bool(left[1].month))
        if left is None or left[1].end is not None:
            return None
        after = self.connected(left[0], dash=True)
        if after is None:
            return None
        years = opened or years_only(left[1])
        dated = left[1].day and left[1].year  # «16 أبريل 2025 - 22:30»: an hour follows, no day
        right = self.point(after, cued=opened) or (None if dated else self.bare(after, years))
        if right is None or right[1].end is not None:
            return None
        return self._joined(left[1], right, opened, self._is_and(left[0]))

    def _tight_years(self, at: int) -> Parsed:
        """The first of two years joined by a dash («2015-2019»)."""
        first, last = self.year_number(at), self.year_number(at + 2)
        if not first or not last or not self.sep(at + 1, DASHES) or not self.tight(at, 3):
            return None
        return (at + 1, DateSpec(year=first)) if 1900 <= first < last <= 2100 else None

    def _is_and(self, at: int) -> bool:
        term = self.run[at]
        both = self.get(at, "and") or (term is not None and term.joined)
        return bool(both) and not self.get(at, "to") and not self.get(at + 1, "to")

    def _joined(
        self, left: DateSpec, right: tuple[int, DateSpec], opened: bool, both: bool
    ) -> Parsed:
        at, last = right
        listable = not both or opened or (left.day and not left.month) or years_only(left)
        left, last = share(left, last)
        counted = last.relative is not None and last.relative.base is Base.ANCHOR
        if counted or not listable or not alike(left, last):
            return None
        return at, replace(left, end=last, listed=both and not opened)

    def bare(self, at: int, opened: bool) -> Parsed:
        """A day without month, or within «from … to …» a year; no hour («le 5 mai à 11 h»)."""
        at = self.prefix(self.skip(at, "prep", "year_word"))
        year = self.year_number(at)
        if year and opened and self.closed_year(at + 1):
            return at + 1, DateSpec(year=year)
        day = None if self.get(at + 1, "hour") else self.day_number(at)
        return (self.past_suffix(at + 1), DateSpec(day=day)) if day else None

    def paired(self, at: int, spec: DateSpec) -> tuple[int, DateSpec]:
        """Adds the same day in the other calendar («15 رمضان 1444 هـ الموافق 6 أبريل 2023»)."""
        after = self.apposition(at)
        if after == at or spec.day is None or spec.end is not None:
            return at, spec
        found = self.days(after, True) or self.numeric(after, True)
        if not found or found[1].calendar is spec.calendar:
            return at, spec
        at = self.closing(at, found[0])
        other = found[1]
        if spec.calendar is Calendar.HIJRI:
            spec, other = replace(other, weekday=spec.weekday, relative=spec.relative), spec
        return at, replace(spec, other=replace(other, weekday=None, relative=None))


def share(left: DateSpec, right: DateSpec) -> tuple[DateSpec, DateSpec]:
    """Gives each end of a span the month and year that only the other one states."""
    if left.day and not left.month and (right.month or right.relative) and not left.relative:
        left = replace(left, month=right.month, relative=right.relative, calendar=right.calendar)
    if right.day and not right.month and not right.relative and left.month:
        right = replace(right, month=left.month, year=right.year or left.year, shift=left.shift)
    if left.month and left.year is None and left.relative is None:
        left = replace(left, year=right.year, shift=left.shift or right.shift)
        if right.relative and right.relative.unit is Unit.YEAR:
            left = replace(left, relative=right.relative)
    return left, right


def alike(left: DateSpec, right: DateSpec) -> bool:
    """Whether both ends are dates of the same precision."""
    days = [bool(s.day or s.weekday is not None or _by_day(s)) for s in (left, right)]
    if any(s.day and not s.month and not s.relative and s.weekday is None for s in (left, right)):
        return False
    months = [bool(s.month) for s in (left, right)]
    return all(days) or (not any(days) and months[0] == months[1])


def _by_day(spec: DateSpec) -> bool:
    return spec.relative is not None and spec.relative.unit is Unit.DAY


def years_only(spec: DateSpec) -> bool:
    """Whether nothing but a year is said."""
    return spec.year is not None and spec.month is None


class Parser(SpanRules):
    """All dates of one run, from left to right, each as long as can be."""

    def dates(self) -> Iterator[tuple[int, int, DateSpec]]:
        """First position, position behind the last, and specification of each date."""
        at = 0
        while at < self.last:
            found = self.phrase(at) if self.run[at] is not None else None
            if found is None:
                at += 1
                continue
            yield self.trimmed(at, found[1]), found[0], found[1]
            at = found[0]

    def trimmed(self, at: int, spec: DateSpec) -> int:
        """The first position that belongs to the date: prepositions and articles do not."""
        if spec.counted and (self.get(at, "ago") or self.get(at, "in")):
            return at
        if spec.end is None and self.get(at, "from"):
            at += 1
        while self.get(at, "prep") or self.get(at, "article"):
            at += 1
        return at
