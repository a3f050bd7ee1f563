"""Whom words for two persons mean, and of what state those are who stand in a row with others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ingest.claims.people import Person
from ingest.claims.things import Ref
from ingest.engine import Match
from ingest.items import Item, PersonMention
from ingest.knowledge import MINISTERS
from ingest.titles import OF_BODIES
from kg.model import EventType

_HEADS = frozenset({"president", "monarch"})
_OFFICIALS = ("officials", "responsables", "مسؤولان", "مسؤولين", "مسئولان", "مسئولين")
_PEER_NEAR = 3  # sentences from a counterpart without a name to who it is
TWO = 2
_MEN = ("hommes", "dirigeants", "leaders", "men")
_NOBODY = "holder/other"  # « un dirigeant éthiopien »
_NEAR = 5  # persons back, of whom two of one office are “the two officials”
# Offices of which “his counterpart” or “the two leaders” may be meant.
LEADERS = frozenset({"president", "prime-minister", "monarch"})
# The last word of “the two ministers”, « les deux présidents », «الوزيران»: the offices it tells.
_TOLD = {
    **dict.fromkeys("ministers ministres وزيران وزيرين الوزيران الوزيرين".split(), MINISTERS),
    **dict.fromkeys("presidents présidents رئيسان رئيسين الرئيسان الرئيسين".split(), _HEADS),
    **dict.fromkeys(("chefs d'état", "heads of state"), _HEADS),
    **dict.fromkeys("leaders dirigeants زعيمان زعيمين الزعيمان الزعيمين".split(), LEADERS),
}

PEERS = (
    MINISTERS
    | LEADERS
    | {"parliament-speaker", "military-chief", "security-chief", "vice-president"}
    | {
        "deputy-foreign-minister",
        "deputy-prime-minister",
        "crown-prince",
        "national-security-adviser",
    }
)


_STATES = tuple(
    "بلدان بلدين دولتان دولتين البلدان الدول countries nations kingdoms neighbors neighbours states"
    " governments pays États gouvernements voisins capitales".split()
)


def company_at(items: list[Item], index: int) -> int:
    """Where, before an item, those begin who go with somebody named: they have no peers there."""
    for at in range(1, index):
        led = "accompanied" in items[at].classes and "aux" not in items[at - 1].classes
        if led and any("person" in item.classes for item in items[:at]):
            return at
    return index


def is_of_states(words: str, sides: bool = False) -> bool:
    """Whether words for several mean states: «البلدان», «الدول الثلاث», “the two countries”."""
    told = words.removesuffix(" الثلاث").removesuffix(" الثلاثة")
    return told.endswith((*_STATES, "sides") if sides else _STATES)


def three_of(recent: list[Ref]) -> tuple[Ref, ...]:
    """The last three persons of three countries, first the earliest; none if there are fewer."""
    found = _of_countries(recent, 3)
    return tuple(found) if len(found) == 3 else ()


def two_of(recent: Iterable[Ref], words: str) -> list[Ref]:
    """The last two persons of two countries, first the earlier; of the office told if two are."""
    latest = list(recent)
    known = [ref for ref in latest if not ref.key.startswith(_NOBODY)]
    named = words.casefold().endswith(_MEN) and len(_of_countries(known)) == TWO
    latest = known if named else latest
    told = next((kinds for end, kinds in _TOLD.items() if words.casefold().endswith(end)), None)
    if told:
        fitting = _of_countries(ref for ref in latest if ref.kind in told)
        if len(fitting) == 2:
            return fitting
    plain = _of_countries(latest)
    if words.casefold().endswith(_OFFICIALS) and len({_sort(ref) for ref in plain}) == 2:
        for sort in map(_sort, latest[:_NEAR]):
            peers = _of_countries(ref for ref in latest[:_NEAR] if _sort(ref) == sort)
            if sort and len(peers) == 2:
                return peers
    return plain


def _sort(ref: Ref) -> str | None:
    """The office of a person, as far as “the two officials” hold one and the same."""
    return "minister" if ref.kind in MINISTERS else "head" if ref.kind in _HEADING else ref.kind


def _of_countries(latest: Iterable[Ref], count: int = 2) -> list[Ref]:
    found: list[Ref] = []
    for ref in latest:
        state = ref.country or ref.kind in OF_BODIES  # who need no state to be one side
        if state and all(ref.country != other.country for other in found):
            found.append(ref)
        if len(found) == count:
            break
    return found[::-1]


def is_of_visit(items: Sequence[Item], index: int) -> bool:
    """Whether a person is but the guest of a visit named: «زيارة الرئيس», “the visit of the king”.

    With “of” only where two others stand before: “A and B discussed the visit of the king”.
    """
    at = index - 1
    while at > max(0, index - _NEAR) and items[at].classes & {"of_prep", "the"}:
        at -= 1
    if at < 0 or "visit" not in items[at].classes:
        return False
    others = sum(1 for item in items[:at] if item.classes & {"person", "group"})
    return at == index - 1 or others >= TWO


_RULERS = frozenset({"monarch", "president"})
_MINISTER_WORDS = ("الوزير", "الوزيرة", "minister", "ministre")
_OFFICIAL_WORDS = (
    "المسؤول",
    "المسوول",
    "المسؤولة",
    "المسووله",
    "official",
    "responsable",
    "diplomat",
)
_ROYAL_WORDS = ("الملكية", "royale", "royal")


def meant_by(words: str, latest: Sequence[Ref]) -> Ref | None:
    """The latest person whom a word means: a minister, the king of a royal visit, else anybody.

    A ruler is no “official”: «المسؤول المغربي» is somebody else.
    """
    if words in _ROYAL_WORDS:
        return next((ref for ref in latest if ref.kind == "monarch"), None)
    if words.endswith(_OFFICIAL_WORDS):
        return next((ref for ref in latest if ref.kind not in _RULERS), None)
    ministers = words.endswith(_MINISTER_WORDS)
    fitting = [ref for ref in latest if ministers and ref.kind in MINISTERS]
    return next(iter(fitting or latest), None)


_MERIT_REACH = 3  # items from a person to the merit that is his: “King Mohammed’s great vision”


def is_only_spoken_of(items: Sequence[Item], index: int) -> bool:
    """Whether a person is no party to what is told: visited, or one whose merit is spoken of."""
    return is_of_visit(items, index) or _is_of_merit(items, index)


def _is_of_merit(items: Sequence[Item], index: int) -> bool:
    """“King Mohammed VI’s leadership”, « la vision du roi »: who has it takes no part."""
    before = items[max(0, index - _MERIT_REACH + 1) : index]
    if any("merit" in item.classes for item in before):
        return True
    behind = items[index + 1 : index + 2 + _MERIT_REACH]
    owned = bool(behind) and "genitive" in behind[0].classes
    return owned and any("merit" in item.classes for item in behind)


def told_longer(people: Iterable[Person], forms: Sequence[str], item: Item) -> Person | None:
    """«كاتبة الدولة» after «كاتبة الدولة المكلفة بالصيد البحري فلانة», not of the US."""
    words = forms[item.first : item.last]
    for person in people:
        for title in person.titles:
            own = forms[title.first : title.last]
            if len(own) > len(words) and own[: len(words)] == words:
                return person if title.country != "country/US" else None
    return None


def told_so(people: Sequence[Person], forms: Sequence[str], item: Item) -> Person | None:
    """The only one titled in these words: “the Foreign Secretary” is no foreign minister."""
    words = forms[item.first : item.last]
    so = [
        person
        for person in people
        if any(
            0 < title.last - title.first <= len(words)
            and forms[title.first : title.last] == words[title.first - title.last :]
            for title in person.titles
        )
    ]
    others = any(person.country() != so[0].country() for person in people) if so else False
    return so[0] if len(so) == 1 and others else None


_ROW = frozenset({"and", "comma", "det", "poss", "honorific"})
_HEADING = MINISTERS | {"president", "prime-minister", "monarch", "parliament-speaker"}


def row_state(
    items: list[Item], number: int, index: int, of: Callable[[int, int], tuple[Ref, ...]]
) -> str | None:
    """The state of a row's first official, for those behind: “the Thai premier and the speaker”."""
    if not (_joined(items, index, -1) or _joined(items, index, 1)):
        return None
    for at in range(index - 1, max(-1, index - 6), -1):
        if isinstance(items[at].payload, PersonMention):
            first = next(iter(of(number, at)), None)
            heads = first is not None and first.kind in _HEADING and at < index - 1
            return first.country if first and heads else None
        if items[at].classes.isdisjoint(_ROW):
            return None
    return None


