"""Rows: the persons who are the subject of one verb together."""

from __future__ import annotations

from ingest.claims.reference import References
from ingest.claims.things import Ref
from ingest.items import Item

_TAKES_OBJECT = frozenset(
    "with of_prep in to from by between led_by on_invitation accompanied".split()
)
_BEFORE_NAMES = frozenset({"det", "poss", "honorific"})
_NO_GLOSS = frozenset({"person", "refl", "who", "barrier", "said", "clause", "they_did"})
_GLOSS = 14  # items between the two commas behind a name, at most
_ASIDE = 6  # items within brackets behind a name, at most


def is_subject(items: list[Item], index: int) -> bool:
    """Whether a person may be the subject of a verb behind: no word before makes him an object."""
    before = items[index - 1].classes if index else frozenset[str]()
    if "and" in before and index >= 2 and "person" in items[index - 2].classes:
        return is_subject(items, index - 2)  # «بتوجيهات من فلان وفلان»: neither acts
    if "person" in before and "tell" in (items[index - 2].classes if index > 1 else ()):
        return False  # «أطلع الرئيس الأمير على»: whom he told
    return before.isdisjoint(_TAKES_OBJECT)


def listed(references: References, sentence: int, items: list[Item], index: int) -> list[Ref]:
    """The persons that an item names, with those that “and” joins to it."""
    first = last = index
    while first >= 2 and _joins(items, first - 1):
        first -= 2
    while last + 2 < len(items) and _joins(items, last + 1):
        last += 2
    row = list(range(first, last + 1, 2))
    if _several_act(items, last):
        row = _row_before(items, first) or row
    refs = [ref for each in row for ref in references.of(sentence, each)]
    return list(dict.fromkeys(refs))


def acting(references: References, sentence: int, items: list[Item], last: int) -> list[Ref]:
    """The row that ends at a person, if several persons do what the verb behind says."""
    row = _row_before(items, last) if _several_act(items, last) else []
    return list(dict.fromkeys(ref for each in row for ref in references.of(sentence, each)))


def arrived(items: list[Item], persons: list[int], start: int) -> int | None:
    """The guest of whom a participle tells what he came for: « A, arrivé à Tunis pour … »."""
    for last in persons[-1:]:
        if start - last <= _GLOSS and _is(items, last + 1, "comma"):
            return last if _is(items, last + 2, "arrived") else None
    return None


def _joins(items: list[Item], index: int) -> bool:
    """Whether an item is the “and” between two persons."""
    return "and" in items[index].classes and all(
        "person" in items[each].classes for each in (index - 1, index + 1)
    )


def _several_act(items: list[Item], last: int) -> bool:
    """Whether the verb behind a person is of several: « A, ministre (X), ont reçu »."""
    at = last + 1
    if at < len(items) and "open" in items[at].classes:
        closing = (i for i in range(at, min(at + _ASIDE, len(items))) if _is(items, i, "close"))
        at = next(closing, at) + 1
    at += _is(items, at, "comma")
    at += _is(items, at, "refl")
    return _is(items, at, "they_did")


def _row_before(items: list[Item], first: int) -> list[int]:
    """The row of persons that ends at one: « A, ministre de X, B (Y), et C »; none without “and”.

    Who is told by a title alone behind a name and a comma is that person.
    """
    row, joined, at = [first], False, first - 1
    while True:
        at, linked = _back(items, at)
        comma, anded = "comma" in linked, "and" in linked
        if not linked or not _is(items, at, "person"):
            break
        apposed = not anded and "unnamed" in items[row[0]].classes and _is(items, at, "named")
        if apposed:
            row[0] = at
        elif anded or (comma and joined):
            row.insert(0, at)
        else:
            break
        joined, at = joined or anded, at - 1
    return row if joined and is_subject(items, row[0]) else []


def _back(items: list[Item], at: int) -> tuple[int, set[str]]:
    """Where the name before the comma or “and” before a name ends, and which of the two it is."""
    linked = set()
    while at >= 0 and items[at].classes & _BEFORE_NAMES:
        at -= 1
    for link in ("and", "comma"):
        if _is(items, at, link):
            linked.add(link)
            at -= 1
    if linked and _is(items, at, "close"):
        opening = (i for i in range(at, max(-1, at - _ASIDE), -1) if _is(items, i, "open"))
        at = next(opening, at) - 1
    if len(linked) > 1 and not _is(items, at, "person"):
        at = _past_gloss(items, at)
    return at, linked


def _past_gloss(items: list[Item], at: int) -> int:
    """Where the name ends whose office words between two commas tell: « A, chef du bureau, »."""
    for each in range(at, max(0, at - _GLOSS), -1):
        if _is(items, each, "comma"):
            return each - 1
        if items[each].classes & _NO_GLOSS:
            break
    return at


def _is(items: list[Item], at: int, word: str) -> bool:
    return 0 <= at < len(items) and word in items[at].classes
