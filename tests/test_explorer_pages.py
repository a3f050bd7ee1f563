"""The pages of country pairs, time and map, documents, rules and the work list: what they say."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brief_sample
import explorer_sample as sample
import pytest
from pyoxigraph import RdfFormat, Store, parse
from streamlit.testing.v1 import AppTest

from app import serve
from app.explorer import (
    adding,
    articles,
    atlas,
    chronicle,
    data,
    geo,
    i18n,
    paper,
    rulebook,
    silence,
    worklist,
)
from app.explorer.filters import Filters
from app.explorer.parties import pairs, parties
from app.explorer.state import Session
from ingest.documents import Accepted, Defaults, Refused
from kg import store as kg_store
from kg.brief import Corpus, attachments, brief
from kg.errors import StoreFault
from kg.vocab import ID

MAIN = Path(serve.__file__).parent / "explorer" / "main.py"
JO, NO = ID + brief_sample.JO, ID + brief_sample.NO


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store on disk with the sample readings, the pair's, and the curated names."""
    where = tmp_path_factory.mktemp("pages") / "store"
    sample.fill(where, [*sample.readings(), *brief_sample.reports()], brief_sample.curated())
    return where


@pytest.fixture(scope="module")
def store(path: Path) -> Iterator[Store]:
    with kg_store.View.open(path) as opened:
        yield opened.ox


