"""Compile the lexicon of officials from tables of office holders.

Usage: python -m ingest.compile.officials DATA [LEXICON]

DATA holds `officials/holders.csv` (terms of office from Wikidata) and `state-department/`
(`principals.csv`, `chiefs-of-mission.csv`, from the Office of the Historian). LEXICON, by default
`ingest/lexicons/officials`, holds what is written by hand (`names.csv`, `editors.csv`,
`corrections.csv`) and receives `wikidata.csv` and `us-state.csv`. In `editors.csv` only the names
of persons with a Wikidata id are filled in. The same tables give the same bytes.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.compile.state_department import state_terms
from ingest.compile.tenures import (
    ISO_DATE,
    OFFICE_KINDS,
    Term,
    earliest,
    latest,
    merged,
    named,
    read_names,
    read_rows,
    read_terms,
    union,
    write_terms,
)
from kg.errors import DataFaults, Fault

LEXICON = Path(__file__).parents[1] / "lexicons" / "officials"
HOLDERS_HEADER = (
    "country_iso2",
    "position",
    "position_kind",
    "person",
    "wikidata",
    "start",
    "end",
    "source",
)
CORRECTIONS_HEADER = ("country", "kind", "wikidata", "start", "field", "value", "reason")

# Terms that ended before this day don't help to read the news.
HORIZON = "2000"
SNAPSHOT = "2022-06-30"
LATER_SNAPSHOT = "2022-09-01"
# ISO 3166-1 codes of the countries whose record was taken between September 2022 and March 2023.
LATER_COUNTRIES = re.compile(
    "BF|BH|CI|CR|CU|CV|DM|DO|GD|GN|GW|GY|HT|KH|KM|KP|LA|LB|LY|ML|MR|NI|OM|PG|PS|SL|SR|ST|SY|SZ"
    "|TG|TW|VC|VE|YE"
)
SOURCE_SNAPSHOTS = {"world": "2022-12-01", "world-leaders-2021": "2022-10-01"}

# What labels add to a name: a peerage, a generation, the realm of a monarch, an explanation.
_TITLE = re.compile(
    r"(, | \()(Baron|Baroness|Lord|Viscount|Earl|Jr|Sr|I{2,3}|IV|sr|jr)\b.*| \([^)]*\)|"
    r"(?<=[IVX]) of [A-Z].*"
)

# Titles that say nothing to a reader of diplomatic news: collective heads of state and the like.
NOISE = (
    "Captain Regent",
    "Member of the Federal Council",
    "Member of the Governing Council",
    "Member of the Transitional Military Council",
    "State Councilor",
    "First Secretary of State",
)
AMERICAN_DEPUTIES = ("Assistant Secretary of State", "Under Secretary of State")
KIND_BY_TITLE = {
    "Foreign Ministry Spokeperson": "spokesperson",
    "Foreign Secretary": "deputy-foreign-minister",
    "Director-General of the World Trade Organization": "secretary-general",
}


@dataclass(frozen=True, slots=True)
class Correction:
    """A change to the terms of one person in one office.

    `start` is the start on record of the term meant; empty means the open term. `field` is
    `drop`, or the field of the term that takes `value`.
    """

    country: str
    kind: str
    wikidata: str
    start: str
    field: str
    value: str
    reason: str

    def meets(self, term: Term) -> bool:
        """Whether the term is the one meant."""
        same = (self.country, self.kind, self.wikidata) == (
            term.country,
            term.kind,
            term.wikidata,
        )
        return same and (term.start == self.start if self.start else not term.end)


def holder_terms(path: Path) -> list[Term]:
    """The useful rows of `holders.csv` as terms, in the file's order."""
    terms = map(_holder_term, read_rows(path, HOLDERS_HEADER))
    return [term for term in terms if _useful(term)]


