"""The checker of rules notices examples that do not hold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ingest import rulecheck, rules, syntax
from ingest.engine import engine
from ingest.rulecheck import Case, check, check_language
from kg.errors import DataFaults, Fault
from kg.model import Document, Entity, EntityKind, Label, Reading

CALL = "أجرى وزير الخارجية المصري سامح شكري اتصالا هاتفيا مع نظيره الروسي سيرغي لافروف"
RULES = {rule.id: rule for rule in rules.load("ar").rules}


def faults(rule: str, positive: bool = True, **example: Any) -> list[str]:
    case = Case(RULES[rule], {"line": 7, **example}, positive)
    return [str(fault) for fault in check(case)]


def test_an_example_that_holds_gives_no_fault() -> None:
    parties = ["سامح شكري", "سيرغي لافروف"]
    assert faults("ar-phonecall-hold", text=CALL, participants=parties) == []
    offices = ["foreign-minister-EG", "foreign-minister-RU"]
    assert faults("ar-phonecall-hold", text=CALL, participants=offices, certainty="held") == []


@pytest.mark.parametrize(
    ("slots", "reason"),
    [
        ({"participants": ["سامح شكري"]}, "expected participants ['سامح شكري'], got"),
        ({"participants": ["سامح شكري", "ناصر بوريطة"]}, "expected participants"),
        ({"participants": ["سامح شكري", "سامح شكري"]}, "expected participants"),
        ({"date": "2023-01-31"}, "expected date 2023-01-31, got None"),
        ({"certainty": "planned"}, "expected certainty planned, got held"),
        ({"place": "القاهرة"}, "expected place القاهرة, got None"),
        ({"color": "red"}, "an example has no 'color'"),
    ],
)
def test_a_slot_that_differs_is_told(slots: dict[str, Any], reason: str) -> None:
    (told,) = faults("ar-phonecall-hold", text=CALL, **slots)
    assert told.startswith("rules/phonecall/ar-phonecall-hold.yaml:7: ")
    assert reason in told


def test_a_date_is_counted_from_the_examples_publication_date() -> None:
    text = CALL.replace("اتصالا", "أمس اتصالا")
    assert faults("ar-phonecall-hold", text=text, published="2023-02-01", date="2023-01-31") == []


def test_an_example_that_gives_nothing_is_told() -> None:
    (told,) = faults("ar-phonecall-hold", text="قال الوزير إن الاجتماع مهم")
    assert "the example gives no PhoneCall by this rule" in told


def test_a_counterexample_that_fires_is_told() -> None:
    (told,) = faults("ar-phonecall-hold", positive=False, text=CALL)
    assert "the counterexample gives PhoneCall of person/" in told
    assert faults("ar-phonecall-hold", positive=False, text="قال الوزير إن اللقاء مهم") == []


def test_the_words_of_a_mention_are_compared() -> None:
    text = "قال ناصر بوريطة إن اللقاء مهم"
    assert faults("ar-person-known", text=text, mention="ناصر بوريطة") == []
    (told,) = faults("ar-person-known", text=text, mention="ناصر")
    assert "expected the mention «ناصر»" in told


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        ("MA", True),
        ("country/MA", True),
        ("المغرب", True),
        ("ES", False),
        ("إسبانيا", False),
    ],
)
def test_an_entity_is_meant_by_code_key_or_name(wanted: str, fits: bool) -> None:
    entity = Entity("country/MA", EntityKind.COUNTRY, (Label("المغرب", "ar"),), "MA")
    reading = Reading(Document("d", "", "ar"), (entity,))
    assert rulecheck.is_entity(wanted, "country/MA", reading) is fits


def test_checking_a_language_counts_and_collects(monkeypatch: pytest.MonkeyPatch) -> None:
    engine("ar")  # of the true rules
    good = RULES["ar-phonecall-hold"]
    bad = replace(good, examples=({"text": "قال الوزير", "line": 9},))
    grammar = replace(rules.load("ar"), rules=(good, bad))
    monkeypatch.setattr(rules, "load", lambda lang: grammar)
    found = check_language("ar")
    assert (found.rules, found.examples, len(found.failures)) == (2, len(good.examples) + 1, 1)


def test_rules_that_do_not_load_are_told_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = [Fault("rules/a.yaml", 1, "no pattern"), Fault("rules/b.yaml", 2, "no list")]

    def load(lang: str) -> Any:
        raise DataFaults(wrong)

    monkeypatch.setattr(rules, "load", load)
    assert check_language("ar").failures == tuple(wrong)


def test_a_literal_that_hides_a_listed_word_behind_a_proclitic_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    grammar = rules.load("ar")
    node = syntax.parse('"ستجمع" | "والي" | "بالتي" | "تجمع" | "في العاصمة"', {})
    rule = replace(RULES["ar-phonecall-hold"], node=node, line=6)
    monkeypatch.setattr(rules, "load", lambda lang: replace(grammar, rules=(rule, rule)))
    told = [str(fault) for fault in rulecheck.hiding_literals("ar")]
    at = "rules/phonecall/ar-phonecall-hold.yaml:6"
    assert told == [
        f"{at}: the literal «بالتي» hides «التي»: write them apart",
        f"{at}: the literal «ستجمع» hides «تجمع»: write them apart",
    ]


def test_no_literal_hides_a_listed_word() -> None:
    assert rulecheck.hiding_literals("ar") == []
