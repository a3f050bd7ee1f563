"""From matches to events: one happening told twice is one event, two happenings are two."""

from __future__ import annotations

import pytest
from reports import events, parties, reading

from kg.model import Certainty, EventType, Role, Stance

MEETING, CALL, VISIT = EventType.MEETING, EventType.PHONE_CALL, EventType.VISIT
SHOUKRY, FAISAL = "person/Q7409268", "person/Q72099398"
TALK = "أجرى وزير الخارجية المصري سامح شكري اتصالا هاتفيا مع نظيره السعودي فيصل بن فرحان"
MACRON = "الرئيس الفرنسي إيمانويل ماكرون"


def test_one_happening_told_twice_is_one_event_with_both_sentences() -> None:
    text = f"زار {MACRON} الجزائر في 25 أغسطس 2022. ووصل ماكرون إلى الجزائر يوم 25 أغسطس 2022."
    (visit,) = events(text, VISIT)
    assert visit.date == "2022-08-25"
    full_stop = text.index(". ")
    assert {evidence.start > full_stop for evidence in visit.evidence} == {False, True}


def test_calls_on_days_far_apart_are_two() -> None:
    text = f"{TALK} يوم 3 يناير 2023. وأجرى شكري اتصالا هاتفيا مع فيصل بن فرحان يوم 25 يناير 2023."
    found = events(text, CALL)
    assert [event.date for event in found] == ["2023-01-03", "2023-01-25"]
    assert all(parties(event) == {SHOUKRY, FAISAL} for event in found)
    assert found[0].key != found[1].key


def test_a_contact_told_with_a_day_more_and_a_day_less_is_one() -> None:
    text = f"{TALK} يوم 24 يناير 2023. وأجرى شكري اتصالا هاتفيا مع فيصل بن فرحان يوم 25 يناير 2023."
    assert len(events(text, CALL)) == 1


def test_a_date_told_later_completes_the_event() -> None:
    text = f"{TALK}. وأجرى شكري اتصالا هاتفيا مع فيصل بن فرحان يوم 25 يناير 2023."
    (call,) = events(text, CALL)
    assert call.date == "2023-01-25"


def test_one_who_meets_two_has_two_meetings() -> None:
    text = (
        "التقى وزير الخارجية الأردني أيمن الصفدي كلا من وزير الخارجية المصري سامح شكري"
        " ووزير الخارجية القطري محمد بن عبد الرحمن آل ثاني في عمان."
    )
    found = events(text, MEETING)
    assert len(found) == 2
    assert all("person/Q28336737" in parties(event) and len(parties(event)) == 2 for event in found)
    assert {event.place for event in found} == {"place/amman"}


def test_several_meetings_in_one_sentence() -> None:
    text = (
        "استقبل وزير الخارجية المغربي ناصر بوريطة نظيره الإسباني خوسيه مانويل ألباريس،"
        " كما استقبل بوريطة وزير الخارجية الأردني أيمن الصفدي."
    )
    assert {frozenset(parties(event)) for event in events(text, MEETING)} == {
        frozenset({"person/Q26036628", "person/Q64595113"}),
        frozenset({"person/Q26036628", "person/Q28336737"}),
    }


def test_what_was_planned_and_what_was_held_are_not_one() -> None:
    text = f"زار {MACRON} الجزائر في 25 أغسطس 2022. وسيزور ماكرون الجزائر غدا."
    assert {event.certainty for event in events(text, VISIT)} == {Certainty.HELD, Certainty.PLANNED}


def test_a_visit_has_a_visitor_and_a_host() -> None:
    (visit,) = events(f"زار {MACRON} الجزائر أمس.", VISIT)
    assert {(party.entity, party.role) for party in visit.participants} == {
        ("person/Q3052772", Role.VISITOR),
        ("country/DZ", Role.HOST),
    }


def test_signatories_sign() -> None:
    (signing,) = events(
        "وقع المغرب وإسبانيا اتفاقية تعاون في الرباط يوم 2 فبراير 2019.", EventType.SIGNING
    )
    assert {(party.entity, party.role) for party in signing.participants} == {
        ("country/MA", Role.SIGNATORY),
        ("country/ES", Role.SIGNATORY),
    }
    assert signing.date == "2019-02-02"


def test_statements_have_a_speaker_an_addressee_and_a_stance() -> None:
    text = "أدان وزير الخارجية المصري سامح شكري الهجوم على السعودية. وأشاد شكري بالسعودية."
    found = {event.stance: event for event in events(text, EventType.STATEMENT)}
    assert set(found) >= {Stance.PRAISE}
    roles = {(party.entity, party.role) for party in found[Stance.PRAISE].participants}
    assert roles == {(SHOUKRY, Role.SPEAKER), ("country/SA", Role.ADDRESSEE)}


@pytest.mark.parametrize(
    "text",
    [
        "التقى وزير الخارجية المغربي ناصر بوريطة.",  # with whom?
        "أجرى وزير الخارجية المصري سامح شكري اتصالا هاتفيا.",
        "زار الوفد المتحف أمس.",
        "قال سامح شكري إن اللقاء مهم.",
    ],
)
def test_an_event_lacks_nothing_that_its_type_needs(text: str) -> None:
    assert reading(text).events == ()


def test_every_event_has_evidence_and_a_key_of_its_own() -> None:
    text = f"{TALK} يوم 3 يناير 2023. وزار {MACRON} الجزائر أمس. ووقع المغرب وإسبانيا اتفاقية."
    found = reading(text).events
    assert len(found) >= 2
    assert len({event.key for event in found}) == len(found)
    assert all(event.evidence for event in found)
    assert all(0 < event.confidence <= 1 for event in found)


def test_inference_lowers_confidence() -> None:
    (stated,) = events(f"زار {MACRON} الجزائر في 25 أغسطس 2022.", VISIT)
    (worked_out,) = events(f"زار {MACRON} الجزائر أمس.", VISIT)
    assert worked_out.confidence < stated.confidence
