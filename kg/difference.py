"""What differs between two readings of a document: facts that came, went and changed, by rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.judgements.anchors import Anchor, anchors, moved
from kg.judgements.withheld import plain
from kg.reports import Report, key_of
from kg.terms import LABEL, RDF_TYPE, node, rwb, term
from kg.vocab import RULE, RWB

CAME, WENT, CHANGED = "came", "went", "changed"
_NOT_SAID = {LABEL, rwb("reportOf")}
_STATEMENT = term("rdf:Statement")
Values = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """One fact of a document that differs.

    `fact`: key of the event, or subject, predicate and object of a relation; `type`: class of the
    event, or the relation. `before` and `after` are (slot, value) pairs; of what changed only those
    that differ. `rules` read it: those of now, of what went those of then.
    """

    document: str
    kind: str  # came, went or changed
    type: str
    fact: str
    before: Values
    after: Values
    rules: tuple[str, ...]


def differences(
    document: str, before: Iterable[ox.Quad], after: Iterable[ox.Quad]
) -> list[Difference]:
    """The facts that differ between two readings (quads, events by local key), sorted.

    An event whose key changed is the same where it has the same class and the same words.
    """
    old, new = _Facts(document, before), _Facts(document, after)
    follows = moved(old.anchors.values(), new.anchors)
    taken = set(follows.values())
    found = []
    for report, anchor in old.anchors.items():
        now = new.anchors.get(follows.get(report, report))
        if now is None:
            found.append(_one_sided(document, WENT, anchor, old))
        elif change := _changed(document, anchor, now, old, new):
            found.append(change)
    for report, anchor in new.anchors.items():
        if report not in old.anchors and report not in taken:
            found.append(_one_sided(document, CAME, anchor, new))
    return sorted([*found, *_relations(document, old, new)])


def by_rule(found: Iterable[Difference]) -> dict[str, list[Difference]]:
    """The differences under each of their rules, sorted."""
    groups: dict[str, list[Difference]] = defaultdict(list)
    for one in found:
        for rule in one.rules or ("",):
            groups[rule].append(one)
    return {rule: sorted(groups[rule]) for rule in sorted(groups)}


class _Facts:
    """What one reading states: events with their values, relations, and the rules behind them."""

    def __init__(self, document: str, quads: Iterable[ox.Quad]) -> None:
        content = list(quads)
        self.anchors: dict[Report, Anchor] = anchors(document, content)
        events = {node(report.key) for report in self.anchors}
        self.values: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self.rules: dict[str, set[str]] = defaultdict(set)
        self.relations: dict[str, tuple[str, str]] = {}
        parts: dict[object, dict[object, ox.Quad]] = defaultdict(dict)
        for quad in content:
            if quad.subject in events and quad.predicate not in _NOT_SAID:
                slot = "type" if quad.predicate == RDF_TYPE else _local(quad.predicate)
                self.values[_key(quad.subject)].add((slot, plain(quad.object)))
            parts[quad.subject][quad.predicate] = quad
        self._gather(parts)

    def _gather(self, parts: Mapping[object, Mapping[object, ox.Quad]]) -> None:
        body, rule = term("oa:hasBody"), rwb("rule")
        ends = [term(f"rdf:{name}") for name in ("subject", "predicate", "object")]
        names: dict[str, str] = {}
        for subject, facts in parts.items():
            kind = facts.get(RDF_TYPE)
            if kind is not None and kind.object == _STATEMENT:
                said = [plain(facts[end].object) for end in ends]
                names[_key(subject)] = " ".join(said)
                self.relations[" ".join(said)] = (said[1], said[2])
        for facts in parts.values():
            if body in facts and rule in facts:
                about = plain(facts[body].object)
                read = plain(facts[rule].object).removeprefix(RULE)
                self.rules[names.get(about, about)].add(read)


def _key(subject: object) -> str:
    return key_of(subject.value) if isinstance(subject, ox.NamedNode) else str(subject)


def _local(predicate: ox.NamedNode) -> str:
    return predicate.value.removeprefix(RWB)


def _one_sided(document: str, kind: str, anchor: Anchor, facts: _Facts) -> Difference:
    key = anchor.report.key
    values = tuple(sorted(facts.values[key] - {("type", "Event"), ("type", anchor.type)}))
    before, after = (values, ()) if kind == WENT else ((), values)
    rules = tuple(sorted(facts.rules[key]))
    return Difference(document, kind, anchor.type, key, before, after, rules)


def _changed(
    document: str, was: Anchor, now: Anchor, old: _Facts, new: _Facts
) -> Difference | None:
    before, after = old.values[was.report.key], new.values[now.report.key]
    if before == after:
        return None
    gone, come = tuple(sorted(before - after)), tuple(sorted(after - before))
    rules = tuple(sorted(new.rules[now.report.key]))
    return Difference(document, CHANGED, now.type, now.report.key, gone, come, rules)


def _relations(document: str, old: _Facts, new: _Facts) -> list[Difference]:
    found = []
    for kind, one, other in ((WENT, old, new), (CAME, new, old)):
        for fact in one.relations.keys() - other.relations.keys():
            rules = tuple(sorted(one.rules[fact]))
            found.append(Difference(document, kind, one.relations[fact][0], fact, (), (), rules))
    return found
