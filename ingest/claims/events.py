"""Events: matches to drafts, drafts of one happening to one event."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ingest.claims import affairs, slots
from ingest.claims.drafts import Draft, elided, refs_in, roles_of
from ingest.claims.reference import Ref, References
from ingest.engine import Match
from ingest.items import Item, ThingMention
from ingest.knowledge import Knowledge
from kg.model import Certainty, EventType, Role

_CONTACTS = (EventType.MEETING, EventType.PHONE_CALL)
_THINGED = (EventType.CONFERENCE, EventType.EXERCISE, EventType.SIGNING)
_LONG_AGO = 8  # years after which hardly anybody is still in office
_TITLED_PLACE = (EventType.VISIT, EventType.MISSION_CHANGE)
_CLAUSE_REACH = 4  # items from a clause at the head of a sentence to the comma before its subject
_LIST_REACH = 12  # sentences, or lines, of a list of envoys
_THING_CLASSES = ("exercise", "conference", "forum", "dialogue", "agreement", "organization")


@dataclass(slots=True)
class Events:
    """Collects the events of one document from its matches, in the order of the text."""

    references: References
    sentences: list[list[Item]]
    knowledge: Knowledge
    published: str | None
    anchor: str | None = None
    drafts: list[Draft] = field(default_factory=list)
    latest: list[Ref] = field(default_factory=list)

    # ------------------------------------------------------------ matches → drafts
    def add(self, match: Match) -> None:
        """Take in one match of an event rule."""
        items = self.sentences[match.sentence]
        certainty = slots.certainty_of(items, match)
        if certainty is None:
            return
        if match.rule.target == EventType.STATEMENT and certainty is not Certainty.HELD:
            return  # words not spoken yet, or never
        if self._is_covered(match):
            return
        parties = self._parties(match, items)
        for group in self._groups(match, items, parties):
            draft = self._draft(match, items, group, certainty)
            if draft is not None:
                self._merge(draft)

    def _is_covered(self, match: Match) -> bool:
        """Whether the words are part of what a stronger rule has told: guests received for a summit."""
        return any(
            known.rule.options.get("covers") == match.rule.target
            and known.sentence == match.sentence
            and known.found.start < match.found.end
            and match.found.start < known.found.end
            for draft in self.drafts
            for known in draft.matches
        )

    def _parties(self, match: Match, items: list[Item]) -> dict[str, list[Ref]]:
        found = {
            role: refs_in(self.references, match.sentence, items, span)
            for role, span in match.found.roles.items()
            if role not in ("place", "date", "thing", "dest")
        }
        missing = match.rule.elided
        if missing and not found.get(missing):
            found[missing] = self._elided(match, items)
            if match.rule.target == EventType.VISIT:
                found[missing] = self._guest(found[missing], match, items)
        if match.rule.target == EventType.VISIT and "host" in found:
            found["host"] = [Ref(ref.country) for ref in found["host"] if ref.country]
        self._take_from_context(match, items, found)
        subject = found.get(missing or "agent") or found.get("agent")
        if subject:
            self.latest = subject
        return found

    def _elided(self, match: Match, items: list[Item]) -> list[Ref]:
        """The subject that the match leaves out."""
        at = match.sentence, items, match.found.start
        if (
            match.rule.target in affairs.STATE_ACTS
            or match.rule.options.get("change") == affairs.RECALL
        ):
            latest = [ref for ref in self.latest if ref.key.startswith("country/")]
            return affairs.states_before(self.references, *at) or latest
        near = match.rule.options.get("subject") != "first"
        following = [] if near else self._named_after(match, items)
        if following:
            return following
        return elided(self.references, *at, self.latest, near=near)

    def _named_after(self, match: Match, items: list[Item]) -> list[Ref]:
        """The subject that follows a clause at the head of its sentence: “speaking during a visit to …, he said”."""
        if any("person" in item.classes for item in items[: match.found.end]):
            return []
        for index in range(match.found.end, min(match.found.end + _CLAUSE_REACH, len(items) - 1)):
            if items[index].classes & {"barrier", "who", "that"}:
                return []
            if "comma" in items[index].classes and "person" in items[index + 1].classes:
                return list(self.references.of(match.sentence, index + 1))
        return []

    def _guest(self, subject: list[Ref], match: Match, items: list[Item]) -> list[Ref]:
        """Who visits, where the words leave it out: not somebody of the country that is visited."""
        hosts = {
            self.country_of(ref.key)
            for index in range(*match.found.roles.get("dest", (0, 0)))
            for ref in self.references.of(match.sentence, index)
        }
        if not any(ref.country in hosts for ref in subject):
            return subject
        guests = [
            ref
            for index in range(match.found.start)
            if "person" in items[index].classes
            for ref in self.references.of(match.sentence, index)
            if ref.country and ref.country not in hosts
        ]
        return guests[-1:]

    def _take_from_context(
        self, match: Match, items: list[Item], found: dict[str, list[Ref]]
    ) -> None:
        """Parties that a rule's options take from around the match, where it binds none itself."""
        options = match.rule.options
        if options.get("states") == "around" and not found.get("agent"):
            found["agent"] = self._states_near(match.sentence, items)
        if options.get("with") == "latest" and not found.get("agent"):
            found["agent"] = self._latest_actors(match)
        if options.get("appointer") == "latest" and not found.get("appointer"):
            found["appointer"] = self._latest_appointers(match)
        if options.get("parties") == "latest" and not found.get("agent"):
            talks = [
                d
                for d in self.drafts
                if d.type is EventType.MEETING and self._just_before(d, match)
            ]
            found["agent"] = [ref for ref, _ in talks[-1].parties] if talks else []

    def _just_before(self, draft: Draft, match: Match) -> bool:
        return match.sentence - draft.matches[-1].sentence in (0, 1)

    def _latest_actors(self, match: Match) -> list[Ref]:
        """Whose act a sentence tells more of: the owner of the mission opened just before."""
        known = [
            d for d in self.drafts if d.type == match.rule.target and self._just_before(d, match)
        ]
        return [ref for ref, role in known[-1].parties if role is Role.OWNER] if known else []

    def _latest_appointers(self, match: Match) -> list[Ref]:
        """Who receives the envoys that a sentence lists after the one that says so."""
        known = [d for d in self.drafts if d.type is EventType.APPOINTMENT]
        if not known or match.sentence - known[-1].matches[-1].sentence > _LIST_REACH:
            return []
        return [ref for ref, role in known[-1].parties if role is Role.APPOINTER]

    def _states_near(self, sentence: int, items: list[Item]) -> list[Ref]:
        """The states of a sentence, with those of the sentence before where it names fewer than two."""
        found = self._states_around(sentence, items)
        if len(found) < 2 and sentence:
            found += [
                r
                for r in self._states_around(sentence - 1, self.sentences[sentence - 1])
                if r not in found
            ]
        return found

    def _states_around(self, sentence: int, items: list[Item]) -> list[Ref]:
        """The states of a sentence: named, by adjective, or by the officials who speak in it."""
        found: dict[str, None] = {}
        for index, item in enumerate(items):
            for ref in self.references.of(sentence, index):
                state = ref.country or self.country_of(ref.key)
                if state and state.startswith("country/"):
                    found[state] = None
            if isinstance(item.payload, ThingMention) and "organization" in item.classes:
                found.update(dict.fromkeys(item.payload.countries))
            if "nat" in item.classes and item.payload is None:
                state = self.references.state(item)
                if state:
                    found[state] = None
        return [Ref(state) for state in found]

    def _groups(
        self, match: Match, items: list[Item], parties: dict[str, list[Ref]]
    ) -> list[dict[str, list[Ref]]]:
        """One group of parties for each talk: «مع كل من أ وب» is two meetings."""
        others = [
            ref for ref in parties.get("other", []) if ref.key.startswith(("person/", "holder/"))
        ]
        agents = parties.get("agent", [])
        target = EventType(match.rule.target)
        whole = match.rule.options.get("together") == "true"
        if (
            target not in _CONTACTS
            or whole
            or len(others) < 2
            or len(others) != len(parties["other"])
        ):
            return [parties]
        return [{**parties, "agent": agents, "other": [other]} for other in others]

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
        if draft.type is EventType.CONFERENCE and draft.place is None:
            hosts = [ref.key for ref, role in draft.parties if role is Role.HOST]
            draft.place = next((key for key in hosts if key.startswith("country/")), None)
        return draft if self._complete(draft) else None

    def _set_from_meeting(self, draft: Draft) -> None:
        """A visit told by the way, “during a one-day visit”, goes where the sentence's meeting is."""
        if draft.match.rule.options.get("dest") != "meeting":
            return
        at = draft.match.sentence
        told = [d for d in self.drafts if d.type is EventType.MEETING and d.place]
        here = [d for d in told if any(match.sentence == at for match in d.matches)]
        if not here:
            return
        meeting = here[-1]
        host = self.country_of(meeting.place or "")
        guests = [ref for ref, _ in meeting.parties if ref.country and ref.country != host]
        if host and guests:
            draft.place = meeting.place
            draft.date, draft.date_basis = meeting.date, meeting.date_basis
            draft.parties = [*((ref, Role.VISITOR) for ref in guests), (Ref(host), Role.HOST)]

    def _set_from_talks(self, draft: Draft) -> None:
        """A session in which talks were just reported has their day and place."""
        if draft.match.rule.options.get("parties") != "latest":
            return
        talks = [d for d in self.drafts if d.type is EventType.MEETING and d.keys() == draft.keys()]
        if talks:
            draft.place = talks[-1].place
            draft.date, draft.end_date, draft.date_basis = (
                talks[-1].date,
                None,
                talks[-1].date_basis,
            )

    def _set_when(self, draft: Draft, items: list[Item]) -> None:
        at = draft.match.sentence
        when = slots.date_of(
            items,
            draft.match,
            self.published,
            self.anchor,
            draft.certainty,
            self.sentences[at - 1] if at else [],
        )
        if when is None:
            held = self.published is None and draft.certainty is Certainty.HELD
            if held and slots.is_ahead(items, draft.match):
                draft.certainty = Certainty.PLANNED
            return
        draft.date, draft.end_date, draft.date_basis = when.date, when.end, when.basis
        if self.published and when.date > self.published and draft.certainty is Certainty.HELD:
            draft.certainty = Certainty.PLANNED
        if draft.certainty is Certainty.HELD and len(when.date) == 10 and self.published is None:
            self.anchor = self.anchor or when.date

    def _set_states_of_old(self, draft: Draft, items: list[Item]) -> None:
        """What happened long ago was done by the states, not by those who speak of it: «وقع الطرفان سنة 1836»."""
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
        parties = [
            (ref if ref.key in named or not ref.country else Ref(ref.country), role)
            for ref, role in draft.parties
        ]
        draft.parties = list({ref.key: (ref, role) for ref, role in parties}.values())

    def _set_where(self, draft: Draft, items: list[Item]) -> None:
        if draft.type in (EventType.STATEMENT, EventType.PHONE_CALL, EventType.RECOGNITION):
            return
        index = slots.place_of(items, draft.match, draft.type in _TITLED_PLACE)
        if index is None:
            return
        refs = self.references.of(draft.match.sentence, index)
        if not refs:
            return
        draft.place = refs[0].key
        if draft.type in _TITLED_PLACE:
            self._add_hosts(draft, draft.match.found.roles.get("dest", (index, index + 1)))

    def _add_hosts(self, draft: Draft, span: tuple[int, int]) -> None:
        """The countries of the places that a visit leads to, or that a mission stands in."""
        for index in range(*span):
            for ref in self.references.of(draft.match.sentence, index):
                host = self.country_of(ref.key)
                if host and host not in draft.keys():
                    draft.parties.append((Ref(host), Role.HOST))

    def country_of(self, place: str) -> str | None:
        """The country that a place lies in; a country is its own."""
        if place.startswith("country/"):
            return place
        record = self.knowledge.records.get(place)
        return record.country if record else None

    def _set_host_place(self, draft: Draft) -> None:
        """A visit whose place is left out is to the country of the host."""
        hosts = [ref.key for ref, role in draft.parties if role is Role.HOST]
        if draft.type is EventType.VISIT and draft.place is None and hosts:
            draft.place = hosts[0]

    def _set_about(self, draft: Draft, items: list[Item]) -> None:
        if "thing" in draft.match.found.roles:
            start, end = draft.match.found.roles["thing"]
        elif draft.type in _THINGED:
            start, end = draft.match.found.start, draft.match.found.end
        else:
            return
        for index in range(start, end):
            item = items[index]
            if item.classes & set(_THING_CLASSES):
                draft.about += [
                    ref.key
                    for ref in self.references.of(draft.match.sentence, index)
                    if ref.key not in draft.about and ref.key not in draft.keys()
                ]
                if isinstance(item.payload, ThingMention):
                    draft.edition = item.payload.edition or draft.edition
                    self._take_states(draft, item.payload)

    def _take_states(self, draft: Draft, thing: ThingMention) -> None:
        """«اللجنة المشتركة المغربية الموريتانية» meets: its states do, where nobody else is named."""
        if not draft.parties and draft.type is EventType.CONFERENCE:
            draft.parties = [(Ref(key), Role.PARTICIPANT) for key in thing.countries]

    def _set_concerned(self, statement: Draft, items: list[Item]) -> None:
        """«The decision» that somebody welcomes concerns those who took it: the states of the act told first."""
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
            if role is not Role.RECOGNISED and state not in (speaker.key, speaker.country):
                if state not in statement.keys():
                    statement.parties.append((Ref(state), Role.ADDRESSEE))

    def _take_latest(self, draft: Draft) -> None:
        """«القمة» after a summit was named is that summit."""
        known = [d for d in self.drafts if d.type is draft.type and d.about]
        if known and draft.match.rule.options.get("about") == "latest" and not draft.about:
            draft.about = list(known[-1].about)
            states = dict.fromkeys(ref.country or ref.key for ref, _ in known[-1].parties)
            draft.parties = draft.parties or [(Ref(key), Role.PARTICIPANT) for key in states]

    def _complete(self, draft: Draft) -> bool:
        """Whether a draft has what its type can't do without."""
        count = len(draft.parties)
        roles = {role for _, role in draft.parties}
        if draft.type in (*_CONTACTS, EventType.RECOGNITION, EventType.RELATIONS_CHANGE):
            return count >= 2 and not _among_themselves(draft)
        if draft.type is EventType.VISIT:
            return (
                Role.VISITOR in roles
                and (count >= 2 or draft.place is not None)
                and not self._comes_home(draft)
            )
        if draft.type is EventType.STATEMENT:
            _leave_out_own_state(draft)
            return (
                Role.SPEAKER in roles
                and not _to_itself(draft)
                and (count >= 2 or draft.match.rule.options.get("targetless") == "true")
            )
        if draft.type in _THINGED:
            alone = draft.match.rule.options.get("alone") == "true"
            set_in = bool(draft.place or draft.date) if count else bool(draft.place and draft.date)
            return bool(draft.about) or count >= 2 or (alone and set_in) or self._told(draft)
        if draft.type is EventType.APPOINTMENT:
            if draft.match.rule.options.get("appointer") == "latest":
                return Role.APPOINTER in roles and Role.APPOINTEE in roles
            return count >= 2 or draft.change != affairs.RECALL
        return count >= 1

    def _comes_home(self, draft: Draft) -> bool:
        """Whether those who travel do so to their own country."""
        own = {ref.country for ref, role in draft.parties if role is Role.VISITOR}
        hosts = {ref.key for ref, role in draft.parties if role is Role.HOST}
        return bool(hosts) and hosts <= own

    def _told(self, draft: Draft) -> bool:
        """Whether «the summit» that somebody chairs was told of just before, without a name."""
        return any(self._is_told_again(known, draft) for known in self.drafts)

    def _is_told_again(self, known: Draft, draft: Draft) -> bool:
        same = draft.match.rule.options.get("same") == "latest" and known.type is draft.type
        return same and not known.about and self._just_before(known, draft.match)

    # ------------------------------------------------------------ drafts → events
    def _merge(self, draft: Draft) -> None:
        if draft.match.rule.options.get("with") == "latest":
            self._add_to_latest(draft)
            return
        for known in self.drafts:
            if self._same(known, draft):
                self._join(known, draft)
                return
        if draft.match.rule.weak and draft.type is EventType.MEETING and self._call_between(draft):
            return
        if draft.type is EventType.PHONE_CALL:
            self._take_in(draft)
        self.drafts.append(draft)

    def _add_to_latest(self, draft: Draft) -> None:
        """Join those at a ceremony to the opening told just before; a host known there stays the only one."""
        known = [d for d in self.drafts if d.type is draft.type and d.change == draft.change]
        if not known or not self._just_before(known[-1], draft.match):
            return
        hosted = any(role is Role.HOST for _, role in known[-1].parties)
        draft.parties = [
            (ref, role) for ref, role in draft.parties if role is not Role.HOST or not hosted
        ]
        self._join(known[-1], draft)

    def _take_in(self, call: Draft) -> None:
        """Talks of the same two that nothing says were face to face, told before the call, are the call."""
        for known in list(self.drafts):
            weak = known.type is EventType.MEETING and all(m.rule.weak for m in known.matches)
            if weak and known.keys() == call.keys() and _compatible(known.date, call.date):
                self.drafts.remove(known)
                if call.date is None:
                    call.date, call.date_basis = known.date, known.date_basis
                call.matches += known.matches

    def _call_between(self, draft: Draft) -> bool:
        return any(k.type is EventType.PHONE_CALL and draft.keys() <= k.keys() for k in self.drafts)

    def _same(self, known: Draft, draft: Draft) -> bool:
        if known.type is not draft.type:
            weak = draft.match.rule.weak and {known.type, draft.type} == set(_CONTACTS)
            if not weak:
                return False
        if known.certainty is not draft.certainty:
            return False
        if not _compatible(known.date, draft.date) and not self._one_contact(known, draft):
            return False
        if draft.type is EventType.STATEMENT:
            return _stance(known) == _stance(draft) and known.keys() == draft.keys()
        if known.about and draft.about:
            return bool(set(known.about) & set(draft.about))
        if draft.type in (EventType.CONFERENCE, EventType.EXERCISE):
            here = known.matches[-1].sentence == draft.match.sentence
            inside = here and not draft.about and draft.keys() <= known.keys()
            return inside or self._is_told_again(known, draft)
        if known.change != draft.change or not self._near(known.place, draft.place):
            return False
        if draft.type is EventType.SIGNING and _states_of(known) == _states_of(draft):
            return True
        if draft.type is EventType.RECOGNITION:
            return {(r.key, role) for r, role in known.parties} == {
                (r.key, role) for r, role in draft.parties
            }
        mine, theirs = known.keys(), draft.keys()
        if draft.type is EventType.VISIT:
            return self._visitors(known) == self._visitors(draft) and (
                mine <= theirs or theirs <= mine
            )
        return mine <= theirs or theirs <= mine

    def _one_contact(self, known: Draft, draft: Draft) -> bool:
        """Whether two dates a day apart are of one contact, told by two sources in one document."""
        return (
            draft.type in _CONTACTS
            and known.keys() == draft.keys()
            and _day_apart(known.date, draft.date)
        )

    def _visitors(self, draft: Draft) -> set[str]:
        return {ref.key for ref, role in draft.parties if role is Role.VISITOR}

    def _near(self, one: str | None, other: str | None) -> bool:
        """Whether two places can be the same: equal, unknown, or one the country of the other."""
        if one is None or other is None or one == other or "place/region-" in one + other:
            return True
        return self.country_of(one) in (other, self.country_of(other)) and "country/" in one + other

    def _join(self, known: Draft, draft: Draft) -> None:
        for ref, role in draft.parties:
            if ref.key not in known.keys():
                known.parties.append((ref, role))
        if draft.date and (known.date is None or len(draft.date) > len(known.date)):
            known.date, known.end_date, known.date_basis = (
                draft.date,
                draft.end_date,
                draft.date_basis,
            )
        if draft.place and (known.place is None or known.place.startswith("country/")):
            known.place = draft.place
        known.about += [key for key in draft.about if key not in known.about]
        known.edition = known.edition or draft.edition
        known.matches.append(draft.match)

    # ------------------------------------------------------------ after the last match
    def finish(self) -> list[Draft]:
        """All events, with what visits lend to the meetings held in them."""
        visits = [d for d in self.drafts if d.type is EventType.VISIT and d.place]
        for draft in self.drafts:
            if draft.type is EventType.MEETING and draft.place is None:
                self._lend(draft, visits)
        return self.drafts

    def _lend(self, meeting: Draft, visits: list[Draft]) -> None:
        for visit in visits:
            if (
                visit.certainty is not meeting.certainty
                or not self._visitors(visit) & meeting.keys()
            ):
                continue
            host = self.country_of(visit.place or "")
            hosts = {ref.country or ref.key for ref, _ in meeting.parties}
            if host in hosts and _compatible(meeting.date, visit.date):
                meeting.place = visit.place
                items = self.sentences[meeting.match.sentence]
                if meeting.date is None and _within_visit(items, meeting.match):
                    meeting.date, meeting.date_basis = (
                        visit.date,
                        "the date of the visit it is part of",
                    )
                return


