"""The order of the layers, and the size of files and functions."""

from __future__ import annotations

import ast
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ("app", "ingest", "kg", "ontology")  # each imports only itself and those after it
FILES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))
LONGEST_FILE = 400
LONGEST_FUNCTION = 60


def imported(path: Path) -> set[str]:
    """The top-level packages that a file imports, inside functions too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add((node.module or "").split(".")[0])
    return found


def functions(path: Path) -> list[tuple[str, int]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        (node.name, (node.end_lineno or 0) - node.lineno + 1)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    layer = LAYERS.index(path.relative_to(ROOT).parts[0])
    assert imported(path).isdisjoint({*LAYERS[:layer], "tests"})


def test_the_layers_lie_on_one_another() -> None:
    for upper, lower in pairwise(LAYERS[1:]):
        files = (path for path in FILES if path.relative_to(ROOT).parts[0] == upper)
        assert any(lower in imported(path) for path in files), f"{upper} does not use {lower}"


def test_files_and_functions_are_small() -> None:
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {p.name: size for p, size in sizes.items() if size > LONGEST_FILE} == {}
    lengths = [(name, length) for path in FILES for name, length in functions(path)]
    assert [each for each in lengths if each[1] > LONGEST_FUNCTION] == []
    assert median(length for _, length in lengths) <= 10


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in FILES
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []
