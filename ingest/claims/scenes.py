"""Scenes: where an event is whose own words name no place.

The place of what is told beside it, of the session it is held at, of the dateline; of the visit
that it is part of; else the one city named near by. All of them are inferred, with their basis.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.claims import affairs
from ingest.claims.drafts import Draft
from ingest.claims.places import is_scene
from ingest.claims.story import Story
from ingest.engine import Match
from ingest.items import Item
from kg.model import Certainty, EventType, Role

PLACED = (EventType.MEETING, EventType.CONFERENCE, EventType.SIGNING, EventType.EXERCISE)
_SCENES = (*PLACED, EventType.MISSION_CHANGE)
_SET_APART = (EventType.CONFERENCE, EventType.EXERCISE, EventType.MISSION_CHANGE)
_STORY_NEAR = 2  # sentences before a meeting that may set its scene
_SCENE_NEAR = 4  # sentences from one meeting of somebody to the next at the same place
_TEXTS = frozenset({"document_noun", "manner"})  # a text that somebody signed, told before the verb
_AGE_REACH = 4  # items from “a year” to “after the signing of”
_MARGIN_REACH = 10  # items from a meeting to “on the sidelines of”
_SESSION_REACH = 6  # items from these words to the session or conference
_SESSIONS = frozenset({"session_noun", "conference_noun", "conference", "forum"})
_LEAD = 4  # sentences or lines in which a report says where it is set
_SESSION_BASIS = "the place of the conference at which it is"
LEAD_BASIS = "the one city in which the text is set"
_STATES_BASIS = "the one city named in the state of a party"
_ON_TOUR = frozenset({"also", "covering", "lead_him"})
_VISIT_BASIS = "the place of the visit told near by"
_ARRIVES = frozenset({"arrive"})
_SETS_OUT = _ARRIVES | {"begin"}  # « a débuté lundi une visite », the day of the welcome
_WELCOME_NEAR = 2  # sentences from an arrival to who came to welcome the guest
PART_BASIS = "the place of the visit it is part of"
_LENT = (PART_BASIS, _VISIT_BASIS)
_NEAR_BASIS = "the one city named in the sentence or just before"
_VISIT_NEAR = 3  # sentences between a visit and what is told of its guest
_NEAR = 2  # sentences before an event in which the city is named
_NAMED_NEAR = (LEAD_BASIS, _NEAR_BASIS, _STATES_BASIS)
_TOUR = 2  # states that a visit to several of them goes to
_DAY = len("2000-01-01")
_DATELINE = 2  # sentences or lines that may begin with a dateline


class SceneRules(Story):
    """Rules for the place of an event that tells none itself."""

    __slots__ = ()

    def _set_scene(self, draft: Draft, before: list[Draft]) -> None:
        """The place of what one of the parties does just before; else that of the dateline or lead.

        A meeting on the margin of a summit is where the summit is. The dateline counts only
        where its city lies in the state of a party: «القاهرة – استقبل الوزير …».
        """
        if draft.certainty not in (Certainty.HELD, Certainty.PLANNED) or self._is_of_old(draft):
            return
        if draft.type is EventType.SIGNING and self._is_told_aside(draft):
            return
        keys, states = draft.party_keys(), states_of(draft)
        for known in [*self._told_with(draft), *reversed(before)]:
            same = known.certainty is draft.certainty and compatible(known.date, draft.date)
            if not same or known.type not in _SCENES:
                continue
            here = known.match.sentence == draft.match.sentence
            setting = known.type is EventType.CONFERENCE and not known.parties
            both = len(states & states_of(known)) > 1
            if not keys & known.party_keys() and not (here and (setting or both)):
                continue
            if is_near(known, draft, _SCENE_NEAR) and known.place and is_city(known.place):
                draft.infer_place(known.place, "the place of what is told beside it")
                return
        draft.infer_place(self._city_of_session(draft), _SESSION_BASIS)
        if draft.place is None:
            told = self._city_of_lead(states_of(draft)) or self._city_of_margin(draft)
            draft.infer_place(told or self._city_of_story(draft), LEAD_BASIS)
        if draft.place is None:
            self._set_from_text(draft)
        if draft.place_basis in _NAMED_NEAR and (
            self._is_of_a_plan(draft) or self._is_of_another_day(draft) or self._is_sent_from(draft)
        ):
            draft.place = draft.place_basis = None

    def _is_of_another_day(self, draft: Draft) -> bool:
        """Whether the city is that of what was on other days only: “They met in Fes in June.”."""
        told = [d for d in self.drafts if d is not draft and d.place == draft.place]
        own = [d for d in told if d.place_basis is None]
        apart = all(not compatible(d.date, draft.date) for d in own)
        return bool(own) and apart and draft.place != self.references.dateline_city()

    def _is_sent_from(self, draft: Draft) -> bool:
        """Whether manoeuvres, held on ranges, are only reported from the city of the dateline.

        Those to come need not be where something else is told to be: where they are planned.
        """
        if draft.type is EventType.EXERCISE and draft.certainty is Certainty.PLANNED:
            return True
        led = draft.type is EventType.EXERCISE and draft.place_basis == LEAD_BASIS
        return led and draft.place == self.references.dateline_city()

    def _is_told_aside(self, signing: Draft) -> bool:
        """Whether a relative clause tells of an agreement known before: “the pact which … signed”.

        So does what counts from it: “a year after the two signed a pact”.
        """
        found = signing.match.found
        items = self.sentences[signing.match.sentence]
        before = items[max(0, found.start - _AGE_REACH) : found.start]
        if any("who" in item.classes for item in items[found.start : found.end]):
            return True
        if not items[found.start].classes.isdisjoint(_TEXTS):
            return True  # «في بيان مشترك وقعه الوزيران»
        if signing.certainty is Certainty.PLANNED and any("agree" in i.classes for i in before):
            return True  # “agreed to sign a pact soon” may be anywhere
        return any("age" in item.classes for item in before)

    def _is_of_a_plan(self, draft: Draft) -> bool:
        """Whether what was held would be where the text only tells a visit to come.

        A conference to come that no party is told to hold is not where the report is set; nor is
        one of which no day is told, unless its own sentence names the city.
        """
        number = draft.match.sentence
        far = draft.place_basis == LEAD_BASIS and not is_day(draft.date)
        far = far and draft.place != self._city_in(number, number + 1)
        if draft.type is EventType.CONFERENCE and (far or draft.party_keys() <= set(draft.about)):
            elsewhere = any(d.place == draft.place for d in self.drafts if d is not draft)
            set_elsewhere = bool(draft.parties) and not far and elsewhere
            return draft.certainty is Certainty.PLANNED or set_elsewhere
        told = [d for d in self.drafts if d is not draft and d.place == draft.place]
        plans = all(d.certainty is Certainty.PLANNED and d.type is EventType.VISIT for d in told)
        return draft.certainty is Certainty.HELD and bool(told) and plans

    def _city_of_session(self, meeting: Draft) -> str | None:
        """The city of the conference at which a meeting is: “will meet Lavrov at the session”."""
        if meeting.type is not EventType.MEETING:
            return None
        sentence, end = meeting.match.sentence, meeting.match.found.end
        items = self.sentences[sentence]
        for index in range(end, min(len(items) - 1, end + _MARGIN_REACH)):
            if not items[index].classes & {"margin", "at_event"}:
                continue
            for at in range(index + 1, min(len(items), index + _SESSION_REACH)):
                if items[at].classes & _SESSIONS:
                    keys = {ref.key for ref in self.references.of(sentence, at)}
                    return self._city_of_conference(sentence, keys)
        return None

    def _city_of_conference(self, sentence: int, keys: set[str]) -> str | None:
        """Where the conference of one of these keys, or the one told near by, takes place."""
        for known in self.drafts:
            if known.type is not EventType.CONFERENCE or not known.place:
                continue
            near = abs(known.match.sentence - sentence) <= _LEAD
            if keys & set(known.about) or (not keys and near):
                return known.place
        return None

    def _told_with(self, draft: Draft) -> list[Draft]:
        """The other events of an event's own sentence: “signed in Lisbon during the session”."""
        number = draft.match.sentence
        return [d for d in self.drafts if d is not draft and d.match.sentence == number]

    def _is_of_old(self, draft: Draft) -> bool:
        """Whether an event is told of another year, as the past of the story."""
        return bool(draft.date and self.published and draft.date[:4] != self.published[:4])

    def _city_of_lead(self, states: set[str]) -> str | None:
        """The one city in one of these states that the dateline and the first lines name."""
        return only({key for key in self._scenes() if self.country_of(key) in states})

    def _city_of_margin(self, meeting: Draft) -> str | None:
        """The one city of the lead that says on whose margin there: «على هامش القمة ببغداد»."""
        if meeting.type is not EventType.MEETING:
            return None
        lead = self.sentences[:_LEAD]
        if not any("margin" in item.classes for items in lead for item in items):
            return None
        return only({key for key in self._scenes() if is_city(key)})

    def _city_of_story(self, meeting: Draft) -> str | None:
        """The one city named just before, or at all, where the text tells something else to be."""
        if meeting.type is not EventType.MEETING:
            return None
        here = {
            known.place
            for known in self.drafts
            if known.certainty is meeting.certainty and compatible(known.date, meeting.date)
        }
        anywhere = {known.place for known in self.drafts}
        at = meeting.match.sentence
        near, text = (max(0, at - _STORY_NEAR), at + 1), (0, len(self.sentences))
        for span, told in ((near, here), (text, anywhere)):
            city = only(set(self._scenes(*span))) if told else None
            if city in told and is_city(city or ""):
                return city
        return None

    def _scenes(self, first: int = 0, last: int = _LEAD) -> Iterator[str]:
        """The places where some sentences, else the first lines, say that something happens."""
        if self.scenes is None:
            self.scenes = list(self._all_scenes())
        return (key for number, key in self.scenes if first <= number < last)

    def _all_scenes(self) -> Iterator[tuple[int, str]]:
        for number, items in enumerate(self.sentences):
            for index, item in enumerate(items):
                if "placed" in item.classes and is_scene(items, index):
                    for ref in self.references.of(number, index):
                        yield number, ref.key

    def _set_from_text(self, draft: Draft) -> None:
        """The place of a visit of one of the parties near by; else a city that stands alone."""
        draft.infer_place(self._place_of_visit(draft), _VISIT_BASIS)
        at, end = draft.match.sentence, len(self.sentences)
        for number in range(at, max(-1, at - _NEAR - 1), -1):
            if draft.place is None:
                draft.infer_place(self._city_in(number, number + 1), _NEAR_BASIS)
        if draft.place is None:
            city = self._city_in(0, end, states_of(draft))
            draft.infer_place(None if self._is_of_others(city, draft) else city, _STATES_BASIS)
        if draft.place is None:
            draft.infer_place(self._city_in(0, _DATELINE), LEAD_BASIS)

    def _is_of_others(self, city: str | None, draft: Draft) -> bool:
        """Whether a city is where manoeuvres or a session of others are told to be."""
        return any(
            known.place == city and known.type in _SET_APART
            for known in self.drafts
            if not known.party_keys() & draft.party_keys()
        )

    def _city_in(self, first: int, last: int, states: set[str] | None = None) -> str | None:
        """The one city of some sentences, in one of these states if they are given."""
        cities = {key for key in self._scenes(first, last) if is_city(key)}
        return only({c for c in cities if states is None or self.country_of(c) in states})

    def _place_of_visit(self, draft: Draft) -> str | None:
        """Where a party goes in a visit told near by: the host need not take part."""
        for known in reversed(self.drafts):
            near = abs(known.match.sentence - draft.match.sentence) <= _VISIT_NEAR
            if (
                near
                and known.type is EventType.VISIT
                and visitors(known) & draft.party_keys()
                and compatible(known.date, draft.date)
                and may_hold(known, draft)
                and not self._is_other_stop(known, draft)
            ):
                return self._goal_of(known, draft)
        return None

    def _is_other_stop(self, visit: Draft, draft: Draft) -> bool:
        """Whether talks of two states stand beside a tour to others: “which also takes him to”."""
        return self._tells(visit.match, _ON_TOUR) and visit.party_keys(Role.HOST).isdisjoint(
            states_of(draft)
        )

    def _goal_of(self, visit: Draft, draft: Draft) -> str | None:
        """Where in a visit an event of it is: in a tour where a party, else its sentence, is of."""
        hosts = visit.party_keys(Role.HOST)
        if len(hosts) < _TOUR:
            return visit.place
        number = draft.match.sentence
        refs = (self.references.of(number, i) for i in range(len(self.sentences[number])))
        state = only(hosts & states_of(draft)) or only(hosts & {r.key for of in refs for r in of})
        return visit.place if state == self.country_of(visit.place or "") else state

    def _narrow(self, meeting: Draft) -> None:
        """The one city that a text names in the country where talks are told to be.

        For talks that only have the place of their visit it must be named near by or in the lead,
        and not as that of something else, planned or called off.
        """
        if not affairs.is_state(meeting.place or ""):
            return
        states = {meeting.place or ""}
        if meeting.place_basis in _LENT and meeting.certainty is Certainty.HELD:
            at = meeting.match.sentence
            near = self._city_in(max(0, at - _VISIT_NEAR), at + _VISIT_NEAR, states)
            city = near or self._city_in(0, _LEAD, states)
            if not any(d.place == city and d.certainty is not Certainty.HELD for d in self.drafts):
                meeting.infer_place(city, _STATES_BASIS)
        elif not meeting.place_basis:
            meeting.infer_place(self._city_in(0, len(self.sentences), states), _STATES_BASIS)

    def _is_arrival(self, visit: Draft) -> bool:
        return self._tells(visit.match, _ARRIVES)

    def _tells(self, match: Match, verbs: frozenset[str]) -> bool:
        told = self.sentences[match.sentence][match.found.start : match.found.end]
        return any(item.classes & verbs for item in told)

    def _date_welcome(self, meeting: Draft, visits: list[Draft]) -> None:
        """Who welcomes a guest where he arrives meets him on that day."""
        open_ = meeting.type is EventType.MEETING and meeting.date is None
        if not open_ or meeting.certainty is not Certainty.HELD:
            return
        welcomes = [m for m in meeting.matches if is_welcome(self.sentences[m.sentence], m)]
        scene = self.country_of(meeting.place or "")
        for visit in visits if welcomes else ():
            near = any(
                0 <= welcome.sentence - match.sentence <= _WELCOME_NEAR
                for welcome in welcomes
                for match in visit.matches
            )
            here = scene in (None, self.country_of(visit.place or ""))
            held = visit.certainty is Certainty.HELD and any(
                self._tells(match, _SETS_OUT) for match in (visit.match, *visit.matches)
            )
            if near and here and held and visitors(visit) & meeting.party_keys():
                meeting.date, meeting.date_basis = visit.date, "the day of the arrival"
                return


