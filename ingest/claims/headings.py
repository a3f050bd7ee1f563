"""Days at the head of a chronicle's items: «1976:» above what was done in that year."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.dates import DateMention, resolve
from ingest.items import Analysis, Item

_LEAST = 2  # headings that make a chronicle; one day alone over a text is that of the report
_REACH = 3  # sentences that a heading dates
_AROUND = frozenset({"colon", "break", "barrier", "dash", "mark", "open", "close", "and", "stop"})
_CENTURIES = ("19", "20")


def days(analysis: Analysis, sentences: Sequence[list[Item]]) -> dict[int, str]:
    """The day, month or year of the heading over each sentence of a chronicle, by its number."""
    told = ((number, _day(analysis, items)) for number, items in enumerate(sentences))
    heads = {number: day for number, day in told if day}
    if len(heads) < _LEAST:
        return {}
    found: dict[int, str] = {}
    for head, day in heads.items():
        for number in range(head + 1, head + 1 + _REACH):
            if number in heads:
                break
            found[number] = day
    return found


def _day(analysis: Analysis, items: list[Item]) -> str | None:
    """The date that is all a line tells."""
    told = [item for item in items if item.classes.isdisjoint(_AROUND)]
    if len(told) != 1 or len(items) == 1:
        return None
    payload = told[0].payload
    if isinstance(payload, DateMention):
        resolved = resolve(payload.spec, None, None, None) if payload.spec.year else None
        return resolved.date if resolved else None
    words = analysis.words(told[0].first, told[0].last)
    year = words.isdigit() and len(words) == len("2000") and words.startswith(_CENTURIES)
    return words if year and "num" in told[0].classes else None
