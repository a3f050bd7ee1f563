"""Rules for dates in figures: day, month and year with strokes, years, days alone."""

from __future__ import annotations

from dataclasses import replace

from ingest.dates.cursor import Parsed
from ingest.dates.model import Calendar, DateSpec
from ingest.dates.months import MonthRules

_HIJRI_YEARS = range(1343, 1501)  # no news tells a day of these by the other calendar


def _in_its_calendar(spec: DateSpec) -> DateSpec:
    """A day in figures, Hijri by its year where no word says so: «1443/3/25»."""
    return replace(spec, calendar=Calendar.HIJRI) if spec.year in _HIJRI_YEARS else spec


class FigureRules(MonthRules):
    """Rules that read numbers, and what makes a date of them."""

    def prefix(self, at: int) -> int:
        """The position behind «مساء», «يوم», "the", «le»."""
        return self.skip(at, "day_part", "day_word", "article")

    def numeric(self, at: int, cued: bool) -> Parsed:
        """Figures and strokes: year first, or day first."""
        at = self.prefix(at)
        if self.get(at, "number") is None or not self.tight(at, 3) or not self.sep(at + 1, "/-."):
            return None
        if at and self.sep(at - 1, "/-.") and self.tight(at - 1, 2):
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
            spec = DateSpec(year=first, month=second, day=third)
            if self.get(at + 5, "hijri"):
                return at + 6, replace(spec, calendar=Calendar.HIJRI)
            return at + 5, _in_its_calendar(spec)
        year = self.year_number(at + 4)
        if year is None and self.get(at + 4, "width") == 2 and self.sep(at + 1, "/-"):
            year = third + (2000 if third < 70 else 1900)
        if year is None or first > 31:
            return None
        day, month = (first, second) if second <= 12 else (second, first)
        spec = DateSpec(year=year, month=month, day=day)
        if month > 12:
            return None
        if self.get(at + 5, "hijri"):
            return at + 6, replace(spec, calendar=Calendar.HIJRI)
        return self.skip(at + 5, "era"), _in_its_calendar(spec)

    def _short_numeric(self, at: int, cued: bool, mark: str) -> Parsed:
        year, month = self.year_number(at), self.number(at + 2, 1, 12)
        if year and month:
            return at + 3, DateSpec(year=year, month=month)
        year, month = self.year_number(at + 2), self.number(at, 1, 12)
        if year and month:
            return at + 3, DateSpec(year=year, month=month)
        first, second = self.number(at, 1, 31), self.number(at + 2, 1, 31)
        if first is None or second is None:
            return None
        day, month = (first, second) if second <= 12 else (second, first)
        led = cued or bool(at and self.get(at - 1, "day_word"))
        stated = self.year_number(at + 4) if self.sep(at + 3, ",،") else None
        if month > 12 or not (led or stated or self._is_sure(at, mark, day)):
            return None
        if stated:
            return at + 5, DateSpec(year=stated, month=month, day=day)
        if (mark == "." and (day <= 12 or not self._ends(at + 3))) or (mark == "-" and day <= 12):
            return None
        return at + 3, DateSpec(month=month, day=day)

    def _is_sure(self, at: int, mark: str, day: int) -> bool:
        """Whether figures without a word of time are a day and a month: «22/04», no score."""
        padded = any(self.low[self.start(k)] == "0" for k in (at, at + 2))
        return mark == "/" and (day > 12 or padded) and self.closed(at + 3)

    def _ends(self, at: int) -> bool:
        """Whether the sentence, or the text, ends behind the last term before `at`."""
        rest = self.low[self.end(at) :][:2].lstrip(" ")
        return not rest or (rest[0] in ".!?؟\n" and not rest[1:].isalnum())

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
        # The oldest treaties that news recalls are of the seventeenth century.
        return 1600 <= year <= 2100 and self.closed_year(at + 1)

    def closed_year(self, at: int) -> bool:
        """Whether the number before `at` is not an amount of what the next word names."""
        rest = self.low[self.end(at) : self.end(at) + 24]
        if rest[:1] in tuple("%.,") and rest[1:2].isdigit():
            return False
        words = rest.split()
        return not (rest[:1] == " " and words and words[0] in self.lexicon.not_before["year"])

    def closed(self, at: int) -> bool:
        """Whether nothing behind the last term makes a time, a fraction or an amount of it."""
        mark = self.get(at, "sep")
        rest = self.low[self.end(at) : self.end(at) + 2]
        if rest[:1] in (":", "%", "°") or (mark in (".", ",", "/") and rest[1:].isdigit()):
            return False
        return not self.word_follows(at) and self.get(at, "unit") is None

    def day_only(self, at: int, cued: bool) -> Parsed:
        """«يوم 27», and «في 27» at the end: a day of a month that the words leave open."""
        after = self.prefix(at)
        day = self.number(after, 1, 31)
        led = after > at and bool(self.get(after - 1, "day_word"))
        if day is None and (led or (at and self.get(at - 1, "on_day"))):
            told = self.get(after, "ordinal") or self.get(after, "count") or 0
            day, led = (told, self._ends(after + 1)) if 20 < told <= 31 else (None, False)
        behind = self.past_suffix(after + 1)
        on_day = bool(at and self.get(at - 1, "on_day")) and self.get(after, "width") == 2
        led = led or (on_day and self._ends(behind))
        if not led or day is None or not self.closed(behind):
            return None
        return behind, DateSpec(day=day)
