"""Finding dates in a text."""

from __future__ import annotations

from ingest.dates.grammar import Parser
from ingest.dates.lexer import lowered, runs
from ingest.dates.lexicon import LANGUAGES, Lexicon, load
from ingest.dates.model import Base, DateMention, DateSpec, Unit

_REACH = 24  # code points around a date in which a word can make it none


def find_dates(text: str, lang: str) -> list[DateMention]:
    """The dates of a text in their order, none overlapping another.

    Arabic text is expected normalised as the lexicon folds it; Latin text as it is. A language
    other than ar, en and fr has none.
    """
    if lang not in LANGUAGES:
        return []
    lexicon, low = load(lang), lowered(text)
    found = []
    for run in runs(low, lexicon):
        parser = Parser(text, low, run, lexicon)
        for first, behind, spec in parser.dates():
            start, end = parser.start(first), parser.end(behind)
            if not _is_blocked(low, start, end, spec, lexicon):
                found.append(DateMention(start, end, text[start:end], spec))
    return found


def _kind(spec: DateSpec) -> str | None:
    """Which list of blocking words applies; None where the date is beyond doubt."""
    if spec.end is not None or spec.year is not None or spec.shift is not None:
        return None
    if spec.month is not None:
        return "month"
    if spec.counted:
        return "offset" if spec.relative and spec.relative.offset > 0 else None
    if spec.weekday is not None and spec.relative is None and spec.day is None:
        return "weekday"
    by_day = spec.relative is not None and spec.relative.unit is Unit.DAY and spec.weekday is None
    return "day" if by_day else None


def _numbers_a_law(low: str, start: int) -> bool:
    """Whether a year is part of a number («القرار 2254 لسنة 2015»)."""
    before = low[max(0, start - _REACH) : start].split()
    return len(before) > 1 and before[-1] == "ل" and before[-2].isdecimal()


def _tells_what_it_follows(spec: DateSpec, after: list[str], lexicon: Lexicon) -> bool:
    """« au lendemain de la visite »: what the day follows is told, not which day it is."""
    words = lexicon.not_before.get("anchor_day", ())
    if not after or spec.relative is None or spec.relative.base is not Base.ANCHOR:
        return False
    head, mark, _ = after[0].partition("'")
    return head + mark in words


def _is_of_month_named(after: list[str], lexicon: Lexicon) -> bool:
    """Whether a month is told by its name, not counted: «بعد شهر رمضان»."""
    named = lexicon.not_before.get("counted_month", ())
    return bool(after) and after[0].strip(".,،؛:!?") in named


def _is_blocked(low: str, start: int, end: int, spec: DateSpec, lexicon: Lexicon) -> bool:
    kind = _kind(spec)
    if spec.relative and _is_of_month_named(low[end : end + _REACH].split()[:1], lexicon):
        return True
    if spec.day and low[max(0, start - _REACH) : start].endswith(lexicon.week_of):
        return True
    if kind is None:
        return spec.month is None and spec.end is None and _numbers_a_law(low, start)
    before = low[max(0, start - _REACH) : start].split()
    if len(before) > 1 and before[-1] in lexicon.links:
        before.pop()
    after = low[end : end + _REACH].split()
    if _tells_what_it_follows(spec, after[:1], lexicon):
        return True
    if kind == "day" and spec.relative and spec.relative.offset:
        return bool(after) and after[0] in lexicon.not_before["day"] and after[0][:2] == "ال"
    return bool(
        (before and before[-1] in lexicon.not_after.get(kind, ()))
        or (after and after[0] in lexicon.not_before.get(kind, ()))
    )
