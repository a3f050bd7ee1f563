"""Dates in text: `find_dates` says what the words state, `resolve` which day they come to."""

from ingest.dates.find import find_dates
from ingest.dates.model import (
    Base,
    Calendar,
    DateMention,
    DateSpec,
    Part,
    Relative,
    Resolved,
    Unit,
)
from ingest.dates.resolve import resolve

__all__ = [
    "Base",
    "Calendar",
    "DateMention",
    "DateSpec",
    "Part",
    "Relative",
    "Resolved",
    "Unit",
    "find_dates",
    "resolve",
]
