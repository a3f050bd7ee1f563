"""The clause around an event's words: how far its day may stand from them."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.engine import Match
from ingest.items import Item
from kg.model import EventType

SESSIONS = (EventType.CONFERENCE, EventType.EXERCISE)
RESOLVES = frozenset({"agree", "decided_to"})  # verbs behind which stands what is to come
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


def _past_saying(items: list[Item], start: int, end: int) -> int:
    """Where a match goes on behind “announced on Monday that he”: that day is of the saying."""
    for index in range(end - 1, start, -1):
        if "that" in items[index].classes and "visit" not in items[start].classes:
            return index
    return start


def outward(items: list[Item], start: int, end: int, other: frozenset[str]) -> Iterator[int]:
    """Indexes of the items inside a span, then right of it, then left of it, within the clause.

    Words of the classes `other` begin something else of the same type.
    """
    yield from range(_past_saying(items, start, end), end)
    own = _own_visit(items, end) if other else None
    own = _own_verb(items, start, end) if own is None else own
    for index in range(end, min(len(items), end + _REACH)):
        classes = items[index].classes
        if index == own:
            continue
        if not classes.isdisjoint(_ENDS_RIGHT) or not classes.isdisjoint(other):
            break
        if "comma" in classes and (
            _opens_main_clause(items, index, start) or _turns_to_day(items, index)
        ):
            break
        if "and" in classes and _opens_dated_clause(items, index):
            break
        yield index
    if (
        is_relative(items, start, end)
        or _is_margin(items, start)
        or "following" in items[start].classes  # «حل بالمغرب عقب مشاركته في قمة»
        or "past_turn" in items[start].classes  # “was received on Sunday, after talks with”
        or _has_own_subject(items, start)
    ):
        return
    for index in range(start - 1, max(-1, start - 1 - _REACH), -1):
        if not items[index].classes.isdisjoint(_ENDS_LEFT) or _ends_aside(items, index):
            break
        yield index


_SUBJECTS = frozenset({"comma", "subject_pronoun", "pronoun", "person", "the", "anaphor_pair"})


def _opens_dated_clause(items: list[Item], index: int) -> bool:
    """Whether “and” begins a clause of its own with its day: “…, and in May 2019 she left”."""
    behind = items[index + 1 : index + 4]
    return (
        len(behind) > 2
        and not behind[0].classes.isdisjoint({"in", "on", "at_city"})
        and "date" in behind[1].classes
        and not behind[2].classes.isdisjoint(_SUBJECTS)
    )


_OWN_REACH = 7  # items from a place to the noun of the journey there
_LINKS = frozenset({"in", "to", "thing_tail", "a_word"})
_OF_ANOTHER = (
    CLAUSE_ENDS
    | TURNS
    | frozenset("past_turn after_it at_event comma and said that the poss person group".split())
)


def _own_visit(items: list[Item], end: int) -> int | None:
    """The noun of the journey just told: “arrived in Doha on a two-day visit on Sunday”."""
    linked = False
    for index in range(end, min(len(items), end + _OWN_REACH)):
        classes = items[index].classes
        if not classes.isdisjoint(_OF_ANOTHER):
            return None
        if linked and "visit" in classes:
            behind = items[index + 1 : index + 2]
            return None if behind and "person" in behind[0].classes else index
        if not linked and "date" not in classes:
            linked = not classes.isdisjoint(_LINKS)
            if not linked:
                return None
    return None


_PRONOUN_REACH = 3  # items from a session to the pronoun of the clause about it
_HELD = frozenset({"organise", "took_place", "conf_held", "hold", "sees", "conference_verb"})


def own_end(items: list[Item], match: Match) -> int:
    """Where a match ends, of a session with the clause that says who holds it, or when.

    «مناورات الأسد الإفريقي 2022، التي تنظمها القوات …، من 20 يونيو إلى 1 يوليوز بأكادير»
    """
    end = match.found.end
    if match.rule.target == EventType.RELATIONS_CHANGE:
        return _behind_recall(items, end)
    if match.rule.target not in SESSIONS:
        return end
    for index in range(end, min(len(items) - 1, end + _PRONOUN_REACH)):
        if not items[index].classes.isdisjoint(CLAUSE_ENDS):
            break
        if "who" in items[index].classes:
            verb = items[index + 1 : index + 3]  # «ستنظمها» are two units
            return index + 2 if any(item.classes & _HELD for item in verb) else end
    return end


def _behind_recall(items: list[Item], end: int) -> int:
    """Past the envoys recalled with a break: «خفض مستوى العلاقات وسحب السفراء، في نوفمبر»."""
    told = items[end : end + 3]
    joined = len(told) > 2 and "and" in told[0].classes and "recall" in told[1].classes
    return end + 3 if joined and "barrier" not in told[2].classes else end


_VERB_REACH = 3  # items from a noun to the verb that says that it took place


def _own_verb(items: list[Item], start: int, end: int) -> int | None:
    """Where the verb of a noun stands, if not in the match: “talks between A and B were held”."""
    if any(not item.classes.isdisjoint(TRIGGERS) for item in items[start:end]):
        return None
    for index in range(end, min(len(items), end + _VERB_REACH)):
        if not items[index].classes.isdisjoint({"took_place", "comma"}):
            return None if "comma" in items[index].classes else index
    return None


_SUBJECT = 3  # items from whom a relative clause is about to its pronoun


def is_relative(items: list[Item], start: int, end: int) -> bool:
    """Whether words are a person and a clause about it: what stands before is of the main one.

    So is a participle behind a comma: « a reçu hier son homologue, A, arrivé à Tunis pour … ».
    """
    if "visit" in items[start].classes:  # « dans le cadre de la visite qu'il effectue à »
        return any("subject_pronoun" in item.classes for item in items[start:end])
    if "person" not in items[start].classes:
        return False
    behind = items[start + 1 : min(end, start + _SUBJECT)]
    if len(behind) > 1 and "comma" in behind[0].classes and "arrived" in behind[1].classes:
        return True
    return any("who" in item.classes for item in behind)


_ON_MARGIN = frozenset({"margin", "preparation"})


def _is_margin(items: list[Item], start: int) -> bool:
    """Whether words are of what something prepares or is on the margin of: its day is its own."""
    return any(item.classes & _ON_MARGIN for item in items[max(0, start - 2) : start + 1]) or any(
        "preparation" in item.classes for item in items[max(0, start - 3) : start]
    )


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


def _turns_to_day(items: list[Item], comma: int) -> bool:
    """Whether a day heads what is told next: «التقاه في مكة، وفي يوليو 2023، أعلن البلدان …»."""
    told = items[comma + 1 : comma + 4]
    joined = len(told) == 3 and told[0].first < told[1].first and "and" in told[0].classes
    return joined and "in" in told[1].classes and "date" in told[2].classes


_JOINS = frozenset({"and", "further"})
_ACTS = TRIGGERS | {"decide"}
_NAMES = frozenset({"person", "country", "organization", "seat"})


def _has_own_subject(items: list[Item], start: int) -> bool:
    """Whether a clause joined by “and” names who acts: «… اليوم، وقررت الخرطوم …»."""
    if start < 2 or start + 1 >= len(items) or "comma" not in items[start - 2].classes:
        return False
    joined = not items[start - 1].classes.isdisjoint(_JOINS)
    acts = not items[start].classes.isdisjoint(_ACTS)
    return joined and acts and not items[start + 1].classes.isdisjoint(_NAMES)


_ASIDE_REACH = 14  # items from “after” or “arrived” to the comma that ends its clause
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
        if "arrive" in classes and "comma" in items[index - 1].classes:
            return True  # « M. X, arrivé mardi à Alger pour deux jours, a été reçu »
        told = told or not classes.isdisjoint(_TOLD)
    return False


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


def pronoun_of_noun(items: list[Item], start: int, index: int) -> int:
    """The relative pronoun of the noun with which a match begins: «اللقاء الذي جمع اليوم …»."""
    for at in range(start + 1, min(index, start + _SUBJECT + 1)):
        if "who" in items[at].classes:
            noun = items[start].classes | items[at - 1].classes
            return start if noun.isdisjoint(_TOLD) else at
    return start
