"""Rules for one date, or for days of one month named together."""

from __future__ import annotations

from dataclasses import replace

from ingest.dates.cursor import DASHES, Parsed
from ingest.dates.figures import FigureRules
from ingest.dates.model import Base, Calendar, DateSpec, Relative, Unit
from ingest.dates.months import spread

_LAST_PLAIN = 10  # ordinals of one word count visits and sessions as often as days
_MOST_DAYS = 6  # in a list of days


class PointRules(FigureRules):
    """Rules for one date, or for days of one month listed together."""

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
            at = self.closing(at, self.skip(after + 1, "day_part"))
            after = self.prefix(self.apposition(at))
        if weekday is None and spec.weekday is not None and self.get(after, "on_day"):
            after += 1  # «يوم الاثنين في 18 شباط»
        dated = self.dated(after)
        if dated is None or dated[1].end is not None or dated[1].day is None:
            return at, spec
        other = dated[1]
        relative = other.relative or spec.relative
        at = self.closing(at, dated[0])
        return at, replace(other, weekday=spec.weekday, relative=relative)

    def closing(self, opened: int, at: int) -> int:
        """The position behind the bracket that closes one at the first position."""
        return at + 1 if self.sep(opened, "(") and self.sep(at, ")") else at

    def apposition(self, at: int) -> int:
        """The position behind a comma, bracket or «الموافق» between two statements of a day."""
        after = at + 1 if self.sep(at, ",،(") else at
        return self.skip(after, "equals")

    def dated(self, at: int) -> Parsed:
        """A day of the month with its month, in words or in figures."""
        found = self.days(at, False) or self.numeric(at, True)
        return found or (self.month_phrase(at, False) if self.get(at, "month") else None)

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
        after = after + 1 if self.get(after, "on_day") else after
        day = self.day_number(after)
        bare = self.past_suffix(after + 1)
        if day and day <= _LAST_PLAIN and after > at and self.get(after, "number") is None:
            day = None  # «الاثنين، الأولى بعد 13 عاما»: the first visit, not the first of a month
        if day and spec.shift is None and not self.get(after, "count") and self.closed(bare):
            return bare, replace(spec, day=day)
        day = self.get(after, "day")
        if day is not None and after > at:
            return after + 1, replace(spec, relative=Relative(day, Unit.DAY))
        return at, spec

    def days(self, at: int, cued: bool) -> Parsed:
        """One or more days of one month: «14 غشت 2022», «3 و4 أكتوبر», «من 20 إلى 31 ماي»."""
        opened = bool(self.get(at, "from"))
        at = self.prefix(at + 1 if opened else at)
        days: list[int] = []
        listed, dashed = True, False
        while len(days) < _MOST_DAYS:
            day = self.day_number(at)
            if day is None:
                return None
            days.append(day)
            plain = day <= _LAST_PLAIN and self.get(at, "ordinal") is not None
            at = self.past_suffix(at + 1)
            if plain and self.get(at, "on_day"):
                return None  # «القمة الثانية في ماي»: the second summit, not the second of May
            framed = self.day_frame(at)
            if framed:
                days = sorted(days) if dashed else days  # right to left, «5-3 ماي» is read 3 to 5
                return framed[0], spread(framed[1], days, listed and not opened)
            after = self.connected(at, dash=True, comma=True)
            if after is None:
                return None
            listed = listed and not (self.get(at, "to") or self.sep(at, DASHES))
            dashed = dashed or self.sep(at, DASHES)
            at = self.prefix(after)
        return None

    def connected(self, at: int, dash: bool, comma: bool = False) -> int | None:
        """The position behind «and», «to» or a dash; None where none stands."""
        if self.get(at, "to") or self.get(at, "and"):
            return self.skip(at, "to", "and")
        if dash and self.sep(at, DASHES):
            return at + 1
        if self.sep(at, ",،") and self.get(at + 1, "to"):
            return at + 2
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
        cued = cued and (not self.get(at, "count") or self.sep(at + 1, "."))
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
        days: list[int] = []
        listed = True
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
            listed = listed and not (self.get(after, "to") or self.sep(after, DASHES))
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
        return None if closing is None else (closing, DateSpec(relative=relative, counted=True))

    def _counted_from(self, at: int) -> int | None:
        """The position behind «من الآن»; None where the count is from an event."""
        rest = self.low[self.end(at) : self.end(at) + 12].split()
        if not rest or rest[0] not in self.lexicon.offset_blockers:
            return at
        return at + 2 if self.get(at + 1, "now") else None

    def _month_alone(self, at: int) -> Parsed:
        """The month now running: “at the end of the month”, but not “of the month of May”."""
        if self.get(at, "definite") is not Unit.MONTH or not self.get(at - 1, "article"):
            return None
        if self.get(at + 1, "of"):
            return None
        if self.month_name(at + 1) is not None or self.get(at + 1, "shift") is not None:
            return None
        return at + 1, DateSpec(relative=Relative(0, Unit.MONTH))

    def unit_phrase(self, at: int, cued: bool) -> Parsed:
        """«الشهر الماضي», "early next year", «الأسبوع القادم يوم الجمعة»."""
        part = self.get(at, "part")
        if part is not None:
            at = self.skip(at + 1, "of", "article")
        found = self.relative_unit(at)
        if found is None and part is not None:
            found = self._month_alone(at)
        if found is None:
            return None
        at, spec = found
        assert spec.relative is not None
        if part is not None:
            return None if spec.relative.unit is Unit.WEEK else (at, replace(spec, part=part))
        after = self.prefix(self.skip(at, "prep"))
        weekday = self.get(after, "weekday")
        if spec.relative.unit is Unit.WEEK and weekday is not None:
            return after + 1, replace(spec, weekday=weekday)
        return at, spec

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
        return None if frame is None else (frame[0], replace(frame[1], nth=nth, weekday=weekday))

    def weekday_list(self, at: int, cued: bool) -> Parsed:
        """«يومي الثلاثاء والأربعاء 3 و4 ماي», "Monday and Tuesday": weekdays, then their days."""
        weekdays: list[int] = []
        at = self.prefix(at)
        while len(weekdays) < _MOST_DAYS:
            weekday = self.get(at, "weekday")
            if weekday is None:
                return None
            weekdays.append(weekday)
            at = self.skip(at + 1, "day_part")
            after = None if self.get(at, "to") else self.connected(at, dash=False, comma=True)
            after = None if after is None else self.prefix(after)
            if after is None or self.get(after, "weekday") is None:
                break
            at = after
        return self._weekdays_told(at, weekdays) if len(weekdays) > 1 else None

    def _weekdays_told(self, at: int, weekdays: list[int]) -> tuple[int, DateSpec]:
        dated = self.dated(self.prefix(self.apposition(at)))
        if dated and dated[1].end is not None:
            end = replace(dated[1].end, weekday=weekdays[-1])
            return dated[0], replace(dated[1], weekday=weekdays[0], end=end, listed=True)
        shift = self.get(at, "shift")
        at = at + 1 if shift is not None else at
        end = DateSpec(weekday=weekdays[-1], shift=shift)
        return at, DateSpec(weekday=weekdays[0], shift=shift, end=end, listed=True)

    def point(self, at: int, cued: bool = False) -> Parsed:
        """The longest date that begins at the position."""
        led = bool(self.get(at, "prep"))
        best = self.offset(at, False) if led and self.get(at, "opens") else None
        after = self.skip(at, "prep") if led else at
        opens = self.get(after, "opens") or ()
        core = self.prefix(after)
        if core > after:
            opens = dict.fromkeys((*opens, *(self.get(core, "opens") or ())))
        for name in opens:
            found: Parsed = getattr(self, name)(after, cued or led)
            if found and (best is None or found[0] > best[0]):
                best = found
        return best
