"""How fast this machine is now, so that figures taken beside other work can be compared."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

TURN = 0.058  # seconds of a million turns of a loop, on an idle machine of today
ROUNDS = 7


def slowness(clock: Callable[[], float]) -> float:
    """How many times longer a loop of known length takes now than on an idle machine, at least 1.

    `clock` gives seconds: `time.process_time` leaves other work out, `time.monotonic` counts it.
    """
    return max(1.0, median(_loop(clock) for _round in range(ROUNDS)) / TURN)


def _loop(clock: Callable[[], float]) -> float:
    began, total = clock(), 0
    for n in range(1_000_000):
        total += n * n
    return clock() - began
