"""Inheritance: what one event lends another of the same occasion: the place, the day.

Talks held in a visit are where the visit goes; what the two parties sign after talks is signed
there and then; what somebody says in a meeting is said on its day.
"""

from __future__ import annotations

from ingest.claims import affairs, clauses, spans
from ingest.claims.ceremonies import join_recalls, share_ceremony, share_post
from ingest.claims.certainty import was_planned
from ingest.claims.drafts import Draft
from ingest.claims.scenes import (
    LEAD_BASIS,
    PART_BASIS,
    PLACED,
    SceneRules,
    compatible,
    during,
    is_city,
    is_near,
    may_hold,
    nearest_first,
    only,
    states_of,
    visitors,
    within_visit,
)
from ingest.claims.spans import WHOLE_DATE
from ingest.claims.story import CONTACTS, is_told_on
from ingest.claims.things import Ref
from ingest.dates import DateMention, resolve
from kg.model import Certainty, EventType, Role

_OCCASIONS = (EventType.MEETING, EventType.CONFERENCE, EventType.VISIT)
_SPOKEN_AT = (*CONTACTS, EventType.CONFERENCE, EventType.SIGNING, EventType.VISIT)
_OF_TWO = ("لجنه", "مشترك", "استراتيجي", "strateg", "stratég", "commission", "joint", "mixte")
_TALKS = (*CONTACTS, EventType.VISIT, EventType.APPOINTMENT, EventType.CONFERENCE)
_IN_VISITS = (EventType.MEETING, EventType.CONFERENCE, EventType.SIGNING)
_VISIT_NEAR = 2  # sentences between a visit and the talks in it
_DAY_BASIS = "the one day told where the lead names the same parties"
_LASTING = (EventType.VISIT, EventType.CONFERENCE, EventType.EXERCISE)
_LEAD_REACH = 5  # sentences from a headline to the one that tells it again
_UPSHOT_REACH = 8  # items from “after the talks” to what was signed
_NEAR = 3  # sentences from an occasion to what belongs to it
_FRAME_REACH = 6  # sentences in which talks announced together are told one by one
_FRAME_BASIS = "the day of the talks announced together"
_OF_RELATIONS = frozenset({"praise", "thank"})  # stances that the relations may be told with
_CHAIRS = frozenset({"chair", "cochair"})
_OF_HARM = frozenset({"condemn", "condole"})
_HARM_BASIS = "the one other state told with what is condemned"
_MONTHS_OF_STORY = 2  # before the report: what was earlier is its past
_TALK_NEAR = 3  # sentences from a meeting to what is said in it
_VISIT_DAY_BASIS = "the date of the visit it is part of"
_SIGNING_BASIS = "the day of the talks after which it was signed"
_OTHER_STATE_BASIS = "the other state at the talks in which it was said"
_SPEECH_BASIS = "the day of the meeting at which it was said"


