"""What the explore page shows: opened nodes, the selected one, filters; kept in the address."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import quote, unquote

import streamlit as st

from app.explorer.data import node_iri, node_key
from app.explorer.dates import is_date
from app.explorer.filters import Filters
from app.explorer.neighbourhood import GROUP, NODE_CAP

__all__ = ["Pin", "Selection", "current", "is_date", "keep"]

_KEY = "explore"
OPEN_CAP = 12
CAPS = (NODE_CAP, 150, 400, 1000)
LAYOUTS = ("organic", "rings", "time", "clusters")
COLOURINGS = ("kind", "community")
SIZES = ("kind", "degree", "betweenness", "pagerank")
_UNDO_CAP = 50

Pin = tuple[str, float, float]


@dataclass(frozen=True, slots=True)
class Selection:
    """Opened nodes in order, the node of the details panel, the filters, and how it is drawn."""

    opened: tuple[str, ...] = ()
    selected: str = ""
    filters: Filters = Filters()  # noqa: RUF009  frozen, so safe to share
    hidden: tuple[str, ...] = ()
    pins: tuple[Pin, ...] = ()  # nodes that stay, and where (pixels of the canvas)
    groups: tuple[str, ...] = ()  # keys of groups that were opened
    path: str = ""  # the other end of a path from the first opened node
    layout: str = LAYOUTS[0]
    colour: str = COLOURINGS[0]
    size: str = SIZES[0]
    cap: int = NODE_CAP


def current() -> Selection:
    """The selection of this session; the address decides when it differs from what we wrote."""
    given = _from_address()
    state: Selection = st.session_state.get(_KEY, Selection())
    if given.opened and st.query_params.to_dict() != st.session_state.get("explore_address"):
        state = given
        st.session_state[_KEY] = state
    return state


def _now() -> Selection:
    now: Selection = st.session_state.get(_KEY, Selection())
    return now


def keep(selection: Selection) -> None:
    """Make this the selection, remembering the one before for undo."""
    before = _now()
    if before.opened and before != selection:
        former = st.session_state.setdefault("explore_before", [])
        former.append(before)
        del former[:-_UNDO_CAP]
        st.session_state["explore_after"] = []
    st.session_state[_KEY] = selection


def select(node: str) -> None:
    """Show the details of a node; opened nodes stay."""
    st.session_state[_KEY] = replace(_now(), selected=node)


def show_only(node: str) -> None:
    """Start anew around one node."""
    before = _now()
    filters = replace(before.filters, countries=(), topics=(), types=(), sources=())
    anew = replace(before, hidden=(), pins=(), groups=(), path="")
    keep(replace(anew, opened=(node,), selected=node, filters=filters))


def go_back(date: str) -> None:
    """Show the events up to a day: those of a hub that are older than what was read of it."""
    now = _now()
    keep(replace(now, filters=replace(now.filters, since="", until=date), groups=()))


def arrange(field: str, value: str) -> None:
    """Change how it is drawn: layout, colour, size or cap."""
    change: dict[str, Any] = {field: int(value) if field == "cap" else value}
    keep(replace(_now(), **change))


def expand(node: str) -> None:
    """Open one more node, or the events of a group."""
    before = _now()
    if node.startswith(GROUP):
        keep(replace(before, groups=(*before.groups, node.removeprefix(GROUP))))
        return
    opened = tuple(dict.fromkeys((*before.opened, node)))[-OPEN_CAP:]
    hidden = tuple(n for n in before.hidden if n != node)
    keep(replace(before, opened=opened, selected=node, hidden=hidden, path=""))


def close(node: str) -> None:
    """Take an opened node back, unless it is the only one."""
    before = _now()
    opened = tuple(n for n in before.opened if n != node)
    if opened:
        keep(replace(before, opened=opened, selected=opened[0], path=""))


def hide(node: str) -> None:
    """Leave a node out of the drawing; the last opened one stays."""
    before = _now()
    opened = tuple(n for n in before.opened if n != node)
    if not opened or node.startswith(GROUP):
        return
    selected = opened[0] if before.selected == node else before.selected
    hidden = tuple(dict.fromkeys((*before.hidden, node)))
    pins = tuple(pin for pin in before.pins if pin[0] != node)
    keep(replace(before, opened=opened, hidden=hidden, selected=selected, pins=pins))


def unhide() -> None:
    """Show again all that was hidden."""
    keep(replace(_now(), hidden=()))


def pin(node: str, x: float, y: float) -> None:
    """Keep a node at a place of the drawing, whatever the filters."""
    before = _now()
    others = tuple(one for one in before.pins if one[0] != node)
    keep(replace(before, pins=(*others, (node, round(x), round(y)))))


def unpin(node: str) -> None:
    """Let a node go where the layout puts it."""
    before = _now()
    keep(replace(before, pins=tuple(one for one in before.pins if one[0] != node)))


def connect(start: str, end: str) -> None:
    """Show the paths between two nodes."""
    keep(Selection((start,), start, path=end))


def undo() -> None:
    """Go back to the selection before."""
    _step("explore_before", "explore_after")


def redo() -> None:
    """Do again what was undone."""
    _step("explore_after", "explore_before")


def _step(source: str, target: str) -> None:
    former = st.session_state.get(source)
    if former:
        st.session_state.setdefault(target, []).append(_now())
        st.session_state[_KEY] = former.pop()


def can_undo() -> bool:
    """Whether there is a selection to go back to."""
    return bool(st.session_state.get("explore_before"))


def can_redo() -> bool:
    """Whether something was undone."""
    return bool(st.session_state.get("explore_after"))


def to_address(selection: Selection) -> None:
    """Write the selection into the address: a link to this view."""
    params = st.query_params
    params.from_dict({"lang": params.get("lang", ""), **_as_dict(selection)})
    st.session_state["explore_address"] = params.to_dict()


def _as_dict(selection: Selection) -> dict[str, str | list[str]]:
    pairs: dict[str, str | list[str]] = {"node": [node_key(node) for node in selection.opened]}
    if selection.selected and selection.selected not in selection.opened[:1]:
        pairs["sel"] = node_key(selection.selected)
    for field in fields(Filters):
        value = getattr(selection.filters, field.name)
        if value:
            pairs[field.name] = value if isinstance(value, str) else list(map(node_key, value))
    pairs |= {
        "hide": list(map(node_key, selection.hidden)),
        "pin": [f"{quote(node_key(n), safe='/')}@{x:g},{y:g}" for n, x, y in selection.pins],
        "group": list(selection.groups),
        "path": node_key(selection.path),
        "layout": selection.layout if selection.layout != LAYOUTS[0] else "",
        "colour": selection.colour if selection.colour != COLOURINGS[0] else "",
        "size": selection.size if selection.size != SIZES[0] else "",
        "cap": str(selection.cap) if selection.cap != NODE_CAP else "",
    }
    return {key: value for key, value in pairs.items() if value}


def _from_address() -> Selection:
    params = st.query_params
    opened = tuple(node_iri(key) for key in params.get_all("node") if key)[:OPEN_CAP]
    chosen, other = params.get("sel", ""), params.get("path", "")
    cap = params.get("cap", "")
    return Selection(
        opened,
        _selected(chosen) if chosen else "".join(opened[:1]),
        filters_from_address(),
        tuple(node_iri(key) for key in params.get_all("hide") if key),
        tuple(found for text in params.get_all("pin") if (found := _pin(text))),
        tuple(params.get_all("group")),
        node_iri(other) if other else "",
        _one_of(LAYOUTS, params.get("layout", "")),
        _one_of(COLOURINGS, params.get("colour", "")),
        _one_of(SIZES, params.get("size", "")),
        int(cap) if cap in map(str, CAPS) else NODE_CAP,
    )


def _selected(key: str) -> str:
    return key if key.startswith(GROUP) else node_iri(key)


def filters_from_address() -> Filters:
    """The filters that the address gives; what does not fit is left out."""
    params = st.query_params
    least = params.get("min_sources", "")
    return Filters(
        types=tuple(params.get_all("types")),
        certainties=tuple(params.get_all("certainties")),
        topics=tuple(map(node_iri, params.get_all("topics"))),
        countries=tuple(map(node_iri, params.get_all("countries"))),
        since=_date(params.get("since", "")),
        until=_date(params.get("until", "")),
        sources=tuple(params.get_all("sources")),
        min_sources=least if least.isascii() and least.isdigit() and int(least) < 1000 else "",
    )


def _one_of(allowed: tuple[str, ...], value: str) -> str:
    return value if value in allowed else allowed[0]


def _pin(text: str) -> Pin | None:
    key, _, place = text.rpartition("@")
    x, _, y = place.partition(",")
    try:
        at = float(x), float(y)
    except ValueError:
        return None
    fits = bool(key) and all(abs(value) < 1e5 for value in at)
    return (node_iri(unquote(key)), *at) if fits else None


def _date(value: str) -> str:
    return value if is_date(value) else ""
