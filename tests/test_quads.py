"""The graph of one document: shape, evidence, dates, and refusal of what contradicts itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store
from readings import (
    BLINKEN,
    BOURITA,
    CALL,
    EXERCISE,
    HOLDER_FR,
    MA,
    PRAISE,
    VISIT,
    arabic,
    english,
    french,
    readings,
    short,
)

from kg.errors import ReadingFault
from kg.eventnames import EVENT_NAMES
from kg.model import EventType, Reading
from kg.quads import quads
from kg.terms import node, rwb, term
from kg.vocab import PREFIXES, document_graph, id_iri

PREFIX = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


def rows(found: list[Quad], query: str) -> list[tuple[str, ...]]:
    store = Store()
    store.extend(found)
    solutions = store.query(PREFIX + query, use_default_graph_as_union=True)
    return sorted(tuple(value.value for value in row) for row in solutions)


def objects(found: list[Quad], subject: str, predicate: NamedNode) -> set[object]:
    return {q.object for q in found if q.subject == node(subject) and q.predicate == predicate}


@pytest.mark.parametrize("reading", readings(), ids=lambda reading: reading.document.id)
def test_all_quads_stand_in_the_documents_graph_once_and_without_blank_nodes(
    reading: Reading,
) -> None:
    found = quads(reading)
    assert {q.graph_name.value for q in found} == {document_graph(reading.document.id)}
    assert len(set(found)) == len(found)
    assert not [q for q in found if BlankNode in (type(q.subject), type(q.object))]


def test_the_same_reading_gives_the_same_quads_in_the_same_order() -> None:
    assert quads(arabic()) == quads(arabic())


def test_the_graphs_hash_follows_the_reading() -> None:
    hashes = [quads(one)[-1] for one in (arabic(), replace(arabic(), topics=()))]
    assert all(q.predicate == rwb("graphHash") for q in hashes)
    assert hashes[0].object != hashes[1].object


def test_a_participant_is_stated_beside_its_role() -> None:
    found = quads(arabic())
    assert objects(found, CALL, rwb("caller")) == {node(BLINKEN)}
    assert objects(found, CALL, rwb("participant")) == {node(BLINKEN), node(BOURITA)}
    assert objects(found, PRAISE, rwb("addressee")) == {node(MA)}
    assert objects(found, PRAISE, rwb("stance")) == {rwb("praise")}


@pytest.mark.parametrize(
    ("reading", "event", "date", "datatype"),
    [
        (arabic(), CALL, "2023-01-31", "xsd:date"),
        (english(), EXERCISE, "2022-06", "xsd:gYearMonth"),
        (french(), VISIT, "2022", "xsd:gYear"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(
    reading: Reading, event: str, date: str, datatype: str
) -> None:
    expected = Literal(date, datatype=term(datatype))
    assert objects(quads(reading), event, rwb("date")) == {expected}


def test_an_event_without_date_has_none() -> None:
    assert not objects(quads(short()), CALL, rwb("date"))


@pytest.mark.parametrize("reading", readings(), ids=lambda reading: reading.document.id)
def test_every_annotation_leads_to_the_words_and_the_rule(reading: Reading) -> None:
    query = """SELECT ?start ?end ?exact ?rule ?text {
        ?a a oa:Annotation ; rwb:rule ?rule ; oa:hasTarget ?t ; oa:hasBody ?body .
        ?t oa:hasSource ?document ; oa:hasSelector ?s . ?document rwb:text ?text .
        ?s oa:exact ?exact ; oa:start ?start ; oa:end ?end }"""
    found = rows(quads(reading), query)
    claims = (*reading.events, *reading.relations, *reading.tenures)
    assert len(found) == sum(len(one.evidence) for one in claims) + len(reading.mentions)
    for start, end, exact, rule, text in found:
        assert text[int(start) : int(end)] == exact
        assert rule.startswith(PREFIXES["rrule"])


def test_relations_and_tenures_are_stated_and_explained() -> None:
    query = """SELECT ?p ?o ?exact { ?a oa:hasBody ?r . ?r a rdf:Statement ;
        rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o . ?s ?p ?o .
        ?a oa:hasTarget/oa:hasSelector/oa:exact ?exact }"""
    found = rows(quads(arabic()), query)
    assert [(p.rpartition("#")[2], o.rpartition("id/")[2], e) for p, o, e in found] == [
        ("chairs", "forum/gctf", "يرأس المنتدى"),
        ("holdsOffice", "office/foreign-minister-MA", "نظيره"),
        ("holdsOffice", "office/foreign-minister-US", "وزير الخارجية الأمريكي"),
    ]


def test_an_unnamed_holder_is_described_but_holds_no_office_in_the_documents_graph() -> None:
    found = quads(french())
    assert not objects(found, HOLDER_FR, rwb("holdsOffice"))
    assert objects(found, HOLDER_FR, term("rdfs:label")) == {
        Literal("ministre français", language="fr")
    }


def test_offices_and_their_states_can_be_told_from_the_documents_graph_alone() -> None:
    query = """SELECT ?kind ?code { ?person rwb:holdsOffice ?office .
        ?office rwb:officeKind/skos:notation ?kind ; rwb:country/rwb:iso2 ?code }"""
    assert rows(quads(arabic()), query) == [("foreign-minister", "MA"), ("foreign-minister", "US")]
    assert rows(quads(english()), query) == [("foreign-minister", "US")]


def test_topics_of_events_and_document_have_their_codes() -> None:
    query = "SELECT DISTINCT ?code { ?event rwb:topic/skos:notation ?code }"
    assert rows(quads(arabic()), query) == [("counter-terrorism",), ("security-cooperation",)]


def test_an_inference_names_slot_value_and_reasons() -> None:
    query = "SELECT ?slot ?value ?basis { ?i a rwb:Inference ; rwb:ofEvent ?e ; rwb:slot ?slot ; "
    query += "rwb:inferredValue ?value ; rwb:basis ?basis }"
    assert rows(quads(arabic()), query) == [
        (rwb("date").value, "2023-01-31", "أمس الثلاثاء → 2023-02-01 − 1")
    ]
    assert rows(quads(french()), query)[0][1] == id_iri(HOLDER_FR)


def test_an_event_is_named_in_three_languages() -> None:
    forms = objects(quads(english()), EXERCISE, term("rdfs:label"))
    assert forms == {
        Literal("Exercise: African Lion", language="en"),
        Literal("تمرين عسكري: African Lion", language="ar"),
        Literal("Exercice : African Lion", language="fr"),
    }


def test_every_event_type_has_a_name_in_every_language() -> None:
    assert {lang: set(names) for lang, names in EVENT_NAMES.items()} == {
        lang: set(EventType) for lang in ("en", "ar", "fr")
    }


def test_metadata_that_is_not_known_is_absent() -> None:
    found = quads(short())
    assert not [q for q in found if q.predicate in (term("dcterms:issued"), term("schema:url"))]


def test_a_contradictory_reading_is_refused_with_all_its_faults() -> None:
    reading = arabic()
    event = reading.events[0]
    moved = event.evidence[0]._replace(start=event.evidence[0].start + 1)
    broken = replace(
        reading,
        entities=reading.entities[1:],
        offices=(),
        events=(replace(event, evidence=(moved,), date="2023-02-31"),),
    )
    with pytest.raises(ReadingFault) as caught:
        quads(broken)
    text = str(caught.value)
    assert "rule ar-call-held: text[1:" in text
    assert "'2023-02-31' is not an ISO date" in text
    assert f"{BLINKEN} is used but is not among the entities" in text
    assert "office/foreign-minister-US is used but is not among the offices" in text


def test_an_event_without_evidence_is_refused() -> None:
    reading = arabic()
    bare = replace(reading, events=(replace(reading.events[0], evidence=()),))
    with pytest.raises(ReadingFault, match="has no evidence"):
        quads(bare)


def test_negative_offsets_do_not_pass_as_counted_from_the_end() -> None:
    reading = arabic()
    text, evidence = reading.document.text, reading.events[0].evidence[0]
    wrapped = evidence._replace(start=-5, end=-1, exact=text[-5:-1])
    with pytest.raises(ReadingFault, match="text\\[-5:-1\\]"):
        quads(replace(reading, events=(replace(reading.events[0], evidence=(wrapped,)),)))
