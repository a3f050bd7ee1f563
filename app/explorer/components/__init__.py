"""Two-way components: the graph (vis-network) and the search box, nothing from outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st

FONT = '"IBM Plex Sans", "IBM Plex Sans Arabic"'
_GRAPH = (
    '<div class="rawabit-graph" role="application"><div class="canvas"></div>'
    '<div class="tools" role="toolbar"></div><ul></ul></div>'
)
_SEARCH = (
    '<div class="rawabit-search"><input type="text" role="combobox" aria-expanded="false" '
    'aria-controls="hits" autocomplete="off" spellcheck="false">'
    '<ul id="hits" role="listbox" hidden></ul></div>'
)

_EDITOR = (
    '<div class="rawabit-editor"><div class="frame"><pre class="lines" aria-hidden="true"></pre>'
    '<div class="field"><pre aria-hidden="true"></pre><textarea spellcheck="false" '
    'autocapitalize="off" autocomplete="off" wrap="off" aria-controls="hints"></textarea></div>'
    '</div><ul class="hints" id="hints" role="listbox" hidden></ul></div>'
)


def _own(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


@cache
def vis_network() -> str:
    """The vis-network bundle that goes with pyvis."""
    bundle = files("pyvis").joinpath("templates/lib/vis-9.1.2/vis-network.min.js")
    return bundle.read_text(encoding="utf-8")


@cache
def _graph() -> Any:
    script = f"{vis_network()}\n{_own('graph.js')}"
    return st.components.v2.component(
        "rawabit.graph", html=_GRAPH, css=_own("graph.css"), js=script
    )


@cache
def _search() -> Any:
    return st.components.v2.component(
        "rawabit.search", html=_SEARCH, css=_own("search.css"), js=_own("search.js")
    )


@cache
def _language() -> Any:
    return st.components.v2.component("rawabit.language", html="<i></i>", js=_own("language.js"))


def page_language(lang: str, *, rtl: bool) -> None:
    """Set the language and direction of the page itself; nothing is seen of it."""
    with st.container(key="page_language"):
        _language()(key="page_language_set", data={"lang": lang, "rtl": rtl})


GRAPH_EVENTS = ("select", "expand", "hide", "pin", "unpin")


def graph(data: dict[str, Any], act: Callable[[str], Callable[[], None]], key: str) -> None:
    """Draw a graph; `act(event)` is called back for each of GRAPH_EVENTS.

    `st.session_state[key]` then holds under the event's name the node, or for `pin` a mapping of
    `node`, `x` and `y`.
    """
    calls = {f"on_{event}_change": act(event) for event in GRAPH_EVENTS}
    _graph()(key=key, data=data, **calls)


def search_box(
    hits: Sequence[dict[str, str]],
    texts: dict[str, Any],
    *,
    pick: Callable[[], None],
    add: Callable[[], None],
) -> None:
    """The search box; `st.session_state.search` holds `query` while typing.

    On choice it holds `pick`, or `add` for a node to be shown beside the others.
    """
    _search()(
        key="search",
        data={"hits": list(hits), **texts},
        default={"query": ""},
        on_query_change=lambda: None,
        on_pick_change=pick,
        on_add_change=add,
    )


@cache
def _editor() -> Any:
    return st.components.v2.component(
        "rawabit.editor", html=_EDITOR, css=_own("editor.css"), js=_own("editor.js")
    )


def editor(data: dict[str, Any], *, run: Callable[[], None]) -> None:
    """The SPARQL editor; `st.session_state.editor` holds `query` while typing, `run` when asked.

    Where the session has no history yet, `past` holds what this browser remembers.
    """
    _editor()(
        key="editor",
        data=data,
        default={"query": data["query"], "past": []},
        on_query_change=lambda: None,
        on_past_change=lambda: None,
        on_run_change=run,
    )