@pytest.fixture
def app(path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("RAWABIT_STORE", str(path))
    return AppTest.from_file(str(MAIN), default_timeout=60)


def shown(app: AppTest) -> str:
    """All that a page says, markup included."""
    said = (str(getattr(one, "value", getattr(one, "body", ""))) for one in app.main)
    return "\n".join([*said, *(one.proto.body for one in app.get("html"))])


def open_page(app: AppTest, page: str, **query: Any) -> AppTest:
    for key, value in {"page": page, "lang": "en", **query}.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception
    assert not app.error, app.error[0].value
    return app


PAIR = {"a": brief_sample.JO, "b": brief_sample.NO}


# --- the brief


def test_brief_says_when_they_last_met_and_what_is_usual(app: AppTest) -> None:
    said = shown(open_page(app, "pair", **PAIR))
    assert "Last contact on 2 September 2021" in said
    assert "The usual gap is 5 months (median of 5 gaps)." in said
    for section in ("cadence", "contacts", "agreements", "exercises", "forums", "words", "notes"):
        assert i18n.say("en", f"pair.{section}") in said


def test_brief_cites_every_fact(app: AppTest) -> None:
    said = shown(open_page(app, "pair", **PAIR, all="1"))
    for key in ("m1", "m5", "v5", "s1", "e2", "w1", "r1"):
        assert f">{key}</q>" in said, key
    assert 'href="#note-1"' in said
    assert 'id="note-1"' in said


def test_brief_as_known_on_a_day(app: AppTest) -> None:
    said = shown(open_page(app, "pair", **PAIR, asof="2020-11-30"))
    assert "As known by 30 November 2020" in said
    assert ">m3</q>" in said
    assert ">m4</q>" not in said


def test_brief_keeps_both_dates_of_a_disputed_signing(app: AppTest) -> None:
    said = shown(open_page(app, "pair", **PAIR))
    assert "another date:" in said


def test_two_readouts_stand_side_by_side(app: AppTest) -> None:
    said = shown(open_page(app, "pair", **PAIR))
    assert "Sources of Norway" in said
    assert "Sources of Jordan" in said
    assert 'class="rw-chip only"' in said  # what only one of them says


def test_pair_page_asks_for_two_different_parties(app: AppTest) -> None:
    open_page(app, "pair", a=brief_sample.JO, b=brief_sample.JO)
    assert app.info[0].value == i18n.say("en", "pair.same")


def test_pair_page_offers_pairs_to_begin_with(app: AppTest) -> None:
    open_page(app, "pair")
    assert i18n.say("en", "pair.start") in shown(app)


def test_pair_without_events_says_so(app: AppTest) -> None:
    open_page(app, "pair", a=brief_sample.NO, b=sample.IR)
    assert "knows of no event" in app.info[0].value


def test_bad_day_is_named(app: AppTest) -> None:
    open_page(app, "pair", **PAIR, asof="2023-13")
    assert "Not a date" in app.warning[0].value


def test_brief_as_table_and_turtle() -> None:
    corpus = Corpus(brief_sample.store())
    found = brief(corpus, JO, NO)
    table = attachments.table(found, lambda node: node.rpartition("/")[2]).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert len(rows) == len(found.facts)
    signing = next(row for row in rows if row["event"].endswith("/s1"))
    assert set(signing["rival_dates"].split(" | ")) == {"2021-03-01", "2021-03-04"}
    assert all(row["quotes"] and row["titles"] for row in rows)
    quads = list(parse(attachments.turtle(corpus, found), format=RdfFormat.TURTLE))
    subjects = {str(quad.subject.value) for quad in quads}
    assert {fact.node for fact in found.facts} <= subjects
    said = {quad.object.value for quad in quads if quad.predicate.value.endswith("#exact")}
    assert {c.exact for fact in found.facts for c in fact.citations} <= said


def test_table_of_a_brief_holds_no_formula() -> None:
    found = brief(Corpus(brief_sample.store()), JO, NO)
    table = attachments.table(found, lambda node: "=1+1").decode("utf-8-sig")
    assert "\n=" not in table
    assert ",=" not in table


def test_paper_needs_nothing_from_outside() -> None:
    link = '<a class="" href="explore?node=x&amp;lang=en">Name</a> <a href="#note-1">1</a>'
    page = paper.document("<b>", link, "ar").decode()
    assert "explore?" not in page
    assert 'href="#note-1"' in page
    assert "&lt;b&gt;" in page
    assert "url(" not in page
    assert 'dir="rtl"' in page


@pytest.mark.parametrize(
    ("lang", "days", "told"),
    [
        ("ar", 1, "يوم واحد"),
        ("ar", 7, "7 أيام"),
        ("ar", 45, "45 يوما"),
        ("ar", 61, "شهرين"),
        ("ar", 240, "8 أشهر"),
        ("ar", 700, "23 شهرا"),
        ("ar", 1500, "4 سنوات"),
        ("en", 31, "31 days"),
        ("en", 425, "14 months"),
        ("fr", 5000, "14 ans"),
    ],
)
def test_lengths_of_time_in_the_grammar_of_each_language(lang: str, days: int, told: str) -> None:
    session = Session(Store(), Path(), "", lang)
    assert silence.length(session, days) == told


def test_parties_by_name_and_pairs_to_begin_with(store: Store) -> None:
    known = parties(store, "fr")
    assert known[ID + sample.MA] == "Maroc"
    assert list(known.values()) == sorted(known.values())
    lands = [ID + sample.MA, ID + sample.US, ID + "person/x", ID + sample.FR]
    assert pairs(lands)[0] == (ID + sample.MA, ID + sample.US)
    assert len(pairs(lands)) == 3


# --- time and map


def test_places_lie_where_they_lie() -> None:
    lon, lat = geo.places()["rabat"]
    assert (round(lon), round(lat)) == (-7, 34)
    x, y = geo.project(lon, lat)
    assert 0 < x < geo.WIDTH
    assert 0 < y < geo.HEIGHT
    left, right = geo.project(-180, 0)[0], geo.project(180, 0)[0]
    assert (round(left), round(right)) == (0, 1000)
    morocco = geo.centres()["MA"]
    assert -13 < morocco[0] < -1
    assert 27 < morocco[1] < 36


def test_every_country_of_the_lexicon_has_an_outline() -> None:
    from ingest.knowledge import load

    codes = {r.iso2 for r in load().records.values() if r.key.startswith("country/")}
    assert sorted(code for code in codes if code not in geo.outlines()) in ([], ["TV"])


def test_events_are_placed_and_the_unknown_left_out(store: Store) -> None:
    events = data.events(store, [f"{ID}event/{k}" for k in ("meeting-rabat", "visit-macron")])
    points = {data.node_key(p.node): p for p in atlas.gathered(store, events)}
    assert points[sample.RABAT].exact
    assert not points[sample.MA].exact  # only the country is known
    nowhere = data.events(store, [f"{ID}event/statement-praise"])
    assert atlas.gathered(store, nowhere) == []


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [("2022", 2022.0, 2023.0), ("2022-07", 2022.496, 2022.581), ("2022-01-01", 2022.0, 2022.003)],
)
def test_dates_stand_where_they_allow(iso: str, first: float, last: float) -> None:
    assert chronicle.years(iso) == pytest.approx(first, abs=0.002)
    assert chronicle.years(iso, end=True) == pytest.approx(last, abs=0.002)
    assert chronicle.years("soon") is None


