"""Reference: counterparts, pairs, unnamed holders, things met again; nothing is guessed."""

from __future__ import annotations

import pytest
from reports import events, mentions, offices, parties, reading

from kg.model import EventType

BOURITA, ALBARES = "person/Q26036628", "person/Q64595113"
MEETING = EventType.MEETING


def test_a_named_counterpart_holds_the_same_office_in_another_state() -> None:
    text = "التقى وزير الخارجية المغربي ناصر بوريطة نظيره الإسباني خوسيه مانويل ألباريس."
    assert offices(text) == {
        (BOURITA, "office/foreign-minister-MA"),
        (ALBARES, "office/foreign-minister-ES"),
    }


def test_an_unnamed_counterpart_is_who_held_the_office_that_day_and_it_says_so() -> None:
    text = "التقى وزير الخارجية المغربي ناصر بوريطة نظيره الفرنسي في الرباط أمس."
    (meeting,) = events(text, MEETING)
    assert parties(meeting) == {BOURITA, "person/Q273396"}  # Catherine Colonna, since 2022
    (inferred,) = [i for i in meeting.inferences if i.slot == "participant"]
    assert inferred.value == "person/Q273396"
    chain = inferred.basis.split(" → ")
    assert chain[:2] == ["نظيره الفرنسي", "foreign-minister of FR"]
    assert chain[2].startswith("holder on 2023-02-01 (lexicons/officials/")


def test_the_day_decides_who_held_an_office() -> None:
    text = "التقى وزير الخارجية المغربي ناصر بوريطة نظيره الفرنسي في الرباط."
    (later,) = [e for e in reading(text, published="2019-03-01").events if e.type is MEETING]
    assert parties(later) == {BOURITA, "person/Q559040"}  # Jean-Yves Le Drian


def test_without_a_day_nobody_is_guessed() -> None:
    text = "التقى وزير الخارجية المغربي ناصر بوريطة نظيره الفرنسي في الرباط."
    (meeting,) = [e for e in reading(text, published=None).events if e.type is MEETING]
    assert parties(meeting) == {BOURITA, "holder/foreign-minister-FR"}
    assert [i for i in meeting.inferences if i.slot == "participant"] == []


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("استقبل وزير خارجية توفالو نظيره المغربي ناصر بوريطة.", "holder/foreign-minister-TV"),
        (
            "التقى وزير الخارجية المغربي ناصر بوريطة نظيره من جزر سليمان.",
            "holder/foreign-minister-SB",
        ),
    ],
)
def test_a_holder_that_nobody_knows_stays_unnamed(text: str, holder: str) -> None:
    (meeting,) = events(text, MEETING)
    assert parties(meeting) == {BOURITA, holder}
    assert [i for i in meeting.inferences if i.slot == "participant"] == []


def test_a_title_alone_is_whom_the_document_names_in_it() -> None:
    text = (
        "وصل وزير الخارجية الغاني زكريا منصور كومبا إلى الرباط."
        " واستقبل ناصر بوريطة وزير الخارجية الغاني أمس."
    )
    (meeting,) = events(text, MEETING)
    assert len(parties(meeting)) == 2
    assert all("holder/" not in key and "/Q" not in key for key in parties(meeting) - {BOURITA})


def test_the_two_ministers_are_those_just_named() -> None:
    text = (
        "التقى وزير الخارجية المغربي ناصر بوريطة نظيره الإسباني خوسيه مانويل ألباريس."
        " وأدان الوزيران الهجوم على مصر. وزار الوزيران القاهرة أمس."
    )
    (condemnation,) = events(text, EventType.STATEMENT)
    assert parties(condemnation) == {BOURITA, ALBARES, "country/EG"}
    (visit,) = events(text, EventType.VISIT)
    assert parties(visit) == {BOURITA, ALBARES, "country/EG"}


def test_one_person_under_two_names_has_one_key() -> None:
    text = "قال وزير الخارجية المغربي ناصر بوريطة إن اللقاء مهم. وأضاف بوريطة أن التعاون مستمر."
    people = {key for key, words in mentions(text) if "بوريطة" in words}
    assert people == {BOURITA}


def test_a_thing_met_again_under_a_shorter_name_is_one() -> None:
    text = (
        "انطلق المنتدى العربي للمياه والطاقة في الرباط."
        " وقال ناصر بوريطة إن المنتدى العربي للمياه مهم."
    )
    things = {e.key for e in reading(text).entities if e.key.startswith("thing/forum/")}
    assert len(things) == 1


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Moroccan Foreign Minister Nasser Bourita met his French counterpart in Rabat.", "en"),
        (
            "Le ministre marocain des Affaires étrangères, Nasser Bourita, a rencontré son"
            " homologue français à Rabat.",
            "fr",
        ),
    ],
)
def test_counterparts_are_understood_in_other_languages(text: str, lang: str) -> None:
    (meeting,) = events(text, MEETING, lang)
    assert parties(meeting) == {BOURITA, "person/Q273396"}
