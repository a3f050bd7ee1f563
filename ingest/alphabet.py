"""Symbols: each combination of classes that a unit can have is one character.

A sentence becomes a short string of such characters, and a pattern over classes becomes an RE2
expression over it: linear time by construction, whatever a rule says. What no pattern tells apart
is one symbol, and symbols that patterns name together stand together: an expression has fewer
ranges then, and RE2 far fewer instructions to follow.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from kg.errors import RawabitError

# First and last symbol by their bytes in UTF-8. RE2 reads bytes: the fewer, the faster.
_RANGES = {2: (0x80, 0x7FF), 3: (0x800, 0xD7FF)}


def width_for(combinations: int) -> int:
    """The bytes that each symbol needs where there are so many combinations."""
    first, last = _RANGES[2]
    return 2 if combinations <= last - first + 1 else 3


Aliases = Mapping[str, tuple[str, ...]]


def told_apart(asked: Iterable[tuple[str, ...]], aliases: Aliases) -> frozenset[str]:
    """The classes that names in patterns stand for.

    A name may be an alias of others, or have several parts (`a&b`, `a&-b`).
    """
    parts = {
        part for names in asked for name in names for part in name.replace("&-", "&").split("&")
    }
    return frozenset(member for part in parts for member in _members(part, aliases))


def _members(name: str, aliases: Aliases, seen: frozenset[str] = frozenset()) -> set[str]:
    if name not in aliases or name in seen:
        return {name}
    return {m for part in aliases[name] for m in _members(part, aliases, seen | {name})}


class Alphabet:
    """Combinations of classes ↔ characters, and the expression for 'any unit of this class'."""

    def __init__(self, aliases: Aliases | None = None, width: int = 2) -> None:
        self.width = width
        self._symbols: dict[frozenset[str], str] = {}
        self._written: dict[frozenset[str], str] = {}  # the same, and what stands for them
        self._aliases = aliases or {}
        self._index: dict[str, set[str]] = {}  # class → symbols, for the first `_indexed` symbols
        self._indexed = -1
        self._asked: dict[tuple[str, ...], str] = {}  # what `any_of` gave, for the same symbols

    @classmethod
    def of(
        cls,
        combinations: Collection[frozenset[str]],
        asked: Mapping[tuple[str, ...], int],
        aliases: Aliases | None = None,
    ) -> Alphabet:
        """An alphabet for combinations, where patterns ask for any of some classes so often."""
        told = told_apart(asked, aliases or {})
        kept = {classes & told for classes in combinations}
        made = cls(aliases, width_for(len(kept)))
        for classes in cls._neighbourly(kept, asked, aliases):
            made.intern(classes)
        for classes in combinations:
            made._written[classes] = made._symbols[classes & told]
        return made

    @classmethod
    def _neighbourly(
        cls,
        combinations: Collection[frozenset[str]],
        asked: Mapping[tuple[str, ...], int],
        aliases: Aliases | None,
    ) -> list[frozenset[str]]:
        """The combinations, those together that are asked for together, the most often first."""
        plain = cls(aliases, width_for(len(combinations)))
        ranks: dict[str, list[int]] = {plain.intern(classes): [] for classes in combinations}
        for rank, names in enumerate(sorted(asked, key=lambda names: (-asked[names], names))):
            for symbol in plain.any_of(names):
                ranks[symbol].append(rank)
        last = len(asked)
        return sorted(combinations, key=lambda classes: (*ranks[plain.intern(classes)], last))

    def intern(self, classes: frozenset[str]) -> str:
        """The character of a combination, made on first sight.

        Raises RawabitError where there are more than symbols of this width.
        """
        symbol = self._written.get(classes)
        if symbol is None:
            first, last = _RANGES[self.width]
            if first + len(self._symbols) > last:
                raise RawabitError(f"more than {last - first + 1} combinations of classes")
            symbol = self._symbols[classes] = chr(first + len(self._symbols))
            self._written[classes] = symbol
        return symbol

    def recall(self, combinations: Iterable[frozenset[str]]) -> None:
        """Take combinations that are known by the very objects given: those are found faster."""
        for classes in combinations:
            self._written[classes] = self._written.pop(classes)

    def text(self, units: Iterable[frozenset[str]]) -> str:
        """The characters of known combinations, as one string; see `symbols`."""
        return "".join(self.symbols(units))

    def symbols(self, units: Iterable[frozenset[str]]) -> list[str]:
        """The characters of known combinations.

        Raises RawabitError for one that was not interned before patterns were compiled.
        """
        try:
            return list(map(self._written.__getitem__, units))
        except KeyError as error:
            raise RawabitError(f"no symbol for the classes {sorted(error.args[0])}") from None

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

    def none_of(self, names: Iterable[str]) -> str:
        """The symbols of all combinations that hold none of the classes, as one string."""
        held = set(self.any_of(names))
        return "".join(symbol for symbol in self._symbols.values() if symbol not in held)

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
        members = _members(name, self._aliases)
        return {symbol for member in members for symbol in self._index.get(member, ())}


def expression(symbols: str) -> str:
    """An RE2 expression for one of the symbols, given in their order; of none where there are none.

    Told by ranges: RE2 reads fewer letters.
    """
    if not symbols:
        return r"[^\x00-\x{10FFFF}]"
    ranges: list[tuple[str, str]] = []
    for symbol in symbols:
        if ranges and ord(symbol) == ord(ranges[-1][1]) + 1:
            ranges[-1] = ranges[-1][0], symbol
        else:
            ranges.append((symbol, symbol))
    return "[" + "".join(a if a == b else f"{a}-{b}" for a, b in ranges) + "]"
