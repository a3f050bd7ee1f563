"""The rules and lexicons as people browse them: what is written, where each fired, a text tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store

from app.explorer import data, evidence
from app.explorer.articles import Mark
from app.explorer.evidence import Quote
from app.explorer.search import fold
from ingest import explain, knowledge, rules
from ingest.documents.language import detect
from ingest.explain import Explanation
from ingest.rules import Rule
from kg.model import Document
from kg.terms import rwb
from kg.vocab import RULE, id_iri, rule_iri

QUOTES = 40
LINES = 200
TRY_CAP = 20_000  # characters of a text that is tried
_KINDS = {
    "group": "ArmedGroup",
    "exercise": "ExerciseSeries",
    "conference": "ConferenceSeries",
    "armed-group": "ArmedGroup",
    "thing": "Entity",
}


@dataclass(frozen=True, slots=True)
class Firings:
    """How often a rule fired in the documents of the store, and in how many of them."""

    facts: int = 0
    documents: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a lexicon file, and how many facts of the store rest on it."""

    number: int
    text: str
    facts: int


def kind(name: str) -> str:
    """The class of a mention's kind or a phrase rule's target; other names as they are."""
    if name in _KINDS:
        return _KINDS[name]
    known = name.capitalize()
    return known if known in data.KINDS else name


@cache
def every_rule() -> dict[str, Rule]:
    """All rules of all languages by id."""
    return {rule.id: rule for lang in data.LANGUAGES for rule in rules.load(lang).rules}


def chosen(language: str, target: str, wanted: str) -> list[Rule]:
    """The rules of a language and target (all where empty) whose texts hold these words."""
    words = fold(wanted).split()
    return [
        rule
        for rule in every_rule().values()
        if language in ("", rule.language)
        and target in ("", rule.target)
        and all(word in _searched(rule.id) for word in words)
    ]


@cache
def _searched(rule_id: str) -> str:
    return fold(source(every_rule()[rule_id]))


def source(rule: Rule) -> str:
    """The file of a rule as it is written."""
    return (rules.root().parent / rule.path).read_text(encoding="utf-8")


def firings(store: Store) -> dict[str, Firings]:
    """How often each rule fired; reads every annotation once: keep it a store state."""
    facts: dict[str, int] = {}
    graphs: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(None, rwb("rule"), None):
        name = data.text_of(quad.object).removeprefix(RULE)
        facts[name] = facts.get(name, 0) + 1
        graphs.setdefault(name, set()).add(data.text_of(quad.graph_name))
    return {name: Firings(count, len(graphs[name])) for name, count in facts.items()}


def fired(store: Store, rule_id: str) -> list[Quote]:
    """Sentences in which a rule fired, `QUOTES` at most."""
    found = store.quads_for_pattern(None, rwb("rule"), NamedNode(rule_iri(rule_id)))
    quotes = (
        evidence.quote_of(store, data.text_of(quad.subject), data.text_of(quad.graph_name))
        for quad in islice(found, QUOTES)
    )
    return [quote for quote in quotes if quote]


@cache
def lexicons() -> dict[str, Path]:
    """The lexicon files by the name that evidence has for them."""
    root = knowledge.root()
    paths = sorted(path for path in root.rglob("*") if path.suffix in (".yaml", ".csv"))
    return {f"{root.name}/{path.relative_to(root).as_posix()}": path for path in paths}


@cache
def _lines(name: str) -> tuple[str, ...]:
    return tuple(lexicons()[name].read_text(encoding="utf-8").splitlines())


def lines(store: Store, name: str, wanted: str) -> Iterator[Line]:
    """The lines of a lexicon that hold these words, each with the facts that rest on it."""
    words = fold(wanted).split()
    for number, written in enumerate(_lines(name), 1):
        comment = not written.strip() or written.lstrip().startswith("#")
        if not comment and all(word in fold(written) for word in words):
            yield Line(number, written, _resting(store, f"{name}:{number}"))


def _resting(store: Store, entry: str) -> int:
    found = store.quads_for_pattern(None, rwb("lexiconEntry"), Literal(entry))
    return sum(1 for _quad in islice(found, 1_000))


def resting(store: Store, entry: str) -> list[Quote]:
    """Sentences in which a lexicon line (`lexicons/countries.yaml:88`) was used."""
    found = store.quads_for_pattern(None, rwb("lexiconEntry"), Literal(entry))
    quotes = (
        evidence.quote_of(store, data.text_of(quad.subject), data.text_of(quad.graph_name))
        for quad in islice(found, QUOTES)
    )
    return [quote for quote in quotes if quote]


def attempt(text: str, lang: str, published: str | None) -> Explanation:
    """Read a text as a document would be read, and say why; nothing is written."""
    shown = text[:TRY_CAP]
    return explain.explain(Document("try", shown, lang or detect(shown), published))


def marks(found: Explanation) -> list[Mark]:
    """What was read, as marks on the text: mentions by kind, events and relations."""
    named = [
        Mark(
            m.start,
            m.end,
            kind(m.kind),
            id_iri(m.value or ""),
            m.rule or m.kind,
        )
        for m in found.mentions
    ]
    told = [
        Mark(words.start, words.end, "Event", id_iri(event.key), words.rule, event.type.value)
        for event in found.reading.events
        for words in event.evidence
    ]
    facts = [
        Mark(words.start, words.end, "Fact", id_iri(one.subject), words.rule, one.predicate.value)
        for one in found.reading.relations
        for words in one.evidence
    ]
    return sorted([*named, *told, *facts], key=lambda m: (m.start, -m.end, m.kind))
