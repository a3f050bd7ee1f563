"""Documents a second on one core: reading, beside a blank spaCy tokeniser; quads and the store.

Run it from the project's folder with `make bench`, or `python benchmarks/extraction.py`. Times are
process times, the best of several rounds, so that other work on the machine counts little.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path

from rich.console import Console
from rich.table import Table

from ingest import pipeline
from ingest.engine import engine
from kg.model import Document, Reading
from kg.quads import quads
from kg.store import Store

ROOT = Path(__file__).parents[1]
CORPUS = (ROOT / "ingest" / "samples" / "ar.jsonl", ROOT / "tests" / "corpus" / "reports.jsonl")
PHRASINGS = ROOT / "tests" / "phrasings"
SIZE = 3300  # bytes of UTF-8: the length of an agency's report
ROUNDS = 5
FLOOR = 100  # documents a second that reading must reach on an idle core


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured: seconds of process time for a number of documents and characters."""

    name: str
    seconds: float
    documents: int
    characters: int

    @property
    def rate(self) -> float:
        """Documents a second."""
        return self.documents / self.seconds


def records() -> Iterator[dict[str, str]]:
    """The Arabic records of the sample news and of the test corpus."""
    for path in CORPUS:
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            record = json.loads(line)
            if record.get("lang", "ar") == "ar":
                yield record


def reports() -> list[Document]:
    """The reports as they are: some hundred words each, a few without any event."""
    return [
        Document(f"report-{number}", record["text"], "ar", record.get("published"))
        for number, record in enumerate(records())
    ]


def _eventless() -> Iterator[str]:
    """Arabic sentences of our own that tell no event, over and over."""
    rows = [
        row
        for path in sorted(PHRASINGS.glob("ar-*.tsv"))
        for row in path.read_text(encoding="utf-8").splitlines()
    ]
    return cycle([row.split("\t")[3].strip() for row in rows if row.startswith("-\t")])


def pages() -> list[Document]:
    """Pages about SIZE bytes long: a report, filled up with sentences that tell no event.

    Some three events a page, as news has them: the five real articles that the project is
    scored on have 2.7 in as many bytes.
    """
    background = _eventless()
    made: list[Document] = []
    for report in reports():
        text = report.text
        while len(text.encode()) < SIZE:
            text += "\n" + next(background)
        made.append(replace(report, id=f"page-{len(made)}", text=text))
    return made


def documents() -> list[Document]:
    """Many short reports in one, cut after a paragraph: SIZE bytes, an event in most sentences."""
    made: list[Document] = []
    text = ""
    for record in records():
        for paragraph in record["text"].splitlines():
            text += paragraph + "\n"
            if len(text.encode()) >= SIZE:
                name = f"report-{len(made)}"
                made.append(Document(name, text, "ar", record.get("published")))
                text = ""
    return made


def fastest(name: str, over: list[Document], work: Callable[[], object]) -> Figure:
    """The best of ROUNDS runs, after one that warms up."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return Figure(name, min(times), len(over), sum(len(each.text) for each in over))


def start_up() -> float:
    """Seconds of process time until the engine of Arabic is ready, its tables kept on disk."""
    engine("ar")  # so that they are
    engine.cache_clear()
    start = time.process_time()
    engine("ar")
    return time.process_time() - start


def _tokeniser() -> Callable[[str], object] | None:
    try:
        import spacy
    except ImportError:
        return None
    return spacy.blank("ar")


def _listed(reading: Reading) -> list[object]:
    return list(quads(reading))


def _write(readings: Iterable[Reading]) -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder)) as store:
        for reading in readings:
            store.write(reading)
        store.flush()


def measure() -> list[Figure]:
    """All figures, over the same documents."""
    short, filled, over = reports(), pages(), documents()
    readings = [pipeline.read(each) for each in over]
    found = [
        fastest("reports as they are", short, lambda: [*map(pipeline.read, short)]),
        fastest("pages of news", filled, lambda: [*map(pipeline.read, filled)]),
        fastest("many reports in one", over, lambda: [*map(pipeline.read, over)]),
    ]
    tokenise = _tokeniser()
    if tokenise is not None:
        found.append(
            fastest(
                "pages, blank spaCy tokeniser",
                filled,
                lambda: [tokenise(each.text) for each in filled],
            )
        )
    found.append(fastest("quads of many in one", over, lambda: [*map(_listed, readings)]))
    found.append(fastest("the same, and stored", over, lambda: _write(readings)))
    return found


def show(figures: list[Figure], seconds: float) -> Table:
    """The figures as a table."""
    table = Table(title=f"Arabic, one core; engine ready after {seconds:.2f} s")
    table.add_column("", no_wrap=True)
    for heading in ("documents", "letters each", "a second", "ms each", "million letters/s"):
        table.add_column(heading, justify="right")
    for each in figures:
        table.add_row(
            each.name,
            f"{each.documents}",
            f"{each.characters // each.documents:,}",
            f"{each.rate:,.0f}",
            f"{1000 / each.rate:.2f}",
            f"{each.characters / each.seconds / 1e6:.3f}",
        )
    return table


def main() -> None:
    """Measure, print, and say whether reading is as fast as it must be."""
    seconds = start_up()
    figures = measure()
    console = Console()
    console.print(show(figures, seconds))
    if not any("spaCy" in each.name for each in figures):
        console.print("spaCy is not installed: pip install -e '.\\[benchmark]'")
    for each in figures[:3]:
        verdict = "reached" if each.rate >= FLOOR else "missed"
        console.print(f"At least {FLOOR} documents a second ({each.name}): {verdict}.")


if __name__ == "__main__":
    main()
