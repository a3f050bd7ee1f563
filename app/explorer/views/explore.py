"""The graph around one or more nodes, found by search, with the details of the selected one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

import streamlit as st

from app.explorer import (
    arranging,
    components,
    data,
    details,
    exports,
    filtering,
    legend,
    panels,
    searching,
    selection,
    state,
)
from app.explorer.drawing import Drawing
from app.explorer.filters import Filters
from app.explorer.i18n import long_date
from app.explorer.markup import node_link, tag, text
from app.explorer.neighbourhood import GROUP, View
from app.explorer.paths import Paths
from app.explorer.selection import Selection
from app.explorer.state import Session
from kg.reports import key_of

_KEY = "graph"


def render(session: Session) -> None:
    """Draw the page."""
    searching.box(session)
    now = selection.current()
    known = tuple(n for n in now.opened if data.kind(session.store, n))
    for node in (n for n in now.opened if n not in known):
        if not state.judged(session, node):  # a judged one says itself where it went
            st.warning(session.say("explore.unknown", node=f"`{data.node_key(node)[:200]}`"))
        if not known or node != now.selected:  # what is selected stands beside the graph
            details.show(session, node, key="lost")
    if not known:
        st.html(_suggestions(session))
        return
    now = replace(now, opened=known)
    if now.path:
        now = arranging.bar(session, now)
        _page(session, now, *_between(session, now))
    else:
        _around(session, now)


def _around(session: Session, now: Selection) -> None:
    """The neighbourhood of the opened nodes, with filters."""
    plain = selection.Selection(now.opened, filters=filtering.NONE, cap=now.cap)
    everything = state.graph_view(session, plain)
    span = Filters(since=now.filters.since, until=now.filters.until)
    if everything.more and span.active:  # what there is to choose from is then of that time
        everything = state.graph_view(session, replace(plain, filters=span))
    chosen = filtering.choose(session, everything.facets, now.filters, "explore")
    if chosen != now.filters:
        now = replace(now, filters=chosen)
        selection.keep(now)
    now = arranging.bar(session, now)
    _page(session, now, state.graph_view(session, now), None)


def _page(session: Session, now: Selection, seen: View, found: Paths | None) -> None:
    st.session_state["explore"] = now
    selection.to_address(now)
    with st.spinner(session.say("explore.drawing")):
        drawing = state.graph_drawing(session, now)
    left, right = st.columns([8, 5], gap="medium")
    with left:
        _graph(session, now, seen, drawing)
        st.html(tag("p", text(_message(session, now, seen, found)), "rw-faint rw-message"))
        _earlier(session, seen)
        arranging.report(session, drawing, seen)
        _downloads(session, seen, drawing, _title(session, now))
    with right:
        if found:
            st.html(_chains(session, found))
        _details(session, now, seen)


def _between(session: Session, now: Selection) -> tuple[View, Paths]:
    """The chains between two nodes as a view."""
    start, end = now.opened[0], now.path
    with st.spinner(session.say("path.searching")):
        found = state.paths_between(session, start, end)
    return state.path_view(session, start, end), found


def _suggestions(session: Session) -> str:
    nodes = state.busiest(session)
    links = " ".join(node_link(node, session.lang, session.name(node)) for node in nodes)
    return tag("div", f"<p>{text(session.say('explore.start'))}</p>{links}", "rw-block rw-start")


def _title(session: Session, now: Selection) -> str:
    if now.path:
        names = session.title(now.opened[0]), session.title(now.path)
        return session.say("path.title", one=names[0], two=names[1])
    return session.say("explore.graph", name=session.title(now.opened[0]))


def _graph(session: Session, now: Selection, seen: View, drawing: Drawing) -> None:
    entries = legend.entries(session, seen, drawing, by_community=now.colour == "community")
    st.html(legend.markup(session, entries))
    shown = drawing.data()
    theme = str(st.context.theme.type or "")
    drawn = replace(now, selected="")
    marks = repr((session.path, session.version, drawn, session.lang, theme))
    texts = {name: session.say(f"map.{name}") for name in ("larger", "smaller", "whole")}
    texts |= {name: session.say(f"graph.{name}") for name in ("full", "png", "nodes")}
    components.graph(
        {
            **shown,
            "selected": now.selected,
            "signature": sha256(marks.encode()).hexdigest(),
            "font": components.FONT,
            "title": _title(session, now),
            "texts": texts,
            "rtl": session.lang == "ar",
            "legend": [{"colour": one.colour, "label": one.label} for one in entries],
        },
        _clicked,
        _KEY,
    )


def _clicked(event: str) -> Callable[[], None]:
    """What a click, a double click, a drag or a key does."""
    acts: dict[str, Callable[[str], None]] = {
        "select": selection.select,
        "expand": selection.expand,
        "hide": selection.hide,
        "unpin": selection.unpin,
    }

    def run() -> None:
        sent = st.session_state[_KEY].get(event)
        if not sent:
            return
        if event == "pin":
            selection.pin(str(sent["node"]), float(sent["x"]), float(sent["y"]))
        else:
            acts[event](str(sent))

    return run


def _message(session: Session, now: Selection, seen: View, found: Paths | None) -> str:
    """How much of what there is is drawn."""
    if found is not None:
        return session.say("explore.hint")
    if not seen.found:
        return session.say("explore.none")
    parts = [
        session.say("explore.showing", shown=len(seen.events), found=seen.found),
        session.say("explore.nodes", nodes=len(seen.nodes)),
    ]
    if seen.groups:
        count = sum(len(group.events) for group in seen.groups)
        parts.append(session.say("explore.grouped", count=count, groups=len(seen.groups)))
    if seen.more:
        since = long_date(seen.oldest, session.lang)
        cap = max(now.cap, data.SCAN_CAP)
        parts.append(session.say("explore.more", cap=cap, since=since))
    return " · ".join([*parts, session.say("explore.hint")])


def _earlier(session: Session, seen: View) -> None:
    """Where more events exist than were read: the way back in time."""
    if seen.more and seen.oldest:
        date = long_date(seen.oldest, session.lang)
        st.button(
            session.say("explore.earlier", date=date),
            icon=":material/history:",
            key="explore_earlier",
            on_click=selection.go_back,
            args=(seen.oldest,),
        )


def _chains(session: Session, found: Paths) -> str:
    """The chains as lines of links; or that there are none."""
    if not found.chains:
        key = "path.cut" if found.cut else "path.none"
        return tag("p", text(session.say(key)), "rw-block")
    lines = (
        tag("li", " → ".join(node_link(n, session.lang, session.title(n)) for n in chain))
        for chain in found.chains
    )
    head = text(session.say("path.found", count=len(found.chains)))
    return tag("div", f"<h3>{head}</h3><ol>{''.join(lines)}</ol>", "rw-block rw-chains")


def _downloads(session: Session, seen: View, drawing: Drawing, title: str) -> None:
    files: tuple[tuple[str, Callable[[], bytes], str, str], ...] = (
        ("Turtle", lambda: exports.turtle(session.store, seen), "ttl", "text/turtle"),
        ("GraphML", lambda: exports.graphml(seen, drawing), "graphml", "application/xml"),
        ("GEXF", lambda: exports.gexf(seen, drawing), "gexf", "application/xml"),
        (
            session.say("download.html"),
            lambda: exports.page(drawing, title, session.lang),
            "html",
            "text/html",
        ),
    )
    with st.container(horizontal=True, vertical_alignment="center", key="downloads"):
        st.caption(session.say("download.view"), width="content")
        for label, make, ending, kind in files:
            st.download_button(label, make, f"rawabit.{ending}", kind, on_click="ignore")


def _details(session: Session, now: Selection, seen: View) -> None:
    node = now.selected
    if node.startswith(GROUP):
        group = next((group for group in seen.groups if group.node == node), None)
        if group:
            arranging.actions(session, now, node)
            st.html(panels.group_panel(session, group))
            return
    if not node or not (data.kind(session.store, node) or key_of(node).startswith("event/")):
        st.html(tag("p", text(session.say("details.none")), "rw-faint"))
        return
    arranging.actions(session, now, node)
    details.show(session, node, key="explore")
