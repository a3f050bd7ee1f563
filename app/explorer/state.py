"""What outlives one run of a page: language, the open store, and what is computed from it once."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from pyoxigraph import Store

from app.explorer import articles, data, deciding, naming, search
from app.explorer.affiliations import Affiliations, affiliations
from app.explorer.chronicle import Chronicle, gather
from app.explorer.drawing import Drawing, Look, drawing, event_title
from app.explorer.evidence import Source
from app.explorer.filters import Filters
from app.explorer.i18n import NAMES, say
from app.explorer.neighbourhood import Around, View, around, view
from app.explorer.parties import parties as known_parties
from app.explorer.remembered import Kept, remembered
from app.explorer.selection import Selection
from app.explorer.terms import term_name
from app.explorer.worklist import Worklist
from app.explorer.worklist import worklist as make_worklist
from kg.brief import Brief, Corpus
from kg.brief import brief as write_brief
from kg.errors import StoreFault
from kg.judgements import Past
from kg.store import View as StoreView
from kg.store import default_path
from kg.vocab import OFFICE_KIND, RWB, TOPIC

Span = tuple[str, str, int]  # since, until, how many events at most


if TYPE_CHECKING:
    from app.explorer.paths import Paths
    from app.explorer.rulebook import Firings


@dataclass(frozen=True, slots=True)
class Session:
    """What a page needs: the store, its state, the interface's language."""

    store: Store
    path: Path
    version: str
    lang: str

    @property
    def mark(self) -> tuple[str, str]:
        """Which state of which store this is."""
        return str(self.path), self.version

    def say(self, key: str, **values: object) -> str:
        """A text of the interface."""
        return say(self.lang, key, **values)

    def name(self, node: str) -> str:
        """The name of a node in the interface's language."""
        return naming.name(self.store, node, self.lang)

    def title(self, node: str) -> str:
        """The name of an entity, or what an event is: type and parties."""
        event = data.event(self.store, node)
        return event_title(self.store, event, self.lang) if event else self.name(node)


def language() -> str:
    """The language of this session, at first that of the address, else Arabic."""
    asked = st.query_params.get("lang", "")
    if "lang" not in st.session_state:
        st.session_state["lang"] = asked if asked in NAMES else "ar"
    chosen = str(st.session_state["lang"])
    if asked != chosen:
        st.query_params["lang"] = chosen
    return chosen


def choose(lang: str) -> None:
    """Change the language of the session."""
    st.session_state["lang"] = lang


def store_path() -> Path:
    """The store to show: `$RAWABIT_STORE`, else the default."""
    return default_path()


def version_of(path: Path) -> str:
    """A mark that changes when the store is written: newest time and size of its files."""
    try:
        files = [entry.stat() for entry in os.scandir(path) if entry.name != "LOCK"]
    except OSError:
        return ""
    return f"{max((f.st_mtime_ns for f in files), default=0)}-{sum(f.st_size for f in files)}"


_OPENED = Kept(2)


def open_store(lang: str, path: Path | None = None) -> Session:
    """The session of this run; StoreFault where there is no store to read."""
    path = path or store_path()
    version = version_of(path)
    if not version:
        raise StoreFault(f"no store at {path}: make one with `rawabit ingest FILE`")
    opened = _OPENED.get((str(path), version), lambda: StoreView.open(path))
    return Session(opened.ox, path, version, lang)


# What a drawing needs takes seconds to load: no page should have to wait for it.
_LATER = ("pyvis.network", "app.explorer.layout", "app.explorer.views.explore")
_BESIDE = ThreadPoolExecutor(1, "rawabit")  # what pages will want, made while nobody waits


@remembered(2)
def _index(session: Session) -> Future[search.NameIndex]:
    return _BESIDE.submit(search.build_index, session.store)


def index(session: Session) -> search.NameIndex:
    """The index of names, built once a state of the store."""
    return _index(session).result()


def is_indexed(session: Session) -> bool:
    """Whether the index of names is at hand; if not, it is being built."""
    return _index(session).done()


@remembered(2)
def prepare(session: Session) -> Future[None]:
    """Make what the next pages will want, beside: to be called when a page has been drawn."""
    return _BESIDE.submit(_prepared, session)


def _prepared(session: Session) -> None:
    for module in _LATER:
        import_module(module)
    affiliated(session)
    corpus(session).warm()
    _index(session)


def first_page(session: Session) -> None:
    """Find what the start page shows, before anybody asks for it."""
    counts(session), latest(session), busiest(session)


@remembered(2)
def affiliated(session: Session) -> Affiliations:
    """Who acts for whom."""
    return affiliations(session.store)


