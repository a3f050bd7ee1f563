"""The engine of one language: lexicon, alphabet, compiled rules; built once, then read only."""

from __future__ import annotations

import gc
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache as once
from typing import NamedTuple

from ingest import cache, knowledge, rules, vocabulary
from ingest.alphabet import Alphabet
from ingest.cascade import Cascade, MentionRule
from ingest.items import SHAPES, Analysis, Item, analyse
from ingest.lexicon import Lexicon
from ingest.mentions import CLASSES
from ingest.patterns import Found, Pattern, Sieve
from ingest.rules import Grammar, Rule
from ingest.syntax import PatternFault, Way, asked, least_ways
from kg.errors import DataFaults, Fault

_MENTION_EVERY = 100  # items: that often a mention of any one kind is met, at a guess


@dataclass(frozen=True, slots=True)
class EventRule:
    """A rule for events or relations, ready to run."""

    rule: Rule
    pattern: Pattern


class Match(NamedTuple):
    """A rule that fired: the sentence by index, and what was bound, in items of that sentence."""

    rule: Rule
    sentence: int
    found: Found


@dataclass(frozen=True, slots=True)
class Engine:
    """All that reading a language needs."""

    language: str
    knowledge: knowledge.Knowledge
    lexicon: Lexicon
    alphabet: Alphabet
    cascade: Cascade
    rules: tuple[EventRule, ...]
    sieve: Sieve
    topics: Lexicon

    def analyse(self, text: str) -> Analysis:
        """The sentences of a text with their mentions."""
        raw = analyse(text, self.language, self.lexicon)
        return replace(raw, sentences=[self.cascade.run(items) for items in raw.sentences])

    def symbols(self, items: list[Item]) -> str:
        """A sentence as a string of symbols."""
        return self.alphabet.text(item.classes for item in items)

    def matches(self, sentences: list[list[Item]]) -> list[Match]:
        """All matches of event and relation rules, sentence by sentence, higher priority first."""
        found = []
        for index, items in enumerate(sentences):
            symbols = self.cascade.symbols(items)
            likely = self.sieve.candidates(symbols)
            encoded = "".join(symbols).encode() if likely else b""
            for number in likely:
                each = self.rules[number]
                found += [Match(each.rule, index, hit) for hit in each.pattern.find_in(encoded)]
        return found


@dataclass(frozen=True, slots=True)
class Tables:
    """What an engine is made from: kept on disk, since it takes seconds to build."""

    grammar: Grammar
    lexicon: Lexicon
    topics: Lexicon
    alphabet: Alphabet
    ways: dict[str, tuple[Way, ...]]  # to match each rule
    common: dict[frozenset[str], int]  # how often a combination stands in the rules' examples


def _tables(lang: str) -> Tables:
    grammar = rules.load(lang)
    words, cues = vocabulary.builders_for(lang, cache.known(), grammar.literals())
    lexicon = words.build()
    topics = cues.build_with(lexicon.splitter, overlapping=True)
    ways = {rule.id: least_ways(rule.node) for rule in grammar.rules}
    alphabet = _alphabet(grammar, lexicon)
    return Tables(grammar, lexicon, topics, alphabet, ways, _common(grammar, lexicon))


def _alphabet(grammar: Grammar, lexicon: Lexicon) -> Alphabet:
    combinations = {*lexicon.class_sets(), *SHAPES, *CLASSES.values()}
    if grammar.language != "ar":
        combinations |= {classes | {"cap"} for classes in combinations}
    often: Counter[tuple[str, ...]] = Counter()
    for rule in grammar.rules:
        for names, times in asked(rule.node):
            often[names] += times
    return Alphabet.of(combinations, often, grammar.aliases)


def _common(grammar: Grammar, lexicon: Lexicon) -> dict[frozenset[str], int]:
    """How often each combination of classes stands in the rules' examples, which are like news."""
    counts = Counter(
        item.classes
        for rule in grammar.rules
        for example in (*rule.examples, *rule.counterexamples)
        for items in analyse(str(example["text"]), grammar.language, lexicon).sentences
        for item in items
    )
    mentions = counts.total() // _MENTION_EVERY
    return {**counts, **dict.fromkeys(CLASSES.values(), mentions)}


def _compiled(tables: Tables) -> list[tuple[Rule, Pattern]]:
    faults, compiled = [], []
    for rule in tables.grammar.rules:
        try:
            compiled.append((rule, Pattern(rule.node, tables.alphabet, tables.ways[rule.id])))
        except PatternFault as fault:
            faults.append(Fault(rule.path, rule.line, f"pattern: {fault}"))
    if faults:
        raise DataFaults(faults)
    return compiled


@once
def engine(lang: str) -> Engine:
    """The engine of a language (ar, en, fr), built on first use.

    Raises DataFaults where rules or lexicons are at fault.
    """
    known = cache.known()
    tables = cache.kept(f"tables-{lang}", lambda: _tables(lang))
    alphabet = tables.alphabet
    alphabet.recall([*SHAPES, *CLASSES.values(), *tables.lexicon.combinations])
    compiled = _compiled(tables)
    phrases = [MentionRule(rule, pattern) for rule, pattern in compiled if rule.makes == "mention"]
    events = tuple(
        EventRule(rule, pattern) for rule, pattern in compiled if rule.makes != "mention"
    )
    common: Counter[str] = Counter()
    for classes, count in tables.common.items():
        common[alphabet.intern(classes)] += count
    sieve = Sieve((each.pattern for each in events), common)
    cascade = Cascade(phrases, alphabet, known, common)
    gc.freeze()  # engines stay: to walk them over and over would cost a tenth of all reading
    return Engine(lang, known, tables.lexicon, alphabet, cascade, events, sieve, tables.topics)
