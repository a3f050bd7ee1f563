"""The lexicons' facts in a store: countries, bodies, places, officials with their terms."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest import curation
from kg.store import Store
from kg.vocab import PREFIXES

HEAD = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("curated") / "store") as opened:
        curation.load_into(opened)
        yield opened


def holds(store: Store, pattern: str) -> bool:
    return bool(store.ox.query(f"{HEAD} ASK {{ GRAPH ?g {{ {pattern} }} }}"))


@pytest.mark.parametrize(
    "pattern",
    [
        '<https://w3id.org/rawabit/id/country/MA> rwb:iso2 "MA" ; skos:prefLabel "Morocco"@en',
        "?place a rwb:Place ; rwb:country <https://w3id.org/rawabit/id/country/MA>",
        "?body a rwb:Forum ; skos:prefLabel ?name",
        "?tenure a rwb:Tenure ; rwb:holder ?person ; rwb:office ?office ; rwb:start ?day",
    ],
)
def test_curated_graphs_hold_the_lexicons_facts(store: Store, pattern: str) -> None:
    assert holds(store, pattern)


def test_nothing_is_in_the_default_graph(store: Store) -> None:
    assert not store.ox.query("ASK { ?s ?p ?o }")


def test_an_official_has_a_dated_term(store: Store) -> None:
    rows = list(
        store.ox.query(
            HEAD + "SELECT ?start WHERE { GRAPH ?g { ?t rwb:holder ?p ; rwb:start ?start . "
            '?p skos:prefLabel "Nasser Bourita"@en } }'
        )
    )
    assert any(str(row["start"].value).startswith("2017-04") for row in rows)


def test_loading_again_changes_nothing(store: Store) -> None:
    before = len(store.ox)
    curation.load_into(store)
    assert len(store.ox) == before
