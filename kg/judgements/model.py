"""A judgement as a value: what was decided about what, by whom, when, why; its form as PROV-O."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import ledger
from kg.judgements.anchors import Anchor
from kg.judgements.withheld import statement, statement_iri
from kg.ledger import Undoing
from kg.reports import Claim, Fact, Report
from kg.terms import LABEL, RDF_TYPE, date_literal, integer, iri, is_date, node, rwb, term
from kg.vocab import JUDGEMENTS, digest, document_graph, slug

ACTIONS = ("accept", "reject", "merge", "split")
_VERDICTS = {"accept": "accepted", "reject": "rejected"}
_CODES = ("certainty", "stance")
_GRAPH = iri(JUDGEMENTS)


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """What is judged: an event, person or other node, by key or IRI.

    `document` (identifier) narrows an event to what that document reports; `slot` and `value` to
    one value (`date`, `1777`). For a relation, `slot` is its name and `value` its other end.
    """

    node: str
    document: str | None = None
    slot: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        value = f" {self.slot}={self.value}" if self.slot else ""
        return f"{self.node}{value}" + (f" in {self.document}" if self.document else "")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision. `at` is UTC, ISO 8601.

    `groups` are reports: of `merge` one group that belongs together, of `split` groups of which no
    two do, of `accept` and `reject` what is judged as a whole. `people` are keys of persons alike.
    """

    id: str
    action: str
    subjects: tuple[Subject, ...]
    who: str
    why: str
    at: str
    groups: tuple[tuple[Report, ...], ...] = ()
    claims: tuple[Claim, ...] = ()
    facts: tuple[Fact, ...] = ()
    people: tuple[tuple[str, ...], ...] = ()
    anchors: tuple[Anchor, ...] = ()

    @property
    def iri(self) -> str:
        """The IRI of the judgement."""
        return node(f"judgement/{self.id}").value

    @property
    def reports(self) -> tuple[Report, ...]:
        """All reports that it speaks of, sorted."""
        whole = {report for group in self.groups for report in group}
        return tuple(sorted(whole | {claim.report for claim in self.claims}))

    @property
    def documents(self) -> tuple[str, ...]:
        """The identifiers of the documents that it speaks of, sorted."""
        named = {report.document for report in self.reports}
        return tuple(sorted(named | {fact.document for fact in self.facts}))

    def entry(self) -> dict[str, Any]:
        """The judgement as plain values, for the ledger."""
        return asdict(self)


def identify(action: str, subjects: Iterable[Subject], who: str, at: str) -> str:
    """Twelve hex digits for a judgement, the same wherever it is recorded."""
    return digest(action, *map(str, sorted(subjects, key=str)), who, at)[:12]


def from_entry(entry: dict[str, Any]) -> Judgement:
    """The judgement that `entry` wrote."""
    return Judgement(
        entry["id"],
        entry["action"],
        tuple(Subject(**each) for each in entry["subjects"]),
        entry["who"],
        entry["why"],
        entry["at"],
        tuple(tuple(Report(**each) for each in group) for group in entry["groups"]),
        tuple(_claim(each) for each in entry["claims"]),
        tuple(Fact(**each) for each in entry["facts"]),
        tuple(tuple(group) for group in entry["people"]),
        tuple(_anchor(each) for each in entry["anchors"]),
    )


def _claim(entry: dict[str, Any]) -> Claim:
    return Claim(Report(**entry["report"]), entry["slot"], entry["value"])


def _anchor(entry: dict[str, Any]) -> Anchor:
    return Anchor(Report(**entry["report"]), entry["type"], entry["start"], entry["end"])


@dataclass(frozen=True, slots=True)
class Past:
    """A judgement and, where it was undone, by whom, why and when."""

    judgement: Judgement
    undone: Undoing | None


def made_for(store: Path) -> tuple[Past, ...]:
    """All judgements ever made for the store in this directory, in their order."""
    undone = ledger.undoings(store)
    made = map(from_entry, ledger.judgements(store))
    return tuple(Past(one, undone.get(one.id)) for one in made)


def value_term(slot: str, value: str) -> ox.NamedNode | ox.Literal:
    """The term of a value as claims write it."""
    if slot in _CODES:
        return rwb(value)
    if slot == "edition":
        return integer(int(value))
    if is_date(value):
        return date_literal(value)
    return iri(value) if value.startswith(("http://", "https://")) else node(value)


def mirror(judgement: Judgement) -> Iterator[ox.Quad]:
    """The judgement as PROV-O, in the graph of judgements."""
    subject = iri(judgement.iri)
    agent = node(f"judge/{slug(judgement.who)}")
    moment = ox.Literal(judgement.at, datatype=term("xsd:dateTime"))
    facts: list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (subject, RDF_TYPE, rwb("Judgement")),
        (subject, RDF_TYPE, term("prov:Activity")),
        (subject, rwb("action"), ox.Literal(judgement.action)),
        (subject, rwb("reason"), ox.Literal(judgement.why)),
        (subject, term("prov:endedAtTime"), moment),
        (subject, term("prov:wasAssociatedWith"), agent),
        (agent, RDF_TYPE, term("prov:Agent")),
        (agent, LABEL, ox.Literal(judgement.who)),
    ]
    for group in judgement.groups:
        facts += [(subject, rwb("judges"), iri(report.iri)) for report in group]
    for key in (key for group in judgement.people for key in group):
        facts.append((subject, rwb("judges"), node(key)))
    yield from (ox.Quad(*fact, _GRAPH) for fact in facts)
    yield from _statements(judgement, subject)


def _statements(judgement: Judgement, subject: ox.NamedNode) -> Iterator[ox.Quad]:
    """Links to the statements judged; those accepted are stated here, those rejected where held."""
    verdict = _VERDICTS.get(judgement.action)
    for graph, triple in _triples(judgement, accepted=verdict == "accepted") if verdict else ():
        assert verdict
        yield ox.Quad(subject, rwb("judges"), iri(statement_iri(graph, triple, verdict)), _GRAPH)
        if verdict == "accepted":
            yield from statement(graph, triple, verdict)


def _triples(judgement: Judgement, *, accepted: bool) -> Iterator[tuple[str, ox.Triple]]:
    """The judged statements; an accepted value is said of the report, which keeps its name."""
    for claim in judgement.claims:
        report = claim.report
        of = iri(report.iri) if accepted else node(report.key)
        value = value_term(claim.slot, claim.value)
        yield document_graph(report.document), ox.Triple(of, rwb(claim.slot), value)
    for fact in judgement.facts:
        ends = node(fact.subject), rwb(fact.predicate), node(fact.object)
        yield document_graph(fact.document), ox.Triple(*ends)
