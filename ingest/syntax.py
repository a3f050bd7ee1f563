"""The pattern language of rules: what it is made of, and how its text is read.

    $hold ~6 agent:%parties ~8 $talks "مع" other:@party ("و" @party)*

`$list` a unit of a word list · `@kind` a mention · `$a&b` of both, `$a&-b` not of b ·
`"word"` that word or phrase · `~n` a gap of up to n units, as short as can be, never over a
`$barrier`; `~n!a,b` nor over units of a or b · `_` any unit · `!a,b` a unit of none of these ·
`( | )` alternatives · `? * + {m} {m,n}` repetition · `role:` names what follows · `%macro` a
named piece of pattern · `^` and `$$` the sentence's start and end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

BARRIER = "barrier"  # the class of marks that no gap goes over


class PatternFault(ValueError):
    """A pattern that can't be parsed or compiled; the text says what and where in the pattern."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """A unit of one of these classes; of none of them where negated; no names: any unit."""

    names: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `most` units that are neither barriers nor of the excluded classes."""

    most: int
    excluded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """The start (`^`) or the end (`$`) of the sentence."""

    mark: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """A node several times; `most` None means as often as it comes."""

    node: Node
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Role:
    """A node whose match is bound to a name."""

    name: str
    node: Node


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several nodes, the first that fits."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Sequence:
    """Nodes one after the other."""

    nodes: tuple[Node, ...]


Node = OneOf | Gap | Edge | Repeat | Role | Choice | Sequence

_LEXEME = re.compile(
    r'\s*(?:(?P<role>[a-z]\w*):|[$@](?P<name>[\w&-]+)|"(?P<literal>[^"]+)"|~(?P<gap>\d+)(?:!(?P<holes>[\w,&-]+))?'
    r"|!(?P<none>[\w,&-]+)|(?P<end>\$\$)|%(?P<macro>[\w-]+)|(?P<times>\{\d+(?:,\d*)?\})|(?P<mark>[()|?*+^_]))"
)


def literal_class(phrase: str) -> str:
    """The class of a phrase that a pattern quotes."""
    return "=" + phrase


@dataclass(slots=True)
class _Lexemes:
    """A cursor over the lexemes of a pattern text."""

    items: list[tuple[str, str, str]]
    at: int = 0

    def peek(self) -> tuple[str, str, str]:
        return self.items[self.at] if self.at < len(self.items) else ("stop", "", "")

    def take(self) -> tuple[str, str, str]:
        item = self.peek()
        self.at += 1
        return item

    def takes(self, mark: str) -> bool:
        if self.peek()[:2] == ("mark", mark):
            self.at += 1
            return True
        return False


def _lexemes(text: str) -> _Lexemes:
    items = []
    position = 0
    while text[position:].strip():
        match = _LEXEME.match(text, position)
        if match is None:
            raise PatternFault(f"not understood: …{text[position:].strip()[:30]}")
        kind = match.lastgroup or ""
        kind = "gap" if match["gap"] else kind
        items.append((kind, match[kind], match["holes"] or ""))
        position = match.end()
    return _Lexemes(items)


def parse(text: str, macros: Mapping[str, str] | None = None) -> Node:
    """The tree of a pattern text.

    Raises PatternFault for text that is no pattern, and for macros unknown or without end.
    """
    lexemes = _lexemes(text)
    node = _choice(lexemes, macros or {}, depth=0)
    if lexemes.peek()[0] != "stop":
        raise PatternFault(f"unexpected '{lexemes.peek()[1]}'")
    return node


def _choice(lexemes: _Lexemes, macros: Mapping[str, str], depth: int) -> Node:
    nodes = [_sequence(lexemes, macros, depth)]
    while lexemes.takes("|"):
        nodes.append(_sequence(lexemes, macros, depth))
    return nodes[0] if len(nodes) == 1 else Choice(tuple(nodes))


def _sequence(lexemes: _Lexemes, macros: Mapping[str, str], depth: int) -> Node:
    nodes = []
    while lexemes.peek()[0] != "stop" and lexemes.peek()[:2] not in (("mark", "|"), ("mark", ")")):
        nodes.append(_item(lexemes, macros, depth))
    if not nodes:
        raise PatternFault("an empty pattern or alternative")
    return nodes[0] if len(nodes) == 1 else Sequence(tuple(nodes))


def _item(lexemes: _Lexemes, macros: Mapping[str, str], depth: int) -> Node:
    if lexemes.peek()[0] == "role":
        name = lexemes.take()[1]
        return Role(name, _item(lexemes, macros, depth))
    node = _atom(lexemes, macros, depth)
    kind, value, _ = lexemes.peek()
    if kind == "mark" and value in "?*+":
        lexemes.take()
        least, most = {"?": (0, 1), "*": (0, None), "+": (1, None)}[value]
        return Repeat(node, least, most)
    if kind == "times":
        lexemes.take()
        low, comma, high = value[1:-1].partition(",")
        return Repeat(node, int(low), int(high or low) if high or not comma else None)
    return node


def _atom(lexemes: _Lexemes, macros: Mapping[str, str], depth: int) -> Node:
    kind, value, extra = lexemes.take()
    if kind == "name":
        return OneOf((value,))
    if kind == "literal":
        return OneOf((literal_class(value),))
    if kind == "none":
        return OneOf(tuple(value.split(",")), negated=True)
    if kind == "gap":
        return Gap(int(value), tuple(extra.split(",")) if extra else ())
    if kind == "end":
        return Edge("$")
    if kind == "macro":
        return _macro(value, macros, depth)
    if (kind, value) == ("mark", "("):
        node = _choice(lexemes, macros, depth)
        if not lexemes.takes(")"):
            raise PatternFault("a bracket is not closed")
        return node
    if (kind, value) == ("mark", "^"):
        return Edge("^")
    if (kind, value) == ("mark", "_"):
        return OneOf(())
    raise PatternFault(f"unexpected '{value or 'end of pattern'}'")


def _macro(name: str, macros: Mapping[str, str], depth: int) -> Node:
    if name not in macros:
        raise PatternFault(f"no macro '%{name}'")
    if depth > 20:
        raise PatternFault(f"macro '%{name}' calls itself")
    lexemes = _lexemes(macros[name])
    node = _choice(lexemes, macros, depth + 1)
    if lexemes.peek()[0] != "stop":
        raise PatternFault(f"macro '%{name}': unexpected '{lexemes.peek()[1]}'")
    return node


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below a node."""
    if isinstance(node, Choice | Sequence):
        return node.nodes
    return (node.node,) if isinstance(node, Repeat | Role) else ()


