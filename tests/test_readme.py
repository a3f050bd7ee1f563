"""The README: its commands run, its links lead somewhere, no command is left out."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import main
from kg.catalogue import named

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
TARGET = re.compile(r"^(\w+):.*##", re.MULTILINE)
SERVES = "explore"


def session() -> list[list[str]]:
    """The commands of the README's session, without `rawabit`."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\$ (rawabit .+)$", text, re.MULTILINE)
    return [shlex.split(line)[1:] for line in lines]


def test_the_commands_of_the_session_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAWABIT_STORE", str(tmp_path / "store"))
    commands = session()
    assert len(commands) >= 4
    with monkeypatch.context() as inside:
        inside.chdir(tmp_path)
        (tmp_path / "ingest").symlink_to(ROOT / "ingest")
        for command in commands:
            if command[0] == SERVES:
                continue
            result = CliRunner().invoke(main, command)
            assert result.exit_code == 0, f"{command}: {result.output}"
            assert result.output.strip()


def test_every_command_stands_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in main.commands if f"rawabit {name}" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_in_code_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    used = set(re.findall(r"\brawabit (?:--store \S+ )?([a-z]+)\b(?=[^.]*)", _code(text)))
    assert used <= main.commands.keys()
    targets = set(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    assert set(re.findall(r"\bmake ([a-z]+)\b", _code(text))) <= targets
    names = set(re.findall(r"rawabit query ([a-z][\w-]+)", _code(text)))
    assert names <= {query.name for query in named()} | {"--list"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def _code(text: str) -> str:
    """What stands in code blocks and between backquotes."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))
