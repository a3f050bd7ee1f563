"""Who acts for whom: offices, their countries and holders, read at once and remembered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Store

from app.explorer import tallies
from kg.vocab import ID

_SERVED = "SELECT DISTINCT ?office ?land WHERE { ?office rwb:country ?land }"
_HELD = """SELECT ?person ?office (COUNT(*) AS ?said) WHERE {
  GRAPH ?graph { ?person rwb:holdsOffice ?office } } GROUP BY ?person ?office"""
_OFFICE, _COUNTRY = ID + "office/", ID + "country/"
_PEOPLE = (ID + "person/", ID + "holder/")


@dataclass(frozen=True, slots=True)
class Affiliations:
    """Countries of what belongs to one, what belongs to a country, offices and their holders."""

    lands: dict[str, tuple[str, ...]]
    owned: dict[str, tuple[str, ...]]
    offices: dict[str, tuple[str, ...]]
    holders: dict[str, tuple[str, ...]]
    homes: dict[str, str]  # of a person, the country for which most documents give an office

    def countries(self, node: str) -> tuple[str, ...]:
        """The countries that a node stands for: itself, its own, or those of its offices."""
        if node.startswith(_COUNTRY):
            return (node,)
        own = self.lands.get(node, ())
        if own or not node.startswith(_PEOPLE):
            return own
        held = self.offices.get(node, ())
        return tuple(sorted({land for office in held for land in self.lands.get(office, ())}))

    def actors(self, node: str) -> list[str]:
        """The node itself, holders of its offices, and places of a country."""
        owned = self.owned.get(node, ()) if node.startswith(_COUNTRY) else ()
        offices = [node] if node.startswith(_OFFICE) else [o for o in owned if _OFFICE in o]
        people = (person for office in offices for person in self.holders.get(office, ()))
        places = (place for place in owned if place.startswith(ID + "place/"))
        return list(dict.fromkeys((node, *people, *places)))


def affiliations(store: Store) -> Affiliations:
    """Read them; half a second for five million statements."""
    served = sorted(tallies.rows(store, _SERVED))
    held = sorted(tallies.rows(store, _HELD))
    lands = _grouped(served)
    return Affiliations(
        lands,
        _grouped((land, owned) for owned, land in served),
        _grouped((person, office) for person, office, _said in held),
        _grouped((office, person) for person, office, _said in held),
        _homes(held, lands),
    )


def _homes(held: Iterable[tuple[str, ...]], lands: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    best: dict[str, tuple[int, str]] = {}
    for person, office, said in held:
        for land in lands.get(office, ())[:1]:
            best[person] = max(best.get(person, (0, "")), (int(said), land))
    return {person: land for person, (_said, land) in best.items()}


def _grouped(pairs: Iterable[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}
