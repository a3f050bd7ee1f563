"""Where an event is: the place beside its words, in its clause, or of what it is held beside.

An index of an item comes out, or None: that a place is named near by does not make it one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ingest.claims.allusions import is_text_signed
from ingest.claims.clauses import CLAUSE_ENDS, TRIGGERS, own_end, told_of
from ingest.claims.telling import is_of_founding, is_prepared
from ingest.engine import Match
from ingest.items import Item

# What may stand between an event's words and its place, which must be next to them.
_ADJUNCTS = frozenset(
    "comma skip planned context in to at_city byname date placed days nat official_adj location"
    " venue organization thing also open close and adverb".split()
)
_OF_DATES = frozenset({"det", "=on"})
_IN = frozenset({"in", "at_city"})
_SIDES = (
    "agent",
    "other",
    "parties",
    "also",
    "former",
)  # the seat of an office that somebody has left  # «بين وزارتي الخارجية في كينيا ورواندا»
_PLACES = frozenset({"placed", "place", "region", "country", "byname", "context", "seat"})
# «في العاصمة اليمنية عدن», «في مطار عدن», «بمطار محمد الخامس الدولي بالدار البيضاء»
_TOLD_BEFORE = frozenset({"natdef", "location", "venue", "skip", "the", "det"})
_OTHER_MATTER = frozenset(
    "discuss said quote clause that who where_clause when_clause since margin".split()
)
_OTHER_EVENTS = TRIGGERS - {"took_place"}
_CLAUSE_ENDED = CLAUSE_ENDS | _OTHER_MATTER | _OTHER_EVENTS
_MARGIN_ENDED = CLAUSE_ENDS | _OTHER_EVENTS | {"quote", "clause"}
_MARGIN_REACH = 20  # items from a meeting to the place of what it is held on the margin of
_MISSION_REACH = 4  # items from an embassy to the city in which it is
_HARM_REACH = 8  # items from an attack to the city that it hit
_CLAUSE_REACH = 24  # items from a meeting to the place that its clause names


def _is_adjunct(items: list[Item], index: int) -> bool:
    """Whether an item may part an event's words from its place: «le», “on” only before a date."""
    classes = items[index].classes
    if (
        not classes.isdisjoint(_OF_DATES)
        and index + 1 < len(items)
        and "date" in items[index + 1].classes
    ):
        return True
    return bool(classes & _ADJUNCTS) or "country" in classes


def _beside(items: list[Item], start: int, end: int) -> Iterator[int]:
    """Indexes of the items inside a span, then of the adjuncts right after it, then before it."""
    yield from range(start, end)
    for index in range(end, len(items)):
        if not _is_adjunct(items, index):
            break
        yield index
    for index in range(start - 1, -1, -1):
        if not items[index].classes & _ADJUNCTS and "country" not in items[index].classes:
            break
        yield index


def _is_in(items: list[Item], index: int, wanted: frozenset[str]) -> bool:
    """Whether a preposition of place stands before an item, or before the venue before it."""
    before = index - 1
    while (
        before > 0 and items[before].classes & _TOLD_BEFORE and not items[before].classes & wanted
    ):
        if "venue" in items[before].classes:
            break
        before -= 1
    if before > 0 and "of_prep" in items[before].classes:  # “au palais royal de Rabat”
        return any("venue" in item.classes for item in items[max(0, before - 3) : before])
    return before >= 0 and bool(items[before].classes & (wanted | {"venue"}))


def _named_in(items: list[Item], span: tuple[int, int]) -> int:
    """The first place of a bound span: «مدينة طنجة» begins with a word that is none."""
    named = (i for i in range(*span) if items[i].classes & _PLACES)
    return next(named, span[0])


def _city_before(items: list[Item], start: int, at: int) -> int:
    """The city told before the country where one goes: «حل بطنجة في زيارة للمغرب»."""
    if "country" not in items[at].classes:
        return at
    for index in range(start + 1, at):
        if "placed" in items[index].classes and not items[index - 1].classes.isdisjoint(_IN):
            return index
    return at