def visitors(draft: Draft) -> set[str]:
    """The keys of those who visit."""
    return draft.party_keys(Role.VISITOR)


def is_one_journey(one: Draft, other: Draft) -> bool:
    """Whether two visits can be one: visitors and goals of one of them within the other's."""
    mine, theirs = visitors(one), visitors(other)
    homes, goals = one.party_keys() - mine, other.party_keys() - theirs
    alike = (mine <= theirs or theirs <= mine) and (homes <= goals or goals <= homes)
    return bool(mine & theirs) and alike


def states_of(draft: Draft) -> set[str]:
    """The states that a draft's parties are, or act for."""
    return {ref.country or ref.key for ref, _ in draft.parties}


def compatible(one: str | None, other: str | None) -> bool:
    """Whether two dates can be one: equal, unknown, or one within the other."""
    return not one or not other or one.startswith(other) or other.startswith(one)


def is_day(date: str | None) -> bool:
    """Whether a date tells the day, not only the month or year."""
    return len(date or "") == _DAY


def during(day: str | None, visit: Draft) -> bool:
    """Whether a day can be one of a visit's."""
    if day and visit.date and visit.end_date and visit.date <= day <= visit.end_date:
        return True
    return compatible(day, visit.date)


def only(keys: set[str]) -> str | None:
    """The key, where there is just one."""
    return next(iter(keys)) if len(keys) == 1 else None


