"""Why the graph says so: source sentences, rules, inferences, offices and relations of a node."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import NamedNode, Store

from app.explorer import data
from kg.terms import RDF_TYPE, iri, rwb, term
from kg.vocab import GRAPH, ID, RWB

REPORT_CAP = 30
_BREAK = re.compile(r"(?<=[.!?؟…])[\s»\"”)]+|\n+")
_BODY, _TARGET, _SELECTOR = term("oa:hasBody"), term("oa:hasTarget"), term("oa:hasSelector")
_EXACT, _START, _END = term("oa:exact"), term("oa:start"), term("oa:end")
_SUBJECT, _PREDICATE, _OBJECT = term("rdf:subject"), term("rdf:predicate"), term("rdf:object")


@dataclass(frozen=True, slots=True)
class Source:
    """A document as it is cited."""

    node: str
    title: str
    lang: str
    published: str
    publisher: str
    url: str


@dataclass(frozen=True, slots=True)
class Quote:
    """The sentence of a document that states a fact; `words` is the evidence inside it."""

    source: Source
    before: str
    words: str
    after: str
    rule: str
    confidence: str = ""
    lexicon: tuple[str, ...] = ()
    start: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """A value that a text does not spell out: property, value (IRI or date), chain of reasons."""

    slot: str
    value: str
    basis: str
    graph: str


@dataclass(frozen=True, slots=True)
class Tenure:
    """Someone in an office; dates are ISO or empty, `source` names where they come from."""

    person: str
    office: str
    start: str = ""
    end: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A standing relation between two entities."""

    subject: str
    predicate: str
    object: str
    quotes: tuple[Quote, ...] = ()


