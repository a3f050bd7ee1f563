"""Sureness: how sure an event is that is told several times, as held, planned or called off."""

from __future__ import annotations

from ingest.claims.clauses import RESOLVES
from ingest.claims.drafts import Draft, governs
from ingest.claims.inheritance import InheritanceRules
from ingest.claims.plans import is_setting
from ingest.claims.sameness import in_same_words
from ingest.claims.spans import WHOLE_DATE
from ingest.claims.story import CONTACTS
from ingest.engine import Match
from kg.model import Certainty, EventType, Role

_PLANS = frozenset({"planned", "future"})
_NOW = frozenset({"arriving", "present"})  # verbs that tell what is done or to be done
_TALKS = (EventType.MEETING, EventType.CONFERENCE)
_AGREED_REACH = 5  # items from “agreed” to what is to be held


class SurenessRules(InheritanceRules):
    """Rules for the certainty of what two drafts tell."""

    __slots__ = ()

    def _one_certainty(self, known: Draft, draft: Draft) -> bool:
        """Whether two drafts are equally sure, or one corrects what the other only quotes.

        What is denied once was not held; what the headline tells as done may still be to come.
        """
        sure = {known.certainty, draft.certainty}
        if len(sure) == 1 or _is_decided_before(known, draft):
            return True
        if draft.type is EventType.RELATIONS_CHANGE and sure == {Certainty.PLANNED, Certainty.HELD}:
            return not draft.date  # «يستأنفان علاقاتهما»: they have agreed to
        if draft.match.rule.options.get("told") == "purpose" and not draft.date:
            return known.certainty is Certainty.HELD
        if sure == {Certainty.PLANNED, Certainty.CANCELLED}:
            again = in_same_words(known, draft)  # «موعد عقد المنتدى سيتم إرجاؤه»
            return again or self._was_planned(known) or self._was_planned(draft)
        if sure == {Certainty.DENIED, Certainty.HELD}:
            return draft.type in (*CONTACTS, EventType.VISIT)
        told_again = draft.match.rule.options.get("told") == "again" and (
            draft.date is None or draft.is_dated_like(known)
        )
        if sure == {Certainty.PLANNED, Certainty.HELD} and (
            told_again or self._may_be_held(known) or self._may_be_held(draft)
        ):
            return True
        if self._is_held_in_lead(known, draft) or _is_one_stop(known, draft):
            return True
        told = {known.match.rule.options.get("told"), draft.match.rule.options.get("told")}
        if "open" in told or _is_one_edition(known, draft):
            return sure == {Certainty.PLANNED, Certainty.HELD}
        return (
            (known.certainty, draft.certainty) == (Certainty.HELD, Certainty.PLANNED)
            and all(self._is_headline(match.sentence) for match in known.matches)
            and (known.date is None or known.date == draft.date or draft.date is None)
        )

    def _is_held_in_lead(self, known: Draft, draft: Draft) -> bool:
        """“A to meet B” in the headline, “A was in X on Wednesday for a meeting with B” below."""
        if (known.certainty, draft.certainty) != (Certainty.PLANNED, Certainty.HELD):
            return False
        if draft.match.rule.options.get("told") == "open":
            return False  # « Première visite à Dakar du Premier ministre » tells no verb either
        told = [match.sentence for match in known.matches]
        headline = known.date is None and all(map(self._is_headline, told))
        return headline and draft.match.sentence == max(told) + 1

    def _settle(self, known: Draft, draft: Draft) -> None:
        """How sure the event is that both drafts tell."""
        if Certainty.DENIED in (known.certainty, draft.certainty):
            known.certainty = Certainty.DENIED
        elif Certainty.CANCELLED in (known.certainty, draft.certainty):
            known.certainty = Certainty.CANCELLED
        elif (
            draft.type is EventType.MISSION_CHANGE
            and Certainty.HELD in (known.certainty, draft.certainty)
            and not all(self._is_headline(match.sentence) for match in known.matches)
        ):
            known.certainty = Certainty.HELD  # the decision to open it came first
        elif self._is_held_in_lead(known, draft):
            known.certainty = Certainty.HELD
        elif (
            draft.type is EventType.RELATIONS_CHANGE
            or draft.match.rule.options.get("told") == "purpose"
            or _is_one_stop(known, draft)
        ):
            pass
        elif _has_begun(known, draft):
            known.certainty = Certainty.HELD
        elif draft.certainty is Certainty.PLANNED and (
            any(governs(draft.match, match) for match in known.matches)
            or all(self._is_headline(match.sentence) for match in known.matches)
            or not (self._may_be_held(draft) or draft.match.rule.options.get("told") == "again")
        ):
            known.certainty = Certainty.PLANNED
        elif any(governs(match, draft.match) for match in known.matches):
            pass
        elif draft.certainty is Certainty.HELD and self._may_be_held(known):
            known.certainty = Certainty.HELD

    def _is_outcome(self, known: Draft, draft: Draft) -> bool:
        """Whether one was agreed at the other: «اجتمعا، واتفقا على أن يعقد الوزيران لقاء»."""
        sure = {known.certainty, draft.certainty}
        if draft.type not in _TALKS or sure != {Certainty.PLANNED, Certainty.HELD}:
            return False
        plan = known.match if known.certainty is Certainty.PLANNED else draft.match
        start = plan.found.start
        near = self.sentences[plan.sentence][max(0, start - _AGREED_REACH) : start + 1]
        return any(not item.classes.isdisjoint(RESOLVES) for item in near)

    def _may_be_held(self, draft: Draft) -> bool:
        """Whether what is told as planned may be what is held elsewhere in the text."""
        return draft.is_told_ahead() or all(
            self._is_in_present(match) or is_setting(self.sentences[match.sentence], match)
            for match in (draft.match, *draft.matches)
        )

    def _is_in_present(self, match: Match) -> bool:
        """Whether a visit is told by a verb in the present alone: «يزور الوزير مسقط»."""
        start, items = match.found.start, self.sentences[match.sentence]
        near = items[max(0, start - 2) : match.found.end]
        words = frozenset().union(*(item.classes for item in near))
        return not items[start].classes.isdisjoint(_NOW) and words.isdisjoint(_PLANS)


