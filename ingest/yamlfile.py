"""YAML with line numbers: every mapping and list knows where it stands, faults are collected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kg.errors import Fault

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Node:
    """A YAML value with its place: `value` is a scalar, a dict of Nodes, or a list of Nodes."""

    value: Any
    line: int

    def items(self) -> Iterator[tuple[str, Node]]:
        """The pairs of a mapping; nothing for other values."""
        yield from (self.value.items() if isinstance(self.value, dict) else ())

    def __iter__(self) -> Iterator[Node]:
        yield from (self.value if isinstance(self.value, list) else ())

    def get(self, name: str) -> Node | None:
        """A member of a mapping, or None."""
        return self.value.get(name) if isinstance(self.value, dict) else None

    def text(self, name: str, default: str = "") -> str:
        """A scalar member as text."""
        node = self.get(name)
        return default if node is None or isinstance(node.value, dict | list) else str(node.value)

    def texts(self, name: str) -> list[str]:
        """A member that is a scalar or a list of scalars, as texts."""
        node = self.get(name)
        if node is None or node.value is None:
            return []
        if isinstance(node.value, list):
            return [str(item.value) for item in node]
        return [str(node.value)]

    def plain(self) -> Any:
        """The value without places."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


def _convert(node: yaml.Node, loader: Any, faults: list[Fault], path: str) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        members: dict[str, Node] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in members:
                faults.append(Fault(path, key.start_mark.line + 1, f"'{name}' is given twice"))
            members[name] = _convert(value, loader, faults, path)
        return Node(members, line)
    if isinstance(node, yaml.SequenceNode):
        return Node([_convert(item, loader, faults, path) for item in node.value], line)
    if node.tag == "tag:yaml.org,2002:null":
        return Node(None, line)
    return Node(node.value, line)  # scalars stay text: NO is Norway here


def read(path: Path, shown: str, faults: list[Fault]) -> Node | None:
    """The content of a YAML file, or None with a fault appended; scalars are left as text."""
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        root = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        faults.append(Fault(shown, mark.line + 1 if mark else 0, str(error.problem)))
        return None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        faults.append(Fault(shown, 0, str(error)))
        return None
    return None if root is None else _convert(root, loader, faults, shown)
