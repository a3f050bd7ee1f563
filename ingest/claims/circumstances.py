"""Circumstances of an event: when, where, about what; what it lacks to be one."""

from __future__ import annotations

from ingest.claims import (
    affairs,
    ahead,
    allusions,
    editions,
    headings,
    lands,
    places,
    slots,
    spans,
    telling,
)
from ingest.claims.completeness import CompletenessRules
from ingest.claims.drafts import Draft
from ingest.claims.people import Person
from ingest.claims.plans import AHEAD
from ingest.claims.sessions import HOSTED, city_of, sides_told
from ingest.claims.story import THINGED
from ingest.claims.things import Ref
from ingest.items import Item, ThingMention
from kg.model import Certainty, EventType, Role

_LONG_AGO = 8  # years after which hardly anybody is still in office
_YEAR = 4  # letters of a date that is a year alone
_SPAN_REACH = 12  # items after an event in which the text may say how long it lasted
_LASTING = (EventType.VISIT, EventType.CONFERENCE, EventType.EXERCISE)
_SAME_DAY_REACH = 3  # sentences back to the day that “the same day” is
_HEADING_BASIS = "the day at the head of the item"
_YEAR_INFERRED = ": year "  # in what a date rests on: «2011: … يزور مصر في سبتمبر»
_TALKS_BASIS = "the place of the talks in it"
_ACTS_OF_GUESTS = (EventType.MEETING, EventType.SIGNING)
# Places by the city that is named, not the state of whose government it is the seat.
_GUESTS_REACH = 5  # sentences from the talks with a guest to “this visit”
_TITLED_PLACE = (EventType.VISIT, EventType.MISSION_CHANGE)
_IN_CITIES = (EventType.CONFERENCE, EventType.MEETING, EventType.SIGNING, *_TITLED_PLACE)
_THING_CLASSES = ("exercise", "conference", "forum", "dialogue", "agreement", "organization")


