"""What a document must have for a changed rule or word list to matter to it: words of the text.

A rule changes nothing where it can't fire, and it can't where the text has no word of a list, and
no phrase, that its pattern wants. What is no word of a list (a person, a name, a day) is taken to
be there. So more documents may be read again than need be, never fewer.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml

from ingest import cache as kept
from ingest import inflection, rules, syntax
from ingest.items import SHAPES
from ingest.knowledge import root
from ingest.mentions import CLASSES
from ingest.syntax import PatternFault
from ingest.text import fold, forms
from ingest.vocabulary import TOPIC, classes_of

Phrase = tuple[str, ...]  # folded words
Needs = frozenset[frozenset[Phrase]]  # of each set, one phrase must be there
# Lists that shape names and the words around them, in texts that have none of their words too.
_SHAPING = frozenset({"given", "particle", "honorific", "common"})
_MADE = frozenset({"nat", "seat", "byname", "context", "fullname", "surname", "region", "cap"})


def folded(text: str) -> str:
    """A document's text as phrases are looked for in it."""
    return fold(text).casefold()


def holds(text: str, phrase: Phrase) -> bool:
    """Whether a folded text has all words of a phrase; clitics may stand before them."""
    return all(word in text for word in phrase)


def meets(text: str, needs: Needs) -> bool:
    """Whether a folded text has a phrase of each set."""
    return all(any(holds(text, phrase) for phrase in need) for need in needs)


def of_rule(lang: str, content: str) -> set[Needs] | None:
    """What a rule, as its file has it, needs for each way to match; None: it can't be told."""
    node = _pattern(lang, content)
    if node is None:
        return None
    return {frozenset(_met(lang, way)) for way in syntax.ways(node)}


def quoted(lang: str, content: str) -> set[Phrase]:
    """The phrases that a rule quotes: each is a unit of its own wherever it stands."""
    node = _pattern(lang, content)
    if node is None:
        return set()
    return {phrase(name[1:]) for name in syntax.class_names(node) if name.startswith("=")}


def _pattern(lang: str, content: str) -> syntax.Node | None:
    """The pattern of a rule's file; None where it has none that can be understood."""
    try:
        return syntax.parse(_plain(content)["pattern"], rules.load(lang).macros)
    except (PatternFault, yaml.YAMLError, KeyError, TypeError):
        return None


def _plain(content: str) -> Any:
    """A file with all scalars as text, as rules and word lists are read: NO is no truth value."""
    return yaml.load(content, Loader=yaml.BaseLoader) or {}


def of_lists(old: str, new: str) -> set[Phrase] | None:
    """The phrases that stand in a file of word lists in one version only; None: all may change."""
    before, now = _listed(old), _listed(new)
    if any(name in _SHAPING for name, _ in before ^ now):
        return None
    return {form for _, form in before ^ now}


def phrase(text: str) -> Phrase:
    """A phrase as it is looked for."""
    return tuple(word.casefold() for word in forms(text))


def _listed(content: str) -> set[tuple[str, Phrase]]:
    return {(name, phrase(form)) for name, form in _forms(_plain(content))}


def _forms(lists: dict[str, list[object]]) -> Iterator[tuple[str, str]]:
    for name, group in lists.items():
        for item in group or ():
            yield from ((name, form) for form in inflection.expand(str(item)))


def _met(lang: str, way: frozenset[tuple[str, ...]]) -> Iterator[frozenset[Phrase]]:
    for names in way:
        found = [_phrases(lang, name) for name in names]
        if all(each is not None for each in found):
            yield frozenset(one for each in found if each for one in each)


@cache
def _phrases(lang: str, name: str) -> frozenset[Phrase] | None:
    """The phrases that have a class; None where other things than words of lists have it."""
    if name.startswith("="):
        return frozenset({phrase(name[1:])})
    name = name.partition("&")[0]
    if name in _open(lang):
        return None
    parts = [_phrases(lang, each) for each in rules.load(lang).aliases.get(name, ())]
    listed = _lists(lang).get(name)
    if (listed is None and not parts) or any(part is None for part in parts):
        return None
    return (listed or frozenset()).union(*(part for part in parts if part))


@cache
def _lists(lang: str) -> dict[str, frozenset[Phrase]]:
    """The word lists of a language, folded."""
    words = root() / "words"
    found: dict[str, set[Phrase]] = {}
    for path in (words / f"{lang}.yaml", *sorted((words / lang).glob("*.yaml"))):
        for name, form in _forms(_plain(path.read_text(encoding="utf-8"))):
            if not name.startswith(TOPIC):
                found.setdefault(name, set()).add(phrase(form))
    return {name: frozenset(group) for name, group in found.items()}


@cache
def _open(lang: str) -> frozenset[str]:
    """Classes that a unit can get without a word of a list."""
    shaped = (name for shape in (*SHAPES, *CLASSES.values()) for name in shape)
    records = {classes_of(record) for record in kept.known().records.values()}
    named = {option for rule in rules.load(lang).rules for option in rule.options.values()}
    made = {rule.target for rule in rules.load(lang).rules if rule.makes == "mention"}
    offices = _plain((root() / "offices" / f"{lang}.yaml").read_text(encoding="utf-8"))
    titled = {str(each.get("class", "office")) for each in offices}
    return frozenset({*shaped, *_MADE, *_SHAPING}) | records | named | made | titled
