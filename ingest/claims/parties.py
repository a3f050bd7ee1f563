"""Parties: who takes part in what a match tells, said by it or left out."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.claims import affairs
from ingest.claims.allusions import is_of_listed_text
from ingest.claims.drafts import (
    TOWARDS,
    elided,
    elided_again,
    named_before,
    refs_in,
    told_apart,
    told_one_by_one,
    without_owner,
)
from ingest.claims.pairs import are_hosts
from ingest.claims.speakers import SpeakerRules
from ingest.claims.story import CONTACTS
from ingest.claims.things import Ref
from ingest.engine import Match
from ingest.items import Item, PersonMention, ThingMention
from kg.model import EventType, Role

_APART = frozenset({"by", "beside"})  # before a state that takes no part
# Things that can name their states.
_OF_STATES = frozenset({"organization", "agreement", "dialogue"})
# What states do of whom nothing follows for the subject of the next sentence.
_ACTS = (*affairs.STATE_ACTS, EventType.CONFERENCE, EventType.SIGNING, EventType.EXERCISE)
_OCCASIONS = (EventType.VISIT, EventType.CONFERENCE, EventType.MEETING)
_CLAUSE_REACH = 4  # items from a clause at the head of a sentence to the comma before its subject
_HEAD_REACH = 12  # the same, where the sentence begins with the match
_VERB = 7  # items in which a verb, and the title of one known by name, precede the subject
_NO_VERBS = frozenset("barrier comma in to at_event with party that who".split())
_LANDS = frozenset({"country", "seat", "byname"})
_NAME = frozenset({"latin", "given"})
_PAIR, _DELEGATION = 2, 5  # so many counterparts told in one row are met together
_VOICE = "spokesperson"  # who tells what others do
_LIST_REACH = 12  # sentences, or lines, of a list of envoys
_CONCERNS_BASIS = "whose the plan is that the words name"
_PAIR = 2
_PRONOUNS = frozenset({"him", "pronoun", "poss"})


class PartyRules(SpeakerRules):
    """Rules for the parties of a match."""

    __slots__ = ()

    def _parties(self, match: Match, items: list[Item]) -> dict[str, list[Ref]]:
        found = {
            role: refs_in(self.references, match.sentence, items, span)
            for role, span in match.found.roles.items()
            if role not in ("place", "date", "thing", "dest")
        }
        self._put_states(match, items, found)
        if match.rule.target == EventType.STATEMENT and found.get("agent"):
            found["agent"] = self._governments(match, items, found["agent"])
            found["agent"] = self._sayer(match, items, found["agent"])
            found["agent"] = self._but_addressee(found["agent"], found.get("target", []))
        if match.rule.target == EventType.STATEMENT and not found.get("target"):
            found["target"] = self._state_of_place(match)
        missing = match.rule.elided
        unknown = _is_unknown(match, items, missing) and not found.get(missing or "")
        unknown = unknown or _is_of_stranger(items, match.found.start)
        if missing == "agent" and (_is_goal(items, match) or _is_of_clause_before(items, match)):
            found.pop("agent", None)
        elif missing == "agent" and are_hosts(match, items, found):
            found["other"] = [*found.pop("agent"), *found["other"]]
        if missing and not (found.get(missing) or found.get("owner") or unknown):
            found[missing] = self._abroad(self._elided(match, items), match, items)
            if match.rule.target == EventType.STATEMENT:
                found[missing] = self._agreeing(found[missing], match, items)
                found[missing] = self._voice(match, items, found)
            if match.rule.target in CONTACTS:
                self.left_out = match, found[missing]
            if match.rule.target == EventType.VISIT:
                found[missing] = self._guest(found[missing], match, items)
        if match.rule.target == EventType.VISIT and found.get("agent"):
            found["agent"] = self._visitor(found["agent"], match, items)
        if match.rule.target == EventType.VISIT and "host" in found:
            states = (ref.country or ref.key for ref in found["host"])
            found["host"] = [Ref(state) for state in states if affairs.is_state(state)]
        self._take_from_context(match, items, found)
        subject = found.get(missing or "agent") or found.get("agent")
        attends = match.rule.target == EventType.CONFERENCE and _is_of_persons(subject or [])
        act = match.rule.target in _ACTS and not attends
        joins = match.rule.options.get("with") == "latest"  # who goes along is not who acts next
        if subject and not joins and not (act and _is_of_persons(self.latest)):
            self.latest = subject
        return found

    def _elided(self, match: Match, items: list[Item]) -> list[Ref]:
        """The subject that the match leaves out."""
        at = match.sentence, items, match.found.start
        if (
            match.rule.target in affairs.STATE_ACTS
            or match.rule.options.get("change") == affairs.RECALL
        ):
            if affairs.is_of_whichever(items, match.found.start, self.references, match.sentence):
                return []
            here = affairs.where_opened(match, self.references, self.country_of)
            latest = [ref for ref in self.latest if affairs.is_state(ref.key)]
            latest = [ref for ref in latest if ref.key not in here]
            told = affairs.states_before(self.references, *at, here) or latest
            told = self._but_post(told, match) or latest
            return affairs.without_announcers(told, match, items)
        if "dual" in items[match.found.start].classes and (pair := self._pair_of(match, items)):
            return pair
        if "them" in items[match.found.start].classes and (
            named := named_before(self.references, *at)
        ):
            return named
        near = match.rule.options.get("subject") != "first"
        if match.rule.target == EventType.STATEMENT and (
            state := self._state_at_head(match, items)
        ):
            return [state]
        if match.rule.target == EventType.STATEMENT and (last := self._last_speaker(match, items)):
            return last
        at_head = match.rule.target in _OCCASIONS and _is_at_head(match, items)
        following = [] if near and not at_head else self._named_after(match, items)
        if following:
            return following
        told = elided_again(self.left_out, match, items)
        told = told or elided(self.references, *at, self.latest, near=near)
        told = _as_many(match, items, told)
        met = match.rule.target in _OCCASIONS or match.rule.target in CONTACTS
        return [ref for ref in told if not met or ref.kind != _VOICE]

    def _but_post(self, states: list[Ref], match: Match) -> list[Ref]:
        """States without the one from which an envoy is recalled: it recalls none of its own."""
        posts = {
            self.country_of(ref.key)
            for index in range(*match.found.roles.get("post", (0, 0)))
            for ref in self.references.of(match.sentence, index)
        }
        return [ref for ref in states if ref.key not in posts]

    def _abroad(self, subject: list[Ref], match: Match, items: list[Item]) -> list[Ref]:
        """Who meets “his Serbian counterpart” is no Serb: the last one named before who is none."""
        start, end = match.found.roles.get("other", (0, 0))
        told = items[start].payload if end == start + 1 else None
        refs = self.references.of(match.sentence, start) if end else ()
        state = refs[0].country if len(refs) == 1 else None
        counterpart = isinstance(told, PersonMention) and told.counterpart
        if not state or not counterpart or any(ref.country != state for ref in subject):
            return subject
        before = [
            ref
            for index in range(match.found.start)
            if "person" in items[index].classes
            for ref in self.references.of(match.sentence, index)
            if ref.country not in (None, state)
        ]
        return before[-1:]

    def _pair_of(self, match: Match, items: list[Item]) -> list[Ref]:
        """Whom a verb of two is about: the two sides before it, or those of the last contact."""
        for index in range(match.found.start - 1, -1, -1):
            if "both_sides" in items[index].classes:
                return list(self.references.of(match.sentence, index))
        for draft in reversed(self.drafts):
            if draft.type in CONTACTS:
                pair = [ref for ref, _ in draft.parties]
                return pair if len(pair) == 2 and _is_of_persons(pair) else []
        return []

    def _named_after(self, match: Match, items: list[Item]) -> list[Ref]:
        """The subject that follows a clause at the sentence's head: “on a visit to …, he said”."""
        before = match.found.start if _is_at_head(match, items) else match.found.end
        if any("person" in item.classes for item in items[:before]):
            return []
        reach = _HEAD_REACH if _is_at_head(match, items) else _CLAUSE_REACH
        for index in range(match.found.end, min(match.found.end + reach, len(items) - 1)):
            if items[index].classes & {"barrier", "who", "that", "person"}:
                return []
            if "comma" in items[index].classes:
                for at in _subjects_behind(items, index + 1):
                    if subject := self.references.of(match.sentence, at):
                        return list(subject)
        return []

    def _take_from_context(
        self, match: Match, items: list[Item], found: dict[str, list[Ref]]
    ) -> None:
        """Parties that a rule's options take from around the match, where it binds none itself."""
        options = match.rule.options
        if options.get("states") in ("around", "talks") and _wants_states(match, items, found):
            near = self._states_near(match.sentence, items, talks=options["states"] == "talks")
            found["agent"] = list(dict.fromkeys([*found.get("agent", ()), *near]))
        if "concerns" in options and not found.get("target"):
            found["target"] = [Ref(options["concerns"], _CONCERNS_BASIS)]
        if options.get("with") == "latest" and not found.get("agent"):
            found["agent"] = self._latest_actors(match)
        if options.get("appointer") in ("latest", "near") and not found.get("appointer"):
            found["appointer"] = self._latest_appointers(match)
        if options.get("target") == "counterpart" and _is_pronoun(match, items):
            found["target"] = self._counterpart(found.get("agent", []))
        if options.get("parties") == "latest" and not found.get("agent"):
            talks = [
                d
                for d in self.drafts
                if d.type is EventType.MEETING and self._just_before(d, match)
            ]
            found["agent"] = [ref for ref, _ in talks[-1].parties] if talks else []

    def _counterpart(self, speaker: list[Ref]) -> list[Ref]:
        """Whom a pronoun means: the other party of the last contact of the speaker."""
        keys = {ref.key for ref in speaker}
        for draft in reversed(self.drafts):
            if draft.type in CONTACTS and keys and keys <= draft.party_keys():
                others = [ref for ref, _ in draft.parties if ref.key not in keys]
                return others if len(others) == 1 else []
        return []

    def _but_addressee(self, speaker: list[Ref], addressed: list[Ref]) -> list[Ref]:
        """Who speaks, where a title that two hold was taken for the one addressed: “the King”."""
        keys = {ref.key for ref in addressed}
        misread = len(speaker) == 1 and speaker[0].key in keys
        return (self._counterpart(speaker) or speaker) if misread else speaker

    def _latest_actors(self, match: Match) -> list[Ref]:
        """Whose act a sentence tells more of: the owner of the mission opened just before."""
        known = [
            d for d in self.drafts if d.type == match.rule.target and self._just_before(d, match)
        ]
        return [ref for ref, role in known[-1].parties if role is Role.OWNER] if known else []

    def _latest_appointers(self, match: Match) -> list[Ref]:
        """Who receives the envoys that a sentence lists after the one that says so."""
        known = [
            d
            for d in self.drafts
            if d.type is EventType.APPOINTMENT
            and d.change == match.rule.options.get("change")
            and any(role is Role.APPOINTER for _, role in d.parties)
        ]
        if not known or match.sentence - known[-1].matches[-1].sentence > _LIST_REACH:
            return []
        return [ref for ref, role in known[-1].parties if role is Role.APPOINTER]

    def _states_near(self, sentence: int, items: list[Item], *, talks: bool) -> list[Ref]:
        """The states of a sentence; those of the one before too, where it names fewer than two."""
        found = self._states_around(sentence, items)
        if len(found) < 2 and sentence:
            if talks and (pair := self.states_of_talks(found)):
                return pair
            found += [
                r
                for r in self._states_around(sentence - 1, self.sentences[sentence - 1])
                if r not in found
            ]
        return found

    def _states_around(self, sentence: int, items: list[Item]) -> list[Ref]:
        """The states of a sentence: named, by adjective, or by the officials who speak in it."""
        found: dict[str, None] = {}
        places: dict[str, None] = {}
        for index, item in enumerate(items):
            if index and items[index - 1].classes & _APART:
                continue  # “talks brokered by China”
            if "placed" in item.classes:
                keys = (self.country_of(ref.key) for ref in self.references.of(sentence, index))
                places.update(dict.fromkeys(key for key in keys if key))
                continue
            for ref in self.references.of(sentence, index):
                state = ref.country or self.country_of(ref.key)
                if state and affairs.is_state(state):
                    found[state] = None
            if isinstance(item.payload, ThingMention) and item.classes & _OF_STATES:
                found.update(dict.fromkeys(item.payload.countries))
            elif isinstance(item.payload, PersonMention) and item.payload.country:
                found[item.payload.country] = None  # «البحرية المغربية ونظيرتها الإسبانية»
            if "nat" in item.classes and item.payload is None and "portfolio" not in item.classes:
                state = self.references.state(item)  # «المالية» is the treasury, not Mali
                if state:
                    found[state] = None
        if len(found) < 2:
            found.update(places)
        return [Ref(state) for state in found]

    def _groups(
        self, match: Match, items: list[Item], parties: dict[str, list[Ref]]
    ) -> list[dict[str, list[Ref]]]:
        """One group of parties for each talk: «مع كل من أ وب» is two meetings."""
        role = "other" if "other" in parties else "caller"
        others = [
            ref for ref in parties.get(role, []) if ref.key.startswith(("person/", "holder/"))
        ]
        agents = parties.get("agent", [])
        target = EventType(match.rule.target)
        together = match.rule.options.get("together")
        paired = len(others) == _PAIR and together != "false" and not told_apart(match, items)
        one_state = len({ref.country for ref in others}) == 1 and (together == "state" or paired)
        large = one_state or len(others) >= _DELEGATION
        whole = together == "true" or (large and not told_one_by_one(match, items))
        if target not in CONTACTS or whole or len(others) < 2 or len(others) != len(parties[role]):
            return [parties]
        return [{**parties, "agent": agents, role: [other]} for other in others]


