"""The sample news and their annotations: complete, consistent, and varied as the demo needs."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.model import Certainty, EventType, Predicate, Stance

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "ingest" / "samples"
CORPUS = ROOT / "tests" / "corpus"
LEAST = {"ar": 14, "en": 7, "fr": 7}
LEAST_REPORTS = {"ar": 82, "en": 31, "fr": 32}
THINGS = {
    *("Agreement", "ArmedGroup", "Conference", "Dialogue", "Exercise", "Forum", "Organization"),
}
PARTIAL_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")

Record = dict[str, Any]


def records(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


TEXTS = {r["id"]: r for path in sorted(SAMPLES.glob("*.jsonl")) for r in records(path)}
ANNOTATIONS = {r["id"]: r for r in records(CORPUS / "samples.gold.jsonl")}
EVENTS = [(key, event) for key, note in ANNOTATIONS.items() for event in note["events"]]

REPORTS = {r["id"]: r for r in records(CORPUS / "reports.jsonl")}
REPORT_NOTES = {r["id"]: r for r in records(CORPUS / "reports.gold.jsonl")}
ALL_TEXTS = TEXTS | REPORTS
ALL_NOTES = ANNOTATIONS | REPORT_NOTES
ALL_EVENTS = [(key, event) for key, note in ALL_NOTES.items() for event in note["events"]]


def within(name: str, text: str) -> bool:
    """Whether the text writes the name; `لل` may stand for `ل` and the article."""
    return name in text or (name.startswith("ال") and "لل" + name[2:] in text)


def happening(event: Record) -> tuple[Any, ...]:
    """What makes an event the same in every language: type, day, countries, and the stance."""
    countries = frozenset(p["country"] for p in event["participants"])
    return event["type"], event["date"], countries, event["stance"]


@pytest.mark.parametrize("lang", LEAST)
def test_enough_reports_in_each_language(lang: str) -> None:
    own = records(SAMPLES / f"{lang}.jsonl")
    assert len(own) >= LEAST[lang]
    assert {r["lang"] for r in own} == {lang}


def test_identifiers_are_unique_and_all_are_annotated() -> None:
    ids = [r["id"] for path in SAMPLES.glob("*.jsonl") for r in records(path)]
    assert len(ids) == len(set(ids))
    assert sorted(ids) == sorted(ANNOTATIONS)


@pytest.mark.parametrize("key", TEXTS)
def test_metadata(key: str) -> None:
    record = TEXTS[key]
    assert date.fromisoformat(record["published"]).isoformat() == record["published"]
    assert record["title"] and record["source"]
    assert 90 <= len(record["text"].split()) <= 260
    note = ANNOTATIONS[key]
    assert (note["lang"], note["published"]) == (record["lang"], record["published"])


def test_no_text_comes_twice() -> None:
    assert len({r["text"] for r in ALL_TEXTS.values()}) == len(TEXTS) + len(REPORTS)


def test_every_report_of_the_test_corpus_is_annotated() -> None:
    assert sorted(REPORTS) == sorted(REPORT_NOTES)
    langs = Counter(r["lang"] for r in REPORTS.values())
    assert all(langs[lang] >= least for lang, least in LEAST_REPORTS.items())
    for key, record in REPORTS.items():
        note = REPORT_NOTES[key]
        assert (record["lang"], record["published"]) == (note["lang"], note["published"])


@pytest.mark.parametrize("key", ALL_NOTES)
def test_annotations_stand_in_their_text(key: str) -> None:
    text, note = ALL_TEXTS[key]["text"], ALL_NOTES[key]
    for event in note["events"]:
        assert event["evidence"] in text
        names = [p["name"] for p in event["participants"]] + [event["title"]]
        names.append((event["place"] or {}).get("city"))
        assert [n for n in names if n and not within(n, text)] == []
    stated = [x["person"] for x in note["offices"]] + [x["name"] for x in note["things"]]
    ends = [x[k] for x in note["relations"] for k in ("subject", "object")]
    stated += [n for n in ends if not re.fullmatch("[A-Z]{2,4}", n)]
    assert [n for n in stated if not within(n, text)] == []


@pytest.mark.parametrize(("key", "event"), ALL_EVENTS)
def test_codes_and_dates_are_valid(key: str, event: Record) -> None:
    EventType(event["type"])
    Certainty(event["certainty"])
    if event["type"] == "Statement":
        Stance(event["stance"])
        assert event["place"] is None
    else:
        assert event["stance"] is None
    for value in (event["date"], event["end_date"]):
        assert value is None or PARTIAL_DATE.fullmatch(value)
    if event["end_date"]:
        assert event["date"] <= event["end_date"]


def test_things_and_relations_have_valid_codes() -> None:
    notes = ALL_NOTES.values()
    assert {x["type"] for note in notes for x in note["things"]} <= THINGS
    for note in notes:
        for relation in note["relations"]:
            Predicate(relation["predicate"])


def test_what_has_been_held_does_not_lie_after_publication() -> None:
    late = [
        (key, event["evidence"])
        for key, event in ALL_EVENTS
        if event["certainty"] == "held"
        and event["date"]
        and ALL_TEXTS[key]["published"]
        and event["date"] > ALL_TEXTS[key]["published"][: len(event["date"])]
    ]
    assert late == []


ANNOTATED = [kind for kind in EventType if kind is not EventType.AGREEMENT_CHANGE]


@pytest.mark.parametrize("kind", ANNOTATED)
def test_every_event_type_is_there(kind: EventType) -> None:
    assert any(event["type"] == kind for _, event in EVENTS)


@pytest.mark.parametrize("certainty", Certainty)
def test_every_certainty_is_there(certainty: Certainty) -> None:
    assert any(event["certainty"] == certainty for _, event in EVENTS)


@pytest.mark.parametrize("stance", Stance)
def test_every_stance_is_there(stance: Stance) -> None:
    assert any(event["stance"] == stance for _, event in EVENTS)


def test_some_reports_state_no_event() -> None:
    quiet = {note["lang"] for note in ANNOTATIONS.values() if not note["events"]}
    assert quiet == {"ar", "en", "fr"}


def test_many_reports_for_the_tests_state_no_event() -> None:
    quiet = Counter(note["lang"] for note in REPORT_NOTES.values() if not note["events"])
    assert sum(quiet.values()) >= 20
    assert set(quiet) == {"ar", "en", "fr"}


def test_several_events_are_reported_in_more_than_one_language() -> None:
    langs = defaultdict(set)
    for key, event in EVENTS:
        if event["date"]:
            langs[happening(event)].add(TEXTS[key]["lang"])
    assert sum(len(found) >= 2 for found in langs.values()) >= 10
    assert sum(len(found) == 3 for found in langs.values()) >= 2


def test_the_date_of_one_recognition_is_disputed() -> None:
    pair = frozenset({"MA", "US"})
    dates = defaultdict(set)
    for _, event in EVENTS:
        first = event["participants"][0] if event["participants"] else {}
        countries = {p["country"] for p in event["participants"]}
        if first.get("country") == "MA" and countries == pair:
            dates[event["type"]].add(event["date"])
    assert {"1777", "1786"} <= dates["Recognition"]
    assert {"1786", "1787"} <= dates["Signing"]
