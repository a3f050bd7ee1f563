"""Curated knowledge as triples: states, bodies, places, officials, unnamed holders, the vocabulary.

The lexicons give the facts; the store puts each group into a graph of its own
(`rgraph:curated/<name>`). Names: the first of a language is `skos:prefLabel`, the others
`skos:altLabel`. All functions are generators, so that a store that has them need not run them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

import ontology
from kg.model import EntityKind, Label, Office
from kg.quads import country_triples, office_triples
from kg.terms import RDF_TYPE, country_key, date_literal, iri, node, rwb, term
from kg.vocab import OFFICE_KIND, WIKIDATA, curated_graph, digest

COUNTRIES, BODIES, PLACES = "countries", "bodies", "places"
OFFICIALS, HOLDERS, ONTOLOGY = "officials", "holders", "ontology"
VOCABULARY = ("rawabit", "topics", "offices", "alignments")

_HOLDER = re.compile(r"holder/(?P<kind>[a-z-]+?)(-(?P<country>[A-Z]{2,4})(-.+)?)?")
_LANGUAGES = ("en", "ar", "fr")


@dataclass(frozen=True, slots=True)
class CuratedCountry:
    """A state: ISO 3166-1 alpha-2 code, names, Wikidata id (`Q…`) where certain."""

    iso2: str
    names: tuple[Label, ...]
    wikidata: str | None = None
    source: str | None = None  # where the Wikidata id is from


@dataclass(frozen=True, slots=True)
class CuratedBody:
    """A body, forum, series, agreement, dialogue or armed group, by key (`organization/un`)."""

    key: str
    kind: EntityKind
    names: tuple[Label, ...]
    iso2: str | None = None
    wikidata: str | None = None
    country: str | None = None  # key of the state it belongs to
    part_of: tuple[str, ...] = ()  # keys
    members: tuple[str, ...] = ()  # keys
    source: str | None = None  # where the Wikidata id is from


@dataclass(frozen=True, slots=True)
class CuratedPlace:
    """A town or region, by key (`place/rabat`), with the key of the state it lies in."""

    key: str
    names: tuple[Label, ...]
    country: str | None = None
    wikidata: str | None = None
    source: str | None = None  # where the Wikidata id is from


@dataclass(frozen=True, slots=True)
class CuratedTenure:
    """A term of office: ISO dates of any precision, None where not known; the end is exclusive."""

    office: Office
    start: str | None = None
    end: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class CuratedOfficial:
    """A known official, by key (`person/Q…`), with the terms of office."""

    key: str
    names: tuple[Label, ...]
    tenures: tuple[CuratedTenure, ...] = ()
    wikidata: str | None = None
    source: str | None = None  # where the Wikidata id is from


def country_facts(countries: Iterable[CuratedCountry]) -> Iterator[Triple]:
    """States: class, code, names, Wikidata."""
    for country in countries:
        key = f"country/{country.iso2}"
        yield from country_triples(key)
        yield from _known(key, country.names, country.wikidata, country.source)


def body_facts(bodies: Iterable[CuratedBody]) -> Iterator[Triple]:
    """Bodies and all else with a proper name: class, code, names, what they belong to."""
    for body in bodies:
        subject = node(body.key)
        yield Triple(subject, RDF_TYPE, rwb(body.kind.value))
        yield from _known(body.key, body.names, body.wikidata, body.source)
        if body.iso2:
            yield Triple(subject, rwb("iso2"), Literal(body.iso2))
        if body.country:
            yield Triple(subject, rwb("country"), node(body.country))
        for whole in body.part_of:
            yield Triple(subject, rwb("partOf"), node(whole))
        for member in body.members:
            yield Triple(node(member), rwb("memberOf"), subject)


def place_facts(places: Iterable[CuratedPlace]) -> Iterator[Triple]:
    """Places: class, names, state."""
    for place in places:
        yield Triple(node(place.key), RDF_TYPE, rwb(EntityKind.PLACE.value))
        yield from _known(place.key, place.names, place.wikidata, place.source)
        if place.country:
            yield Triple(node(place.key), rwb("country"), node(place.country))


def official_facts(officials: Iterable[CuratedOfficial]) -> Iterator[Triple]:
    """Officials: names, offices held at any time, and a dated `rwb:Tenure` for every term."""
    for official in officials:
        yield Triple(node(official.key), RDF_TYPE, rwb(EntityKind.PERSON.value))
        yield from _known(official.key, official.names, official.wikidata, official.source)
        for tenure in official.tenures:
            yield from _tenure(official.key, tenure)


def _tenure(holder: str, tenure: CuratedTenure) -> Iterator[Triple]:
    office = node(tenure.office.key)
    name = digest(holder, tenure.office.key, tenure.start or "", tenure.end or "")
    subject = node(f"tenure/{name}")
    yield from office_triples(tenure.office)
    yield Triple(node(holder), rwb("holdsOffice"), office)
    yield Triple(node(holder), rwb("tenure"), subject)
    yield Triple(subject, RDF_TYPE, rwb("Tenure"))
    yield Triple(subject, rwb("holder"), node(holder))
    yield Triple(subject, rwb("office"), office)
    if tenure.start:
        yield Triple(subject, rwb("start"), date_literal(tenure.start))
    if tenure.end:
        yield Triple(subject, rwb("end"), date_literal(tenure.end))
    if tenure.source:
        yield Triple(subject, term("dcterms:source"), Literal(tenure.source))


def same_as(key: str, wikidata: str, source: str | None) -> Iterator[Triple]:
    """That a node is an item of Wikidata (`Q…`), and where that is from."""
    yield Triple(node(key), term("owl:sameAs"), iri(WIKIDATA + wikidata))
    if source:
        yield Triple(node(key), term("dcterms:source"), Literal(source))


def _known(
    key: str, names: Iterable[Label], wikidata: str | None, source: str | None
) -> Iterator[Triple]:
    seen: set[str] = set()
    for name in dict.fromkeys(names):
        kind = "skos:altLabel" if name.lang in seen else "skos:prefLabel"
        seen.add(name.lang)
        yield Triple(node(key), term(kind), Literal(name.text, language=name.lang))
    if wikidata:
        yield from same_as(key, wikidata, source)


def holder_facts(
    keys: Iterable[str], names: Callable[[str], Mapping[str, str]]
) -> Iterator[Triple]:
    """The unnamed holders of offices (`holder/foreign-minister-FR`), each with its office.

    `names` gives the names, by language, of a state or body from its key; its key's last part
    stands where it has none.
    """
    for key in sorted(keys):
        yield from _holder(key, names)


def _holder(key: str, names: Callable[[str], Mapping[str, str]]) -> Iterator[Triple]:
    found = _HOLDER.fullmatch(key)
    kind, code = (found["kind"], found["country"]) if found else ("other", None)
    state = country_key(code) if code else None
    titles = _titles(kind, names(state) if state else {}, code)
    office = Office("office/" + key.removeprefix("holder/"), kind, code, titles)
    yield Triple(node(key), RDF_TYPE, rwb(EntityKind.PERSON.value))
    for title in titles:
        name = Literal(title.text, language=title.lang)
        yield Triple(node(key), term("skos:prefLabel"), name)
    yield Triple(node(key), rwb("holdsOffice"), node(office.key))
    yield from office_triples(office)
    if state:
        yield from country_triples(state)


def _titles(kind: str, state: Mapping[str, str], code: str | None) -> tuple[Label, ...]:
    """`foreign minister (France)` in each language."""
    kinds = office_kind_names().get(kind, {})
    titles = []
    for lang in _LANGUAGES:
        owner = state.get(lang, code)
        name = kinds.get(lang, kind)
        titles.append(Label(f"{name} ({owner})" if owner else name, lang))
    return tuple(titles)


@cache
def office_kind_names() -> dict[str, dict[str, str]]:
    """Names of the office kinds by code and language, from `ontology/offices.ttl`."""
    found: dict[str, dict[str, str]] = {}
    for quad in _vocabulary_part("offices"):
        is_kind = isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(OFFICE_KIND)
        if is_kind and quad.predicate == term("skos:prefLabel"):
            assert isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
            code = quad.subject.value.removeprefix(OFFICE_KIND)
            found.setdefault(code, {})[quad.object.language or ""] = quad.object.value
    return found


def vocabulary_facts() -> Iterator[Triple]:
    """The ontology, its SKOS schemes and alignments; blank nodes get IRIs that stay the same."""
    dataset = Dataset(quad for name in VOCABULARY for quad in _vocabulary_part(name))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    for quad in sorted(dataset, key=str):
        subject, target = _skolem(quad.subject), _skolem(quad.object)
        assert not isinstance(subject, Literal)
        yield Triple(subject, quad.predicate, target)


def _vocabulary_part(name: str) -> Iterable[Quad]:
    return parse(ontology.text(name), RdfFormat.TURTLE)


def _skolem(value: NamedNode | BlankNode | Literal | Triple) -> NamedNode | Literal:
    if isinstance(value, BlankNode):
        return iri(f"{curated_graph(ONTOLOGY)}#{value.value}")
    assert isinstance(value, NamedNode | Literal)
    return value
