"""A store of millions of quads, made up: reports of contacts between the states of the lexicon.

States, officials and terms of office are those of the lexicon; what they are said to have done is
drawn at random, the same each time. A few states are in most of the news, as in life.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from pyoxigraph import Quad

from ingest import curation, knowledge
from kg.model import (
    Certainty,
    Document,
    Entity,
    EntityKind,
    EntityMention,
    EventClaim,
    EventType,
    Evidence,
    Label,
    Office,
    Participation,
    Reading,
    Role,
    Stance,
    TenureClaim,
)
from kg.quads import quads
from kg.store import Store

FIRST, DAYS = date(2008, 1, 1), 6_500
LEADING = "MA US FR ES SA AE EG TR DZ QA IL GB DE IT JO TN IR SN MR CN RU".split()
OFFICES = ("foreign-minister", "prime-minister", "president", "monarch", "defence-minister")
TOPICS = "security-cooperation counter-terrorism trade energy migration western-sahara".split()
_TYPES = (
    (EventType.MEETING, 34, "{a} met {b} in {place} on {day}."),
    (EventType.PHONE_CALL, 14, "{a} spoke by telephone with {b} on {day}."),
    (EventType.VISIT, 14, "{a} arrived in {home} on {day} for talks with {b}."),
    (EventType.CONFERENCE, 8, "{a} and {b} took part in {thing} on {day}."),
    (EventType.EXERCISE, 6, "The forces of {a} and {b} began {thing} on {day}."),
    (EventType.SIGNING, 8, "{a} and {b} signed {thing} on {day}."),
    (EventType.STATEMENT, 16, "{a} praised the role of {b} on {day}."),
)
_STATEWIDE = {EventType.EXERCISE, EventType.SIGNING}
_STANCES = (Stance.PRAISE, Stance.SUPPORT, Stance.CONDEMN, Stance.CALL)
_THINGS = {
    EventType.CONFERENCE: EntityKind.FORUM,
    EventType.EXERCISE: EntityKind.EXERCISE_SERIES,
    EventType.SIGNING: EntityKind.AGREEMENT,
}
_FILLER = "The agencies of both countries carried the statement. Observers took note of {}. "
_NOTED = 14  # words of the lexicon that a report goes on with: no two read alike


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part: entity, its kind, its name, the office held, the state."""

    key: str
    kind: EntityKind
    name: str
    state: str
    office: str | None = None


