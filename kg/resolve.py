"""One event, one key: which reports speak of the same happening.

The key of an event is a digest of what makes it that happening, so that documents read apart agree
without seeing each other. The order of the participants never counts, and neither does what
reports of one happening differ in: certainty (planned, then held), the place of a meeting, end
dates, minor parties, topics.

What counts, by type:

| type | identity |
| --- | --- |
| Meeting, PhoneCall | the persons (all parties where fewer than two are persons), the day |
| Visit | the visitors, the states visited (else the place), the day or month |
| Exercise | the series with its edition, else with the year; without a series as a Conference |
| Conference | the series with its edition; an annual one (`conference/…`) with the year; another
(a forum, a dialogue, a body) with the day or month; without a series the parties and the day or
month |
| Signing | the agreements and the states that sign (all parties where no state is known);
without an agreement the parties and the day |
| AgreementChange | the agreements, the states told of, the kind of change, the year; without an
agreement the states, the kind of change, the day |
| Recognition | who recognises what; where that is not said, the subject or the place |
| RelationsChange | the states, the kind of change, the year where known |
| MissionChange | the owner, the place (else the host), the kind of change |
| Appointment | the appointees, the kind of change, the year |
| Statement | speakers, addressees, stance, subject where no addressee, the day |

A date that is less precise than the type asks for can't tell one happening from the next. Then the
document's own identifier, the date as far as known and the certainty take its place: the event is
one within its document (what is planned and what was held stay apart), and no other document's.
Recognitions, signings of a named agreement, editions, missions and changes of relations need no
date. Two reports that give different days for a meeting are two events by this policy; those that
give different days for an edition, a recognition, a named agreement are one, with both dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Certainty, EventType, Participation, Role, Stance
from kg.vocab import digest

DAY, MONTH, YEAR = 10, 7, 4  # length of an ISO date of that precision

_CHANGES = {
    "resume": ("resumption", "resumed", "restore", "restored", "normalise", "normalised"),
    "establish": ("establishment", "established"),
    "cut": ("sever", "severed", "break", "broken", "suspend", "suspended"),
    "downgrade": ("downgraded",),
    "open": ("opening", "opened", "reopen", "reopened"),
    "close": ("closing", "closure", "closed"),
    "move": ("moved", "transfer", "transferred"),
    "appoint": ("appointment", "appointed", "name", "named"),
    "accredit": ("credentials", "accredited", "accreditation"),
    "recall": ("recalled",),
    "in-force": ("force",),
    "ratified": ("ratify", "ratification"),
    "denounced": ("denounce", "denunciation", "withdrawn"),
}
_SAME_CHANGE = {word: change for change, words in _CHANGES.items() for word in words}
_HOLDER_STATE = re.compile(r"holder/[a-z-]+?-([A-Z]{2})(-.+)?")
_SERIES = {
    EventType.EXERCISE: ("exercise/", "thing/exercise/", "thing/exerciseseries/"),
    EventType.CONFERENCE: ("conference/", "thing/conference/", "thing/conferenceseries/"),
}


@dataclass(frozen=True, slots=True)
class _Happening:
    """What the identity of an event is made from."""

    type: EventType
    participants: tuple[Participation, ...]
    document: str
    date: str | None
    about: tuple[str, ...]
    edition: int | None
    certainty: Certainty
    place: str | None
    stance: Stance | None
    change: str | None
    states: Mapping[str, str]


def event_key(
    type: EventType,
    participants: Iterable[Participation],
    *,
    document: str,
    date: str | None = None,
    about: Iterable[str] = (),
    edition: int | None = None,
    certainty: Certainty = Certainty.HELD,
    place: str | None = None,
    stance: Stance | None = None,
    change: str | None = None,
    states: Mapping[str, str] | None = None,
) -> str:
    """The key (`event/meeting-…`) that all reports of one happening share; the policy is above.

    `document` is the document's identifier; `change` the kind of a change (`cut`, `resumed`,
    `opened` …: synonyms count as one); `states` gives the key of the state that a person acts for
    (`person/Q…` → `country/MA`), where known. The rest is as in `EventClaim`.
    """
    parties = tuple(participants)
    event = _Happening(
        type,
        parties,
        document,
        date,
        tuple(about),
        edition,
        certainty,
        place,
        stance,
        change,
        states or {},
    )
    kind = type.value.lower()
    return f"event/{kind}-{digest(kind, *_IDENTITY[type](event))}"


def _contact(event: _Happening) -> list[str]:
    persons = [key for key in _keys(event) if key.startswith(("person/", "holder/"))]
    return [*_set("party", persons if len(persons) > 1 else _keys(event)), *_when(event, DAY)]


def _visit(event: _Happening) -> list[str]:
    visitors = _keys(event, Role.VISITOR)
    others = [key for key in _keys(event) if key not in visitors]
    visited = [key for key in others if key.startswith("country/")] or _given(event.place)
    if not visitors:
        visitors, visited = others, _given(event.place)
    return [*_set("visitor", visitors), *_set("visited", visited), *_when(event, MONTH)]


def _edition(event: _Happening) -> list[str]:
    series = [key for key in event.about if key.startswith(_SERIES[event.type])]
    named = _set("series", series or event.about)
    if named and event.edition is not None:
        return [*named, f"edition={event.edition}"]
    if named:
        return [*named, *(_year(event) if series else _when(event, MONTH))]
    return [*_set("party", _keys(event)), *_when(event, MONTH)]


def _signing(event: _Happening) -> list[str]:
    parties = _set("party", _states(event, _keys(event)) or _keys(event)) + _change(event)
    if event.about:
        return [*_set("about", event.about), *parties]
    return [*parties, *_when(event, DAY)]


def _agreement_change(event: _Happening) -> list[str]:
    parties = _set("party", _states(event, _keys(event)) or _keys(event)) + _change(event)
    if event.about:
        return [*_set("about", event.about), *parties, *_year(event)]
    return [*parties, *_when(event, DAY)]


def _recognition(event: _Happening) -> list[str]:
    who = _keys(event, Role.RECOGNISER)
    what = _keys(event, Role.RECOGNISED) or list(event.about) or _given(event.place)
    if not who:
        who = [key for key in _keys(event) if key not in what]
    identity = [*_set("by", _states(event, who) or who), *_set("of", what)]
    return identity if who and what else [*identity, *_unpinned(event)]


def _relations_change(event: _Happening) -> list[str]:
    parties = _states(event, _keys(event)) or _keys(event)
    identity = [*_set("party", parties), *_change(event)]
    if len(parties) < 2:
        return [*identity, *_unpinned(event)]
    return [*identity, (event.date or "")[:YEAR]]


def _mission_change(event: _Happening) -> list[str]:
    owners = _keys(event, Role.OWNER) or _keys(event)[:1]
    hosts = [key for key in _keys(event) if key not in owners and key.startswith("country/")]
    where = _given(event.place) or hosts
    identity = [*_set("owner", _states(event, owners) or owners), *_set("where", where)]
    identity += _change(event)
    return identity if owners and where else [*identity, *_unpinned(event)]


def _appointment(event: _Happening) -> list[str]:
    appointees = _keys(event, Role.APPOINTEE) or _keys(event)
    return [*_set("appointee", appointees), *_change(event), *_year(event)]


def _statement(event: _Happening) -> list[str]:
    speakers = _keys(event, Role.SPEAKER) or _keys(event)[:1]
    others = [key for key in _keys(event) if key not in speakers] or list(event.about)
    stance = event.stance.value if event.stance else ""
    return [*_set("speaker", speakers), *_set("to", others), stance, *_when(event, DAY)]


_IDENTITY = {
    EventType.MEETING: _contact,
    EventType.PHONE_CALL: _contact,
    EventType.VISIT: _visit,
    EventType.CONFERENCE: _edition,
    EventType.EXERCISE: _edition,
    EventType.SIGNING: _signing,
    EventType.AGREEMENT_CHANGE: _agreement_change,
    EventType.RECOGNITION: _recognition,
    EventType.RELATIONS_CHANGE: _relations_change,
    EventType.MISSION_CHANGE: _mission_change,
    EventType.APPOINTMENT: _appointment,
    EventType.STATEMENT: _statement,
}


def _keys(event: _Happening, role: Role | None = None) -> list[str]:
    """The participants' keys in the order given, once each; of one role, where that is asked."""
    parts = event.participants
    return list(dict.fromkeys(part.entity for part in parts if role in (None, part.role)))


