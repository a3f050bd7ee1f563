"""The explorer: what it reads, draws and writes, and every page in every language."""

from __future__ import annotations

import io
import itertools
import math
import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import explorer_sample as sample
import networkx as nx
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse
from streamlit.testing.v1 import AppTest

from app import serve
from app.explorer import answers, articles, data, evidence, exports, i18n, markup, selection
from app.explorer.drawing import drawing, isolate
from app.explorer.layout import layout
from app.explorer.naming import name
from app.explorer.neighbourhood import Filters, events_of, view
from app.explorer.search import build_index, fold
from app.explorer.terms import codes, term_name
from kg import names as kg_names
from kg import store as kg_store
from kg.catalogue import named
from kg.errors import QueryFault
from kg.table import Names, Table
from kg.terms import iri, rwb, term
from kg.vocab import ID, TOPIC

MAIN = Path(serve.__file__).parent / "explorer" / "main.py"
HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(2)> href="javascript:alert(3)"'


def node(key: str) -> str:
    return ID + key


def event(key: str) -> str:
    return node(f"event/{key}")


# --- search


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("أَنْتُونِي", "انتوني"),
        ("إسبانيا", "اسبانيا"),
        ("المنظّمة", "المنظمه"),
        ("موسـى", "موسي"),
        ("Pedro SÁNCHEZ", "pedro sanchez"),
        ("États-Unis", "etats unis"),
        ("ﻻﻓﺮوف", "لافروف"),
    ],
)
def test_fold_removes_what_spelling_varies_in(written: str, meant: str) -> None:
    assert fold(written) == fold(meant) == meant


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("بلينكن", sample.BLINKEN),
        ("blink", sample.BLINKEN),
        ("tony", sample.BLINKEN),
        ("الاسد الافريقي", sample.LION),
        ("اسد", sample.LION),
        ("sanchez", sample.SANCHEZ),
        ("états", sample.US),
        ("etats unis", sample.US),
        ("rocco", sample.MA),  # inside a word
    ],
)
def test_search_finds_names_of_three_scripts(store: Store, typed: str, key: str) -> None:
    assert build_index(store).suggest(typed)[0].node == node(key)


def test_search_gives_each_node_once_and_nothing_for_nothing(store: Store) -> None:
    index = build_index(store)
    hits = [hit.node for hit in index.suggest("a", 50)]
    assert len(hits) == len(set(hits)) > 5
    assert index.suggest("  ،  ") == []
    assert index.suggest("zzz") == []
    assert len(index.suggest("a", 3)) == 3


# --- names, events, neighbourhood


def test_names_follow_the_language_and_offices_are_composed(store: Store) -> None:
    assert name(store, node(sample.MA), "fr") == "Maroc"
    assert name(store, node(sample.SANCHEZ), "ar") == "Pedro Sánchez"
    assert name(store, node("office/monarch-MA"), "en") == "Monarch (Morocco)"


def test_where_a_language_has_no_name_one_stands_that_its_readers_can_spell() -> None:
    made = Store()
    known = {"ar": "آمنة", "en": "Amina"}
    for lang, form in known.items():
        made.add(Quad(iri(node("person/x")), term("skos:prefLabel"), Literal(form, language=lang)))
    for lang, shown in (("fr", "Amina"), ("en", "Amina"), ("ar", "آمنة")):
        assert name(made, node("person/x"), lang) == shown
        assert kg_names.Names(made).of(node("person/x"), lang) == shown


def test_an_event_merges_its_documents(store: Store) -> None:
    record = data.event(store, event("exercise-lion"))
    assert record is not None
    assert record.dates == ("2022-06-06", "2022-06-20")
    assert record.certainties == ("planned",)
    assert [data.node_key(graph).rsplit("/", 1)[-1] for graph in record.documents] == [
        "ar-rabat",
        "en-rabat",
    ]
    assert {(data.node_key(p.node), p.role) for p in record.parties} == {
        (sample.MA, "host"),
        (sample.US, "participant"),
    }
    assert data.event(store, node(sample.MA)) is None


def test_a_country_has_the_events_of_its_officials(store: Store) -> None:
    found, more = events_of(store, node(sample.US))
    assert event("meeting-rabat") in found
    assert event("signing-es") not in found
    assert not more


