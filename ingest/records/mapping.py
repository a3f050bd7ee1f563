"""What the columns of a table of events mean, from a YAML file; all its faults at once.

```yaml
document: treaty-visits                # identifier of the record
title: Visits under the treaty
source: Ministry of Foreign Affairs    # who publishes it
lang: en                               # of the names in the table
table: visits.csv                      # beside this file; CSV with a header line
countries: {Burma: MM}                 # names of states that the lexicon does not have
titles: {Prime Minister: prime-minister}   # what stands before names, and the kind of office
events:                                # the first whose `when` fits states the row's event
- rule: travel                         # names the rule in the evidence
  when: {status: done}                 # columns and what they hold
  type: Visit
  certainty: held                      # the default
  confidence: 0.98
  date: start                          # columns with ISO dates of any precision
  end: end
  place: {column: city, country: country}
  participants:
  - {role: visitor, person: name, office: president, country: =US}   # =XX: a state by code
  - {role: host, country: country}     # or the column that names it
  - {role: participant, person: guests, separator: "; ", country: from}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from ingest import yamlfile
from ingest.yamlfile import Node
from kg.curated import office_kind_names
from kg.errors import DataFaults, Fault
from kg.model import Certainty, EventType, Role

Kind = TypeVar("Kind", EventType, Certainty, Role)

LANGUAGES = ("ar", "en", "fr")
_HEAD = ("document", "title", "source", "lang", "table", "events")
_KNOWN = {*_HEAD, "url", "published", "countries", "titles"}
_EVENT = {
    *("rule", "when", "type", "certainty", "confidence", "date", "end", "place", "participants"),
}
_PARTY = {"role", "person", "office", "country", "separator"}


@dataclass(frozen=True, slots=True)
class Party:
    """A participant: role, column of the person if one is named, kind of office, the state.

    `country` is a column, or a code after `=`. `separator` parts several persons in one cell.
    """

    role: Role
    country: str | None
    person: str | None = None
    office: str | None = None
    separator: str | None = None


@dataclass(frozen=True, slots=True)
class EventRow:
    """What a row states where it fits `when` (columns and values)."""

    rule: str
    when: tuple[tuple[str, str], ...]
    type: EventType
    certainty: Certainty
    confidence: float
    date: str | None
    end: str | None
    place: str | None
    place_country: str | None
    participants: tuple[Party, ...]

    def columns(self) -> Iterator[str]:
        """The columns that it reads."""
        named = [self.date, self.end, self.place, self.place_country]
        named += [column for column, _ in self.when]
        named += [name for party in self.participants for name in (party.person, party.country)]
        yield from (name for name in named if name and not name.startswith("="))


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping as loaded; `path` is its file, `table` the path of the table."""

    path: Path
    document: str
    title: str
    source: str
    lang: str
    table: Path
    url: str | None
    published: str | None
    countries: dict[str, str]
    titles: dict[str, str]
    events: tuple[EventRow, ...]


def shipped() -> dict[str, Path]:
    """The mappings of records that come with Rawabit, by name."""
    folder = Path(str(files("ingest"))) / "records" / "data"
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def load(path: Path) -> Mapping:
    """The mapping of a file; DataFaults with all that is wrong with it, path and line."""
    faults: list[Fault] = []
    root = yamlfile.read(path, str(path), faults)
    if root is None:
        raise DataFaults(faults or [Fault(str(path), 0, "the file is empty")])
    found = _Reader(path, faults).mapping(root)
    if faults:
        raise DataFaults(faults)
    return found


class _Reader:
    """Reads the nodes of one mapping, and collects what is wrong with them."""

    def __init__(self, path: Path, faults: list[Fault]) -> None:
        self._path, self._faults = path, faults

    def mapping(self, root: Node) -> Mapping:
        self._members(root, _KNOWN, _HEAD)
        lang = root.text("lang")
        if lang not in LANGUAGES:
            self._fault(root, f"lang is one of {', '.join(LANGUAGES)}")
        events = root.get("events") or Node([], root.line)
        return Mapping(
            path=self._path,
            document=root.text("document"),
            title=root.text("title"),
            source=root.text("source"),
            lang=lang,
            table=self._path.parent / root.text("table"),
            url=root.text("url") or None,
            published=root.text("published") or None,
            countries=self._texts(root, "countries"),
            titles=self._titles(root),
            events=tuple(self._event(node) for node in events),
        )

    def _titles(self, root: Node) -> dict[str, str]:
        found = self._texts(root, "titles")
        for title, kind in found.items():
            if kind not in office_kind_names():
                self._fault(root.get("titles") or root, f"{title}: no kind of office is {kind}")
        return found

    def _event(self, node: Node) -> EventRow:
        self._members(node, _EVENT, ("rule", "type", "participants"))
        place = node.get("place")
        return EventRow(
            rule=node.text("rule"),
            when=tuple(self._texts(node, "when").items()),
            type=self._one_of(EventType, node, "type", EventType.VISIT),
            certainty=self._one_of(Certainty, node, "certainty", Certainty.HELD),
            confidence=self._share(node),
            date=node.text("date") or None,
            end=node.text("end") or None,
            place=(place.text("column") or None) if place else None,
            place_country=(place.text("country") or None) if place else None,
            participants=tuple(self._party(each) for each in node.get("participants") or ()),
        )

    def _party(self, node: Node) -> Party:
        self._members(node, _PARTY, ("role",))
        if not (node.get("person") or node.get("country")):
            self._fault(node, "a participant is a person, a country, or a person of a country")
        office = node.text("office") or None
        if office and office not in office_kind_names():
            self._fault(node, f"no kind of office is {office}")
        return Party(
            self._one_of(Role, node, "role", Role.PARTICIPANT),
            node.text("country") or None,
            node.text("person") or None,
            office,
            node.text("separator") or None,
        )

    def _share(self, node: Node) -> float:
        try:
            value = float(node.text("confidence", "0.95"))
        except ValueError:
            value = -1
        if not 0 < value <= 1:
            self._fault(node, "confidence is a number above 0, at most 1")
        return value

    def _one_of(self, kinds: type[Kind], node: Node, member: str, default: Kind) -> Kind:
        text = node.text(member, default.value)
        try:
            return kinds(text)
        except ValueError:
            self._fault(node, f"{member} is one of {', '.join(kinds)}, not {text}")
            return default

    def _texts(self, node: Node, member: str) -> dict[str, str]:
        inner = node.get(member)
        return {name: str(each.value) for name, each in inner.items()} if inner else {}

    def _members(self, node: Node, known: set[str], needed: tuple[str, ...]) -> None:
        given = {name for name, _ in node.items()}
        for name in sorted(given - known):
            self._fault(node, f"'{name}' is unknown here; known are {', '.join(sorted(known))}")
        for name in needed:
            if name not in given:
                self._fault(node, f"'{name}' is missing")

    def _fault(self, node: Node, reason: str) -> None:
        self._faults.append(Fault(str(self._path), node.line, reason))
