"""Readers: files, folders, feeds and standard input → documents, nothing lost in silence.

Every input ends as Accepted (a document) or Refused (skipped or quarantined, with file, line and
reason).
"""

from ingest.documents.model import (
    LANGUAGES,
    LIMITS,
    NO_DEFAULTS,
    Accepted,
    Defaults,
    Fate,
    Input,
    Limits,
    Refused,
)
from ingest.documents.sources import STDIN, read_all, read_text, size

__all__ = [
    "LANGUAGES",
    "LIMITS",
    "NO_DEFAULTS",
    "STDIN",
    "Accepted",
    "Defaults",
    "Fate",
    "Input",
    "Limits",
    "Refused",
    "read_all",
    "read_text",
    "size",
]
