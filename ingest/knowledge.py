"""What the lexicon files know: entities, people with their terms of office, headships.

All files below `lexicons/` are read once; every fact keeps its path and line.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from ingest import yamlfile
from ingest.yamlfile import Node
from kg.errors import DataFaults, Fault
from kg.model import EntityKind
from kg.vocab import digest, slug

LANGUAGES = ("ar", "en", "fr")

# file stem → kind of entity, key prefix (also the class that patterns use)
BODY_FILES = {
    "organizations": (EntityKind.ORGANIZATION, "organization"),
    "forums": (EntityKind.FORUM, "forum"),
    "dialogues": (EntityKind.DIALOGUE, "dialogue"),
    "exercises": (EntityKind.EXERCISE_SERIES, "exercise"),
    "conferences": (EntityKind.CONFERENCE_SERIES, "conference"),
    "agreements": (EntityKind.AGREEMENT, "agreement"),
    "armed-groups": (EntityKind.ARMED_GROUP, "armed-group"),
}

# Ministers: of the ministries that have a kind of office of their own, and of any.
MINISTRIES = frozenset({"foreign-minister", "defence-minister", "interior-minister"})
MINISTERS = MINISTRIES | {"minister"}
# Offices that a state has one of: the wording of the title does not tell them apart.
SINGLE_OFFICES = frozenset(
    "monarch crown-prince president vice-president prime-minister foreign-minister defence-minister"
    " interior-minister national-security-adviser".split()
)

Names = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Record:
    """An entity of the lexicon: names by language, the preferred one first; other forms by use."""

    key: str
    kind: EntityKind
    names: Names
    source: str
    wikidata: str | None = None
    iso2: str | None = None
    country: str | None = None  # key of the country it belongs to
    between: tuple[str, ...] = ()  # keys of the countries whose dialogue it is
    adjectives: Names = field(default_factory=dict)
    seats: Names = field(default_factory=dict)
    bynames: Names = field(default_factory=dict)
    context: Names = field(default_factory=dict)


class Tenure(NamedTuple):
    """One term of office; dates ISO and partial; `asof`: an open end is known up to that day."""

    kind: str
    country: str | None  # iso2
    start: str | None
    end: str | None
    asof: str | None
    source: str
    position: str = ""

    def covers(self, day: str) -> bool:
        """Whether the term surely includes a day (ISO, full)."""
        last = self.end or self.asof or "9999"
        return (self.start or "9999") <= day[: len(self.start or "9999")] and day[
            : len(last)
        ] <= last


class Official(NamedTuple):
    """A person of the lexicon with all terms of office."""

    key: str
    wikidata: str | None
    names: Names
    shorts: Names
    tenures: tuple[Tenure, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All records and officials by key."""

    records: dict[str, Record]
    officials: dict[str, Official]
    holders: dict[tuple[str, str | None], list[tuple[Tenure, str]]]

    def holder(self, kind: str, country: str | None, day: str) -> tuple[Official, Tenure] | None:
        """The one known holder of an office on a day; None where there is none, or several."""
        found = {
            key: tenure
            for tenure, key in self.holders.get((kind, country), ())
            if tenure.covers(day)
        }
        if len(found) != 1:
            return None
        key, tenure = next(iter(found.items()))
        return self.officials[key], tenure


@cache
def root() -> Path:
    """The folder of the lexicon files."""
    return Path(str(files("ingest"))) / "lexicons"


def _names(node: Node, member: str) -> Names:
    inner = node.get(member)
    if inner is None:
        return {}
    return {lang: tuple(texts) for lang in LANGUAGES if (texts := inner.texts(lang))}


def _yaml_entries(path: Path, faults: list[Fault]) -> Iterator[tuple[Node, str]]:
    shown = f"lexicons/{path.relative_to(root())}"
    content = yamlfile.read(path, shown, faults)
    for node in content or ():
        if node.text("id"):
            yield node, f"{shown}:{node.line}"
        else:
            faults.append(Fault(shown, node.line, "an entry without id"))


def _countries(folder: Path, faults: list[Fault]) -> Iterator[Record]:
    for node, source in _yaml_entries(folder / "countries.yaml", faults):
        yield Record(
            key=f"country/{node.text('id')}",
            kind=EntityKind.COUNTRY,
            names=_names(node, "names"),
            source=source,
            wikidata=node.text("wikidata") or None,
            iso2=node.text("id"),
            adjectives=_names(node, "adjectives"),
            seats=_names(node, "seats"),
            bynames=_names(node, "bynames"),
            context=_names(node, "context"),
        )


