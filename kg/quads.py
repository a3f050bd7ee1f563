"""What one document states, as the quads of its named graph (docs/architecture.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.checks import check
from kg.eventnames import event_labels
from kg.model import (
    Certainty,
    Document,
    Entity,
    EntityKind,
    EventClaim,
    EventType,
    Evidence,
    Inference,
    Office,
    Reading,
    Role,
)
from kg.reports import REPORT_OF, Report
from kg.terms import (
    BODIES,
    LABEL,
    RDF_TYPE,
    country_key,
    date_literal,
    decimal,
    integer,
    iri,
    is_date,
    node,
    rwb,
    term,
)
from kg.vocab import OFFICE_KIND, TOPIC, document_graph, document_key, name_iri, rule_iri

GRAPH_HASH = rwb("graphHash")
DENOTES = rwb("denotes")
_LISTED = re.compile(r"person/Q\d+")


def quads(reading: Reading) -> list[Quad]:
    """The quads of a reading's named graph, without repetition, the same for the same reading.

    The last one gives the graph's own IRI the SHA-256 of all the others (`rwb:graphHash`). Raises
    ReadingFault, with all faults, where the reading contradicts itself or its document.
    """
    check(reading)
    return in_graph(document_graph(reading.document.id), _triples(reading))


def in_graph(graph: str, triples: Iterable[Triple]) -> list[Quad]:
    """The triples as quads of one graph, each once, with the graph's hash as the last."""
    name = iri(graph)
    unique = dict.fromkeys(triples)
    lines = sorted(map(str, unique))
    checksum = Triple(name, GRAPH_HASH, Literal(sha256("\n".join(lines).encode()).hexdigest()))
    return [_quad(triple, name) for triple in (*unique, checksum)]


def _quad(triple: Triple, graph: NamedNode) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def labels(subject: NamedNode, forms: Iterable[tuple[str, str]]) -> Iterator[Triple]:
    """`rdfs:label` for every (text, language)."""
    for text, lang in forms:
        yield Triple(subject, LABEL, Literal(text, language=lang))


def _triples(reading: Reading) -> Iterator[Triple]:
    described = {entity.key: entity for entity in reading.entities}
    yield from _document(reading)
    for entity in reading.entities:
        yield from _entity(entity)
    for office in reading.offices:
        yield from office_triples(office)
    yield from _countries(reading, described)
    for event in reading.events:
        yield from _event(event, described)
        yield Triple(iri(Report(reading.document.id, event.key).iri), REPORT_OF, node(event.key))
    for entity in reading.entities:
        if is_unlisted(entity):
            name = name_iri(reading.document.id, entity.key)
            yield Triple(iri(name), DENOTES, node(entity.key))
    yield from _Evidence(reading).triples()


def _document(reading: Reading) -> Iterator[Triple]:
    document = reading.document
    subject = node(document_key(document.id))
    yield Triple(subject, RDF_TYPE, rwb("Document"))
    if document.official:
        yield Triple(subject, RDF_TYPE, rwb("OfficialRecord"))
    yield Triple(subject, term("dcterms:identifier"), Literal(document.id))
    yield Triple(subject, term("dcterms:language"), Literal(document.lang))
    yield Triple(subject, rwb("text"), Literal(document.text, language=document.lang))
    checksum = sha256(document.text.encode()).hexdigest()
    yield Triple(subject, rwb("contentHash"), Literal(checksum))
    yield from _metadata(document, subject)
    for mention in reading.mentions:
        yield Triple(subject, rwb("mentions"), node(mention.entity))
    yield from _topics(subject, reading.topics)


def _metadata(document: Document, subject: NamedNode) -> Iterator[Triple]:
    if document.published:
        yield Triple(subject, term("dcterms:issued"), date_literal(document.published))
    if document.title:
        yield Triple(
            subject, term("dcterms:title"), Literal(document.title, language=document.lang)
        )
    if document.source:
        yield Triple(subject, term("dcterms:source"), Literal(document.source))
    if document.url:
        yield Triple(subject, term("schema:url"), Literal(document.url))


def _topics(subject: NamedNode, codes: Iterable[str]) -> Iterator[Triple]:
    for code in codes:
        yield Triple(subject, rwb("topic"), iri(TOPIC + code))
        yield from _concept(iri(TOPIC + code), code)


