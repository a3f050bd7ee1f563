"""Mentions: who and what a sentence names, with the words that do."""

from __future__ import annotations

import pytest
from reports import items, mentions, reading

from ingest.items import GroupMention, PersonMention, ThingMention

BOURITA = "person/Q26036628"


def named(text: str, lang: str = "ar") -> list[str]:
    """The names of persons that a sentence holds."""
    analysis, sentence = items(text, lang)
    return [
        analysis.words(*item.payload.name)
        for item in sentence
        if isinstance(item.payload, PersonMention) and item.payload.name
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("قال ناصر بوريطة إن اللقاء مهم", ["ناصر بوريطة"]),
        ("قال وزير الخارجية الغاني زكريا منصور كومبا إن اللقاء مهم", ["زكريا منصور كومبا"]),
        ("التقى السفير يوسف عمراني نظيره", ["يوسف عمراني"]),
        ("انتهى الاجتماع في الرباط", []),
    ],
)
def test_names_end_where_they_end(text: str, names: list[str]) -> None:
    assert named(text) == names


def test_an_official_is_known_by_name() -> None:
    assert (BOURITA, "ناصر بوريطة") in mentions("قال ناصر بوريطة إن اللقاء مهم")


def test_a_surname_met_again_is_the_same_person() -> None:
    found = mentions("التقى وزير الخارجية الغاني زكريا منصور كومبا ضيفه. وقال كومبا إن اللقاء مهم.")
    keys = [key for key, words in found if "كومبا" in words]
    assert len(keys) == 2
    assert len(set(keys)) == 1


@pytest.mark.parametrize("lang", ["ar", "en", "fr"])
def test_a_name_of_nobody_known_gets_a_key_of_its_own(lang: str) -> None:
    text = {
        "ar": "قال وزير الخارجية الغاني زكريا منصور كومبا إن اللقاء مهم.",
        "en": "Ghanaian Foreign Minister Zakari Mansour Kumba said the meeting mattered.",
        "fr": "Le ministre ghanéen des Affaires étrangères, Zakari Mansour Kumba, a parlé.",
    }[lang]
    (person,) = [e for e in reading(text, lang).entities if e.key.startswith("person/")]
    assert person.labels[0].lang == lang
    assert "/Q" not in person.key


def test_countries_are_named_however_they_are_written() -> None:
    for words in ("الولايات المتحدة", "الولايات المتّحدة", "الولاياتالمتحدة"):
        assert "country/US" in [key for key, _ in mentions(f"زار الوفد {words} أمس")]
    assert "country/US" in [key for key, _ in mentions("عاد الوفد من الولايات المتحدة")]


def test_groups_of_holders_have_their_states() -> None:
    _, sentence = items("التقى وزيرا خارجية المغرب وإسبانيا في الرباط")
    (group,) = [i.payload for i in sentence if isinstance(i.payload, GroupMention)]
    assert group.kind in ("foreign-minister", "minister")
    assert group.countries == ("country/MA", "country/ES")


def test_a_thing_is_found_by_its_shape() -> None:
    _, sentence = items("انطلقت الدورة الثالثة للمنتدى العربي للمياه والطاقة في الرباط")
    things = [i.payload for i in sentence if isinstance(i.payload, ThingMention)]
    assert "forum" in {thing.prefix for thing in things}


def test_every_mention_stands_in_its_words() -> None:
    text = "استقبل وزير الخارجية المغربي، ناصر بوريطة، الأمين العام للأمم المتحدة بالرباط."
    for mention in reading(text).mentions:
        words = mention.evidence
        assert text[words.start : words.end] == words.exact
        assert words.exact.strip() == words.exact


def test_mentions_come_in_the_order_of_the_text() -> None:
    found = reading("زار ناصر بوريطة مدريد ثم باريس ثم القاهرة").mentions
    starts = [mention.evidence.start for mention in found]
    assert len(starts) >= 4
    assert starts == sorted(starts)
