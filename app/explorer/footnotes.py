"""Footnotes of a page: each quotation of a document once, numbered as the page first needs it."""

from __future__ import annotations

import html
from collections.abc import Iterable

from app.explorer.i18n import long_date
from app.explorer.markup import chip, page_link, text, web_link
from app.explorer.state import Session
from kg.brief.model import Citation


class Footnotes:
    """Numbers for what documents say of a fact, and the list of them at the foot of the page."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._numbers: dict[tuple[Citation, ...], int] = {}

    def refs(self, citations: Iterable[Citation]) -> str:
        """Marks that lead to the notes, one a document with all that it says of the fact."""
        by_document: dict[str, list[Citation]] = {}
        for one in citations:
            by_document.setdefault(one.source.document, []).append(one)
        numbers = sorted(self._number(tuple(said)) for said in by_document.values())
        marks = (f'<a href="#note-{number}">{number}</a>' for number in numbers)
        return f'<sup class="rw-refs">{" ".join(marks)}</sup>' if numbers else ""

    def _number(self, said: tuple[Citation, ...]) -> int:
        return self._numbers.setdefault(said, len(self._numbers) + 1)

    def listed(self, *, links: bool = True) -> str:
        """The notes in their order; `links` to our pages, for use inside the explorer."""
        notes = (self._note(number, said, links) for said, number in self._numbers.items())
        return f'<ol class="rw-notes">{"".join(notes)}</ol>' if self._numbers else ""

    def _note(self, number: int, said: tuple[Citation, ...], links: bool) -> str:
        session, source = self._session, said[0].source
        direction = "rtl" if source.lang == "ar" else "ltr"
        quotes = " … ".join(
            f'<q dir="{direction}" lang="{html.escape(source.lang)}">{html.escape(words)}</q>'
            for words in dict.fromkeys(one.exact for one in said)
        )
        title = (
            page_link("documents", session.lang, source.title, doc=source.document)
            if links
            else web_link(source.url, source.title)
        )
        rules = ", ".join(dict.fromkeys(one.rule for one in said if one.rule))
        parts = [
            title,
            text(source.publisher) if source.publisher else "",
            text(long_date(source.published, session.lang)) if source.published else "",
            f"<code>{text(rules)}</code>" if rules else "",
        ]
        official = chip(session.say("pair.official"), "quiet") if source.official else ""
        listed = " · ".join(filter(None, parts))
        return f'<li id="note-{number}">{quotes} {listed} {official}</li>'
