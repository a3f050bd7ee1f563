"""Haystacks: runs of tokens as automata read them, and the automata that find forms in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind


class Haystack(NamedTuple):
    """A token run as automata read it: each token between spaces; boundaries → tokens."""

    text: str
    token_at: dict[int, int]

    @classmethod
    def of(cls, words: list[str], blocked: Mapping[int, int]) -> Haystack:
        """The haystack of token forms; `blocked`: first token of a taken span → its end."""
        shown = list(words) if blocked else words
        for first, last in blocked.items():
            shown[first:last] = ["\x00"] * (last - first)
        bounds = accumulate([len(word) + 2 for word in shown], initial=0)
        return cls(f" {'  '.join(shown)} ", dict(zip(bounds, range(len(shown) + 1), strict=True)))


def automaton(forms: Iterable[str], kind: MatchKind = MatchKind.LeftmostLongest) -> AhoCorasick:
    """Finds forms in haystacks, where every word stands between two spaces of its own."""
    return AhoCorasick(
        [f" {form.replace(' ', '  ')} " for form in forms],
        matchkind=kind,
        implementation=Implementation.ContiguousNFA,
    )
