"""Who acts for whom: offices, their countries and holders, read at once and remembered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Store

from app.explorer import tallies
from kg.vocab import ID

_SERVED = "SELECT DISTINCT ?office ?land WHERE { ?office rwb:country ?land }"
_HELD = "SELECT DISTINCT ?person ?office WHERE { ?person rwb:holdsOffice ?office }"
_OFFICE, _COUNTRY = ID + "office/", ID + "country/"
_PEOPLE = (ID + "person/", ID + "holder/")


@dataclass(frozen=True, slots=True)
class Affiliations:
    """Countries of what belongs to one, what belongs to a country, offices and their holders."""

    lands: dict[str, tuple[str, ...]]
    owned: dict[str, tuple[str, ...]]
    offices: dict[str, tuple[str, ...]]
    holders: dict[str, tuple[str, ...]]

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
    return Affiliations(
        _grouped(served),
        _grouped((land, owned) for owned, land in served),
        _grouped(held),
        _grouped((office, person) for person, office in held),
    )


def _grouped(pairs: Iterable[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}
