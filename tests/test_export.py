"""Exports: readable by others, the same bytes for the same content, nothing lost or let loose."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import BLINKEN, CALL, EXERCISE, LION, MA, arabic, english, readings

from kg import curated
from kg.errors import InputFault, StoreFault
from kg.export import FORMATS, Selection, export, turtle_text, write
from kg.export.content import order
from kg.export.network import xml_safe
from kg.export.table import cell
from kg.model import Label
from kg.names import Names
from kg.store import Store, View
from kg.vocab import BASE, PREFIXES, id_iri

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

ENDINGS = sorted(FORMATS)
XSD = PREFIXES["xsd"]


def filled(path: Path, order: tuple[int, ...] = (0, 1, 2, 3)) -> Store:
    store = Store.open(path)
    for index in order:
        store.write(readings()[index])
    names = (Label("Morocco", "en"), Label("المغرب", "ar"), Label("Maroc", "fr"))
    store.load_curated("countries", curated.country_facts([curated.CuratedCountry("MA", names)]))
    return store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return filled(tmp_path_factory.mktemp("export") / "store")


def exported(view: View, ending: str, selection: Selection = Selection.ALL) -> bytes:
    out = io.BytesIO()
    write(view, out, ending, selection)
    return out.getvalue()


def in_memory(quads: list[ox.Quad]) -> View:
    memory = ox.Store()
    memory.extend(quads)
    return View(memory, Path("memory"))


def union(view: View) -> set[ox.Triple]:
    return {quad.triple for quad in view.ox}


@pytest.mark.parametrize("order", [(3, 2, 1, 0), (1, 3, 0, 2)])
def test_the_order_of_ingestion_and_supersession_leave_no_trace(
    order: tuple[int, ...], store: Store, tmp_path: Path
) -> None:
    with filled(tmp_path / "other", order) as other:
        other.remove("en-001")
        other.write(replace(arabic(), topics=()))
        other.write(arabic())
        other.write(english())
        for ending in ENDINGS:
            assert exported(other, ending) == exported(store, ending)


@pytest.mark.parametrize("ending", ENDINGS)
def test_two_exports_are_the_same_bytes(ending: str, store: Store) -> None:
    assert exported(store, ending) == exported(store, ending)


@pytest.mark.parametrize(
    ("ending", "form"),
    [
        (".trig", ox.RdfFormat.TRIG),
        (".nq", ox.RdfFormat.N_QUADS),
        (".jsonld", ox.RdfFormat.JSON_LD),
    ],
)
def test_formats_of_named_graphs_hold_every_quad(
    ending: str, form: ox.RdfFormat, store: Store
) -> None:
    assert set(ox.parse(exported(store, ending), form)) == set(store.ox)


@pytest.mark.parametrize(
    ("ending", "form"), [(".ttl", ox.RdfFormat.TURTLE), (".nt", ox.RdfFormat.N_TRIPLES)]
)
def test_formats_of_one_graph_hold_the_union(ending: str, form: ox.RdfFormat, store: Store) -> None:
    found = list(ox.parse(exported(store, ending), form))
    assert {quad.triple for quad in found} == union(store)
    assert len(found) == len(union(store))


def rdflib_quads(text: bytes, form: str) -> set[tuple[str, str, str, str]]:
    dataset = rdflib.Dataset()
    dataset.parse(data=text, format=form)
    return {(s.n3(), p.n3(), o.n3(), str(g)) for s, p, o, g in dataset.quads() if g}


@pytest.mark.parametrize(("ending", "form"), [(".trig", "trig"), (".jsonld", "json-ld")])
def test_rdflib_reads_the_same_quads(ending: str, form: str, store: Store) -> None:
    expected = rdflib_quads(exported(store, ".nq"), "nquads")
    assert len(expected) == len(store.ox)
    assert rdflib_quads(exported(store, ending), form) == expected


def test_rdflib_reads_the_same_turtle(store: Store) -> None:
    turtle, lines = rdflib.Graph(), rdflib.Graph()
    turtle.parse(data=exported(store, ".ttl"), format="turtle")
    lines.parse(data=exported(store, ".nt"), format="nt")
    assert set(turtle) == set(lines)
    assert len(turtle) == len(union(store))


# ------------------------------------------------------------------ any literal, any IRI
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=12) | st.sampled_from(
    ['"', '"""', "\\", "\\u0041", "\r\n", "a\tb", "'", "\ufeff", "\u202e«٢»", "\x00", "\x85", "😀."]
)
LITERAL = st.one_of(
    TEXT.map(ox.Literal),
    TEXT.map(lambda text: ox.Literal(text, language="ar")),
    st.builds(
        lambda text, name: ox.Literal(text, datatype=ox.NamedNode(XSD + name)),
        TEXT | st.sampled_from(["1", "-1.5", ".5", "5.", "1e5", "true", "+0"]),
        st.sampled_from(["integer", "decimal", "double", "boolean", "date"]),
    ),
)
LOCAL = st.text(st.sampled_from("aZ09-_.:/%~!$&'()*+,;=@?ن«"), max_size=8)
NODE = st.builds(
    lambda namespace, local: ox.NamedNode(namespace + local.replace("%", "%D9")),
    st.sampled_from([*PREFIXES.values(), id_iri("country/"), "https://example.org/", "urn:x:"]),
    LOCAL,
)
GRAPH_NAME = st.sampled_from(["document/a", "document/%D9%86", "curated/x"]).map(
    lambda name: ox.NamedNode(PREFIXES["rgraph"] + name)
)
QUADS = st.lists(st.builds(ox.Quad, NODE, NODE, NODE | LITERAL, GRAPH_NAME), max_size=6)


