"""The people of one document: names gathered into persons, titles into offices held."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ingest.claims.lands import named_in_a_row, named_in_full, serves_elsewhere, visited
from ingest.claims.likeness import (
    SERVANT,
    SON,
    alike,
    bare,
    begins,
    is_of_house,
    resembles,
    same_person,
)
from ingest.items import Analysis, Item, PersonMention, Title
from ingest.knowledge import MINISTERS, MINISTRIES, Knowledge, Official
from ingest.text import forms
from ingest.titles import of_bodies, of_the_department
from kg.terms import country_key
from kg.vocab import slug

# What joins a minister to the one in whose company he is, and what may stand between them.
_JOINS = frozenset({"and", "accompanied_by", "in_company"})
_PASSED = frozenset({"comma", "honorific", "who"})
_SHORTEST_ALIAS = 2
_YOUNGER = ("jr", "sr")
_BEFORE_NAMES = frozenset({"of_prep", "portfolio", "comma", "nat", "anaphor_pair", "organization"})
MINISTERIAL = MINISTRIES | {"deputy-foreign-minister"}  # “the minister” may be one of state
_FAMILY_NAME_FIRST = ("country/CN", "country/KR", "country/KP", "country/VN")


@dataclass(slots=True)
class Person:
    """One person as the document knows them; `names` are token forms of each name met."""

    key: str
    names: list[tuple[str, ...]]
    official: Official | None = None
    titles: list[Title] = field(default_factory=list)
    company: Person | None = None  # beside whom «و», “accompanied by” put the person
    nation: str | None = None  # told without an office: «الدبلوماسي الإيطالي فلان»

    @property
    def fullest(self) -> tuple[str, ...]:
        """The longest name met."""
        return max(self.names, key=len)

    def offices(self) -> Iterator[tuple[str, str | None]]:
        """Kind and country of the offices that the document states, in the order of mention.

        “The minister” is no office besides a ministry that the document names.
        """
        own = of_the_department(self.titles, self.official)
        held = dict.fromkeys((title.kind, title.country) for title in own)
        named = {country for kind, country in held if kind in MINISTERIAL}
        for kind, country in held:
            if kind != "minister" or not (country in named or (country is None and named)):
                yield kind, country

    def serve(self, country: str | None) -> None:
        """Take a country as that of the titles told without one."""
        self.titles = [replace(title, country=title.country or country) for title in self.titles]

    def beside(self) -> str | None:
        """The country of the one beside whom the person, a minister, stands."""
        minister = all(title.kind in MINISTERS for title in self.titles)
        beside = self.company if minister else None
        return beside.country() if beside and not of_bodies(beside.titles) else None

    def country(self) -> str | None:
        """The country that the person's titles, else the lexicon or nationality, give."""
        told = next((title.country for title in self.titles if title.country), None)
        if told or self.official is None:
            return told or self.nation
        latest = self.official.tenures[-1]
        if latest.kind == "monarch" and any(t.country == "GB" for t in self.official.tenures):
            return "country/GB"  # of sixteen realms the one that news means
        return state_key(latest.country, latest.kind)


def state_key(iso2: str | None, kind: str = "") -> str | None:
    """The entity key of a state or body from the code that officials' tables use.

    `AU` is Australia, but for the offices of an international body: then the African Union.
    """
    if not iso2:
        return None
    if iso2 == "AU" and kind not in ("secretary-general", "io-official", "special-envoy"):
        return "country/AU"
    return country_key(iso2)


def _crowns(mention: PersonMention) -> set[str]:
    """The kinds of crowned office, or of heirs', that a mention states."""
    return {title.kind for title in mention.titles} & {"monarch", "crown-prince"}


