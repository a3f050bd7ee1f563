"""The words of dates: `lexicons/dates/<language>.yaml` made ready for look-up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml
from ahocorasick_rs import AhoCorasick, MatchKind

from ingest import yamlfile
from ingest.dates.model import Part, Unit
from ingest.text import fold
from kg.errors import DataFaults, Fault

LANGUAGES = ("ar", "en", "fr")
TOKEN = re.compile(r"\d+|[^\W\d_]+|\n|[^\w\s]")

Senses = Mapping[str, Any]

MARKS: Mapping[str, Senses] = {mark: {"sep": mark} for mark in "-–—/,،().'"}

# Words that a date can hang on; a stretch of text without one, and without a number, has no date.
_TRIGGERS = frozenset(
    (
        "month",
        "hijri_month",
        "weekday",
        "plain_weekday",
        "day",
        "anchor_day",
        "definite",
        "same",
        "unit",
    )
)
# Which rules of the grammar can begin with a term of the sense, as bits.
_OPENINGS: Mapping[str, tuple[str, ...]] = {
    "number": ("numeric", "days", "offset", "year_phrase", "day_only"),
    "ordinal": ("days", "nth_weekday", "day_only"),
    "count": ("days", "offset", "day_only"),
    "nth": ("nth_weekday",),
    "from": ("days",),
    "day": ("relative_day",),
    "anchor_day": ("relative_day",),
    "weekday": ("on_weekday", "weekday_list"),
    "shift": ("on_weekday", "month_phrase", "unit_phrase"),
    "month": ("month_phrase",),
    "hijri_month": ("month_phrase",),
    "month_word": ("month_phrase",),
    "part": ("month_phrase", "unit_phrase", "year_phrase"),
    "definite": ("unit_phrase",),
    "same": ("unit_phrase",),
    "ago": ("offset",),
    "in": ("offset",),
    "unit": ("offset",),
    "year_word": ("year_phrase",),
    "season": ("year_phrase",),
}
RULES = (
    "numeric", "relative_day", "on_weekday", "weekday_list", "days", "month_phrase",
    "unit_phrase", "offset", "year_phrase", "nth_weekday", "day_only",
)  # fmt: skip


def openings(senses: Iterable[str]) -> tuple[str, ...]:
    """The names of the rules that can begin with a term of these senses, in their order."""
    found = {rule for sense in senses for rule in _OPENINGS.get(sense, ())}
    return tuple(rule for rule in RULES if rule in found)


@lru_cache(4096)
def number_senses(digits: str) -> Senses:
    """The senses of a number in figures; one of more than four digits is no part of a date."""
    if len(digits) > 4:
        return {"number": -1, "width": len(digits)}
    return {"number": int(digits), "width": len(digits), "opens": openings(("number",))}


def _variants(form: str, lang: str) -> set[str]:
    """A form as it stands in texts, in lower case: folded, and in Latin with its accents too."""
    folded = fold(form).lower()
    return {folded} if lang == "ar" else {folded, form.lower()}


@dataclass(slots=True)
class Entry:
    """A word: its senses alone, and the longer forms that it begins (longest first).

    `skip` letters at its start belong to a clitic, `joined` is true when that is the conjunction.
    """

    senses: dict[str, Any] = field(default_factory=dict)
    longer: list[tuple[list[str], dict[str, Any]]] = field(default_factory=list)
    skip: int = 0
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The entries of one language, by first word, and the words that make no date."""

    entries: Mapping[str, Entry]
    not_after: Mapping[str, frozenset[str]]
    not_before: Mapping[str, frozenset[str]]
    links: frozenset[str]  # words between a blocking word and the date («rue du 8 mai»)
    offset_blockers: frozenset[str]
    week_of: tuple[str, ...]  # before the day that a week is named by
    month_first: bool
    triggers: frozenset[str]  # first words of terms that a date can hang on
    finder: AhoCorasick  # finds the triggers
    known: frozenset[str]  # all words and marks that can stand in a date


