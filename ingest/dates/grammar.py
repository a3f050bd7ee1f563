"""The grammar of dates, over the terms of one run; the same for all languages.

A rule is a method that takes a position and gives the position behind what it read and the
specification read, or None. Every rule looks ahead by a bounded number of terms, so that the
time is linear in the length of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from ingest.dates.lexer import Run
from ingest.dates.lexicon import Lexicon
from ingest.dates.model import Base, Calendar, DateSpec, Relative, Unit

Parsed = tuple[int, DateSpec] | None
_DASHES = "-–—"
_MOST_DAYS = 6  # in a list of days


class Cursor:
    """Look-ups in a run of terms; positions behind its end read as nothing."""

    def __init__(self, low: str, run: Run, lexicon: Lexicon) -> None:
        self.low = low
        self.run = run
        self.lexicon = lexicon
        self.last = len(run) - 1

    def get(self, at: int, sense: str) -> Any:
        """The value of a sense of the term at a position, None where it has none."""
        term = self.run[at] if at < self.last else None
        return term.senses.get(sense) if term is not None else None

    def sep(self, at: int, marks: str) -> bool:
        """Whether a mark of the given ones stands at the position."""
        mark = self.get(at, "sep")
        return mark is not None and mark in marks

    def skip(self, at: int, *senses: str) -> int:
        """The position behind at most four terms that have one of the senses."""
        for _ in range(4):
            if not any(self.get(at, sense) for sense in senses):
                break
            at += 1
        return at

    def tight(self, at: int, count: int) -> bool:
        """Whether so many terms from the position stand without space between them."""
        if at + count > self.last:
            return False
        terms = self.run[at : at + count]
        return all(a and b and a.end == b.start for a, b in zip(terms, terms[1:], strict=False))

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


class MonthRules(Cursor):
    """Rules for what follows a day: month, year, and the words beside them."""

    def month_name(self, at: int) -> tuple[int, int, Calendar] | None:
        """A month, or the same month by two names («أيلول/سبتمبر», «كانون الثاني (يناير)»)."""
        month = self.get(at, "month")
        if month is None:
            hijri = self.get(at, "hijri_month")
            return None if hijri is None else (at + 1, hijri, Calendar.HIJRI)
        at += 2 if self.get(at, "weak") and self.sep(at + 1, ".") else 1
        if self.sep(at, "/(-") and self.get(at + 1, "month") == month:
            at = at + 3 if self.sep(at, "(") and self.sep(at + 2, ")") else at + 2
        elif self.get(at, "month") == month:
            at += 1
        return at, month, Calendar.GREGORIAN

    def month_tail(self, at: int) -> Parsed:
        """A month with the year or «last», «next» beside it; no day."""
        at = self.skip(at, "month_word")
        shift = self.get(at, "shift")
        if shift is not None:
            at += 1
        named = self.month_name(at)
        if named is None:
            return None
        at, month, calendar = named
        return self.year_tail(at, DateSpec(month=month, calendar=calendar, shift=shift))

    def year_tail(self, at: int, spec: DateSpec) -> tuple[int, DateSpec]:
        """What follows the name of a month: «last», then a year in figures or in relation."""
        shift = self.get(at, "shift")
        if shift is not None and spec.shift is None and not self.get(at + 1, "definite"):
            return at + 1, replace(spec, shift=shift)
        after = self.skip(at + 1 if self.sep(at, ",،/-") else at, "of", "prep", "article")
        relative = self.relative_unit(after)
        if relative and relative[1].relative and relative[1].relative.unit is Unit.YEAR:
            return relative[0], replace(spec, relative=relative[1].relative)
        after = self.skip(after, "year_word")
        year = self.year_number(after)
        if year is None or (spec.calendar is Calendar.GREGORIAN and self.get(after + 1, "hijri")):
            return at, spec
        return self.skip(after + 1, "era", "hijri"), replace(spec, year=year)

    def relative_unit(self, at: int) -> Parsed:
        """«الشهر الماضي», "last month", «ce mois», «l'année dernière»."""
        at = self.skip(at, "article")
        shift = self.get(at, "shift")
        if shift is not None:
            unit = self.get(at + 1, "definite")
            at += 2
        else:
            unit = self.get(at, "definite")
            shift = self.get(at + 1, "shift")
            at += 2
        if unit is None or shift is None:
            return None
        return at, DateSpec(relative=Relative(shift, unit))

    def day_frame(self, at: int) -> Parsed:
        """What makes a day of a number: a month, or «of last month», «courant»."""
        at = self.skip(at, "of", "article")
        if self.get(at, "this_month"):
            return at + 1, DateSpec(relative=Relative(0, Unit.MONTH))
        found = self.relative_unit(at)
        if found and found[1].relative and found[1].relative.unit is Unit.MONTH:
            return found
        at = at + 1 if self.sep(at, "-./") else at
        return self.month_tail(at)


