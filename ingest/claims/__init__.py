"""Claims: what a document states, resolved."""

from ingest.claims.reader import read

__all__ = ["read"]
