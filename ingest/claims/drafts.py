"""Drafts: what matches say, parties resolved to entities, before one happening is one event."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as day_of

from ingest.claims.reference import References
from ingest.claims.rows import acting, arrived, is_subject, listed
from ingest.claims.spans import WHOLE_DATE
from ingest.claims.things import Ref
from ingest.engine import Match
from ingest.items import Item, PersonMention
from kg.model import Certainty, EventType, Role

# role in a rule → role in the graph, by event type; `*` for any other type
_ROLES: dict[str, dict[str, Role]] = {
    "*": dict.fromkeys(("agent", "chair", "other", "parties", "also"), Role.PARTICIPANT)
    | {"host": Role.HOST},
    "PhoneCall": {
        "caller": Role.CALLER,
        "agent": Role.PARTICIPANT,
        "other": Role.PARTICIPANT,
        "parties": Role.PARTICIPANT,
    },
    "Visit": {"agent": Role.VISITOR, "also": Role.VISITOR, "host": Role.HOST},
    "Signing": dict.fromkeys(("agent", "other", "parties"), Role.SIGNATORY),
    "Recognition": {"agent": Role.RECOGNISER, "other": Role.RECOGNISED},
    "MissionChange": {"agent": Role.OWNER, "other": Role.HOST, "also": Role.PARTICIPANT},
    "Appointment": {
        "appointee": Role.APPOINTEE,
        "appointer": Role.APPOINTER,
        "other": Role.PARTICIPANT,
    },
    "Statement": {"agent": Role.SPEAKER, "target": Role.ADDRESSEE},
}
_MOST_OF_THEM = 3  # persons named before a pronoun of several
_CLAUSE = 14  # items from «الذي» to a later verb of its clause
_SPEAKERS = 3  # sentences back to one that names a person who acts
_STATES_TOLD = frozenset({"country", "seat", "byname", "placed"})
_ROW = frozenset({"and", "comma", "the"})
# What a land stands behind as a goal; behind “of” too it only ends what stands before it.
TOWARDS = frozenset({"to", "in", "from", "visit_verb", "visit_plain"})
_ENDS_IN_LAND = TOWARDS | {"of_prep"}
_REACH = 3  # a subject this near before the match is the subject of its verb


@dataclass(slots=True)
class Draft:
    """An event as one match states it; `parties` in order, by entity key."""

    type: EventType
    match: Match
    parties: list[tuple[Ref, Role]]
    certainty: Certainty
    date: str | None = None
    end_date: str | None = None
    date_basis: str | None = None
    place: str | None = None
    place_basis: str | None = None
    about: list[str] = field(default_factory=list)
    edition: int | None = None
    change: str | None = None
    matches: list[Match] = field(default_factory=list)
    topics: set[str] = field(default_factory=set)
    cities: dict[str, str] = field(default_factory=dict)  # where a tour stops in each state

    def infer_place(self, place: str | None, basis: str) -> None:
        """Take a place that is told of something else, if there is one, and say of what."""
        if place is not None:
            self.place, self.place_basis = place, basis

    def is_dated_like(self, other: Draft) -> bool:
        """Whether two drafts have their dates from the same words of one sentence."""
        words = [(each.date_basis or "").partition(":")[0] for each in (self, other)]
        return self.match.sentence == other.match.sentence and "" != words[0] == words[1]

    def is_told_ahead(self) -> bool:
        """Whether it is told only as what somebody sets out for: it may be held meanwhile."""
        told = (match.rule.options.get("told") for match in (self.match, *self.matches))
        return all(how == "ahead" for how in told)

    def settle_ahead(self, published: str | None) -> None:
        """What is told as held on a day behind that of publication is planned."""
        if published and self.certainty is Certainty.HELD and (self.date or "") > published:
            self.certainty = Certainty.PLANNED

    def settle_begun(self, published: str | None) -> None:
        """A session for which somebody set out is held if it began before the publication."""
        session = self.type is EventType.CONFERENCE and self.certainty is Certainty.PLANNED
        whole = len(self.date or "") == WHOLE_DATE and published is not None
        if self._is_purpose_of_old(published):
            self.certainty = Certainty.HELD
        if whole and session and (self.date or "") < (published or ""):
            self.certainty = Certainty.HELD

    def _is_purpose_of_old(self, published: str | None) -> bool:
        """Whether talks are what a journey of another year was for: «زارها عام 2012 للقاء …»."""
        aimed = self.type is EventType.MEETING and self.match.rule.certainty is Certainty.PLANNED
        planned = aimed and self.certainty is Certainty.PLANNED and published is not None
        return planned and bool(self.date) and (self.date or "")[:4] < (published or "")[:4]

    def party_keys(self, role: Role | None = None) -> set[str]:
        """The entity keys of all parties, or of those in a role."""
        return {ref.key for ref, held in self.parties if role in (None, held)}


def governs(verb: Match, noun: Match) -> bool:
    """Whether a visit's verb says of its noun what is to come: «يشرع في زيارة إلى تونس»."""
    start, first = verb.found.start, noun.found.start
    same = verb.sentence == noun.sentence and verb.rule.target == EventType.VISIT
    return same and start < first < verb.found.end


