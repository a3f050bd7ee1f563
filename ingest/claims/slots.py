"""Slots of an event that stand around its words: date and certainty (places: `places`).

A slot is looked for inside the match, then to its right, then to its left, never past the end of
the clause: a barrier, a relative pronoun, the verb of another event.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ingest.dates import Base, DateMention, DateSpec, Resolved, resolve
from ingest.engine import Match
from ingest.items import Item
from kg.model import Certainty, EventType

_REACH = 16  # items to each side
CLAUSE_ENDS = frozenset({"barrier"})
TURNS = frozenset({"who", "since", "clause", "quote"})
TRIGGERS = frozenset(
    "hold meet gather_with receive visit_verb arrive sign recognise cut resume open_verb appoint"
    " recall said took_place praise thank support condemn reject accuse call congratulate condole"
    " conference_verb agree".split()
)
_ENDS_LEFT = CLAUSE_ENDS | TURNS | {"past_turn"}  # “on Sunday, days after the two cut ties”
_ENDS_RIGHT = CLAUSE_ENDS | TURNS | TRIGGERS
# What begins another event of the type: «زيارة فلان … بعد أشهر من زيارة …».
_OTHERS = {"Visit": frozenset({"visit"})}
_BEFORE = 5  # how many items before a match a word of certainty may stand


@dataclass(frozen=True, slots=True)
class When:
    """A date worked out, with what it rests on."""

    date: str
    end: str | None
    basis: str | None


def _past_saying(items: list[Item], start: int, end: int) -> int:
    """Where a match goes on behind “announced on Monday that he”: that day is of the saying."""
    for index in range(end - 1, start, -1):
        if "that" in items[index].classes:
            return index
    return start


def _outward(items: list[Item], start: int, end: int, other: frozenset[str]) -> Iterator[int]:
    """Indexes of the items inside a span, then right of it, then left of it, within the clause.

    Words of the classes `other` begin something else of the same type.
    """
    yield from range(_past_saying(items, start, end), end)
    for index in range(end, min(len(items), end + _REACH)):
        classes = items[index].classes
        if not classes.isdisjoint(_ENDS_RIGHT) or not classes.isdisjoint(other):
            break
        if "comma" in classes and _opens_main_clause(items, index, start):
            break
        yield index
    for index in range(start - 1, max(-1, start - 1 - _REACH), -1):
        if not items[index].classes.isdisjoint(_ENDS_LEFT) or _ends_aside(items, index):
            break
        yield index


def _opens_main_clause(items: list[Item], comma: int, start: int) -> bool:
    """Whether a subject follows a clause told before it: “After the visit of A to X, B flew …”."""
    if not any(
        item.classes & {"at_event", "past_turn"} for item in items[max(0, start - 2) : start + 1]
    ):
        return False
    after = items[comma + 1 : comma + 3]
    if after and "det" in after[0].classes:
        after = after[1:]
    return bool(after) and not after[0].classes.isdisjoint({"person", "group", "anaphor_pair"})


_ASIDE_REACH = 14  # items from “after” to the comma that ends its clause
_TOLD = frozenset({"talks", "visit", "call_noun"})


def _ends_aside(items: list[Item], comma: int) -> bool:
    """Whether a clause ends here that tells of something before: “After talks on Monday, he …”."""
    if "comma" not in items[comma].classes:
        return False
    told = False
    for index in range(comma - 1, max(-1, comma - _ASIDE_REACH), -1):
        classes = items[index].classes
        if "past_turn" in classes:
            return told
        if not classes.isdisjoint(CLAUSE_ENDS):
            return False
        told = told or not classes.isdisjoint(_TOLD)
    return False


def _is_past_allusion(items: list[Item], index: int, lasting: bool, start: int) -> bool:
    """Whether a date is that of something else: «منذ سنة 2018», «الذي تم إطلاقه سنة 2012».

    What is `lasting` began on the day since which it is so: «قطعت علاقاتها منذ سنة 2021». A
    relative pronoun before or in the match, up to `start`, is its own: «الذي بدأ اليوم زيارة».
    """
    before = items[max(0, index - 3) : index]
    until = any("until" in item.classes for item in before[-2:])
    since = not lasting and any("since" in item.classes for item in before)
    turned = items[max(start + 1, index - 3) : index] if index > start else before
    return until or since or any("who" in item.classes for item in turned)


def _is_of_a_plan(items: list[Item], end: int, index: int, certainty: Certainty) -> bool:
    """Whether a date after what has happened is of a thing to come: «اجتماعات … المقررة بعد غد»."""
    return certainty is Certainty.HELD and any(
        "planned" in item.classes for item in items[end:index]
    )


_CLAUSE_REACH = 8  # items from “where” or “when” to the event that its clause tells of


def told_of(items: list[Item], start: int, opener: str) -> list[int]:
    """What a clause tells of: “flew in from Lisbon, where he met …”, “in 1786, when …”."""
    for index in range(start - 1, max(0, start - _CLAUSE_REACH), -1):
        classes = items[index].classes
        if opener in classes:
            at = index - 2 if "comma" in items[index - 1].classes else index - 1
            return [at] if at >= 0 else []
        if classes & CLAUSE_ENDS:
            break
    return []


def _begun(items: list[Item], start: int, end: int) -> list[int]:
    """The date at which what goes on began: «يواصل اليوم زيارته التي بدأها أمس»."""
    found = range(start, min(len(items) - 1, end + _CLAUSE_REACH))
    return [index + 1 for index in found if "began_it" in items[index].classes]


def _day_before(
    earlier: list[Item], items: list[Item], index: int, published: str | None, direction: str
) -> str | None:
    """The last day told before an item, from which “the same day” counts."""
    for item in reversed([*earlier, *items[:index]]):
        if isinstance(item.payload, DateMention):
            resolved = resolve(item.payload.spec, published, None, direction)  # type: ignore[arg-type]
            if resolved is not None and len(resolved.date) == 10:
                return resolved.date
    return None


def is_ahead(items: list[Item], match: Match) -> bool:
    """Whether an event is told for a day after that of the text, whichever that is: «غدا»."""
    for index in _outward(items, match.found.start, match.found.end, frozenset()):
        payload = items[index].payload
        if isinstance(payload, DateMention):
            relative = payload.spec.relative
            if relative is None:
                return (payload.spec.shift or 0) > 0
            return relative.offset > 0 and relative.base is not Base.ANCHOR
    return False


def date_of(
    items: list[Item],
    match: Match,
    published: str | None,
    anchor: str | None,
    certainty: Certainty,
    earlier: list[Item],
) -> When | None:
    """The date of an event, or None: never a guess; `earlier` is the sentence before."""
    if not any(isinstance(item.payload, DateMention) for item in items):
        return None
    start, end = match.found.start, match.found.end
    spans = [match.found.roles["date"]] if "date" in match.found.roles else []
    indexes = [index for span in spans for index in range(*span)] or [
        *_begun(items, start, end),
        *_outward(items, start, end, _OTHERS.get(match.rule.target, frozenset())),
        *told_of(items, start, "when_clause"),
    ]
    for index in indexes:
        payload = items[index].payload
        if not isinstance(payload, DateMention):
            continue
        lasting = match.rule.target == EventType.RELATIONS_CHANGE
        if not spans and (
            _is_past_allusion(items, index, lasting, start if index < end else end - 1)
            or _is_of_a_plan(items, end, index, certainty)
        ):
            continue
        if not spans and any("after_it" in item.classes for item in items[end:index]):
            continue
        if certainty is Certainty.DENIED and index < start:
            continue  # the day of the denial
        direction = "future" if certainty is Certainty.PLANNED else "past"
        told = anchor
        if told is None and payload.spec.relative and payload.spec.relative.base is Base.ANCHOR:
            told = _day_before(earlier, items, index, published, direction)
        open_ = match.rule.options.get("told") == "open"  # no verb says whether it is to come
        resolved = _day_of(payload.spec, published, told, None if open_ else direction)
        if resolved is not None:
            basis = f"{payload.text}: {resolved.basis}" if resolved.inferred else None
            return When(resolved.date, resolved.end, basis)
    return None


_SOON, _LONG_AGO = 45, 300  # days: one so near ahead is meant, not one so long before


def _day_of(
    spec: DateSpec, published: str | None, told: str | None, direction: str | None
) -> Resolved | None:
    """A date worked out; one just ahead rather than the same day of the year before."""
    found = resolve(spec, published, told, direction)  # type: ignore[arg-type]
    if direction != "past" or told or not found or len(found.date) < 10 or not published:
        return found
    day = date.fromisoformat(published[:10])
    if not found.inferred or (day - date.fromisoformat(found.date)).days < _LONG_AGO:
        return found
    nearest = resolve(spec, published, None, None)
    if nearest is None or len(nearest.date) < 10:
        return found
    ahead = (date.fromisoformat(nearest.date) - day).days
    return nearest if 0 < ahead <= _SOON else found


def certainty_of(items: list[Item], match: Match) -> Certainty | None:
    """How sure the event is by the words around it; None in a negated or hypothetical clause."""
    start, end = match.found.start, match.found.end
    near = _before_verb(items, match)
    close = _classes(near[-2:])
    if "negation" in close or "hypothetical" in close or "negation" in items[start].classes:
        return None
    if match.rule.certainty is not None:
        return match.rule.certainty
    inside = _classes(items[start:end])
    if "denied" in inside or "denied" in _classes(near):
        return Certainty.DENIED
    if "cancelled" in inside or "cancelled" in _classes(_after_cause(near)):
        return Certainty.CANCELLED
    if not _AHEAD.isdisjoint(inside) or not _AHEAD.isdisjoint(_classes(near[-4:])):
        return Certainty.PLANNED
    if "hypothetical" in inside:
        return Certainty.PLANNED  # “the presidents may meet in May”
    return Certainty.PLANNED if _is_to_come(items, match) else Certainty.HELD


_AHEAD = frozenset({"planned", "future"})


def _classes(items: list[Item]) -> frozenset[str]:
    """The classes that any of several items has."""
    return frozenset().union(*[item.classes for item in items])


def _is_to_come(items: list[Item], match: Match) -> bool:
    """Whether the clause that an event stands in tells of a plan."""
    start = match.found.start
    if match.rule.options.get("told") == "clause" and _is_of_planned_verb(items, start):
        return True
    if _is_aim(items, start) or _is_purpose(items, start) or _is_expected(items, start):
        return True
    if _is_on_its_way(items, match):
        return True
    if any("=to" in items[at].classes for at in _after_subject(items, match)):
        return True
    if match.found.end < len(items) and "future" in items[match.found.end].classes:
        return True  # “his visit to Rabat will …”
    if _is_awaited(items, match):
        return True
    return _is_programme(items, match) or _is_agreed(items, match) or _is_errand(items, match)


def _is_awaited(items: list[Item], match: Match) -> bool:
    """Whether a verb in the present is what something came before: “before Biden visits Riyadh”."""
    start, end = match.found.start, match.found.end
    before = any("=before" in item.classes for item in items[max(0, start - 2) : start])
    return before and any("present" in item.classes for item in items[start:end])


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


_GOALS = frozenset("placed place seat country byname region skip the poss a_word date".split())


def _after_subject(items: list[Item], match: Match) -> Iterator[int]:
    """The item after the subject that a match binds: “Merkel to host the summit” is a plan."""
    roles = match.found.roles
    for role in ("agent", "host"):
        if role in roles and roles[role][1] < match.found.end:
            after = roles[role][1]
            if after + 1 < len(items) and items[after + 1].classes.isdisjoint(_GOALS):
                yield after


_HEADLINES = 2  # the last sentence, by number, that can be a headline


def _is_on_its_way(items: list[Item], match: Match) -> bool:
    """Whether a report, not its headline, tells of an arrival as to come: «يصل الوزير اليوم»."""
    first = items[match.found.start].classes
    headline = match.sentence <= _HEADLINES and "break" in items[-1].classes
    headline |= match.sentence == 0 and _has_party(items[: match.found.start])
    return match.rule.target == "Visit" and "arriving" in first and not headline


def _has_party(items: list[Item]) -> bool:
    return any("party" in item.classes for item in items)


def _is_programme(items: list[Item], match: Match) -> bool:
    """Whether talks are what a visit is to bring: «وصل في زيارة يلتقي خلالها الرئيس»."""
    start, end = match.found.start, match.found.end
    told = items[max(0, start - 2) : end]
    during = any("during_it" in item.classes for item in told)
    return during and any("present" in item.classes for item in told)


_RESOLVES = frozenset({"agree", "decided_to"})


def _is_agreed(items: list[Item], match: Match) -> bool:
    """Whether missions are what states have agreed to open, not what they open."""
    if match.rule.target != "MissionChange":
        return False
    for index in range(match.found.start - 1, max(-1, match.found.start - _REACH), -1):
        if not items[index].classes.isdisjoint(CLAUSE_ENDS):
            return False
        if not items[index].classes.isdisjoint(_RESOLVES):
            return True
    return False


def _is_of_planned_verb(items: list[Item], start: int) -> bool:
    """Whether the verb before a noun tells a plan: «prévoit un dîner, puis un entretien avec …»."""
    for index in range(start - 1, max(-1, start - _REACH), -1):
        classes = items[index].classes
        if classes & {"planned", "future"} and "in" not in classes:
            return True
        if classes & {"barrier", "quote", "said"} or ("aux" in classes and "in" not in classes):
            return False
    return False


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


def _is_expected(items: list[Item], start: int) -> bool:
    """Whether a plan heads the clause: «من المنتظر أن يترأس الوزير … مراسم افتتاح»."""
    before = items[max(0, start - _REACH) : start]
    for index in range(len(before) - 1, 0, -1):
        if before[index].classes & {"barrier", "clause", "quote", "who", "cause"}:
            return False
        if "that" in before[index].classes:
            return "planned" in before[index - 1].classes
    return False


def _is_aim(items: list[Item], start: int) -> bool:
    """Whether talks are what somebody set out for: «غادر إلى باريس لعقد مباحثات مع نظيره»."""
    if not start or not {"hold", "of_prep"} <= items[start].classes | items[start - 1].classes:
        return False
    before = items[max(0, start - _REACH) : start - 1]
    return any("arrive" in item.classes for item in before)


def _is_purpose(items: list[Item], start: int) -> bool:
    """Whether the verb depends on a plan: “is due to fly to Cairo to meet …”."""
    before = items[max(0, start - 2 * _REACH) : start]
    if not before:
        return False
    of_verb = (
        "of_prep" in before[-1].classes and "refl" in items[start].classes
    )  # «de s'entretenir»
    if "to" not in before[-1].classes and not of_verb:
        return False
    return any(item.classes & {"planned", "future"} for item in before)
