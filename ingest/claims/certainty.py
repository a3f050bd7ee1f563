"""Certainty of an event: held, planned, cancelled or denied, by the words around it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ingest.claims.allusions import is_gone_before, is_text_signed, is_visit_made
from ingest.claims.plans import AHEAD, OCCASIONS, classes_of, is_to_come
from ingest.engine import Match
from ingest.items import Item
from kg.model import Certainty, EventType

_BEFORE = 6  # how many items before a match a word of certainty may stand
_REACH = 16  # items to each side


def certainty_of(items: list[Item], match: Match) -> Certainty | None:
    """How sure the event is by the words around it; None in a negated or hypothetical clause."""
    start, end = match.found.start, match.found.end
    near = _before_verb(items, match)
    if _is_unsaid(items, match, near):
        return None
    if match.rule.certainty is not None:
        return match.rule.certainty
    inside = classes_of(_told_words(items, match))
    if "denied" in inside or "denied" in classes_of(near) or _is_denied_rumour(items, start):
        return Certainty.DENIED
    ends = match.rule.target == EventType.AGREEMENT_CHANGE  # to call off is what is told
    ends = ends or match.rule.options.get("change") == "cut"  # “ties were suspended”
    if ("cancelled" in inside and not ends) or "cancelled" in classes_of(
        _after_cause(_after_fronted(items, start, near))
    ):
        return Certainty.CANCELLED
    behind = _verb_behind(items, end, not _PLANNED_THEN.isdisjoint(inside))
    if "cancelled" in behind or _is_dropped(items, match):
        return Certainty.CANCELLED
    if any(is_over(items, match) for is_over in (is_gone_before, is_text_signed, is_visit_made)):
        return Certainty.HELD
    return _ahead(items, match, near, inside, behind)


_WISHED = frozenset({"condition", "hoped"})
_TIES = (EventType.RECOGNITION, EventType.RELATIONS_CHANGE)
_TIE_NOUNS = frozenset({"resume_noun", "cut_noun", "relations", "recognise_noun"})
_REFUSED = frozenset({"reject", "reject_noun", "refusal"})  # «رفضهم نقل السفارة»


def _is_unsaid(items: list[Item], match: Match, near: list[Item]) -> bool:
    """Whether a clause negates, asks, refuses, tries or makes a condition of what it names."""
    start, close = match.found.start, classes_of(near[-2:])
    if match.rule.target in _TIES and _is_only_then(items, match):
        return False
    if "negation" in close or "hypothetical" in close or "negation" in items[start].classes:
        return True
    if match.rule.target in _THREATENED and _is_supposed_of(near):
        return True
    if _is_joined_to_negated(items, start) or _is_negated_of_agent(items, match):
        return True
    if _is_supposed(near) or (
        match.rule.target == EventType.CONFERENCE and _is_habit(items, match)
    ):
        return True
    if _is_asked(items) or (match.rule.target != EventType.STATEMENT and close & _REFUSED):
        return True
    wished = not _WISHED.isdisjoint(classes_of(near))
    if match.rule.target in _TIES and (wished or "need" in close):
        return True  # «اشترطت وقف الحرب قبل الاعتراف بإسرائيل», «أهمية الاعتراف بفلسطين»
    if match.rule.target in _TIES and _is_only_aim(items, match):
        return True  # «اتفقا على بدء حوار من أجل تطبيع العلاقات»
    return "attempt" in close and "to" in near[-1].classes  # “in an effort to normalise ties”


_THEN_REACH = 6  # items from ties to “but in 1988”


def _is_only_then(items: list[Item], match: Match) -> bool:
    """Whether what is negated came about at a time told: «لم تستأنف العلاقات إلا عام 1988»."""
    behind = items[match.found.end : match.found.end + _THEN_REACH]
    told = pairwise([*items[match.found.end - 1 : match.found.end], *behind])
    return any("except_then" in one.classes and "date" in other.classes for one, other in told)


def _is_supposed(near: list[Item]) -> bool:
    """Whether somebody only supposes what follows: «لم يستبعد الوزير أن يزور موسكو»."""
    if not near or "that" not in near[-1].classes:
        return False
    for item in reversed(near[:-1]):
        if "hypothetical" in item.classes:
            return True
        if item.classes.isdisjoint({"person", "party", "comma", "country", "organization"}):
            return False
    return False


_THREATENED = (EventType.APPOINTMENT, EventType.MISSION_CHANGE, EventType.RELATIONS_CHANGE)


def _is_supposed_of(near: list[Item]) -> bool:
    """Whether a party is only said to threaten what follows: «هددت تركيا بسحب سفيرها»."""
    for item in reversed(near[-3:]):
        if "hypothetical" in item.classes:
            return True
        if item.classes & {"comma", "barrier", "and", "said", "that", "who"}:
            return False
    return False


def _is_negated_of_agent(items: list[Item], match: Match) -> bool:
    """Whether what follows the subject inside an event is negated: «الجزائر لم تعترف بإسرائيل»."""
    if match.rule.target == EventType.STATEMENT:
        return False  # who does not support something says so
    spans = (match.found.roles.get(role) for role in ("agent", "parties"))
    return any(
        "negation" in classes_of(items[span[1] : min(span[1] + 1, match.found.end)])
        for span in spans
        if span is not None
    )


def _is_only_aim(items: list[Item], match: Match) -> bool:
    """Whether ties are what something else is done for, by words of the event or just before."""
    start, end = match.found.start, match.found.end
    aims = [at for at in range(max(0, start - 2), end) if "for_aim" in items[at].classes]
    ties = (at for at in range(start, end) if items[at].classes & _TIE_NOUNS)
    return bool(aims) and aims[-1] + 1 in ties


def _is_joined_to_negated(items: list[Item], start: int) -> bool:
    """Whether “or” joins an event to what is negated: «لم تقطع العلاقات أو تسحب سفيرها»."""
    if not start or "or" not in items[start - 1].classes:
        return False
    for item in reversed(items[max(0, start - _REACH) : start - 1]):
        if not item.classes.isdisjoint({"barrier", "clause", "that"}):
            break
        if "negation" in item.classes:
            return True
    return False


def _is_habit(items: list[Item], match: Match) -> bool:
    """Whether a forum is said to meet now and then: “is held every three years”, without a day."""
    start, end = match.found.start, match.found.end
    often = "habit" in classes_of(items[end : end + _SOON_REACH])
    return often and not any("date" in item.classes for item in items[start:end])


def _is_asked(items: list[Item]) -> bool:
    """Whether a sentence asks if something is so; “why” and “how” take it as given."""
    asked = "question" in items[-1].classes or (
        "break" in items[-1].classes and "question" in items[-2:][0].classes
    )
    return asked and not any("asks_how" in item.classes for item in items)


def _ahead(
    items: list[Item],
    match: Match,
    near: list[Item],
    inside: frozenset[str],
    behind: frozenset[str],
) -> Certainty:
    """Planned where the words in an event, shortly before it or behind it say so; else held."""
    told = [*near, *items[match.found.start : match.found.end]]  # “the upcoming | visit of X”
    ahead = inside | classes_of(_undecided(match, _apart(told, max(0, len(near) - 4), len(near))))
    then = "planned_then" in classes_of(items[match.found.end : match.found.end + 1])
    if "due" in behind or then or not AHEAD.isdisjoint(ahead):
        return Certainty.PLANNED
    if "hypothetical" in inside:
        return Certainty.PLANNED  # “the presidents may meet in May”
    if "soon" in classes_of(items[match.found.end : match.found.end + _SOON_REACH]):
        return Certainty.PLANNED  # «يجتمع الوزيران قريبا»
    return Certainty.PLANNED if is_to_come(items, match) else Certainty.HELD


def _undecided(match: Match, near: list[Item]) -> list[Item]:
    """What tells a plan: ties that a state decides to cut are cut («الجزائر تقرر قطع العلاقات»)."""
    taken = match.rule.target in _TIES
    return [item for item in near if not (taken and "decides" in item.classes)]


_SOON_REACH = 2  # items from an event to the adverb that puts it off
_SOMETHING_ELSE = 2  # items from “upcoming” to the noun that it tells of


def _apart(items: list[Item], start: int, end: int) -> list[Item]:
    """The items of a span without what puts off something else: “the upcoming elections”."""
    return [
        items[index]
        for index in _without_asides(items, start, end)
        if "coming" not in items[index].classes
        or not classes_of(items[max(0, index - 1) : index + 1 + _SOMETHING_ELSE]).isdisjoint(
            OCCASIONS
        )
    ]


def _without_asides(items: list[Item], start: int, end: int) -> Iterator[int]:
    """The span without what is told by the way: “A, who will stay on, was received by B”."""
    at = start
    while at < end:
        if "comma" in items[at].classes and "who" in classes_of(items[at + 1 : at + 2]):
            close = (i for i in range(at + 2, end) if "comma" in items[i].classes)
            at = next(close, at)
        yield at
        at += 1


def was_planned(items: list[Item], match: Match) -> bool:
    """Whether the words tell a plan of the past: “had been due to visit Moscow”."""
    near = items[max(0, match.found.start - _BEFORE) : match.found.end]
    return any("was_planned" in item.classes for item in near)


def _told_words(items: list[Item], match: Match) -> list[Item]:
    """An event's own words: what somebody welcomes may be to come, or be called off."""
    start, end = match.found.start, match.found.end
    if match.rule.target != EventType.STATEMENT:
        goal = match.found.roles.get("dest", (end, end))[0]  # “, which will lead to A, B and C”
        return [*_apart(items, start, goal), *items[goal:end]]
    if "said" in classes_of(items[max(0, start - 2) : start]):
        return []  # “said that his country would support …”
    verb = max(start + 2, match.found.roles.get("agent", (0, 0))[1])
    return [item for item in items[start : min(end, verb)] if "express" not in item.classes]