def _concept(concept: NamedNode, code: str) -> Iterator[Triple]:
    yield Triple(concept, RDF_TYPE, term("skos:Concept"))
    yield Triple(concept, term("skos:notation"), Literal(code))


def _entity(entity: Entity) -> Iterator[Triple]:
    subject = node(entity.key)
    yield Triple(subject, RDF_TYPE, rwb(entity.kind.value))
    yield from labels(subject, ((label.text, label.lang) for label in entity.labels))
    if entity.iso2:
        yield Triple(subject, rwb("iso2"), Literal(entity.iso2))
    if entity.country:
        relation = "actsFor" if entity.kind is EntityKind.PERSON else "country"
        yield Triple(subject, rwb(relation), node(entity.country))


def office_triples(office: Office) -> Iterator[Triple]:
    """An office: class, kind, state or body, labels."""
    subject, kind = node(office.key), iri(OFFICE_KIND + office.kind)
    yield Triple(subject, RDF_TYPE, rwb("Office"))
    yield Triple(subject, rwb("officeKind"), kind)
    yield from _concept(kind, office.kind)
    if office.country:
        yield Triple(subject, rwb("country"), node(country_key(office.country)))
    yield from labels(subject, ((label.text, label.lang) for label in office.labels))


def _countries(reading: Reading, described: dict[str, Entity]) -> Iterator[Triple]:
    """Class and code of the states and bodies that are only referred to, as an office's country."""
    codes = {country_key(office.country) for office in reading.offices if office.country}
    codes |= {entity.country for entity in reading.entities if entity.country}
    for key in sorted(codes - described.keys()):
        yield from country_triples(key)


def country_triples(key: str) -> Iterator[Triple]:
    """Class and `rwb:iso2` of a state (`country/MA`) or of a body that has a code."""
    code = {body: code for code, body in BODIES.items()}.get(key)
    if key.startswith("country/"):
        yield Triple(node(key), RDF_TYPE, rwb(EntityKind.COUNTRY.value))
        code = key.removeprefix("country/")
    elif code:
        yield Triple(node(key), RDF_TYPE, rwb(EntityKind.ORGANIZATION.value))
    if code:
        yield Triple(node(key), rwb("iso2"), Literal(code))


def _event(event: EventClaim, described: dict[str, Entity]) -> Iterator[Triple]:
    subject = node(event.key)
    yield Triple(subject, RDF_TYPE, rwb(event.type.value))
    yield Triple(subject, RDF_TYPE, rwb("Event"))
    yield from labels(subject, event_labels(event, described))
    for part in event.participants:
        for role in dict.fromkeys((part.role, Role.PARTICIPANT)):
            yield Triple(subject, rwb(role.value), node(part.entity))
    yield Triple(subject, rwb("certainty"), rwb(event.certainty.value))
    if event.date:
        yield Triple(subject, rwb("date"), date_literal(event.date))
    if event.end_date:
        yield Triple(subject, rwb("endDate"), date_literal(event.end_date))
    yield from _circumstances(event, subject)


def _circumstances(event: EventClaim, subject: NamedNode) -> Iterator[Triple]:
    if event.place:
        yield Triple(subject, rwb("place"), node(event.place))
    if event.stance:
        yield Triple(subject, rwb("stance"), rwb(event.stance.value))
    for thing in event.about:
        yield Triple(subject, rwb("about"), node(thing))
    if event.edition is not None:
        yield Triple(subject, rwb("edition"), integer(event.edition))
    if event.type in (EventType.SIGNING, EventType.AGREEMENT_CHANGE):
        for stage in _stage(event):
            yield Triple(subject, rwb("stage"), Literal(stage))
    if event.change and event.type is not EventType.SIGNING:
        yield Triple(subject, rwb("change"), Literal(event.change))
    yield from _topics(subject, event.topics)


def _stage(event: EventClaim) -> tuple[str, ...]:
    """What the event is in an agreement's life, where it took place or is to."""
    if event.certainty is Certainty.PLANNED:
        return ("announced",) if event.change is None else ()
    held = event.certainty is Certainty.HELD
    return (event.change or "signed",) if held else ()


def is_unlisted(entity: Entity) -> bool:
    """Whether the entity is a person known by name only, and so by a key made of that name."""
    named = entity.key.startswith("person/") and not _LISTED.fullmatch(entity.key)
    return named and not entity.curated