def _within_visit(items: list[Item], match: Match) -> bool:
    """Whether the words of a meeting place it in the visit: «في زيارته», «خلالها»."""
    around = items[max(0, match.found.start - 3) : match.found.end + 2]
    if any("where_then" in item.classes for item in around[:3]):
        return True
    return any(
        item.classes & {"his_visit", "visit", "during_it", "upon_arrival"} for item in around
    )


def _leave_out_own_state(statement: Draft) -> None:
    """Take the speaker's own state from among those addressed: the ties of two are with the other."""
    own = {ref.country or ref.key for ref, role in statement.parties if role is Role.SPEAKER}
    kept = [
        (ref, role) for ref, role in statement.parties if role is Role.SPEAKER or ref.key not in own
    ]
    if any(role is Role.ADDRESSEE for _, role in kept):
        statement.parties = kept


def _among_themselves(draft: Draft) -> bool:
    """Whether a welcome, by its rule one of foreign guests, is among officials of one country."""
    if draft.match.rule.options.get("countries") != "different":
        return False
    return len({ref.country for ref, _ in draft.parties if ref.country}) < 2


def _to_itself(statement: Draft) -> bool:
    """Whether a statement is addressed to the speaker's own state: then the target was misread."""
    own = {ref.country or ref.key for ref, role in statement.parties if role is Role.SPEAKER}
    return any(ref.key in own for ref, role in statement.parties if role is Role.ADDRESSEE)


def _day_apart(one: str | None, other: str | None) -> bool:
    if not one or not other or len(one) != len(other) or len(one) != 10:
        return False
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) <= 1


def _states_of(draft: Draft) -> set[str]:
    """The states that a draft's parties are, or act for."""
    return {ref.country or ref.key for ref, _ in draft.parties}


def _stance(draft: Draft) -> str:
    return str(draft.match.rule.stance)


def _compatible(one: str | None, other: str | None) -> bool:
    return not one or not other or one.startswith(other) or other.startswith(one)
