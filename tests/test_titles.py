"""Titles: which office, of which state or body, in which words."""

from __future__ import annotations

import pytest
from reports import items, offices

from ingest.cache import known
from ingest.items import PersonMention, Title
from ingest.titles import headships


def read(text: str, lang: str = "ar") -> list[Title]:
    """The titles of the first person that a sentence names."""
    _, sentence = items(text, lang)
    persons = (item.payload for item in sentence if isinstance(item.payload, PersonMention))
    return [title for person in persons for title in person.titles]


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("قال وزير الخارجية المغربي ناصر بوريطة", "office/foreign-minister-MA"),
        ("قال وزير خارجية إسبانيا خوسيه مانويل ألباريس", "office/foreign-minister-ES"),
        ("قال وزير الشؤون الخارجية المغربي ناصر بوريطة", "office/foreign-minister-MA"),
        ("قال رئيس الوزراء العراقي محمد شياع السوداني", "office/prime-minister-IQ"),
        ("قال الرئيس الفرنسي إيمانويل ماكرون", "office/president-FR"),
        ("قال العاهل الأردني الملك عبد الله الثاني", "office/monarch-JO"),
        ("قال ولي العهد السعودي الأمير محمد بن سلمان", "office/crown-prince-SA"),
        ("قال وزير الدفاع التركي خلوصي أكار", "office/defence-minister-TR"),
        ("قال النائب الأول لرئيس السودان زكريا كومبا", "office/vice-president-SD"),
    ],
)
def test_arabic_titles_give_offices(text: str, office: str) -> None:
    assert office in {held for _, held in offices(text)}


@pytest.mark.parametrize(
    ("text", "lang", "office"),
    [
        ("Moroccan Foreign Minister Nasser Bourita spoke.", "en", "office/foreign-minister-MA"),
        (
            "The foreign minister of Spain, José Manuel Albares, spoke.",
            "en",
            "office/foreign-minister-ES",
        ),
        ("French President Emmanuel Macron spoke.", "en", "office/president-FR"),
        ("Le président français, Emmanuel Macron, a parlé.", "fr", "office/president-FR"),
        (
            "Le ministre marocain des Affaires étrangères, Nasser Bourita, a parlé.",
            "fr",
            "office/foreign-minister-MA",
        ),
    ],
)
def test_latin_titles_give_offices(text: str, lang: str, office: str) -> None:
    assert office in {held for _, held in offices(text, lang)}


def test_the_ambassador_of_one_state_in_another_is_of_the_first() -> None:
    (title,) = read("قال السفير المغربي في مدريد")
    assert (title.kind, title.country) == ("ambassador", "country/MA")


def test_a_country_said_once_counts_for_all_titles() -> None:
    found = read("قال نائب رئيس الوزراء وزير الخارجية الأردني أيمن الصفدي")
    assert {title.country for title in found} == {"country/JO"}
    assert "foreign-minister" in {title.kind for title in found}


def test_the_head_of_a_body_holds_the_office_that_the_body_gives() -> None:
    ((_, office),) = offices("قال الأمين العام للأمم المتحدة أنطونيو غوتيريش إن اللقاء مهم.")
    assert office.startswith("office/secretary-general-UN")


def test_headships_name_known_bodies() -> None:
    assert headships()
    assert all(body in known().records for body in headships())


def test_words_without_an_office_are_no_title() -> None:
    assert read("زار الرباط أمس") == []


def test_who_speaks_for_the_government_is_told_by_his_own_office_too() -> None:
    told = (
        "حضر وزير الشئون الخارجية والتعاون الدولي، الناطق الرسمي باسم الحكومة السيد/ محمود علي يوسف"
    )
    assert not [held for _, held in offices(told) if "secretary-general" in held]
