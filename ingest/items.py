"""Items: what a sentence consists of for the rules – words, lexicon units, mentions – in order."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ingest.dates import DateMention, find_dates
from ingest.haystack import Haystack
from ingest.lexicon import Entry, Lexicon
from ingest.text import Text, Tokens, sentences, tokens


@dataclass(frozen=True, slots=True)
class Title:
    """An office as the words name it: kind, country or body by key, token span, lexicon line.

    `shape` is the body where only its shape is known, `post` where an envoy is accredited.
    """

    kind: str
    country: str | None
    body: str | None
    first: int
    last: int
    source: str
    shape: ThingMention | None = None
    post: str | None = None


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person: token span of the name (None: unnamed), an official's key where that is known."""

    name: tuple[int, int] | None
    key: str | None
    titles: tuple[Title, ...]
    counterpart: bool = False
    country: str | None = None  # of a counterpart: «نظيره الفرنسي»
    source: str = ""


@dataclass(frozen=True, slots=True)
class GroupMention:
    """Several unnamed holders of one kind of office: «وزيرا خارجية المغرب وإسبانيا»."""

    kind: str
    countries: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class ThingMention:
    """A thing found by its shape: class prefix, token span of its name, number of the edition.

    `generic`: words that act as one but name none, «وزارة الخارجية» without a state.
    """

    prefix: str
    name: tuple[int, int]
    edition: int | None = None
    countries: tuple[str, ...] = ()
    generic: bool = False


Payload = PersonMention | GroupMention | ThingMention | DateMention | None


class Item(NamedTuple):  # made by the thousand: a tuple costs a third of a frozen dataclass
    """A word, lexicon unit or mention: half-open token span, classes for patterns, what it means.

    `parts` are the bodies that a mention names besides: that of «الأمين العام للأمم المتحدة فلان».
    """

    first: int
    last: int
    classes: frozenset[str]
    entries: tuple[Entry, ...] = ()
    payload: Payload = None
    rule: str = ""
    parts: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """A text cut into tokens and sentences of items; offsets through `span`."""

    text: Text
    tokens: Tokens
    sentences: list[list[Item]]
    haystack: Haystack

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Code points in the document's text for a half-open token span."""
        return self.text.span(self.tokens.starts[first], self.tokens.ends[last - 1])

    def words(self, first: int, last: int) -> str:
        """The words of a token span, as the document has them."""
        start, end = self.span(first, last)
        return self.text.original[start:end]


_PUNCTUATION = {
    ",": frozenset({"comma"}),
    ".": frozenset({"stop", "barrier"}),
    "!": frozenset({"stop", "barrier"}),
    "?": frozenset({"stop", "barrier", "question"}),
    "\n": frozenset({"break", "barrier"}),
    ";": frozenset({"semicolon", "barrier"}),
    ":": frozenset({"colon"}),
    '"': frozenset({"quote"}),
    "'": frozenset({"quote"}),
    "(": frozenset({"open"}),
    ")": frozenset({"close"}),
    "[": frozenset({"open"}),
    "]": frozenset({"close"}),
    "-": frozenset({"dash"}),
    "/": frozenset({"slash"}),
    "|": frozenset({"dash"}),
}
OTHER_MARK = frozenset({"mark"})
NUMBER = frozenset({"num"})
HANDLE = frozenset({"handle"})
UNKNOWN = frozenset({"unk"})
WORD = frozenset({"word"})
LATIN = frozenset({"latin"})
GLUED = frozenset({"latin", "glued"})  # “-yul” in “Cho Tae-yul”
_GLUED_LENGTH = 5  # “-brokered” is of no name
CAPITAL = frozenset({"latin", "cap"})
DATE = frozenset({"date"})
# Unknown Arabic words by how they begin: with the article, with «بال» or «لل».
_BEGINNINGS = (("ال", frozenset({"def"})), ("بال", frozenset({"ba"})), ("لل", frozenset({"la"})))
SHAPES = frozenset(
    {*_PUNCTUATION.values(), OTHER_MARK, NUMBER, HANDLE, LATIN, GLUED, CAPITAL, DATE, UNKNOWN, WORD}
    | {classes | extra for classes in (UNKNOWN, WORD) for _, extra in _BEGINNINGS}
)

# Beginnings that Arabic names do not have; almost all true words stand in the word lists.
_WORD_STARTS = ("لل", "وال", "بال")
_PLURALS = ("ات", "ين", "ون")
_LONGEST_NAME_WORD = 14


def _name_like(form: str) -> bool:
    """Whether an unknown Arabic word may be part of a name."""
    if len(form) > _LONGEST_NAME_WORD or len(form) < 2 or form.startswith(_WORD_STARTS):
        return False
    if form[-1].isdigit():
        return False
    return not (form.startswith("ال") and form.endswith(_PLURALS))


