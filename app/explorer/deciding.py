"""Judgements from the page: what can be judged of a node, what was, and the writing of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pyoxigraph import Store as OxStore

from app.explorer import data, evidence
from app.explorer.affiliations import Affiliations
from app.explorer.data import Event
from app.explorer.neighbourhood import events_of
from kg import judgements
from kg.judgements import Judgement, Past, Subject
from kg.reports import event_of, key_of, reports_of
from kg.store import Store, View
from kg.vocab import ID

_WRITING = threading.Lock()  # this process writes one thing after the other
CANDIDATES = 30
_NEAR = 400  # events read of a party


@dataclass(frozen=True, slots=True)
class Aim:
    """Something to accept or reject: the event as a whole, one value, or one document's report.

    A relation is a value of `node`, where that is not the node that is shown.
    """

    slot: str = ""
    value: str = ""
    document: str = ""  # identifier
    node: str = ""


def aims(store: OxStore, event: Event) -> list[Aim]:
    """What of an event can be judged, the whole first."""
    slots = {
        "participant": [party.node for party in event.parties],
        "date": event.dates,
        "endDate": event.end_dates,
        "place": event.places,
        "about": event.about,
        "topic": event.topics,
    }
    values = [Aim(slot, value) for slot, found in slots.items() for value in dict.fromkeys(found)]
    reports = reports_of(store, event.node)
    documents = sorted({report.document for report in reports}) if len(reports) > 1 else []
    return [Aim(), *values, *(Aim(document=document) for document in documents)]


def relations(store: OxStore, node: str) -> list[Aim]:
    """The relations of a node that documents state; each can be judged."""
    found = evidence.relations(store, node)
    return [Aim(one.predicate, one.object, node=one.subject) for one in found]


def subject(node: str, aim: Aim) -> Subject:
    """What a judgement names."""
    return Subject(
        key_of(aim.node or node), aim.document or None, aim.slot or None, aim.value or None
    )


def decide(path: Path, action: str, subjects: Sequence[Subject], who: str, why: str) -> Judgement:
    """Write a judgement into the store; JudgementFault, StoreFault where it can't be."""
    with _WRITING, Store.open(path) as store:
        made = judgements.judge(store, action, subjects, who=who, why=why)
        store.flush()
    return made


def take_back(path: Path, judgement: str, who: str) -> Judgement:
    """Undo a judgement; JudgementFault, StoreFault where it can't be."""
    with _WRITING, Store.open(path) as store:
        undone = judgements.undo(store, judgement, who=who)
        store.flush()
    return undone


def concerning(store: OxStore, path: Path, node: str) -> list[Past]:
    """The judgements on a node, those that were taken back too, newest first."""
    key = key_of(node)
    reports = set(reports_of(store, node)) if key.startswith("event/") else set()

    def speaks(one: Judgement) -> bool:
        named = any(
            key == s.node or (key == key_of(s.value or "") and not s.node.startswith("event/"))
            for s in one.subjects
        )
        return named or not reports.isdisjoint(one.reports)

    found = [past for past in judgements.history(View(store, path)) if speaks(past.judgement)]
    return found[::-1]


def now_called(store: OxStore, judgement: Judgement) -> str | None:
    """The event that a judgement's reports belong to now; None where it left the merged view."""
    return next((event for report in judgement.reports if (event := event_of(store, report))), None)


def mergeable(store: OxStore, event: Event, known: Affiliations | None = None) -> list[Event]:
    """Events that could be the same: of its type, with a party in common, near in time first."""
    near: dict[str, None] = {}
    for party in event.parties[:6]:
        near |= dict.fromkeys(events_of(store, party.node, known, most=_NEAR)[0])
    near.pop(event.node, None)
    same = [one for one in data.events(store, near) if one.type == event.type]
    parties = {party.node for party in event.parties}

    def distance(one: Event) -> tuple[float, int, str]:
        shared = parties.intersection(party.node for party in one.parties)
        return (_days(event.date, one.date), -len(shared), one.node)

    return sorted(same, key=distance)[:CANDIDATES]


def _days(one: str, other: str) -> float:
    """Days between two dates of any precision; a month where one is unknown."""
    first, second = (_day(value) for value in (one, other))
    return abs((first - second).days) if first and second else 31.0


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value + "-01-01"[: 10 - len(value)] if len(value) < 10 else value)
    except ValueError:
        return None


def is_mergeable(node: str) -> bool:
    """Whether a node is of the kinds of which two may turn out to be one."""
    return node.startswith((ID + "event/", ID + "person/"))


Namer = Callable[[str], str]
