"""Where a report stands in its document, so that it is found again when rules read it otherwise.

The key of a report follows from what is read of it. When changed rules read one party more, the
key changes; the words that state it are still the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.model import EventType
from kg.reports import Report, key_of
from kg.terms import RDF_TYPE, term
from kg.vocab import ID, RWB

_EVENT = ID + "event/"
_TYPES = frozenset(RWB + kind.value for kind in EventType)


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """A report, the class of its event (local name), and the span of its evidence."""

    report: Report
    type: str
    start: int
    end: int


def anchors(document: str, quads: Iterable[ox.Quad]) -> dict[Report, Anchor]:
    """The reports of a document with their places, from its quads (events by local key)."""
    types: dict[str, str] = {}
    facts: dict[tuple[str, ox.NamedNode], str] = {}
    bodies: dict[str, list[str]] = {}
    for quad in quads:
        subject, value = _text(quad.subject), _text(quad.object)
        if quad.predicate == RDF_TYPE and value in _TYPES:
            types[subject] = value.removeprefix(RWB)
        elif quad.predicate == term("oa:hasBody") and value.startswith(_EVENT):
            bodies.setdefault(value, []).append(subject)
        elif quad.predicate in _PLACES:
            facts[subject, quad.predicate] = value
    found = {}
    for event, kind in types.items():
        spans = [_span(annotation, facts) for annotation in bodies.get(event, ())]
        start = min((span[0] for span in spans), default=0)
        end = max((span[1] for span in spans), default=0)
        report = Report(document, key_of(event))
        found[report] = Anchor(report, kind, start, end)
    return found


_PLACES = frozenset(term(f"oa:{name}") for name in ("hasTarget", "hasSelector", "start", "end"))


def _span(annotation: str, facts: Mapping[tuple[str, ox.NamedNode], str]) -> tuple[int, int]:
    target = facts.get((annotation, term("oa:hasTarget")), "")
    selector = facts.get((target, term("oa:hasSelector")), "")
    start, end = (facts.get((selector, term(f"oa:{name}")), "0") for name in ("start", "end"))
    return int(start), int(end)


def _text(value: object) -> str:
    return value.value if isinstance(value, ox.NamedNode | ox.Literal) else str(value)


def moved(known: Iterable[Anchor], present: Mapping[Report, Anchor]) -> dict[Report, Report]:
    """The reports that have another key now, each with the one that has its place.

    One that is still there, or whose place several share or none has, is left out.
    """
    found = {}
    for anchor in known:
        if anchor.report not in present:
            near = [one for one in present.values() if _same_place(anchor, one)]
            if len(near) == 1:
                found[anchor.report] = near[0].report
    return found


def _same_place(one: Anchor, other: Anchor) -> bool:
    apart = one.end <= other.start or other.end <= one.start
    return one.type == other.type and not apart
