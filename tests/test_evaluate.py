"""The scorer on cases made by hand, whose figures can be counted on fingers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from graph_sample import sample

from kg.errors import DataFaults
from kg.evaluate import Report, Score, evaluate
from kg.evaluation.alignment import matched
from kg.evaluation.names import same_name, words

Json = dict[str, Any]


def person(name: str | None, office: str | None = None, country: str | None = None) -> Json:
    return {"kind": "person", "name": name, "office": office, "country": country}


def state(code: str) -> Json:
    return {"kind": "country", "name": None, "office": None, "country": code}


def event(kind: str, *participants: Json, **slots: Any) -> Json:
    empty = dict.fromkeys(("date", "end_date", "place", "title", "stance"))
    certain = {"certainty": "held", "evidence": "…"}
    return {"type": kind, "participants": list(participants), **empty, **certain, **slots}


def article(name: str, *events: Json, lang: str = "ar", **parts: Any) -> Json:
    bare: Json = {"offices": [], "things": [], "relations": [], "topics": []}
    return {"id": name, "lang": lang, "published": None, "events": list(events), **bare, **parts}


BLINKEN, BOURITA = person("أنتوني بلينكن"), person("ناصر بوريطة")
CALL = event("PhoneCall", BLINKEN, BOURITA, date="2023-01-31")
PRAISE = event("Statement", BLINKEN, state("MA"), stance="praise", date="2023-01-31")


def score(tmp_path: Path, *articles: Json) -> Report:
    path = tmp_path / "gold.jsonl"
    lines = (json.dumps(one, ensure_ascii=False) for one in articles)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return evaluate(sample(), path)


def test_all_right(tmp_path: Path) -> None:
    report = score(
        tmp_path,
        article(
            "ar-001",
            CALL,
            PRAISE,
            offices=[
                {"person": "بلينكن", "office": "foreign-minister", "country": "US"},
                {"person": "ناصر بوريطة", "office": "foreign-minister", "country": "MA"},
            ],
            relations=[
                {"subject": "MA", "predicate": "chairs", "object": "منتدى عالمي لمكافحة الإرهاب"}
            ],
            topics=["counter-terrorism", "security-cooperation"],
        ),
    )
    assert report.score("events") == Score(1, 1, 1)
    assert report.score("events+statements") == Score(2, 2, 2)
    assert report.score("events whole") == Score(2, 2, 2)
    assert report.score("offices") == Score(2, 2, 2)
    assert report.score("relations") == Score(1, 1, 1)
    assert report.score("topics") == Score(2, 2, 2)
    assert (report.unexplained, report.quotes, report.misquoted) == (0, 2, 0)
    assert report.misses == () and report.absent == ()
    assert report.below({"events": 1.0, "offices": 1.0}) == ()


def test_slots(tmp_path: Path) -> None:
    """Wrong date, invented date, wrong stance and certainty: found, but not whole."""
    call = event("PhoneCall", BLINKEN, BOURITA, certainty="planned")
    praise = event("Statement", BLINKEN, state("MA"), stance="thank", date="2023")
    report = score(tmp_path, article("ar-001", call, praise))
    assert report.score("events+statements") == Score(2, 2, 2)
    assert report.score("events whole") == Score(0, 2, 2)
    assert dict(report.slots) == {
        "participants": (2, 2),
        "date": (0, 1),
        "date invented": (1, 1),
        "certainty": (1, 2),
        "stance": (0, 1),
    }


def test_misses_and_extras(tmp_path: Path) -> None:
    visit = event(
        "Visit", person("سيرغي لافروف"), state("MA"), date="2023-02", evidence="زار لافروف"
    )
    report = score(tmp_path, article("ar-001", CALL, visit))
    missed, extra = report.misses
    assert (missed.extra, missed.type, missed.participants) == (
        False,
        "Visit",
        ("سيرغي لافروف", "MA"),
    )
    assert (missed.document, missed.date, missed.evidence) == ("ar-001", "2023-02", "زار لافروف")
    assert (extra.extra, extra.type, extra.date) == (True, "Statement", "2023-01-31")
    assert extra.evidence == "وأشاد بلينكن بجهود المغرب"
    assert report.score("events") == Score(1, 2, 1)
    assert report.score("event:Visit") == Score(0, 1, 0)
    below = report.below({"events": 0.7, "offices": 0.1, "event:PhoneCall": 0.9})
    assert below == (
        "events: F1 0.667 is below the floor 0.700",
        "offices: F1 0.000 is below the floor 0.100",
    )


def test_type_must_agree(tmp_path: Path) -> None:
    report = score(tmp_path, article("ar-001", event("Meeting", BLINKEN, BOURITA)))
    assert report.score("events") == Score(0, 1, 1)


def test_half_the_parties_suffice_and_less_does_not(tmp_path: Path) -> None:
    others = [person(name) for name in ("أ ب", "ج د", "ه و", "ز ح")]
    half = score(tmp_path, article("ar-001", event("PhoneCall", BLINKEN, others[0])))
    assert half.score("events") == Score(1, 1, 1)  # 2·1 of 4
    less = score(tmp_path, article("ar-001", event("PhoneCall", BLINKEN, *others)))
    assert less.score("events") == Score(0, 1, 1)  # 2·1 of 7


def test_a_common_title_suffices(tmp_path: Path) -> None:
    given = event("Exercise", state("US"), state("TN"), title="African Lion 2022", date="2022-06")
    placed = {**given, "place": {"city": None, "country": "MA"}, "certainty": "planned"}
    report = score(tmp_path, article("en-001", placed, lang="en"))
    assert report.score("event:Exercise") == Score(1, 1, 1)
    assert dict(report.slots)["place"] == (1, 1)
    assert dict(report.slots)["participants"] == (0, 1)


def test_told_apart_or_together_counts_neither_way(tmp_path: Path) -> None:
    """A second call annotated between the same two is not held against the graph."""
    again = event("PhoneCall", BOURITA)
    report = score(tmp_path, article("ar-001", CALL, again))
    assert report.score("events") == Score(1, 1, 1)
    assert [miss.participants for miss in report.misses if not miss.extra] == [("ناصر بوريطة",)]


def test_found_apart_counts_neither_way(tmp_path: Path) -> None:
    store = sample()
    graph = ox.NamedNode("https://w3id.org/rawabit/graph/document/ar-001")
    text = """PREFIX rwb: <https://w3id.org/rawabit/ontology#>
        PREFIX id: <https://w3id.org/rawabit/id/>
        id:event\\/x a rwb:Event, rwb:PhoneCall ; rwb:participant id:person\\/Q21006845 ."""
    store.load(text.encode(), format=ox.RdfFormat.TURTLE, to_graph=graph)
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(article("ar-001", CALL)), encoding="utf-8")
    report = evaluate(store, path)
    assert report.score("events") == Score(1, 1, 1)
    assert report.unexplained == 1


def test_unnamed_officials_and_places(tmp_path: Path) -> None:
    minister = person(None, "foreign-minister", "FR")
    place = {"city": "Rabat", "country": "MA"}
    visit = event("Visit", minister, state("MA"), date="2022", place=place)
    meeting = event("Meeting", minister, person("Nasser Bourita"), date="2022", place=place)
    report = score(tmp_path, article("fr-001", visit, meeting, lang="fr"))
    assert report.score("events whole") == Score(2, 2, 2)
    assert report.score("things") == Score()
    other = person(None, "president", "FR")
    report = score(tmp_path, article("fr-001", event("Visit", other, state("MA")), lang="fr"))
    assert dict(report.slots)["participants"] == (0, 1)


def test_absent_documents_count_as_missed(tmp_path: Path) -> None:
    report = score(tmp_path, article("nowhere", CALL, topics=["sahel"]))
    assert report.absent == ("nowhere",)
    assert report.score("events") == Score(0, 1, 0)
    assert report.score("topics") == Score(0, 1, 0)


def test_table_by_language_and_type(tmp_path: Path) -> None:
    report = score(
        tmp_path,
        article("ar-001", CALL),
        article("en-001", event("PhoneCall", person("Blinken")), lang="en"),
    )
    rows = {row.measure: (row.hits, row.gold, row.found) for row in report.language_rows()}
    assert rows == {
        "ar PhoneCall": (1, 1, 1),
        "ar Statement": (0, 0, 1),
        "en Exercise": (0, 0, 1),
        "en PhoneCall": (1, 1, 1),
    }
    measures = [row.measure for row in report.rows()]
    assert measures[-1] == "events whole" and "event:Visit" not in measures


def test_misquoted_evidence_is_counted(tmp_path: Path) -> None:
    store = sample()
    graph = ox.NamedNode("https://w3id.org/rawabit/graph/document/ar-001")
    exact = ox.NamedNode("http://www.w3.org/ns/oa#exact")
    selector = ox.NamedNode(graph.value + "#a1s")
    for quad in list(store.quads_for_pattern(selector, exact, None, graph)):
        store.remove(quad)
    store.add(ox.Quad(selector, exact, ox.Literal("not there"), graph))
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(article("ar-001", CALL)), encoding="utf-8")
    assert evaluate(store, path).misquoted == 1


@pytest.mark.parametrize(
    ("gold", "label", "same"),
    [
        ("ناصر بوريطة", "ناصر بوريطه", True),
        ("بوريطة", "ناصر بوريطة", True),
        ("ناصر", "ناصر بوريطة", False),
        ("والمنتدى العالمي", "منتدى عالمي", True),
        ("Antony Blinken", "Antony J. Blinken", True),
        ("Jean-Yves Le Drian", "Drian", True),
        ("Emmanuel Macron", "Emmanuel Bonne", False),
        ("Fédération de Russie", "FEDERATION RUSSIE", True),
        ("the", "the", False),
        ("", "x", False),
    ],
)
def test_names(gold: str, label: str, same: bool) -> None:
    assert same_name(gold, [label]) is same
    assert same_name(label, [gold]) is same


def test_words_keep_short_stems() -> None:
    assert words("الأمم المتحدة") == ("امم", "متحده")
    assert words("ولد") == ("ولد",)  # و is no clitic where two letters would be left
    assert words("مُحَمَّد") == words("محمد")


def test_matching_is_one_to_one() -> None:
    assert matched([1, 1, 2], [1, 2, 2], lambda a, b: a == b) == 2
    assert matched([1], [], lambda a, b: True) == 0


def test_all_faults_of_annotations_at_once(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    wrong = json.dumps(article("x", event("Party")))
    path.write_text(f'{{"id": 1\n\n{{"id": "a"}}\n{wrong}\n', encoding="utf-8")
    with pytest.raises(DataFaults) as caught:
        evaluate(ox.Store(), path)
    assert [fault.line for fault in caught.value.faults] == [1, 3, 4]
    with pytest.raises(DataFaults, match="can't be read"):
        evaluate(ox.Store(), tmp_path / "none.jsonl")
