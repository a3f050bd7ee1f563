"""Plans: whether what is told is still to come, by the clause it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ingest.claims.ahead import is_further_item, is_put_off_behind, opens_plan
from ingest.claims.clauses import CLAUSE_ENDS, RESOLVES, SESSIONS
from ingest.claims.telling import begun_by_then, is_planned_there
from ingest.engine import Match
from ingest.items import Item
from kg.model import EventType

_REACH = 16  # items to each side
_ERRAND = 5  # items from a word of preparing to the visit that is prepared
AHEAD = frozenset({"planned", "future", "programme"})
OCCASIONS = frozenset(
    "visit talks call_noun call_plain session_noun conference_noun exercise_noun dialogue_noun"
    " conference forum dialogue exercise sign_noun session open_noun appoint_noun host_noun".split()
)


def classes_of(items: list[Item]) -> frozenset[str]:
    """The classes that any of several items has."""
    return frozenset().union(*[item.classes for item in items])


def is_to_come(items: list[Item], match: Match) -> bool:
    """Whether the clause that an event stands in tells of a plan."""
    start = match.found.start
    led = _is_before_doing(items, start) or match.rule.options.get("told") == "clause"
    if led and _is_of_planned_verb(items, start):
        return True
    heads = (_is_aim, _is_purpose, _is_expected, _is_expected_for_talks)
    if any(tells_plan(items, start) for tells_plan in heads):
        return True
    at = min(start + ("and" in items[start].classes), len(items) - 1)
    verb = min(at + ("refl" in items[at].classes), len(items) - 1)  # « s'entretenir »
    joined = "bare" in items[verb].classes and _is_joined_to_plan(items, at)
    asked = "bare" in items[verb].classes and _is_asked_for(items, at)
    asked = asked or _is_accepted(items, match)
    if joined or asked or (match.rule.language == "ar" and _is_said_with_plan(items, start)):
        return True
    if _is_on_its_way(items, match) or _is_prepared(items, match) or _is_ahead_there(items, match):
        return True
    first = any("ordinal-1" in item.classes for item in items[max(0, start - 3) : start + 1])
    if not first and any("=to" in items[at].classes for at in _after_subject(items, match)):
        return True
    if is_put_off_behind(items, match.found.end):
        return True
    awaited = _is_awaited(items, match) or _is_announced(items, match)
    awaited = awaited or _is_besides_plan(items, match) or opens_plan(items, match)
    if awaited or _is_set_behind(items, match):
        return True
    if match.rule.target in SESSIONS and _is_coming(items, match.found.end):
        return True
    return _is_programme(items, match) or _is_agreed(items, match) or _is_errand(items, match)


def _is_joined_to_plan(items: list[Item], start: int) -> bool:
    """Whether a verb without ending follows a planned one: “will meet A and hold talks with B”."""
    joined = False
    for index in range(start - 1, max(-1, start - 2 * _REACH), -1):
        classes = items[index].classes
        if "barrier" in classes or (not joined and not classes & {"and", "also", "comma"}):
            return False
        joined = joined or "and" in classes
        if classes & AHEAD:
            return joined
    return False


def _is_besides_plan(items: list[Item], match: Match) -> bool:
    """Whether a noun is added to what is planned: «سيجري محادثات، إضافة إلى توقيع اتفاقيات»."""
    if match.rule.target != EventType.SIGNING:
        return False
    told = range(match.found.start, match.found.end)
    start = next((at for at in told if "sign_noun" in items[at].classes), 0)
    if not start or "besides" not in items[start - 1].classes:
        return False
    for item in reversed(items[max(0, start - 2 * _REACH) : start]):
        if not item.classes.isdisjoint(AHEAD):
            return True
        if not item.classes.isdisjoint({"barrier", "said", "quote"}):
            return False
    return False


def _is_asked_for(items: list[Item], start: int) -> bool:
    """Whether a verb without ending is what is agreed or asked for: “agreed to hold talks”."""
    if not start or items[start - 1].classes.isdisjoint({"to", "of_prep", "and", "also"}):
        return False
    for item in reversed(items[max(0, start - 2 * _REACH) : start]):
        if "asks_to" in item.classes:
            return True
        if not item.classes.isdisjoint({"barrier", "quote", "said", "who"}):
            break
    return False


_ACCEPTED_REACH = 5  # items from “has accepted” to the verb without ending


def _is_accepted(items: list[Item], match: Match) -> bool:
    """Whether the event's own verb depends on one of agreeing: « a accepté de rencontrer … »."""
    for at in range(match.found.start, match.found.end - 1):
        if "bare" in items[at + 1].classes and not items[at].classes.isdisjoint({"to", "of_prep"}):
            near = items[max(0, at - _ACCEPTED_REACH) : at]
            return any("asks_to" in item.classes for item in near)
    return False


