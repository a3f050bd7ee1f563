"""The graph around one or more nodes, found by search, with the details of the selected one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

import streamlit as st

from app.explorer import components, data, exports, panels, selection, state
from app.explorer.drawing import COLOURS, Drawing
from app.explorer.markup import node_link, tag, text
from app.explorer.neighbourhood import NODE_CAP, Filters, View
from app.explorer.selection import Selection
from app.explorer.state import Session
from app.explorer.terms import term_name

_FACETS: tuple[tuple[str, str, str], ...] = (
    ("types", "type", "types"),
    ("certainties", "certainty", "certainties"),
    ("topics", "topic", "topics"),
    ("countries", "country", "countries"),
)


def render(session: Session) -> None:
    """Draw the page."""
    _search(session)
    now = selection.current()
    known = tuple(n for n in now.opened if data.kind(session.store, n))
    for node in (n for n in now.opened if n not in known):
        st.warning(session.say("explore.unknown", node=f"`{data.node_key(node)[:200]}`"))
    if not known:
        st.html(_suggestions(session))
        return
    filters = _filters(session, known, now.filters)
    now = replace(now, opened=known, filters=filters)
    st.session_state["explore"] = now
    selection.to_address(now)
    seen = state.graph_view(session, known, filters, NODE_CAP)
    drawing = state.graph_drawing(session, seen, known, filters, NODE_CAP)
    left, right = st.columns([8, 5], gap="medium")
    with left:
        _graph(session, now, seen, drawing)
    with right:
        _details(session, now)


@st.fragment
def _search(session: Session) -> None:
    """The search box; while one types only this part of the page runs again."""
    if st.session_state.pop("picked", False):
        st.rerun()
    query = str(st.session_state.get("search", {}).get("query") or "")[:80]
    lang = session.lang
    hits = [
        {
            "node": hit.node,
            "name": _hit_name(hit.name, session.name(hit.node)),
            "kind": term_name(data.kind(session.store, hit.node) or "Entity", lang),
        }
        for hit in (state.index(session).suggest(query) if query else ())
    ]
    texts = {
        "query": query,
        "rtl": lang == "ar",
        "label": session.say("search.label"),
        "placeholder": session.say("search.placeholder"),
        "none": session.say("search.none"),
    }
    components.search_box(hits, texts, pick=_picked)


def _hit_name(matched: str, shown: str) -> str:
    return shown if matched == shown else f"{shown} ({matched})"


def _picked() -> None:
    node = st.session_state["search"].get("pick")
    if node:
        selection.show_only(str(node))
        st.session_state["picked"] = True


def _suggestions(session: Session) -> str:
    nodes = state.busiest(session)
    links = " ".join(node_link(node, session.lang, session.name(node)) for node in nodes)
    return tag("div", f"<p>{text(session.say('explore.start'))}</p>{links}", "rw-block rw-start")


def _filters(session: Session, opened: tuple[str, ...], now: Filters) -> Filters:
    """The filters' widgets, their values from the selection; the chosen filters."""
    facets = state.graph_view(session, opened, Filters(), NODE_CAP).facets
    active = sum(bool(getattr(now, name)) for name in Filters.__dataclass_fields__)
    label = session.say("filters") + (f" ({active})" if active else "")
    with st.expander(label, expanded=bool(active), icon=":material/filter_alt:"):
        columns = st.columns(len(_FACETS) + 2)
        chosen = {
            name: _choice(session, column, key, dict(getattr(facets, facet)), getattr(now, name))
            for column, (name, key, facet) in zip(columns, _FACETS, strict=False)
        }
        since = _date(session, columns[-2].text_input, "since", now.since)
        until = _date(session, columns[-1].text_input, "until", now.until)
        if active:
            st.button(session.say("filters.clear"), on_click=_clear, type="tertiary")
    return Filters(**chosen, since=since, until=until)


def _clear() -> None:
    for name in ("type", "certainty", "topic", "country", "since", "until"):
        st.session_state.pop(f"filter_{name}", None)
    now: Selection = st.session_state["explore"]
    selection.keep(replace(now, filters=Filters()))


def _choice(
    session: Session,
    column: st.delta_generator.DeltaGenerator,
    key: str,
    counts: dict[str, int],
    now: tuple[str, ...],
) -> tuple[str, ...]:
    options = list(dict.fromkeys([*counts, *now]))

    def shown(value: str) -> str:
        name = session.name(value) if key == "country" else term_name(value, session.lang)
        return f"{name} ({counts.get(value, 0)})"

    picked = column.multiselect(
        session.say(f"filters.{key}"),
        options,
        default=list(now),
        format_func=shown,
        placeholder=session.say("filters.all"),
    )
    return tuple(picked)