def state_met_by(
    items: list[Item], number: int, index: int, of: Callable[[int, int], tuple[Ref, ...]]
) -> str | None:
    """The state of a guest right before whom he met: «ستلتقي الوزيرة الألمانية رئيس الجمهورية»."""
    at = index - 1
    while at > 0 and items[at].classes & {"each_of", "with", "comma", "honorific"}:
        at -= 1
    if at < 1 or not isinstance(items[at].payload, PersonMention):
        return None
    if items[at - 1].classes.isdisjoint({"meet", "receive"}):
        return None
    guest = next(iter(of(number, at)), None)
    return guest.country if guest else None


def state_just_named(
    items: list[Item], number: int, index: int, of: Callable[[int, int], tuple[Ref, ...]]
) -> str | None:
    """The state that “the latter” means: named since the last person of its sentence."""
    for earlier in range(index - 1, -1, -1):
        if "person" in items[earlier].classes:
            return None
        if items[earlier].classes & {"country", "seat", "byname"}:
            keys = [ref.key for ref in of(number, earlier)]
            return next((key for key in keys if key.startswith("country/")), None)
    return None


def _joined(items: list[Item], index: int, step: int) -> bool:
    """Whether “and” stands between an item and the next one that way."""
    for at in range(index + step, index + 5 * step, step):
        if not 0 <= at < len(items) or items[at].classes.isdisjoint(_ROW):
            return False
        if "and" in items[at].classes:
            return True
    return False


