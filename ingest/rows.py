"""Rows: persons listed after one title, each with a state, or all of one body."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import Protocol

from ingest.items import Item, Title
from ingest.knowledge import Knowledge
from ingest.lexicon import Entry

_STATES = ("country", "nat", "byname")
_HEADS = ("offices", "office", "office-head")


class MakePerson(Protocol):
    """Makes the item of a person from the items of the name; without title one is a counterpart."""

    def __call__(
        self, name: list[Item], title: Title | None, state: str | None = None, source: str = ""
    ) -> Item: ...


def _head(title: list[Item]) -> tuple[Entry | None, str]:
    """The plural office of a title, or the one that several share, and its kind."""
    entries = [entry for item in title for entry in item.entries]
    heads = (entry for cls in _HEADS for entry in entries if entry.cls == cls)
    head = next(heads, None)
    kinds = [entry.key for entry in entries if entry.cls == "portfolio" and entry.key]
    if head is None:
        return None, ""
    return head, kinds[0] if head.key == "minister" and kinds else head.key


def persons(
    title: list[Item],
    states: list[Item],
    listed: list[Item],
    person: MakePerson,
    knowledge: Knowledge,
    no_names: Collection[str],
) -> list[Item]:
    """The persons of a row: how names and offices belong together is told by what stands in it."""
    if states:
        return paired(title, states, listed, person)
    if any("portfolio" in item.classes for item in listed):
        return after_portfolio(title, listed, person)
    first = next((item.classes for item in listed if item.classes.isdisjoint(_AHEAD)), _NOTHING)
    if not first.isdisjoint({"country", "nat"}) and "given" not in first:
        return by_state(title, listed, person, no_names)
    if _has_states_behind(listed):
        return by_state_behind(title, listed, person)
    if len(_kinds(title)[0]) > 1:
        return by_portfolio(title, listed, person)
    return of_one_body(title, listed, person, knowledge)


def _has_states_behind(listed: list[Item]) -> bool:
    """Whether names have their state behind them, in brackets or after “of”."""
    bare = [item.classes for item in listed if item.classes.isdisjoint({"det", "the"})]
    return any(
        not state.isdisjoint({"country", "nat"}) and not before.isdisjoint({"open", "of_prep"})
        for before, state in pairwise(bare)
    )


def by_state(
    title: list[Item], listed: list[Item], person: MakePerson, no_names: Collection[str]
) -> list[Item]:
    """«وزراء خارجية المغرب فلان ومصر فلان»: one person for each state with its name."""
    head, kind = _head(title)
    peers = any("counterpart" in item.classes for item in title)
    if head is None and not peers:
        return []
    source = head.source if head else ""
    made: list[Item] = []
    between: list[Item] = []
    state: str | None = None
    name: list[Item] = []
    for item in [*listed, None]:
        begins = item is None or (
            item.classes & {"country", "nat"} and not item.classes & {"given"}
        )
        if begins and name and state:
            stated = Title(kind, state, None, name[0].first, name[-1].last, source)
            made.append(person(name, None, state, source) if peers else person(name, stated))
            made += between
            between = []
        if item is None:
            break
        if not made and not name:
            between = []
        if begins:
            state, name = next(e.key for e in item.entries if e.cls in ("country", "nat")), []
        elif name and item.classes & {"comma", "and"}:
            between.append(item)
        elif not between and item.classes.isdisjoint(no_names):
            name.append(item)
    return made


def by_state_behind(title: list[Item], listed: list[Item], person: MakePerson) -> list[Item]:
    """«les présidents A (Mali), B (Niger)»: one person for each name, the state behind it."""
    head, kind = _head(title)
    if head is None:
        return []
    made: list[Item] = []
    name: list[Item] = []
    for item in listed:
        if not item.classes.isdisjoint({"comma", "and"}):
            made.append(item)
            name = []
        elif name and not item.classes.isdisjoint({"country", "nat"}):
            state = next(e.key for e in item.entries if e.cls in ("country", "nat"))
            stated = Title(kind, state, None, name[0].first, name[-1].last, head.source)
            made.append(person(name, stated))
            name = []
        elif item.classes.isdisjoint({"open", "close", "of_prep", "det", "the", "honorific"}):
            name.append(item)
    return made


def paired(
    title: list[Item], states: list[Item], listed: list[Item], person: MakePerson
) -> list[Item]:
    """“the foreign ministers of Spain and Morocco, A and B”: the names in the states' order."""
    head, kind = _head(title)
    peers = head is None and any("counterpart" in item.classes for item in title)
    keys = [e.key for item in states for e in item.entries[:1] if e.cls in _STATES]
    names = _names(listed)
    if (head is None and not peers) or len(keys) != len(names):
        return []
    source = head.source if head else ""
    persons = [
        person(name, None, key, source)
        if peers
        else person(name, Title(kind, key, None, name[0].first, name[-1].last, source))
        for name, key in zip(names, keys, strict=True)
    ]
    return _in_row(listed, names, persons)


