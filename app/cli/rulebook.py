"""`rawabit rules`: the rules themselves, checked and counted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli.console import EXIT_FAILED, Group, say
from kg.errors import InputFault

if TYPE_CHECKING:
    from ingest.rulestats import Account, Figures
    from kg.model import Document


@click.group(cls=Group)
def rules() -> None:
    """Check and count the rules."""


@rules.command()
@click.option("--lang", type=click.Choice(["ar", "en", "fr"]), help="Default: every language.")
@click.pass_context
def check(ctx: click.Context, lang: str | None) -> None:
    """Load all rules and lexicons and run every example and counterexample.

    Every fault is named with path and line; exit code 1 where there is any.

    \b
    Examples:
      rawabit rules check
      rawabit rules check --lang fr
    """
    from ingest.knowledge import LANGUAGES
    from ingest.rulecheck import check_language

    failed = 0
    for each in [lang] if lang else LANGUAGES:
        report = check_language(each)
        for failure in report.failures:
            say(str(failure))
        failed += len(report.failures)
        examples = f"{report.examples} examples, {report.counterexamples} counterexamples"
        say(f"{each}: {report.rules} rules, {examples}, {len(report.failures)} failures")
    if failed:
        ctx.exit(EXIT_FAILED)


@rules.command()
@click.argument("gold", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--documents",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="FILE",
    help="Texts of the annotated articles; may be repeated. Default: NAME.jsonl by NAME.gold.jsonl",
)
@click.option("--lang", type=click.Choice(["ar", "en", "fr"]), help="Default: every language.")
@click.option("--idle", is_flag=True, help="Only rules that fired in fewer than two documents.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def stats(
    gold: tuple[Path, ...],
    documents: tuple[Path, ...],
    lang: str | None,
    idle: bool,
    as_json: bool,
) -> None:
    """Count for each rule how often it fired over annotated articles, and was right.

    GOLD is JSONL of one annotated article a line; by default the corpora of the project itself,
    where they are at hand. Of an event or relation rule, what rests on it is right where an
    annotation agrees; of a mention rule, the things it names and the offices of the persons.

    \b
    Examples:
      rawabit rules stats
      rawabit rules stats --idle --lang ar
      rawabit rules stats --json news.gold.jsonl --documents news.jsonl
    """
    from ingest.rulestats import account
    from kg.evaluation.gold import load

    golds, texts = _corpora(gold, documents)
    articles = [article for path in golds for article in load(path) if lang in (None, article.lang)]
    found = account(articles, _documents(texts))
    shown = [
        each for each in found.figures if lang in (None, each.language) and (each.idle or not idle)
    ]
    if as_json:
        plain = {**asdict(found), "figures": [asdict(each) for each in shown]}
        say(json.dumps(plain, ensure_ascii=False, indent=1))
        return
    _table(shown)
    _summary(found, lang)


def _corpora(
    gold: tuple[Path, ...], documents: tuple[Path, ...]
) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The files of annotations and of texts; InputFault where there are none."""
    if not gold:
        root = Path(__file__).parents[2]
        gold = tuple(sorted((root / "tests" / "corpus").glob("*.gold.jsonl")))
        documents = documents or (root / "ingest" / "samples", root / "tests" / "corpus")
    if not gold:
        raise InputFault("tests/corpus", 0, "is not here: name a file of annotated articles")
    return gold, documents or tuple(map(_texts_of, gold))


def _texts_of(gold: Path) -> Path:
    """The file of texts beside a file of annotations; InputFault where it is not there."""
    texts = gold.with_name(gold.name.replace(".gold.", "."))
    if texts == gold or not texts.is_file():
        raise InputFault(str(gold), 0, "its texts are not beside it: name them with --documents")
    return texts


def _documents(paths: Iterable[Path]) -> Iterator[Document]:
    """The documents of files and folders; those of annotations are none."""
    from ingest.documents import Accepted, read_all

    for each in read_all(paths):
        if isinstance(each, Accepted):
            yield each.document


def _table(figures: Iterable[Figures]) -> None:
    say(f"{'':<44} {'':<24} {'fired':>6} {'in':>5} {'made':>5} {'right':>5} {'wrong':>5}")
    for each in figures:
        counts = f"{each.fired:>6} {each.documents:>5} {each.made:>5} {each.right:>5}"
        kind = f"{each.makes} {each.target}"
        say(f"{each.rule:<44} {kind:<24} {counts} {each.wrong:>5}")


def _summary(found: Account, lang: str | None) -> None:
    from ingest.knowledge import LANGUAGES

    say()
    for each in [lang] if lang else LANGUAGES:
        own = [one for one in found.figures if one.language == each]
        idle = sum(one.idle for one in own)
        say(f"{each}: {len(own)} rules, {idle} of them fired in fewer than two documents")
    say(f"{found.articles} articles")
    if found.absent:
        say(f"no text of: {', '.join(found.absent)}")
