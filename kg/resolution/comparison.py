"""The evidence, type by type, that two accounts are of one happening, or can't be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from kg.model import EventType, Role
from kg.resolution.account import Join, Tier
from kg.resolution.calendar import BEFORE, NEAR, gap, window
from kg.resolution.features import Party, posts
from kg.resolution.happenings import Happening, blocks
from kg.resolution.spelling import script

_SAME, _HOLDS, _FOR = 3, 2, 1  # one key; an office and who holds it; a state and who acts for it
_DAYS = {EventType.PHONE_CALL: 1, EventType.CONFERENCE: 1, EventType.EXERCISE: 3}
_VISIT_DAYS = 2  # that reports of one visit may lie apart
_VISIT_APART = 5  # days apart that make two visits
_STATEMENT_BEFORE = 3


class Evidence(NamedTuple):
    """How accounts of one type are compared; the functions are those of `Policy`."""

    join: Callable[[Happening, Happening], bool]
    conflict: Callable[[Happening, Happening], bool]
    attach: Callable[[Happening, Happening], bool]


class Happenings:
    """The policy of events."""

    told_apart = True

    def blocks(self, account: Happening) -> Iterator[str]:
        """Type with two sides and the month; type with series or agreement; the identity."""
        return blocks(account)

    def identity(self, account: Happening) -> str | None:
        """What `kg.resolve` makes of it, where that is no matter of one document."""
        return f"core|{account.core}" if account.tier != Tier.VAGUE else None

    def join(self, one: Happening, other: Happening) -> Join:
        """One identity; else, of accounts that are pinned down, the evidence of their type."""
        if one.type != other.type:
            return Join.NO
        same = one.core == other.core or one.local == other.local
        if same and not self.conflict(one, other):
            return Join.STRONG
        pinned = one.tier == other.tier == Tier.PINNED
        return Join.WEAK if pinned and _EVIDENCE[one.type].join(one, other) else Join.NO

    def conflict(self, one: Happening, other: Happening) -> bool:
        """Whether the two can't be of one happening."""
        if one.type != other.type:
            return True
        return one.core != other.core and _EVIDENCE[one.type].conflict(one, other)

    def attach(self, vague: Happening, clear: Happening) -> int | None:
        """Where all parties of the vague account are among those of the clear one, in its days."""
        if vague.local == clear.local and not self.conflict(vague, clear):
            return -1
        if vague.type != clear.type or not _EVIDENCE[vague.type].attach(vague, clear):
            return None
        if not _in_place(vague, clear):
            return None
        distance = _distance(vague, clear)
        if distance is None:
            return None
        return 2 * distance + (vague.city is None or vague.city != clear.city)


def match(one: Party, other: Party) -> int:
    """How surely two parties are one, or one stands for the other; 0: not at all."""
    if one.key == other.key:
        return _SAME
    holder = one.key.startswith("holder/") or other.key.startswith("holder/")
    if holder and not posts(one.offices).isdisjoint(posts(other.offices)):
        return _HOLDS
    if one.is_person != other.is_person and _stands_for(one, other):
        return _FOR
    return 0


def _stands_for(one: Party, other: Party) -> bool:
    state, person = (other, one) if one.is_person else (one, other)
    return state.key in person.states


def _matched(some: Sequence[Party], others: Sequence[Party], least: int = _HOLDS) -> int:
    """How many of some parties are among others."""
    return sum(any(match(one, other) >= least for other in others) for one in some)


def covered(some: Sequence[Party], others: Sequence[Party]) -> bool:
    """Whether all of some parties are among others, states through those who act for them."""
    return all(
        any(match(one, other) >= (_HOLDS if one.is_person else _FOR) for other in others)
        for one in some
    )


def _apart(one: Happening, other: Happening) -> int | None:
    """Days between two accounts; None where one has no date."""
    return gap(one.days, other.days) if one.days and other.days else None


def _within(one: Happening, other: Happening, days: int) -> bool:
    apart = _apart(one, other)
    return apart is not None and apart <= days and one.is_dated and other.is_dated


def _in_place(vague: Happening, clear: Happening) -> bool:
    """Whether the places, where both are known, are of one state, and of one town if undated."""
    first, second = vague.report.place_state, clear.report.place_state
    if first and second and first != second:
        return False
    towns = vague.city and clear.city and vague.city != clear.city
    return vague.is_dated or vague.type == EventType.VISIT or not towns


