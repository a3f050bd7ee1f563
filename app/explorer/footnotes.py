"""Footnotes of a page: each quotation of a document once, numbered as the page first needs it."""

from __future__ import annotations

import html
from collections.abc import Iterable

from app.explorer.i18n import long_date
from app.explorer.markup import chip, page_link, text, web_link
from app.explorer.state import Session
from kg.brief.model import Citation


class Footnotes:
    """Numbers for citations, and the list of them at the foot of the page."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._notes: list[Citation] = []

    def refs(self, citations: Iterable[Citation]) -> str:
        """Marks that lead to the notes of these citations."""
        numbers = sorted({self._number(one) for one in citations})
        marks = (
            f'<a href="#note-{n}" id="ref-{n}-{html.escape(str(i))}">{n}</a>'
            for i, n in enumerate(numbers)
        )
        return f'<sup class="rw-refs">{" ".join(marks)}</sup>' if numbers else ""

    def _number(self, citation: Citation) -> int:
        key = (citation.source.document, citation.start, citation.end)
        if key not in self._numbers:
            self._notes.append(citation)
            self._numbers[key] = len(self._notes)
        return self._numbers[key]

    def listed(self, *, links: bool = True) -> str:
        """The notes in their order; `links` to our pages, for use inside the explorer."""
        notes = (self._note(n, one, links) for n, one in enumerate(self._notes, 1))
        return f'<ol class="rw-notes">{"".join(notes)}</ol>' if self._notes else ""

    def _note(self, number: int, one: Citation, links: bool) -> str:
        session, source = self._session, one.source
        direction = "rtl" if source.lang == "ar" else "ltr"
        title = (
            page_link("documents", session.lang, source.title, doc=source.document)
            if links
            else web_link(source.url, source.title)
        )
        marks = [chip(session.say("pair.official"), "quiet")] if source.official else []
        parts = [
            title,
            text(source.publisher) if source.publisher else "",
            text(long_date(source.published, session.lang)) if source.published else "",
            f"<code>{text(one.rule)}</code>" if one.rule else "",
        ]
        return (
            f'<li id="note-{number}"><q dir="{direction}" lang="{html.escape(source.lang)}">'
            f"{html.escape(one.exact)}</q> {' · '.join(filter(None, parts))} {''.join(marks)}</li>"
        )
