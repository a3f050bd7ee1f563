"""The interface's own words in Arabic, English and French, one JSON file a language."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from kg.errors import DataFaults, Fault

NAMES = {"ar": "العربية", "en": "English", "fr": "Français"}
_MONTHS = {
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}


@cache
def words(lang: str) -> dict[str, str]:
    """All texts of one language by key."""
    content = files(__name__).joinpath(f"{lang}.json").read_text(encoding="utf-8")
    found: dict[str, str] = json.loads(content)
    return found


def check() -> None:
    """Raise DataFaults where a language lacks a key that another has."""
    keys = {key for lang in NAMES for key in words(lang)}
    faults = [
        Fault(f"{lang}.json", 0, f"no text for {key!r}")
        for lang in NAMES
        for key in sorted(keys - words(lang).keys())
    ]
    if faults:
        raise DataFaults(faults)


def say(lang: str, key: str, **values: object) -> str:
    """The text of a key, with its `{names}` filled in."""
    return words(lang)[key].format(**values)


def is_rtl(lang: str) -> bool:
    """Whether a language is written from right to left."""
    return lang == "ar"


def long_date(iso: str, lang: str) -> str:
    """An ISO date of any precision as people write it; another text as it is."""
    parts = iso.split("-")
    if not all(part.isdigit() for part in parts) or not 1 <= len(parts) <= 3:
        return iso
    if len(parts) == 1:
        return iso
    months = _MONTHS[lang].split()
    if not 1 <= int(parts[1]) <= 12:
        return iso
    day = [str(int(parts[2]))] if len(parts) == 3 else []
    if lang == "fr" and day == ["1"]:
        day = ["1er"]
    return " ".join([*day, months[int(parts[1]) - 1], parts[0]])
