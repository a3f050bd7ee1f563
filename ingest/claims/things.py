"""States and things: what an item names that is neither a person nor an anaphor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from functools import cached_property, lru_cache
from typing import NamedTuple

from ingest.claims.people import People, Person
from ingest.items import Analysis, Item, PersonMention, ThingMention
from ingest.knowledge import MINISTERS, Knowledge
from ingest.text import agrees, forms
from ingest.titles import of_bodies
from kg.vocab import slug

STATES = ("country", "seat", "byname", "nat", "context")
BODIES = ("organization", "forum", "dialogue", "exercise", "conference", "agreement", "armed-group")
_NAMES_OF = frozenset(BODIES)
_STATES_BASIS = "the states of which the text speaks most"
WEIGHING = frozenset({"country", "nat", "seat", "byname"})
_SPEAKING = frozenset(
    {
        *STATES,
        *BODIES,
        "gov",
        "place",
        "region",
        "placed",
        "anaphor_pair",
        "anaphor_person",
        "our_country",
    }
)
# Whose land the city tells where they act.
_RULING = MINISTERS | {"president", "prime-minister", "parliament-speaker", "governor"}
_CITY_ALONE = 2  # items of a dateline that is a sentence: a city and its full stop
_DATELINE = 3  # sentences or lines, and items of each, that may hold a dateline


class Ref(NamedTuple):
    """What an item speaks of: entity key; why, if that was inferred; the office it was named by."""

    key: str
    basis: str | None = None
    kind: str | None = None
    country: str | None = None


class Things:
    """The states and things that a document's items name."""

    def __init__(
        self,
        analysis: Analysis,
        sentences: list[list[Item]],
        people: People,
        knowledge: Knowledge,
    ) -> None:
        self.analysis = analysis
        self.sentences = sentences
        self.people = people
        self.knowledge = knowledge
        #: Sentence, index and item of all that may speak of something: few words do.
        self.speaking = [
            (number, index, item)
            for number, items in enumerate(sentences)
            for index, item in enumerate(items)
            if item.payload is not None or not item.classes.isdisjoint(_SPEAKING)
        ]
        self.weight = self._country_weights()
        told = self.weight.copy()
        self.weight.update(self._of_counterparts())
        self._homes = (self._leading(told), self.post, self.dateline())
        self._named_at: dict[str, int] = {}  # key of a state → token where it was named last
        self._things = self._named_things()

    def _country_weights(self) -> Counter[str]:
        weights = Counter[str]()
        for _, _, item in self.speaking:
            if item.payload is None and item.classes.isdisjoint(WEIGHING):
                continue
            keys = {e.key for e in item.entries if e.cls in WEIGHING}
            if len(keys) == 1:
                weights[keys.pop()] += 1
            payload = item.payload
            if isinstance(payload, PersonMention):
                weights.update(title.country for title in payload.titles if title.country)
        return weights

    def _of_counterparts(self) -> list[str]:
        """The states of counterparts: they tell «عمان» apart, and are not the document's own."""
        told = [i.payload for _, _, i in self.speaking if isinstance(i.payload, PersonMention)]
        return [each.country for each in told if each.counterpart and each.country]

    def state(self, item: Item) -> str | None:
        """The country or body that an item stands for as a state."""
        keys = list(dict.fromkeys(e.key for e in item.entries if e.cls in STATES))
        if not keys:
            return None
        only_context = all(e.cls == "context" for e in item.entries if e.cls in STATES)
        if len(keys) == 1 and not only_context:
            return keys[0]
        best = max(keys, key=lambda key: (self.weight[key], -keys.index(key)))
        if only_context:
            rivals = [key for key in keys if self.weight[key] * 2 > self.weight[best]]
            best = max(rivals or [best], key=lambda key: self._named_at.get(key, -1))
        if self.weight[best] or not only_context:
            return best
        own = self._own_country()  # «المملكة» in the words of its minister
        return own if own in keys else None

    def sender(self, person: Person) -> str | None:
        """Who sends an envoy told by the post alone: «سفير المملكة لدى العراق»; no post, nobody."""
        posts = {title.post for title in person.titles if title.post}
        states = (key for key, _ in self.weight.most_common() if key.startswith("country/"))
        return next((key for key in states if key not in posts), None) if posts else None

    def _own_country(self) -> str | None:
        """«بلادنا»: the country of the first official named without one, or of the first person."""
        persons = [p for p in self.people.persons if p.country() and not of_bodies(p.titles)]
        own = [p for p in persons if p.titles and all(t.country is None for t in p.titles)]
        return next((person.country() for person in (*own, *persons)), None)

    @cached_property
    def post(self) -> str | None:
        """The one state to which the envoys of other states are accredited: the host of talks."""
        posts = {
            title.post
            for _, _, item in self.speaking
            if isinstance(item.payload, PersonMention)
            for title in item.payload.titles
            if title.post and title.country and title.post != title.country
        }
        return posts.pop() if len(posts) == 1 else None

    def home(self, but: Container[str | None] = ()) -> str | None:
        """The state that the document speaks of most, or is told from; `but` are of others."""
        return next((state for state in self._homes if state and state not in but), None)

    def _leading(self, weight: Counter[str]) -> str | None:
        """The state of at least half of what is told of states, by their weight."""
        states = [pair for pair in weight.most_common() if pair[0].startswith("country/")]
        total = sum(count for _, count in states)
        if not states or states[0][1] < 2:
            return None
        most = states[0][0]
        return most if states[0][1] * 2 >= total or self._unsaid() == most else None

    def dateline(self) -> str | None:
        """The state of the city that the report is dated from: «بغداد – استقبل وزير الخارجية»."""
        lead = self.sentences[:_DATELINE]
        if any("dateline" in item.rule for items in lead for item in items[:_DATELINE]):
            record = self.knowledge.records.get(self.dateline_city() or "")
            return record.country if record else None
        for items in lead:
            alone = len(items) == _CITY_ALONE and items[0].classes & {"place", "seat"}
            if alone and items[0].entries:  # “Dar es Salaam.”
                place = items[0].entries[0].key
                record = self.knowledge.records.get(place)
                return (record.country or place) if record else None
            marked = len(items) > 1 and not items[1].classes.isdisjoint({"dash", "slash"})
            if marked and "country" in items[0].classes:  # «الكويت - »
                return next(e.key for e in items[0].entries if e.cls == "country")
        return None

    def dateline_city(self) -> str | None:
        """The city that the report is dated from, where it has the form of a dateline."""
        for items in self.sentences[:_DATELINE]:
            for item in items[:_DATELINE]:
                if "dateline" in item.rule:
                    return next((e.key for e in item.entries if e.cls == "place"), None)
        return None

    def _realm(self, kind: str, but: set[str | None]) -> str | None:
        """The state of an office told without one: of a king, the first told that has a crown."""
        if kind not in ("monarch", "crown-prince"):
            home = self.home(but) or (self.ground if kind in _RULING else None)
            if home is None and kind in _RULING and but - {None}:  # of the other side's the rest
                home = self._leading(
                    Counter({k: n for k, n in self.weight.items() if k not in but})
                )
            return home
        told = (*self._homes, *(key for key, _ in self.weight.most_common()))
        crowned = self.knowledge.holders
        own = (key for key in told if key and key not in but)
        return next((key for key in own if ("monarch", self._code(key)) in crowned), None)

    @cached_property
    def ground(self) -> str | None:
        """The state of the first city told, unless a guest is of it: «استقبل الوزير بالرباط»."""
        abroad = set(self._of_counterparts())
        for number, _, item in self.speaking:
            if number >= _DATELINE:
                break
            if "placed" in item.classes:
                place = next((e.key for e in item.entries if e.cls == "place"), "")
                record = self.knowledge.records.get(place)
                if record is not None:
                    return record.country if record.country not in abroad else None
        return None

    def two_states(self) -> tuple[Ref, ...]:
        """The two countries that the document speaks of most, where they lead clearly."""
        return self.states_most_told(2)

    def states_most_told(self, count: int) -> tuple[Ref, ...]:
        """So many countries of which the document speaks most; none unless they lead clearly."""
        told = [pair for pair in self.weight.most_common() if pair[0].startswith("country/")]
        led = len(told) >= count and (len(told) == count or told[count - 1][1] > told[count][1])
        return tuple(Ref(key, _STATES_BASIS) for key, _ in told[:count]) if led else ()

    def _note_states(self, item: Item) -> None:
        """Remember which state was named last, for «المملكة» and the like."""
        for entry in item.entries:
            if entry.cls in WEIGHING:
                self._named_at[entry.key] = item.first

    def _unsaid(self) -> str | None:
        """The one state whose known officials are named without it: its own press speaks so."""
        persons = [
            p for p in self.people.persons if p.official and p.titles and not of_bodies(p.titles)
        ]
        states = {p.country() for p in persons if all(t.country is None for t in p.titles)}
        return states.pop() if len(states) == 1 else None

    def thing(self, item: Item) -> tuple[Ref, ...]:
        """What an item names that is neither a person nor an anaphor."""
        if isinstance(item.payload, ThingMention):
            return (Ref(self.thing_key(item, item.payload)),)
        return self._entity(item)

    def _entity(self, item: Item) -> tuple[Ref, ...]:
        if "our_country" in item.classes:
            own = self._own_country()
            return (Ref(own),) if own else ()
        if "placed" in item.classes:
            place = next((e.key for e in item.entries if e.cls in ("place", "region")), None)
            if place is None:
                place = f"place/{slug(self._words(item))}"
            return (Ref(self._namesake(item, place) or place),)
        for cls in BODIES:
            if cls in item.classes:
                return (Ref(next(e.key for e in item.entries if e.cls == cls)),)
        if item.classes & {"country", "seat", "byname", "context", "gov"}:
            state = self.state(item)
            return (Ref(state),) if state else ()
        if item.classes & {"place", "region"}:
            return (Ref(next(e.key for e in item.entries if e.cls in ("place", "region"))),)
        return ()

    def _namesake(self, item: Item, place: str) -> str | None:
        """The state of a city's name that is spoken of more than the city's own: «عمان»."""
        record = self.knowledge.records.get(place)
        own = self.weight[record.country] if record and record.country else 0
        states = (e.key for e in item.entries if e.cls == "country")
        return next((state for state in states if self.weight[state] > own), None)

    def _words(self, item: Item) -> str:
        return self.analysis.words(item.first, item.last)

    def thing_key(self, item: Item, thing: ThingMention) -> str:
        """The lexicon's key of a thing, else one from its words."""
        known = [e.key for e in item.entries if e.cls == thing.prefix]
        if len(known) == 1:
            return known[0]
        own = self._own_key(item, thing)
        words = frozenset(self._name_words(item, thing))
        fuller = {
            frozenset(group): key
            for key, group in reversed(self._things[thing.prefix].items())
            if any(words < g for g in group)
        }
        if len(fuller) == 1 and len(words) > 1:  # whatever the order of its words
            return fuller.popitem()[1]
        same = (key for key, group in self._things[thing.prefix].items() if words in group)
        return next(same, own)  # «اللجنة المشتركة العليا» is «اللجنة العليا المشتركة»

    def _name_words(self, item: Item, thing: ThingMention) -> list[str]:
        """The words of a name; a summit's body is one word, however it is written there."""
        first, last = thing.name
        forms = self.analysis.tokens.forms
        body = _body_of(item) if thing.prefix == "conference" else None
        if body and first < body.first:
            name = forms[first : body.first]
            end = forms[body.last : last]
            key = next(e.key for e in body.entries if e.cls == "organization")
            return [form for form in (*name, key.split("/")[-1], *end) if form[0].isalnum()]
        words = [form for form in forms[first:last] if form[0].isalnum()]
        fused = first > 0 and self.analysis.tokens.forms[first - 1] == "ل"
        if fused and words[0].startswith("ل") and words[1:] and agrees(words[0], words[1]):
            words[0] = f"ال{words[0]}"  # «للجنة العليا» is of «اللجنة العليا»
        return words

    def _own_key(self, item: Item, thing: ThingMention) -> str:
        return f"thing/{thing.prefix}/{slug(' '.join(self._name_words(item, thing)))}"

    def _named_things(self) -> dict[str, dict[str, set[frozenset[str]]]]:
        """Things by kind and key, with the words of their names; fullest names only."""
        found: dict[str, dict[str, set[frozenset[str]]]] = {prefix: {} for prefix in BODIES}
        for _, _, item in self.speaking:
            if item.payload is not None or not item.classes.isdisjoint(_NAMES_OF):
                self._note_names(item, found)
            for part in item.parts:
                self._note_names(part, found)
        return {prefix: _fullest(group) for prefix, group in found.items()}

    def _note_names(self, item: Item, found: dict[str, dict[str, set[frozenset[str]]]]) -> None:
        known = [entry for entry in item.entries if entry.cls in _NAMES_OF]
        for entry in known:
            names = self._lexicon_words(entry.key)
            found[entry.cls].setdefault(entry.key, set()).update(names)
        if isinstance(item.payload, ThingMention) and not known:
            words = frozenset(self._name_words(item, item.payload))
            key = self._own_key(item, item.payload)
            found[item.payload.prefix].setdefault(key, set()).add(words)

    def _lexicon_words(self, key: str) -> list[frozenset[str]]:
        record = self.knowledge.records.get(key)
        return _word_sets(tuple(record.names.values())) if record else []

    def _code(self, country: str) -> str:
        record = self.knowledge.records.get(country)
        return (record.iso2 if record else None) or slug(country.split("/")[-1])


