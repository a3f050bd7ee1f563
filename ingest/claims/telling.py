"""Days and preparations that are told beside an event and are not its own."""

from __future__ import annotations

from ingest.claims.spans import is_before_plan
from ingest.dates import Base, DateMention, DateSpec
from ingest.engine import Match
from ingest.items import Item
from kg.model import EventType


def is_of_telling(items: list[Item], match: Match, index: int, spec: DateSpec) -> bool:
    """Whether a day is that on which a plan was told or agreed: «اتفقا أمس على عقد الدورة»."""
    relative = spec.relative
    if relative is None or relative.base is Base.ANCHOR or relative.offset >= 0:
        return False
    return index < match.found.start or is_before_plan(items, index, match.found.end)


def is_of_saying(before: list[Item], index: int) -> bool:
    """Whether a day is that on which a plan is told: “said on Monday that he will visit”."""
    said = any("said" in item.classes for item in before)  # «اليوم، أوضح الديوان أن»
    if _is_beside_saying(before, index):
        return True  # « a annoncé, mercredi à Rabat, la tenue prochaine d'une réunion »
    if any("said" in item.classes for item in before[max(index, len(before) - 2) :]):
        return True  # “speaking on Friday, he said the king will meet”
    return said and any("that" in item.classes for item in before[index:])


_SAID_REACH = 3  # units from a verb of saying to the day right behind it


def _is_beside_saying(before: list[Item], index: int) -> bool:
    """Whether a day stands right behind a verb of saying."""
    for item in reversed(before[max(0, index - _SAID_REACH) : index]):
        if "said" in item.classes:
            return True
        if item.classes.isdisjoint({"comma", "on"}):
            return False
    return False


def is_of_announcing(items: list[Item], match: Match, index: int) -> bool:
    """Whether a day stands before what is planned: «أعلنت ليبيريا، اليوم، عن عزمها افتتاح …»."""
    said = any(
        "announced" in item.classes for item in items[max(0, index - 1 - _SAID_REACH) : index]
    )
    return said and any("planned" in item.classes for item in items[index + 1 : match.found.end])


_AGREED = frozenset({"agree", "asks_to"})
_WHO_AGREE = frozenset(
    "country seat byname person group anaphor_pair and comma on at_event".split()
)
_AGREED_REACH = 6  # items from a verb of agreeing, which Arabic puts before the parties, to its day


def is_of_agreeing(items: list[Item], index: int) -> bool:
    """Whether a day is that on which a plan is agreed: “agreed on Friday to reopen …”."""
    for at in range(index - 1, max(-1, index - 1 - _AGREED_REACH), -1):
        if not items[at].classes.isdisjoint(_AGREED):
            return True
        if items[at].classes.isdisjoint(_WHO_AGREE) and "other_word" not in items[at].classes:
            return False
    return False


_ISSUED_REACH = 6  # items from the word that a statement came out to its day


def is_of_issue(items: list[Item], index: int) -> bool:
    """Whether a day is that on which a statement came out: “in a statement issued on Monday”."""
    for item in reversed(items[max(0, index - _ISSUED_REACH) : index]):
        if "issued" in item.classes:
            return True
        if item.classes & {"comma", "barrier", "date", "that"}:
            return False
    return False


_OCCASION = frozenset({"visit", "his_visit", "talks"})


def is_of_occasion_before(items: list[Item], index: int, start: int) -> bool:
    """Whether a day is that of a visit or talks told before a plan, which a comma sets off.

    «زيارة الوزير إلى تركيا السبت، ولقاؤه بالرئيس، من أجل التنسيق لزيارة الرئيس».
    """
    if index >= start or not any("comma" in item.classes for item in items[index:start]):
        return False
    return any(not item.classes.isdisjoint(_OCCASION) for item in items[:index])


_TOUR_REACH = 4  # items from “a tour” to the day on which it began


def is_of_tour(items: list[Item], end: int, index: int) -> bool:
    """Whether a day is that on which a tour set out, told behind one of its stops.

    «زيارته إلى باراغواي ضمن جولة بدأها الاثنين»: `end` is where the stop's own words end.
    """
    before = items[max(end, index - _TOUR_REACH) : index]
    return any("tour" in item.classes for item in before) and any(
        "began_it" in item.classes for item in before
    )


