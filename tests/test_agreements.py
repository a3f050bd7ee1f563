"""An agreement's life: announced, signed, ratified, in force, suspended, denounced."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.pipeline import read
from kg.brief import Corpus, brief
from kg.model import Document, EventType, Reading
from kg.query import run
from kg.store import Store
from kg.vocab import ID

LIFE = {
    "a": ("en", "Morocco and France will sign a security agreement on 3 May 2021.", "2021-04-20"),
    "b": ("en", "Morocco and France signed a security agreement on 3 May 2021.", "2021-05-04"),
    "c": ("ar", "صادق البرلمان المغربي على اتفاقية باريس للمناخ يوم 21 سبتمبر 2016", "2016-09-22"),
    "d": ("en", "Morocco ratified the Paris Agreement on 21 September 2016.", "2016-09-22"),
    "e": ("fr", "Le Maroc s'est retiré de l'accord de Paris le 4 novembre 2020.", "2020-11-05"),
}


def reading(name: str) -> Reading:
    lang, text, published = LIFE[name]
    return read(Document(name, text, lang, published))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store") as opened:
        for name in LIFE:
            opened.write(reading(name))
        yield opened


@pytest.mark.parametrize(
    ("lang", "text", "change"),
    [
        ("ar", "صادق البرلمان المغربي على اتفاقية باريس للمناخ", "ratified"),
        ("ar", "انسحبت روسيا من معاهدة الأجواء المفتوحة", "denounced"),
        ("ar", "علقت الجزائر معاهدة الصداقة وحسن الجوار مع إسبانيا", "suspended"),
        ("en", "Morocco ratified the Paris Agreement.", "ratified"),
        ("en", "The United States withdrew from the Paris Agreement.", "denounced"),
        ("en", "Algeria suspended the friendship treaty with Spain.", "suspended"),
        ("fr", "Le Maroc a ratifié l'accord de Paris.", "ratified"),
        ("fr", "Les États-Unis se sont retirés de l'accord de Paris.", "denounced"),
        ("fr", "L'Algérie a suspendu le traité d'amitié avec l'Espagne.", "suspended"),
    ],
)
def test_what_becomes_of_an_agreement_is_no_signing(lang: str, text: str, change: str) -> None:
    [event] = read(Document("x", text, lang, "2022-06-09")).events
    assert (event.type, event.change) == (EventType.AGREEMENT_CHANGE, change)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "دخلت اتفاقية التبادل الحر بين المغرب وتركيا حيز التنفيذ سنة 2006"),
        ("en", "The free trade agreement between Morocco and Turkey entered into force in 2006."),
        ("fr", "L'accord entre le Maroc et la Turquie est entré en vigueur en 2006."),
    ],
)
def test_entry_into_force_is_a_signing_of_that_stage(lang: str, text: str) -> None:
    [event] = read(Document("x", text, lang, "2022-06-09")).events
    assert (event.type, event.change) == (EventType.SIGNING, "in-force")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Russia threatened to withdraw from the treaty with the United States."),
        ("en", "Morocco has not ratified the fisheries agreement with Mauritania."),
        ("fr", "Le Maroc n'a pas ratifié l'accord de pêche avec la Mauritanie."),
        ("ar", "هددت إيران بالانسحاب من معاهدة عدم انتشار الأسلحة النووية"),
    ],
)
def test_what_did_not_happen_is_not_told(lang: str, text: str) -> None:
    events = read(Document("x", text, lang, "2022-06-09")).events
    assert not [event for event in events if event.type is EventType.AGREEMENT_CHANGE]


def test_reports_in_two_languages_are_of_one_ratification(store: Store) -> None:
    [found] = {each.key for each in reading("c").events}
    assert found in {each.key for each in reading("d").events}


def test_the_brief_of_two_shows_what_became_of_their_agreements(store: Store) -> None:
    text = "Morocco suspended the fisheries agreement with Mauritania on 9 May 2022."
    store.write(read(Document("f", text, "en", "2022-05-10")))
    text = "Morocco and Mauritania signed a fisheries agreement on 3 May 2021."
    store.write(read(Document("g", text, "en", "2021-05-04")))
    whole = brief(Corpus(store.ox), f"{ID}country/MA", f"{ID}country/MR")
    told = sorted((s.fact.when.start, s.name) for a in whole.agreements for s in a.stages)  # type: ignore[union-attr]
    assert told == [("2021-05-03", "signed"), ("2022-05-09", "suspended")]


def test_the_life_of_an_agreement_is_a_question(store: Store) -> None:
    rows = run(store.ox, "agreement-life", {"country": "MA", "other": "MA"}).rows
    told = {(str(row[1].value), str(row[2].value)) for row in rows}  # type: ignore[union-attr]
    assert {("2016-09-21", "ratified"), ("2020-11-04", "denounced")} <= told