def _states(event: _Happening, keys: Sequence[str]) -> list[str]:
    """The states among the parties, and those that the persons among them act for."""
    found = []
    for key in keys:
        holder = _HOLDER_STATE.fullmatch(key)
        own = key if key.startswith("country/") else event.states.get(key)
        state = f"country/{holder[1]}" if holder and not own else own
        if state and state.startswith("country/"):
            found.append(state)
    return list(dict.fromkeys(found))


def _set(name: str, keys: Iterable[str]) -> list[str]:
    """The keys under a name, in an order of their own; nothing where there are none."""
    found = sorted(set(keys))
    return [name, *found] if found else []


def _given(value: str | None) -> list[str]:
    return [value] if value else []


def _change(event: _Happening) -> list[str]:
    word = (event.change or "").lower()
    return ["change", _SAME_CHANGE.get(word, word)] if word else []


def _year(event: _Happening) -> list[str]:
    return [event.date[:YEAR]] if event.date else _unpinned(event)


def _when(event: _Happening, precision: int) -> list[str]:
    """The date, where it is as precise as asked, else what keeps the event to its document."""
    if event.date and len(event.date) >= precision:
        return [event.date]
    return _unpinned(event)


def _unpinned(event: _Happening) -> list[str]:
    return ["in", event.document, event.date or "", event.certainty.value]
