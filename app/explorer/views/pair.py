"""The brief of two countries: chosen by name, written at once, printable, with its files."""

from __future__ import annotations

import streamlit as st

from app.explorer import briefing, data, paper, state
from app.explorer.components.printing import print_button
from app.explorer.markup import page_link, tag, text
from app.explorer.parties import pairs
from app.explorer.selection import is_date
from app.explorer.state import Session
from kg.brief import Brief, attachments


def render(session: Session) -> None:
    """Draw the page."""
    known = state.parties(session)
    one, two, asof = _choice(session, known)
    if not (one and two):
        st.html(_starts(session, known))
        return
    if one == two:
        st.info(session.say("pair.same"))
        return
    with st.spinner(session.say("pair.writing")):
        brief = state.pair_brief(session, one, two, asof)
    whole = st.query_params.get("all", "") == "1"
    written = briefing.Briefing(session, brief, state.namer(session), whole=whole)
    page = written.page()
    _files(session, brief, whole)
    if brief.facts:
        st.html(page)
    else:
        st.info(session.say("pair.empty", a=written.sides[0], b=written.sides[1]))
        st.html(page)


def _choice(session: Session, known: dict[str, str]) -> tuple[str, str, str]:
    """Both parties and the day, from the address and the widgets; the address follows."""
    given = [data.node_iri(key) if key else "" for key in map(_param, ("a", "b"))]
    left, right, turn, day = st.columns([4, 4, 1, 2], vertical_alignment="bottom")
    one = _party(session, left, "pair_a", "pair.first", known, given[0])
    two = _party(session, right, "pair_b", "pair.second", known, given[1])
    turn.button(
        "⇄",
        help=session.say("pair.turn"),
        on_click=_turn,
        disabled=not (one or two),
        width="stretch",
    )
    asof = day.text_input(
        session.say("pair.asof"),
        value=_param("asof"),
        placeholder="2023-06-30",
        help=session.say("pair.asof.help"),
    ).strip()
    if asof and (len(asof) < len("2023-06-30") or not is_date(asof)):
        st.warning(session.say("filters.bad", value=f"`{asof[:40]}`"))
        asof = ""
    _to_address(a=data.node_key(one), b=data.node_key(two), asof=asof)
    return one, two, asof


def _party(
    session: Session,
    column: st.delta_generator.DeltaGenerator,
    key: str,
    label: str,
    known: dict[str, str],
    given: str,
) -> str:
    options = list(known)
    if given and given not in known and data.kind(session.store, given):
        options.append(given)
    if key not in st.session_state and given in options:
        st.session_state[key] = given
    chosen = column.selectbox(
        session.say(label),
        options,
        index=None,
        key=key,
        format_func=lambda node: known.get(node) or session.name(node),
        placeholder=session.say("pair.choose"),
    )
    return chosen or ""


def _turn() -> None:
    one, two = st.session_state.get("pair_a"), st.session_state.get("pair_b")
    st.session_state["pair_a"], st.session_state["pair_b"] = two, one


def _param(name: str) -> str:
    return st.query_params.get(name, "")


def _to_address(**wanted: str) -> None:
    for name, value in wanted.items():
        if value and st.query_params.get(name) != value:
            st.query_params[name] = value
        elif not value and name in st.query_params:
            del st.query_params[name]


def _starts(session: Session, known: dict[str, str]) -> str:
    links = (
        page_link("pair", session.lang, f"{known[one]} – {known[two]}", a=one, b=two)
        for one, two in pairs(state.busiest(session))
        if one in known and two in known
    )
    return tag(
        "div", f"<p>{text(session.say('pair.start'))}</p>{' '.join(links)}", "rw-block rw-start"
    )


def _files(session: Session, brief: Brief, whole: bool) -> None:
    """Print, the files, and the link to this very brief."""
    sides = [data.node_key(node) for node in brief.sides]
    stem = "-".join(["rawabit", *(key.rpartition("/")[2] for key in sides)])
    say = session.say
    # A click must not draw the page anew: what is made on demand would be gone by then.
    with st.container(horizontal=True, vertical_alignment="center", key="pair_files"):
        print_button(say("pair.print"))
        st.download_button(
            "Turtle",
            lambda: attachments.turtle(state.corpus(session), brief).encode(),
            f"{stem}.ttl",
            "text/turtle",
            on_click="ignore",
        )
        st.download_button(
            "CSV",
            lambda: attachments.table(brief, state.namer(session)),
            f"{stem}.csv",
            "text/csv",
            on_click="ignore",
        )
        st.download_button(
            say("download.html"),
            lambda: _standalone(session, brief),
            f"{stem}.html",
            "text/html",
            on_click="ignore",
        )
        address = {"a": brief.sides[0], "b": brief.sides[1], "asof": brief.asof}
        st.html(
            page_link("pair", session.lang, say("pair.link"), "rw-permalink", **address),
            width="content",
        )
        if not whole and len(brief.facts) > briefing.SHOWN:
            st.html(
                page_link("pair", session.lang, say("pair.all"), **address, all="1"),
                width="content",
            )


def _standalone(session: Session, brief: Brief) -> bytes:
    """The whole brief as one file that needs nothing else."""
    written = briefing.Briefing(session, brief, state.namer(session), whole=True)
    return paper.document(" – ".join(written.sides), written.page(links=False), session.lang)
