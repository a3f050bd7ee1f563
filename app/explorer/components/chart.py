"""Two-way drawings in SVG: the map of the world and the timeline; nothing from outside."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st

from app.explorer import geo

_HOLDER = '<div class="rawabit-{}"></div>'


def _own(name: str) -> str:
    return files(__package__ or "").joinpath(name).read_text(encoding="utf-8")


@cache
def _map() -> Any:
    outlines = json.dumps({"width": geo.WIDTH, "height": geo.HEIGHT, "paths": geo.outlines()})
    return st.components.v2.component(
        "rawabit.map",
        html=_HOLDER.format("map"),
        css=_own("chart.css"),
        js=f"const WORLD = {outlines};\n{_own('chart.js')}\n{_own('map.js')}",
    )


@cache
def _timeline() -> Any:
    return st.components.v2.component(
        "rawabit.timeline",
        html=_HOLDER.format("timeline"),
        css=_own("chart.css"),
        js=f"{_own('chart.js')}\n{_own('timeline.js')}",
    )


def _clicked(key: str, act: Callable[[str], None]) -> Callable[[], None]:
    def run() -> None:
        node = st.session_state[key].get("select")
        if node:
            act(str(node))

    return run


def world_map(data: dict[str, Any], *, key: str, select: Callable[[str], None]) -> None:
    """Draw points on the world; a click or Enter on one calls `select` with its id."""
    _map()(key=key, data=data, on_select_change=_clicked(key, select))


def timeline(data: dict[str, Any], *, key: str, select: Callable[[str], None]) -> None:
    """Draw events along time; a click or Enter on one calls `select` with its id."""
    _timeline()(key=key, data=data, on_select_change=_clicked(key, select))
