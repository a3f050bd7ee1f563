"""What judgements keep out of the documents' graphs, and how it comes back when they are undone.

A rejected report, value or relation leaves its document's graph with all that explains it. What
left stands in the graph of judgements, statement by statement, as subject, predicate and object:
no question about events finds it there, but nothing is lost. Events are named by the key that they
have in the document alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.consistency import roles
from kg.reports import Claim, Constraints, Fact, Report
from kg.terms import LABEL, RDF_TYPE, iri, node, rwb, term
from kg.vocab import ID, JUDGEMENTS, RWB, digest, document_graph

_GRAPH = iri(JUDGEMENTS)
_STATED_IN, _VERDICT = rwb("statedIn"), rwb("verdict")
_STATEMENT = term("rdf:Statement")
_SUBJECT, _PREDICATE, _OBJECT = (term(f"rdf:{name}") for name in ("subject", "predicate", "object"))
# What belongs to a node that explains: it leaves with what it explains.
_EXPLAINS = (term("oa:hasBody"), rwb("ofEvent"), rwb("reportOf"))
_PARTS = (term("oa:hasTarget"), term("oa:hasSelector"))
_NAMED_AFTER = {"participant", "about"}  # the names of events are made of these


def withhold(
    document: str, quads: list[ox.Quad], constraints: Constraints
) -> tuple[list[ox.Quad], list[ox.Quad]]:
    """A document's quads (events by local key) that stay, and those of the graph of judgements."""
    rejected = [one for one in constraints.rejected if document_of(one) == document]
    if not rejected:
        return quads, []
    out = _Leaving(quads).all(rejected)
    kept = [quad for quad in quads if quad not in out]
    graph = document_graph(document)
    return kept, [quad for one in sorted(out, key=str) for quad in _withheld(graph, one.triple)]


def document_of(one: Report | Claim | Fact) -> str:
    """The identifier of the document that states it."""
    return one.report.document if isinstance(one, Claim) else one.document


def held_back(store: ox.Store, document: str) -> set[ox.Quad]:
    """The quads of the graph of judgements that hold what left a document's graph."""
    return {quad for one in _nodes(store, document) for quad in _about(store, one)}


def restored(store: ox.Store, document: str) -> list[ox.Quad]:
    """What left a document's graph, as it was there."""
    graph = iri(document_graph(document))
    found = []
    for one in _nodes(store, document):
        parts = {quad.predicate: quad.object for quad in _about(store, one)}
        subject, predicate = parts[_SUBJECT], parts[_PREDICATE]
        assert isinstance(subject, ox.NamedNode) and isinstance(predicate, ox.NamedNode)
        found.append(ox.Quad(subject, predicate, parts[_OBJECT], graph))
    return found


def statement_iri(graph: str, triple: ox.Triple, verdict: str) -> str:
    """The name of a judged statement of a document's graph."""
    return f"{JUDGEMENTS}#{digest(verdict, graph, str(triple))}"


def statement(graph: str, triple: ox.Triple, verdict: str) -> Iterator[ox.Quad]:
    """A statement of a document's graph with what was decided: `accepted` or `rejected`."""
    subject = iri(statement_iri(graph, triple, verdict))
    facts = (
        (RDF_TYPE, rwb("JudgedStatement")),
        (_VERDICT, rwb(verdict)),
        (_STATED_IN, iri(graph)),
        (_SUBJECT, triple.subject),
        (_PREDICATE, triple.predicate),
        (_OBJECT, triple.object),
    )
    for predicate, value in facts:
        assert not isinstance(value, ox.BlankNode)
        yield ox.Quad(subject, predicate, value, _GRAPH)


def _withheld(graph: str, triple: ox.Triple) -> Iterator[ox.Quad]:
    yield from statement(graph, triple, "rejected")


