"""Counts of a known graph."""

from __future__ import annotations

import pyoxigraph as ox
from graph_sample import sample

from kg.stats import stats


def test_counts_of_the_sample() -> None:
    store = sample()
    found = stats(store)
    assert found.quads == len(list(store))
    assert found.documents == 5
    assert found.languages == (("ar", 2), ("en", 2), ("fr", 1))
    assert found.sources == (("Test Agency", 2), ("Agence d'essai", 1), ("وكالة تجريبية", 1))
    assert found.events == 10
    assert found.types == (
        ("Meeting", 2),
        ("AgreementChange", 1),
        ("Appointment", 1),
        ("Exercise", 1),
        ("MissionChange", 1),
        ("PhoneCall", 1),  # told by three documents
        ("Signing", 1),
        ("Statement", 1),
        ("Visit", 1),
    )
    assert found.certainties == (("held", 7), ("planned", 2), ("cancelled", 1))
    assert dict(found.entities) == {
        "Agreement": 1,
        "Country": 4,
        "ExerciseSeries": 1,
        "Forum": 1,
        "Person": 5,
        "Place": 1,
    }
    assert found.relations == (("chairs", 1), ("hosts", 1), ("memberOf", 1))
    assert dict(found.rules)["ar-title"] == 1
    assert sum(dict(found.rules).values()) == _annotations(store)


def _annotations(store: ox.Store) -> int:
    body = ox.NamedNode("http://www.w3.org/ns/oa#hasBody")
    return len(list(store.quads_for_pattern(None, body, None, None)))


def test_an_empty_store() -> None:
    found = stats(ox.Store())
    assert (found.quads, found.documents, found.events) == (0, 0, 0)
    assert all(not counts for title, counts in found.sections() if title != "graph")


def test_sections_name_every_count() -> None:
    found = stats(sample())
    titles = dict(found.sections())
    assert titles["graph"] == (("documents", 5), ("events", 10), ("quads", found.quads))
    assert titles["events by type"] == found.types
    assert len(titles) == 8
