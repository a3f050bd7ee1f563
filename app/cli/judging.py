"""`rawabit judge`: accept, reject, merge, split, undo, list."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli.console import say, store_path

if TYPE_CHECKING:
    from kg.judgements import Past, Rejected, Subject
    from kg.names import Names


def _me() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


_who = click.option("--who", default=_me, metavar="NAME", help="Default: the user's name.")
_why = click.option("--why", default="", metavar="TEXT", help="The reason, for the record.")
_when = click.option("--when", metavar="DATE", help="When it was decided. Default: now.")
_document = click.option(
    "--document", "documents", multiple=True, metavar="ID", help="Only what this document says."
)

_Command = Callable[..., None]


def _signed(command: _Command) -> _Command:
    """With the options who decides, why and when."""
    return _who(_why(_when(command)))


def _of_value(command: _Command) -> _Command:
    """With the arguments of a judgement on a node or one value of it, in some documents or all."""
    node = click.argument("node", metavar="NODE")
    value = click.argument("value", required=False, metavar="[SLOT=VALUE]")
    return node(value(_document(_signed(command))))


@click.group()
def judge() -> None:
    """Decide about what was extracted; every judgement can be undone.

    Judgements are kept beside the store with who, when and why. They outlive re-reading and
    rebuilding, and never change what a document was read to say. Events and persons are named by
    key (event/meeting-…) or IRI, as queries show them with --iris.

    \b
    Examples:
      rawabit judge reject event/meeting-0f… --why "a meeting of two others"
      rawabit judge reject event/recognition-3a… date=1787 --document paper-17
      rawabit judge reject country/MA chairs=forum/gctf
      rawabit judge merge event/visit-1c… event/visit-9e…
      rawabit judge split event/visit-1c… --document paper-17
      rawabit judge list
      rawabit judge undo 3f2a
    """


@judge.command()
@_of_value
@click.pass_context
def accept(ctx: click.Context, /, node: str, value: str | None, **said: object) -> None:
    """Confirm an event, a value of one (SLOT=VALUE), or a relation (PREDICATE=KEY).

    \b
    Example:
      rawabit judge accept event/recognition-3a… date=1777 --why "the treaty says so"
    """
    _decide(ctx, "accept", _subjects((node,), value, said), said)


@judge.command()
@_of_value
@click.pass_context
def reject(ctx: click.Context, /, node: str, value: str | None, **said: object) -> None:
    """Take an event, a value of one, or a relation out of the merged view.

    \b
    Examples:
      rawabit judge reject event/meeting-0f… --why "a meeting of two others"
      rawabit judge reject country/MA chairs=forum/gctf --document paper-17
    """
    _decide(ctx, "reject", _subjects((node,), value, said), said)


@judge.command()
@click.argument("nodes", nargs=-1, required=True, metavar="NODE NODE...")
@_signed
@click.pass_context
def merge(ctx: click.Context, /, nodes: tuple[str, ...], **said: object) -> None:
    """Make events, or persons, one.

    \b
    Example:
      rawabit judge merge event/visit-1c… event/visit-9e…
    """
    _decide(ctx, "merge", _subjects(nodes, None, said), said)


@judge.command()
@click.argument("nodes", nargs=-1, required=True, metavar="NODE...")
@_document
@_signed
@click.pass_context
def split(ctx: click.Context, /, nodes: tuple[str, ...], **said: object) -> None:
    """Tell apart the reports of an event (all, or those of --document), or persons.

    \b
    Example:
      rawabit judge split event/visit-1c… --document paper-17
    """
    _decide(ctx, "split", _subjects(nodes, None, said), said)


@judge.command()
@click.argument("id", metavar="ID")
@_who
@_why
@click.pass_context
def undo(ctx: click.Context, id: str, who: str, why: str) -> None:
    """Take a judgement back; ID may be shortened.

    \b
    Example:
      rawabit judge undo 3f2a --why "on second thoughts"
    """
    from kg.judgements import undo as take_back
    from kg.store import Store

    with Store.open(_existing(ctx)) as store:
        say(f"undone: {_line(take_back(store, id, who=who, why=why))}")


@judge.command("list")
@click.option("--all", "every", is_flag=True, help="Those undone, too.")
@click.option("--rejected", "refused", is_flag=True, help="What is kept out, with its words.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def listed(ctx: click.Context, every: bool, refused: bool, as_json: bool) -> None:
    """List the judgements that hold.

    \b
    Examples:
      rawabit judge list --all
      rawabit judge list --rejected
    """
    from kg.judgements import history, rejected
    from kg.names import Names
    from kg.store import View

    with View.open(store_path(ctx)) as view:
        past = [one for one in history(view) if every or one.undone is None]
        if as_json:
            plain = [asdict(one) for one in past]
            say(json.dumps(plain, ensure_ascii=False, indent=1))
        elif refused:
            names = Names(view.ox)
            for one in rejected(view):
                _kept_out(one, names)
        else:
            for each in past:
                _told(each)


def _existing(ctx: click.Context) -> Path:
    from kg.store import View

    path = store_path(ctx)
    View.open(path).close()  # refuses to make a store where there is none
    return path


def _subjects(nodes: tuple[str, ...], value: str | None, said: dict[str, object]) -> list[Subject]:
    from kg.judgements import Subject

    slot, equals, wanted = (value or "").partition("=")
    if value and not (slot and equals and wanted):
        raise click.BadParameter(f"'{value}' is no SLOT=VALUE")
    documents = said.pop("documents", None) or (None,)
    assert isinstance(documents, tuple)
    return [
        Subject(node, document, slot or None, wanted or None)
        for node in nodes
        for document in documents
    ]


def _decide(
    ctx: click.Context, action: str, subjects: list[Subject], said: dict[str, object]
) -> None:
    from kg.judgements import judge as decide
    from kg.store import Store

    who, why, when = (said[name] for name in ("who", "why", "when"))
    with Store.open(_existing(ctx)) as store:
        made = decide(
            store, action, subjects, who=str(who), why=str(why), when=str(when) if when else None
        )
    say(_line(made))


def _line(made: object) -> str:
    from kg.judgements import Judgement

    assert isinstance(made, Judgement)
    named = "; ".join(map(str, made.subjects))
    reason = f": {made.why}" if made.why else ""
    return f"{made.id}  {made.at[:10]}  {made.who}  {made.action}  {named}{reason}"


def _told(past: Past) -> None:
    say(_line(past.judgement))
    if past.undone:
        reason = f": {past.undone.why}" if past.undone.why else ""
        say(f"    undone {past.undone.at[:10]} by {past.undone.who}{reason}")


def _kept_out(one: Rejected, names: Names) -> None:
    from kg.table import compact, lexical
    from kg.vocab import ID

    say(_line(one.judgement))
    for triple in one.triples:
        value = lexical(triple.object)
        shown = names.of(value, "en") if value.startswith(ID) else value
        what = compact(lexical(triple.subject)), compact(lexical(triple.predicate))
        say(f"    {' '.join(what)} {shown}")