def test_view_shows_newest_first_and_counts_what_it_leaves_out(store: Store) -> None:
    whole = view(store, [node(sample.MA)])
    small = view(store, [node(sample.MA)], cap=8)
    assert len(whole.events) == whole.found == 12
    assert small.found == 12
    assert 0 < len(small.events) < 12
    assert small.events == whole.events[: len(small.events)]
    dates = [record.date for record in whole.events]
    assert dates == sorted(dates, reverse=True)
    assert all(edge.source in whole.nodes and edge.target in whole.nodes for edge in whole.edges)


def test_view_ties_officials_to_their_country_and_relations_to_bodies(store: Store) -> None:
    kinds = {(e.source, e.target, e.kind) for e in view(store, [node(sample.MA)]).edges}
    assert (node(sample.BOURITA), node(sample.MA), "office") in kinds
    assert (node(sample.MA), node(sample.GCTF), "coChairs") in kinds


@pytest.mark.parametrize(
    ("filters", "keys"),
    [
        (Filters(types=("Exercise",)), {"exercise-lion"}),
        (Filters(certainties=("planned",)), {"exercise-lion"}),
        (Filters(topics=(TOPIC + "western-sahara",)), {"statement-es", "recognition-fr"}),
        (Filters(countries=(ID + sample.DZ,)), {"relations-dz-ma", "statement-ma-dz"}),
        (Filters(since="2024"), {"visit-macron", "recognition-fr"}),
        (Filters(until="2021-12"), {"relations-dz-ma"}),
        (Filters(since="2022-06-20", until="2022-06-20"), {"exercise-lion"}),
        (Filters(types=("Signing",), since="2023"), set()),
    ],
)
def test_filters_keep_what_they_say(store: Store, filters: Filters, keys: set[str]) -> None:
    seen = view(store, [node(sample.MA)], filters)
    assert {record.node for record in seen.events} == {event(key) for key in keys}
    assert seen.facets == view(store, [node(sample.MA)]).facets


def test_filter_by_date_takes_partial_dates(store: Store) -> None:
    seen = view(store, [node(sample.IR)], Filters(since="2023-06-03", until="2023-06-09"))
    assert [record.node for record in seen.events] == [event("mission-ir")]


# --- evidence and articles


def test_quotes_are_the_sentences_around_the_words(store: Store) -> None:
    quotes = evidence.quotes(store, event("exercise-lion"))
    assert [quote.source.lang for quote in quotes] == ["ar", "en"]
    assert quotes[0].before.strip() == "كما تستعد القوات المسلحة"
    assert quotes[1].words.endswith("6 June 2022")
    assert quotes[1].after == ", the United States said."
    assert quotes[0].rule == "ar-exercise"
    assert quotes[0].lexicon == ("lexicons/countries.yaml:12",)


def test_sentence_stops_at_marks_of_each_script() -> None:
    text = "قال أولا؟ ثم التقى الوزير نظيره. وعاد."
    start = text.index("التقى")
    before, words, after = evidence.sentence(text, start, start + 5)
    assert (before, words, after) == ("ثم ", "التقى", " الوزير نظيره.")


def test_reasons_dates_and_tenures(store: Store) -> None:
    reasons = evidence.reasons(store, event("meeting-rabat"))
    assert [(reason.slot, reason.value) for reason in reasons][:2] == [
        ("date", "2022-03-29"),
        ("participant", node(sample.BLINKEN)),
    ]
    dates = evidence.dates_by_document(store, event("exercise-lion"))
    assert dates == {
        "2022-06-06": [node("document/en-rabat")],
        "2022-06-20": [node("document/ar-rabat")],
    }
    tenure = evidence.tenures(store, node(sample.BLINKEN))
    assert [(t.start, t.end, t.source) for t in tenure] == [
        ("2021-01-26", "2025-01-20", "Wikidata")
    ]
    holders = {t.person for t in evidence.tenures(store, node(sample.MA))}
    assert holders == {node(sample.BOURITA), node(sample.KING)}


def test_relations_carry_their_sentence(store: Store) -> None:
    [relation] = evidence.relations(store, node(sample.GCTF))
    assert (relation.subject, relation.predicate) == (node(sample.MA), "coChairs")
    assert relation.quotes[0].words.startswith("يترأس المغرب")


def test_article_runs_join_to_the_text_and_marks_fit(store: Store) -> None:
    for source in articles.documents(store):
        found = articles.article(store, source.node)
        assert found is not None
        runs = articles.runs(found.text, found.marks)
        assert "".join(run.text for run in runs) == found.text
        assert {mark.kind for mark in found.marks} >= {"Event", "Country", "Person", "Fact"}
        covered = {mark for run in runs for mark in run.marks}
        assert covered == set(found.marks)
    assert articles.article(store, node(sample.MA)) is None


