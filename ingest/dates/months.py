"""Rules for months: their names, what follows them, and months told in relation."""

from __future__ import annotations

from dataclasses import replace

from ingest.dates.cursor import Cursor, Parsed
from ingest.dates.model import Base, Calendar, DateSpec, Relative, Unit


class MonthRules(Cursor):
    """Rules for what follows a day: month, year, and the words beside them."""

    def month_name(self, at: int) -> tuple[int, int, Calendar] | None:
        """A month, or the same month by two names («أيلول/سبتمبر», «كانون الثاني (يناير)»)."""
        month = self.get(at, "month")
        if month is None:
            hijri = self.get(at, "hijri_month")
            return None if hijri is None else (at + 1, hijri, Calendar.HIJRI)
        if not self.capital(at) and not self._numbered(at):
            return None
        at += 2 if self.get(at, "weak") and self.sep(at + 1, ".") else 1
        if self.sep(at, "/(-–") and self.get(at + 1, "month") == month:
            at = at + 3 if self.sep(at, "(") and self.sep(at + 2, ")") else at + 2
        elif self.get(at, "month") == month:
            at += 1
        return at, month, Calendar.GREGORIAN

    def _numbered(self, at: int) -> bool:
        """Whether a day in figures stands before the month, or a year behind it."""
        before = at > 0 and (self.get(at - 1, "number") or self.get(at - 1, "suffix"))
        return bool(before) or self.year_number(at + 1) is not None

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
        same = self.get(at, "same")
        if same is not None:
            return at + 1, DateSpec(relative=Relative(0, same, Base.ANCHOR))
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
        if at >= self.last or self.get(at, "and") or self.get(at, "number") is not None:
            return None
        at = self.skip(at, "of", "article")
        if self.get(at, "this_month"):
            return at + 1, DateSpec(relative=Relative(0, Unit.MONTH))
        found = self.relative_unit(at)
        if found and found[1].relative and found[1].relative.unit is Unit.MONTH:
            return found
        at = at + 1 if self.sep(at, "-./") else at
        return self.month_tail(at)


def spread(frame: DateSpec, days: list[int], listed: bool) -> DateSpec:
    """The days set in the month (and year) of the frame; several become a span or a list."""
    first = replace(frame, day=days[0])
    if len(days) == 1:
        return first
    return replace(first, end=replace(frame, day=days[-1]), listed=listed)
