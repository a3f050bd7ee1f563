"""`rawabit ingest`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from app.cli.console import EXIT_FAILED, progress, say, store_path

if TYPE_CHECKING:
    from ingest.batch import Result


def day(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """The value of an option that is a day of the calendar, as ISO 8601 writes it."""
    from datetime import date

    try:
        return None if value is None else date.fromisoformat(value).isoformat()
    except ValueError:
        raise click.BadParameter(f"'{value}' is no day: write it as 2023-02-01") from None


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--lang", type=click.Choice(["ar", "en", "fr"]), help="Language where none is given.")
@click.option(
    "--published", callback=day, metavar="DATE", help="Publication date where none is given."
)
@click.option("--source", metavar="NAME", help="Name of the source where none is given.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, metavar="N", help="Processes that read."
)
@click.option("--strict", is_flag=True, help="Exit with 1 when anything was quarantined.")
@click.option("--quiet", "-q", is_flag=True, help="Name no single inputs, print the counts only.")
@click.pass_context
def ingest(
    ctx: click.Context,
    files: tuple[str, ...],
    lang: str | None,
    published: str | None,
    source: str | None,
    jobs: int,
    strict: bool,
    quiet: bool,
) -> None:
    """Read articles into the graph.

    A FILE is JSONL (also .gz), a JSON array, plain text, an HTML page, an RSS or Atom feed, a
    folder of these, or - for JSONL on standard input. A JSONL record is
    {"id", "text", "lang"?, "published"?, "title"?, "url"?, "source"?}.

    The same article again changes nothing; a changed one takes the place of the former. What can't
    be read is named with file, line and reason on standard error, and the rest goes on.

    \b
    Examples:
      rawabit ingest news.jsonl
      rawabit ingest --published 2023-02-01 --lang ar article.txt
      zcat archive.jsonl.gz | rawabit --store /data/graph ingest --jobs 4 -
    """
    from ingest import curation
    from ingest.batch import Report, ingest
    from ingest.documents import Defaults, read_all, size
    from kg.store import Store

    with Store.open(store_path(ctx)) as store:
        curation.load_into(store)
        with progress("reading", size(files)) as advance:
            inputs = read_all(files, Defaults(lang, published, source), progress=advance)
            report = Report.of(_told(ingest(store, inputs, jobs), quiet))
    say(str(report))
    if report.documents == 0 or (strict and report.quarantined):
        ctx.exit(EXIT_FAILED)


def _told(results: Iterator[Result], quiet: bool) -> Iterator[Result]:
    """The results, each that has something to tell told on standard error."""
    for result in results:
        if result.reason and not quiet:
            say(str(result), err=True)
        yield result
