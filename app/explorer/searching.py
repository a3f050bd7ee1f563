"""The search box above the graph."""

from __future__ import annotations

import streamlit as st

from app.explorer import components, data, selection, state
from app.explorer.state import Session
from app.explorer.terms import term_name


@st.fragment
def box(session: Session) -> None:
    """The search box; while one types only this part of the page runs again."""
    if st.session_state.pop("picked", False):
        st.rerun()
    query = str(st.session_state.get("search", {}).get("query") or "")[:80]
    if query and not state.is_indexed(session):  # it is being built while people look about
        with st.spinner(session.say("search.indexing")):
            state.index(session)
    hits = [
        {
            "node": hit.node,
            "name": _hit_name(hit.name, session.name(hit.node)),
            "kind": term_name(data.kind(session.store, hit.node) or "Entity", session.lang),
        }
        for hit in (state.index(session).suggest(query) if query else ())
    ]
    texts = {
        "query": query,
        "rtl": session.lang == "ar",
        "label": session.say("search.label"),
        "placeholder": session.say("search.placeholder"),
        "none": session.say("search.none"),
        "more": session.say("search.more"),
        "several": bool(st.session_state.get("explore", selection.Selection()).opened),
    }
    components.search_box(hits, texts, pick=_picked, add=_added)


def _hit_name(matched: str, shown: str) -> str:
    return shown if matched == shown else f"{shown} ({matched})"


def _picked() -> None:
    _take("pick")


def _added() -> None:
    _take("add")


def _take(event: str) -> None:
    node = st.session_state["search"].get(event)
    if node:
        (selection.expand if event == "add" else selection.show_only)(str(node))
        st.session_state["picked"] = True