def sentence(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The sentence around `text[start:end]`: what precedes the words, the words, what follows."""
    left = max((m.end() for m in _BREAK.finditer(text, 0, start)), default=0)
    after = _BREAK.search(text, end)
    right = after.start() if after else len(text)
    return text[max(left, start - 400) : start], text[start:end], text[end : min(right, end + 400)]


def graph_of(document: str) -> str:
    """The named graph of a document node."""
    return GRAPH + document.removeprefix(ID)


def document_of(graph: str) -> str:
    """The document node of a named graph."""
    return ID + graph.removeprefix(GRAPH)


def value(store: Store, node: str, predicate: NamedNode, graph: str | None = None) -> str:
    """The first value of a property, or an empty text."""
    return next(iter(data.objects(store, node, predicate, graph)), "")


def source(store: Store, document: str) -> Source:
    """How to cite a document; its title, or its identifier where it has none."""
    graph = graph_of(document)

    def of(curie: str) -> str:
        return value(store, document, term(curie), graph)

    return Source(
        document,
        of("dcterms:title") or of("dcterms:identifier") or data.local(document),
        of("dcterms:language"),
        of("dcterms:issued"),
        of("dcterms:source"),
        of("schema:url"),
    )


def quotes(store: Store, body: str) -> list[Quote]:
    """The sentences that state an event or a statement, by date of publication."""
    found = [
        quote
        for quad in islice(store.quads_for_pattern(None, _BODY, iri(body)), REPORT_CAP)
        if (quote := quote_of(store, data.text_of(quad.subject), data.text_of(quad.graph_name)))
    ]
    return sorted(found, key=lambda quote: (quote.source.published, quote.source.node, quote.start))


def quote_of(store: Store, annotation: str, graph: str) -> Quote | None:
    """The sentence of one annotation; None where its selector or its text is missing."""
    target = value(store, annotation, _TARGET, graph)
    selector = value(store, target, _SELECTOR, graph) if target else ""
    if not selector:
        return None
    start, end = (value(store, selector, p, graph) for p in (_START, _END))
    document = value(store, target, term("oa:hasSource"), graph) or document_of(graph)
    text = value(store, document, rwb("text"), graph)
    exact = value(store, selector, _EXACT, graph)
    if start.isdigit() and end.isdigit() and text[int(start) : int(end)] == exact:
        before, words, after = sentence(text, int(start), int(end))
    else:
        before, words, after = "", exact, ""
    return Quote(
        source(store, document),
        before,
        words,
        after,
        data.local(value(store, annotation, rwb("rule"), graph)),
        value(store, annotation, rwb("confidence"), graph),
        tuple(data.objects(store, annotation, rwb("lexiconEntry"), graph)),
        int(start) if start.isdigit() else 0,
    )


def reasons(store: Store, event: str) -> list[Reason]:
    """What was inferred about an event, each with its basis."""
    quads = islice(store.quads_for_pattern(None, rwb("ofEvent"), iri(event)), REPORT_CAP)
    found = set()
    for quad in quads:
        node, graph = data.text_of(quad.subject), data.text_of(quad.graph_name)
        slot, inferred, basis = (
            value(store, node, rwb(name), graph) for name in ("slot", "inferredValue", "basis")
        )
        found.add(Reason(data.local(slot), inferred, basis, graph))
    return sorted(found, key=lambda reason: (reason.slot, reason.value, reason.graph))


def dates_by_document(store: Store, event: str) -> dict[str, list[str]]:
    """Each date that is stated for an event, with the documents that state it."""
    dates: dict[str, list[str]] = {}
    for quad in islice(store.quads_for_pattern(iri(event), rwb("date"), None), data.LIST_CAP):
        document = document_of(data.text_of(quad.graph_name))
        dates.setdefault(data.text_of(quad.object), []).append(document)
    return dates


def tenures(store: Store, node: str) -> list[Tenure]:
    """Who holds what: of a person, of an office, or of all a country's offices; dated first."""
    kind = data.kind(store, node)
    if kind == "Person" or node.startswith(ID + "holder/"):
        found = list(_tenures(store, rwb("holder"), node)) + [
            Tenure(node, office) for office in data.objects(store, node, rwb("holdsOffice"))
        ]
    elif kind == "Office":
        found = _holders(store, node)
    elif kind == "Country":
        owned = data.subjects(store, rwb("country"), node, cap=200)[0]
        found = [t for o in owned if o.startswith(ID + "office/") for t in _holders(store, o)]
    else:
        return []
    dated = {(tenure.person, tenure.office) for tenure in found if tenure.start}
    kept = {t for t in found if t.start or (t.person, t.office) not in dated}
    return sorted(kept, key=lambda t: (t.end or "9999", t.start, t.office), reverse=True)


def _holders(store: Store, office: str) -> list[Tenure]:
    people = data.subjects(store, rwb("holdsOffice"), office, cap=50)[0]
    return [*_tenures(store, rwb("office"), office), *(Tenure(p, office) for p in people)]


def _tenures(store: Store, predicate: NamedNode, node: str) -> Iterator[Tenure]:
    for tenure in data.subjects(store, predicate, node, cap=100)[0]:
        person, office, start, end = (
            value(store, tenure, rwb(name)) for name in ("holder", "office", "start", "end")
        )
        yield Tenure(person, office, start, end, value(store, tenure, term("dcterms:source")))


def relations(store: Store, node: str) -> list[Relation]:
    """The relations that documents state of a node, each with its sentences."""
    found: dict[tuple[str, str, str], list[Quote]] = {}
    for end in (_SUBJECT, _OBJECT):
        for quad in islice(store.quads_for_pattern(None, end, iri(node)), REPORT_CAP):
            if not data.text_of(quad.graph_name).startswith(data.DOCUMENT_GRAPHS):
                continue  # what a judgement withholds is kept elsewhere
            statement = data.text_of(quad.subject)
            key = tuple(value(store, statement, p) for p in (_SUBJECT, _PREDICATE, _OBJECT))
            if key[1].startswith(RWB) and key[1] != RWB + "holdsOffice":
                triple = (key[0], data.local(key[1]), key[2])
                found.setdefault(triple, []).extend(quotes(store, statement))
    return [Relation(*triple, tuple(found[triple])) for triple in sorted(found)]


def links(store: Store, node: str) -> list[str]:
    """Web addresses of the same thing elsewhere; http and https only."""
    same = data.objects(store, node, term("owl:sameAs"))
    return [link for link in same if link.startswith(("http://", "https://"))]


def is_annotation_of_mention(store: Store, annotation: str, graph: str) -> bool:
    """Whether an annotation names an entity rather than describes a fact."""
    motives = data.objects(store, annotation, term("oa:motivatedBy"), graph)
    return any(data.local(motive) == "identifying" for motive in motives)


def statement(store: Store, node: str, graph: str) -> tuple[str, str, str] | None:
    """Subject, predicate and object of a reified fact; None for another node."""
    if data.text_of(term("rdf:Statement")) not in data.objects(store, node, RDF_TYPE, graph):
        return None
    parts = [value(store, node, p, graph) for p in (_SUBJECT, _PREDICATE, _OBJECT)]
    return parts[0], parts[1], parts[2]
