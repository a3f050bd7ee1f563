"""Affairs of states: who owns and hosts a mission, who recalls whom, whose relations change.

The parties of these events are states, though texts name officials, capitals and embassies.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import replace

from ingest.claims.drafts import Draft
from ingest.claims.reference import References
from ingest.claims.things import Ref
from ingest.engine import Match
from ingest.items import Item, PersonMention, ThingMention, Title
from kg.model import EventType, Role

Parties = dict[str, list[Ref]]
CountryOf = Callable[[str], str | None]
# Acts of states: a verb without subject has the last state before it, not the last person.
STATE_ACTS = (
    EventType.RELATIONS_CHANGE,
    EventType.MISSION_CHANGE,
    EventType.RECOGNITION,
    EventType.AGREEMENT_CHANGE,
)
RECALL = "recall"
EXCHANGE = "exchange"
ACCREDIT = "accredit"
ENVOYS = ("ambassador", "consul")
# Consulates in the cities of the Sahara are opened with Morocco, where the text names it.
HOSTED = dict.fromkeys(
    ("place/laayoune", "place/dakhla", "place/region-moroccan-sahara"), "country/MA"
)
_STATES = frozenset({"country", "byname", "seat", "context", "gov", "anaphor_pair"})
_ANTECEDENT = 6  # items between a state and the clause that tells what it did
_BETWEEN = frozenset({"and", "comma", "each_of", "honorific", "date"})


def is_of_whichever(items: list[Item], start: int, references: References, sentence: int) -> bool:
    """Whether a verb tells of states that nobody names: «الدول التي فتحت», «30 دولة فتحت»."""
    before = range(max(0, start - _ANTECEDENT), start)
    if any(references.of(sentence, index) for index in before):
        return False
    told = start > 1 and "who" in items[start - 1].classes
    around = items[max(0, start - _ANTECEDENT) : start + _ANTECEDENT]
    return told or any("unnamed_states" in item.classes for item in around)


def where_opened(match: Match, references: References, country_of: CountryOf) -> set[str]:
    """The state in which a mission lies: it opens none of its own there."""
    if match.rule.target != EventType.MISSION_CHANGE:
        return set()
    places = [
        ref.key
        for index in range(*match.found.roles.get("place", (0, 0)))
        for ref in references.of(match.sentence, index)
    ]
    return {state for key in places if (state := country_of(key) or HOSTED.get(key))}


def states_before(
    references: References,
    sentence: int,
    items: list[Item],
    start: int,
    but: Container[str] = (),
) -> list[Ref]:
    """The last states named before a verb in its sentence, «المغرب وإسبانيا» as two.

    `but`: states that cannot have done it.
    """
    found: list[Ref] = list(_whose_country(references, sentence, items, start))
    if found:
        return found
    for index in range(start - 1, -1, -1):
        named = references.of(sentence, index)
        if "negation" in items[max(0, index - 2)].classes:
            continue  # «دون حضور الجزائر»
        refs = [ref for ref in named if is_state(ref.key) and ref.key not in but]
        if refs and items[index].classes & _STATES:
            found = [*refs, *found]
        elif found and not items[index].classes & _BETWEEN:
            break
    return list(dict.fromkeys(found)) or _official_before(references, sentence, items, start, but)


_OWN_REACH = 3  # units from «بلاده» to what it does
_SPEAKER_REACH = 3  # units from a verb of saying to who says it


def _whose_country(
    references: References, sentence: int, items: list[Item], start: int
) -> tuple[Ref, ...]:
    """Who says that his country does something, though others are named since he was."""
    if not any("own_country" in item.classes for item in items[max(0, start - _OWN_REACH) : start]):
        return ()
    for index in range(start - 1, -1, -1):
        if "said" not in items[index].classes:
            continue
        for at in range(index + 1, min(index + 1 + _SPEAKER_REACH, start)):
            if "person" in items[at].classes:
                return tuple(ref for ref in references.of(sentence, at) if ref.country)[:1]
        return ()
    return ()


def _official_before(
    references: References, sentence: int, items: list[Item], start: int, but: Container[str]
) -> list[Ref]:
    """The last official before a verb: «أعلن رئيس الوزراء الاعتراف» is an act of his state.

    So is what its ministry announces; but nobody of the states that cannot have done it.
    """
    for index in range(start - 1, -1, -1):
        body = items[index].payload
        if isinstance(body, ThingMention) and body.countries and "said" in items[index - 1].classes:
            return [Ref(body.countries[0])]
        named = references.of(sentence, index)
        refs = [ref for ref in named if ref.country and ref.country not in but]
        if refs and "person" in items[index].classes:
            return refs[:1]
    return []


def settle(draft: Draft, bound: Parties, references: References, country_of: CountryOf) -> None:
    """Put the parties of an affair of states into the order of its type."""
    if draft.type is EventType.MISSION_CHANGE:
        draft.parties = _mission(draft, bound, country_of, references.weight)
    elif draft.type is EventType.APPOINTMENT:
        _lend_state(draft, bound, references)
        _give_office(draft, bound, references)
        draft.parties += _posts(draft, references, country_of)
        if draft.change == ACCREDIT:
            draft.parties = _envoys_of_states(draft.parties, references)
        if draft.change == EXCHANGE:
            draft.parties = _exchanged(bound, references)
        elif draft.change == RECALL:
            draft.parties = _recall(draft, bound, references)
    elif draft.match.rule.options.get("target") == "state":
        draft.parties = _unique((_sender(ref), role) for ref, role in draft.parties)
    elif draft.type in STATE_ACTS:
        draft.parties = _unique((Ref(_state(ref) or ref.key), role) for ref, role in draft.parties)


def _sender(ref: Ref) -> Ref:
    """The state of an envoy without a name: what he is summoned for concerns it."""
    return Ref(ref.country) if ref.key.startswith("holder/") and ref.country else ref


def is_state(key: str) -> bool:
    """Whether a key is that of a state."""
    return key.startswith("country/")


def _state(ref: Ref) -> str | None:
    """The country that a state, or an official for it, stands for."""
    return ref.key if is_state(ref.key) else ref.country


def _unique(parties: Iterable[tuple[Ref, Role]]) -> list[tuple[Ref, Role]]:
    first: dict[str, tuple[Ref, Role]] = {}
    for ref, role in parties:
        first.setdefault(ref.key, (ref, role))
    return list(first.values())


def _states(refs: Iterable[Ref]) -> list[str]:
    return list(dict.fromkeys(state for ref in refs if (state := _state(ref))))


def _mission(
    draft: Draft, bound: Parties, country_of: CountryOf, told: Container[str]
) -> list[tuple[Ref, Role]]:
    """Owner, host, then the persons who open or close the mission; `told`: whom the text names."""
    agents = bound.get("agent", [])
    persons = [ref for ref in (*agents, *bound.get("also", ())) if not is_state(ref.key)]
    named = [ref.key for ref in agents if is_state(ref.key)]
    of_mission = _states(bound.get("owner", ()))
    spoken = "agent" in draft.match.found.roles
    owners = (spoken and named) or of_mission or named or _states(persons)[:1]
    where = country_of(draft.place) if draft.place else None
    if where is None and HOSTED.get(draft.place or "") in told:
        where = HOSTED[draft.place or ""]
    near = named if spoken or not of_mission else []  # a state around is no host of that mission
    hosts = (
        _states(bound.get("other", ()))
        or ([where] if where else [])
        or [*of_mission, *near, *_states(persons)]
    )
    return _unique(
        [
            *((Ref(key), Role.OWNER) for key in owners),
            *((Ref(key), Role.HOST) for key in hosts if key not in owners),
            *((ref, Role.PARTICIPANT) for ref in persons),
        ]
    )


def _lend_state(draft: Draft, bound: Parties, references: References) -> None:
    """An envoy named or recalled by a state is that state's, though the title leaves it out."""
    sending = _states((*bound.get("agent", ()), *bound.get("appointer", ())))
    if not sending or draft.change not in ("appoint", RECALL):
        return
    keys = {ref.key for ref in bound.get("appointee", ())}
    items = references.sentences[draft.match.sentence]
    for person in references.people.persons:
        if person.key not in keys:
            continue
        person.titles = [
            replace(title, country=sending[0])
            if title.kind in ENVOYS and title.country is None
            else title
            for title in person.titles
        ]
        for item in items[draft.match.found.start : draft.match.found.end]:
            source = next((e.source for e in item.entries if e.cls == "own_envoy"), None)
            if source and not person.titles:
                title = Title("ambassador", sending[0], None, item.first, item.last, source)
                person.titles.append(title)


