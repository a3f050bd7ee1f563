"""Questions to the graph: named ones by what they ask, or SPARQL of one's own."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import streamlit as st

from app.explorer import answers, asking, components, data, results, state
from app.explorer.answers import SHOWN_ROWS
from app.explorer.state import Session
from app.explorer.terms import term_name, vocabulary
from kg.catalogue import NamedQuery, Parameter, named
from kg.errors import QueryFault
from kg.vocab import PREFIXES

_READY, _OWN = "ready", "own"
_LINE = re.compile(r"^line (\d+)")
_ADDRESS = 3_000  # letters of a query that its address may hold
_START = """SELECT ?event ?date WHERE {
  ?event a rwb:Meeting ; rwb:date ?date .
} ORDER BY DESC(?date) LIMIT 50"""


def render(session: Session) -> None:
    """Draw the page."""
    mode = _mode(session)
    asked = _own(session) if mode == _OWN else _named(session, _choose(session))
    if asked:
        _answer(session, *asked)


def _mode(session: Session) -> str:
    """Ready questions, or a query of one's own."""
    names = {_READY: "sparql.questions", _OWN: "sparql.own"}
    # A default that stays, not a state: drawn twice in haste, the page would lose a state.
    start = st.session_state.setdefault("mode_start", _OWN if st.query_params.get("q") else _READY)
    chosen = st.pills(
        session.say("nav.sparql"),
        list(names),
        default=start,
        required=True,
        format_func=lambda mode: session.say(names[mode]),
        key=f"query_mode_{start}",
        label_visibility="collapsed",
    )
    return chosen or _READY


def _choose(session: Session) -> NamedQuery:
    """The question that is asked; at first that of the address."""
    queries = {query.name: query for query in named()}
    asked = st.query_params.get("query", "")
    first = asked if asked in queries else next(iter(queries))
    start = st.session_state.setdefault("question_start", first)
    name = st.selectbox(
        session.say("sparql.named"),
        list(queries),
        index=list(queries).index(start),
        format_func=lambda name: queries[name].question(session.lang),
        key="question",
    )
    st.query_params["query"] = name
    st.query_params.pop("q", None)
    return queries[name]


def _own(session: Session) -> tuple[str, dict[str, str]] | None:
    """The editor; what was run last, until something else is run."""
    st.query_params.pop("query", None)
    given = st.query_params.get("q", "")
    if "own_query" not in st.session_state:
        st.session_state["own_query"] = given or _START
        st.session_state["own_run"] = given
    sent = st.session_state.get("editor", {})
    if sent.get("past") and not st.session_state.get(asking.HISTORY):
        st.session_state[asking.HISTORY] = [str(one)[:20_000] for one in sent["past"]][:30]
    ran = str(st.session_state.get("own_run", ""))
    components.editor(_editor(session, ran), run=_run)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            session.say("sparql.run"), type="primary", icon=":material/play_arrow:", on_click=_run
        )
        _history(session)
        limits = session.say("sparql.limits", seconds=f"{answers.TIME_LIMIT:g}", rows=SHOWN_ROWS)
        st.caption(f"{limits} · {session.say('sparql.keys')}")
    if not ran.strip():
        return None
    if len(ran) < _ADDRESS:
        st.query_params["q"] = ran
    return ran, {}


def _editor(session: Session, ran: str) -> dict[str, Any]:
    """What the editor needs: the query, the words it completes, the line that is wrong."""
    fault = asking.fault_of(session, ran)
    line = _LINE.search(fault)
    return {
        "query": st.session_state["own_query"],
        "mark": st.session_state.get("own_mark", 0),
        "terms": vocabulary(session.lang),
        "history": st.session_state.get(asking.HISTORY, []),
        "wrong": int(line[1]) if line else 0,
        "label": session.say("sparql.editor"),
        "dark": st.context.theme.type == "dark",
    }


def _run() -> None:
    """Run what stands in the editor."""
    sent = st.session_state.get("editor", {})
    query = str(sent.get("run") or sent.get("query") or st.session_state["own_query"])
    st.session_state["own_query"] = st.session_state["own_run"] = query
    asking.again()
    if query.strip():
        asking.remember(query)


def _history(session: Session) -> None:
    """Queries that were run before, the latest first."""
    known: list[str] = st.session_state.get(asking.HISTORY, [])
    with st.popover(session.say("sparql.history"), icon=":material/history:", disabled=not known):
        for position, query in enumerate(known[:15]):
            st.code(query[:400], language="sparql")
            st.button(
                session.say("sparql.again"),
                key=f"again_{position}",
                on_click=_edit,
                args=(query,),
                type="tertiary",
            )


