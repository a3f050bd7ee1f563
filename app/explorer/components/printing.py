"""The button that prints the page."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st

_CSS = """
button { font: inherit; color: inherit; background: transparent; cursor: pointer;
  border: 1px solid var(--st-border-color); border-radius: .5rem; padding: .35rem .9rem;
  min-block-size: 2.5rem; }
button:hover { border-color: var(--st-primary-color); color: var(--st-primary-color); }
@media print { button { display: none; } }
"""


@cache
def _component() -> Any:
    script = files(__package__ or "").joinpath("print.js").read_text(encoding="utf-8")
    return st.components.v2.component(
        "rawabit.print", html='<button type="button"></button>', css=_CSS, js=script
    )


def print_button(label: str) -> None:
    """Draw it."""
    _component()(key="print", data={"label": label}, width="content")