def test_chronicle_of_nodes_and_of_all(store: Store) -> None:
    own = chronicle.gather(store, [ID + sample.IR], Filters())
    assert {data.node_key(e.node) for e in own.events} == {
        f"event/{k}" for k in ("relations-sa-ir", "meeting-beijing", "mission-ir")
    }
    everything = chronicle.gather(store, [], Filters(since="2024"))
    assert {e.date[:4] for e in everything.events} == {"2024"}
    dates = [event.date for event in chronicle.gather(store, [], Filters()).events]
    assert dates == sorted(dates, reverse=True)


def test_timeline_opens_on_what_is_dense() -> None:
    marks = [{"start": year, "end": year} for year in (1786.0, *(2020 + n / 10 for n in range(30)))]
    first, last, view = chronicle.bounds(marks)
    assert first < 1786 < 2000 < view < last
    assert chronicle.bounds([])[0] < chronicle.bounds([])[1]


def test_timeline_page_filters_and_keeps_the_address(app: AppTest) -> None:
    open_page(app, "timeline", node=sample.MA, types="Visit")
    assert "events" in shown(app)
    assert app.query_params["types"] in ("Visit", ["Visit"])
    assert app.query_params["node"] in (sample.MA, [sample.MA])
    open_page(app, "timeline", node=sample.MA, sel="event/meeting-rabat")
    assert "أجرى وزير الشؤون الخارجية" in shown(app)


# --- documents


def test_documents_are_listed_newest_first_with_their_events(store: Store) -> None:
    listed = articles.documents(store)
    assert [one.published for one in listed] == sorted((o.published for o in listed), reverse=True)
    assert len(listed) == 6 + len(brief_sample.reports())
    rabat = next(one for one in listed if one.node.endswith("/ar-rabat"))
    assert (rabat.lang, rabat.publisher) == ("ar", "وكالة مثال")
    assert articles.event_count(store, rabat.node) == 5


def test_pasted_text_is_accepted_or_refused_with_a_reason() -> None:
    fields = {
        "text": " A report. ",
        "title": "T",
        "published": "2023-02-01",
        "lang": "",
        "source": "",
    }
    found = adding.pasted(fields)
    assert isinstance(found, Accepted)
    assert (found.document.title, found.document.published) == ("T", "2023-02-01")
    assert isinstance(adding.pasted({"text": ""}), Refused)


def test_dropped_files_keep_their_names_and_faults_are_told() -> None:
    uploads = [
        adding.Upload("../../news.txt", b"Rabat: the minister met his counterpart."),
        adding.Upload(
            "broken.jsonl", b'{"id": 1\n{"id": "a", "text": "He met her.", "lang": "en"}'
        ),
        adding.Upload("empty.txt", b""),
    ]
    found = list(adding.dropped(uploads, Defaults(published="2023-01-01")))
    assert [one.path for one in found] == ["news.txt", "broken.jsonl", "broken.jsonl", "empty.txt"]
    assert [type(one).__name__ for one in found] == ["Accepted", "Refused", "Accepted", "Refused"]
    accepted = [one.document for one in found if isinstance(one, Accepted)]
    assert [one.id for one in accepted] == ["news", "a"]
    assert {one.published for one in accepted} == {"2023-01-01"}
    assert not any("/tmp" in one.reason for one in found if isinstance(one, Refused))


def test_added_news_is_in_the_store(tmp_path: Path) -> None:
    where = tmp_path / "store"
    text = "Moroccan Foreign Minister Nasser Bourita met Antony Blinken in Rabat on 1 March 2024."
    fields = {"text": text, "published": "2024-03-02", "lang": "en", "title": "Talks in Rabat"}
    heard: list[str] = []
    told = adding.add(where, [adding.pasted(fields)], lambda r: heard.append(str(r.outcome)))
    assert heard == [str(one.outcome) for one in told] == ["added"]
    with kg_store.View.open(where) as view:
        [document] = articles.documents(view.ox)
        assert document.title == "Talks in Rabat"
        assert articles.event_count(view.ox, document.node) >= 1
    again = adding.add(where, [adding.pasted(fields)], lambda r: None)
    assert [str(one.outcome) for one in again] == ["unchanged"]


