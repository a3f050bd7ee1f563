"""What a text tells as to come: by a day after its own, or by a promise in the present tense."""

from __future__ import annotations

from datetime import date

from ingest.claims.clauses import CLAUSE_ENDS, TURNS, outward
from ingest.claims.spans import WHOLE_DATE
from ingest.dates import Base, DateMention, DateSpec
from ingest.engine import Match
from ingest.items import Item


def is_ahead(items: list[Item], match: Match) -> bool:
    """Whether an event is told for a day after that of the text, whichever that is: «غدا»."""
    for index in outward(items, match.found.start, match.found.end, frozenset()):
        payload = items[index].payload
        if isinstance(payload, DateMention):
            relative = payload.spec.relative
            if relative is None:
                return (payload.spec.shift or 0) > 0
            return relative.offset > 0 and relative.base is not Base.ANCHOR
    return False


_NOW_REACH = 8  # items from a verb in the present to the day of what it promises
_BY_SUBJECT = frozenset(
    {"person", "who", "subject_pronoun", "refl", "organization", "pronoun", "country", "seat"}
)


def is_promised(items: list[Item], match: Match, published: str | None) -> bool:
    """Whether a present tense with a weekday other than the report's tells what is to come.

    « Le ministre se rend vendredi au Liban », «يختتم الوزير جولته الأربعاء بزيارة الجزائر»; with
    the day of the report it is under way.
    """
    start, end = match.found.start, match.found.end
    verb = next((at for at in range(start, end) if "tells_now" in items[at].classes), None)
    if verb is None or not _has_subject(items, verb, match.rule.language):
        return False
    for item in items[verb + 1 : min(end + 2, verb + 1 + _NOW_REACH)]:
        if isinstance(item.payload, DateMention):
            return _is_other_weekday(item.payload.spec, published)
        if not item.classes.isdisjoint(CLAUSE_ENDS | TURNS):
            break
    return False


def _has_subject(items: list[Item], verb: int, language: str) -> bool:
    """Whether a party stands where the subject of a verb does: in Arabic behind it."""
    subject = verb - 2 if verb and "comma" in items[verb - 1].classes else verb - 1
    if language == "ar":
        subject = verb + 1
    return 0 <= subject < len(items) and not items[subject].classes.isdisjoint(_BY_SUBJECT)


def _is_other_weekday(spec: DateSpec, published: str | None) -> bool:
    """Whether a date is a weekday alone that is not that of publication, nor the day before."""
    if spec.weekday is None or spec.month or spec.day or spec.end or (spec.shift or 0) < 0:
        return False
    if published is None or len(published) < WHOLE_DATE:
        return spec.shift is None
    today = date.fromisoformat(published[:10]).weekday()
    return (today - spec.weekday) % 7 > 1


_OPENING = 8  # items from talks to the comma that parts them from the verb of the clause


def opens_plan(items: list[Item], match: Match) -> bool:
    """Whether talks open the clause of a verb to come: «في لقائه مع الرئيس، سيبحث …»."""
    start, end = match.found.start, match.found.end
    if not any(item.classes & {"in", "at_event"} for item in items[max(0, start - 1) : start + 1]):
        return False
    for at in range(end, min(end + _OPENING, len(items))):
        if not items[at].classes.isdisjoint({"barrier", "said", "that", "who"}):
            return False
        if "comma" in items[at].classes:
            return any("future" in item.classes for item in items[at + 1 : at + 2])
    return False


def is_put_off_behind(items: list[Item], end: int) -> bool:
    """Whether the verb behind puts an event off: “his visit will …”, «اللقاء بين الوزيرين سيكون».

    What goes on has begun: «زيارته للمغرب ستتواصل إلى غاية الأربعاء».
    """
    behind = items[end : end + 2]
    if not behind or any("goes_on" in item.classes for item in behind):
        return False
    return not behind[0].classes.isdisjoint({"future", "will_be"})


_VERB_REACH = 3  # items at the head of a match among which its verb is
_ITEM_BESIDE = 2  # items between the word that opens a programme and its verb


def is_further_item(items: list[Item], start: int) -> bool:
    """Whether talks follow another item of a programme: «يلتقي خلالها الرئيس، ويتباحث مع …»."""
    verbs = range(max(start, 1), min(start + _VERB_REACH, len(items)))  # «مع فلان ويوقع …»
    joined = (at for at in verbs if "present" in items[at].classes)
    if not any(items[at - 1].classes & {"and", "also"} for at in joined):
        return False
    opening = {"during_it", "where_then"}
    return any(
        not items[at].classes.isdisjoint(opening)
        and any(
            "present" in i.classes for i in items[max(0, at - _ITEM_BESIDE) : at + _ITEM_BESIDE]
        )
        for at in range(start - 1)
    )
