"""Lands: the state in which somebody is met, where no title tells it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ingest.claims.likeness import bare
from ingest.items import Item, PersonMention
from ingest.knowledge import Knowledge, Official

_WHERE = frozenset({"where_clause", "where_then"})
_WHERE_REACH, _LAND_REACH = 14, 5  # items from an official back to “where”, from there to a land


_BEHIND_REACH = 4  # items from a city to the state that is told behind it
_INVITED_REACH, _TRIP_REACH = 5, 12  # items back to “at the invitation of”, from there to a land
_INVITATIONS = frozenset({"invitation", "on_invitation"})
_PARTS_OF_LAND = frozenset(
    {"in", "common", "comma", "open", "region", "compass"}
)  # «في جنوب الصومال»


def told_behind(items: list[Item], index: int) -> str | None:
    """The state of a city that no list knows: «بياريتس الفرنسية», «دوبلي في جنوب الصومال»."""
    for item in items[index + 1 : index + 1 + _BEHIND_REACH]:
        if "delegation" in item.classes:
            return None  # «حل بالداخلة وفد غيني»
        lands = [e.key for e in item.entries if e.cls in ("nat", "country")]
        if lands:
            return lands[0]
        if item.classes.isdisjoint(_PARTS_OF_LAND):
            return None
    return None


def visited(items: list[Item], index: int, knowledge: Knowledge) -> str | None:
    """The state in which an official is met: “visited Lahore, where he met President A”."""
    for at in range(index - 1, max(0, index - _WHERE_REACH), -1):
        if "barrier" in items[at].classes:
            return None
        if items[at].classes.isdisjoint(_WHERE):
            continue
        for item in reversed(items[max(0, at - _LAND_REACH) : at]):
            keys = [e.key for e in item.entries if e.cls in ("country", "seat", "place")]
            record = knowledge.records.get(keys[0]) if keys else None
            if record is not None:
                return keys[0] if "country/" in keys[0] else record.country
        return None
    return _inviting(items, index, knowledge)


def _inviting(items: list[Item], index: int, knowledge: Knowledge) -> str | None:
    """The state of who invites to it: «زيارة للشيلي بدعوة من رئيس مجلس الشيوخ فلان»."""
    for at in range(index - 1, max(0, index - _INVITED_REACH), -1):
        if items[at].classes.isdisjoint(_INVITATIONS):
            continue
        for item in reversed(items[max(0, at - _TRIP_REACH) : at]):
            if not item.classes.isdisjoint({"barrier", "person"}):
                return None
            keys = [e.key for e in item.entries if e.cls in ("country", "place")]
            if keys and "nat" not in item.classes:
                record = knowledge.records.get(keys[0])
                return keys[0] if "country/" in keys[0] else record.country if record else None
        return None
    return None


def serves_elsewhere(official: Official | None, mention: PersonMention) -> bool:
    """Whether a surname's official served no state that is told with it: “Iraq's Hussein”."""
    told = {title.country for title in mention.titles} | {mention.country}
    states = {each for each in told if each and each.startswith("country/")}
    own = {f"country/{term.country}" for term in official.tenures} if official else states
    return bool(states) and states.isdisjoint(own)


def named_in_a_row(items: list[Item], start: int) -> list[Item]:
    """The persons that a list names from `start` on, with nothing but commas and “and” between."""
    found = []
    for item in items[start:]:
        if isinstance(item.payload, PersonMention) and item.payload.name is not None:
            found.append(item)
        elif not item.classes & {"comma", "and"}:
            break
    return found


def named_in_full(
    sentences: list[list[Item]], surname: str, name_of: Callable[[PersonMention], tuple[str, ...]]
) -> Iterator[Item]:
    """The items that name somebody of a surname in full: «المالكي» of a headline is one of them."""
    for items in sentences:
        for item in items:
            told = name_of(item.payload) if isinstance(item.payload, PersonMention) else ()
            if len(told) > 1 and bare(told[-1]) == bare(surname):
                yield item