# --- drawing and exports


def test_layout_is_the_same_each_time_and_nodes_stand_apart(store: Store) -> None:
    seen = view(store, [node(sample.MA)])
    names = {one: name(store, one, "en") for one in seen.nodes}
    places = layout(seen, names)
    assert places == layout(seen, names)
    assert places.keys() == seen.nodes.keys()
    nearest = min(math.dist(a, b) for a, b in itertools.combinations(places.values(), 2))
    assert nearest > 25


def test_drawing_has_each_node_once_with_its_looks(store: Store) -> None:
    seen = view(store, [node(sample.BLINKEN)])
    drawn = drawing(store, seen, "ar").data()
    by_id = {one["id"]: one for one in drawn["nodes"]}
    assert by_id.keys() == seen.nodes.keys()
    assert len(drawn["edges"]) == len(seen.edges)
    assert by_id[event("call-lapid")]["shapeProperties"]["borderDashes"]
    assert not by_id[event("meeting-rabat")]["shapeProperties"]["borderDashes"]
    assert by_id[node(sample.BLINKEN)]["label"] == "\u2067أنتوني بلينكن\u2069"
    assert drawn["options"]["physics"]["enabled"] is False


def test_isolate_wraps_each_line_by_its_script() -> None:
    assert isolate("لقاء\nRabat 2022") == "\u2067لقاء\u2069\n\u2066Rabat 2022\u2069"


def test_turtle_of_a_view_is_what_the_store_says_of_its_nodes(store: Store) -> None:
    seen = view(store, [node(sample.IR)])
    content = exports.turtle(store, seen)
    assert content == exports.turtle(store, seen)
    triples = list(parse(content, format=RdfFormat.TURTLE))
    subjects = {data.text_of(triple.subject) for triple in triples}
    assert subjects == set(seen.nodes)
    assert any(triple.predicate == rwb("date") for triple in triples)


def test_graphml_reads_back(store: Store) -> None:
    seen = view(store, [node(sample.MA)])
    graph = nx.read_graphml(io.BytesIO(exports.graphml(seen, drawing(store, seen, "fr"))))
    assert set(graph) == {data.node_key(one) for one in seen.nodes}
    assert graph.nodes[sample.MA]["label"] == "Maroc"
    assert graph.nodes["event/exercise-lion"]["kind"] == "Exercise"
    assert graph.number_of_edges() == len(seen.edges)


def test_page_asks_nobody_for_anything(store: Store) -> None:
    seen = view(store, [node(sample.MA)])
    html = exports.page(drawing(store, seen, "ar"), HOSTILE, "ar").decode()
    assert "default-src 'none'" in html
    assert not re.search(r"<(?:link|script|img|iframe)\b[^>]*\b(?:src|href)=", html)
    assert 'dir="rtl"' in html
    assert "<title>&lt;script&gt;" in html
    assert "المغرب" in html or "\\u0627\\u0644\\u0645\\u063a\\u0631\\u0628" in html


def test_hostile_names_stay_text(store: Store) -> None:
    copy = Store()
    copy.extend(list(store))
    graph = iri("https://w3id.org/rawabit/graph/document/hostile")
    bad = iri(node("person/hostile"))
    copy.add(Quad(bad, iri(data.RDF_TYPE.value), rwb("Person"), graph))
    copy.add(Quad(bad, NamedNode(data.LABEL.value), Literal(HOSTILE, language="en"), graph))
    copy.add(Quad(iri(event("call-lapid")), rwb("participant"), bad, graph))
    seen = view(copy, [bad.value])
    drawn = drawing(copy, seen, "en")
    html = exports.page(drawn, "x", "en").decode()
    assert "<img src=x" not in html
    assert "popup.innerHTML" not in html  # what pyvis adds for a title with a link
    assert all("href" not in one["title"] for one in drawn.network.nodes)


def test_markup_escapes_and_links_only_to_the_web() -> None:
    assert "<script" not in markup.text(HOSTILE)
    assert "<script" not in markup.quotation(HOSTILE, HOSTILE, HOSTILE, '"><script>')
    assert '"' not in markup.attribute('a" onload="b')
    assert "<script" not in markup.node_link('x"><script>', "ar", HOSTILE)
    for address in ("javascript:alert(1)", "data:text/html,x", "//evil.example", "http:///x"):
        assert "href" not in markup.web_link(address, "x")
    assert 'href="https://example.org/a"' in markup.web_link("https://example.org/a", "x")


