"""The language of a document: what it declares, else by its letters and words."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ingest.documents.model import LANGUAGES, Fate, Unfit

_SAMPLE = 4000  # code points
_ARABIC = re.compile(r"[\u0621-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_LETTER = re.compile(r"[^\W\d_]")
# Letters of Persian, Urdu, Pashto and Kurdish; Arabic texts have them in foreign names only.
_NOT_ARABIC = re.compile(
    r"[\u06cc\u06a9\u06af\u06d2\u06d5\u0679\u0688\u0691\u06ba\u067e\u0686\u0698]"
)
_ENOUGH = 60  # letters below which a guess at a language that is not read would be rash
_SURE = 0.99


def declared(lang: str) -> str:
    """The language that a record names, by its first subtag; Unfit for one that is not read."""
    primary = re.split(r"[-_]", lang.strip().lower())[0]
    if primary not in LANGUAGES:
        raise Unfit(f"language '{lang}' is not read (ar, en and fr are)", Fate.SKIPPED)
    return primary


def detect(text: str) -> str:
    """The language of a text, among ar, en and fr; Unfit where it is none of them."""
    sample = text[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    arabic, latin = len(_ARABIC.findall(sample)), len(_LATIN.findall(sample))
    if max(arabic, latin) * 2 < letters or not letters:
        raise Unfit("the language is none of ar, en and fr: give it with lang", Fate.SKIPPED)
    if arabic >= latin:
        return _arabic(sample, arabic)
    return _latin(sample, latin)


def _arabic(sample: str, letters: int) -> str:
    if letters >= _ENOUGH and len(_NOT_ARABIC.findall(sample)) > letters * 0.03:
        raise Unfit("Arabic script, but not Arabic: give the language with lang", Fate.SKIPPED)
    return "ar"


def _latin(sample: str, letters: int) -> str:
    widest, share = _identifier(None).classify(sample)
    if widest not in LANGUAGES and share > _SURE and letters >= _ENOUGH:
        raise Unfit(f"the language seems to be '{widest}': ar, en and fr are read", Fate.SKIPPED)
    return str(_identifier(("en", "fr")).classify(sample)[0])


@cache
def _identifier(languages: tuple[str, ...] | None) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # half a second: only where needed

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    if languages is not None:
        identifier.set_languages(list(languages))
    return identifier
