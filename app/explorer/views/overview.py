"""The start page: how much there is, what happened last, what can be asked."""

from __future__ import annotations

import streamlit as st

from app.explorer import data, panels, state
from app.explorer.drawing import COLOURS, group
from app.explorer.markup import node_link, page_link, section, tag, text
from app.explorer.state import Session
from app.explorer.terms import term_name
from kg.catalogue import named


def render(session: Session) -> None:
    """Draw the page."""
    counts = state.counts(session)
    st.html(_cards(session, counts))
    left, right = st.columns([3, 2], gap="large")
    latest = section(
        session.say("overview.latest"), panels.event_list(session, state.latest(session))
    )
    left.html(tag("div", latest + _types(session, counts), "rw-block"))
    right.html(tag("div", _starts(session) + _ask(session), "rw-block"))


def _cards(session: Session, counts: dict[str, int]) -> str:
    shown = (
        ("documents", "Document"),
        ("events", "Event"),
        ("people", "Person"),
        ("countries", "Country"),
    )
    cards = (
        tag("div", f"<b>{counts[name]:,}</b>{text(session.say(f'overview.{key}'))}", "rw-card")
        for key, name in shown
    )
    return tag("div", "".join(cards), "rw-cards")


def _starts(session: Session) -> str:
    links = (node_link(n, session.lang, session.name(n)) for n in state.busiest(session)[:10])
    return section(session.say("overview.start"), tag("p", " · ".join(links)))


def _ask(session: Session) -> str:
    links = (
        tag(
            "li",
            page_link("sparql", session.lang, question.question(session.lang), query=question.name),
        )
        for question in named()
    )
    body = "".join(links)
    return section(session.say("overview.ask"), tag("ul", body, "rw-list") if body else "")


def _types(session: Session, counts: dict[str, int]) -> str:
    present = sorted(((counts[t], t) for t in data.EVENT_TYPES if counts[t]), reverse=True)
    most = present[0][0] if present else 1
    bars = "".join(
        f"<span>{text(term_name(name, session.lang))}</span>"
        f'<i style="inline-size:{100 * count / most:.1f}%;'
        f'background:{COLOURS[group("Event", name)]}"></i>'
        f'<span class="rw-num">{count:,}</span>'
        for count, name in present
    )
    return section(session.say("overview.types"), tag("div", bars, "rw-bars"))
