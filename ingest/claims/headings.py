"""Days at the head of a chronicle's items: «1976:» above what was done in that year."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.dates import DateMention, resolve
from ingest.items import Analysis, Item

_LEAST = 2  # headings that make a chronicle; one day alone over a text is that of the report
_REACH = 3  # sentences that a heading dates
_SHORT = 9  # items of a heading that says after its day what came: «1979 – الثورة الإيرانية»
_MARKS = frozenset({"dash", "mark", "open", "close", "and"})
_AROUND = _MARKS | {"colon", "break", "barrier", "stop"}
_PARTS = frozenset({"colon", "dash"})
_CENTURIES = ("19", "20")
_YEAR = len("2000")


def days(analysis: Analysis, sentences: Sequence[list[Item]]) -> dict[int, str]:
    """The day, month or year of the heading over each sentence of a chronicle, by its number."""
    heads: dict[int, str] = {}
    entries: set[int] = set()  # what is told on the line of its day: «2005: وقع البلدان اتفاقية»
    year: str | None = None
    for number, items in enumerate(sentences):
        day = _day(analysis, items, year)
        if day is None and (day := _day_before_colon(analysis, items, year)):
            entries.add(number)
        if day:
            heads[number], year = day, day[:_YEAR]
    if len(heads) < _LEAST:
        return {}
    found: dict[int, str] = {}
    for head, day in heads.items():
        if head in entries:
            found[head] = day
        line = head in entries and (
            len(sentences[head]) > _SHORT or not _ends_line(sentences[head])
        )
        for number in range(head + 1, min(len(sentences), head + 1 + _REACH)):
            if number in heads or (line and _ends_line(sentences[number - 1])):
                break
            found[number] = day
    return found


def _ends_line(items: list[Item]) -> bool:
    return bool(items) and "break" in items[-1].classes


def _day(analysis: Analysis, items: list[Item], year: str | None) -> str | None:
    """The date that is all a line tells."""
    if len(items) > _SHORT:
        return None
    told = [item for item in items if item.classes.isdisjoint(_AROUND)]
    if len(told) != 1 or len(items) == 1:
        return None
    return _date_of(analysis, told[0], year)


def _day_before_colon(analysis: Analysis, items: list[Item], year: str | None) -> str | None:
    """The date before the colon or dash with which a line begins, behind its mark."""
    start = next((at for at, item in enumerate(items) if item.classes.isdisjoint(_MARKS)), 0)
    if start > 1 or start + 1 >= len(items) or items[start + 1].classes.isdisjoint(_PARTS):
        return None
    return _date_of(analysis, items[start], year)


def _date_of(analysis: Analysis, item: Item, year: str | None) -> str | None:
    """The date that an item tells, in the year of the heading before where it tells none."""
    payload = item.payload
    if isinstance(payload, DateMention):
        spec = payload.spec
        if spec.year is None and (year is None or spec.month is None):
            return None
        resolved = resolve(spec, None if spec.year else f"{year}-12-31", None, "past")
        return resolved.date if resolved else None
    words = analysis.words(item.first, item.last)
    told = words.isdigit() and len(words) == _YEAR and words.startswith(_CENTURIES)
    return words if told and "num" in item.classes else None


def is_head(items: list[Item], item: Item) -> bool:
    """Whether a day is that with which the line begins, before a colon or dash."""
    at = next((n for n, each in enumerate(items[:2]) if each is item), None)
    return at is not None and at + 1 < len(items) and not _PARTS.isdisjoint(items[at + 1].classes)


def in_year(date: str, day: str) -> str:
    """A day told without its year, in the year of the heading over it."""
    return day[:_YEAR] + date[_YEAR:]
