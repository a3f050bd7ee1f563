"""Shapes and checks: a good graph passes, and each kind of fault is found where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import pyoxigraph as ox
import pytest
import readings
from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.collection import Collection as RdfList

import ontology
from kg import alike, consistency
from kg.alike import Neighbourhood
from kg.curated import CuratedOfficial, CuratedTenure, official_facts
from kg.model import Label, Office
from kg.quads import in_graph, quads
from kg.validate import VIOLATION, WARNING, Violation, conforms, validate
from kg.vocab import GRAPH, ID, PREFIXES, RWB, curated_graph

DOCUMENT = GRAPH + "document/d1"
HEAD = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in PREFIXES.items())
# The words: "أجرى بلينكن اتصالا ببوريطة" and praise; offsets are checked against them.
TEXT = "أجرى بلينكن اتصالا ببوريطة وأشاد بالمغرب"
BODY = f"""
GRAPH <{DOCUMENT}> {{
  <{ID}document/d1> a rwb:Document ; dcterms:identifier "d1" ; dcterms:language "ar" ;
    dcterms:issued "2023-02-01"^^xsd:date ; rwb:text "{TEXT}"@ar ;
    rwb:contentHash "{"0" * 64}" ; rwb:mentions <{ID}person/b>, <{ID}country/MA> .
  <{ID}person/b> a rwb:Person ; rdfs:label "بلينكن"@ar ; rwb:holdsOffice <{ID}office/fm-US> .
  <{ID}person/r> a rwb:Person ; rdfs:label "بوريطة"@ar .
  <{ID}office/fm-US> a rwb:Office ; rwb:officeKind rkind:foreign-minister ;
    rwb:country <{ID}country/US> .
  <{ID}country/US> a rwb:Country ; rwb:iso2 "US" .
  <{ID}country/MA> a rwb:Country ; rdfs:label "المغرب"@ar ; rwb:iso2 "MA" .
  <{ID}event/e1> a rwb:PhoneCall, rwb:Event ; rwb:caller <{ID}person/b> ;
    rwb:participant <{ID}person/b>, <{ID}person/r> ; rwb:date "2023-01-31"^^xsd:date ;
    rwb:certainty rwb:held ; rwb:topic rtopic:regional-stability .
  <{ID}event/e2> a rwb:Statement, rwb:Event ; rwb:speaker <{ID}person/b> ;
    rwb:participant <{ID}person/b>, <{ID}country/MA> ;
    rwb:certainty rwb:held ; rwb:stance rwb:praise .
  <{DOCUMENT}#a1> a oa:Annotation ; oa:hasBody <{ID}event/e1> ; oa:hasTarget <{DOCUMENT}#a1t> ;
    oa:motivatedBy oa:describing ; rwb:rule rrule:ar-call ; rwb:confidence 0.9 ;
    rwb:lexiconEntry "lexicons/countries.yaml:88" .
  <{DOCUMENT}#a1t> a oa:SpecificResource ; oa:hasSource <{ID}document/d1> ;
    oa:hasSelector <{DOCUMENT}#a1s> .
  <{DOCUMENT}#a1s> a oa:TextPositionSelector, oa:TextQuoteSelector ;
    oa:exact "{TEXT[5:18]}" ; oa:start 5 ; oa:end 18 .
  <{DOCUMENT}#a2> a oa:Annotation ; oa:hasBody <{ID}event/e2> ; oa:hasTarget <{DOCUMENT}#a2t> ;
    oa:motivatedBy oa:describing ; rwb:rule rrule:ar-praise .
  <{DOCUMENT}#a2t> a oa:SpecificResource ; oa:hasSource <{ID}document/d1> ;
    oa:hasSelector <{DOCUMENT}#a2s> .
  <{DOCUMENT}#a2s> a oa:TextPositionSelector, oa:TextQuoteSelector ;
    oa:exact "{TEXT[27:]}" ; oa:start 27 ; oa:end {len(TEXT)} .
  <{DOCUMENT}#r1> a rdf:Statement ; rdf:subject <{ID}person/b> ; rdf:predicate rwb:holdsOffice ;
    rdf:object <{ID}office/fm-US> .
  <{DOCUMENT}#a3> a oa:Annotation ; oa:hasBody <{DOCUMENT}#r1> ; oa:hasTarget <{DOCUMENT}#a1t> ;
    oa:motivatedBy oa:describing ; rwb:rule rrule:title .
  <{DOCUMENT}#i1> a rwb:Inference ; rwb:ofEvent <{ID}event/e1> ; rwb:slot rwb:date ;
    rwb:inferredValue "2023-01-31"^^xsd:date ; rwb:basis "أمس → 2023-01-31" .
}}
"""
GOOD = HEAD + BODY


def changed(old: str, new: str) -> str:
    """The good graph with one place changed, which must be there."""
    assert BODY.count(old) >= 1, old
    return HEAD + BODY.replace(old, new, 1)


def added(lines: str) -> str:
    """The good graph with more statements in the document's graph."""
    return f"{HEAD}{BODY.rstrip().removesuffix('}')}\n{lines}\n}}"