def _nodes(store: ox.Store, document: str) -> list[ox.NamedNode]:
    graph = iri(document_graph(document))
    stated = (quad.subject for quad in store.quads_for_pattern(None, _STATED_IN, graph, _GRAPH))
    nodes = [one for one in stated if isinstance(one, ox.NamedNode)]
    return [one for one in nodes if ox.Quad(one, _VERDICT, rwb("rejected"), _GRAPH) in store]


def _about(store: ox.Store, subject: ox.NamedNode) -> Iterator[ox.Quad]:
    yield from store.quads_for_pattern(subject, None, None, _GRAPH)


class _Leaving:
    """Finds the quads of one document that go when something of it is rejected."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._of: dict[object, list[ox.Quad]] = defaultdict(list)
        self._to: dict[object, list[ox.Quad]] = defaultdict(list)
        for quad in quads:
            self._of[quad.subject].append(quad)
            if isinstance(quad.object, ox.NamedNode):
                self._to[quad.object].append(quad)

    def all(self, rejected: Iterable[Report | Claim | Fact]) -> set[ox.Quad]:
        """The quads that go for any of these."""
        found: set[ox.Quad] = set()
        for one in rejected:
            if isinstance(one, Report):
                found |= self._report(node(one.key))
            elif isinstance(one, Claim):
                found |= self._claim(one)
            else:
                found |= self._fact(one)
        return found

    def _report(self, event: ox.NamedNode) -> set[ox.Quad]:
        """Whatever is said of the event, and what explains it."""
        found = {*self._of[event], *self._to[event]}
        for quad in self._to[event]:
            if quad.predicate in _EXPLAINS:
                found |= self._explaining(quad.subject)
        return found

    def _explaining(self, subject: object) -> set[ox.Quad]:
        """An annotation or inference with its target and selector."""
        found = set(self._of[subject])
        for quad in self._of[subject]:
            if quad.predicate in _PARTS:
                found |= self._explaining(quad.object)
        return found

    def _claim(self, claim: Claim) -> set[ox.Quad]:
        """A value under all names that it has; where it made the event's name, that too."""
        event = node(claim.report.key)
        slots = _slots(claim.slot)
        found = {
            quad
            for quad in self._of[event]
            if quad.predicate in slots and plain(quad.object) == claim.value
        }
        for quad in self._to[event]:
            if quad.predicate == rwb("ofEvent") and self._infers(quad.subject, slots, claim.value):
                found |= self._explaining(quad.subject)
        if found and claim.slot in _NAMED_AFTER:
            found |= {quad for quad in self._of[event] if quad.predicate == LABEL}
        return found

    def _infers(self, inference: object, slots: set[ox.NamedNode], value: str) -> bool:
        facts = {quad.predicate: quad.object for quad in self._of[inference]}
        same = plain(facts.get(rwb("inferredValue"))) == value
        return same and facts.get(rwb("slot")) in slots

    def _fact(self, fact: Fact) -> set[ox.Quad]:
        subject, predicate, target = node(fact.subject), rwb(fact.predicate), node(fact.object)
        found = {
            quad
            for quad in self._of[subject]
            if quad.predicate == predicate and quad.object == target
        }
        for quad in self._to[subject]:
            facts = {one.predicate: one.object for one in self._of[quad.subject]}
            same = facts.get(_PREDICATE) == predicate and facts.get(_OBJECT) == target
            if quad.predicate == _SUBJECT and same and facts.get(RDF_TYPE) == _STATEMENT:
                found |= self._report(quad.subject)  # type: ignore[arg-type]
        return found


def _slots(slot: str) -> set[ox.NamedNode]:
    """The properties that state a value: of a participant, every role."""
    if slot == "participant":
        return {rwb(slot), *map(iri, roles())}
    return {rwb(slot)}


def plain(value: object) -> str:
    """A value as claims write it: a key, the local name of a code, or a lexical form."""
    if isinstance(value, ox.NamedNode):
        return value.value.removeprefix(ID).removeprefix(RWB)
    return value.value if isinstance(value, ox.Literal) else ""
