"""Listed phrases give way to names that they would cut: «تنفيذ اتفاق» to «اتفاق الرياض».

Of forms that overlap the first counts. So a phrase of a word list, which names nothing, would take
the first word of a name that follows, and the name would be lost to all rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from ingest.haystack import automaton

if TYPE_CHECKING:
    from ingest.lexicon import Entry

# Classes of names that win. Persons and offices do not: their words mean too much else.
_NAMES = frozenset(
    "agreement armed-group conference country dialogue exercise forum organization place".split()
)
# Lists whose phrases belong together whatever follows: parts of persons' names, wishes.
_WHOLE = frozenset("common epithet given honorific particle wish".split())


class Cut(NamedTuple):
    """A name that a phrase would cut: its form, the words before it, its span in the haystack."""

    name: str
    before: tuple[str, ...]
    start: int
    end: int


class Cutting:
    """The names of a table of forms, and its phrases of which a name may begin with the end."""

    def __init__(self, table: Mapping[str, tuple[Entry, ...]]) -> None:
        long = {form: entries for form, entries in table.items() if " " in form}
        self._names = [form for form, entries in long.items() if _classes(entries) & _NAMES]
        self._automaton = automaton(self._names)
        self._reach = 2 * max(map(len, self._names), default=0)
        begun = {start for name in self._names for start in _starts(name)}
        self._phrases = {
            form: cuts
            for form, entries in long.items()
            if _gives_way(entries) and (cuts := _cuts(form, begun))
        }

    def __contains__(self, form: str) -> bool:
        """Whether a form may cut a name."""
        return form in self._phrases

    def name_at(self, form: str, haystack: str, start: int, end: int) -> Cut | None:
        """The name that begins within a form found from `start` to `end` and goes on behind it."""
        for before in self._phrases[form]:
            first = start + sum(len(word) + 2 for word in before)
            near = haystack[first : first + self._reach]
            for number, at, length in self._automaton.find_matches_as_indexes(near):
                if at == 0 and first + length > end:
                    return Cut(self._names[number], before, first, first + length)
                break
        return None


def _classes(entries: Iterable[Entry]) -> set[str]:
    return {entry.cls for entry in entries}


def _gives_way(entries: Iterable[Entry]) -> bool:
    return not any(entry.key for entry in entries) and _classes(entries).isdisjoint(_WHOLE)


def _starts(name: str) -> list[str]:
    words = name.split()
    return [" ".join(words[:count]) for count in range(1, len(words))]


def _cuts(phrase: str, begun: set[str]) -> tuple[tuple[str, ...], ...]:
    """The words before each end of a phrase with which some name begins, the longest end first."""
    words = phrase.split()
    return tuple(
        tuple(words[:count]) for count in range(1, len(words)) if " ".join(words[count:]) in begun
    )
