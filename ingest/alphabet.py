"""Symbols: each combination of classes that a unit can have is one character.

A sentence becomes a short string of such characters, and a pattern over classes becomes an RE2
expression over it: linear time by construction, whatever a rule says.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.errors import RawabitError

_FIRST = 0x100000  # private use plane 16: 65,534 combinations


class Alphabet:
    """Combinations of classes ↔ characters, and the expression for 'any unit of this class'."""

    def __init__(self, aliases: dict[str, tuple[str, ...]] | None = None) -> None:
        self._symbols: dict[frozenset[str], str] = {}
        self._aliases = aliases or {}

    def intern(self, classes: frozenset[str]) -> str:
        """The character of a combination, made on first sight."""
        symbol = self._symbols.get(classes)
        if symbol is None:
            symbol = self._symbols[classes] = chr(_FIRST + len(self._symbols))
        return symbol

    def symbol(self, classes: frozenset[str]) -> str:
        """The character of a known combination.

        Raises RawabitError for one that was not interned before patterns were compiled.
        """
        try:
            return self._symbols[classes]
        except KeyError:
            raise RawabitError(f"no symbol for the classes {sorted(classes)}") from None

    def knows(self, name: str) -> bool:
        """Whether any unit can have this class."""
        return any(not members.isdisjoint(self._members(name)) for members in self._symbols)

    def _members(self, name: str, seen: frozenset[str] = frozenset()) -> set[str]:
        if name not in self._aliases or name in seen:
            return {name}
        return {m for part in self._aliases[name] for m in self._members(part, seen | {name})}

    def any_of(self, names: Iterable[str]) -> str:
        """The symbols of all combinations that hold one of the classes, as one string.

        A name `a&b` stands for the combinations that hold both, `a&-b` for those that hold a alone.
        """
        wanted = [[self._part(part) for part in name.split("&")] for name in names]
        found = (symbol for classes, symbol in self._symbols.items() if _is_any(classes, wanted))
        return "".join(sorted(found))

    def _part(self, part: str) -> tuple[set[str], bool]:
        return self._members(part.removeprefix("-")), part.startswith("-")


def _is_any(classes: frozenset[str], wanted: list[list[tuple[set[str], bool]]]) -> bool:
    """Whether a combination is, for one of the names, all that its parts ask for."""
    return any(
        all(classes.isdisjoint(members) is without for members, without in parts)
        for parts in wanted
    )
