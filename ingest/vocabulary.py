"""The lexicon of a language, put together from records, officials, word lists and rule literals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest import inflection, yamlfile
from ingest.knowledge import LANGUAGES, Knowledge, Official, Record, root
from ingest.lexicon import Entry, LexiconBuilder
from ingest.syntax import literal_class
from ingest.text import forms
from kg.errors import DataFaults, Fault
from kg.model import EntityKind

# Arabic texts quote foreign names and abbreviations in Latin letters; French ones, English names.
_FIRST_NAMES = "given"  # a list whose words count in Latin scripts only with a capital
_FRENCH_ARTICLES = {"République": "la", "Royaume": "le", "Fédération": "la", "Principauté": "la"}
_FALLBACKS = {"ar": ("ar", "en", "fr"), "en": ("en", "fr"), "fr": ("fr", "en")}
# Longer ones are written like words too: Unesco, Minurso.
_LONGEST_ABBREVIATION = 4


def classes_of(record: Record) -> str:
    """The class under which patterns know a record: its key's prefix, `region` for vague places."""
    prefix = record.key.split("/")[0]
    return "region" if prefix == "place" and record.key.startswith("place/region-") else prefix


def _is_arabic(phrase: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in phrase)


def add_record(builder: LexiconBuilder, record: Record, lang: str) -> None:
    """All forms of an entity in one language."""
    cls = classes_of(record)
    own = Entry(cls, record.key, record.source, proper=True)
    vague = record.kind in (EntityKind.PLACE, EntityKind.COUNTRY)
    for each in _FALLBACKS[lang] if not vague else (lang,):
        for name in record.names.get(each, ()):
            if (
                each == lang
                or (lang != "ar" and name.isupper())
                or (lang == "ar" and _foreign_in_arabic(name))
            ):
                entry = own._replace(capitals=lang != "ar" and _is_abbreviation(name))
                builder.add(name, entry)
                if vague and (article := _article(name, lang)):  # else “the Kingdom” wins
                    builder.add(f"{article} {name}", own._replace(proper=False))
    # French writes adjectives of nationality small.
    nationality = Entry("nat", record.key, record.source, proper=lang != "fr")
    for adjective in record.adjectives.get(lang, ()):
        shapes = inflection.arabic_nisba if lang == "ar" else inflection.latin_plural
        builder.add_all(
            [form for form in shapes(adjective) if form not in _NO_NATIONALITIES], nationality
        )
        if lang == "ar" and record.kind is EntityKind.COUNTRY:
            builder.add_all(inflection.arabic_republic(adjective), own)
    for cls, group in (
        ("seat", record.seats),
        ("byname", record.bynames),
        ("context", record.context),
    ):
        builder.add_all(
            group.get(lang, ()), Entry(cls, record.key, record.source, proper=cls != "context")
        )


# Plurals that are other words: «مجريات» are events, not Hungarian women.
_NO_NATIONALITIES = frozenset({"مجريات", "المجريات"})


def _article(name: str, lang: str) -> str | None:
    """The article of a state's long name: “the Republic of …”, «la République de …»."""
    if lang == "en":
        return "the" if " of " in name else None
    return _FRENCH_ARTICLES.get(name.split()[0]) if lang == "fr" and " " in name else None


def _is_abbreviation(name: str) -> bool:
    return name.isupper() and len(name) <= _LONGEST_ABBREVIATION


def _foreign_in_arabic(name: str) -> bool:
    return not _is_arabic(name) and (name.isupper() or " " in name)


# «سلطان بن عبد العزيز», “Sultan bin Abdulaziz”: before these a title is a given name.
_SON_OF = frozenset({"بن", "ابن", "bin", "ben", "ibn"})
_ARTICLES = frozenset({"al", "el"})


def add_official(
    builder: LexiconBuilder, official: Official, lang: str, plain: set[str], titles: set[str]
) -> None:
    """The full names of an official without titles; surnames alone if they are no plain words."""
    full = Entry("fullname", official.key, official.source, proper=True)
    mononym = Entry("surname", official.key, official.source, proper=True)
    for each in ("ar",) if lang == "ar" else ("en", "fr"):
        for name in official.names.get(each, ()):
            words = list(forms(name))
            while len(words) > 1 and words[0] in titles and words[1] not in _SON_OF:
                if len(words) == 3 and words[1] in _ARTICLES:
                    break  # “Sultan Al Jaber”: what is left would be a surname alone
                words = words[1:]
            if len(words) > 1:
                builder.add(" ".join(words), full)
                if "علي" in words:  # in Egypt and the Sudan written with the last letter undotted
                    builder.add(" ".join(words).replace("علي", "على"), full)
            elif words and words[0] not in plain:
                builder.add(words[0], mononym)
        for short in official.shorts.get(each, ()):
            if not plain.intersection(forms(short)):
                builder.add(short, mononym)


