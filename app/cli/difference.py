"""`rawabit diff`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from app.cli.console import progress, say, store_path

if TYPE_CHECKING:
    from ingest.rereading import Reread
    from kg.difference import Difference

_SIGNS = {"came": "+", "went": "-", "changed": "~"}


@click.command()
@click.option("--apply", "applied", is_flag=True, help="Write what was read again.")
@click.option("--all", "every", is_flag=True, help="Read all documents again.")
@click.option("--brief", is_flag=True, help="Print the figures by rule only.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def diff(ctx: click.Context, applied: bool, every: bool, brief: bool, as_json: bool) -> None:
    """Show what changed rules and lexicons would change in the graph, by rule.

    Only documents that a change since their last reading can touch are read again: after a change
    of a rule those of its language, after a change of a lexicon line those that cite it or have its
    words. The graph stays as it is without --apply.

    \b
    Examples:
      rawabit diff
      rawabit diff --brief
      rawabit diff --apply
    """
    from ingest import curation
    from ingest.rereading import apply, reread, stale
    from kg.store import Store, View

    path = store_path(ctx)
    View.open(path).close()  # refuses to make a store where there is none
    with Store.open(path) as store:
        names = stale(store, every=every)
        total = len(store.documents())
        found = []
        with progress("reading again", len(names)) as advance:
            for each in reread(store, names):
                found.append(each)
                advance(1)
        for each in found if applied else ():
            apply(store, each)
        if applied:
            curation.load_into(store)
    _print(found, total, brief, as_json)


def _print(found: list[Reread], total: int, brief: bool, as_json: bool) -> None:
    from kg.difference import by_rule

    differing = [one for each in found for one in each.differences]
    if as_json:
        say(json.dumps([asdict(one) for one in differing], ensure_ascii=False, indent=1))
        return
    for rule, group in by_rule(differing).items():
        counts = Counter(one.kind for one in group)
        figures = " ".join(f"{sign}{counts[kind]}" for kind, sign in _SIGNS.items() if counts[kind])
        say(f"{rule or 'no rule'}: {figures}")
        for one in () if brief else group:
            _show(one)
    for each in found:
        if isinstance(each.reading, str):
            say(f"{each.document}: {each.reading}", err=True)
    kinds = Counter(one.kind for one in differing)
    figures = ", ".join(f"{kinds[kind]} {kind}" for kind in _SIGNS)
    say(f"{len(found)} of {total} documents read again: {figures}")


def _show(one: Difference) -> None:
    say(f"  {_SIGNS[one.kind]} {one.document}: {one.type} {one.fact}")
    if one.kind == "changed":
        say(f"      {_values(one.before) or 'nothing'} → {_values(one.after) or 'nothing'}")
    elif one.before or one.after:
        say(f"      {_values(one.before or one.after)}")


def _values(pairs: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{slot}={value}" for slot, value in pairs)
