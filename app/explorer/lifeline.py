"""A life on one axis: offices as bars, events as dots; all links, in the direction of the page."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from datetime import date

from app.explorer.data import Event
from app.explorer.drawing import COLOURS, group
from app.explorer.evidence import Tenure
from app.explorer.i18n import long_date
from app.explorer.markup import attribute, page_address, text
from app.explorer.state import Session

BARS, DOTS = 12, 160
_LANES = ("contact", "exercise", "act", "statement")
_OLD, _NEAR = 0.15, 5.0  # an old treaty does not stretch the axis: it stands at its beginning


def lifeline(session: Session, tenures: Sequence[Tenure], events: Sequence[Event]) -> str:
    """The axis as markup; nothing where fewer than two dates are known."""
    dated = [event for event in events if event.date][:DOTS]
    held = [tenure for tenure in tenures if tenure.start][:BARS]
    days = sorted(
        [_year(event.date) for event in dated]
        + [_year(day) for tenure in held for day in (tenure.start, tenure.end) if day]
    )
    if len(days) < 2 or days[0] == days[-1]:
        return ""
    last = days[-1]
    first = max(days[0], min(days[int(len(days) * _OLD)] - _NEAR, last - 1))
    pad = max((last - first) * 0.02, 0.05)
    span = (first - pad, last + pad)
    of_one = len({tenure.person for tenure in held}) == 1  # else the holders tell bars apart
    bars = "".join(_bar(session, tenure, span, of_one) for tenure in reversed(held))
    dots = "".join(_lane(session, lane, dated, span) for lane in _LANES)
    return f'<div class="rw-life">{bars}{dots}{_axis(span)}</div>'


def _year(iso: str) -> float:
    """A date as a year with its fraction; the middle of what an imprecise one spans."""
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 1:
        return parts[0] + 0.5
    if len(parts) == 2:
        return parts[0] + (parts[1] - 0.5) / 12
    return parts[0] + (date(*parts).timetuple().tm_yday - 1) / 366


def _share(at: float, span: tuple[float, float]) -> float:
    return min(max((at - span[0]) / (span[1] - span[0]), 0.0), 1.0) * 100


def _bar(session: Session, tenure: Tenure, span: tuple[float, float], of_one: bool) -> str:
    start = _share(_year(tenure.start), span)
    end = _share(_year(tenure.end), span) if tenure.end else 100.0
    name = session.name(tenure.office)
    until = long_date(tenure.end, session.lang) if tenure.end else "…"
    person, since = session.name(tenure.person), long_date(tenure.start, session.lang)
    title = f"{person} – {name}: {since} – {until}"
    open_end = "" if tenure.end else " open"
    return (
        f'<div class="row"><a class="bar{open_end}" title="{attribute(title)}" '
        f'href="{attribute(page_address("explore", session.lang, node=tenure.office))}" '
        f'style="inset-inline-start:{start:.2f}%;inline-size:{max(end - start, 0.8):.2f}%">'
        f"{text(name if of_one else person)}</a></div>"
    )


def _lane(session: Session, lane: str, events: Iterable[Event], span: tuple[float, float]) -> str:
    here = [event for event in events if group("Event", event.type) == lane]
    dots = "".join(_dot(session, event, span) for event in here)
    name = html.escape(session.say(f"legend.{lane}"))
    return f'<div class="row lane" aria-label="{name}">{dots}</div>' if dots else ""


def _dot(session: Session, event: Event, span: tuple[float, float]) -> str:
    title = f"{long_date(event.date, session.lang)} · {session.title(event.node)}"
    colour = COLOURS[group("Event", event.type)]
    hollow = "" if not event.certainties or "held" in event.certainties else " hollow"
    return (
        f'<a class="dot{hollow}" title="{attribute(title)}" aria-label="{attribute(title)}" '
        f'href="{attribute(page_address("explore", session.lang, node=event.node))}" '
        f'style="inset-inline-start:{_share(_year(event.date), span):.2f}%;color:{colour}"></a>'
    )


def _axis(span: tuple[float, float]) -> str:
    """Years below, as many as are readable."""
    first, last = int(span[0]) + 1, int(span[1])
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 1000) if (last - first) / s <= 7)
    years = [year for year in range(first, last + 1) if year % step == 0] or [int(span[1])]
    marks = "".join(
        f'<span style="inset-inline-start:{_share(year, span):.2f}%">{year}</span>'
        for year in years
    )
    return f'<div class="axis">{marks}</div>'