@dataclass
class World:
    """What the reports are drawn from."""

    chance: random.Random = field(default_factory=lambda: random.Random(1789))
    known: knowledge.Knowledge = field(default_factory=knowledge.load)

    def __post_init__(self) -> None:
        records = self.known.records.values()
        rest = sorted(r.iso2 for r in records if r.iso2 and r.key.startswith("country/"))
        self.states = [*LEADING, *(code for code in rest if code not in LEADING)]
        self.weights = [1 / (rank + 2) for rank in range(len(self.states))]
        self.things = {
            kind: [r for r in records if r.kind is kind] for kind in set(_THINGS.values())
        }
        self.places = [r for r in records if r.kind is EntityKind.PLACE]
        self.words = sorted({word for r in self.places for word in r.names["en"][0].split()})
        self.homes = {
            code: [r for r in self.places if r.country == f"country/{code}"] for code in self.states
        }

    def aside(self, number: int) -> str:
        """What a report says beside the matter."""
        return _FILLER.format(" ".join(random.Random(number).sample(self.words, _NOTED)))

    def name(self, key: str) -> str:
        """The English name of a record."""
        return self.known.records[key].names["en"][0]

    def party(self, state: str, day: str) -> Party:
        """An official of a state, the one in office on the day where the lexicon knows."""
        kind = self.chance.choice(OFFICES[:3] if self.chance.random() < 0.9 else OFFICES)
        held = self.known.holder(kind, state, day)
        office = f"office/{kind}-{state}"
        if held is None:
            name = f"the {kind.replace('-', ' ')} of {self.name(f'country/{state}')}"
            return Party(f"holder/{kind}-{state}", EntityKind.PERSON, name, state, office)
        names = held[0].names
        name = (names.get("en") or next(iter(names.values())))[0]
        return Party(held[0].key, EntityKind.PERSON, name, state, office)

    def state(self, code: str) -> Party:
        """A state itself."""
        return Party(f"country/{code}", EntityKind.COUNTRY, self.name(f"country/{code}"), code)


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of that world, whoever reports it."""

    key: str
    type: EventType
    sentence: str
    parties: tuple[Party, Party]
    day: str
    place: str | None
    thing: str | None
    stance: Stance | None
    topics: tuple[str, ...]


def happening(world: World, number: int) -> Happening:
    """The next happening."""
    chance = world.chance
    kind, _weight, template = chance.choices(_TYPES, [weight for _t, weight, _s in _TYPES])[0]
    one, two = chance.choices(world.states, world.weights, k=2)
    if one == two:
        two = "MA" if one != "MA" else "US"
    day = (FIRST + timedelta(chance.randrange(DAYS))).isoformat()
    who = (world.state(one), world.state(two))
    if kind not in _STATEWIDE:
        who = (world.party(one, day), world.party(two, day))
    place = chance.choice(world.homes[two] or world.places)
    thing = chance.choice(world.things[_THINGS[kind]]).key if kind in _THINGS else None
    sentence = template.format(
        a=who[0].name,
        b=who[1].name,
        place=world.name(place.key),
        home=world.name(f"country/{two}"),
        thing=world.name(thing) if thing else "",
        day=day,
    )
    return Happening(
        f"event/{kind.value.lower()}-made-{number:07}",
        kind,
        sentence,
        who,
        day,
        place.key if "{place}" in template else None,
        thing,
        chance.choice(_STANCES) if kind is EventType.STATEMENT else None,
        tuple(chance.sample(TOPICS, chance.randrange(3))),
    )


def readings(world: World) -> Iterator[Reading]:
    """Reports without end: each of up to three happenings, each happening in up to three."""
    recent: list[Happening] = []
    for number in range(10_000_000):
        chosen = [happening(world, 3 * number + i) for i in range(world.chance.randrange(1, 3))]
        if recent and world.chance.random() < 0.5:
            chosen.append(world.chance.choice(recent))
        recent = [*recent[-40:], *chosen]
        yield _reading(world, number, chosen)


def _reading(world: World, number: int, chosen: list[Happening]) -> Reading:
    text = " ".join(f"{one.sentence} {world.aside(3 * number + i)}" for i, one in enumerate(chosen))
    published = max(one.day for one in chosen)
    parties = {party.key: party for one in chosen for party in one.parties}
    words = {party.key: party.name for party in parties.values()}
    kinds = {party.key: party.kind for party in parties.values()}
    for key in (key for one in chosen for key in (one.place, one.thing) if key):
        words[key], kinds[key] = world.name(key), world.known.records[key].kind
    offices = [party for party in parties.values() if party.office]
    document = Document(
        f"made-{number:07}",
        text,
        "en",
        published,
        chosen[0].sentence,
        f"https://example.org/made/{number}",
        f"Agency {number % 40}",
    )
    return Reading(
        document,
        tuple(
            Entity(
                key,
                kinds[key],
                (Label(name, "en"),),
                key.removeprefix("country/") if key.startswith("country/") else None,
                getattr(world.known.records.get(key), "country", None),
            )
            for key, name in words.items()
        ),
        tuple(Office(p.office or "", _kind(p), p.state, ()) for p in offices),
        tuple(EntityMention(key, _evidence(text, name, "lexicon")) for key, name in words.items()),
        tuple(_claim(text, one) for one in chosen),
        (),
        tuple(
            TenureClaim(p.key, p.office or "", (_evidence(text, p.name, "en-title"),))
            for p in offices
        ),
    )


def _kind(party: Party) -> str:
    return (party.office or "").removeprefix("office/").rsplit("-", 1)[0]


def _claim(text: str, one: Happening) -> EventClaim:
    roles = {
        EventType.VISIT: (Role.VISITOR, Role.HOST),
        EventType.STATEMENT: (Role.SPEAKER, Role.ADDRESSEE),
        EventType.SIGNING: (Role.SIGNATORY, Role.SIGNATORY),
    }.get(one.type, (Role.PARTICIPANT, Role.PARTICIPANT))
    return EventClaim(
        one.key,
        one.type,
        tuple(Participation(p.key, r) for p, r in zip(one.parties, roles, strict=True)),
        Certainty.HELD,
        0.9,
        (_evidence(text, one.sentence, f"en-{one.type.value.lower()}"),),
        one.day,
        place=one.place,
        stance=one.stance,
        about=(one.thing,) if one.thing else (),
        topics=one.topics,
    )


def _evidence(text: str, words: str, rule: str) -> Evidence:
    start = text.index(words)
    return Evidence(start, start + len(words), words, rule, ("lexicons/countries.yaml:12",))


def fill(path: Path, wanted: int) -> int:
    """Make a store of about `wanted` quads, curated graphs among them; how many it has."""
    with Store.open(path) as store:
        curation.load_into(store)
        had = len(store.ox)
        made = (quad for reading in readings(World()) for quad in quads(reading))
        began = time.monotonic()
        step = 250_000
        while had < wanted:
            batch: list[Quad] = list(islice(made, step))
            store.ox.bulk_extend(batch)
            had += len(batch)
            print(f"\r{had:,} quads, {time.monotonic() - began:.0f} s", end="", flush=True)
        print()
        store.ox.optimize()  # as `rawabit compact` leaves a store
        store.flush()
        return len(store.ox)
