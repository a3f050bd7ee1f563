"""Many documents into one store: read by one process or several, written by one, all counted."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice

from ingest import state
from ingest.documents import Accepted, Fate, Input, Refused
from ingest.pipeline import read
from kg.errors import DataFaults, RawabitError, ReadingFault
from kg.model import Document, Reading
from kg.store import Outcome, Store

_BATCH = 20  # documents that go to a worker at once
_FLUSH = 200  # documents after which all is made to reach the disk


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one input: its place, its outcome, the reason or note where there is one."""

    path: str
    line: int
    document: str | None
    outcome: Outcome | Fate
    reason: str | None = None

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        reason = f": {self.reason}" if self.reason else ""
        return f"{place}: {self.outcome}{reason}"


@dataclass(frozen=True, slots=True)
class Report:
    """How many inputs ended how; they add up to `inputs`."""

    added: int = 0
    unchanged: int = 0
    replaced: int = 0
    skipped: int = 0
    quarantined: int = 0

    @classmethod
    def of(cls, results: Iterable[Result]) -> Report:
        """Count results, which are taken one by one."""
        counts = Counter(str(result.outcome) for result in results)
        return cls(**counts)

    @property
    def inputs(self) -> int:
        """All inputs."""
        return self.documents + self.skipped + self.quarantined

    @property
    def documents(self) -> int:
        """The inputs that are in the store now."""
        return self.added + self.unchanged + self.replaced

    def __str__(self) -> str:
        return (
            f"{self.inputs} inputs: {self.added} added, {self.unchanged} unchanged, "
            f"{self.replaced} replaced, {self.skipped} skipped, {self.quarantined} quarantined"
        )


def ingest(store: Store, inputs: Iterable[Input], jobs: int = 1) -> Iterator[Result]:
    """Read and write inputs, in their order, each document in a transaction of its own.

    A document that can't be read is quarantined and the rest goes on. Raises DataFaults for faults
    in rules or lexicons, StoreFault where the store can't be written.
    """
    written = 0
    now = state.keep(store.follower.ledger)
    for each, reading in _readings(inputs, jobs):
        if isinstance(each, Refused):
            yield _noted(store, Result(each.path, each.line, None, each.fate, each.reason))
            continue
        yield _noted(store, _written(store, each, reading), now)
        written += 1
        if written % _FLUSH == 0:
            store.flush()
    store.flush()


def _noted(store: Store, result: Result, now: str | None = None) -> Result:
    """The result, noted in the ledger: what was refused, what a document was read with."""
    if result.outcome == Fate.QUARANTINED:
        store.follower.ledger.refused(result.path, result.line, result.reason or "")
    elif result.document is not None and now is not None:
        store.follower.ledger.stands(result.document, now)
    return result


def _written(store: Store, accepted: Accepted, reading: Reading | str) -> Result:
    place = accepted.path, accepted.line, accepted.document.id
    if isinstance(reading, str):
        return Result(*place, Fate.QUARANTINED, reading)
    try:
        outcome = store.write(reading)
    except ReadingFault as fault:
        return Result(*place, Fate.QUARANTINED, str(fault))
    return Result(*place, outcome, "; ".join(accepted.notes) or None)


Read = tuple[Input, Reading | str]


def _readings(inputs: Iterable[Input], jobs: int) -> Iterator[Read]:
    if jobs > 1:
        yield from _read_apart(inputs, jobs)
        return
    for each in inputs:
        yield each, read_one(each.document) if isinstance(each, Accepted) else ""


def read_one(document: Document) -> Reading | str:
    """The reading of a document, or why there is none.

    Whatever a document trips over, only that document is lost; faults of rules and lexicons, which
    would spoil every document, are raised.
    """
    try:
        return read(document)
    except DataFaults:
        raise
    except Exception as error:
        return f"reading failed: {type(error).__name__}: {error}"


def _read_batch(documents: list[Document]) -> list[Reading | str]:
    try:
        return [read_one(document) for document in documents]
    except DataFaults as faults:  # it would not survive the way between processes
        raise RawabitError(str(faults)) from None


def _read_apart(inputs: Iterable[Input], jobs: int) -> Iterator[Read]:
    """Readings from worker processes, in order; a few batches under way at a time."""
    source = iter(inputs)
    waiting: deque[tuple[list[Input], Future[list[Reading | str]]]] = deque()
    with ProcessPoolExecutor(jobs) as pool:
        while True:
            batch = list(islice(source, _BATCH)) if len(waiting) < 2 * jobs else []
            if batch:
                documents = [each.document for each in batch if isinstance(each, Accepted)]
                waiting.append((batch, pool.submit(_read_batch, documents)))
                continue
            if not waiting:
                return
            yield from _finished(*waiting.popleft())


def _finished(batch: list[Input], future: Future[list[Reading | str]]) -> Iterator[Read]:
    try:
        readings = iter(future.result())
    except BrokenProcessPool as error:
        raise RawabitError("a worker process died (memory?): run with fewer --jobs") from error
    for each in batch:
        yield each, next(readings) if isinstance(each, Accepted) else ""
