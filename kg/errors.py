"""The exceptions of Rawabit, one small tree.

RawabitError
├── DataFaults        faults in the project's own data files (rules, lexicons, queries), all at once
├── InputFault        one input that can't be read: file, line, reason
├── ReadingFault      a reading at odds with itself: evidence not in the text, an unknown key
├── JudgementFault    a judgement of what is not there, or at odds with one that holds
├── QueryFault        a query that does not parse, is refused, or fails
└── StoreFault        the store can't be opened or written
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class RawabitError(Exception):
    """Base of all errors that Rawabit raises on purpose; its text is fit to show to a user."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in a data file: path, line (from 1; 0 for the file as a whole), reason."""

    path: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}"


class DataFaults(RawabitError):
    """All faults that a loader found, in the order of path and line."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(
            sorted(faults, key=lambda fault: (fault.path, fault.line, fault.reason))
        )
        super().__init__("\n".join(map(str, self.faults)))


class InputFault(RawabitError):
    """An input, or one record of it, that can't be read."""

    def __init__(self, path: str, line: int, reason: str) -> None:
        self.fault = Fault(path, line, reason)
        super().__init__(str(self.fault))


class ReadingFault(RawabitError):
    """A reading at odds with itself: evidence that is not in the text, a key nothing describes."""


class JudgementFault(RawabitError):
    """A judgement that can't be made or undone; the text says why."""


class QueryFault(RawabitError):
    """A query that can't be run; the text says why and what to do."""


class StoreFault(RawabitError):
    """A store that can't be opened, read or written."""
