"""From what a person names to what a judgement speaks of: reports, values, relations, persons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import pyoxigraph as ox

from kg.consistency import roles
from kg.errors import JudgementFault
from kg.judgements.model import Subject
from kg.judgements.withheld import plain
from kg.reports import Claim, Fact, Report, event_of, identifier, key_of, reports_of
from kg.terms import RDF_TYPE, node, rwb
from kg.vocab import GRAPH, RWB

_ROLES = frozenset(role.removeprefix(RWB) for role in roles())
_REQUIRED = {"certainty": "an event needs a certainty", "stance": "a statement needs a stance"}


@dataclass(frozen=True, slots=True)
class Aim:
    """What a judgement speaks of; see `kg.judgements.model.Judgement`."""

    groups: tuple[tuple[Report, ...], ...] = ()
    claims: tuple[Claim, ...] = ()
    facts: tuple[Fact, ...] = ()
    people: tuple[tuple[str, ...], ...] = ()


def resolved(store: ox.Store, action: str, subjects: Sequence[Subject]) -> Aim:
    """The reports, values, relations or persons meant; JudgementFault where there are none."""
    if not subjects:
        raise JudgementFault("nothing is named to judge")
    if action == "merge":
        return _merged(store, subjects)
    if action == "split":
        return _split(store, subjects)
    return _stated(store, action, subjects)


def _stated(store: ox.Store, action: str, subjects: Iterable[Subject]) -> Aim:
    reports: list[Report] = []
    claims: list[Claim] = []
    facts: list[Fact] = []
    for subject in subjects:
        if not _is_event(subject):
            facts += _facts(store, subject)
        elif subject.slot:
            if action == "reject" and subject.slot in _REQUIRED:
                why = _REQUIRED[subject.slot]
                raise JudgementFault(f"{subject}: {why}: reject what the document reports instead")
            claims += _claims(store, subject)
        else:
            reports += _reports(store, subject)
    groups = (tuple(dict.fromkeys(reports)),) if reports else ()
    return Aim(groups, tuple(dict.fromkeys(claims)), tuple(dict.fromkeys(facts)))


def _merged(store: ox.Store, subjects: Sequence[Subject]) -> Aim:
    if len({(subject.node, subject.document) for subject in subjects}) < 2:
        raise JudgementFault("name two or more events, or persons, to merge")
    if not any(map(_is_event, subjects)):
        return Aim(people=(_persons(store, subjects),))
    reports = [_reports(store, subject) for subject in subjects]
    kinds = {report.key.rpartition("-")[0] for group in reports for report in group}
    if len(kinds) > 1:
        named = " and ".join(sorted(kind.removeprefix("event/") for kind in kinds))
        raise JudgementFault(f"events of different kinds are never one: {named}")
    return Aim((tuple(dict.fromkeys(report for group in reports for report in group)),))


def _split(store: ox.Store, subjects: Sequence[Subject]) -> Aim:
    if not any(map(_is_event, subjects)):
        persons = _persons(store, subjects)
        if len(persons) < 2:
            raise JudgementFault("name two or more persons to tell apart")
        return Aim(people=tuple((key,) for key in persons))
    groups: list[tuple[Report, ...]] = []
    for event, named in groupby(sorted(subjects), key=lambda subject: key_of(subject.node)):
        whole = _reports(store, Subject(event))
        documents = {subject.document for subject in named if subject.document}
        away = [report for report in whole if report.document in documents or not documents]
        rest = tuple(report for report in whole if report not in away)
        if len(away) + bool(rest) < 2:
            raise JudgementFault(f"{event}: there is nothing to tell apart")
        together = [tuple(away)] if rest else [(report,) for report in away]
        groups += [*together, *([rest] if rest else [])]
    return Aim(tuple(groups))


def _is_event(subject: Subject) -> bool:
    return key_of(subject.node).startswith("event/")


def _reports(store: ox.Store, subject: Subject) -> tuple[Report, ...]:
    event = node(key_of(subject.node)).value
    found = reports_of(store, event) or _as_read(store, subject)
    if subject.document is not None:
        found = tuple(report for report in found if report.document == subject.document)
    if not found:
        raise JudgementFault(f"no document reports {subject}")
    return found


def _as_read(store: ox.Store, subject: Subject) -> tuple[Report, ...]:
    """The report of a key that the event has in its document alone."""
    if subject.document is None:
        return ()
    report = Report(subject.document, key_of(subject.node))
    return (report,) if event_of(store, report) else ()


def _claims(store: ox.Store, subject: Subject) -> Iterator[Claim]:
    slot, value = subject.slot or "", plain_value(subject.value or "")
    slot = "participant" if slot in _ROLES else slot
    found = [report for report in _reports(store, subject) if _has(store, report, slot, value)]
    if not found:
        raise JudgementFault(f"no document gives {subject}")
    yield from (Claim(report, slot, value) for report in found)


def plain_value(value: str) -> str:
    """A value as claims write it, from a key, an IRI, a code or a literal."""
    return key_of(value).removeprefix(RWB)


def _has(store: ox.Store, report: Report, slot: str, value: str) -> bool:
    event = event_of(store, report)
    graph = ox.NamedNode(report.iri.partition("#")[0])
    quads = store.quads_for_pattern(
        ox.NamedNode(event) if event else node(report.key), rwb(slot), None, graph
    )
    return any(plain(quad.object) == value for quad in quads)


def _facts(store: ox.Store, subject: Subject) -> Iterator[Fact]:
    if not (subject.slot and subject.value):
        raise JudgementFault(f"{subject}: name an event, a value of one, or a relation")
    ends = key_of(subject.node), key_of(subject.value)
    quads = store.quads_for_pattern(node(ends[0]), rwb(subject.slot), node(ends[1]), None)
    graphs = [quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)]
    names = [identifier(store, each) for each in graphs if each.startswith(GRAPH + "document/")]
    wanted = [name for name in names if name and subject.document in (None, name)]
    if not wanted:
        raise JudgementFault(f"no document states {subject}")
    yield from (Fact(name, ends[0], subject.slot, ends[1]) for name in sorted(wanted))


def _persons(store: ox.Store, subjects: Iterable[Subject]) -> tuple[str, ...]:
    keys = tuple(dict.fromkeys(key_of(subject.node) for subject in subjects))
    for key in keys:
        found = store.quads_for_pattern(node(key), RDF_TYPE, rwb("Person"), None)
        if next(found, None) is None:
            raise JudgementFault(f"{key} is neither an event nor a person of the graph")
    return tuple(sorted(keys))