class _Evidence:
    """The annotations of one reading, numbered in its own order."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.graph = document_graph(reading.document.id)
        self.document = node(document_key(reading.document.id))
        self.annotations = self.statements = self.inferences = 0

    def triples(self) -> Iterator[Triple]:
        describing, identifying = term("oa:describing"), term("oa:identifying")
        for event in self.reading.events:
            for evidence in event.evidence:
                yield from self._annotation(node(event.key), evidence, describing, event.confidence)
            for inference in event.inferences:
                yield from self._inference(event.key, inference)
        for relation in self.reading.relations:
            subject, target = node(relation.subject), node(relation.object)
            fact = Triple(subject, rwb(relation.predicate.value), target)
            yield from self._fact(fact, relation.evidence)
        for tenure in self.reading.tenures:
            yield from self._tenure(tenure.person, tenure.office, tenure.evidence)
        for mention in self.reading.mentions:
            yield from self._annotation(node(mention.entity), mention.evidence, identifying)

    def _tenure(self, person: str, office: str, evidence: tuple[Evidence, ...]) -> Iterator[Triple]:
        fact = Triple(node(person), rwb("holdsOffice"), node(office))
        # An unnamed holder holds its office by definition: that stands in a curated graph.
        yield from self._fact(fact, evidence, stated=not person.startswith("holder/"))

    def _fact(
        self, fact: Triple, evidence: tuple[Evidence, ...], *, stated: bool = True
    ) -> Iterator[Triple]:
        if stated:
            yield fact
        self.statements += 1
        statement = iri(f"{self.graph}#r{self.statements}")
        yield Triple(statement, RDF_TYPE, term("rdf:Statement"))
        yield Triple(statement, term("rdf:subject"), fact.subject)
        yield Triple(statement, term("rdf:predicate"), fact.predicate)
        yield Triple(statement, term("rdf:object"), fact.object)
        for words in evidence:
            yield from self._annotation(statement, words, term("oa:describing"))

    def _annotation(
        self,
        body: NamedNode,
        evidence: Evidence,
        motivation: NamedNode,
        confidence: float | None = None,
    ) -> Iterator[Triple]:
        self.annotations += 1
        name = f"{self.graph}#a{self.annotations}"
        subject, target, selector = iri(name), iri(name + "t"), iri(name + "s")
        yield Triple(subject, RDF_TYPE, term("oa:Annotation"))
        yield Triple(subject, term("oa:hasBody"), body)
        yield Triple(subject, term("oa:hasTarget"), target)
        yield Triple(subject, term("oa:motivatedBy"), motivation)
        yield Triple(subject, rwb("rule"), iri(rule_iri(evidence.rule)))
        if confidence is not None:
            yield Triple(subject, rwb("confidence"), decimal(confidence))
        for entry in evidence.lexicon:
            yield Triple(subject, rwb("lexiconEntry"), Literal(entry))
        yield Triple(target, RDF_TYPE, term("oa:SpecificResource"))
        yield Triple(target, term("oa:hasSource"), self.document)
        yield Triple(target, term("oa:hasSelector"), selector)
        yield from _selector(selector, evidence)

    def _inference(self, event: str, inference: Inference) -> Iterator[Triple]:
        self.inferences += 1
        subject = iri(f"{self.graph}#i{self.inferences}")
        value = inference.value
        found = date_literal(value) if is_date(value) else node(value)
        yield Triple(subject, RDF_TYPE, rwb("Inference"))
        yield Triple(subject, rwb("ofEvent"), node(event))
        yield Triple(subject, rwb("slot"), rwb(inference.slot))
        yield Triple(subject, rwb("inferredValue"), found)
        yield Triple(subject, rwb("basis"), Literal(inference.basis))


def _selector(subject: NamedNode, evidence: Evidence) -> Iterator[Triple]:
    yield Triple(subject, RDF_TYPE, term("oa:TextPositionSelector"))
    yield Triple(subject, RDF_TYPE, term("oa:TextQuoteSelector"))
    yield Triple(subject, term("oa:exact"), Literal(evidence.exact))
    yield Triple(subject, term("oa:start"), integer(evidence.start))
    yield Triple(subject, term("oa:end"), integer(evidence.end))
