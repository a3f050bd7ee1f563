"""Accept, reject, merge and undo from the details of a node, and a query that is stopped."""

from __future__ import annotations

import time
from pathlib import Path

import explorer_sample as sample
import pytest
from streamlit.testing.v1 import AppTest

from app import serve
from app.explorer import data, deciding
from kg import judgements
from kg.errors import JudgementFault, QueryFault
from kg.query import prepare
from kg.sandbox import Running
from kg.store import View
from kg.vocab import ID

MAIN = Path(serve.__file__).parent / "explorer" / "main.py"
MEETING = "event/meeting-rabat"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of its own for each test: judgements change it."""
    where = tmp_path / "store"
    sample.fill(where)
    return where


def opened(path: Path, monkeypatch: pytest.MonkeyPatch, node: str) -> AppTest:
    monkeypatch.setenv("RAWABIT_STORE", str(path))
    page = AppTest.from_file(str(MAIN), default_timeout=60)
    query = {"page": "explore", "lang": "en", "node": sample.MA, "sel": node}
    for key, value in query.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception
    return page


@pytest.fixture
def page(path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    return opened(path, monkeypatch, MEETING)


def sign(page: AppTest, action: str, who: str = "Amina") -> None:
    page.text_input(key=f"explore_who_{action}").input(who)
    page.text_input(key=f"explore_why_{action}").input("seen in the text")


def body(page: AppTest) -> str:
    return "\n".join(one.proto.body for one in page.get("html"))


def active(path: Path) -> tuple[judgements.Judgement, ...]:
    with View.open(path) as opened:
        return judgements.active(opened)


def test_an_event_is_rejected_and_taken_back(page: AppTest, path: Path) -> None:
    sign(page, "verdict")
    page.button(key="explore_reject").click().run()
    assert not page.exception
    [judgement] = active(path)
    assert (judgement.action, judgement.who) == ("reject", "Amina")
    assert judgement.why == "seen in the text"
    assert "keeps this event out" in page.warning[0].value
    page.button(key=f"explore_undo_{judgement.id}").click().run()
    assert not page.exception
    assert active(path) == ()
    assert "Antony Blinken" in body(page)
    assert "taken back" in body(page)


def test_a_value_is_accepted(page: AppTest, path: Path) -> None:
    choice = page.selectbox(key=f"explore_aim_{ID}{MEETING}")
    date = next(label for label in choice.options if label.startswith("Date"))
    choice.select_index(choice.options.index(date))
    sign(page, "verdict")
    page.button(key="explore_accept").click().run()
    [judgement] = active(path)
    assert judgement.claims[0].slot == "date"
    assert "accepted" in body(page)


def test_a_relation_is_rejected_and_taken_back(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(path, monkeypatch, sample.GCTF)
    choice = page.selectbox(key=f"explore_aim_{ID}{sample.GCTF}")
    assert choice.options[0].startswith("Morocco – Co-chairs – ")
    stated = body(page).count("Co-chairs")
    sign(page, "verdict")
    page.button(key="explore_reject").click().run()
    [judgement] = active(path)
    assert [(one.node, one.slot) for one in judgement.subjects] == [(sample.MA, "coChairs")]
    with View.open(path) as view:
        assert deciding.relations(view.ox, ID + sample.GCTF) == []
    page.button(key=f"explore_undo_{judgement.id}").click().run()
    assert active(path) == ()
    assert body(page).count("Co-chairs") >= stated


def test_a_judgement_needs_a_name(page: AppTest, path: Path) -> None:
    page.button(key="explore_reject").click().run()
    assert "Write your name" in page.error[0].value
    assert active(path) == ()


def alike(path: Path) -> tuple[data.Event, data.Event]:
    """An event of the samples, and the first that it could be merged with."""
    with View.open(path) as opened:
        for record in data.events(opened.ox, data.instances(opened.ox, "Event")):
            found = deciding.mergeable(opened.ox, record)
            if found:
                return record, found[0]
    raise AssertionError("no two events are alike")


def test_events_that_could_be_the_same_are_of_one_type_and_share_a_party(path: Path) -> None:
    one, other = alike(path)
    assert one.type == other.type and one.node != other.node
    assert {p.node for p in one.parties} & {p.node for p in other.parties}


def test_two_events_are_merged_and_parted_again(path: Path) -> None:
    one, other = alike(path)
    pair = [deciding.subject(event.node, deciding.Aim()) for event in (one, other)]
    made = deciding.decide(path, "merge", pair, "Amina", "one occasion")
    with View.open(path) as opened:
        merged = data.event(opened.ox, deciding.now_called(opened.ox, made) or "")
        assert merged and set(merged.documents) >= {*one.documents, *other.documents}
        assert None in (data.event(opened.ox, event.node) for event in (one, other))
    deciding.take_back(path, made.id, "Amina")
    with View.open(path) as opened:
        assert data.event(opened.ox, one.node) == one
        assert data.event(opened.ox, other.node) == other


def test_what_cannot_be_judged_is_told(path: Path) -> None:
    with pytest.raises(JudgementFault):
        deciding.decide(path, "reject", [judgements.Subject("event/none")], "Amina", "")


# --- queries that are stopped

HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_a_running_query_is_stopped_at_once(path: Path) -> None:
    running = Running(path, prepare(HEAVY), 60)
    assert not running.done
    began = time.monotonic()
    running.stop()
    with pytest.raises(QueryFault, match="stopped"):
        running.result()
    assert time.monotonic() - began < 5
    assert running.done


def test_a_query_that_has_ended_is_not_stopped(path: Path) -> None:
    running = Running(path, prepare("ASK { ?s ?p ?o }"), 60)
    assert running.result() is True
    running.stop()
    assert running.result() is True
