"""How long the explorer takes over a store of millions of quads: pages, search, hubs, briefs.

`python benchmarks/explorer.py [--quads 5000000] [--store DIR]` makes the store where it is not
there yet (some minutes) and measures on the server's side, cold (a process that just started) and
again. Bounds are on processor time, so that other work on the machine counts little; the clock's
time stands beside it. Neighbours slow a processor too: a loop of known length, timed between the
figures, says how much, and `idle` is the processor's time without that. A figure whose `idle` time
is beyond its bound ends with exit code 1.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from generated import fill
from pace import slowness
from rich.console import Console
from rich.table import Table

from app.explorer import search
from app.explorer.affiliations import Affiliations, affiliations
from app.explorer.neighbourhood import view
from kg.brief import Corpus, brief
from kg.store import View
from kg.vocab import ID

MAIN = Path(__file__).parents[1] / "app" / "explorer" / "main.py"
HUB, OTHER, QUIET = (f"{ID}country/{code}" for code in ("MA", "US", "NP"))
TYPED = ("b", "bou", "بور", "blinken", "بلينكن", "etats un", "ministre", "zzqx", "a")
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured: seconds of processor and clock, and the bound where there is one."""

    name: str
    times: tuple[float, float]
    bound: float | None = None
    slow: float = field(default_factory=lambda: slowness(time.process_time))

    @property
    def idle(self) -> float:
        """Seconds of processor on a machine that does nothing else."""
        return self.times[0] / self.slow

    @property
    def fits(self) -> bool:
        """Whether it is within its bound."""
        return self.bound is None or self.idle <= self.bound


def timed(run: Callable[[], object], rounds: int = 1) -> tuple[float, float]:
    """Seconds of processor and of the clock for one run; of several, the median one."""
    found = []
    for _round in range(rounds):
        used, began = time.process_time(), time.perf_counter()
        run()
        found.append((time.process_time() - used, time.perf_counter() - began))
    return sorted(found)[len(found) // 2]


def page(store: Path, name: str, **query: str) -> Callable[[], object]:
    """A run of one page of the application, as the server does it for a new visitor."""
    from streamlit.testing.v1 import AppTest

    def run() -> object:
        os.environ["RAWABIT_STORE"] = str(store)
        app = AppTest.from_file(str(MAIN), default_timeout=120)
        for key, value in {"page": name, "lang": "ar", **query}.items():
            app.query_params[key] = value
        app.run()
        if app.exception or app.error:
            raise RuntimeError(f"{name}: {app.exception or app.error[0].value}")
        return app

    return run


def figures(path: Path) -> list[Figure]:
    """All measurements, in the order in which a visitor meets them."""
    found = [Figure("first page, cold", timed(page(path, "overview")), 2.0)]
    found.append(Figure("first page, again", timed(page(path, "overview"), 3), 2.0))
    pair = {"a": "country/MA", "b": "country/US"}
    found.append(Figure("page of two countries, cold", timed(page(path, "pair", **pair))))
    found.append(Figure("page of two countries, again", timed(page(path, "pair", **pair), 3)))
    with View.open(path) as opened:
        found += _search(opened) + _hubs(opened) + _briefs(opened)
    return found


def _search(opened: View) -> list[Figure]:
    made: list[search.NameIndex] = []
    once = timed(lambda: made.append(search.build_index(opened.ox)))
    index = made[0]
    slowest = max(TYPED, key=lambda typed: timed(lambda: index.suggest(typed), ROUNDS))
    again = timed(lambda: index.suggest(slowest), ROUNDS)
    return [
        Figure("index of names, once, in the background", once),
        Figure(f"suggestions, the slowest ({slowest})", again, 0.3),
    ]


def _hubs(opened: View) -> list[Figure]:
    """The application knows who acts for whom by then: it finds that out beside the first page."""
    made: list[Affiliations] = []
    once = timed(lambda: made.append(affiliations(opened.ox)))

    def around(node: str) -> Callable[[], object]:
        return lambda: view(opened.ox, [node], known=made[0])

    return [
        Figure("who acts for whom, once, in the background", once),
        Figure("neighbourhood of a hub, cold", timed(around(HUB)), 0.5),
        Figure("neighbourhood of a hub", timed(around(HUB), ROUNDS), 0.5),
        Figure("neighbourhood of a quiet country", timed(around(QUIET)), 0.5),
    ]


def _briefs(opened: View) -> list[Figure]:
    corpus = Corpus(opened.ox)
    warm = timed(corpus.warm)
    cold = timed(lambda: brief(corpus, HUB, OTHER))
    again = timed(lambda: brief(corpus, HUB, OTHER), ROUNDS)
    next_one = timed(lambda: brief(corpus, HUB, f"{ID}country/FR"))
    return [
        Figure("what briefs share, once, in the background", warm),
        Figure("brief of the busiest pair, first", cold, 1.5),
        Figure("brief of the busiest pair, again", again, 1.5),
        Figure("brief of another pair", next_one, 1.5),
    ]


def main() -> int:
    """Measure and print; 1 where a figure is beyond its bound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quads", type=int, default=5_000_000)
    parser.add_argument("--store", type=Path, default=None)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.store or Path(folder) / "store"
        if not (path / "CURRENT").exists():
            fill(path, given.quads)
        with View.open(path) as opened:
            size = len(opened.ox)
        heads = ("measured", "idle", "bound", "processor", "clock")
        table = Table(*heads, title=f"{size:,} quads")
        found = figures(path)
        for one in found:
            mark = "" if one.fits else "  too slow"
            idle, used, clock = (f"{seconds:.2f} s" for seconds in (one.idle, *one.times))
            table.add_row(one.name, idle + mark, f"{one.bound or ''}", used, clock)
        Console().print(table)
    return 0 if all(one.fits for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
