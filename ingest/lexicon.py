"""The lexicon of one language: forms → entries, matched leftmost-longest in linear time.

A form is a run of token forms joined by spaces. An entry says what the form may stand for: its
class (`country`, `office`, `given`, a word list's name …), the key of what it names, and the line
of the data file that says so. Forms of all files go into one Aho-Corasick automaton.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple

from ahocorasick_rs import MatchKind

from ingest.cutting import Cut, Cutting
from ingest.haystack import Haystack, automaton
from ingest.text import Tokens, forms
from ingest.words import Splitter


class Entry(NamedTuple):  # kept by the ten thousand: tuples are read back from disk in no time
    """One meaning of a form: its class, the key of what it names, and where that is written."""

    cls: str
    key: str
    source: str
    proper: bool = False  # a name: in Latin scripts it counts only when written with a capital
    capitals: bool = False  # an abbreviation: it counts only when written in capitals


class Unit(NamedTuple):  # made by the thousand: a tuple costs a third of a frozen dataclass
    """A run of tokens (half-open) that the lexicon knows."""

    first: int
    last: int
    form: str
    entries: tuple[Entry, ...]
    classes: frozenset[str]


_Found = tuple[int, int, str, tuple[Entry, ...], frozenset[str]]  # the parts of a unit


class LexiconBuilder:
    """Collects the forms of one language."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
        self.words: set[str] = set()  # known besides: words of phrases that other lexicons hold

    def add(self, phrase: str, entry: Entry) -> None:
        """Let a phrase, as people write it, stand for an entry."""
        words = forms(phrase)
        if words and entry not in self.entries[words]:
            self.entries[words].append(entry)

    def add_all(self, phrases: Iterable[str], entry: Entry) -> None:
        """Several phrases for one entry."""
        for phrase in phrases:
            self.add(phrase, entry)

    def build(self) -> Lexicon:
        """The finished lexicon: interior words of phrases are parted as they will be in texts."""
        heads = {
            words[0]
            for words, entries in self.entries.items()
            if any(entry.cls.startswith("office") for entry in entries)
        }
        names = {
            word
            for words, entries in self.entries.items()
            if any(entry.cls == "fullname" for entry in entries)
            for word in words
            if word[1:] not in heads  # «بأمير» is «ب» and a title, though a name is spelled so
        }
        first = {
            words[0]
            for words, entries in self.entries.items()
            if words[0][1:] not in heads or any(entry.cls != "fullname" for entry in entries)
        }
        whole = (first - self._fused()) | names
        inner = {word for words in self.entries for word in words[1:]} | self.words
        apart = Splitter.over(whole, whole | inner)
        known = whole | {word for word in inner if word in whole or not apart.pieces(word)}
        return self.build_with(Splitter.over(whole, known))

    def _fused(self) -> set[str]:
        """List words made of a preposition and another: «لزيارة» is parted like any text."""
        listed = {
            words[0]
            for words, entries in self.entries.items()
            if len(words) == 1 and any(not e.proper and e.cls not in _WORDS_ONLY for e in entries)
        }
        return {w for w in listed if w[0] in "بل" and len(w) > _SHORTEST_FUSED and w[1:] in listed}

    def build_with(self, splitter: Splitter, overlapping: bool = False) -> Lexicon:
        """The finished lexicon for tokens that this splitter has parted."""
        table: dict[str, list[Entry]] = defaultdict(list)
        for words, entries in self.entries.items():
            key = " ".join(_parted(words, splitter))
            table[key] += [entry for entry in entries if entry not in table[key]]
        same: dict[tuple[Entry, ...], tuple[Entry, ...]] = {}
        return Lexicon(
            {
                form: same.setdefault(group, group)
                for form, group in zip(table, map(tuple, table.values()), strict=True)
            },
            splitter,
            overlapping,
        )


# Lists that say only that a form is a word, or a part of names.
_WORDS_ONLY = frozenset({"common", "given", "particle", "namesake"})
_SHORTEST_FUSED = 4


def _parted(words: tuple[str, ...], splitter: Splitter) -> list[str]:
    parted = []
    for word in words:
        pieces = splitter.pieces(word)
        parted += [word] if pieces is None else [piece[0] for piece in pieces]
    return parted


