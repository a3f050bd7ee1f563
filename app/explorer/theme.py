"""One visual language: fonts that go with us, spacing, and the direction of writing."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from app.explorer.components import FONT
from app.explorer.i18n import is_rtl

# Streamlit has no right-to-left setting: turn the page, keep code and canvases as they are.
_RTL = """
.stApp, [data-baseweb="popover"], [data-baseweb="tooltip"], [role="dialog"] { direction: rtl; }
.stApp { text-align: right; }
.stApp :is(pre, code, textarea, .stCode) { direction: ltr; text-align: left; }
.stApp label, .stApp p { text-align: start; }
"""


@cache
def _sheet() -> str:
    return files(__package__ or "app.explorer").joinpath("theme.css").read_text(encoding="utf-8")


def style(lang: str, theme: str) -> str:
    """The style element of every page, in a theme of Streamlit (`light` or `dark`)."""
    link = "#6fd0d6" if theme == "dark" else "#0a5f66"
    face = f".stApp, .stApp :is(input, button) {{ font-family: {FONT}, sans-serif; }}"
    code = ".stApp textarea { font-family: monospace; }"
    link_rule = f".stApp {{ --rw-link: {link}; color-scheme: {theme or 'light'}; }}"
    return f"<style>{_sheet()}{face}{code}{link_rule}{_RTL if is_rtl(lang) else ''}</style>"