class SlotRules(CompletenessRules):
    """Rules for the slots of a draft."""

    __slots__ = ()

    def _set_from_meeting(self, draft: Draft) -> None:
        """A visit told by the way, “during a one-day visit”, goes where the meeting is."""
        how = draft.match.rule.options.get("dest")
        if how == "latest":
            self._set_dest_told(draft)
        elif how == "here":
            self._set_dest_here(draft)
        if how not in ("meeting", "guest"):
            return
        at = draft.match.sentence
        told = [d for d in self.drafts if d.type in _ACTS_OF_GUESTS]
        here = [d for d in told if any(match.sentence == at for match in d.matches)]
        if how == "guest":
            here = self._guests_talks(at)
        if not here and draft.parties:  # «وتعد زيارة الوزير هي الأولى», after he was received
            here = [d for d in told if draft.party_keys() <= d.party_keys()][-1:]
        if not here:
            return
        meeting = next((d for d in reversed(here) if d.place), here[-1])
        bound = {ref.key for ref, _ in draft.parties}
        others = {r.country or r.key for r, _ in meeting.parties if r.key not in bound}
        if meeting.place is None and (not bound or len(others) != 1):
            return
        host = self.country_of(meeting.place) if meeting.place else others.pop()
        guests = [
            ref
            for ref, _ in draft.parties or meeting.parties
            if ref.country
            and ref.country != host
            and (how != "guest" or ref.kind not in affairs.ENVOYS)
        ]
        if host and affairs.is_state(host) and guests:
            draft.infer_place(meeting.place, _TALKS_BASIS)
            draft.date, draft.date_basis = meeting.date, meeting.date_basis
            draft.parties = [*((ref, Role.VISITOR) for ref in guests), (Ref(host), Role.HOST)]

    def _guests_talks(self, at: int) -> list[Draft]:
        """“This visit” is that of the guest met just before, unless a visit has been told."""
        if any(draft.type is EventType.VISIT for draft in self.drafts):
            return []
        near = range(at - _GUESTS_REACH, at + 1)
        met = [d for d in self.drafts if d.type is EventType.MEETING and d.place]
        return [d for d in met if any(match.sentence in near for match in d.matches)][:1]

    def _set_signers(self, draft: Draft) -> None:
        """Who meets somebody and signs does so with them: “will meet A and sign agreements”."""
        if draft.type is not EventType.SIGNING or len(draft.parties) != 1:
            return
        key = draft.parties[0][0].key
        for known in reversed(self.drafts):
            here = known.match.sentence == draft.match.sentence
            if known.type is EventType.MEETING and here and key in known.party_keys():
                draft.parties = [(ref, Role.SIGNATORY) for ref, _ in known.parties]
                return

    def _set_from_talks(self, draft: Draft) -> None:
        """A session in which talks were just reported has their day and place."""
        if draft.match.rule.options.get("parties") != "latest" or draft.type is EventType.MEETING:
            return
        talks = [
            d
            for d in self.drafts
            if d.type is EventType.MEETING and d.party_keys() == draft.party_keys()
        ]
        if talks:
            draft.infer_place(talks[-1].place, _TALKS_BASIS)
            draft.date, draft.end_date, draft.date_basis = (
                talks[-1].date,
                None,
                talks[-1].date_basis,
            )

    def _set_when(self, draft: Draft, items: list[Item]) -> None:
        at = draft.match.sentence
        chronicled = self._chronicled(draft, items)
        held = draft.certainty is Certainty.HELD
        over = allusions.is_visit_made(items, draft.match)
        if held and not over and ahead.is_promised(items, draft.match, self.published):
            draft.certainty = Certainty.PLANNED
        when = slots.date_of(
            items,
            draft.match,
            self.published,
            self.anchor,
            draft.certainty,
            self.sentences[max(0, at - _SAME_DAY_REACH) : at],
        )
        # “next week” is of this month
        open_ = not over and (when is None or len(when.date) < spans.WHOLE_DATE)
        if open_ and draft.certainty is Certainty.HELD and ahead.is_ahead(items, draft.match):
            draft.certainty = Certainty.PLANNED
        if when is None:
            self._set_from_heading(draft, items)
        if when and chronicled and _YEAR_INFERRED in (when.basis or ""):
            end = when.end and headings.in_year(when.end, chronicled)
            when = slots.When(headings.in_year(when.date, chronicled), end, _HEADING_BASIS)
        if not when or (held and telling.founds(items, draft.match, when.date, self.published)):
            return
        if draft.type is EventType.STATEMENT and self._is_of_matter(when.date):
            return
        draft.date, draft.end_date, draft.date_basis = when.date, when.end, when.basis
        self._set_beginning(draft, items)
        draft.settle_ahead(self.published)
        if draft.certainty is Certainty.HELD and len(when.date) == 10 and self.published is None:
            self.anchor = self.anchor or when.date

    def _set_from_heading(self, draft: Draft, items: list[Item]) -> None:
        """What a chronicle tells under a day was done on it: «1976: الرباط تقطع علاقاتها»."""
        if draft.certainty is not Certainty.HELD or draft.type is EventType.STATEMENT:
            return
        if any("date" in item.classes and not headings.is_head(items, item) for item in items):
            return
        if day := self._heading(draft):
            draft.date, draft.date_basis = day, _HEADING_BASIS

    def _heading(self, draft: Draft) -> str | None:
        """The day of the chronicle's heading over what is told."""
        if self.headings is None:
            self.headings = headings.days(self.references.analysis, self.sentences)
        return self.headings.get(draft.match.sentence)

    def _chronicled(self, draft: Draft, items: list[Item]) -> str | None:
        """The day of the heading; what is told there in the present is over: «2011: يزور مصر»."""
        day = self._heading(draft)
        past = day is not None and (self.published is None or day < self.published)
        if past and draft.certainty is Certainty.PLANNED:
            near = items[: draft.match.found.end]
            if draft.match.rule.certainty is None and not any(i.classes & AHEAD for i in near):
                draft.certainty = Certainty.HELD
        return day if past else None

    def _is_of_matter(self, day: str) -> bool:
        """Whether a day is that of what is spoken of: one to come, or a year of long ago."""
        told = self.published or day
        return day > told or (len(day) == _YEAR and not told.startswith(day))

    def _set_beginning(self, draft: Draft, items: list[Item]) -> None:
        """What ended after so many days began before: “wrapped up a two-day visit”; or its end."""
        start, end = draft.match.found.start, draft.match.found.end
        near = items[max(0, start - 2) : end]
        if draft.type not in _LASTING or draft.end_date or len(draft.date or "") != 10:
            return
        if draft.certainty is Certainty.CANCELLED:
            return  # “put off until March 10”
        if not draft.date or not any("conclude" in item.classes for item in near):
            draft.end_date = slots.end_of(items, draft.match, draft.date or "", self.published)
            return
        last = min(len(items), end + _SPAN_REACH) - 1
        days = spans.days_told(self.references.analysis.words(near[0].first, items[last].last))
        if days:
            draft.end_date = draft.date
            draft.date = spans.first_day(draft.date, days)
            draft.date_basis = f"{days} days up to {draft.end_date}"
        elif draft.type is EventType.EXERCISE:
            draft.end_date = draft.date  # its first day may be told elsewhere

    def _set_states_of_old(self, draft: Draft, items: list[Item]) -> None:
        """What happened long ago the states did, not who speaks of it: «وقعا سنة 1836»."""
        if (
            not draft.date
            or not self.published
            or int(self.published[:4]) - int(draft.date[:4]) < _LONG_AGO
        ):
            return
        start, end = draft.match.found.start, draft.match.found.end
        named = {
            ref.key
            for index in range(start, end)
            if "named" in items[index].classes
            for ref in self.references.of(draft.match.sentence, index)
        }
        served = {p.key for p in self.references.people.persons if _served(p, draft.date)}
        parties = [
            (ref if ref.key in named | served or not ref.country else Ref(ref.country), role)
            for ref, role in draft.parties
        ]
        draft.parties = list({ref.key: (ref, role) for ref, role in parties}.values())

    def _set_where(self, draft: Draft, items: list[Item]) -> None:
        if draft.type in (EventType.STATEMENT, EventType.PHONE_CALL, EventType.RECOGNITION):
            return
        if draft.type is EventType.VISIT and draft.match.rule.options.get("with") == "latest":
            return  # who went along is told, not where
        if telling.is_planned_there(items, draft.match):
            return
        states = {ref.country or ref.key for ref, _ in draft.parties}

        def fits(index: int) -> bool:
            refs = self.references.of(draft.match.sentence, index)
            return anywhere or any(self.country_of(ref.key) in states for ref in refs)

        anywhere = draft.type in THINGED  # those who hold a conference may do so abroad
        towards = draft.type in _TITLED_PLACE
        told = fits if draft.parties or anywhere else None
        index = places.place_of(items, draft.match, towards, told)
        if index is None:
            return
        refs = self.references.of(draft.match.sentence, index)
        if not refs:
            return
        hosts = draft.party_keys(Role.HOST)
        listed = bool(items[index].entries)  # the state of an unknown town is not known
        if draft.type in HOSTED and hosts and listed and self.country_of(refs[0].key) not in hosts:
            return  # «يستضيف الأردن مؤتمرا حول الوضع في غزة»
        draft.place = refs[0].key
        if draft.type in _IN_CITIES and "seat" in items[index].classes:
            draft.place = city_of(items[index]) or draft.place
        if draft.type in _TITLED_PLACE:
            self._add_hosts(draft, draft.match.found.roles.get("dest", (index, index + 1)))
        if draft.place.startswith("place/region-") and draft.party_keys(Role.HOST):
            draft.place = None  # “a tour of Africa that will lead to Niger”: it goes there

    def _add_hosts(self, draft: Draft, span: tuple[int, int]) -> None:
        """The countries of the places that a visit leads to, or that a mission stands in."""
        items = self.sentences[draft.match.sentence]
        for index in range(*span):
            for ref in self.references.of(draft.match.sentence, index):
                host = self.country_of(ref.key) or lands.told_behind(items, index)
                if host and host not in draft.party_keys():
                    draft.parties.append((Ref(host), Role.HOST))
                city = city_of(items[index]) or ref.key
                if host and city.startswith("place/"):
                    draft.cities.setdefault(host, city)

    def _set_host_place(self, draft: Draft) -> None:
        """A visit whose place is left out is to the country of the host."""
        hosts = [ref.key for ref, role in draft.parties if role is Role.HOST]
        if draft.type is EventType.VISIT and draft.place is None and hosts:
            draft.place = hosts[0]

    def _set_about(self, draft: Draft, items: list[Item]) -> None:
        if "thing" in draft.match.found.roles:
            start, end = draft.match.found.roles["thing"]
        elif draft.type in THINGED:
            start, end = draft.match.found.start, draft.match.found.end
        else:
            return
        draft.edition = editions.told_before(items, start)
        for index in range(start, end):
            item = items[index]
            if "session" in item.classes and self._is_hosted_by_city(draft):
                draft.parties = [each for each in draft.parties if each[1] is not Role.HOST]
            if item.classes & _about_classes(draft):
                draft.about += [
                    ref.key
                    for ref in self.references.of(draft.match.sentence, index)
                    if ref.key not in draft.about and ref.key not in draft.party_keys()
                ]
                if isinstance(item.payload, ThingMention):
                    draft.edition = item.payload.edition or draft.edition
                self._take_states(draft, item)
                self._set_named_place(draft, item)

    def _set_concerned(self, statement: Draft, items: list[Item]) -> None:
        """“The decision” that somebody welcomes concerns those who took it: the first act told."""
        if statement.type is not EventType.STATEMENT or len(statement.parties) != 1:
            return
        span = items[statement.match.found.start : statement.match.found.end]
        if not any("act_word" in item.classes for item in span):
            return
        acts = [d for d in self.drafts if d.type in affairs.STATE_ACTS]
        if not acts:
            return
        speaker = statement.parties[0][0]
        for ref, role in acts[0].parties:
            state = ref.country or ref.key
            known = {speaker.key, speaker.country, *statement.party_keys()}
            if role is not Role.RECOGNISED and state not in known:
                statement.parties.append((Ref(state), Role.ADDRESSEE))

    def _take_latest(self, draft: Draft) -> None:
        """«القمة» after a summit was named is that summit."""
        known = [d for d in self.drafts if d.type is draft.type and d.about]
        told = draft.match.rule.options.get("about") in ("latest", "earlier")
        if known and told and not draft.about:
            draft.about = list(known[-1].about)
            draft.parties = draft.parties or sides_told(known[-1])


def _about_classes(draft: Draft) -> frozenset[str]:
    """What an event of its type may be about; an exercise not the forces that hold it."""
    return frozenset({"exercise"} if draft.type is EventType.EXERCISE else _THING_CLASSES)


_MIDDLE = "-06-15"  # what a date that gives a year, or a month, lacks of a day


def _served(person: Person, date: str) -> bool:
    """Whether an official is known to have held an office on a day, or about it."""
    day = date + _MIDDLE[len(date) - 4 :]
    return person.official is not None and any(t.covers(day) for t in person.official.tenures)
