"""Lands: the state in which somebody is met, where no title tells it."""

from __future__ import annotations

from ingest.items import Item
from ingest.knowledge import Knowledge

_WHERE = frozenset({"where_clause", "where_then"})
_WHERE_REACH, _LAND_REACH = 14, 5  # items from an official back to “where”, from there to a land


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
    return None
