"""Names to show: those of the store, and for an office without one its kind and its country."""

from __future__ import annotations

from pyoxigraph import Store

from app.explorer import data
from app.explorer.terms import term_name
from kg.terms import rwb
from kg.vocab import ID


def name(store: Store, node: str, lang: str) -> str:
    """The name of a node in an interface language, else in another, else the end of its IRI."""
    if node.startswith(ID + "office/"):
        return _office(store, node, lang)
    return data.name(store, node, lang)


def _office(store: Store, node: str, lang: str) -> str:
    """An office goes by its label in the language asked for, else by kind and country."""
    known = data.labels(store, node).get(lang)
    kinds = data.objects(store, node, rwb("officeKind"))
    if known or not kinds:
        return known[0] if known else data.name(store, node, lang)
    lands = data.objects(store, node, rwb("country"))
    kind = term_name(kinds[0], lang)
    return f"{kind} ({data.name(store, lands[0], lang)})" if lands else kind
