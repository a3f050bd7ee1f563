"""French extraction on reports of our own wording: who, what, when, where, how sure."""

from __future__ import annotations

import pytest

from ingest.pipeline import read
from kg.model import Document, EventClaim, Reading

PUBLISHED = "2024-03-13"  # a Wednesday


def _reading(text: str) -> Reading:
    return read(Document("test", text, "fr", PUBLISHED))


def _events(text: str, kind: str) -> list[EventClaim]:
    return [event for event in _reading(text).events if event.type == kind]


def _names(reading: Reading, event: EventClaim) -> set[str]:
    labels = {entity.key: {label.text for label in entity.labels} for entity in reading.entities}
    return {name for each in event.participants for name in labels[each.entity]}


def test_talks_have_people_day_and_place() -> None:
    reading = _reading(
        "Le ministre marocain des Affaires étrangères, Nasser Bourita, s'est entretenu mardi"
        " à Rabat avec son homologue sénégalais, Moussa Diagne."
    )
    (event,) = reading.events
    assert (event.type, event.date, event.place) == ("Meeting", "2024-03-12", "place/rabat")
    assert _names(reading, event) >= {"Nasser Bourita", "Moussa Diagne"}


def test_counterpart_holds_the_office_of_the_person_before() -> None:
    reading = _reading(
        "Le ministre marocain des Affaires étrangères, Nasser Bourita,"
        " a rencontré son homologue sénégalais, Moussa Diagne."
    )
    assert ("person/moussa-diagne", "office/foreign-minister-SN") in {
        (t.person, t.office) for t in reading.tenures
    }


def test_call_is_no_meeting() -> None:
    text = (
        "Nasser Bourita a eu mardi un entretien téléphonique avec"
        " le ministre malien des Affaires étrangères, Idrissa Traoré."
    )
    assert [event.type for event in _reading(text).events] == ["PhoneCall"]


def test_passive_keeps_its_subject_for_the_pronoun() -> None:
    text = (
        "Le ministre sénégalais des Affaires étrangères, Moussa Diagne, a été reçu mardi"
        " par le président gabonais, Alain Obame. Il s'est rendu ensuite à Tunis."
    )
    (visit,) = _events(text, "Visit")
    assert [each.entity for each in visit.participants] == ["person/moussa-diagne", "country/TN"]


@pytest.mark.parametrize(
    ("words", "certainty"),
    [("se rendra jeudi à Tunis", "planned"), ("s'est rendu lundi à Tunis", "held")],
)
def test_tense_says_how_sure_a_visit_is(words: str, certainty: str) -> None:
    (visit,) = _events(
        f"Le ministre sénégalais des Affaires étrangères, Moussa Diagne, {words}.", "Visit"
    )
    assert visit.certainty == certainty


def test_postponed_visit_is_cancelled() -> None:
    text = (
        "La visite officielle à Tunis du ministre sénégalais des Affaires étrangères,"
        " Moussa Diagne, a été reportée."
    )
    assert [event.certainty for event in _events(text, "Visit")] == ["cancelled"]


def test_negated_meeting_is_none() -> None:
    assert not _reading(
        "Le ministre sénégalais Moussa Diagne n'a pas rencontré le président gabonais, Alain Obame."
    ).events


def test_abbreviation_counts_in_capitals_only() -> None:
    assert not any(
        entity.key == "organization/un"
        for entity in _reading("Un communiqué a été publié.").entities
    )
    assert any(
        entity.key == "organization/un"
        for entity in _reading("L'ONU a publié un communiqué.").entities
    )


def test_titles_state_no_topics() -> None:
    text = (
        "Le ministre sénégalais du Commerce, Moussa Diagne,"
        " a rencontré son homologue tunisien, Slim Trabelsi."
    )
    assert all("trade" not in event.topics for event in _reading(text).events)


def test_decision_welcomed_is_support_and_role_is_praise() -> None:
    text = "La France a salué la décision du Maroc. La Belgique a salué le rôle du Maroc."
    assert [str(event.stance) for event in _events(text, "Statement")] == ["support", "praise"]
