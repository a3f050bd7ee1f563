"""What one more document costs in a store of many, against an empty one: processor seconds.

Run it from the project's folder: `python benchmarks/growth.py [documents] [probes] [folder]`; the
whole is `100000 100`. The store is made of the reports of `benchmarks/generated.py`, resolved in
batches, and kept in the folder where one is given, so that a second run need not make it again.
The same reports are then written, one by one and in turns, into that store and into one that
holds the curated graphs alone, with everything that `rawabit ingest` does once a text is read.
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from generated import World, readings
from rich.console import Console

from ingest import curation
from kg.model import Reading
from kg.quads import quads
from kg.resolution.keeper import Exchange
from kg.store import Store

BATCH = 1000  # documents resolved at once while the store is made
LIMIT = 2.0  # how many times as much a document may cost in the full store


def grow(store: Store, wanted: int, given: Iterator[Reading]) -> None:
    """Write so many readings; in bulk, which a crash would not survive, for it is fast."""

    def write(exchange: Exchange) -> None:
        for quad in exchange.removed:
            store.ox.remove(quad)
        store.ox.bulk_extend(exchange.added)

    done = len(store.documents())
    for _ in range(done):
        next(given)
    while done < wanted:
        batch = list(islice(given, min(BATCH, wanted - done)))
        done += len(batch)
        store.keeper.change({each.document.id: quads(each) for each in batch}, write)
        print(f"\r{done:,} documents, {time.process_time():.0f} s", end="", flush=True)
    print()
    store.flush()


def costs(stores: Sequence[Store], given: Sequence[Reading]) -> list[list[float]]:
    """Milliseconds that each reading takes in each store; they are taken out again."""
    found: list[list[float]] = [[] for _ in stores]
    for reading in given:
        for store, times in zip(stores, found, strict=True):
            start = time.process_time()
            store.write(reading)
            times.append(1000 * (time.process_time() - start))
    for reading in given:
        for store in stores:
            store.remove(reading.document.id)
    return found


def main() -> None:
    """Make the stores, measure, print."""
    size, probes = ([int(value) for value in sys.argv[1:3]] + [100_000, 100][len(sys.argv) - 1 :])[
        :2
    ]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(sys.argv[3]) if len(sys.argv) > 3 else Path(scratch)
        given = readings(World())
        with Store.open(folder / "full") as full, Store.open(Path(scratch) / "empty") as empty:
            for store in (full, empty):
                curation.load_into(store)
            grow(full, size, given)
            report(full, costs((empty, full), list(islice(given, probes))))


def report(full: Store, found: Sequence[Sequence[float]]) -> None:
    """Print what was measured."""
    console = Console(highlight=False)
    console.print(f"{len(full.documents()):,} documents, {len(full.ox):,} quads")
    for name, times in zip(("empty", "full"), found, strict=True):
        middle, worst = statistics.median(times), max(times)
        console.print(
            f"{name:>6}: median {middle:.1f} ms, mean {statistics.mean(times):.1f} ms, "
            f"worst {worst:.1f} ms ({len(times)} documents)"
        )
    ratio = statistics.median(found[1]) / statistics.median(found[0])
    console.print(f"a document costs {ratio:.2f} times as much; at most {LIMIT} is asked")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    console.print(f"memory at most {peak:.0f} MB")


if __name__ == "__main__":
    main()
