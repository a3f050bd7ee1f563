"""The rules and lexicons, where each fired, and a text to try them on."""

from __future__ import annotations

import html
from collections.abc import Sequence
from itertools import islice

import streamlit as st

from app.explorer import panels, rulebook, state, tryout
from app.explorer.evidence import Quote
from app.explorer.i18n import NAMES
from app.explorer.markup import chip, page_link, section, tag, text
from app.explorer.rulebook import Firings
from app.explorer.selection import is_date
from app.explorer.state import Session
from ingest.rules import Rule

TABS = ("rules", "lexicons", "try")
SHOWN = 150


def render(session: Session) -> None:
    """Draw the rule that the address names, else the chosen part."""
    asked = st.query_params.get("rule", "")
    if asked:
        _rule(session, asked)
        return
    given = st.query_params.get("tab", "")
    if "rules_tab" not in st.session_state:
        st.session_state["rules_tab"] = given if given in TABS else "rules"
    tab = st.segmented_control(
        session.say("nav.rules"),
        TABS,
        key="rules_tab",
        format_func=lambda name: session.say(f"rules.tab.{name}"),
        label_visibility="collapsed",
    )
    st.query_params["tab"] = tab or "rules"
    {"rules": _list, "lexicons": _lexicons, "try": _try}[tab or "rules"](session)


# --- browsing rules


def _list(session: Session) -> None:
    find, language, target = st.columns([4, 2, 3])
    wanted = find.text_input(session.say("rules.find"), icon=":material/search:")
    lang = language.selectbox(
        session.say("language"),
        ["", *NAMES],
        format_func=lambda code: NAMES.get(code, session.say("filters.all")),
    )
    targets = sorted({rule.target for rule in rulebook.every_rule().values()})
    makes = target.selectbox(
        session.say("rules.makes"),
        ["", *targets],
        format_func=lambda name: _target(session, name) if name else session.say("filters.all"),
    )
    with st.spinner(session.say("rules.counting")):
        counts = state.firings(session)
    found = rulebook.chosen(lang, makes, wanted)
    found.sort(key=lambda rule: (-counts.get(rule.id, Firings()).facts, rule.id))
    shown = found[:SHOWN]
    st.caption(session.say("rules.count", shown=len(shown), count=len(found)))
    if not found:
        st.info(session.say("rules.none"))
        return
    st.html(_table(session, shown, counts))


def _target(session: Session, name: str) -> str:
    return tryout.target_name(session, name)


def _table(session: Session, found: Sequence[Rule], counts: dict[str, Firings]) -> str:
    heads = (
        "column.rule",
        "language",
        "rules.makes",
        "rules.says",
        "rules.facts",
        "rules.documents",
    )
    head = "".join(f"<th>{html.escape(session.say(key))}</th>" for key in heads)
    rows = []
    for rule in found:
        count = counts.get(rule.id, Firings())
        cells = (
            tryout.rule_link(session, rule.id),
            text(NAMES.get(rule.language, rule.language)),
            text(_target(session, rule.target)),
            f'<span dir="ltr">{text(rule.description)}</span>',
            f'<span class="rw-num">{count.facts:,}</span>',
            f'<span class="rw-num">{count.documents:,}</span>',
        )
        rows.append(tag("tr", "".join(tag("td", cell) for cell in cells)))
    body = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return tag("div", body, "rw-table")


def _rule(session: Session, name: str) -> None:
    """One rule: what it says of itself, its file, and where it fired."""
    st.html(page_link("rules", session.lang, session.say("rules.back"), "rw-back"))
    rule = rulebook.every_rule().get(name)
    quotes = rulebook.fired(session.store, name)
    if rule is None and not quotes:
        st.warning(session.say("rules.unknown", name=f"`{name[:100]}`"))
        return
    left, right = st.columns([1, 1], gap="large")
    with left:
        _written(session, name, rule)
    count = state.firings(session).get(name, Firings())
    told = session.say("rules.fired", facts=f"{count.facts:,}", documents=f"{count.documents:,}")
    body = "".join(panels.quote(session, one) for one in quotes)
    more = count.facts - len(quotes)
    if more > 0:
        body += tag("p", text(session.say("details.events.more", count=more)), "rw-faint")
    none = tag("p", text(session.say("rules.never")), "rw-faint")
    right.html(tag("div", section(told, body or none), "rw-block rw-panel"))


