"""Changes of rules and word lists touch every document in which they matter, and few others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from ingest import rules, touching
from ingest.engine import engine
from kg.model import Document

ROOT = Path(__file__).parents[1]
LANGUAGES = ("ar", "en", "fr")
RULE = """
event: Meeting
pattern: $met_up other:@person "for tea"
"""


@cache
def samples(lang: str) -> tuple[Document, ...]:
    lines = (ROOT / "ingest" / "samples" / f"{lang}.jsonl").read_text(encoding="utf-8")
    found = (json.loads(line) for line in lines.splitlines())
    return tuple(Document(one["id"], one["text"], lang) for one in found)


def contents(lang: str) -> Iterator[tuple[str, str]]:
    for rule in rules.load(lang).rules:
        path = rules.root().parent / rule.path
        yield rule.id, path.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_rule_that_fires_in_a_text_finds_there_what_it_needs(lang: str) -> None:
    reader = engine(lang)
    needs = {name: touching.of_rule(lang, text) for name, text in contents(lang)}
    fired = 0
    for document in samples(lang):
        text = touching.folded(document.text)
        for match in reader.matches(reader.analyse(document.text).sentences):
            ways = needs[match.rule.id]
            assert ways is None or any(touching.meets(text, way) for way in ways), (
                match.rule.id,
                document.id,
            )
            fired += 1
    assert fired > 50


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_changed_rule_spares_most_documents(lang: str) -> None:
    texts = [touching.folded(document.text) for document in samples(lang)]
    touched = rated = 0
    for name, content in contents(lang):
        if "event:" not in content:
            continue
        ways = touching.of_rule(lang, content)
        assert ways is not None, name
        touched += sum(any(touching.meets(text, way) for way in ways) for text in texts)
        rated += len(texts)
    assert touched < 0.6 * rated


def test_phrases_that_come_or_go_are_looked_for_with_all_their_words() -> None:
    found = touching.of_lists("meet: [met, 'sat down with']", "meet: [met, 'sat {up,down} with']")
    assert found == {("sat", "up", "with")}
    text = touching.folded("They sat on it, and stood up, with care.")
    assert touching.holds(text, ("sat", "up", "with"))
    assert not touching.holds(text, ("sat", "down", "with"))


def test_lists_that_shape_names_may_change_all() -> None:
    assert touching.of_lists("honorific: [sir]", "honorific: [sir, dame]") is None


def test_what_a_rule_quotes_is_known_and_a_broken_one_is_not_understood() -> None:
    assert touching.quoted("en", RULE) == {("for", "tea")}
    assert touching.of_rule("en", "pattern: '(('") is None
    assert touching.of_rule("en", "id: other") is None
