"""Events: matches to drafts, drafts of one happening to one event."""

from __future__ import annotations

from ingest.claims import affairs
from ingest.claims.certainty import certainty_of
from ingest.claims.circumstances import SlotRules
from ingest.claims.drafts import Draft, roles_of
from ingest.claims.merging import MergeRules
from ingest.claims.parties import PartyRules
from ingest.claims.story import CONTACTS
from ingest.claims.things import Ref
from ingest.engine import Match
from ingest.items import Item
from kg.model import Certainty, EventType, Role


class Events(PartyRules, SlotRules, MergeRules):
    """Collects the events of one document from its matches, in the order of the text."""

    __slots__ = ()

    def add(self, match: Match) -> None:
        """Take in one match of an event rule."""
        if self._is_covered(match):
            return
        items = self.sentences[match.sentence]
        certainty = certainty_of(items, match)
        if certainty is None:
            return
        if match.rule.target == EventType.STATEMENT and certainty is not Certainty.HELD:
            return  # words not spoken yet, or never
        parties = self._parties(match, items)
        for group in self._groups(match, items, parties):
            draft = self._draft(match, items, group, certainty)
            if draft is not None and not self._is_of_call(draft):
                self._merge(draft)

    def _is_of_call(self, draft: Draft) -> bool:
        """Whether talks without place or day are the call of the same two told before."""
        if self._is_in_call(draft):
            return True
        words = self.sentences[draft.match.sentence][draft.match.found.start]
        if draft.type is not EventType.MEETING or draft.place or draft.date:
            return False
        for known in self.drafts if "talk_with" in words.classes else ():
            if known.type is EventType.PHONE_CALL and known.party_keys() == draft.party_keys():
                known.matches.append(draft.match)
                return True
        return False

    def _is_in_call(self, draft: Draft) -> bool:
        """Whether two talk “in the course of” the call that the sentence told: «تباحث خلالها»."""
        found, at = draft.match.found, draft.match.sentence
        told = self.sentences[at][found.start : found.end]
        if draft.type is not EventType.MEETING or not any("during_it" in i.classes for i in told):
            return False
        for known in self.drafts:
            if known.type is EventType.PHONE_CALL and any(m.sentence == at for m in known.matches):
                known.matches.append(draft.match)
                return True
        return False

    def _is_covered(self, match: Match) -> bool:
        """Whether the words are part of what a stronger rule told: guests received for a summit."""
        if match.rule.options.get("only") == "alone" and self._is_told(match):
            return True
        if match.rule.options.get("only") == "first" and any(
            draft.type in CONTACTS for draft in self.drafts
        ):
            return True
        return any(
            known.rule.options.get("covers") == match.rule.target
            and known.sentence == match.sentence
            and known.found.start < match.found.end
            and match.found.start < known.found.end
            for draft in self.drafts
            for known in draft.matches
        )

    def _is_told(self, match: Match) -> bool:
        """Whether the sentence has told an event of the kind: a last resort is not needed then."""
        kinds = CONTACTS if match.rule.target in CONTACTS else (match.rule.target,)
        return any(
            known.sentence == match.sentence
            for draft in self.drafts
            if draft.type in kinds
            for known in draft.matches
        )

    def _draft(
        self, match: Match, items: list[Item], parties: dict[str, list[Ref]], certainty: Certainty
    ) -> Draft | None:
        event = EventType(match.rule.target)
        roles = roles_of(event)
        listed: list[tuple[Ref, Role]] = []
        for name, role in roles.items():
            for ref in parties.get(name, ()):
                if all(ref.key != known.key for known, _ in listed):
                    listed.append((ref, role))
        draft = Draft(event, match, listed, certainty, matches=[match])
        draft.change = match.rule.options.get("change")
        self._set_when(draft, items)
        self._set_states_of_old(draft, items)
        self._set_where(draft, items)
        self._set_from_meeting(draft)
        affairs.settle(draft, parties, self.references, self.country_of)
        self._set_host_place(draft)
        self._set_about(draft, items)
        self._take_latest(draft)
        self._set_concerned(draft, items)
        self._set_from_talks(draft)
        self._set_signers(draft)
        self._set_hosted(draft, items)
        if self._complete(draft):
            return draft
        self._note_frame(draft)
        return None
