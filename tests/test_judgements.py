"""Judgements: what they do, that they outlive everything, that undoing leaves no trace."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from exported import bytes_of
from pyoxigraph import Quad
from readings import BOURITA, CALL, GCTF, LION, MA, arabic, english, readings

from kg import ledger
from kg.clocks import read_by
from kg.corroboration import sources
from kg.errors import JudgementFault
from kg.judgements import Judgement, Subject, active, history, judge, rejected, undo
from kg.model import Label, Participation, Role
from kg.query import prepare, run
from kg.reports import Claim, Fact, Report, event_of, reports_of
from kg.store import Store, View
from kg.table import Table
from kg.terms import node, rwb
from kg.validate import conforms, validate
from kg.vocab import JUDGEMENTS, curated_graph, document_graph

AR, EN = Report("ar-001", CALL), Report("en-001", CALL)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store") as opened:
        for each in readings():
            opened.write(each)
        yield opened


def event(store: View, report: Report) -> str:
    found = event_of(store.ox, report)
    assert found is not None
    return found


def decide(store: Store, action: str, *subjects: str | Subject) -> Judgement:
    return judge(store, action, subjects, who="Amina", why="a test")


def rows(store: View, query: str) -> set[tuple[str | None, ...]]:
    found = run(store.ox, query)
    assert isinstance(found, Table)
    return set(found.values())


def test_a_rejected_report_leaves_the_merged_view_and_stays_visible_on_request(
    store: Store,
) -> None:
    of_call = event(store, AR)
    made = decide(store, "reject", Subject(of_call, document="ar-001"))
    left = {report.document for report in reports_of(store.ox, of_call)}
    assert "en-001" in left and "ar-001" not in left
    quads = store.ox.quads_for_pattern(None, None, None, node(CALL))
    assert document_graph("ar-001") not in {getattr(q.graph_name, "value", "") for q in quads}
    assert ("counter-terrorism",) not in rows(
        store, "SELECT (STRAFTER(STR(?t),'topic/') AS ?n) { ?e rwb:topic ?t }"
    )
    (kept,) = rejected(store)
    assert kept.judgement == made and kept.what == AR
    assert {triple.predicate for triple in kept.triples} >= {rwb("caller"), rwb("date")}
    assert conforms(validate(store.ox))


@pytest.mark.parametrize(
    "subject",
    [
        Subject(CALL, document="ar-001"),
        Subject(CALL, slot="date", value="2023-01-31"),
        Subject(CALL, "ar-001", "participant", BOURITA),
        Subject(MA, slot="chairs", value=GCTF),
        Subject(LION, slot="partOf", value=MA),
    ],
    ids=str,
)
def test_undoing_gives_the_former_bytes(store: Store, subject: Subject) -> None:
    before = bytes_of(store)
    if subject.node == LION:
        with pytest.raises(JudgementFault, match="no document states"):
            decide(store, "reject", subject)
        assert bytes_of(store) == before
        return
    made = decide(store, "reject", subject)
    assert bytes_of(store) != before
    undo(store, made.id, who="Badr", why="on second thoughts")
    assert bytes_of(store) == before
    assert active(store) == ()
    (past,) = history(store)
    assert past.undone is not None and past.undone.who == "Badr"


def test_a_rejected_value_goes_under_all_its_names(store: Store) -> None:
    decide(store, "reject", Subject(CALL, "ar-001", "participant", BOURITA))
    graph = node("x").__class__(document_graph("ar-001"))
    left = set(store.ox.quads_for_pattern(None, None, node(BOURITA), graph))
    assert not {quad for quad in left if quad.predicate == rwb("participant")}
    (kept,) = rejected(store)
    assert kept.what == Claim(AR, "participant", BOURITA)


def test_a_rejected_relation_goes_with_its_evidence(store: Store) -> None:
    decide(store, "reject", Subject(MA, slot="chairs", value=GCTF))
    assert not rows(store, "SELECT ?o { ?s rwb:chairs ?o }")
    assert not rows(store, "SELECT ?a { ?a rwb:rule rrule:ar-chairs }")
    assert rejected(store)[0].what == Fact("ar-001", MA, "chairs", GCTF)
    assert conforms(validate(store.ox))


def test_judgements_survive_reading_again_and_rebuilding(tmp_path: Path) -> None:
    where = tmp_path / "store"
    with Store.open(where) as store:
        for each in readings():
            store.write(each)
        plain = bytes_of(store)
        first = decide(store, "reject", Subject(CALL, slot="date", value="2023-01-31"))
        second = decide(store, "accept", Subject(CALL, "en-001", "date", "2023-01-30"))
        for each in readings():
            store.write(each)
        judged = bytes_of(store)
    shutil.rmtree(where)
    with Store.open(where) as store:
        for each in reversed(readings()):
            store.write(each)
        assert bytes_of(store) == judged
        undo(store, first.id, who="Amina")
        undo(store, second.id, who="Amina")
        assert bytes_of(store) == plain


def test_a_report_that_rules_read_otherwise_is_found_by_its_place(store: Store) -> None:
    decide(store, "reject", Subject(CALL, document="ar-001"))
    call = arabic().events[0]
    changed = replace(
        call,
        key="event/phonecall-00000000000000aa",
        participants=(*call.participants, Participation(MA, Role.PARTICIPANT)),
    )
    store.write(replace(arabic(), events=(changed, *arabic().events[1:])))
    assert event_of(store.ox, Report("ar-001", changed.key)) is None
    assert event_of(store.ox, Report("ar-001", arabic().events[1].key)) is not None


def test_accepted_values_are_preferred(store: Store) -> None:
    of_call = event(store, EN)
    assert sources(store, of_call).of("date")[0].reason.key != "accepted"
    decide(store, "accept", Subject(of_call, "ar-001", "date", "2023-01-31"))
    best = sources(store, of_call).of("date")[0]
    assert (best.value, best.preferred, best.reason.key) == ("2023-01-31", True, "accepted")


def test_merging_and_splitting(store: Store) -> None:
    before = bytes_of(store)
    of_call = event(store, EN)
    parted = decide(store, "split", Subject(of_call, document="en-001"))
    assert event(store, AR) != event(store, EN)
    with pytest.raises(JudgementFault, match=parted.id):
        decide(store, "merge", event(store, AR), event(store, EN))
    undo(store, parted.id[:5], who="Amina")
    assert bytes_of(store) == before
    other = english()
    later = replace(other.events[0], key="event/phonecall-00000000000000bb", date="2023-03-30")
    document = replace(other.document, id="en-002", published="2023-03-31")
    store.write(replace(other, document=document, events=(later,)))
    march = Report("en-002", later.key)
    assert event(store, march) != event(store, EN)
    before = bytes_of(store)
    merged = decide(store, "merge", event(store, AR), event(store, march))
    assert event(store, AR) == event(store, march) == event(store, EN)
    assert "date" in sources(store, event(store, EN)).contradictions
    with pytest.raises(JudgementFault, match=merged.id):
        decide(store, "split", Subject(event(store, EN), document="en-002"))
    undo(store, merged.id, who="Amina")
    assert bytes_of(store) == before


@pytest.mark.parametrize(
    ("action", "subjects", "reason"),
    [
        ("praise", [CALL], "no judgement"),
        ("reject", [], "nothing is named"),
        ("reject", ["event/meeting-0000000000000000"], "no document reports"),
        ("reject", [Subject(CALL, slot="date", value="1999")], "no document gives"),
        ("reject", [Subject(CALL, slot="certainty", value="held")], "needs a certainty"),
        ("merge", [CALL], "two or more"),
        ("merge", ["person/nobody", "person/none"], "neither an event nor a person"),
        ("merge", [CALL, "event/visit-77aa01bc23de45f0"], "different kinds"),
        ("split", [Subject("event/visit-77aa01bc23de45f0")], "nothing to tell apart"),
    ],
)
def test_what_can_not_be_judged_is_refused_and_changes_nothing(
    store: Store, action: str, subjects: list[str | Subject], reason: str
) -> None:
    before = bytes_of(store)
    with pytest.raises(JudgementFault, match=reason):
        judge(store, action, subjects, who="Amina", why="")
    assert bytes_of(store) == before
    assert history(store) == ()


def test_contraries_are_refused_and_repetitions_are_not_made_twice(store: Store) -> None:
    said = Subject(CALL, slot="date", value="2023-01-31")
    first = decide(store, "accept", said)
    with pytest.raises(JudgementFault, match="the contrary"):
        decide(store, "reject", said)
    assert decide(store, "accept", said) == first
    assert len(history(store)) == 1
    with pytest.raises(JudgementFault, match="no judgement that holds"):
        undo(store, "ffff", who="Amina")


def test_a_judgement_is_provenance_in_a_graph_of_its_own(store: Store) -> None:
    made = judge(store, "accept", [CALL], who="أمينة", why="سمعته", when="2024-05-06")
    query = (
        f"SELECT ?who ?why ?at {{ GRAPH <{JUDGEMENTS}> {{ <{made.iri}> a prov:Activity ;"
        " prov:wasAssociatedWith/rdfs:label ?who ; rwb:reason ?why ; prov:endedAtTime ?at } }"
    )
    assert rows(store, query) == {("أمينة", "سمعته", "2024-05-06T00:00:00Z")}


def test_a_store_that_fell_behind_its_ledger_catches_up(tmp_path: Path) -> None:
    where = tmp_path / "store"
    with Store.open(where) as store:
        store.write(english())
        before = bytes_of(store)
        judged = decide(store, "reject", Subject(CALL, slot="date", value="2023-01-30"))
        after = bytes_of(store)
        # as if the writer had been killed between the ledger and the graph
        store.follower.ledger.undone(ledger.Undoing(judged.id, "Amina", "", ledger.now()))
    with Store.open(where) as store:
        assert bytes_of(store) == before != after


def test_the_ledger_tells_when_documents_were_read(store: Store) -> None:
    assert [read.document for read in ledger.readings(store.path)] == [
        reading.document.id for reading in readings()
    ]
    store.write(arabic())
    assert len(ledger.readings(store.path, "ar-001")) == 1
    store.write(replace(arabic(), topics=()))
    assert [read.outcome for read in ledger.readings(store.path, "ar-001")] == ["added", "replaced"]
    store.remove("ar-001")
    assert "ar-001" not in ledger.read_by(store.path, "9999")
    assert ledger.read_by(store.path, "2000-01-01") == {}


def test_labels_of_judges_are_inert(store: Store) -> None:
    made = judge(store, "accept", [CALL], who='a "b" <c> \n d', why="{ } ; .")
    assert any(
        isinstance(quad, Quad) for quad in store.ox.quads_for_pattern(None, None, None, None)
    )
    assert undo(store, made.id, who=Label("x", "en").text).id == made.id


def test_what_was_read_by_a_day_is_all_that_a_query_sees(store: Store) -> None:
    today, holders = ledger.now()[:10], curated_graph("holders")
    graph = document_graph("ar-001")
    assert graph in read_by(store, today).graphs
    assert read_by(store, "2001-01-01").graphs == (holders,)
    store.write(replace(arabic(), topics=()))
    with sqlite3.connect(ledger.path(store.path)) as base:  # the first reading was long ago
        base.execute("UPDATE reading SET at = '2001-02-03T04:05:06Z' WHERE number = 1")
        base.execute("UPDATE reading SET at = '2001-02-03T04:05:06Z' WHERE document = 'en-001'")
    base.close()
    known = read_by(store, "2001-02-03")
    assert known.graphs == (holders, document_graph("en-001"))
    assert known.superseded == ("ar-001",)
    query = replace(prepare("SELECT DISTINCT ?d { ?d a rwb:Document }"), graphs=known.graphs)
    result = run(store.ox, query)
    assert isinstance(result, Table)
    assert [row[0] for row in result.values()] == [node("document/en-001").value]