# --- words and dates


def test_every_language_has_every_text() -> None:
    i18n.check()
    for key, text in i18n.words("ar").items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", i18n.words("en")[key]))
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", i18n.words("fr")[key]))


def test_columns_of_the_named_queries_have_heads(store: Store) -> None:
    from kg.query import run

    for query in named():
        result = run(store, query.name, dict(query.example))
        assert isinstance(result, Table)
        for variable in result.variables:
            assert f"column.{variable}" in i18n.words("ar"), (query.name, variable)


@pytest.mark.parametrize(
    ("iso", "lang", "shown"),
    [
        ("2022-03-29", "ar", "29 مارس 2022"),
        ("2022-03", "fr", "mars 2022"),
        ("2024-08-01", "fr", "1er août 2024"),
        ("2021", "en", "2021"),
        ("soon", "en", "soon"),
        ("2021-99", "en", "2021-99"),
        ("", "en", ""),
    ],
)
def test_dates_as_people_write_them(iso: str, lang: str, shown: str) -> None:
    assert i18n.long_date(iso, lang) == shown


def test_terms_are_named_in_three_languages() -> None:
    names = {lang: term_name("PhoneCall", lang) for lang in i18n.NAMES}
    assert len(set(names.values())) == 3
    assert term_name(TOPIC + "sahel", "en") == "The Sahel"
    assert term_name("notInTheOntology", "ar") == "Not in the ontology"
    assert "western-sahara" in codes(TOPIC)


# --- queries


def test_arguments_may_be_names(store: Store) -> None:
    contacts = next(query for query in named() if query.name == "contacts")
    country = contacts.parameters[0]
    index = build_index(store)
    assert answers.resolve(country, "المغرب", index) == node(sample.MA)
    assert answers.resolve(country, "MA", index) == "MA"
    assert answers.resolve(country, "", index) == ""


def test_answers_and_their_files(path: Path, store: Store) -> None:
    answer = answers.ask(path, "contacts", {"country": "MA", "other": "US"})
    assert isinstance(answer.result, Table)
    assert len(answer.result.rows) >= 3
    sheet = answers.sheet(answer.result, Names(store, "en")).decode("utf-8-sig")
    assert "Antony Blinken" in sheet
    formula = Table(("x",), ((Literal("=1+1"),), (Literal("plain"),)))
    assert answers.sheet(formula, Names(store)).decode("utf-8-sig").split() == [
        "x",
        "'=1+1",
        "plain",
    ]
    assert node(sample.MA) in answers.nodes(answer.result)
    with pytest.raises(QueryFault, match="line 1"):
        answers.ask(path, "SELECT ?x {")


