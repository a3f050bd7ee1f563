"""Which accounts are of one thing, decided from what lies near them and nothing else.

Accounts of one tier that are joined strongly make a *group*. Groups of the clearest tiers are
joined further by weak evidence, where no two of what would come together conflict; groups of a
lower tier attach to the one cluster of a higher tier that they fit best, and stay apart where two
fit alike. So the outcome depends on the set of accounts, not on the order they came in.

What the whole world writes about has hundreds of accounts of one identity. They are joined without
a look at one another, so that one more costs the time of one more, not that of all pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations
from typing import Generic, Protocol, TypeVar

from kg.resolution.account import A, Account, Join, Policy, Tier

Ids = frozenset[int]
T = TypeVar("T", int, Ids)
Given = TypeVar("Given", bound=Account, covariant=True)


class Surroundings(Protocol[Given]):
    """Where accounts are found."""

    def account(self, id: int) -> Given:
        """The account of this number."""
        ...

    def near(self, ids: Ids) -> Ids:
        """The accounts that share a block with one of these, themselves left out."""
        ...

    def in_block(self, key: str) -> Iterable[int]:
        """The accounts of a block."""
        ...

    def documents(self, id: int) -> set[str]:
        """The documents that have an account."""
        ...


class Clusters(Generic[A]):
    """The clusters around some accounts; good until an account comes or goes."""

    def __init__(
        self,
        around: Surroundings[A],
        policy: Policy[A],
        must: Mapping[int, Ids],
        cannot: Mapping[int, Ids],
    ) -> None:
        self._around = around
        self._policy = policy
        self._must = must
        self._cannot = cannot
        for name in (
            "_alike",
            "_beyond",
            "_documents",
            "_identical",
            "_join",
            "_strong",
            "group",
            "_wide",
            "_cluster",
            "root",
        ):
            setattr(self, name, cache(getattr(self, name)))

    # ------------------------------------------------------------ neighbours
    def _alike(self, id: int) -> Ids:
        """The accounts of this one's tier and identity, itself included; all join strongly."""
        account = self._around.account(id)
        identity = self._policy.identity(account)
        if identity is None or id in self._cannot:
            return frozenset({id})
        return self._identical(identity, account.tier)

    def _identical(self, identity: str, tier: int) -> Ids:
        found = (self._around.account(each) for each in self._around.in_block(identity))
        return frozenset(
            each.id
            for each in found
            if each.tier == tier
            and each.id not in self._cannot
            and self._policy.identity(each) == identity
        )

    def _chain(self, id: int) -> Ids:
        """Accounts of this identity, by which one gets from any of them to all others."""
        alike = self._alike(id)
        first = min(alike)
        return alike if id == first else frozenset({first})

    def _near(self, id: int) -> tuple[A, ...]:
        """The accounts that share a block with one of this identity, these left out."""
        return self._beyond(self._alike(id))

    def _beyond(self, alike: Ids) -> tuple[A, ...]:
        return tuple(self._around.account(each) for each in sorted(self._around.near(alike)))

    def _join(self, one: int, other: int) -> Join:
        if other in self._cannot.get(one, ()):
            return Join.NO
        return self._policy.join(self._around.account(one), self._around.account(other))

    def _joined(self, id: int) -> Iterator[tuple[int, Join]]:
        """The accounts of this tier, of another identity, that this one is joined to."""
        tier = self._around.account(id).tier
        for each in self._near(id):
            if each.tier == tier:
                join = self._join(*sorted((id, each.id)))
                if join:
                    yield each.id, join

    def _conflict(self, one: Ids, other: Ids) -> bool:
        return any(
            b in self._cannot.get(a, ())
            or self._policy.conflict(self._around.account(a), self._around.account(b))
            for a in one
            for b in other
        ) or self._together(one, other)

    def _together(self, one: Ids, other: Ids) -> bool:
        """Whether a document tells two of them apart."""
        if not self._policy.told_apart:
            return False
        few, many = sorted((one, other), key=len)
        known = set[str]().union(*map(self._documents, few))
        return any(not known.isdisjoint(self._documents(id)) for id in many)

    def _documents(self, id: int) -> Ids | frozenset[str]:
        return frozenset(self._around.documents(id))

    # ------------------------------------------------------------ groups
    def _strong(self, id: int) -> Ids:
        joined = {each for each, join in self._joined(id) if join is Join.STRONG}
        return (self._chain(id) | joined | self._must.get(id, frozenset())) - {id}

    def group(self, id: int) -> Ids:
        """The accounts that are joined strongly to this one, over others too; itself included."""
        found = _reach(id, self._strong)
        if not any(each in self._cannot for each in found):
            return found
        return next(part for part in self._parted(found) if id in part)

    def _parted(self, found: Ids) -> list[Ids]:
        """A group in parts that keep to what must not be together; judgements to join go first."""
        parts = {each: frozenset({each}) for each in found}
        edges = {(min(a, b), max(a, b)) for a in found for b in self._strong(a)}
        for a, b in sorted(edges, key=lambda e: (e[1] not in self._must.get(e[0], ()), e)):
            one, other = parts[a], parts[b]
            if one != other and not any(o in self._cannot.get(i, ()) for i in one for o in other):
                parts.update(dict.fromkeys(one | other, one | other))
        return sorted(set(parts.values()), key=min)

    def tier(self, group: Ids) -> int:
        """The clearest tier of a group's accounts."""
        return min(self._around.account(each).tier for each in group)

    # ------------------------------------------------------------ clusters of the clearest
    def _beside(self, group: Ids) -> frozenset[Ids]:
        """The groups that this one is joined to by weak evidence."""
        found = {
            self.group(each) for id in group for each, join in self._joined(id) if join is Join.WEAK
        }
        return frozenset(found - {group})

    def _wide(self, group: Ids) -> frozenset[Ids]:
        """The groups beside this one that it is the same as: nothing beside either conflicts."""
        beside = self._beside(group)
        if not self._at_peace({group, *beside}):
            return frozenset()
        return frozenset(
            other for other in beside if self._at_peace({other, group, *self._beside(other)})
        )

    def _at_peace(self, groups: Iterable[Ids]) -> bool:
        return not any(self._conflict(*pair) for pair in combinations(groups, 2))

    def _cluster(self, group: Ids) -> Ids:
        found = _reach(group, self._wide)
        whole = frozenset(id for part in found for id in part)
        return whole if self._at_peace(found) else group

    # ------------------------------------------------------------ attachment
    def root(self, id: int) -> Ids:
        """The accounts that make the cluster to which this one belongs."""
        group = self.group(id)
        tier = self.tier(group)
        if tier <= Tier.LISTED:
            return group
        cluster = group if tier == Tier.VAGUE else self._cluster(group)
        for found in dict.fromkeys((cluster, group)):
            roots = self._fitting(found, tier)
            if len(roots) < 2:
                return next(iter(roots), found)
        return group

    def _fitting(self, group: Ids, tier: int) -> set[Ids]:
        """The clusters of clearer accounts that a group fits best, alike well."""
        ranked: dict[Ids, int] = {}
        for id in group:
            account = self._around.account(id)
            for each in self._near(id):
                if each.tier >= tier or self.tier(self.group(each.id)) >= tier:
                    continue
                rank = self._policy.attach(account, each)
                if rank is not None:
                    root = self.root(each.id)
                    ranked[root] = min(rank, ranked.get(root, rank))
        best = min(ranked.values(), default=None)
        fitting = {root for root, rank in ranked.items() if rank == best}
        if any(self._together(group, root) for root in fitting):
            return set()
        return {root for root in fitting if not self._kept_apart(group, root)}

    def _kept_apart(self, one: Ids, other: Ids) -> bool:
        """Whether a judgement keeps two groups apart."""
        return any(b in self._cannot.get(a, ()) for a in one for b in other)

    # ------------------------------------------------------------ what a change can reach
    def reach(self, changed: Iterable[int]) -> set[int]:
        """The accounts whose cluster may depend on these."""
        found = set(changed)
        for tier in Tier:
            found |= self._same_tier({id for id in found if self._tier_of(id) == tier})
            found |= self._vaguer({id for id in found if self._tier_of(id) <= tier}, tier)
        return found

    def _vaguer(self, ids: set[int], tier: int) -> set[int]:
        """The accounts below a tier that fit one of these."""
        found: set[int] = set()
        for id in ids:
            for each in self._near(id):
                if each.tier > tier and each.id not in found and self._fits(each.id, id):
                    found.add(each.id)
        return found

    def _tier_of(self, id: int) -> int:
        return self._around.account(id).tier

    def _fits(self, vague: int, clear: int) -> bool:
        one, other = self._around.account(vague), self._around.account(clear)
        return self._policy.attach(one, other) is not None

    def _same_tier(self, ids: set[int]) -> set[int]:
        found: set[int] = set()
        for id in ids:
            if id not in found:
                found |= _reach(id, self._linked)
        return found

    def _linked(self, id: int) -> Ids:
        joined = {each for each, _ in self._joined(id)}
        return self._chain(id) | joined | self._must.get(id, frozenset())


def _reach(start: T, step: Callable[[T], Iterable[T]]) -> frozenset[T]:
    """All that can be got to, the start included."""
    found, waiting = {start}, [start]
    while waiting:
        for each in step(waiting.pop()):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return frozenset(found)
