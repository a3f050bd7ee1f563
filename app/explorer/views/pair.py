"""The brief of two countries."""

from __future__ import annotations

import streamlit as st

from app.explorer.state import Session


def render(session: Session) -> None:
    """Draw the page."""
    st.subheader(session.say("nav.pair"))
