"""Which reports are of one happening: the account of an event, and how two are compared.

`kg.resolve` says what makes an event that happening; two accounts that agree in all of it are one.
The rest is a matter of evidence, by type: `meetings`, `visits` … in `kg.resolution.comparison`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from itertools import combinations

from kg.model import Certainty, EventType, Participation, Role, Stance
from kg.resolution.account import Account, Tier, number
from kg.resolution.calendar import Span, months, span, window
from kg.resolution.features import EventReport, Party
from kg.resolve import event_key

_CONTACTS = (EventType.MEETING, EventType.PHONE_CALL)
_SERIES = (EventType.CONFERENCE, EventType.EXERCISE)
HELD_IN_VISITS = (EventType.MEETING, EventType.SIGNING)
_MANY = 24  # pairs of sides that a happening of many parties is looked up by


@dataclass(frozen=True, slots=True)
class Happening(Account):
    """An event as documents have it; `core` is its identity by `kg.resolve`."""

    core: str
    report: EventReport

    @property
    def type(self) -> str:
        """The class of the event."""
        return self.report.type

    @property
    def parties(self) -> tuple[Party, ...]:
        """Who takes part."""
        return self.report.parties

    @property
    def people(self) -> tuple[Party, ...]:
        """The human beings among the parties."""
        return tuple(party for party in self.parties if party.is_person)

    @property
    def states(self) -> frozenset[str]:
        """The states that take part, by themselves or through those who act for them."""
        return frozenset(s for p in self.parties for s in p.states if s.startswith("country/"))

    @property
    def days(self) -> Span | None:
        """First and last day that the date leaves open; None without a date."""
        return span(self.report.date, self.report.end)

    @property
    def is_dated(self) -> bool:
        """Whether the day is known."""
        return len(self.report.date or "") == 10

    @property
    def city(self) -> str | None:
        """The town, where one is named."""
        place = self.report.place or ""
        return place if place.startswith("place/") and "/region-" not in place else None

    def by(self, *roles: str) -> tuple[Party, ...]:
        """The parties of these roles."""
        return tuple(party for party in self.parties if not set(roles).isdisjoint(party.roles))


def happening_of(
    report: EventReport, document: str, people: Mapping[str, str], apart: str = ""
) -> Happening:
    """The account of a report in which every person goes by the key found for them.

    `apart` keeps the account from all others that say the same.
    """
    parties = _merged(
        replace(party, key=people.get(party.key, party.key)) for party in report.parties
    )
    named = replace(report, parties=parties)
    cores = [_core(named, name) for name in (document, document + "'")]
    pinned = cores[0] == cores[1]
    tier = _tier(named) if pinned else Tier.VAGUE
    if pinned and named.published:
        named = replace(named, published=None)
    own = "" if pinned else document
    text = repr([getattr(named, field.name) for field in fields(named)])
    return Happening(number("event", text, own, apart), tier, report.key, cores[0], named)


def _merged(parties: Iterable[Party]) -> tuple[Party, ...]:
    """The parties, once each, with all that is said of them."""
    found: dict[str, Party] = {}
    for party in parties:
        known = found.get(party.key, party)
        found[party.key] = Party(
            party.key,
            tuple(sorted({*known.roles, *party.roles})),
            tuple(sorted({*known.states, *party.states})),
            tuple(sorted({*known.offices, *party.offices})),
        )
    return tuple(found[key] for key in sorted(found))


def _core(report: EventReport, document: str) -> str:
    parts = [Participation(p.key, Role(role)) for p in report.parties for role in p.roles]
    specific = {part.entity for part in parts if part.role is not Role.PARTICIPANT}
    return event_key(
        EventType(report.type),
        [p for p in parts if p.role is not Role.PARTICIPANT or p.entity not in specific],
        document=document,
        date=report.date,
        about=report.about,
        edition=report.edition,
        certainty=Certainty(report.certainty),
        place=report.place,
        stance=Stance(report.stance) if report.stance else None,
        change=report.change,
        states={p.key: p.states[0] for p in report.parties if p.is_person and p.states},
    )


def _tier(report: EventReport) -> Tier:
    """How well a report that some identity pins down does so."""
    dated = len(report.date or "") == 10
    kind = report.type
    if kind in _CONTACTS:
        clear = sum(party.is_person for party in report.parties) > 1
    elif kind == EventType.VISIT:
        visitors = [p for p in report.parties if Role.VISITOR.value in p.roles]
        clear = dated and any(party.is_person for party in visitors)
    elif kind in _SERIES:
        named = [key for key in report.about if not key.startswith("thing/")]
        clear = report.edition is not None or (dated and not named)
    elif kind in (EventType.SIGNING, EventType.AGREEMENT_CHANGE):
        clear = bool(report.about)
    elif kind == EventType.RELATIONS_CHANGE:
        clear = report.date is not None
    else:
        clear = True
    return Tier.PINNED if clear else Tier.PARTIAL


def blocks(account: Happening) -> Iterator[str]:
    """Keys of which any two accounts that could be of one happening share one."""
    kind, report = account.type, account.report
    if account.tier != Tier.VAGUE:
        yield f"core|{account.core}"
    yield f"local|{account.local}"
    when: tuple[str, ...] = ("",)
    if kind not in (EventType.RECOGNITION, EventType.RELATIONS_CHANGE, EventType.MISSION_CHANGE):
        when = tuple(months(open_days(account)))
    for thing in report.about:
        for year in {month[:4] for month in when} if kind in _SERIES else ("",):
            yield f"{kind}|{thing}|{year}"
    if kind in _SERIES and account.city:
        yield from (f"{kind}|{account.city}|{month}" for month in when)
    if kind == EventType.APPOINTMENT:
        sides = [party.key for party in account.by(Role.APPOINTEE.value)]
        yield from (f"{kind}|{side}|{month}" for side in sides for month in when)
        return
    if kind in HELD_IN_VISITS:
        yield from (f"held|{stay}" for stay in stays(account))
    for pair in pairs(account):
        yield from (f"{kind}|{pair}|{month}" for month in when)


def stays(account: Happening) -> set[str]:
    """The visits in which it may have been held: a person, a state, the month."""
    place = account.report.place_state
    return {
        f"{'|'.join(sorted((person.key, state)))}|{month}"
        for person in account.people
        for state in ({place} if place else account.states)
        for month in months(account.days)
    }


def open_days(account: Happening) -> Span | None:
    """The days on which the event may have taken place, as far as the report and its date tell."""
    if account.days:
        first, last = account.days
        return first - 3, last + 3
    return window(account.report.published, account.report.certainty)


def pairs(account: Happening) -> list[str]:
    """Two sides each, of which an event of these parties is looked up by."""
    found = {
        "|".join(sorted((one, other)))
        for first, second in combinations(account.parties, 2)
        for one in first.sides
        for other in second.sides
        if one != other
    }
    state = account.report.place_state
    if account.type == EventType.VISIT and state:
        sides = {side for party in account.parties for side in party.sides}
        found |= {"|".join(sorted((side, state))) for side in sides if side != state}
    return sorted(found, key=number)[:_MANY] if len(found) > _MANY else sorted(found)
