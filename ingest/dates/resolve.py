"""From what the words say to a date: the publication date and an anchor fill what they leave out.

Nothing is guessed. Where the words and the two dates do not settle a date, there is none.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from ingest.dates import hijri
from ingest.dates.context import (
    Context,
    Direction,
    Found,
    Spell,
    choose,
    read_date,
    real_day,
    spells,
)
from ingest.dates.model import Base, Calendar, DateSpec, Relative, Resolved, Unit

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SPELL = timedelta(days=31)  # how long a spell within one month can last
_LATEST = 2  # days after which a report that says «today» may appear
_NEAR_WEEKS = timedelta(days=62)  # how far off a weekday with a day of the month is looked for


def resolve(
    spec: DateSpec,
    published: str | None,
    anchor: str | None = None,
    direction: Direction | None = None,
) -> Resolved | None:
    """The date that a specification comes to; None where nothing settles it.

    `published` and `anchor` are ISO dates (an anchor may be a month or a year: it then stands
    for its middle); ones that are not dates count as absent.
    """
    context = Context(read_date(published), read_date(anchor), direction)
    try:
        return _resolved(spec, context)
    except (OverflowError, ValueError):  # years beyond the calendar
        return None


def _resolved(spec: DateSpec, context: Context) -> Resolved | None:
    if spec.end is None:
        found = _single(spec, context)
        if found is None:
            return None
        return Resolved(found.iso, None, found.inferred, found.warning, found.basis)
    ends = _span(spec, spec.end, context)
    if ends is None:
        return None
    first, last = ends
    warnings = [found.warning for found in ends if found.warning]
    return Resolved(
        first.iso,
        last.iso,
        first.inferred or last.inferred,
        "; ".join(warnings) or None,
        f"{first.basis}; to {last.basis}",
    )


def _span(spec: DateSpec, end: DateSpec, context: Context) -> tuple[Found, Found] | None:
    if _weekday_alone(spec) and _weekday_alone(end):
        return _weekday_span(spec, end, context)
    begun = _begun_span(spec, end, context)
    if begun is not None:
        return begun
    last = _single(end, context)
    if last is None:
        return None
    first = _single(replace(spec, end=None, listed=False), context)
    if first is not None and first.first > last.first and spec.month:
        if _under_way(spec, end, first.first, context):
            last = _single(replace(end, year=first.first.year), context) or last
        else:
            first = _single(_earlier(spec, end, last.first), context)
    if first is None or first.first > last.first or first.precision != last.precision:
        return None
    return first, last


def _begun_span(spec: DateSpec, end: DateSpec, context: Context) -> tuple[Found, Found] | None:
    """Days of a year left out, told as past: the first has come, the last may be ahead still."""
    stated = spec.year or end.year or spec.relative or end.relative
    if context.direction != "past" or stated or not (spec.month and end.month):
        return None
    first = _single(replace(spec, end=None, listed=False), context)
    if first is None:
        return None
    last = _single(end, replace(context, anchor=first.first, direction=None))
    fits = last is not None and last.first >= first.first and last.precision == first.precision
    return (first, last) if last is not None and fits else None


def _under_way(spec: DateSpec, end: DateSpec, first: date, context: Context) -> bool:
    """Whether the spell has begun and ends after the report: “22 to 29 June” on the 24th."""
    months = spec.month == end.month and spec.year is None and end.year is None
    days = bool(spec.day and end.day and spec.day <= end.day)
    near = context.focus is not None and timedelta(0) <= context.focus - first < _SPELL
    return months and days and near


def _earlier(spec: DateSpec, end: DateSpec, last: date) -> DateSpec:
    """The first day in the month before («28 إلى 3 يونيو»), or in the year before the last day.

    A spell to come that began already has both days in one month: “will stay from 3 to 20 May”.
    """
    start = replace(spec, end=None, listed=False)
    if spec.month == end.month and spec.year == end.year and spec.day and end.day:
        if spec.day <= end.day:
            return replace(start, year=last.year)
        months = last.year * 12 + last.month - 2
        return replace(start, year=months // 12, month=months % 12 + 1)
    return replace(start, year=last.year - 1) if spec.year is None else start


def _weekday_alone(spec: DateSpec) -> bool:
    bare = spec.relative is None and spec.day is None and spec.month is None
    return spec.weekday is not None and bare


def _weekday_span(spec: DateSpec, end: DateSpec, context: Context) -> tuple[Found, Found] | None:
    """Two weekdays of one stretch: the last for the past, else the first, is found by itself."""
    shift = spec.shift if spec.shift is not None else end.shift
    today = context.focus is not None and context.focus.weekday() == spec.weekday
    if shift == -1 or (context.direction == "past" and not today):
        last = _single(replace(end, shift=shift), context)
        if last is None or spec.weekday is None:
            return None
        day = last.first - timedelta((last.first.weekday() - spec.weekday) % 7)
        return replace(last, first=day, basis=f"{_DAYS[spec.weekday]} before it"), last
    first = _single(replace(spec, end=None, shift=shift), context)
    if first is None or end.weekday is None:
        return None
    day = first.first + timedelta((end.weekday - first.first.weekday()) % 7)
    return first, replace(first, first=day, basis=f"{_DAYS[end.weekday]} after it")


def _single(spec: DateSpec, context: Context) -> Found | None:
    for applies, rule in _RULES:
        if applies(spec):
            found = rule(spec, context)
            return _checked(found, spec) if found else None
    return None


def _checked(found: Found, spec: DateSpec) -> Found:
    """Adds a warning where the weekday or the other calendar contradicts the date."""
    warnings = [found.warning] if found.warning else []
    if spec.weekday is not None and found.precision == 3 and found.first.weekday() != spec.weekday:
        actual = _DAYS[found.first.weekday()]
        warnings.append(f"{found.iso} is a {actual}, the text says {_DAYS[spec.weekday]}")
    other = spec.other
    if other and other.calendar is Calendar.HIJRI and other.year and other.month and other.day:
        day = hijri.to_gregorian(other.year, other.month, other.day)
        if day and abs((day - found.first).days) > 1:
            warnings.append(f"the Hijri date beside it is {day.isoformat()}")
    return replace(found, warning="; ".join(warnings) or None)


# -- dates in full, or short of a year


def _explicit(spec: DateSpec, context: Context) -> Found | None:
    """Day, month and year, or month and year, or a year, as the words give them."""
    if spec.year is None:
        return None
    precision = 3 if spec.day else 2 if spec.month else 1
    day = real_day(spec.year, spec.month or 1, spec.day or 1)
    if day is None:
        return None
    return Found(day, precision, False, f"{day.isoformat()[: (0, 4, 7, 10)[precision]]} as stated")


def _yearless(spec: DateSpec, context: Context) -> Found | None:
    """A month, or a day of it, without year: of all years the one that fits best."""
    focus = context.focus
    if focus is None or spec.month is None:
        return None
    precision = 3 if spec.day else 2
    candidates = list(spells(spec.month, spec.day, focus.year))
    told = _of_weekday(candidates, spec, focus)
    if told:
        context, candidates = replace(context, direction=None), told
    chosen, reason = choose(candidates, spec.shift, context)
    if chosen is None:
        return None
    return Found(chosen[0], precision, True, f"year {chosen[0].year}: {reason}")


def _of_weekday(candidates: list[Spell], spec: DateSpec, focus: date) -> list[Spell]:
    """The days near the focus that are of the weekday told: “Friday 4 August”."""
    if spec.weekday is None or not spec.day:
        return []
    near = (spell for spell in candidates if abs(spell[0] - focus) < _NEAR_WEEKS)
    return [spell for spell in near if spell[0].weekday() == spec.weekday]


# -- relative dates


def _shifted(relative: Relative, context: Context) -> Found | None:
    """So many days, weeks, months or years from the base; weeks only where days count."""
    base = context.base(relative.base)
    if base is None:
        return None
    basis = f"{relative.offset:+d} {relative.unit} from {base}"
    if relative.unit in (Unit.DAY, Unit.WEEK):
        days = relative.offset * (7 if relative.unit is Unit.WEEK else 1)
        return Found(base + timedelta(days), 3, True, basis)
    if relative.unit is Unit.YEAR:
        return Found(date(base.year + relative.offset, 1, 1), 1, True, basis)
    months = base.year * 12 + base.month - 1 + relative.offset
    return Found(date(months // 12, months % 12 + 1, 1), 2, True, basis)


def _relative(spec: DateSpec, context: Context) -> Found | None:
    relative = spec.relative
    assert relative is not None
    if spec.counted and relative.offset > 0 and context.direction == "past":
        relative = replace(relative, base=Base.ANCHOR)  # «two days later» in a report of the past
    told = _shifted(relative, context)
    if told is None:
        bare = spec.day is None or spec.month is None
        return None if bare else _single(replace(spec, relative=None), context)
    if relative.unit is Unit.DAY:
        return _against_day(spec, told, context)
    if relative.unit is Unit.WEEK:
        return _of_week(spec, told)
    if relative.unit is Unit.YEAR:
        return _of_year(spec, told)
    return _of_month(spec, told)


def _against_day(spec: DateSpec, told: Found, context: Context) -> Found | None:
    """«Yesterday»; but a day and month beside it decide, and «yesterday» checks them."""
    if spec.day is None or spec.month is None:
        return _on_its_weekday(spec, told)
    stated = _single(replace(spec, relative=None), context)
    if stated is None or stated.first == told.first:
        return stated
    return replace(stated, warning=f"{told.basis} is {told.iso}")


def _on_its_weekday(spec: DateSpec, told: Found) -> Found:
    """«Today, Monday» in a report that appeared a day or two later is that Monday."""
    late = 0 if spec.weekday is None else (told.first.weekday() - spec.weekday) % 7
    if not 0 < late <= _LATEST:
        return told
    day = told.first - timedelta(late)
    return replace(told, first=day, warning=f"{told.basis} is {told.iso}")


def _of_week(spec: DateSpec, told: Found) -> Found | None:
    """A weekday of last or next week; an ago of weeks is a day, a week in one month is its month.

    Weeks begin on Sunday or Monday; one that may reach into two months is none.
    """
    monday = told.first - timedelta(told.first.weekday())
    if spec.weekday is not None:
        day = monday + timedelta(spec.weekday)
        return replace(told, first=day, basis=f"{_DAYS[spec.weekday]} of the week {told.basis}")
    if spec.counted:
        return told
    first, last = monday - timedelta(1), monday + timedelta(6)
    if first.month != last.month:
        return None
    return replace(told, first=first.replace(day=1), precision=2, basis=f"the week {told.basis}")


def _of_year(spec: DateSpec, told: Found) -> Found | None:
    if spec.month is None:
        return told
    day = real_day(told.first.year, spec.month, spec.day or 1)
    return None if day is None else replace(told, first=day, precision=3 if spec.day else 2)


def _of_month(spec: DateSpec, told: Found) -> Found | None:
    if spec.day is None:
        return told
    day = real_day(told.first.year, told.first.month, spec.day)
    return (
        None
        if day is None
        else replace(told, first=day, precision=3, basis=f"day {spec.day} of {told.basis}")
    )


# -- weekdays


def _weekday(spec: DateSpec, context: Context) -> Found | None:
    """A weekday alone: the latest up to the day of publication, or the next one after it."""
    published = context.published
    if published is None or spec.weekday is None:
        return None
    future = spec.shift == 1 or (spec.shift in (None, 0) and context.direction == "future")
    name = _DAYS[spec.weekday]
    if future:
        days = (spec.weekday - published.weekday()) % 7
        days = days or (7 if spec.shift == 1 else 0)
        return Found(published + timedelta(days), 3, True, f"the next {name} from {published}")
    days = (published.weekday() - spec.weekday) % 7
    if spec.shift is not None and spec.shift < 0:
        days = (days or 7) + 7 * (-1 - spec.shift)
    if spec.shift == 0 and context.direction is None and spec.weekday > published.weekday():
        days -= 7  # «this Friday», said on a Monday
    return Found(published - timedelta(days), 3, True, f"the latest {name} up to {published}")


def _weekday_and_day(spec: DateSpec, context: Context) -> Found | None:
    """«Wednesday 13», «the 27th»: the day of the month in the month that fits best."""
    focus = context.focus
    if focus is None or spec.day is None:
        return None
    months = [focus.year * 12 + focus.month - 1 + k for k in range(-7, 8)]
    days = [real_day(month // 12, month % 12 + 1, spec.day) for month in months]
    fitting = [(day, day) for day in days if day and spec.weekday in (None, day.weekday())]
    near = [spell for spell in fitting if abs(spell[0] - focus) < _NEAR_WEEKS]
    direction = context.direction or (None if spec.weekday is not None else "past")
    chosen, reason = choose(near, spec.shift, replace(context, direction=direction))
    return None if chosen is None else Found(chosen[0], 3, True, f"day {spec.day}: {reason}")


def _nth_weekday(spec: DateSpec, context: Context) -> Found | None:
    """The n-th (or last) such weekday of a month."""
    month = _single(replace(spec, nth=None, weekday=None, day=None), context)
    if month is None or month.precision != 2 or spec.weekday is None or spec.nth is None:
        return None
    year, number = month.first.year, month.first.month
    last = monthrange(year, number)[1]
    days = [d for d in range(1, last + 1) if date(year, number, d).weekday() == spec.weekday]
    position = spec.nth - 1 if spec.nth > 0 else spec.nth
    if not -len(days) <= position < len(days):
        return None
    return replace(month, first=date(year, number, days[position]), precision=3)


# -- Hijri dates


def _hijri(spec: DateSpec, context: Context) -> Found | None:
    """A Hijri day by conversion; a month or year only if it lies in one Gregorian month or year."""
    if spec.day and spec.month:
        return _hijri_day(spec, spec.month, spec.day, context)
    if spec.year is None:
        return None
    span = hijri.gregorian_span(spec.year, spec.month)
    if span is None or span[0].year != span[1].year:
        return None
    same_month = span[0].month == span[1].month
    return Found(
        span[0], 2 if same_month else 1, False, f"Hijri {spec.year}, {spec.month or 'year'}"
    )


def _hijri_day(spec: DateSpec, month: int, day: int, context: Context) -> Found | None:
    basis = f"Hijri day {day} of month {month}"
    if spec.year is not None:
        found = hijri.to_gregorian(spec.year, month, day)
        return (
            None if found is None else Found(found, 3, False, f"{basis} {spec.year} (Umm al-Qura)")
        )
    focus = context.focus
    year = hijri.year_of(focus) if focus else None
    if year is None:
        return None
    days = [hijri.to_gregorian(year + k, month, day) for k in (-1, 0, 1)]
    chosen, reason = choose([(d, d) for d in days if d], spec.shift, context)
    return None if chosen is None else Found(chosen[0], 3, True, f"{basis} (Umm al-Qura), {reason}")


_RULES: tuple[
    tuple[Callable[[DateSpec], bool], Callable[[DateSpec, Context], Found | None]], ...
] = (
    (lambda spec: spec.nth is not None, _nth_weekday),
    (lambda spec: spec.relative is not None and spec.relative.unit is Unit.DAY, _relative),
    (lambda spec: spec.calendar is Calendar.HIJRI and not spec.relative, _hijri),
    (lambda spec: spec.year is not None, _explicit),
    (lambda spec: spec.relative is not None, _relative),
    (lambda spec: spec.month is not None, _yearless),
    (lambda spec: spec.day is not None, _weekday_and_day),
    (lambda spec: spec.weekday is not None, _weekday),
)
