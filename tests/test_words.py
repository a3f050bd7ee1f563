"""Words taken apart: by what lexicons know, never by guessing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text import Text, forms, tokens
from ingest.words import Splitter

WHOLE = {
    "وزير",
    "الوزير",
    "الولايات",
    "المتحده",
    "الامريكيه",
    "المغرب",
    "مصر",
    "بلاد",
    "ولد",
    "لبنان",
}


@pytest.fixture
def splitter() -> Splitter:
    return Splitter.over(WHOLE, WHOLE | {"الخارجيه", "زياره"})


def parted(splitter: Splitter, word: str) -> list[str]:
    (form,) = forms(word)
    found = splitter.pieces(form)
    return [form] if found is None else [piece[0] for piece in found]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("والمغرب", ["و", "المغرب"]),
        ("فالوزير", ["ف", "الوزير"]),
        ("بمصر", ["ب", "مصر"]),
        ("كالمغرب", ["ك", "المغرب"]),
        ("لمصر", ["ل", "مصر"]),
        ("وبزيارة", ["و", "ب", "زياره"]),
        ("للوزير", ["ل", "الوزير"]),
        ("وللوزير", ["و", "ل", "الوزير"]),
        ("ومع", ["و", "مع"]),
        ("وفي", ["و", "في"]),
    ],
)
def test_what_is_written_before_a_known_word_is_taken_off(
    splitter: Splitter, word: str, expected: list[str]
) -> None:
    assert parted(splitter, word) == expected


@pytest.mark.parametrize("word", ["وزير", "بلاد", "ولد", "لبنان", "المغرب"])
def test_a_known_word_stays_whole(splitter: Splitter, word: str) -> None:
    assert splitter.pieces(forms(word)[0]) is None


@pytest.mark.parametrize(
    "word", ["ورود", "بسكويت", "للسماء", "والسماء", "كتاب", "Washington", "2023"]
)
def test_nothing_is_guessed(splitter: Splitter, word: str) -> None:
    assert splitter.pieces(forms(word)[0]) is None


def test_words_run_together_are_parted_by_what_is_known(splitter: Splitter) -> None:
    expected = ["الولايات", "المتحده", "الامريكيه"]
    assert parted(splitter, "الولاياتالمتحدةالأمريكية") == expected
    assert parted(splitter, "والولاياتالمتحدة") == ["و", *expected[:2]]
    assert parted(splitter, "الولاياتالمتحدةالجديدة") == ["الولاياتالمتحدهالجديده"]


def test_short_words_are_no_parts_of_fused_ones(splitter: Splitter) -> None:
    assert parted(splitter, "مصروزير") == ["مصروزير"]


def test_pieces_keep_their_places_in_the_text(splitter: Splitter) -> None:
    text = "زار وللوزيرِ الولاياتالمتحدة"
    read = Text.of(text)
    marks = splitter.split(tokens(read))
    shown = [text[slice(*read.span(a, b))] for a, b in zip(marks.starts, marks.ends, strict=True)]
    assert marks.forms == ["زار", "و", "ل", "الوزير", "الولايات", "المتحده"]
    assert shown == ["زار", "و", "ل", "لوزير", "الولايات", "المتحدة"]


@given(st.lists(st.sampled_from(sorted(WHOLE | {"و", "ب", "كلام", "xyz"})), min_size=1, max_size=5))
def test_parting_loses_no_letter(words: list[str]) -> None:
    splitter = Splitter.over(WHOLE, WHOLE)
    joined = "".join(words)
    marks = tokens(Text.of(joined))
    after = splitter.split(marks)
    assert after.starts[0] == marks.starts[0]
    assert after.ends[-1] == marks.ends[-1]
    assert all(a < b for a, b in zip(after.starts, after.ends, strict=True))
    for form, start, end in zip(after.forms, after.starts, after.ends, strict=True):
        assert form == joined[start:end] or form == "ا" + joined[start:end]  # «لل» hides an alef


def test_asking_twice_gives_the_same(splitter: Splitter) -> None:
    assert splitter.pieces("والمغرب") == splitter.pieces("والمغرب")
