"""The bar above the graph (layout, colours, sizes, paths, undo), and what to do with a node."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from app.explorer import selection, state
from app.explorer.drawing import Drawing
from app.explorer.markup import node_link, tag, text
from app.explorer.neighbourhood import GROUP, View
from app.explorer.selection import CAPS, COLOURINGS, LAYOUTS, SIZES, Selection
from app.explorer.state import Session

_RANKED = 10


def bar(session: Session, now: Selection) -> Selection:
    """Draw the bar; the selection as it is arranged now."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="arrange"):
        _steps(session)
        now = replace(
            now,
            layout=_choice(session, "layout", LAYOUTS, now.layout),
            colour=_choice(session, "colour", COLOURINGS, now.colour),
            size=_choice(session, "size", SIZES, now.size),
            cap=int(_choice(session, "cap", tuple(map(str, CAPS)), str(now.cap))),
        )
        with st.popover(session.say("path"), icon=":material/route:"):
            _path(session, now)
    return now


def _steps(session: Session) -> None:
    """Undo and redo."""
    st.button(
        "",
        help=session.say("explore.back"),
        icon=":material/undo:",
        on_click=selection.undo,
        disabled=not selection.can_undo(),
        key="undo",
    )
    st.button(
        "",
        help=session.say("explore.again"),
        icon=":material/redo:",
        on_click=selection.redo,
        disabled=not selection.can_redo(),
        key="redo",
    )


def _choice(session: Session, field: str, options: tuple[str, ...], now: str) -> str:
    """A list of one choice whose change can be undone."""
    key = f"arrange_{field}"

    def change() -> None:
        selection.arrange(field, st.session_state[key])

    def shown(value: str) -> str:
        return value if field == "cap" else session.say(f"{field}.{value}")

    st.session_state[key] = now
    st.selectbox(
        session.say(f"arrange.{field}"),
        options,
        format_func=shown,
        key=key,
        on_change=change,
        width=170 if field != "cap" else 110,
    )
    return now


def _path(session: Session, now: Selection) -> None:
    """Two names, each with what it may mean, and a button."""
    start = _end(session, "path.from", now.selected or now.opened[0])
    end = _end(session, "path.to", now.path)
    st.button(
        session.say("path.find"),
        type="primary",
        disabled=not (start and end and start != end),
        on_click=selection.connect,
        args=(start, end),
    )
    if now.path:
        st.button(session.say("path.leave"), on_click=selection.show_only, args=(now.opened[0],))


def _end(session: Session, label: str, given: str) -> str:
    if given.startswith(GROUP):
        given = ""
    typed = st.text_input(
        session.say(label),
        session.title(given) if given else "",
        key=f"{label}_{given}_{session.lang}",
        placeholder=session.say("search.placeholder"),
    )
    if not typed.strip():
        return ""
    if given and typed == session.title(given):
        return given
    hits = [hit.node for hit in state.index(session).suggest(typed, 6)]
    if not hits:
        st.caption(session.say("search.none"))
        return ""
    picked = st.selectbox(
        session.say(label),
        hits,
        format_func=session.name,
        key=f"{label}_{typed}",
        label_visibility="collapsed",
    )
    return str(picked or "")


def actions(session: Session, now: Selection, node: str) -> None:
    """What can be done with the selected node."""
    group, opened = node.startswith(GROUP), node in now.opened
    pinned = next((pin for pin in now.pins if pin[0] == node), None)
    with st.container(horizontal=True, key="node_actions"):
        if not opened:
            _do(session, "expand", "add_circle", selection.expand, node)
        if opened and len(now.opened) > 1:
            _do(session, "close", "remove_circle", selection.close, node)
        if now.opened != (node,) and not group:
            _do(session, "only", "center_focus_strong", selection.show_only, node)
        if len(now.opened) > 1 or not opened:
            _do(session, "hide", "visibility_off", selection.hide, node)
        if pinned:
            _do(session, "unpin", "keep_off", selection.unpin, node)
        if now.hidden:
            st.button(
                session.say("explore.unhide", count=len(now.hidden)),
                icon=":material/visibility:",
                on_click=selection.unhide,
                key="unhide",
            )


def _do(session: Session, name: str, icon: str, act: Callable[[str], None], node: str) -> None:
    st.button(
        session.say(f"explore.{name}"),
        icon=f":material/{icon}:",
        on_click=act,
        args=(node,),
        key=f"act_{name}",
    )


def report(session: Session, drawing: Drawing, seen: View) -> None:
    """The most central of the drawn nodes, and how many communities there are."""
    found = drawing.measures
    if not found:
        return
    with st.expander(session.say("measure.title"), icon=":material/leaderboard:"):
        count = len(set(found.community.values()))
        st.caption(session.say("measure.communities", count=count))
        names = [name for name in SIZES if name != "kind"]
        for column, name in zip(st.columns(len(names)), names, strict=True):
            values = found.of(name)
            people = [n for n, kind in seen.nodes.items() if kind not in ("Event", "Group")]
            best = sorted(people, key=lambda node: (-values[node], node))[:_RANKED]
            lines = "".join(
                tag(
                    "li",
                    f"{node_link(node, session.lang, drawing.names[node])} "
                    f'<small class="rw-num">{values[node]:.3f}</small>',
                )
                for node in best
            )
            head = text(session.say(f"size.{name}"))
            column.html(tag("div", f"<h3>{head}</h3><ol>{lines}</ol>", "rw-block"))