def named_behind(items: list[Item], index: int) -> PersonMention | None:
    """Who is named, title first, behind a comma: “his Kenyan counterpart, Trade Minister A”."""
    following = items[index + 1 : index + 3]
    if len(following) < 2 or "comma" not in following[0].classes:
        return None
    told = following[1].payload
    if not isinstance(told, PersonMention) or told.name is None or not told.titles:
        return None
    return told if following[1].first < told.name[0] else None


def counterpart_named(
    sentences: list[list[Item]], number: int, country: str
) -> PersonMention | None:
    """The first counterpart of a state whom the sentences behind one name."""
    for items in sentences[number + 1 : number + 1 + _PEER_NEAR]:
        for item in items:
            told = item.payload
            if isinstance(told, PersonMention) and told.counterpart and told.country == country:
                return told if told.name else None
    return None


def later(
    items: list[Item],
    index: int,
    named: Callable[[PersonMention], Person | None],
    holders: Sequence[Person],
) -> list[Person]:
    """Whose a bare title is not: who is named, with a state, behind it in its sentence.

    Nor is it theirs of those who hold the office in the state of a counterpart told there.
    """
    told = [i.payload for i in items[index + 1 :] if isinstance(i.payload, PersonMention)]
    abroad = {mention.country for mention in told if mention.counterpart and mention.country}
    found = (named(mention) for mention in told if mention.name is not None)
    behind = [p for p in found if p is not None and any(title.country for title in p.titles)]
    return behind + [p for p in holders if p.country() in abroad]


def is_of_both(items: list[Item], index: int) -> bool:
    """Whether holders of an office are those of the two lands: «وزيرا خارجية البلدين»."""
    behind = _lands_behind(items, index)
    return "anaphor_pair" in behind and "three" not in behind


def _lands_behind(items: list[Item], index: int) -> frozenset[str]:
    """The classes of the word behind a title: «وزراء خارجية البلدان الثلاثة»."""
    behind = items[index + 1 : index + 3]
    if behind and "of_prep" in behind[0].classes:
        behind = behind[1:]
    return behind[0].classes if behind else frozenset()


def nations_of(items: list[Item], index: int) -> list[str]:
    """The states of two sides told by their nations: «الجانبان المغربي والإسباني»."""
    told = items[index + 1 : index + 4]
    if "both_sides" not in items[index].classes or len(told) < 3 or "and" not in told[1].classes:
        return []
    found = [[e.key for e in each.entries if e.cls == "nat"][:1] for each in told[::2]]
    return [keys[0] for keys in found if keys] if all(found) else []


def are_among(latest: list[Ref], many: tuple[Ref, ...], items: list[Item], index: int) -> bool:
    """Whether the last two holders are of those told together: «الوزراء» means all of these."""
    among = {ref.key for ref in latest} <= {ref.key for ref in many}
    return among and len(latest) == TWO and not is_of_both(items, index)


def is_of_any(items: list[Item], index: int) -> bool:
    """Whether a group is of states that nobody names: «رؤساء وملوك دول عربية» are no two."""
    if "three" in _lands_behind(items, index):
        return True
    for item in items[index + 1 : index + 4]:
        if not item.classes.isdisjoint({"some_states", "region"}):
            return True  # «وزراء خارجية دول الساحل»
        if "comma" in item.classes or isinstance(item.payload, PersonMention):
            return False
    return False


_BETWEEN_GUESTS = frozenset("and next comma honorific date".split())


def are_hosts(match: Match, items: list[Item], found: dict[str, list[Ref]]) -> bool:
    """Whether “and” joins subject and object, who are of one state: «يلتقي الرئيس أ والوزير ب».

    Then both are met by whom the clause leaves out.
    """
    agents, others = found.get("agent", []), found.get("other", [])
    roles = match.found.roles
    if match.rule.target != EventType.MEETING or not agents or not others or "other" not in roles:
        return False
    between = items[roles["agent"][1] : roles["other"][0]]
    states = {ref.country for ref in (*agents, *others)}
    if any("further" in item.classes for item in items[: match.found.start][-1:]):
        states -= {None}  # «كما التقى رئيس الحكومة ورئيس البرلمان»: of the state of the other
    return (
        len(states) == 1
        and None not in states
        and bool(between)
        and all(item.classes & _BETWEEN_GUESTS for item in between)
        and any(item.classes & {"and", "next"} for item in between)
    )
