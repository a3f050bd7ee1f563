"""News from the page into the store: pasted text or dropped files, one writer at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest import batch, curation
from ingest.batch import Result
from ingest.documents import Defaults, Input, Refused, read_all, record
from ingest.documents.model import Unfit
from kg.store import Store

_WRITING = threading.Lock()  # this process writes one thing after the other
PASTED = "<text>"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was dropped: its name and its bytes."""

    name: str
    data: bytes


def pasted(fields: Mapping[str, str]) -> Input:
    """What was typed into the form (text, title, published, lang, source, url) as an input."""
    known = {name: value.strip() for name, value in fields.items() if value.strip()}
    try:
        return record.accept(known, PASTED, 0, Defaults())
    except Unfit as unfit:
        return Refused(PASTED, 0, unfit.fate, unfit.reason)


def dropped(uploads: Iterable[Upload], defaults: Defaults) -> Iterator[Input]:
    """The documents of dropped files, each named by its file."""
    with TemporaryDirectory() as folder:
        for upload in uploads:
            path = Path(folder) / Path(upload.name).name
            path.write_bytes(upload.data)
            for found in read_all([path], defaults):
                yield _named(found, path)
            path.unlink()


def _named(found: Input, path: Path) -> Input:
    """The input with the name of its file, not that of our folder."""
    if isinstance(found, Refused):
        reason = found.reason.replace(str(path), path.name)
        return Refused(path.name, found.line, found.fate, reason)
    return type(found)(found.document, path.name, found.line, found.notes)


def add(store_path: Path, inputs: Iterable[Input], told: Callable[[Result], None]) -> list[Result]:
    """Read and write these inputs; `told` hears of each. StoreFault where another one writes."""
    results = []
    with _WRITING, Store.open(store_path) as store:
        curation.load_into(store)
        for result in batch.ingest(store, inputs):
            results.append(result)
            told(result)
    return results