@cache
def faults(trig: str) -> tuple[Violation, ...]:
    """The violations and warnings of a text, found once for all tests that ask."""
    return tuple(validate(trig))


def found(trig: str) -> set[tuple[str, str]]:
    """(focus, path), both as short names, of every violation or warning."""
    return {(short(v.focus), short(v.path or "")) for v in faults(trig)}


def short(iri: str) -> str:
    for base in (DOCUMENT, ID, RWB, *PREFIXES.values()):
        iri = iri.replace(base, "")
    return iri


def test_a_good_graph_has_no_fault() -> None:
    assert validate(GOOD) == []


BAD = [
    # document
    ('dcterms:identifier "d1" ; ', "", ("document/d1", "identifier")),
    ('dcterms:language "ar"', 'dcterms:language "de"', ("document/d1", "language")),
    ('"2023-02-01"^^xsd:date', '"2023-02"^^xsd:gYearMonth', ("document/d1", "issued")),
    ("0" * 64, "xyz", ("document/d1", "contentHash")),
    (f'rwb:text "{TEXT}"@ar ;', "", ("document/d1", "text")),
    (f", <{ID}country/MA> .", f", <{ID}event/e1> .", ("document/d1", "mentions")),
    # event
    (
        "rwb:certainty rwb:held ; rwb:topic",
        "rwb:certainty rwb:held, rwb:planned ; rwb:topic",
        ("event/e1", "certainty"),
    ),
    ("rwb:certainty rwb:held ; rwb:topic", "rwb:topic", ("event/e1", "certainty")),
    (
        "rwb:certainty rwb:held ; rwb:topic",
        "rwb:certainty rwb:praise ; rwb:topic",
        ("event/e1", "certainty"),
    ),
    (
        'rwb:date "2023-01-31"^^xsd:date',
        'rwb:date "2023-01-31"^^xsd:date, "2023"^^xsd:gYear',
        ("event/e1", "date"),
    ),
    ('rwb:date "2023-01-31"^^xsd:date', 'rwb:date "2023-01-31"', ("event/e1", "date")),
    (
        'rwb:date "2023-01-31"^^xsd:date',
        'rwb:date "2023-01-31T10:00:00"^^xsd:dateTime',
        ("event/e1", "date"),
    ),
    ("rtopic:regional-stability", "rtopic:gardening", ("event/e1", "topic")),
    ("rtopic:regional-stability", "rkind:minister", ("event/e1", "topic")),
    ("rwb:PhoneCall, rwb:Event", "rwb:PhoneCall, rwb:Visit, rwb:Event", ("event/e1", "type")),
    ("rwb:PhoneCall, rwb:Event", "rwb:PhoneCall", ("event/e1", "type")),
    ("rwb:PhoneCall, rwb:Event", "rwb:Meeting, rwb:Event", ("event/e1", "")),  # it has a caller
    (
        f"rwb:participant <{ID}person/b>, <{ID}person/r>",
        f"rwb:participant <{ID}person/b>, <{ID}office/fm-US>",
        ("event/e1", "participant"),
    ),
    (
        f"rwb:participant <{ID}person/b>, <{ID}person/r>",
        f"rwb:participant <{ID}person/b>, <{ID}person/nobody>",
        ("event/e1", "participant"),
    ),
    (
        f"rwb:participant <{ID}person/b>, <{ID}person/r>",
        f"rwb:participant <{ID}person/r>",
        ("event/e1", "caller"),
    ),
    # statement
    (" ; rwb:stance rwb:praise", "", ("event/e2", "stance")),
    ("rwb:stance rwb:praise", "rwb:stance rwb:praise, rwb:thank", ("event/e2", "stance")),
    ("rwb:stance rwb:praise", "rwb:stance rwb:held", ("event/e2", "stance")),
    # entities and offices
    (' ; rdfs:label "بلينكن"@ar', "", ("person/b", "")),
    ('rdfs:label "بوريطة"@ar', 'rdfs:label "بوريطة"', ("person/r", "label")),
    ('rwb:iso2 "MA"', 'rwb:iso2 "Morocco"', ("country/MA", "iso2")),
    ('rdfs:label "المغرب"@ar ; rwb:iso2 "MA"', 'rdfs:label "المغرب"@ar', ("country/MA", "iso2")),
    ("rkind:foreign-minister", "rkind:wizard", ("office/fm-US", "officeKind")),
    ("rwb:officeKind rkind:foreign-minister ;", "", ("office/fm-US", "officeKind")),
    (f"rwb:country <{ID}country/US>", f"rwb:country <{ID}person/b>", ("office/fm-US", "country")),
    # evidence
    (f"oa:hasBody <{ID}event/e1> ; ", "", ("#a1", "hasBody")),
    (f"oa:hasBody <{ID}event/e1> ; ", "", ("event/e1", "^hasBody")),
    (f" ; oa:hasTarget <{DOCUMENT}#a1t>", "", ("#a1", "hasTarget")),
    ("oa:describing ; rwb:rule rrule:ar-call", "oa:describing", ("#a1", "")),
    ("oa:motivatedBy oa:describing", "oa:motivatedBy oa:linking", ("#a1", "motivatedBy")),
    ("rwb:confidence 0.9", "rwb:confidence 1.9", ("#a1", "confidence")),
    ("countries.yaml:88", "countries.yaml", ("#a1", "lexiconEntry")),
    (f"oa:hasSource <{ID}document/d1>", f"oa:hasSource <{ID}person/b>", ("#a1t", "hasSource")),
    (
        f"oa:hasSelector <{DOCUMENT}#a1s>",
        f"oa:hasSelector <{DOCUMENT}#a1>",
        ("#a1t", "hasSelector"),
    ),
    (f'oa:exact "{TEXT[5:18]}" ; ', "", ("#a1s", "exact")),
    (" ; oa:start 5", "", ("#a1s", "start")),
    ("oa:start 5 ; oa:end 18", "oa:start 18 ; oa:end 18", ("#a1s", "start")),
    ("oa:start 5 ; oa:end 18", "oa:start -5 ; oa:end 18", ("#a1s", "start")),
    ("oa:start 5 ; oa:end 18", "oa:start 6 ; oa:end 19", ("#a1s", "exact")),
    # reified facts and inferences
    ("rdf:predicate rwb:holdsOffice", "rdf:predicate rwb:tenure", ("#r1", "predicate")),
    (f" ; rwb:holdsOffice <{ID}office/fm-US>", "", ("#r1", "")),
    (f"oa:hasBody <{DOCUMENT}#r1> ; ", "", ("#r1", "^hasBody")),
    ('rwb:basis "أمس → 2023-01-31"', 'rwb:basis ""', ("#i1", "basis")),
    ('rwb:inferredValue "2023-01-31"^^xsd:date ;', "", ("#i1", "inferredValue")),
    ('rwb:inferredValue "2023-01-31"', 'rwb:inferredValue "2023-01-30"', ("#i1", "date")),
]


