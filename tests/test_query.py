"""Running queries: arguments, refusals, time limit, forms of results."""

from __future__ import annotations

import csv
import io
import json
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_sample import sample

from kg import query
from kg.errors import QueryFault, StoreFault
from kg.query import Query
from kg.table import Names, Table, Triples, compact, named, render

STATEMENTS = """
@prefix e: <http://example.org/> .
e:a e:says "قال \\"نعم\\", ثم\\nمضى"@ar, 7, "plain",
  "2020"^^<http://www.w3.org/2001/XMLSchema#gYear> .
"""
ALL = "SELECT ?s ?o ?none { ?s ?p ?o } ORDER BY STR(?o)"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return sample()


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "db"
    disk = ox.Store(str(path))
    disk.extend(list(sample()))
    disk.flush()
    return path


@pytest.fixture
def small() -> ox.Store:
    store = ox.Store()
    store.load(STATEMENTS.encode(), format=ox.RdfFormat.TURTLE)
    return store


def oxigraph(store: ox.Store, text: str, form: ox.QueryResultsFormat) -> bytes:
    found = store.query(text)
    assert isinstance(found, ox.QuerySolutions)
    written = found.serialize(format=form)
    assert written is not None
    return written


def test_csv_is_as_the_recommendation_has_it(small: ox.Store) -> None:
    ours = render(query.run(small, ALL), "csv")
    assert ours.encode() == oxigraph(small, ALL, ox.QueryResultsFormat.CSV)
    assert next(csv.reader(io.StringIO(ours))) == ["s", "o", "none"]


def test_json_is_as_the_recommendation_has_it(small: ox.Store) -> None:
    ours = json.loads(render(query.run(small, ALL), "json"))
    assert ours == json.loads(oxigraph(small, ALL, ox.QueryResultsFormat.JSON))


