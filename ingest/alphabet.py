"""Symbols: each combination of classes that a unit can have is one character.

A sentence becomes a short string of such characters, and a pattern over classes becomes an RE2
expression over it: linear time by construction, whatever a rule says.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.errors import RawabitError

# First and last symbol by their bytes in UTF-8. RE2 reads bytes: the fewer, the faster.
_RANGES = {2: (0x80, 0x7FF), 3: (0x800, 0xD7FF)}


def width_for(combinations: int) -> int:
    """The bytes that each symbol needs where there are so many combinations."""
    first, last = _RANGES[2]
    return 2 if combinations <= last - first + 1 else 3


class Alphabet:
    """Combinations of classes ↔ characters, and the expression for 'any unit of this class'."""

    def __init__(self, aliases: dict[str, tuple[str, ...]] | None = None, width: int = 2) -> None:
        self.width = width
        self._symbols: dict[frozenset[str], str] = {}
        self._aliases = aliases or {}
        self._index: dict[str, set[str]] = {}  # class → symbols, for the first `_indexed` symbols
        self._indexed = -1
        self._asked: dict[tuple[str, ...], str] = {}  # what `any_of` gave, for the same symbols

    def intern(self, classes: frozenset[str]) -> str:
        """The character of a combination, made on first sight.

        Raises RawabitError where there are more than symbols of this width.
        """
        symbol = self._symbols.get(classes)
        if symbol is None:
            first, last = _RANGES[self.width]
            if first + len(self._symbols) > last:
                raise RawabitError(f"more than {last - first + 1} combinations of classes")
            symbol = self._symbols[classes] = chr(first + len(self._symbols))
        return symbol

    def text(self, units: Iterable[frozenset[str]]) -> str:
        """The characters of known combinations, as one string.

        Raises RawabitError for one that was not interned before patterns were compiled.
        """
        symbols = self._symbols
        try:
            return "".join(map(symbols.__getitem__, units))
        except KeyError as error:
            raise RawabitError(f"no symbol for the classes {sorted(error.args[0])}") from None

    def _members(self, name: str, seen: frozenset[str] = frozenset()) -> set[str]:
        if name not in self._aliases or name in seen:
            return {name}
        return {m for part in self._aliases[name] for m in self._members(part, seen | {name})}

    def any_of(self, names: Iterable[str]) -> str:
        """The symbols of all combinations that hold one of the classes, as one string.

        A name `a&b` stands for the combinations that hold both, `a&-b` for those that hold a alone.
        """
        wanted = tuple(names)
        if self._indexed != len(self._symbols):
            self._asked.clear()
        known = self._asked.get(wanted)
        if known is None:
            known = self._asked[wanted] = self._any_of(wanted)
        return known

    def _any_of(self, names: tuple[str, ...]) -> str:
        found: set[str] = set()
        for name in names:
            first, *rest = name.split("&")
            symbols = set(self._with(first))
            for part in rest:
                others = self._with(part.removeprefix("-"))
                symbols = symbols - others if part.startswith("-") else symbols & others
            found |= symbols
        return "".join(sorted(found))

    def _with(self, name: str) -> set[str]:
        """The symbols of all combinations that hold a class, or one of those it is an alias of."""
        if self._indexed != len(self._symbols):
            self._index.clear()
            for classes, symbol in self._symbols.items():
                for cls in classes:
                    self._index.setdefault(cls, set()).add(symbol)
            self._indexed = len(self._symbols)
        return {symbol for member in self._members(name) for symbol in self._index.get(member, ())}
