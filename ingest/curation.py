"""The lexicons' facts as curated graphs: countries, bodies, places, officials with their terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from pyoxigraph import Triple

from ingest import cache, knowledge
from ingest.claims.people import state_key
from ingest.knowledge import Knowledge, Names, Official, Record, Tenure
from kg import curated
from kg.curated import CuratedBody, CuratedCountry, CuratedOfficial, CuratedPlace, CuratedTenure
from kg.model import EntityKind, Label, Office
from kg.store import Store
from kg.vocab import slug


def _labels(names: Names) -> tuple[Label, ...]:
    return tuple(Label(name, lang) for lang, forms in sorted(names.items()) for name in forms)


def _countries(records: Iterable[Record]) -> Iterator[CuratedCountry]:
    for record in records:
        if record.kind is EntityKind.COUNTRY and record.iso2:
            names = _labels(record.names)
            yield CuratedCountry(record.iso2, names, record.wikidata, record.source)


def _bodies(records: Iterable[Record]) -> Iterator[CuratedBody]:
    for record in records:
        if record.kind not in (EntityKind.COUNTRY, EntityKind.PLACE):
            yield CuratedBody(
                record.key,
                record.kind,
                _labels(record.names),
                record.iso2,
                record.wikidata,
                record.country,
                source=record.source,
            )


def _places(records: Iterable[Record]) -> Iterator[CuratedPlace]:
    for record in records:
        if record.kind is EntityKind.PLACE:
            yield CuratedPlace(
                *(record.key, _labels(record.names), record.country, record.wikidata),
                source=record.source,
            )


def _tenure(tenure: Tenure) -> CuratedTenure:
    country = state_key(tenure.country, tenure.kind)
    key = f"office/{tenure.kind}" + (f"-{tenure.country}" if tenure.country else "")
    if tenure.kind not in knowledge.SINGLE_OFFICES:
        key += f"-{slug(tenure.position)[:60]}" if tenure.position else ""
    labels = (Label(tenure.position, "en"),) if tenure.position else ()
    return CuratedTenure(
        Office(key, tenure.kind, country, labels), tenure.start, tenure.end, tenure.source
    )


def _officials(officials: Iterable[Official]) -> Iterator[CuratedOfficial]:
    for official in officials:
        yield CuratedOfficial(
            official.key,
            _labels(official.names),
            tuple(_tenure(tenure) for tenure in official.tenures),
            official.wikidata,
            official.source,
        )


def _office_ids() -> Iterator[Triple]:
    """The offices whose items in Wikidata are certain."""
    for office, source in knowledge.office_ids():
        yield from curated.same_as(office["office"], office["wikidata"], source)


def load_into(store: Store) -> None:
    """Bring the curated graphs of a store to the state of the lexicon files, if they differ."""
    known: Knowledge = cache.known()
    version = knowledge.fingerprint()
    records = known.records.values()
    store.load_curated(curated.ONTOLOGY, curated.vocabulary_facts(), version)
    store.load_curated(curated.COUNTRIES, curated.country_facts(_countries(records)), version)
    store.load_curated(curated.BODIES, curated.body_facts(_bodies(records)), version)
    store.load_curated(curated.PLACES, curated.place_facts(_places(records)), version)
    officials = curated.official_facts(_officials(known.officials.values()))
    store.load_curated(curated.OFFICIALS, chain(officials, _office_ids()), version)
