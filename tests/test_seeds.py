"""The five real articles, where they are at hand: all read, all well formed, scored."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ingest import curation
from ingest.batch import Report, ingest
from ingest.documents import read_all
from kg.evaluate import evaluate
from kg.export import export
from kg.store import Store
from kg.validate import VIOLATION, validate

SHARED = Path(__file__).parents[2] / "shared"
GOLD = SHARED / "gold" / "seeds.jsonl"
FLOORS = {
    "events": 0.85,
    "events+statements": 0.80,
    "offices": 0.90,
    "things": 0.80,
    "relations": 0.70,
    "topics": 0.60,
}

pytestmark = pytest.mark.skipif(
    not GOLD.is_file(), reason="../shared with the real articles is not here"
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seeds") / "seeds.jsonl"
    made = subprocess.run(
        [sys.executable, SHARED / "gold" / "corpus.py"], check=True, capture_output=True
    )
    path.write_bytes(made.stdout)
    return path


@pytest.fixture(scope="module")
def store(corpus: Path) -> Store:
    store = Store.open(corpus.parent / "store")
    curation.load_into(store)
    report = Report.of(ingest(store, read_all([corpus])))
    assert (report.added, report.inputs) == (5, 5)
    return store


@pytest.mark.parametrize("measure", FLOORS)
def test_the_score_is_above_its_floor(store: Store, measure: str) -> None:
    assert evaluate(store.ox, GOLD).below({measure: FLOORS[measure]}) == ()


def test_every_event_is_explained_by_words_of_its_text(store: Store) -> None:
    report = evaluate(store.ox, GOLD)
    assert (report.unexplained, report.misquoted, report.absent) == (0, 0, ())
    assert report.quotes > 0


def test_no_date_is_invented(store: Store) -> None:
    assert dict(evaluate(store.ox, GOLD).slots)["date invented"][0] == 0


def test_the_graph_is_well_formed(store: Store) -> None:
    faults = [one for one in validate(store.ox) if one.severity == VIOLATION]
    assert faults == []


def test_the_same_articles_again_change_nothing(store: Store, corpus: Path) -> None:
    report = Report.of(ingest(store, read_all([corpus])))
    assert (report.unchanged, report.inputs) == (5, 5)


def test_two_graphs_of_the_same_articles_are_the_same_bytes(
    store: Store, corpus: Path, tmp_path: Path
) -> None:
    lines = corpus.read_text(encoding="utf-8").splitlines()
    backwards = tmp_path / "backwards.jsonl"
    backwards.write_text("\n".join(reversed(lines)), encoding="utf-8")
    other = Store.open(tmp_path / "store")
    curation.load_into(other)
    assert Report.of(ingest(other, read_all([backwards]))).added == 5
    export(store, tmp_path / "one.trig")
    export(other, tmp_path / "two.trig")
    assert (tmp_path / "one.trig").read_bytes() == (tmp_path / "two.trig").read_bytes()


def test_the_articles_are_not_copied_into_the_project() -> None:
    sentences = {
        line.strip()
        for path in (SHARED / "seeds").glob("*.txt")
        for line in path.read_text(encoding="utf-8").splitlines()
        if len(line.strip()) > 60
    }
    root = Path(__file__).parents[1]
    for path in (*(root / "ingest").rglob("*.yaml"), *(root / "ingest").rglob("*.jsonl")):
        text = path.read_text(encoding="utf-8")
        text = text if path.suffix == ".yaml" else json.dumps(text, ensure_ascii=False)
        assert not [one for one in sentences if one in text], path