def _distance(vague: Happening, clear: Happening) -> int | None:
    """How far the days lie from what the vague account says; None where they do not fit."""
    if clear.type == EventType.RELATIONS_CHANGE and vague.days is None:
        return 0  # it takes place but once
    if clear.days is None:
        return None
    if vague.days is not None:
        return 0 if gap(vague.days, clear.days) <= _tolerance(vague) else None
    return _recent(vague, clear)


def _recent(vague: Happening, clear: Happening) -> int | None:
    """Whether a dated event is the one that an undated report of these days speaks of."""
    days = window(vague.report.published, vague.report.certainty)
    if days is None or not clear.is_dated or clear.days is None:
        return None
    if vague.type == EventType.STATEMENT:
        days = (max(days[0], days[1] - 1 - _STATEMENT_BEFORE), days[1])
    if gap(days, clear.days):
        return None
    if vague.report.certainty == "planned":
        return 1
    return 1 if days[0] + BEFORE - clear.days[1] <= NEAR else 2


def _tolerance(account: Happening) -> int:
    if account.type == EventType.VISIT:
        return _VISIT_DAYS
    return _DAYS.get(EventType(account.type), 0) if account.is_dated else 0


# ---------------------------------------------------------------- meetings and calls
def _contact_join(one: Happening, other: Happening) -> bool:
    days = _DAYS.get(EventType(one.type), 0)
    if not days and one.city and one.city == other.city:
        days = 1 if len(one.people) == len(other.people) else 0
    shared = _matched(one.people, other.people)
    smaller, larger = sorted((len(one.people), len(other.people)))
    enough = shared == smaller or 2 * shared >= smaller + larger - shared
    return shared > 1 and enough and _within(one, other, days)


def _contact_conflict(one: Happening, other: Happening) -> bool:
    if len(one.people) > 1 and len(other.people) > 1 and _matched(one.people, other.people) < 2:
        return True
    return bool(_apart(one, other)) and not _contact_join(one, other)


def _contact_attach(vague: Happening, clear: Happening) -> bool:
    if len(vague.parties) < 2 or not covered(vague.parties, clear.parties):
        return False
    return vague.is_dated or bool(vague.people)


# ---------------------------------------------------------------- visits
def visitors(account: Happening) -> tuple[Party, ...]:
    """Who visits."""
    return account.by(Role.VISITOR.value)


def visited(account: Happening) -> frozenset[str]:
    """The states visited: that of the place, else the hosts'."""
    if account.report.place_state:
        return frozenset({account.report.place_state})
    hosts = (party for party in account.parties if Role.VISITOR.value not in party.roles)
    return frozenset(state for party in hosts for state in party.states)


def _visit_join(one: Happening, other: Happening) -> bool:
    if visited(one).isdisjoint(visited(other)):
        return False
    return _matched(visitors(one), visitors(other)) > 0 and _within(one, other, _VISIT_DAYS)


def _visit_conflict(one: Happening, other: Happening) -> bool:
    first, second = visited(one), visited(other)
    if first and second and first.isdisjoint(second):
        return True
    if _matched(visitors(one), visitors(other), _FOR) == 0:
        return True
    return (_apart(one, other) or 0) > _VISIT_APART


def _visit_attach(vague: Happening, clear: Happening) -> bool:
    if not visitors(vague) or visited(vague).isdisjoint(visited(clear)):
        return False
    return covered(visitors(vague), visitors(clear))


# ---------------------------------------------------------------- series
def _foreign(one: Happening, other: Happening) -> bool:
    """Whether the names of the two, if both have one, are of two scripts."""
    names = [next(iter(each.report.about), "") for each in (one, other)]
    return not all(names) or script(names[0]) != script(names[1])


def _editions_differ(one: Happening, other: Happening) -> bool:
    first, second = one.report.edition, other.report.edition
    return first is not None and second is not None and first != second


def _series_join(one: Happening, other: Happening) -> bool:
    here = one.city is not None and one.city == other.city
    strange = _foreign(one, other) and not set(one.states).isdisjoint(other.states)
    days = _DAYS[EventType(one.type)]
    return here and strange and not _editions_differ(one, other) and _within(one, other, days)


