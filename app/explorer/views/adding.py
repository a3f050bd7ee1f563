"""The form that adds news: paste a text or drop files, see the progress and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import streamlit as st

from app.explorer import adding
from app.explorer.adding import Upload
from app.explorer.i18n import NAMES, say
from app.explorer.markup import chip, page_link, tag, text
from app.explorer.selection import is_date
from ingest.batch import Report, Result
from ingest.documents import Defaults, Input
from kg.errors import RawabitError
from kg.vocab import ID, document_key

# Streamlit does not translate what its field for files says.
_UPLOAD = """<style>
[data-testid="stFileUploaderDropzoneInstructions"], [data-testid="stFileUploaderDropzone"] small,
[data-testid="stFileUploaderDropzone"] button ~ div { display: none; }
[data-testid="stFileUploaderDropzone"] button { font-size: 0; }
[data-testid="stFileUploaderDropzone"] button * { font-size: 0; }
[data-testid="stFileUploaderDropzone"] button::after { font-size: 1rem; content: "WORDS"; }
</style>"""
_COLOURS = {"added": "c-held", "replaced": "c-planned", "quarantined": "c-denied"}


def form(lang: str, path: Path) -> None:
    """Draw it; what it adds is in the store at `path` when the page runs again."""
    st.html(_UPLOAD.replace("WORDS", say(lang, "add.upload")))
    paste, drop = st.columns(2, gap="large")
    with paste, st.form("add_text", clear_on_submit=True, border=False):
        fields = _fields(lang)
        if st.form_submit_button(say(lang, "add.text.go"), type="primary"):
            _paste(lang, path, fields)
    with drop, st.form("add_files", clear_on_submit=True, border=False):
        files = st.file_uploader(
            say(lang, "add.files"),
            accept_multiple_files=True,
            type=["txt", "html", "htm", "xml", "rss", "atom", "json", "jsonl", "gz"],
            help=say(lang, "add.files.help"),
        )
        given = st.text_input(say(lang, "add.files.published"), placeholder="2023-02-01").strip()
        if st.form_submit_button(say(lang, "add.files.go"), type="primary"):
            uploads = [Upload(file.name, file.getvalue()) for file in files or ()]
            _drop(lang, path, uploads, given)
    _summary(lang)


def _fields(lang: str) -> dict[str, str]:
    words = st.text_area(
        say(lang, "add.text"), height=170, placeholder=say(lang, "rules.text.hint"), key="add_words"
    )
    title = st.text_input(say(lang, "documents.title"))
    day, language, source = st.columns(3)
    published = day.text_input(say(lang, "documents.published"), placeholder="2023-02-01")
    code = language.selectbox(
        say(lang, "documents.language"),
        ["", *NAMES],
        format_func=lambda one: NAMES.get(one, say(lang, "rules.detect")),
    )
    publisher = source.text_input(say(lang, "documents.source"))
    return {
        "text": words,
        "title": title,
        "published": published,
        "lang": code,
        "source": publisher,
    }


def _paste(lang: str, path: Path, fields: dict[str, str]) -> None:
    day = fields["published"].strip()
    if not fields["text"].strip():
        st.warning(say(lang, "add.text.none"))
    elif day and not _is_day(day):
        st.warning(say(lang, "add.day", value=f"`{day[:40]}`"))
    else:
        _run(lang, path, [adding.pasted(fields)])


def _drop(lang: str, path: Path, uploads: list[Upload], day: str) -> None:
    if not uploads:
        st.warning(say(lang, "add.files.none"))
    elif day and not _is_day(day):
        st.warning(say(lang, "add.day", value=f"`{day[:40]}`"))
    else:
        _run(lang, path, adding.dropped(uploads, Defaults(published=day or None)))


def _is_day(value: str) -> bool:
    return len(value) == len("2023-02-01") and is_date(value)


def _run(lang: str, path: Path, inputs: Iterable[Input]) -> None:
    """Add with signs of life; the summary is shown by the run of the page that follows."""
    done: list[Result] = []
    with st.status(say(lang, "add.reading"), expanded=True) as status:
        st.caption(say(lang, "add.first"))
        line = st.empty()

        def told(result: Result) -> None:
            done.append(result)
            shown = result.document or result.path
            line.text(say(lang, "add.progress", count=len(done), name=shown))

        try:
            adding.add(path, inputs, told)
        except RawabitError as error:
            status.update(label=say(lang, "add.failed"), state="error")
            st.error(str(error))
            return
    st.session_state["added"] = done
    st.rerun()


def _summary(lang: str) -> None:
    """What came of the last addition, until the next one."""
    done: list[Result] = st.session_state.get("added", [])
    if not done:
        return
    report = Report.of(done)
    told = say(
        lang,
        "add.summary",
        inputs=report.inputs,
        added=report.added,
        replaced=report.replaced,
        unchanged=report.unchanged,
        refused=report.skipped + report.quarantined,
    )
    lines = "".join(_line(lang, result) for result in done[:100])
    body = f'<p><b>{text(told)}</b></p><ul class="rw-facts">{lines}</ul>'
    st.html(tag("div", body, "rw-block rw-added"))


def _line(lang: str, result: Result) -> str:
    outcome = str(result.outcome)
    mark = chip(say(lang, f"add.outcome.{outcome}"), _COLOURS.get(outcome, "quiet"))
    place = f"{result.path}:{result.line}" if result.line else result.path
    shown = text(place)
    if result.document:
        node = ID + document_key(result.document)
        shown = page_link("documents", lang, result.document, doc=node)
    why = f" <small>{text(result.reason)}</small>" if result.reason else ""
    return tag("li", f"{mark} {shown}{why}")
