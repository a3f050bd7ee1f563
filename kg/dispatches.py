"""Documents that reprint one dispatch: near-duplicate texts, found as they come in."""

from __future__ import annotations

import pyoxigraph as ox

from kg.terms import iri, rwb


def dispatch_of(store: ox.Store, document: str) -> str | None:
    """The dispatch (IRI) that a document (IRI) reprints; None where it stands alone."""
    found = next(store.quads_for_pattern(iri(document), rwb("dispatch"), None, None), None)
    return found.object.value if found and isinstance(found.object, ox.NamedNode) else None
