"""Which reports share an event's key, and which must not."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from kg.model import Certainty, EventType, Participation, Role, Stance
from kg.resolve import event_key

A, B, C = "person/Q1", "person/Q2", "person/Q3"
MA, FR, US, EH = "country/MA", "country/FR", "country/US", "country/EH"


def key(kind: EventType, *parties: str | tuple[str, Role], **rest: Any) -> str:
    pairs = [one if isinstance(one, tuple) else (one, Role.PARTICIPANT) for one in parties]
    return event_key(kind, [Participation(*pair) for pair in pairs], **{"document": "d1", **rest})


@pytest.mark.parametrize("kind", EventType)
def test_the_order_of_participants_does_not_count(kind: EventType) -> None:
    roles = {
        EventType.STATEMENT: (Role.SPEAKER, Role.ADDRESSEE, Role.ADDRESSEE),
        EventType.MISSION_CHANGE: (Role.OWNER, Role.PARTICIPANT, Role.PARTICIPANT),
    }.get(kind, (Role.PARTICIPANT,) * 3)
    parties = list(zip((MA, FR, A), roles, strict=True))
    keys = {key(kind, *order, date="2023-01-31") for order in permutations(parties)}
    assert len(keys) == 1
    assert keys.pop().startswith(f"event/{kind.value.lower()}-")


@pytest.mark.parametrize("kind", EventType)
def test_types_never_share_a_key(kind: EventType) -> None:
    others = {key(other, A, B, date="2023-01-31") for other in EventType if other is not kind}
    assert key(kind, A, B, date="2023-01-31") not in others


def test_a_dated_meeting_is_one_whatever_document_certainty_place_or_country_is_named() -> None:
    planned = key(
        EventType.MEETING, A, B, date="2023-01-31", certainty=Certainty.PLANNED, document="d1"
    )
    held = key(EventType.MEETING, B, A, MA, date="2023-01-31", place="place/rabat", document="d2")
    assert planned == held


def test_who_called_does_not_part_two_reports_of_a_call() -> None:
    named = key(EventType.PHONE_CALL, (A, Role.CALLER), B, date="2023-01-31")
    assert named == key(EventType.PHONE_CALL, A, (B, Role.PARTICIPANT), date="2023-01-31")


def test_meetings_of_other_days_or_people_are_others() -> None:
    keys = {
        key(EventType.MEETING, A, B, date="2023-01-31"),
        key(EventType.MEETING, A, B, date="2023-02-01"),
        key(EventType.MEETING, A, C, date="2023-01-31"),
        key(EventType.MEETING, MA, FR, date="2023-01-31"),
    }
    assert len(keys) == 4


@pytest.mark.parametrize("date", [None, "2023", "2023-01"])
def test_a_meeting_of_unknown_day_stays_in_its_document(date: str | None) -> None:
    first = key(EventType.MEETING, A, B, date=date, document="d1")
    assert first == key(EventType.MEETING, B, A, date=date, document="d1")
    assert first != key(EventType.MEETING, A, B, date=date, document="d2")
    assert first != key(
        EventType.MEETING, A, B, date=date, document="d1", certainty=Certainty.PLANNED
    )


def test_a_visit_is_who_went_where_in_which_month() -> None:
    visit = key(EventType.VISIT, (A, Role.VISITOR), (MA, Role.HOST), date="2023-01")
    same = key(
        EventType.VISIT,
        (A, Role.VISITOR),
        (MA, Role.HOST),
        (B, Role.HOST),
        date="2023-01",
        place="place/rabat",
        document="d2",
    )
    elsewhere = key(EventType.VISIT, (A, Role.VISITOR), (FR, Role.HOST), date="2023-01")
    back = key(EventType.VISIT, (MA, Role.VISITOR), (A, Role.HOST), date="2023-01")
    assert visit == same
    assert len({visit, elsewhere, back}) == 3


def test_an_edition_is_one_whatever_date_and_parties_are_reported() -> None:
    lion = {"about": ["exercise/african-lion"], "edition": 18}
    first = key(EventType.EXERCISE, MA, US, date="2022-06-06", **lion)
    assert first == key(EventType.EXERCISE, MA, date="2022-06-20", document="d2", **lion)
    assert first == key(EventType.EXERCISE, document="d3", **lion)
    assert first != key(EventType.EXERCISE, about=["exercise/african-lion"], edition=19)


def test_an_exercise_without_ordinal_goes_by_its_year() -> None:
    lion = {"about": ["exercise/african-lion"]}
    assert key(EventType.EXERCISE, MA, date="2022-06-06", **lion) == key(
        EventType.EXERCISE, US, date="2022", document="d2", **lion
    )
    assert key(EventType.EXERCISE, MA, date="2022", **lion) != key(
        EventType.EXERCISE, MA, date="2023", **lion
    )
    assert key(EventType.EXERCISE, **lion) != key(EventType.EXERCISE, document="d2", **lion)


def test_a_forum_meets_often_an_annual_conference_once_a_year() -> None:
    forum, annual = {"about": ["forum/negev"]}, {"about": ["conference/munich-security"]}
    assert key(EventType.CONFERENCE, date="2022-03-28", **forum) != key(
        EventType.CONFERENCE, date="2022-06-27", **forum
    )
    assert key(EventType.CONFERENCE, date="2022-03-28", **forum) == key(
        EventType.CONFERENCE, A, B, date="2022-03-28", document="d2", **forum
    )
    assert key(EventType.CONFERENCE, date="2022-02-18", **annual) == key(
        EventType.CONFERENCE, date="2022-02", **annual
    )


def test_a_named_agreement_is_signed_once_by_the_same_states() -> None:
    accord = {"about": ["agreement/x"]}
    states = {A: MA, B: FR}
    by_people = key(EventType.SIGNING, A, B, date="2020-12-22", states=states, **accord)
    assert by_people == key(EventType.SIGNING, MA, FR, document="d2", **accord)
    assert by_people != key(EventType.SIGNING, US, FR, **accord)
    assert key(EventType.SIGNING, MA, FR) != key(EventType.SIGNING, MA, FR, document="d2")


def test_recognition_has_a_direction_and_no_date() -> None:
    there = key(
        EventType.RECOGNITION, (US, Role.RECOGNISER), (MA, Role.RECOGNISED), date="2020-12-10"
    )
    assert there == key(
        EventType.RECOGNITION,
        (A, Role.RECOGNISER),
        (MA, Role.RECOGNISED),
        date="2020-12-11",
        document="d2",
        states={A: US},
    )
    assert there != key(EventType.RECOGNITION, (MA, Role.RECOGNISER), (US, Role.RECOGNISED))
    assert key(EventType.RECOGNITION, (US, Role.RECOGNISER)) != key(
        EventType.RECOGNITION, (US, Role.RECOGNISER), document="d2"
    )


def test_changes_of_relations_differ_by_kind_and_year_not_by_word() -> None:
    cut = key(EventType.RELATIONS_CHANGE, MA, FR, change="cut", date="2021-08-24")
    assert cut == key(
        EventType.RELATIONS_CHANGE, FR, MA, change="severed", date="2021", document="d2"
    )
    assert cut != key(EventType.RELATIONS_CHANGE, MA, FR, change="resumed", date="2021")
    assert cut != key(EventType.RELATIONS_CHANGE, MA, FR, change="cut", date="1976")
    undated = {"change": "normalised"}
    assert key(EventType.RELATIONS_CHANGE, MA, FR, **undated) == key(
        EventType.RELATIONS_CHANGE, MA, "holder/foreign-minister-FR", document="d2", **undated
    )
    assert key(EventType.RELATIONS_CHANGE, MA, **undated) != key(
        EventType.RELATIONS_CHANGE, MA, document="d2", **undated
    )


def test_a_mission_is_its_owner_its_place_and_the_change() -> None:
    owner, opened = (US, Role.OWNER), {"place": "place/dakhla", "change": "opened"}
    mission = key(EventType.MISSION_CHANGE, owner, (MA, Role.HOST), date="2021-01-10", **opened)
    assert mission == key(EventType.MISSION_CHANGE, owner, (A, Role.PARTICIPANT), **opened)
    assert mission != key(
        EventType.MISSION_CHANGE, owner, change="closed", place="place/dakhla", date="2021-01-10"
    )
    assert mission != key(EventType.MISSION_CHANGE, (FR, Role.OWNER), **opened)


def test_an_appointment_goes_by_year() -> None:
    appointed = {"change": "appointed"}
    assert key(EventType.APPOINTMENT, (A, Role.APPOINTEE), B, date="2023-01", **appointed) == key(
        EventType.APPOINTMENT, (A, Role.APPOINTEE), date="2023-01-05", document="d2", **appointed
    )
    assert key(EventType.APPOINTMENT, (A, Role.APPOINTEE), date="2023", **appointed) != key(
        EventType.APPOINTMENT, (A, Role.APPOINTEE), date="2023", change="credentials"
    )


def test_a_statement_has_a_speaker_an_addressee_and_a_stance() -> None:
    day = {"date": "2023-01-31"}
    said = key(
        EventType.STATEMENT, (A, Role.SPEAKER), (MA, Role.ADDRESSEE), stance=Stance.PRAISE, **day
    )
    others = {
        key(
            EventType.STATEMENT,
            (MA, Role.SPEAKER),
            (A, Role.ADDRESSEE),
            stance=Stance.PRAISE,
            **day,
        ),
        key(
            EventType.STATEMENT, (A, Role.SPEAKER), (MA, Role.ADDRESSEE), stance=Stance.THANK, **day
        ),
        key(EventType.STATEMENT, (A, Role.SPEAKER), (MA, Role.ADDRESSEE), stance=Stance.PRAISE),
    }
    assert len(others) == 3
    assert said not in others
    assert said == key(
        EventType.STATEMENT,
        (A, Role.SPEAKER),
        (MA, Role.ADDRESSEE),
        stance=Stance.PRAISE,
        document="d2",
        **day,
    )
