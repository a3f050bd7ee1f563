"""The details of a node as markup: an entity with its offices and events, or one event in full."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from app.explorer import data, evidence, lifeline, state, weighing
from app.explorer.drawing import COLOURS, event_title, group, has_arabic
from app.explorer.evidence import Quote, Reason, Relation, Tenure
from app.explorer.i18n import NAMES, long_date
from app.explorer.markup import (
    chip,
    node_link,
    page_link,
    quotation,
    rows,
    section,
    tag,
    text,
    web_link,
)
from app.explorer.neighbourhood import Group
from app.explorer.state import Session
from app.explorer.terms import term_name

_STEP = re.compile(r"( → | ← |: )")
EVENT_CAP = 40
TENURE_CAP = 25


def panel(session: Session, node: str) -> str:
    """The details of any node of the store."""
    record = data.event(session.store, node)
    return event_panel(session, record) if record else entity_panel(session, node)


def heading(session: Session, title: str, kind: str, colour: str) -> str:
    """The name of what is shown, with its kind in the colour that it has in the graph."""
    dot = f'<span class="rw-dot" style="background:{colour}"></span>'
    return f'<header class="rw-head">{dot}<div><h2>{text(title)}</h2>{chip(kind)}</div></header>'


def entity_panel(session: Session, node: str) -> str:
    """Names, offices, relations and events of an entity or an office."""
    store, lang = session.store, session.lang
    kind = data.kind(store, node) or "Entity"
    events = state.node_events(session, node)
    tenures = evidence.tenures(store, node)
    title = session.say("details.holders" if kind in ("Country", "Office") else "details.offices")
    held = section(title, _tenures(session, node, tenures))
    relations = _relations(session, evidence.relations(store, node))
    parts = [
        heading(session, session.name(node), term_name(kind, lang), COLOURS[group(kind)]),
        section(session.say("details.names"), _names(session, node)),
        section(session.say("details.life"), _life(session, kind, tenures, events)),
        held if kind != "Country" else "",  # a country has too many to stand above its events
        section(session.say("details.relations"), relations),
        section(f"{session.say('details.events')} ({len(events)})", event_list(session, events)),
        held if kind == "Country" else "",
    ]
    return tag("article", "".join(parts), "rw-panel")


def _life(
    session: Session, kind: str, tenures: Sequence[Tenure], events: Sequence[data.Event]
) -> str:
    """The axis of time; a country's many offices are listed instead."""
    return lifeline.lifeline(session, () if kind == "Country" else tenures, events)


def _names(session: Session, node: str) -> str:
    known = data.labels(session.store, node)
    order = sorted(known, key=lambda lang: (lang != session.lang, lang))
    lines = [(NAMES.get(lang, lang), " · ".join(map(text, known[lang][:5]))) for lang in order]
    links = (
        web_link(link, session.say("details.same") if "wikidata.org" in link else link)
        for link in evidence.links(session.store, node)
    )
    return rows([*lines, ("↗", " ".join(links))]) if known else ""


def _tenures(session: Session, node: str, tenures: Sequence[Tenure]) -> str:
    lines = [_tenure(session, node, tenure) for tenure in tenures[:TENURE_CAP]]
    rest = len(tenures) - len(lines)
    if rest > 0:
        lines.append(tag("li", text(session.say("details.events.more", count=rest)), "rw-faint"))
    return tag("ul", "".join(lines), "rw-list") if lines else ""


def _tenure(session: Session, node: str, tenure: Tenure) -> str:
    who = (
        ""
        if tenure.person == node
        else node_link(tenure.person, session.lang, session.name(tenure.person))
    )
    what = (
        ""
        if tenure.office == node
        else node_link(tenure.office, session.lang, session.name(tenure.office))
    )
    dates = tag("small", text(_term(session, tenure))) if tenure.start else ""
    source = tag("small", text(tenure.source), "rw-faint") if tenure.source else ""
    home = "" if data.kind(session.store, node) == "Country" else _home(session, tenure.office)
    return tag("li", f"{' – '.join(filter(None, (who, what)))} {home} {dates} {source}")


