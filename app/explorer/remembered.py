"""What is found once a state of the store, then remembered for all sessions and threads."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from functools import wraps
from threading import Lock
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class State(Protocol):
    """A state of a store: where it is, a mark of what is in it, the reader's language."""

    @property
    def mark(self) -> tuple[str, str]:
        """Path and version."""

    @property
    def lang(self) -> str:
        """The language."""


S = TypeVar("S", bound=State)


class Kept:
    """The values used last, at most so many; a value that is being made is waited for."""

    def __init__(self, entries: int) -> None:
        self._entries = entries
        self._values: OrderedDict[Hashable, Future[Any]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of a key, made by the first who asks; where that fails, by the next."""
        with self._lock:
            known = self._values.get(key)
            value: Future[Any] = known or Future()
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._entries:
                self._values.popitem(last=False)
        if known is None:
            self._fill(key, value, make)
        found: T = value.result()
        return found

    def _fill(self, key: Hashable, value: Future[Any], make: Callable[[], object]) -> None:
        try:
            value.set_result(make())
        except BaseException as error:
            with self._lock:
                self._values.pop(key, None)
            value.set_exception(error)


def remembered(
    entries: int, *, spoken: bool = False
) -> Callable[[Callable[Concatenate[S, P], T]], Callable[Concatenate[S, P], T]]:
    """Remember what a function of a session finds: for each state of the store and its arguments.

    The arguments must be hashable; `spoken` values differ by language too.
    """

    def wrap(find: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
        kept = Kept(entries)

        @wraps(find)
        def found(session: S, /, *args: P.args, **options: P.kwargs) -> T:
            lang = session.lang if spoken else ""
            key = (session.mark, lang, args, tuple(sorted(options.items())))
            return kept.get(key, lambda: find(session, *args, **options))

        return found

    return wrap
