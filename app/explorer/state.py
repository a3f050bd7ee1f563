"""What outlives one run of a page: language, the open store, and what is computed from it once."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st
from pyoxigraph import Store

from app.explorer import articles, data, deciding, naming, search
from app.explorer.affiliations import Affiliations, affiliations
from app.explorer.chronicle import Chronicle, gather
from app.explorer.drawing import Drawing, Look, drawing, event_title
from app.explorer.evidence import Source
from app.explorer.filters import Filters
from app.explorer.i18n import NAMES, say
from app.explorer.neighbourhood import Around, View, around, events_of, view
from app.explorer.parties import parties as known_parties
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


@st.cache_resource(max_entries=2, show_spinner=False)
def _open(path: str, version: str) -> StoreView:
    return StoreView.open(path)


def open_store(lang: str) -> Session:
    """The session of this run; StoreFault where there is no store to read."""
    path = store_path()
    version = version_of(path)
    if not version:
        raise StoreFault(f"no store at {path}: make one with `rawabit ingest FILE`")
    session = Session(_open(str(path), version).ox, path, version, lang)
    _warmed(corpus(session), str(path), version)
    _index(session.store, str(path), version)
    return session


_BESIDE = ThreadPoolExecutor(1, "rawabit")  # what pages will want, made while they are drawn
_PAUSE = 1.5  # seconds, so that the first page comes first


@st.cache_resource(max_entries=2, show_spinner=False)
def _index(_store: Store, path: str, version: str) -> Future[search.NameIndex]:
    return _BESIDE.submit(_later, search.build_index, _store)


@st.cache_resource(max_entries=2, show_spinner=False)
def _warmed(_corpus: Corpus, path: str, version: str) -> Future[None]:
    return _BESIDE.submit(_corpus.warm)


def _later(make: Callable[[Store], search.NameIndex], store: Store) -> search.NameIndex:
    time.sleep(_PAUSE)
    return make(store)


def index(session: Session) -> search.NameIndex:
    """The index of names, built once a state of the store."""
    return _index(session.store, str(session.path), session.version).result()


def is_indexed(session: Session) -> bool:
    """Whether the index of names is at hand; if not, it is being built."""
    return _index(session.store, str(session.path), session.version).done()


@st.cache_resource(max_entries=2, show_spinner=False)
def _affiliated(_store: Store, path: str, version: str) -> Affiliations:
    return affiliations(_store)


def affiliated(session: Session) -> Affiliations:
    """Who acts for whom, read once a state of the store."""
    return _affiliated(session.store, str(session.path), session.version)


@st.cache_resource(max_entries=32, show_spinner=False)
def _around(
    _store: Store, _known: Affiliations, mark: str, opened: tuple[str, ...], span: Span
) -> Around:
    since, until, most = span
    return around(_store, opened, _known, since=since, until=until, most=most)


@st.cache_resource(max_entries=64, show_spinner=False)
def _view(
    _store: Store,
    _known: Affiliations,
    _found: Around,
    mark: str,
    opened: tuple[str, ...],
    filters: Filters,
    cap: int,
    ungrouped: tuple[str, ...],
    hidden: tuple[str, ...],
    pinned: tuple[str, ...],
) -> View:
    return view(
        _store,
        opened,
        filters,
        cap,
        ungrouped=ungrouped,
        hidden=hidden,
        pinned=pinned,
        known=_known,
        found=_found,
    )


def graph_view(session: Session, chosen: Selection) -> View:
    """What a selection shows, computed once a state of the store."""
    pinned = tuple(node for node, _x, _y in chosen.pins)
    options = (chosen.filters, chosen.cap, chosen.groups, chosen.hidden, pinned)
    known, mark = affiliated(session), f"{session.path} {session.version}"
    span = chosen.filters.since, chosen.filters.until, max(chosen.cap, data.SCAN_CAP)
    found = _around(session.store, known, mark, chosen.opened, span)
    return _view(session.store, known, found, mark, chosen.opened, *options)


@st.cache_resource(max_entries=32, show_spinner=False)
def _paths(_store: Store, path: str, version: str, start: str, end: str) -> Paths:
    from app.explorer import paths  # it loads what finds ways through graphs

    return paths.find(_store, start, end)


def paths_between(session: Session, start: str, end: str) -> Paths:
    """The shortest chains between two nodes, found once a state of the store."""
    return _paths(session.store, str(session.path), session.version, start, end)


@st.cache_resource(max_entries=32, show_spinner=False)
def _drawing(
    _store: Store, _view: View, version: str, marks: str, lang: str, look: Look
) -> Drawing:
    return drawing(_store, _view, lang, look)


def graph_drawing(session: Session, seen: View, chosen: Selection) -> Drawing:
    """The picture of what a selection shows, laid out once."""
    look = Look(chosen.layout, chosen.colour, chosen.size, chosen.opened, chosen.pins)
    marks = repr((session.path, chosen.opened, chosen.filters, chosen.cap, chosen.groups))
    marks += repr((chosen.hidden, chosen.path))
    return _drawing(session.store, seen, session.version, marks, session.lang, look)


@st.cache_resource(max_entries=64, show_spinner=False)
def _node_events(
    _store: Store, _known: Affiliations, path: str, version: str, node: str
) -> list[data.Event]:
    return data.events(_store, events_of(_store, node, _known)[0])


def node_events(session: Session, node: str) -> list[data.Event]:
    """The events of a node, newest first, read once a state of the store."""
    known, where = affiliated(session), str(session.path)
    return _node_events(session.store, known, where, session.version, node)


@st.cache_resource(max_entries=64, show_spinner=False)
def _mergeable(_store: Store, path: str, version: str, _event: data.Event, node: str) -> Any:
    return deciding.mergeable(_store, _event)


def mergeable(session: Session, event: data.Event) -> list[data.Event]:
    """Events that could be the same as this one, found once a state of the store."""
    where = str(session.path)
    found: list[data.Event] = _mergeable(session.store, where, session.version, event, event.node)
    return found


def judged(session: Session, node: str) -> list[Past]:
    """The judgements on a node, newest first."""
    return deciding.concerning(session.store, session.path, node)


@st.cache_data(max_entries=4, show_spinner=False)
def _counts(_store: Store, path: str, version: str) -> dict[str, int]:
    return data.counts(_store, ("Document", "Event", "Person", "Country", *data.EVENT_TYPES))


def counts(session: Session) -> dict[str, int]:
    """How many nodes of each class, counted once a state of the store."""
    return _counts(session.store, str(session.path), session.version)


@st.cache_data(max_entries=4, show_spinner=False)
def _latest(_store: Store, path: str, version: str) -> list[data.Event]:
    return data.latest_events(_store)


def latest(session: Session) -> list[data.Event]:
    """The latest events, read once a state of the store."""
    return _latest(session.store, str(session.path), session.version)


@st.cache_data(max_entries=4, show_spinner=False)
def _busiest(_store: Store, path: str, version: str) -> list[str]:
    return data.busiest(_store)


def busiest(session: Session) -> list[str]:
    """The nodes in most events, counted once a state of the store."""
    return _busiest(session.store, str(session.path), session.version)


@st.cache_data(max_entries=4, show_spinner=False)
def _documents(_store: Store, path: str, version: str) -> list[Source]:
    return articles.documents(_store)


def documents(session: Session) -> list[Source]:
    """The list of documents, read once a state of the store."""
    return _documents(session.store, str(session.path), session.version)


@st.cache_resource(max_entries=2, show_spinner=False)
def _corpus(_store: Store, path: str, version: str) -> Corpus:
    return Corpus(_store)


def corpus(session: Session) -> Corpus:
    """What briefs remember of the store, one a state of the store."""
    return _corpus(session.store, str(session.path), session.version)


@st.cache_resource(max_entries=24, show_spinner=False)
def _pair_brief(_corpus: Corpus, path: str, version: str, one: str, two: str, asof: str) -> Brief:
    return write_brief(_corpus, one, two, asof)


def pair_brief(session: Session, one: str, two: str, asof: str) -> Brief:
    """The brief of two parties, written once a state of the store."""
    where = str(session.path)
    return _pair_brief(corpus(session), where, session.version, one, two, asof)


@st.cache_resource(max_entries=6, show_spinner=False)
def _parties(_store: Store, path: str, version: str, lang: str) -> dict[str, str]:
    return known_parties(_store, lang)


def parties(session: Session) -> dict[str, str]:
    """The countries and bodies to choose from, read once a state of the store and language."""
    return _parties(session.store, str(session.path), session.version, session.lang)


@st.cache_resource(max_entries=6, show_spinner=False)
def _names(path: str, version: str, lang: str) -> dict[str, str]:
    return {}


def namer(session: Session) -> Callable[[str], str]:
    """What to call nodes, offices and terms in the session's language; remembered."""
    known = _names(str(session.path), session.version, session.lang)

    def name(node: str) -> str:
        if node not in known:
            code = node.startswith((TOPIC, OFFICE_KIND, RWB))
            known[node] = term_name(node, session.lang) if code else session.name(node)
        return known[node]

    return name


@st.cache_resource(max_entries=16, show_spinner=False)
def _events_in_time(
    _store: Store, path: str, version: str, nodes: tuple[str, ...], filters: Filters
) -> Chronicle:
    return gather(_store, nodes, filters)


def events_in_time(session: Session, nodes: tuple[str, ...], filters: Filters) -> Chronicle:
    """The events of some nodes, or the latest of all, read once a state of the store."""
    return _events_in_time(session.store, str(session.path), session.version, nodes, filters)


@st.cache_resource(max_entries=2, show_spinner=False)
def _firings(_store: Store, path: str, version: str) -> dict[str, Firings]:
    from app.explorer.rulebook import firings  # it loads the rules

    return firings(_store)


def firings(session: Session) -> dict[str, Firings]:
    """How often each rule fired, counted once a state of the store."""
    return _firings(session.store, str(session.path), session.version)


@st.cache_resource(max_entries=2, show_spinner=False)
def _worklist(_store: Store, path: str, version: str, latest: str) -> Worklist:
    return make_worklist(_store, latest)


def worklist(session: Session) -> Worklist:
    """What needs an eye, gathered once a state of the store."""
    latest = corpus(session).latest
    return _worklist(session.store, str(session.path), session.version, latest)