def _term(session: Session, tenure: Tenure) -> str:
    """From when to when; an end that is not known is left out, for it may lie in the past."""
    start = long_date(tenure.start, session.lang)
    if not tenure.end:
        return session.say("details.since", date=start)
    return f"{start} – {long_date(tenure.end, session.lang)}"


def _home(session: Session, office: str) -> str:
    """The country of an office, unless the office's name says it."""
    shown = session.name(office)
    names = (session.name(land) for land in data.countries_of(session.store, office))
    return "".join(chip(land, "quiet") for land in names if land not in shown)


def _relations(session: Session, relations: Sequence[Relation]) -> str:
    lines = []
    for relation in relations:
        ends = (
            node_link(n, session.lang, session.name(n)) for n in (relation.subject, relation.object)
        )
        middle = f" <em>{text(term_name(relation.predicate, session.lang))}</em> "
        quotes = "".join(quote(session, one) for one in relation.quotes[:5])
        lines.append(f"<details><summary>{middle.join(ends)}</summary>{quotes}</details>")
    return "".join(lines)


def event_list(session: Session, events: Sequence[data.Event], cap: int = EVENT_CAP) -> str:
    """Events by date, each opening on its evidence."""
    lines = [event_item(session, event) for event in events[:cap]]
    rest = len(events) - len(lines)
    if rest > 0:
        lines.append(tag("p", text(session.say("details.events.more", count=rest)), "rw-faint"))
    return "".join(lines)


def event_item(session: Session, event: data.Event) -> str:
    """One event in a list: date and title, the whole record behind them."""
    colour = COLOURS[group("Event", event.type)]
    date = long_date(event.date, session.lang) or session.say("details.undated")
    title = event_title(session.store, event, session.lang)
    return (
        f'<details class="rw-event" style="border-inline-start-color:{colour}"><summary>'
        f"<time>{text(date)}</time> {text(title)} {_flags(session, event)}</summary>"
        f"{event_body(session, event)}"
        f"<p>{node_link(event.node, session.lang, session.say('details.show'))}</p></details>"
    )


def _flags(session: Session, event: data.Event) -> str:
    """What a reader must know before opening: not held, disputed date, number of sources."""
    doubts = [chip(term_name(c, session.lang), f"c-{c}") for c in event.certainties if c != "held"]
    if len(event.dates) > 1:
        doubts.append(chip(session.say("details.conflict"), "c-conflict"))
    if len(event.documents) > 1:
        doubts.append(chip(session.say("details.sources", count=len(event.documents)), "quiet"))
    return "".join(doubts)


def event_panel(session: Session, event: data.Event) -> str:
    """One event in full."""
    colour = COLOURS[group("Event", event.type)]
    title = event_title(session.store, event, session.lang)
    head = heading(session, title, term_name(event.type, session.lang), colour)
    return tag("article", head + event_body(session, event), "rw-panel")


def group_panel(session: Session, drawn: Group) -> str:
    """The events that are drawn as one."""
    events = data.events(session.store, drawn.events)
    colour = COLOURS[group("Event", drawn.type)]
    title = f"{term_name(drawn.type, session.lang)} {drawn.year}".strip()
    count = session.say("details.group", count=len(events))
    listed = event_list(session, events)
    return tag("article", heading(session, title, count, colour) + listed, "rw-panel")


def event_body(session: Session, event: data.Event) -> str:
    """Facts of an event, what was inferred and why, and the sentences that state it."""
    quotes = evidence.quotes(session.store, event.node)
    reasons = evidence.reasons(session.store, event.node)
    weighed = weighing.weigh(session, event.node)
    count = weighing.summary(session, weighed)
    return (
        _facts(session, event)
        + section(session.say("details.weighed"), weighing.table(session, weighed))
        + section(session.say("details.inferred"), _reasons(session, reasons))
        + section(
            f"{session.say('details.evidence')} · {count}",
            "".join(quote(session, one) for one in quotes),
        )
    )


