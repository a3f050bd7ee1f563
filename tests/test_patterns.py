"""The pattern language: what each construct matches, what is refused; time stays linear."""

from __future__ import annotations

import time

import pytest

from ingest.alphabet import Alphabet
from ingest.patterns import Found, Pattern, Sieve
from ingest.syntax import PatternFault, class_names, parse, required, roles, show, ways

CLASSES = ["a", "b", "c", "d", "barrier", "unk", "=مع"]


@pytest.fixture(scope="module")
def alphabet() -> Alphabet:
    made = Alphabet({"vowel": ("a", "d")})
    for name in CLASSES:
        made.intern(frozenset({name}))
    made.intern(frozenset({"a", "b"}))
    return made


def symbols(alphabet: Alphabet, sentence: str) -> str:
    """A sentence as words of classes; `a+b` is one unit of both, | a barrier, . an unknown word."""
    names = {"|": "barrier", ".": "unk", "مع": "=مع"}
    return alphabet.text(
        [frozenset(names.get(part, part) for part in unit.split("+")) for unit in sentence.split()]
    )


def matches(alphabet: Alphabet, pattern: str, sentence: str, **macros: str) -> list[Found]:
    made = Pattern(parse(pattern, macros), alphabet)
    return list(made.find(symbols(alphabet, sentence)))


def spans(alphabet: Alphabet, pattern: str, sentence: str) -> list[tuple[int, int]]:
    return [(found.start, found.end) for found in matches(alphabet, pattern, sentence)]


@pytest.mark.parametrize(
    ("pattern", "sentence", "expected"),
    [
        ("$a", ". a . a", [(1, 2), (3, 4)]),
        ("@a", ". a", [(1, 2)]),
        ("$a $b", "a b a . b", [(0, 2)]),
        ('$a "مع" $b', "a مع b", [(0, 3)]),
        ("$a&b", "a b a+b", [(2, 3)]),
        ("$a&-b", "a+b a", [(1, 2)]),
        ("$vowel $b", "d b c b", [(0, 2)]),
        ("$a _ $b", "a c b a b", [(0, 3)]),
        ("$a !b,c", "a b a c a d", [(4, 6)]),
        ("($a | $b) $c", "a c b c d c", [(0, 2), (2, 4)]),
        ("$a $b? $c", "a c a b c a b b c", [(0, 2), (2, 5)]),
        ("$a $b* $c", "a c a b b c", [(0, 2), (2, 6)]),
        ("$a $b+ $c", "a c a b b c", [(2, 6)]),
        ("$a $b{2} $c", "a b c a b b c", [(3, 7)]),
        ("$a $b{1,2} $c", "a c a b c a b b b c", [(2, 5)]),
        ("$a $b{2,} $c", "a b c a b b b c", [(3, 8)]),
        ("^ $a", "a a", [(0, 1)]),
        ("$a $$", "a a", [(1, 2)]),
        ("$a ~2 $b", "a . . b a . . . b", [(0, 4)]),
        ("$a ~3 $b", "a | b", []),
        ("$a ~3!c $b", "a c b a . b", [(3, 6)]),
        ("$a ~3!c,d $b", "a d b", []),
        ("$a ~5 $b", "a . b . b", [(0, 3)]),  # as short as can be
        ("$nowhere", "a b", []),
        ("$nowhere? $a", "a", [(0, 1)]),
    ],
)
def test_what_patterns_match(
    alphabet: Alphabet, pattern: str, sentence: str, expected: list[tuple[int, int]]
) -> None:
    assert spans(alphabet, pattern, sentence) == expected


def test_roles_are_bound_by_name(alphabet: Alphabet) -> None:
    (found,) = matches(alphabet, "who:$a ~3 (with:$b | with:$c $d) rest:_*", "a . c d .")
    assert found.roles == {"who": (0, 1), "with": (2, 3), "rest": (4, 5)}


def test_a_role_may_cover_several_units_and_a_part_may_bind_none(alphabet: Alphabet) -> None:
    (found,) = matches(alphabet, "all:($a $b) late:$c?", "a b")
    assert found.roles == {"all": (0, 2)}