class InheritanceRules(SceneRules):
    """Rules for what events of one occasion share."""

    __slots__ = ()

    def _was_planned(self, draft: Draft) -> bool:
        """Whether an event is told as a plan that somebody had."""
        return draft.certainty is Certainty.PLANNED and was_planned(
            self.sentences[draft.match.sentence], draft.match
        )

    def _is_off(self, draft: Draft) -> bool:
        """Whether talks were planned for a visit that is called off."""
        return draft.type in CONTACTS and any(
            visit.certainty is Certainty.CANCELLED
            and visit.type is EventType.VISIT
            and visitors(visit) & draft.party_keys()
            and self._was_planned(draft)
            for visit in self.drafts
        )

    def _lend_all(self) -> None:
        """Let each event without place or day take those of the occasion that it belongs to."""
        self._lend_to_meetings()
        share_ceremony(self.drafts)
        join_recalls(self.drafts)
        for draft in self.drafts:
            if draft.type is EventType.VISIT and draft.date is None:
                self._date_visit(draft)
        for index, draft in enumerate(self.drafts):
            if draft.place is None and _has_scene(draft):
                self._set_scene(draft, self.drafts[:index])
            if draft.type is EventType.MEETING:
                self._narrow(draft)
            if draft.type is EventType.MISSION_CHANGE and not is_city(draft.place or ""):
                share_post(draft, self.drafts[:index], self._places_in(draft.match.sentence))
                hosts = draft.party_keys(Role.HOST)
                draft.infer_place(self._city_of_lead(hosts), LEAD_BASIS)
            if draft.date is None:
                self._set_day_of_lead(draft)
        self._lend_to_acts()
        for draft in self.drafts:
            if draft.type is EventType.CONFERENCE and _is_of_two(draft):
                self._set_sides(draft)

    def _places_in(self, number: int) -> set[str]:
        told = (i for i, item in enumerate(self.sentences[number]) if "placed" in item.classes)
        return {ref.key for index in told for ref in self.references.of(number, index)}

    def _set_day_of_lead(self, draft: Draft) -> None:
        """The one day of the first sentence that names one of those whom a headline tells of."""
        told = [match.sentence for match in draft.matches]
        if draft.certainty is not Certainty.HELD or not all(map(self._is_headline, told)):
            return
        first = max(told) + 1
        for number in range(first, min(len(self.sentences), first + _LEAD_REACH)):
            if self._is_headline(number) or not draft.party_keys() & self._named_in(number):
                continue
            days = self._days_in(number)
            day, end = days.pop() if len(days) == 1 else ("", None)
            if len(day) == WHOLE_DATE:
                lasts = draft.type in _LASTING
                draft.date, draft.date_basis, draft.end_date = (
                    day,
                    _DAY_BASIS,
                    end if lasts else None,
                )
            return

    def _named_in(self, number: int) -> set[str]:
        """The entities that a sentence names, and the states of its persons."""
        named: set[str] = set()
        for index in range(len(self.sentences[number])):
            for ref in self.references.of(number, index):
                named |= {ref.key, ref.country or ref.key}
        return named

    def _days_in(self, number: int) -> set[tuple[str, str | None]]:
        """The days that a sentence tells, first and last, as far as they can be worked out."""
        told = (item.payload for item in self.sentences[number])
        specs = [payload.spec for payload in told if isinstance(payload, DateMention)]
        found = [resolve(spec, self.published, self.anchor, "past") for spec in specs]
        return {(each.date, each.end) if each else ("", None) for each in found}

    def _set_sides(self, session: Draft) -> None:
        """Who meets in a joint commission: its two states, or the official of each told with it."""
        if not session.parties:
            states = self.references.two_states()
            session.parties = [(ref, Role.PARTICIPANT) for ref in states]
        sides = [ref.key for ref, _ in session.parties]
        if len(sides) != 2 or not all(map(affairs.is_state, sides)):
            return
        for number in self._told_of_chairs([match.sentence for match in session.matches]):
            own = [self._officials_of(number, state) for state in sides]
            if all(len(refs) == 1 for refs in own):
                session.parties = [(refs[0], Role.PARTICIPANT) for refs in own]
                return

    def _told_of_chairs(self, told: list[int]) -> dict[int, None]:
        """The sentences that tell of a session, and those right behind that tell who chairs it."""
        behind = (number + step for number in told for step in (1, 2))
        chaired = (
            number
            for number in behind
            if number < len(self.sentences)
            and any(not item.classes.isdisjoint(_CHAIRS) for item in self.sentences[number])
        )
        return dict.fromkeys([*told, *chaired])

    def _officials_of(self, number: int, state: str) -> list[Ref]:
        """The persons of a state whom a sentence names; not the king on whose orders they act."""
        told = (
            ref
            for index, item in enumerate(self.sentences[number])
            if "person" in item.classes
            for ref in self.references.of(number, index)
        )
        own = list({ref.key: ref for ref in told if ref.country == state}.values())
        return own if len(own) == 1 else [ref for ref in own if ref.kind != "monarch"]

    def _lend_to_meetings(self) -> None:
        """Talks take what was told of them together, then the place of the visit they are in."""
        for draft in self.drafts if self.frames else ():
            if draft.type is EventType.MEETING and (draft.place is None or draft.date is None):
                self._take_frame(draft)
        visits = [d for d in self.drafts if d.type is EventType.VISIT and d.place]
        for draft in self.drafts:
            self._date_welcome(draft, visits)
            if draft.type is EventType.MEETING and draft.place is None:
                self._lend(draft, visits)
            elif draft.type is EventType.SIGNING and draft.place is None:
                self._lend_place(draft, visits)

    def _lend_to_acts(self) -> None:
        """What is signed or said at talks is of their place and day."""
        for draft in self.drafts:
            if draft.certainty is not Certainty.HELD:
                continue
            if draft.type is EventType.SIGNING:
                self._lend_to_signing(draft)
            elif draft.type is EventType.STATEMENT:
                self._lend_to_statement(draft)

    def _note_frame(self, draft: Draft) -> None:
        """Keep talks «مع نظرائه» that say where or when: those told one by one after are there."""
        told = draft.place is not None or draft.date is not None
        if draft.type is EventType.MEETING and len(draft.parties) == 1 and told:
            self.frames.append(draft)

    def _take_frame(self, meeting: Draft) -> None:
        for frame in reversed(self.frames):
            distance = meeting.match.sentence - frame.match.sentence
            if not 0 < distance <= _FRAME_REACH or frame.certainty is not meeting.certainty:
                continue
            if not frame.party_keys() <= meeting.party_keys():
                continue
            if not compatible(meeting.date, frame.date):
                continue
            if meeting.place is None and frame.place and is_city(frame.place):
                meeting.infer_place(frame.place, "the place of the talks announced together")
            if meeting.date is None and frame.date is not None and not self._tells_end(frame):
                meeting.date, meeting.date_basis = frame.date, _FRAME_BASIS
            return

    def _tells_end(self, frame: Draft) -> bool:
        """Whether the day is that of the last talks, or the first: “on Saturday concluded”."""
        over = any(match.rule.options.get("told") == "over" for match in frame.matches)
        if over or frame.end_date not in (None, frame.date):
            return True
        first, last = max(0, frame.match.found.start - 2), frame.match.found.end
        told = self.sentences[frame.match.sentence][first:last]
        return any("conclude" in item.classes for item in told)

    def _lend(self, meeting: Draft, visits: list[Draft]) -> None:
        for visit in nearest_first(visits, meeting.match.sentence):
            if not may_hold(visit, meeting) or not visitors(visit) & meeting.party_keys():
                continue
            goal = self._goal_of(visit, meeting)
            host = self.country_of(goal or "")
            hosts = {ref.country or ref.key for ref, _ in meeting.parties}
            if host in hosts and during(meeting.date, visit):
                meeting.infer_place(goal, PART_BASIS)
                items = self.sentences[meeting.match.sentence]
                held = meeting.certainty is Certainty.HELD  # what is to come may be any day of it
                within = held and within_visit(items, meeting.match) and not self._tells_end(visit)
                if meeting.date is None and within:
                    meeting.date, meeting.date_basis = visit.date, _VISIT_DAY_BASIS
                return

    def _lend_place(self, signing: Draft, visits: list[Draft]) -> None:
        """What is signed between guest and host in a visit told just before is signed there."""
        sides, old = states_of(signing), self._is_of_old(signing)
        for visit in () if self._is_told_aside(signing) else visits:
            host = self.country_of(visit.place or "")
            guests = {ref.country for ref, role in visit.parties if role is Role.VISITOR}
            near = is_near(visit, signing, _VISIT_NEAR) and may_hold(visit, signing)
            near = near and not (old and visit.date is None)  # signed in a year before
            if near and host in sides and sides & guests and during(signing.date, visit):
                signing.infer_place(visit.place, PART_BASIS)
                return

    def _date_visit(self, visit: Draft) -> None:
        """A visit has the day of the talks told in its sentence; an arrival of those behind."""
        host = self.country_of(visit.place or "")
        if host is None or self._lasts(visit):
            return
        reach = _VISIT_NEAR if self._is_arrival(visit) else 0
        for known in self.drafts:
            if known.type not in _IN_VISITS or known.certainty is not visit.certainty:
                continue
            near = is_near(known, visit, reach) or is_near(visit, known, reach)
            scene = self.country_of(known.place or "") or (host if host in states_of(known) else "")
            day = known.date if len(known.date or "") == WHOLE_DATE else None
            if near and scene == host and day and visitors(visit) & known.party_keys():
                visit.date, visit.date_basis = day, "the day of the talks in it"
                return

    def _lasts(self, visit: Draft) -> bool:
        """Whether the words of a visit count its days, or tell it in a clause of its own."""
        items = self.sentences[visit.match.sentence]
        start, end = visit.match.found.start, visit.match.found.end
        near = items[max(0, start - 2) : end + 2]
        told = any(item.classes & {"who", "subject_pronoun"} for item in items[start:end])
        if told or clauses.is_relative(items, start, end):
            return True
        return (
            spans.days_told(self.references.analysis.words(near[0].first, near[-1].last))
            is not None
        )

    def _lend_to_signing(self, signing: Draft) -> None:
        """«ووقع الوزيران مذكرة …» after their talks: there and then; not «الاتفاق الموقع»."""
        aside = self._is_of_old(signing) or self._is_told_aside(signing)
        if aside or not self._is_told_as_done(signing):
            return
        signers = states_of(signing)
        for known in reversed(self.drafts):
            if known.type not in _OCCASIONS or known.certainty is not Certainty.HELD:
                continue
            if not is_near(known, signing, _NEAR) or not signers <= states_of(known):
                continue
            if not compatible(known.date, signing.date) or self._is_long_ago(known):
                continue
            if signing.place is None:
                signing.infer_place(known.place, "the place of the talks after which it was signed")
            linked = self._is_upshot(signing) or is_told_on(self, known, signing)
            if signing.date is None and known.type is not EventType.VISIT and linked:
                signing.date, signing.date_basis = known.date, _SIGNING_BASIS
            return

    def _is_upshot(self, signing: Draft) -> bool:
        """Whether the words say that a session came first: «وفي ختام الأشغال وقع الطرفان»."""
        for match in signing.matches:
            start, end = match.found.start, match.found.end
            around = self.sentences[match.sentence][max(0, start - _UPSHOT_REACH) : end]
            if any("upshot" in item.classes for item in around):
                return True
        return False

    def _is_long_ago(self, known: Draft) -> bool:
        """Whether an event was months before the report: «وكانت الدورة السابقة قد انعقدت …»."""
        if not (known.date and self.published):
            return False
        told, now = (
            int(day[:4]) * 12 + int(day[5:7] or 12) for day in (known.date, self.published)
        )
        return now - told > _MONTHS_OF_STORY

    def _is_told_as_done(self, signing: Draft) -> bool:
        """Whether a signing is told as an act, not as what an agreement was: “signed in 2004”."""
        for match in signing.matches:
            inside = self.sentences[match.sentence][match.found.start : match.found.end]
            if any(item.classes & {"sign", "sign_noun"} for item in inside) and not any(
                item.classes & {"since", "former"} for item in inside
            ):
                return True
        return False

    def _lend_to_statement(self, statement: Draft) -> None:
        """What a party to a meeting says right after it is told, it said there."""
        speakers = statement.party_keys(Role.SPEAKER)
        self._lend_addressee(statement, speakers)
        self._lend_land(statement)
        for known in reversed(self.drafts) if statement.date is None else ():
            if known.type not in _SPOKEN_AT or known.certainty is not Certainty.HELD:
                continue
            if not is_near(known, statement, _TALK_NEAR) or not speakers <= known.party_keys():
                continue
            if known.date and len(known.date) == 10:
                statement.date, statement.date_basis = known.date, _SPEECH_BASIS
            return

    def _lend_land(self, statement: Draft) -> None:
        """What is condemned happened in the one other state that is told with it."""
        if len(statement.parties) != 1 or statement.match.rule.stance not in _OF_HARM:
            return
        at = statement.match.sentence
        state = only(self._lands_in(at) - states_of(statement))
        if state and state in self._lands_in(at, cities=False):  # a city alone names no state
            consoled = statement.match.rule.stance == "condole"  # an attack there is not its deed
            role = Role.ADDRESSEE if consoled else Role.PARTICIPANT
            statement.parties.append((Ref(state, _HARM_BASIS), role))

    def _lands_in(self, number: int, *, cities: bool = True) -> set[str]:
        """The states that a sentence names, by an adjective too, and those of its cities."""
        lands: set[str | None] = set()
        for index, item in enumerate(self.sentences[number]):
            lands |= {
                ref.country or self.country_of(ref.key)
                for ref in self.references.of(number, index)
                if cities or not ref.key.startswith("place/")
            }
            if "nat" in item.classes and item.payload is None and "portfolio" not in item.classes:
                lands.add(self.references.state(item))
        return {land for land in lands if land and affairs.is_state(land)}

    def _lend_addressee(self, statement: Draft, speakers: set[str]) -> None:
        """Praise at talks that names nobody, «أشاد بمستوى العلاقات», is of the other state."""
        if len(statement.parties) != 1 or statement.match.rule.stance not in _OF_RELATIONS:
            return
        own = states_of(statement)
        for known in reversed(self.drafts):
            if known.type not in _TALKS or not speakers <= known.party_keys():
                continue
            if is_near(known, statement, _TALK_NEAR) and (state := only(states_of(known) - own)):
                statement.parties.append((Ref(state, _OTHER_STATE_BASIS), Role.ADDRESSEE))
                return


def _has_scene(draft: Draft) -> bool:
    """Whether an event takes the place of what is told around it; letters of credence do."""
    return draft.type in PLACED or draft.change == "accredit"


def _is_of_two(session: Draft) -> bool:
    """Whether a session is of a joint commission or dialogue, which two states hold."""
    return any("dialogue/" in key and any(w in key for w in _OF_TWO) for key in session.about)
