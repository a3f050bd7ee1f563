"""`rawabit evaluate`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli.console import EXIT_FAILED, say, store_path

if TYPE_CHECKING:
    from kg.evaluate import Miss, Report, Row


def _floors(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> dict[str, float]:
    """Least F1 by measure: `0.85` is of events, `offices=0.9` of what it names."""
    found = {}
    for value in values:
        measure, _, number = value.rpartition("=")
        try:
            found[measure or "events"] = float(number)
        except ValueError:
            raise click.BadParameter(f"'{value}' is neither F1 nor MEASURE=F1") from None
    return found


@click.command()
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--misses", is_flag=True, help="Print every event that was missed or is too many.")
@click.option("--languages", is_flag=True, help="Print the table by language and event type too.")
@click.option(
    "--floor",
    "floors",
    callback=_floors,
    multiple=True,
    metavar="[MEASURE=]F1",
    help="Exit with 1 below this F1 (of events, or of the measure named); may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def evaluate(
    ctx: click.Context,
    gold: Path,
    misses: bool,
    languages: bool,
    floors: dict[str, float],
    as_json: bool,
) -> None:
    """Score the graph against annotated articles: JSONL of one article a line.

    \b
    Examples:
      rawabit evaluate gold.jsonl
      rawabit evaluate gold.jsonl --misses --floor 0.85 --floor offices=0.9
    """
    from kg.evaluate import evaluate
    from kg.store import View

    with View.open(store_path(ctx)) as view:
        report = evaluate(view.ox, gold)
    if as_json:
        say(json.dumps(_plain(report), ensure_ascii=False, indent=1))
    else:
        _print(report, languages, misses)
    below = report.below(floors)
    for line in below:
        say(line, err=True)
    if below:
        ctx.exit(EXIT_FAILED)


def _plain(report: Report) -> dict[str, object]:
    return {
        "measures": [asdict(row) for row in report.rows()],
        "languages": [asdict(row) for row in report.language_rows()],
        "slots": {name: {"right": right, "of": total} for name, (right, total) in report.slots},
        "misses": [asdict(miss) for miss in report.misses],
        "unexplained": report.unexplained,
        "quotes": report.quotes,
        "misquoted": report.misquoted,
        "absent": list(report.absent),
    }


def _print(report: Report, languages: bool, misses: bool) -> None:
    _table(report.rows())
    if languages:
        say()
        _table(report.language_rows())
    say()
    for name, (right, total) in report.slots:
        say(f"{name:<22} {right:>5} of {total}")
    say(f"events without evidence: {report.unexplained}")
    say(f"quotes not in their text: {report.misquoted} of {report.quotes}")
    if report.absent:
        say(f"not in the graph: {', '.join(report.absent)}")
    if misses:
        say()
        for miss in report.misses:
            _miss(miss)


def _table(rows: Iterable[Row]) -> None:
    say(f"{'':<22} {'P':>6} {'R':>6} {'F1':>6} {'hits':>6} {'gold':>6} {'found':>6}")
    for row in rows:
        rates = f"{row.precision:>6.3f} {row.recall:>6.3f} {row.f1:>6.3f}"
        say(f"{row.measure:<22} {rates} {row.hits:>6} {row.gold:>6} {row.found:>6}")


def _miss(miss: Miss) -> None:
    mark = "+ not annotated" if miss.extra else "- missed"
    parties = ", ".join(miss.participants)
    title = f" «{miss.title}»" if miss.title else ""
    say(f"{miss.document} {mark} {miss.type}{title} [{miss.date or '–'}] {parties}")
    if miss.evidence:
        say(f"    {' '.join(miss.evidence.split())}")