def test_ask_and_construct(small: ox.Store) -> None:
    assert query.run(small, "ASK { ?s ?p 7 }") is True
    assert query.run(small, "ASK { ?s ?p 8 }") is False
    graph = query.run(small, "CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(graph, Triples)
    assert len(graph.triples) == 4
    back = ox.Store()
    back.load(render(graph, "ttl").encode(), format=ox.RdfFormat.TURTLE)
    assert {quad.triple for quad in back} == set(graph.triples)
    assert json.loads(render(True, "json")) == {"head": {}, "boolean": True}


def test_what_has_no_such_form(small: ox.Store) -> None:
    table = query.run(small, ALL)
    for result, form, hint in [
        (table, "ttl", "only CONSTRUCT and DESCRIBE"),
        (True, "csv", "ASK has no CSV form"),
        (Triples(()), "json", "choose ttl"),
        (table, "xlsx", "table, csv, json, ttl"),
    ]:
        with pytest.raises(QueryFault, match=hint):
            render(result, form)


def test_plain_table_has_a_row_a_line(small: ox.Store) -> None:
    lines = render(query.run(small, ALL), "table").splitlines()
    assert lines[0] == "s\to\tnone"
    assert 'http://example.org/a\tقال "نعم", ثم مضى\t' in lines
    drawn = render(query.run(small, ALL), "table", width=60)
    assert "4 rows" in drawn and "plain" in drawn


def test_names_in_the_readers_language(store: ox.Store) -> None:
    table = query.run(store, "last-contact", {"country": "MA", "other": "US"})
    assert isinstance(table, Table)
    assert "ناصر بوريطة" in render(table, "table", Names(store, "ar"))
    assert "Antony Blinken; Nasser Bourita" in render(table, "table", Names(store, "en"))
    assert "https://w3id.org/rawabit/id/person/Q7821917" in render(table, "csv")
    unknown = Table(("x",), ((ox.NamedNode("https://w3id.org/rawabit/id/a/b"),),))
    assert named(unknown, Names(store)).values() == [("a/b",)]


def test_compact() -> None:
    assert compact("https://w3id.org/rawabit/id/country/MA") == "country/MA"
    assert compact("http://www.w3.org/ns/oa#exact") == "oa:exact"
    assert compact("http://example.org/x") == "http://example.org/x"


def test_unknown_name_suggests() -> None:
    with pytest.raises(QueryFault, match=r"Did you mean contacts.*There are: .*visits"):
        query.prepare("contact")


@pytest.mark.parametrize(
    ("name", "arguments", "hint"),
    [
        ("contacts", {"country": "MA"}, r"needs other=… \(for example: country=MA other=US\)"),
        ("contacts", {"country": "MA", "othr": "US"}, "no parameter 'othr'; it takes country, oth"),
        ("contacts", {"country": "Morocco", "other": "US"}, "country=Morocco: write a country"),
        ("contacts", {"country": "http://x/<", "other": "US"}, "write a country"),
        ("encounters", {"from": "2023-02-31"}, "write a date as"),
        ("statements", {"stance": "x> <y"}, "not a value of this parameter"),
        ("corroborated-events", {"minimum": "two"}, "not a value of this parameter"),
        ("documents", {"a": "b"}, "takes no parameters"),
    ],
)
def test_unfit_arguments(name: str, arguments: dict[str, str], hint: str) -> None:
    with pytest.raises(QueryFault, match=hint):
        query.prepare(name, arguments)


@pytest.mark.parametrize(
    "value",
    ["MA", "country/MA", "rid:country/MA", "https://w3id.org/rawabit/id/country/MA"],
)
def test_an_entity_may_be_written_in_four_ways(value: str) -> None:
    ready = query.prepare("visits", {"country": value})
    assert ready.substitutions == (
        ("country", ox.NamedNode("https://w3id.org/rawabit/id/country/MA")),
    )


def test_bodies_go_by_their_codes() -> None:
    ready = query.prepare("visits", {"country": "UN"})
    assert str(ready.substitutions[0][1]) == "<https://w3id.org/rawabit/id/organization/un>"


def test_an_argument_is_never_code(store: ox.Store) -> None:
    """What would close a pattern in text stays one term."""
    with pytest.raises(QueryFault):
        query.run(store, "timeline", {"entity": "x/y> } DROP ALL #"})
    found = query.run(store, "timeline", {"entity": "x/y}#"})
    assert isinstance(found, Table) and found.rows == ()


def test_arguments_of_free_sparql(store: ox.Store) -> None:
    text = "SELECT ?who ?code { ?who rwb:iso2 ?code }"
    found = query.run(store, text, {"who": "ES"})
    assert isinstance(found, Table)
    assert found.values() == [("https://w3id.org/rawabit/id/country/ES", "ES")]


def test_file(store: ox.Store, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("\ufeffASK { ?x a rwb:Document }", encoding="utf-8")
    assert query.run(store, str(path)) is True
    with pytest.raises(QueryFault, match="can't be read"):
        query.prepare(str(tmp_path / "none.rq"))
    path.write_bytes(b"\xff\xfeASK")
    with pytest.raises(QueryFault, match="not UTF-8"):
        query.prepare(str(path))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("SELECT ?s WHERE { ?s ?p }", r"line 1, column 26: .*\n.*\n {25}\^"),
        ("SELECT *\nWHERE { ?s nope:p 1 }", "line 2, column .*unknown prefix; known .*rwb"),
        ("SELEC * {}", "needs SELECT, ASK, CONSTRUCT or DESCRIBE"),
    ],
)
def test_syntax_errors_point_at_the_place(small: ox.Store, text: str, hint: str) -> None:
    with pytest.raises(QueryFault, match=hint):
        query.run(small, text)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("INSERT DATA { <a:a> <a:a> 1 }", "INSERT would change"),
        ("PREFIX e: <http://e/>\n# x\nDELETE WHERE { ?s ?p ?o }", "DELETE would change"),
        ("base <http://e/> clear all", "CLEAR would change"),
        ("SELECT * { SERVICE <http://e/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * {} #\n SELECT * { service silent ?x {} }", "SERVICE"),
        ("SELECT * { \\u0053ERVICE <http://e/> {} }", "SERVICE"),
        ('SELECT * { ?s ?p "\\u0022" SERVICE <http://e/> {} FILTER("" = "") }', "SERVICE"),
        ("SELECT * " + "{" * 20000 + "}" * 20000, "nests deeper"),
        ("SELECT * { FILTER(" + "(" * 500 + "1" + ")" * 500 + ") }", "nests deeper"),
        ("SELECT * { FILTER(" + "!" * 30000 + "true) }", "nests deeper"),
        ("SELECT * {" + " UNION ".join(["{}"] * 5000) + "}", "nests deeper"),
        ("SELECT * {} #" + "x" * 70000, "longer than 64 kB"),
    ],
)
def test_refused(text: str, hint: str) -> None:
    with pytest.raises(QueryFault, match=hint):
        query.prepare(text)


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX service: <http://e/> SELECT * { ?service service:service ?x . ?s e:SERVICE 1 }",
        'SELECT * { ?s ?p "SERVICE {{{{" . ?s <http://e/SERVICE> """a " SERVICE""" } # SERVICE',
        "PREFIX insert: <http://e/> ASK { ?s insert:delete 1 }",
        "SELECT * { ?drop ?p '\\'INSERT' }",
    ],
)
def test_harmless_words_are_let_through(text: str) -> None:
    query.check(text)