def _written(session: Session, name: str, rule: Rule | None) -> None:
    if rule is None:
        st.html(tag("div", f'<h2 dir="ltr">{text(name)}</h2>', "rw-panel"))
        st.caption(session.say("rules.builtin"))
        return
    chips = chip(NAMES[rule.language], "quiet") + chip(_target(session, rule.target))
    head = f'<h2 dir="ltr">{text(rule.id)}</h2>{chips}<p dir="ltr">{text(rule.description)}</p>'
    st.html(tag("div", head, "rw-panel"))
    st.code(rulebook.source(rule), language="yaml", wrap_lines=True)
    st.caption(f"`{rule.path}`")


# --- lexicons


def _lexicons(session: Session) -> None:
    names = list(rulebook.lexicons())
    choose, find = st.columns([3, 4])
    given = st.query_params.get("file", "")
    name = choose.selectbox(
        session.say("rules.file"), names, index=names.index(given) if given in names else 0
    )
    st.query_params["file"] = name
    wanted = find.text_input(session.say("rules.find"), icon=":material/search:")
    found = list(islice(rulebook.lines(session.store, name, wanted), rulebook.LINES + 1))
    shown = found[: rulebook.LINES]
    key = "rules.lines.more" if len(found) > len(shown) else "rules.lines"
    st.caption(session.say(key, count=len(shown)))
    rows = []
    for line in shown:
        used = page_link(
            "rules",
            session.lang,
            f"{line.facts:,}",
            tab="lexicons",
            file=name,
            line=str(line.number),
        )
        cells = (
            f'<span class="rw-num">{line.number}</span>',
            f'<code dir="auto">{html.escape(line.text)}</code>',
            used if line.facts else "",
        )
        rows.append(tag("tr", "".join(tag("td", cell) for cell in cells)))
    heads = "".join(
        f"<th>{html.escape(session.say(k))}</th>"
        for k in ("rules.line", "rules.entry", "rules.facts")
    )
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    _used(session, name)
    st.html(tag("div", table, "rw-table rw-lexicon"))


def _used(session: Session, name: str) -> None:
    """The sentences that rest on the line that the address names."""
    line = st.query_params.get("line", "")
    if not line.isdigit() or st.query_params.get("file") != name:
        return
    quotes: list[Quote] = rulebook.resting(session.store, f"{name}:{line}")
    body = "".join(panels.quote(session, one) for one in quotes)
    title = session.say("rules.uses", entry=f"{name}:{line}")
    if body:
        st.html(tag("div", section(title, body), "rw-block rw-panel"))


# --- trying a text


def _try(session: Session) -> None:
    with st.form("try", border=False):
        written = st.text_area(
            session.say("rules.text"),
            height=150,
            max_chars=rulebook.TRY_CAP,
            placeholder=session.say("rules.text.hint"),
        )
        language, day, go = st.columns([2, 2, 1], vertical_alignment="bottom")
        lang = language.selectbox(
            session.say("documents.language"),
            ["", *NAMES],
            format_func=lambda code: NAMES.get(code, session.say("rules.detect")),
        )
        published = day.text_input(session.say("documents.published"), placeholder="2023-02-01")
        go.form_submit_button(session.say("rules.try"), type="primary", width="stretch")
    if not written.strip():
        st.html(tag("p", text(session.say("rules.try.empty")), "rw-faint"))
        return
    published = published.strip()
    if published and (len(published) != len("2023-02-01") or not is_date(published)):
        st.warning(session.say("filters.bad", value=f"`{published[:40]}`"))
        published = ""
    with st.spinner(session.say("rules.reading")):
        found = rulebook.attempt(written, lang, published or None)
    tryout.explained(session, found)
