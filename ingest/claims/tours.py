"""Tours: a journey to several states is a visit to each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from ingest.claims.drafts import Draft
from ingest.claims.spans import WHOLE_DATE
from kg.model import Certainty, EventClaim, EventType, Role

_TOUR = "-visit-tour"  # the rules of journeys to several states
_CountryOf = Callable[[str], str | None]


def set_ahead(drafts: list[Draft]) -> list[Draft]:
    """The drafts, with the other stops of a tour that begins on a day to come to come as well."""
    begun = {
        (draft.match.sentence, frozenset(draft.party_keys(Role.VISITOR)))
        for draft in drafts
        if draft.type is EventType.VISIT and draft.date and draft.certainty is Certainty.PLANNED
    }
    for draft in drafts:
        tour = draft.match.sentence, frozenset(draft.party_keys(Role.VISITOR))
        open_ = draft.type is EventType.VISIT and draft.date is None and tour in begun
        if open_ and draft.match.rule.id.endswith(_TOUR):
            draft.certainty = Certainty.PLANNED
    return drafts


def stops(draft: Draft, country_of: _CountryOf) -> list[Draft]:
    """A visit to each state where a journey leads, in the order told; all else as it is.

    `country_of` gives the key of the state of a place. A day is that of one stop, the one whose
    place is known, else the first; a span of days, a month or a year is that of the whole tour.
    """
    hosts = [ref.key for ref, role in draft.parties if role is Role.HOST]
    if draft.type is not EventType.VISIT or len(hosts) < len(("here", "there")):
        return [draft]
    at = country_of(draft.place or "") or draft.place
    dated = at if at in hosts else hosts[0]
    return list(_stops(draft, hosts, at, dated))


def _stops(draft: Draft, hosts: list[str], at: str | None, dated: str) -> Iterator[Draft]:
    of_one = len(draft.date or "") == WHOLE_DATE and draft.end_date is None
    for host in hosts:
        parties = [
            (ref, role) for ref, role in draft.parties if role is not Role.HOST or ref.key == host
        ]
        undated = of_one and host != dated
        yield replace(
            draft,
            parties=parties,
            place=draft.place if host == at else draft.cities.get(host, host),
            place_basis=draft.place_basis if host == at else None,
            date=None if undated else draft.date,
            date_basis=None if undated else draft.date_basis,
            topics=set(draft.topics),
        )


def journeys(events: Iterable[EventClaim]) -> list[EventClaim]:
    """Events, the visits of one tour together again: what one run of words tells, with all hosts.

    Examples of rules name all states to which the words lead, as a reader would.
    """
    found: dict[object, EventClaim] = {}
    for at, event in enumerate(events):
        tour = (event.evidence, event.certainty) if event.type is EventType.VISIT else at
        first = found.setdefault(tour, event)
        parties = dict.fromkeys((*first.participants, *event.participants))
        found[tour] = replace(first, participants=tuple(parties))
    return list(found.values())
