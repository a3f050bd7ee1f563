"""Whether rules do what their own examples say: one result an example, with path and line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ingest import rules, syntax
from ingest.claims.tours import journeys
from ingest.engine import engine
from ingest.items import Item, PersonMention, ThingMention
from ingest.pipeline import read
from ingest.rules import Rule
from kg.errors import DataFaults, Fault
from kg.evaluation.names import same_name
from kg.evaluation.names import words as name_words
from kg.model import Document, Entity, EventClaim, Reading, RelationClaim

_ISO2 = re.compile(r"[A-Z]{2,4}")
_MEMBERS = frozenset(
    "text line published participants date end_date place certainty stance title mention"
    " subject object person key prefix office offices rule".split()
)

_PROCLITICS = "وفبكلس"
_SHORTEST_REST = 3
# classes of words that no list names, and of names' words: nothing is lost where they are hidden
_UNLISTED = frozenset("common unk word def given surname fullname particle place region".split())


@dataclass(frozen=True, slots=True)
class Case:
    """An example or (`positive` false) a counterexample of a rule."""

    rule: Rule
    example: dict[str, Any]
    positive: bool

    @property
    def name(self) -> str:
        """The rule and the line, to tell cases apart."""
        return f"{self.rule.id}:{self.example['line']}"


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a language found: counts, and every failure with its place."""

    language: str
    rules: int = 0
    examples: int = 0
    counterexamples: int = 0
    failures: tuple[Fault, ...] = ()


def check_language(lang: str) -> Checked:
    """Load the rules and lexicons of a language and run all examples."""
    try:
        found = rules.load(lang).rules
        engine(lang)
    except DataFaults as faults:
        return Checked(lang, failures=faults.faults)
    every = list(cases(lang))
    failures = [failure for case in every for failure in check(case)]
    failures += hiding_literals(lang)
    positive = sum(case.positive for case in every)
    return Checked(lang, len(found), positive, len(every) - positive, tuple(failures))


def hiding_literals(lang: str) -> list[Fault]:
    """Literals that make one unit of a proclitic and a listed word, and so hide that word.

    Each is told once, at the first rule that has it: «ستجمع» is to be written `$future "تجمع"`.
    """
    found = rules.load(lang)
    first = {name[1:]: rule for rule in reversed(found.rules) for name in _literals(rule)}
    return [
        Fault(rule.path, rule.line, f"the literal «{literal}» hides «{word}»: write them apart")
        for literal, rule in sorted(first.items())
        for word in _without_proclitic(literal)
        if not _listed(lang, literal) and _listed(lang, word)
    ]


def _literals(rule: Rule) -> Iterator[str]:
    """The classes of the single words that a pattern quotes."""
    for name in syntax.class_names(rule.node):
        if name.startswith("=") and " " not in name:
            yield name


def _without_proclitic(word: str) -> Iterator[str]:
    """What is left of a word without the particle fused to it, if it has one."""
    if word[0] in _PROCLITICS and len(word) > _SHORTEST_REST:
        yield "ال" + word[2:] if word.startswith("لل") else word[1:]


def _listed(lang: str, word: str) -> bool:
    """Whether a word stands in a word list, or names something, as one unit."""
    units = [item for items in engine(lang).analyse(word).sentences for item in items]
    classes = units[0].classes - _UNLISTED if len(units) == 1 else ()
    return any(not each.startswith("=") for each in classes)


def cases(lang: str) -> Iterator[Case]:
    """All examples and counterexamples of a language's rules."""
    for rule in rules.load(lang).rules:
        for example in rule.examples:
            yield Case(rule, example, True)
        for example in rule.counterexamples:
            yield Case(rule, example, False)


def check(case: Case) -> list[Fault]:
    """What is wrong: nothing where the rule does what the example says."""
    unknown = sorted(case.example.keys() - _MEMBERS)
    if unknown:
        return [_fault(case, f"an example has no '{unknown[0]}'")]
    made = _made(case)
    if not case.positive:
        return [_fault(case, f"the counterexample gives {what}") for what, _ in made[:1]]
    if not made:
        return [_fault(case, f"the example gives no {case.rule.target} by this rule")]
    wrongs = [wrong for _, wrong in made]
    if any(not wrong for wrong in wrongs):
        return []
    return [_fault(case, reason) for reason in min(wrongs, key=len)]


def _fault(case: Case, reason: str) -> Fault:
    return Fault(case.rule.path, int(case.example["line"]), f"{reason}: «{case.example['text']}»")


Made = tuple[str, list[str]]  # what a rule made, and how that differs from what is expected


def _made(case: Case) -> list[Made]:
    """All that the rule made of the text."""
    if case.rule.makes == "mention":
        return list(_mentions(case))
    reading = read(_document(case))
    if case.rule.makes == "event":
        return [
            (_told(event), _differences(event, reading, case)) for event in _events(reading, case)
        ]
    return [(_told(one), _ends(one, reading, case)) for one in _relations(reading, case)]


def _document(case: Case) -> Document:
    text, published = str(case.example["text"]), case.example.get("published")
    return Document("example", text, case.rule.language, published)


def _events(reading: Reading, case: Case) -> Iterator[EventClaim]:
    for event in journeys(reading.events):
        if event.type == case.rule.target and _by(event, case):
            yield event


