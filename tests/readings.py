"""Realistic readings for tests: four documents in three languages, with one event that three share.

Facts are public ones; the sentences are written for the tests.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import (
    Certainty,
    Document,
    Entity,
    EntityKind,
    EntityMention,
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

BLINKEN, BOURITA, HOLDER_FR = "person/Q7821917", "person/Q21006845", "holder/foreign-minister-FR"
US, MA, FR = "country/US", "country/MA", "country/FR"
GCTF, LION, RABAT = "forum/gctf", "exercise/african-lion", "place/rabat"
US_MINISTER, MA_MINISTER = "office/foreign-minister-US", "office/foreign-minister-MA"
CALL = "event/phonecall-3f0c1d2e4a5b6978"
VISIT = "event/visit-77aa01bc23de45f0"
EXERCISE = "event/exercise-5b1e9d0c8a7f6e54"
PRAISE = "event/statement-00ff11ee22dd33cc"
MEETING = "event/meeting-a0b1c2d3e4f50617"


def evidence(document: Document, words: str, rule: str, *lexicon: str) -> Evidence:
    """Evidence of the first place where the document has these words."""
    start = document.text.index(words)
    return Evidence(start, start + len(words), words, rule, lexicon)


def entity(key: str, kind: EntityKind, *labels: tuple[str, str], iso2: str | None = None) -> Entity:
    return Entity(key, kind, tuple(Label(*label) for label in labels), iso2)


def parts(*pairs: tuple[str, Role]) -> tuple[Participation, ...]:
    return tuple(Participation(key, role) for key, role in pairs)


def _mentions(document: Document, names: Iterable[tuple[str, str]]) -> tuple[EntityMention, ...]:
    return tuple(
        EntityMention(key, evidence(document, words, "mention", "lexicons/names.yaml:7"))
        for key, words in names
    )


def arabic() -> Reading:
    """A call of 31 January 2023, praise in it, a relation, an inferred date."""
    document = Document(
        "ar-001",
        "أجرى وزير الخارجية الأمريكي أنتوني بلينكن أمس الثلاثاء اتصالا هاتفيا بنظيره المغربي "
        "ناصر بوريطة. وأشاد بلينكن بجهود المغرب الذي يرأس المنتدى العالمي لمكافحة الإرهاب.",
        "ar",
        "2023-02-01",
        "اتصال بين بلينكن وبوريطة",
        "https://example.org/ar/001?a=1&b=«٢»",
        "وكالة تجريبية",
    )
    call = EventClaim(
        CALL,
        EventType.PHONE_CALL,
        parts((BLINKEN, Role.CALLER), (BOURITA, Role.PARTICIPANT)),
        Certainty.HELD,
        0.9,
        (evidence(document, "أجرى وزير الخارجية الأمريكي", "ar-call-held"),),
        date="2023-01-31",
        topics=("counter-terrorism",),
        inferences=(Inference("date", "2023-01-31", "أمس الثلاثاء → 2023-02-01 − 1"),),
    )
    praise = EventClaim(
        PRAISE,
        EventType.STATEMENT,
        parts((BLINKEN, Role.SPEAKER), (MA, Role.ADDRESSEE)),
        Certainty.HELD,
        0.85,
        (evidence(document, "وأشاد بلينكن بجهود المغرب", "ar-praise"),),
        date="2023-01-31",
        stance=Stance.PRAISE,
    )
    return Reading(
        document,
        (
            entity(BLINKEN, EntityKind.PERSON, ("أنتوني بلينكن", "ar"), ("بلينكن", "ar")),
            entity(BOURITA, EntityKind.PERSON, ("ناصر بوريطة", "ar")),
            entity(US, EntityKind.COUNTRY, ("الولايات المتحدة", "ar"), iso2="US"),
            entity(MA, EntityKind.COUNTRY, ("المغرب", "ar"), iso2="MA"),
            entity(GCTF, EntityKind.FORUM, ("المنتدى العالمي لمكافحة الإرهاب", "ar")),
        ),
        (
            Office(US_MINISTER, "foreign-minister", "US", (Label("وزير الخارجية الأمريكي", "ar"),)),
            Office(MA_MINISTER, "foreign-minister", "MA", ()),
        ),
        _mentions(document, ((BLINKEN, "أنتوني بلينكن"), (MA, "المغرب"))),
        (call, praise),
        (
            RelationClaim(
                MA, Predicate.CHAIRS, GCTF, (evidence(document, "يرأس المنتدى", "ar-chairs"),)
            ),
        ),
        (
            TenureClaim(
                BLINKEN, US_MINISTER, (evidence(document, "وزير الخارجية الأمريكي", "ar-title"),)
            ),
            TenureClaim(BOURITA, MA_MINISTER, (evidence(document, "نظيره", "ar-counterpart"),)),
        ),
        ("security-cooperation",),
    )


def english() -> Reading:
    """The same call with another date (a contradiction), and an edition of an exercise."""
    document = Document(
        "en-001",
        "Secretary of State Antony Blinken spoke by phone with Nasser Bourita on Monday. "
        "The 18th African Lion will be held in Morocco in June 2022.",
        "en",
        "2023-02-01",
        "Call on Monday",
        "https://example.org/en/001",
        "Test Agency",
    )
    call = EventClaim(
        CALL,
        EventType.PHONE_CALL,
        parts((BLINKEN, Role.CALLER), (BOURITA, Role.PARTICIPANT)),
        Certainty.HELD,
        0.9,
        (evidence(document, "Antony Blinken spoke by phone with Nasser Bourita", "en-call"),),
        date="2023-01-30",
    )
    exercise = EventClaim(
        EXERCISE,
        EventType.EXERCISE,
        parts((MA, Role.HOST)),
        Certainty.PLANNED,
        0.8,
        (evidence(document, "African Lion will be held", "en-exercise"),),
        date="2022-06",
        place=MA,
        about=(LION,),
        edition=18,
        topics=("defence-cooperation",),
    )
    return Reading(
        document,
        (
            entity(BLINKEN, EntityKind.PERSON, ("Antony Blinken", "en")),
            entity(BOURITA, EntityKind.PERSON, ("Nasser Bourita", "en")),
            entity(MA, EntityKind.COUNTRY, ("Morocco", "en"), iso2="MA"),
            entity(LION, EntityKind.EXERCISE_SERIES, ("African Lion", "en")),
        ),
        (Office(US_MINISTER, "foreign-minister", "US", (Label("Secretary of State", "en"),)),),
        _mentions(document, ((LION, "African Lion"), (BOURITA, "Nasser Bourita"))),
        (call, exercise),
        (
            RelationClaim(
                MA, Predicate.HOSTS, LION, (evidence(document, "held in Morocco", "en-hosts"),)
            ),
        ),
        (
            TenureClaim(
                BLINKEN, US_MINISTER, (evidence(document, "Secretary of State", "en-title"),)
            ),
        ),
    )


def french() -> Reading:
    """A visit and a meeting of an unnamed minister; a place; a date known to the year only."""
    document = Document(
        "fr-001",
        "Le ministre français des Affaires étrangères s'est rendu à Rabat en 2022, où il a "
        "rencontré Nasser Bourita.",
        "fr",
        "2023-01-05",
        source="Agence d'essai",
    )
    visit = EventClaim(
        VISIT,
        EventType.VISIT,
        parts((HOLDER_FR, Role.VISITOR), (MA, Role.HOST)),
        Certainty.HELD,
        0.7,
        (evidence(document, "s'est rendu à Rabat en 2022", "fr-visit"),),
        date="2022",
        place=RABAT,
    )
    meeting = EventClaim(
        MEETING,
        EventType.MEETING,
        parts((HOLDER_FR, Role.PARTICIPANT), (BOURITA, Role.PARTICIPANT)),
        Certainty.HELD,
        0.7,
        (evidence(document, "il a rencontré Nasser Bourita", "fr-meeting"),),
        date="2022",
        place=RABAT,
        inferences=(Inference("participant", HOLDER_FR, "il → le ministre français"),),
    )
    return Reading(
        document,
        (
            entity(HOLDER_FR, EntityKind.PERSON, ("ministre français", "fr")),
            entity(BOURITA, EntityKind.PERSON, ("Nasser Bourita", "fr")),
            entity(MA, EntityKind.COUNTRY, ("Maroc", "fr"), iso2="MA"),
            Entity(RABAT, EntityKind.PLACE, (Label("Rabat", "fr"),), country=MA),
        ),
        (Office("office/foreign-minister-FR", "foreign-minister", "FR", ()),),
        _mentions(document, ((RABAT, "Rabat"),)),
        (visit, meeting),
        (),
        (
            TenureClaim(
                HOLDER_FR,
                "office/foreign-minister-FR",
                (evidence(document, "ministre français des Affaires étrangères", "fr-title"),),
            ),
        ),
    )


def short() -> Reading:
    """A second Arabic report of the call, under an identifier that is unfit for a path."""
    document = Document("تقرير ٢/b", 'بلينكن يهاتف بوريطة\nبشأن «الساحل» "\\ و\tليبيا.', "ar")
    call = EventClaim(
        CALL,
        EventType.PHONE_CALL,
        parts((BLINKEN, Role.CALLER), (BOURITA, Role.PARTICIPANT)),
        Certainty.HELD,
        0.75,
        (evidence(document, "بلينكن يهاتف بوريطة", "ar-call-headline"),),
        topics=("sahel", "libya"),
    )
    return Reading(
        document,
        (
            entity(BLINKEN, EntityKind.PERSON, ("بلينكن", "ar")),
            entity(BOURITA, EntityKind.PERSON, ("بوريطة", "ar")),
        ),
        events=(call,),
    )


def readings() -> tuple[Reading, ...]:
    """All four."""
    return (arabic(), english(), french(), short())
