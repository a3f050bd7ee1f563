"""The commands on the graph as a whole: export, validate, stats, compact."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from app.cli.console import EXIT_FAILED, say, store_path


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--only",
    type=click.Choice(["documents", "curated"]),
    help="What documents state, or what the lexicons know; default both.",
)
@click.pass_context
def export(ctx: click.Context, file: Path, only: str | None) -> None:
    """Write the graph to a file, in the format of its ending.

    .ttl and .nt hold all graphs merged; .trig, .nq and .jsonld keep every document's graph apart;
    .graphml and .gexf are networks of events and parties; .csv is a table of events. The same
    content gives the same bytes.

    \b
    Examples:
      rawabit export graph.trig
      rawabit export --only documents events.csv
    """
    from kg.export import Selection, export
    from kg.store import View

    with View.open(store_path(ctx)) as view:
        export(view, file, Selection(only) if only else Selection.ALL)
    say(f"{file}: {file.stat().st_size:,} bytes", err=True)


@click.command()
@click.option("--lang", type=click.Choice(["ar", "en", "fr"]), default="en", show_default=True)
@click.option("--warnings", is_flag=True, help="Print the warnings too, not only their number.")
@click.pass_context
def validate(ctx: click.Context, lang: str, warnings: bool) -> None:
    """Check the graph against the ontology's shapes; exit code 1 for violations.

    \b
    Examples:
      rawabit validate
      rawabit validate --warnings --lang ar
    """
    from kg.store import View
    from kg.table import compact
    from kg.validate import VIOLATION, conforms, validate

    with View.open(store_path(ctx)) as view:
        found = validate(view.ox, lang=lang)
    for one in found:
        if one.severity != VIOLATION and not warnings:
            continue
        path = f" {one.path}" if one.path else ""
        say(f"{one.severity}: {compact(one.graph)}: {compact(one.focus)}{path}: {one.message}")
    violations = sum(one.severity == VIOLATION for one in found)
    say(f"{violations} violations, {len(found) - violations} warnings")
    if not conforms(found):
        ctx.exit(EXIT_FAILED)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--all", "every", is_flag=True, help="Print all lines, not twenty of each kind.")
@click.option("--brief", is_flag=True, help="Print a few lines only.")
@click.pass_context
def stats(ctx: click.Context, as_json: bool, every: bool, brief: bool) -> None:
    """Count what is in the graph: documents, events, entities, relations, rules.

    \b
    Examples:
      rawabit stats
      rawabit stats --json
    """
    from kg.stats import stats
    from kg.store import View

    with View.open(store_path(ctx)) as view:
        found = stats(view.ox)
    if as_json:
        say(json.dumps(asdict(found), ensure_ascii=False, indent=1))
        return
    if brief:
        say(f"graph: {_listed((('documents', found.documents), ('events', found.events)))}")
        say(f"events: {_listed(found.types)}")
        say(f"entities: {_listed(found.entities)}")
        return
    for title, counts in found.sections():
        if counts:
            say(title)
        for name, number in counts if every else counts[:20]:
            say(f"  {number:>9,}  {name}")


def _listed(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{number:,} {name}" for name, number in counts)


@click.command()
@click.pass_context
def compact(ctx: click.Context) -> None:
    """Rebuild the store in one pass: a quarter of the disk space after many small writes.

    \b
    Example:
      rawabit --store /data/graph compact
    """
    from kg.store import Store, View

    path = store_path(ctx)
    View.open(path).close()  # refuses to make a store where there is none
    before = _bytes(path)
    with Store.open(path) as store:
        store.compact()
    say(f"{path}: {before >> 20} MB → {_bytes(path) >> 20} MB")


def _bytes(folder: Path) -> int:
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
