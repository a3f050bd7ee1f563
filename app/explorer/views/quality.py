"""What needs somebody's eye, as a work list: disputes, open announcements, weak facts, refusals."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from app.explorer import data, details, evidence, panels, state, weighing, worklist
from app.explorer.drawing import short
from app.explorer.markup import chip, node_link, page_link, section, tag, text
from app.explorer.state import Session
from app.explorer.terms import term_name
from app.explorer.worklist import Contradiction, Worklist
from kg import ledger
from kg.ledger import Refusal
from kg.preference import Value

PARTS = ("contradictions", "announcements", "weak", "refused")


def render(session: Session) -> None:
    """Draw the page."""
    with st.spinner(session.say("quality.reading")):
        lists = state.worklist(session)
    refused = ledger.refusals(session.path)
    counts = {**lists.counts, "refused": len(refused)}
    given = st.query_params.get("part", "")
    if "quality_part" not in st.session_state:
        st.session_state["quality_part"] = given if given in PARTS else PARTS[0]
    part = st.segmented_control(
        session.say("nav.quality"),
        PARTS,
        key="quality_part",
        format_func=lambda name: f"{session.say(f'quality.{name}')} ({counts[name]:,})",
        label_visibility="collapsed",
    )
    part = part or PARTS[0]
    st.query_params["part"] = part
    st.caption(session.say(f"quality.{part}.help"))
    if not counts[part]:
        st.success(session.say(f"quality.{part}.none"))
        return
    if part == "refused":
        st.html(_refused(session, refused))
    else:
        left, right = st.columns([3, 2], gap="large")
        with left:
            st.html(_items(session, part, lists))
        with right:
            _beside(session, part, lists)
    if counts[part] > worklist.CAP:
        st.caption(session.say("quality.capped", shown=worklist.CAP))


def _items(session: Session, part: str, lists: Worklist) -> str:
    if part == "contradictions":
        body = "".join(_dispute(session, one) for one in lists.contradictions)
        return tag("div", body, "rw-block")
    if part == "announcements":
        return _announcements(session, lists.announcements)
    return _weak(session, lists.weak)


def _beside(session: Session, part: str, lists: Worklist) -> None:
    """The details of the event that the address names, with what can be decided of it."""
    given = st.query_params.get("sel", "")
    node = data.node_iri(given) if given else ""
    if node:
        details.show(session, node, key="quality", height=None)
    elif part == "contradictions":
        st.html(_rivals(session, lists.contradictions))
    else:
        st.html(tag("p", text(session.say("quality.choose")), "rw-faint"))


def _decide(session: Session, part: str, node: str) -> str:
    """The link that opens an event beside the list."""
    return page_link("quality", session.lang, session.say("quality.decide"), part=part, sel=node)


# --- contradictions


def _rivals(session: Session, disputes: Sequence[Contradiction]) -> str:
    lines = "".join(
        tag("li", f"{_document(session, a)} ≠ {_document(session, b)} {chip(str(n), 'quiet')}")
        for (a, b), n in worklist.rivals(disputes)[:30]
    )
    title = session.say("quality.rivals")
    return tag("div", section(title, f'<ul class="rw-facts">{lines}</ul>'), "rw-block")


def _dispute(session: Session, one: Contradiction) -> str:
    """One event and slot: each value with who gives it, the preferred one and why."""
    record = data.event(session.store, one.event)
    name = session.title(one.event)
    slot = term_name(one.slot, session.lang)
    values = "".join(_value(session, value, one.values) for value in one.values)
    detail = panels.event_body(session, record) if record else ""
    return (
        f'<section class="rw-dispute"><h4>{node_link(one.event, session.lang, name)} '
        f'{chip(slot, "c-conflict")}</h4><ul class="rw-facts">{values}</ul>'
        f"<details><summary>{text(session.say('quality.sentences'))}</summary>{detail}</details>"
        f"<p>{_decide(session, 'contradictions', one.event)}</p></section>"
    )


def _value(session: Session, value: Value, rivals: Sequence[Value]) -> str:
    documents = list(dict.fromkeys(said.document for said in value.statements))
    who = " · ".join(_document(session, document) for document in documents)
    official = chip(session.say("pair.official"), "quiet") if value.official else ""
    why = f"<small>{text(weighing.why(session, value, rivals))}</small>"
    mark = chip(session.say("quality.preferred"), "c-held") if value.preferred else ""
    kind = "s-held" if value.preferred else ""
    return tag(
        "li", f"<b>{weighing.shown(session, value)}</b> {mark}{official} {why}<br>{who}", kind
    )


def _document(session: Session, document: str) -> str:
    source = state.corpus(session).source(evidence.graph_of(document))
    shown = page_link("documents", session.lang, source.title, doc=document)
    who = short(source.publisher, 60)
    return f"{shown} <small>{text(who)}</small>" if who else shown


# --- the other lists


def _announcements(session: Session, waiting: Sequence[worklist.Announcement]) -> str:
    """The overdue, then those whose day is still to come or unknown."""
    parts = []
    for overdue, key in ((True, "quality.overdue"), (False, "quality.pending")):
        nodes = [one.event for one in waiting if one.overdue == overdue]
        records = [record for node in nodes if (record := data.event(session.store, node))]
        lines = "".join(_item(session, record, "announcements") for record in records)
        parts.append(section(f"{session.say(key)} ({len(records)})", lines))
    return tag("div", "".join(parts), "rw-block")


def _item(session: Session, record: data.Event, part: str) -> str:
    link = _decide(session, part, record.node)
    return f'{panels.event_item(session, record)}<p class="rw-decide">{link}</p>'


def _weak(session: Session, found: Sequence[worklist.Weak]) -> str:
    lines = []
    for one in found:
        record = data.event(session.store, one.event)
        if record:
            told = f"{session.say('details.confidence')} {one.confidence:g}"
            lines.append(chip(told, "c-conflict") + _item(session, record, "weak"))
    return tag("div", "".join(lines), "rw-block")


def _refused(session: Session, refused: Sequence[Refusal]) -> str:
    heads = ("quality.input", "rules.line", "quality.reason", "quality.day")
    head = "".join(f"<th>{html.escape(session.say(key))}</th>" for key in heads)
    rows = []
    for one in sorted(refused, key=lambda r: r.at, reverse=True)[: worklist.CAP]:
        cells = (
            f"<code>{text(one.path)}</code>",
            f'<span class="rw-num">{one.line or ""}</span>',
            text(one.reason),
            f'<span class="rw-num">{text(one.at[:10])}</span>',
        )
        rows.append(tag("tr", "".join(tag("td", cell) for cell in cells)))
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return tag("div", table, "rw-table")