def walk(node: Node) -> Iterator[Node]:
    """A node and all below it."""
    yield node
    for child in children(node):
        yield from walk(child)


def class_names(node: Node) -> set[str]:
    """All classes that a pattern names."""
    parts = [*walk(node)]
    names = {name for part in parts if isinstance(part, OneOf) for name in part.names}
    return names.union(*(part.excluded for part in parts if isinstance(part, Gap)))


def asked(node: Node, times: int = 1) -> Iterator[tuple[tuple[str, ...], int]]:
    """The classes of which a pattern asks for any or for none, and how often once it is compiled.

    What is repeated is compiled so many times.
    """
    if isinstance(node, OneOf):
        yield node.names, times
    elif isinstance(node, Gap):
        yield (BARRIER, *node.excluded), times * node.most
    elif isinstance(node, Repeat):
        most = node.least + 1 if node.most is None else node.most
        yield from asked(node.node, times * most)
    else:
        for child in children(node):
            yield from asked(child, times)


def roles(node: Node) -> set[str]:
    """All roles that a pattern can bind."""
    return {part.name for part in walk(node) if isinstance(part, Role)}


def required(node: Node) -> list[tuple[str, ...]]:
    """Sets of classes of which a matching sentence must hold at least one each."""
    if isinstance(node, OneOf):
        return [node.names] if node.names and not node.negated else []
    if isinstance(node, Role) or (isinstance(node, Repeat) and node.least > 0):
        return required(node.node)
    if isinstance(node, Sequence):
        return [need for part in node.nodes for need in required(part)]
    if isinstance(node, Choice):
        branches = [required(part) for part in node.nodes]
        if all(branches):  # one need of each branch: any of them must be there
            most = max(map(len, branches))
            return [
                tuple(name for branch in branches for name in branch[min(index, len(branch) - 1)])
                for index in range(most)
            ]
    return []


Way = frozenset[tuple[str, ...]]
_MOST_WAYS = 128  # alternatives of alternatives multiply: beyond so many, what all have in common


def ways(node: Node) -> frozenset[Way]:
    """The ways to match: what a sentence must hold for one of them, as `required` tells it."""
    if isinstance(node, Role) or (isinstance(node, Repeat) and node.least > 0):
        return ways(node.node)
    if isinstance(node, Choice):
        return _of_choice(node)
    if isinstance(node, Sequence):
        return _in_sequence(node)
    return frozenset({Way(required(node))})


def _of_choice(node: Choice) -> frozenset[Way]:
    told = [ways(part) for part in node.nodes]
    for index in sorted(range(len(told)), key=lambda index: -len(told[index])):
        if sum(map(len, told)) > _MOST_WAYS:
            told[index] = frozenset({Way(required(node.nodes[index]))})
    return frozenset(way for part in told for way in part)


def _in_sequence(node: Sequence) -> frozenset[Way]:
    found = frozenset({Way()})
    for told, part in sorted(((ways(part), part) for part in node.nodes), key=lambda p: len(p[0])):
        few = len(found) * len(told) <= _MOST_WAYS
        more = told if few else frozenset({Way(required(part))})
        found = frozenset(way | other for way in found for other in more)
    return found


def least_ways(node: Node) -> tuple[Way, ...]:
    """The ways to match with what all have in common, without those that hold another."""
    common = Way(required(node))
    whole = {way | common for way in ways(node)}
    least = [way for way in whole if not any(other < way for other in whole)]
    return tuple(sorted(least, key=sorted))


def show(node: Node) -> str:
    """A node as pattern text, for people."""
    if isinstance(node, OneOf):
        if not node.names:
            return "_"
        if node.negated:
            return "!" + ",".join(node.names)
        name = node.names[0]
        return f'"{name[1:]}"' if name.startswith("=") else f"${name}"
    if isinstance(node, Gap):
        return f"~{node.most}" + ("!" + ",".join(node.excluded) if node.excluded else "")
    if isinstance(node, Edge):
        return "^" if node.mark == "^" else "$$"
    if isinstance(node, Repeat):
        times = {(0, 1): "?", (0, None): "*", (1, None): "+"}.get((node.least, node.most))
        return show(node.node) + (
            times or f"{{{node.least},{'' if node.most is None else node.most}}}"
        )
    if isinstance(node, Role):
        return f"{node.name}:{show(node.node)}"
    inner = (" | " if isinstance(node, Choice) else " ").join(map(show, node.nodes))
    return f"({inner})"
