"""One visual language: fonts that go with us, spacing, and the direction of writing."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from app.explorer.components import FONT
from app.explorer.i18n import is_rtl, say

# Streamlit has no right-to-left setting: turn the page, keep code and canvases as they are.
_RTL = """
.stApp, [data-baseweb="popover"], [data-baseweb="tooltip"], [role="dialog"] { direction: rtl; }
.stApp, [role="listbox"], [role="option"] { direction: rtl; text-align: right; }
[data-testid="stSidebar"][data-collapsed="true"] { display: none; }
.stApp :is(pre, code, textarea, .stCode) { direction: ltr; text-align: left; }
.stApp label, .stApp p { text-align: start; }
.stApp [data-testid="stVegaLiteChart"] { direction: ltr; }
.stApp .rw-life .axis span { translate: 50% 0; }
.stApp [data-testid="stButtonGroup"] button { border-radius: 0.5rem; }
"""

# Nor does it translate the first entry of its lists of several choices.
_EVERY = """
[data-key="__select_all__"] > div { font-size: 0; }
[data-key="__select_all__"] > div::after { font-size: 0.9rem; content: "WORD"; }
"""


@cache
def _sheet() -> str:
    folder = files(__package__ or "app.explorer")
    names = ("theme.css", "pages.css")
    return "".join(folder.joinpath(name).read_text(encoding="utf-8") for name in names)


def style(lang: str, theme: str) -> str:
    """The style element of every page, in a theme of Streamlit (`light` or `dark`)."""
    link = "#6fd0d6" if theme == "dark" else "#0a5f66"
    rules = (
        _sheet(),
        f".stApp, .stApp :is(input, button) {{ font-family: {FONT}, sans-serif; }}",
        ".stApp textarea { font-family: monospace; }",
        f".stApp {{ --rw-link: {link}; color-scheme: {theme or 'light'}; }}",
        _EVERY.replace("WORD", say(lang, "filters.all")),
        _RTL if is_rtl(lang) else "",
    )
    return f"<style>{''.join(rules)}</style>"