def _series_conflict(one: Happening, other: Happening) -> bool:
    if _editions_differ(one, other) or (_apart(one, other) or 0) > 31:
        return True
    return set(one.report.about).isdisjoint(other.report.about) and not _foreign(one, other)


def _series_attach(vague: Happening, clear: Happening) -> bool:
    return not set(vague.report.about).isdisjoint(clear.report.about)


# ---------------------------------------------------------------- agreements
def _signing_join(one: Happening, other: Happening) -> bool:
    same = one.states == other.states and len(one.states) > 1
    return same and not _signing_conflict(one, other) and _within(one, other, 1)


def _signing_conflict(one: Happening, other: Happening) -> bool:
    if one.report.change != other.report.change or one.states.isdisjoint(other.states):
        return True
    return set(one.report.about).isdisjoint(other.report.about) and not _foreign(one, other)


def _signing_attach(vague: Happening, clear: Happening) -> bool:
    if vague.report.change != clear.report.change or len(vague.states) < 2:
        return False
    about = set(vague.report.about)
    return vague.states == clear.states and (not about or bool(about & set(clear.report.about)))


def _step_attach(vague: Happening, clear: Happening) -> bool:
    """Who is told of takes part in the other, and both name one agreement."""
    same = vague.report.change == clear.report.change
    about = not set(vague.report.about).isdisjoint(clear.report.about)
    return same and about and bool(vague.states) and vague.states <= clear.states


# ---------------------------------------------------------------- affairs of states
def _none(one: Happening, other: Happening) -> bool:
    return False


def _affair_conflict(one: Happening, other: Happening) -> bool:
    return one.report.change != other.report.change or one.states != other.states


def _relations_attach(vague: Happening, clear: Happening) -> bool:
    return len(vague.states) > 1 and not _affair_conflict(vague, clear)


def _appointment_attach(vague: Happening, clear: Happening) -> bool:
    appointed = vague.by(Role.APPOINTEE.value)
    if not appointed or vague.report.change != clear.report.change:
        return False
    return covered(appointed, clear.by(Role.APPOINTEE.value))


# ---------------------------------------------------------------- statements
def _told(account: Happening) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Who speaks, and to or of whom."""
    speakers = account.by(Role.SPEAKER.value)
    return speakers, tuple(party for party in account.parties if party not in speakers)


def _statement_join(one: Happening, other: Happening) -> bool:
    (speakers, targets), (others, aims) = _told(one), _told(other)
    if one.report.stance != other.report.stance or not _within(one, other, 0):
        return False
    return _matched(speakers, others) > 0 and _matched(targets, aims) > 0


def _statement_conflict(one: Happening, other: Happening) -> bool:
    (speakers, targets), (others, aims) = _told(one), _told(other)
    if one.report.stance != other.report.stance or not _matched(speakers, others):
        return True
    return bool(targets and aims and not _matched(targets, aims)) or bool(_apart(one, other))


def _statement_attach(vague: Happening, clear: Happening) -> bool:
    (speakers, targets), (others, aims) = _told(vague), _told(clear)
    if vague.report.stance != clear.report.stance or not speakers or not targets:
        return False
    return _matched(speakers, others) == len(speakers) and covered(targets, aims)


_CONTACT = Evidence(_contact_join, _contact_conflict, _contact_attach)
_EDITION = Evidence(_series_join, _series_conflict, _series_attach)
_EVIDENCE: dict[str, Evidence] = {
    EventType.MEETING: _CONTACT,
    EventType.PHONE_CALL: _CONTACT,
    EventType.VISIT: Evidence(_visit_join, _visit_conflict, _visit_attach),
    EventType.CONFERENCE: _EDITION,
    EventType.EXERCISE: _EDITION,
    EventType.SIGNING: Evidence(_signing_join, _signing_conflict, _signing_attach),
    EventType.AGREEMENT_CHANGE: Evidence(_signing_join, _signing_conflict, _step_attach),
    EventType.RECOGNITION: Evidence(_none, _none, _none),
    EventType.RELATIONS_CHANGE: Evidence(_none, _affair_conflict, _relations_attach),
    EventType.MISSION_CHANGE: Evidence(_none, _affair_conflict, _none),
    EventType.APPOINTMENT: Evidence(_none, _none, _appointment_attach),
    EventType.STATEMENT: Evidence(_statement_join, _statement_conflict, _statement_attach),
}