def is_city(place: str) -> bool:
    """Whether a key is that of a city or spot, neither a state nor a region."""
    return place.startswith("place/") and not place.startswith("place/region-")


def may_hold(visit: Draft, meeting: Draft) -> bool:
    """Whether a meeting of that certainty can be part of a visit: a plan of one that has begun."""
    planned = visit.certainty is Certainty.HELD and meeting.certainty is Certainty.PLANNED
    return visit.certainty is meeting.certainty or planned


def is_near(known: Draft, draft: Draft, reach: int) -> bool:
    """Whether an event is told in the same sentence as another, or after it and near."""
    return any(0 <= draft.match.sentence - match.sentence <= reach for match in known.matches)


def nearest_first(visits: list[Draft], sentence: int) -> list[Draft]:
    """Visits told up to a sentence, the last first, then those told behind it."""

    def nearness(visit: Draft) -> tuple[bool, int]:
        return min((m.sentence > sentence, abs(m.sentence - sentence)) for m in visit.matches)

    return sorted(visits, key=nearness)


def within_visit(items: list[Item], match: Match) -> bool:
    """Whether the words of a meeting place it in the visit: «في زيارته», «خلالها»."""
    around = items[max(0, match.found.start - 3) : match.found.end + 2]
    if any("where_then" in item.classes for item in around[:3]):
        return True
    return any(
        item.classes & {"his_visit", "visit", "during_it", "upon_arrival"} for item in around
    )


def is_welcome(items: list[Item], match: Match) -> bool:
    """Whether a guest is welcomed where he arrives: «كان في استقباله», « a été accueilli par »."""
    told = items[match.found.start : match.found.end]
    return match.rule.options.get("told") == "arrival" or any("greet" in i.classes for i in told)
