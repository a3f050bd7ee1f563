"""Reports between two states for tests of the pair brief: a few lines each, in our own words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.model import (
    Certainty,
    Document,
    Entity,
    EntityKind,
    EventClaim,
    EventType,
    Evidence,
    Inference,
    Label,
    Office,
    Participation,
    Predicate,
    Reading,
    RelationClaim,
    Role,
    Stance,
    TenureClaim,
)
from kg.quads import quads
from kg.vocab import PREFIXES

JO, NO = "country/JO", "country/NO"
SAFADI, EIDE, HAMAD = "person/safadi", "person/eide", "person/hamad"
KING, STORE, HARALD = "person/king-jo", "person/store", "person/harald"
OFFICES = {
    SAFADI: ("foreign-minister", "JO"),
    EIDE: ("foreign-minister", "NO"),
    KING: ("monarch", "JO"),
    STORE: ("prime-minister", "NO"),
    HAMAD: ("ambassador", "JO"),
}
KINDS = {
    "place/amman": EntityKind.PLACE,
    "place/oslo": EntityKind.PLACE,
    "exercise/fjord-sand": EntityKind.EXERCISE_SERIES,
    "agreement/water": EntityKind.AGREEMENT,
    "forum/deserts": EntityKind.FORUM,
}
P, H, V, S, A = Role.PARTICIPANT, Role.HOST, Role.VISITOR, Role.SPEAKER, Role.ADDRESSEE


@dataclass
class Told:
    """An event as a report has it: `parties` are keys, with a role where it is not participant."""

    key: str
    type: EventType
    parties: list[tuple[str, Role]]
    date: str | None = None
    facts: dict[str, object] = field(default_factory=dict)


def meeting(key: str, date: str | None, *who: str, **facts: object) -> Told:
    return Told(key, EventType.MEETING, [(one, P) for one in who], date, facts)


def report(
    name: str,
    published: str,
    *events: Told,
    source: str | None = None,
    url: str | None = None,
    relations: Iterable[tuple[str, Predicate, str]] = (),
    without_office: Iterable[str] = (),
) -> Reading:
    """A reading whose text names every event by its key."""
    text = ". ".join([*(f"On {one.key}" for one in events), "And no more."])
    keys = {who for one in events for who, _role in one.parties}
    for one in events:
        keys |= {str(one.facts["place"])} if one.facts.get("place") else set()
        keys |= set(one.facts.get("about", ()))  # type: ignore[call-overload]
    relations = list(relations)
    keys |= {key for subject, _p, value in relations for key in (subject, value)}
    held = {k: OFFICES[k] for k in sorted(keys & OFFICES.keys()) if k not in without_office}
    whole = Evidence(0, len(text), text, "en-whole")
    return Reading(
        Document(name, text, "en", published, f"Title of {name}", url, source),
        tuple(
            Entity(key, _kind(key), (Label(key.rpartition("/")[2], "en"),), _code(key))
            for key in sorted(keys)
        ),
        tuple(
            Office(f"office/{kind}-{land}", kind, f"country/{land}", ())
            for kind, land in sorted(set(held.values()))
        ),
        (),
        tuple(_claim(one, text) for one in events),
        tuple(RelationClaim(s, p, o, (whole,)) for s, p, o in relations),
        tuple(
            TenureClaim(key, f"office/{kind}-{land}", (whole,))
            for key, (kind, land) in held.items()
        ),
    )


def _kind(key: str) -> EntityKind:
    if key in KINDS:
        return KINDS[key]
    return EntityKind.COUNTRY if key.startswith("country/") else EntityKind.PERSON


def _code(key: str) -> str | None:
    return key.removeprefix("country/") if key.startswith("country/") else None


def _claim(told: Told, text: str) -> EventClaim:
    start = text.index(told.key)
    facts = {"certainty": Certainty.HELD, "confidence": 0.9, "date": told.date, **told.facts}
    return EventClaim(
        f"event/{told.key}",
        told.type,
        tuple(Participation(who, role) for who, role in told.parties),
        evidence=(Evidence(start, start + len(told.key), told.key, "en-rule"),),
        **facts,  # type: ignore[arg-type]
    )


def reports() -> list[Reading]:
    """Five meetings about five months apart, and one of each thing that a brief shows."""
    met = [
        ("m1", "2020-01-10"),
        ("m2", "2020-06-08"),
        ("m3", "2020-11-05"),
        ("m4", "2021-04-02"),
        ("m5", "2021-09-01"),
    ]
    visit = Told(
        "v5", EventType.VISIT, [(EIDE, V), (JO, H)], "2021-09-01", {"end_date": "2021-09-02"}
    )
    found = [
        report(
            f"told-{key}", day, meeting(key, day, SAFADI, EIDE), source="Jordan News Agency (Petra)"
        )
        for key, day in met[:4]
    ]
    found += [
        report(
            "petra-m5",
            "2021-09-02",
            meeting("m5", "2021-09-01", SAFADI, EIDE, place="place/amman", topics=("water",)),
            visit,
            source="Petra",
        ),
        report(
            "oslo-m5",
            "2021-09-02",
            meeting("m5", "2021-09-01", SAFADI, EIDE, topics=("human-rights", "water")),
            source="Norway, Ministry of Foreign Affairs",
        ),
        report(
            "reprint-m5", "2021-09-03", meeting("m5", "2021-09-01", SAFADI, EIDE), source="Petra"
        ),
        report(
            "loose",
            "2019-05-05",
            meeting("x1", "2019", SAFADI, EIDE),
            meeting("x2", None, SAFADI, EIDE),
        ),
        report(
            "king",
            "2020-02-02",
            meeting("k1", "2020-02-01", KING, STORE, place="place/oslo"),
            meeting("a1", "2020-03-01", HAMAD, NO),
            meeting("off", "2020-04-01", SAFADI, EIDE, certainty=Certainty.CANCELLED),
        ),
        *_things(),
    ]
    return found


def _things() -> list[Reading]:
    """Agreements, an exercise of two editions, a forum, words each way, relations."""
    exercise = {"about": ("exercise/fjord-sand",)}
    return [
        report(
            "things",
            "2021-03-03",
            Told(
                "s1",
                EventType.SIGNING,
                [(JO, Role.SIGNATORY), (NO, Role.SIGNATORY)],
                "2021-03-01",
                {"about": ("agreement/water",)},
            ),
            Told(
                "e1", EventType.EXERCISE, [(JO, H), (NO, P)], "2020-06", {**exercise, "edition": 1}
            ),
            Told(
                "e2",
                EventType.EXERCISE,
                [(JO, H), (NO, P)],
                "2021-06",
                {**exercise, "edition": 2, "certainty": Certainty.PLANNED},
            ),
            Told(
                "c1",
                EventType.CONFERENCE,
                [(SAFADI, P), (EIDE, P), ("country/FR", H)],
                "2021-02-01",
                {"about": ("forum/deserts",)},
            ),
            relations=[
                (JO, Predicate.MEMBER_OF, "forum/deserts"),
                (NO, Predicate.CO_CHAIRS, "forum/deserts"),
            ],
        ),
        report(
            "words",
            "2021-05-05",
            Told(
                "w1",
                EventType.STATEMENT,
                [(EIDE, S), (JO, A)],
                "2021-05-01",
                {"stance": Stance.PRAISE},
            ),
            Told(
                "w2",
                EventType.STATEMENT,
                [(JO, S), (NO, A)],
                "2021-05-02",
                {"stance": Stance.CONDEMN},
            ),
            Told("r1", EventType.RELATIONS_CHANGE, [(JO, P), (NO, P)], "1965"),
        ),
        report(
            "dispute-a",
            "2021-06-06",
            Told(
                "s1",
                EventType.SIGNING,
                [(JO, Role.SIGNATORY), (NO, Role.SIGNATORY)],
                "2021-03-04",
                {"about": ("agreement/water",)},
            ),
        ),
    ]


_CURATED = """
GRAPH rgraph:curated\\/countries {
  rid:country\\/JO a rwb:Country ; skos:prefLabel "Jordan"@en .
  rid:country\\/NO a rwb:Country ; skos:prefLabel "Norway"@en, "Norvège"@fr .
}
GRAPH rgraph:curated\\/officials {
  rid:person\\/harald a rwb:Person ; rwb:tenure rid:tenure\\/h ;
    rwb:holdsOffice rid:office\\/monarch-NO .
  rid:tenure\\/h a rwb:Tenure ; rwb:holder rid:person\\/harald ;
    rwb:office rid:office\\/monarch-NO ; rwb:start "1991-01-17"^^xsd:date .
  rid:office\\/monarch-NO a rwb:Office ; rwb:officeKind rkind:monarch ;
    rwb:country rid:country\\/NO .
}
"""


def curated() -> str:
    """The names of the two states and one term of office, as TriG."""
    prefixes = "".join(f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items())
    return prefixes + _CURATED


def store(readings: Iterable[Reading] | None = None) -> ox.Store:
    """A store in memory with these readings, and the names of the two states."""
    made = ox.Store()
    for reading in reports() if readings is None else readings:
        made.extend(quads(reading))
    made.load(curated(), format=ox.RdfFormat.TRIG)
    return made


__all__ = ["Inference", "Told", "meeting", "report", "reports", "store"]
