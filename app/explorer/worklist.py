"""What needs an eye: contradictions, announcements without outcome, facts that rest on little."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from pyoxigraph import Store

from app.explorer import data
from kg import corroboration
from kg.brief.times import finest
from kg.corroboration import Corroboration
from kg.preference import Value
from kg.terms import rwb, term
from kg.vocab import RWB

CAP = 200  # items of a list
CANDIDATES = 1_000  # events that are looked at in earnest
LOW = 0.7  # below this a fact is worth a look


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Values of one slot of an event that exclude one another, the preferred one first."""

    event: str
    slot: str
    values: tuple[Value, ...]
    told: Corroboration


@dataclass(frozen=True, slots=True)
class Announcement:
    """An event that was only announced; `overdue`: its day has passed, no outcome is known."""

    event: str
    date: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class Weak:
    """A fact that rests on little: the best confidence of its reports, and how many there are."""

    event: str
    confidence: float
    documents: int


@dataclass(frozen=True, slots=True)
class Worklist:
    """The lists, each at most `CAP` long, with how many there are in all (at least)."""

    contradictions: tuple[Contradiction, ...]
    announcements: tuple[Announcement, ...]
    weak: tuple[Weak, ...]
    counts: dict[str, int]


def worklist(store: Store, latest: str) -> Worklist:
    """All lists; `latest` is the last day of publication. Reads every event once: keep it."""
    said = _said(store)
    disputes = contradictions(store, said)
    waiting = announcements(store, said, latest)
    low = weak(store)
    counts = {
        "contradictions": len(disputes),
        "announcements": len(waiting),
        "weak": len(low),
    }
    return Worklist(tuple(disputes[:CAP]), tuple(waiting[:CAP]), tuple(low[:CAP]), counts)


def _said(store: Store) -> dict[str, dict[str, set[str]]]:
    """Event → property → values, of those properties that hold one value."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for name in ("certainty", "date", "place", "edition"):
        for quad in store.quads_for_pattern(None, rwb(name), None):
            if data.text_of(quad.graph_name).startswith(data.DOCUMENT_GRAPHS):
                value = data.text_of(quad.object).removeprefix(RWB)
                found[data.text_of(quad.subject)][name].add(value)
    return found


def contradictions(store: Store, said: dict[str, dict[str, set[str]]]) -> list[Contradiction]:
    """Every slot of every event whose values exclude one another, by event."""
    found: list[Contradiction] = []
    candidates = [node for node, values in sorted(said.items()) if _may_contradict(values)]
    for node in candidates[:CANDIDATES]:
        told = corroboration.sources(store, node)
        for slot, values in sorted(told.contradictions.items()):
            found.append(Contradiction(node, slot, values, told))
    return sorted(found, key=lambda one: (-one.told.voices, one.slot, one.event))


def _may_contradict(values: dict[str, set[str]]) -> bool:
    certain = values["certainty"]
    return (
        len(finest(values["date"])) > 1
        or ("held" in certain and bool(certain & {"cancelled", "denied"}))
        or len(values["place"]) > 1
        or len(values["edition"]) > 1
    )


def rivals(disputes: Iterable[Contradiction]) -> list[tuple[tuple[str, str], int]]:
    """Pairs of documents that contradict each other, with how often, the most often first."""
    tally: Counter[tuple[str, str]] = Counter()
    for one in disputes:
        tally.update(set(_pairs(one)))
    return sorted(tally.items(), key=lambda pair: (-pair[1], pair[0]))


def _pairs(one: Contradiction) -> Iterator[tuple[str, str]]:
    for first, second in combinations(one.values, 2):
        for a in {statement.document for statement in first.statements}:
            for b in {statement.document for statement in second.statements}:
                if a != b:
                    yield (min(a, b), max(a, b))


def announcements(
    store: Store, said: dict[str, dict[str, set[str]]], latest: str
) -> list[Announcement]:
    """What was announced and of which no outcome is known, the overdue first, by date."""
    found = []
    for node, values in said.items():
        if values["certainty"] == {"planned"} and not data.objects(store, node, rwb("outcome")):
            date = min(finest(values["date"]), default="")
            overdue = bool(date) and date < latest[: len(date)]
            found.append(Announcement(node, date, overdue))
    return sorted(found, key=lambda one: (not one.overdue, one.date or "9999", one.event))


def weak(store: Store) -> list[Weak]:
    """Events whose best report is of low confidence, the least sure first."""
    best: dict[str, float] = {}
    graphs: dict[str, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, rwb("confidence"), None):
        annotation, graph = data.text_of(quad.subject), data.text_of(quad.graph_name)
        if not graph.startswith(data.DOCUMENT_GRAPHS):
            continue
        value = float(data.text_of(quad.object) or 0)
        if value >= LOW:
            continue
        body = next(iter(data.objects(store, annotation, term("oa:hasBody"), graph)), "")
        best[body] = max(best.get(body, 0.0), value)
        graphs[body].add(graph)
    found = [
        Weak(body, value, len(graphs[body]))
        for body, value in sorted(best.items(), key=lambda pair: pair[1])[:CANDIDATES]
        if body and not _surer(store, body)
    ]
    return sorted(found, key=lambda one: (one.confidence, one.documents, one.event))


def _surer(store: Store, body: str) -> bool:
    """Whether some report of the event is sure enough, or several documents tell of it."""
    told = corroboration.sources(store, body)
    return told.confidence >= LOW or told.voices > 1
