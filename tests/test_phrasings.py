"""The ways in which the news words an event, row by row: `tests/phrasings/<language>-<what>.tsv`.

A row is: event class, participants («;» between them, in any order), slots (`place=Rabat;
date=2023-03-14; certainty=planned; also=Visit`; `date=-`: there is none), the sentence. `also`
names the classes that the sentence tells besides; the class «-» says that it tells no event. A line
`# published 2023-03-15` holds for the rows below it. `python tests/test_phrasings.py [FILE…]`
prints every row that is read otherwise. The stops of one tour count as one visit to all its states.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.claims.tours import journeys
from ingest.pipeline import read
from ingest.rulecheck import is_entity
from kg.model import Document, EventClaim, Reading

FOLDER = Path(__file__).parent / "phrasings"
SLOTS = ("date", "end_date", "certainty", "stance")


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A sentence and the event that it tells; `event` is «-» where it tells none."""

    path: Path
    line: int
    published: str | None
    event: str
    participants: tuple[str, ...]
    slots: dict[str, str]
    text: str

    @property
    def name(self) -> str:
        """The file and the line, to tell rows apart."""
        return f"{self.path.name}:{self.line}"


def phrasings(path: Path) -> Iterator[Phrasing]:
    """The rows of a file; ValueError names the line that has not four columns."""
    published = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("# published "):
            published = line.split()[2]
        elif line.strip() and not line.startswith("#"):
            columns = line.split("\t")
            if len(columns) != 4:
                raise ValueError(f"{path.name}:{number}: {len(columns)} columns, not 4")
            event, parties, slots, text = columns
            yield Phrasing(
                path, number, published, event, _listed(parties), _slots(slots), text.strip()
            )


def _listed(column: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in column.split(";") if each.strip() not in ("", "-"))


def _slots(column: str) -> dict[str, str]:
    pairs = (each.partition("=") for each in _listed(column))
    return {name.strip(): value.strip() for name, _, value in pairs}


def faults(row: Phrasing) -> list[str]:
    """What the reading of a row gives otherwise than the row says."""
    reading = read(Document("phrasing", row.text, row.path.name[:2], row.published))
    found = journeys(each for each in reading.events if each.type == row.event)
    others = {each.type for each in reading.events} - {row.event, *_also(row)}
    wrong = [f"tells {other} too" for other in sorted(others)]
    if row.event == "-":
        return wrong
    if not found:
        return [f"no {row.event}", *wrong]
    if len(found) > 1 and row.event not in _also(row):
        wrong.append(f"{len(found)} of {row.event}")
    return wrong + min((list(_unlike(each, row, reading)) for each in found), key=len)


def _also(row: Phrasing) -> list[str]:
    return row.slots.get("also", "").replace(",", " ").split()


def _unlike(event: EventClaim, row: Phrasing, reading: Reading) -> Iterator[str]:
    parties = [party.entity for party in event.participants]
    missing = [each for each in row.participants if not _among(each, parties, reading)]
    if missing or len(parties) != len(row.participants):
        yield f"participants {', '.join(parties) or 'none'}; missing {missing}"
    for slot in SLOTS:
        if slot in row.slots and row.slots[slot] != (getattr(event, slot) or "-"):
            yield f"{slot} {getattr(event, slot)}, not {row.slots[slot]}"
    for slot, keys in (("place", [event.place] if event.place else []), ("title", event.about)):
        if slot in row.slots and not _among(row.slots[slot], list(keys), reading):
            yield f"{slot} {', '.join(keys) or 'none'}, not {row.slots[slot]}"


def _among(wanted: str, keys: list[str], reading: Reading) -> bool:
    return not keys if wanted == "-" else any(is_entity(wanted, key, reading) for key in keys)


ROWS = [row for path in sorted(FOLDER.glob("*.tsv")) for row in phrasings(path)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_sentence_tells_what_the_row_says(row: Phrasing) -> None:
    assert faults(row) == []


def test_no_sentence_stands_twice() -> None:
    texts = [(row.text, row.event, row.participants) for row in ROWS]
    assert len(texts) == len(set(texts))


def main(paths: list[str]) -> None:
    """Print each row that is read otherwise, with its reasons, and how many are right."""
    rows = [row for path in map(Path, paths) for row in phrasings(path)] if paths else ROWS
    right = 0
    for row in rows:
        wrong = faults(row)
        right += not wrong
        if wrong:
            print(f"{row.name}: {row.event}: {' | '.join(wrong)}\n    {row.text}")
    print(f"{right} of {len(rows)} rows as they should be")


if __name__ == "__main__":
    main(sys.argv[1:])
