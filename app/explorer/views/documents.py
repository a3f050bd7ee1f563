"""The documents: a list, and one article with its mentions and events marked in place."""

from __future__ import annotations

import html
from collections.abc import Iterable
from urllib.parse import quote

import streamlit as st

from app.explorer import articles, data, evidence, panels
from app.explorer.articles import Article, Mark, Run
from app.explorer.drawing import COLOURS, event_title, group
from app.explorer.evidence import Source
from app.explorer.i18n import NAMES, is_rtl, long_date, say
from app.explorer.markup import attribute, page_link, section, tag, text, web_link
from app.explorer.search import fold
from app.explorer.state import Session, documents
from app.explorer.terms import term_name
from app.explorer.views import adding
from kg import ledger
from kg.terms import term

SHOWN = 200


def render(session: Session) -> None:
    """Draw the article that the address names, else the list."""
    asked = st.query_params.get("doc", "")
    if not asked:
        _list(session)
        return
    st.html(page_link("documents", session.lang, session.say("documents.back"), "rw-back"))
    found = articles.article(session.store, data.node_iri(asked))
    if found is None:
        st.warning(session.say("documents.unknown", node=f"`{asked[:200]}`"))
        return
    _article(session, found)


def _list(session: Session) -> None:
    with st.expander(
        session.say("add.title"),
        icon=":material/note_add:",
        expanded="added" in st.session_state or st.query_params.get("add", "") == "1",
    ):
        adding.form(session.lang, session.path)
    everything = documents(session)
    find, choose, state = st.columns([4, 3, 3])
    typed = find.text_input(
        session.say("documents.find"), icon=":material/search:", key="documents_find"
    )
    wanted = fold(typed)
    languages = choose.pills(
        session.say("documents.language"),
        sorted({one.lang for one in everything}),
        selection_mode="multi",
        format_func=lambda lang: NAMES.get(lang, lang),
    )
    only = state.pills(
        session.say("documents.state"),
        ("events", "silent"),
        format_func=lambda name: session.say(f"documents.state.{name}"),
    )
    kept = (
        one
        for one in everything
        if wanted in fold(f"{one.title} {one.publisher}")
        and (not languages or one.lang in languages)
    )
    shown, more = _shown(session, kept, only)
    key = "documents.count" if not more else "documents.first"
    st.caption(session.say(key, shown=len(shown), count=len(everything)))
    refused = ledger.refusals(session.path)
    if refused:
        label = session.say("documents.refused", count=len(refused))
        st.html(page_link("quality", session.lang, label, "rw-back", part="refused"))
    if shown:
        st.html(_table(session, shown))
    else:
        st.info(session.say("documents.none"))


def _shown(
    session: Session, kept: Iterable[Source], only: str | None
) -> tuple[list[tuple[Source, int]], bool]:
    """The first documents with the number of their events, and whether there are more."""
    found: list[tuple[Source, int]] = []
    for one in kept:
        count = articles.event_count(session.store, one.node)
        if only is None or (count > 0) == (only == "events"):
            if len(found) == SHOWN:
                return found, True
            found.append((one, count))
    return found, False


def _table(session: Session, sources: list[tuple[Source, int]]) -> str:
    heads = (
        *("details.date", "documents.title", "language", "documents.source", "details.events"),
        "documents.read",
    )
    head = "".join(f"<th>{html.escape(session.say(key))}</th>" for key in heads)
    read = {one.document: one.at for one in ledger.readings(session.path)}
    body = "".join(_row(session, one, count, read) for one, count in sources)
    return tag(
        "div", f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>", "rw-table"
    )


def _row(session: Session, one: Source, count: int, read: dict[str, str]) -> str:
    title = page_link("documents", session.lang, one.title, doc=one.node)
    identifier = evidence.value(session.store, one.node, term("dcterms:identifier"))
    at = read.get(identifier, "")[:10]
    cells = (
        f'<span class="rw-num">{text(one.published)}</span>',
        title,
        text(NAMES.get(one.lang, one.lang)),
        text(one.publisher),
        f'<span class="rw-num">{count or "–"}</span>',
        f'<span class="rw-num rw-faint">{text(at)}</span>',
    )
    return tag("tr", "".join(tag("td", cell) for cell in cells))


def _article(session: Session, found: Article) -> None:
    source = found.source
    direction = "rtl" if is_rtl(source.lang) else "ltr"
    left, right = st.columns([3, 2], gap="large")
    facts = [
        text(source.publisher),
        text(f"{session.say('documents.published')} {long_date(source.published, session.lang)}")
        if source.published
        else "",
        text(NAMES.get(source.lang, source.lang)),
        web_link(source.url, session.say("documents.original")) if source.url else "",
    ]
    head = (
        f'<h2 dir="{direction}">{text(source.title)}</h2>'
        f'<p class="rw-faint">{" · ".join(filter(None, facts))}</p>{_legend(session, found)}'
    )
    body = "".join(_run(session, run) for run in articles.runs(found.text, found.marks))
    left.html(
        tag("div", head, "rw-panel")
        + f'<div class="rw-text" dir="{direction}" lang="{attribute(source.lang)}">{body}</div>'
    )
    events = panels.event_list(session, found.events) or text(session.say("documents.noevents"))
    title = f"{session.say('documents.events')} ({len(found.events)})"
    right.html(tag("div", section(title, events), "rw-block"))


def _legend(session: Session, found: Article) -> str:
    kinds = dict.fromkeys(mark.kind for mark in found.marks)
    keys = [_key(session, kind) for kind in kinds if kind not in ("Event", "Fact")]
    if "Fact" in kinds:
        keys.append(f'<span class="m-Fact">{text(session.say("marks.fact"))}</span>')
    if "Event" in kinds:
        keys.append(f'<span class="m-Event">{text(session.say("marks.event"))}</span>')
    hint = f"<span>{text(session.say('documents.hover'))}</span>" if keys else ""
    return f'<div class="rw-legend rw-marks">{"".join(keys)}{hint}</div>'


def _key(session: Session, kind: str) -> str:
    colour = COLOURS[group(kind)]
    return f'<span><i style="background:{colour}"></i>{text(term_name(kind, session.lang))}</span>'


def _run(session: Session, run: Run) -> str:
    """One stretch of text; what hovers names every mark over it."""
    words = html.escape(run.text)
    if not run.marks:
        return words
    tips = list(dict.fromkeys(_tip(session, mark) for mark in run.marks))
    kinds = " ".join(sorted({_class(mark) for mark in run.marks}))
    name = next((m for m in reversed(run.marks) if _class(m) == "m-name"), None)
    colour = f' style="border-color:{COLOURS[group(name.kind)]}"' if name else ""
    tip = html.escape("\n".join(tips), quote=True)
    attributes = f'class="{kinds}" data-tip="{tip}"{colour}'
    if name is None:
        return f'<span {attributes} tabindex="0">{words}</span>'
    address = f"explore?node={quote(data.node_key(name.node), safe='')}&lang={session.lang}"
    return f'<a {attributes} href="{attribute(address)}">{words}</a>'


def _class(mark: Mark) -> str:
    return f"m-{mark.kind}" if mark.kind in ("Event", "Fact") else "m-name"


def _tip(session: Session, mark: Mark) -> str:
    """Kind, name and rule of a mark."""
    kind = mark.detail or mark.kind
    if mark.kind == "Event":
        record = data.event(session.store, mark.node)
        what = event_title(session.store, record, session.lang) if record else ""
    else:
        what = f"{term_name(kind, session.lang)}: {session.name(mark.node)}"
    return f"{what} [{say(session.lang, 'details.rule')}: {mark.rule}]"
