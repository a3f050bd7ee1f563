"""Why a text is read as it is: mentions, rules that fired, rules that nearly did, events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from ingest import nearmiss, rules
from ingest.claims import reader
from ingest.dates import DateMention, resolve
from ingest.engine import Engine, Match, engine
from ingest.items import Analysis, Item
from ingest.nearmiss import NearMiss
from kg.model import Document, EntityMention, EventClaim, Reading, RelationClaim

_PLANNED = frozenset({"planned", "future"})
_KINDS = {"person": "person", "holder": "person", "thing": "thing"}


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the text: half-open, in code points."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name something: `value` is an entity's key, or a date in ISO 8601.

    A span of days has `first/last` as value, and both apart in `date` and `end_date`. Without a
    publication date a relative date has no value. `basis` says what a date was worked out from.
    """

    kind: str
    start: int
    end: int
    text: str
    value: str | None
    rule: str | None = None
    date: str | None = None
    end_date: str | None = None
    basis: str | None = None
    warning: str | None = None


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that matched: its words, the words of each role, and the event or mention it made.

    `result` is None where the match came to nothing (a party is missing, the clause is negated).
    """

    rule: str
    makes: str
    target: str
    sentence: int
    start: int
    end: int
    text: str
    roles: dict[str, Span]
    result: str | None
    path: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that can be said of one text; `reading` is what goes to the graph."""

    document: Document
    sentences: tuple[Span, ...]
    mentions: tuple[Mention, ...]
    rules: tuple[Fired, ...]
    near_misses: tuple[NearMiss, ...]
    reading: Reading

    def as_json(self) -> dict[str, Any]:
        """The same as plain values, for machines."""
        return {
            "document": {
                "id": self.document.id,
                "lang": self.document.lang,
                "published": self.document.published,
            },
            "sentences": [asdict(each) for each in self.sentences],
            "mentions": [asdict(each) for each in self.mentions],
            "rules": [asdict(each) for each in self.rules],
            "near_misses": [asdict(each) for each in self.near_misses],
            "events": [asdict(each) for each in self.reading.events],
            "relations": [asdict(each) for each in self.reading.relations],
            "offices": [asdict(each) for each in self.reading.tenures],
            "topics": list(self.reading.topics),
        }


def explain(document: Document) -> Explanation:
    """Read a document and say why; DataFaults where rules or lexicons are at fault."""
    machine = engine(document.lang)
    analysis = machine.analyse(document.text)
    sentences = reader._gather(analysis, machine, document.published)[1]
    matches = reader.ordered(machine.matches(sentences))
    reading = reader.read(document, machine)
    fired = {(match.rule.id, match.sentence) for match in matches}
    return Explanation(
        document=document,
        sentences=tuple(_span(analysis, items[0].first, items[-1].last) for items in sentences),
        mentions=_mentions(document, analysis, sentences, reading),
        rules=tuple(_fired(machine, analysis, sentences, matches, reading)),
        near_misses=nearmiss.near_misses(machine, analysis, sentences, fired),
        reading=reading,
    )


def _span(analysis: Analysis, first: int, last: int) -> Span:
    start, end = analysis.span(first, last)
    return Span(start, end, analysis.text.original[start:end])


def _mentions(
    document: Document, analysis: Analysis, sentences: list[list[Item]], reading: Reading
) -> tuple[Mention, ...]:
    found = [_entity_mention(each) for each in reading.mentions]
    for items in sentences:
        planned = any(item.classes & _PLANNED for item in items)
        for item in items:
            if isinstance(item.payload, DateMention):
                found.append(_date_mention(item, item.payload, analysis, document, planned))
    return tuple(sorted(found, key=lambda each: (each.start, each.end, each.kind)))


def _entity_mention(mention: EntityMention) -> Mention:
    words = mention.evidence
    prefix = mention.entity.split("/")[0]
    return Mention(
        kind=_KINDS.get(prefix, prefix),
        start=words.start,
        end=words.end,
        text=words.exact,
        value=mention.entity,
        rule=words.rule,
    )


