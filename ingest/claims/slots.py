"""Slots of an event that stand around its words: date and certainty (places: `places`).

A slot is looked for inside the match, then to its right, then to its left, never past the end of
the clause: a barrier, a relative pronoun, the verb of another event.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from ingest.claims.allusions import (
    is_behind_visit,
    is_gone_before,
    is_in_fronted,
    is_of_text_signed,
    is_past_allusion,
    is_since_last,
    is_visit_over,
    own_pronoun,
)
from ingest.claims.clauses import outward, own_end, told_of
from ingest.claims.spans import WHOLE_DATE, is_before_plan
from ingest.claims.telling import (
    is_of_agreeing,
    is_of_announcing,
    is_of_founding,
    is_of_issue,
    is_of_occasion_before,
    is_of_past_plan,
    is_of_saying,
    is_of_telling,
    is_of_tour,
    is_planned_there,
    is_prepared,
    is_set_day,
)
from ingest.claims.ways import is_of_departure, is_of_journey, is_of_way_gone
from ingest.dates import Base, DateMention, DateSpec, Resolved, resolve
from ingest.engine import Match
from ingest.items import Item
from kg.model import Certainty, EventType

# What begins another event of the type: «زيارة فلان … بعد أشهر من زيارة …».
_OTHERS = {"Visit": frozenset({"visit"})}


@dataclass(frozen=True, slots=True)
class When:
    """A date worked out, with what it rests on."""

    date: str
    end: str | None
    basis: str | None


_TO_COME = frozenset({"planned", "future"})
_PLAN_REACH = 10  # items from the verb of a plan to its day


def _is_of_a_plan(
    items: list[Item], start: int, end: int, index: int, certainty: Certainty
) -> bool:
    """Whether the date of what has happened is of a thing to come.

    «اجتماعات … المقررة بعد غد» behind it, «تعتزم فتح قنصلية الخميس، بعد فتح سفارة» before it.
    """
    if certainty is not Certainty.HELD:
        return False
    if index >= start:
        return any("planned" in item.classes for item in items[end:index])
    told_after = any("after_it" in item.classes for item in items[index + 1 : start + 1])
    return told_after and any(
        not item.classes.isdisjoint(_TO_COME) for item in items[max(0, index - _PLAN_REACH) : index]
    )


_CLAUSE_REACH = 8  # items from an event to the verb that says when it began


def _begun(items: list[Item], start: int, end: int) -> list[int]:
    """The date at which what goes on began: «يواصل اليوم زيارته التي بدأها أمس»."""
    found = range(start, min(len(items) - 1, end + _CLAUSE_REACH))
    began = (index + 1 for index in found if "began_it" in items[index].classes)
    return [index for index in began if not is_of_tour(items, end, index)]


def _day_before(
    earlier: list[list[Item]], items: list[Item], index: int, published: str | None, direction: str
) -> str | None:
    """The last day told before an item, from which “the same day” and “a day later” count."""
    near = _is_same_day(items[index])
    for item in reversed([*chain.from_iterable(earlier), *items[:index]]):
        if isinstance(item.payload, DateMention):
            resolved = resolve(item.payload.spec, published, None, direction)  # type: ignore[arg-type]
            if resolved is not None and len(resolved.date) == WHOLE_DATE:
                held = not near or _is_of_these_days(resolved.date, published)
                return resolved.date if held else None
    return None


def _is_same_day(item: Item) -> bool:
    payload = item.payload
    relative = payload.spec.relative if isinstance(payload, DateMention) else None
    return relative is None or relative.offset == 0


_THESE_DAYS = 60  # days back; “the same day” behind an older one may be that of the report


def _is_of_these_days(day: str, published: str | None) -> bool:
    if published is None:
        return True
    gone = date.fromisoformat(published[:WHOLE_DATE]) - date.fromisoformat(day)
    return gone.days <= _THESE_DAYS


def date_of(
    items: list[Item],
    match: Match,
    published: str | None,
    anchor: str | None,
    certainty: Certainty,
    earlier: list[list[Item]],
) -> When | None:
    """The date of an event, or None: never a guess; `earlier` are the sentences before."""
    if not any(isinstance(item.payload, DateMention) for item in items):
        return None
    start, end = match.found.start, own_end(items, match)
    dated = range(*match.found.roles.get("date", (0, 0)))
    begun = [at for at in _begun(items, start, end) if not is_of_founding(items, at)]
    gone_before = is_gone_before(items, match) or is_visit_over(items, match)
    bound = [at for at in dated if not _is_last_day(items, at) and not is_of_founding(items, at)]
    bound = [] if is_planned_there(items, match) else bound
    indexes = bound or [
        *begun,
        *outward(items, start, end, _OTHERS.get(match.rule.target, frozenset())),
        *told_of(items, start, "when_clause"),
    ]
    for index in indexes:
        payload = items[index].payload
        if not isinstance(payload, DateMention):
            continue
        own = bound or index in begun
        if not own and _is_of_another(items, match, index, certainty):
            continue
        ahead = certainty is Certainty.PLANNED
        telling = ahead and is_of_telling(items, match, index, payload.spec)
        if telling or index < _since(match):  # the day of the invitation
            continue
        planned = ahead and is_before_plan(items, index, start)
        denied = certainty is Certainty.DENIED
        if index < start and (planned or denied or (gone_before and not bound)):
            continue  # the day of the denial, or of what came before the plan or after the event
        direction = "future" if ahead and not is_of_way_gone(items[:start], index) else "past"
        told = anchor
        if told is None and payload.spec.relative and payload.spec.relative.base is Base.ANCHOR:
            told = _day_before(earlier, items, index, published, direction)
        open_ = match.rule.options.get("told") == "open"  # no verb says whether it is to come
        open_ = open_ or (ahead and is_of_past_plan(items, start, end))
        open_ = open_ or (certainty is Certainty.CANCELLED and is_set_day(items, index))
        resolved = _day_of(payload.spec, published, told, None if open_ else direction)
        at = match.found.roles.get("thing", (start, start))[0]
        before = ahead and index < at and published is not None
        if before and resolved and is_of_departure(items[:at], index, resolved, published):
            continue
        if resolved is not None and _is_of_matter(items, index, resolved, certainty):
            continue
        if resolved is not None and _is_too_long(match, resolved, index, published, certainty):
            continue
        if resolved is not None:
            year = len(resolved.date) == len("2000")  # «du 22 au 28 octobre … Morjane 2017»
            after = [at for at in indexes if at > index or (year and not ahead)]
            finer = _finer(items, after, resolved.date, published)
            return finer or _when(payload, _without_next(resolved, certainty))
    return None


def _when(payload: DateMention, resolved: Resolved) -> When:
    basis = f"{payload.text}: {resolved.basis}" if resolved.inferred else None
    return When(resolved.date, resolved.end, basis)


_CALLED_OFF = 14  # days: what is called off is no longer than that, the next day set is later


def _without_next(day: Resolved, certainty: Certainty) -> Resolved:
    """The day of what is called off without the next one: “from Monday to March 10”."""
    if certainty is not Certainty.CANCELLED or not day.end:
        return day
    if len(day.end) == len(day.date) == WHOLE_DATE:
        stay = date.fromisoformat(day.end) - date.fromisoformat(day.date)
        if stay.days <= _CALLED_OFF:
            return day
    return replace(day, end=None)


def _finer(items: list[Item], indexes: list[int], told: str, published: str | None) -> When | None:
    """A day told beside its month: «تحتضن هذا الشهر مناورات … من 20 يونيو إلى 1 يوليوز»."""
    if len(told) >= WHOLE_DATE:
        return None
    for index in indexes:
        payload = items[index].payload
        if isinstance(payload, DateMention):
            resolved = resolve(payload.spec, published, told, None)
            if resolved and len(resolved.date) == WHOLE_DATE and resolved.date.startswith(told):
                return _when(payload, resolved)
    return None


def _is_after(items: list[Item], match: Match, index: int) -> bool:
    """Whether a date is that of what the event came after."""
    start, end = match.found.start, match.found.end
    inside = any("following" in item.classes for item in items[start + 1 : min(end, index) - 1])
    return inside or any("after_it" in item.classes for item in items[end:index])


def _is_of_hours(match: Match) -> bool:
    """Whether what is told takes no days: talks, a call, a signing at the end of a session."""
    return match.rule.target in (EventType.MEETING, EventType.PHONE_CALL, EventType.SIGNING)


def _is_too_long(
    match: Match, told: Resolved, index: int, published: str | None, certainty: Certainty
) -> bool:
    """Whether a span or year is not that of talks or a signing, which take no days.

    «زار المغرب يومي الاثنين والثلاثاء واستقبله الوزير», “signed a plan for 2031”.
    """
    stay = bool(told.end) and index < match.found.start
    year = published is not None and len(told.date) == len("2000") and told.date > published[:4]
    return _is_of_hours(match) and (stay or (year and certainty is Certainty.HELD))


def _is_last_day(items: list[Item], index: int) -> bool:
    """Whether a date is that up to which something goes on: «تتواصل إلى غاية 23 ماي»."""
    return bool(index) and "until" in items[index - 1].classes


def _since(match: Match) -> int:
    """From where on days are those of what is told: of a visit, behind the word of inviting.

    Of a tour told beside talks, from its own words on: “a tour that has taken him to Oslo”.
    """
    told = match.rule.options.get("told")
    if match.rule.target == EventType.VISIT and told == "clause":
        return match.found.start
    return match.found.roles.get("dest", (0, 0))[0] if told == "invited" else 0


def _is_whose(items: list[Item], index: int) -> bool:
    """Whether a day is that of what is spoken of: “condemned Sunday's attack”."""
    return index + 1 < len(items) and "genitive" in items[index + 1].classes