def _bodies(folder: Path, faults: list[Fault]) -> Iterator[Record]:
    for stem, (kind, prefix) in BODY_FILES.items():
        path = folder / f"{stem}.yaml"
        for node, source in _yaml_entries(path, faults) if path.exists() else ():
            country = node.text("country")
            yield Record(
                key=f"{prefix}/{node.text('id')}",
                kind=kind,
                names=_names(node, "names"),
                source=source,
                wikidata=node.text("wikidata") or None,
                iso2=node.text("iso2") or None,
                country=f"country/{country}" if country else None,
                between=tuple(f"country/{code}" for code in node.texts("between")),
                adjectives=_names(node, "adjectives"),
            )


def _rows(path: Path) -> Iterator[tuple[dict[str, str], str]]:
    shown = f"lexicons/{path.relative_to(root())}"
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(line for line in lines if not line.startswith("#"))
        for row in reader:
            yield row, f"{shown}:{reader.line_num}"


def _places(folder: Path) -> Iterator[Record]:
    path = folder / "places.csv"
    for row, source in _rows(path) if path.exists() else ():
        yield Record(
            key=f"place/{row['id']}",
            kind=EntityKind.PLACE,
            names={lang: tuple(row[lang].split("|")) for lang in LANGUAGES if row[lang]},
            source=source,
            wikidata=row["wikidata"] or None,
            country=f"country/{row['country']}" if row["country"] else None,
        )


def person_key(wikidata: str, name: str) -> str:
    """The key of an official: by Wikidata id, else by name."""
    return f"person/{wikidata}" if wikidata else f"person/{slug(name)}"


def _official_rows(folder: Path) -> Iterator[tuple[str, dict[str, str], str]]:
    for path in sorted((folder / "officials").glob("*.csv")):
        if path.stem in ("names", "corrections"):
            continue
        for row, source in _rows(path):
            name = row["en"].split("|")[0] or row["ar"].split("|")[0]
            yield person_key(row["wikidata"], name), row, source


def _officials(folder: Path) -> dict[str, Official]:
    rows: dict[str, list[tuple[dict[str, str], str]]] = defaultdict(list)
    for key, row, source in _official_rows(folder):
        rows[key].append((row, source))
    shorts = {row["wikidata"]: row for row, _ in _rows(folder / "officials" / "names.csv")}
    return {key: _official(key, group, shorts) for key, group in rows.items()}


def _official(
    key: str, group: list[tuple[dict[str, str], str]], shorts: dict[str, dict[str, str]]
) -> Official:
    row, source = group[0]
    short = shorts.get(row["wikidata"], {}) if row["wikidata"] else {}
    names: Names = {}
    for lang in LANGUAGES:
        found = dict.fromkeys(name for each, _ in group for name in each[lang].split("|") if name)
        if found:
            names[lang] = tuple(found)
    return Official(
        key=key,
        wikidata=row["wikidata"] or None,
        names=names,
        shorts={
            lang: tuple(filter(None, short.get(f"short_{lang}", "").split("|")))
            for lang in ("ar", "en")
        },
        tenures=tuple(_tenure(each, origin) for each, origin in group),
        source=source,
    )


def _tenure(row: dict[str, str], source: str) -> Tenure:
    return Tenure(
        kind=row["kind"],
        country=row["country"] or None,
        start=row["start"] or None,
        end=row["end"] or None,
        asof=row["asof"] or None,
        source=source,
        position=row["position"],
    )


def office_ids() -> Iterator[tuple[dict[str, str], str]]:
    """Offices by key (`office`) with their Wikidata ids (`wikidata`), and the line of each."""
    yield from _rows(root() / "office-ids.csv")


@cache
def load() -> Knowledge:
    """All lexicon records.

    Raises DataFaults naming every fault with path and line.
    """
    folder = root()
    faults: list[Fault] = []
    records: dict[str, Record] = {}
    for record in (*_countries(folder, faults), *_bodies(folder, faults), *_places(folder)):
        if record.key in records:
            path, _, line = record.source.rpartition(":")
            faults.append(Fault(path, int(line), f"'{record.key}' is given twice"))
        records[record.key] = record
    if faults:
        raise DataFaults(faults)
    officials = _officials(folder)
    holders: dict[tuple[str, str | None], list[tuple[Tenure, str]]] = defaultdict(list)
    for official in officials.values():
        for tenure in official.tenures:
            holders[tenure.kind, tenure.country].append((tenure, official.key))
    return Knowledge(records, officials, dict(holders))


def fingerprint() -> str:
    """A digest of all lexicon and rule files: readings made under another one are stale."""
    base = root().parent
    paths = sorted(
        p for folder in ("lexicons", "rules") for p in (base / folder).rglob("*") if p.is_file()
    )
    return digest(
        *(f"{path.relative_to(base)}\x1e{path.read_text(encoding='utf-8')}" for path in paths)
    )