def _is_denied_rumour(items: list[Item], start: int) -> bool:
    """Whether a report of the event is what is denied: «نفى الناطق ما تردد عن عقد قمة»."""
    rumour = False
    for index in range(start - 1, max(-1, start - _REACH), -1):
        classes = items[index].classes
        if "barrier" in classes:
            return False
        rumour = rumour or "rumour" in classes
        if "denied" in classes:
            return rumour
    return False


_PASSIVE = frozenset({"aux", "be_aux", "been", "date", "adverb", "=au", "was_done"})
_WHERE_AND_WHEN = frozenset(
    {"in", "to", "det", "comma", "place", "placed", "country", "who", "that", "hold"}
)
_PLANNED_THEN = frozenset({"planned", "was_planned", "initially"})


_YET_REACH = 24  # items from a plan to the clause that tells what became of it
_DROPPED_REACH = 4  # items from “but” to the verb that calls off


def _is_dropped(items: list[Item], match: Match) -> bool:
    """Whether who had planned something called it off: “was due in Tokyo but cancelled it”."""
    start, end = match.found.start, match.found.end
    near = items[max(0, start - _BEFORE) : end + _DROPPED_REACH]
    planned = classes_of(near) & {"planned", "was_planned"}
    if not planned or match.rule.target not in (EventType.VISIT, EventType.MEETING):
        return False  # who stays away from a conference doesn't call it off
    for at in range(end, min(end + _YET_REACH, len(items))):
        if "barrier" in items[at].classes:
            return False
        undone = "=avant" in items[at].classes and "of_prep" in classes_of(items[at + 1 : at + 2])
        if undone or "yet" in items[at].classes:
            return "cancelled" in classes_of(items[at + 1 : at + _DROPPED_REACH])
    return False