def _is_of_persons(refs: list[Ref]) -> bool:
    return any(ref.key.startswith(("person/", "holder/")) for ref in refs)


def _wants_states(match: Match, items: list[Item], found: dict[str, list[Ref]]) -> bool:
    """Whether states around must do: no party is bound, or one alone where it takes two."""
    if not found.get("agent"):
        return len(found.get("parties", ())) < _PAIR and not is_of_listed_text(items, match)
    bound = len(found["agent"]) + len(found.get("other", ()))
    return match.rule.target == EventType.RELATIONS_CHANGE and bound == 1


def _is_at_head(match: Match, items: list[Item]) -> bool:
    """Whether a match begins its sentence, but for «after», «during», « actuellement »."""
    start = match.found.start - (match.found.start > 0 and "and" in items[0].classes)  # «وخلال …»
    first = items[match.found.start - start]
    return start == 0 or (start == 1 and bool(first.classes & {"at_event", "adverb", "when_he"}))


def _subjects_behind(items: list[Item], start: int) -> Iterator[int]:
    """Persons that may open a main clause, its verb before them or not: «…، حذر الوزير فلان»."""
    for index in range(start, min(start + _VERB, len(items))):
        if "person" in items[index].classes:
            yield index
        elif not items[index].classes.isdisjoint(_NO_VERBS):
            return


