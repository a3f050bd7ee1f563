"""Annotated articles, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import DataFaults, Fault
from kg.model import Certainty, EventType

_KINDS = {"person", "country", "org"}


@dataclass(frozen=True, slots=True)
class GoldParticipant:
    """A party as annotated: by name, by office and country, or by country."""

    kind: str
    name: str | None
    office: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event as annotated; `place` is a city's name and a country's code."""

    type: str
    participants: tuple[GoldParticipant, ...]
    date: str | None
    place: tuple[str | None, str | None] | None
    title: str | None
    stance: str | None
    certainty: str
    evidence: str


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """All annotations of one article."""

    id: str
    lang: str
    events: tuple[GoldEvent, ...]
    offices: tuple[tuple[str, str, str | None], ...]  # person, office kind, country
    things: tuple[str, ...]
    relations: tuple[tuple[str, str, str], ...]  # subject, predicate, object
    topics: frozenset[str]


def load(path: Path | str) -> tuple[GoldArticle, ...]:
    """The annotated articles of a file; DataFaults with every line that can't be read."""
    faults: list[Fault] = []
    found = tuple(_articles(Path(path), faults))
    if faults:
        raise DataFaults(faults)
    return found


def _articles(path: Path, faults: list[Fault]) -> Iterator[GoldArticle]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        faults.append(Fault(str(path), 0, f"can't be read: {error}"))
        return
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _article(json.loads(line))
        except json.JSONDecodeError as error:
            faults.append(Fault(str(path), number, f"not JSON: {error.msg}"))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            faults.append(Fault(str(path), number, f"not an annotated article: {error!r}"))


def _article(given: Mapping[str, Any]) -> GoldArticle:
    return GoldArticle(
        given["id"],
        given.get("lang") or "",
        tuple(map(_event, given["events"])),
        tuple((one["person"], one["office"], one["country"]) for one in given["offices"]),
        tuple(one["name"] for one in given["things"]),
        tuple((one["subject"], one["predicate"], one["object"]) for one in given["relations"]),
        frozenset(given["topics"]),
    )


def _event(given: Mapping[str, Any]) -> GoldEvent:
    place = given["place"]
    return GoldEvent(
        EventType(given["type"]).value,
        tuple(map(_participant, given["participants"])),
        given["date"],
        (place["city"], place["country"]) if place else None,
        given["title"],
        given["stance"],
        Certainty(given["certainty"]).value,
        given.get("evidence") or "",
    )


def _participant(given: Mapping[str, Any]) -> GoldParticipant:
    if given["kind"] not in _KINDS:
        raise ValueError(f"participant of kind {given['kind']}")
    return GoldParticipant(given["kind"], given["name"], given["office"], given["country"])
