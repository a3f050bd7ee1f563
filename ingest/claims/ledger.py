"""The ledger of one document: which entities, offices and mentions its claims need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ingest.claims.people import MINISTERIAL, People, Person, state_key
from ingest.claims.reference import References
from ingest.claims.things import Ref
from ingest.engine import Match
from ingest.items import Analysis, GroupMention, Item, PersonMention, ThingMention, Title
from ingest.knowledge import BODY_FILES, MINISTRIES, SINGLE_OFFICES, Knowledge
from ingest.text import agrees
from ingest.titles import CHAIR, of_bodies, of_the_department
from kg.model import (
    Document,
    Entity,
    EntityKind,
    EntityMention,
    Evidence,
    Label,
    Office,
    TenureClaim,
)
from kg.vocab import slug

_KIND_OF_PREFIX = {prefix: kind for kind, prefix in BODY_FILES.values()}
_BARE_TITLE = 2  # «الوزير المغربي», “the Moroccan minister”: too few words for a ministry
_DOUBLE = '"“”«»'
_MARKS = _DOUBLE + "'‘’"


_Offices = frozenset[tuple[str, str | None]]  # kinds, each with its country


class _Holders(NamedTuple):
    """Who holds which offices in a document; whom it names without a state, and theirs."""

    offices: list[tuple[Person, _Offices]]
    stateless: list[tuple[Person, str | None]]

    @classmethod
    def of(cls, persons: Sequence[Person]) -> _Holders:
        """Those among the persons of a document; their titles must have been settled."""
        return cls(
            [(person, frozenset(person.offices())) for person in persons],
            [
                (person, person.country())
                for person in persons
                if person.titles
                and person.official is not None
                and all(title.country is None for title in person.titles)
                and not of_bodies(person.titles)
            ],
        )

    def another_holds(self, person: Person, kind: str, country: str | None) -> bool:
        """Whether an office is that of somebody else."""
        wanted = kind, country
        return any(wanted in held for each, held in self.offices if each is not person)

    def state_beside(self, person: Person) -> str | None:
        """The state of the known officials whom the document names without one: its own."""
        states = {state for each, state in self.stateless if each is not person}
        return states.pop() if len(states) == 1 else None


class Ledger:
    """Notes what a document's graph must hold, each entity with the forms of its name met there."""

    def __init__(
        self,
        document: Document,
        analysis: Analysis,
        sentences: list[list[Item]],
        references: References,
        people: People,
        knowledge: Knowledge,
    ) -> None:
        self.document = document
        self.analysis = analysis
        self.sentences = sentences
        self.references = references
        self.people = people
        self.knowledge = knowledge
        self._labels: dict[str, dict[str, None]] = {}  # key → names as written
        self._mentions: dict[EntityMention, None] = {}
        self._acting: dict[str, Person] = {}  # by key, when entities are described
        self._offices: dict[str, Office] = {}
        self._tenures: dict[tuple[str, str], dict[Evidence, None]] = {}

    # ------------------------------------------------------------ mentions
    def note_mentions(self) -> None:
        """Note every item that names an entity, with the words that do."""
        for number, index, item in self.references.speaking:
            refs = self.references.of(number, index)
            if len(refs) == 1:
                self._note(item, refs[0])
            for ref in refs:
                self.need(ref)
            for part in item.parts if isinstance(item.payload, PersonMention) else ():
                for ref in self.references.thing(part):
                    self._note(part, ref)

    def _note(self, item: Item, ref: Ref) -> None:
        first, last = item.first, item.last
        payload = item.payload
        if isinstance(payload, PersonMention | ThingMention) and payload.name is not None:
            first, last = payload.name
        evidence = self._words(first, last, item.rule or "lexicon", _lines((item,)))
        if not (isinstance(payload, ThingMention) and payload.generic):
            self._mentions.setdefault(EntityMention(ref.key, evidence))
        anaphoric = item.classes & {"anaphor_person", "anaphor_pair", "context", "nat"}
        unnamed = isinstance(payload, PersonMention) and payload.name is None
        if unnamed or isinstance(payload, GroupMention):  # «سفراء المغرب» is no name of one
            return
        if not anaphoric or item.classes & {"country", "seat"}:
            self._label(ref.key, self._whole(first, evidence.exact))

    def _whole(self, first: int, words: str) -> str:
        """Words with the article that «للجنة» leaves out after «ل»."""
        forms = self.analysis.tokens.forms
        if forms[first].startswith("ال") and words.startswith("ل"):
            return f"ا{words}"
        after = forms[first + 1 : first + 2]
        fused = first and forms[first - 1] == "ل" and words.startswith("ل")
        return f"ال{words}" if fused and after and agrees(forms[first], after[0]) else words

    def _label(self, key: str, words: str) -> None:
        clean = " ".join(words.split()).strip(_MARKS + " ")
        if sum(map(clean.count, _DOUBLE)) % 2:  # the second mark was the last letter
            clean = " ".join(clean.translate(dict.fromkeys(map(ord, _DOUBLE))).split())
        self._labels.setdefault(key, {}).setdefault(clean)

    def _words(self, first: int, last: int, rule: str, lexicon: tuple[str, ...] = ()) -> Evidence:
        start, end = self.analysis.span(first, last)
        return Evidence(start, end, self.document.text[start:end], rule, lexicon)

    def evidence(self, match: Match) -> Evidence:
        """The words that a match covers."""
        items = self.sentences[match.sentence][match.found.start : match.found.end]
        return self._words(items[0].first, items[-1].last, match.rule.id, _lines(items)[:8])

    def title_evidence(self, title: Title, rule: str) -> Evidence:
        """The words of a title."""
        return self._words(title.first, title.last, rule, (title.source,) if title.source else ())

    # ------------------------------------------------------------ entities
    def need(self, ref: Ref) -> None:
        """Make sure that the graph describes what a reference names."""
        self.need_key(ref.key)

    def need_key(self, key: str) -> None:
        """Make sure that the graph describes an entity."""
        self._labels.setdefault(key, {})

    def entities(self) -> tuple[Entity, ...]:
        """All entities needed, by key; places and bodies bring the country they belong to."""
        self._acting = {person.key: person for person in reversed(self.people.persons)}
        for key in list(self._labels):
            record = self.knowledge.records.get(key)
            country = record.country if record is not None else self._acts_for(key)
            if country:
                self.need_key(country)
        return tuple(self._entity(key) for key in sorted(self._labels))

    def _entity(self, key: str) -> Entity:
        record = self.knowledge.records.get(key)
        labels = tuple(Label(name, self.document.lang) for name in self._labels[key])
        if record is not None:
            named = {lang: names[0] for lang, names in record.names.items() if names}
            first = self.document.lang if self.document.lang in named else next(iter(named), "")
            preferred = (Label(named[first], first),) if named else ()
            return Entity(key, record.kind, labels or preferred, record.iso2, record.country)
        listed = key in self.knowledge.officials
        return Entity(
            key, _kind(key), labels or self._names(key), country=self._acts_for(key), curated=listed
        )

    def _acts_for(self, key: str) -> str | None:
        """The state that a named person acts for, where titles or the lexicon say it."""
        person = self._acting.get(key)
        return person.country() if person is not None else None

    def _names(self, key: str) -> tuple[Label, ...]:
        official = self.knowledge.officials.get(key)
        if official is None:
            return ()
        return tuple(Label(names[0], lang) for lang, names in official.names.items() if names)

    # ------------------------------------------------------------ offices
    def _office(self, kind: str, country: str | None, words: str) -> str:
        record = self.knowledge.records.get(country or "")
        code = (record.iso2 if record else None) or (
            slug(country.split("/")[-1]) if country else ""
        )
        key = f"office/{kind}-{code}" if code else f"office/{kind}"
        if kind not in SINGLE_OFFICES:
            key += f"-{slug(words)[:60]}"
        label = Label(" ".join(words.split()), self.document.lang)
        known = self._offices.get(key)
        labels = tuple(dict.fromkeys((*(known.labels if known else ()), label)))
        self._offices[key] = Office(key, kind, country, labels)
        if country:
            self.need_key(country)
        return key

    def tenures(self) -> tuple[TenureClaim, ...]:
        """Each person with each office that the document gives them."""
        holders = _Holders.of(self.people.persons)
        for person in self.people.persons:
            self._person_tenures(person, holders)
        return tuple(
            TenureClaim(person, office, tuple(evidence))
            for (person, office), evidence in self._tenures.items()
        )

    def _person_tenures(self, person: Person, holders: _Holders) -> None:
        stated: dict[tuple[str, str | None], list[Evidence]] = {}
        words: dict[tuple[str, str | None], str] = {}
        for title in of_the_department(person.titles, person.official):
            if _is_courtesy(title, person):
                continue
            country = _of_twin(person, title.country)
            if country is None and not title.body:
                country = self._country(person, title.kind, holders)
            kind = self._refined(person, title, country)
            evidence = self.title_evidence(title, "title")
            stated.setdefault((kind, country), []).append(evidence)
            words.setdefault((kind, country), evidence.exact)
        for (kind, country), every in stated.items():
            if kind == CHAIR:
                continue
            if country is None and any(k == kind and c for k, c in stated):
                continue
            if kind == "minister" and any(k in MINISTERIAL for k, _ in stated):
                continue
            office = self._office(kind, country, words[kind, country])
            self.need_key(person.key)
            self._tenures.setdefault((person.key, office), {}).update(dict.fromkeys(every))

    def _refined(self, person: Person, title: Title, country: str | None) -> str:
        """Which ministry «الوزير المغربي بوريطة» runs, where the lexicon knows of one alone."""
        bare = title.kind == "minister" and title.last - title.first <= _BARE_TITLE
        if not bare or person.official is None:
            return title.kind
        on = self.document.published
        ministries = {
            tenure.kind
            for tenure in person.official.tenures
            if tenure.kind in MINISTRIES
            and state_key(tenure.country, tenure.kind) == country
            and (on is None or tenure.covers(on))
        }
        return ministries.pop() if len(ministries) == 1 else title.kind

    def _country(self, person: Person, kind: str, holders: _Holders) -> str | None:
        """The country of an office that the title leaves out: the person's, else the document's."""
        own = holders.state_beside(person) or self.references.post
        terms = person.official.tenures if person.official else ()
        held = {state_key(term.country, kind) for term in terms if term.kind == kind}
        country = held.pop() if len(held) == 1 else person.country()
        if country:
            return country
        home = self.references.sender(person) or person.beside() or own or self.references.home()
        home = home or (self.references.ground if kind not in _HEADING_BODIES else None)
        if home is None and kind == "president" and person.company is not None:
            home = person.company.country()  # “Niger's minister A and President B”
        taken = kind in SINGLE_OFFICES and holders.another_holds(person, kind, home)
        return None if taken else home

    def offices(self) -> tuple[Office, ...]:
        """All offices named; call after `tenures`."""
        return tuple(self._offices[key] for key in sorted(self._offices))

    def mentions(self) -> tuple[EntityMention, ...]:
        """All mentions, in the order of the text."""
        return tuple(
            sorted(self._mentions, key=lambda m: (m.evidence.start, m.evidence.end, m.entity))
        )


