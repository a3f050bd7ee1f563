"""The explorer's entry: language, navigation, the store, then the page that was asked for."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Literal

import streamlit as st

from app.explorer import components, state, theme
from app.explorer.i18n import NAMES, is_rtl, say
from app.explorer.views import empty
from kg.errors import RawabitError, StoreFault

# The views by name: each is loaded when it is first asked for, with what it needs.
PAGES = {
    "overview": ":material/home:",
    "explore": ":material/hub:",
    "pair": ":material/handshake:",
    "timeline": ":material/timeline:",
    "documents": ":material/article:",
    "sparql": ":material/manage_search:",
    "rules": ":material/rule:",
    "quality": ":material/fact_check:",
}
_ICON = str(Path(__file__).with_name("static") / "icon.svg")
_LOG = logging.getLogger("rawabit")


def _page(name: str, lang: str) -> Callable[[], None]:
    def draw() -> None:
        try:
            session = state.open_store(lang)
            if not next(iter(session.store), None):
                empty.render(lang, None)
                return
            import_module(f"app.explorer.views.{name}").render(session)
            state.prepare(session)
        except StoreFault as fault:
            empty.render(lang, fault)
        except RawabitError as error:
            st.error(str(error))
        except Exception:
            _LOG.exception("page %s", name)
            st.error(say(lang, "error.page"))

    draw.__name__ = name
    return draw


def _switch(lang: str) -> None:
    """Brand and language, above every page."""
    brand, choice = st.columns([5, 2], vertical_alignment="center")
    title, tagline = say(lang, "app.name"), say(lang, "app.tagline")
    brand.html(f'<div class="rw-brand"><b>{title}</b><span>{tagline}</span></div>')
    with choice.container(horizontal=True, horizontal_alignment="right", key="language"):
        for code, name in NAMES.items():
            kind: Literal["primary", "tertiary"] = "primary" if code == lang else "tertiary"
            st.button(name, key=f"lang_{code}", type=kind, on_click=state.choose, args=(code,))


def main() -> None:
    """Draw one run of the application."""
    st.set_page_config(page_title="Rawabit · روابط", page_icon=_ICON, layout="wide")
    lang = state.language()
    st.html(theme.style(lang, str(st.context.theme.type or "light")))
    pages = {
        name: st.Page(
            _page(name, lang),
            title=say(lang, f"nav.{name}"),
            icon=icon,
            url_path=name,
            default=name == "overview",
        )
        for name, icon in PAGES.items()
    }
    chosen = st.navigation(list(pages.values()), position="top")
    asked = st.query_params.get("page", "")
    if asked in pages and chosen.url_path != pages[asked].url_path:
        rest = {key: st.query_params.get_all(key) for key in st.query_params if key != "page"}
        st.switch_page(pages[asked], query_params=rest)
    _switch(lang)
    components.page_language(lang, rtl=is_rtl(lang))
    chosen.run()


main()
