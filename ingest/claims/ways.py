"""Ways: days of a journey to an event, which are not the event's own."""

from __future__ import annotations

from ingest.dates import Resolved
from ingest.engine import Match
from ingest.items import Item
from kg.model import EventType

_JOURNEY_REACH = 8  # items from a verb of motion to its day
_JOURNEY = frozenset({"arrive", "leave"})


def is_of_journey(items: list[Item], match: Match, index: int) -> bool:
    """Whether a day before a conference is that of the way to it: «وصل أمس … ليشارك في المنتدى».

    So is one before a mission that somebody goes to open.
    """
    if match.rule.target not in (EventType.CONFERENCE, EventType.MISSION_CHANGE):
        return False
    start = match.found.start
    if match.rule.target == EventType.MISSION_CHANGE:
        told = (at for at in range(start, match.found.end) if "open_verb" in items[at].classes)
        start = next(told, start)
    around = items[max(0, index - _JOURNEY_REACH) : start]
    return index < start and any(not item.classes.isdisjoint(_JOURNEY) for item in around)


_LEFT = frozenset({"arrive", "visit_do", "invitation"})
_GOING = frozenset({"arrive", "visit_do"})
_TO_GO = frozenset({"planned", "future", "to"})


def is_of_way_gone(before: list[Item], index: int) -> bool:
    """Whether a day is that of a way already gone: “arrived on Monday for talks with”."""
    went = [at for at, item in enumerate(before[: index + 2]) if item.classes & _GOING]
    if not went or index >= len(before):
        return False
    if any("comma" in item.classes for item in before[went[-1] : index]):
        return False
    around = before[max(0, went[-1] - 2) : went[-1] + 1]
    return all(item.classes.isdisjoint(_TO_GO) for item in around)


def is_of_departure(before: list[Item], index: int, told: Resolved, published: str | None) -> bool:
    """Whether a day is that of the journey to a plan: «توجه أمس إلى موسكو لإجراء مباحثات».

    Behind the verb of the plan it is not: “arrived on Monday to take part on Tuesday in”.
    """
    left = [at for at, item in enumerate(before) if item.classes & _LEFT]
    if not left or any("take_part" in item.classes for item in before[left[0] : index]):
        return False
    return told.date <= (published or "")[:10]
