"""Events in time and on the map, filtered alike, with the same details beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import streamlit as st

from app.explorer import atlas, chronicle, data, details, filtering, panels, selection, state
from app.explorer.chronicle import Chronicle
from app.explorer.components import chart
from app.explorer.data import Event
from app.explorer.drawing import COLOURS, event_title
from app.explorer.filters import Filters
from app.explorer.i18n import long_date
from app.explorer.markup import page_link, tag, text
from app.explorer.state import Session

_KEY = "timeline_chosen"


def render(session: Session) -> None:
    """Draw the page."""
    nodes, filters = _asked(session)
    with st.spinner(session.say("timeline.reading")):
        found = state.events_in_time(session, nodes, filters)
    left, right = st.columns([8, 5], gap="medium")
    with left:
        _drawings(session, found, nodes)
    with right:
        _details(session, found)


def _asked(session: Session) -> tuple[tuple[str, ...], Filters]:
    """Whose events, and which: from the address and the widgets; the address follows."""
    given = [data.node_iri(key) for key in st.query_params.get_all("node") if key]
    known = state.parties(session)
    options = list(dict.fromkeys([*given, *known]))
    if "timeline_nodes" not in st.session_state:
        st.session_state["timeline_nodes"] = given
    chosen = st.multiselect(
        session.say("timeline.whose"),
        options,
        key="timeline_nodes",
        format_func=lambda node: known.get(node) or session.title(node),
        placeholder=session.say("timeline.all"),
    )
    nodes = tuple(chosen)
    now = st.session_state.get("timeline_filters") or selection.filters_from_address()
    with st.spinner(session.say("timeline.reading")):
        facets = state.events_in_time(session, nodes, Filters()).facets
    filters = filtering.choose(session, facets, now, "timeline")
    st.session_state["timeline_filters"] = filters
    _to_address(nodes, filters)
    return nodes, filters


def _to_address(nodes: Sequence[str], filters: Filters) -> None:
    params = st.query_params
    wanted: dict[str, str | list[str]] = {"lang": params.get("lang", "")}
    wanted["node"] = [data.node_key(node) for node in nodes]
    for field in fields(Filters):
        value = getattr(filters, field.name)
        wanted[field.name] = value if isinstance(value, str) else list(map(data.node_key, value))
    if chosen := _chosen():
        wanted["sel"] = data.node_key(chosen)
    params.from_dict({name: value for name, value in wanted.items() if value})


def _chosen() -> str:
    """The event or place whose details are shown, at first that of the address."""
    if _KEY not in st.session_state:
        given = st.query_params.get("sel", "")
        st.session_state[_KEY] = data.node_iri(given) if given else ""
    return str(st.session_state[_KEY])


def _choose(node: str) -> None:
    st.session_state[_KEY] = node


def _drawings(session: Session, found: Chronicle, nodes: Sequence[str]) -> None:
    st.html(tag("p", text(_message(session, found, nodes)), "rw-faint rw-message"))
    titles = {event.node: _title(session, event) for event in found.events}
    marks = chronicle.marks(found.events, titles)
    first, last, start = chronicle.bounds(marks)
    texts = {name: session.say(f"map.{name}") for name in ("larger", "smaller", "whole")}
    lanes = [{"id": one, "name": session.say(f"legend.{one}")} for one in chronicle.LANES]
    present = {mark["lane"] for mark in marks}
    chart.timeline(
        {
            "events": marks,
            "lanes": [lane for lane in lanes if lane["id"] in present] or lanes[:1],
            "first": first,
            "last": last,
            "from": start,
            "months": [long_date(f"2000-{m:02}", session.lang).split()[0] for m in range(1, 13)],
            "chosen": _chosen(),
            "rtl": session.lang == "ar",
            "texts": texts | {"label": session.say("timeline.label")},
        },
        key="timeline",
        select=_choose,
    )
    st.html(_legend(session))
    placed = atlas.gathered(session.store, found.events)
    atlas.draw(session, list(placed), key="map", select=_choose, chosen=_chosen())
    counts = {"placed": sum(p.count for p in placed), "count": len(found.events)}
    note = f"{session.say('map.placed', **counts)} {session.say('map.source')}"
    st.html(tag("p", text(note), "rw-faint rw-message"))


def _title(session: Session, event: Event) -> str:
    date = long_date(event.date, session.lang)
    return f"{date} · {event_title(session.store, event, session.lang)}"


def _message(session: Session, found: Chronicle, nodes: Sequence[str]) -> str:
    if not found.found:
        return session.say("explore.none")
    undated = sum(not event.date for event in found.events)
    parts = [session.say("explore.showing", shown=len(found.events), found=found.found)]
    if found.more or len(found.events) < found.found:
        parts.append(session.say("timeline.capped"))
    if not nodes:
        parts.append(session.say("timeline.dated"))
    if undated:
        parts.append(session.say("timeline.undated", count=undated))
    return " · ".join(parts)


def _legend(session: Session) -> str:
    keys = [
        f'<span><i style="background:{COLOURS[lane]}"></i>{text(name)}</span>'
        for lane in chronicle.LANES
        if (name := session.say(f"legend.{lane}"))
    ]
    hint = f"<span>{text(session.say('timeline.hint'))}</span>"
    return tag("div", "".join([*keys, hint]), "rw-legend")


def _details(session: Session, found: Chronicle) -> None:
    """The chosen event, or the events of the chosen place, else the latest ones."""
    chosen = _chosen()
    here: list[Event] = list(found.events)
    title = session.say("details.events")
    if chosen and data.kind(session.store, chosen) not in (None, "Event"):
        placed = atlas.gathered_at(session.store, found.events, chosen)
        if placed:
            here, title = placed, session.name(chosen)
    if chosen:
        st.button(session.say("timeline.clear"), on_click=_choose, args=("",), type="tertiary")
    if chosen and data.kind(session.store, chosen) == "Event":
        details.show(session, chosen, key="timeline", height=None)
        st.html(page_link("explore", session.lang, session.say("details.show"), node=chosen))
        return
    listed = panels.event_list(session, here, 60)
    st.html(tag("div", f"<h3>{text(f'{title} ({len(here)})')}</h3>{listed}", "rw-block"))
