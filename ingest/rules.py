"""Rules as data: one YAML file a rule, loaded with all faults at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ingest import syntax, yamlfile
from ingest.syntax import PatternFault
from ingest.yamlfile import Node
from kg.errors import DataFaults, Fault
from kg.model import Certainty, EventType, Predicate, Stance

MENTIONS = frozenset(
    "person unnamed listed counterpart group place capital gov anaphor organization forum"
    " dialogue exercise conference session session-talks"
    " agreement armed-group skip".split()
)
_MEMBERS = frozenset(
    "id language event relation mention stage priority description pattern certainty stance weak"
    " elided options examples counterexamples".split()
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it makes (event, relation, mention), its pattern and its examples."""

    id: str
    language: str
    makes: str  # event, relation or mention
    target: str  # Meeting, coChairs, person …
    priority: int
    stage: int
    description: str
    pattern: str
    node: syntax.Node
    certainty: Certainty | None
    stance: Stance | None
    weak: bool
    elided: str | None
    options: dict[str, str]
    examples: tuple[dict[str, Any], ...]
    counterexamples: tuple[dict[str, Any], ...]
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Grammar:
    """The rules of one language with the names that their patterns share."""

    language: str
    rules: tuple[Rule, ...]
    macros: dict[str, str]
    aliases: dict[str, tuple[str, ...]]

    def literals(self) -> set[str]:
        """All phrases that patterns quote."""
        names = (name for rule in self.rules for name in syntax.class_names(rule.node))
        return {name[1:] for name in names if name.startswith("=")}


def root() -> Path:
    """The folder of the rule files."""
    return Path(str(files("ingest"))) / "rules"


def _shared(lang: str, faults: list[Fault]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    path = root() / "macros" / f"{lang}.yaml"
    content = yamlfile.read(path, f"rules/macros/{lang}.yaml", faults)
    if content is None:
        return {}, {}
    macros, aliases = content.get("macros"), content.get("aliases")
    return (
        {name: str(node.value) for name, node in (macros.items() if macros else ())},
        {name: tuple(aliases.texts(name)) for name, _ in aliases.items()} if aliases else {},
    )


def _target(node: Node) -> tuple[str, str, str | None]:
    """What a rule makes: kind, name, and what is wrong with it."""
    given = [(kind, node.text(kind)) for kind in ("event", "relation", "mention") if node.get(kind)]
    if len(given) != 1:
        return "", "", "exactly one of 'event', 'relation', 'mention' is needed"
    kind, name = given[0]
    known: dict[str, Collection[str]] = {
        "event": set(EventType),
        "relation": set(Predicate),
        "mention": MENTIONS,
    }
    return kind, name, None if name in known[kind] else f"no {kind} '{name}'"


def _wording(node: Node) -> Iterator[str]:
    """What is missing or unknown among the members of a rule."""
    for name, _ in node.items():
        if name not in _MEMBERS:
            yield f"unknown member '{name}'"
    for name in ("id", "language", "description", "pattern"):
        if not node.text(name):
            yield f"'{name}' is missing"
    for name in ("examples", "counterexamples"):
        if not list(node.get(name) or ()):
            yield f"at least one of '{name}' is needed"
    for name, known in (("certainty", set(Certainty)), ("stance", set(Stance))):
        if node.text(name) and node.text(name) not in known:
            yield f"no {name} '{node.text(name)}'"


def _examples(node: Node, name: str) -> tuple[dict[str, Any], ...]:
    found = []
    for item in node.get(name) or ():
        plain = item.plain()
        members = {"text": plain} if isinstance(plain, str) else plain
        found.append({**members, "line": item.line})
    return tuple(found)


def _rule(path: Path, macros: dict[str, str], faults: list[Fault]) -> Rule | None:
    shown = f"rules/{path.relative_to(root())}"
    before = len(faults)
    node = yamlfile.read(path, shown, faults)
    if node is None:
        return None
    faults += [Fault(shown, node.line, reason) for reason in _wording(node)]
    makes, target, wrong = _target(node)
    if wrong:
        faults.append(Fault(shown, node.line, wrong))
    tree: syntax.Node | None = None
    pattern = node.get("pattern")
    try:
        tree = syntax.parse(node.text("pattern"), macros)
    except PatternFault as fault:
        faults.append(Fault(shown, pattern.line if pattern else node.line, f"pattern: {fault}"))
    if tree is None or len(faults) > before:
        return None
    options = node.get("options")
    return Rule(
        id=node.text("id"),
        language=node.text("language"),
        makes=makes,
        target=target,
        priority=int(node.text("priority", "50")),
        stage=int(node.text("stage", "0")),
        description=node.text("description"),
        pattern=node.text("pattern"),
        node=tree,
        certainty=Certainty(node.text("certainty")) if node.text("certainty") else None,
        stance=Stance(node.text("stance")) if node.text("stance") else None,
        weak=node.text("weak") == "true",
        elided=node.text("elided") or None,
        options={name: str(item.value) for name, item in (options.items() if options else ())},
        examples=_examples(node, "examples"),
        counterexamples=_examples(node, "counterexamples"),
        path=shown,
        line=node.line,
    )


@cache
def load(lang: str) -> Grammar:
    """The rules of a language: all YAML files named `<lang>-….yaml`.

    Raises DataFaults naming every fault of every file with path and line.
    """
    faults: list[Fault] = []
    macros, aliases = _shared(lang, faults)
    rules: dict[str, Rule] = {}
    for path in sorted(root().rglob(f"{lang}-*.yaml")):
        rule = _rule(path, macros, faults)
        if rule is None:
            continue
        if rule.id != path.stem:
            faults.append(Fault(rule.path, rule.line, f"id '{rule.id}' is not the file's name"))
        if rule.language != lang:
            reason = f"language '{rule.language}' is not the file name's"
            faults.append(Fault(rule.path, rule.line, reason))
        rules[rule.id] = rule
    if faults:
        raise DataFaults(faults)
    ordered = sorted(rules.values(), key=lambda rule: (rule.stage, -rule.priority, rule.id))
    return Grammar(lang, tuple(ordered), macros, aliases)
