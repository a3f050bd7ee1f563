"""Reprints of one dispatch: found whatever the order, let go when a text changes, counted once."""

from __future__ import annotations

import random
from itertools import permutations
from pathlib import Path

import pytest
from exported import bytes_of

from kg.dispatches import ALIKE, dispatch_of, runs, share
from kg.model import Document, Reading
from kg.store import Store
from kg.terms import node
from kg.vocab import document_key

WORDS = [f"word{number}" for number in range(400)]


def text(seed: int, length: int = 120) -> str:
    chosen = random.Random(seed)
    return " ".join(chosen.choice(WORDS) for _ in range(length))


def reading(name: str, content: str) -> Reading:
    return Reading(Document(name, content, "en"))


def reprint(content: str, *, cut: int = 0, headline: str = "") -> str:
    words = content.split()
    return " ".join([headline, *words[: len(words) - cut]]).strip()


ORIGINAL = text(1)
CORPUS = {
    "a": ORIGINAL,
    "b": reprint(ORIGINAL, cut=12),
    "c": reprint(ORIGINAL, cut=5, headline="Agency says in its evening bulletin"),
    "d": text(2),
    "e": text(3),
}


def groups(store: Store) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name in store.documents():
        dispatch = dispatch_of(store.ox, node(document_key(name)).value)
        if dispatch:
            found.setdefault(dispatch, set()).add(name)
    return {frozenset(group) for group in found.values()}


def test_reprints_are_one_dispatch_and_others_stand_alone(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        for name, content in CORPUS.items():
            store.write(reading(name, content))
        assert groups(store) == {frozenset("abc")}


def test_every_order_gives_the_same_bytes(tmp_path: Path) -> None:
    found = set()
    for number, order in enumerate(permutations("abcd")):
        with Store.open(tmp_path / str(number)) as store:
            for name in order:
                store.write(reading(name, CORPUS[name]))
            found.add(bytes_of(store))
    assert len(found) == 1


def test_a_changed_or_removed_text_leaves_its_dispatch(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        for name in "abd":
            store.write(reading(name, CORPUS[name]))
        before = bytes_of(store)
        store.write(reading("c", CORPUS["c"]))
        store.write(reading("a", text(9)))
        assert groups(store) == {frozenset("bc")}
        store.write(reading("a", ORIGINAL))
        assert groups(store) == {frozenset("abc")}
        store.remove("c")
        assert bytes_of(store) == before
        store.remove("b")
        assert groups(store) == set()


def test_a_chain_falls_apart_when_its_middle_goes(tmp_path: Path) -> None:
    words = text(5, 200).split()
    chain = {"x": words[:150], "y": words[15:165], "z": words[30:180]}
    assert share(runs(" ".join(chain["x"])), runs(" ".join(chain["z"]))) < ALIKE
    with Store.open(tmp_path / "store") as store:
        for name, parts in chain.items():
            store.write(reading(name, " ".join(parts)))
        assert groups(store) == {frozenset("xyz")}
        store.remove("y")
        assert groups(store) == set()


def test_what_was_sketched_is_found_again_without_the_file(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        store.write(reading("a", ORIGINAL))
    (tmp_path / "store" / "dispatches.sqlite").unlink()
    with Store.open(tmp_path / "store") as store:
        store.write(reading("b", CORPUS["b"]))
        assert groups(store) == {frozenset("ab")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("قال الوزير إنَّ اللقاءَ كان مثمرا وإن البلدين سيواصلان التشاور في كل القضايا",) * 2,
        (
            "قال الوزير إن اللقاء كان مثمرا وإن البلدين سيواصلان التشاور في كل القضايا",
            "قال الوزير إنَّ اللقاءَ كان مثمراً وإنّ البلدين سيواصلان التشاور في كل القضايا",
        ),
    ],
)
def test_vowel_signs_make_no_difference(one: str, other: str) -> None:
    assert share(runs(one), runs(other)) == 1


def test_a_headline_is_too_short_to_tell() -> None:
    assert runs("The minister met his counterpart in Rabat") == frozenset()
