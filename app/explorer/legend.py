"""What colours and shapes of a drawing mean, of those that are in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.explorer.drawing import COLOURS, Drawing, group
from app.explorer.markup import tag, text
from app.explorer.measures import PALETTE
from app.explorer.neighbourhood import View
from app.explorer.state import Session
from app.explorer.terms import term_name

_NAMED = ("Country", "Person", "Place", "Office")
_ORDER = ("Country", "Person", "body", "Place", "Office")
_EVENTS = ("contact", "exercise", "act", "statement")
_COMMUNITIES = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the legend; `shape` names a class of the style sheet."""

    colour: str
    label: str
    shape: str = ""


def entries(session: Session, seen: View, drawing: Drawing, *, by_community: bool) -> list[Entry]:
    """The colours in use, with what they stand for."""
    if by_community and drawing.measures:
        return _communities(drawing)
    types = {event.node: event.type for event in seen.events}
    found = Counter(group(kind, types.get(node, "")) for node, kind in seen.nodes.items())
    shapes = {"Place": "t", "body": "h", "Office": "s", "group": "b"}

    def entry(kind: str, shape: str) -> Entry:
        named = kind in _NAMED
        label = term_name(kind, session.lang) if named else session.say(f"legend.{kind}")
        return Entry(COLOURS[kind], f"{label} ({found[kind]})", shape)

    listed = [entry(kind, shapes.get(kind, "")) for kind in _ORDER if found[kind]]
    listed += [entry(kind, "e") for kind in _EVENTS if found[kind]]
    return [*listed, *([entry("group", "b")] if found["group"] else [])]


def _communities(drawing: Drawing) -> list[Entry]:
    """Each large community by its most central member."""
    assert drawing.measures is not None
    sizes = Counter(drawing.measures.community.values())
    rank = drawing.measures.pagerank
    first: dict[int, str] = {}
    for node in sorted(rank, key=lambda node: (-rank[node], node)):
        first.setdefault(drawing.measures.community[node], node)
    return [
        Entry(PALETTE[number % len(PALETTE)], f"{drawing.names[first[number]][:40]} ({size})")
        for number, size in sorted(sizes.items())[:_COMMUNITIES]
    ]


def markup(session: Session, listed: Sequence[Entry]) -> str:
    """The legend above the drawing."""
    items = [
        f'<span><i class="{one.shape}" style="background:{one.colour};color:{one.colour}"></i>'
        f"{text(one.label)}</span>"
        for one in listed
    ]
    line = f'<i class="l" style="background:{COLOURS["body"]}"></i>'
    items.append(f"<span>{line}{text(session.say('details.relations'))}</span>")
    items.append(f"<span>┄ {text(session.say('legend.dashed'))}</span>")
    return tag("div", "".join(items), "rw-legend")