@pytest.mark.parametrize(("old", "new", "expected"), BAD)
def test_a_bad_graph_is_rejected(old: str, new: str, expected: tuple[str, str]) -> None:
    assert expected in found(changed(old, new))


WORSE = [
    (f"<{ID}event/e1> rwb:stance rwb:praise .", ("event/e1", "stance")),
    (f"<{ID}event/e2> rwb:place <{ID}country/MA> .", ("event/e2", "place")),
    (f"<{ID}event/e1> rwb:place <{ID}country/MA>, <{ID}country/US> .", ("event/e1", "place")),
    (f"<{ID}event/e1> rwb:place <{ID}person/r> .", ("event/e1", "place")),
    (f"<{ID}event/e1> rwb:about <{ID}country/MA> .", ("event/e1", "about")),
    (f"<{ID}event/e1> rwb:edition 0 .", ("event/e1", "edition")),
    (f'<{ID}event/e1> rwb:endDate "2023-01-30"^^xsd:date .', ("event/e1", "")),
    (f'<{ID}event/e1> rwb:endDate "2022"^^xsd:gYear .', ("event/e1", "")),
    (f'<{ID}event/e1> rwb:endDate "2023-02-31"^^xsd:date .', ("event/e1", "endDate")),
    (f'<{ID}event/e1> rwb:endDate "2023-13"^^xsd:gYearMonth .', ("event/e1", "endDate")),
    (f"<{ID}event/e1> rwb:participents <{ID}person/r> .", ("event/e1", "participents")),
    (f"<{ID}event/e1> a rwb:PhoneCal .", ("event/e1", "type")),
    (f"<{ID}event/e1> rwb:participant [] .", ("event/e1", "participant")),
    (f"<{ID}person/r> rwb:memberOf <{ID}event/e1> .", ("event/e1", "")),
    (f"<{ID}judgement/j> a rwb:Judgement .", ("judgement/j", "action")),
    (f"<{ID}judgement/s> a rwb:JudgedStatement .", ("judgement/s", "verdict")),
    (f"<{ID}office/fm-US> rwb:chairs <{ID}country/MA> .", ("office/fm-US", "")),
    (f"<{ID}country/MA> rwb:headedBy <{ID}country/US> .", ("country/MA", "headedBy")),
    (f'<{ID}document/d1> dcterms:title "a"@ar, "b"@ar .', ("document/d1", "title")),
    (f'<{ID}document/d1> dcterms:source "a", "b" .', ("document/d1", "source")),
    (f'<{ID}person/r> skos:prefLabel "a"@ar, "b"@ar .', ("person/r", "prefLabel")),
    (f'<{ID}person/r> skos:altLabel "" .', ("person/r", "altLabel")),
    (
        f"<{ID}person/r> rwb:country <{ID}country/MA>, <{ID}country/US> .",
        ("person/r", "country"),
    ),
    (
        f'<{ID}body/x> a rwb:ArmedGroup ; rdfs:label "x"@en ; rwb:iso2 "XX" .',
        ("body/x", "iso2"),
    ),
    (f"<{ID}person/r> rwb:holdsOffice <{ID}country/MA> .", ("person/r", "holdsOffice")),
    (f"<{ID}person/r> rwb:tenure <{ID}country/MA> .", ("person/r", "tenure")),
    (f"<{ID}tenure/t> a rwb:Tenure .", ("tenure/t", "holder")),
    (f"<{ID}tenure/t> a rwb:Tenure .", ("tenure/t", "office")),
    (f"<{ID}tenure/t> a rwb:Tenure .", ("tenure/t", "source")),
    (f'<{ID}tenure/t> a rwb:Tenure ; rwb:start "2010" .', ("tenure/t", "start")),
    (
        f'<{ID}tenure/t> a rwb:Tenure ; rwb:end "2010"^^xsd:gYear, "2011"^^xsd:gYear .',
        ("tenure/t", "end"),
    ),
    (f"<{DOCUMENT}#a1> rwb:rule rrule:another .", ("#a1", "rule")),
    (f"<{DOCUMENT}#a1s> oa:end 19 .", ("#a1s", "end")),
    (f"<{DOCUMENT}#r1> rdf:subject <{ID}event/e1> .", ("#r1", "subject")),
    (f"<{DOCUMENT}#r1> rdf:object <{ID}event/e1> .", ("#r1", "object")),
    *(
        (f"<{ID}event/e1> rwb:{role} <{ID}person/r> .", ("event/e1", ""))
        for role in ("visitor", "speaker", "signatory", "recogniser", "owner", "appointee")
    ),
    (f"<{DOCUMENT}#i1> rwb:ofEvent <{ID}person/r> .", ("#i1", "ofEvent")),
    (f'<{DOCUMENT}#i1> rwb:slot "place" .', ("#i1", "slot")),
]