class Lexicon:
    """Forms → entries with their automaton; immutable once built.

    Of forms that overlap the first and longest counts, unless all are wanted.
    """

    def __init__(
        self,
        table: Mapping[str, tuple[Entry, ...]],
        splitter: Splitter,
        overlapping: bool = False,
    ) -> None:
        self.table = table
        self.splitter = splitter
        self.overlapping = overlapping
        self._forms = list(table)
        self._number = {form: number for number, form in enumerate(self._forms)}
        same: dict[tuple[bool, bool, tuple[Entry, ...]], frozenset[str]] = {}
        one: dict[frozenset[str], frozenset[str]] = {}  # equal sets as one object: found faster
        self._classes = []
        for form, entries in table.items():  # forms by the thousand share their entries
            alike = form.startswith("ال"), " " in form, entries
            if alike not in same:
                classes = _classes(form, entries)
                same[alike] = one.setdefault(classes, classes)
            self._classes.append(same[alike])
        # Arabic has no capitals: only names in other scripts are held against how they are written.
        self._cased = [
            form[0] < "\u0600" and any(entry.proper for entry in table[form])
            for form in self._forms
        ]
        self._cutting = Cutting({} if overlapping else table)
        plain = [
            not named and form not in self._cutting
            for form, named in zip(self._forms, self._cased, strict=True)
        ]
        self._senses = [*zip(self._forms, table.values(), self._classes, plain, strict=True)]
        kind = MatchKind.Standard if overlapping else MatchKind.LeftmostLongest
        self._automaton = automaton(self._forms, kind)

    def __reduce__(
        self,
    ) -> tuple[type[Lexicon], tuple[Mapping[str, tuple[Entry, ...]], Splitter, bool]]:
        kept = self.table, self.splitter, self.overlapping
        return Lexicon, kept  # the automaton is built anew

    @property
    def combinations(self) -> Set[frozenset[str]]:
        """The combinations of classes that forms have as they are listed, by their own objects."""
        return frozenset(self._classes)

    def class_sets(self) -> Set[frozenset[str]]:
        """All combinations of classes that a unit of this lexicon can have."""
        small = {
            _classes(form, kept)
            for form, entries in self.table.items()
            for capital in (False, True)
            if (kept := _as_written(entries, capital=capital, capitals=False))
            and len(kept) < len(entries)
        }
        return frozenset(self._classes) | small

    def units(self, haystack: Haystack, tokens: Tokens, folded: str) -> list[Unit]:
        """The units of a token run that lexicon forms cover, from left to right."""
        return [Unit(*each) for each in self.found(haystack, tokens, folded)]

    def found(self, haystack: Haystack, tokens: Tokens, folded: str) -> list[_Found]:
        """What `units` gives, as plain tuples: those who make things of their own need no more."""
        token_at, senses = haystack.token_at, self._senses
        found: list[_Found] = []
        matches = self._automaton.find_matches_as_indexes(
            haystack.text, overlapping=self.overlapping
        )
        free = 0  # the end of a name that a phrase would have cut
        for pattern, start, end in matches:
            if start < free:
                continue
            form, entries, classes, plain = senses[pattern]
            if plain:
                found.append((token_at[start], token_at[end], form, entries, classes))
                continue
            cut = form in self._cutting and self._cutting.name_at(form, haystack.text, start, end)
            if cut and (uncut := self._uncut(cut, token_at, tokens, folded)):
                found += uncut
                free = cut.end
                continue
            found += self._whole(pattern, token_at[start], token_at[end], tokens, folded)
        return found

    def _whole(
        self, pattern: int, first: int, last: int, tokens: Tokens, folded: str
    ) -> list[Unit]:
        """A form, or its words where it is no name as it is written here."""
        unit = self._unit(pattern, first, last, tokens, folded)
        if unit is not None:
            return [unit]
        return self._single_words(first, last, tokens, folded) if last - first > 1 else []

    def _uncut(
        self, cut: Cut, token_at: Mapping[int, int], tokens: Tokens, folded: str
    ) -> list[Unit]:
        """What a phrase leaves before a name, and the name; nothing where it is none here."""
        first, last = token_at[cut.start], token_at[cut.end]
        name = self._unit(self._number[cut.name], first, last, tokens, folded)
        if name is None:
            return []
        before, begin = self._number.get(" ".join(cut.before)), first - len(cut.before)
        if before is None:
            return [*self._single_words(begin, first, tokens, folded), name]
        return [*self._whole(before, begin, first, tokens, folded), name]

    def _single_words(self, first: int, last: int, tokens: Tokens, folded: str) -> list[Unit]:
        words = [(tokens.forms[index], index) for index in range(first, last)]
        units = [
            self._unit(self._number[form], index, index + 1, tokens, folded)
            for form, index in words
            if form in self._number
        ]
        return [unit for unit in units if unit is not None]

    def _unit(
        self, pattern: int, first: int, last: int, tokens: Tokens, folded: str
    ) -> Unit | None:
        form, entries, classes, _ = self._senses[pattern]
        if self._cased[pattern]:
            words = folded[tokens.starts[first] : tokens.ends[last - 1]]
            capital = _has_capital(words) or not words[0].islower()
            kept = _as_written(entries, capital=capital, capitals=not _has_small(words))
            if not kept:
                return None
            if len(kept) < len(entries):
                entries, classes = kept, _classes(form, kept)
        return Unit(first, last, form, entries, classes)


def _has_capital(words: str) -> bool:
    """Whether a name is written as one; it may begin small: “bin Salman”."""
    return any(letter.isupper() for letter in words)


def _has_small(words: str) -> bool:
    return any(letter.islower() for letter in words)


def _as_written(entries: tuple[Entry, ...], *, capital: bool, capitals: bool) -> tuple[Entry, ...]:
    """The entries that count for words with a capital first, or all in capitals."""
    return tuple(e for e in entries if (capital or not e.proper) and (capitals or not e.capitals))


# Words with the article that are no part of a thing's name: `def` is for those that may be.
_NO_PART_OF_NAMES = frozenset(
    "country seat place byname context anaphor_person anaphor_pair honorific who office office-head"
    " said given fullname surname party_word agreement_noun to".split()
)


def _classes(form: str, entries: Iterable[Entry]) -> frozenset[str]:
    """The classes of a form; `def` for an Arabic word with the article that may continue a name."""
    classes = frozenset(entry.cls for entry in entries)
    if not form.startswith("ال"):
        return classes
    if "nat" in classes:
        classes |= {"natdef"}  # «الرئيس الجزائري» is one person, «رئيس جزائري» anyone
    if " " not in form and classes.isdisjoint(_NO_PART_OF_NAMES):
        return classes | {"def"}
    return classes