def test_apart_gives_the_same(store: ox.Store, on_disk: Path) -> None:
    asked = [
        ("contacts", {"country": "MA", "other": "US"}),
        ("ASK { ?x rwb:iso2 'MA' }", {}),
        ("CONSTRUCT WHERE { ?x rwb:iso2 ?y }", {}),
        ("corroborated-events", {"minimum": "3"}),
    ]
    for text, arguments in asked:
        apart, here = query.run(on_disk, text, arguments), query.run(store, text, arguments)
        assert type(apart) is type(here)
        if isinstance(apart, Table) and isinstance(here, Table):
            assert apart.variables == here.variables
            assert _unordered(apart) == _unordered(here)
        else:
            assert apart == here


def _unordered(table: Table) -> list[list[str]]:
    return [["".join(sorted(cell or "")) for cell in row] for row in table.values()]


def test_a_slow_query_is_stopped(on_disk: Path) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    begun = time.monotonic()
    with pytest.raises(QueryFault, match=r"longer than 1\.5 s"):
        query.run(on_disk, slow, timeout=1.5)
    assert time.monotonic() - begun < 15


def test_faults_come_back_from_apart(on_disk: Path, tmp_path: Path) -> None:
    with pytest.raises(QueryFault, match="line 1, column"):
        query.run(on_disk, "SELECT ?s {")
    with pytest.raises(StoreFault, match="no store can be read"):
        query.run(tmp_path / "none", "ASK {}")


def test_a_result_too_large_is_refused(on_disk: Path) -> None:
    wide = " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(3))
    with pytest.raises(QueryFault, match="larger than 64 MB"):
        query.run(on_disk, f"SELECT * {{ {wide} }}", timeout=60)


def test_a_worker_that_dies_is_told_of(on_disk: Path) -> None:
    """Past the check, as a query whose danger the check does not know."""
    deep = Query("SELECT * " + "{" * 30000 + "}" * 30000)
    with pytest.raises(QueryFault, match="memory or the stack"):
        query.run(on_disk, deep)


def test_no_connection_from_apart(on_disk: Path) -> None:
    """Even a SERVICE that got past the check reaches nobody."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        port = server.getsockname()[1]
        with pytest.raises(QueryFault, match="failed"):
            query.run(
                on_disk, Query(f"ASK {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}")
            )
        with pytest.raises(TimeoutError):
            server.accept()