@remembered(32)
def _around(session: Session, opened: tuple[str, ...], span: Span) -> Around:
    since, until, most = span
    known = affiliated(session)
    return around(session.store, opened, known, since=since, until=until, most=most)


def graph_view(session: Session, chosen: Selection) -> View:
    """What a selection shows."""
    return _view(session, replace(chosen, selected=""))


@remembered(64)
def _view(session: Session, chosen: Selection) -> View:
    span = chosen.filters.since, chosen.filters.until, max(chosen.cap, data.SCAN_CAP)
    return view(
        session.store,
        chosen.opened,
        chosen.filters,
        chosen.cap,
        ungrouped=chosen.groups,
        hidden=chosen.hidden,
        pinned=tuple(node for node, _x, _y in chosen.pins),
        known=affiliated(session),
        found=_around(session, chosen.opened, span),
    )


@remembered(32)
def paths_between(session: Session, start: str, end: str) -> Paths:
    """The shortest chains between two nodes."""
    from app.explorer import paths  # it loads what finds ways through graphs

    return paths.find(session.store, start, end)


@remembered(32)
def path_view(session: Session, start: str, end: str) -> View:
    """The chains between two nodes as a view."""
    from app.explorer import paths

    found, known = paths_between(session, start, end), affiliated(session)
    return paths.as_view(session.store, (start, end), found, known)


def graph_drawing(session: Session, chosen: Selection) -> Drawing:
    """The picture of what a selection shows, laid out once."""
    return _drawing(session, replace(chosen, selected=""))


@remembered(32, spoken=True)
def _drawing(session: Session, chosen: Selection) -> Drawing:
    start = chosen.opened[0]
    seen = path_view(session, start, chosen.path) if chosen.path else graph_view(session, chosen)
    look = Look(chosen.layout, chosen.colour, chosen.size, chosen.opened, chosen.pins)
    return drawing(session.store, seen, session.lang, look)


def node_events(session: Session, node: str) -> list[data.Event]:
    """The events of a node, newest first."""
    near = _around(session, (node,), ("", "", data.SCAN_CAP))
    return [record.event for record in near.records]


@remembered(64)
def mergeable(session: Session, event: data.Event) -> list[data.Event]:
    """Events that could be the same as this one."""
    return deciding.mergeable(session.store, event, affiliated(session))


def judged(session: Session, node: str) -> list[Past]:
    """The judgements on a node, newest first."""
    return deciding.concerning(session.store, session.path, node)


@remembered(4)
def counts(session: Session) -> dict[str, int]:
    """How many nodes of each class."""
    classes = ("Document", "Event", "Person", "Country", *data.EVENT_TYPES)
    return data.counts(session.store, classes)


@remembered(4)
def latest(session: Session) -> list[data.Event]:
    """The latest events."""
    return data.latest_events(session.store)


@remembered(4)
def busiest(session: Session) -> list[str]:
    """The nodes in most events."""
    return data.busiest(session.store, affiliated(session))


@remembered(4)
def documents(session: Session) -> list[Source]:
    """The list of documents."""
    return articles.documents(session.store)


@remembered(2)
def corpus(session: Session) -> Corpus:
    """What briefs remember of the store."""
    return Corpus(session.store)


@remembered(24)
def pair_brief(session: Session, one: str, two: str, asof: str) -> Brief:
    """The brief of two parties."""
    return write_brief(corpus(session), one, two, asof)


@remembered(6, spoken=True)
def parties(session: Session) -> dict[str, str]:
    """The countries and bodies to choose from."""
    return known_parties(session.store, session.lang)


@remembered(6, spoken=True)
def _names(session: Session) -> dict[str, str]:
    return {}


def namer(session: Session) -> Callable[[str], str]:
    """What to call nodes, offices and terms in the session's language; remembered."""
    known = _names(session)

    def name(node: str) -> str:
        if node not in known:
            code = node.startswith((TOPIC, OFFICE_KIND, RWB))
            known[node] = term_name(node, session.lang) if code else session.name(node)
        return known[node]

    return name


@remembered(16)
def events_in_time(session: Session, nodes: tuple[str, ...], filters: Filters) -> Chronicle:
    """The events of some nodes, or the latest of all."""
    return gather(session.store, nodes, filters, affiliated(session))


@remembered(2)
def firings(session: Session) -> dict[str, Firings]:
    """How often each rule fired."""
    from app.explorer.rulebook import firings  # it loads the rules

    return firings(session.store)


@remembered(2)
def worklist(session: Session) -> Worklist:
    """What needs an eye."""
    return make_worklist(session.store, corpus(session).latest)
