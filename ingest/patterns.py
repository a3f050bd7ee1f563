"""Patterns compiled to RE2 over symbols: linear time, whatever a rule says; see `ingest.syntax`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import re2

from ingest import syntax
from ingest.alphabet import Alphabet, expression
from ingest.syntax import (
    BARRIER,
    Choice,
    Edge,
    Gap,
    Node,
    OneOf,
    PatternFault,
    Repeat,
    Role,
    Way,
    least_ways,
    required,
)


class _Compiler:
    """Turns a tree into an RE2 expression; group names get numbers, since RE2 wants them unique."""

    def __init__(self, alphabet: Alphabet) -> None:
        self.alphabet = alphabet
        self.groups: dict[str, list[str]] = {}

    def expression(self, node: Node) -> str:
        if isinstance(node, OneOf):
            return self._one_of(node)
        if isinstance(node, Gap):
            allowed = self.alphabet.none_of([BARRIER, *node.excluded])
            return f"{expression(allowed)}{{0,{node.most}}}?"
        if isinstance(node, Edge):
            return "^" if node.mark == "^" else "$"
        if isinstance(node, Repeat):
            most = "" if node.most is None else node.most
            return f"(?:{self.expression(node.node)}){{{node.least},{most}}}"
        if isinstance(node, Choice):
            return "(?:" + "|".join(map(self.expression, node.nodes)) + ")"
        if isinstance(node, syntax.Sequence):
            return "".join(map(self.expression, node.nodes))
        return self._role(node)

    def _one_of(self, node: OneOf) -> str:
        if not node.names:
            return "."
        asked = self.alphabet.none_of if node.negated else self.alphabet.any_of
        return expression(asked(node.names))

    def _role(self, node: Role) -> str:
        names = self.groups.setdefault(node.name, [])
        names.append(f"{node.name}_{len(names)}")
        group = names[-1]
        return f"(?P<{group}>{self.expression(node.node)})"


_Spans = Sequence[tuple[int, int]]  # of the whole, then of each group; a group left out: -1, -1


class Found(NamedTuple):
    """A match in a string of symbols: its span and the spans of its roles, in units."""

    start: int
    end: int
    roles: dict[str, tuple[int, int]]


def _searcher(expression: Any) -> Callable[[bytes, int, int], _Spans | None]:
    """The spans of the first match between two positions, all at once.

    The binding's match objects cost as much as the search itself: its own search is used where
    it is as known, its public one elsewhere.
    """
    try:
        search, anywhere = expression._regexp.Match, re2._re2.RE2.Anchor.UNANCHORED
        search(anywhere, b"", 0, 0)[0]
    except (AttributeError, TypeError, IndexError):
        return lambda text, first, last: _spans(expression.search(text, first, last))

    def spans(text: bytes, first: int, last: int) -> _Spans | None:
        found: _Spans = search(anywhere, text, first, last)
        return found if found[0][0] >= 0 else None

    return spans


def _spans(match: Any) -> _Spans | None:
    if match is None:
        return None
    return [match.span(group) for group in range(len(match.groups()) + 1)]


class Pattern:
    """A compiled pattern."""

    def __init__(self, node: Node, alphabet: Alphabet, told: Iterable[Way] | None = None) -> None:
        """Compile a tree; `told` are its ways to match, where they are known already."""
        compiler = _Compiler(alphabet)
        options = re2.Options()
        options.log_errors = False
        options.max_mem = 64 << 20
        try:
            self._expression = re2.compile(compiler.expression(node).encode(), options)
        except re2.error as error:
            raise PatternFault(f"can't be compiled: {error}") from None
        self._search = _searcher(self._expression)
        self._width = alphabet.width
        number = self._expression.groupindex
        self._groups = [
            (role, number[group.encode()])
            for role, groups in compiler.groups.items()
            for group in groups
        ]
        #: Sets of symbols of which a sentence must hold at least one each.
        self.needs = frozenset(frozenset(alphabet.any_of(names)) for names in required(node))
        #: The same for each way to match, with these: one of the ways must be met wholly.
        self.ways = frozenset(
            frozenset(frozenset(alphabet.any_of(names)) for names in way)
            for way in (least_ways(node) if told is None else told)
        )

    def find(self, symbols: str) -> list[Found]:
        """The matches in a sentence's symbols, left to right, not overlapping."""
        return self.find_in(symbols.encode())

    def find_in(self, encoded: bytes) -> list[Found]:
        """The same for symbols in UTF-8, which many patterns can share."""
        found: list[Found] = []
        width, groups, search = self._width, self._groups, self._search
        at, size = 0, len(encoded)
        spans = search(encoded, at, size)
        while spans is not None:
            start, end = spans[0]
            if end > start:
                bound = {}
                for role, group in groups:
                    first, last = spans[group]
                    if last > first:
                        bound[role] = first // width, last // width
                found.append(Found(start // width, end // width, bound))
            if end >= size:
                break
            at = end if end > at else at + 1
            spans = search(encoded, at, size)
        return found


class Sieve:
    """Many patterns by the symbols that they need: finds those that a sentence may match.

    `common` says how often symbols stand in texts: each way of a pattern to match is looked at
    only where its rarest need is met. A poor guess costs time and changes nothing.
    """

    def __init__(
        self, patterns: Iterable[Pattern], common: Mapping[str, int] | None = None
    ) -> None:
        counts = common or {}
        ways = [(number, way) for number, pattern in enumerate(patterns) for way in pattern.ways]
        bits = {need: 1 << bit for bit, need in enumerate({n for _, way in ways for n in way})}
        self._all = (1 << len(bits)) - 1
        #: Patterns that need nothing.
        self._free = [number for number, way in ways if not way]
        met: dict[str, int] = {}
        woken: dict[str, list[tuple[int, int]]] = {}
        for need, bit in bits.items():
            for symbol in need:
                met[symbol] = met.get(symbol, 0) | bit
        rarity = {need: (sum(1 + counts.get(s, 0) for s in need), sorted(need)) for need in bits}
        for number, way in ways:
            if way:
                needed = sum(bits[need] for need in way)
                for symbol in min(way, key=rarity.__getitem__):
                    woken.setdefault(symbol, []).append((number, needed))
        #: Symbol → the needs that it meets, as bits; the ways that it wakes: pattern, needs.
        self._given = {symbol: (bits, tuple(woken.get(symbol, ()))) for symbol, bits in met.items()}

    def candidates(self, symbols: Iterable[str]) -> list[int]:
        """The numbers, in order, of all patterns that a sentence may match."""
        met = 0
        woken: list[tuple[int, int]] = []
        for given in map(self._given.get, frozenset(symbols)):
            if given:
                met |= given[0]
                woken += given[1]
        lacking = self._all ^ met
        found = {number for number, needs in woken if not needs & lacking}
        found.update(self._free)
        return sorted(found)
