"""`rawabit query`."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from app.cli.console import inert, say, store_path
from app.cli.ingestion import day
from kg.errors import QueryFault

if TYPE_CHECKING:
    from kg.query import Query
    from kg.store import View


@click.command()
@click.argument("question", required=False, metavar="NAME|FILE|SPARQL")
@click.argument("arguments", nargs=-1, metavar="[NAME=VALUE]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "ttl"]),
    default="table",
    show_default=True,
    help="ttl is for CONSTRUCT and DESCRIBE.",
)
@click.option("--lang", type=click.Choice(["ar", "en", "fr"]), default="en", show_default=True)
@click.option("--iris", is_flag=True, help="Show IRIs in tables, not names.")
@click.option(
    "--read-by", callback=day, metavar="DATE", help="Only of documents that were read by this day."
)
@click.option("--timeout", type=click.FloatRange(0.1), metavar="SECONDS", help="Default: 30.")
@click.option("--list", "listed", is_flag=True, help="List the named queries.")
@click.pass_context
def query(
    ctx: click.Context,
    question: str | None,
    arguments: tuple[str, ...],
    form: str,
    lang: str,
    iris: bool,
    read_by: str | None,
    timeout: float | None,
    listed: bool,
) -> None:
    """Ask the graph: a named query, a .rq file, or SPARQL.

    The default graph is the union of all; GRAPH ?g { … } says who states what. The project's
    prefixes need no declaration. Nothing can be changed by a query. Countries are given by code
    (MA), others by key (person/Q57480) or IRI.

    \b
    Examples:
      rawabit query --list
      rawabit query contacts a=MA b=US
      rawabit query --format csv visits country=EG > visits.csv
      rawabit query --read-by 2024-03-31 partners country=MA
      rawabit query 'SELECT ?e ?d { ?e a rwb:Visit ; rwb:date ?d } ORDER BY ?d'
      rawabit query --format ttl 'DESCRIBE <https://w3id.org/rawabit/id/country/MA>'
    """
    if listed:
        _list(lang)
        return
    if question is None:
        raise click.UsageError("a query is needed: a name (see --list), a .rq file, or SPARQL")
    from kg.query import prepare

    ready = prepare(question, _pairs(arguments))
    from kg.query import run
    from kg.store import View
    from kg.table import Names, render

    path = store_path(ctx)
    with View.open(path) as view:
        if read_by is not None:
            ready = _as_of(view, ready, read_by)
        result = run(path, ready, timeout=timeout) if ready.name is None else run(view.ox, ready)
        names = None if iris or form != "table" else Names(view.ox, lang)
        text = render(result, form, names, _width())
    click.echo(inert(text) if form == "table" else text, nl=False)


def _as_of(view: View, ready: Query, day: str) -> Query:
    """The query put to what had been read by a day; what that leaves out is told."""
    from kg.clocks import read_by

    known = read_by(view, day)
    if known.superseded:
        say(f"{len(known.superseded)} documents were read otherwise since: left out", err=True)
    return replace(ready, graphs=known.graphs)


def _width() -> int | None:
    """The terminal's columns; None for a pipe, where plain lines are wanted."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _pairs(arguments: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for argument in arguments:
        name, equals, value = argument.partition("=")
        if not equals or not name:
            raise QueryFault(f"'{argument}' is no NAME=VALUE")
        found[name.removeprefix("?")] = value
    return found


def _list(lang: str) -> None:
    from kg.catalogue import named

    for each in named():
        takes = " ".join(
            f"{one.name}=…" if one.required else f"[{one.name}=…]" for one in each.parameters
        )
        say(f"{each.name} {takes}".rstrip())
        say(f"    {each.question(lang)}")
