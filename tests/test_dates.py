"""The date grammar against tables of phrases (`dates/<language>.tsv`).

A row: phrase, publication date, anchor, direction, expected dates separated by spaces («-» for no
date found, «?» for one found but not resolved, «FIRST/LAST» for a span), and where it matters the
words of the first mention.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple, cast

import pytest

from ingest.dates import (
    Calendar,
    DateMention,
    DateSpec,
    Relative,
    Resolved,
    Unit,
    find_dates,
    resolve,
)
from ingest.dates.lexicon import LANGUAGES, read_words
from ingest.text import fold
from kg.errors import DataFaults

TABLES = Path(__file__).parent / "dates"
WORDS = Path(__file__).parents[1] / "ingest" / "lexicons" / "dates"


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
    return fold(text) if lang == "ar" else text


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


@pytest.mark.parametrize(
    "case", [case for case in cases() if case.lang != "ar"], ids=lambda case: case.phrase
)
def test_accents_may_be_missing(case: Case) -> None:
    mentions = find_dates(fold(case.phrase), case.lang)
    assert (" ".join(outcome(mention, case) for mention in mentions) or "-") == case.expected


def told(phrase: str, lang: str = "ar") -> DateSpec:
    """The specification of the only date in a phrase."""
    (mention,) = find_dates(normalised(phrase, lang), lang)
    return mention.spec


def came_to(phrase: str, lang: str = "ar", published: str | None = "2022-05-11") -> Resolved:
    """What the only date in a phrase resolves to."""
    resolved = resolve(told(phrase, lang), published)
    assert resolved is not None
    return resolved


def test_spec_says_what_the_words_say() -> None:
    spec = told("الثلاثاء 14 غشت 2022")
    assert (spec.weekday, spec.day, spec.month, spec.year) == (1, 14, 8, 2022)
    assert spec.end is None
    assert told("أمس الثلاثاء").relative == Relative(-1, Unit.DAY)
    assert told("الخميس المقبل").shift == 1


def test_span_and_list_differ() -> None:
    span, days = told("من 20 إلى 31 ماي الجاري"), told("يومي 3 و4 أكتوبر")
    assert span.end is not None and not span.listed
    assert days.end is not None and days.listed


def test_both_calendars_are_kept() -> None:
    spec = told("6 أبريل 2023 الموافق لـ 15 رمضان 1444 هـ")
    assert spec.calendar is Calendar.GREGORIAN
    assert spec.other is not None
    assert (spec.other.calendar, spec.other.month) == (Calendar.HIJRI, 9)


def test_the_other_calendar_checks_the_date() -> None:
    assert came_to("6 أبريل 2023 الموافق لـ 15 رمضان 1444 هـ").warning is None
    warning = came_to("6 أبريل 2023 الموافق لـ 20 رمضان 1444 هـ").warning
    assert warning is not None and "2023-04-11" in warning


def test_weekday_against_date_is_a_warning() -> None:
    resolved = came_to("الخميس 11 ماي 2022")
    assert resolved.date == "2022-05-11"
    assert resolved.warning == "2022-05-11 is a Wednesday, the text says Thursday"


def test_yesterday_decides_and_the_weekday_checks() -> None:
    assert came_to("أمس الثلاثاء").warning is None
    resolved = came_to("أمس الخميس")
    assert resolved.date == "2022-05-10"
    assert resolved.warning is not None and "Thursday" in resolved.warning


def test_a_stated_day_decides_over_today() -> None:
    resolved = came_to("hier, lundi 9 mai", "fr")
    assert resolved.date == "2022-05-09"
    assert resolved.warning is not None and "2022-05-10" in resolved.warning


@pytest.mark.parametrize(
    ("phrase", "inferred"),
    [
        ("14 غشت 2022", False),
        ("سنة 2012", False),
        ("14 غشت", True),
        ("أمس", True),
        ("الخميس", True),
    ],
)
def test_inferred_marks_what_the_words_leave_out(phrase: str, inferred: bool) -> None:
    resolved = came_to(phrase)
    assert resolved.inferred is inferred
    assert resolved.basis


def test_basis_names_the_publication_date() -> None:
    assert came_to("أمس").basis == "-1 day from 2022-05-11"


def test_offsets_count_in_the_text_given() -> None:
    text = "أعلن الوزير، وأمس الثلاثاء، زيارة يومي 3 و4 أكتوبر"
    for mention in find_dates(normalised(text, "ar"), "ar"):
        assert normalised(text, "ar")[mention.start : mention.end] == mention.text


def test_an_unknown_language_has_no_dates() -> None:
    assert find_dates("5 May 2022", "de") == []


@pytest.mark.parametrize("published", ["", "yesterday", "2022-13-01", "20220", "2022-02-30"])
def test_a_publication_date_that_is_none_counts_as_absent(published: str) -> None:
    assert resolve(told("أمس"), published) is None


def test_faults_in_the_words_are_reported_together(tmp_path: Path) -> None:
    path = tmp_path / "xx.yaml"
    path.write_text("months: {1: [a]}\nmoths: {}\nmonths: {}\n", encoding="utf-8")
    with pytest.raises(DataFaults) as caught:
        read_words(path)
    lines = str(caught.value).splitlines()
    assert any(line.endswith("xx.yaml:2: unknown section 'moths'") for line in lines)
    assert any("xx.yaml:3" in line and "twice" in line for line in lines)
    assert any("section 'weekdays' is missing" in line for line in lines)


def test_every_form_of_a_month_stands_for_one_month() -> None:
    for lang in LANGUAGES:
        data = read_words(WORDS / f"{lang}.yaml")
        for table in ("months", "hijri_months", "weekdays", "plain_weekdays"):
            forms = [
                fold(form).lower()
                for entry in data[table].values()
                for form in set(map(fold, entry))
            ]
            assert len(forms) == len(set(forms))
