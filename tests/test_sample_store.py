"""The samples as the demo reads them: queries answer, the graph is sound, bytes are stable."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from ingest import curation
from ingest.pipeline import read
from kg import catalogue, query
from kg.export import Selection, export
from kg.model import Document
from kg.store import Outcome, Store
from kg.table import Table
from kg.validate import conforms, validate

SAMPLES = Path(__file__).parent.parent / "ingest" / "samples"


def documents() -> list[Document]:
    records = [
        json.loads(line)
        for path in sorted(SAMPLES.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").split("\n")
        if line
    ]
    return [
        Document(
            r["id"], r["text"], r["lang"], r["published"], r.get("title"), r.get("url"), r["source"]
        )
        for r in records
    ]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    opened = Store.open(tmp_path_factory.mktemp("samples") / "store")
    curation.load_into(opened)
    for document in documents():
        assert opened.write(read(document)) is Outcome.ADDED
    return opened


def rows(store: Store, name: str, **arguments: str) -> list[tuple[str, ...]]:
    result = query.run(store.ox, name, arguments)
    assert isinstance(result, Table)
    return [tuple(row) for row in result.values()]


@pytest.mark.parametrize("named", catalogue.named(), ids=lambda named: named.name)
def test_every_named_query_answers_on_the_samples(
    store: Store, named: catalogue.NamedQuery
) -> None:
    result = query.run(store.ox, named.name, dict(named.example))
    assert isinstance(result, Table)
    assert result.rows


def cells(found: list[tuple[str, ...]]) -> str:
    return "\n".join("\t".join(map(str, row)) for row in found)


def test_one_call_reported_in_three_languages_is_one_event(store: Store) -> None:
    found = [
        row
        for row in rows(store, "corroborated-events", minimum="1")
        if "phonecall" in cells([row]) and row[1] == "3"
    ]
    assert len(found) == 1
    assert {"ar", "en", "fr"} <= set(cells(found).split())


def test_the_last_contact_of_a_pair(store: Store) -> None:
    assert "2023-01-31" in cells(rows(store, "last-contact", country="MA", other="US"))


def test_who_was_foreign_minister(store: Store) -> None:
    found = cells(
        rows(store, "office-holder", country="MA", kind="foreign-minister", date="2019-12-05")
    )
    assert "Q26036628" in found


def test_two_years_of_one_recognition_stand_side_by_side(store: Store) -> None:
    found = cells(rows(store, "contradictions"))
    assert "1777" in found
    assert "1786" in found


def test_exercises_name_their_series(store: Store) -> None:
    assert "exercise/african-lion" in cells(rows(store, "exercises"))


def test_the_graph_of_the_samples_is_well_formed(store: Store) -> None:
    found = validate(store.ox)
    assert conforms(found), found[:5]


def test_order_of_reading_does_not_change_a_byte(store: Store, tmp_path: Path) -> None:
    other = Store.open(tmp_path / "store")
    for document in reversed(documents()):
        other.write(read(document))
    for document in documents():
        assert other.write(read(document)) is Outcome.UNCHANGED
    first, second = tmp_path / "a.trig", tmp_path / "b.trig"
    export(store, first, Selection.DOCUMENTS)
    export(other, second, Selection.DOCUMENTS)
    assert first.read_bytes() == second.read_bytes()


def test_turtle_and_trig_parse_everywhere(store: Store, tmp_path: Path) -> None:
    turtle, trig = tmp_path / "samples.ttl", tmp_path / "samples.trig"
    export(store, turtle, Selection.DOCUMENTS)
    export(store, trig, Selection.DOCUMENTS)
    assert len(rdflib.Graph().parse(turtle)) > 1000
    dataset = ox.Store()
    dataset.bulk_load(path=str(trig), format=ox.RdfFormat.TRIG)
    graphs = {str(context.identifier) for context in rdflib.Dataset().parse(trig).graphs()}
    assert {graph.value for graph in dataset.named_graphs()} <= graphs


def test_links_to_wikidata_are_certain_and_say_where_they_are_from(store: Store) -> None:
    unsourced = "SELECT ?s { ?s owl:sameAs ?item FILTER NOT EXISTS { ?s dcterms:source ?from } }"
    assert rows(store, unsourced) == []
    several = (
        "SELECT ?s { ?s owl:sameAs ?one, ?other FILTER(STR(?one) < STR(?other))"
        " FILTER(STRSTARTS(STR(?one), STR(wd:)) && STRSTARTS(STR(?other), STR(wd:))) }"
    )
    assert rows(store, several) == []
    for key, item in (
        ("country/MA", "Q1028"),
        ("organization/un", "Q1065"),
        ("office/foreign-minister-US", "Q14213"),
        ("person/Q57480", "Q57480"),
    ):
        same = f"ASK {{ <https://w3id.org/rawabit/id/{key}> owl:sameAs wd:{item} }}"
        assert query.run(store.ox, same) is True, key
    kind = "ASK { rkind:foreign-minister skos:exactMatch wd:Q7330070 }"
    assert query.run(store.ox, kind) is True
