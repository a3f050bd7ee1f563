"""People: mentions of names gathered into persons, namesakes told apart, titles into offices."""

from __future__ import annotations

import pytest
from reports import offices, reading

from ingest.claims.likeness import is_misspelt, same_person
from ingest.claims.people import state_key


def words(name: str) -> tuple[str, ...]:
    return tuple(name.split())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ناصر بوريطه", "بوريطه", True),
        ("انتوني جون بلينكن", "انتوني بلينكن", True),
        ("ايمن الصفدي", "صفدي", True),  # with and without the article
        ("ناصر بوريطه", "ناصر", False),  # a first name alone names nobody
        ("محمد السوداني", "محمد شكري", False),
        ("nasser bourita", "bourita", True),
        ("محمد بن سلمان ال سعود", "محمد بن سلمان", True),
        ("خالد بن سلمان", "محمد بن سلمان", False),
        ("omar al siddiq", "el siddiq", True),
    ],
)
def test_two_names_of_one_person(one: str, other: str, same: bool) -> None:
    assert same_person(words(one), words(other)) is same
    assert same_person(words(other), words(one)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("mouhamed ould cheikh el ghazouani", "mohamed ould el ghazaouani", True),
        ("hossein abdollahian", "abdolahian", True),
        ("ali mansour", "ali mansouri", True),
        ("ali hamdan", "ali hamad", False),  # short names differ by a letter or two
        ("omar mansour", "ali mansouri", False),
        ("lina dowaihi", "lina forsberg", False),
    ],
)
def test_a_name_written_wrong_is_that_of_the_same_person(one: str, other: str, same: bool) -> None:
    assert is_misspelt(words(one), words(other)) is same
    assert is_misspelt(words(other), words(one)) is same


@pytest.mark.parametrize(
    ("code", "kind", "key"),
    [
        ("MA", "president", "country/MA"),
        ("UN", "secretary-general", "organization/un"),
        ("AU", "foreign-minister", "country/AU"),  # Australia
        ("AU", "secretary-general", "organization/au"),  # the African Union
        (None, "president", None),
        ("", "president", None),
    ],
)
def test_codes_of_states_and_bodies(code: str | None, kind: str, key: str | None) -> None:
    assert state_key(code, kind) == key


def people(text: str) -> list[str]:
    return [e.key for e in reading(text).entities if e.key.startswith("person/")]


def test_the_fullest_name_gives_the_key() -> None:
    text = (
        "قال وزير الخارجية الغاني كومبا إن اللقاء مهم."
        " وأضاف وزير الخارجية الغاني زكريا منصور كومبا أن التعاون مستمر."
    )
    assert people(text) == ["person/زكريا-منصور-كومبا"]


def test_two_who_share_a_family_name_are_two() -> None:
    text = (
        "التقى وزير الخارجية الغاني زكريا منصور كومبا وزير الدفاع الغاني إدريس ماجد كومبا في أكرا."
    )
    assert len(people(text)) == 2


def test_a_person_may_hold_several_offices() -> None:
    text = "قال نائب رئيس الوزراء وزير الخارجية الأردني أيمن الصفدي إن اللقاء مهم."
    held = {office for _, office in offices(text)}
    assert "office/foreign-minister-JO" in held
    assert any("deputy" in office or "vice" in office for office in held)


def test_all_forms_of_a_name_are_labels() -> None:
    text = "قال وزير الخارجية المغربي ناصر بوريطة إن اللقاء مهم. وأضاف بوريطة أن التعاون مستمر."
    (person,) = [e for e in reading(text).entities if e.key == "person/Q26036628"]
    assert {label.text for label in person.labels} == {"ناصر بوريطة", "بوريطة"}


def test_officials_named_bare_hold_the_office_by_which_both_are_spoken_of() -> None:
    text = "Emmanuel Macron a appelé Vladimir Poutine. Les présidents français et russe ont parlé."
    assert ("person/Q3052772", "office/president-FR") in offices(text, lang="fr")
