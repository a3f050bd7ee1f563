"""An answer as a table, a graph, a chart or a map, and as files."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from typing import Any

import streamlit as st
from pyoxigraph import Literal, NamedNode

from app.explorer import answers, atlas, components, data, evidence, exports, legend
from app.explorer.answers import SHOWN_ROWS, Answer
from app.explorer.atlas import Point
from app.explorer.drawing import Look, drawing
from app.explorer.i18n import NAMES, words
from app.explorer.markup import node_link, page_link, tag, text, web_link
from app.explorer.neighbourhood import Edge, Facets, View
from app.explorer.state import Session
from app.explorer.terms import term_name
from kg.table import Names, Table, Triples, compact
from kg.vocab import GRAPH, ID, PREFIXES

FORMS = ("table", "graph", "chart", "map")
_CODED = ("certainty", "stance", "slot")
_NODES = 250  # drawn of a result
_BARS = 40


def show(session: Session, answer: Answer) -> None:
    """Draw an answer in the form that is chosen."""
    result = answer.result
    if isinstance(result, bool):
        st.subheader(session.say("sparql.yes" if result else "sparql.no"))
        return
    table = result if isinstance(result, Table) else _as_table(result)
    rows = session.say("sparql.rows", count=len(table.rows), seconds=f"{answer.seconds:.2f}")
    cut = session.say("sparql.cap", count=SHOWN_ROWS)
    st.caption(f"{rows} · {cut}" if len(table.rows) > SHOWN_ROWS else rows)
    if not table.rows:
        st.info(session.say("sparql.empty"))
        return
    form = _form(session)
    if form == "table":
        st.html(_table(session, table))
    elif form == "graph":
        _graph(session, answer, table)
    elif form == "chart":
        _chart(session, table)
    else:
        _map(session, table)
    _downloads(session, answer, table)


def _form(session: Session) -> str:
    """The form chosen, at first that of the address."""
    given = st.query_params.get("as", "")
    start = st.session_state.setdefault("form_start", given if given in FORMS else FORMS[0])
    chosen = st.segmented_control(
        session.say("sparql.as"),
        FORMS,
        default=start,
        format_func=lambda form: session.say(f"sparql.as.{form}"),
        key="result_form",
        label_visibility="collapsed",
    )
    form = str(chosen or FORMS[0])
    if form == FORMS[0]:
        st.query_params.pop("as", None)
    else:
        st.query_params["as"] = form
    return form


def _as_table(result: Triples) -> Table:
    rows = tuple((one.subject, one.predicate, one.object) for one in result.triples)
    return Table(("subject", "predicate", "object"), rows)


def _table(session: Session, table: Table) -> str:
    head = "".join(f"<th>{html.escape(column(session, name))}</th>" for name in table.variables)
    rows = "".join(
        tag("tr", _cells(session, table.variables, row)) for row in table.values()[:SHOWN_ROWS]
    )
    return tag(
        "div", f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>", "rw-table"
    )


def column(session: Session, variable: str) -> str:
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


def _graph(session: Session, answer: Answer, table: Table) -> None:
    """Nodes of a row tied to its first node; triples as they are."""
    seen, cut = as_view(session, answer, table)
    if len(seen.nodes) < 2:
        st.info(session.say("sparql.nograph"))
        return
    drawn = drawing(session.store, seen, session.lang, Look())
    listed = legend.entries(session, seen, drawn, by_community=False)
    st.html(legend.markup(session, listed))
    texts = {name: session.say(f"map.{name}") for name in ("larger", "smaller", "whole")}
    texts |= {name: session.say(f"graph.{name}") for name in ("full", "png", "nodes")}
    marks = repr((list(seen.nodes), seen.edges, session.lang, str(st.context.theme.type)))
    components.graph(
        {
            **drawn.data(),
            "selected": "",
            "signature": sha256(marks.encode()).hexdigest(),
            "font": components.FONT,
            "title": session.say("nav.sparql"),
            "texts": texts,
            "rtl": session.lang == "ar",
            "legend": [{"colour": one.colour, "label": one.label} for one in listed],
        },
        lambda _event: _open,
        "result_graph",
    )
    if cut:
        st.caption(session.say("sparql.graphcut", count=_NODES))
    chosen = st.session_state.get("result_node", "")
    if chosen in seen.nodes:
        st.html(tag("p", _link(session, chosen), "rw-block"))


def _open() -> None:
    """Name the node that was clicked, as a link."""
    sent = st.session_state["result_graph"]
    node = sent.get("select") or sent.get("expand")
    if node:
        st.session_state["result_node"] = str(node)


def as_view(session: Session, answer: Answer, table: Table) -> tuple[View, bool]:
    """The result as a drawing, and whether some of it was left out."""
    nodes: dict[str, None] = {}
    edges: dict[Edge, None] = {}
    cut = False
    for row in table.rows[: 4 * SHOWN_ROWS]:
        for source, kind, target in _ties(answer, table.variables, row):
            fresh = {source, target} - nodes.keys()
            if len(nodes) + len(fresh) > _NODES:
                cut = True
                continue
            nodes |= dict.fromkeys((source, target))
            edges[Edge(source, target, kind)] = None
    events = data.events(session.store, nodes)
    kinds = dict.fromkeys((event.node for event in events), "Event")
    drawn = {n: kinds.get(n) or data.kind(session.store, n) or "Thing" for n in nodes}
    return View(drawn, tuple(edges), tuple(events), len(events), False, Facets()), cut


def _ties(answer: Answer, columns: Sequence[str], row: Sequence[Any]) -> list[tuple[str, str, str]]:
    if isinstance(answer.result, Triples):
        subject, predicate, target = row
        if isinstance(target, NamedNode) and isinstance(subject, NamedNode):
            return [(subject.value, predicate.value, target.value)]
        return []
    found = [
        (name, node)
        for name, cell in zip(columns, row, strict=True)
        if isinstance(cell, NamedNode | Literal)
        for node in cell.value.split(" ")
        if node.startswith(ID)
    ]
    return [(found[0][1], name, node) for name, node in found[1:] if node != found[0][1]]


def _chart(session: Session, table: Table) -> None:
    """Bars of a number for each value of a column, or of how often each value occurs."""
    numeric = [name for i, name in enumerate(table.variables) if _is_numeric(table, i)]
    others = [name for name in table.variables if name not in numeric] or list(table.variables)
    left, right = st.columns(2)

    def shown(name: str) -> str:
        return column(session, name) if name else session.say("sparql.howoften")

    across = left.selectbox(session.say("sparql.across"), others, format_func=shown)
    up = right.selectbox(
        session.say("sparql.up"), [*numeric, ""] if numeric else [""], format_func=shown
    )
    bars = tally(session, table, str(across), str(up or ""))
    st.bar_chart(
        {shown(str(across)): list(bars), shown(str(up or "")): list(bars.values())},
        x=shown(str(across)),
        y=shown(str(up or "")),
        color="#2a8f97",  # fair on light and dark paper
        horizontal=not _in_time(bars),
        sort=_in_time(bars) or f"-{shown(str(up or ''))}",
        height=max(260, 24 * len(bars)) if not _in_time(bars) else 380,
    )
    if len(bars) == _BARS:
        st.caption(session.say("sparql.bars", count=_BARS))


def _is_numeric(table: Table, position: int) -> bool:
    cells = [row[position] for row in table.rows[:200] if row[position] is not None]
    return bool(cells) and all(
        isinstance(c, Literal) and _number(c.value) is not None for c in cells
    )


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def _in_time(bars: dict[str, float]) -> bool:
    return all(bar[:4].isdigit() for bar in bars)


def tally(session: Session, table: Table, across: str, up: str) -> dict[str, float]:
    """The sum of `up` for each value of `across`, or the number of rows; the largest."""
    x = table.variables.index(across)
    y = table.variables.index(up) if up else -1
    found: Counter[str] = Counter()
    for row in table.values():
        number = _number(row[y] or "") if up else 1.0
        found[row[x] or ""] += number or 0.0  # type: ignore[assignment]
    if len(found) > 1:
        found.pop("", None)  # what has no value says nothing beside the others
    best = dict(found.most_common(_BARS))
    return {_plain(session, across, value): count for value, count in sorted(best.items())}


def _plain(session: Session, name: str, value: str) -> str:
    """A value as words without markup."""
    if value.startswith(ID):
        return session.title(value.split(" ")[0])
    if name in _CODED or value.startswith("http"):
        return term_name(value, session.lang)
    return value or "–"


def _map(session: Session, table: Table) -> None:
    """Places, countries and events of the result where they lie."""
    points: Counter[Point] = Counter()
    for node in answers.nodes(table)[: 4 * SHOWN_ROWS]:
        record = data.event(session.store, node) if node.startswith(ID + "event/") else None
        found = atlas.place_of(session.store, record) if record else None
        if record is None:
            found = atlas.where(session.store, node)
        if found:
            points[found] += 1
    if not points:
        st.info(session.say("sparql.nomap"))
        return
    placed = [replace(point, count=count) for point, count in points.items()]
    atlas.draw(session, placed, key="result_map", select=_on_map, chosen="")
    chosen = st.session_state.get("result_place", "")
    if chosen:
        st.html(tag("p", _link(session, chosen), "rw-block"))


def _on_map(node: str) -> None:
    st.session_state["result_place"] = node


def _downloads(session: Session, answer: Answer, table: Table) -> None:
    files: list[tuple[str, bytes | Callable[[], bytes], str, str]] = [
        (
            "CSV",
            lambda: answers.sheet(table, Names(session.store, session.lang)),
            "rawabit.csv",
            "text/csv",
        )
    ]
    if isinstance(answer.result, Triples):
        turtle = answers.turtle_file(answer.result)
        files.append(("Turtle", turtle, "rawabit.ttl", "text/turtle"))
    else:
        body = answers.json_file(answer.result)
        files.append(("JSON", body, "rawabit.json", "application/sparql-results+json"))
        about = answers.nodes(table)[:SHOWN_ROWS]
        described = partial(exports.described, session.store, about)
        files.append(("Turtle", described, "rawabit.ttl", "text/turtle"))
    with st.container(horizontal=True, vertical_alignment="center", key="downloads"):
        st.caption(session.say("download"), width="content")
        for label, content, name, kind in files:
            st.download_button(label, content, name, kind, on_click="ignore")