@pytest.mark.parametrize(("lines", "expected"), WORSE)
def test_a_bad_statement_is_rejected(lines: str, expected: tuple[str, str]) -> None:
    assert expected in found(added(lines))


@pytest.mark.parametrize(
    "lines",
    [
        f'<{ID}event/e1> rwb:endDate "2023-02"^^xsd:gYearMonth .',
        f'<{ID}event/e1> rwb:endDate "2023"^^xsd:gYear .',  # the year that the day lies in
        f"<{ID}event/e1> rwb:place <{ID}country/MA> ; rwb:edition 4 .",
        f"<{ID}holder/minister-FR> a rwb:Person . "
        f"<{ID}event/e1> rwb:participant <{ID}holder/minister-FR> .",
        f'<{ID}body/un> a rwb:Organization ; rwb:iso2 "UN" . '
        f"<{ID}country/MA> rwb:memberOf <{ID}body/un> .",
    ],
)
def test_what_is_allowed_passes(lines: str) -> None:
    assert validate(added(lines)) == []


def test_an_event_that_names_nobody_is_a_warning_only() -> None:
    text = changed(f"rwb:participant <{ID}person/b>, <{ID}person/r> ; ", "").replace(
        f"rwb:caller <{ID}person/b> ;", ""
    )
    violations = validate(text)
    assert [(v.severity, short(v.path or "")) for v in violations] == [
        (WARNING, "participant|about")
    ]
    assert conforms(violations)


