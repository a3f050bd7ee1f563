"""How well reports of one happening are found to be of one, on generated news with known truth.

Run it from the project's folder: `python benchmarks/resolution.py [reports] [happenings] [orders]`;
the whole is `20000 5000 10`.
It reads the corpus of `benchmarks/happenings.py` with the rules, writes the readings into a store,
and gives pairwise and B-cubed precision and recall of events and persons, the cost of a document
in a full store against an empty one, and whether other orders of ingestion give the same bytes.
"""

from __future__ import annotations

import hashlib
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from happenings import Told, corpus
from rich.console import Console
from rich.table import Table

from ingest.pipeline import read
from kg.export import export
from kg.model import Reading
from kg.reports import Report
from kg.resolution.naming import given_names
from kg.store import Store
from kg.terms import iri
from kg.vocab import document_graph

PROBES = 200  # documents whose writing is timed
FLOORS = {"events": (0.98, 0.95), "people": (0.0, 0.97)}  # precision, F1 by B-cubed


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision and recall."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


Pairs = Sequence[tuple[Hashable, Hashable]]  # what an item truly is, what it was found to be


def b_cubed(items: Pairs) -> Rates:
    """For an item on average: how much of what it was put with belongs, and the other way."""
    true, found, both = _sizes(items)
    precision = sum(both[item] / found[item[1]] for item in items) / len(items)
    recall = sum(both[item] / true[item[0]] for item in items) / len(items)
    return Rates(precision, recall)


def pairwise(items: Pairs) -> Rates:
    """Of the pairs put together, how many belong, and the other way."""
    true, found, both = (_pairs(sizes.values()) for sizes in _sizes(items))
    return Rates(both / found if found else 1.0, both / true if true else 1.0)


def _sizes(items: Pairs) -> tuple[Counter[Hashable], Counter[Hashable], Counter[Hashable]]:
    return Counter(a for a, _ in items), Counter(b for _, b in items), Counter(items)


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def events(store: Store, told: Iterable[tuple[Told, Reading]]) -> list[tuple[Hashable, Hashable]]:
    """The events read, of the type told of: number of the happening, key in the graph."""
    found: list[tuple[Hashable, Hashable]] = []
    for each, reading in told:
        names = given_names(graph(store, each))
        own = [event.key for event in reading.events if event.type is each.happening.type]
        found += [(each.happening.number, names[Report("", key).key]) for key in own[:1]]
    return found


def people(store: Store, told: Iterable[tuple[Told, Reading]]) -> list[tuple[Hashable, Hashable]]:
    """The officials named: number of the official, key in the graph."""
    found: list[tuple[Hashable, Hashable]] = []
    for each, reading in told:
        names = given_names(graph(store, each))
        keys = {name: name for name in _persons(store, each)}
        persons = [e for e in reading.entities if e.key.startswith("person/")]
        ordered = sorted(persons, key=lambda e: min(_places(each, e.labels)))
        if len(ordered) != len(each.named):
            continue  # a name that was not read is no matter of resolution
        for official, entity in zip(each.named, ordered, strict=True):
            own = _encoded(entity.key)
            found.append((official.number, names.get(own, keys.get(own, own))))
    return found


def _persons(store: Store, told: Told) -> set[str]:
    return set(given_names(graph(store, told)).values())


def _places(told: Told, labels: Iterable[object]) -> list[int]:
    text = told.document.text
    return [text.find(getattr(label, "text", "")) for label in labels] or [len(text)]


def _encoded(key: str) -> str:
    from kg.vocab import ID, id_iri

    return id_iri(key).removeprefix(ID)


def graph(store: Store, told: Told) -> list[object]:
    """The quads of a document's graph."""
    name = iri(document_graph(told.document.id))
    return list(store.ox.quads_for_pattern(None, None, None, name))


def readings(told: Sequence[Told], jobs: int = 2) -> list[Reading]:
    """What the rules read in each document."""
    documents = [each.document for each in told]
    if len(documents) < 500:
        return [read(document) for document in documents]
    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(read, documents, chunksize=100))


def probe(store: Store, made: Sequence[Reading]) -> float:
    """Median milliseconds that writing a document takes that is new to the store."""
    times = []
    for reading in made:
        start = time.process_time()
        store.write(reading)
        times.append(time.process_time() - start)
    return 1000 * statistics.median(times)


def fingerprint(folder: Path, batches: Iterable[Sequence[Reading]]) -> str:
    """The hash of the export after writing readings in this order, the store closed in between."""
    for batch in batches:
        with Store.open(folder / "store") as store:
            for reading in batch:
                store.write(reading)
    with Store.open(folder / "store") as store:
        export(store, folder / "graph.nq")
    return hashlib.sha256((folder / "graph.nq").read_bytes()).hexdigest()


def orders(made: Sequence[Reading], count: int) -> int:
    """How many different exports so many random orders give; 1 is what must be.

    Every other order comes in batches of random size, some documents in two of them.
    """
    found = set()
    for seed in range(count):
        chance = random.Random(seed)
        shuffled = chance.sample(made, len(made))
        batches = [shuffled] if seed % 2 == 0 else list(_batches(shuffled, chance))
        with tempfile.TemporaryDirectory() as folder:
            found.add(fingerprint(Path(folder), batches))
    return len(found)


def _batches(made: Sequence[Reading], chance: random.Random) -> Iterator[Sequence[Reading]]:
    start = 0
    while start < len(made):
        size = chance.randint(1, len(made) // 3 + 1)
        yield [*chance.sample(made[:start], min(3, start)), *made[start : start + size]]
        start += size


def show(rates: dict[str, Rates], title: str) -> Table:
    """The rates as a table."""
    table = Table(title=title)
    for heading in ("", "precision", "recall", "F1"):
        table.add_column(heading, justify="right" if heading else "left")
    for name, each in rates.items():
        table.add_row(name, f"{each.precision:.4f}", f"{each.recall:.4f}", f"{each.f1:.4f}")
    return table


def main() -> None:
    """Measure and print."""
    given = [int(value) for value in sys.argv[1:]]
    reports, known, shuffles = (given + [2_000, 500, 2][len(given) :])[:3]
    told = list(corpus(reports, known))
    start = time.process_time()
    made = readings(told)
    console = Console()
    console.print(f"read {len(made)} reports")
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "store") as store:
        probes, others = made[:PROBES], made[PROBES:]
        empty = probe(store, probes)
        for reading in probes:
            store.remove(reading.document.id)
        start = time.process_time()
        for reading in others:
            store.write(reading)
        written = time.process_time() - start
        full = probe(store, probes)
        both = list(zip(told, made, strict=True))
        found = {"events": events(store, both), "people": people(store, both)}
    rates = {f"{name}, B-cubed": b_cubed(items) for name, items in found.items()}
    rates |= {f"{name}, pairs": pairwise(items) for name, items in found.items()}
    title = f"{reports} reports of {known} happenings; " + ", ".join(
        f"{len(items)} {name} read" for name, items in found.items()
    )
    console.print(show(rates, title))
    console.print(f"writing: {1000 * written / len(others):.1f} ms a document on average")
    console.print(f"one document: {empty:.2f} ms into an empty store, {full:.2f} ms into this one")
    if shuffles:
        console.print(f"{shuffles} random orders: {orders(made, shuffles)} different exports")


if __name__ == "__main__":
    main()
