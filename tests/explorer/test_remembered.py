"""What is found is found once a state, for all who ask; a failure is not remembered."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

import pytest

from app.explorer.remembered import remembered


@dataclass(frozen=True)
class State:
    version: str
    lang: str = "ar"

    @property
    def mark(self) -> tuple[str, str]:
        return "path", self.version


def test_a_state_is_read_once_and_another_one_anew() -> None:
    found: list[tuple[str, int]] = []

    @remembered(2)
    def length(state: State, number: int) -> int:
        found.append((state.version, number))
        return number

    assert [length(State("1"), 3), length(State("1", "fr"), 3)] == [3, 3]
    assert [length(State("1"), 4), length(State("2"), 3)] == [4, 3]
    assert found == [("1", 3), ("1", 4), ("2", 3)]
    assert length(State("1"), 3) == 3  # two are kept
    assert len(found) == 4


def test_what_is_spoken_differs_by_language() -> None:
    @remembered(4, spoken=True)
    def word(state: State) -> str:
        return state.lang

    assert [word(State("1", lang)) for lang in ("ar", "fr")] == ["ar", "fr"]


def test_who_asks_meanwhile_waits_for_the_first() -> None:
    calls: list[int] = []

    @remembered(2)
    def slow(state: State) -> int:
        calls.append(1)
        time.sleep(0.1)
        return len(calls)

    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda: answers.append(slow(State("1")))) for _each in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [1, 1, 1, 1]


def test_a_failure_is_told_and_tried_again() -> None:
    failures = iter((True, False))

    @remembered(2)
    def fragile(state: State) -> str:
        if next(failures):
            raise ValueError("broken")
        return "whole"

    with pytest.raises(ValueError, match="broken"):
        fragile(State("1"))
    assert fragile(State("1")) == "whole"