def test_two_documents_may_disagree_on_the_date_of_one_event() -> None:
    other = BODY.replace("document/d1", "document/d2").replace('"d1"', '"d2"')
    other = other.replace("2023-01-31", "2023-01-30").replace(
        "rwb:certainty rwb:held ; rwb:topic", "rwb:certainty rwb:cancelled ; rwb:topic"
    )
    assert validate(GOOD + other) == []


def test_a_fault_names_its_own_graph() -> None:
    other = BODY.replace("document/d1", "document/d2").replace('"d1"', '"d2"')
    other = other.replace(" ; rwb:stance rwb:praise", "")
    (violation,) = validate(GOOD + other)
    assert violation == Violation(
        GRAPH + "document/d2",
        ID + "event/e2",
        RWB + "stance",
        "a statement has exactly one stance",
        VIOLATION,
    )


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "exactly one stance"), ("ar", "موقف واحد فقط"), ("fr", "exactement une position")],
)
def test_messages_come_in_the_language_asked_for(lang: str, words: str) -> None:
    (violation,) = validate(changed(" ; rwb:stance rwb:praise", ""), lang=lang)
    assert words in violation.message


@pytest.mark.parametrize("lang", ["en", "ar", "fr"])
def test_messages_of_checks_come_in_every_language(lang: str) -> None:
    (violation,) = validate(changed("oa:start 5 ; oa:end 18", "oa:start 6 ; oa:end 19"), lang=lang)
    template = consistency.MESSAGES["quote"][lang]
    assert violation.message == template.format(TEXT[5:18])