@settings(max_examples=120, deadline=None)
@given(QUADS)
def test_whatever_the_store_holds_comes_back(quads: list[ox.Quad]) -> None:
    view = in_memory(quads)
    for ending, form in ((".trig", ox.RdfFormat.TRIG), (".nq", ox.RdfFormat.N_QUADS)):
        assert set(ox.parse(exported(view, ending), form)) == set(view.ox)
    turtle = exported(view, ".ttl")
    assert {quad.triple for quad in ox.parse(turtle, ox.RdfFormat.TURTLE)} == union(view)
    assert turtle_text(union(view)).encode().split() == turtle.split()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.builds(ox.Quad, NODE, NODE, TEXT.map(ox.Literal), GRAPH_NAME), max_size=4))
def test_rdflib_reads_any_text_as_it_was(quads: list[ox.Quad]) -> None:
    view = in_memory(quads)
    expected = sorted(quad.object.value for quad in view.ox)
    for ending, form in ((".trig", "trig"), (".jsonld", "json-ld")):
        dataset = rdflib.Dataset()
        dataset.parse(data=exported(view, ending), format=form)
        assert sorted(str(row[2]) for row in dataset.quads() if row[3]) == expected


def test_a_blank_node_is_refused() -> None:
    name = ox.NamedNode("https://example.org/a")
    with pytest.raises(TypeError, match="neither an IRI nor a literal"):
        turtle_text([ox.Triple(name, name, ox.BlankNode())])
    with pytest.raises(TypeError, match="not an IRI"):
        turtle_text([ox.Triple(ox.BlankNode(), name, name)])


# ------------------------------------------------------------------ fit for reading
def test_trig_reads_well(store: Store) -> None:
    text = exported(store, ".trig").decode()
    graph = text[text.index("\ngdocument:ar-001 {") :]
    assert graph.startswith(
        "\ngdocument:ar-001 {\n"
        "    document:ar-001\n"
        "        a rwb:Document ;\n"
        '        dcterms:identifier "ar-001" ;\n'
        '        dcterms:issued "2023-02-01"^^xsd:date ;\n'
    )
    assert f"    rwb:participant person:{BLINKEN[7:]} ,\n            person:Q21006845 ;" in graph
    assert "    :a1s\n        a oa:TextPositionSelector ,\n" in graph
    assert "        oa:start 0 .\n" in graph


def test_numbers_sort_by_value_and_documents_stand_first() -> None:
    names = ["graph/document/x#a10", "graph/document/x#a2", "id/country/MA", "id/event/b"]
    found = sorted([*names, "id/document/z"], key=lambda name: order(BASE + name))
    assert found == ["id/document/z", "id/event/b", "id/country/MA", *names[1::-1]]


def test_a_changed_date_is_a_diff_of_two_lines(store: Store, tmp_path: Path) -> None:
    turtle = exported(store, ".trig").decode()
    changed = set(turtle.replace("2022-06", "2022-07").splitlines()) ^ set(turtle.splitlines())
    assert len(changed) == 2


def test_direction_marks_can_not_hide_in_an_export() -> None:
    name = ox.NamedNode("https://example.org/a")
    text = turtle_text([ox.Triple(name, name, ox.Literal("a\u202eb"))])
    assert '"a\\u202Eb"' in text


