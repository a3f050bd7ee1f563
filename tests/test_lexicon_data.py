"""The hand-kept lexicons of countries, places and bodies: form, completeness, collisions."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest.text import forms

FOLDER = Path(str(files("ingest"))) / "lexicons"
BODIES = {
    "organizations": 350,
    "forums": 60,
    "dialogues": 30,
    "exercises": 40,
    "conferences": 60,
    "agreements": 80,
    "armed-groups": 60,
}
LANGUAGES = ("ar", "en", "fr")
FORM_GROUPS = ("names", "adjectives", "seats", "bynames", "context")
ARABIC = re.compile(r"[\u0621-\u064a]")
NOT_ARABIC = re.compile(r"[\u0671-\u06d3]")  # letters of Persian, Urdu, Kurdish …
# Seats of government that bear the country's own name, or (BE) stand for a body instead.
NO_SEAT = {"BE", "EH", "HK", "LU", "MC", "MO", "SG", "SM", "VA"}
NO_ARABIC_SEAT = {"DJ"}  # its Arabic name is the country's

# Forms that two entries of different identity share; the reader decides by context.
SHARED = {
    ("ar", "عمان"): {"country/JO", "country/OM", "place/amman"},
    ("ar", "القنيطرة"): {"place/kenitra", "place/quneitra"},
    ("ar", "كرانس مونتانا"): {"forums/crans-montana", "place/crans-montana"},
    ("fr", "Douma"): {"organizations/duma", "place/douma"},
    ("fr", "Grenade"): {"country/GD", "place/granada"},
}


def _entries(stem: str) -> list[dict[str, Any]]:
    # BaseLoader: all scalars are text, as the reader takes them (NO is Norway)
    loaded = yaml.load((FOLDER / f"{stem}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    assert isinstance(loaded, list)
    return loaded


def _places() -> list[dict[str, str]]:
    with (FOLDER / "places.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


COUNTRIES = _entries("countries")
PLACES = _places()
ALL = {stem: _entries(stem) for stem in BODIES}


def _form_lists() -> Iterator[tuple[str, str, str, list[str]]]:
    """Key of the entry, group, language, forms – of all files."""
    for stem, entries in {"country": COUNTRIES, **ALL}.items():
        for entry in entries:
            for group in FORM_GROUPS:
                for lang, texts in entry.get(group, {}).items():
                    yield f"{stem}/{entry['id']}", group, lang, texts
    for row in PLACES:
        for lang in LANGUAGES:
            if row[lang]:
                yield f"place/{row['id']}", "names", lang, row[lang].split("|")


def test_every_member_of_the_united_nations_is_there() -> None:
    ids = {entry["id"] for entry in COUNTRIES}
    assert len(ids) == len(COUNTRIES)
    assert {"PS", "VA", "XK", "TW", "EH", "CK", "NU", "HK", "MO", "GL"} < ids
    assert len(ids) == 193 + 10
    assert all(re.fullmatch("[A-Z]{2}", each) for each in ids)


@pytest.mark.parametrize("entry", COUNTRIES, ids=lambda entry: str(entry["id"]))
def test_a_country_has_names_adjectives_and_a_seat_in_three_languages(
    entry: dict[str, Any],
) -> None:
    allowed = {"id", "wikidata", "ambiguous", *FORM_GROUPS}
    assert set(entry) <= allowed
    for lang in LANGUAGES:
        assert entry["names"][lang] and entry["adjectives"][lang]
        if entry["id"] not in NO_SEAT and not (lang == "ar" and entry["id"] in NO_ARABIC_SEAT):
            assert entry["seats"][lang]


def test_seats_are_places_of_their_country() -> None:
    placed = defaultdict(set)
    for row in PLACES:
        for lang in LANGUAGES:
            placed[row["country"], lang] |= {forms(text) for text in row[lang].split("|")}
    missing = [
        (entry["id"], text)
        for entry in COUNTRIES
        for lang, texts in entry.get("seats", {}).items()
        for text in texts
        if forms(text) not in placed[entry["id"], lang]
    ]
    assert missing == []


@pytest.mark.parametrize(("stem", "least"), BODIES.items())
def test_bodies_have_the_form_that_the_reader_takes(stem: str, least: int) -> None:
    allowed = {"id", "wikidata", "iso2", "country", "between", "ambiguous", "names", "adjectives"}
    countries = {entry["id"] for entry in COUNTRIES}
    assert len(ALL[stem]) >= least
    for entry in ALL[stem]:
        assert set(entry) <= allowed, entry["id"]
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry["id"])
        assert {"en", "fr"} <= set(entry["names"]) <= set(LANGUAGES), entry["id"]
        assert entry.get("country") is None or entry["country"] in countries, entry["id"]
        assert set(entry.get("between", ())) <= countries, entry["id"]
    assert [key for key, n in Counter(e["id"] for e in ALL[stem]).items() if n > 1] == []


def test_bodies_with_a_code_are_the_seven_of_the_vocabulary() -> None:
    codes = [entry["iso2"] for entries in ALL.values() for entry in entries if "iso2" in entry]
    assert sorted(codes) == ["AU", "EU", "GCC", "LAS", "NATO", "OIC", "UN"]


def test_places_have_unique_slugs_and_known_countries() -> None:
    countries = {entry["id"] for entry in COUNTRIES} | {""}
    assert len(PLACES) >= 700
    assert list(PLACES[0]) == ["id", "country", "wikidata", *LANGUAGES]
    assert [key for key, n in Counter(row["id"] for row in PLACES).items() if n > 1] == []
    for row in PLACES:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"])
        assert row["country"] in countries, row["id"]
        assert row["ar"] and row["en"] and row["fr"], row["id"]
        assert not (row["id"].startswith("region-") and row["country"]), row["id"]


@pytest.mark.parametrize(
    "name", ["dakhla", "laayoune", "smara", "jerusalem", "golan-heights", "crimea"]
)
def test_places_of_contested_status_belong_to_no_country(name: str) -> None:
    assert [row["country"] for row in PLACES if row["id"] == name] == [""]


def test_wikidata_ids_are_well_formed_and_unique() -> None:
    found = [entry["wikidata"] for entry in COUNTRIES]
    found += [e["wikidata"] for entries in ALL.values() for e in entries if "wikidata" in e]
    found += [row["wikidata"] for row in PLACES if row["wikidata"]]
    assert [each for each in found if not re.fullmatch(r"Q[1-9]\d*", each)] == []
    assert [each for each, n in Counter(found).items() if n > 1] == []


def test_alternatives_are_not_empty_trimmed_and_unlike() -> None:
    faults = []
    for key, group, lang, texts in _form_lists():
        # «ONU» counts only in capitals: «Onu» beside it is no repetition.
        folded = [(forms(text), text.isupper()) for text in texts]
        if (
            not texts
            or len(set(folded)) < len(folded)
            or any(t != t.strip() or not t for t in texts)
        ):
            faults.append((key, group, lang, texts))
    assert faults == []


def test_arabic_forms_are_arabic() -> None:
    faults = [
        (key, text)
        for key, _, lang, texts in _form_lists()
        if lang == "ar"
        for text in texts
        if not ARABIC.search(text) or (NOT_ARABIC.search(text) and text != "الگرگرات")
    ]
    assert faults == []


def test_latin_forms_hold_no_arabic_letters() -> None:
    faults = [
        (key, text)
        for key, _, lang, texts in _form_lists()
        if lang != "ar"
        for text in texts
        if ARABIC.search(text)
    ]
    assert faults == []


def _owners() -> dict[tuple[str, tuple[str, ...]], set[str]]:
    """Folded form → entries that it names; a seat belongs to its place and its country both."""
    owners: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
    for key, group, lang, texts in _form_lists():
        if group in ("names", "seats", "bynames"):
            for text in texts:
                owners[lang, forms(text)].add(key)
    return owners


def test_forms_shared_by_two_entries_are_known() -> None:
    country_of = {f"place/{row['id']}": f"country/{row['country']}" for row in PLACES}
    allowed = {(lang, forms(text)): keys for (lang, text), keys in SHARED.items()}
    surprises = {}
    for form, keys in _owners().items():
        # a capital and its country share the name on purpose
        unlike = [key for key in keys if country_of.get(key) not in keys]
        if len(unlike) > 1 and keys != allowed.get(form):
            surprises[form] = keys
    assert surprises == {}
    assert all(_owners()[form] == keys for form, keys in allowed.items())


@pytest.mark.parametrize(
    "word",
    [
        "مالية",
        "على",
        "كان",
        "نيس",
        "صور",
        "حائل",
        "القائم",
        "مدني",
        "فتح",
        "العديد",
        "أفاد",
        "إيجاد",
        "إيفاد",
        "تدمر",
        "ينبع",
        "مشهد",
        "حماة",
    ],
)
def test_common_words_are_no_names(word: str) -> None:
    assert _owners().get(("ar", forms(word)), set()) == set()
