"""Patterns compiled to RE2 over symbols: linear time, whatever a rule says; see `ingest.syntax`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import re2

from ingest.alphabet import Alphabet
from ingest.syntax import (
    Choice,
    Edge,
    Gap,
    Node,
    OneOf,
    PatternFault,
    Repeat,
    Role,
    Sequence,
    required,
    ways,
)

BARRIER = "barrier"


class _Compiler:
    """Turns a tree into an RE2 expression; group names get numbers, since RE2 wants them unique."""

    def __init__(self, alphabet: Alphabet) -> None:
        self.alphabet = alphabet
        self.groups: dict[str, list[str]] = {}

    def expression(self, node: Node) -> str:
        if isinstance(node, OneOf):
            return self._one_of(node)
        if isinstance(node, Gap):
            return f"[^\n{self.alphabet.any_of([BARRIER, *node.excluded])}]{{0,{node.most}}}?"
        if isinstance(node, Edge):
            return "^" if node.mark == "^" else "$"
        if isinstance(node, Repeat):
            most = "" if node.most is None else node.most
            return f"(?:{self.expression(node.node)}){{{node.least},{most}}}"
        if isinstance(node, Choice):
            return "(?:" + "|".join(map(self.expression, node.nodes)) + ")"
        if isinstance(node, Sequence):
            return "".join(map(self.expression, node.nodes))
        return self._role(node)

    def _one_of(self, node: OneOf) -> str:
        if not node.names:
            return "."
        members = self.alphabet.any_of(node.names)
        if node.negated:
            return f"[^\n{members}]"
        return f"[{members}]" if members else r"[^\x00-\x{10FFFF}]"

    def _role(self, node: Role) -> str:
        names = self.groups.setdefault(node.name, [])
        names.append(f"{node.name}_{len(names)}")
        group = names[-1]
        return f"(?P<{group}>{self.expression(node.node)})"


class Found(NamedTuple):
    """A match in a string of symbols: its span and the spans of its roles, in units."""

    start: int
    end: int
    roles: dict[str, tuple[int, int]]


class Pattern:
    """A compiled pattern."""

    def __init__(self, node: Node, alphabet: Alphabet) -> None:
        compiler = _Compiler(alphabet)
        options = re2.Options()
        options.log_errors = False
        options.max_mem = 64 << 20
        try:
            self._expression = re2.compile(compiler.expression(node).encode(), options)
        except re2.error as error:
            raise PatternFault(f"can't be compiled: {error}") from None
        self._width = alphabet.width
        number = self._expression.groupindex
        self._groups = [
            (role, number[group.encode()])
            for role, groups in compiler.groups.items()
            for group in groups
        ]
        #: Sets of symbols of which a sentence must hold at least one each.
        self.needs = frozenset(frozenset(alphabet.any_of(names)) for names in required(node))
        #: The same for each way to match: one of these sets of needs must be met wholly.
        self.ways = frozenset(
            frozenset(frozenset(alphabet.any_of(names)) for names in way) for way in ways(node)
        )

    def find(self, symbols: str) -> Iterator[Found]:
        """The matches in a sentence's symbols, left to right, not overlapping."""
        return self.find_in(symbols.encode())

    def find_in(self, encoded: bytes) -> Iterator[Found]:
        """The same for symbols in UTF-8, which many patterns can share."""
        width, groups = self._width, self._groups
        for match in self._expression.finditer(encoded):
            start, end = match.span()
            if end > start:
                bound = {}
                for role, group in groups:
                    first, last = match.span(group)
                    if last > first:
                        bound[role] = first // width, last // width
                yield Found(start // width, end // width, bound)


class Sieve:
    """Many patterns by the symbols that they need: finds those that a sentence may match."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        every = [(pattern.needs, pattern.ways) for pattern in patterns]
        self._count = len(every)
        needs = {need for always, ways in every for way in (always, *ways) for need in way}
        bits = {need: 1 << bit for bit, need in enumerate(needs, self._count)}
        self._always = [sum(bits[need] for need in always) for always, _ in every]
        self._ways = [_least({sum(bits[n] for n in way) for way in ways}) for _, ways in every]
        #: Symbol → as low bits, the patterns whose rarest need it meets; above, all needs it meets.
        self._given: dict[str, int] = {}
        self._free = sum(1 << number for number, (always, _) in enumerate(every) if not always)
        for need, bit in bits.items():
            self._give(need, bit)
        for number, (always, _) in enumerate(every):
            if always:
                rarest = min(always, key=lambda need: (len(need), sorted(need)))
                self._give(rarest, 1 << number)

    def _give(self, symbols: Iterable[str], bit: int) -> None:
        for symbol in symbols:
            self._given[symbol] = self._given.get(symbol, 0) | bit

    def met(self, symbols: Iterable[str]) -> int:
        """The needs that symbols meet, and the patterns they wake, as bits; of more, joined."""
        met = self._free
        for given in map(self._given.get, frozenset(symbols)):
            if given:
                met |= given
        return met

    def among(self, met: int, first: int, last: int) -> list[int]:
        """The numbers, in order, of the patterns from `first` up to `last` that may match."""
        found = []
        woken = met >> first & (1 << last - first) - 1
        while woken:
            lowest = woken & -woken
            woken ^= lowest
            number = first + lowest.bit_length() - 1
            always = self._always[number]
            if met & always != always:
                continue
            for bits in self._ways[number]:
                if met & bits == bits:
                    found.append(number)
                    break
        return found

    def candidates(self, symbols: str) -> list[int]:
        """The numbers, in order, of all patterns that a sentence may match."""
        return self.among(self.met(symbols), 0, self._count)


def _least(ways: set[int]) -> list[int]:
    """Those of several sets of bits that hold none of the others."""
    return [way for way in ways if not any(way & other == other != way for other in ways)]
