"""What reading an input comes to: a document, or a refusal with place and reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model import Document

LANGUAGES = ("ar", "en", "fr")


class Fate(StrEnum):
    """Why an input gives no document: it is of no use here, or it is broken."""

    SKIPPED = "skipped"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A document with its place (line from 1; 0: the whole file) and what was put right in it."""

    document: Document
    path: str
    line: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """An input that gives no document: its place, fate and reason."""

    path: str
    line: int
    fate: Fate
    reason: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.fate}: {self.reason}"


Input = Accepted | Refused


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for documents that do not say it themselves: language, ISO day, source."""

    lang: str | None = None
    published: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps in bytes: of a file read whole, of one line, of what a gzip file may unpack to.

    `ratio` is how many times its packed size a gzip file may grow to; a bomb is a thousand times.
    """

    file: int = 64 << 20
    line: int = 16 << 20
    unpacked: int = 8 << 30
    ratio: int = 250


LIMITS = Limits()
NO_DEFAULTS = Defaults()


class Unfit(Exception):
    """An input that gives no document and why; caught within this package, it becomes Refused."""

    def __init__(self, reason: str, fate: Fate = Fate.QUARANTINED) -> None:
        self.reason, self.fate = reason, fate
        super().__init__(reason)
