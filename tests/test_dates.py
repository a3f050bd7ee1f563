"""The date grammar against tables of phrases (`dates/<language>.tsv`).

A row: phrase, publication date, anchor, direction, expected dates separated by spaces («-» for no
date found, «?» for one found but not resolved, «FIRST/LAST» for a span), and where it matters the
words of the first mention.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple, cast

import pytest

from ingest.dates import DateMention, DateSpec, find_dates, resolve

TABLES = Path(__file__).parent / "dates"
_FOLDS = str.maketrans("أإآٱىةؤئ" + "٠١٢٣٤٥٦٧٨٩" + "۰۱۲۳۴۵۶۷۸۹", "اااايهوي" + "0123456789" * 2)
_MARKS = re.compile("[\u0640\u064b-\u065f\u0670]")


class Case(NamedTuple):
    """One row of a table."""

    lang: str
    phrase: str
    published: str | None
    anchor: str | None
    direction: Any
    expected: str
    words: str | None


def normalised(text: str, lang: str) -> str:
    """Text as the reading stage hands it over."""
    return _MARKS.sub("", text).translate(_FOLDS) if lang == "ar" else text


def cases() -> list[Case]:
    """All rows of all tables."""
    found = []
    for table in sorted(TABLES.glob("*.tsv")):
        for line in table.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                cells = [cell if cell != "." else None for cell in line.split("\t")]
                cells += [None] * (6 - len(cells))
                found.append(Case(table.stem, *cast("Any", cells)))
    return found


def outcome(mention: DateMention, case: Case) -> str:
    """What a mention resolves to, in the notation of the tables."""
    resolved = resolve(mention.spec, case.published, case.anchor, case.direction)
    if resolved is None:
        return "?"
    return f"{resolved.date}/{resolved.end}" if resolved.end else resolved.date


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.lang}: {case.phrase}")
def test_phrase(case: Case) -> None:
    mentions = find_dates(normalised(case.phrase, case.lang), case.lang)
    assert (" ".join(outcome(mention, case) for mention in mentions) or "-") == case.expected
    if case.words:
        assert mentions[0].text == normalised(case.words, case.lang)
