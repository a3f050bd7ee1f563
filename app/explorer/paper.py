"""A page as one file that needs nothing else: for printing, for mail, for the archive."""

from __future__ import annotations

import html
import re

from app.explorer.components import FONT
from app.explorer.i18n import is_rtl
from app.explorer.theme import _sheet

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_FACES = re.compile(r"@font-face\s*\{[^}]*\}")
_OURS = re.compile(r'<a class="[^"]*" href="[a-z]+\?[^"]*">(.*?)</a>', re.DOTALL)
_PAPER = """
:root { color-scheme: light; } body { margin: 2.5rem auto; max-inline-size: 60rem;
  padding: 0 1.5rem; background: #fff; color: #1b2730; line-height: 1.6; }
.stApp { --rw-link: #0a5f66; }
@media print { body { margin: 0; max-inline-size: none; } }
"""


def document(title: str, body: str, lang: str) -> bytes:
    """An HTML document around markup of ours; links into the explorer become plain words."""
    direction = "rtl" if is_rtl(lang) else "ltr"
    inner = _OURS.sub(r"\1", body)
    style = f"{_FACES.sub('', _sheet())}{_PAPER}.stApp {{ font-family: {FONT}, sans-serif; }}"
    return (
        f'<!doctype html><html lang="{lang}" dir="{direction}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(_POLICY)}">'
        f"<title>{html.escape(title)}</title><style>{style}</style></head>"
        f'<body class="stApp">{inner}</body></html>'
    ).encode()