def read_words(path: Path) -> dict[str, Any]:
    """The sections of a file of date words.

    Raises DataFaults where a section is unknown, missing or given twice, or is no YAML.
    """
    shown = "/".join(path.parts[-3:])
    faults: list[Fault] = []
    root = yamlfile.read(path, shown, faults)
    sections = dict(root.items()) if root else {}
    for name, section in sections.items():
        if name not in _REQUIRED and name not in _OPTIONAL:
            faults.append(Fault(shown, section.line, f"unknown section '{name}'"))
    if root:
        missing = sorted(_REQUIRED - set(sections))
        faults += [Fault(shown, 0, f"section '{name}' is missing") for name in missing]
    if faults:
        raise DataFaults(faults)
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), loader)
    return data


@cache
def load(lang: str) -> Lexicon:
    """The lexicon of a language (ar, en, fr), read once."""
    data = read_words(Path(__file__).parents[1] / "lexicons" / "dates" / f"{lang}.yaml")
    entries: dict[str, Entry] = {}
    for form, senses in _senses(data):
        for variant in _variants(form, lang):
            _add(entries, TOKEN.findall(variant), senses)
    for entry in entries.values():
        entry.longer.sort(key=lambda item: -len(item[0]))
        for told in (entry.senses, *(senses for _, senses in entry.longer)):
            told["opens"] = openings(told)
    _add_clitics(entries, data.get("clitics") or [])
    triggers = _trigger_words(entries)
    return Lexicon(
        entries,
        _word_sets(data["not_after"], lang),
        _word_sets(data["not_before"], lang),
        frozenset(map(fold, data.get("links") or ())),
        frozenset(map(fold, data["offset_blockers"])),
        tuple(f"{fold(words)} " for words in data["week_of"]),
        data["month_first"] is True,
        triggers,
        AhoCorasick(sorted(triggers), matchkind=MatchKind.LeftmostLongest),
        _known(entries),
    )


def _trigger_words(entries: Mapping[str, Entry]) -> frozenset[str]:
    """Words that are triggers alone; of longer forms without such a word, the longest word."""
    found = {word for word, entry in entries.items() if not _TRIGGERS.isdisjoint(entry.senses)}
    for word, entry in entries.items():
        for rest, senses in entry.longer:
            if not _TRIGGERS.isdisjoint(senses) and found.isdisjoint((word, *rest)):
                found.add(max((word, *rest), key=len))
    return frozenset(found)


def _known(entries: Mapping[str, Entry]) -> frozenset[str]:
    later = {word for entry in entries.values() for rest, _ in entry.longer for word in rest}
    return frozenset({*entries, *later, *MARKS})


def _word_sets(data: Mapping[str, Iterable[Any]], lang: str) -> dict[str, frozenset[str]]:
    return {
        kind: frozenset(v for w in words for v in _variants(str(w), lang))
        for kind, words in data.items()
    }


def _add(entries: dict[str, Entry], words: list[str], senses: Senses) -> None:
    entry = entries.setdefault(words[0], Entry())
    if len(words) == 1:
        entry.senses |= senses
        return
    for position, (rest, known) in enumerate(entry.longer):
        if rest == words[1:]:
            entry.longer[position] = (rest, {**known, **senses})
            return
    entry.longer.append((words[1:], dict(senses)))


def _add_clitics(entries: dict[str, Entry], clitics: Iterable[str]) -> None:
    """Adds the forms with a clitic written to them («والثلاثاء», «بالأمس», «للأسبوع»)."""
    for word, entry in list(entries.items()):
        if len(word) < 3 or not word.isalpha():
            continue
        for clitic in clitics:
            joined = clitic == "و"
            entries.setdefault(clitic + word, Entry(entry.senses, entry.longer, 1, joined))
        if word.startswith("ال"):
            entries.setdefault("لل" + word[2:], Entry(entry.senses, entry.longer, 0, False))