_PRESENT = frozenset({"present", "arriving", "doing"})
_OTHER_CLAUSE = frozenset({"barrier", "who", "that", "clause", "quote"})


def _is_said_with_plan(items: list[Item], start: int) -> bool:
    """Whether a verb in the present goes on with a plan: «سيلتقي نظيره قبل أن يتوجه إلى الدوحة»."""
    if items[start].classes.isdisjoint(_PRESENT):
        return False
    near = items[max(0, start - 2) : start]
    if _opens_where(near):
        return True
    if any("who" in item.classes for item in near):
        return False
    for index in range(start - 1, max(-1, start - 2 * _REACH), -1):
        classes = items[index].classes
        if not classes.isdisjoint(AHEAD):
            return True
        if not classes.isdisjoint(_OTHER_CLAUSE) and index < start - 2:
            return False
    return False


def _is_coming(items: list[Item], end: int) -> bool:
    """Whether a word right behind a session says that it is to come: «القمة المزمع عقدها»."""
    for item in items[end : end + 3]:
        if not item.classes.isdisjoint({"barrier", "comma", "and"}):
            return False
        if "planned" in item.classes:  # not one that only leads up to another: «للإعداد للحوار»
            return "leading_up" not in item.classes
    return False


def _is_awaited(items: list[Item], match: Match) -> bool:
    """Whether a verb in the present is what something came before: “before Biden visits Riyadh”."""
    start, end = match.found.start, match.found.end
    before = any("=before" in item.classes for item in items[max(0, start - 2) : start])
    return before and any("present" in item.classes for item in items[start:end])


def _is_set_behind(items: list[Item], match: Match) -> bool:
    """Whether an aside right behind puts an occasion off: “his visit to Seoul, slated for May”."""
    at = match.found.end
    at += at < len(items) and "comma" in items[at].classes
    told = match.rule.target != EventType.STATEMENT and at < len(items)
    return told and "set_for" in items[at].classes


def _is_announced(items: list[Item], match: Match) -> bool:
    """Whether a visit is what somebody announces: «أعلن الديوان عن زيارة الملك إلى الإمارات»."""
    start, end = match.found.start, match.found.end
    about = next((at for at in (start, start - 1) if at > 0 and "=عن" in items[at].classes), 0)
    visited = "visit" in classes_of(items[about + 1 : about + 2])  # an arrival is over
    if match.rule.target != EventType.VISIT or not about or not visited:
        return False
    told = items[max(0, about - 2 * _ERRAND) : about]
    made = any("visit_do" in item.classes for item in items[start:end])
    return not made and any("announced" in item.classes for item in told)


_ERRAND_REACH = 14  # items from “arrived” to the summit for which somebody came


def _is_errand(items: list[Item], match: Match) -> bool:
    """Whether a summit is what somebody has come for: “arrived in Riyadh to attend the summit”."""
    if match.rule.target != EventType.CONFERENCE:
        return False
    end = match.found.end
    on_way = False
    for index in range(max(0, match.found.start - _ERRAND_REACH), end - 1):
        classes = items[index].classes
        if "barrier" in classes:
            on_way = False
        on_way = on_way or "underway" in classes
        if on_way and "to" in classes and items[index + 1].classes & {"take_part", "the", "a_word"}:
            return True
    return False


_PLACES = frozenset({"placed", "place", "seat", "country"})
_GOALS = frozenset("placed place seat country byname region skip the poss a_word date".split())


def _after_subject(items: list[Item], match: Match) -> Iterator[int]:
    """The item after the subject that a match binds: “Merkel to host the summit” is a plan."""
    roles = match.found.roles
    for role in ("agent", "host"):
        if role in roles and roles[role][1] < match.found.end:
            if "brought_about" in classes_of(items[max(0, roles[role][0] - 2) : roles[role][0]]):
                continue  # “prompting Kenya to recall its envoy”
            after = roles[role][1]
            if after + 1 < len(items) and items[after + 1].classes.isdisjoint(_GOALS):
                yield after


