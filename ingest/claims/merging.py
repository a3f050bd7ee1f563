"""Merging: drafts of one happening become one event."""

from __future__ import annotations

from ingest.claims import affairs, editions, sameness, tours
from ingest.claims.affairs import ACCREDIT, essential, is_state, without_states_of_persons
from ingest.claims.drafts import Draft, begins
from ingest.claims.scenes import compatible, during, is_one_journey, states_of
from ingest.claims.story import CONTACTS
from ingest.claims.sureness import SurenessRules
from kg.model import Certainty, EventType, Role

_SAID_ONCE = frozenset({"condemn", "congratulate", "condole", "thank"})
_OF_PERSONS = (EventType.SIGNING, EventType.CONFERENCE, *CONTACTS)  # not of their states too
_STAGES = (EventType.SIGNING, EventType.AGREEMENT_CHANGE)
_LASTING = (EventType.VISIT, EventType.CONFERENCE)  # for several days
_LEAD = 2  # the last sentence, by number, that may tell a headline again
_SEPARATE_REACH = 4  # items from “in a separate meeting” to its verb
_SIDES_NEAR = 6  # sentences from talks of states to those who are said to lead the delegations
_COMPANY_NEAR = 4  # sentences from a visit to those who are said to go with the visitor


class MergeRules(SurenessRules):
    """Rules for which drafts are of one happening."""

    __slots__ = ()

    def _merge(self, draft: Draft) -> None:
        joins = draft.match.rule.options.get("with")
        if joins:
            (self._add_sides if joins == "sides" else self._add_to_latest)(draft)
            return
        named = draft.match.rule.options.get("of") == "named"
        if named and draft.type is EventType.CONFERENCE:
            self._add_present(draft)
            return
        for known in self._by_day(draft):
            if self._same(known, draft):
                self._join(known, draft)
                return
        if draft.match.rule.weak and draft.type is EventType.MEETING and self._call_between(draft):
            return
        if self._is_of_credentials(draft) or sameness.is_call_paid(self.drafts, draft):
            return
        if draft.type is EventType.PHONE_CALL:
            self._take_in(draft)
        self.drafts.append(draft)

    def _add_present(self, draft: Draft) -> None:
        """Join those who were there, or will be, to the session told before."""
        for known in self._by_day(draft):
            if self._is_told_again(known, draft) and self._may_be_there(known, draft):
                draft.certainty = known.certainty
                self._join(known, draft)
                return

    def _may_be_there(self, known: Draft, draft: Draft) -> bool:
        """Whether what tells who is at a session can be about that one: of its day, no plan yet."""
        if known.certainty is not Certainty.HELD and not self._one_certainty(known, draft):
            return False
        return compatible(known.date, draft.date) or during(draft.date, known)

    def _by_day(self, draft: Draft) -> list[Draft]:
        """What may be told again; of two sessions “this session” is not the one long before."""
        if draft.type is not EventType.CONFERENCE or "same" not in draft.match.rule.options:
            return self.drafts
        today = self.published or ""

        def rank(known: Draft) -> tuple[bool, str]:
            return known.certainty is Certainty.HELD, known.date or today

        return sorted(self.drafts, key=rank, reverse=True)

    def _add_to_latest(self, draft: Draft) -> None:
        """Join those at a ceremony to the opening told before; a host known there stays alone."""
        known = [d for d in self.drafts if d.type is draft.type and d.change == draft.change]
        if draft.certainty is Certainty.PLANNED:  # “who was in Cairo in March, will go with …”
            known = [d for d in known if d.certainty is draft.certainty] or known
        here = [d for d in known if any(m.sentence == draft.match.sentence for m in d.matches)]
        known = here or known  # the talks that this sentence told again, not others since
        reach = _COMPANY_NEAR if self._names_its_event(draft) else 1
        if not known or draft.match.sentence - known[-1].matches[-1].sentence > reach:
            return
        hosts = known[-1].party_keys(Role.HOST)
        draft.parties = [
            (ref, role)
            for ref, role in draft.parties
            if not (role is Role.HOST and hosts)
            and not (draft.type is EventType.VISIT and ref.country in hosts)  # who is at home there
        ]
        if draft.type is EventType.VISIT:
            draft.certainty = known[-1].certainty  # who goes along tells nothing of that
        self._join(known[-1], draft)

    def _names_its_event(self, draft: Draft) -> bool:
        """Whether who came along is told of a visit, or of what is called talks."""
        found = draft.match.found
        items = self.sentences[draft.match.sentence][found.start : found.end]
        told = any(item.classes & {"talks", "talks_told"} for item in items)
        return draft.type is EventType.VISIT or (draft.type is EventType.MEETING and told)

    def _add_sides(self, draft: Draft) -> None:
        """Let those who led the delegations of states stand for these in their talks."""
        sides = {ref.country for ref, _ in draft.parties}
        for known in reversed(self.drafts):
            near = draft.match.sentence - known.matches[-1].sentence <= _SIDES_NEAR
            if known.type is draft.type and near and sides <= known.party_keys():
                draft.certainty = known.certainty
                self._join(known, draft)
                return

    def _take_in(self, call: Draft) -> None:
        """Talks of the same two, told before a call and not as face to face, are the call."""
        for known in list(self.drafts):
            if known.type is not EventType.MEETING:
                continue
            headline = all(self._is_headline(m.sentence) for m in known.matches)
            weak = all(m.rule.weak for m in known.matches)
            again = weak or headline or sameness.is_told_again(call)
            beside = weak and known.match.sentence == call.match.sentence
            open_to_it = beside or (again and not known.place)  # who is somewhere sees the other
            if (
                open_to_it
                and (
                    known.party_keys() == call.party_keys()
                    or (
                        headline
                        and len(states_of(call)) > 1
                        and states_of(known) == states_of(call)
                    )
                )
                and sameness.may_be_call(known, call)
            ):
                self.drafts.remove(known)
                if call.date is None:
                    call.date, call.date_basis = known.date, known.date_basis
                call.matches += known.matches

    def _call_between(self, draft: Draft) -> bool:
        return any(
            k.type is EventType.PHONE_CALL and draft.party_keys() <= k.party_keys()
            for k in self.drafts
        )

    def _is_of_credentials(self, draft: Draft) -> bool:
        """Whether a welcome is that of an envoy whose credentials were told of as received."""
        items = self.sentences[draft.match.sentence]
        words = items[draft.match.found.start : draft.match.found.end]
        return (
            draft.type is EventType.MEETING
            and any("receive" in item.classes for item in words)
            and any(
                known.change == ACCREDIT and draft.party_keys() <= known.party_keys()
                for known in self.drafts
            )
        )

    def _same(self, known: Draft, draft: Draft) -> bool:
        """Whether two drafts are of one happening."""
        return self._may_be_same(known, draft) and self._same_parts(known, draft)

    def _may_be_same(self, known: Draft, draft: Draft) -> bool:
        """Whether type, certainty and date leave room for two drafts to be of one happening."""
        if sameness.is_of_another_session(draft) and (not known.date or not draft.date):
            return False
        weak = draft.match.rule.weak and {known.type, draft.type} == set(CONTACTS)
        if not (known.type is draft.type or weak) or not self._one_certainty(known, draft):
            return False
        if self._is_outcome(known, draft) or editions.are_two(known, draft):
            return False
        if draft.type is EventType.VISIT and self._is_of_old(known) != self._is_of_old(draft):
            return False  # “arrived on Monday”, and “last visited in 2019”
        if draft.type in _LASTING and during(draft.date, known):
            return True  # the day on which the guest of a week was received
        if begins(known, draft) or begins(draft, known):
            return True
        one_day = compatible(known.date, draft.date) or draft.is_dated_like(known)
        return one_day or self._one_contact(known, draft)

    def _same_parts(self, known: Draft, draft: Draft) -> bool:
        """Whether what takes part, and in what, is the same, as each type wants it."""
        if draft.type is EventType.STATEMENT:
            return sameness.stance(known) == sameness.stance(draft) and (
                known.party_keys() == draft.party_keys()
                or self._said_again(known, draft)
                or self._said_in_headline(known, draft)
                or sameness.in_same_words(known, draft)
            )
        if draft.type in _STAGES and known.change != draft.change:
            return False  # an agreement is signed on one day, ratified and in force on others
        if known.about and draft.about:
            return (
                bool(set(known.about) & set(draft.about))
                or self._is_put_off(known, draft)
                or sameness.is_one_round(known, draft)
                or self._is_of_headline(known, draft)
            )
        if draft.type in (EventType.CONFERENCE, EventType.EXERCISE):
            return self._is_one_session(known, draft)
        near = self._near(known.place, draft.place) or self._is_one_tour(known, draft)
        if (
            not sameness.one_change(known, draft)
            or not near
            or not sameness.same_owner(known, draft)
        ):
            return False
        return self._same_company(known, draft)

    def _is_one_tour(self, known: Draft, draft: Draft) -> bool:
        """Whether the places of two visits are stops of the one that leads to several states."""
        stops = max((each.party_keys(Role.HOST) for each in (known, draft)), key=len)
        return len(stops) > 1 and {self.country_of(d.place or "") for d in (known, draft)} <= stops

    def _same_company(self, known: Draft, draft: Draft) -> bool:
        """Whether those who take part are the same, as far as both are told."""
        if draft.type is EventType.SIGNING and states_of(known) == states_of(draft):
            return not sameness.is_of_its_own_time(known.date, draft.date) and not (
                draft.date is None and self._is_of_old(known) and self._is_told_as_done(draft)
            )
        if draft.type is EventType.RECOGNITION:
            return sameness.is_of_one_recognition(known, draft)
        mine, theirs = known.party_keys(), draft.party_keys()
        if draft.type is EventType.APPOINTMENT:  # the ambassador unnamed may be the one named
            mine, theirs = sameness.all_but_envoys(mine), sameness.all_but_envoys(theirs)
        if draft.type is EventType.VISIT:
            return is_one_journey(known, draft)
        if draft.match.rule.options.get("appointer") == "latest":  # a line of a list of envoys
            return known.party_keys(Role.APPOINTER) == draft.party_keys(Role.APPOINTER)
        if draft.type in CONTACTS and mine != theirs and self._is_separate(draft):
            return False
        within = mine <= theirs or theirs <= mine
        return within or (draft.type in CONTACTS and self._is_of_same_states(known, draft))

    def _is_separate(self, draft: Draft) -> bool:
        """Whether talks are told as others than those before: «وفي لقاء منفصل، بحث …»."""
        start, items = draft.match.found.start, self.sentences[draft.match.sentence]
        near = items[max(0, start - _SEPARATE_REACH) : draft.match.found.end]
        return any("separate" in item.classes for item in near)

    def _is_one_session(self, known: Draft, draft: Draft) -> bool:
        """Whether two conferences or exercises, not both with a name, are one."""
        here = known.matches[-1].sentence == draft.match.sentence
        guests = {ref.key for ref, role in draft.parties if role is not Role.HOST}
        # manoeuvres go on for the whole report, whose sentences name some of those who hold them
        here = here or draft.type is EventType.EXERCISE
        if draft.type is EventType.EXERCISE and (states := {k for k in guests if is_state(k)}):
            guests = states  # beside them their armies
        inside = here and not draft.about and guests <= known.party_keys()
        return (
            inside
            or self._tells_one_session(known, draft)
            or self._is_told_again(known, draft)
            or self._is_of_same_states(known, draft)
            or self._is_of_same_guests(known, draft)
            or sameness.is_of_same_day_and_city(known, draft)
            or self._is_there_again(known, draft)
            or self._is_of_headline(known, draft)
            or (self._near(known.place, draft.place) and self._is_of_same_sort(known, draft))
        )

    def _is_put_off(self, known: Draft, draft: Draft) -> bool:
        """Whether two conferences called off are one, by its name and by that of the forum."""
        return (
            draft.type is EventType.CONFERENCE
            and known.certainty is draft.certainty is Certainty.CANCELLED
            and self._near(known.place, draft.place)
        )

    def _is_of_headline(self, known: Draft, draft: Draft) -> bool:
        """Whether the lead tells of the session that a headline shortens, by its guests or place.

        The headline that tells only the place gives no name.
        """
        guests = known.party_keys()
        if (
            draft.type is not EventType.CONFERENCE
            or not 0 < draft.match.sentence <= _LEAD
            or not all(self._is_headline(match.sentence) for match in known.matches)
        ):
            return False
        if known.place and not known.about and not guests - {known.place}:
            return self._near(known.place, draft.place)
        if not guests and not known.date and known.match.sentence == 0:
            return True  # «انطلاق اجتماعات وزراء الخارجية العرب»: the lead says which
        persons = any(key.startswith(("person/", "holder/")) for key in guests)
        standing = not guests and sameness.are_standing(known, draft)
        return (persons or standing) and guests <= draft.party_keys()

    def _is_there_again(self, known: Draft, draft: Draft) -> bool:
        """Whether two sessions without a name are told near by of one place, not of two days."""
        near = 0 < draft.match.sentence - known.matches[-1].sentence <= _COMPANY_NEAR
        told = known.place and draft.place and not known.about and not draft.about
        if draft.type is not EventType.CONFERENCE or not near or not told:
            return False
        return not (known.date and draft.date) and self._near(known.place, draft.place)

    def _tells_one_session(self, known: Draft, draft: Draft) -> bool:
        """Whether two matches tell of the same words, which name a session by its sort."""
        items = self.sentences[draft.match.sentence]
        mine = draft.match.found
        return any(
            "session" in item.classes
            for match in known.matches
            if match.sentence == draft.match.sentence
            for item in items[max(match.found.start, mine.start) : min(match.found.end, mine.end)]
        )

    def _is_of_same_states(self, known: Draft, draft: Draft) -> bool:
        """Whether the states told of are those of the officials: “the two nations held talks”."""
        states = states_of(draft)
        one_names_states = any(
            ref.key.startswith("country/") for each in (known, draft) for ref, _ in each.parties
        )
        same = one_names_states and len(states) > 1 and states == states_of(known)
        return same and self._near(known.place, draft.place)

    def _is_of_same_guests(self, known: Draft, draft: Draft) -> bool:
        """Whether a summit without a name, told near by, is that at which the same person is."""
        near = abs(draft.match.sentence - known.matches[-1].sentence) <= _COMPANY_NEAR
        if draft.type is not EventType.CONFERENCE or not near:
            return False
        mine, theirs = known.party_keys(), draft.party_keys()
        shared = mine and theirs and (mine <= theirs or theirs <= mine)
        return bool(shared) and self._near(known.place, draft.place)

    def _said_again(self, known: Draft, draft: Draft) -> bool:
        """Whether words without addressee are those just told: a cable, and what it says."""
        again = sameness.stance(draft) in _SAID_ONCE and self._just_before(known, draft.match)
        if (
            again
            and sameness.stance(draft) != "condemn"
            and known.party_keys(Role.SPEAKER) == draft.party_keys(Role.SPEAKER)
        ):
            alone = len(draft.parties) == 1  # else whom it is said to, and his state
            return alone or states_of(draft) == states_of(known)
        return again and len(draft.parties) == 1 and draft.party_keys() <= known.party_keys()

    def _said_in_headline(self, known: Draft, draft: Draft) -> bool:
        """Whether the lead says to whom, or about whom, what a headline only says was said."""
        ahead = all(self._is_headline(match.sentence) for match in known.matches)
        if not ahead or draft.match.sentence > _LEAD:
            return False
        return sameness.has_one_speaker(known, draft)

    def _one_contact(self, known: Draft, draft: Draft) -> bool:
        """Whether two dates a day apart are of one contact, told by two sources in one document."""
        return (
            draft.type in CONTACTS
            and known.party_keys() == draft.party_keys()
            and sameness.day_apart(known.date, draft.date)
        )

    def _near(self, one: str | None, other: str | None) -> bool:
        """Whether two places can be the same: equal, unknown, or one the country of the other."""
        if one is None or other is None or one == other or "place/region-" in one + other:
            return True
        return self.country_of(one) in (other, self.country_of(other)) and "country/" in one + other

    def _join(self, known: Draft, draft: Draft) -> None:
        self._settle(known, draft)
        for ref, role in () if sameness.is_only_hosted(known, draft) else draft.parties:
            if ref.key not in known.party_keys():
                known.parties.append((ref, role))
        came_along = draft.match.rule.options.get("with") == "latest"  # and stands for nobody there
        if (draft.type in _OF_PERSONS and not came_along) or sameness.stance(draft) in _SAID_ONCE:
            known.parties = without_states_of_persons(known.parties)
        if draft.type is EventType.STATEMENT:
            known.parties = affairs.without_states_spoken_for(known.parties)
        if draft.type is EventType.APPOINTMENT:
            known.parties = sameness.without_unnamed_envoys(known.parties)
        if begins(draft, known) or (known.date == draft.date and not known.end_date):
            known.end_date = draft.end_date
        elif draft.date and (
            known.date is None or len(draft.date) > len(known.date) or begins(known, draft)
        ):
            ended = known.end_date if begins(known, draft) else draft.end_date
            known.date, known.end_date, known.date_basis = (
                draft.date,
                ended,
                draft.date_basis,
            )
        if sameness.is_better_placed(draft, known):
            known.place, known.place_basis = draft.place, draft.place_basis
        known.about += [key for key in draft.about if key not in known.about]
        if sameness.are_standing(known, draft):
            known.about.sort(key=len, reverse=True)  # the name that says whose commission it is
        known.edition = known.edition or draft.edition
        known.matches.append(draft.match)

    def finish(self) -> list[Draft]:
        """All events, with what those of one occasion lend each other."""
        self._lend_all()
        for draft in self.drafts:
            draft.settle_ahead(self.published)
            draft.settle_begun(self.published)
            if self._is_off(draft):
                draft.certainty = Certainty.CANCELLED
            draft.parties = essential(draft)
        drafts = tours.set_ahead(self.drafts)
        return [stop for draft in drafts for stop in tours.stops(draft, self.country_of)]
