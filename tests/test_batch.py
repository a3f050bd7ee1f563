"""Batches: one result an input, in order, whatever single documents trip over."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import batch
from ingest.batch import Report, Result, ingest
from ingest.documents import Accepted, Fate, Input, Refused
from kg.errors import DataFaults, Fault, RawabitError
from kg.model import Document, Reading
from kg.store import Outcome, Store

TEXT = "استقبل وزير الخارجية المغربي ناصر بوريطة نظيره الإسباني خوسيه مانويل ألباريس."


def accepted(name: str, text: str = TEXT) -> Accepted:
    return Accepted(Document(name, text, "ar", "2023-02-01"), "x.jsonl", 1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "store")


def outcomes(store: Store, inputs: list[Input], jobs: int = 1) -> list[str]:
    return [str(result.outcome) for result in ingest(store, inputs, jobs)]


def test_the_same_changes_nothing_and_a_change_supersedes(store: Store) -> None:
    assert outcomes(store, [accepted("a"), accepted("b")]) == ["added", "added"]
    assert outcomes(store, [accepted("a"), accepted("b", TEXT * 2)]) == ["unchanged", "replaced"]
    assert list(store.documents()) == ["a", "b"]


def test_refusals_keep_their_place_among_the_results(store: Store) -> None:
    refused = Refused("x.jsonl", 2, Fate.QUARANTINED, "not JSON")
    first, second, third = ingest(store, [accepted("a"), refused, accepted("b")])
    assert second == Result("x.jsonl", 2, None, Fate.QUARANTINED, "not JSON")
    assert (first.document, third.document) == ("a", "b")


def test_counts_add_up(store: Store) -> None:
    inputs: list[Input] = [
        accepted("a"),
        accepted("a"),
        accepted("a", TEXT * 2),
        Refused("x", 0, Fate.SKIPPED, "empty"),
        Refused("x", 0, Fate.QUARANTINED, "bad"),
    ]
    report = Report.of(ingest(store, inputs))
    assert report == Report(added=1, unchanged=1, replaced=1, skipped=1, quarantined=1)
    assert (report.inputs, report.documents) == (5, 3)
    assert str(report).startswith("5 inputs: 1 added, 1 unchanged, 1 replaced, 1 skipped, 1 quar")


def test_a_document_that_can_not_be_read_is_the_only_one_lost(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(document: Document) -> Reading:
        if document.id == "bad":
            raise RecursionError("too deep")
        return Reading(document)

    monkeypatch.setattr(batch, "read", read)
    results = list(ingest(store, [accepted("a"), accepted("bad"), accepted("c")]))
    assert [result.outcome for result in results] == [
        Outcome.ADDED,
        Fate.QUARANTINED,
        Outcome.ADDED,
    ]
    assert results[1].reason == "reading failed: RecursionError: too deep"


def test_faults_of_rules_stop_the_batch(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(document: Document) -> Reading:
        raise DataFaults([Fault("rules/x.yaml", 3, "no such list")])

    monkeypatch.setattr(batch, "read", read)
    with pytest.raises(DataFaults, match="no such list"):
        list(ingest(store, [accepted("a")]))
    with pytest.raises(RawabitError, match=r"rules/x.yaml:3"):
        batch._read_batch([accepted("a").document])


def test_several_processes_give_the_same_in_the_same_order(tmp_path: Path) -> None:
    inputs: list[Input] = [accepted(str(n), f"{TEXT} {n}") for n in range(50)]
    inputs.insert(7, Refused("x", 7, Fate.SKIPPED, "empty"))
    one, two = Store.open(tmp_path / "one"), Store.open(tmp_path / "two")
    assert list(ingest(one, inputs)) == list(ingest(two, inputs, jobs=2))
    assert set(one.ox) == set(two.ox)
