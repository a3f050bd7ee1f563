"""The vocabulary as data: Turtle files that go with the package."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

NAMES = ("rawabit", "topics", "offices", "shapes", "alignments")


def path(name: str) -> Path:
    """The file of one part of the vocabulary, `name` from `NAMES`.

    Raises `ValueError` where there is no such part.
    """
    if name not in NAMES:
        raise ValueError(f"no part {name!r} in the ontology; there are {', '.join(NAMES)}")
    return Path(str(files(__name__).joinpath(f"{name}.ttl")))


def text(name: str) -> str:
    """The Turtle of one part of the vocabulary, `name` from `NAMES`."""
    return path(name).read_text(encoding="utf-8")
