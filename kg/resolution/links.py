"""What ties events to one another: meetings in a visit, outcomes of announcements, editions.

Each tie is drawn from the accounts of both events, whatever documents they stand in, and stands
with its reason in `rgraph:resolution`. A tie that two events could have is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pyoxigraph as ox

from kg.model import EventType, Role
from kg.resolution.calendar import gap, months
from kg.resolution.comparison import covered, match, visited, visitors
from kg.resolution.happenings import HELD_IN_VISITS, Happening, open_days, pairs, stays
from kg.resolution.index import Index
from kg.resolve import event_key
from kg.terms import RDF_TYPE, iri, rwb
from kg.vocab import ID, digest, resolution_graph

PART, OUTCOME, PREVIOUS = "subEventOf", "outcome", "previousEdition"
LATER = 90  # days in which what was announced is looked for
_ANNOUNCED = (
    *(EventType.MEETING, EventType.PHONE_CALL, EventType.VISIT),
    *(EventType.CONFERENCE, EventType.SIGNING, EventType.AGREEMENT_CHANGE),
)
_SERIES = (EventType.CONFERENCE, EventType.EXERCISE)
_GRAPH = iri(resolution_graph())


class Tie(NamedTuple):
    """One event, the property (local name), the other event, and why."""

    subject: str
    property: str
    object: str
    basis: str


class Links:
    """The ties of events, from the accounts in an index."""

    def __init__(self, index: Index, store: ox.Store) -> None:
        self._index = index
        self._ox = store

    def exchange(self, events: Iterable[str]) -> tuple[set[ox.Quad], list[ox.Quad]]:
        """The quads that go and come when these events (keys) have changed."""
        changed = set(events)
        subjects = changed | set(self._subjects(changed)) | set(self._tied(changed))
        removed = {quad for key in subjects for quad in self._stated(key)}
        added = [quad for key in sorted(subjects) for tie in self.of(key) for quad in _quads(tie)]
        return removed, added

    def of(self, event: str) -> Iterator[Tie]:
        """The ties of an event to those that it belongs to or that follow from it."""
        accounts = self._accounts(event)
        if not accounts:
            return
        kind = accounts[0].type
        if kind in HELD_IN_VISITS:
            yield from self._only(event, PART, self._visits(accounts))
        if kind in _ANNOUNCED and not any(a.report.certainty == "held" for a in accounts):
            yield from self._first(event, accounts)
        if kind in _SERIES:
            yield from self._only(event, PREVIOUS, self._editions(accounts, -1))

    def _accounts(self, event: str) -> list[Happening]:
        found = (self._index.account(id) for id in self._index.called(event))
        return [account for account in found if isinstance(account, Happening)]

    def _only(self, event: str, property: str, found: Iterable[tuple[str, str]]) -> Iterator[Tie]:
        """The tie to the one event found; none where there are two."""
        reasons: dict[str, str] = {}
        for other, reason in found:
            reasons[other] = min(reason, reasons.get(other, reason))
        if len(reasons) == 1:
            yield from (Tie(event, property, key, basis) for key, basis in reasons.items())

    def _in_block(self, key: str) -> Iterator[tuple[str, Happening]]:
        for id in self._index.in_block(key):
            account, event = self._index.account(id), self._index.canonical(id)
            if isinstance(account, Happening) and event is not None:
                yield event, account

    # ------------------------------------------------------------ visits and what they hold
    def _visits(self, accounts: Iterable[Happening]) -> Iterator[tuple[str, str]]:
        for meeting in accounts:
            for stay in sorted(stays(meeting)):
                for event, visit in self._in_block(f"{EventType.VISIT}|{stay}"):
                    if self._holds(visit, meeting):
                        yield event, f"{_said(visit)} → {_said(meeting)}"

    def _holds(self, visit: Happening, meeting: Happening) -> bool:
        """Whether a visitor meets somebody where the visit goes, while it lasts."""
        if visit.type != EventType.VISIT or not visit.days or not meeting.days:
            return False
        if not any(match(one, other) > 1 for one in visitors(visit) for other in meeting.people):
            return False
        where = {meeting.report.place_state} if meeting.report.place_state else meeting.states
        if visited(visit).isdisjoint(where):
            return False
        if visit.is_dated and meeting.is_dated:
            return gap(visit.days, meeting.days) == 0
        same = visit.report.date == meeting.report.date
        return same and self._index.together(visit.id, meeting.id)

    # ------------------------------------------------------------ announcements
    def _first(self, event: str, accounts: list[Happening]) -> Iterator[Tie]:
        """The tie to the first event that may be what came of an announcement."""
        called_off = any(account.report.certainty == "cancelled" for account in accounts)
        found: set[tuple[int, str, str]] = set()
        for one in accounts:
            for other, later in self._around(one, 1):
                if other != event and _follows(one, later, called_off):
                    day = later.days[0] if later.days else 0
                    found.add((day, other, f"{_said(one)} → {_said(later)}"))
        first = min(found, default=None)
        if first and len({key for day, key, _ in found if day == first[0]}) == 1:
            yield Tie(event, OUTCOME, first[1], first[2])

    def _around(self, one: Happening, direction: int) -> Iterator[tuple[str, Happening]]:
        """Events of the same parties in the days after (1) or before (-1) this one."""
        if one.days is None or not one.is_dated:
            return
        for key in _later_blocks(one, direction):
            yield from self._in_block(key)

    # ------------------------------------------------------------ editions
    def _editions(self, accounts: Iterable[Happening], step: int) -> Iterator[tuple[str, str]]:
        for one in accounts:
            if one.report.edition is None or not one.report.about:
                continue
            number = one.report.edition + step
            core = event_key(
                EventType(one.type), (), document="", about=one.report.about, edition=number
            )
            for event, _ in self._in_block(f"core|{core}"):
                yield event, f"{', '.join(one.report.about)}: {number} → {one.report.edition}"

    # ------------------------------------------------------------ what depends on an event
    def _subjects(self, changed: Iterable[str]) -> Iterator[str]:
        """The events whose ties may point to these, by now."""
        for event in changed:
            accounts = self._accounts(event)
            for one in accounts:
                if one.type == EventType.VISIT:
                    yield from (key for key, _ in self._held(one))
                if one.type in _ANNOUNCED:
                    yield from (key for key, _ in self._around(one, -1))
            if accounts and accounts[0].type in _SERIES:
                yield from (key for key, _ in self._editions(accounts, 1))

    def _held(self, visit: Happening) -> Iterator[tuple[str, Happening]]:
        """What may be part of a visit."""
        for pair in pairs(visit):
            for month in months(open_days(visit)):
                yield from self._in_block(f"held|{pair}|{month}")

    def _tied(self, changed: Iterable[str]) -> Iterator[str]:
        """The events whose ties point to these in the graph."""
        for event in changed:
            for name in (PART, OUTCOME, PREVIOUS):
                for quad in self._ox.quads_for_pattern(None, rwb(name), iri(ID + event), _GRAPH):
                    assert isinstance(quad.subject, ox.NamedNode)
                    yield quad.subject.value.removeprefix(ID)

    def _stated(self, event: str) -> Iterator[ox.Quad]:
        """The quads of an event's ties in the graph."""
        node = iri(ID + event)
        yield from self._ox.quads_for_pattern(node, None, None, _GRAPH)
        for quad in self._ox.quads_for_pattern(None, rwb("ofEvent"), node, _GRAPH):
            yield from self._ox.quads_for_pattern(quad.subject, None, None, _GRAPH)


