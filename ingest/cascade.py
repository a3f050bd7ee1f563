"""The cascade: phrase rules run in stages over a sentence's items, each match becoming one item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from ingest.alphabet import Alphabet
from ingest.items import Item
from ingest.knowledge import Knowledge
from ingest.mentions import Builder
from ingest.patterns import Pattern, Sieve
from ingest.rules import Rule

_CLASSES = attrgetter("classes")


@dataclass(frozen=True, slots=True)
class MentionRule:
    """A phrase rule ready to run."""

    rule: Rule
    pattern: Pattern


_Taken = dict[int, tuple[int, list[Item]]]  # start → end and what stands there now


class Cascade:
    """The phrase rules of a language, stage by stage."""

    def __init__(
        self,
        rules: list[MentionRule],
        alphabet: Alphabet,
        knowledge: Knowledge,
        common: Mapping[str, int],
    ) -> None:
        self.alphabet = alphabet
        self.builder = Builder(knowledge)
        self.rules = sorted(rules, key=lambda each: each.rule.stage)
        self.sieve = Sieve((each.pattern for each in self.rules), common)
        stages = [each.rule.stage for each in self.rules]
        firsts = [number for number, stage in enumerate(stages) if stage not in stages[:number]]
        self.stages = [*pairwise([*firsts, len(stages)])]

    def symbols(self, items: list[Item]) -> list[str]:
        """The symbols of a sentence."""
        return self.alphabet.symbols(map(_CLASSES, items))

    def run(self, items: list[Item]) -> list[Item]:
        """The items of a sentence with all mentions in place."""
        symbols = self.symbols(items)
        likely = self.sieve.candidates(symbols)
        for first, last in self.stages:
            due = [number for number in likely if first <= number < last]
            taken = self._stage(due, items, "".join(symbols).encode()) if due else {}
            if taken:
                items, symbols = self._replaced(items, symbols, taken)
                likely = self.sieve.candidates(symbols)
        return items

    def _stage(self, likely: list[int], items: list[Item], encoded: bytes) -> _Taken:
        taken: _Taken = {}
        covered: set[int] = set()
        for number in likely:
            each = self.rules[number]
            for found in each.pattern.find_in(encoded):
                start, end = found.roles.get("keep", (found.start, found.end))
                if not covered.isdisjoint(range(start, end)):
                    continue
                made = self.builder.build(items, found, each.rule)
                if made:
                    taken[start] = (end, made)
                    covered.update(range(start, end))
        return taken

    def _replaced(
        self, items: list[Item], symbols: list[str], taken: _Taken
    ) -> tuple[list[Item], list[str]]:
        """The items and their symbols with mentions in the place of what they were made from."""
        result: list[Item] = []
        written: list[str] = []
        done = 0
        for start in sorted(taken):
            end, made = taken[start]
            result += items[done:start]
            result += made
            written += symbols[done:start]
            written += self.symbols(made)
            done = end
        result += items[done:]
        written += symbols[done:]
        return result, written