class People:
    """The persons of a document, by the items that mention them."""

    def __init__(self, analysis: Analysis, knowledge: Knowledge, day: str | None = None) -> None:
        self.analysis = analysis
        self.knowledge = knowledge
        self.day = day
        self.persons: list[Person] = []
        self._by_official: dict[str, Person] = {}
        self._by_last: dict[str, list[Person]] = defaultdict(list)
        self._by_first: dict[str, list[Person]] = defaultdict(list)

    def name_of(self, mention: PersonMention) -> tuple[str, ...]:
        """The token forms of a mention's name."""
        first, last = mention.name or (0, 0)
        forms = self.analysis.tokens.forms[first:last]
        name = tuple(form for form in forms if form[0].isalpha())
        return name[:-1] if len(name) > 2 and name[-1] in _YOUNGER else name

    def add(self, item: Item) -> Person | None:
        """The person that an item names, new or known; None where it names nobody."""
        mention = item.payload
        if not isinstance(mention, PersonMention) or mention.name is None:
            return None
        name = self.name_of(mention)
        if not name:
            return None
        official = self._official(item, mention)
        if len(name) == 1 and self._is_surname_of_another(name, official, mention):
            official = None  # «المالكي» is who was named in full before, not his famous namesake
        alone = official is None and len(name) == 1
        royal = _crowns(mention) if alone else None
        person = self._named_first(name[0], royal) if alone else None
        if official is None and len(name) == 2 and name[0] == SERVANT and _crowns(mention):
            person = self._crowned(name)
        if person is None and royal:
            official = self._reigning(name[0], royal, mention)
        if official is not None and len(name) == 1 and self._told_in_full(name[0], official):
            official = None  # «الرئيس عون» is who was named before, not the surname's official
        person = person or self._find(name, official) or self._new(name, official)
        if name not in person.names:
            person.names.append(name)
            self._by_last[bare(name[-1])].append(person)
        person.titles += [title for title in mention.titles if title not in person.titles]
        person.nation = person.nation or mention.country
        return person

    def _is_surname_of_another(
        self, name: tuple[str, ...], official: Official | None, mention: PersonMention
    ) -> bool:
        """Whether a surname alone is that of somebody else whom the document named in full."""
        if serves_elsewhere(official, mention):
            return True
        if mention.titles or official is None or official.key in self._by_official:
            return False
        known = self._by_last.get(bare(name[-1]), ())
        if any(len(each) > 1 for person in known for each in person.names):
            return True
        later = list(named_in_full(self.analysis.sentences, name[-1], self.name_of))
        return bool(later) and not any(e.key == official.key for i in later for e in i.entries)

    def _told_in_full(self, surname: str, official: Official) -> bool:
        """Whether the document named one other person of that surname in full before."""
        if official.key in self._by_official:
            return False
        known = {p.key for p in self._by_last.get(bare(surname), ()) if len(p.fullest) > 1}
        return len(known) == 1

    def share(self, items: list[Item]) -> None:
        """Give the office said once of several to each: “the foreign ministers, A and B”."""
        self._pair(items)
        for index, item in enumerate(items):
            if "offices" not in item.classes:
                continue
            head = next(e for e in item.entries if e.cls == "offices")
            kind, at = head.key, index + 1
            while at < len(items) and items[at].classes & _BEFORE_NAMES:
                portfolio = next((e.key for e in items[at].entries if e.cls == "portfolio"), "")
                kind = portfolio if kind == "minister" and portfolio else kind
                at += 1
            named = named_in_a_row(items, at)
            for each in named if len(named) > 1 else ():
                person = self.add(each)
                country = person.country() if person else None
                if person and country and not person.titles:
                    title = Title(kind, country, None, item.first, item.last, head.source)
                    person.titles.append(title)

    def _pair(self, items: list[Item]) -> None:
        """Note whom ministers told without a state stand beside: “A and B, Minister of Trade”."""
        before: Person | None = None
        joined = False
        for at, item in enumerate(items):
            mention = item.payload
            if isinstance(mention, PersonMention) and mention.name is not None:
                person = self.add(item)
                if person and mention.titles and person.country() is None:
                    person.nation = visited(items, at, self.knowledge)
                stateless = not any(title.country for title in mention.titles)
                if joined and person and person is not before and mention.titles and stateless:
                    person.company = person.company or before
                before, joined = person, False
            elif not item.classes.isdisjoint(_JOINS):
                joined = before is not None
            elif item.classes.isdisjoint(_PASSED):
                before, joined = None, False

    def _official(self, item: Item, mention: PersonMention) -> Official | None:
        """The official that the lexicon knows by this name; titles decide between namesakes."""
        keys = dict.fromkeys(e.key for e in item.entries if e.cls in ("fullname", "surname"))
        found = [self.knowledge.officials[key] for key in keys]
        if not any(e.cls == "fullname" for e in item.entries):
            name = self.name_of(mention)
            found = [official for official in found if self._fits(name, official)]
        if len(found) < 2:
            return found[0] if found else None
        stated = {(title.kind, (title.country or "").split("/")[-1]) for title in mention.titles}
        countries = {country for _, country in stated}
        scores = Counter[str]()
        for official in found:
            for tenure in official.tenures:
                scores[official.key] += 2 * ((tenure.kind, tenure.country or "") in stated)
                scores[official.key] += (tenure.country or "") in countries
        best = scores.most_common(2)
        if best[0][1] == 0 or (len(best) > 1 and best[0][1] == best[1][1]):
            return None
        return self.knowledge.officials[best[0][0]]

    def _named_first(self, given: str, kinds: set[str] | None) -> Person | None:
        """Whom the document named in full before: “Crown Prince Mohammed”, “Sheikh Abdullah”."""
        found = [
            person
            for person in self.persons
            if (
                any(kind in kinds for kind, _ in person.offices())
                if kinds
                else is_of_house(person.fullest)
            )
            and any(name[0] == given for name in person.names)
        ]
        return found[0] if len(found) == 1 else None

    def _crowned(self, name: tuple[str, ...]) -> Person | None:
        """The one king named in full before whose name begins so: «الملك عبد الله»."""
        found = [
            person
            for person in self.persons
            if any(known[: len(name)] == name for known in person.names)
            and any(kind in ("monarch", "crown-prince") for kind, _ in person.offices())
        ]
        return found[0] if len(found) == 1 else None

    def _reigning(self, given: str, kinds: set[str], mention: PersonMention) -> Official | None:
        """The one monarch or heir of that given name on the day: “King Abdullah”."""
        states = {(title.country or "").split("/")[-1] for title in mention.titles} - {""}
        found = {
            key
            for (kind, country), tenures in self.knowledge.holders.items()
            if kind in kinds and (not states or country in states)
            for tenure, key in tenures
            if (tenure.covers(self.day) if self.day else tenure.end is None)
            and self._is_first(given, self.knowledge.officials[key])
        }
        if len(found) > 1:  # “King Abdullah” is not “Sultan Abdullah of Pahang”
            said = {form for t in mention.titles for form in self._title_words(t)}
            found = {
                key
                for key in found
                for group in self.knowledge.officials[key].names.values()
                for name in map(forms, group)
                if name[0] in said and name[1:2] == (given,)
            }
        return self.knowledge.officials[found.pop()] if len(found) == 1 else None

    def _title_words(self, title: Title) -> tuple[str, ...]:
        return tuple(self.analysis.tokens.forms[title.first : title.last])

    def _is_first(self, given: str, official: Official) -> bool:
        """Whether a monarch's names begin with a given name, their title aside."""
        names = (forms(name) for group in official.names.values() for name in group)
        return any(given in name[:1] for name in names)

    def _fits(self, name: tuple[str, ...], official: Official) -> bool:
        """Whether what stands before a surname fits its official: «جوشوا هاريس» is not Kamala."""
        if len(name) < 2:
            return True
        names = [forms(each) for group in official.names.values() for each in group]
        ends = {each[-1] for each in names if each}
        if name[0] in ends and name[-1] not in ends:
            return False  # “Hassan Warsame” is no Moulay Hassan
        full = [each for each in names if len(each) > 1 and each[-1] == name[-1]]
        ends_so = any(each[-len(name) :] == name for each in full)  # «بن كيران»
        return not full or ends_so or any(alike(each[0], name[0]) for each in full)

    def _find(self, name: tuple[str, ...], official: Official | None) -> Person | None:
        if official is not None and official.key in self._by_official:
            return self._by_official[official.key]
        for person in self._by_last.get(bare(name[-1]), ()):
            compatible = official is None or person.official is None
            if compatible and any(same_person(name, known) for known in person.names):
                if official is not None and all(self._fits(n, official) for n in person.names):
                    self._recognise(person, official)
                return person
        if official is not None:
            return self._named_by_first(name, official)
        return self._cut_or_turned(name) or self._named_otherwise(name)

    def _recognise(self, person: Person, official: Official) -> None:
        """Note which official somebody is who was met before by part of the name."""
        person.official, person.key = official, official.key
        self._by_official[official.key] = person

    def _named_by_first(self, name: tuple[str, ...], official: Official) -> Person | None:
        """Whom a title and the first name told before: “Minister Cho”, then “Cho Tae-yul”."""
        kinds = {tenure.kind for tenure in official.tenures}
        for person in self._by_first.get(name[0], ()) if len(name) > 1 else ():
            alone = person.official is None and person.names == [name[:1]]
            if alone and any(kind in kinds for kind, _ in person.offices()):
                self._recognise(person, official)
                return person
        return None

    def _named_otherwise(self, name: tuple[str, ...]) -> Person | None:
        """Who was named in full with that first name alone, or with a letter written wrong."""
        met = {p.key: p for p in self._by_first.get(name[0], ()) if len(p.fullest) > 1}
        if len(name) == 1 and len(met) == 1:
            return next(iter(met.values()))
        close = [p for p in self.persons if any(resembles(name, known) for known in p.names)]
        return close[0] if len(close) == 1 else None

    def _cut_or_turned(self, name: tuple[str, ...]) -> Person | None:
        """Who was named with more or fewer words behind these, or with the two turned round."""
        for person in self._by_first.get(name[0], ()):
            if any(begins(name, known) for known in person.names):
                return person
        turned = name[::-1] if len(name) == 2 else ()
        met = self._by_first.get(turned[0], ()) if turned else ()
        return next((person for person in met if turned in person.names), None)

    def _new(self, name: tuple[str, ...], official: Official | None) -> Person:
        key = official.key if official else f"person/{slug(' '.join(name))}"
        person = Person(key, [name], official)
        self.persons.append(person)
        self._by_last[bare(name[-1])].append(person)
        self._by_first[name[0]].append(person)
        if official is not None:
            self._by_official[official.key] = person
        return person

    def settle(self) -> None:
        """Give persons outside the lexicon a key from the fullest name met."""
        for person in self.persons:
            if person.official is None:
                person.key = f"person/{slug(' '.join(person.fullest))}"

    def given_names(self) -> dict[str, Person]:
        """Given names under which, behind an honorific, “N bin M” is spoken of: “Sheikh N”."""
        found: dict[str, Person | None] = {}
        for person in self.persons:
            name = person.fullest
            if name[1:2] and name[1] in SON:
                known = found.get(name[0], person)
                found[name[0]] = person if known is person else None
        return {name: person for name, person in found.items() if person is not None}

    def aliases(self) -> dict[tuple[str, ...], Person]:
        """Names by which the document may speak of a person again: full names, surnames alone."""
        found: dict[tuple[str, ...], Person | None] = {}
        for person in self.persons:
            for name in person.names:
                shorter = [name, name[-1:], name[-2:]] if len(name) > 1 else [name]
                shorter += [name[:count] for count in range(2, len(name))]  # «ولد الشيخ أحمد»
                if person.country() in _FAMILY_NAME_FIRST:
                    shorter.append(name[:1])
                for alias in shorter:
                    if len(alias[-1]) >= _SHORTEST_ALIAS:
                        known = found.get(alias, person)
                        found[alias] = person if known is person else None
        return {alias: person for alias, person in found.items() if person is not None}


def main_office(person: Person) -> tuple[str | None, str | None]:
    """The office in which a person acts: of a deputy premier who is a minister, the ministry."""
    held = sorted(person.offices(), key=lambda office: office[0] == "deputy-prime-minister")
    return held[0] if held else (None, person.country())


def kinds_of(person: Person) -> set[str]:
    """The kinds of office that the document, else the lexicon, gives a person."""
    stated = {kind for kind, _ in person.offices()}
    if stated or person.official is None:
        return stated
    return {tenure.kind for tenure in person.official.tenures}
