"""A table as one document: its text is the file's, each row's event is explained by its line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ingest import cache
from ingest.records.mapping import EventRow, Mapping, Party
from ingest.records.names import Directory, Named, office_key
from kg.errors import InputFault
from kg.model import (
    Document,
    Entity,
    EntityKind,
    EntityMention,
    EventClaim,
    Evidence,
    Label,
    Office,
    Participation,
    Reading,
    TenureClaim,
)
from kg.resolve import event_key
from kg.terms import is_date

_SEVERAL = re.compile(r"[,;]")
_BODY = re.compile(r"(?:country|organization)/")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its line in the file, its place in the text (code points), cells by column."""

    line: int
    start: int
    end: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a table: its reading, rows in all, and (line, reason) of those left out."""

    reading: Reading
    rows: int
    left_out: tuple[tuple[int, str], ...]


def read(mapping: Mapping) -> Imported:
    """The reading of a mapping's table.

    A row whose date or state can't be read is left out. Raises InputFault where the table can't be
    read or lacks a column.
    """
    try:
        text = mapping.table.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputFault(str(mapping.table), 0, f"the table can't be read: {error}") from error
    document = Document(
        id=mapping.document,
        text=text,
        lang=mapping.lang,
        published=mapping.published,
        title=mapping.title,
        url=mapping.url,
        source=mapping.source,
        official=True,
    )
    builder = _Builder(mapping, document)
    rows = list(_rows(text, mapping))
    for row in rows:
        builder.add(row)
    return Imported(builder.reading(), len(rows), tuple(builder.left_out))


def _rows(text: str, mapping: Mapping) -> Iterator[Row]:
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    reader = csv.reader(lines)
    header = next(reader, [])
    needed = {column for event in mapping.events for column in event.columns()}
    if missing := sorted(needed - set(header)):
        raise InputFault(str(mapping.table), 1, f"no column {', '.join(missing)}")
    before = reader.line_num
    for cells in reader:
        if cells:
            start, end = starts[before], starts[reader.line_num]
            end = start + len(text[start:end].rstrip("\r\n"))
            named = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
            yield Row(before + 1, start, end, named)
        before = reader.line_num


class _Builder:
    """Gathers the events of the rows and all that they name."""

    def __init__(self, mapping: Mapping, document: Document) -> None:
        self._mapping, self._document = mapping, document
        self._directory = Directory(cache.known(), mapping.countries, mapping.lang)
        # Longer titles first: a “Prime Minister-designate” is no “Prime Minister”.
        self._titles = sorted(mapping.titles.items(), key=lambda pair: -len(pair[0]))
        self._entities: dict[str, Entity] = {}
        self._mentions: dict[str, EntityMention] = {}
        self._offices: dict[str, Office] = {}
        self._tenures: dict[tuple[str, str], TenureClaim] = {}
        self._events: dict[str, EventClaim] = {}
        self._states: dict[str, str] = {}
        self.left_out: list[tuple[int, str]] = []

    def add(self, row: Row) -> None:
        """Take in the event of a row, or note why there is none."""
        kind = next((each for each in self._mapping.events if _fits(each, row)), None)
        if kind is None:
            self.left_out.append((row.line, "no event is mapped to it"))
            return
        reason = self._add(kind, row)
        if reason:
            self.left_out.append((row.line, reason))

    def _add(self, kind: EventRow, row: Row) -> str | None:
        date, end = _cell(row, kind.date), _cell(row, kind.end)
        for value in filter(None, (date, end)):
            if not is_date(value):
                return f"{value} is no ISO date"
        parties: list[Participation] = []
        for party in kind.participants:
            state = self._state(party, row)
            if party.country and state is None:
                return f"no state is known as {_cell(row, party.country)}"
            keys = self._parties(party, state, row, date, kind)
            parties += [Participation(key, party.role) for key in keys]
        if len(parties) < 2:
            return "nobody is named"
        self._event(kind, row, tuple(parties), date, None if end == date else end)
        return None

    def _state(self, party: Party, row: Row) -> Named | None:
        if party.country is None:
            return None
        given = party.country if party.country.startswith("=") else _cell(row, party.country)
        return self._directory.state(given) if given else None

    def _parties(
        self, party: Party, state: Named | None, row: Row, date: str | None, kind: EventRow
    ) -> list[str]:
        if party.person is None:
            assert state is not None
            self._entity(state, EntityKind.COUNTRY, row, kind)
            return [state.key]
        found = []
        for part in row.cells.get(party.person, "").split(party.separator or "\n"):
            office, name = self._title(part.strip())
            if name:
                found.append(self._person(name, party.office or office, state, date, row, kind))
        return found

    def _title(self, text: str) -> tuple[str | None, str]:
        """The kind of office of the title before a name, and the name."""
        for title, kind in self._titles:
            if text.startswith(title + " "):
                return kind, text.removeprefix(title).strip()
        return None, text

    def _person(
        self,
        name: str,
        office: str | None,
        state: Named | None,
        date: str | None,
        row: Row,
        kind: EventRow,
    ) -> str:
        person = self._directory.person(name, state.key if state else None, office, date)
        self._entity(person, EntityKind.PERSON, row, kind)
        if state is not None:
            self._states[person.key] = state.key
            if office and office != "other":
                self._holds(person, office, state, row, kind)
        return person.key

    def _holds(self, person: Named, office: str, state: Named, row: Row, kind: EventRow) -> None:
        code = state.key.rpartition("/")[2]
        key, owner = office_key(office, code)
        self._offices.setdefault(key, Office(key, office, owner, ()))
        claim = TenureClaim(person.key, key, (self._evidence(row, kind, state.lexicon),))
        self._tenures.setdefault((person.key, key), claim)

    def _place(self, kind: EventRow, row: Row) -> str | None:
        """The one place named, in its state; the state where several are."""
        cell, column = _cell(row, kind.place), kind.place_country
        state = self._directory.state(_cell(row, column) or "") if column else None
        if not cell or state is None or _SEVERAL.search(cell):
            return state.key if state and cell else None
        place = self._directory.place(cell, state.key)
        if place is None:
            return state.key
        self._entity(place, EntityKind.PLACE, row, kind, state.key)
        return place.key

    def _event(
        self,
        kind: EventRow,
        row: Row,
        parties: tuple[Participation, ...],
        date: str | None,
        end: str | None,
    ) -> None:
        place = self._place(kind, row)
        key = event_key(
            kind.type,
            parties,
            document=f"{self._document.id}:{row.line}",
            date=date,
            certainty=kind.certainty,
            place=place,
            states=self._states,
        )
        evidence = self._evidence(row, kind)
        known = self._events.get(key)
        if known is not None:  # two rows of one happening
            self._events[key] = replace(known, evidence=(*known.evidence, evidence))
            return
        self._events[key] = EventClaim(
            *(key, kind.type, parties, kind.certainty, kind.confidence, (evidence,)),
            date=date,
            end_date=end,
            place=place,
        )

    def _entity(
        self,
        named: Named,
        kind: EntityKind,
        row: Row,
        event: EventRow,
        country: str | None = None,
    ) -> None:
        label = Label(named.text, self._mapping.lang)
        known = self._entities.get(named.key)
        if known is None:
            code = named.key.removeprefix("country/") if kind is EntityKind.COUNTRY else None
            self._entities[named.key] = Entity(named.key, kind, (label,), code, country)
        elif label not in known.labels:
            self._entities[named.key] = known._replace(labels=(*known.labels, label))
        if named.key not in self._mentions:
            evidence = self._evidence(row, event, named.lexicon, named.text)
            self._mentions[named.key] = EntityMention(named.key, evidence)

    def _evidence(
        self, row: Row, kind: EventRow, lexicon: Iterable[str] = (), words: str | None = None
    ) -> Evidence:
        """The row, or the words in it."""
        start, end = row.start, row.end
        if words and (at := self._document.text.find(words, start, end)) >= 0:
            start, end = at, at + len(words)
        exact = self._document.text[start:end]
        rule = f"record/{self._mapping.document}/{kind.rule}"
        return Evidence(start, end, exact, rule, tuple(lexicon))

    def reading(self) -> Reading:
        """All that the rows state."""
        return Reading(
            self._document,
            tuple(self._entities.values()),
            tuple(self._offices.values()),
            tuple(self._mentions.values()),
            tuple(self._events.values()),
            (),
            tuple(self._tenures.values()),
        )


def _fits(kind: EventRow, row: Row) -> bool:
    return all(row.cells.get(column) == value for column, value in kind.when)


def _cell(row: Row, column: str | None, default: str | None = None) -> str | None:
    return (row.cells.get(column) or default) if column else default