class PointRules(MonthRules):
    """Rules for one date, or for days of one month listed together."""

    def prefix(self, at: int) -> int:
        """The position behind «مساء», «يوم», "the", «le»."""
        return self.skip(at, "day_part", "day_word", "article")

    def numeric(self, at: int, cued: bool) -> Parsed:
        """Figures and strokes: year first, or day first."""
        at = self.prefix(at)
        if self.get(at, "number") is None or not self.tight(at, 3) or not self.sep(at + 1, "/-."):
            return None
        mark = self.get(at + 1, "sep")
        if self.tight(at, 5) and self.get(at + 3, "sep") == mark:
            return self._full_numeric(at)
        if self.tight(at, 4) and self.sep(at + 3, "/-."):
            return None
        return self._short_numeric(at, cued, mark)

    def _full_numeric(self, at: int) -> Parsed:
        first, second, third = (self.number(at + k, 1, 2199, 4) for k in (0, 2, 4))
        if first is None or second is None or third is None:
            return None
        if self.year_number(at):
            return at + 5, DateSpec(year=first, month=second, day=third)
        year = self.year_number(at + 4)
        if year is None and self.get(at + 4, "width") == 2 and self.sep(at + 1, "/"):
            year = third + (2000 if third < 70 else 1900)
        if year is None or first > 31:
            return None
        day, month = (first, second) if second <= 12 else (second, first)
        spec = DateSpec(year=year, month=month, day=day)
        return (self.skip(at + 5, "era"), spec) if month <= 12 else None

    def _short_numeric(self, at: int, cued: bool, mark: str) -> Parsed:
        year, month = self.year_number(at), self.number(at + 2, 1, 12)
        if year and month:
            return at + 3, DateSpec(year=year, month=month)
        year, month = self.year_number(at + 2), self.number(at, 1, 12)
        if year and month:
            return at + 3, DateSpec(year=year, month=month)
        first, second = self.number(at, 1, 31), self.number(at + 2, 1, 31)
        if not (cued or self.get(at - 1, "day_word")) or first is None or second is None:
            return None
        if mark == "." or (mark == "-" and max(first, second) <= 12):
            return None
        day, month = (first, second) if second <= 12 else (second, first)
        return (at + 3, DateSpec(month=month, day=day)) if month <= 12 else None

    def relative_day(self, at: int, cued: bool) -> Parsed:
        """«أمس الثلاثاء», "today", «hier mardi 3 mai»."""
        at = self.prefix(at)
        offset, base = self.get(at, "day"), Base.PUBLISHED
        if offset is None:
            offset, base = self.get(at, "anchor_day"), Base.ANCHOR
        if offset is None:
            return None
        spec = DateSpec(relative=Relative(offset, Unit.DAY, base))
        at = self.skip(at + 1, "day_part")
        return self.complete(at, spec)

    def complete(self, at: int, spec: DateSpec) -> tuple[int, DateSpec]:
        """Adds the weekday and the day of the month that stand in apposition."""
        after = self.prefix(self.apposition(at))
        weekday = self.get(after, "weekday")
        if weekday is not None and spec.weekday is None:
            spec = replace(spec, weekday=weekday)
            at = self.skip(after + 1, "day_part")
            after = self.prefix(self.apposition(at))
        dated = self.dated(after)
        if dated is None or dated[1].end is not None or dated[1].day is None:
            return at, spec
        other = dated[1]
        if spec.relative and spec.relative.unit is Unit.DAY:
            other = replace(other, relative=None)
        merged = replace(other, weekday=spec.weekday, relative=spec.relative or other.relative)
        return dated[0], merged

    def apposition(self, at: int) -> int:
        """The position behind a comma, bracket or «الموافق» between two statements of a day."""
        after = at + 1 if self.sep(at, ",،(") else at
        return self.skip(after, "equals")

    def dated(self, at: int) -> Parsed:
        """A day of the month with its month, in words or in figures."""
        return self.days(at, False) or self.numeric(at, True)

    def on_weekday(self, at: int, cued: bool) -> Parsed:
        """A weekday with «last», «next», a week, a day of the month or a whole date beside it."""
        at = self.prefix(at)
        shift = self.get(at, "shift")
        at = self.prefix(at + 1) if shift is not None else at
        weekday = self.get(at, "weekday")
        if weekday is None:
            return None
        weak = bool(self.get(at, "weak"))
        at = at + 2 if weak and self.sep(at + 1, ".") else at + 1
        spec = DateSpec(weekday=weekday, shift=shift)
        at = self.skip(at, "day_part")
        if shift is None and self.get(at, "shift") is not None and not self.get(at + 1, "definite"):
            spec, at = replace(spec, shift=self.get(at, "shift")), at + 1
        found = self._weekday_tail(at, spec)
        return None if weak and found[1].day is None else found

    def _weekday_tail(self, at: int, spec: DateSpec) -> tuple[int, DateSpec]:
        dated = self.complete(at, spec)
        if dated[0] > at:
            return dated
        after = self.skip(at, "of")
        week = self.relative_unit(after)
        if week and week[1].relative and week[1].relative.unit is Unit.WEEK:
            return week[0], replace(spec, relative=week[1].relative)
        after = self.apposition(at)
        day = self.day_number(after)
        bare = self.past_suffix(after + 1)
        if day and spec.shift is None and not self.get(after, "count") and self.closed(bare):
            return bare, replace(spec, day=day)
        day = self.get(after, "day")
        if day is not None and after > at:
            return after + 1, replace(spec, relative=Relative(day, Unit.DAY))
        return at, spec

    def closed(self, at: int) -> bool:
        """Whether nothing behind the last term makes a time, a fraction or an amount of it."""
        mark = self.get(at, "sep")
        rest = self.low[self.end(at) :][:2]
        if rest[:1] in (":", "%", "°") or (mark in (".", ",", "/") and rest[1:].isdigit()):
            return False
        return not self.word_follows(at) and self.get(at, "unit") is None

    def days(self, at: int, cued: bool) -> Parsed:
        """One or more days of one month: «14 غشت 2022», «3 و4 أكتوبر», «من 20 إلى 31 ماي»."""
        opened = bool(self.get(at, "from"))
        at = self.prefix(at + 1 if opened else at)
        days, listed = [], True
        while len(days) < _MOST_DAYS:
            day = self.day_number(at)
            if day is None:
                return None
            days.append(day)
            at = self.past_suffix(at + 1)
            framed = self.day_frame(at)
            if framed:
                return framed[0], spread(framed[1], days, listed and not opened)
            after = self.connected(at, dash=True, comma=True)
            if after is None:
                return None
            listed = listed and not (self.get(at, "to") or self.sep(at, _DASHES))
            at = self.prefix(after)
        return None

    def connected(self, at: int, dash: bool, comma: bool = False) -> int | None:
        """The position behind «and», «to» or a dash; None where none stands."""
        if self.get(at, "to") or self.get(at, "and"):
            return self.skip(at, "to", "and")
        if dash and self.sep(at, _DASHES):
            return at + 1
        if comma and self.sep(at, ",،"):
            return self.skip(at + 1, "and")
        term = self.run[at] if at < self.last else None
        return at if term is not None and term.joined else None

    def month_phrase(self, at: int, cued: bool) -> Parsed:
        """A month with or without year; a day may follow its name ("May 5, 2019")."""
        first = at
        part = self.get(at, "part")
        if part is not None:
            at = self.skip(at + 1, "of", "article")
        cued = cued or part is not None or bool(self.get(at, "month_word"))
        at = self.skip(at, "month_word", "of") if self.get(at, "month_word") else at
        shift = self.get(at, "shift")
        at = at + 1 if shift is not None else at
        weak = bool(self.get(at, "weak"))
        named = self.month_name(at)
        if named is None:
            return None
        after, month, calendar = named
        spec = DateSpec(month=month, calendar=calendar, part=part, shift=shift)
        dated = self._month_first(after, spec)
        if dated:
            return dated
        end, spec = self.year_tail(after, spec)
        bare = end == after and shift is None
        if bare and (calendar is Calendar.HIJRI or (weak and not cued)):
            return None
        return (end, spec) if end > first else None

    def _month_first(self, at: int, spec: DateSpec) -> Parsed:
        """The day behind the name of the month, as in English."""
        after = self.skip(at + 1 if self.sep(at, "-/.") else at, "article")
        days, listed = [], True
        while len(days) < _MOST_DAYS:
            day = self.day_number(after)
            if day is None or self.get(after, "count"):
                break
            after = self.past_suffix(after + 1)
            days.append(day)
            at = after
            joined = self.connected(after, dash=True)
            if joined is None:
                break
            listed = listed and not (self.get(after, "to") or self.sep(after, _DASHES))
            after = joined
        if not days or not (self.lexicon.month_first or self.closed(at)):
            return None
        end, spec = self.year_tail(at, spec)
        return end, spread(spec, days, listed)

    def offset(self, at: int, cued: bool) -> Parsed:
        """«قبل يومين», "two days ago", «dans trois semaines», «deux jours plus tard»."""
        sign = -1 if self.get(at, "ago") else 1 if self.get(at, "in") else 0
        at = at + 1 if sign else at
        count = self.get(at, "number") or self.get(at, "count")
        unit = self.get(at + 1 if count else at, "unit")
        if unit is None:
            return None
        at = at + 2 if count else at + 1
        number = count or unit[1]
        base = Base.PUBLISHED
        if not sign:
            sign = -1 if self.get(at, "ago_after") else 1 if self.get(at, "later") else 0
            base = Base.ANCHOR if sign > 0 else base
            at += 1
        if not sign or number is None or not 0 < number < 1000:
            return None
        relative = Relative(sign * number, unit[0], base)
        closing = self._counted_from(at)
        return closing and (closing, DateSpec(relative=relative, counted=True))

    def _counted_from(self, at: int) -> int | None:
        """The position behind «من الآن»; None where the count is from an event."""
        rest = self.low[self.end(at) : self.end(at) + 12].split()
        if not rest or rest[0] not in self.lexicon.offset_blockers:
            return at
        return at + 2 if self.get(at + 1, "now") else None

    def unit_phrase(self, at: int, cued: bool) -> Parsed:
        """«الشهر الماضي», "early next year", «الأسبوع القادم يوم الجمعة»."""
        part = self.get(at, "part")
        if part is not None:
            at = self.skip(at + 1, "of", "article")
        found = self.relative_unit(at)
        if found is None:
            return None
        at, spec = found
        assert spec.relative is not None
        if part is not None:
            return None if spec.relative.unit is Unit.WEEK else (at, replace(spec, part=part))
        weekday = self.get(self.prefix(at), "weekday")
        if spec.relative.unit is Unit.WEEK and weekday is not None:
            return self.prefix(at) + 1, replace(spec, weekday=weekday)
        return at, spec

    def year_phrase(self, at: int, cued: bool) -> Parsed:
        """A year with a word that says so: «سنة 2012», "in 2019", «fin 2019», «1445 هـ»."""
        part = self.get(at, "part")
        at = self.skip(at + 1, "of", "article") if part is not None else at
        strong = bool(self.get(at, "year_word") or self.get(at, "season") or part is not None)
        at = self.skip(at, "year_word", "season", "of") if strong else at
        year = self.year_number(at)
        if year is None:
            return None
        marked = self.get(at + 1, "hijri")
        if marked:
            return at + 2, DateSpec(year=year, calendar=Calendar.HIJRI, part=part)
        if not strong and not (cued and self._year_stands(at, year)):
            return None
        return self.skip(at + 1, "era"), DateSpec(year=year, part=part)

    def _year_stands(self, at: int, year: int) -> bool:
        return 1900 <= year <= 2100 and self.closed_year(at + 1)

    def closed_year(self, at: int) -> bool:
        """Whether the number before `at` is not an amount of what the next word names."""
        rest = self.low[self.end(at) : self.end(at) + 24]
        if rest[:1] in tuple("%.,") and rest[1:2].isdigit():
            return False
        words = rest.split()
        return not (rest[:1] == " " and words and words[0] in self.lexicon.not_before["year"])

    def nth_weekday(self, at: int, cued: bool) -> Parsed:
        """«أول يوم جمعة من يوليو», "the last Friday of July"."""
        at = self.skip(at, "article")
        nth = self.get(at, "nth")
        after = self.skip(at + 1, "day_word")
        weekday = self.get(after, "weekday")
        weekday = self.get(after, "plain_weekday") if weekday is None else weekday
        if nth is None or weekday is None or not self.get(after + 1, "of"):
            return None
        frame = self.day_frame(after + 1)
        return frame and (frame[0], replace(frame[1], nth=nth, weekday=weekday))

    def day_only(self, at: int, cued: bool) -> Parsed:
        """«يوم 27»: a day of a month that the words leave open."""
        after = self.prefix(at)
        day = self.number(after, 1, 31)
        led = after > at and bool(self.get(after - 1, "day_word"))
        after = self.past_suffix(after + 1)
        if not led or day is None or not self.closed(after):
            return None
        return after, DateSpec(day=day)

    _RULES: tuple[Callable[..., Parsed], ...] = (
        numeric, relative_day, on_weekday, days, month_phrase, unit_phrase, offset,
        year_phrase, nth_weekday, day_only,
    )  # fmt: skip

    def point(self, at: int) -> Parsed:
        """The longest date that begins at the position."""
        cued = bool(self.get(at, "prep"))
        after = self.skip(at, "prep") if cued else at
        best = self.offset(at, False) if cued else None
        for rule in self._RULES:
            found = rule(self, after, cued)
            if found and (best is None or found[0] > best[0]):
                best = found
        return best