def _in_row(listed: list[Item], names: list[list[Item]], persons: list[Item]) -> list[Item]:
    """Persons in the place of their names, with what stands between them."""
    made = {name[0].first: each for name, each in zip(names, persons, strict=True)}
    return [
        made.get(item.first, item)
        for item in listed
        if item.first in made or not item.classes.isdisjoint({"comma", "and"})
    ]


def _names(listed: list[Item]) -> list[list[Item]]:
    """The names between commas and conjunctions, without the honorifics before them."""
    runs: list[list[Item]] = [[]]
    for item in listed:
        if item.classes.isdisjoint({"comma", "and"}):
            runs[-1].append(item)
        elif runs[-1]:
            runs.append([])
    return [_bare(run) for run in runs if run]


def _bare(name: list[Item]) -> list[Item]:
    """A name without the honorifics before it: « S.E.M. Paul Rivet »."""
    start = next((i for i, item in enumerate(name) if "honorific" not in item.classes), 0)
    return name[start:]


def of_one_body(
    title: list[Item], listed: list[Item], person: MakePerson, knowledge: Knowledge
) -> list[Item]:
    """«عضوا الكونغرس الأمريكي فلان وفلان»: all hold one kind of office of one state."""
    head, kind = _head(title)
    if head is None:
        return []
    keys = [e.key for item in title for e in item.entries if e.cls in (*_STATES, "organization")]
    records = [knowledge.records.get(key) for key in keys]
    owned = [record.country for record in records if record is not None and record.country]
    state = next((key for key in (*keys, *owned) if key.startswith("country/")), None)
    made: list[Item] = []
    name: list[Item] = []
    for item in [*listed, None]:
        if item is not None and item.classes.isdisjoint({"comma", "and", "honorific", "also"}):
            name.append(item)
            continue
        if name:
            stated = Title(kind, state, None, name[0].first, name[-1].last, head.source)
            made.append(person(name, stated))
            name = []
        if item is not None and item.classes.isdisjoint({"honorific"}):
            made.append(item)
    return made


def _kinds(title: list[Item]) -> tuple[list[str], str]:
    """The offices that a plural has by its portfolios, «وزيرا الخارجية والدفاع», and its line."""
    head, _ = _head(title)
    if head is None:
        return [], ""
    told = (entry for item in title for entry in item.entries if entry.cls == "portfolio")
    others = [entry.key.partition("@")[0] or "minister" for entry in told]
    # «وزيرا الخارجية» is one form, «وزيري الصحة» a head and its portfolio
    whole = any(item.last - item.first > 1 for item in title if head in item.entries)
    return [*([head.key] if whole else []), *others], head.source


def _states(items: list[Item]) -> Iterator[str]:
    """The states that words name which are no portfolio: «المالية» is the treasury."""
    told = (item for item in items if "portfolio" not in item.classes)
    return (e.key for item in told for e in item.entries if e.cls in _STATES)


def by_portfolio(title: list[Item], listed: list[Item], person: MakePerson) -> list[Item]:
    """«وزيرا الخارجية والدفاع الفرنسيان فلان وفلان»: the names in the order of the portfolios."""
    kinds, source = _kinds(title)
    state = next(_states(title), None)
    names = _names(listed)
    if not kinds or len(kinds) != len(names):
        return []
    persons = [
        person(name, Title(kind, state, None, name[0].first, name[-1].last, source))
        for name, kind in zip(names, kinds, strict=True)
    ]
    return _in_row(listed, names, persons)


def after_portfolio(title: list[Item], listed: list[Item], person: MakePerson) -> list[Item]:
    """«وزراء الخارجية فلان، والمالية فلان، والصحة فلان»: each portfolio before its name."""
    head, kind = _head(title)
    if head is None:
        return []
    keys = set(_states([*title, *listed]))
    state = keys.pop() if len(keys) == 1 else None
    made: list[Item] = []
    name: list[Item] = []
    for item in [*listed, None]:
        if item is not None and item.classes.isdisjoint(_BETWEEN):
            if name or item.classes.isdisjoint(_AHEAD):
                name.append(item)
            continue
        if name:
            stated = Title(kind, state, None, name[0].first, name[-1].last, head.source)
            made.append(person(name, stated))
            name = []
        told = next((e for e in item.entries if e.cls == "portfolio"), None) if item else None
        if told is not None:
            kind = told.key.partition("@")[0] or "minister"
        elif item is not None and not item.classes.isdisjoint({"comma", "and"}):
            made.append(item)
    return made


# « et de la Défense, X »: no part of the name
_AHEAD = frozenset({"of_prep", "det", "the", "comma", "and", "each_of", "in", "from", "to", "by"})
_NOTHING: frozenset[str] = frozenset()
_BETWEEN = frozenset({"comma", "and", "portfolio", "nat", "country", "in", "each_of"})
