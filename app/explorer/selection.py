"""What the explore page shows: opened nodes, the selected one, filters; kept in the address."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace

import streamlit as st

from app.explorer.data import node_iri, node_key
from app.explorer.neighbourhood import Filters

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_KEY = "explore"
OPEN_CAP = 12


@dataclass(frozen=True, slots=True)
class Selection:
    """Opened nodes in order, the node of the details panel, the filters."""

    opened: tuple[str, ...] = ()
    selected: str = ""
    filters: Filters = Filters()  # noqa: RUF009  frozen, so safe to share


def is_date(value: str) -> bool:
    """An ISO year, month or day."""
    return bool(_DATE.fullmatch(value))


def current() -> Selection:
    """The selection of this session; the address decides when it differs from what we wrote."""
    given = _from_address()
    state: Selection = st.session_state.get(_KEY, Selection())
    if given.opened and st.query_params.to_dict() != st.session_state.get("explore_address"):
        state = given
        st.session_state[_KEY] = state
    return state


def keep(selection: Selection) -> None:
    """Make this the selection, remembering the one before for undo."""
    before = st.session_state.get(_KEY, Selection())
    if before.opened and before != selection:
        st.session_state.setdefault("explore_before", []).append(before)
    st.session_state[_KEY] = selection


def select(node: str) -> None:
    """Show the details of a node; opened nodes stay."""
    st.session_state[_KEY] = replace(st.session_state.get(_KEY, Selection()), selected=node)


def show_only(node: str) -> None:
    """Start anew around one node."""
    before: Selection = st.session_state.get(_KEY, Selection())
    keep(Selection((node,), node, replace(before.filters, countries=(), topics=(), types=())))


def expand(node: str) -> None:
    """Open one more node."""
    before: Selection = st.session_state.get(_KEY, Selection())
    opened = tuple(dict.fromkeys((*before.opened, node)))[-OPEN_CAP:]
    keep(replace(before, opened=opened, selected=node))


def undo() -> None:
    """Go back to the selection before."""
    former = st.session_state.get("explore_before")
    if former:
        st.session_state[_KEY] = former.pop()


def can_undo() -> bool:
    """Whether there is a selection to go back to."""
    return bool(st.session_state.get("explore_before"))


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
    return pairs


def _from_address() -> Selection:
    params = st.query_params
    opened = tuple(node_iri(key) for key in params.get_all("node") if key)[:OPEN_CAP]
    chosen = params.get("sel", "")
    filters = Filters(
        types=tuple(params.get_all("types")),
        certainties=tuple(params.get_all("certainties")),
        topics=tuple(map(node_iri, params.get_all("topics"))),
        countries=tuple(map(node_iri, params.get_all("countries"))),
        since=_date(params.get("since", "")),
        until=_date(params.get("until", "")),
    )
    return Selection(opened, node_iri(chosen) if chosen else "".join(opened[:1]), filters)


def _date(value: str) -> str:
    return value if is_date(value) else ""
