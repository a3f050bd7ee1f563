"""Which annotated event is which event of the graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kg.evaluation.gold import GoldArticle, GoldEvent, GoldParticipant
from kg.evaluation.graph import FoundDocument, FoundEvent, Graph
from kg.evaluation.names import same_name

A = TypeVar("A")
B = TypeVar("B")
_ENOUGH = 0.5  # overlap of parties (Dice) below which only a common title makes two events one


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs of events; the annotated and the found that are to be counted, paired or not."""

    pairs: tuple[tuple[GoldEvent, FoundEvent], ...]
    gold: tuple[GoldEvent, ...]
    found: tuple[FoundEvent, ...]
    missed: tuple[GoldEvent, ...]
    extra: tuple[FoundEvent, ...]


def matched(golds: Iterable[A], found: Iterable[B], test: Callable[[A, B], bool]) -> int:
    """How many of `golds` find a partner of their own in `found`, first come, first served."""
    left = list(found)
    hits = 0
    for gold in golds:
        for index, one in enumerate(left):
            if test(gold, one):
                del left[index]
                hits += 1
                break
    return hits


def align(graph: Graph, article: GoldArticle, document: FoundDocument) -> Alignment:
    """Pair the events of an article, the most alike first.

    An event left over whose parties are all among those of a paired event of its type was only told
    apart, or together, differently from the annotation: it counts neither way, though it is listed
    among the missed or the extra.
    """
    golds, found = article.events, document.events
    taken: dict[int, int] = {}
    used: set[int] = set()
    for score, i, j in _ranking(graph, golds, found):
        if score > 0 and i not in taken and j not in used:
            taken[i] = j
            used.add(j)
    pairs = tuple((golds[i], found[j]) for i, j in taken.items())
    missed = tuple(one for i, one in enumerate(golds) if i not in taken)
    extra = tuple(one for j, one in enumerate(found) if j not in used)
    merged = {id(one) for one in missed if _told_together(graph, one, pairs)}
    split = {id(one) for one in extra if _told_apart(graph, one, pairs)}
    return Alignment(
        pairs,
        tuple(one for one in golds if id(one) not in merged),
        tuple(one for one in found if id(one) not in split),
        missed,
        extra,
    )


def _ranking(
    graph: Graph, golds: Sequence[GoldEvent], found: Sequence[FoundEvent]
) -> list[tuple[float, int, int]]:
    scores = (
        (likeness(graph, gold, one), i, j)
        for i, gold in enumerate(golds)
        for j, one in enumerate(found)
    )
    return sorted(scores, reverse=True)


def likeness(graph: Graph, gold: GoldEvent, found: FoundEvent) -> float:
    """Common parties (Dice, 0 to 1), and more for a common title, date or stance; 0 if apart."""
    if gold.type != found.type:
        return 0.0
    parties = len(gold.participants) + len(found.participants)
    hits = matched(gold.participants, found.participants, graph.is_participant)
    overlap = 2 * hits / parties if parties else 1.0
    title = bool(gold.title) and same_name(gold.title or "", found.titles)
    if overlap < _ENOUGH and not title:
        return 0.0
    date = bool(gold.date) and gold.date == found.date
    stance = gold.type == "Statement" and gold.stance == found.stance
    return overlap + title + 0.5 * date + 0.5 * stance


def _told_apart(
    graph: Graph, one: FoundEvent, pairs: Iterable[tuple[GoldEvent, FoundEvent]]
) -> bool:
    return bool(one.participants) and any(
        gold.type == one.type
        and all(_among(graph, gold.participants, node) for node in one.participants)
        for gold, _ in pairs
    )


def _told_together(
    graph: Graph, one: GoldEvent, pairs: Iterable[tuple[GoldEvent, FoundEvent]]
) -> bool:
    return bool(one.participants) and any(
        found.type == one.type
        and all(
            any(graph.is_participant(party, node) for node in found.participants)
            for party in one.participants
        )
        for _, found in pairs
    )


def _among(graph: Graph, parties: Iterable[GoldParticipant], node: str) -> bool:
    return any(graph.is_participant(party, node) for party in parties)
