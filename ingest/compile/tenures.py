"""Terms of office as rows of the officials lexicon: dates, names, CSV in and out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

from kg.errors import InputFault

OFFICE_KINDS = frozenset(
    {
        "monarch",
        "crown-prince",
        "president",
        "vice-president",
        "prime-minister",
        "deputy-prime-minister",
        "foreign-minister",
        "deputy-foreign-minister",
        "defence-minister",
        "interior-minister",
        "minister",
        "ambassador",
        "consul",
        "special-envoy",
        "spokesperson",
        "security-chief",
        "national-security-adviser",
        "adviser",
        "military-chief",
        "parliament-speaker",
        "legislator",
        "secretary-general",
        "io-official",
        "governor",
        "other",
    }
)
ISO_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Term:
    """One term of office; dates are ISO (year, month or day precision), empty when unknown.

    `end` is set only for a term that is known to be over. A term still open on record has
    `asof`, the last day on which the record is known to hold. Names are `|` alternatives,
    the preferred one first.
    """

    wikidata: str
    kind: str
    country: str
    start: str
    end: str
    asof: str
    en: str
    ar: str
    fr: str
    position: str
    source: str


@dataclass(frozen=True, slots=True)
class Names:
    """The hand-written names of one person; each field `|` alternatives."""

    wikidata: str
    en: str
    ar: str
    fr: str
    short_ar: str
    short_en: str


TERM_HEADER = tuple(field.name for field in fields(Term))
NAMES_HEADER = tuple(field.name for field in fields(Names))


def read_rows(path: Path, header: Iterable[str]) -> list[dict[str, str]]:
    """The rows of a CSV file that must have exactly this header; raises InputFault."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames is None or tuple(reader.fieldnames) != tuple(header):
            raise InputFault(str(path), 1, f"header should be {','.join(header)}")
        rows = []
        for row in reader:
            if None in row or None in row.values():
                raise InputFault(str(path), reader.line_num, "wrong number of fields")
            rows.append(row)
        return rows


def read_terms(path: Path) -> list[Term]:
    """The terms of a compiled or hand-written file."""
    return [Term(**row) for row in read_rows(path, TERM_HEADER)]


def read_names(path: Path) -> dict[str, Names]:
    """The hand-written names by Wikidata id; raises InputFault for an id given twice."""
    names: dict[str, Names] = {}
    for line, row in enumerate(read_rows(path, NAMES_HEADER), start=2):
        if row["wikidata"] in names:
            raise InputFault(str(path), line, f"{row['wikidata']} given twice")
        names[row["wikidata"]] = Names(**row)
    return names


def write_terms(path: Path, terms: Iterable[Term]) -> None:
    """Write terms in the order of country, kind, start, id; the same terms give the same bytes."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(TERM_HEADER)
    writer.writerows(astuple(term) for term in sorted(set(terms), key=_order))
    path.write_text(buffer.getvalue(), encoding="utf-8")


def _order(term: Term) -> tuple[str, ...]:
    return (term.country, term.kind, term.start, term.wikidata, *astuple(term))


def named(term: Term, names: dict[str, Names]) -> Term:
    """The term with the hand-written names of its person before those that it has."""
    own = names.get(term.wikidata)
    if own is None:
        return term
    return replace(
        term,
        en=union(own.en, term.en),
        ar=union(own.ar, term.ar),
        fr=union(own.fr, term.fr),
    )


def union(*alternatives: str) -> str:
    """`|` lists joined into one, each name once, the first seen first."""
    names = (name.strip() for names in alternatives for name in names.split("|"))
    return "|".join(dict.fromkeys(name for name in names if name))


def earliest(date: str) -> str:
    """The first day that a partial date can mean (2006 → 2006-01-01)."""
    return date + "0000-01-01"[len(date) :]


def latest(date: str) -> str:
    """The last day that a partial date can mean; day 31 stands for the end of any month."""
    return date + "0000-12-31"[len(date) :]


def merged(terms: Iterable[Term]) -> list[Term]:
    """Overlapping or touching terms of one person in one office joined into one."""
    groups: dict[tuple[str, str, str], list[Term]] = {}
    for term in terms:
        groups.setdefault((term.country, term.kind, term.wikidata), []).append(term)
    return [term for group in groups.values() for term in _joined(group)]


def _joined(group: list[Term]) -> list[Term]:
    joined: list[Term] = []
    for term in sorted(group, key=lambda term: (earliest(term.start), term.start)):
        if joined and _touch(joined[-1], term):
            joined[-1] = _join(joined[-1], term)
        else:
            joined.append(term)
    return joined


def _touch(first: Term, second: Term) -> bool:
    return not first.end or earliest(second.start) <= latest(first.end)


def _join(first: Term, second: Term) -> Term:
    open_ended = not first.end or not second.end
    end = "" if open_ended else max(first.end, second.end, key=lambda date: (latest(date), date))
    start = second.start if second.start.startswith(first.start) else first.start
    return replace(
        first,
        start=start,
        end=end,
        asof=max(first.asof, second.asof) if open_ended else "",
        en=union(first.en, second.en),
    )
