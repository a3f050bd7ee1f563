"""The filter bar: one row of choices and a span of time, the same on every page that has events."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from app.explorer.dates import is_date
from app.explorer.filters import Facets, Filters, Ranked
from app.explorer.i18n import long_date
from app.explorer.state import Session
from app.explorer.terms import term_name

_FACETS = (
    ("types", "type"),
    ("topics", "topic"),
    ("countries", "country"),
    ("certainties", "certainty"),
    ("sources", "source"),
)
_BARS = 60  # of the histogram, at most
NONE = Filters()


def choose(session: Session, facets: Facets, now: Filters, key: str) -> Filters:
    """Draw the bar with `now` chosen; the filters after what was clicked since.

    `key` keeps the bars of several pages apart. The caller remembers what is returned.
    """
    now = st.session_state.pop(_chosen(key), None) or now
    label = session.say("filters") + (f" ({now.active})" if now.active else "")
    with st.expander(label, expanded=bool(now.active), icon=":material/filter_alt:"):
        columns = st.columns(len(_FACETS) + 1)
        for column, (field, word) in zip(columns, _FACETS, strict=False):
            with column:
                _several(session, getattr(facets, field), now, key, field, word)
        with columns[-1]:
            _least(session, facets.documents, now, key)
        _time(session, facets.months, now, key)
        if now.active:
            st.button(
                session.say("filters.clear"),
                on_click=_clear,
                args=(key,),
                type="tertiary",
                key=f"{key}_clear",
            )
    return now


def _chosen(key: str) -> str:
    return f"{key}_filters_chosen"


def _clear(key: str) -> None:
    st.session_state[_chosen(key)] = Filters()


def _change(key: str, now: Filters, change: Callable[[Filters], Filters]) -> Callable[[], None]:
    """What a widget does on a change: the filters with its value, for the next `choose`."""

    def act() -> None:
        st.session_state[_chosen(key)] = change(now)

    return act


def _several(
    session: Session, counts: Ranked, now: Filters, key: str, field: str, word: str
) -> None:
    """A list of several choices, each with the number of events that it has."""
    widget, chosen, known = f"{key}_{field}", getattr(now, field), dict(counts)

    def shown(value: str) -> str:
        if field == "countries":
            name = session.name(value)
        else:
            name = value if field == "sources" else term_name(value, session.lang)
        return f"{name} ({known.get(value, 0)})"

    def change(filters: Filters) -> Filters:
        return replace(filters, **{field: tuple(st.session_state[widget])})  # type: ignore[arg-type]

    st.session_state[widget] = list(chosen)
    st.multiselect(
        session.say(f"filters.{word}"),
        list(dict.fromkeys([*known, *chosen])),
        format_func=shown,
        placeholder=session.say("filters.all"),
        on_change=_change(key, now, change),
        key=widget,
    )


def _least(session: Session, counts: Ranked, now: Filters, key: str) -> None:
    """How many documents must state an event."""
    widget = f"{key}_least"
    numbers = sorted({int(count) for count, _events in counts} | {int(now.min_sources or 1)} - {1})

    def shown(value: str) -> str:
        return f"{value} +" if value else session.say("filters.any")

    def change(filters: Filters) -> Filters:
        return replace(filters, min_sources=st.session_state[widget])

    st.session_state[widget] = now.min_sources
    st.selectbox(
        session.say("filters.documents"),
        ["", *(str(n) for n in numbers if n > 1)],
        format_func=shown,
        on_change=_change(key, now, change),
        key=widget,
    )


def _time(session: Session, months: Ranked, now: Filters, key: str) -> None:
    """A slider over the months that have events, and exact bounds beside it."""
    slider, since, until = st.columns([4, 1, 1], vertical_alignment="bottom")
    years = sorted({month[:4] for month, _count in months})
    with slider:
        if len(years) > 1:
            _slider(session, months, years, now, key)
    for column, field in ((since, "since"), (until, "until")):
        with column:
            _bound(session, now, key, field)


def _slider(session: Session, months: Ranked, years: list[str], now: Filters, key: str) -> None:
    steps = years  # those with events: a treaty of 1786 makes no slider of centuries
    if len(steps) <= 4:
        steps = [f"{year}-{month:02}" for year in steps for month in range(1, 13)]
    size = len(steps[0])
    low = _nearest(steps, now.since[:size] or steps[0])
    high = max(low, _nearest(steps, now.until[:size] or steps[-1]))
    widget = f"{key}_span_{low}_{high}"  # a slider of two ends takes its value but at its birth

    def change(filters: Filters) -> Filters:
        since, until = st.session_state[widget]
        whole = since == steps[0], until == steps[-1]
        return replace(filters, since="" if whole[0] else since, until="" if whole[1] else until)

    st.html(_histogram(months, steps, low, high))
    st.select_slider(
        session.say("filters.span"),
        steps,
        value=(low, high),
        format_func=lambda step: long_date(step, session.lang),
        on_change=_change(key, now, change),
        key=widget,
        label_visibility="collapsed",
    )


def _nearest(steps: list[str], wanted: str) -> str:
    """The last step that is not after the date, else the first."""
    return max((step for step in steps if step <= wanted), default=steps[0])


def _histogram(months: Ranked, steps: list[str], low: str, high: str) -> str:
    """Events over time, those outside the chosen span pale."""
    size, tally = len(steps[0]), Counter[int]()
    each = max(1, -(-len(steps) // _BARS))
    for month, count in months:
        tally[steps.index(_nearest(steps, month[:size])) // each] += count
    most = max(tally.values(), default=1)
    bars = []
    for bar in range(-(-len(steps) // each)):
        inside = any(low <= step <= high for step in steps[bar * each : (bar + 1) * each])
        title = html.escape(f"{steps[bar * each]}: {tally[bar]}")
        kind = "" if inside else ' class="out"'
        bars.append(
            f'<i{kind} style="block-size:{100 * tally[bar] / most:.0f}%" title="{title}"></i>'
        )
    return f'<div class="rw-histogram">{"".join(bars)}</div>'


def _bound(session: Session, now: Filters, key: str, field: str) -> None:
    widget = f"{key}_{field}"

    def change(filters: Filters) -> Filters:
        value = (st.session_state[widget] or "").strip()
        if value and not is_date(value):
            st.session_state[f"{widget}_bad"] = value
            return filters
        return replace(filters, **{field: value})  # type: ignore[arg-type]

    st.session_state[widget] = getattr(now, field)
    st.text_input(
        session.say(f"filters.{field}"),
        placeholder="2022-03",
        help=session.say("filters.date"),
        on_change=_change(key, now, change),
        key=widget,
    )
    bad = st.session_state.pop(f"{widget}_bad", "")
    if bad:
        st.warning(session.say("filters.bad", value=f"`{bad[:40]}`"))
