"""Completeness: what a draft can't do without to be an event, type by type."""

from __future__ import annotations

from ingest.claims import affairs
from ingest.claims.drafts import Draft
from ingest.claims.journeys import JourneyRules
from ingest.claims.scenes import is_city
from ingest.claims.story import CONTACTS, THINGED
from ingest.items import Item
from kg.model import EventType, Role

_OF_SEVERAL = (*CONTACTS, EventType.RECOGNITION, EventType.RELATIONS_CHANGE)


class CompletenessRules(JourneyRules):
    """Rules for whether the words tell enough of an event."""

    __slots__ = ()

    def _complete(self, draft: Draft) -> bool:
        """Whether a draft has what its type can't do without."""
        count = len(draft.parties)
        joins = draft.match.rule.options.get("with")
        if joins == "sides" or (joins == "latest" and draft.type in CONTACTS):
            return count >= 1  # who led the delegations, or was there too
        if draft.type in _OF_SEVERAL:
            return count >= 2 and not _among_themselves(draft)
        if draft.type is EventType.VISIT:
            return self._is_whole_visit(draft)
        if draft.type is EventType.STATEMENT:
            return self._is_whole_statement(draft)
        if draft.type in THINGED:
            return self._is_whole_session(draft)
        if draft.type is EventType.APPOINTMENT:
            return _is_whole_appointment(draft)
        if draft.type is EventType.MISSION_CHANGE and count == 1:
            # «فتح سفارات جديدة» of nobody in no city is no opening
            span = self._words(draft)
            return is_city(draft.place or "") or not any("missions" in i.classes for i in span)
        return count >= 1

    def _words(self, draft: Draft) -> list[Item]:
        """The items of a draft's match."""
        found = draft.match.found
        return self.sentences[draft.match.sentence][found.start : found.end]

    def _is_whole_visit(self, visit: Draft) -> bool:
        """Whether somebody goes somewhere, and not home."""
        joins = visit.match.rule.options.get("with") == "latest"
        goal = len(visit.parties) >= 2 or visit.place is not None or joins
        return bool(visit.party_keys(Role.VISITOR)) and goal and not self._comes_home(visit)

    def _is_whole_statement(self, statement: Draft) -> bool:
        """Whether somebody speaks of somebody else, where the rule does not let him speak alone."""
        _leave_out_own_state(
            statement, any("audience" in item.classes for item in self._words(statement))
        )
        alone = statement.match.rule.options.get("targetless") == "true"
        speaks = bool(statement.party_keys(Role.SPEAKER)) and not _to_itself(statement)
        return speaks and (len(statement.parties) >= 2 or alone)

    def _is_whole_session(self, session: Draft) -> bool:
        """Whether a session, manoeuvres or a text bear a name, or enough is told of them."""
        count = len(session.parties)
        if session.match.rule.options.get("of") == "named" or (
            not count and self._is_but_framed(session)
        ):
            return self._told(session)
        alone = session.match.rule.options.get("alone")
        day = session.date or self._names_day(session)
        here = count or alone == "place"
        set_in = bool(session.place or day) if here else bool(session.place and day)
        set_in = bool(alone) and (set_in or bool(session.party_keys(Role.HOST)))
        if self._is_session(session):
            set_in = set_in or alone == "session" or bool(count or session.place or day)
        return bool(session.about) or count >= 2 or set_in or self._told(session)

    def _is_but_framed(self, draft: Draft) -> bool:
        """Whether a dialogue is only the frame of what is told: no session of it, nor any talks."""
        words = self._words(draft)
        session = draft.edition or any("session_noun" in item.classes for item in words)
        return draft.match.rule.options.get("parties") == "latest" and not session

    def _is_session(self, draft: Draft) -> bool:
        """Whether the words tell the sort of a gathering that bears no name: «القمة الثلاثية»."""
        things = slice(*draft.match.found.roles.get("thing", (0, 0)))
        return any(
            "session" in item.classes for item in self.sentences[draft.match.sentence][things]
        )

    def _names_day(self, draft: Draft) -> bool:
        """Whether the words name a day, be it one that can't be worked out: “on Thursday”."""
        items = self.sentences[draft.match.sentence]
        found = draft.match.found
        return any("date" in item.classes for item in items[found.start : found.end + 1])

    def _comes_home(self, draft: Draft) -> bool:
        """Whether those who travel do so to their own country."""
        own = {ref.country or ref.key for ref, role in draft.parties if role is Role.VISITOR}
        hosts = draft.party_keys(Role.HOST) or {self.country_of(draft.place or "")} - {None}
        return bool(hosts) and hosts <= own

    def _told(self, draft: Draft) -> bool:
        """Whether «the summit» that somebody chairs was told of just before, without a name."""
        return any(self._is_told_again(known, draft) for known in self.drafts)


def _leave_out_own_state(statement: Draft, to_all: bool) -> None:
    """Leave out the speakers' own states where others are addressed, or two speak together."""
    own = {ref.country or ref.key for ref, role in statement.parties if role is Role.SPEAKER}
    kept = [
        (ref, role) for ref, role in statement.parties if role is Role.SPEAKER or ref.key not in own
    ]
    together = sum(role is Role.SPEAKER for _, role in kept) > 1
    if together or to_all or any(role is Role.ADDRESSEE for _, role in kept):
        statement.parties = kept


_RULERS = frozenset({"monarch", "president"})


def _among_themselves(draft: Draft) -> bool:
    """Whether a welcome, by its rule one of foreign guests, is among officials of one country."""
    countries = draft.match.rule.options.get("countries")
    if countries == "foreign":  # all are known, and of one
        return len({ref.country or ref.key for ref, _ in draft.parties}) == 1
    states = {ref.country for ref, _ in draft.parties}
    rulers = any(ref.country is None and ref.kind in _RULERS for ref, _ in draft.parties)
    if rulers and len(states) > 1 and draft.match.rule.options.get("only") != "alone":
        return False  # «وكان في استقباله الملك»: it is not told of which state, but not of his
    return countries == "different" and len(states - {None}) < 2


def _is_not_its_own(recall: Draft) -> bool:
    """Whether a state calls in an envoy of another one, by a rule of those who recall their own."""
    if recall.match.rule.options.get("countries") != "same":
        return False
    called = {ref.country for ref, role in recall.parties if role is Role.APPOINTEE}
    return called != recall.party_keys(Role.APPOINTER)


def _to_itself(statement: Draft) -> bool:
    """Whether a statement is addressed to the speaker's own state: then the target was misread."""
    own = {ref.country or ref.key for ref, role in statement.parties if role is Role.SPEAKER}
    return any(ref.key in own for ref, role in statement.parties if role is Role.ADDRESSEE)


def _is_whole_appointment(draft: Draft) -> bool:
    """Whether it is told who is appointed, or which envoy is called home from where."""
    if draft.match.rule.options.get("appointer") == "latest":
        told = bool(draft.party_keys(Role.APPOINTER) and draft.party_keys(Role.APPOINTEE))
    else:
        told = len(draft.parties) >= 2 or draft.change != affairs.RECALL
    return told and not _is_not_its_own(draft)
