"""Allusions: dates of what came before an event, or since which it is so, not its own."""

from __future__ import annotations

from itertools import pairwise

from ingest.claims.clauses import SESSIONS, own_end, pronoun_of_noun
from ingest.dates import DateMention, Unit
from ingest.engine import Match
from ingest.items import Item
from kg.model import EventType

_AFTER = frozenset({"after_it", "past_turn"})
_NOT_YET = frozenset({"doing", "present", "future", "planned"})
_AHEAD = frozenset({"planned", "future", "will_be"})
_LASTING = (EventType.VISIT, EventType.MEETING, EventType.CONFERENCE)
_AFFAIRS = (EventType.RELATIONS_CHANGE, EventType.RECOGNITION)


def is_gone_before(items: list[Item], match: Match) -> bool:
    """Whether ties are told as what came before: «… أمس، بعد استئناف العلاقات»."""
    if match.rule.target not in _AFFAIRS:
        return False
    start = match.found.start
    for item in reversed(items[max(0, start - 3) : start + 1]):
        if not item.classes.isdisjoint(_AFTER):
            return True
        if item.classes & {"comma", "barrier", "person"}:
            return False
    return False


_TEXT = frozenset({"who", "agreement", "agreement_noun", "document_noun"})


def is_text_signed(items: list[Item], match: Match) -> bool:
    """Whether the words tell of a text by its having been signed: «الاتفاق الذي وقعه الوزيران»."""
    if match.rule.target != EventType.SIGNING:
        return False
    told = pairwise(items[match.found.start : match.found.end])
    for one, other in told:
        if not one.classes.isdisjoint(_AHEAD):
            return False
        if "signed" in other.classes and not one.classes.isdisjoint(_TEXT):
            return other.classes.isdisjoint(_AHEAD)
        if "who" in one.classes and "sign" in other.classes:
            return other.classes.isdisjoint(_AHEAD | {"present", "bare"})
    return False


def is_of_listed_text(items: list[Item], match: Match) -> bool:
    """Whether a well-known agreement is spoken of, which the states around need not have signed."""
    told = range(*match.found.roles.get("thing", (0, 0)))
    listed = (entry.cls == "agreement" for at in told for entry in items[at].entries)
    return any(listed) and is_text_signed(items, match)


_SIGNED_REACH = 3  # items from «الموقع» to its day


def is_of_text_signed(items: list[Item], match: Match, index: int) -> bool:
    """Whether a day is that on which a text spoken of was signed: «الاتفاق الموقع في 2015»."""
    if match.rule.target == EventType.SIGNING or match.rule.language != "ar":
        return False  # in English the word is a verb too: “met him and signed in May”
    near = range(max(0, index - _SIGNED_REACH), index)
    own = range(match.found.start, match.found.end)
    return any("signed" in items[at].classes and at not in own for at in near)


def is_visit_over(items: list[Item], match: Match) -> bool:
    """Whether a visit is what something else came after: «وصل الأربعاء بعد زيارة إلى الجزائر»."""
    start = match.found.start
    near = items[max(0, start - 1) : start + 1]
    return match.rule.target == EventType.VISIT and any(
        "following" in item.classes for item in near
    )


def is_visit_made(items: list[Item], match: Match) -> bool:
    """Whether one gone before is told as made: «يبدأ غدا جولة، بعد زيارة قام بها إلى واشنطن»."""
    told = items[match.found.start : match.found.end]
    made = any("visit_do" in item.classes and item.classes.isdisjoint(_NOT_YET) for item in told)
    return made and is_visit_over(items, match)


_OVER = frozenset({"visit", "his_visit"})


def is_behind_visit(items: list[Item], index: int, start: int) -> bool:
    """Whether a visit that is over stands between a day and what was done on it.

    «وصل الأربعاء بعد زيارة إلى الجزائر ناقش خلالها»: Wednesday is that of the arrival.
    """
    over = False
    for one, other in pairwise(items[index:start]):
        over = over or ("following" in one.classes and not other.classes.isdisjoint(_OVER))
        if over and "comma" in other.classes:
            return False
    return over


_FRONT_REACH = 16  # items from “after” to a month in what came before


def is_in_fronted(items: list[Item], index: int, start: int) -> bool:
    """Whether a month or year is of what came before: «بعد محادثات في مايو، أعلنت»."""
    payload = items[index].payload
    if index >= start or not isinstance(payload, DateMention):
        return False
    if payload.spec.day is not None or payload.spec.relative is not None:
        return False
    if not any("comma" in item.classes for item in items[index:start]):
        return False
    front = items[max(0, index - _FRONT_REACH) : index]
    return any("following" in item.classes for item in front[:2])


_FIRST = frozenset({"first_of", "ordinal-1"})
_FIRST_REACH = 10  # items from «أول» to how long ago the last one was


def is_since_last(items: list[Item], match: Match, index: int) -> bool:
    """Whether a date is that of the last one before: «أول زيارة له لتركيا منذ عشر سنوات»."""
    payload = items[index].payload
    relative = payload.spec.relative if isinstance(payload, DateMention) else None
    if relative is None or relative.offset >= 0 or relative.unit is not Unit.YEAR:
        return False
    near = items[max(0, min(match.found.start, index - _FIRST_REACH)) : index]
    return match.rule.target in _LASTING and any(
        not item.classes.isdisjoint(_FIRST) for item in near
    )


_TOLD_SINCE = frozenset({"visit", "his_visit", "arrival_noun", "talks"})
_SINCE_REACH = 9  # items from «منذ» to its date: «منذ انتخابه رئيسا للعراق في أكتوبر 2022»


def _is_since(items: list[Item], index: int, start: int) -> bool:
    """Whether the date is the one since which something is so, other than what begins at start."""
    for at in range(index - 1, max(-1, index - 1 - _SINCE_REACH), -1):
        if "since" in items[at].classes:  # «منذ زيارته لها في مايو» tells the day of the visit
            own = start - 1 <= at + 1 <= start + 1
            return not own and items[at + 1].classes.isdisjoint(_TOLD_SINCE)
        if items[at].classes & {"comma", "barrier", "date"}:
            return False
    return False


def is_past_allusion(items: list[Item], index: int, lasting: bool, start: int, begins: int) -> bool:
    """Whether a date is that of something else: «منذ سنة 2018», «الذي تم إطلاقه سنة 2012».

    What is `lasting` began on the day since which it is so: «قطعت علاقاتها منذ سنة 2021». A
    relative pronoun before or in the match, up to `start`, is its own: «الذي بدأ اليوم زيارة».
    """
    before = items[max(0, index - 3) : index]
    until = any("until" in item.classes for item in before[-2:])
    since = not lasting and _is_since(items, index, begins)
    turned = items[max(start + 1, index - 3) : index] if index > start else before
    return until or since or any("who" in item.classes for item in turned)


def own_pronoun(items: list[Item], match: Match, index: int) -> int:
    """The last item up to which a relative pronoun is the event's own: “A, who today met B”.

    Behind the event itself any is; a session's relative clause is its own wherever the date
    stands at `index` in it: «القمة التي تستضيفها اليوم الرياض».
    """
    end = own_end(items, match)
    if index >= end and match.rule.target != EventType.STATEMENT:
        return end - 1  # of a statement a late one is of what is spoken of
    if match.rule.target in SESSIONS:
        return index
    start, subject = match.found.start, match.found.roles.get("agent", (0, 0))
    if subject[0] == start and subject[1]:
        return subject[1] + 1
    return pronoun_of_noun(items, start, index)
