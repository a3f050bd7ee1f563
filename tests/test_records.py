"""Official records: mappings, what cells name, rows as evidence, and news that joins them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Quad

from app.cli import main
from ingest import cache
from ingest.batch import read_one
from ingest.records import load, read, shipped
from ingest.records.names import Directory, words
from kg.corroboration import sources
from kg.errors import DataFaults, InputFault
from kg.model import Document, Reading
from kg.query import run
from kg.store import Store
from kg.table import Table
from kg.terms import RDF_TYPE, iri, node, rwb
from kg.validate import conforms, validate
from kg.vocab import document_graph, document_key

MAPPING = """document: trips
title: Trips
source: An Office
lang: en
table: trips.csv
countries: {Burma: MM}
titles: {Prime Minister: prime-minister, King: monarch}
events:
- rule: trip
  when: {status: done}
  type: Visit
  confidence: 0.98
  date: start
  end: end
  place: {column: city, country: country}
  participants:
  - {role: visitor, person: who, office: foreign-minister, country: =US}
  - {role: host, country: country}
- rule: guests
  when: {status: guests}
  type: Visit
  date: start
  participants:
  - {role: visitor, person: who, separator: " and ", country: country}
  - {role: host, country: =US}
"""
TABLE = """status,who,start,end,country,city
done,Michael R. Pompeo,2019-12-05,2019-12-05,Morocco,Rabat
done,Michael R. Pompeo,2019-12-04,2019-12-05,Portugal,"Lisbon, Sintra"
guests,King Mohamed VI,2004-07-07,,Morocco,
guests,"Prime Minister Abe Zzykx and Prime Minister Bo Qqwxy",2011-02-03,,Burma,
done,Somebody,2019-13-05,,Morocco,Rabat
done,Somebody,2019-01-05,,Atlantis,Rabat
off,Somebody,2019-01-05,,Morocco,Rabat
"""
NEWS = Document(
    "news",
    "Secretary of State Mike Pompeo paid a visit to Morocco on Thursday.",
    "en",
    "2019-12-06",
    source="A newspaper",
)


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    (tmp_path / "trips.yaml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "trips.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path / "trips.yaml"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store") as opened:
        yield opened


def test_rows_become_events_with_their_lines_as_evidence(mapping: Path) -> None:
    found = read(load(mapping))
    reading = found.reading
    assert reading.document.official and reading.document.text == TABLE
    assert found.rows == 7
    assert [line for line, _ in found.left_out] == [6, 7, 8]
    assert [reason for _, reason in found.left_out] == [
        "2019-13-05 is no ISO date",
        "no state is known as Atlantis",
        "no event is mapped to it",
    ]
    for event in reading.events:
        (line,) = event.evidence
        assert TABLE[line.start : line.end] == line.exact
        assert line.exact in TABLE.splitlines()
        assert line.rule in ("record/trips/trip", "record/trips/guests")


def test_who_and_where_are_those_of_the_lexicon(mapping: Path) -> None:
    rabat, lisbon, king, guests = read(load(mapping)).reading.events
    assert [part.entity for part in rabat.participants] == ["person/Q473239", "country/MA"]
    assert (rabat.place, rabat.date, rabat.end_date) == ("place/rabat", "2019-12-05", None)
    assert (lisbon.place, lisbon.end_date) == ("country/PT", "2019-12-05")  # of two towns neither
    assert king.participants[0].entity == "person/Q57553"
    assert [part.entity for part in guests.participants] == [
        "person/abe-zzykx",
        "person/bo-qqwxy",
        "country/US",
    ]


def test_names_that_are_not_certain_are_nobody_known() -> None:
    known = Directory(cache.known(), {}, "en")
    somebody = known.person("John Kerry Smith", "country/US", "foreign-minister", "2015-01-01")
    assert somebody.key == "person/john-kerry-smith"
    surname = known.person("Kerry", "country/US", None, None)
    assert surname.key == "person/kerry-us"
    holder = known.person("J. Forbes Kerry", "country/US", "foreign-minister", "2015-01-01")
    assert holder.key == "person/Q22316"
    other_day = known.person("J. Forbes Kerry", "country/US", "foreign-minister", "2019-01-01")
    assert not other_day.key.startswith("person/Q")
    assert known.state("Atlantis") is None and known.place("Nowhere", "country/MA") is None
    assert words("Mohammed VI") == ("mohammed",)


def test_news_and_record_are_one_event_with_two_sources(store: Store, mapping: Path) -> None:
    store.write(read(load(mapping)).reading)
    reading = read_one(NEWS)
    assert isinstance(reading, Reading)
    store.write(reading)
    result = run(store.ox, "corroborated-events")
    assert isinstance(result, Table)
    (row,) = result.values()
    assert row[:4] == ("2", "2", "1", "2019-12-05")
    event = row[5]
    assert event is not None
    found = sources(store, event)
    assert [(one.id, one.official) for one in found.sources] == [("news", False), ("trips", True)]
    assert found.voices == 2 and found.contradictions == {}
    place = found.of("place")[0]
    assert (place.value, place.preferred) == (node("place/rabat").value, True)
    assert found.sources[1].quotes[0].exact == TABLE.splitlines()[1]


def test_a_record_is_a_well_formed_graph_of_its_own(store: Store, mapping: Path) -> None:
    store.write(read(load(mapping)).reading)
    graph = iri(document_graph("trips"))
    mark = Quad(node(document_key("trips")), RDF_TYPE, rwb("OfficialRecord"), graph)
    assert mark in store.ox
    assert conforms(validate(store.ox))


def test_all_faults_of_a_mapping_at_once(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(
        "document: x\ntitle: X\nsource: S\nlang: xx\ntable: t.csv\nnonsense: 1\n"
        "titles: {Boss: chief}\nevents:\n- rule: a\n  type: Party\n  confidence: 2\n"
        "  participants:\n  - {role: visitor}\n  - {role: king, country: c}\n",
        encoding="utf-8",
    )
    with pytest.raises(DataFaults) as raised:
        load(path)
    assert [(fault.line, fault.reason.split(",")[0]) for fault in raised.value.faults] == [
        (1, "'nonsense' is unknown here; known are countries"),
        (1, "lang is one of ar"),
        (7, "Boss: no kind of office is chief"),
        (9, "confidence is a number above 0"),
        (9, "type is one of Meeting"),
        (13, "a participant is a person"),
        (14, "role is one of participant"),
    ]


@pytest.mark.parametrize("table", ["", "who,start\nA,2001\n"])
def test_a_table_without_its_columns_is_refused(mapping: Path, table: str) -> None:
    mapping.with_name("trips.csv").write_text(table, encoding="utf-8")
    with pytest.raises(InputFault, match="no column city"):
        read(load(mapping))


@pytest.mark.parametrize(
    ("name", "rows", "events"),
    [("state-department-travels", 2782, 2740), ("state-department-visits", 2149, 2110)],
)
def test_the_records_that_come_with_it_are_read(name: str, rows: int, events: int) -> None:
    found = read(load(shipped()[name]))
    assert found.rows == rows
    assert len(found.reading.events) >= events
    assert len(found.left_out) < 30
    assert "remarks" not in found.reading.document.text.splitlines()[0]


def test_the_command_imports_and_lists(tmp_path: Path, mapping: Path) -> None:
    listed = CliRunner().invoke(main, ["import", "--list"])
    assert "state-department-travels" in listed.output
    store = ["--store", str(tmp_path / "store")]
    first = CliRunner().invoke(main, [*store, "import", "-q", str(mapping)])
    assert first.output == "trips: 7 rows, 4 events, 3 left out, added\n"
    again = CliRunner().invoke(main, [*store, "import", "-q", str(mapping)])
    assert again.output.endswith("unchanged\n")
    unknown = CliRunner().invoke(main, [*store, "import", "nothing"])
    assert unknown.exit_code == 2 and "state-department-travels" in unknown.output
