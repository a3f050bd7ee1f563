"""`rawabit import`."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.console import EXIT_FAILED, say, store_path
from kg.errors import InputFault


@click.command("import")
@click.argument("mappings", nargs=-1, metavar="NAME|MAPPING.yaml...")
@click.option("--list", "listed", is_flag=True, help="List the records that come with Rawabit.")
@click.option("--quiet", "-q", is_flag=True, help="Name no single rows that are left out.")
@click.pass_context
def import_(ctx: click.Context, mappings: tuple[str, ...], listed: bool, quiet: bool) -> None:
    """Read official records: tables of events, beside the news.

    A mapping says in YAML which class of event a row of a table states, and which columns give
    participants, dates and place. The table becomes one document, an official record; its events
    are resolved like those of any article: a visit that the news reports too is one event with two
    sources. NAME is a record that comes with Rawabit, or the beginning of several.

    \b
    Examples:
      rawabit import --list
      rawabit import state-department
      rawabit import treaties/mapping.yaml
    """
    from ingest.records import load, shipped

    if listed:
        for name, path in shipped().items():
            say(f"{name}\n    {load(path).title}")
        return
    if not mappings:
        raise click.UsageError("name a record (see --list) or a mapping")
    paths = [path for name in mappings for path in _paths(name, shipped())]
    left_out = [_import(ctx, path, quiet) for path in paths]
    if not any(left_out):
        ctx.exit(EXIT_FAILED)


def _paths(name: str, known: dict[str, Path]) -> list[Path]:
    found = [path for each, path in known.items() if each == name or each.startswith(f"{name}-")]
    if found:
        return found
    if not name.endswith((".yaml", ".yml")):
        raise InputFault(name, 0, f"no record is called so; there are {', '.join(known)}")
    return [Path(name)]


def _import(ctx: click.Context, path: Path, quiet: bool) -> int:
    """Import one table; how many events it has."""
    from ingest import curation
    from ingest.records import load, read
    from kg.store import Store

    mapping = load(path)
    found = read(mapping)
    for line, reason in found.left_out if not quiet else ():
        say(f"{mapping.table}:{line}: left out: {reason}", err=True)
    with Store.open(store_path(ctx)) as store:
        curation.load_into(store)
        outcome = store.write(found.reading)
    events = len(found.reading.events)
    counts = f"{found.rows:,} rows, {events:,} events, {len(found.left_out)} left out"
    say(f"{mapping.document}: {counts}, {outcome}")
    return events
