"""One contact as sources of both sides tell it, side by side, with what only one of them says."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from app.explorer.i18n import long_date
from app.explorer.markup import chip, page_link, text
from app.explorer.terms import term_name
from kg.brief.model import Account, Readout

if TYPE_CHECKING:
    from app.explorer.briefing import Briefing


def side_by_side(briefing: Briefing, one: Readout) -> str:
    """Two columns, and a third for sources of neither side, where there are any."""
    topics = [_union(accounts, "topics") for accounts in one.accounts[:2]]
    columns = []
    for number, accounts in enumerate(one.accounts):
        if accounts:
            title = (
                briefing.session.say("pair.source.of", a=briefing.sides[number])
                if number < 2
                else briefing.session.say("pair.source.other")
            )
            only = topics[number] - topics[1 - number] if number < 2 else frozenset()
            told = "".join(_account(briefing, one, account, only) for account in accounts)
            columns.append(f"<div><h5>{text(title)}</h5>{told}</div>")
    head = briefing.line(one.fact)
    return (
        f'<ul class="rw-facts">{head}</ul><div class="rw-two rw-readout">{"".join(columns)}</div>'
    )


def _union(accounts: tuple[Account, ...], slot: str) -> frozenset[str]:
    return frozenset(value for account in accounts for value in getattr(account, slot))


def _account(briefing: Briefing, one: Readout, account: Account, only: frozenset[str]) -> str:
    """One document: its words, the topics and the place and date that it gives."""
    session = briefing.session
    citations = [c for c in one.fact.citations if c.source.graph == account.graph]
    if not citations:
        return ""
    source = citations[0].source
    direction = "rtl" if source.lang == "ar" else "ltr"
    quotes = "".join(
        f'<blockquote dir="{direction}" lang="{html.escape(source.lang)}">'
        f"{html.escape(c.exact)}</blockquote>{briefing.notes.refs([c])}"
        for c in citations[:3]
    )
    cited = page_link("documents", session.lang, source.title, doc=source.document)
    facts = [
        *(chip(long_date(day, session.lang), "quiet") for day in account.dates),
        *(chip(briefing.name(place), "quiet") for place in sorted(account.places)),
        *(
            chip(term_name(topic, session.lang), "only" if topic in only else "quiet")
            for topic in sorted(account.topics)
        ),
    ]
    official = chip(session.say("pair.official"), "quiet") if source.official else ""
    head = f"<p>{cited} · {text(source.publisher)} {official}</p>"
    return f"<section>{head}{quotes}<p>{''.join(facts)}</p></section>"