# «رئيس البنك», «الأمين العام»: of what body, and where, the city does not tell
_HEADING_BODIES = frozenset({"president", "secretary-general", "monarch", "io-official"})
# States that share their adjective: “Congolese”; whose it is, the official's own terms tell.
_TWINS = {"country/CD": "CG", "country/CG": "CD"}


def _of_twin(person: Person, country: str | None) -> str | None:
    """The country of a title, or its twin by name where the official has served that one alone."""
    twin = _TWINS.get(country or "")
    if twin is None or person.official is None:
        return country
    served = {term.country for term in person.official.tenures}
    own = (country or "").removeprefix("country/")
    return f"country/{twin}" if twin in served and own not in served else country


def _is_courtesy(title: Title, person: Person) -> bool:
    """Whether «الرئيس» is but how a speaker or head of government is addressed."""
    held = {tenure.kind for tenure in person.official.tenures} if person.official else set()
    if title.kind != "president" or title.country or title.body or not held:
        return False
    return "president" not in held and bool(held & {"parliament-speaker", "prime-minister"})


def _lines(items: Iterable[Item]) -> tuple[str, ...]:
    """The lines of the lexicon that items rest on."""
    sources = [entry.source for item in items for entry in item.entries]
    return tuple(dict.fromkeys([each for each in sources if each.startswith("lexicons/")]))


def _kind(key: str) -> EntityKind:
    prefix, _, rest = key.partition("/")
    if prefix in ("person", "holder"):
        return EntityKind.PERSON
    if prefix == "thing":
        prefix = rest.split("/")[0]
    return _KIND_OF_PREFIX.get(prefix, EntityKind.PLACE)