def _word_lists(path: Path, faults: list[Fault]) -> Iterator[tuple[str, str, str]]:
    shown = f"lexicons/{path.relative_to(root())}"
    content = yamlfile.read(path, shown, faults)
    for name, group in content.items() if content else ():
        for item in group:
            if not isinstance(item.value, str) or not item.value:
                faults.append(Fault(shown, item.line, f"list '{name}': not a word"))
                continue
            for form in inflection.expand(item.value):
                yield name, form, f"{shown}:{item.line}"


def _plain_lists(folder: Path) -> Iterator[tuple[str, str, str]]:
    for path in sorted(folder.glob("*.txt")):
        shown = f"lexicons/{path.relative_to(root())}"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for form in line.partition("#")[0].split():
                yield path.stem, form.replace("_", " "), f"{shown}:{number}"


def _offices(path: Path, faults: list[Fault]) -> Iterator[tuple[str, Entry]]:
    """Titles: `- {class: office, kind: foreign-minister, forms: […]}`; see docs/lexicons.md."""
    shown = f"lexicons/{path.relative_to(root())}"
    content = yamlfile.read(path, shown, faults)
    for node in content or ():
        for item in node.get("forms") or ():
            for form in inflection.expand(str(item.value)):
                key = node.text("kind")
                if node.text("country"):
                    key += "@" + node.text("country")
                if node.text("body"):
                    key += "#" + node.text("body")
                yield form, Entry(node.text("class", "office"), key, f"{shown}:{item.line}")


def _name_words(builder: LexiconBuilder) -> set[str]:
    """Single words that a list holds as parts of names."""
    return {
        phrase[0]
        for phrase, group in builder.entries.items()
        if len(phrase) == 1 and any(entry.cls in ("given", "particle") for entry in group)
    }


def _drop_ambiguous_names(builder: LexiconBuilder) -> None:
    """A word that a list of rules holds is no first name: «بأن» is not Ban."""
    name_lists = {"given", "particle", "honorific", "common", "namesake"}
    for phrase, group in builder.entries.items():
        given = len(phrase) == 1 and any(e.cls == "given" for e in group)
        listed = (e for e in group if not e.proper and not e.key)
        if given and any(e.cls not in name_lists for e in listed):
            builder.entries[phrase] = [e for e in group if e.cls != "given"]


TOPIC = "topic-"  # lists of this prefix are cues of topics: found apart, they hide no mention


def builders_for(
    lang: str, knowledge: Knowledge, literals: Iterable[str] = ()
) -> tuple[LexiconBuilder, LexiconBuilder]:
    """All forms of a language, from lexicon files and the phrases that rules quote; and topic cues.

    Raises DataFaults naming every fault in the word lists with path and line.
    """
    faults: list[Fault] = []
    builder, topics = LexiconBuilder(), LexiconBuilder()
    for record in knowledge.records.values():
        add_record(builder, record, lang)
    words = root() / "words"
    files = [words / f"{lang}.yaml", *sorted((words / lang).glob("*.yaml"))]
    lists = [entry for path in files for entry in _word_lists(path, faults)]
    for name, form, source in (*lists, *_plain_lists(words / lang)):
        chosen = topics if name.startswith(TOPIC) else builder
        proper = lang != "ar" and name == _FIRST_NAMES
        chosen.add(form, Entry(name.removeprefix(TOPIC), "", source, proper))
    builder.words = {word for phrase in topics.entries for word in phrase}
    titles = {
        phrase[0]
        for phrase, group in builder.entries.items()
        if any(e.cls == "honorific" for e in group)
    }
    plain = {
        phrase[0]
        for phrase, group in builder.entries.items()
        if len(phrase) == 1 and any(entry.cls != "namesake" for entry in group)
    }
    for form, entry in _offices(root() / "offices" / f"{lang}.yaml", faults):
        builder.add(form, entry)
        if entry.cls == "office" and len(forms(form)) == 1:
            titles.add(forms(form)[0])
        elif lang != "ar" and entry.key == "crown-prince":
            titles.update(forms(form))
    _drop_ambiguous_names(builder)
    plain -= _name_words(builder)
    for official in knowledge.officials.values():
        add_official(builder, official, lang, plain, titles)
    for phrase in literals:
        builder.add(phrase, Entry(literal_class(phrase), "", "rules"))
    if faults:
        raise DataFaults(faults)
    return builder, topics


__all__ = ["LANGUAGES", "builders_for"]