def _as_many(match: Match, items: list[Item], told: list[Ref]) -> list[Ref]:
    """Those told before, if the verb can be theirs: «أشاد سموه» is one's, «سيزورون» several's."""
    near = items[match.found.start : match.found.start + 3]
    if any("his_highness" in item.classes for item in near):
        return told[:1]
    several = any("several_did" in item.classes for item in near[:2])
    return [] if several and len(told) == 1 and _is_of_persons(told) else told


def _is_pronoun(match: Match, items: list[Item]) -> bool:
    """Whether what is spoken of is a pronoun, or is told by whose it is: “thanked him”."""
    first, last = match.found.roles.get("target", (0, 0))
    return last == first + 1 and not items[first].classes.isdisjoint(_PRONOUNS)


def _is_unknown(match: Match, items: list[Item], role: str | None) -> bool:
    """Whether a role is told by an office, whose holder may be unknown: «وزار الوزير …»."""
    start, end = match.found.roles.get(role or "", (0, 0))
    return end - start == 1 and "person" in items[start].classes


def _is_of_stranger(items: list[Item], start: int) -> bool:
    """Whether a relative clause tells of a name that is nobody's here: “Amira, who flew to …”."""
    head = next((i for i in range(max(0, start - 2), start) if "who" in items[i].classes), 0)
    name = head - 2 if head > 1 and "comma" in items[head - 1].classes else head - 1
    told = items[name].classes if name >= 0 else frozenset()
    if "cap" not in told or told.isdisjoint(_NAME) or told & {*_LANDS, "organization"}:
        return False
    return not any("person" in item.classes for item in items[:head])


def _is_goal(items: list[Item], match: Match) -> bool:
    """Whether what stands before the verb is where somebody went: “to Qatar to take part”."""
    span = match.found.roles.get("agent", (0, 0))
    index = without_owner(items, span)[0]
    if not index or items[index].classes.isdisjoint(_LANDS):
        return False
    before = items[index - 2 if "the" in items[index - 1].classes and index > 1 else index - 1]
    if "=for" in before.classes and "=to" in items[span[1]].classes:
        return False  # “a deal for Morocco to resume ties”
    return not before.classes.isdisjoint(TOWARDS)


def _is_of_clause_before(items: list[Item], match: Match) -> bool:
    """Whether a person before the verb is no subject of it, being of the clause before.

    So is who ends it before a verb without ending (“meet A, hold talks …”), and the host who is
    told behind “at the invitation of”.
    """
    start, end = match.found.roles.get("agent", (0, 0))
    if any("on_invitation" in item.classes for item in items[max(0, start - 2) : start]):
        return True
    behind = [item.classes for item in items[end : end + 2]]
    return end - start == 1 < len(behind) and "comma" in behind[0] and "bare" in behind[1]