def test_a_store_that_another_writes_to_is_named(tmp_path: Path) -> None:
    where = tmp_path / "store"
    with kg_store.Store.open(where), pytest.raises(StoreFault, match="in use"):
        adding.add(where, [], lambda r: None)


# --- rules


def test_rules_are_found_by_words_language_and_target(store: Store) -> None:
    found = rulebook.chosen("ar", "Meeting", "مباحثات")
    assert found
    assert all((rule.language, rule.target) == ("ar", "Meeting") for rule in found)
    assert rulebook.chosen("fr", "", "zzqx") == []
    assert "pattern:" in rulebook.source(found[0])


def test_where_a_rule_and_a_lexicon_line_fired(store: Store) -> None:
    counts = rulebook.firings(store)
    assert counts["ar-meeting"].facts == len(rulebook.fired(store, "ar-meeting"))
    assert counts["ar-meeting"].documents == 2
    assert rulebook.resting(store, "lexicons/countries.yaml:12")
    lines = list(rulebook.lines(store, "lexicons/countries.yaml", "المغرب"))
    assert any("المغرب" in line.text for line in lines)
    assert not any(line.text.lstrip().startswith("#") for line in lines)


def test_a_text_is_tried_and_marked() -> None:
    text = "التقى وزير الخارجية المغربي ناصر بوريطة نظيره الأمريكي أنتوني بلينكن بالرباط."
    found = rulebook.attempt(text, "", "2023-02-01")
    assert found.document.lang == "ar"
    assert [event.type.value for event in found.reading.events] == ["Meeting"]
    marks = rulebook.marks(found)
    assert {"Event", "Person"} <= {mark.kind for mark in marks}
    assert "".join(run.text for run in articles.runs(text, marks)) == text


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({}, "rules.says"),
        ({"rule": "ar-meeting-hold-talks"}, "rules.back"),
        ({"rule": "ar-meeting"}, "rules.builtin"),
        ({"tab": "lexicons", "file": "lexicons/forums.yaml"}, "rules.entry"),
        ({"tab": "try"}, "rules.try.empty"),
    ],
)
def test_rule_pages(app: AppTest, query: dict[str, str], says: str) -> None:
    assert i18n.say("fr", says) in shown(open_page(app, "rules", lang="fr", **query))


def test_unknown_rule_is_named(app: AppTest) -> None:
    open_page(app, "rules", rule="<script>")
    assert "no rule" in app.warning[0].value


# --- the work list


def test_contradictions_name_both_sources(store: Store) -> None:
    found = worklist.worklist(store, "2024-12-31")
    slots = {(data.node_key(one.event), one.slot) for one in found.contradictions}
    assert {("event/exercise-lion", "date"), ("event/s1", "date")} <= slots
    lion = next(one for one in found.contradictions if one.event.endswith("exercise-lion"))
    assert {value.value for value in lion.values} == {"2022-06-06", "2022-06-20"}
    pair = (ID + "document/ar-rabat", ID + "document/en-rabat")
    assert dict(worklist.rivals([lion])) == {pair: 1}


def test_open_announcements_and_weak_facts(store: Store) -> None:
    found = worklist.worklist(store, "2024-12-31")
    waiting = {data.node_key(one.event): one.overdue for one in found.announcements}
    assert waiting["event/exercise-lion"] is True
    assert waiting["event/e2"] is True
    assert "event/meeting-rabat" not in waiting
    assert [data.node_key(one.event) for one in found.weak] == ["event/appointment-dz"]
    assert found.counts["contradictions"] == len(found.contradictions)
    early = worklist.worklist(store, "2021-01-01")
    assert not next(one for one in early.announcements if one.event.endswith("/e2")).overdue


@pytest.mark.parametrize("part", ["contradictions", "announcements", "weak", "refused"])
@pytest.mark.parametrize("lang", ["ar", "en", "fr"])
def test_quality_pages(app: AppTest, part: str, lang: str) -> None:
    said = shown(open_page(app, "quality", part=part, lang=lang))
    assert i18n.say(lang, f"quality.{part}.help") in said
