"""Speakers: who says it, an official, a body or the state for which they speak."""

from __future__ import annotations

from ingest.claims import affairs
from ingest.claims.people import kinds_of
from ingest.claims.story import Story
from ingest.claims.things import Ref
from ingest.engine import Match
from ingest.items import Item, PersonMention, ThingMention
from kg.model import EventType

_LANDS = frozenset({"country", "seat", "byname"})
_VIEWS = frozenset(
    "praise_noun thank_noun support_noun condemn_noun reject_noun congratulate_noun "
    "condole_noun backing refusal".split()
)
_PERSONS = frozenset({"person", "anaphor_person"})
_OTHERWISE = frozenset({"that", "comma", "with", "to", "in", "of_prep"})
_SPEECH = frozenset("issuing said express praise thank support condemn reject accuse call".split())
_BODIES = frozenset({"country", "seat", "byname", "organization", "gov"})
_QUOTING = frozenset({"that", "quote"})
_PAUSES = frozenset({"comma", "quote", "barrier"})
_VOICES = frozenset({"spokesperson", "ambassador", "special-envoy"})  # who speak for their state
_SAID_REACH = 3  # items from “that” or a quotation mark to the state in whose name it is said
_SPEAKER_REACH = 4  # items in which the subject follows a verb of saying at a sentence's head
# Whose nationals abroad a ministry is for: «وزارة الشؤون الخارجية … والمغاربة المقيمين بالخارج».
_ABROAD = {
    "المغاربه": "country/MA",
    "الموريتانيين": "country/MR",
    "التونسيين": "country/TN",
    "المصريين": "country/EG",
    "السوريين": "country/SY",
}
_VERB_AT = 2  # items at the head of a match among which its verb is
_MANY_REACH = 5  # items from “all states and bodies” to the pronoun of the clause about them
_WOMANS = "ه"  # how a title of a woman ends, undotted: «وزيره»
_MINISTRIES = frozenset("وزاره الوزاره الخارجيه ministry ministere".split())


