"""Forms that a lexicon line stands for."""

from __future__ import annotations

import pytest

from ingest.inflection import arabic_nisba, definite, expand, latin_plural


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("وزير", ["وزير"]),
        ("نظير{ه,ها,هما}", ["نظيره", "نظيرها", "نظيرهما"]),
        ("{a,b} {c,d}", ["a c", "a d", "b c", "b d"]),
        ("{,al-}Quds", ["Quds", "al-Quds"]),
    ],
)
def test_braces_are_alternatives(pattern: str, expected: list[str]) -> None:
    assert expand(pattern) == expected


def test_an_adjective_of_nationality_has_gender_number_and_article() -> None:
    made = arabic_nisba("مغربي")
    for form in ("مغربي", "المغربي", "المغربية", "مغربية", "المغربيين", "المغربيتان", "مغربيا"):
        assert form in made
    assert len(made) == len(set(made))


def test_a_compound_adjective_is_inflected_at_its_end() -> None:
    made = arabic_nisba("جنوب أفريقي")
    assert {"جنوب أفريقي", "جنوب أفريقية", "الجنوب أفريقية", "جنوب الأفريقي"} <= set(made)
    assert all("جنوب" in form for form in made)


def test_other_words_take_the_article_only() -> None:
    assert set(arabic_nisba("روس")) == {"روس", "الروس"}


def test_a_definite_phrase_stays_as_it_is() -> None:
    assert definite("مجلس السلم") == ["مجلس السلم", "المجلس السلم"]
    assert definite("المجلس") == ["المجلس"]


def test_latin_words_get_a_plural_once() -> None:
    assert latin_plural("Moroccan") == ["Moroccan", "Moroccans"]
    assert latin_plural("français") == ["français"]
