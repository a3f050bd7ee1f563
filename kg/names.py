"""What to call a node of the merged graph in each language."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.eventnames import TITLED, event_name
from kg.model import EventType
from kg.terms import LABEL, RDF_TYPE, iri, rwb, term
from kg.vocab import RWB

LANGUAGES = ("en", "ar", "fr")
# Where a name is missing in a language: first the others that its readers can spell.
_NEXT = {"en": ("fr", "ar"), "ar": ("en", "fr"), "fr": ("en", "ar")}
_PREFERRED = term("skos:prefLabel")
# Who acts stands before whom it concerns.
_ACTING = (
    *("speaker", "caller", "visitor", "recogniser", "owner", "appointee", "signatory"),
    *("organiser", "host", "participant"),
)
_TYPES = {RWB + kind.value: kind for kind in EventType}


def fallbacks(lang: str) -> tuple[str, ...]:
    """The languages in which to look for a name, that of the reader first, then without any."""
    return (lang, *_NEXT.get(lang, LANGUAGES), "")


class Names:
    """Names of nodes, remembered; the same whatever order the store was filled in."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._known: dict[tuple[str, str], str] = {}
        self._parties: dict[str, list[str]] = {}
        self._types: dict[str, EventType | None] = {}

    def of(self, node: str, lang: str) -> str:
        """The name of a node (IRI) in a language.

        The preferred name, else the longest form met in documents, else that of another language,
        else the last part of the IRI. An event is named anew from its type and its parties' names.
        """
        key = (node, lang)
        if key not in self._known:
            self._known[key] = self._event(node, lang) or self._entity(node, lang)
        return self._known[key]

    def event_type(self, node: str) -> EventType | None:
        """The class of an event; None for what is no event."""
        if node not in self._types:
            found = sorted(self.values(node, RDF_TYPE) & _TYPES.keys())
            self._types[node] = _TYPES[found[0]] if found else None
        return self._types[node]

    def values(self, node: str, predicate: ox.NamedNode) -> set[str]:
        """The values of a property, in any graph."""
        found = self._store.quads_for_pattern(iri(node), predicate, None, None)
        return {str(quad.object.value) for quad in found if not isinstance(quad.object, ox.Triple)}

    def parties(self, node: str) -> list[str]:
        """The participants' IRIs, those who act first."""
        if node not in self._parties:
            roles = (sorted(self.values(node, rwb(role))) for role in _ACTING)
            self._parties[node] = list(dict.fromkeys(party for role in roles for party in role))
        return self._parties[node]

    def _event(self, node: str, lang: str) -> str | None:
        kind = self.event_type(node)
        if kind is None:
            return None
        parties = self.parties(node)
        if kind in TITLED or not parties:
            parties = sorted(self.values(node, rwb("about"))) or parties
        return event_name(kind, [self._entity(party, lang) for party in parties], lang)

    def _entity(self, node: str, lang: str) -> str:
        for each in fallbacks(lang):
            for predicate in (_PREFERRED, LABEL):
                forms = set(self._forms(node, predicate, each))
                if forms:
                    return min(forms, key=lambda form: (-len(form), form))
        return node.rpartition("/")[2]

    def _forms(self, node: str, predicate: ox.NamedNode, lang: str) -> Iterator[str]:
        for quad in self._store.quads_for_pattern(iri(node), predicate, None, None):
            label = quad.object
            if isinstance(label, ox.Literal) and (label.language or "") == lang:
                yield label.value
