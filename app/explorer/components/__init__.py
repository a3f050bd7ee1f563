"""Two-way components: the graph (vis-network) and the search box, nothing from outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st

FONT = '"IBM Plex Sans", "IBM Plex Sans Arabic"'
_GRAPH = '<div class="rawabit-graph" role="application"><div class="canvas"></div><ul></ul></div>'
_SEARCH = (
    '<div class="rawabit-search"><input type="text" role="combobox" aria-expanded="false" '
    'aria-controls="hits" autocomplete="off" spellcheck="false">'
    '<ul id="hits" role="listbox" hidden></ul></div>'
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


def graph(data: dict[str, Any], *, select: Callable[[], None], expand: Callable[[], None]) -> None:
    """Draw a graph; `select` and `expand` find in `st.session_state.graph` what was clicked."""
    _graph()(
        key="graph",
        data=data,
        on_select_change=select,
        on_expand_change=expand,
    )


def search_box(
    hits: Sequence[dict[str, str]], texts: dict[str, Any], *, pick: Callable[[], None]
) -> None:
    """The search box; `st.session_state.search` holds `query` while typing and `pick` on choice."""
    _search()(
        key="search",
        data={"hits": list(hits), **texts},
        default={"query": ""},
        on_query_change=lambda: None,
        on_pick_change=pick,
    )
