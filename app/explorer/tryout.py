"""What reading a text gave, as markup: marks in place, facts, rules that fired, near misses."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from app.explorer import articles, data, rulebook
from app.explorer.drawing import COLOURS, group
from app.explorer.i18n import is_rtl, long_date
from app.explorer.markup import chip, page_link, section, tag, text
from app.explorer.state import Session
from app.explorer.terms import term_name
from ingest.explain import Explanation, Fired
from ingest.nearmiss import NearMiss
from kg.model import EventClaim, Participation, RelationClaim

OTHERS = "capital counterpart gov listed skip unnamed date".split()


def target_name(session: Session, name: str) -> str:
    """What a rule makes, or the kind of a mention, in the language of the session."""
    if name in OTHERS:
        return session.say(f"rules.target.{name}")
    return term_name(rulebook.kind(name), session.lang)


def rule_link(session: Session, name: str) -> str:
    """A link to the page of a rule."""
    return page_link("rules", session.lang, name, "rw-code", rule=name)


def explained(session: Session, found: Explanation) -> None:
    """Draw the text with its marks, what came of it, and why."""
    lang = found.document.lang
    direction = "rtl" if is_rtl(lang) else "ltr"
    runs = articles.runs(found.document.text, rulebook.marks(found))
    body = "".join(_run(session, run) for run in runs)
    st.html(f'<div class="rw-text" dir="{direction}" lang="{lang}">{body}</div>')
    left, right = st.columns([1, 1], gap="large")
    none = tag("p", text(session.say("documents.noevents")), "rw-faint")
    made = [_event(session, one) for one in found.reading.events]
    made += [_relation(session, one) for one in found.reading.relations]
    left.html(
        _block(session, "rules.made", len(made), _listed(made) or none)
        + _block(session, "rules.near", len(found.near_misses), _near(session, found.near_misses))
    )
    right.html(
        _block(session, "rules.firedhere", len(found.rules), _fired(session, found.rules))
        + _block(session, "rules.mentions", len(found.mentions), _mentions(session, found))
    )


def _block(session: Session, key: str, count: int, body: str) -> str:
    return tag("div", section(f"{session.say(key)} ({count})", body), "rw-block")


def _listed(lines: Sequence[str]) -> str:
    return f'<ul class="rw-facts">{"".join(lines)}</ul>' if lines else ""


def _run(session: Session, run: articles.Run) -> str:
    words = html.escape(run.text)
    if not run.marks:
        return words
    kinds = {f"m-{m.kind}" if m.kind in ("Event", "Fact") else "m-name" for m in run.marks}
    name = next((m for m in reversed(run.marks) if m.kind not in ("Event", "Fact")), None)
    colour = f' style="border-color:{COLOURS[group(name.kind)]}"' if name else ""
    tips = [f"{term_name(m.detail or m.kind, session.lang)} [{m.rule}]" for m in run.marks]
    tip = html.escape("\n".join(dict.fromkeys(tips)), quote=True)
    return f'<span class="{" ".join(sorted(kinds))}" data-tip="{tip}"{colour}>{words}</span>'


def _key(session: Session, key: str) -> str:
    """A thing that was read, by the name that the store has for it, else by its key."""
    node = data.node_iri(key)
    known = data.kind(session.store, node)
    return text(session.name(node)) if known else f"<code>{text(key)}</code>"


def _event(session: Session, one: EventClaim) -> str:
    lang = session.lang
    date = long_date(one.date, lang) if one.date else session.say("details.undated")
    certainty = one.certainty.value
    why = "".join(
        f"<br><small>{text(term_name(i.slot, lang))}: {text(i.basis)}</small>"
        for i in one.inferences
    )
    parts = [
        f"<time>{text(date)}</time> <b>{text(term_name(one.type.value, lang))}</b>",
        *(_key(session, thing) for thing in one.about),
        " · ".join(_party(session, part) for part in one.participants),
        _key(session, one.place) if one.place else "",
        chip(term_name(certainty, lang), f"c-{certainty}") if certainty != "held" else "",
    ]
    return tag("li", " ".join(filter(None, parts)) + why)


def _party(session: Session, part: Participation) -> str:
    role = text(term_name(part.role.value, session.lang))
    return f"{_key(session, part.entity)} <small>{role}</small>"


def _relation(session: Session, one: RelationClaim) -> str:
    predicate = text(term_name(one.predicate.value, session.lang))
    ends = _key(session, one.subject), _key(session, one.object)
    return tag("li", f" <b>{predicate}</b> ".join(ends))


def _near(session: Session, misses: Sequence[NearMiss]) -> str:
    upto, blocked = text(session.say("rules.upto")), text(session.say("rules.blocked"))
    return _listed(
        [
            tag(
                "li",
                f"{rule_link(session, one.rule)} {chip(f'{one.matched}/{one.parts}', 'quiet')}<br>"
                f"{upto} <q>{html.escape(one.after)}</q><br>"
                f'{blocked} <code dir="ltr">{html.escape(one.blocked)}</code>',
            )
            for one in misses
        ]
    )


def _fired(session: Session, fired: Sequence[Fired]) -> str:
    return _listed([_firing(session, one) for one in fired])


def _firing(session: Session, one: Fired) -> str:
    roles = " · ".join(
        f"<small>{text(role)}</small> <q>{html.escape(span.text)}</q>"
        for role, span in one.roles.items()
    )
    target = chip(target_name(session, one.target), "quiet")
    nothing = "" if one.result else chip(session.say("rules.nothing"), "c-conflict")
    words = f"<br><q>{html.escape(one.text)}</q>{'<br>' + roles if roles else ''}"
    kind = "s-held" if one.result else ""
    return tag("li", f"{rule_link(session, one.rule)} {target}{nothing}{words}", kind)


def _mentions(session: Session, found: Explanation) -> str:
    rows = []
    for one in found.mentions:
        value = one.value or ""
        shown = _key(session, value) if "/" in value and one.kind != "date" else text(value)
        why = text(one.warning or one.basis or "")
        cells = (
            f"<q>{html.escape(one.text)}</q>",
            text(target_name(session, one.kind)),
            shown,
            f"<small>{why}</small>",
        )
        rows.append(tag("tr", "".join(tag("td", cell) for cell in cells)))
    if not rows:
        return ""
    return tag("div", f"<table><tbody>{''.join(rows)}</tbody></table>", "rw-table")
