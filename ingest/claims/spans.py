"""Spans: how long something lasts, where the text counts its days, when it began or is to be."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ingest.claims.clauses import RESOLVES
from ingest.items import Item

WHOLE_DATE = 10  # letters of YYYY-MM-DD
_NUMBERS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "ten": 10,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "sept": 7,
    "huit": 8,
    "dix": 10,
    "ثلاثة": 3,
    "أربعة": 4,
    "خمسة": 5,
    "ستة": 6,
    "سبعة": 7,
    "ثمانية": 8,
    "تسعة": 9,
    "عشرة": 10,
}
_WORDS = "|".join(_NUMBERS)
_DAYS = re.compile(
    rf"(?<!قبل )(?<!بعد )(?<!il y a )"  # when it was, not how long
    rf"(?:(?P<pair>يومين|يومان)|\b(?P<count>{_WORDS}|[1-9]\d?)(?:[\s-]+)(?:days?|jours|أيام|يوما)\b)"
    r"(?!\s+(?:ago|later|earlier))",
    re.IGNORECASE,
)
_MOST = 45  # days that a visit or an exercise may last


def days_told(words: str) -> int | None:
    """How many days the words count: «زيارة تدوم ثلاثة أيام», “a two-day summit”."""
    found = _DAYS.search(words)
    if found is None:
        return None
    if found["pair"]:
        return 2
    count = _NUMBERS.get(found["count"].lower()) or int(found["count"])
    return count if 1 < count <= _MOST else None


def first_day(last: str, days: int) -> str:
    """The first of so many days, by the last of them."""
    return (date.fromisoformat(last) - timedelta(days - 1)).isoformat()


_AGREED = RESOLVES | {"asks_to"}
_AGREED_REACH = 3  # items from the verb to the day on which so much was agreed


def is_before_plan(items: list[Item], index: int, start: int) -> bool:
    """Whether a date stands before “and” that opens a plan: «حل … الثلاثاء، ومن المنتظر أن …».

    So does the day on which a decision is told: «هاتف اليوم نظيره وأخبره بقراره فتح سفارة»,
    « ont convenu lundi d'organiser la session ».
    """
    near = items[max(0, index - _AGREED_REACH) : start]
    return any(not item.classes.isdisjoint(_AGREED) for item in near) or any(
        "and" in items[at - 1].classes and "planned" in items[at].classes
        for at in range(index + 2, start + 1)
    )
