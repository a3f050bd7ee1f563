"""The bytes of a store, for tests that compare stores."""

from __future__ import annotations

from io import BytesIO

from kg.export import write
from kg.store import View


def bytes_of(store: View) -> bytes:
    """All graphs as N-Quads."""
    out = BytesIO()
    write(store, out, ".nq")
    return out.getvalue()