def spread(frame: DateSpec, days: list[int], listed: bool) -> DateSpec:
    """The days set in the month (and year) of the frame; several become a span or a list."""
    first = replace(frame, day=days[0])
    if len(days) == 1:
        return first
    return replace(first, end=replace(frame, day=days[-1]), listed=listed)


class SpanRules(PointRules):
    """Rules for spans and for dates given in two calendars."""

    def phrase(self, at: int) -> Parsed:
        """A span, a list of weekdays, or one date."""
        opened = bool(self.get(at, "from"))
        first = self.point(at)
        span = self.span(at + 1 if opened else at, opened)
        if span and (first is None or span[0] > first[0]):
            return span
        return first and self.paired(*first)

    def span(self, at: int, opened: bool) -> Parsed:
        """«من الاثنين إلى الجمعة», "28 May to 3 June", «2015-2019» behind «من»."""
        left = self.point(at) or self.bare(at, opened)
        if left is None or left[1].end is not None:
            return None
        after = self.connected(left[0], dash=True)
        if after is None:
            return None
        right = self.point(after) or self.bare(after, opened)
        if right is None or right[1].end is not None:
            return None
        strict = opened or not self._is_and(left[0])
        return self._joined(left[1], right, strict, self._is_and(left[0]))

    def _is_and(self, at: int) -> bool:
        term = self.run[at]
        both = self.get(at, "and") or (term is not None and term.joined)
        return bool(both) and not self.get(at, "to") and not self.get(at + 1, "to")

    def _joined(
        self, left: DateSpec, right: tuple[int, DateSpec], strict: bool, both: bool
    ) -> Parsed:
        at, last = right
        left, last = share(left, last)
        if not alike(left, last) or not (strict or weekdays_only(left, last)):
            return None
        return at, replace(left, end=last, listed=both and not strict)

    def bare(self, at: int, opened: bool) -> Parsed:
        """A day without month, or within «from … to …» a year without a word that says so."""
        at = self.prefix(self.skip(at, "prep", "year_word"))
        year = self.year_number(at)
        if year and opened and self.closed_year(at + 1):
            return at + 1, DateSpec(year=year)
        day = self.day_number(at)
        return (self.past_suffix(at + 1), DateSpec(day=day)) if day else None

    def paired(self, at: int, spec: DateSpec) -> tuple[int, DateSpec]:
        """Adds the same day in the other calendar («15 رمضان 1444 هـ الموافق 6 أبريل 2023»)."""
        bracket = self.sep(at, "(")
        after = self.apposition(at)
        if after == at or spec.day is None or spec.end is not None:
            return at, spec
        found = self.days(after, True) or self.numeric(after, True)
        if not found or found[1].calendar is spec.calendar:
            return at, spec
        at = found[0] + 1 if bracket and self.sep(found[0], ")") else found[0]
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


def weekdays_only(left: DateSpec, right: DateSpec) -> bool:
    """Whether two weekdays stand together («الاثنين والثلاثاء»)."""
    return (
        left.weekday is not None
        and right.weekday is not None
        and left.month is None
        and right.relative is None
        and left.relative is None
    )


class Parser(SpanRules):
    """All dates of one run, from left to right, each as long as can be."""

    def dates(self) -> Iterator[tuple[int, int, DateSpec]]:
        """First position, position behind the last, and specification of each date."""
        at = 0
        while at < self.last:
            found = self.phrase(at)
            if found is None:
                at += 1
                continue
            yield self.trimmed(at, found[1]), found[0], found[1]
            at = found[0]

    def trimmed(self, at: int, spec: DateSpec) -> int:
        """The first position that belongs to the date: prepositions and articles do not."""
        if spec.relative and self.get(at, "ago"):
            return at
        if spec.end is None and self.get(at, "from"):
            at += 1
        while self.get(at, "prep") or self.get(at, "article"):
            at += 1
        return at
