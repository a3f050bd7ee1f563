"""The lexicon: forms to entries, the longest from the left, each with its line."""

from __future__ import annotations

import pytest

from ingest.haystack import Haystack
from ingest.lexicon import Entry, Lexicon, LexiconBuilder, Unit
from ingest.text import Text, tokens

MOROCCO = Entry("country", "country/MA", "countries.yaml:3", proper=True)
GUINEA = Entry("country", "country/GN", "countries.yaml:9", proper=True)
BISSAU = Entry("country", "country/GW", "countries.yaml:14", proper=True)
MEET = Entry("meet", "", "words/ar.yaml:1")
WHO = Entry("organization", "organization/who", "organizations.yaml:5", proper=True, capitals=True)


def lexicon(*forms: tuple[str, Entry]) -> Lexicon:
    builder = LexiconBuilder()
    for form, entry in forms:
        builder.add(form, entry)
    return builder.build()


def units(over: Lexicon, text: str, blocked: dict[int, int] | None = None) -> list[Unit]:
    read = Text.of(text)
    marks = over.splitter.split(tokens(read))
    return over.units(Haystack.of(marks.forms, blocked or {}), marks, read.folded)


def test_a_form_is_found_however_it_is_spelled() -> None:
    over = lexicon(("الإمارات العربية", MOROCCO))
    (unit,) = units(over, "في الامارات العربيّة اليوم")
    assert (unit.first, unit.last) == (1, 3)
    assert unit.entries == (MOROCCO,)
    assert unit.entries[0].source == "countries.yaml:3"


def test_the_longest_form_from_the_left_counts() -> None:
    over = lexicon(("غينيا", GUINEA), ("غينيا بيساو", BISSAU))
    assert [unit.form for unit in units(over, "غينيا بيساو وغينيا")] == ["غينيا بيساو", "غينيا"]


ACCORD = Entry("agreement", "agreement/riyadh", "agreements.yaml:7", proper=True)
CARRY_OUT = Entry("demand", "", "words/ar.yaml:2")
ONE_WORD = Entry("demand", "", "words/ar.yaml:3")


def test_a_phrase_gives_way_to_a_name_that_it_would_cut() -> None:
    over = lexicon(("تنفيذ اتفاق", CARRY_OUT), ("اتفاق الرياض", ACCORD), ("تنفيذ", ONE_WORD))
    (before, name) = units(over, "دعا إلى تنفيذ اتفاق الرياض فورا")
    assert (before.form, before.first, before.last) == ("تنفيذ", 2, 3)
    assert (name.entries, name.first, name.last) == ((ACCORD,), 3, 5)
    (phrase,) = units(over, "دعا إلى تنفيذ اتفاق جدة فورا")
    assert (phrase.form, phrase.entries) == ("تنفيذ اتفاق", (CARRY_OUT,))


def test_a_phrase_gives_way_only_to_what_is_written_as_a_name() -> None:
    over = lexicon(("carry out open", CARRY_OUT), ("Open Skies", ACCORD))
    assert [unit.form for unit in units(over, "they carry out Open Skies")] == ["open skies"]
    assert [unit.form for unit in units(over, "they carry out open skies")] == ["carry out open"]


def test_what_names_a_thing_gives_way_to_nothing() -> None:
    over = lexicon(("غينيا بيساو", GUINEA), ("بيساو الكبرى", ACCORD))
    assert [unit.form for unit in units(over, "غينيا بيساو الكبرى")] == ["غينيا بيساو"]


def test_forms_are_whole_words() -> None:
    assert units(lexicon(("مصر", MOROCCO)), "المصري مصرف مصري") == []


def test_one_form_may_stand_for_several_things() -> None:
    (unit,) = units(lexicon(("غينيا", GUINEA), ("غينيا", MEET), ("غينيا", GUINEA)), "غينيا")
    assert unit.entries == (GUINEA, MEET)
    assert unit.classes == {"country", "meet"}


@pytest.mark.parametrize(
    ("text", "found"), [("Chad won", 1), ("chad won", 0), ("CHAD won", 1), ("a chad", 0)]
)
def test_names_count_only_with_a_capital(text: str, found: int) -> None:
    assert len(units(lexicon(("Chad", GUINEA)), text)) == found


@pytest.mark.parametrize(("text", "found"), [("WHO said", 1), ("Who said", 0), ("who said", 0)])
def test_abbreviations_count_only_in_capitals(text: str, found: int) -> None:
    assert len(units(lexicon(("WHO", WHO)), text)) == found


def test_a_word_written_small_keeps_its_other_meanings() -> None:
    over = lexicon(("WHO", WHO), ("who", Entry("who", "", "words/en.yaml:1")))
    assert [unit.classes for unit in units(over, "who WHO")] == [{"who"}, {"who", "organization"}]
    assert {"who"} in over.class_sets()


def test_the_words_of_a_name_that_is_none_stand_for_themselves() -> None:
    over = lexicon(("Signing Ceremony", MOROCCO), ("signing", MEET))
    assert [unit.form for unit in units(over, "the signing ceremony")] == ["signing"]
    assert [unit.form for unit in units(over, "the Signing Ceremony")] == ["signing ceremony"]


def test_taken_spans_hide_what_they_cover() -> None:
    over = lexicon(("مايو", MOROCCO), ("التقى", MEET))
    assert [unit.form for unit in units(over, "التقى مايو", {1: 2})] == ["التقي"]


def test_proclitics_are_taken_off_before_forms_are_looked_up() -> None:
    over = lexicon(("المغرب", MOROCCO), ("التقى", MEET))
    assert [(u.form, u.first) for u in units(over, "والتقى بالمغرب")] == [
        ("التقي", 1),
        ("المغرب", 3),
    ]


def test_phrases_are_parted_like_texts() -> None:
    over = lexicon(("المغرب", MOROCCO), ("لقاء بالمغرب", MEET))
    assert [unit.form for unit in units(over, "لقاء بالمغرب")] == ["لقاء ب المغرب"]


def test_words_with_the_article_are_marked() -> None:
    nat = Entry("nat", "country/MA", "countries.yaml:4", proper=True)
    plain = Entry("common", "", "words/ar/common.txt:1")
    over = lexicon(("المغربي", nat), ("مغربي", nat), ("السلام", plain), ("سلام", plain))
    classes = {unit.form: unit.classes for unit in units(over, "المغربي مغربي السلام سلام")}
    assert classes["المغربي"] >= {"nat", "natdef"}
    assert classes["مغربي"] == {"nat"}
    assert classes["السلام"] == {"common", "def"}
    assert classes["سلام"] == {"common"}


def test_nothing_is_found_in_nothing() -> None:
    assert units(lexicon(("مصر", MOROCCO)), "") == []
