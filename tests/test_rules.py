"""Every example and counterexample of every rule."""

from __future__ import annotations

from collections import Counter

import pytest

from ingest import rulecheck, rules
from ingest.knowledge import LANGUAGES
from ingest.rulecheck import Case
from kg.model import EventType


def every() -> list[Case]:
    return [case for lang in LANGUAGES for case in rulecheck.cases(lang)]


@pytest.mark.parametrize("case", every(), ids=lambda case: case.name)
def test_a_rule_does_what_its_example_says(case: Case) -> None:
    assert [str(fault) for fault in rulecheck.check(case)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_type_of_event_has_rules(lang: str) -> None:
    counts = Counter(rule.target for rule in rules.load(lang).rules if rule.makes == "event")
    assert set(counts) == set(EventType)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_has_an_example_that_another_text_could_share(lang: str) -> None:
    for rule in rules.load(lang).rules:
        assert rule.examples, rule.path
        assert rule.counterexamples, rule.path
        texts = [case["text"] for case in (*rule.examples, *rule.counterexamples)]
        assert len(set(texts)) == len(texts), f"{rule.path}: the same text twice"
