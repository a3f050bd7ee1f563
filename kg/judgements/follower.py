"""A store that follows the judgements that hold: what they keep out, what they hold together.

The graph is at any time what the documents say and the judgements that hold make of it; nothing in
it tells that others held before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.judgements.anchors import Anchor, anchors, moved
from kg.judgements.model import Judgement, made_for, mirror
from kg.judgements.withheld import restored, withhold
from kg.ledger import Ledger
from kg.reports import Claim, Constraints, Fact, Report
from kg.terms import RDF_TYPE, iri, rwb
from kg.vocab import JUDGEMENTS, document_graph

if TYPE_CHECKING:
    from kg.store import Store

Quads = Sequence[ox.Quad]
_GRAPH = iri(JUDGEMENTS)


class Follower:
    """Keeps the graph of one store in step with the judgements in its ledger."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.ledger = Ledger(store.path)
        self._holding = self._active()
        self._moved: dict[Report, Report] = {}
        store.constraints = constraints(self._holding)

    def close(self) -> None:
        """Let go of the ledger."""
        self.ledger.close()

    def catch_up(self) -> None:
        """Apply what the ledger holds and the graph does not yet, and the other way round."""
        found = self._store.ox.quads_for_pattern(None, RDF_TYPE, rwb("Judgement"), _GRAPH)
        known = {quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)}
        if known == {one.iri for one in self._holding}:
            return
        past = made_for(self._store.path)
        wrong = [one for one in past if (one.undone is None) != (one.judgement.iri in known)]
        self.follow([one.judgement for one in wrong])

    def follow(self, changed: Iterable[Judgement]) -> None:
        """Bring the graph to what holds now, where the changed judgements touch it."""
        self._holding = self._active()
        self._store.constraints = constraints(self._holding, self._moved)
        touched = {document for one in changed for document in one.documents}
        present = [each for each in sorted(touched) if self._is_there(each)]
        quads = {each: self.as_read(each) for each in present}
        before = _mirrored(self._store.ox)
        after = {quad for one in self._holding for quad in mirror(one)}
        self._store.rewrite(present, quads, removed=before - after, added=after - before)

    def anchors(self, judgement: Judgement) -> tuple[Anchor, ...]:
        """Where the reports that a judgement speaks of stand in their documents."""
        found: dict[Report, Anchor] = {}
        for document in judgement.documents:
            found |= anchors(document, self.as_read(document))
        return tuple(found[report] for report in judgement.reports if report in found)

    def withhold(self, document: str, quads: Quads) -> tuple[Quads, Quads]:
        """What stays of a document that is being written, and what is kept apart.

        Judged reports that are read otherwise now are found again by their place.
        """
        concerned = [one for one in self._holding if document in one.documents]
        if not concerned:
            return quads, []
        self._find_again(document, concerned, quads)
        return withhold(document, list(quads), self._store.constraints)

    def _find_again(self, document: str, concerned: Iterable[Judgement], quads: Quads) -> None:
        known = {
            each for one in concerned for each in one.anchors if each.report.document == document
        }
        others = {one: now for one, now in self._moved.items() if one.document != document}
        self._moved = others | moved(sorted(known), anchors(document, quads))
        self._store.constraints = constraints(self._holding, self._moved)

    def _active(self) -> tuple[Judgement, ...]:
        return tuple(past.judgement for past in made_for(self._store.path) if not past.undone)

    def _is_there(self, document: str) -> bool:
        return self._store.ox.contains_named_graph(iri(document_graph(document)))

    def as_read(self, document: str) -> list[ox.Quad]:
        """A document's quads, events by local key, with what judgements keep out."""
        kept = restored(self._store.ox, document)
        return list(dict.fromkeys([*self._store.local_quads(document), *kept]))


def constraints(
    holding: Iterable[Judgement], now: Mapping[Report, Report] | None = None
) -> Constraints:
    """What these judgements demand; `now` gives reports that have another key now."""
    names = now or {}
    must, cannot, people, apart = set(), set(), set(), set()
    refused: set[Report | Claim | Fact] = set()
    for one in holding:
        groups = [frozenset(names.get(each, each) for each in group) for group in one.groups]
        if one.action == "merge":
            must |= set(groups)
            people |= set(map(frozenset, one.people))
        elif one.action == "split":
            pairs = [(a, b) for x, y in combinations(groups, 2) for a in x for b in y]
            cannot |= {frozenset(pair) for pair in pairs if pair[0] != pair[1]}
            keys = [key for group in one.people for key in group]
            apart |= {frozenset(pair) for pair in combinations(keys, 2)}
        elif one.action == "reject":
            refused.update(*groups, one.facts)
            refused |= {
                replace(each, report=names.get(each.report, each.report)) for each in one.claims
            }
    return Constraints(*map(frozenset, (must, cannot, people, apart, refused)))  # type: ignore[arg-type]


def _mirrored(store: ox.Store) -> set[ox.Quad]:
    """What the graph of judgements says but for what left the documents' graphs."""
    quads = set(store.quads_for_pattern(None, None, None, _GRAPH))
    held = {
        quad.subject
        for quad in quads
        if quad.predicate == rwb("verdict") and quad.object == rwb("rejected")
    }
    return {quad for quad in quads if quad.subject not in held}