_FLAGS = {
    "ago_before": "ago", "in_before": "in", "ago_after": "ago_after", "later_after": "later",
    "now": "now", "prepositions": "prep", "year_words": "year_word", "seasons": "season",
    "day_words": "day_word", "month_words": "month_word", "day_parts": "day_part", "from": "from",
    "to": "to", "and": "and", "of": "of", "articles": "article", "equals": "equals",
    "hijri_marks": "hijri", "era_marks": "era", "this_month": "this_month",
    "ordinal_suffixes": "suffix", "day_prepositions": "on_day", "hours": "hour",
}  # fmt: skip
_VALUES = {"months": "month", "hijri_months": "hijri_month", "weekdays": "weekday",
           "plain_weekdays": "plain_weekday", "shifts": "shift", "nth": "nth"}  # fmt: skip


_REQUIRED = frozenset(
    (*_FLAGS, *_VALUES, "weak", "days", "anchor_days", "units", "definite_units", "parts",
     "numbers", "ordinals", "month_first", "not_after", "not_before", "offset_blockers", "week_of",
     "same_year", "same_month")
)  # fmt: skip
_OPTIONAL = frozenset(
    (
        "clitics",
        "capital",
        "day_articles",
        "day_prepositions",
        "links",
        "teens",
        "teen_units",
        "tens",
        "ordinal_tens",
    )
)


def _senses(data: Mapping[str, Any]) -> Iterator[tuple[str, Senses]]:
    for section, sense in _FLAGS.items():
        for form in data.get(section) or ():
            yield form, {sense: True}
    for section, sense in _VALUES.items():
        for value, forms in (data.get(section) or {}).items():
            for form in forms:
                yield form, {sense: value}
    for form in data.get("day_articles") or ():
        yield form, {"day_word": True}
    for form in data["weak"]:
        yield form, {"weak": True}
    for form in data.get("capital") or ():
        yield form, {"capital": True}
    for name, forms in data["parts"].items():
        for form in forms:
            yield form, {"part": Part(name)}
    yield from _relative_senses(data)
    yield from _number_senses(data)


def _relative_senses(data: Mapping[str, Any]) -> Iterator[tuple[str, Senses]]:
    for section, sense in (("days", "day"), ("anchor_days", "anchor_day")):
        for offset, forms in (data.get(section) or {}).items():
            for form in forms:
                yield form, {sense: offset}
    for section, unit in (("same_year", Unit.YEAR), ("same_month", Unit.MONTH)):
        for form in data.get(section) or ():
            yield form, {"same": unit}
    for name, counts in data["units"].items():
        for count, forms in counts.items():
            for form in forms:
                yield form, {"unit": (Unit(name), None if count == "many" else count)}
    for name, forms in data["definite_units"].items():
        for form in forms:
            yield form, {"definite": Unit(name)}


def _number_senses(data: Mapping[str, Any]) -> Iterator[tuple[str, Senses]]:
    numbers, ordinals = data["numbers"], data["ordinals"]
    for sense, table in (("count", numbers), ("ordinal", ordinals)):
        for value, forms in table.items():
            for form in forms:
                yield form, {sense: value}
    teens = {**numbers, **(data.get("teen_units") or {})}
    for sense, table in (("count", teens), ("ordinal", ordinals)):
        yield from _compounds(table, data.get("teens") or (), 10, " ", sense)
    for tens, forms in (data.get("tens") or {}).items():
        yield from ((form, {"count": tens}) for form in forms)
        yield from _compounds(numbers, forms, tens, " و", "count")
    for tens, forms in (data.get("ordinal_tens") or {}).items():
        yield from ((form, {"ordinal": tens}) for form in forms)
        yield from _compounds(ordinals, forms, tens, " و", "ordinal")


def _compounds(
    units: Mapping[int, Iterable[str]], heads: Iterable[str], base: int, glue: str, sense: str
) -> Iterator[tuple[str, Senses]]:
    """Eleven to nineteen, twenty-one to ninety-nine in Arabic: unit, then ten."""
    for value, forms in units.items():
        if value < 10:
            for form in forms:
                for head in heads:
                    yield f"{form}{glue}{head}", {sense: base + value}