def test_a_heavy_query_is_stopped(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "TIME_LIMIT", 1.5)
    with pytest.raises(QueryFault, match="took longer"):
        answers.ask(path, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")


# --- serving


def test_server_is_local_and_silent() -> None:
    flags = serve.command(8899)
    assert "--server.address=127.0.0.1" in flags
    assert "--browser.gatherUsageStats=false" in flags
    assert "--client.showErrorDetails=none" in flags


def test_free_port_passes_over_a_taken_one() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind((serve.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert serve.free_port(port) != port
        with pytest.raises(serve.ServeFault, match="in use"):
            serve.serve("nowhere", port=port, open_browser=False)


def test_the_server_answers_and_ends_with_its_parent(path: Path) -> None:
    port = serve.free_port(8950)
    code = f"from app.serve import serve; serve({str(path)!r}, {port}, open_browser=False)"
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    assert f"http://127.0.0.1:{port}" in parent.stdout.readline()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5) as reply:
        assert reply.status == 200
    parent.terminate()
    assert parent.wait(timeout=15) == 0
    assert serve.free_port(port) == port


# --- pages


@pytest.fixture
def app(path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("RAWABIT_STORE", str(path))
    return AppTest.from_file(str(MAIN), default_timeout=20)


def shown(app: AppTest) -> str:
    """All that a page says, markup included."""
    return "\n".join(str(getattr(one, "value", getattr(one, "body", ""))) for one in app.main) + (
        "\n".join(one.proto.body for one in app.get("html"))
    )


def open_page(app: AppTest, page: str, **query: Any) -> AppTest:
    for key, value in {"page": page, **query}.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception
    assert not app.error, app.error[0].value
    return app


@pytest.mark.parametrize(
    ("lang", "page", "query", "says"),
    [
        ("ar", "overview", {}, "overview.latest"),
        ("en", "overview", {}, "overview.ask"),
        ("fr", "explore", {}, "explore.start"),
        ("ar", "explore", {"node": sample.MA}, "details.holders"),
        ("fr", "explore", {"node": sample.BLINKEN}, "details.offices"),
        ("en", "explore", {"node": sample.MA, "sel": "event/exercise-lion"}, "details.conflict"),
        ("ar", "documents", {"doc": "document/ar-rabat"}, "documents.events"),
        ("fr", "documents", {"doc": "document/en-rabat"}, "documents.events"),
    ],
)
def test_pages(app: AppTest, lang: str, page: str, query: dict[str, str], says: str) -> None:
    open_page(app, page, lang=lang, **query)
    assert i18n.say(lang, says) in shown(app)


def test_explore_filters_by_widget_and_address(app: AppTest) -> None:
    open_page(app, "explore", lang="en", node=sample.MA)
    assert "Showing 12 of 12 events" in shown(app)
    app.multiselect[0].select("Exercise").run()
    assert not app.exception
    assert "Showing 1 of 1 events" in shown(app)
    assert app.query_params["types"] in ("Exercise", ["Exercise"])


def test_explore_refuses_a_bad_date(app: AppTest) -> None:
    open_page(app, "explore", lang="en", node=sample.MA)
    app.text_input[0].input("March").run()
    assert "Not a date" in app.warning[0].value


def test_unknown_nodes_and_documents_are_named(app: AppTest, path: Path) -> None:
    open_page(app, "explore", lang="en", node="person/nobody")
    assert "no node" in app.warning[0].value
    other = AppTest.from_file(str(MAIN), default_timeout=20)
    open_page(other, "documents", lang="en", doc="document/<script>")
    assert "no document" in other.warning[0].value


def test_documents_are_found_by_title(app: AppTest) -> None:
    open_page(app, "documents", lang="en")
    assert "6 of 6 documents" in shown(app)
    app.text_input(key="documents_find").input("sanchez").run()
    assert "1 of 6 documents" in shown(app)


def answered(app: AppTest) -> AppTest:
    """The page once its query has ended; a browser asks every moment, here we do."""
    for _moment in range(200):
        if app.error or "<tbody>" in shown(app):
            return app
        time.sleep(0.2)
        app.run()
    raise AssertionError("no answer")


def test_named_query_page(app: AppTest) -> None:
    open_page(app, "sparql", lang="ar", query="contacts")
    assert "أنتوني بلينكن" in shown(answered(app))
    assert app.selectbox[0].value == "contacts"


def test_own_query_comes_from_the_address(app: AppTest) -> None:
    open_page(app, "sparql", lang="en", q="SELECT ?x WHERE { ?x a rwb:Forum }")
    assert "Negev Forum" in shown(answered(app))


def test_own_query_says_what_is_wrong(app: AppTest) -> None:
    app.query_params["page"], app.query_params["lang"] = "sparql", "en"
    app.query_params["q"] = "SELECT ?x WHERE {"
    answered(app.run())
    assert not app.exception
    assert app.error[0].value == "The query did not run"
    assert "line 1" in app.code[-1].value


def test_a_missing_store_says_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAWABIT_STORE", str(tmp_path / "none"))
    app = AppTest.from_file(str(MAIN), default_timeout=20).run()
    assert not app.exception
    assert "ingest" in app.code[0].value


def test_a_fault_of_ours_is_told_in_words(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("app.explorer.state.counts", fail)
    app.query_params["lang"] = "en"
    app.run()
    assert app.error[0].value == i18n.say("en", "error.page")
    assert "secret" not in shown(app)


def test_an_empty_store_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with kg_store.Store.open(tmp_path / "empty"):
        pass
    monkeypatch.setenv("RAWABIT_STORE", str(tmp_path / "empty"))
    app = AppTest.from_file(str(MAIN), default_timeout=20)
    app.query_params["lang"] = "fr"
    app.run()
    assert not app.exception
    assert app.subheader[0].value == i18n.say("fr", "empty.title")


def test_selection_dates() -> None:
    assert selection.is_date("2022") and selection.is_date("2022-03-29")
    assert not selection.is_date("2022-13") and not selection.is_date("29/03/2022")
