"""Keeps one node for one person and one happening while documents come and go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any

import pyoxigraph as ox

from kg.reports import Constraints, Report
from kg.resolution.account import Account, Policy, Tier
from kg.resolution.clusters import Clusters, Ids
from kg.resolution.comparison import Happenings
from kg.resolution.features import Sheet
from kg.resolution.happenings import happening_of
from kg.resolution.index import EVENTS, PEOPLE, Entry, Index
from kg.resolution.people import People, name_of
from kg.vocab import ID, digest, id_iri

Quads = Sequence[ox.Quad]
Entries = Mapping[str, Sequence[Entry[Account]]]  # document → its reports
_POLICIES: dict[int, Policy[Any]] = {PEOPLE: People(), EVENTS: Happenings()}


@dataclass(slots=True)
class Change:
    """What documents coming and going do: per document, its own keys → the keys of the nodes."""

    before: dict[str, dict[str, str]] = field(default_factory=dict)
    after: dict[str, dict[str, str]] = field(default_factory=dict)
    events: set[str] = field(default_factory=set)  # keys of events whose accounts changed


class Resolver:
    """Decides which reports are of one, over an index; `local` gives a document's own quads."""

    def __init__(
        self, index: Index, local: Callable[[str], Quads], constraints: Constraints
    ) -> None:
        self._index = index
        self._local = local
        self._constraints = constraints
        self._named = frozenset[Report]().union(*constraints.must, *constraints.cannot)
        self._sheets: dict[str, Sheet | None] = {}
        self._change = Change()

    def update(self, documents: Mapping[str, Quads | None]) -> Change:
        """Take in documents by their own quads; None takes one out."""
        self._sheets = {
            name: Sheet(quads) if quads is not None else None for name, quads in documents.items()
        }
        self._touch(documents)
        renamed = self._resolve(PEOPLE, set(documents))
        self._resolve(EVENTS, set(documents) | renamed)
        for name in self._change.before:
            self._change.after[name] = self._index.names(name)
        return self._change

    def _touch(self, documents: Iterable[str]) -> None:
        """Remember what a document's nodes are called, before that changes."""
        for name in documents:
            if name not in self._change.before:
                self._change.before[name] = self._index.names(name)

    # ------------------------------------------------------------ what documents say
    def _sheet(self, document: str) -> Sheet | None:
        if document not in self._sheets:
            self._sheets[document] = Sheet(self._local(document))
        return self._sheets[document]

    def _entries(self, kind: int, document: str) -> list[Entry[Account]]:
        sheet = self._sheet(document)
        if sheet is None:
            return []
        if kind == PEOPLE:
            return [Entry(each.key, name_of(each, document)) for each in sheet.people()]
        names = self._index.names(document)
        found: list[Entry[Account]] = []
        for event in sheet.events():
            report = Report(document, event.key)
            if report not in self._constraints.rejected:
                apart = str(report) if report in self._named else ""
                found.append(Entry(event.key, happening_of(event, document, names, apart)))
        return found

    # ------------------------------------------------------------ one kind of thing
    def _resolve(self, kind: int, documents: set[str]) -> set[str]:
        """Bring the clusters up to date; the documents whose nodes have other keys by it."""
        before = {name: self._index.entries(name, kind) for name in documents}
        after = {name: self._entries(kind, name) for name in documents}
        moved = _moved(before, after)
        owners = {local: self._index.owner(kind, local) for local in moved}
        kept = {entry.account.id for each in after.values() for entry in each}
        left = {id for each in before.values() for id in each.values()} - kept
        gone = self._index.only_of(left, documents)
        losing = left if _POLICIES[kind].told_apart else gone
        reached = self._clusters(kind).reach(losing) - gone if losing else set()
        self._note(kind, gone)
        fresh = self._put(kind, after)
        if _POLICIES[kind].told_apart:  # what a document tells apart counts, known or not
            fresh |= kept - {id for each in before.values() for id in each.values()}
        self._index.drop(gone)
        for local, owner in owners.items():
            now = self._index.owner(kind, local)
            if now is not None and owner is not None and now[1] != owner[1]:
                fresh |= self._index.of_local(kind, local) if self._vies(now[1]) else set()
        clusters = self._clusters(kind)
        return self._rename(kind, clusters, reached | clusters.reach(fresh))

    def _vies(self, id: int) -> bool:
        """Whether a node may lose its key to another of the same name."""
        return self._index.account(id).tier != Tier.LISTED

    def _put(self, kind: int, entries: Entries) -> set[int]:
        """Keep the reports of documents; the accounts that are new."""
        fresh: set[int] = set()
        for name in sorted(entries):
            fresh |= self._index.put(name, kind, entries[name], _POLICIES[kind].blocks)
        return fresh

    def _note(self, kind: int, accounts: Iterable[int]) -> None:
        """Remember events as changed."""
        if kind == EVENTS:
            found = (self._index.canonical(id) for id in accounts)
            self._change.events |= {key for key in found if key is not None}

    # ------------------------------------------------------------ names of nodes
    def _rename(self, kind: int, clusters: Clusters[Any], accounts: set[int]) -> set[str]:
        """Give nodes the keys that their clusters ask for; the documents that this concerns."""
        self._note(kind, accounts)
        keys: dict[Ids, str] = {}
        concerned: set[str] = set()
        for id in sorted(accounts):
            root = clusters.root(id)
            if root not in keys:
                keys[root] = self._key(kind, root)
            if self._index.canonical(id) != keys[root]:
                documents = self._index.documents(id)
                self._touch(documents)
                concerned |= documents
                self._index.rename(id, keys[root])
        self._note(kind, accounts)
        return concerned

    def _key(self, kind: int, root: Ids) -> str:
        """The key of a node: the smallest by which a document knows it, unless another's is."""
        accounts = [self._index.account(id) for id in root]
        listed = [each.local for each in accounts if each.tier == Tier.LISTED]
        if listed:
            return min(listed)
        keys = sorted({each.local for each in accounts})
        for key in keys:
            owner = self._index.owner(kind, key)
            if owner is not None and owner[1] in root:
                return key
        stem = keys[0].rpartition("-")[0] if kind == EVENTS else keys[0]
        return f"{stem}-{digest(keys[0], str(min(root)))}"

    # ------------------------------------------------------------ judgements
    def _clusters(self, kind: int) -> Clusters[Any]:
        must, cannot = self._judged(kind)
        return Clusters(self._index, _POLICIES[kind], must, cannot)

    def _judged(self, kind: int) -> tuple[dict[int, Ids], dict[int, Ids]]:
        """The accounts that judgements join to an account, and those they keep from it."""
        given = self._constraints
        if kind == EVENTS:
            groups = [[self._reported(report) for report in group] for group in given.must]
            pairs = [[self._reported(report) for report in pair] for pair in given.cannot]
        else:
            groups = [[self._called(key) for key in group] for group in given.people_must]
            pairs = [[self._called(key) for key in pair] for pair in given.people_cannot]
        return _links([[set().union(*group)] * 2 for group in groups]), _links(pairs)

    def _reported(self, report: Report) -> set[int]:
        found = self._index.entries(report.document, EVENTS).get(report.key)
        return set() if found is None else {found}

    def _called(self, key: str) -> set[int]:
        return self._index.of_local(PEOPLE, id_iri(key).removeprefix(ID))


def _links(groups: Iterable[Sequence[set[int]]]) -> dict[int, Ids]:
    """Every account of one part of a group with those of the other parts."""
    found: dict[int, set[int]] = defaultdict(set)
    for group in groups:
        for one, other in permutations(group, 2):
            for id in one:
                found[id] |= other - {id}
    return {id: frozenset(others) for id, others in found.items()}


def _moved(before: Mapping[str, Mapping[str, int]], after: Entries) -> set[str]:
    """The keys under which a document has another account than before, one more or one less."""
    found: set[str] = set()
    for name, entries in after.items():
        now = {entry.local: entry.account.id for entry in entries}
        found |= {local for local, _ in before[name].items() ^ now.items()}
    return found