def _has_begun(known: Draft, draft: Draft) -> bool:
    """Whether manoeuvres began on a day, whose course is told: “are to go on until the 20th”."""
    if known.type is not EventType.EXERCISE or known.certainty is draft.certainty:
        return False
    held, plan = (known, draft) if known.certainty is Certainty.HELD else (draft, known)
    sure = held.certainty is Certainty.HELD and plan.certainty is Certainty.PLANNED
    return sure and len(held.date or "") == WHOLE_DATE and plan.date in (None, held.date)


def _is_one_stop(known: Draft, draft: Draft) -> bool:
    """Whether one stop of a tour is read twice: «يبدأ غدا جولة تقوده إلى بروكسل وباريس»."""
    if draft.type is not EventType.VISIT or not in_same_words(known, draft):
        return False
    return len(known.party_keys(Role.HOST)) > 1


def _is_of_same_forces(known: Draft, draft: Draft) -> bool:
    """Whether manoeuvres, once without their name, are of the same two states or more."""
    named = bool(known.about) and bool(draft.about)
    told = len(known.date or draft.date or "2000-01-01") == WHOLE_DATE  # no earlier year
    alike = len(draft.parties) > 1 and known.party_keys() == draft.party_keys()
    return told and alike and not named


def _is_one_edition(known: Draft, draft: Draft) -> bool:
    """Whether manoeuvres told without a day are those of which more is told."""
    told_on = not draft.about and draft.match.rule.options.get("same") == "latest"
    return (
        known.type is draft.type is EventType.EXERCISE
        and (not (known.date and draft.date) or known.date == draft.date)
        and (
            told_on or bool(set(known.about) & set(draft.about)) or _is_of_same_forces(known, draft)
        )
    )


def _is_decided_before(known: Draft, draft: Draft) -> bool:
    """Whether the decision to open a mission and its opening are told."""
    sure = {known.certainty, draft.certainty}
    if draft.type is not EventType.MISSION_CHANGE or sure != {Certainty.PLANNED, Certainty.HELD}:
        return False
    plan = known if known.certainty is Certainty.PLANNED else draft
    return not plan.date and bool(plan.party_keys(Role.OWNER))
