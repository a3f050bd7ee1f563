"""Who says what of an event, how many voices that is, which value is preferred and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from kg.corroboration import Corroboration, sources
from kg.judgements import Subject, judge
from kg.model import (
    Certainty,
    Document,
    Entity,
    EntityKind,
    EventClaim,
    EventType,
    Evidence,
    Inference,
    Label,
    Office,
    Participation,
    Reading,
    Role,
    TenureClaim,
)
from kg.preference import REASONS
from kg.query import run
from kg.store import Store
from kg.table import Table
from kg.terms import node

US, MA, FR = "country/US", "country/MA", "country/FR"
RABAT, TANGIER = "place/rabat", "place/tangier"
RECOGNITION, VISIT = "event/recognition-1111111111111111", "event/visit-2222222222222222"
PEOPLE = ("person/Q1", "person/Q2")


def _parts(kind: EventType, parties: tuple[str, ...]) -> tuple[Participation, ...]:
    if kind is EventType.RECOGNITION:
        return tuple(Participation(each, Role.PARTICIPANT) for each in parties)
    roles = (Role.VISITOR, Role.HOST)
    return tuple(Participation(*each) for each in zip((PEOPLE[0], MA), roles, strict=True))


def reading(
    name: str,
    *,
    key: str = RECOGNITION,
    parties: Iterable[str] = (MA, US),
    source: str | None = None,
    official: bool = False,
    text: str | None = None,
    confidence: float = 0.9,
    office: tuple[str, str] | None = None,
    **given: object,
) -> Reading:
    content = text or f"Document {name} tells it."
    document = Document(name, content, "en", "2021-05-06", source=source, official=official)
    type_ = EventType.RECOGNITION if key == RECOGNITION else EventType.VISIT
    event = EventClaim(
        *(key, type_, _parts(type_, tuple(parties))),
        Certainty.HELD,
        confidence,
        (Evidence(0, 8, content[:8], f"rule-{name}"),),
    )
    names = {MA: EntityKind.COUNTRY, US: EntityKind.COUNTRY, FR: EntityKind.COUNTRY}
    names |= dict.fromkeys((RABAT, TANGIER), EntityKind.PLACE)
    names |= dict.fromkeys(PEOPLE, EntityKind.PERSON)
    entities = tuple(
        Entity(each, kind, (Label(each, "en"),), each[-2:] if kind == "Country" else None)
        for each, kind in names.items()
    )
    entities = tuple(e._replace(country=MA) if e.key in (RABAT, TANGIER) else e for e in entities)
    offices = (Office(office[1], "foreign-minister", "FR", ()),) if office else ()
    tenures = (TenureClaim(*office, event.evidence),) if office else ()
    return Reading(
        document,
        entities,
        offices,
        events=(replace(event, **given),),  # type: ignore[arg-type]
        tenures=tenures,
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store") as opened:
        yield opened


def told(store: Store, *readings: Reading) -> Corroboration:
    for each in readings:
        store.write(each)
    return sources(store, node(readings[0].events[0].key).value)


def shown(found: Corroboration, slot: str) -> list[tuple[str, bool, str]]:
    values = [
        (one.value.rpartition("/")[2], one.preferred, one.reason.key) for one in found.of(slot)
    ]
    return sorted(values, key=lambda value: not value[1])


def test_three_years_of_one_recognition_are_one_contradiction_with_sources(store: Store) -> None:
    years = {"one": "1771", "two": "1777", "three": "1787"}
    found = told(store, *(reading(name, date=year) for name, year in years.items()))
    disputed = found.contradictions
    assert set(disputed) == {"date"}
    said = {
        value.value: [statement.document.rpartition("/")[2] for statement in value.statements]
        for value in disputed["date"]
    }
    assert said == {"1771": ["one"], "1777": ["two"], "1787": ["three"]}
    assert "date" not in found.resolved  # nothing tells them apart
    assert {value.reason.key for value in disputed["date"]} == {"undecided"}
    assert sum(value.confidence for value in disputed["date"]) < 1
    result = run(store.ox, "contradictions")
    assert isinstance(result, Table)
    assert [(row[2], row[3]) for row in result.values()] == [
        ("date", "1771"),
        ("date", "1777"),
        ("date", "1787"),
    ]


def test_more_voices_decide_and_every_order_tells_the_same(tmp_path: Path) -> None:
    readings = [
        reading("one", date="1771"),
        reading("two", date="1777"),
        reading("three", date="1777", source="Agency"),
        reading("four", date="1787", source="Agency"),
    ]
    answers = set()
    for number, order in enumerate(permutations(readings)):
        with Store.open(tmp_path / str(number)) as store:
            answers.add(repr(told(store, *order)))
    assert len(answers) == 1
    with Store.open(tmp_path / "0") as store:
        found = sources(store, node(RECOGNITION).value)
        best = found.of("date")[0]
        assert (best.value, best.preferred, best.voices) == ("1777", True, 2)
        assert best.reason.text("en") == "more independent sources: 2 against 1"
        assert found.voices == 3  # two documents of one agency are one voice


def test_reprints_do_not_outweigh(store: Store) -> None:
    words = " ".join(f"word{number}" for number in range(60))
    found = told(
        store,
        reading("a", date="1771", text=f"{words} 1"),
        reading("b", date="1771", text=f"{words} 2"),
        reading("c", date="1777"),
    )
    assert len(found.sources) == 3 and found.voices == 2
    assert {value.voices for value in found.of("date")} == {1}
    assert not any(value.preferred for value in found.of("date"))


def test_an_official_record_outweighs_and_a_person_outweighs_it(store: Store) -> None:
    found = told(
        store,
        reading("a", date="1771"),
        reading("b", date="1771"),
        reading("record", date="1777", official=True),
    )
    assert shown(found, "date") == [("1777", True, "official"), ("1771", False, "outweighed")]
    assert [one.official for one in found.sources] == [False, False, True]
    judge(store, "accept", [Subject(RECOGNITION, "a", "date", "1771")], who="Amina", why="seen")
    found = sources(store, node(RECOGNITION).value)
    assert shown(found, "date")[0] == ("1771", True, "accepted")


def test_words_outweigh_inference_and_surer_rules_others(store: Store) -> None:
    guess = (Inference("date", "1771", "then"),)
    found = told(store, reading("a", date="1771", inferences=guess), reading("b", date="1777"))
    assert shown(found, "date")[0] == ("1777", True, "stated")
    store.write(
        reading("b", date="1777", inferences=(Inference("date", "1777", "x"),), confidence=0.6)
    )
    found = sources(store, node(RECOGNITION).value)
    assert shown(found, "date")[0] == ("1771", True, "surer")
    assert found.of("date")[0].statements[0].basis == "then"


def test_what_was_held_outweighs_what_was_planned(store: Store) -> None:
    plan = reading("a", date="2021-05", certainty=Certainty.PLANNED)
    found = told(store, plan, reading("b", date="2021-06"))
    assert shown(found, "date")[0] == ("2021-06", True, "held")
    assert shown(found, "certainty") == [("held", True, "precise"), ("planned", False, "coarser")]
    assert set(found.contradictions) == {"date"}


def test_less_precise_values_agree(store: Store) -> None:
    found = told(
        store,
        reading("a", key=VISIT, date="2021-05-04", end_date="2021-05-06", place=RABAT),
        reading("b", key=VISIT, date="2021-05-04", place=MA),
    )
    assert found.contradictions == {}
    assert shown(found, "place") == [("rabat", True, "precise"), ("MA", False, "coarser")]
    assert [value.preferred for value in found.of("date")] == [True]


def test_other_towns_contradict(store: Store) -> None:
    found = told(
        store,
        reading("a", key=VISIT, date="2021-05-04", place=RABAT),
        reading("b", key=VISIT, date="2021-05-04", place=TANGIER),
    )
    assert len(found.contradictions["place"]) == 2


def test_two_holders_of_one_office_contradict(store: Store) -> None:
    post = "office/foreign-minister-FR"
    found = told(
        store,
        reading("a", parties=(MA, US, PEOPLE[0]), office=(PEOPLE[0], post)),
        reading("b", parties=(MA, US, PEOPLE[1]), office=(PEOPLE[1], post)),
    )
    disputed = found.contradictions["participant"]
    assert {value.value.rpartition("/")[2] for value in disputed} == {"Q1", "Q2"}
    named = {value.value.rpartition("/")[2] for value in found.resolved["participant"]}
    assert named == {"MA", "US"}


def test_every_value_leads_to_its_document_and_words(store: Store) -> None:
    found = told(store, reading("a", date="1771"), reading("b", date="1777"))
    graphs = {source.graph for source in found.sources}
    for value in found.values:
        assert value.statements
        assert {statement.graph for statement in value.statements} <= graphs
    assert [source.quotes[0].exact for source in found.sources] == ["Document", "Document"]


def test_an_unknown_event_has_no_sources(store: Store) -> None:
    found = sources(store, node("event/none").value)
    assert (found.sources, found.values, found.voices, found.confidence) == ((), (), 0, 0)


def test_reasons_are_given_in_three_languages() -> None:
    for texts in REASONS.values():
        assert set(texts) == {"ar", "en", "fr"}
        assert len({text.count("{}") for text in texts.values()}) == 1
