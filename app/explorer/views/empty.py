"""What is shown where there is nothing to show yet."""

from __future__ import annotations

import streamlit as st

from app.explorer import state
from app.explorer.i18n import say
from kg.errors import StoreFault


def render(lang: str, fault: StoreFault | None) -> None:
    """Say what is missing and which command brings it."""
    path = state.store_path()
    st.subheader(say(lang, "missing.title" if fault and path.exists() else "empty.title"))
    if fault and path.exists():
        st.text(str(fault))
    st.write(say(lang, "empty.text"))
    st.code(f"rawabit --store {path} ingest FILE.jsonl", language="shell")
    st.caption(say(lang, "empty.where", path=f"`{path}`"))