def _is_cut_short(after: list[Item]) -> bool:
    """Whether a bare participle ends the clause, as headlines have it: “visit put off: source”."""
    if not after or "cancelled" not in after[0].classes:
        return False
    return len(after) == 1 or not after[1].classes.isdisjoint({"barrier", "comma", "colon"})


def _verb_behind(items: list[Item], end: int, was_planned: bool) -> frozenset[str]:
    """The classes of the passive verb behind an event: « la rencontre entre … a été annulée ».

    Where and when it was to be may stand between: “that was due to be held in May was put off”.
    """
    due, aside = frozenset[str](), False
    if _is_cut_short(items[end : end + 2]):
        return items[end].classes
    for item in items[end : end + 2 * _BEFORE]:
        if "cancelled" in item.classes and item is not items[end]:
            return item.classes if was_planned or not aside else due
        if "due" in item.classes and not aside:
            due = due or (item.classes if item is not items[end] else due)
        if not item.classes.isdisjoint(_PLANNED_THEN):
            was_planned = True
        elif item.classes.isdisjoint(_PASSIVE):
            if item.classes.isdisjoint(_WHERE_AND_WHEN):
                break
            aside = True
    return due


def _before_verb(items: list[Item], match: Match) -> list[Item]:
    """The items just before a match; those of its clause only, where it names its subject first."""
    start = match.found.start
    near = items[max(0, start - _BEFORE) : start]
    if any(match.found.roles.get(role, (-1,))[0] == start for role in ("agent", "parties")):
        commas = [index for index, item in enumerate(near) if "comma" in item.classes]
        return near[commas[-1] :] if commas else near
    return near


def _after_cause(near: list[Item]) -> list[Item]:
    """What follows the last word of cause: «تم إلغاؤها على خلفية اعتراف …» calls off no more."""
    causes = [index for index, item in enumerate(near) if "cause" in item.classes]
    return near[causes[-1] :] if causes else near


def _after_fronted(items: list[Item], start: int, near: list[Item]) -> list[Item]:
    """What follows a clause of what came before: «بعد تأجيل متكرر، اتفقا على عقد القمة»."""
    wide = items[max(0, start - 2 * _BEFORE) : start]
    over = next((at for at, item in enumerate(wide) if "following" in item.classes), len(wide))
    commas = [at for at, item in enumerate(wide) if at > over and "comma" in item.classes]
    return near[-(len(wide) - commas[-1]) :] if commas else near
