"""Sameness: what two drafts must share, or may leave open, to be of one happening."""

from __future__ import annotations

from datetime import date

from ingest.claims.drafts import Draft
from ingest.claims.scenes import compatible
from ingest.claims.spans import WHOLE_DATE
from ingest.claims.things import Ref
from kg.model import Certainty, EventType, Role


def _closeness(place: str | None) -> int:
    """How closely a place is told: none, a region, a country, a city."""
    kinds = ("place/region-", "country/", "place/")
    return next((n for n, kind in enumerate(kinds, 1) if (place or "").startswith(kind)), 0)


def is_better_placed(draft: Draft, known: Draft) -> bool:
    """Whether a draft tells the place better: where one goes, not where one is welcomed."""
    both = draft.type is EventType.VISIT and draft.place and known.place
    if both and _is_of_welcome(draft) != _is_of_welcome(known):
        return _is_of_welcome(known)
    if both and len(known.party_keys(Role.HOST)) > 1:
        return False  # of a tour, the first stop told
    return _closeness(draft.place) > _closeness(known.place)


def _is_of_welcome(visit: Draft) -> bool:
    """Whether all that tells of a visit is that somebody received the guest."""
    roles = [match.found.roles for match in visit.matches or [visit.match]]
    return all("host" in told and "dest" not in told for told in roles)


def is_only_hosted(known: Draft, draft: Draft) -> bool:
    """Whether a summit's guests are known already, and only its host is told once more."""
    hosts = all(role is Role.HOST for _, role in draft.parties)
    return draft.type is EventType.CONFERENCE and hosts and len(known.parties) > 1


def is_of_same_day_and_city(one: Draft, other: Draft) -> bool:
    """Whether two sessions, one of them without a name, are told of one day in one city."""
    day, place = one.date, one.place or ""
    whole = day is not None and len(day) == WHOLE_DATE and place.startswith("place/")
    return whole and (day, place) == (other.date, other.place)


def are_standing(*sessions: Draft) -> bool:
    """Whether all are sessions of joint commissions or other standing dialogues."""
    return all(any("dialogue/" in key for key in each.about) for each in sessions)


def is_one_round(one: Draft, other: Draft) -> bool:
    """Whether a session of two states is told again, under another name: of the same number."""
    numbered = one.edition is not None and one.edition == other.edition
    sides, others = ({ref.country or ref.key for ref, _ in d.parties} for d in (one, other))
    untold = other.date is None and other.edition is None and len(sides) > 1 and sides == others
    if untold and are_standing(one, other):
        return True  # “the session of the commission” of these two, without a day or number
    return numbered and are_standing(one, other) and (sides <= others or others <= sides)


def is_of_one_recognition(one: Draft, other: Draft) -> bool:
    """Whether states recognise the same: one of several that do together is told of again."""
    given = [each.party_keys(Role.RECOGNISED) for each in (one, other)]
    giving = [each.party_keys(Role.RECOGNISER) for each in (one, other)]
    return given[0] == given[1] and (giving[0] <= giving[1] or giving[1] <= giving[0])


def is_of_another_session(draft: Draft) -> bool:
    """Whether a rule tells of the session before or after the one told: of its forum, not of it."""
    options = draft.match.rule.options
    latest = options.get("about") == "latest" and "same" not in options
    earlier = options.get("about") == "earlier"  # “the previous edition of the exercise”
    return earlier or (latest and draft.type is EventType.CONFERENCE)


def is_told_again(call: Draft) -> bool:
    """Whether a call is but another word for the talks just told: “in this telephone call”."""
    return call.match.rule.options.get("parties") == "latest"


def is_call_paid(drafts: list[Draft], call: Draft) -> bool:
    """Whether “the call” is that which one of the two paid on the other, in person."""
    return (
        call.type is EventType.PHONE_CALL
        and is_told_again(call)
        and any(
            match.rule.options.get("told") == "call"
            for known in drafts
            if known.type is EventType.MEETING and known.party_keys() == call.party_keys()
            for match in known.matches
        )
    )


def may_be_call(talks: Draft, call: Draft) -> bool:
    """Whether talks told before a call can be that call: not what is still to come of one held."""
    ahead = talks.certainty is Certainty.PLANNED and call.certainty is Certainty.HELD
    return compatible(talks.date, call.date) and not (ahead and call.date)


def same_owner(one: Draft, other: Draft) -> bool:
    """Whether two missions can be of the same state: embassies are often opened in pairs."""
    mine, theirs = (draft.party_keys(Role.OWNER) for draft in (one, other))
    return not mine or not theirs or bool(mine & theirs)


_BREAK = frozenset({"cut", "level"})
_TIES = frozenset({"establish", "resume"})  # told for one another: “establish full ties”


def one_change(known: Draft, draft: Draft) -> bool:
    changes = {known.change, draft.change}
    told = known.certainty is not draft.certainty and not draft.date
    expels = changes == _BREAK and told  # “will expel the envoy” of a state that ties are cut with
    return known.change == draft.change or changes == _TIES or expels


def _is_unnamed_envoy(key: str) -> bool:
    return key.startswith("holder/ambassador")


def all_but_envoys(keys: set[str]) -> set[str]:
    return {key for key in keys if not _is_unnamed_envoy(key)}


def without_unnamed_envoys(parties: list[tuple[Ref, Role]]) -> list[tuple[Ref, Role]]:
    """The parties without an unnamed ambassador where somebody is named as appointee."""
    others = [each for each in parties if not _is_unnamed_envoy(each[0].key)]
    return others if any(role is Role.APPOINTEE for _, role in others) else parties


def is_of_its_own_time(one: str | None, other: str | None) -> bool:
    """Whether only one of two dates is known, and that as a year or month: an older agreement."""
    known = one or other
    return (one is None) != (other is None) and known is not None and len(known) < WHOLE_DATE


def day_apart(one: str | None, other: str | None) -> bool:
    if not one or not other or len(one) != len(other) or len(one) != WHOLE_DATE:
        return False
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) <= 1


def in_same_words(known: Draft, draft: Draft) -> bool:
    """Whether words told with a party are read again without it: “welcomed Spain's decision”."""
    start, end = draft.match.found.start, draft.match.found.end
    here = [m.found for m in known.matches if m.sentence == draft.match.sentence]
    near = any(found.start < end and start < found.end for found in here)
    return near and draft.party_keys() <= known.party_keys()


def stance(draft: Draft) -> str:
    return str(draft.match.rule.stance)


def has_one_speaker(known: Draft, draft: Draft) -> bool:
    """Whether one speaks, once to nobody, or once his state: «تشيد نيجيريا», then its minister."""
    told, speakers = known.party_keys(Role.SPEAKER), draft.party_keys(Role.SPEAKER)
    if told == speakers:
        return min(len(known.parties), len(draft.parties)) == 1
    states = {ref.country for ref, role in draft.parties if role is Role.SPEAKER}
    return told == states and known.party_keys() - told == draft.party_keys() - speakers