def is_of_past_plan(items: list[Item], start: int, end: int) -> bool:
    """Whether what is told had been planned: “had planned to meet on 1 April”, before or after."""
    near = items[max(0, start - _AGREED_REACH) : end]
    return any("planned_then" in item.classes for item in near)


_SET_REACH = 6  # units from “scheduled” or « prévue » to the day


def is_set_day(items: list[Item], index: int) -> bool:
    """Whether a date is that something was set for: “scheduled for June”, «مقررا في مايو»."""
    for item in reversed(items[max(0, index - _SET_REACH) : index]):
        if not item.classes.isdisjoint({"planned", "due", "was_planned"}):
            return True
        if not item.classes.isdisjoint({"comma", "barrier", "date"}):
            return False
    return False


_FOUNDED_REACH = 4  # items from the word that something came to be to the year
_LONG_SINCE = 2  # years; what began later may be the edition that is told of


def founds(items: list[Item], match: Match, day: str, published: str | None) -> bool:
    """Whether a year is that in which manoeuvres were held at first: “launched in 1980”."""
    if match.rule.target != EventType.EXERCISE or len(day) != len("2000") or not published:
        return False
    start, end = match.found.start, match.found.end
    near = items[max(0, start - _FOUNDED_REACH) : end + _FOUNDED_REACH]
    founded = any("founded" in item.classes for item in near)
    return founded and int(published[:4]) - int(day) >= _LONG_SINCE


_PREPARED_REACH = 6  # units from “a meeting to prepare” to the manoeuvres that it prepares
_PREPARING = frozenset({"preparation", "leading_up"})


def is_prepared(items: list[Item], match: Match) -> bool:
    """Whether manoeuvres are what something else prepares: its day and city are not theirs."""
    if match.rule.target != EventType.EXERCISE or "thing" not in match.found.roles:
        return False
    start = match.found.roles["thing"][0]
    before = items[max(0, start - _PREPARED_REACH) : start]
    return any(not item.classes.isdisjoint(_PREPARING) for item in before)


_PLANNING_REACH = 9  # units from “planning meeting” to the manoeuvres that it plans
_GATHERED = frozenset({"session_noun", "talks", "conference_noun", "session"})


def is_planned_there(items: list[Item], match: Match) -> bool:
    """Whether a meeting to plan manoeuvres is what is told: its days and city are not theirs."""
    if not is_prepared(items, match):
        return False
    start = match.found.roles["thing"][0]
    before = items[max(0, start - _PLANNING_REACH) : start]
    return any(not item.classes.isdisjoint(_GATHERED) for item in before)


_BEGUN_REACH = 6  # units from “which began” to the city and month in which
_MONTH_REACH = 4  # units from the city to the month


def is_of_founding(items: list[Item], index: int) -> bool:
    """Whether a city or month is that in which a series began: «الآلية التي انطلقت بعمان في 2019».

    A clause that tells a day may be about the session itself.
    """
    before = items[max(0, index - _BEGUN_REACH) : index]
    begun = [
        at
        for at, item in enumerate(before)
        if "founded" in item.classes and at and "who" in before[at - 1].classes
    ]
    if not begun or any("barrier" in item.classes for item in before[begun[-1] :]):
        return False
    told = (item.payload for item in items[index : index + _MONTH_REACH])
    dates = [payload.spec for payload in told if isinstance(payload, DateMention)]
    return any(spec.year is not None and spec.day is None for spec in dates)


_MET_REACH = 14  # items from a visit back to whom the visitor met on it


def begun_by_then(items: list[Item], match: Match, leading: frozenset[str]) -> bool:
    """Whether a visit on which something is yet to be done has begun, or is over.

    «التقى نظيره بمناسبة زيارته للقاهرة، حيث سيشارك في …»: who has met somebody on it is there.
    """
    before = items[max(0, match.found.start - _MET_REACH) : match.found.start]
    return "past_turn" in leading or any("has_met" in item.classes for item in before)
