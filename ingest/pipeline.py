"""The stages in order: a document goes in, a reading comes out."""

from __future__ import annotations

from ingest import claims
from ingest.engine import engine
from kg.model import Document, Reading


def read(document: Document) -> Reading:
    """All that one document states; its language decides the engine (ar, en, fr)."""
    return claims.read(document, engine(document.lang))
