"""A record of JSON → a document: strict about what is wrong, exact about the text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from ingest.documents.encoding import clean
from ingest.documents.language import declared, detect
from ingest.documents.model import Accepted, Defaults, Fate, Unfit
from kg.model import Document
from kg.vocab import digest

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?", re.ASCII)
_PARTIAL = re.compile(r"\d{4}(-\d{2})?", re.ASCII)
_LONGEST_ID = 500


def parse(text: str) -> Any:
    """A JSON value; Unfit for broken JSON, NaN, a name given twice, nesting without end."""
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise Unfit(f"not JSON: {error.msg} at column {error.colno}") from None
    except RecursionError:
        raise Unfit("not JSON that can be read: nested too deep") from None
    except ValueError as error:
        raise Unfit(f"not JSON that can be read: {error}") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Unfit(f"'{twice}' is given twice")
    return found


def _no_constant(name: str) -> None:
    raise Unfit(f"{name} is no JSON value")


def accept(record: Any, path: str, line: int, defaults: Defaults) -> Accepted:
    """The document of a record; Unfit where it has no text, or a member that can't be right."""
    if not isinstance(record, Mapping):
        raise Unfit('not an object with "id" and "text"')
    text = record.get("text")
    if not isinstance(text, str):
        raise Unfit('"text" is missing' if text is None else '"text" is no string')
    kept, stripped = clean(text)
    if not kept.strip():
        raise Unfit("empty: no text", Fate.SKIPPED)
    published, flagged = _published(record, defaults)
    document = Document(
        id=_id(record) or f"text-{digest(kept)}",
        text=kept,
        lang=_lang(record, kept, defaults),
        published=published,
        title=_string(record, "title"),
        url=_string(record, "url"),
        source=_string(record, "source") or defaults.source,
    )
    return Accepted(document, path, line, tuple(filter(None, (stripped, flagged))))


def _lang(record: Mapping[str, Any], text: str, defaults: Defaults) -> str:
    given = _string(record, "lang") or defaults.lang
    return declared(given) if given else detect(text)


def _id(record: Mapping[str, Any]) -> str | None:
    given = record.get("id")
    if isinstance(given, int) and not isinstance(given, bool):
        return str(given)
    name = _string(record, "id")
    if name and len(name) > _LONGEST_ID:
        raise Unfit(f'"id" is longer than {_LONGEST_ID} characters')
    return name


def _string(record: Mapping[str, Any], name: str) -> str | None:
    """A member that is a string, on one line; None where it is missing or empty."""
    value = record.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Unfit(f'"{name}" is no string')
    return " ".join(clean(value)[0].split()) or None


def _published(record: Mapping[str, Any], defaults: Defaults) -> tuple[str | None, str | None]:
    given = _string(record, "published")
    if given is None:
        return defaults.published, None
    if _PARTIAL.fullmatch(given):
        return None, f"published '{given}' names no day: left out"
    day = publication_day(given)
    if day is None:
        raise Unfit(f"published '{given}' is no date: write it as 2023-02-01")
    if day > (datetime.now(UTC) + timedelta(days=1)).date():
        return day.isoformat(), f"published '{given}' is in the future"
    return day.isoformat(), None


def publication_day(given: str) -> date | None:
    """The day of an ISO date or date-time, or of a date as e-mail and feeds write it."""
    match = _DAY.fullmatch(given)
    try:
        if match:
            return date.fromisoformat(match[1])
        return parsedate_to_datetime(given).date()
    except (ValueError, TypeError, IndexError):
        return None