_LONGEST = 90  # days from the first of an exercise to its last


def begins(ended: Draft, begun: Draft) -> bool:
    """Whether one tells only the last day of an exercise, the other a day on which it began."""
    last, first = ended.date, begun.date
    told = ended.type is EventType.EXERCISE and last == ended.end_date and first is not None
    if not told or last is None or len(last) != WHOLE_DATE or len(first or "") < len("2000-01"):
        return False
    days = (day_of.fromisoformat(last) - day_of.fromisoformat(f"{first}-01"[:WHOLE_DATE])).days
    return 0 < days <= _LONGEST


def roles_of(event: str) -> dict[str, Role]:
    """Which role in the graph a role of a rule becomes."""
    return _ROLES.get(event, _ROLES["*"])


def refs_in(
    references: References, sentence: int, items: list[Item], span: tuple[int, int]
) -> list[Ref]:
    """The parties that a bound span names, in order."""
    found: list[Ref] = []
    span = without_owner(items, span)
    leaders = any("leaders" in item.classes for item in items[span[0] : span[1]])
    nations = all(
        item.classes & {"nat", "and", "comma", "dash"} for item in items[span[0] : span[1]]
    )
    for index in range(*span):
        item = items[index]
        group = items[max(0, index - 2) : index]
        if "anaphor_pair" in item.classes and any("group" in each.classes for each in group):
            continue  # «وزيرا خارجية البلدين» are two ministers, not two states besides
        if _is_second_title(items, index, span) or _is_told_of_person(items, index, span):
            continue
        refs = references.of(sentence, index)
        if not refs and "nat" in item.classes and (leaders or nations):
            state = references.state(item)
            refs = (Ref(state),) if state else ()
        found += [ref for ref in refs if ref not in found and not ref.key.startswith("place/")]
    return found


def _is_told_of_person(items: list[Item], index: int, span: tuple[int, int]) -> bool:
    """Whether a land or body in a row of persons only says whose one of them is.

    “du Niger, Mahamadou Issoufou, et du Mali, …”, “the inspector of the armed forces (FAR)”.
    """
    if index == span[0] or items[index].classes.isdisjoint({"country", "organization"}):
        return False
    before = items[index - 1].classes
    if "open" in before:
        return "person" in items[span[0]].classes and "organization" in items[index].classes
    behind = items[index + 1 : min(index + 3, span[1])]
    owned = "of_prep" in before and len(behind) > 1 and "comma" in behind[0].classes
    return owned and "named" in behind[1].classes


def _is_second_title(items: list[Item], index: int, span: tuple[int, int]) -> bool:
    """Whether an office without a name only tells more of who stands before the comma.

    «استقبل مساعد وزير الخارجية، المدير العام للشؤون الأفريقية»: no list, for no “and” joins it.
    """
    if index - 2 < span[0] or "comma" not in items[index - 1].classes:
        return False
    told, before = items[index].payload, items[index - 2].payload
    joined = any("and" in items[at].classes for at in range(*span))
    return (
        not joined
        and isinstance(before, PersonMention)
        and isinstance(told, PersonMention)
        and told.name is None
        and not told.counterpart
    )