def _give_office(draft: Draft, bound: Parties, references: References) -> None:
    """The appointee holds the office that the appointment names: “was named ambassador to …”."""
    items = references.sentences[draft.match.sentence]
    keys = {ref.key for ref in bound.get("appointee", ())}
    for index in range(*draft.match.found.roles.get("office", (0, 0))):
        payload = items[index].payload
        if not isinstance(payload, PersonMention):
            continue
        for person in references.people.persons:
            if person.key in keys:
                person.titles += [title for title in payload.titles if title not in person.titles]


def _posts(draft: Draft, references: References, country_of: CountryOf) -> list[tuple[Ref, Role]]:
    """The states that somebody is posted to: «سفيرا لها في أنقرة»."""
    found = []
    for index in range(*draft.match.found.roles.get("post", (0, 0))):
        for ref in references.of(draft.match.sentence, index):
            key = country_of(ref.key)
            if key and all(key != known.key for known, _ in draft.parties):
                found.append((Ref(key), Role.PARTICIPANT))
    if draft.change in ("appoint", RECALL) and not found:
        found = [(Ref(key), Role.PARTICIPANT) for key in _posts_told(draft, references)]
    return found


def _posts_told(draft: Draft, references: References) -> list[str]:
    """The states to which the titles in a match accredit: “named ambassador of … to …”."""
    items = references.sentences[draft.match.sentence]
    roles = draft.match.found.roles
    spans = [roles[name] for name in ("office", "appointee") if name in roles]
    posts = [
        title.post
        for span in spans
        for item in items[slice(*span)]
        if isinstance(item.payload, PersonMention)
        for title in item.payload.titles
        if title.post and is_state(title.post)
    ]
    known = draft.party_keys()
    return [key for key in dict.fromkeys(posts) if key not in known]


