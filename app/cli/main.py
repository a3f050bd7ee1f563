"""The group of all commands."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import click

from app.cli import (
    difference,
    evaluation,
    explanation,
    exploring,
    graph,
    importing,
    ingestion,
    judging,
    queries,
    rulebook,
)
from app.cli.console import Group, use_utf8


@click.group(
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--store",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Directory of the graph. Default: $RAWABIT_STORE, else .rawabit/store.",
)
@click.version_option(version("rawabit"), prog_name="rawabit")
def main(store: Path | None) -> None:
    """Read diplomatic news in Arabic, English and French into a knowledge graph.

    \b
    A first session:
      rawabit ingest news.jsonl               read articles into the graph
      rawabit stats                           what is in it
      rawabit query contacts a=MA b=US        ask a named question (query --list)
      rawabit explain "استقبل الوزير ضيفه"      why a rule fired, or did not
      rawabit explore                         browse it on this machine
      rawabit export graph.trig               take it elsewhere

    Every command has --help with examples. Exit codes: 0 done, 1 ran but found faults or accepted
    nothing, 2 could not run.
    """
    use_utf8()


main.add_command(ingestion.ingest)
main.add_command(importing.import_)
main.add_command(graph.export)
main.add_command(queries.query)
main.add_command(explanation.explain)
main.add_command(rulebook.rules)
main.add_command(graph.validate)
main.add_command(graph.stats)
main.add_command(evaluation.evaluate)
main.add_command(judging.judge)
main.add_command(difference.diff)
main.add_command(exploring.explore)
main.add_command(graph.compact)