def test_every_check_has_its_message_in_three_languages() -> None:
    for kind, messages in consistency.MESSAGES.items():
        assert set(messages) == {"en", "ar", "fr"}, kind
        assert len(set(messages.values())) == 3, kind


def test_store_quads_and_text_give_the_same() -> None:
    bad = changed(" ; rwb:stance rwb:praise", "")
    parsed = list(ox.parse(bad, ox.RdfFormat.TRIG))
    store = ox.Store()
    store.extend(parsed)
    size = len(store)
    assert validate(store) == validate(parsed) == validate(bad) != []
    assert len(store) == size


def test_the_default_graph_is_validated_too() -> None:
    turtle = f"{HEAD}<{ID}event/e9> a rwb:Meeting, rwb:Event ."
    assert (f"{ID}event/e9", RWB + "certainty") in {(v.focus, v.path) for v in validate(turtle)}


def test_graphs_made_from_readings_conform() -> None:
    made = [readings.arabic(), readings.english(), readings.french()]
    assert validate(quad for reading in made for quad in quads(reading)) == []


def official(name: str, kind: str, *spans: tuple[str | None, str | None]) -> CuratedOfficial:
    office = Office(f"office/{kind}-MA", kind, None, (Label(kind, "en"),))
    tenures = tuple(CuratedTenure(office, start, end, "a list") for start, end in spans)
    return CuratedOfficial(f"person/{name}", (Label(name, "en"),), tenures)


def curated(*officials: CuratedOfficial) -> list[Violation]:
    return validate(in_graph(curated_graph("officials"), official_facts(officials)))


FM = "foreign-minister"


def test_terms_that_follow_each_other_conform() -> None:
    first = official("a", FM, ("2010-01-03", "2012-05-01"), ("2014", "2015"))
    second = official("b", FM, ("2012-05-01", "2014"), ("2015", None))
    assert curated(first, second) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("2010-01-03", "2012-05-01"), ("2012-04-30", None)),
        (("2010", None), ("2012", "2013")),
        (("2010", "2014"), ("2012-04", "2012-06")),
    ],
)
def test_overlapping_terms_of_a_single_holder_are_a_warning(
    first: tuple[str, str | None], second: tuple[str, str | None]
) -> None:
    violations = curated(official("a", FM, first), official("b", FM, second))
    assert [(v.focus, v.severity) for v in violations] == [(f"{ID}office/{FM}-MA", WARNING)]


def test_terms_overlap_where_many_hold_the_office_or_one_person_does() -> None:
    span = ("2010", "2014")
    assert curated(official("a", "ambassador", span), official("b", "ambassador", span)) == []
    assert curated(official("a", FM, span, ("2012", None))) == []


@pytest.mark.parametrize("span", [("2014", "2013"), ("2014-03-02", "2014-03-01")])
def test_a_term_that_ends_before_it_begins_is_a_violation(span: tuple[str, str]) -> None:
    (violation,) = curated(official("a", FM, span))
    assert violation.severity == VIOLATION
    assert violation.message.startswith("it ends before it begins")
    assert violation.graph == curated_graph("officials")


def test_a_tenure_needs_its_source_and_holder() -> None:
    graph = curated_graph("officials")
    lines = f"GRAPH <{graph}> {{ <{ID}tenure/t> a rwb:Tenure ; rwb:holder <{ID}person/x> }}"
    paths = {short(v.path or "") for v in validate(HEAD + lines)}
    assert paths == {"holder", "office", "source"}


def test_curated_graphs_stand_in_for_each_other_and_for_documents() -> None:
    alone = changed(f'<{ID}country/US> a rwb:Country ; rwb:iso2 "US" .', "")
    assert ("office/fm-US", "country") in found(alone)
    states = (
        f'GRAPH <{curated_graph("countries")}> {{ <{ID}country/US> a rwb:Country ; rwb:iso2 "US" }}'
    )
    assert validate(alone + states) == []


