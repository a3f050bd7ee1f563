"""HTML of the panels; what comes from the store passes `text` or `attribute`, and stays inert."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from app.explorer import data

_PARTS = re.compile(r"(?<![\w#&])\d+(?:[-/:.]\d+)+(?![\w;])")


def text(value: str) -> str:
    """Escaped, in a `bdi`, so that its direction disturbs nothing around it.

    Dates and other numbers of several parts are kept in order among Arabic words.
    """
    return f"<bdi>{_PARTS.sub(_in_order, html.escape(value))}</bdi>"


def _in_order(match: re.Match[str]) -> str:
    return f'<bdi dir="ltr">{match[0]}</bdi>'


def attribute(value: str) -> str:
    """Escaped for a double-quoted attribute, on one line."""
    return html.escape(" ".join(value.split()), quote=True)


def tag(name: str, content: str, kind: str = "") -> str:
    """An element around markup that is escaped already."""
    return (
        f'<{name} class="{attribute(kind)}">{content}</{name}>'
        if kind
        else f"<{name}>{content}</{name}>"
    )


def chip(content: str, kind: str = "") -> str:
    """A small label."""
    return f'<span class="rw-chip {attribute(kind)}">{text(content)}</span>'


def page_link(page: str, lang: str, label: str, kind: str = "", **query: str) -> str:
    """A link to one of our pages with its query parameters, keys instead of IRIs."""
    address = page_address(page, lang, **query)
    return f'<a class="{attribute(kind)}" href="{attribute(address)}">{text(label)}</a>'


def page_address(page: str, lang: str, **query: str) -> str:
    """The address of one of our pages, relative to the others, keys instead of IRIs."""
    pairs = {**{key: data.node_key(value) for key, value in query.items()}, "lang": lang}
    return page + "?" + "&".join(f"{key}={quote(value, safe='')}" for key, value in pairs.items())


def node_link(node: str, lang: str, label: str) -> str:
    """A link to a node in the explorer."""
    return page_link("explore", lang, label, node=node)


def web_link(address: str, label: str) -> str:
    """A link to the web, for http and https only; else the label alone."""
    try:
        parts = urlsplit(address)
        fit = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        fit = False
    if not fit:
        return text(label)
    return f'<a href="{attribute(address)}" rel="noopener noreferrer nofollow">{text(label)} ↗</a>'


def rows(pairs: Iterable[tuple[str, str]]) -> str:
    """A list of terms and their values; values are markup, empty ones are left out."""
    cells = (f"<dt>{html.escape(key)}</dt><dd>{value}</dd>" for key, value in pairs if value)
    return f'<dl class="rw-rows">{"".join(cells)}</dl>'


def section(title: str, body: str) -> str:
    """A titled part of a panel; nothing for an empty body."""
    return f"<section><h3>{html.escape(title)}</h3>{body}</section>" if body else ""


def quotation(before: str, words: str, after: str, lang: str) -> str:
    """A sentence with its evidence marked, in its own direction."""
    direction = "rtl" if lang == "ar" else "ltr"
    return (
        f'<blockquote dir="{direction}" lang="{attribute(lang)}">{html.escape(before)}'
        f"<mark>{html.escape(words)}</mark>{html.escape(after)}</blockquote>"
    )