# ------------------------------------------------------------------ selection
def test_documents_and_curated_graphs_part_the_whole(store: Store) -> None:
    both = [exported(store, ".nq", one) for one in (Selection.DOCUMENTS, Selection.CURATED)]
    documents, rest = (set(part.splitlines()) for part in both)
    whole = set(exported(store, ".nq").splitlines())
    drawn = {line for line in whole if line.endswith(b"/graph/resolution> .")}  # from documents
    assert documents | rest | drawn == whole
    assert not documents & rest
    assert all(b"/graph/document/" in line for line in documents)
    assert not [line for line in documents if b"core#prefLabel" in line]


# ------------------------------------------------------------------ networks
@pytest.mark.parametrize(
    ("ending", "read"), [(".graphml", nx.read_graphml), (".gexf", nx.read_gexf)]
)
def test_networks_have_events_parties_and_roles(ending: str, read: object, store: Store) -> None:
    assert callable(read)
    network = read(io.BytesIO(exported(store, ending)))
    call, speaker = id_iri(CALL), id_iri(BLINKEN)
    assert network.edges[call, speaker]["relation"] == "caller"
    assert network.edges[id_iri(EXERCISE), id_iri(LION)]["relation"] == "about"
    assert network.edges[id_iri(MA), id_iri("forum/gctf")]["relation"] == "chairs"
    assert network.nodes[call]["date"] == "2023-01-30; 2023-01-31"
    assert network.nodes[call]["sources"] == 3
    assert network.nodes[call]["label_en"] == "Phone call: Antony Blinken, Nasser Bourita"
    assert network.nodes[id_iri(MA)]["label_ar"] == "المغرب"


def test_networks_do_not_carry_the_day_of_writing(store: Store) -> None:
    assert b"lastmodified" not in exported(store, ".gexf")


@given(st.text(st.characters(), max_size=20))
def test_any_text_is_made_fit_for_xml(text: str) -> None:
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_node("a", label=xml_safe(text))
    out = io.BytesIO()
    nx.write_graphml_xml(network, out)
    back = nx.read_graphml(io.BytesIO(out.getvalue())).nodes["a"].get("label", "")
    assert re.sub(r"\r\n?", "\n", back) == re.sub(r"\r\n?", "\n", xml_safe(text))


# ------------------------------------------------------------------ table
def test_the_table_has_a_row_for_each_event_and_document(store: Store) -> None:
    text = exported(store, ".csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == sum(len(reading.events) for reading in readings())
    calls = {row["document"]: row for row in rows if row["event"] == CALL}
    assert {name: row["date"] for name, row in calls.items()} == {
        "ar-001": "2023-01-31",
        "en-001": "2023-01-30",
        "تقرير ٢/b": "",
    }
    assert calls["en-001"]["evidence"] == "Antony Blinken spoke by phone with Nasser Bourita"
    assert calls["en-001"]["participants"] == "Antony Blinken | Nasser Bourita"
    assert calls["ar-001"]["rules"] == "ar-call-held"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_is_never_a_formula(start: str) -> None:
    assert cell(f"{start}1+1") == f"'{start}1+1"
    assert cell(f"1{start}") == f"1{start}"


# ------------------------------------------------------------------ names
def test_names_prefer_the_language_then_the_longest_form(store: Store) -> None:
    names = Names(store.ox)
    assert names.of(id_iri(BLINKEN), "ar") == "أنتوني بلينكن"
    assert names.of(id_iri(BLINKEN), "en") == "Antony Blinken"
    assert names.of(id_iri(MA), "fr") == "Maroc"
    assert names.of(id_iri(LION), "ar") == "African Lion"
    assert names.of(id_iri("place/nowhere"), "en") == "nowhere"
    assert names.of(id_iri(CALL), "ar") == "اتصال هاتفي: أنتوني بلينكن، ناصر بوريطة"


# ------------------------------------------------------------------ files
def test_export_writes_a_whole_file_or_none(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "new" / "graph.TRIG"
    export(store, target)
    assert target.read_bytes() == exported(store, ".trig")
    assert [path.name for path in target.parent.iterdir()] == ["graph.TRIG"]
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreFault, match="can't be written"):
        export(store, tmp_path / "file" / "graph.nq")


def test_an_unknown_ending_is_refused_with_those_known(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputFault, match=r"\.ttl, \.nt, \.trig"):
        export(store, tmp_path / "graph.xlsx")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_empty_store_gives_a_valid_file(ending: str) -> None:
    text = exported(in_memory([]), ending)
    if ending == ".jsonld":
        assert json.loads(text) == []
    if ending == ".ttl":
        assert not list(ox.parse(text, ox.RdfFormat.TURTLE))
    if ending == ".csv":
        assert text.decode("utf-8-sig").count("\n") == 1
    if ending == ".gexf":
        assert len(nx.read_gexf(io.BytesIO(text))) == 0