def without_owner(items: list[Item], span: tuple[int, int]) -> tuple[int, int]:
    """A list without the states that only end what stands before it.

    “The leaders of Libya, A and B”; “on his visit to Libya, A and B”; “in Iran and Yemen, and A”.
    """
    start, end = span
    behind = start
    while behind < end and not items[behind].classes.isdisjoint(_STATES_TOLD):
        behind += 1
        while behind < end and not items[behind].classes.isdisjoint(_ROW):
            behind += 1
    states = sum(not items[at].classes.isdisjoint(_STATES_TOLD) for at in range(start, behind))
    apart = any("comma" in item.classes for item in items[max(start, behind - 3) : behind])
    if not states or not apart or behind >= end or "person" not in items[behind].classes:
        return span
    before = [items[at].classes for at in range(max(0, start - 2), start)]
    before = before[:-1] if before and "the" in before[-1] else before[-1:]
    led = any(not classes.isdisjoint(_ENDS_IN_LAND) for classes in before)
    listed = (
        states > 1
        and "and" in items[behind - 1].classes
        and "comma" in (before or [frozenset()])[-1]
    )
    return (behind, end) if led or listed else span


def _is_led_by(items: list[Item], index: int) -> bool:
    """Whether a person is only the one who directs: «بتوجيهات الرئيس أ، والأمير ب، قام …»."""
    for at in range(index - 1, max(-1, index - 8), -1):
        if "led_by" in items[at].classes:
            return True
        if not items[at].classes & {"honorific", "and", "comma", "person", "of_prep"}:
            return False
    return False


def _joined(items: list[Item], index: int, start: int) -> bool:
    """Whether a new clause begins before the verb: its subject is that of the verb before."""
    between = items[index + 1 : start]
    fresh = any(item.classes & {"and", "also", "clause"} for item in between)
    comma = any("comma" in item.classes for item in between)
    return fresh or (comma and not any("who" in item.classes for item in between))


_UPON = 5  # items from who spoke to what had been done: “A after paying a call on …”


def _caller(items: list[Item], persons: list[int], start: int) -> int | None:
    """Who called, where the verb goes on with the call: «تلقى اتصالا من فلان، هنأه خلاله»."""
    if not persons or start - persons[-1] > 2 or "comma" not in items[start - 1].classes:
        return None
    before = items[: persons[-1]]
    while before and "honorific" in before[-1].classes:
        before = before[:-1]
    called = any("get_call" in item.classes for item in before)
    return persons[-1] if called and "from" in before[-1].classes else None


def _doer(items: list[Item], persons: list[int], start: int) -> int | None:
    """Who spoke upon doing it: “This was said by the minister after paying a call on …”."""
    if not persons or start - persons[-1] > _UPON:
        return None
    upon = items[persons[-1] + 1].classes if persons[-1] + 1 < start else frozenset()
    by = any("by" in item.classes for item in items[max(0, persons[-1] - 1) : persons[-1]])
    return persons[-1] if by and "at_event" in upon else None


