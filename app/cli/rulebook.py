"""`rawabit rules`: the rules themselves, checked and counted."""

from __future__ import annotations

from collections import Counter

import click

from app.cli.console import EXIT_FAILED, Group, say


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
def stats() -> None:
    """Count the rules by language and by what they make.

    \b
    Example:
      rawabit rules stats
    """
    from ingest import rules
    from ingest.knowledge import LANGUAGES

    for lang in LANGUAGES:
        found = rules.load(lang).rules
        say(f"{lang}: {len(found)} rules")
        counts = Counter((rule.makes, rule.target) for rule in found)
        for (makes, target), count in sorted(counts.items()):
            say(f"  {count:>5}  {makes} {target}")
