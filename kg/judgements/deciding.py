"""Deciding, undoing, and what was decided: the doings behind `kg.judgements`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import ledger
from kg.errors import JudgementFault
from kg.judgements.aims import resolved
from kg.judgements.model import ACTIONS, Judgement, Past, Subject, identify, made_for
from kg.judgements.withheld import document_of, plain, restored
from kg.ledger import Undoing
from kg.reports import Claim, Fact, Report, key_of
from kg.terms import node

if TYPE_CHECKING:
    from kg.store import Store, View


@dataclass(frozen=True, slots=True)
class Rejected:
    """What a judgement keeps out of the merged view: a report, value or relation, its triples."""

    judgement: Judgement
    what: Report | Claim | Fact
    triples: tuple[ox.Triple, ...]


def judge(
    store: Store,
    action: str,
    subjects: Iterable[str | Subject],
    *,
    who: str,
    why: str,
    when: str | None = None,
) -> Judgement:
    """Decide something, and have the graph follow; what is decided already is not decided twice.

    `subjects`: keys or IRIs of events or persons, or `Subject`s. `when` is ISO 8601, by default
    now. Raises JudgementFault for an unknown action or subject, or where another judgement that
    holds says the contrary.
    """
    if action not in ACTIONS:
        raise JudgementFault(f"{action} is no judgement; there are {', '.join(ACTIONS)}")
    if not who.strip():
        raise JudgementFault("a judgement needs somebody who makes it")
    given = (one if isinstance(one, Subject) else Subject(one) for one in subjects)
    named = tuple(replace(one, node=key_of(one.node)) for one in given)
    aim = resolved(store.ox, action, named)
    at = _moment(when)
    made = Judgement(
        *(identify(action, named, who, at), action, named, who.strip(), why.strip(), at),
        *(aim.groups, aim.claims, aim.facts, aim.people),
    )
    holding = active(store)
    if same := next((one for one in holding if _same(one, made)), None):
        return same
    _refuse_contrary(made, holding)
    made = replace(made, anchors=store.follower.anchors(made))
    store.follower.ledger.judged(made.id, made.entry())
    store.follower.follow([made])
    return made


def undo(store: Store, id: str, *, who: str, why: str = "") -> Judgement:
    """Take a judgement back: the graph is as if it had never been made; the ledger remembers.

    `id` may be shortened as far as it stays unique. Raises JudgementFault where none holds.
    """
    found = [one for one in active(store) if one.id.startswith(id)] if id else []
    if len(found) != 1:
        reason = "several judgements begin so" if found else "no judgement that holds is called so"
        raise JudgementFault(f"{id!r}: {reason}")
    store.follower.ledger.undone(Undoing(found[0].id, who, why, ledger.now()))
    store.follower.follow(found)
    return found[0]


def active(view: View) -> tuple[Judgement, ...]:
    """The judgements that hold, in the order in which they were made."""
    return tuple(past.judgement for past in history(view) if past.undone is None)


def history(view: View) -> tuple[Past, ...]:
    """All judgements ever made for this store, in their order, with what became of them."""
    return made_for(view.path)


def rejected(view: View) -> tuple[Rejected, ...]:
    """What judgements keep out of the merged view, with what the documents say of it."""
    found = []
    for one in active(view):
        if one.action == "reject":
            whole = [report for group in one.groups for report in group]
            judged: list[Report | Claim | Fact] = [*whole, *one.claims, *one.facts]
            for what in judged:
                triples = sorted(_said(view.ox, what), key=str)
                found.append(Rejected(one, what, tuple(triples)))
    return tuple(found)


def _moment(when: str | None) -> str:
    """A moment in the ledger's form, from ISO 8601; a day is its beginning."""
    if when is None:
        return ledger.now()
    try:
        given = datetime.fromisoformat(when)
    except ValueError:
        raise JudgementFault(f"{when} is no date or time: write it as 2023-02-01") from None
    aware = given if given.tzinfo else given.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _same(one: Judgement, other: Judgement) -> bool:
    return _content(one) == _content(other)


def _content(one: Judgement) -> tuple[object, ...]:
    return one.action, set(one.groups), set(one.claims), set(one.facts), set(one.people)


def _refuse_contrary(made: Judgement, holding: Iterable[Judgement]) -> None:
    for one in holding:
        if _contrary(made, one):
            raise JudgementFault(
                f"judgement {one.id} ({one.action}, {one.who}, {one.at[:10]}) says the contrary: "
                f"undo it first"
            )


def _contrary(made: Judgement, other: Judgement) -> bool:
    actions = {made.action, other.action}
    if actions == {"accept", "reject"}:
        judged = [
            set[object]({*one.claims, *one.facts}).union(*one.groups) for one in (made, other)
        ]
        return not judged[0].isdisjoint(judged[1])
    if actions == {"merge", "split"}:
        merged, split = (made, other) if made.action == "merge" else (other, made)
        together: list[set[object]] = [set(group) for group in (*merged.groups, *merged.people)]
        apart: list[Iterable[Iterable[object]]] = [split.groups, split.people]
        return any(_parted(group, parts) for group in together for parts in apart)
    return False


def _parted(group: set[object], parts: Iterable[Iterable[object]]) -> bool:
    """Whether members of the group stand in more than one of the parts."""
    return sum(not group.isdisjoint(part) for part in parts) > 1


def _said(store: ox.Store, what: Report | Claim | Fact) -> Iterator[ox.Triple]:
    """What left the document's graph with this, of the event or entity itself."""
    start = what.subject if isinstance(what, Fact) else _report(what).key
    for quad in restored(store, document_of(what)):
        about = quad.subject == node(start)
        if about and (not isinstance(what, Claim) or plain(quad.object) == what.value):
            yield quad.triple


def _report(what: Report | Claim) -> Report:
    return what.report if isinstance(what, Claim) else what