def elided(
    references: References,
    sentence: int,
    items: list[Item],
    start: int,
    latest: list[Ref],
    near: bool = True,
) -> list[Ref]:
    """The subject that a verb leaves out: just before it (if `near`), the first, or the last."""
    persons = [
        index
        for index in range(start)
        if items[index].classes & {"person", "group", "anaphor_pair", "anaphor_person"}
        and references.of(sentence, index)
    ]
    if near and persons and (row := acting(references, sentence, items, persons[-1])):
        return row
    subjects = [
        index for index in persons if is_subject(items, index) and not _is_led_by(items, index)
    ]
    close = [
        index for index in subjects if start - index <= _REACH and not _joined(items, index, start)
    ]
    pronouns = [index for index in range(start) if "subject_pronoun" in items[index].classes]
    if latest and pronouns and not close and (not subjects or pronouns[0] < subjects[0]):
        return (_subject_before(references, sentence) if pronouns[0] == 0 else []) or latest
    guest = _antecedent(items, persons, start)
    if guest is None:
        guest = arrived(items, persons, start)
    if guest is None:
        guest = _caller(items, persons, start)
    if guest is None:
        guest = _doer(items, persons, start)
    if guest is not None and not close:
        return list(references.of(sentence, guest))
    told = max((i for i in range(start) if "that" in items[i].classes), default=start)
    inner = [index for index in subjects if index > told]  # «أعلن فلان أن الوزير … وصل»
    others = () if latest else persons[:1]  # «مع فلان» is no subject while another is known
    for index in (*(close[-1:] if near else ()), *inner[:1], *subjects[:1], *others):
        return listed(references, sentence, items, index)
    if not latest or (items and "came_this" in items[0].classes):
        return _speaker_before(references, sentence) or latest
    return latest


def elided_again(
    before: tuple[Match, list[Ref]] | None, match: Match, items: list[Item]
) -> list[Ref]:
    """Who is left out again: «وقد التقى رئيس الحكومة، كما اجتمع مع …» is of one person."""
    if before is None or before[0].sentence != match.sentence:
        return []
    start, told = match.found.start, before[0].found.end
    joined = any(item.classes & {"and", "also"} for item in items[max(0, start - 1) : start + 1])
    between = any("person" in item.classes for item in items[told:start])
    return before[1] if joined and told <= start and not between else []


def named_before(references: References, sentence: int, items: list[Item], start: int) -> list[Ref]:
    """The last persons named before “them”: two of «هما», three at most of «هم»."""
    most = 2 if "both_of_them" in items[start].classes else _MOST_OF_THEM
    named = [i for i in range(start) if "named" in items[i].classes]
    found = [ref for index in named[-most:] for ref in references.of(sentence, index)]
    return found if len(found) > 1 else []


def _antecedent(items: list[Item], persons: list[int], start: int) -> int | None:
    """Of whom a relative clause tells, whatever it tells: «فلانا، الذي وصل بعد زيارة لقطر»."""
    head = start if start < len(items) and "who" in items[start].classes else start - 1
    for index in range(head, max(0, start - _CLAUSE), -1):
        classes = items[index].classes
        if "who" in classes:
            reach = _CLAUSE if index == head else _REACH  # «فلانا، رئيس هيئة …، الذي وصل»
            before = [person for person in persons if 0 < index - person <= reach]
            return before[-1] if before else None
        if classes & {"and", "also", "clause", "barrier", "that", "said", "person"}:
            return None
    return None


def _subject_before(references: References, sentence: int) -> list[Ref]:
    """The subject of the sentence before, which “he” at the head of one takes up."""
    items = references.sentences[sentence - 1] if sentence else []
    for index, item in enumerate(items):
        if item.classes & {"person", "anaphor_person"} and is_subject(items, index):
            return list(references.of(sentence - 1, index))
    return []


def _speaker_before(references: References, sentence: int) -> list[Ref]:
    """Who spoke in the sentence before: «جاء ذلك خلال استقباله …» is about its first person."""
    for before in range(sentence - 1, max(-1, sentence - 1 - _SPEAKERS), -1):
        items = references.sentences[before]
        for index, item in enumerate(items):
            if (
                "person" in item.classes
                and references.of(before, index)
                and is_subject(items, index)
            ):
                return listed(references, before, items, index)
    return []


def told_one_by_one(match: Match, items: list[Item]) -> bool:
    """Whether the words say that talks were with each alone: «كلا على حدة», “separately”."""
    told = items[match.found.start : match.found.end]
    return any("one_by_one" in item.classes for item in told)


def told_apart(match: Match, items: list[Item]) -> bool:
    """Whether talks with two officials are one with each: «مع كل من», “separately”.

    An Arabic pair is one of talks; in English and French, two of one state who are told without
    such a word were met together.
    """
    told = items[match.found.start : match.found.end]
    return match.rule.language == "ar" or any("each_of" in item.classes for item in told)
