"""Symbols stand for combinations of classes, and classes for sets of symbols."""

from __future__ import annotations

import pytest

from ingest.alphabet import WIDTH, Alphabet
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
    assert all(len(symbol.encode()) == WIDTH for symbol in symbols)


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
    assert alphabet.knows("nested")
    assert not alphabet.knows("c")


def test_symbols_made_later_are_found_too(alphabet: Alphabet) -> None:
    before = alphabet.any_of(["a"])
    late = alphabet.intern(frozenset("ac"))
    assert set(alphabet.any_of(["a"])) == {*before, late}
