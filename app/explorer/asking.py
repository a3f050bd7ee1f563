"""One query of a session: started in a process of its own, watched, stopped, its answer kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from app.explorer import answers
from app.explorer.answers import Answer
from app.explorer.state import Session
from kg.errors import QueryFault, RawabitError
from kg.sandbox import Running

Key = tuple[str, str, str, tuple[tuple[str, str], ...]]
_ASKED = "asked"
HISTORY = "query_history"
_KEPT = 30


@dataclass(slots=True)
class Asked:
    """What was asked, and what came of it so far."""

    key: Key
    running: Running | None = None
    answer: Answer | None = None
    fault: str = ""


def asked(session: Session, query: str, arguments: Mapping[str, str]) -> Asked:
    """This very question, started now unless it is at hand; another one that runs is stopped."""
    key = (str(session.path), session.version, query, tuple(sorted(arguments.items())))
    now: Asked | None = st.session_state.get(_ASKED)
    if now is None or now.key != key:
        if now and now.running:
            now.running.stop()
        now = st.session_state[_ASKED] = _started(key, session.path, query, dict(arguments))
    _settle(now)
    return now


def _started(key: Key, path: Path, query: str, arguments: dict[str, str]) -> Asked:
    try:
        return Asked(key, answers.start(path, query, arguments))
    except QueryFault as fault:
        return Asked(key, fault=str(fault))


def _settle(now: Asked) -> None:
    """Take the answer of a query that has ended."""
    running = now.running
    if running is None or not running.done:
        return
    now.running = None
    try:
        now.answer = Answer(running.result(), running.seconds)
    except RawabitError as fault:
        now.fault = str(fault)


def again() -> None:
    """Forget the answer, so that the same question is asked anew."""
    now: Asked | None = st.session_state.pop(_ASKED, None)
    if now and now.running:
        now.running.stop()


@st.fragment(run_every=0.4)
def watch(session: Session, now: Asked) -> None:
    """Time passing and a button to stop, until the query has ended; then the page is drawn anew."""
    running = now.running
    if running is None or running.done:
        st.rerun()
        return
    share = min(running.seconds / answers.TIME_LIMIT, 1.0)
    text = session.say(
        "sparql.running", seconds=f"{running.seconds:.1f}", limit=f"{answers.TIME_LIMIT:g}"
    )
    bar, button = st.columns([5, 1], vertical_alignment="center")
    bar.progress(share, text)
    button.button(session.say("sparql.stop"), icon=":material/stop_circle:", on_click=running.stop)


def remember(query: str) -> None:
    """Put a query of one's own at the head of the history."""
    known: list[str] = st.session_state.setdefault(HISTORY, [])
    st.session_state[HISTORY] = [query, *(one for one in known if one != query)][:_KEPT]


def fault_of(session: Session, query: str) -> str:
    """What was wrong with this query when it ran last."""
    now: Asked | None = st.session_state.get(_ASKED)
    if now is None or now.key[:3] != (str(session.path), session.version, query):
        return ""
    _settle(now)
    return now.fault