def _date_mention(
    item: Item, mention: DateMention, analysis: Analysis, document: Document, planned: bool
) -> Mention:
    start, end = analysis.text.span(mention.start, mention.end)
    direction = "future" if planned else "past"
    resolved = resolve(mention.spec, document.published, None, direction)  # type: ignore[arg-type]
    value = resolved.date if resolved else None
    if resolved and resolved.end:
        value = f"{resolved.date}/{resolved.end}"
    return Mention(
        kind="date",
        start=start,
        end=end,
        text=analysis.text.original[start:end],
        value=value,
        date=resolved.date if resolved else None,
        end_date=resolved.end if resolved else None,
        basis=(resolved.basis or None) if resolved else _why_unresolved(document),
        warning=resolved.warning if resolved else None,
    )


def _why_unresolved(document: Document) -> str:
    if document.published is None:
        return "no publication date to count from"
    return "no day, month or year can be told from the words"


def _fired(
    machine: Engine,
    analysis: Analysis,
    sentences: list[list[Item]],
    matches: list[Match],
    reading: Reading,
) -> Iterator[Fired]:
    results = dict(_results(reading))
    for number, items in enumerate(sentences):
        for item in items:
            if item.rule in _by_id(machine.language):
                yield _fired_mention(machine, analysis, item, number, results)
        for match in matches:
            if match.sentence == number:
                yield _fired_event(analysis, items, match, results)


def _results(reading: Reading) -> Iterator[tuple[tuple[str, int, int], str]]:
    """What the evidence of a reading stands for, by rule and span."""
    claims: tuple[EventClaim | RelationClaim, ...] = (*reading.events, *reading.relations)
    for claim in claims:
        name = (
            claim.key
            if isinstance(claim, EventClaim)
            else f"{claim.subject} {claim.predicate} {claim.object}"
        )
        for words in claim.evidence:
            yield (words.rule, words.start, words.end), name
    for mention in reading.mentions:
        words = mention.evidence
        yield (words.rule, words.start, words.end), mention.entity


@cache
def _by_id(language: str) -> dict[str, tuple[str, str]]:
    """The phrase rules: id → what each makes, and its file."""
    phrases = (rule for rule in rules.load(language).rules if rule.makes == "mention")
    return {rule.id: (rule.target, rule.path) for rule in phrases}


def _fired_mention(
    machine: Engine,
    analysis: Analysis,
    item: Item,
    number: int,
    results: dict[tuple[str, int, int], str],
) -> Fired:
    whole = _span(analysis, item.first, item.last)
    target, path = _by_id(machine.language)[item.rule]
    name = getattr(item.payload, "name", None)
    words = _span(analysis, *name) if name else whole
    return Fired(
        rule=item.rule,
        makes="mention",
        target=target,
        sentence=number,
        start=whole.start,
        end=whole.end,
        text=whole.text,
        roles={"name": words} if name else {},
        result=results.get((item.rule, words.start, words.end)),
        path=path,
    )


def _fired_event(
    analysis: Analysis,
    items: list[Item],
    match: Match,
    results: dict[tuple[str, int, int], str],
) -> Fired:
    found = match.found
    whole = _span(analysis, items[found.start].first, items[found.end - 1].last)
    roles = {
        role: _span(analysis, items[start].first, items[end - 1].last)
        for role, (start, end) in sorted(found.roles.items(), key=lambda pair: pair[1])
        if end > start
    }
    return Fired(
        rule=match.rule.id,
        makes=match.rule.makes,
        target=match.rule.target,
        sentence=match.sentence,
        start=whole.start,
        end=whole.end,
        text=whole.text,
        roles=roles,
        result=results.get((match.rule.id, whole.start, whole.end)),
        path=match.rule.path,
    )
