"""What can be compared of a document's reports: read from the quads of its graph.

Keys are IRIs without the identifier namespace, so percent-encoded where a name is Arabic. The
quads are those of the document read by itself: no person, no event has been resolved yet.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kg.model import EventType, Role
from kg.vocab import ID, PREFIXES, RWB

_TYPE = PREFIXES["rdf"] + "type"
_LABEL = PREFIXES["rdfs"] + "label"
_ISSUED = PREFIXES["dcterms"] + "issued"
_HOLDER_STATE = re.compile(r"holder/[a-z-]+?-([A-Z]{2})(-.+)?")
_POST = re.compile(r"office/[a-z-]+-[A-Z]{2,4}(?![A-Za-z])")
_ROLES = frozenset(role.value for role in Role)
_TYPES = frozenset(kind.value for kind in EventType)
_BODIES = ("country/", "organization/", "forum/")

Facts = Mapping[str, Mapping[str, list[str]]]  # key → property (local name or IRI) → values


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part: key, roles, the states that it acts for or is, the offices stated."""

    key: str
    roles: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()

    @property
    def is_person(self) -> bool:
        """Whether it is a human being, named or the holder of an office."""
        return self.key.startswith(("person/", "holder/"))

    @property
    def sides(self) -> tuple[str, ...]:
        """What stands for it in a coarse comparison: its key and its states."""
        return tuple(dict.fromkeys((self.key, *self.states)))


@dataclass(frozen=True, slots=True)
class EventReport:
    """One event as one document has it; `key` is the event's key there."""

    key: str
    type: str
    parties: tuple[Party, ...]
    certainty: str
    date: str | None = None
    end: str | None = None
    published: str | None = None
    place: str | None = None
    place_state: str | None = None
    about: tuple[str, ...] = ()
    edition: int | None = None
    stance: str | None = None
    change: str | None = None


@dataclass(frozen=True, slots=True)
class PersonReport:
    """One person as one document has it: all names met, states acted for, offices stated."""

    key: str
    names: tuple[str, ...]
    states: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    listed: bool = True  # known to the lexicon by this key


class Sheet:
    """A document's graph, as far as it can be compared."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        facts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for quad in quads:
            subject, target = quad.subject, quad.object
            if isinstance(subject, ox.NamedNode) and not isinstance(target, ox.Triple):
                name = quad.predicate.value.removeprefix(RWB)
                facts[subject.value.removeprefix(ID)][name].append(_short(target.value))
        self.facts: Facts = facts

    @cached_property
    def published(self) -> str | None:
        """The day the document was published."""
        found = (self._one(key, _ISSUED) for key in self.facts if key.startswith("document/"))
        return next((value for value in found if value), None)

    def _one(self, key: str, name: str) -> str | None:
        found = self._all(key, name)
        return found[0] if found else None

    def _all(self, key: str, name: str) -> list[str]:
        return sorted(self.facts[key].get(name, ())) if key in self.facts else []

    @cached_property
    def unlisted(self) -> frozenset[str]:
        """The keys of persons known by name only."""
        return frozenset(values[0] for _, values in self._linked("denotes"))

    def _linked(self, name: str) -> list[tuple[str, list[str]]]:
        return [(key, facts[name]) for key, facts in self.facts.items() if name in facts]

    def people(self) -> tuple[PersonReport, ...]:
        """The named persons."""
        keys = sorted(key for key in self.facts if key.startswith("person/"))
        return tuple(self._person(key) for key in keys)

    def _person(self, key: str) -> PersonReport:
        names = tuple(dict.fromkeys(self._all(key, _LABEL)))
        offices = tuple(self._all(key, "holdsOffice"))
        return PersonReport(key, names, self._states(key), offices, key not in self.unlisted)

    def _states(self, key: str) -> tuple[str, ...]:
        """The states and bodies that a party is, or acts for."""
        if key.startswith(_BODIES):
            return (key,)
        holder = _HOLDER_STATE.fullmatch(key)
        found = [f"country/{holder[1]}"] if holder else []
        found += self._all(key, "actsFor")
        for office in self._all(key, "holdsOffice"):
            found += self._all(office, "country")
        return tuple(sorted(set(found)))

    def events(self) -> tuple[EventReport, ...]:
        """The events."""
        keys = sorted(values[0] for _, values in self._linked("reportOf"))
        return tuple(self._event(key) for key in keys)

    def _event(self, key: str) -> EventReport:
        place = self._one(key, "place")
        edition = self._one(key, "edition")
        return EventReport(
            key,
            next((name for name in self._all(key, _TYPE) if name in _TYPES), "Event"),
            self._parties(key),
            self._one(key, "certainty") or "held",
            self._one(key, "date"),
            self._one(key, "endDate"),
            self.published,
            place,
            self._state_of(place),
            tuple(self._all(key, "about")),
            int(edition) if edition else None,
            self._one(key, "stance"),
            self._one(key, "change") or self._stage(key),
        )

    def _stage(self, key: str) -> str | None:
        stage = self._one(key, "stage")
        return None if stage in (None, "announced", "signed") else stage

    def _state_of(self, place: str | None) -> str | None:
        if place is None or place.startswith("country/"):
            return place
        return self._one(place, "country")

    def _parties(self, key: str) -> tuple[Party, ...]:
        roles: dict[str, list[str]] = {}
        for role in sorted(_ROLES & self.facts[key].keys()):
            for party in self._all(key, role):
                roles.setdefault(party, []).append(role)
        return tuple(
            Party(party, tuple(roles[party]), self._states(party), self._offices(party))
            for party in sorted(roles)
        )

    def _offices(self, party: str) -> tuple[str, ...]:
        if party.startswith("holder/"):
            return ("office/" + party.removeprefix("holder/"),)
        return tuple(self._all(party, "holdsOffice"))


def posts(offices: Iterable[str]) -> frozenset[str]:
    """The offices by kind and state alone: what an ambassador's own words add is left out."""
    found = (_POST.match(office) for office in offices)
    return frozenset(post[0] for post in found if post)


def _short(value: str) -> str:
    return value.removeprefix(ID).removeprefix(RWB)
