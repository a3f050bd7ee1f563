"""What holds of the date grammar for any text and any specification."""

from __future__ import annotations

import re
from datetime import date
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.dates import (
    Base,
    Calendar,
    DateSpec,
    Part,
    Relative,
    Resolved,
    Unit,
    find_dates,
    resolve,
)
from ingest.dates.lexicon import LANGUAGES, load

ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
LANGS = st.sampled_from(LANGUAGES)


def vocabulary(lang: str) -> list[str]:
    """Words, marks and numbers that a date can be made of."""
    marks = ["-", "/", ",", "،", "(", ")", ".", "\n", " ", "ولد", "Rabat"]
    return (
        sorted(load(lang).known) + marks * 3 + [str(n) for n in (0, 3, 12, 29, 31, 1444, 2022)] * 5
    )


def phrases(lang: str) -> st.SearchStrategy[str]:
    """Heaps of such words."""
    return st.lists(st.sampled_from(vocabulary(lang)), max_size=14).map(" ".join)


TEXTS = LANGS.flatmap(lambda lang: st.tuples(st.just(lang), st.one_of(phrases(lang), st.text())))
SMALL = st.integers(-3, 40)


def specs(depth: int = 1) -> st.SearchStrategy[DateSpec]:
    """Specifications of all kinds, sensible or not."""
    inner: st.SearchStrategy[Any] = st.none() if depth == 0 else st.none() | specs(depth - 1)
    return st.builds(
        DateSpec,
        year=st.none() | st.integers(-10, 12000),
        month=st.none() | SMALL,
        day=st.none() | SMALL,
        weekday=st.none() | st.integers(0, 6),
        relative=st.none()
        | st.builds(
            Relative, st.integers(-12000, 12000), st.sampled_from(Unit), st.sampled_from(Base)
        ),
        counted=st.booleans(),
        shift=st.none() | st.integers(-2, 2),
        nth=st.none() | st.integers(-6, 6),
        part=st.none() | st.sampled_from(Part),
        calendar=st.sampled_from(Calendar),
        end=inner,
        listed=st.booleans(),
        other=inner,
    )


DATES = st.none() | st.dates().map(str) | st.sampled_from(["2022", "2022-05", "none", ""])


def well_formed(resolved: Resolved) -> bool:
    """ISO dates, and an end that is not before the beginning."""
    ends = [resolved.date] + ([resolved.end] if resolved.end else [])
    return all(ISO.fullmatch(end) for end in ends) and ends == sorted(ends)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_mentions_are_ordered_spans_of_the_text(case: tuple[str, str]) -> None:
    lang, text = case
    mentions = find_dates(text, lang)
    behind = 0
    for mention in mentions:
        assert behind <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        behind = mention.end
    assert find_dates(text, lang) == mentions


@settings(max_examples=300, deadline=None)
@given(TEXTS, DATES, DATES, st.sampled_from(["past", "future", None]))
def test_what_is_found_resolves_or_not(
    case: tuple[str, str], published: Any, anchor: Any, way: Any
) -> None:
    for mention in find_dates(case[1], case[0]):
        resolved = resolve(mention.spec, published, anchor, way)
        assert resolved is None or well_formed(resolved)


@settings(max_examples=500, deadline=None)
@given(specs(), DATES, DATES, st.sampled_from(["past", "future", None]))
def test_any_specification_resolves_or_not(
    spec: DateSpec, published: Any, anchor: Any, way: Any
) -> None:
    resolved = resolve(spec, published, anchor, way)
    assert resolved is None or well_formed(resolved)


@pytest.mark.parametrize(
    ("lang", "piece"),
    [
        ("ar", "من 3 "),
        ("ar", "3 و"),
        ("ar", "الاثنين و"),
        ("en", "1a"),
        ("en", "from "),
        ("fr", "3, "),
    ],
)
def test_time_grows_with_the_text_only(lang: str, piece: str) -> None:
    def seconds(count: int) -> float:
        started = process_time()
        find_dates(piece * count, lang)
        return process_time() - started

    seconds(100)
    short, long = min(seconds(300) for _ in range(3)), min(seconds(2400) for _ in range(2))
    assert long < 24 * short + 0.05  # eight times the text; a square would be 64 times


@settings(max_examples=200, deadline=None)
@given(specs())
def test_nothing_is_inferred_from_nothing(spec: DateSpec) -> None:
    resolved = resolve(spec, None)
    assert resolved is None or not resolved.inferred


@settings(max_examples=100, deadline=None)
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)), LANGS)
def test_every_day_in_full_is_read_back(day: Any, lang: str) -> None:
    for text in (day.isoformat(), f"{day.day}/{day.month}/{day.year}"):
        (mention,) = find_dates(f"( {text} )", lang)
        resolved = resolve(mention.spec, None)
        assert resolved is not None and resolved.date == day.isoformat()
