"""Loading rules: what a good file becomes, and that all faults are told at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import rules
from kg.errors import DataFaults
from kg.model import Certainty, Stance

MACROS = """\
macros:
  parties: (@person | $country)
aliases:
  party: [person, country]
"""
GOOD = """\
id: ar-visit-test
language: ar
event: Visit
priority: 70
certainty: planned
description: Somebody goes somewhere.
pattern: agent:%parties ~4 $visit "إلى" dest:@place
options: {near: "true"}
examples:
  - text: يزور الوزير الرباط
    place: الرباط
counterexamples:
  - غادر الوزير الرباط
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / "macros").mkdir()
    (tmp_path / "macros" / "ar.yaml").write_text(MACROS, encoding="utf-8")
    monkeypatch.setattr(rules, "root", lambda: tmp_path)
    rules.load.cache_clear()
    yield tmp_path
    rules.load.cache_clear()


def put(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def faults(folder: Path) -> list[str]:
    with pytest.raises(DataFaults) as raised:
        rules.load("ar")
    return [str(fault) for fault in raised.value.faults]


def test_a_rule_is_what_its_file_says(folder: Path) -> None:
    put(folder, "ar-visit-test", GOOD)
    (rule,) = rules.load("ar").rules
    assert (rule.id, rule.makes, rule.target, rule.priority) == (
        "ar-visit-test",
        "event",
        "Visit",
        70,
    )
    assert (rule.certainty, rule.stance, rule.weak) == (Certainty.PLANNED, None, False)
    assert rule.options == {"near": "true"}
    assert (rule.path, rule.line) == ("rules/ar-visit-test.yaml", 1)
    assert rule.examples == ({"text": "يزور الوزير الرباط", "place": "الرباط", "line": 10},)
    assert rule.counterexamples == ({"text": "غادر الوزير الرباط", "line": 13},)
    assert rules.load("ar").literals() == {"إلى"}
    assert rules.load("ar").aliases == {"party": ("person", "country")}


def test_rules_run_by_stage_then_priority_then_name(folder: Path) -> None:
    for name, members in {
        "b": "",
        "a": "",
        "last": "stage: 2\n",
        "first": "priority: 90\n",
    }.items():
        text = GOOD.replace("ar-visit-test", f"ar-{name}").replace("priority: 70\n", members)
        put(folder, f"ar-{name}", text)
    assert [rule.id for rule in rules.load("ar").rules] == ["ar-first", "ar-a", "ar-b", "ar-last"]


def test_other_languages_are_left_alone(folder: Path) -> None:
    put(folder, "fr-visit-test", "broken: [")
    assert rules.load("ar").rules == ()


@pytest.mark.parametrize(
    ("before", "after", "line", "reason"),
    [
        ("event: Visit", "event: Party", 1, "no event 'Party'"),
        ("event: Visit", "relation: likes", 1, "no relation 'likes'"),
        ("event: Visit", "mention: ghost", 1, "no mention 'ghost'"),
        ("event: Visit\n", "", 1, "exactly one of 'event', 'relation', 'mention' is needed"),
        ("event: Visit", "event: Visit\nmention: person", 1, "exactly one of"),
        ("certainty: planned", "certainty: perhaps", 1, "no certainty 'perhaps'"),
        ("certainty: planned", "stance: envy", 1, "no stance 'envy'"),
        ("priority: 70", "urgency: 70", 1, "unknown member 'urgency'"),
        ("description: Somebody goes somewhere.\n", "", 1, "'description' is missing"),
        ("counterexamples:\n  - غادر الوزير الرباط\n", "", 1, "at least one of 'counterexamples'"),
        ("%parties", "%nobody", 7, "pattern: no macro '%nobody'"),
        ("~4", "(~4", 7, "pattern: a bracket is not closed"),
        ("id: ar-visit-test", "id: ar-visit", 1, "id 'ar-visit' is not the file's name"),
        ("language: ar", "language: en", 1, "language 'en' is not the file name's"),
        ("priority: 70", "language: ar", 4, "'language' is given twice"),
        ("options: {near", "options: {near: {", 9, ""),
    ],
)
def test_a_fault_has_its_place(
    folder: Path, before: str, after: str, line: int, reason: str
) -> None:
    put(folder, "ar-visit-test", GOOD.replace(before, after))
    told = faults(folder)
    assert any(each.startswith("rules/ar-visit-test.yaml:") and reason in each for each in told)
    if reason:
        assert any(f".yaml:{line}: " in each and reason in each for each in told)


def test_all_faults_of_all_files_are_told_at_once(folder: Path) -> None:
    put(folder, "ar-one", GOOD.replace("~4", "~~4"))
    put(folder, "ar-three", "id: [")
    put(folder, "ar-two", GOOD.replace("Visit", "Party").replace("planned", "perhaps"))
    told = faults(folder)
    assert [each.split(":")[0] for each in told] == [
        "rules/ar-one.yaml",
        "rules/ar-three.yaml",
        "rules/ar-two.yaml",
        "rules/ar-two.yaml",
    ]


def test_stances_are_read(folder: Path) -> None:
    text = GOOD.replace("event: Visit", "event: Statement").replace(
        "certainty: planned", "stance: praise\nweak: true\nelided: agent"
    )
    put(folder, "ar-visit-test", text)
    (rule,) = rules.load("ar").rules
    assert (rule.stance, rule.weak, rule.elided) == (Stance.PRAISE, True, "agent")


def test_every_option_that_a_rule_has_is_documented() -> None:
    docs = (Path(__file__).parents[1] / "docs" / "rules.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `(\w+)(?::[^`]*)?` \|", docs, flags=re.MULTILINE))
    used = {
        option
        for lang in ("ar", "en", "fr")
        for rule in rules.load(lang).rules
        for option in rule.options
    }
    assert used <= documented
