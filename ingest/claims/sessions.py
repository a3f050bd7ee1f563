"""Conferences and exercises: who meets in them by their names, who hosts them, and where."""

from __future__ import annotations

from ingest.claims.drafts import Draft
from ingest.claims.story import Story
from ingest.claims.things import Ref
from ingest.items import Item, ThingMention
from kg.model import EventType, Role

HOSTED = (EventType.CONFERENCE, EventType.EXERCISE)
_CHAIRS = frozenset({"chair", "cochair", "chairing"})
_PARTY_ROLES = frozenset({"agent", "other", "parties", "also", "host"})


class SessionRules(Story):
    """Rules for what a session's name and its host tell of a draft."""

    __slots__ = ()

    def _set_hosted(self, draft: Draft, items: list[Item]) -> None:
        """What a state hosts is there, in the city by which it is named: «استضافت بغداد قمة …»."""
        if draft.type not in HOSTED or draft.place:
            return
        hosts = [ref.key for ref, role in draft.parties if role is Role.HOST]
        draft.place = next((key for key in hosts if key.startswith("country/")), None)
        for item in items[slice(*draft.match.found.roles.get("host", (0, 0)))]:
            if draft.place and "seat" in item.classes:
                draft.place = city_of(item) or draft.place

    def _take_states(self, draft: Draft, item: Item) -> None:
        """«اللجنة المشتركة المغربية الموريتانية» meets: its states do, if nobody else is named.

        So does the body of «الدورة الخمسون للمجلس التنفيذي», not the city that hosts it.
        """
        sides = _is_of_states_around(draft, item) or self._is_agreed_by_sides(draft, item)
        if draft.type is EventType.CONFERENCE and sides:
            draft.parties = []
        guests = [each for each in draft.parties if each[1] is not Role.HOST]
        if guests:
            self._add_states(draft, item)
        if draft.type is not EventType.CONFERENCE or guests:
            return
        named = (item,) if "organization" in item.classes else item.parts
        told = [ref for part in named for ref in self._body(part)][:2]
        thing = item.payload
        if isinstance(thing, ThingMention) and thing.prefix == "dialogue":
            told = told if len(thing.countries) == 1 else []  # «بين روسيا ومجلس التعاون»
        if not isinstance(thing, ThingMention) or not _is_half_told(thing, told):
            told = [*(Ref(key) for key in self._named_by(item)), *told]
        if told and self._is_hosted_by_city(draft):
            draft.parties = []
        draft.parties += [
            (ref, Role.PARTICIPANT) for ref in told if ref.key not in draft.party_keys()
        ]

    def _is_agreed_by_sides(self, draft: Draft, item: Item) -> bool:
        """Whether “both sides” have agreed to hold what is named by two states: these will."""
        named = isinstance(item.payload, ThingMention) and len(item.payload.countries) > 1
        told = self.sentences[draft.match.sentence][
            slice(*draft.match.found.roles.get("agent", (0, 0)))
        ]
        agreed = draft.match.rule.options.get("sides") == "states"
        return named and agreed and any("anaphor_pair" in each.classes for each in told)

    def _add_states(self, session: Draft, item: Item) -> None:
        """“Took part in the Franco-Senegalese council”: the states by which it is named meet in it.

        Who chairs a session does so with somebody of the other state, told or not.
        """
        found = session.match.found
        words = self.sentences[session.match.sentence][found.start : found.end]
        chaired = "chair" in found.roles or any(w.classes & _CHAIRS for w in words)
        named = self._named_by(item)
        persons = all(ref.key.startswith(("person/", "holder/")) for ref, _ in session.parties)
        sides = all(ref.key in named for ref, _ in session.parties)  # one of the two goes to it
        told = sides or (persons and not chaired)
        if session.type is EventType.CONFERENCE and len(named) > 1 and told:
            own = {ref.country or ref.key for ref, _ in session.parties}
            session.parties += [(Ref(key), Role.PARTICIPANT) for key in named if key not in own]

    def _named_by(self, item: Item) -> tuple[str, ...]:
        """The states by which a session is named, or whose dialogue the lexicon knows it to be."""
        if isinstance(item.payload, ThingMention) and item.payload.countries:
            return item.payload.countries
        records = (self.knowledge.records.get(entry.key) for entry in item.entries)
        return next((record.between for record in records if record), ())

    def _body(self, part: Item) -> tuple[Ref, ...]:
        return self.references.thing(part) if "organization" in part.classes else ()

    def _is_hosted_by_city(self, draft: Draft) -> bool:
        """Whether a host is only named by the city, which becomes the place: «احتضنت الدوحة»."""
        span = slice(*draft.match.found.roles.get("host", (0, 0)))
        hosts = self.sentences[draft.match.sentence][span]
        city = next((city_of(host) for host in hosts if "seat" in host.classes), None)
        draft.place = draft.place or city
        return city is not None

    def _set_named_place(self, draft: Draft, item: Item) -> None:
        """The city by which a conference is called, where it is told of no other place."""
        if draft.type is EventType.CONFERENCE and draft.place is None:
            draft.place = next((city_of(each) for each in item.parts if city_of(each)), None)


def _is_half_told(thing: ThingMention, bodies: list[Ref]) -> bool:
    """Whether a name tells one state only, and of a dialogue no body beside it."""
    sides = len(thing.countries) + len(bodies)
    return len(thing.countries) < 2 and (
        thing.prefix == "conference" or (thing.prefix == "dialogue" and sides < 2)
    )


def sides_told(session: Draft) -> list[tuple[Ref, Role]]:
    """The states of those told of a session, which hold others too; not the guests of a forum."""
    if session.type is EventType.EXERCISE:
        return list(session.parties)
    keys = dict.fromkeys(ref.country or ref.key for ref, _ in session.parties)
    forum = not any("dialogue/" in key for key in session.about)
    if forum and any(not ref.key.startswith("country/") for ref, _ in session.parties):
        return []
    return [(Ref(key), Role.PARTICIPANT) for key in keys]


def city_of(item: Item) -> str | None:
    """The city by which a government is named."""
    return next((entry.key for entry in item.entries if entry.cls == "place"), None)


def _is_of_states_around(draft: Draft, item: Item) -> bool:
    """Whether parties are but states nearby though the name tells two: « maroco-gabonaise »."""
    if draft.match.rule.options.get("states") != "around":
        return False
    named = isinstance(item.payload, ThingMention) and len(item.payload.countries) > 1
    return named and _PARTY_ROLES.isdisjoint(draft.match.found.roles)
