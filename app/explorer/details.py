"""The details column of any page: what a node is, its evidence, and what people judge of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from app.explorer import data, deciding, evidence, panels, state
from app.explorer.data import Event
from app.explorer.deciding import Aim
from app.explorer.i18n import long_date
from app.explorer.markup import chip, tag, text
from app.explorer.state import Session
from app.explorer.terms import term_name
from kg.errors import RawabitError
from kg.judgements import Judgement, Past, Subject
from kg.reports import key_of
from kg.vocab import ID

_DATES = ("date", "endDate")
_JUDGED = "judged"  # what was decided last, told above the panel


def show(session: Session, node: str, *, key: str, height: int | None = 700) -> None:
    """Draw the details of a node with accept, reject, merge, split and undo.

    `key` keeps the columns of several pages apart. `height` in pixels, None for as high as it is.
    """
    _told(session, key)
    known = data.kind(session.store, node) is not None
    if known:
        _actions(session, node, key)
    _judgements(session, node, key, known)
    if not known:
        return
    if height is None:
        st.html(panels.panel(session, node))
        return
    with st.container(height=height, border=True, key=f"{key}_details"):
        st.html(panels.panel(session, node))


def _told(session: Session, key: str) -> None:
    """What was decided last, with its undo; a fault of it."""
    told = st.session_state.pop(_JUDGED, None)
    if isinstance(told, str):
        st.error(told)
    elif isinstance(told, Judgement):
        st.success(session.say("judge.done"))
    elif told:
        st.info(session.say("judge.undone"))


def _actions(session: Session, node: str, key: str) -> None:
    store = session.store
    record = data.event(store, node)
    aims = deciding.aims(store, record) if record else deciding.relations(store, node)
    if not (aims or deciding.is_mergeable(node)):
        return
    with st.container(horizontal=True, key=f"{key}_judging"):
        if aims:
            label = "judge.verdict" if record else "judge.relations"
            with st.popover(session.say(label), icon=":material/gavel:"):
                _verdict(session, node, aims, key)
        if not deciding.is_mergeable(node):
            return
        with st.popover(session.say("judge.merge"), icon=":material/merge:"):
            if record:
                _merge_event(session, record, key)
            else:
                _merge_person(session, node, key)
        if record and len(record.documents) > 1:
            with st.popover(session.say("judge.split"), icon=":material/call_split:"):
                _split(session, record, key)


def _verdict(session: Session, node: str, aims: Sequence[Aim], key: str) -> None:
    st.selectbox(
        session.say("judge.what"),
        aims,
        format_func=lambda one: _aim(session, one),
        key=f"{key}_aim_{node}",
    )
    _signed(session, key, "verdict")
    with st.container(horizontal=True):
        for action, icon in (("accept", ":material/check:"), ("reject", ":material/close:")):
            st.button(
                session.say(f"judge.{action}"),
                icon=icon,
                key=f"{key}_{action}",
                on_click=_rule,
                args=(session, action, node, aims[0], key),
            )


def _rule(session: Session, action: str, node: str, first: Aim, key: str) -> None:
    """Judge what the list says at this moment."""
    aim = st.session_state.get(f"{key}_aim_{node}") or first
    _decide(session, action, [deciding.subject(node, aim)], key, "verdict")


def _aim(session: Session, aim: Aim) -> str:
    if aim.document:
        return session.say("judge.report", name=_titled(session, aim.document))
    if not aim.slot:
        return session.say("judge.whole")
    if aim.slot in _DATES:
        shown = long_date(aim.value, session.lang)
    elif aim.slot == "topic":
        shown = term_name(aim.value, session.lang)
    else:
        shown = session.name(aim.value)
    slot = term_name(aim.slot, session.lang)
    return f"{session.name(aim.node)} – {slot} – {shown}" if aim.node else f"{slot}: {shown}"


def _titled(session: Session, document: str) -> str:
    cited = evidence.source(session.store, f"{ID}document/{document}")
    return f"{cited.publisher} – {cited.title}" if cited.publisher else cited.title


def _merge_event(session: Session, event: Event, key: str) -> None:
    found = state.mergeable(session, event)
    if not found:
        st.caption(session.say("judge.nomerge"))
        return
    other = st.selectbox(
        session.say("judge.with"),
        found,
        format_func=lambda one: _when(session, one),
        key=f"{key}_with_{event.node}",
    )
    _save(session, "merge", [event.node, other.node if other else ""], key)


def _when(session: Session, event: Event) -> str:
    date = long_date(event.date, session.lang) or session.say("details.undated")
    return f"{date} · {session.title(event.node)}"


def _merge_person(session: Session, node: str, key: str) -> None:
    typed = st.text_input(session.say("judge.find"), key=f"{key}_person_{node}")
    hits = state.index(session).suggest(typed, 20) if typed.strip() else []
    people = [h.node for h in hits if h.node.startswith(ID + "person/") and h.node != node]
    if typed.strip() and not people:
        st.caption(session.say("search.none"))
    if people:
        other = st.selectbox(
            session.say("judge.with"), people, format_func=session.name, key=f"{key}_one_{node}"
        )
        _save(session, "merge", [node, other or ""], key)


def _split(session: Session, event: Event, key: str) -> None:
    reports = [aim.document for aim in deciding.aims(session.store, event) if aim.document]
    document = st.selectbox(
        session.say("judge.split.what"),
        reports,
        format_func=lambda one: _titled(session, one),
        key=f"{key}_apart_{event.node}",
    )
    _signed(session, key, "split")
    _button(session, "split", [Subject(key_of(event.node), document)], key)


def _save(session: Session, action: str, nodes: Sequence[str], key: str) -> None:
    _signed(session, key, action)
    _button(session, action, [Subject(key_of(node)) for node in nodes], key)


def _button(session: Session, action: str, subjects: Sequence[Subject], key: str) -> None:
    st.button(
        session.say("judge.save"),
        type="primary",
        key=f"{key}_save_{action}",
        on_click=_decide,
        args=(session, action, subjects, key, action),
    )


def _signed(session: Session, key: str, form: str) -> None:
    """Fields for who judges, remembered from one judgement to the next, and why."""
    known = str(st.session_state.get("judge_name", ""))
    hint = session.say("judge.whyhint")
    why = f"{key}_why_{form}"
    st.text_input(session.say("judge.why"), placeholder=hint, key=why, max_chars=500)
    st.text_input(session.say("judge.who"), known, key=f"{key}_who_{form}", max_chars=80)


def _decide(
    session: Session, action: str, subjects: Sequence[Subject], key: str, form: str
) -> None:
    """Write what was decided, signed as the fields of the form say at this moment."""
    who = str(st.session_state.get(f"{key}_who_{form}") or "").strip()
    why = str(st.session_state.get(f"{key}_why_{form}") or "").strip()
    if not who:
        st.session_state[_JUDGED] = session.say("judge.needwho")
        return
    st.session_state["judge_name"] = who
    _write(lambda: deciding.decide(session.path, action, subjects, who, why))


def _undo(session: Session, judgement: str) -> None:
    who = str(st.session_state.get("judge_name", "")) or "?"
    _write(lambda: bool(deciding.take_back(session.path, judgement, who)))


def _write(act: Callable[[], Judgement | bool]) -> None:
    """Have it written, and remember what to say of it once the page is drawn again."""
    try:
        st.session_state[_JUDGED] = act()
    except RawabitError as fault:
        st.session_state[_JUDGED] = str(fault)


def _judgements(session: Session, node: str, key: str, known: bool) -> None:
    """What was judged of the node, each that holds with its undo."""
    found = state.judged(session, node)
    if not found:
        return
    if not known:
        st.warning(session.say("judge.gone"))
    holding = sum(past.undone is None for past in found)
    label = f"{session.say('judge.history')} ({holding})"
    with st.expander(label, expanded=holding > 0, icon=":material/gavel:"):
        for past in found[:20]:
            _past(session, past, key)


def _past(session: Session, past: Past, key: str) -> None:
    one = past.judgement
    taken = chip(session.say("judge.taken"), "quiet") if past.undone else ""
    kind = {"accept": "c-held", "reject": "c-denied"}.get(one.action, "c-planned")
    line = (
        f"{chip(session.say(f'judge.{one.action}'), kind)} {taken} {text(_of(session, one))}"
        f"<br><small>{text(one.who)} · {text(long_date(one.at[:10], session.lang))}"
        f"{' · ' + text(one.why) if one.why else ''}</small>"
    )
    st.html(tag("div", line, "rw-judgement"))
    if past.undone is None:
        st.button(
            session.say("judge.undo"),
            icon=":material/undo:",
            key=f"{key}_undo_{one.id}",
            on_click=_undo,
            args=(session, one.id),
        )


def _of(session: Session, judgement: Judgement) -> str:
    """What a judgement speaks of, in words, beyond the node itself."""
    aims = [
        Aim(s.slot or "", s.value or "", s.document or "", _whose(s)) for s in judgement.subjects
    ]
    named = [_aim(session, _full(aim)) for aim in aims if aim.slot or aim.document]
    return " · ".join(named)


def _whose(subject: Subject) -> str:
    """The node that a relation is of."""
    return ID + subject.node if subject.slot and not subject.node.startswith("event/") else ""


def _full(aim: Aim) -> Aim:
    """The aim with its value as an IRI again."""
    fits = aim.slot not in _DATES and aim.value and not aim.value.startswith("http")
    return replace(aim, value=ID + aim.value) if fits else aim