@lru_cache(maxsize=65536)
def _arabic_shape(form: str) -> frozenset[str]:
    classes = UNKNOWN if _name_like(form) else WORD
    extras = (extra for start, extra in _BEGINNINGS if form.startswith(start))
    return classes | next(extras, frozenset())


def shape(form: str, folded: str, start: int) -> frozenset[str]:
    """The class of a token that no lexicon form covers."""
    first = form[0]
    if "\u0621" <= first <= "\u064a":
        return _arabic_shape(form)
    if first.isdigit():
        return NUMBER
    if first.isalpha():
        if folded[start].isupper():
            return CAPITAL
        glued = folded[max(0, start - 1)] == "-" and folded[max(0, start - 2)].isalpha()
        return GLUED if glued and len(form) <= _GLUED_LENGTH else LATIN
    if first in "@#" or form.startswith(("http", "pic.")):
        return HANDLE
    return _PUNCTUATION.get(form, OTHER_MARK)


def _date_items(text: Text, lang: str, marks: Tokens) -> dict[int, Item]:
    """Dates by their first token."""
    found = {}
    for mention in find_dates(text.folded, lang):
        first = bisect_left(marks.ends, mention.start + 1)
        last = bisect_left(marks.starts, mention.end)
        if first < last:
            found[first] = Item(first, last, DATE, payload=mention)
    return found


_IN_DATELINE = frozenset(
    "place seat country comma date open close organization num cap days".split()
)
_ENDS_DATELINE = frozenset({"dash", "colon", "slash"})
_LONGEST_DATELINE = 14


def _dateline(items: list[Item]) -> int:
    """How many items at the head of a sentence are a dateline, as «الرباط (و م ع) – »; 0 for none.

    What follows begins a sentence of its own, as rules that look at a sentence's head expect.
    """
    if items[0].classes.isdisjoint({"place", "seat"}):
        return 0
    inside = False
    for index, item in enumerate(items[1:_LONGEST_DATELINE], 1):
        if not item.classes.isdisjoint(_ENDS_DATELINE) and not inside:
            return index + 1 if len(items) > index + 3 else 0
        inside = "open" in item.classes or (inside and "close" not in item.classes)
        if not inside and item.classes.isdisjoint(_IN_DATELINE):
            return 0
    return 0


_NAMED = frozenset({"country", "place"})


def _is_quoted_name(items: list[Item], closing: Item) -> bool:
    """Whether an item closes quotation marks around a country or town: they are dropped, both.

    Outlets set foreign names in marks, «وزير خارجية “غامبيا”», which says nothing of them.
    """
    quoted = len(items) > 1 and "quote" in closing.classes and "quote" in items[-2].classes
    if not quoted or items[-1].classes.isdisjoint(_NAMED):
        return False
    del items[-2]
    return True


_SHORTEST_RADICAL = 5  # letters: «ألفا», «ألمح» may be words


def _is_radical(text: Text, start: int, form: str) -> bool:
    """Whether «أل» at the head of an unknown word is no article: «ألفونسين», «ألتينباي»."""
    hamza = text.original[text.span(start, start + 1)[0]] == "أ"
    return hamza and _SHORTEST_RADICAL <= len(form) <= _LONGEST_NAME_WORD


def analyse(original: str, lang: str, lexicon: Lexicon) -> Analysis:
    """Cut a text into sentences of items: dates, lexicon units, single words."""
    text = Text.of(original)
    marks = lexicon.splitter.split(tokens(text))
    dates = _date_items(text, lang, marks)
    haystack = Haystack.of(marks.forms, {first: item.last for first, item in dates.items()})
    units = {
        first: Item(first, last, classes, entries)
        for first, last, _, entries, classes in lexicon.found(haystack, marks, text.folded)
    }
    units.update(dates)
    forms, starts, folded, cased = marks.forms, marks.starts, text.folded, lang != "ar"
    runs = []
    for first, last in sentences(marks, folded):
        items: list[Item] = []
        index = first
        while index < last:
            item = units.get(index)
            if item is None or item.last > last:
                if forms[index] == "/" and items and "honorific" in items[-1].classes:
                    index += 1  # «السيد/ فلان»
                    items[-1] = items[-1]._replace(last=index)
                    continue
                classes = shape(forms[index], folded, starts[index])
                if "def" in classes and _is_radical(text, starts[index], forms[index]):
                    classes = UNKNOWN
                item = Item(index, index + 1, classes)
            elif cased and folded[starts[index]].isupper():
                item = item._replace(classes=item.classes | {"cap"})
            index = item.last
            if not _is_quoted_name(items, item):
                items.append(item)
        behind = _dateline(items)
        runs += [items[:behind], items[behind:]] if behind else [items]
    return Analysis(text, marks, runs, haystack)