_OWN = frozenset({"his", "her", "its", "son", "sa"})
_HONOURS = frozenset({"majesty", "excellency", "highness", "royal", "eminence", "holiness"})


def body_meant(item: Item) -> str | None:
    """The key of the body that an item names: “the EU diplomat”."""
    return next((entry.key for entry in item.entries if entry.cls == "organization"), None)


def is_of_somebody(words: str) -> bool:
    """Whether a title is that of somebody's official: “her foreign minister”, no “His Majesty”."""
    first, _, rest = words.casefold().partition(" ")
    return first in _OWN and rest.split(" ")[0] not in _HONOURS


def _body_of(item: Item) -> Item | None:
    """The one known body that a name holds."""
    bodies = [part for part in item.parts if "organization" in part.classes]
    return bodies[0] if len(bodies) == 1 and bodies[0].entries else None


@lru_cache(maxsize=4096)
def _word_sets(names: tuple[tuple[str, ...], ...]) -> list[frozenset[str]]:
    return [frozenset(forms(name)) for group in names for name in group]


def _fullest(group: dict[str, set[frozenset[str]]]) -> dict[str, set[frozenset[str]]]:
    """The things whose names are no part of another's."""
    return {
        key: names
        for key, names in group.items()
        if not any(
            other != key and all(any(n < o for o in theirs) for n in names)
            for other, theirs in group.items()
        )
    }
