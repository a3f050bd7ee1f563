"""Files, folders and standard input → inputs, each read by the reader of its kind."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol, cast

from ingest.documents import feed, jsonl, page, record
from ingest.documents.encoding import decode
from ingest.documents.model import (
    LIMITS,
    NO_DEFAULTS,
    Accepted,
    Defaults,
    Fate,
    Input,
    Limits,
    Refused,
    Unfit,
)

STDIN = "-"
_CHUNK = 1 << 18
_RATIO_FROM = 8 << 20  # below this size a high ratio is harmless
_KINDS = {
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    ".json": "json",
    **dict.fromkeys((".txt", ".text", ".md"), "text"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "page"),
    **dict.fromkeys((".rss", ".atom", ".xml", ".rdf"), "feed"),
}
_SNIFFED = (
    ((b"<!doctype html", b"<html"), "page"),
    ((b"<?xml", b"<rss", b"<feed"), "feed"),
    ((b"{",), "jsonl"),
    ((b"[",), "json"),
)


class Readable(Protocol):
    """A stream of bytes, packed or not."""

    def read1(self, size: int = -1, /) -> bytes:
        """Some bytes, as they come; none at the end."""

    def tell(self) -> int:
        """Where the stream stands."""


def read_all(
    paths: Iterable[Path | str],
    defaults: Defaults = NO_DEFAULTS,
    limits: Limits = LIMITS,
    progress: Callable[[int], object] = lambda count: None,
) -> Iterator[Input]:
    """The inputs of files and folders (their files by name, hidden ones left out) and of `-`.

    Everything ends as Accepted or Refused; nothing is raised for a bad input. `progress` is told
    the bytes read. Records of JSONL are streamed; other files are read whole.
    """
    for path in paths:
        if str(path) == STDIN:
            yield from _guarded("<stdin>", _stdin(defaults, limits, progress))
            continue
        found = list(_files(Path(path)))
        if not found:
            yield Refused(str(path), 0, Fate.SKIPPED, "an empty folder")
        for each in found:
            yield from _guarded(str(each), _file(each, defaults, limits, progress))


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for each in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in each.relative_to(path).parts)
        if each.is_file() and not hidden:
            yield each


def size(paths: Iterable[Path | str]) -> int:
    """The bytes of all files that `read_all` will read; 0 where that can't be known."""
    total = 0
    for path in paths:
        if str(path) == STDIN:
            return 0
        total += sum(each.stat().st_size for each in _files(Path(path)) if each.exists())
    return total


def _guarded(path: str, inputs: Iterator[Input]) -> Iterator[Input]:
    try:
        yield from inputs
    except Unfit as unfit:
        yield Refused(path, 0, unfit.fate, unfit.reason)
    except OSError as error:
        yield Refused(path, 0, Fate.QUARANTINED, error.strerror or str(error))


def _stdin(
    defaults: Defaults, limits: Limits, progress: Callable[[int], object]
) -> Iterator[Input]:
    stream = cast(Readable, sys.stdin.buffer)
    yield from jsonl.read(_chunks(stream, stream, limits, progress), "<stdin>", defaults, limits)


def _file(
    path: Path, defaults: Defaults, limits: Limits, progress: Callable[[int], object]
) -> Iterator[Input]:
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        stream = gzip.GzipFile(fileobj=raw) if packed else raw
        kind, start = _kind(path, stream, packed)
        chunks = _chunks(stream, raw, limits, progress, start)
        if kind == "jsonl":
            yield from jsonl.read(chunks, str(path), defaults, limits)
        else:
            yield from _whole(path, kind, _joined(chunks, limits.file), defaults)


def _kind(path: Path, stream: Readable, packed: bool) -> tuple[str, bytes]:
    """The kind of a file by its ending, else by its first bytes, which are handed back."""
    name = path.name.lower().removesuffix(".gz") if packed else path.name.lower()
    kind = _KINDS.get(Path(name).suffix)
    if kind is not None:
        return kind, b""
    start = _first(stream)
    head = start[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for marks, sniffed in _SNIFFED:
        if head.startswith(marks):
            return sniffed, start
    if Path(name).suffix:
        raise Unfit(f"no reader for files that end in '{Path(name).suffix}'", Fate.SKIPPED)
    return "text", start


def _first(stream: Readable) -> bytes:
    try:
        return stream.read1(_CHUNK)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Unfit(f"a damaged gzip file: {error}") from None


def _chunks(
    stream: Readable,
    raw: Readable,
    limits: Limits,
    progress: Callable[[int], object],
    start: bytes = b"",
) -> Iterator[bytes]:
    """The bytes of a stream; a gzip file that is cut short gives all that is whole, then Unfit."""
    if start:
        yield start
    total, told = len(start), 0
    while True:
        try:
            chunk = stream.read1(_CHUNK)
        except EOFError:
            raise Unfit("a gzip file that is cut short: what stood before was read") from None
        except (zlib.error, gzip.BadGzipFile) as error:
            raise Unfit(f"a damaged gzip file: {error}") from None
        total += len(chunk)
        if stream is not raw:
            _refuse_bomb(total, raw.tell(), limits)
        here = total if stream is raw else raw.tell()
        progress(here - told)
        told = here
        if not chunk:
            return
        yield chunk


def _refuse_bomb(unpacked: int, packed: int, limits: Limits) -> None:
    if unpacked > limits.unpacked:
        raise Unfit(f"a gzip file that unpacks to more than {limits.unpacked >> 20} MB")
    if unpacked > _RATIO_FROM and unpacked > packed * limits.ratio:
        raise Unfit(f"a gzip file that grows more than {limits.ratio} times: not read further")


def _joined(chunks: Iterable[bytes], most: int) -> bytes:
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > most:
            raise Unfit(f"larger than {most >> 20} MB: make it JSONL, which is read line by line")
    return bytes(data)


def _whole(path: Path, kind: str, data: bytes, defaults: Defaults) -> Iterator[Input]:
    if not data.strip():
        raise Unfit("empty: no text", Fate.SKIPPED)
    if kind == "feed":
        yield from feed.read(data, str(path), defaults)
    elif kind == "json":
        yield from jsonl.read_array(decode(data)[0], str(path), defaults)
    elif kind == "page":
        members = {name: value for name, value in page.read(data).items() if value}
        yield _one({"id": stem(path), **members}, path, defaults)
    else:
        text, note = decode(data)
        yield _one({"id": stem(path), "text": text}, path, defaults, note)


def _one(
    members: dict[str, str], path: Path, defaults: Defaults, note: str | None = None
) -> Accepted:
    found = record.accept(members, str(path), 0, defaults)
    notes = (note, *found.notes) if note else found.notes
    return Accepted(found.document, found.path, found.line, notes)


def stem(path: Path) -> str:
    """The identifier of a document that is a file: its name without ending."""
    return Path(path.name.removesuffix(".gz")).stem


def read_text(text: str | bytes, defaults: Defaults = NO_DEFAULTS) -> Input:
    """A text that stands for itself, in no file."""
    try:
        plain = decode(text)[0] if isinstance(text, bytes) else text
        return record.accept({"text": plain}, "<text>", 0, defaults)
    except Unfit as unfit:
        return Refused("<text>", 0, unfit.fate, unfit.reason)
