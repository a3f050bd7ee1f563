"""The values that pass from reading to the graph: what one document says, resolved.

All are frozen; a `Reading` holds everything that one document's named graph is made of. What is
made by the thousand is a named tuple: it costs a third of a frozen dataclass.
Offsets are code points of the document's text as ingested, half-open. Dates are ISO 8601
strings of year, month or day precision (`2006`, `2019-12`, `2019-12-05`). Keys are paths below
the identifier namespace (`country/MA`, `person/Q57480`); `kg.vocab` turns them into IRIs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class EventType(StrEnum):
    """The classes of events below rwb:Event; what becomes of an agreement is one of our own."""

    MEETING = "Meeting"
    PHONE_CALL = "PhoneCall"
    VISIT = "Visit"
    CONFERENCE = "Conference"
    EXERCISE = "Exercise"
    SIGNING = "Signing"
    AGREEMENT_CHANGE = "AgreementChange"
    RECOGNITION = "Recognition"
    RELATIONS_CHANGE = "RelationsChange"
    MISSION_CHANGE = "MissionChange"
    APPOINTMENT = "Appointment"
    STATEMENT = "Statement"


class Certainty(StrEnum):
    """Whether the event took place."""

    HELD = "held"
    PLANNED = "planned"
    CANCELLED = "cancelled"
    DENIED = "denied"


class Stance(StrEnum):
    """What a statement does to the party it concerns."""

    PRAISE = "praise"
    THANK = "thank"
    SUPPORT = "support"
    CONDEMN = "condemn"
    REJECT = "reject"
    ACCUSE = "accuse"
    CALL = "call"
    CONGRATULATE = "congratulate"
    CONDOLE = "condole"


class EntityKind(StrEnum):
    """The class of an entity; the value is the local name in the ontology."""

    PERSON = "Person"
    COUNTRY = "Country"
    PLACE = "Place"
    ORGANIZATION = "Organization"
    ARMED_GROUP = "ArmedGroup"
    FORUM = "Forum"
    DIALOGUE = "Dialogue"
    AGREEMENT = "Agreement"
    EXERCISE_SERIES = "ExerciseSeries"
    CONFERENCE_SERIES = "ConferenceSeries"


class Role(StrEnum):
    """How a party takes part; each is a subproperty of rwb:participant with this local name."""

    PARTICIPANT = "participant"
    HOST = "host"
    VISITOR = "visitor"
    CALLER = "caller"
    SPEAKER = "speaker"
    ADDRESSEE = "addressee"
    SIGNATORY = "signatory"
    RECOGNISER = "recogniser"
    RECOGNISED = "recognised"
    OWNER = "owner"
    APPOINTEE = "appointee"
    APPOINTER = "appointer"
    ORGANISER = "organiser"


class Predicate(StrEnum):
    """The relations between entities; local names in the ontology."""

    CO_CHAIRS = "coChairs"
    CHAIRS = "chairs"
    MEMBER_OF = "memberOf"
    PARTICIPATES_IN = "participatesIn"
    HOSTS = "hosts"
    ORGANISES = "organises"
    PART_OF = "partOf"
    HEADED_BY = "headedBy"


@dataclass(frozen=True, slots=True)
class Document:
    """One input text with its metadata; `text` is what offsets count in."""

    id: str
    text: str
    lang: str  # ar | en | fr
    published: str | None = None  # ISO date, day precision
    title: str | None = None
    url: str | None = None
    source: str | None = None
    official: bool = False  # the published record of a public body


class Label(NamedTuple):
    """A name as written, with its language tag."""

    text: str
    lang: str


class Entity(NamedTuple):
    """A node that a document speaks of, with the forms of its name met there."""

    key: str
    kind: EntityKind
    labels: tuple[Label, ...]
    iso2: str | None = None  # countries and UN, EU, AU, NATO, LAS, OIC, GCC
    # Key of the country a place lies in, a body belongs to, or a person acts for.
    country: str | None = None
    curated: bool = False  # a person whom the lexicon knows by this key


@dataclass(frozen=True, slots=True)
class Office:
    """An office (not its holder): key, code of the guidelines, iso2 of its country or body."""

    key: str
    kind: str
    country: str | None
    labels: tuple[Label, ...]


class Evidence(NamedTuple):
    """The words that state a fact: `text[start:end] == exact`; the rule; lexicon lines used."""

    start: int
    end: int
    exact: str
    rule: str
    lexicon: tuple[str, ...] = ()  # "lexicons/bodies.yaml:12"


class Participation(NamedTuple):
    """A party in an event, by entity key and role."""

    entity: str
    role: Role


@dataclass(frozen=True, slots=True)
class Inference:
    """A value that the text does not spell out: slot, value, and the chain of reasons."""

    slot: str  # local name of the property: participant, date, place …
    value: str  # an entity key or an ISO date
    basis: str


@dataclass(frozen=True, slots=True)
class EventClaim:
    """One event as one document states it; `key` is shared by all documents that report it."""

    key: str
    type: EventType
    participants: tuple[Participation, ...]
    certainty: Certainty
    confidence: float
    evidence: tuple[Evidence, ...]
    date: str | None = None
    end_date: str | None = None
    place: str | None = None  # entity key
    stance: Stance | None = None
    about: tuple[str, ...] = ()  # keys of the series, agreement or forum the event belongs to
    edition: int | None = None
    topics: tuple[str, ...] = ()
    inferences: tuple[Inference, ...] = ()
    change: str | None = None  # what changes: open, close, cut, resume, appoint, in-force …


@dataclass(frozen=True, slots=True)
class RelationClaim:
    """A standing relation between two entities, by key."""

    subject: str
    predicate: Predicate
    object: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class TenureClaim:
    """The document says that this person holds this office."""

    person: str
    office: str
    evidence: tuple[Evidence, ...]


class EntityMention(NamedTuple):
    """Words of the document that name an entity."""

    entity: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one document states."""

    document: Document
    entities: tuple[Entity, ...] = ()
    offices: tuple[Office, ...] = ()
    mentions: tuple[EntityMention, ...] = ()
    events: tuple[EventClaim, ...] = ()
    relations: tuple[RelationClaim, ...] = ()
    tenures: tuple[TenureClaim, ...] = ()
    topics: tuple[str, ...] = field(default=())  # topics of the document beyond those of its events
