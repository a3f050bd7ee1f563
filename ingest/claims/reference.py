"""Reference: what each item of a document speaks of, by entity key, in one pass from start to end.

A named person is who the name says. An unnamed holder of an office is the person whom the document
names in that office; else the lexicon's holder on the day (inferred, with the chain of reasons);
else the office's unnamed holder. «نظيره» takes the office of the person before it.
"""

from __future__ import annotations

from dataclasses import replace

from ingest.claims import pairs
from ingest.claims.people import People, Person, kinds_of, main_office
from ingest.claims.things import Ref, Things, body_meant, is_of_somebody
from ingest.items import Analysis, GroupMention, Item, PersonMention, Title
from ingest.knowledge import MINISTERS, Knowledge

_MANY = ("ambassador", "legislator")  # told in the plural these are any number, not the last two
_BARE_MINISTERS = frozenset({"الوزير", "الوزيره", "الدوله"})
_SECRETARY = ("the secretary", "secretary")
_LATTER = ("cette dernière", "cette derniere", "ce dernier", "the latter")
_SENT = frozenset({"ambassador", "consul", "special-envoy", "minister", "other"})
_OF_STATE = "its "
_MEMORY = 12  # how many persons back an anaphor reaches


class References(Things):
    """The entities that a document's items speak of."""

    def __init__(
        self,
        analysis: Analysis,
        sentences: list[list[Item]],
        people: People,
        knowledge: Knowledge,
        day: str | None,
    ) -> None:
        super().__init__(analysis, sentences, people, knowledge)
        self.day = day
        self._by_name: dict[tuple[str, ...], Person] = {
            name: person for person in people.persons for name in person.names
        }
        self._aliases = people.aliases()
        self._given = people.given_names()
        self._recent: list[Ref] = []  # persons, the latest last
        self._many: tuple[Ref, ...] = ()  # the three or more holders told together last
        self._aside: set[str] = set()  # persons last named only as those led, visited, thanked for
        self._refs: dict[tuple[int, int], tuple[Ref, ...]] = {}
        for number, index, item in self.speaking:
            refs = self._resolve(item, number, index)
            if refs:
                self._refs[number, index] = refs

    def of(self, sentence: int, index: int) -> tuple[Ref, ...]:
        """What an item speaks of; empty where it names nothing."""
        return self._refs.get((sentence, index), ())

    # ------------------------------------------------------------ items
    def _resolve(self, item: Item, number: int, index: int) -> tuple[Ref, ...]:
        payload = item.payload
        self._note_states(item)
        if isinstance(payload, PersonMention):
            ref = self._person(item, payload, number, index)
            if ref:
                self._set_aside(ref, number, index)
            return self._remember((ref,) if ref else ())
        if isinstance(payload, GroupMention):
            return self._remember(self._group(payload, number, index))
        if "anaphor_pair" in item.classes:
            if sides := pairs.nations_of(self.sentences[number], index):
                return tuple(map(Ref, sides))
            return () if self._is_of_many(item, number, index) else self._together(item)
        if "anaphor_person" in item.classes and payload is None:
            ref = self._anaphor(item, number, index)
            return self._remember((ref,) if ref else ())
        return self.thing(item)

    def _remember(self, refs: tuple[Ref, ...]) -> tuple[Ref, ...]:
        for ref in refs:
            if ref.key.startswith(("person/", "holder/")):
                others = [each for each in self._recent if each.key != ref.key]
                self._recent = [*others[-_MEMORY:], ref]
        return refs

    def _set_aside(self, ref: Ref, number: int, index: int) -> None:
        """Note whether a person takes no part in what is told: «بقيادة الملك», «بحضور الرئيس»."""
        before = self.sentences[number][max(0, index - 2) : index]
        led = any(item.classes & {"led_by", "in_presence"} for item in before)
        visited = pairs.is_only_spoken_of(self.sentences[number], index)
        if led or visited or self._joins_aside(number, index):
            self._aside.add(ref.key)
        elif "of_prep" not in (before[-1].classes if before else ()):
            self._aside.discard(ref.key)

    def _joins_aside(self, number: int, index: int) -> bool:
        """Whether “and” joins a person to one set aside: «بقيادة الملكين أ، وب»."""
        items, joined = self.sentences[number], False
        for at in range(index - 1, max(-1, index - 5), -1):
            if items[at].classes & {"and", "comma", "honorific"}:
                joined = joined or "and" in items[at].classes
                continue
            return joined and any(ref.key in self._aside for ref in self.of(number, at))
        return False

    # ------------------------------------------------------------ persons
    def _named(self, mention: PersonMention) -> Person | None:
        name = self.people.name_of(mention)
        known = self._by_name.get(name) or self._aliases.get(name)
        return known or (self._given.get(name[0]) if len(name) == 1 else None)

    def _person(self, item: Item, mention: PersonMention, number: int, index: int) -> Ref | None:
        if mention.name is not None:
            person = self._named(mention)
            if person is None:
                return None
            if mention.counterpart:
                self._give_office(person, item, mention, number, index)
            kind, country = main_office(person)
            if kind is None and person.official is not None:
                kind = person.official.tenures[-1].kind
            own = country or person.country() or self.sender(person) or person.beside()
            return Ref(person.key, None, kind, own)
        if mention.counterpart:
            country = mention.country
            behind = pairs.named_behind(self.sentences[number], index)
            named = self._named(behind) if behind else None
            if named and (country is None or named.country() in (None, country)):
                named.serve(country)
                return Ref(named.key, None, main_office(named)[0], country or named.country())
            before = self._before(number, index, not_of=country)
            if before is None or before.kind is None:
                return None
            if country is None:
                many = self._words(item).endswith("s") or "نظرا" in self._words(item)
                return None if many else self._peer(before)
            return self._peer_named(before.kind, country, self._words(item), number)
        # a deputy premier who is a minister acts, and has counterparts, as the minister
        acts = (title for title in mention.titles if title.kind != "deputy-prime-minister")
        return self._titled(next(acts, mention.titles[0]), item, number, index)

    def _peer_named(self, kind: str, country: str, words: str, number: int) -> Ref:
        """The counterpart whom the lines behind a headline name; else the office's holder."""
        told = pairs.counterpart_named(self.sentences, number, country)
        person = self._named(told) if told else None
        if person is None or any(held != kind for held, _ in person.offices()):
            return self.holder(kind, country, words)
        return Ref(person.key, None, kind, country)

    def _give_office(
        self, person: Person, item: Item, mention: PersonMention, number: int, index: int
    ) -> None:
        """«نظيره الفرنسي فلان» holds the office of the person before, in that country."""
        country = mention.country or person.country()
        before = self._before(number, index, other_than=person.key, not_of=country)
        if before is None or before.kind is None:
            return
        if any(kind in pairs.LEADERS | MINISTERS for kind, _ in person.offices()):
            return
        first, last = mention.name or (item.first, item.last)
        title = Title(before.kind, country, None, first, last, mention.source)
        if country and (title.kind, country) not in list(person.offices()):
            person.titles.append(title)

    def _before(
        self,
        number: int,
        index: int,
        other_than: str | None = None,
        not_of: str | None = None,
    ) -> Ref | None:
        """The person before an item: in its sentence (the nearest with peers), else the latest.

        `not_of` is the counterpart's own country: nobody there is whom he answers to.
        """
        before = [
            ref
            for earlier in range(pairs.company_at(self.sentences[number], index))
            for ref in self.of(number, earlier)
            if ref.key.startswith(("person/", "holder/")) and ref.kind and ref.key != other_than
        ]
        foreign = [ref for ref in before if not_of is None or ref.country != not_of]
        latest = [ref for ref in reversed(self._recent) if ref.kind and ref.key != other_than]
        others = [ref for ref in latest if not_of is None or ref.country != not_of]
        if before and (foreign or not others):
            before = foreign or before
            peers = [ref for ref in before if ref.kind in pairs.PEERS]
            return peers[-1] if peers else before[0]
        return next(iter(others or latest), None)

    def _peer(self, ref: Ref) -> Ref | None:
        """«نظيره» without a state: who was named last of the same office in another state."""
        others = (r for r in reversed(self._recent) if r.kind == ref.kind and r.country)
        return next((r for r in others if ref.country and r.country != ref.country), None)

    def _titled(self, title: Title, item: Item, number: int, index: int) -> Ref | None:
        kind, country = title.kind, title.country
        if (ref := self._of_leader(title, item, number, index)) is not None:
            return ref
        if self._words(item).casefold() in _SECRETARY:  # of state, of defense: who was told last
            cabinet = (r for r in reversed(self._recent) if r.kind in MINISTERS)
            ref = next((r for r in cabinet if r.country == country), None)
            if ref is not None:
                return ref
        bare = country is None and kind == "minister" and self._is_bare(item)
        if bare and (own_minister := self._own_minister(number, index)) is not None:
            return own_minister
        country = country or pairs.row_state(self.sentences[number], number, index, self.of)
        if country is None:
            named = [p for p in self.people.persons if kind in kinds_of(p)]
            # An official named without a country is the document's own.
            own = [p for p in named if p.titles and all(t.country is None for t in p.titles)]
            mentioned = self._mentioned_in(number, index)
            behind = pairs.later(self.sentences[number], index, self._named, named)
            aside = mentioned | {p.key for p in behind}  # “the President” met “President Putin”
            known = self._recent_of(kind, mentioned, aside - mentioned)
            if known is not None and len(own) > 1 and any(p.key == known.key for p in own):
                return known
            if len(own) != 1:
                own = [p for p in named if p.country() and p.country() == self.home()]
            own = [p for p in own if p.key not in aside]
            told = [p for p in own if any(ref.key == p.key for ref in self._recent)]
            if known is not None and not (kind in pairs.PEERS and len(own) == 1 and told):
                return known
            for group in (own, [p for p in named if p not in behind]):
                if len(group) == 1:
                    return Ref(group[0].key, None, kind, group[0].country())
            abroad = {p.country() for p in behind if p in named}
            met_by = pairs.state_met_by(self.sentences[number], number, index, self.of)
            country = self._realm(kind, abroad | {met_by})
        if country is None:
            return None
        ref = self.holder(kind, country, self._words(item))
        self._note_office(ref, replace(title, country=country))
        return ref

    def _of_leader(self, title: Title, item: Item, number: int, index: int) -> Ref | None:
        """“The Turkish leader”; “her foreign minister” after a leader, who is of that state."""
        words = self._words(item)
        if title.country == "country/US":  # «كاتبة الدولة»
            own = pairs.told_longer(self.people.persons, self.analysis.tokens.forms, item)
            if own is not None:
                return Ref(own.key, None, title.kind, own.country())
        if title.country:
            led = [p for p in self.people.persons if p.country() == title.country]
            led = (
                [p for p in led if kinds_of(p) & pairs.LEADERS] if words.endswith(" leader") else []
            )
            return Ref(led[0].key, None, title.kind, title.country) if len(led) == 1 else None
        if not is_of_somebody(words):
            named = [p for p in self.people.persons if title.kind in kinds_of(p)]
            told = pairs.told_so(named, self.analysis.tokens.forms, item)
            return Ref(told.key, None, title.kind, told.country()) if told else None
        before = self.of(number, index - 2) if index > 1 else ()
        state = next((ref.country for ref in before if ref.kind in pairs.LEADERS), None)
        if state is None and words.startswith(_OF_STATE):  # “in Chad for talks with its president”
            state = pairs.state_just_named(self.sentences[number], number, index, self.of)
        return self.holder(title.kind, state, words) if state else None

    def _is_bare(self, item: Item) -> bool:
        """Whether a minister is told without a ministry: «الوزير», «وزير الدولة»."""
        return self.analysis.tokens.forms[item.last - 1] in _BARE_MINISTERS

    def _own_minister(self, number: int, index: int) -> Ref | None:
        """«الوزير» without more: the one minister whom the document names without a country."""
        own = [
            p
            for p in self.people.persons
            if not kinds_of(p).isdisjoint(MINISTERS)
            and p.titles
            and all(t.country is None for t in p.titles)
        ]
        if len(own) != 1 or own[0].key in self._mentioned_in(number, index):
            return None
        return Ref(own[0].key, None, "minister", own[0].country())

    def _note_office(self, ref: Ref, title: Title) -> None:
        """A person named elsewhere holds the office by which the document speaks of them here."""
        person = next((p for p in self.people.persons if p.key == ref.key), None)
        if person is None or (title.kind, title.country) in list(person.offices()):
            return
        if title.kind == "minister" and not kinds_of(person).isdisjoint(MINISTERS):
            return  # “the Moroccan minister” says less than is known
        person.titles.append(title)

    def _mentioned_in(self, number: int, index: int) -> set[str]:
        """Who is mentioned before an item in its sentence: a new title names somebody else."""
        return {ref.key for earlier in range(index) for ref in self.of(number, earlier)}

    def _recent_of(self, kind: str, mentioned: set[str], but: set[str]) -> Ref | None:
        kinds = pairs.LEADERS if kind == "president" else {kind}
        kinds = MINISTERS if kind == "minister" else kinds
        told = [ref for ref in reversed(self._recent) if ref.kind in kinds and ref.key not in but]
        found = [ref for ref in told if ref.key not in self._aside] or told
        return next((ref for ref in found if ref.key not in mentioned), found[0] if found else None)

    def holder(self, kind: str, country: str, words: str) -> Ref:
        """Who holds an office: named in the document, else known on its day, else unnamed."""
        kinds = MINISTERS if kind == "minister" else {kind}
        persons = self.people.persons
        named = [p for p in persons if any(k in kinds and c == country for k, c in p.offices())]
        if not named:
            own = [p for p in persons if p.country() == country]
            named = [p for p in own if kinds_of(p) & kinds]
        if not named and kind == "minister":  # “the British minister” may be a minister of state
            deputy = "deputy-foreign-minister"
            named = [p for p in self.people.persons if (deputy, country) in p.offices()]
        if not named and kind in pairs.LEADERS and self.home() in (None, country):  # their own
            named = [p for p in self.people.persons if kinds_of(p) & kinds and not p.country()]
        if len(named) > 1 and kind == "minister":  # «الوزير الفرنسي»: the one told last
            told = [ref.key for ref in self._recent if ref.country == country]
            named = [p for p in named if told and p.key == told[-1]]
        if len(named) == 1:
            runs = main_office(named[0])[0] if kind == "minister" else kind  # «الوزير الجزائري»
            return Ref(named[0].key, None, runs if runs in MINISTERS else kind, country)
        code = self._code(country)
        one = kind not in _SENT  # of envoys and ministers a state has many
        found = self.knowledge.holder(kind, code, self.day) if self.day and one else None
        if found is not None:
            official, tenure = found
            basis = f"{words} → {kind} of {code} → holder on {self.day} ({tenure.source})"
            return Ref(official.key, basis, kind, country)
        return Ref(f"holder/{kind}-{code}", None, kind, country)

    def _group(self, group: GroupMention, number: int, index: int) -> tuple[Ref, ...]:
        kind: str | None = group.kind
        if kind == "counterpart":  # «ses homologues»: of the office of the person before
            before = self._before(number, index)
            kind = before.kind if before else None
        if kind is None:
            return ()
        if group.countries:
            refs = tuple(self._peer_named(kind, c, kind, number) for c in group.countries)
            item = self.sentences[number][index]
            for ref in refs:
                title = Title(kind, ref.country, None, item.first, item.last, group.source)
                self._note_office(ref, title)
            self._many = refs if len(refs) > pairs.TWO else self._many
            return refs
        kinds = MINISTERS if group.kind == "minister" else {group.kind}
        found = [ref for ref in self._recent if ref.kind in kinds][-2:]
        if pairs.are_among(found, self._many, self.sentences[number], index):
            return self._many
        if kind in _MANY or pairs.is_of_any(self.sentences[number], index):
            return ()
        if len(found) == pairs.TWO:
            return tuple(found)
        named = [
            Ref(p.key, None, group.kind, p.country())
            for p in self.people.persons
            if any(kind in kinds for kind, _ in p.offices())
        ]
        if len(named) < 2 and pairs.is_of_both(self.sentences[number], index):
            return tuple(self.holder(kind, state.key, kind) for state in self.two_states())
        return tuple(named[:2]) if len(named) >= 2 else ()

    def _is_of_many(self, item: Item, number: int, index: int) -> bool:
        """«المسؤولين المغاربة»: any number of officials, not the two."""
        behind = self.sentences[number][index + 1 : index + 3]
        return "leaders" in item.classes and any("nat" in each.classes for each in behind)

    def _together(self, item: Item) -> tuple[Ref, ...]:
        """«الوزيران», «البلدان», «القادة الثلاثة»: whom words for two or three of them mean."""
        words = self._words(item)
        recent = [
            ref
            for ref in reversed(self._recent)
            if ref.key not in self._aside and ref.kind != "spokesperson"
        ]
        if "three" in item.classes:
            of_states = pairs.is_of_states(words)
            return self.states_most_told(3) if of_states else pairs.three_of(recent)
        return self._pair(pairs.two_of(recent, words), words)

    def _pair(self, latest: list[Ref], words: str) -> tuple[Ref, ...]:
        """The last two persons of two countries, or their countries."""
        if "foreign minister" in words and any(ref.kind != "foreign-minister" for ref in latest):
            return tuple(self.holder("foreign-minister", r.key, words) for r in self.two_states())
        if len(latest) < 2:
            return self.two_states() if pairs.is_of_states(words, sides=True) else ()
        if pairs.is_of_states(words):
            return tuple(Ref(ref.country) for ref in latest if ref.country)
        return tuple(latest)

    def _anaphor(self, item: Item, number: int, index: int) -> Ref | None:
        """«المسؤول الأمريكي», “the Qatari official”: the latest person, of the country given."""
        items = self.sentences[number]
        if self._words(item).casefold() in _LATTER:
            state = pairs.state_just_named(items, number, index, self.of)
            if state:
                return Ref(state)
        following = items[index + 1] if index + 1 < len(items) else None
        told = following if following is not None and "nat" in following.classes else item
        country = self.state(told) or body_meant(told) if told.entries else None
        aside = self._mentioned_in(number, index) if self._words(item)[:4] == "son " else ()
        latest = [r for r in reversed(self._recent) if country in (None, r.country)]
        latest = [r for r in latest if r.key not in aside]
        return pairs.meant_by(self._words(item).casefold(), latest)
