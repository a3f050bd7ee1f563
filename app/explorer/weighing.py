"""What the sources say of an event, value by value: who gives it, and which is preferred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.explorer import evidence
from app.explorer.i18n import long_date
from app.explorer.markup import chip, node_link, page_link, tag, text
from app.explorer.state import Session
from app.explorer.terms import term_name
from kg.corroboration import Corroboration, Value, sources

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
    return head + "".join(_row(session, value, values) for value in values)


def _disputed(values: Sequence[Value]) -> bool:
    return any(value.disputed for value in values)


def why(session: Session, value: Value, rivals: Sequence[Value]) -> str:
    """Why a value is preferred or not, the other values by their names."""
    names = {one.value.rpartition("/")[2]: plain(session, one) for one in rivals}
    figures = tuple(names.get(figure, figure) for figure in value.reason.figures)
    return replace(value.reason, figures=figures).text(session.lang)


def plain(session: Session, value: Value) -> str:
    """A value in the reader's language, without markup."""
    if value.slot in _DATES:
        return long_date(value.value, session.lang)
    if value.value.startswith("http") and value.slot != "topic":
        return session.name(value.value)
    return value.value if value.slot == "edition" else term_name(value.value, session.lang)


def _row(session: Session, value: Value, rivals: Sequence[Value]) -> str:
    marks = []
    if value.preferred and value.disputed:
        marks.append(chip(f"✓ {session.say('details.preferred')}", "c-held"))
    if value.accepted:
        marks.append(chip(session.say("details.accepted"), "c-held"))
    if value.inferred:
        marks.append(chip(session.say("details.inferred"), "quiet"))
    telling = value.disputed or value.reason.key != "only"
    reason = why(session, value, rivals) if telling else ""
    cited = "<br>".join(
        page_link("documents", session.lang, _short(session, one.document), doc=one.document)
        for one in value.statements[:6]
    )
    more = f" +{len(value.statements) - 6}" if len(value.statements) > 6 else ""
    given = f"{cited}{more}" + (f"<br>{tag('small', text(reason), 'rw-faint')}" if reason else "")
    sure = f'<span class="rw-num">{value.confidence:.2f}</span>'
    cells = (f"{shown(session, value)} {''.join(marks)}", given, sure)
    return tag("tr", "".join(tag("td", cell) for cell in cells))


def _short(session: Session, document: str) -> str:
    cited = evidence.source(session.store, document)
    return cited.publisher or cited.title


def shown(session: Session, value: Value) -> str:
    """A value as markup, with a link where it is a node."""
    if value.value.startswith("http") and value.slot != "topic":
        return node_link(value.value, session.lang, session.name(value.value))
    return text(plain(session, value))