_HEADLINES = 2  # the last sentence, by number, that can be a headline


def _is_on_its_way(items: list[Item], match: Match) -> bool:
    """Whether a report, not its headline, tells by its verb what is to come: «يصل الوزير اليوم»."""
    first = items[match.found.start].classes
    start = match.found.start
    if any(item.classes & {"who", "that", "clause"} for item in items[max(0, start - 2) : start]):
        return False  # «الوزير الذي يزور الرباط»
    if start and "=ل" in items[start - 1].classes:
        return False  # «اختتم زيارته ليصل إلى بكين»
    headline = bool(start) and match.sentence <= _HEADLINES and "break" in items[-1].classes
    headline |= match.sentence == 0 and _has_party(items[:start])
    going = match.rule.target == "Visit" and "arriving" in first
    return (going or _is_verb_at_head(items, match)) and not headline


_HEAD = frozenset({"and", "also", "date", "comma", "break"})
_ARABIC_TALKS = (EventType.MEETING, EventType.CONFERENCE)


def _is_verb_at_head(items: list[Item], match: Match) -> bool:
    """Whether a verb in the present opens the sentence, as of talks to come: «ويلتقي نظيره»."""
    start = match.found.start
    return (
        match.rule.language == "ar"
        and match.rule.target in _ARABIC_TALKS
        and "present" in items[start].classes
        and all(item.classes & _HEAD for item in items[:start])
    )


def _has_party(items: list[Item]) -> bool:
    return any("party" in item.classes for item in items)


def _is_programme(items: list[Item], match: Match) -> bool:
    """Whether talks are what a visit is to bring: «وصل في زيارة يلتقي خلالها الرئيس»."""
    start, end = match.found.start, match.found.end
    told = items[max(0, start - 2) : end]
    during = any("during_it" in item.classes for item in told) or _is_during_visit(told)
    if not any("present" in item.classes for item in told):
        return False
    return during or _is_where_to(items[:start]) or is_further_item(items, start)


def _opens_where(before: list[Item]) -> bool:
    """Whether the words before open what is to follow: «حيث», «على أن»."""
    last, upon = classes_of(before[-1:]), classes_of(before[-2:-1])
    return "where_then" in last or ("that" in last and "=على" in upon)


def _is_where_to(before: list[Item]) -> bool:
    """Whether the clause before is a journey to come: «يصل غدا إلى القاهرة حيث يلتقي نظيره»."""
    if not _opens_where(before):
        return False
    words = frozenset().union(*(item.classes for item in before[-_REACH:]))
    return not words.isdisjoint(AHEAD | {"arriving", "during_it"})


def _is_during_visit(told: list[Item]) -> bool:
    """Whether the words name the visit in which: «يلتقي خلال الزيارة الرئيس»."""
    return any(
        "at_event" in one.classes and other.classes & {"visit", "his_visit"}
        for one, other in pairwise(told)
    )


_GATHERINGS = (EventType.MEETING, *SESSIONS)
_DEBATED = RESOLVES | {"discuss", "debated"}


def _is_agreed(items: list[Item], match: Match) -> bool:
    """Whether missions are what states have agreed, or talk of, to open: not what they open."""
    start = match.found.start
    near = items[max(0, start - 1) : start + 1]
    resolving = {"=على"}  # «اتفقا على عقد لقاء»
    if match.rule.target in _GATHERINGS:
        resolving.add("decided_to")  # «قرر الجانبان عقد لقاء»
    resolved = any(not item.classes.isdisjoint(resolving) for item in near)
    if match.rule.target != "MissionChange" and not resolved:
        return False
    inside = items[start - bool(start and resolved) : match.found.end]
    if any(not item.classes.isdisjoint(RESOLVES | {"asks_to"}) for item in inside):
        return True
    for index in range(match.found.start - 1, max(-1, match.found.start - _REACH), -1):
        if not items[index].classes.isdisjoint(CLAUSE_ENDS):
            return False
        if not items[index].classes.isdisjoint(_DEBATED if not resolved else RESOLVES):
            return True
    return False


