"""Events for the timeline and the map: those of some nodes, or the latest of the whole store."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pyoxigraph import Store

from app.explorer import tallies
from app.explorer.affiliations import Affiliations, affiliations
from app.explorer.data import Event
from app.explorer.drawing import COLOURS, group
from app.explorer.filters import Facets, Filters, facets, records
from app.explorer.neighbourhood import events_of
from kg.terms import is_date

CAP = 600  # events drawn
READ = 1_500  # events read before filtering
_DATED = "SELECT ?node ?day WHERE { ?node rwb:date ?day }"
LANES = ("contact", "exercise", "act", "statement")


@dataclass(frozen=True, slots=True)
class Chronicle:
    """Events that pass the filters, newest first; how many were found, and whether more exist."""

    events: tuple[Event, ...]
    found: int
    more: bool
    facets: Facets


def gather(
    store: Store, nodes: Sequence[str], filters: Filters, known: Affiliations | None = None
) -> Chronicle:
    """The events of these nodes, or of the whole store where none is given."""
    known = known or affiliations(store)
    named, more = _named(store, nodes, filters, known)
    read = records(store, named, known)
    kept = [record.event for record in read if filters.keep(record)]
    return Chronicle(tuple(kept[:CAP]), len(kept), more, facets(read))


def _named(
    store: Store, nodes: Sequence[str], filters: Filters, known: Affiliations
) -> tuple[list[str], bool]:
    if not nodes:
        return _latest(store, filters)
    found: dict[str, None] = {}
    more = False
    for node in nodes:
        events, cut = events_of(store, node, known, since=filters.since, until=filters.until)
        found.update(dict.fromkeys(events))
        more = more or cut
    return list(found), more


def _latest(store: Store, filters: Filters) -> tuple[list[str], bool]:
    """The latest events within the bounds of the filters, undated ones left out."""
    until, since = filters.until or "9999", filters.since
    dated = {
        (day, node)
        for node, day in tallies.rows(store, _DATED)
        if since[: len(day)] <= day[: len(since)] and day[: len(until)] <= until[: len(day)]
    }
    nodes = list(dict.fromkeys(node for _day, node in sorted(dated, reverse=True)))
    return nodes[:READ], len(nodes) > READ


def years(iso: str, *, end: bool = False) -> float | None:
    """A date as a number of years, its first moment or (`end`) its last; None for no date."""
    if not is_date(iso):
        return None
    parts = [int(part) for part in iso.split("-")]
    year, month, day = (*parts, *(0, 0, 0)[len(parts) :])
    if end:
        month = month or 12
        day = day or monthrange(year, month)[1]
    first = date(year, month or 1, day or 1)
    length = 366 if monthrange(year, 2)[1] == 29 else 365
    return year + (first.timetuple().tm_yday - 1 + (1 if end else 0)) / length


def marks(events: Iterable[Event], titles: dict[str, str]) -> list[dict[str, Any]]:
    """What the timeline draws of each dated event; `titles` are what it says of them."""
    found = []
    for event in events:
        start = years(event.date)
        if start is None:
            continue
        last = max(years(d, end=True) or start for d in (event.date, *event.end_dates))
        lane = group("Event", event.type)
        found.append(
            {
                "id": event.node,
                "start": round(start, 4),
                "end": round(last, 4),
                "at": round((start + last) / 2 if len(event.date) < 10 else start, 4),
                "lane": lane if lane in LANES else "act",
                "colour": COLOURS[lane if lane in LANES else "act"],
                "hollow": bool(event.certainties) and "held" not in event.certainties,
                "label": titles[event.node],
            }
        )
    return found


def bounds(shown: Sequence[dict[str, Any]]) -> tuple[float, float, float]:
    """First and last year of the axis, and where the view begins: what is old and sparse waits.

    Nine tenths of the events are in view at first, so that a treaty of 1786 does not press all
    that is recent into a corner.
    """
    starts = sorted(mark["start"] for mark in shown)
    if not starts:
        return 2000.0, 2001.0, 2000.0
    first, last = starts[0] - 0.1, max(mark["end"] for mark in shown) + 0.1
    view = starts[len(starts) // 10] - 0.1
    return first, max(last, first + 0.3), min(view, last - 0.3)