def _is_bare_year(item: Item) -> bool:
    """Whether a date tells a year and no more."""
    spec = item.payload.spec if isinstance(item.payload, DateMention) else None
    if spec is None or spec.year is None or spec.end is not None:
        return False
    return spec.month is None and spec.day is None and spec.relative is None


def _is_of_another(items: list[Item], match: Match, index: int, certainty: Certainty) -> bool:
    """Whether a date is of something told before, or of something still to come."""
    lasting = match.rule.target == EventType.RELATIONS_CHANGE
    own = own_pronoun(items, match, index)
    start, end = match.found.start, match.found.end
    if match.rule.target == EventType.STATEMENT and (
        _is_whose(items, index) or (index > start and _is_bare_year(items[index]))
    ):
        return True  # “the plan presented in 2007”: it dates what is spoken of
    planned = certainty is Certainty.PLANNED
    if planned and (
        is_of_saying(items[:start], index)
        or is_of_agreeing(items, index)
        or is_of_announcing(items, match, index)
    ):
        return True
    if is_of_journey(items, match, index) or (index < start and is_prepared(items, match)):
        return True
    outside = not start <= index < match.found.end
    begun = match.rule.target == EventType.CONFERENCE and is_of_founding(items, index)
    if begun or (is_planned_there(items, match) and not is_set_day(items, index)):
        return True
    if match.rule.target in _HELD_SOMEWHERE and outside and is_of_issue(items, index):
        return True
    if planned and is_of_occasion_before(items, index, start):
        return True
    if is_of_tour(items, end, index) or is_behind_visit(items, index, start):
        return True
    if _is_after(items, match, index) or is_of_text_signed(items, match, index):
        return True  # «عودة السفير، بعد استدعائه في أكتوبر»
    return (
        is_past_allusion(items, index, lasting, own, start)
        or is_since_last(items, match, index)
        or is_in_fronted(items, index, start)
        or _is_of_a_plan(items, start, end, index, certainty)
    )


