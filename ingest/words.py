"""Words as lexicons know them: proclitics and fused words taken apart, nothing guessed.

Arabic writes و ف ب ك ل س and the article fused to the next word. A token is taken apart only if it
is no known word itself and what is left is one. Words run together by a broken archive
(«الولاياتالمتحدة») are parted only where every part is a known word of four letters or more.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from itertools import repeat

from ingest.text import Tokens

# Longest remainder first, so that as little as possible is taken off.
_PROCLITICS = ("و", "ف", "ب", "ك", "ل", "س", "وب", "ول", "فب", "فل", "وس", "فس", "وك")
_SHORTEST_REST = 3
_FUTURE_STARTS = ("ي", "ت", "ن")
_SHORTEST_FUSED_PART = 4
_SHORTEST_ADJECTIVE = 8  # «والأوراسيوية» is «و» and an adjective, whether known or not
_CACHE_LIMIT = 300_000

# Function words of two letters, which the length limit would leave fused: «ومع», «وفي».
_SHORT_WORDS = frozenset(
    "مع في من عن لم لن لا ما قد كل هو هي هم ان او تم طه تل حل حث ضم حط بن".split()
)

Piece = tuple[str, int, int]  # form, start and end within the token
_UNSEEN: tuple[Piece, ...] = (("", 0, 0),)


@dataclass(frozen=True, slots=True)
class Splitter:
    """Takes tokens apart by a vocabulary: `whole` words never, others where the rest is `known`."""

    whole: Set[str]
    known: Set[str]
    cache: dict[str, tuple[Piece, ...] | None]

    @classmethod
    def over(cls, whole: Set[str], known: Set[str]) -> Splitter:
        """A splitter over these vocabularies."""
        return cls(whole, known, {})

    def __reduce__(self) -> tuple[type[Splitter], tuple[Set[str], Set[str], dict[str, None]]]:
        return Splitter, (self.whole, self.known, {})

    def pieces(self, form: str) -> tuple[Piece, ...] | None:
        """The pieces of a word, or None where it stays whole."""
        if form in self.cache:
            return self.cache[form]
        if len(self.cache) > _CACHE_LIMIT:
            self.cache.clear()
        if form[1:] in _SHORT_WORDS and (
            form[0] == "و" or (form[0] == "ف" and form not in self.whole)
        ):
            found: tuple[Piece, ...] | None = (*_letters(form[0]), (form[1:], 1, len(form)))
            self.cache[form] = found
            return found
        found = None if form in self.whole or not _is_arabic(form) else self._part(form)
        found = _names_apart(form, found)
        self.cache[form] = found
        return found

    def _part(self, form: str) -> tuple[Piece, ...] | None:
        parted = self._proclitics(form)
        if parted or form in self.known:
            return parted
        return self._fused(form)

    def _proclitics(self, form: str) -> tuple[Piece, ...] | None:
        for before in ("", "و", "ف"):
            if form.startswith(before + "لل"):
                rest = "ال" + form[len(before) + 2 :]
                if len(rest) > _SHORTEST_REST + 1 and rest in self.known:
                    return (*_letters(before + "ل"), (rest, len(before) + 1, len(form)))
        for prefix in _PROCLITICS:
            if form.startswith(prefix):
                rest = form[len(prefix) :]
                if prefix.endswith("س") and not rest.startswith(_FUTURE_STARTS):
                    continue  # «سوان» is a name: only verbs in the present have «س» before them
                if len(rest) >= _SHORTEST_REST and rest in self.known:
                    return (*_letters(prefix), (rest, len(prefix), len(form)))
        if form.startswith("ابو") and len(form) > _SHORTEST_REST + 2:
            return (("ابو", 0, 3), (form[3:], 3, len(form)))
        if form.startswith("وال") and form.endswith("يه") and len(form) > _SHORTEST_ADJECTIVE:
            return (*_letters("و"), (form[1:], 1, len(form)))
        return None

    def _fused(self, form: str) -> tuple[Piece, ...] | None:
        if len(form) < 2 * _SHORTEST_FUSED_PART + 1:
            return None
        for offset in (0, 1):
            if offset and form[0] not in "وبلفك":
                return None
            ends = self._cover(form, offset)
            if ends:
                starts = [offset, *ends[:-1]]
                parts = tuple((form[s:e], s, e) for s, e in zip(starts, ends, strict=True))
                return (*_letters(form[:offset]), *parts)
        return None

    def _cover(self, form: str, start: int) -> list[int]:
        """Ends of the fewest known words that cover the form from `start`; empty where none do."""
        best: dict[int, list[int]] = {start: []}
        for end in range(start + _SHORTEST_FUSED_PART, len(form) + 1):
            for begin in range(start, end - _SHORTEST_FUSED_PART + 1):
                if begin in best and form[begin:end] in self.known:
                    ends = [*best[begin], end]
                    if end not in best or len(ends) < len(best[end]):
                        best[end] = ends
        ends = best.get(len(form), [])
        return ends if len(ends) > 1 else []

    def split(self, tokens: Tokens) -> Tokens:
        """The tokens with proclitics and fused words as tokens of their own."""
        starts: list[int] = []
        ends: list[int] = []
        forms: list[str] = []
        done = 0
        cached = map(self.cache.get, tokens.forms, repeat(_UNSEEN))
        for index, parts in enumerate(cached):
            if parts is None:
                continue  # most words: taken over by the slice
            if parts is _UNSEEN and (parts := self.pieces(tokens.forms[index])) is None:
                continue
            starts += tokens.starts[done:index]
            ends += tokens.ends[done:index]
            forms += tokens.forms[done:index]
            done, start = index + 1, tokens.starts[index]
            for part, first, last in parts:
                starts.append(start + first)
                ends.append(start + last)
                forms.append(part)
        return Tokens(
            starts + tokens.starts[done:], ends + tokens.ends[done:], forms + tokens.forms[done:]
        )


# First words of names that some write with the next word in one: «عبدالله», «أبوالغيط».
_NAME_BEGINNINGS = ("عبدال", "ابوال")


def _names_apart(form: str, parted: tuple[Piece, ...] | None) -> tuple[Piece, ...] | None:
    """The pieces of a word with «عبدالله» as two words, as others write it."""
    whole = parted or ((form, 0, len(form)),)
    pieces: list[Piece] = []
    for piece, first, last in whole:
        cut = next((len(b) - 2 for b in _NAME_BEGINNINGS if piece.startswith(b)), 0)
        if cut and len(piece) >= cut + _SHORTEST_REST + 1:
            pieces += [(piece[:cut], first, first + cut), (piece[cut:], first + cut, last)]
        else:
            pieces.append((piece, first, last))
    return parted if len(pieces) == len(whole) else tuple(pieces)


def _letters(prefix: str) -> tuple[Piece, ...]:
    return tuple((letter, index, index + 1) for index, letter in enumerate(prefix))


def _is_arabic(form: str) -> bool:
    return "\u0621" <= form[0] <= "\u064a"