def _holder_term(row: dict[str, str]) -> Term:
    return Term(
        wikidata=row["wikidata"],
        kind=_kind(row["position"], row["position_kind"]),
        country=row["country_iso2"],
        start=row["start"],
        end=row["end"],
        asof="" if row["end"] else _asof(row),
        en=_without_title(row["person"]) if _script(row["person"]) == "LATIN" else "",
        ar=row["person"] if _script(row["person"]) == "ARABIC" else "",
        fr="",
        position=row["position"],
        source=f"wikidata:{row['source']}",
    )


def _asof(row: dict[str, str]) -> str:
    country = LATER_SNAPSHOT if LATER_COUNTRIES.fullmatch(row["country_iso2"]) else SNAPSHOT
    return max(SOURCE_SNAPSHOTS.get(row["source"], country), earliest(row["start"]))


def _kind(position: str, kind: str) -> str:
    if position.startswith(AMERICAN_DEPUTIES):
        return "deputy-foreign-minister"
    return KIND_BY_TITLE.get(position, kind)


def _without_title(name: str) -> str:
    return union(_TITLE.sub("", name), name)


def _script(name: str) -> str:
    words = (unicodedata.name(letter).split(" ")[0] for letter in name if letter.isalpha())
    return next((word for word in words if word != "MODIFIER"), "")


def _useful(term: Term) -> bool:
    return not term.position.startswith(NOISE) and (not term.end or latest(term.end) >= HORIZON)


def corrected(terms: list[Term], corrections: list[Correction], path: str) -> list[Term]:
    """The terms with each correction applied; a correction that meets no term is a fault."""
    faults = []
    for line, correction in enumerate(corrections, start=2):
        met = [index for index, term in enumerate(terms) if correction.meets(term)]
        if not met:
            faults.append(Fault(path, line, f"no such term: {correction.wikidata}"))
        for index in reversed(met):
            terms[index : index + 1] = _applied(terms[index], correction)
    if faults:
        raise DataFaults(faults)
    return terms


def _applied(term: Term, correction: Correction) -> list[Term]:
    if correction.field == "drop":
        return []
    changes = {correction.field: correction.value}
    if correction.field == "end":
        changes["asof"] = ""
    return [replace(term, **changes)]


def faults_of(terms: list[Term], path: str) -> list[Fault]:
    """What is wrong with terms in their written order, line by line."""
    return [
        Fault(path, line, reason)
        for line, term in enumerate(terms, start=2)
        for reason in _reasons(term)
    ]


def _reasons(term: Term) -> list[str]:
    dates = {"start": term.start, "end": term.end, "asof": term.asof}
    bad = [name for name, date in dates.items() if date and not ISO_DATE.fullmatch(date)]
    reasons = [f"{name} is no ISO date: {dates[name]}" for name in bad]
    if term.kind not in OFFICE_KINDS:
        reasons.append(f"unknown kind of office: {term.kind}")
    if term.start and term.end and earliest(term.start) > latest(term.end):
        reasons.append(f"ends before it starts: {term.start} to {term.end}")
    if term.end and term.asof:
        reasons.append("has both end and asof")
    return reasons


def compile_officials(data: Path, lexicon: Path) -> None:
    """Write the compiled files into `lexicon`; raises InputFault or DataFaults."""
    names = read_names(lexicon / "names.csv")
    path = lexicon / "corrections.csv"
    corrections = [Correction(**row) for row in read_rows(path, CORRECTIONS_HEADER)]
    held = holder_terms(data / "officials" / "holders.csv")
    editors = read_terms(lexicon / "editors.csv")
    compiled = {
        "wikidata.csv": merged(corrected(held, corrections, str(path))),
        "us-state.csv": state_terms(data / "state-department", held + editors),
        "editors.csv": editors,
    }
    for file, terms in compiled.items():
        faults = faults_of(terms, str(lexicon / file))
        if faults:
            raise DataFaults(faults)
        write_terms(lexicon / file, [named(term, names) for term in terms])


def main(arguments: list[str]) -> int:
    """Run from the command line; returns the exit status."""
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    compile_officials(Path(arguments[0]), Path(arguments[1]) if arguments[1:] else LEXICON)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