def _is_of_matter(items: list[Item], index: int, resolved: Resolved, certainty: Certainty) -> bool:
    """Whether years are those of a plan, or that for which somebody acts.

    “an Action Plan for 2017-2019”, « président de l'UA pour l'année 2020 »
    """
    if len(resolved.date) != len("2000"):
        return False
    held = certainty is Certainty.HELD and index > 0
    return bool(resolved.end) or (held and "for_year" in items[index - 1].classes)


# What takes place by itself; acts of states are done by the statement that tells them.
_HELD_SOMEWHERE = (
    EventType.MEETING,
    EventType.PHONE_CALL,
    EventType.VISIT,
    EventType.CONFERENCE,
    EventType.EXERCISE,
    EventType.SIGNING,
)


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


_LONGEST_STAY = 45  # days: what is told as lasting longer is no single event


def _stay(day: DateMention, begun: str) -> str | None:
    """The last day of a span that begins on the day told: «انطلقت اليوم … من 12 إلى 23 ماي»."""
    told = resolve(day.spec, begun, begun, None)
    return told.end if told is not None and told.date == begun else None


def end_of(items: list[Item], match: Match, begun: str, published: str | None) -> str | None:
    """The day up to which what began on a day goes on: «اليوم … إلى غاية 23 من الشهر نفسه»."""
    for index in range(match.found.start, len(items) - 1):
        day = items[index + 1].payload
        if isinstance(day, DateMention) and day.spec.end and (last := _stay(day, begun)):
            return last
        if "until" not in items[index].classes or not isinstance(day, DateMention):
            continue
        ended = resolve(day.spec, published, begun, None)
        if ended is None or len(ended.date) != WHOLE_DATE:
            return None
        stay = date.fromisoformat(ended.date) - date.fromisoformat(begun)
        return ended.date if 0 < stay.days <= _LONGEST_STAY else None
    return None
