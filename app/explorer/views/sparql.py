"""Questions to the graph: named ones by what they ask, or SPARQL of one's own."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

import streamlit as st

from app.explorer import answers, data, evidence, exports, state
from app.explorer.answers import SHOWN_ROWS, Answer
from app.explorer.i18n import NAMES, words
from app.explorer.markup import node_link, page_link, tag, text, web_link
from app.explorer.state import Session
from app.explorer.terms import term_name
from kg.catalogue import NamedQuery, Parameter, named
from kg.errors import QueryFault
from kg.table import Names, Table, Triples, compact
from kg.vocab import GRAPH, ID, PREFIXES

_READY, _OWN = "ready", "own"
_CODED = ("certainty", "stance", "slot")
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
    chosen = st.pills(
        session.say("nav.sparql"),
        list(names),
        default=_READY,
        required=True,
        format_func=lambda mode: session.say(names[mode]),
        key="query_mode",
        label_visibility="collapsed",
    )
    return chosen or _READY


def _choose(session: Session) -> NamedQuery:
    """The question that is asked; at first that of the address."""
    queries = {query.name: query for query in named()}
    asked = st.query_params.get("query", "")
    if st.session_state.get("question") not in queries:
        st.session_state["question"] = asked if asked in queries else next(iter(queries))
    name = st.selectbox(
        session.say("sparql.named"),
        list(queries),
        format_func=lambda name: queries[name].question(session.lang),
        key="question",
    )
    st.query_params["query"] = name
    return queries[name]


def _own(session: Session) -> tuple[str, dict[str, str]] | None:
    """The editor; what was run last, until something else is run."""
    st.query_params.pop("query", None)
    st.session_state.setdefault("own_query", _START)
    typed = st.text_area(session.say("sparql.editor"), key="own_query", height=240)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(session.say("sparql.run"), type="primary", icon=":material/play_arrow:"):
            st.session_state["own_run"] = typed
        limit = session.say("sparql.limit", seconds=f"{answers.TIME_LIMIT:g}")
        prefixes = " ".join(f"{name}:" for name in PREFIXES)
        st.caption(f"{limit} · \u2066PREFIX {prefixes}\u2069")
    ran = st.session_state.get("own_run", "")
    return (ran, {}) if ran.strip() else None


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
    st.session_state["query_mode"] = _OWN
    st.session_state["own_query"] = st.session_state["own_run"] = query


def _input(session: Session, query: NamedQuery, parameter: Parameter) -> str:
    label = parameter.description(session.lang)
    example = dict(query.example).get(parameter.name, parameter.default or "")
    given = st.query_params.get(parameter.name, example)
    key = f"argument_{query.name}_{parameter.name}"
    options = answers.choices(parameter)
    if options:
        return _code(session, parameter, label, options, given, key)
    shown = _spoken(session, parameter, given)
    typed = st.text_input(label, value=shown, key=f"{key}_{session.lang}", placeholder=example)
    meant = given if typed == shown else answers.resolve(parameter, typed, state.index(session))
    if parameter.type == "iri" and meant != given and data.kind(session.store, meant):
        st.caption(f"→ {session.name(meant)}")
    return meant


def _code(
    session: Session, parameter: Parameter, label: str, options: list[str], given: str, key: str
) -> str:
    namespace = PREFIXES[parameter.type.removeprefix("code:")]

    def shown(code: str) -> str:
        return term_name(namespace + code, session.lang) if code else session.say("sparql.any")

    allowed = options if parameter.required else ["", *options]
    start = allowed.index(given) if given in allowed else 0
    return str(st.selectbox(label, allowed, index=start, format_func=shown, key=key))


def _spoken(session: Session, parameter: Parameter, given: str) -> str:
    """An argument as a name where it is a node of the store."""
    if parameter.type != "iri" or not given:
        return given
    try:
        node = str(parameter.term(given).value)
    except QueryFault:
        return given
    return session.name(node) if data.kind(session.store, node) else given


def _answer(session: Session, query: str, arguments: dict[str, str]) -> None:
    """Run, unless this very answer is at hand, and show."""
    key = (str(session.path), session.version, query, tuple(sorted(arguments.items())))
    if st.session_state.get("answer_key") != key:
        try:
            with st.spinner(session.say("sparql.limit", seconds=f"{answers.TIME_LIMIT:g}")):
                st.session_state["answer"] = answers.ask(session.path, query, arguments)
        except QueryFault as fault:
            st.error(session.say("sparql.failed"))
            st.code(str(fault), language=None, wrap_lines=True)
            return
        st.session_state["answer_key"] = key
    _show(session, st.session_state["answer"])


def _show(session: Session, answer: Answer) -> None:
    result = answer.result
    if isinstance(result, bool):
        st.subheader(session.say("sparql.yes" if result else "sparql.no"))
        return
    table = result if isinstance(result, Table) else _as_table(result)
    rows = session.say("sparql.rows", count=len(table.rows), seconds=f"{answer.seconds:.2f}")
    st.caption(rows)
    if not table.rows:
        st.info(session.say("sparql.empty"))
        return
    st.html(_table(session, table))
    if len(table.rows) > SHOWN_ROWS:
        st.caption(session.say("sparql.cut", count=SHOWN_ROWS))
    _downloads(session, answer, table)


def _as_table(result: Triples) -> Table:
    rows = tuple((one.subject, one.predicate, one.object) for one in result.triples)
    return Table(("subject", "predicate", "object"), rows)


def _table(session: Session, table: Table) -> str:
    head = "".join(f"<th>{html.escape(_column(session, name))}</th>" for name in table.variables)
    rows = "".join(
        tag("tr", _cells(session, table.variables, row)) for row in table.values()[:SHOWN_ROWS]
    )
    return tag(
        "div", f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>", "rw-table"
    )


def _column(session: Session, variable: str) -> str:
    """The head of a column: our word for a variable of the named queries, else the variable."""
    key = f"column.{variable}"
    return session.say(key) if key in words(session.lang) else variable


def _cells(session: Session, columns: Sequence[str], row: Sequence[str | None]) -> str:
    pairs = zip(columns, row, strict=True)
    return "".join(tag("td", _value(session, name, cell) if cell else "") for name, cell in pairs)


def _value(session: Session, column: str, value: str) -> str:
    """Nodes as links by their names, also several in one cell; codes in words."""
    parts = value.split(" ")
    if all(part.startswith(("http://", "https://")) for part in parts):
        return " · ".join(_link(session, part) for part in parts[:20])
    if column in _CODED:
        return text(term_name(value, session.lang))
    if column in ("language", "languages"):
        return text(" · ".join(NAMES.get(part, part) for part in parts))
    return text(value)


def _link(session: Session, node: str) -> str:
    if node.startswith((GRAPH + "document/", ID + "document/")):
        return _document(session, node.replace(GRAPH, ID, 1).partition("#")[0])
    if node.startswith(ID):
        return node_link(node, session.lang, session.title(node))
    if any(node.startswith(space) for space in PREFIXES.values()):
        known = term_name(node, session.lang)
        return text(known if node.startswith("https://w3id.org/rawabit/") else compact(node))
    return web_link(node, node)


def _document(session: Session, node: str) -> str:
    title = evidence.source(session.store, node).title
    return page_link("documents", session.lang, title, doc=node)


def _downloads(session: Session, answer: Answer, table: Table) -> None:
    files: list[tuple[str, Any, str, str]] = [
        (
            "CSV",
            lambda: answers.sheet(table, Names(session.store, session.lang)),
            "rawabit.csv",
            "text/csv",
        )
    ]
    if isinstance(answer.result, Triples):
        files.append(("Turtle", answers.turtle_file(answer.result), "rawabit.ttl", "text/turtle"))
    else:
        body = answers.json_file(answer.result)
        files.append(("JSON", body, "rawabit.json", "application/sparql-results+json"))
        about = answers.nodes(table)[:SHOWN_ROWS]
        files.append(
            (
                "Turtle",
                lambda: exports.described(session.store, about),
                "rawabit.ttl",
                "text/turtle",
            )
        )
    with st.container(horizontal=True, vertical_alignment="center", key="downloads"):
        st.caption(session.say("download"), width="content")
        for label, content, name, kind in files:
            st.download_button(label, content, name, kind)
