"""The countries and bodies that a brief can be asked for, by name."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from pyoxigraph import Literal, NamedNode, Store

from app.explorer import data, tallies
from app.explorer.naming import name
from kg.names import fallbacks
from kg.terms import BODIES
from kg.vocab import ID, curated_graph

CAP = 400


def parties(store: Store, lang: str) -> dict[str, str]:
    """IRI → name of every country of the store and of the bodies that have a code, by name."""
    known = _curated(store, lang)
    nodes = islice(sorted(tallies.entities(store, ("Country",)) | known.keys()), CAP)
    found = {node: known.get(node) or name(store, node, lang) for node in nodes}
    for key in BODIES.values():
        node = ID + key
        if data.kind(store, node):
            found[node] = name(store, node, lang)
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def _curated(store: Store, lang: str) -> dict[str, str]:
    """The preferred names of the lexicon's countries: one read of a small graph."""
    graph = NamedNode(curated_graph("countries"))
    names: dict[str, dict[str, str]] = {}
    for quad in store.quads_for_pattern(None, data.PREF_LABEL, None, graph):
        node = data.text_of(quad.subject)
        if node.startswith(ID + "country/") and isinstance(quad.object, Literal):
            names.setdefault(node, {})[quad.object.language or ""] = quad.object.value
    return {
        node: next((of[choice] for choice in fallbacks(lang) if choice in of), node)
        for node, of in names.items()
    }


def pairs(busiest: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs to begin with: the busiest country with the next ones, then these among each other."""
    lands = [node for node in busiest if node.startswith(ID + "country/")][:5]
    return [(one, two) for n, one in enumerate(lands) for two in lands[n + 1 :]][:8]
