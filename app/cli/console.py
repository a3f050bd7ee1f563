"""What commands share: output that is inert, progress on standard error, errors without traces."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from kg.errors import RawabitError

EXIT_FAILED = 1  # it ran, and the answer is no: faults found, a floor missed, nothing accepted
EXIT_ERROR = 2  # it could not run

# Characters that could move the cursor, colour the terminal or turn the direction of a line.
_HARMFUL = {
    **{code: f"\\x{code:02x}" for code in (*range(9), *range(11, 32), *range(127, 160))},
    **{code: f"\\u{code:04x}" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028)},
}


def inert(text: str) -> str:
    """Text that no terminal acts on: control and bidi control characters are spelt out."""
    return text.translate(_HARMFUL)


def say(text: str = "", *, err: bool = False, end: str = "\n") -> None:
    """Print a line as UTF-8, on standard output or, with `err`, on standard error."""
    click.echo(inert(text), err=err, nl=False)
    click.echo(end, err=err, nl=False)


def use_utf8() -> None:
    """Make the standard streams UTF-8, whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


@contextmanager
def progress(title: str, total: int) -> Iterator[Any]:
    """A bar on standard error while it is a terminal; the value is called with each advance."""
    if not sys.stderr.isatty():
        yield lambda advance: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(
        *columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task(title, total=total or None)
        yield lambda advance: bar.advance(task, advance)


class Group(click.Group):
    """A group whose commands turn Rawabit's errors into a message and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; RawabitError ends it with its text."""
        try:
            return super().invoke(ctx)
        except RawabitError as error:
            say(f"rawabit: {error}", err=True)
            ctx.exit(EXIT_ERROR)


def store_path(ctx: click.Context) -> Path:
    """The store's directory that was given before the command."""
    return Path(ctx.find_root().params["store"] or _default())


def _default() -> Path:
    from kg.store import default_path

    return default_path()
