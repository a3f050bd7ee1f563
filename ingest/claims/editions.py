"""Editions: which session of a body is told, by the ordinal before the body's name."""

from __future__ import annotations

from ingest.claims.drafts import Draft
from ingest.items import Item

_REACH = 6  # items from «الاجتماع التاسع» to the body whose session it is
_SITTINGS = frozenset({"session_noun", "sitting", "conference_noun"})
_ENDS = frozenset({"barrier", "comma", "person", "country", "date"})
_ORDINAL = "ordinal-"


def told_before(items: list[Item], start: int) -> int | None:
    """The number of the session told before a body: “the ninth meeting of the Committee”."""
    number, sitting = None, False
    for item in reversed(items[max(0, start - _REACH) : start]):
        if not item.classes.isdisjoint(_ENDS):
            break
        sitting = sitting or not item.classes.isdisjoint(_SITTINGS)
        number = number or _number(item)
    return number if sitting else None


def are_two(known: Draft, draft: Draft) -> bool:
    """Whether two drafts tell of sessions that bear different numbers."""
    return known.edition is not None and draft.edition not in (None, known.edition)


def _number(item: Item) -> int | None:
    told = (name.removeprefix(_ORDINAL) for name in item.classes if name.startswith(_ORDINAL))
    return next((int(number) for number in told if number.isdecimal()), None)