def test_macros_are_named_pieces(alphabet: Alphabet) -> None:
    found = matches(alphabet, "%pair $c", "a b c", pair="one:$a %tail", tail="two:$b")
    assert found[0].roles == {"one": (0, 1), "two": (1, 2)}


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("", "an empty pattern"),
        ("$a | ", "an empty pattern or alternative"),
        ("($a $b", "not closed"),
        ("$a )", "unexpected '\\)'"),
        ("$a ? ?", "unexpected '\\?'"),
        ("%unheard", "no macro '%unheard'"),
        ("%loop", "calls itself"),
        ("%open", "not closed"),
        ("$a § $b", "not understood: …§"),
        ('"never closed', "not understood"),
        ("who:", "unexpected 'end of pattern'"),
        ("$a{2000,3000}", "can't be compiled"),
    ],
)
def test_faults_say_what_and_where(alphabet: Alphabet, pattern: str, told: str) -> None:
    with pytest.raises(PatternFault, match=told):
        Pattern(parse(pattern, {"loop": "$a %loop", "open": "($a"}), alphabet)


def test_names_and_roles_are_listed() -> None:
    node = parse('who:$a ~3!d ($b&c | "مع")')
    assert class_names(node) == {"a", "d", "b&c", "=مع"}
    assert roles(node) == {"who"}


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("$a $b", [("a",), ("b",)]),
        ("$a $b? $c*", [("a",)]),
        ("$a $b+", [("a",), ("b",)]),
        ("$a | $b", [("a", "b")]),
        ("$a $c | $b", [("a", "b"), ("c", "b")]),
        ("$a | $b?", []),
        ("who:$a ~4 !b _", [("a",)]),
    ],
)
def test_what_a_sentence_must_hold(pattern: str, needs: list[tuple[str, ...]]) -> None:
    assert required(parse(pattern)) == needs


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("$a $b", [{("a",), ("b",)}]),
        ("$a | $b", [{("a",)}, {("b",)}]),
        ("who:($a $c | $b) ~4 $b?", [{("a",), ("c",)}, {("b",)}]),
        (
            "($a | $b){1,2} ($b | $c)",
            [{("a",), ("b",)}, {("a",), ("c",)}, {("b",)}, {("b",), ("c",)}],
        ),
        ("$a | $b?", [{("a",)}, set()]),
    ],
)
def test_the_ways_to_match(pattern: str, expected: list[set[tuple[str, ...]]]) -> None:
    assert ways(parse(pattern)) == {frozenset(way) for way in expected}


def test_too_many_ways_are_told_by_what_they_share() -> None:
    pattern = "($a | $b) " * 9 + "$c"
    assert all(("c",) in way for way in ways(parse(pattern)))
    assert len(ways(parse(pattern))) <= 128


@pytest.mark.parametrize("sentence", ["a b", "b a", "c", ". .", "a+b", "a . c", "d b c"])
def test_a_sieve_keeps_every_pattern_that_matches(alphabet: Alphabet, sentence: str) -> None:
    patterns = [
        Pattern(parse(text), alphabet)
        for text in ("$a $b", "$b", "$c | $a", "_", "$nowhere", "$vowel ~3 $c", "$a&b")
    ]
    text = symbols(alphabet, sentence)
    sieve = Sieve(patterns)
    kept = sieve.candidates(text)
    assert kept == sorted(kept)
    matching = [number for number, each in enumerate(patterns) if list(each.find(text))]
    assert set(matching) <= set(kept)
    assert 4 not in kept  # no sentence can have what no lexicon holds
    assert 3 in kept  # a pattern without needs may match anything
    assert kept == Sieve(patterns, dict.fromkeys(text, 9)).candidates(text)


@pytest.mark.parametrize(
    "pattern",
    [
        "$a",
        '"مع"',
        "~4",
        "~4!a,b",
        "!a,b",
        "_",
        "who:$a",
        "($a | $b)",
        "$a?",
        "$b*",
        "$c+",
        "$a{2,3}",
    ],
)
def test_patterns_can_be_shown(pattern: str) -> None:
    assert show(parse(pattern)) == pattern


def test_shown_patterns_read_the_same() -> None:
    node = parse('^ who:$a ~3!d ($b | "مع" $c{1,}) _ $$')
    assert parse(show(node)) == node


@pytest.mark.parametrize(
    "pattern",
    ["($a | $b)* $c", "($a* $b*)* $c", "$a ~16 $b ~16 $b ~16 $c", "($a | $a $a | $b ~8 $a)+ $c $$"],
)
def test_time_grows_with_the_sentence_only(alphabet: Alphabet, pattern: str) -> None:
    made = Pattern(parse(pattern), alphabet)
    short = symbols(alphabet, "a b " * 1000)

    def seconds(text: str) -> float:
        times = []
        for _ in range(3):
            start = time.process_time()
            list(made.find(text))
            times.append(time.process_time() - start)
        return min(times)

    seconds(short)
    assert seconds(short * 4) < 12 * seconds(short) + 0.05  # 16 if it were quadratic