def _facts(session: Session, event: data.Event) -> str:
    lang = session.lang
    certainty = (chip(term_name(c, lang), f"c-{c}") for c in event.certainties)
    return rows(
        [
            (session.say("details.parties"), _parties(session, event)),
            (session.say("details.date"), _dates(session, event)),
            (session.say("details.place"), _links(session, event.places)),
            (session.say("details.about"), _links(session, event.about)),
            (session.say("details.edition"), text(event.edition) if event.edition else ""),
            (session.say("details.certainty"), "".join(certainty)),
            (
                session.say("details.stance"),
                "".join(chip(term_name(stance, lang)) for stance in event.stances),
            ),
            (
                session.say("details.topics"),
                "".join(chip(term_name(topic, lang), "quiet") for topic in event.topics),
            ),
        ]
    )


def _links(session: Session, nodes: Sequence[str]) -> str:
    return " · ".join(node_link(node, session.lang, session.name(node)) for node in nodes)


def _parties(session: Session, event: data.Event) -> str:
    lines = []
    for party in event.parties:
        role = (
            ""
            if party.role == "participant"
            else chip(term_name(party.role, session.lang), "quiet")
        )
        lines.append(
            tag("li", f"{node_link(party.node, session.lang, session.name(party.node))} {role}")
        )
    return tag("ul", "".join(lines), "rw-parties") if lines else ""


def _dates(session: Session, event: data.Event) -> str:
    """One date, or all that differ with the documents that give them."""
    if not event.dates:
        return ""
    if len(event.dates) == 1:
        ends = [long_date(end, session.lang) for end in event.end_dates]
        return text(" – ".join([long_date(event.date, session.lang), *ends]))
    lines = []
    for date, documents in sorted(evidence.dates_by_document(session.store, event.node).items()):
        cited = " · ".join(_cited(session, document) for document in documents)
        lines.append(tag("li", f"<b>{text(long_date(date, session.lang))}</b> {cited}"))
    warning = chip(session.say("details.conflict"), "c-conflict")
    return warning + tag("ul", "".join(lines), "rw-parties")


def _cited(session: Session, document: str) -> str:
    title = evidence.source(session.store, document).title
    return tag("small", page_link("documents", session.lang, title, doc=document))


def _reasons(session: Session, reasons: Sequence[Reason]) -> str:
    lines = []
    for reason in reasons:
        if reason.value.startswith("http"):
            shown = node_link(reason.value, session.lang, session.name(reason.value))
        else:
            shown = text(long_date(reason.value, session.lang))
        slot = text(term_name(reason.slot, session.lang))
        lines.append(tag("li", f"{slot}: {shown}<br><small>{_steps(reason.basis)}</small>"))
    return tag("ul", "".join(lines), "rw-list") if lines else ""


def _steps(basis: str) -> str:
    """A chain of reasons, each step in its own direction where the chain is of several scripts."""
    if not has_arabic(basis):
        return text(basis)
    return "".join(
        html.escape(part) if _STEP.fullmatch(part) else text(part) for part in _STEP.split(basis)
    )


def quote(session: Session, one: Quote) -> str:
    """A source sentence with its words marked, and where it comes from."""
    source = one.source
    cited = [
        page_link("documents", session.lang, source.title, doc=source.node),
        text(source.publisher) if source.publisher else "",
        tag("span", text(long_date(source.published, session.lang)), "rw-num"),
    ]
    how = [
        f"{text(session.say('details.rule'))} <code>{text(one.rule)}</code>" if one.rule else "",
        f"{text(session.say('details.confidence'))} {text(one.confidence)}"
        if one.confidence
        else "",
        *(f"<code>{text(entry)}</code>" for entry in one.lexicon[:3]),
    ]
    return (
        '<figure class="rw-quote">'
        + quotation(one.before, one.words, one.after, source.lang)
        + f"<figcaption>{' · '.join(filter(None, cited))}<br>"
        + f'<span class="rw-how">{" · ".join(filter(None, how))}</span></figcaption></figure>'
    )
