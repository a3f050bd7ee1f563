"""Which names are of one person: the lexicon's key first, then spelling with state and office.

| name | is of whom |
| --- | --- |
| known to the lexicon | the official of that key |
| in full, with a state | any other of that spelling and state; a listed one, if only one fits |
| in full, no state known | the only person of that spelling, if there is but one |
| one word | the only person of that surname who holds the very office stated |

A surname alone is never enough, and names in full of two states are two persons.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.resolution.account import Account, Join, Tier, number
from kg.resolution.features import PersonReport, posts
from kg.resolution.spelling import alike, code, same_word, words

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name(Account):
    """A person as documents have it: the fullest names, states, offices."""

    names: tuple[Words, ...]
    states: tuple[str, ...]
    offices: tuple[str, ...]

    @property
    def full(self) -> tuple[Words, ...]:
        """The names of more than one word."""
        return tuple(name for name in self.names if len(name) > 1)


def name_of(report: PersonReport, document: str) -> Name:
    """The account of a report; that of a surname is of one document, for it says too little."""
    found = {words(name) for name in report.names} - {()}
    longest = max(map(len, found), default=0)
    names = tuple(sorted(name for name in found if len(name) == longest or len(name) > 2))
    tier = _tier(report, longest)
    offices = () if report.listed else report.offices
    apart = document if tier == Tier.VAGUE else ""
    spelled = "|".join(" ".join(name) for name in names)
    parts = (report.key, spelled, " ".join(report.states), " ".join(offices), str(tier), apart)
    return Name(number("person", *parts), tier, report.key, names, report.states, offices)


def _tier(report: PersonReport, longest: int) -> Tier:
    if report.listed:
        return Tier.LISTED
    if longest < 2:
        return Tier.VAGUE
    return Tier.PINNED if report.states else Tier.PARTIAL


class People:
    """The policy of persons."""

    told_apart = False  # a document may quote one name in two scripts

    def blocks(self, name: Name) -> Iterator[str]:
        """Given and family name by sound; the surname with each office; the key itself."""
        for each in name.names:
            if len(each) > 1:
                yield "name|" + "|".join(sorted((code(each[0]), code(each[-1]))))
            for post in sorted(posts(name.offices)):
                yield f"{post}|{code(each[-1])}"
        yield f"key|{name.local}"

    def identity(self, name: Name) -> str | None:
        """The key, of the lexicon or made of a name of which no state is known."""
        return f"key|{name.local}" if name.tier in (Tier.LISTED, Tier.PARTIAL) else None

    def join(self, one: Name, other: Name) -> Join:
        """One key of the lexicon; one spelling and one state; one key and nothing else known."""
        if one.tier == Tier.LISTED:
            return Join.STRONG if one.local == other.local else Join.NO
        if one.tier == Tier.VAGUE:
            same = one.local == other.local and not _sole(one).isdisjoint(_sole(other))
            return Join.STRONG if same else Join.NO
        if one.tier == Tier.PARTIAL and one.local == other.local:
            return Join.STRONG
        known = one.tier == Tier.PARTIAL or _meet(one, other)
        return Join.WEAK if known and _spelled_alike(one, other) else Join.NO

    def conflict(self, one: Name, other: Name) -> bool:
        """Two officials of the lexicon, two states, or names that are not alike."""
        if one.tier == other.tier == Tier.LISTED:
            return one.local != other.local
        if one.states and other.states and not _meet(one, other):
            return True
        return bool(one.full and other.full) and not _spelled_alike(one, other)

    def attach(self, vague: Name, clear: Name) -> int | None:
        """By full name and state; by full name alone; by surname and office."""
        if vague.tier == Tier.VAGUE:
            return 0 if _same_holder(vague, clear) else None
        if not _spelled_alike(vague, clear):
            return None
        if vague.tier == Tier.PINNED:
            return 0 if _meet(vague, clear) else None
        return 0


def _meet(one: Name, other: Name) -> bool:
    return not set(one.states).isdisjoint(other.states)


def _sole(name: Name) -> frozenset[str]:
    """The offices stated that one person holds at a time: their keys say no more than the post."""
    return posts(name.offices).intersection(name.offices)


def _spelled_alike(one: Name, other: Name) -> bool:
    return any(alike(first, second) for first in one.full for second in other.full)


def _same_holder(vague: Name, clear: Name) -> bool:
    if posts(vague.offices).isdisjoint(posts(clear.offices)):
        return False
    return any(same_word(surname[-1], name[-1]) for surname in vague.names for name in clear.full)