def _envoys_of_states(
    parties: list[tuple[Ref, Role]], references: References
) -> list[tuple[Ref, Role]]:
    """States in a list of the accredited are their unnamed ambassadors."""
    return [
        (references.holder("ambassador", ref.key, ""), role)
        if role is Role.APPOINTEE and is_state(ref.key)
        else (ref, role)
        for ref, role in parties
    ]


def _exchanged(bound: Parties, references: References) -> list[tuple[Ref, Role]]:
    """The unnamed ambassadors whom two states send each other."""
    sending = _states(bound.get("appointer", ()))
    return [(references.holder("ambassador", key, ""), Role.APPOINTEE) for key in sending]


def _recall(draft: Draft, bound: Parties, references: References) -> list[tuple[Ref, Role]]:
    """Who is recalled – the unnamed ambassador of the state that recalls – then from where."""
    recalling = _states(bound.get("agent", ())) or _states(bound.get("appointee", ()))
    called = bound.get("appointee") or [
        references.holder("ambassador", key, "") for key in recalling
    ]
    posts = [(ref, role) for ref, role in draft.parties if role is Role.PARTICIPANT]
    sole = len(recalling) == 1 and (bound.get("agent") or not posts)
    appointers = [(Ref(key), Role.APPOINTER) for key in recalling] if sole else []
    return _unique([*((ref, Role.APPOINTEE) for ref in called), *appointers, *posts])


def without_announcers(told: list[Ref], match: Match, items: list[Item]) -> list[Ref]:
    """Who acts, but not an official who only announces what another state, named, opens.

    Nor one state alone, told before, where missions are spoken of at large: «فتح القنصليات».
    """
    own = items[match.found.start : match.found.end]
    if len(told) == 1 and any("missions_at_large" in item.classes for item in own):
        return []
    before = items[max(0, match.found.start - 2) : match.found.start]
    if "owner" not in match.found.roles or all(
        item.classes.isdisjoint({"decide", "said", "express"}) for item in before
    ):
        return told
    return [ref for ref in told if is_state(ref.key)]


def without_states_of_persons(parties: list[tuple[Ref, Role]]) -> list[tuple[Ref, Role]]:
    """Parties without the states for which persons among them act."""
    acting = {ref.country for ref, _ in parties if ref.country}
    return [(ref, role) for ref, role in parties if role is Role.HOST or ref.key not in acting]


def without_states_spoken_for(parties: list[tuple[Ref, Role]]) -> list[tuple[Ref, Role]]:
    """Parties of a statement without the states whose officials among them speak."""
    acting = {ref.country for ref, role in parties if role is Role.SPEAKER and ref.country}
    return [
        (ref, role) for ref, role in parties if role is not Role.SPEAKER or ref.key not in acting
    ]


def essential(draft: Draft) -> list[tuple[Ref, Role]]:
    """The parties of an event without those for whom, or by whom, others among them act.

    States for which persons sign; navies where two states hold an exercise; a state that recalls
    its own envoy from another, which is told.
    """
    parties = draft.parties
    if draft.type is EventType.SIGNING:
        persons = [each for each in parties if each[0].country and "person/" in each[0].key]
        return without_states_of_persons(persons if len(persons) > 1 else parties)
    if draft.type is EventType.CONFERENCE:
        return _who_act(draft)
    if draft.type is EventType.EXERCISE:
        states = [(ref, role) for ref, role in parties if "organization/" not in ref.key]
        return states if len(states) > 1 else parties
    if draft.change != RECALL or Role.PARTICIPANT not in {role for _, role in parties}:
        return parties
    own = {ref.country for ref, role in parties if role is Role.APPOINTEE}
    return [each for each in parties if each[1] is not Role.APPOINTER or each[0].key not in own]


def _who_act(session: Draft) -> list[tuple[Ref, Role]]:
    """The parties of a session; where persons act, without their states and the body that meets.

    Several bodies take part by themselves: «بمشاركة الوزير والاتحاد الأوروبي والجامعة العربية».
    """
    persons = [ref for ref, _ in session.parties if ref.key.startswith(("person/", "holder/"))]
    acting = {ref.country for ref in persons}
    if not acting:
        return session.parties
    states = [ref.key for ref, _ in session.parties if is_state(ref.key) and ref.key not in acting]
    if len(persons) > 1 and sum(ref.country is None for ref in persons) == len(states) == 1:
        acting.add(states[0])  # the one whose state is left out acts for the other of two
    bodies = sum(ref.key.startswith("organization/") for ref, _ in session.parties)
    talks = any("dialogue/" in key for key in session.about)
    return [
        (ref, role)
        for ref, role in session.parties
        if ref.key not in acting
        and (
            talks
            or "organization/" not in ref.key
            or (bodies > 1 and ref.key.startswith("organization/"))
        )
    ]