def _is_before_doing(items: list[Item], start: int) -> bool:
    """Whether what is told follows what the sentence tells: « …, avant de rencontrer … »."""
    infinitive = "bare" in items[start].classes and start > 1
    return infinitive and "at_event" in items[start - 2].classes


def _is_of_planned_verb(items: list[Item], start: int) -> bool:
    """Whether the verb before a noun tells a plan: «prévoit un dîner, puis un entretien avec …»."""
    for index in range(start - 1, max(-1, start - _REACH), -1):
        classes = items[index].classes
        if classes & {"planned", "future"} and "in" not in classes:
            return True
        if classes & {"barrier", "quote", "said"} or ("aux" in classes and "in" not in classes):
            return False
    return False


def _is_expected(items: list[Item], start: int) -> bool:
    """Whether a plan heads the clause: «من المنتظر أن يترأس الوزير … مراسم افتتاح»."""
    before = items[max(0, start - _REACH) : start]
    for index in range(len(before) - 1, 0, -1):
        if before[index].classes & {"barrier", "clause", "quote", "who", "cause"}:
            return False
        if "that" in before[index].classes:
            return "planned" in before[index - 1].classes
    return False


_SETTING = frozenset({"at_event", "=pour", "=for"})
_TURNED = frozenset({"barrier", "aux", "said", "who", "that", "quote"})


def _leading(items: list[Item], match: Match) -> frozenset[str]:
    return classes_of(items[max(0, match.found.start - 1) : match.found.start + 1])


def is_setting(items: list[Item], match: Match) -> bool:
    """Whether a visit is where something is to be done: “during his visit to Mali, he will …”."""
    end = match.found.end
    led = _leading(items, match)
    if match.rule.target != EventType.VISIT or led.isdisjoint(_SETTING):
        return False
    turned = False
    for item in items[end : end + _REACH]:
        if turned and not item.classes.isdisjoint(AHEAD):
            return True
        if not item.classes.isdisjoint(_TURNED):
            return False
        turned = turned or "comma" in item.classes
    return False


def _is_ahead_there(items: list[Item], match: Match) -> bool:
    """The same, not behind a visit that is over by then: « à l'issue de sa visite, il ira … »."""
    return is_setting(items, match) and not begun_by_then(items, match, _leading(items, match))


def _is_prepared(items: list[Item], match: Match) -> bool:
    """Whether a visit or session is what somebody prepares: “flew in to prepare for a visit”."""
    start = match.found.start
    if is_planned_there(items, match):  # of meetings without a day nobody knows if they came before
        return any("date" in item.classes for item in items)
    return match.rule.target in (EventType.VISIT, EventType.CONFERENCE) and any(
        "preparation" in item.classes for item in items[max(0, start - _ERRAND) : start]
    )


def _is_aim(items: list[Item], start: int) -> bool:
    """Whether talks are what somebody set out for: «غادر إلى باريس لعقد مباحثات مع نظيره»."""
    if not start or not {"hold", "of_prep"} <= items[start].classes | items[start - 1].classes:
        return False
    before = items[max(0, start - _REACH) : start - 1]
    if before and "aux" in before[-1].classes:  # « fait escale à Rabat où il a eu des entretiens »
        return False
    return any("arrive" in item.classes for item in before)


def _is_purpose(items: list[Item], start: int) -> bool:
    """Whether the verb depends on a plan: “is due to fly to Cairo to meet …”."""
    before = items[max(0, start - 2 * _REACH) : start]
    if not before:
        return False
    if "pronoun" in before[-1].classes and len(before) > 1:  # « pour y rencontrer »
        before = before[:-1]
    # « de s'entretenir »
    of_verb = "of_prep" in before[-1].classes and "refl" in items[start].classes
    if ("to" not in before[-1].classes and not of_verb) or items[start].classes & _PLACES:
        return False
    return any(item.classes & {"planned", "future"} for item in before)


def _is_expected_for_talks(items: list[Item], start: int) -> bool:
    """Whether talks are for what somebody is awaited: “is expected in Jeddah for talks with …”."""
    near = items[max(0, start - _ERRAND) : start]
    told = pairwise(items[start : start + 2 * _ERRAND])
    aimed = any("to" in one.classes and "talks" in other.classes for one, other in told)
    return aimed and any("awaited" in item.classes for item in near)
