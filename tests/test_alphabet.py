"""Symbols stand for combinations of classes, and classes for sets of symbols."""

from __future__ import annotations

import pytest

from ingest.alphabet import Alphabet, expression, told_apart, width_for
from kg.errors import RawabitError

A, B, AB = frozenset("a"), frozenset("b"), frozenset("ab")


@pytest.fixture
def alphabet() -> Alphabet:
    made = Alphabet({"either": ("a", "b"), "nested": ("either", "c"), "round": ("round", "a")})
    for classes in (A, B, AB):
        made.intern(classes)
    return made


def test_a_combination_has_one_symbol(alphabet: Alphabet) -> None:
    symbols = {alphabet.intern(classes) for classes in (A, B, AB)}
    assert len(symbols) == 3
    assert alphabet.intern(frozenset("ba")) == alphabet.intern(AB)
    assert all(len(symbol.encode()) == alphabet.width for symbol in symbols)


def test_a_sentence_is_as_long_as_its_units(alphabet: Alphabet) -> None:
    text = alphabet.text([A, AB, A])
    assert len(text) == 3
    assert text[0] == text[2] != text[1]


def test_unknown_combinations_are_named(alphabet: Alphabet) -> None:
    with pytest.raises(RawabitError, match=r"\['a', 'z'\]"):
        alphabet.text([frozenset("az")])


def test_classes_find_their_symbols(alphabet: Alphabet) -> None:
    a, b, ab = map(alphabet.intern, (A, B, AB))
    assert set(alphabet.any_of(["a"])) == {a, ab}
    assert set(alphabet.any_of(["a", "b"])) == {a, b, ab}
    assert set(alphabet.any_of(["a&b"])) == {ab}
    assert set(alphabet.any_of(["a&-b"])) == {a}
    assert alphabet.any_of(["nowhere"]) == ""


def test_aliases_stand_for_their_members(alphabet: Alphabet) -> None:
    assert alphabet.any_of(["either"]) == alphabet.any_of(["a", "b"])
    assert alphabet.any_of(["nested"]) == alphabet.any_of(["a", "b", "c"])
    assert alphabet.any_of(["round"]) == alphabet.any_of(["a"])


@pytest.mark.parametrize(("combinations", "width"), [(1, 2), (1920, 2), (1921, 3), (50_000, 3)])
def test_symbols_are_as_short_as_can_be(combinations: int, width: int) -> None:
    assert width_for(combinations) == width
    made = Alphabet(width=width)
    symbols = {made.intern(frozenset({str(number)})) for number in range(combinations)}
    assert len(symbols) == combinations
    assert {len(symbol.encode()) for symbol in symbols} == {width}


def test_what_does_not_fit_is_refused() -> None:
    made = Alphabet(width=2)
    with pytest.raises(RawabitError, match="more than 1920"):
        for number in range(1921):
            made.intern(frozenset({str(number)}))


def test_symbols_made_later_are_found_too(alphabet: Alphabet) -> None:
    before = alphabet.any_of(["a"])
    late = alphabet.intern(frozenset("ac"))
    assert set(alphabet.any_of(["a"])) == {*before, late}


def test_what_no_pattern_tells_apart_is_one_symbol() -> None:
    c, ac = frozenset("c"), frozenset("ac")
    made = Alphabet.of([A, AB, c, ac], {("b",): 1, ("c",): 1})
    assert made.intern(c) == made.intern(ac)
    assert len({*map(made.intern, (A, AB, c))}) == 3
    assert made.any_of(["b"]) == made.text([AB])
    assert set(made.none_of(["b"])) == set(made.text([A, c]))


def test_names_of_several_parts_and_aliases_tell_their_classes_apart() -> None:
    asked = [("b&-c",), ("x", "either")]
    assert told_apart(asked, {"either": ("a", "b")}) == {*"abcx"}


def test_symbols_named_together_stand_together() -> None:
    combinations = [frozenset(words) for words in ("x", "ax", "b", "ab", "bx", "a")]
    made = Alphabet.of(combinations, {("a",): 5, ("b", "x"): 3})
    assert len(expression(made.any_of("a"))) == len("[p-q]")
    assert expression(made.any_of("nowhere")) == r"[^\x00-\x{10FFFF}]"


def test_an_expression_tells_ranges() -> None:
    assert expression("pqrt") == "[p-rt]"
