"""Things on the map: where a node lies, and the drawing of points on outlines that go with us."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pyoxigraph import Store

from app.explorer import data, geo
from app.explorer.components import chart
from app.explorer.data import Event
from app.explorer.state import Session
from kg.terms import rwb
from kg.vocab import ID

_COUNTRY, _PLACE = ID + "country/", ID + "place/"


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A place or country with what is there: `exact` is false where only the country is known."""

    node: str
    count: int
    exact: bool = True
    at: tuple[float, float] = (0.0, 0.0)  # longitude, latitude


def where(store: Store, node: str) -> Point | None:
    """Where a place or a country lies; a place without a position lies in its country."""
    if node.startswith(_COUNTRY):
        found = geo.centres().get(node.removeprefix(_COUNTRY))
        return Point(node, 1, False, found) if found else None
    found = geo.places().get(node.removeprefix(_PLACE)) if node.startswith(_PLACE) else None
    if found:
        return Point(node, 1, True, found)
    lands = data.objects(store, node, rwb("country"))
    return next((p for land in lands if (p := where(store, land))), None)


def place_of(store: Store, event: Event) -> Point | None:
    """Where an event took place: the most exact of its places, else the host's country."""
    found = [p for node in event.places if (p := where(store, node))]
    hosts = [party.node for party in event.parties if party.role == "host"]
    if not event.places:
        found += [p for node in hosts if node.startswith(_COUNTRY) and (p := where(store, node))]
    return min(found, key=lambda p: (not p.exact, p.node), default=None)


def gathered(store: Store, events: Iterable[Event]) -> list[Point]:
    """The points where these events took place; those without a known place are left out."""
    placed = sorted(p for event in events if (p := place_of(store, event)))
    return [replace(point, count=len(list(same))) for point, same in groupby(placed)]


def gathered_at(store: Store, events: Iterable[Event], node: str) -> list[Event]:
    """The events that took place at the point of this node."""
    return [event for event in events if (p := place_of(store, event)) and p.node == node]


def draw(
    session: Session,
    points: Sequence[Point],
    *,
    key: str,
    select: Callable[[str], None],
    chosen: str = "",
) -> None:
    """The map with these points; `select` is called with the node of the one that is clicked."""
    marks = []
    for point in sorted(points, key=lambda p: -p.count):
        x, y = geo.project(*point.at)
        label = f"{session.name(point.node)} ({point.count})"
        if not point.exact:
            label += f" – {session.say('map.country')}"
        marks.append(
            {
                "id": point.node,
                "x": round(x, 1),
                "y": round(y, 1),
                "count": point.count,
                "label": label,
                "exact": point.exact,
                "chosen": point.node == chosen,
            }
        )
    texts = {name: session.say(f"map.{name}") for name in ("label", "larger", "smaller", "whole")}
    content = {"points": marks, "texts": texts, "rtl": session.lang == "ar"}
    chart.world_map(content, key=key, select=select)
