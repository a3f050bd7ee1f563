"""Rules that nearly fired: how far each came in a sentence, and the clause that blocked it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ingest import syntax
from ingest.engine import Engine, EventRule
from ingest.items import Analysis, Item
from ingest.patterns import Found, Pattern
from ingest.syntax import Choice, Edge, Gap, Sequence

MOST = 5
_HALF = 0.5
_LEAST_WORDS = 3  # letters: a preposition alone brings no rule near
_CANDIDATES = 24  # rules a sentence is tried with in earnest: those with most of what they need


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule that did not fire in a sentence.

    `matched` of its `parts` (gaps and sentence edges not counted) fit, up to the words `after`;
    `blocked` is the clause that came next, as the rule writes it.
    """

    rule: str
    makes: str
    target: str
    sentence: int
    matched: int
    parts: int
    after: str
    blocked: str
    path: str

    @property
    def share(self) -> float:
        """The part of the rule that fits."""
        return self.matched / self.parts


def near_misses(
    engine: Engine, analysis: Analysis, sentences: list[list[Item]], fired: set[tuple[str, int]]
) -> tuple[NearMiss, ...]:
    """The nearest rules, at most MOST; `fired` are (rule id, sentence) of those that matched."""
    found: dict[str, NearMiss] = {}
    for number, items in enumerate(sentences):
        symbols = engine.symbols(items)
        for each in _candidates(engine, symbols):
            if (each.rule.id, number) in fired:
                continue
            miss = _measured(engine, each, analysis, items, symbols, number)
            known = found.get(each.rule.id)
            if miss is None or len(miss.after) < _LEAST_WORDS:
                continue
            if known is None or miss.share > known.share:
                found[each.rule.id] = miss
    ranked = sorted(found.values(), key=lambda miss: (-miss.share, -miss.matched, miss.rule))
    return tuple(ranked[:MOST])


def _candidates(engine: Engine, symbols: str) -> list[EventRule]:
    """The rules of which half of what one way to match needs is in the sentence; the likeliest."""
    present = frozenset(symbols)
    ranked = []
    for each in engine.rules:
        ways = [way for way in (each.pattern.needs, *each.pattern.ways) if way]
        shares = [sum(not present.isdisjoint(need) for need in way) / len(way) for way in ways]
        if shares and max(shares) >= _HALF:
            ranked.append((-max(shares), each.rule.id, each))
    return [each for _, _, each in sorted(ranked, key=lambda one: one[:2])[:_CANDIDATES]]


def _measured(
    engine: Engine,
    each: EventRule,
    analysis: Analysis,
    items: list[Item],
    symbols: str,
    sentence: int,
) -> NearMiss | None:
    """How far the branch of a rule that comes furthest fits."""
    tried = (
        _branch(engine, each, branch, analysis, items, symbols, sentence)
        for branch in range(len(branches(each.rule.node)))
    )
    return max(filter(None, tried), key=lambda miss: (miss.share, miss.matched), default=None)


def _branch(
    engine: Engine,
    each: EventRule,
    branch: int,
    analysis: Analysis,
    items: list[Item],
    symbols: str,
    sentence: int,
) -> NearMiss | None:
    parts = top_parts(branches(each.rule.node)[branch])
    for count in range(len(parts) - 1, 0, -1):
        if isinstance(parts[count - 1], Gap | Edge):
            continue
        found = _prefix(engine.language, each.rule.id, branch, count).find(symbols)[:1]
        if found:
            return NearMiss(
                rule=each.rule.id,
                makes=each.rule.makes,
                target=each.rule.target,
                sentence=sentence,
                matched=_solid(parts[:count]),
                parts=_solid(parts),
                after=_words(analysis, items, found[0]),
                blocked=_blocked(each, parts, count),
                path=each.rule.path,
            )
    return None


def branches(node: syntax.Node) -> tuple[syntax.Node, ...]:
    """The alternatives of a pattern at its top; the pattern itself where it has none."""
    return node.nodes if isinstance(node, Choice) else (node,)


def top_parts(node: syntax.Node) -> tuple[syntax.Node, ...]:
    """The parts of a pattern, in order."""
    return node.nodes if isinstance(node, Sequence) else (node,)


def _solid(parts: tuple[syntax.Node, ...]) -> int:
    return sum(not isinstance(part, Gap | Edge) for part in parts)


@lru_cache(maxsize=4096)
def _prefix(language: str, rule: str, branch: int, count: int) -> Pattern:
    from ingest.engine import engine  # cached: the engine that asks

    whole = engine(language)
    node = next(each.rule.node for each in whole.rules if each.rule.id == rule)
    return Pattern(Sequence(top_parts(branches(node)[branch])[:count]), whole.alphabet)


def _words(analysis: Analysis, items: list[Item], found: Found) -> str:
    return analysis.words(items[found.start].first, items[found.end - 1].last)


def _blocked(each: EventRule, parts: tuple[syntax.Node, ...], count: int) -> str:
    """The clause after the first `count` parts, with its gap, as the rule writes it."""
    written = list(clauses(each.rule.pattern))
    shown = written if len(written) == len(parts) else [syntax.show(part) for part in parts]
    last = count + 1 if isinstance(parts[count], Gap) and count + 1 < len(parts) else count
    return " ".join(shown[count : last + 1])


def clauses(pattern: str) -> Iterator[str]:
    """The text of a pattern's parts: parted at spaces outside brackets and quotes."""
    depth, quoted, current = 0, False, ""
    for letter in pattern:
        quoted ^= letter == '"'
        depth += 0 if quoted else (letter == "(") - (letter == ")")
        if letter.isspace() and depth == 0 and not quoted:
            if current:
                yield current
            current = ""
        else:
            current += letter
    if current:
        yield current
