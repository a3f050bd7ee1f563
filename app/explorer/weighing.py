"""What the sources say of an event, value by value: who gives it, and which is preferred."""

from __future__ import annotations

from collections.abc import Sequence

from app.explorer import evidence
from app.explorer.i18n import long_date
from app.explorer.markup import chip, node_link, page_link, tag, text
from app.explorer.state import Session
from app.explorer.terms import term_name
from kg.corroboration import Corroboration, Value, sources

_CODES = ("certainty", "stance")
_DATES = ("date", "endDate")


def weigh(session: Session, event: str) -> Corroboration:
    """The corroboration of an event."""
    return sources(session.store, event)


def summary(session: Session, found: Corroboration) -> str:
    """How many documents, how many of them independent, and the joint confidence."""
    count = len(found.sources)
    parts = [session.say("details.sources", count=count)]
    if count > 1:
        parts.append(session.say("details.independent", count=found.voices))
    if any(source.official for source in found.sources):
        parts.append(session.say("details.official"))
    return " · ".join(parts)


def table(session: Session, found: Corroboration) -> str:
    """Values side by side where several documents speak, or where they differ; else nothing."""
    if len(found.sources) < 2 and not found.contradictions:
        return ""
    slots = dict.fromkeys(value.slot for value in found.values)
    rows = "".join(_slot(session, slot, found.of(slot)) for slot in slots)
    heads = ("details.value", "details.given", "details.confidence")
    head = "".join(f"<th>{text(session.say(key))}</th>" for key in heads)
    return f'<table class="rw-weigh"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _slot(session: Session, slot: str, values: Sequence[Value]) -> str:
    name = tag("th", text(term_name(slot, session.lang)))
    doubt = chip(session.say("details.disputed"), "c-conflict") if _disputed(values) else ""
    head = f'<tr class="slot">{name}<td colspan="2">{doubt}</td></tr>'
    return head + "".join(_row(session, value) for value in values)


def _disputed(values: Sequence[Value]) -> bool:
    return any(value.disputed for value in values)


def _row(session: Session, value: Value) -> str:
    marks = []
    if value.preferred and value.disputed:
        marks.append(chip(f"✓ {session.say('details.preferred')}", "c-held"))
    if value.accepted:
        marks.append(chip(session.say("details.accepted"), "c-held"))
    if value.inferred:
        marks.append(chip(session.say("details.inferred"), "quiet"))
    why = value.reason.text(session.lang) if value.disputed or value.reason.key != "only" else ""
    cited = " · ".join(
        page_link("documents", session.lang, _short(session, one.document), doc=one.document)
        for one in value.statements[:6]
    )
    more = f" +{len(value.statements) - 6}" if len(value.statements) > 6 else ""
    given = f"{cited}{more}" + (f"<br>{tag('small', text(why), 'rw-faint')}" if why else "")
    sure = f'<span class="rw-num">{value.confidence:.2f}</span>'
    cells = (f"{_shown(session, value)} {''.join(marks)}", given, sure)
    return tag("tr", "".join(tag("td", cell) for cell in cells))


def _short(session: Session, document: str) -> str:
    cited = evidence.source(session.store, document)
    return cited.publisher or cited.title


def _shown(session: Session, value: Value) -> str:
    if value.slot in _DATES:
        return text(long_date(value.value, session.lang))
    if value.slot in _CODES or value.slot == "topic":
        return text(term_name(value.value, session.lang))
    if value.value.startswith("http"):
        return node_link(value.value, session.lang, session.name(value.value))
    return text(value.value)