def _relations(reading: Reading, case: Case) -> Iterator[RelationClaim]:
    for relation in reading.relations:
        if relation.predicate == case.rule.target and _by(relation, case):
            yield relation


def _by(claim: EventClaim | RelationClaim, case: Case) -> bool:
    return any(words.rule == case.rule.id for words in claim.evidence)


def _told(claim: EventClaim | RelationClaim) -> str:
    if isinstance(claim, RelationClaim):
        return f"{claim.subject} {claim.predicate} {claim.object}"
    parties = ", ".join(party.entity for party in claim.participants)
    return f"{claim.type} of {parties or 'nobody'}"


def _mentions(case: Case) -> Iterator[Made]:
    analysis = engine(case.rule.language).analyse(str(case.example["text"]))
    for items in analysis.sentences:
        for item in items:
            if item.rule == case.rule.id:
                words = [analysis.words(*span) for span in _spans(item)]
                yield words[0], list(_unlike(item, words, case))


def _unlike(item: Item, words: list[str], case: Case) -> Iterator[str]:
    """What the example says of a mention and the mention is not."""
    wanted = case.example
    for slot in ("mention", "person"):
        if slot in wanted and all(name_words(wanted[slot]) != name_words(each) for each in words):
            yield f"expected the {slot} «{wanted[slot]}», got {words}"
    keys = [entry.key for entry in item.entries]
    if "key" in wanted and wanted["key"] not in keys:
        yield f"expected {wanted['key']}, got {keys}"
    kind = item.payload.prefix if isinstance(item.payload, ThingMention) else None
    if "prefix" in wanted and wanted["prefix"] != kind:
        yield f"expected the kind {wanted['prefix']}, got {kind}"
    for office in [*wanted.get("offices", ()), *([wanted["office"]] if "office" in wanted else ())]:
        if not _states_office(office, case):
            yield f"expected the office {office}"


def _states_office(office: str, case: Case) -> bool:
    """Whether the reading of the example's text has an office, held by somebody named or not."""
    reading = read(_document(case))
    starts = f"office/{office}"
    held = (each.key == starts or each.key.startswith(starts + "-") for each in reading.offices)
    return any(held) or any(each.key == f"holder/{office}" for each in reading.entities)


def _spans(item: Item) -> Iterator[tuple[int, int]]:
    """The token spans that an example may give for a mention: the whole, the name."""
    yield item.first, item.last
    if isinstance(item.payload, PersonMention | ThingMention) and item.payload.name is not None:
        yield item.payload.name


def _differences(event: EventClaim, reading: Reading, case: Case) -> list[str]:
    """The slots that the example gives and the event has otherwise."""
    wanted = case.example
    found: list[str] = []
    if "participants" in wanted:
        parties = [party.entity for party in event.participants]
        if not _same_parties(list(wanted["participants"]), parties, reading):
            names = [_named(key, reading) for key in parties]
            found.append(f"expected participants {wanted['participants']}, got {names}")
    for slot in ("date", "end_date", "certainty", "stance"):
        if slot in wanted and wanted[slot] != getattr(event, slot):
            found.append(f"expected {slot} {wanted[slot]}, got {getattr(event, slot)}")
    place = (event.place,) if event.place else ()
    for slot, keys in (("place", place), ("title", event.about)):
        if slot in wanted and not any(is_entity(wanted[slot], key, reading) for key in keys):
            got = [_named(key, reading) for key in keys]
            found.append(f"expected {slot} {wanted[slot]}, got {got or None}")
    return found


def _ends(relation: RelationClaim, reading: Reading, case: Case) -> list[str]:
    found = []
    for slot, key in (("subject", relation.subject), ("object", relation.object)):
        wanted = case.example.get(slot)
        if wanted is not None and not is_entity(wanted, key, reading):
            found.append(f"expected {slot} {wanted}, got {_named(key, reading)}")
    return found


def _same_parties(wanted: list[str], keys: list[str], reading: Reading) -> bool:
    """Whether each wanted party is one of the event's, and the event has no others."""
    left = list(keys)
    for each in wanted:
        match = next((key for key in left if is_entity(each, key, reading)), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def is_entity(wanted: str, key: str, reading: Reading) -> bool:
    """Whether a name, a code (MA), an office (foreign-minister-MA) or a key means an entity."""
    if wanted == key or f"holder/{wanted}" == key:
        return True
    entity = next((each for each in reading.entities if each.key == key), None)
    if entity is None:
        return False
    if _ISO2.fullmatch(wanted) and entity.iso2:
        return wanted == entity.iso2
    return _holds(wanted, key, reading) or same_name(wanted, _labels(entity))


def _holds(office: str, person: str, reading: Reading) -> bool:
    starts = f"office/{office}"
    return any(
        one.person == person and (one.office == starts or one.office.startswith(starts + "-"))
        for one in reading.tenures
    )


def _labels(entity: Entity) -> Iterable[str]:
    return (label.text for label in entity.labels)


def _named(key: str, reading: Reading) -> str:
    entity = next((each for each in reading.entities if each.key == key), None)
    label = next(iter(_labels(entity)), None) if entity else None
    return f"{key} ({label})" if label else key
