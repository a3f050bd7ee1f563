"""RSS and Atom feeds, from their bytes: one document an item; nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from ingest.documents import record
from ingest.documents.encoding import decode
from ingest.documents.model import Defaults, Fate, Input, Refused, Unfit
from ingest.documents.page import declared_encoding, plain_text

_ITEM = re.compile(r"<(?:\w+:)?(?:item|entry)\b[^>]*>", re.IGNORECASE)
_ITEM_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_ENCODING = re.compile(r"""(<\?xml[^>]{0,100}?)\s+encoding\s*=\s*["'][^"']*["']""", re.IGNORECASE)


def read(data: bytes, path: str, defaults: Defaults) -> Iterator[Input]:
    """The documents of a feed; an item that is cut short is dropped and told.

    Raises Unfit for what is no feed.
    """
    import feedparser

    source, _ = decode(data, declared_encoding(data))
    if _ENTITY.search(source):
        raise Unfit("a feed that defines entities is not read")
    whole, cut = _without_half_item(source)
    # Bytes, so that no text can be taken for an address; the declaration must fit them.
    parsed = feedparser.parse(_ENCODING.sub(r"\1", whole).encode("utf-8"))
    if not parsed.entries and not parsed.version:
        raise Unfit("not a feed (RSS or Atom)", Fate.SKIPPED)
    for number, entry in enumerate(parsed.entries, 1):
        yield _item(entry, parsed.feed, path, number, defaults)
    if cut:
        yield Refused(path, 0, Fate.QUARANTINED, "the feed is cut short: its last item is dropped")


def _without_half_item(source: str) -> tuple[str, bool]:
    starts = [match.start() for match in _ITEM.finditer(source)]
    ends = [match.end() for match in _ITEM_END.finditer(source)]
    if starts and (not ends or starts[-1] > ends[-1]):
        return source[: starts[-1]], True
    return source, False


def _item(entry: Any, feed: Any, path: str, number: int, defaults: Defaults) -> Input:
    contents = [part.get("value", "") for part in entry.get("content", ())]
    longest = max([*contents, entry.get("summary", "")], key=len)
    members = {
        "id": entry.get("id") or entry.get("link"),
        "text": plain_text(longest),
        "title": plain_text(entry.get("title", "")) or None,
        "url": entry.get("link"),
        "published": _day(entry),
        "source": feed.get("title"),
        "lang": _known(feed.get("language")),
    }
    try:
        return record.accept(members, path, 0, defaults)
    except Unfit as unfit:
        return Refused(path, 0, unfit.fate, f"item {number}: {unfit.reason}")


def _day(entry: Any) -> str | None:
    """The day of publication (UTC); None where the feed writes a date that can't be read."""
    # dict.get: feedparser's own takes one for the other, with a warning
    parsed = dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")
    return date(*parsed[:3]).isoformat() if parsed else None


def _known(language: str | None) -> str | None:
    return language if language and language.lower()[:2] in ("ar", "en", "fr") else None