def test_every_one_of_many_like_faults_is_reported() -> None:
    people = [official(f"p{n}", "ambassador", ("2010", "2011")) for n in range(40)]
    triples = in_graph(curated_graph("officials"), official_facts(people))
    cut = [q for q in triples if q.predicate.value != PREFIXES["dcterms"] + "source"]
    assert len(validate(cut)) == 40


def test_like_nodes_form_one_group_and_a_fault_makes_a_group_of_its_own() -> None:
    def person(n: int, lang: str | None) -> Iterator[tuple[URIRef, URIRef, URIRef | Literal]]:
        yield URIRef(f"{ID}person/{n}"), RDF.type, URIRef(RWB + "Person")
        yield URIRef(f"{ID}person/{n}"), RDFS.label, Literal(f"name {n}", lang=lang)

    triples = [t for n in range(9) for t in person(n, "en" if n else None)]
    groups = Neighbourhood(triples).groups(dict.fromkeys(t[0] for t in triples))
    assert sorted(map(len, groups.values())) == [1, 8]


def damage_labels(lines: list[ox.Quad]) -> list[ox.Quad]:
    return [q for q in lines if q.predicate.value != PREFIXES["rdfs"] + "label"]


def damage_types(lines: list[ox.Quad]) -> list[ox.Quad]:
    return [q for q in lines if getattr(q.object, "value", "") != RWB + "Person"]


def damage_offsets(lines: list[ox.Quad]) -> list[ox.Quad]:
    return [q for q in lines if q.predicate.value != PREFIXES["oa"] + "end"]


@pytest.mark.parametrize("damage", [damage_labels, damage_types, damage_offsets])
def test_samples_of_like_nodes_find_what_a_full_run_finds(
    damage: Callable[[list[ox.Quad]], list[ox.Quad]], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = damage(quads(readings.arabic()) + quads(readings.english()))
    sampled = validate(lines)
    monkeypatch.setattr(
        Neighbourhood, "groups", lambda self, nodes: {(object(),): [node] for node in nodes}
    )
    assert sampled == validate(lines) != []


def test_all_that_shapes_look_at_in_a_literal_tells_nodes_apart() -> None:
    shapes = Graph().parse(ontology.path("shapes"), format="turtle")
    looked_at = set()
    for shape, path in shapes.subject_objects(SH.path):
        listed = (RdfList(shapes, values) for values in shapes.objects(shape, SH["in"]))
        by_value = [value for values in listed for value in values if isinstance(value, Literal)]
        limits = (SH.pattern, SH.minInclusive, SH.maxInclusive, SH.lessThan, SH.equals)
        if by_value or any((shape, limit, None) in shapes for limit in limits):
            looked_at.add(path)
    assert len(looked_at) > 5
    assert looked_at <= alike.COMPARED


def test_no_shape_counts_further_than_one() -> None:
    shapes = Graph().parse(ontology.path("shapes"), format="turtle")
    counting = (SH.minCount, SH.maxCount, SH.qualifiedMinCount, SH.qualifiedMaxCount, SH.minLength)
    counts = {int(str(n)) for count in counting for n in shapes.objects(None, count)}
    assert counts == {0, 1}
    assert not set(shapes.objects(None, SH.maxLength))


def test_every_property_shape_is_broken_by_some_bad_graph() -> None:
    texts = [changed(old, new) for old, new, _ in BAD] + [added(lines) for lines, _ in WORSE]
    told = {violation.message for text in texts for violation in faults(text)}
    shapes = Graph().parse(ontology.path("shapes"), format="turtle")
    violations = (s for s in shapes.subjects(SH.message) if not shapes.value(s, SH.severity))
    for shape in violations:
        (words,) = (str(m) for m in shapes.objects(shape, SH.message) if m.language == "en")
        assert any(message.startswith(words) for message in told), words
