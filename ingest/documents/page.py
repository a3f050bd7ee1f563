"""HTML pages: the main text, title and date; scripts, menus and comments left out."""

from __future__ import annotations

import re
from typing import Any

from ingest.documents.encoding import decode
from ingest.documents.language import declared
from ingest.documents.model import Fate, Unfit

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w:.-]+)""", re.IGNORECASE)
_LANG = re.compile(r"""<html[^>]{0,500}?\blang\s*=\s*["']?([\w-]{2,20})""", re.IGNORECASE)
_MARKUP = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.IGNORECASE | re.DOTALL)
_HEAD = 4096
_DEPTH_FAULT = re.compile("depth|huge", re.IGNORECASE)
# Only dates that the page states as its own; no guess from its words or address.
_DATES = {"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d"}


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the head of an HTML or XML file declares."""
    match = _CHARSET.search(data[:_HEAD]) or _XML_ENCODING.search(data[:200])
    return match[1].decode("ascii") if match else None


def read(data: bytes) -> dict[str, str | None]:
    """The members of a record (text, title, published, url, source, lang) of a page.

    Raises Unfit for a page without main text, and for one nested so deep that text would be lost.
    """
    import trafilatura  # slow to import: only where there are pages

    source, _ = decode(data, declared_encoding(data))
    if not source.strip():
        raise Unfit("empty: no text", Fate.SKIPPED)
    tree = _tree(source)
    found: Any = trafilatura.bare_extraction(
        tree, include_comments=False, with_metadata=True, date_extraction_params=dict(_DATES)
    )
    text = (found.text or "").strip() if found is not None else ""
    if not text:
        raise Unfit(f"no main text was found in the page ({len(_plain(source))} characters in all)")
    return {
        "text": text,
        "title": found.title,
        "published": found.date,
        "url": found.url,
        "source": found.sitename,
        "lang": _lang(source),
    }


def _tree(source: str) -> Any:
    from lxml import etree, html

    parser = html.HTMLParser(huge_tree=True, remove_comments=True, encoding="utf-8")
    try:
        tree = html.document_fromstring(source.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise Unfit(f"the page can't be read: {error}") from None
    if any(_DEPTH_FAULT.search(entry.message or "") for entry in parser.error_log):
        raise Unfit("elements nested so deep that text would be lost")
    return tree


def _plain(source: str) -> str:
    return " ".join(_MARKUP.sub(" ", source).split())


def _lang(source: str) -> str | None:
    """The language that the page declares, if it is one that is read: many declare a wrong one."""
    match = _LANG.search(source[:_HEAD])
    if match is None:
        return None
    try:
        return declared(match[1])
    except Unfit:
        return None


def plain_text(fragment: str) -> str:
    """The text of a fragment of HTML as feeds carry it: paragraphs on lines of their own."""
    from lxml import html

    if "<" not in fragment and "&" not in fragment:
        return fragment.strip()
    parser = html.HTMLParser(huge_tree=True, remove_comments=True)
    try:
        root = html.fragment_fromstring(fragment, create_parent="div", parser=parser)
    except ValueError:
        return fragment.strip()
    for node in root.xpath(".//script|.//style"):
        node.drop_tree()
    for node in root.xpath(".//p|.//div|.//br|.//li|.//h1|.//h2|.//h3|.//tr"):
        node.tail = "\n" + (node.tail or "")
    lines = (" ".join(line.split()) for line in root.text_content().split("\n"))
    return "\n".join(line for line in lines if line)
