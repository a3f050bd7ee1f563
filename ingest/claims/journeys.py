"""Journeys: where a visit goes whose goal is told elsewhere, as “the capital” or “here”."""

from __future__ import annotations

from ingest.claims.drafts import Draft
from ingest.claims.scenes import states_of
from ingest.claims.sessions import SessionRules
from ingest.claims.things import Ref
from kg.model import EventType, Role

_OCCASIONS = (EventType.VISIT, EventType.CONFERENCE, EventType.MEETING)
_OCCASION_NEAR = 4  # sentences from a visit to that of others to the same place
_HOST_BASIS = "the state of the one who received the guest"
_INVITER_BASIS = "the state of the one who invited the guest"
_DATELINE_BASIS = "the state of the city in the dateline"
_HERE_BASIS = "the city in the dateline"


class JourneyRules(SessionRules):
    """Rules for the goal of a visit that its own words do not name."""

    __slots__ = ()

    def _set_dest_told(self, visit: Draft) -> None:
        """“The capital” in which somebody arrives is where the last visit or conference was.

        “The country”, where none was told, is the one that the report is told from.
        """
        for known in reversed(self.drafts):
            distance = visit.match.sentence - known.match.sentence
            if known.type not in _OCCASIONS or not known.place or distance > _OCCASION_NEAR:
                continue
            self._send(visit, known.place, "the place of the occasion told before")
            return
        host = self._received_in(visit)
        home = host or self.references.dateline()
        if home and all(ref.country for ref, _ in visit.parties):
            self._send(visit, home, _HOST_BASIS if host else _DATELINE_BASIS)

    def _set_dest_here(self, visit: Draft) -> None:
        """“Here” is where the report is dated from; without a dateline, with who invited."""
        inviters = visit.party_keys(Role.HOST)
        visit.parties = [each for each in visit.parties if each[1] is not Role.HOST]
        city = self.references.dateline_city()
        if city:
            self._send(visit, city, _HERE_BASIS)
        elif len(inviters) == 1:
            self._send(visit, inviters.pop(), _INVITER_BASIS)
        else:
            self._set_dest_told(visit)

    def _send(self, visit: Draft, place: str, basis: str) -> None:
        """Let a visit go to a place, unless it is in the state of a visitor."""
        host = self.country_of(place)
        if host is None or any(ref.country == host for ref, _ in visit.parties):
            return
        visit.infer_place(place, basis)
        visit.parties.append((Ref(host), Role.HOST))

    def _received_in(self, visit: Draft) -> str | None:
        """The state of the one official whom a visitor is told before to have met."""
        for known in reversed(self.drafts):
            if known.type is EventType.MEETING and visit.party_keys() & known.party_keys():
                others = {ref.country for ref, _ in known.parties} - states_of(visit)
                return others.pop() if len(others) == 1 else None
        return None
