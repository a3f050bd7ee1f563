"""Envoys received together, or recalled, and missions in one city: what they share."""

from __future__ import annotations

from ingest.claims.affairs import RECALL
from ingest.claims.drafts import Draft
from kg.model import EventType, Role

_REACH = 6  # sentences from the ceremony to who is named in it
_CITY_BASIS = "the city of the mission told before, which its sentence names too"
_BASIS = "the ceremony at which several presented their credentials"


def share_ceremony(drafts: list[Draft]) -> None:
    """« Trois ambassadeurs ont présenté …, lundi, au président. Ainsi, A a présenté … »."""
    lead: Draft | None = None
    for draft in drafts:
        if not _is_accreditation(draft):
            continue
        if "appointee" not in draft.match.found.roles:
            lead = draft
        elif lead and not draft.party_keys(Role.APPOINTER) and _is_of(draft, lead):
            told = [(ref, role) for ref, role in lead.parties if role is Role.APPOINTER]
            draft.parties = [*draft.parties, *told]
            draft.infer_place(draft.place or lead.place, _BASIS)
            if draft.date is None:
                draft.date, draft.date_basis = lead.date, _BASIS


def share_post(mission: Draft, before: list[Draft], places: set[str]) -> None:
    """« … un consulat à Dakhla, le troisième ici après celui du Togo, ouvert en mai »."""
    change = mission.match.rule.options.get("change")
    told = [known for known in before if known.type is EventType.MISSION_CHANGE]
    for known in reversed(told):
        if {known.place} == places and known.match.rule.options.get("change") == change:
            mission.infer_place(known.place, _CITY_BASIS)
            hosts = [(ref, role) for ref, role in known.parties if role is Role.HOST]
            if not mission.party_keys(Role.HOST):
                mission.parties = [*mission.parties, *hosts]
            return


def join_recalls(drafts: list[Draft]) -> None:
    """« Paris rappelle son ambassadeur … le rappel de A »: who is named later is that envoy."""
    recalls = [draft for draft in drafts if draft.change == RECALL]
    for lead in recalls:
        unnamed = {ref for ref, _ in lead.parties if ref.key.startswith("holder/")}
        senders = {ref.country for ref in unnamed}
        named = [
            draft
            for draft in recalls
            if draft is not lead
            and draft.party_keys(Role.APPOINTER) == senders
            and not any(key.startswith("holder/") for key in draft.party_keys())
            and draft.certainty is lead.certainty
            and draft.date in (None, lead.date)
        ]
        if len(unnamed) == len(named) == 1:
            posts = [(ref, role) for ref, role in lead.parties if ref not in unnamed]
            lead.parties = list(dict.fromkeys((*named[0].parties, *posts)))
            lead.matches += named[0].matches
            drafts.remove(named[0])
            return


def _is_accreditation(draft: Draft) -> bool:
    change = draft.match.rule.options.get("change")
    return draft.type is EventType.APPOINTMENT and change == "accredit"


def _is_of(draft: Draft, lead: Draft) -> bool:
    """Whether credentials are of the ceremony: told near it, of no other day or plan."""
    far = [draft.match.sentence - match.sentence for match in lead.matches]
    near = any(0 <= each <= _REACH for each in far)
    same_day = draft.date in (None, lead.date)
    return near and same_day and draft.certainty is lead.certainty