def place_of(
    items: list[Item], match: Match, towards: bool, fits: Callable[[int], bool] | None = None
) -> int | None:
    """The index of the item that names the place of an event; `towards` for visits.

    `fits` tells whether a city further off in the clause lies in a state that takes part.
    """
    for role in ("place", "dest"):
        if role in match.found.roles:
            at = _city_behind(items, _named_in(items, match.found.roles[role]))
            return _city_before(items, match.found.start, at) if towards else at
    wanted = frozenset({"in", "to"}) if towards else _IN
    end, prepared = own_end(items, match), is_prepared(items, match)
    start = match.found.roles["thing"][0] if prepared else match.found.start
    sides = {at for role in _SIDES for at in range(*match.found.roles.get(role, (0, 0)))}
    sides.update(range(start if prepared else 0))  # the city before it is that of the meeting
    for index in _beside(items, start, end):
        item = items[index]
        if (
            index == 0
            or (not towards and index in sides)
            or not item.classes & {"placed", "country", "byname", "context"}
        ):
            continue
        if any(entry.cls == "region" for entry in item.entries):
            continue
        if not towards and _is_matter(items, index):
            continue
        if _is_in(items, index, wanted):
            return _city_behind(items, index)
    if towards or prepared:
        return None
    for index in told_of(items, start, "where_clause"):
        if items[index].classes & {"placed", "country"}:
            return index
    head = _head_place(items, start)
    if head is not None or is_text_signed(items, match):
        return head  # the city before a text signed is that of what is told of it
    told = _margin_place(items, end)
    return _clause_place(items, start, end, fits) if told is None and fits else told


_HEAD_REACH = 8  # items from “In Israel” at a sentence's head to what happens there


def _head_place(items: list[Item], start: int) -> int | None:
    """The state in which a sentence says at its head that what it tells happens."""
    first = 1 if "and" in items[0].classes else 0
    if not first + 2 < start <= first + _HEAD_REACH or items[first].classes.isdisjoint(_IN):
        return None
    between = items[first + 2 : start]
    if "country" not in items[first + 1].classes or any(
        not item.classes.isdisjoint(_CLAUSE_ENDED) for item in between
    ):
        return None
    return first + 1


def _city_behind(items: list[Item], index: int) -> int:
    """The city right behind a state or palace: «بالعاصمة السعودية الرياض», «بقصر بعبدا ببيروت»."""
    classes, rest = items[index].classes, items[index + 1 : index + 3]
    if rest and "country" in classes and "placed" in rest[0].classes:
        return index + 1
    if len(rest) == 2 and "byname" in classes and "in" in rest[0].classes:
        return index + 2 if "placed" in rest[1].classes else index
    return index


def is_scene(items: list[Item], index: int) -> bool:
    """Whether a city is named as where a report is set: «في الدوحة», or in its dateline."""
    if "dateline" in items[index].rule:
        return True
    if index > 1 and "and" in items[index - 1].classes and "placed" in items[index - 2].classes:
        return is_scene(items, index - 2)  # «المكتبان بالرباط وتل أبيب»
    if index > 1 and any(entry.cls == "own_envoy" for entry in items[index - 2].entries):
        return False  # «استدعى سفيرته في مدريد»
    return _is_in(items, index, _IN) and not _is_matter(items, index)


def _is_of_mission(items: list[Item], index: int) -> bool:
    """Whether a city is where a mission sits that only speaks: «بيان لسفارة فلان بالقاهرة»."""
    for at in range(index - 1, max(0, index - _MISSION_REACH), -1):
        if "mission_noun" in items[at].classes:
            return items[at - 1].classes.isdisjoint(_IN | {"venue"})
    return False


def _is_matter(items: list[Item], index: int) -> bool:
    """Whether a city is what is spoken of: «الوضع في طرابلس», «هجمات على المدنيين في تعز»."""
    if any("situation" in item.classes for item in items[max(0, index - 4) : index]):
        return True
    if _is_of_mission(items, index) or is_of_founding(items, index):
        return True
    return any("harm" in item.classes for item in items[max(0, index - _HARM_REACH) : index])


def _clause_place(
    items: list[Item], start: int, end: int, fits: Callable[[int], bool]
) -> int | None:
    """A city that the clause names as where it happens, not next to the event's words."""
    for index in range(end, min(len(items), end + _CLAUSE_REACH)):
        classes = items[index].classes
        if not classes.isdisjoint(_CLAUSE_ENDED):
            break
        if "placed" in classes and is_scene(items, index) and fits(index):
            return index
    for index in range(start - 1, max(0, start - _CLAUSE_REACH), -1):
        classes = items[index].classes
        if not classes.isdisjoint(_CLAUSE_ENDED):
            break
        if "placed" in classes and is_scene(items, index) and fits(index):
            return index
    return None


def _margin_place(items: list[Item], end: int) -> int | None:
    """The place of the event on whose margin a meeting is: «على هامش القمة المنعقدة في الرباط»."""
    on_margin = False
    for index in range(end, min(len(items) - 1, end + _MARGIN_REACH)):
        item = items[index]
        if not item.classes.isdisjoint(_MARGIN_ENDED):
            return None
        on_margin = on_margin or "margin" in item.classes
        following = items[index + 1].classes
        if on_margin and "in" in item.classes and following & {"placed", "country"}:
            return index + 1
    return None