class SpeakerRules(Story):
    """Rules for the speaker of a statement, and for whom it concerns."""

    __slots__ = ()

    def _sayer(self, match: Match, items: list[Item], speakers: list[Ref]) -> list[Ref]:
        """Who says it, where the words are those of an official: “said that Egypt supports …”."""
        start = match.found.roles["agent"][0]
        near = items[max(0, start - _SAID_REACH) : start]
        if len(speakers) != 1:
            return speakers
        state = speakers[0].key
        if affairs.is_state(state) and (behind := self._said_behind(match, items, state)):
            return behind
        if not any(item.classes & _QUOTING for item in near):
            return speakers
        told = [i for i in range(start - 1, -1, -1) if "person" in items[i].classes][:1]
        said = self.references.of(match.sentence, told[0]) if told else self.latest
        own = [ref for ref in said if ref.country == state and ref.kind not in _VOICES]
        return own if len(own) == 1 and affairs.is_state(state) else speakers

    def _goals(self, match: Match) -> set[str | None]:
        """The states to which a visit goes."""
        return {
            self.country_of(ref.key)
            for index in range(*match.found.roles.get("dest", (0, 0)))
            for ref in self.references.of(match.sentence, index)
        }

    def _guest(self, subject: list[Ref], match: Match, items: list[Item]) -> list[Ref]:
        """Who visits, where the words leave it out: nobody of the host country, no two states."""
        if away := self._away(subject, match):
            return away
        hosts = self._goals(match)
        states = len(subject) > 1 and all(affairs.is_state(ref.key) for ref in subject)
        if not states and not any(ref.country in hosts for ref in subject):
            return subject
        guests = [
            ref
            for index in range(match.found.roles.get("dest", (match.found.start,))[0])
            if "person" in items[index].classes
            for ref in self.references.of(match.sentence, index)
            if ref.country and ref.country not in hosts
        ]
        return guests[-1:]

    def _away(self, subject: list[Ref], match: Match) -> list[Ref]:
        """Who goes on from talks told in the same sentence: the one who is not at home there."""
        keys, goals = {ref.key for ref in subject}, self._goals(match)
        invited = match.rule.options.get("told") == "invited"  # not who brought the invitation
        for draft in () if invited else self.drafts:
            near = draft.match.sentence == match.sentence and keys & draft.party_keys()
            home = self.country_of(draft.place or "")
            if not home and draft.match.rule.id.endswith("-receive"):
                home = draft.parties[0][0].country  # who receives is at home
            if draft.type is not EventType.MEETING or not near or not home:
                continue
            away = [ref for ref, _ in draft.parties if ref.country and ref.country != home]
            if len(away) == 1 and away[0].country not in goals:
                return away
        return []

    def _visitor(self, told: list[Ref], match: Match, items: list[Item]) -> list[Ref]:
        """“The visit of the minister of defence to Rabat”: the other who holds it, from abroad."""
        start, end = match.found.roles.get("agent", (0, 0))
        mention = items[start].payload if end == start + 1 else None
        if not isinstance(mention, PersonMention) or mention.name is not None or len(told) != 1:
            return told
        hosts = self._goals(match)
        if told[0].country is None or told[0].country not in hosts:
            return told
        persons = self.references.people.persons
        abroad = [p for p in persons if told[0].kind in kinds_of(p) and p.country() not in hosts]
        found = [p for p in abroad if p.country()]
        return (
            [Ref(found[0].key, None, told[0].kind, found[0].country())] if len(found) == 1 else told
        )

    def _said_behind(self, match: Match, items: list[Item], state: str) -> list[Ref]:
        """Who says it, told behind the words: “France supports Chad, Mr Roy said.”."""
        for index in range(match.found.end, len(items) - 1):
            if "said" not in items[index].classes:
                continue
            before, after = items[index - 2], items[index + 1]
            if items[index - 1].classes & _PERSONS and before.classes & _PAUSES:
                at = index - 1
            elif after.classes & _PERSONS:
                at = index + 1
            else:
                continue
            refs = [ref for ref in self.references.of(match.sentence, at) if ref.country == state]
            return refs if len(refs) == 1 else []
        return []

    def _put_states(self, match: Match, items: list[Item], found: dict[str, list[Ref]]) -> None:
        """Put states in place of their ministries that do what states do: “recalled its envoy”."""
        acts = match.rule.target in (*affairs.STATE_ACTS, EventType.APPOINTMENT)
        for role in ("agent", "appointer") if acts else ():
            if found.get(role):
                found[role] = self._governments(match, items, found[role], role)

    def _governments(
        self, match: Match, items: list[Item], speakers: list[Ref], role: str = "agent"
    ) -> list[Ref]:
        """The speakers, a state in place of its ministry: «أدانت وزارة الخارجية القطرية»."""
        states: dict[str, str] = {}
        for index in range(*match.found.roles[role]):
            item = items[index]
            words = self.references.analysis.tokens.forms[item.first : item.last]
            if "organization" not in item.classes or _MINISTRIES.isdisjoint(words):
                continue
            for ref in self.references.of(match.sentence, index):
                state = self._state_of(item, ref)
                state = state or self._whose_view(match, items) or self._own_state(match)
                if state:
                    states[ref.key] = state
        return [Ref(states[ref.key]) if ref.key in states else ref for ref in speakers]

    def _voice(self, match: Match, items: list[Item], found: dict[str, list[Ref]]) -> list[Ref]:
        """Who speaks, left out: the state whose view is told, where nobody of it is known to."""
        state, speakers = self._whose_view(match, items), found["agent"]
        known = (*speakers, *found.get("target", ()))
        own = state is None or any(state in (ref.key, ref.country) for ref in known)
        return [Ref(state)] if state and not own else speakers

    def _state_of(self, item: Item, body: Ref) -> str | None:
        """The state whose body an item names."""
        named = item.payload.countries if isinstance(item.payload, ThingMention) else ()
        words = self.references.analysis.tokens.forms[item.first : item.last]
        abroad = next((_ABROAD[word] for word in words if word in _ABROAD), None)
        return named[0] if named else abroad or self.country_of(body.key)

    def _last_speaker(self, match: Match, items: list[Item]) -> list[Ref]:
        """Who speaks last before a match, where several do: «أكد أ …، وقال ب …، مشيدا بقطر»."""
        spoke = [
            index
            for index in range(2, match.found.start)
            if items[index].classes & _PERSONS
            and _SPEECH & (items[index - 1].classes | items[index - 2].classes)
            and items[index - 1].classes.isdisjoint(_OTHERWISE | _PERSONS)
            and items[index - 2].classes.isdisjoint(_PERSONS)  # «أطلع الوزير نظيره على …»
        ]
        if not spoke or not any(item.classes & _PERSONS for item in items[: spoke[-1]]):
            return []
        return list(self.references.of(match.sentence, spoke[-1]))

    def _agreeing(self, subject: list[Ref], match: Match, items: list[Item]) -> list[Ref]:
        """A subject left out, but no man where the verb is a woman's, a state's or a body's."""
        if (told := self._in_relative(match, items)) is not None:
            return told
        verb = items[match.found.start : match.found.start + _VERB_AT]
        if not any("feminine" in item.classes for item in verb):
            return subject
        return [] if subject and all(map(self._is_man, subject)) else subject

    def _in_relative(self, match: Match, items: list[Item]) -> list[Ref] | None:
        """Who speaks in a clause about a state, or about many: «كافة الدول التي أبدت تأييدها»."""
        who = match.found.start - 1
        if who < 1 or "who" not in items[who].classes:
            return None
        before = who - 1 - ("comma" in items[who - 1].classes)
        if before >= 0 and items[before].classes & _LANDS:
            return list(self.references.of(match.sentence, before))
        near = items[max(0, before - _MANY_REACH) : before + 1]
        many = any("audience" in item.classes for item in near)
        return [] if many and not any(item.classes & _PERSONS for item in near) else None

    def _is_man(self, ref: Ref) -> bool:
        """Whether the words of somebody's titles are a man's: «الوزير», not «الوزيرة»."""
        people = self.references.people
        titles = [title for p in people.persons if p.key == ref.key for title in p.titles]
        forms = people.analysis.tokens.forms
        return bool(titles) and not any(forms[t.first].endswith(_WOMANS) for t in titles)

    def _own_state(self, match: Match) -> str | None:
        """The state that the document is about, but where it is the one spoken of."""
        span = range(*match.found.roles.get("target", (0, 0)))
        told = [ref for at in span for ref in self.references.of(match.sentence, at)]
        lands = {land for ref in told for land in (ref.key, ref.country, self.country_of(ref.key))}
        return self.references.home(but=lands)

    def _whose_view(self, match: Match, items: list[Item]) -> str | None:
        """The state for which a ministry speaks: «تعرب وزارة الخارجية عن إدانة المملكة»."""
        for index in range(
            match.found.roles.get("agent", (0, match.found.start + 1))[1], match.found.end
        ):
            if items[index].classes & _LANDS and items[index - 1].classes & _VIEWS:
                return next((ref.key for ref in self.references.of(match.sentence, index)), None)
        return None

    def _state_of_place(self, match: Match) -> list[Ref]:
        """The state that a statement concerns, told by a place: «أدان الهجوم في كراتشي»."""
        states = (
            self.country_of(ref.key)
            for index in range(*match.found.roles.get("target", (0, 0)))
            for ref in self.references.of(match.sentence, index)
        )
        return [Ref(state) for state in states if state]

    def _state_at_head(self, match: Match, items: list[Item]) -> Ref | None:
        """The state that a sentence begins with, where no person stands before the match."""
        head = items[: match.found.start]
        if any(item.classes & {"person", "group", "anaphor_pair"} for item in head):
            return None
        if spoken := self._state_behind_verb(match, head):
            return spoken
        first = 1 if head and "det" in head[0].classes else 0
        if first >= len(head) or not head[first].classes & {"country", "seat", "byname"}:
            return None
        if first + 1 < len(head) and "aux" not in head[first + 1].classes:
            return None
        refs = self.references.of(match.sentence, first)
        return next((ref for ref in refs if affairs.is_state(ref.key)), None)

    def _state_behind_verb(self, match: Match, head: list[Item]) -> Ref | None:
        """The state or body that speaks from a sentence's head on: «وأكدت قطر …، ودعت إلى»."""
        first = 1 if head and "and" in head[0].classes else 0
        if first >= len(head) or head[first].classes.isdisjoint(_SPEECH):
            return None
        if any("his_highness" in item.classes for item in head[first + 1 : first + 2]):
            return None  # «وأكد سموه حرص دولة الإمارات …»
        for index in range(first + 1, min(first + _SPEAKER_REACH, len(head))):
            if "that" in head[index].classes:
                return None  # «وأضاف أن المملكة …، مشيدا»: who spoke before
            if head[index].classes & _BODIES:
                refs = list(self.references.of(match.sentence, index))
                keys = [(_is_ministry(r) and self._state_of(head[index], r)) or r.key for r in refs]
                alone = all(item.classes.isdisjoint(_LANDS) for item in head[index + 1 :])
                return next((Ref(key) for key in keys if alone or "country/" in key), None)
        return None


def _is_ministry(ref: Ref) -> bool:
    return any(word in ref.key for word in _MINISTRIES)
