"""The store: one document one graph, nothing twice, supersession, curated graphs, faults."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, Quad, Triple
from readings import BOURITA, HOLDER_FR, MA, RABAT, US_MINISTER, arabic, french, readings

from kg import curated
from kg.errors import ReadingFault, StoreFault
from kg.model import EntityKind, Label, Office
from kg.quads import quads
from kg.store import Outcome, Store, View, default_path
from kg.terms import iri, node, rwb, term
from kg.vocab import curated_graph, document_graph

FRANCE = curated.CuratedCountry("FR", (Label("France", "en"), Label("فرنسا", "ar")), "Q142")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store") as opened:
        yield opened


def content(store: View, graph: str) -> set[Quad]:
    return set(store.ox.quads_for_pattern(None, None, None, iri(graph)))


def test_a_reading_is_added_once(store: Store) -> None:
    assert store.write(arabic()) is Outcome.ADDED
    size = len(store.ox)
    assert store.write(arabic()) is Outcome.UNCHANGED
    assert len(store.ox) == size
    assert content(store, document_graph("ar-001")) == set(quads(arabic()))


def test_a_changed_reading_takes_the_place_of_the_former(store: Store) -> None:
    store.write(arabic())
    store.write(french())
    changed = replace(arabic(), events=arabic().events[:1], topics=("libya",))
    assert store.write(changed) is Outcome.REPLACED
    assert content(store, document_graph("ar-001")) == set(quads(changed))
    assert content(store, document_graph("fr-001")) == set(quads(french()))
    assert store.write(arabic()) is Outcome.REPLACED
    assert content(store, document_graph("ar-001")) == set(quads(arabic()))


def test_a_refused_reading_leaves_the_former(store: Store) -> None:
    store.write(arabic())
    with pytest.raises(ReadingFault):
        store.write(replace(arabic(), entities=()))
    assert content(store, document_graph("ar-001")) == set(quads(arabic()))


def test_documents_are_listed_and_removed(store: Store) -> None:
    for reading in readings():
        store.write(reading)
    assert list(store.documents()) == sorted(reading.document.id for reading in readings())
    assert store.documents()["ar-001"] == document_graph("ar-001")
    assert store.remove("ar-001")
    assert not store.remove("ar-001")
    assert "ar-001" not in store.documents()
    assert not content(store, document_graph("ar-001"))


def test_what_is_written_is_there_after_reopening(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        store.write(arabic())
        store.flush()
    with View.open(tmp_path / "store") as view:
        assert content(view, document_graph("ar-001")) == set(quads(arabic()))
    with Store.open(tmp_path / "store") as store:
        assert store.write(arabic()) is Outcome.UNCHANGED


def test_an_unnamed_holder_gets_its_office_in_a_curated_graph(store: Store) -> None:
    store.write(french())
    held = Quad(
        node(HOLDER_FR),
        rwb("holdsOffice"),
        node("office/foreign-minister-FR"),
        iri(curated_graph("holders")),
    )
    assert held in store.ox
    size = len(store.ox)
    store.write(french())
    assert len(store.ox) == size


def holder_names(store: Store) -> set[str]:
    found = store.ox.quads_for_pattern(node(HOLDER_FR), term("skos:prefLabel"), None, None)
    return {f"{quad.object.value}@{quad.object.language}" for quad in found}


@pytest.mark.parametrize("countries_first", [True, False])
def test_holders_are_named_after_their_state_whichever_comes_first(
    store: Store, countries_first: bool
) -> None:
    if countries_first:
        store.load_curated("countries", curated.country_facts([FRANCE]))
    store.write(french())
    if not countries_first:
        store.load_curated("countries", curated.country_facts([FRANCE]))
    names = holder_names(store)
    assert len(names) == 3
    assert any("(France)@en" in name for name in names)
    assert any("(فرنسا)@ar" in name for name in names)


def test_holder_keys_are_read() -> None:
    keys = ["holder/secretary-general-UN", "holder/ambassador-FR-in-ma"]
    facts = set(curated.holder_facts(keys, lambda _: {}))
    office = node("office/ambassador-FR-in-ma")
    assert Triple(node("holder/ambassador-FR-in-ma"), rwb("holdsOffice"), office) in facts
    assert Triple(office, rwb("country"), node("country/FR")) in facts
    general = node("office/secretary-general-UN")
    assert Triple(general, rwb("country"), node("organization/un")) in facts
    assert Triple(node("organization/un"), rwb("iso2"), Literal("UN")) in facts


def test_a_curated_graph_of_known_version_is_not_even_made(store: Store) -> None:
    def facts() -> Iterator[Triple]:
        raise AssertionError("made again")
        yield

    countries = curated.country_facts([FRANCE])
    assert store.load_curated("countries", countries, "v1") is Outcome.ADDED
    assert store.load_curated("countries", facts(), "v1") is Outcome.UNCHANGED


def test_a_curated_graph_is_replaced_as_a_whole(store: Store) -> None:
    morocco = curated.CuratedCountry("MA", (Label("Morocco", "en"),))
    store.load_curated("countries", curated.country_facts([FRANCE, morocco]), "v1")
    again = store.load_curated("countries", curated.country_facts([morocco]), "v2")
    assert again is Outcome.REPLACED
    subjects = {quad.subject for quad in content(store, curated_graph("countries"))}
    assert subjects == {node("country/MA"), iri(curated_graph("countries"))}
    assert store.load_curated("places", ()) is Outcome.ADDED
    assert store.load_curated("places", ()) is Outcome.UNCHANGED


def test_the_first_name_of_a_language_is_preferred() -> None:
    names = (Label("Rabat", "fr"), Label("الرباط", "ar"), Label("رباط", "ar"), Label("Rabat", "fr"))
    facts = list(curated.place_facts([curated.CuratedPlace(RABAT, names, MA, "Q3551")]))
    labels = {(f.predicate, f.object) for f in facts if isinstance(f.object, Literal)}
    assert labels == {
        (term("skos:prefLabel"), Literal("Rabat", language="fr")),
        (term("skos:prefLabel"), Literal("الرباط", language="ar")),
        (term("skos:altLabel"), Literal("رباط", language="ar")),
    }
    assert Triple(node(RABAT), rwb("country"), node(MA)) in facts
    assert Triple(node(RABAT), term("owl:sameAs"), iri("http://www.wikidata.org/entity/Q3551")) in (
        facts
    )


def test_officials_have_dated_tenures() -> None:
    office = Office("office/foreign-minister-MA", "foreign-minister", "MA", ())
    tenures = (
        curated.CuratedTenure(office, "2017-04-05", None, "a source"),
        curated.CuratedTenure(office, "2011", "2013-10"),
    )
    official = curated.CuratedOfficial(BOURITA, (Label("Nasser Bourita", "en"),), tenures)
    facts = list(curated.official_facts([official]))
    terms = {f.object for f in facts if f.predicate == rwb("tenure")}
    assert len(terms) == 2
    said = {(f.predicate, f.object) for f in facts if f.subject in terms}
    assert {
        (rwb("start"), Literal("2017-04-05", datatype=term("xsd:date"))),
        (rwb("start"), Literal("2011", datatype=term("xsd:gYear"))),
        (rwb("end"), Literal("2013-10", datatype=term("xsd:gYearMonth"))),
        (term("dcterms:source"), Literal("a source")),
    } <= said
    assert Triple(node(BOURITA), rwb("holdsOffice"), node(office.key)) in facts


def test_bodies_have_classes_codes_and_members() -> None:
    union = curated.CuratedBody(
        "organization/eu",
        EntityKind.ORGANIZATION,
        (Label("EU", "en"),),
        "EU",
        members=("country/FR",),
    )
    facts = set(curated.body_facts([union]))
    assert Triple(node("organization/eu"), term("rdf:type"), rwb("Organization")) in facts
    assert Triple(node("organization/eu"), rwb("iso2"), Literal("EU")) in facts
    assert Triple(node("country/FR"), rwb("memberOf"), node("organization/eu")) in facts


def test_the_vocabulary_is_in_the_store_without_blank_nodes(store: Store) -> None:
    store.load_curated(curated.ONTOLOGY, curated.vocabulary_facts())
    found = content(store, curated_graph("ontology"))
    codes = {quad.object.value for quad in found if quad.predicate == term("skos:notation")}
    assert {"counter-terrorism", "foreign-minister"} <= codes
    assert all("_:" not in (str(quad.subject)[:2], str(quad.object)[:2]) for quad in found)
    assert list(curated.vocabulary_facts()) == list(curated.vocabulary_facts())


def test_compaction_and_backup_keep_everything(store: Store, tmp_path: Path) -> None:
    for reading in readings():
        store.write(reading)
    before = set(store.ox)
    store.backup(tmp_path / "copies" / "one")
    store.compact()
    assert set(store.ox) == before
    assert store.write(arabic()) is Outcome.UNCHANGED
    with View.open(tmp_path / "copies" / "one") as view:
        assert set(view.ox) == before
    with pytest.raises(StoreFault, match="can't be copied"):
        store.backup(tmp_path / "copies" / "one")
    folders = sorted(path.name for path in tmp_path.iterdir() if path.is_dir())
    assert folders == ["copies", "store"]


def test_a_compaction_cut_short_between_the_renames_is_finished(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        store.write(arabic())
    (tmp_path / "store").rename(tmp_path / "store.old")
    with Store.open(tmp_path / "store") as store:
        assert list(store.documents()) == ["ar-001"]


def test_rdflib_sees_the_same_data(store: Store) -> None:
    store.write(arabic())
    dataset = store.rdflib_dataset()
    query = f"SELECT ?o WHERE {{ ?s <{rwb('holdsOffice').value}> ?o }}"
    assert node(US_MINISTER).value in {str(row[0]) for row in dataset.query(query)}


def test_a_second_writer_is_told_to_wait(store: Store) -> None:
    code = f"from kg.store import Store\nStore.open({str(store.path)!r})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "in use by another process: wait" in run.stderr


def test_a_view_of_nothing_says_how_to_make_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreFault, match=r"no store at .*ingest"):
        View.open(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_directory_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StoreFault, match="holds other files"):
        Store.open(tmp_path)
    with pytest.raises(StoreFault, match="is a file"):
        Store.open(tmp_path / "notes.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    with pytest.raises(StoreFault, match="has been closed"):
        store.documents()


def test_the_default_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAWABIT_STORE", raising=False)
    assert default_path() == Path(".rawabit/store")
    monkeypatch.setenv("RAWABIT_STORE", "/data/graph")
    assert default_path() == Path("/data/graph")
