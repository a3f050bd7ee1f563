"""JSONL: a record a line; a bad line is set aside and the rest goes on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from ingest.documents import record
from ingest.documents.model import Defaults, Fate, Input, Limits, Refused, Unfit

_BOM = b"\xef\xbb\xbf"


def lines(chunks: Iterable[bytes], longest: int) -> Iterator[tuple[int, bytes | None]]:
    r"""The lines of a stream with their numbers, parted at \n alone; None for one too long.

    Never holds more than the longest line allowed and one chunk.
    """
    number, held, overlong = 1, bytearray(), False
    for chunk in chunks:
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            overlong = overlong or len(held) + len(piece) > longest
            yield number, None if overlong else bytes(held + piece)
            number, overlong = number + 1, False
            held.clear()
        overlong = overlong or len(held) + len(rest) > longest
        held = bytearray() if overlong else held + rest
    if held or overlong:
        yield number, None if overlong else bytes(held)


def read(chunks: Iterable[bytes], path: str, defaults: Defaults, limits: Limits) -> Iterator[Input]:
    """The documents of a stream of JSONL; blank lines are nothing."""
    for number, line in lines(chunks, limits.line):
        if line is None:
            reason = f"longer than {limits.line >> 20} MB"
            yield Refused(path, number, Fate.QUARANTINED, reason)
            continue
        if number == 1:
            line = line.removeprefix(_BOM)
        if line.strip():
            yield _record(line, path, number, defaults)


def _record(line: bytes, path: str, number: int, defaults: Defaults) -> Input:
    try:
        return record.accept(record.parse(_decoded(line)), path, number, defaults)
    except Unfit as unfit:
        return Refused(path, number, unfit.fate, unfit.reason)


def _decoded(line: bytes) -> str:
    if b"\0" in line:
        raise Unfit("not UTF-8 (NUL bytes): UTF-16 or binary; save the file as UTF-8")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unfit(f"not UTF-8 at byte {error.start}: save the file as UTF-8") from None


def read_array(text: str, path: str, defaults: Defaults) -> Iterator[Input]:
    """The documents of one JSON text: an array of records, or a single record."""
    try:
        value = record.parse(text)
    except Unfit as unfit:
        yield Refused(path, _line_of_fault(text), unfit.fate, unfit.reason)
        return
    for number, each in enumerate(value if isinstance(value, list) else [value], 1):
        try:
            yield record.accept(each, path, 0, defaults)
        except Unfit as unfit:
            yield Refused(path, 0, unfit.fate, f"record {number}: {unfit.reason}")


def _line_of_fault(text: str) -> int:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return error.lineno
    except (ValueError, RecursionError):
        pass
    return 0