def _later_blocks(one: Happening, direction: int) -> Iterator[str]:
    assert one.days is not None
    start, end = sorted((one.days[0], one.days[0] + direction * LATER))
    for pair in pairs(one):
        yield from (f"{one.type}|{pair}|{month}" for month in months((start, end)))


def _follows(one: Happening, later: Happening, called_off: bool) -> bool:
    """Whether the later event may be what came of the announced one."""
    if one.days is None or later.days is None or not later.is_dated:
        return False
    if not 0 < later.days[0] - one.days[1] <= LATER or later.type != one.type:
        return False
    if later.report.certainty == "planned" and not called_off:
        return False
    if one.type == EventType.VISIT and visited(one).isdisjoint(visited(later)):
        return False
    parties = one.by(Role.VISITOR.value) or one.parties
    return len(one.parties) > 1 and covered(parties, later.parties)


def _said(account: Happening) -> str:
    """An account in short: type, date, certainty."""
    report = account.report
    return " ".join(part for part in (report.type, report.date, report.certainty) if part)


def _quads(tie: Tie) -> Iterator[ox.Quad]:
    subject, target = iri(ID + tie.subject), iri(ID + tie.object)
    reason = iri(f"{_GRAPH.value}#{digest(*tie[:3])}")
    yield ox.Quad(subject, rwb(tie.property), target, _GRAPH)
    yield ox.Quad(reason, RDF_TYPE, rwb("Tie"), _GRAPH)
    yield ox.Quad(reason, rwb("ofEvent"), subject, _GRAPH)
    yield ox.Quad(reason, rwb("slot"), rwb(tie.property), _GRAPH)
    yield ox.Quad(reason, rwb("inferredValue"), target, _GRAPH)
    yield ox.Quad(reason, rwb("basis"), ox.Literal(tie.basis), _GRAPH)