def _named(session: Session, query: NamedQuery) -> tuple[str, dict[str, str]] | None:
    """The inputs of a named query; None until all that it needs is given."""
    arguments = {}
    if query.parameters:
        columns = st.columns(min(len(query.parameters), 4))
        for position, parameter in enumerate(query.parameters):
            with columns[position % len(columns)]:
                arguments[parameter.name] = _input(session, query, parameter)
    with st.expander(session.say("sparql.text"), icon=":material/code:"):
        st.code(query.text, language="sparql")
        st.button(session.say("sparql.edit"), on_click=_edit, args=(query.text,), type="tertiary")
    lacking = answers.missing(query, arguments)
    if lacking:
        names = ", ".join(one.description(session.lang) for one in lacking)
        st.info(session.say("sparql.missing", names=names))
        return None
    return query.name, arguments


def _edit(query: str) -> None:
    st.session_state["mode_start"] = _OWN
    st.session_state["own_query"] = st.session_state["own_run"] = query
    st.session_state["own_mark"] = st.session_state.get("own_mark", 0) + 1  # put it in the editor


def _input(session: Session, query: NamedQuery, parameter: Parameter) -> str:
    label = parameter.description(session.lang)
    example = dict(query.example).get(parameter.name, parameter.default or "")
    given = st.query_params.get(parameter.name, example)
    key = f"argument_{query.name}_{parameter.name}"
    options = answers.choices(parameter)
    if options:
        return _code(session, parameter, label, options, given, key)
    if parameter.type == "iri":
        return _node(session, parameter, label, given, key)
    if parameter.type == "date":
        return _date(label, given, key)
    return str(st.text_input(label, given, key=key, placeholder=example) or "")


def _node(session: Session, parameter: Parameter, label: str, given: str, key: str) -> str:
    """A country or body from the list, or anything else by its name."""
    known = state.parties(session)
    first = _full(session, parameter, given) if given else ""
    options = list(dict.fromkeys([*([first] if first or not parameter.required else []), *known]))

    def shown(node: str) -> str:
        named = known.get(node) or (session.name(node) if node.startswith("http") else node)
        return named or session.say("sparql.any")

    chosen = st.selectbox(
        label,
        options if parameter.required else list(dict.fromkeys(["", *options])),
        index=0 if parameter.required or not first else 1,
        format_func=shown,
        accept_new_options=True,
        key=key,
    )
    typed = str(chosen or "")
    if typed in options:
        return typed
    meant = answers.resolve(parameter, typed, state.index(session))
    if meant != typed and data.kind(session.store, meant):
        st.caption(f"→ {session.name(meant)}")
    return meant


def _full(session: Session, parameter: Parameter, given: str) -> str:
    """An argument as the IRI of a node of the store, else as it is given."""
    try:
        node = str(parameter.term(given).value)
    except QueryFault:
        return given
    return node if data.kind(session.store, node) else given


def _date(label: str, given: str, key: str) -> str:
    """A day, month or year in figures; a day also from the calendar."""
    field, calendar = st.columns([5, 1], vertical_alignment="bottom")
    with calendar.popover("", icon=":material/calendar_month:"):
        st.date_input(
            label,
            None,
            min_value=date(1900, 1, 1),
            max_value=date(date.today().year + 5, 12, 31),
            key=f"{key}_day",
            on_change=_picked,
            args=(key,),
        )
    # A default again, not a state; another day is another field.
    start = str(st.session_state.get(f"{key}_picked", given))
    return str(field.text_input(label, start, key=f"{key}_{start}", placeholder="2022-03-29") or "")


def _picked(key: str) -> None:
    if day := st.session_state.get(f"{key}_day"):
        st.session_state[f"{key}_picked"] = day.isoformat()


def _code(
    session: Session, parameter: Parameter, label: str, options: list[str], given: str, key: str
) -> str:
    namespace = PREFIXES[parameter.type.removeprefix("code:")]

    def shown(code: str) -> str:
        return term_name(namespace + code, session.lang) if code else session.say("sparql.any")

    allowed = options if parameter.required else ["", *options]
    start = allowed.index(given) if given in allowed else 0
    return str(st.selectbox(label, allowed, index=start, format_func=shown, key=key))


def _answer(session: Session, query: str, arguments: dict[str, str]) -> None:
    """Run, unless this very answer is at hand, and show; meanwhile it can be stopped."""
    now = asking.asked(session, query, arguments)
    if now.running:
        asking.watch(session, now)
    elif now.fault:
        st.error(session.say("sparql.failed"))
        st.code(now.fault, language=None, wrap_lines=True)
    elif now.answer:
        results.show(session, now.answer)
