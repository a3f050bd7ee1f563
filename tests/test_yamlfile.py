"""YAML with places: values know their lines, scalars stay text, faults are collected."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import yamlfile
from ingest.yamlfile import Node
from kg.errors import Fault


def read(tmp_path: Path, text: str) -> tuple[Node | None, list[Fault]]:
    path = tmp_path / "file.yaml"
    path.write_text(text, encoding="utf-8")
    faults: list[Fault] = []
    return yamlfile.read(path, "shown.yaml", faults), faults


def test_values_know_their_lines(tmp_path: Path) -> None:
    node, faults = read(tmp_path, "# a comment\nname: رباط\nforms:\n  - one\n  - two\n")
    assert node is not None
    assert faults == []
    assert node.text("name") == "رباط"
    assert [(item.value, item.line) for item in node.get("forms") or ()] == [("one", 4), ("two", 5)]


def test_scalars_stay_as_written(tmp_path: Path) -> None:
    node, _ = read(tmp_path, "id: NO\nflag: yes\nyear: 2006\nday: 2006-01-02\nnothing: null\n")
    assert node is not None
    assert [node.text(name) for name in ("id", "flag", "year", "day")] == [
        "NO",
        "yes",
        "2006",
        "2006-01-02",
    ]
    assert node.texts("nothing") == []


def test_one_value_or_several(tmp_path: Path) -> None:
    node, _ = read(tmp_path, "one: a\nmore: [a, b]\ndeep: {x: {y: [1, 2]}}\n")
    assert node is not None
    assert node.texts("one") == ["a"]
    assert node.texts("more") == ["a", "b"]
    assert node.texts("missing") == []
    assert node.text("more", "otherwise") == "otherwise"
    assert node.plain()["deep"] == {"x": {"y": ["1", "2"]}}


def test_a_member_given_twice_is_a_fault(tmp_path: Path) -> None:
    _, faults = read(tmp_path, "a: 1\nb: 2\na: 3\n")
    assert faults == [Fault("shown.yaml", 3, "'a' is given twice")]


@pytest.mark.parametrize(("text", "line"), [("a: [1, 2\nb: 3\n", 2), ("a: 1\n\tb: 2\n", 2)])
def test_what_is_no_yaml_is_told_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    node, faults = read(tmp_path, text)
    assert node is None
    assert [(fault.path, fault.line) for fault in faults] == [("shown.yaml", line)]


def test_files_that_cannot_be_read_are_faults(tmp_path: Path) -> None:
    faults: list[Fault] = []
    assert yamlfile.read(tmp_path / "none.yaml", "none.yaml", faults) is None
    (tmp_path / "bytes.yaml").write_bytes(b"a: \xff\xfe")
    assert yamlfile.read(tmp_path / "bytes.yaml", "bytes.yaml", faults) is None
    assert [(fault.path, fault.line) for fault in faults] == [("none.yaml", 0), ("bytes.yaml", 0)]


def test_an_empty_file_is_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "") == (None, [])
