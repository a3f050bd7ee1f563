"""From a text to the quads of its graph, in each language."""

from __future__ import annotations

import time

import pytest
from reports import DAY, parties, reading

from ingest.pipeline import read
from kg.model import Document, EventType
from kg.quads import quads

TEXTS = {
    "ar": "التقى وزير الخارجية المغربي ناصر بوريطة نظيره الإسباني خوسيه مانويل ألباريس في مدريد"
    " أمس الثلاثاء. وبحث الوزيران التعاون في مجال الطاقة.",
    "en": "Moroccan Foreign Minister Nasser Bourita met his Spanish counterpart José Manuel Albares"
    " in Madrid on Tuesday. They discussed energy.",
    "fr": "Le ministre marocain des Affaires étrangères, Nasser Bourita, a rencontré son homologue"
    " espagnol, José Manuel Albares, mardi à Madrid. Ils ont évoqué l'énergie.",
}
BOURITA, ALBARES = "person/Q26036628", "person/Q64595113"


@pytest.mark.parametrize("lang", sorted(TEXTS))
def test_one_happening_is_read_alike_in_three_languages(lang: str) -> None:
    found = reading(TEXTS[lang], lang)
    (meeting,) = [event for event in found.events if event.type is EventType.MEETING]
    assert parties(meeting) == {BOURITA, ALBARES}
    assert (meeting.date, meeting.place) == ("2023-01-31", "place/madrid")
    assert "office/foreign-minister-MA" in {office.key for office in found.offices}


def test_the_key_of_a_happening_is_one_in_three_languages() -> None:
    keys = {
        event.key
        for lang, text in TEXTS.items()
        for event in reading(text, lang).events
        if event.type is EventType.MEETING
    }
    assert len(keys) == 1


@pytest.mark.parametrize("lang", sorted(TEXTS))
def test_the_words_of_all_evidence_stand_in_the_text(lang: str) -> None:
    text = TEXTS[lang]
    found = reading(text, lang)
    every = [
        *(words for event in found.events for words in event.evidence),
        *(words for tenure in found.tenures for words in tenure.evidence),
        *(mention.evidence for mention in found.mentions),
    ]
    assert every
    assert all(text[each.start : each.end] == each.exact for each in every)
    assert all(each.rule for each in every)


@pytest.mark.parametrize("lang", sorted(TEXTS))
def test_a_reading_becomes_quads(lang: str) -> None:
    made = list(quads(reading(TEXTS[lang], lang)))
    assert len(made) > 50


@pytest.mark.parametrize("lang", sorted(TEXTS))
def test_two_readings_are_equal(lang: str) -> None:
    assert reading(TEXTS[lang], lang) == reading(TEXTS[lang], lang)


@pytest.mark.parametrize(
    "text", ["", " \n ", "...", "«»", "\ufeff", "🙂", "12 34", "و", "A", "\x00"]
)
@pytest.mark.parametrize("lang", sorted(TEXTS))
def test_texts_that_say_nothing_give_empty_readings(text: str, lang: str) -> None:
    found = reading(text, lang)
    assert found.events == ()
    assert found.relations == ()
    list(quads(found))


@pytest.mark.parametrize("lang", sorted(TEXTS))
def test_what_has_no_date_gets_none(lang: str) -> None:
    found = read(Document("undated", TEXTS[lang], lang))
    assert all(event.date is None for event in found.events)


def test_a_text_of_long_lines_is_read_in_time() -> None:
    def seconds(times: int) -> float:
        text = " ".join(["التقى الوزير نظيره في الرباط"] * times)
        start = time.process_time()
        assert read(Document("long", text, "ar", DAY)).document.text == text
        return time.process_time() - start

    seconds(100)
    assert seconds(2000) < 8 * seconds(500) + 0.5  # 16 if it were quadratic