def _date(session: Session, field: Callable[..., str], key: str, now: str) -> str:
    hint = session.say("filters.date")
    value = field(session.say(f"filters.{key}"), value=now, placeholder="2022-03", help=hint)
    value = (value or "").strip()
    if value and not selection.is_date(value):
        st.warning(session.say("filters.bad", value=f"`{value[:40]}`"))
        return ""
    return value


def _graph(session: Session, now: Selection, seen: View, drawing: Drawing) -> None:
    st.html(_legend(session))
    shown = drawing.data()
    theme = str(st.context.theme.type or "")
    marks = repr((session.path, session.version, now.opened, now.filters, session.lang, theme))
    title = session.say("explore.graph", name=session.name(now.opened[0]))
    components.graph(
        {
            **shown,
            "selected": now.selected,
            "signature": sha256(marks.encode()).hexdigest(),
            "font": components.FONT,
            "title": title,
        },
        select=_clicked("select", selection.select),
        expand=_clicked("expand", selection.expand),
    )
    st.html(tag("p", text(_message(session, seen)), "rw-faint rw-message"))
    _downloads(session, seen, drawing, title)


def _clicked(event: str, act: Callable[[str], None]) -> Callable[[], None]:
    def run() -> None:
        node = st.session_state["graph"].get(event)
        if node:
            act(str(node))

    return run


def _message(session: Session, seen: View) -> str:
    """How much of what there is is drawn."""
    if not seen.found:
        return session.say("explore.none")
    parts = [
        session.say("explore.showing", shown=len(seen.events), found=seen.found),
        session.say("explore.nodes", nodes=len(seen.nodes)),
    ]
    if len(seen.events) < seen.found:
        parts.append(session.say("explore.capped"))
    if seen.more:
        parts.append(session.say("explore.more", cap=data.SCAN_CAP))
    return " · ".join([*parts, session.say("explore.hint")])


def _legend(session: Session) -> str:
    entities = {
        "Country": None,
        "Person": None,
        "body": "legend.body",
        "Place": None,
        "Office": None,
    }
    items = [
        _key(COLOURS[kind], session.say(key) if key else term_name(kind, session.lang))
        for kind, key in entities.items()
    ]
    events = ("contact", "exercise", "act", "statement")
    items += [_key(COLOURS[kind], session.say(f"legend.{kind}"), "e") for kind in events]
    colour = COLOURS["body"]
    line = f'<i class="l" style="background:{colour}"></i>'
    items.append(f"<span>{line}{text(session.say('details.relations'))}</span>")
    items.append(f"<span>┄ {text(session.say('legend.dashed'))}</span>")
    return tag("div", "".join(items), "rw-legend")


def _key(colour: str, label: str, kind: str = "") -> str:
    return f'<span><i class="{kind}" style="background:{colour}"></i>{text(label)}</span>'


def _downloads(session: Session, seen: View, drawing: Drawing, title: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="downloads"):
        st.caption(session.say("download.view"), width="content")
        st.download_button(
            "Turtle", lambda: exports.turtle(session.store, seen), "rawabit.ttl", "text/turtle"
        )
        st.download_button(
            "GraphML", lambda: exports.graphml(seen, drawing), "rawabit.graphml", "application/xml"
        )
        st.download_button(
            session.say("download.html"),
            lambda: exports.page(drawing, title, session.lang),
            "rawabit.html",
            "text/html",
        )


def _details(session: Session, now: Selection) -> None:
    node = now.selected
    if not node or not data.kind(session.store, node):
        st.html(tag("p", text(session.say("details.none")), "rw-faint"))
        return
    with st.container(horizontal=True, key="node_actions"):
        if node not in now.opened:
            st.button(
                session.say("explore.expand"),
                icon=":material/add_circle:",
                on_click=selection.expand,
                args=(node,),
            )
        if now.opened != (node,):
            st.button(
                session.say("explore.only"),
                icon=":material/center_focus_strong:",
                on_click=selection.show_only,
                args=(node,),
            )
        if selection.can_undo():
            st.button(session.say("explore.back"), icon=":material/undo:", on_click=selection.undo)
    with st.container(height=700, border=True, key="details"):
        st.html(panels.panel(session, node))
