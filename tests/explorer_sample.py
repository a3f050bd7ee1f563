"""Readings for the explorer's tests: six short reports in three languages, and curated names.

`readings()` yields values as the pipeline makes them, `curated()` the facts of the lexicons as TriG.
"""

# ruff: noqa: E501  (sentences stay whole)
from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pyoxigraph import RdfFormat

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
from kg.store import Store

PERSON, COUNTRY = EntityKind.PERSON, EntityKind.COUNTRY
BLINKEN, BOURITA, LAPID = (
    "person/antony-blinken-us",
    "person/nasser-bourita-ma",
    "person/yair-lapid",
)
SANCHEZ, KING, MACRON = "person/pedro-sanchez", "person/mohammed-vi", "person/emmanuel-macron"
FAISAL, HOSSEIN, LAMAMRA = "person/faisal-bin-farhan", "person/hossein-amir", "person/lamamra"
MA, US, IL, ES, FR, SA, IR, DZ = (
    f"country/{c}" for c in ("MA", "US", "IL", "ES", "FR", "SA", "IR", "DZ")
)
LION, NEGEV, GCTF = "exercise/african-lion", "forum/negev", "body/gctf"
RABAT, BEIJING, SDE_BOKER, RIYADH = (
    "place/rabat",
    "place/beijing",
    "place/sde-boker",
    "place/riyadh",
)

KINDS = {
    **dict.fromkeys((BLINKEN, BOURITA, LAPID, SANCHEZ, KING, MACRON, FAISAL, HOSSEIN), PERSON),
    LAMAMRA: PERSON,
    "person/hostile": PERSON,
    **dict.fromkeys((MA, US, IL, ES, FR, SA, IR, DZ), COUNTRY),
    **dict.fromkeys((RABAT, BEIJING, SDE_BOKER, RIYADH), EntityKind.PLACE),
    LION: EntityKind.EXERCISE_SERIES,
    NEGEV: EntityKind.FORUM,
    GCTF: EntityKind.ORGANIZATION,
}
PLACE_COUNTRY = {RABAT: MA, SDE_BOKER: IL, RIYADH: SA}

Event = tuple[EventType, str, Sequence[tuple[str, Role]], dict[str, object]]


def _evidence(text: str, words: str, rule: str) -> Evidence:
    start = text.index(words)
    return Evidence(start, start + len(words), words, rule, ("lexicons/countries.yaml:12",))


def _claim(text: str, lang: str, event: Event) -> EventClaim:
    kind, words, parties, more = event
    key = str(more.pop("key"))
    rule = f"{lang}-{kind.value.lower()}"
    facts = {"certainty": Certainty.HELD, "confidence": 0.9, **more}
    who = tuple(Participation(entity, role) for entity, role in parties)
    return EventClaim(f"event/{key}", kind, who, evidence=(_evidence(text, words, rule),), **facts)  # type: ignore[arg-type]


def _reading(
    document: Document,
    names: dict[str, str],
    events: Iterable[Event] = (),
    offices: Iterable[tuple[str, str, str, str, str]] = (),
    relations: Iterable[tuple[str, Predicate, str, str]] = (),
    unnamed: Iterable[str] = (),
) -> Reading:
    """`names` maps an entity to the words that name it; `unnamed` entities have no words."""
    text, lang = document.text, document.lang
    entities = [
        Entity(key, KINDS[key], (Label(words, lang),), _iso2(key), PLACE_COUNTRY.get(key))
        for key, words in names.items()
    ] + [Entity(key, KINDS[key], (), _iso2(key)) for key in unnamed]
    return Reading(
        document,
        tuple(entities),
        tuple(
            Office(f"office/{kind}-{country}", kind, f"country/{country}", (Label(words, lang),))
            for _person, kind, country, words, _evidence_words in offices
        ),
        tuple(
            EntityMention(key, _evidence(text, words, "lexicon")) for key, words in names.items()
        ),
        tuple(_claim(text, lang, event) for event in events),
        tuple(
            RelationClaim(subject, predicate, value, (_evidence(text, words, f"{lang}-relation"),))
            for subject, predicate, value, words in relations
        ),
        tuple(
            TenureClaim(person, f"office/{kind}-{country}", (_evidence(text, words, "title"),))
            for person, kind, country, _label, words in offices
        ),
        ("bilateral-relations",),
    )


def _iso2(key: str) -> str | None:
    return key.removeprefix("country/") if key.startswith("country/") else None


P, H, V, S, A = Role.PARTICIPANT, Role.HOST, Role.VISITOR, Role.SPEAKER, Role.ADDRESSEE


def _rabat_talks() -> Reading:
    text = (
        "الرباط – أجرى وزير الشؤون الخارجية المغربي ناصر بوريطة، أمس الثلاثاء بالرباط، مباحثات مع "
        "نظيره الأمريكي أنتوني بلينكن، الذي يقوم بزيارة عمل إلى المغرب. وتناول الجانبان الأمن الإقليمي "
        "والتعاون في مكافحة الإرهاب.\n\nوأشاد بلينكن بجهود المملكة في استقرار المنطقة. ويترأس المغرب "
        "بشكل مشترك المنتدى العالمي لمكافحة الإرهاب. كما تستعد القوات المسلحة لاحتضان مناورات «الأسد "
        "الإفريقي» ابتداء من 20 يونيو 2022. وسبق للوزيرين أن شاركا في قمة النقب بسديه بوكير."
    )
    names = {
        BOURITA: "ناصر بوريطة",
        BLINKEN: "أنتوني بلينكن",
        MA: "المغرب",
        RABAT: "الرباط",
        GCTF: "المنتدى العالمي لمكافحة الإرهاب",
        LION: "الأسد الإفريقي",
        NEGEV: "النقب",
        SDE_BOKER: "سديه بوكير",
    }
    topics = ("security-cooperation", "counter-terrorism")
    basis = "نظيره الأمريكي → foreign-minister of US → أنتوني بلينكن"
    events: list[Event] = [
        (
            EventType.MEETING,
            "أجرى وزير الشؤون الخارجية المغربي ناصر بوريطة، أمس الثلاثاء بالرباط، مباحثات مع "
            "نظيره الأمريكي أنتوني بلينكن",
            [(BOURITA, P), (BLINKEN, P)],
            {
                "key": "meeting-rabat",
                "date": "2022-03-29",
                "place": RABAT,
                "topics": topics,
                "inferences": (
                    Inference("date", "2022-03-29", "أمس الثلاثاء ← 2022-03-30"),
                    Inference("participant", BLINKEN, basis),
                ),
            },
        ),
        (
            EventType.VISIT,
            "يقوم بزيارة عمل إلى المغرب",
            [(BLINKEN, V), (MA, H)],
            {"key": "visit-blinken", "date": "2022-03-29", "place": MA},
        ),
        (
            EventType.STATEMENT,
            "أشاد بلينكن بجهود المملكة",
            [(BLINKEN, S), (MA, A)],
            {"key": "statement-praise", "stance": Stance.PRAISE},
        ),
        (
            EventType.EXERCISE,
            "لاحتضان مناورات «الأسد الإفريقي» ابتداء من 20 يونيو 2022",
            [(MA, H), (US, P)],
            {
                "key": "exercise-lion",
                "date": "2022-06-20",
                "about": (LION,),
                "edition": 18,
                "certainty": Certainty.PLANNED,
            },
        ),
        (
            EventType.CONFERENCE,
            "شاركا في قمة النقب بسديه بوكير",
            [(BOURITA, P), (BLINKEN, P)],
            {
                "key": "conference-negev",
                "date": "2022-03-27",
                "place": SDE_BOKER,
                "about": (NEGEV,),
            },
        ),
    ]
    return _reading(
        Document(
            "ar-rabat",
            text,
            "ar",
            "2022-03-30",
            "بوريطة وبلينكن يبحثان في الرباط الشراكة بين البلدين",
            "https://example.org/ar-rabat",
            "وكالة مثال",
        ),
        names,
        events,
        [
            (
                BOURITA,
                "foreign-minister",
                "MA",
                "وزير الشؤون الخارجية المغربي",
                "وزير الشؤون الخارجية المغربي ناصر بوريطة",
            ),
            (
                BLINKEN,
                "foreign-minister",
                "US",
                "وزير الخارجية الأمريكي",
                "نظيره الأمريكي أنتوني بلينكن",
            ),
        ],
        [
            (
                MA,
                Predicate.CO_CHAIRS,
                GCTF,
                "يترأس المغرب بشكل مشترك المنتدى العالمي لمكافحة الإرهاب",
            )
        ],
        (US,),
    )


def _rabat_talks_en() -> Reading:
    text = (
        "Secretary of State Antony Blinken met Moroccan Foreign Minister Nasser Bourita in Rabat on "
        "March 29, 2022. The two also took part in the Negev Summit with Israel's Yair Lapid on "
        "March 27. The African Lion exercise will start in Morocco on 6 June 2022, the United States "
        "said. A call between Blinken and Lapid on April 5 was cancelled."
    )
    events: list[Event] = [
        (
            EventType.MEETING,
            "Antony Blinken met Moroccan Foreign Minister Nasser Bourita in Rabat",
            [(BLINKEN, P), (BOURITA, P)],
            {
                "key": "meeting-rabat",
                "date": "2022-03-29",
                "place": RABAT,
                "topics": ("security-cooperation",),
            },
        ),
        (
            EventType.CONFERENCE,
            "took part in the Negev Summit with Israel's Yair Lapid on March 27",
            [(BLINKEN, P), (BOURITA, P), (LAPID, P), (IL, H)],
            {"key": "conference-negev", "date": "2022-03-27", "about": (NEGEV,)},
        ),
        (
            EventType.EXERCISE,
            "The African Lion exercise will start in Morocco on 6 June 2022",
            [(MA, H), (US, P)],
            {
                "key": "exercise-lion",
                "date": "2022-06-06",
                "about": (LION,),
                "edition": 18,
                "certainty": Certainty.PLANNED,
            },
        ),
        (
            EventType.PHONE_CALL,
            "A call between Blinken and Lapid on April 5 was cancelled",
            [(BLINKEN, Role.CALLER), (LAPID, P)],
            {"key": "call-lapid", "date": "2022-04-05", "certainty": Certainty.CANCELLED},
        ),
    ]
    names = {
        BLINKEN: "Antony Blinken",
        BOURITA: "Nasser Bourita",
        LAPID: "Yair Lapid",
        IL: "Israel",
        MA: "Morocco",
        US: "United States",
        RABAT: "Rabat",
        LION: "African Lion",
        NEGEV: "Negev Summit",
    }
    offices = [
        (BLINKEN, "foreign-minister", "US", "Secretary of State", "Secretary of State"),
        (
            BOURITA,
            "foreign-minister",
            "MA",
            "Moroccan Foreign Minister",
            "Moroccan Foreign Minister",
        ),
    ]
    return _reading(
        Document(
            "en-rabat",
            text,
            "en",
            "2022-03-31",
            "Blinken meets Bourita in Rabat",
            "https://example.org/en-rabat",
            "Example Wire",
        ),
        names,
        events,
        offices,
    )


def _sanchez() -> Reading:
    text = (
        "Le roi Mohammed VI a reçu jeudi à Rabat le président du gouvernement espagnol Pedro Sánchez. "
        "L'Espagne et le Maroc ont signé une déclaration conjointe le 7 avril 2022. "
        "M. Sánchez a salué le plan d'autonomie présenté par le Maroc."
    )
    events: list[Event] = [
        (
            EventType.MEETING,
            "Le roi Mohammed VI a reçu jeudi à Rabat le président du gouvernement espagnol",
            [(KING, H), (SANCHEZ, P)],
            {
                "key": "meeting-king",
                "date": "2022-04-07",
                "place": RABAT,
                "inferences": (Inference("date", "2022-04-07", "jeudi ← 2022-04-08"),),
            },
        ),
        (
            EventType.SIGNING,
            "L'Espagne et le Maroc ont signé une déclaration conjointe le 7 avril 2022",
            [(ES, Role.SIGNATORY), (MA, Role.SIGNATORY)],
            {"key": "signing-es", "date": "2022-04-07", "topics": ("bilateral-relations",)},
        ),
        (
            EventType.STATEMENT,
            "a salué le plan d'autonomie",
            [(SANCHEZ, S), (MA, A)],
            {
                "key": "statement-es",
                "stance": Stance.SUPPORT,
                "date": "2022-04-07",
                "topics": ("western-sahara",),
            },
        ),
    ]
    names = {
        KING: "Mohammed VI",
        SANCHEZ: "Pedro Sánchez",
        ES: "Espagne",
        MA: "Maroc",
        RABAT: "Rabat",
    }
    offices = [
        (
            SANCHEZ,
            "prime-minister",
            "ES",
            "président du gouvernement espagnol",
            "président du gouvernement espagnol Pedro Sánchez",
        ),
        (KING, "monarch", "MA", "roi", "roi Mohammed VI"),
    ]
    return _reading(
        Document(
            "fr-sanchez",
            text,
            "fr",
            "2022-04-08",
            "Pedro Sánchez reçu à Rabat",
            "https://example.org/fr-sanchez",
            "Agence Exemple",
        ),
        names,
        events,
        offices,
    )


def _macron() -> Reading:
    text = (
        "بدأ الرئيس الفرنسي إيمانويل ماكرون يوم 28 أكتوبر 2024 زيارة دولة إلى المغرب تدوم ثلاثة أيام. "
        "وكانت فرنسا قد اعترفت في 30 يوليوز 2024 بسيادة المغرب على الصحراء. ونفت باريس خبر إلغاء الزيارة."
    )
    events: list[Event] = [
        (
            EventType.VISIT,
            "بدأ الرئيس الفرنسي إيمانويل ماكرون يوم 28 أكتوبر 2024 زيارة دولة إلى المغرب",
            [(MACRON, V), (MA, H)],
            {
                "key": "visit-macron",
                "date": "2024-10-28",
                "end_date": "2024-10-30",
                "place": MA,
            },
        ),
        (
            EventType.RECOGNITION,
            "فرنسا قد اعترفت في 30 يوليوز 2024 بسيادة المغرب على الصحراء",
            [(FR, Role.RECOGNISER), (MA, Role.RECOGNISED)],
            {"key": "recognition-fr", "date": "2024-07-30", "topics": ("western-sahara",)},
        ),
    ]
    names = {MACRON: "إيمانويل ماكرون", FR: "فرنسا", MA: "المغرب"}
    offices = [(MACRON, "president", "FR", "الرئيس الفرنسي", "الرئيس الفرنسي إيمانويل ماكرون")]
    return _reading(
        Document("ar-macron", text, "ar", "2024-10-29", "ماكرون في زيارة دولة إلى المغرب"),
        names,
        events,
        offices,
    )


def _gulf() -> Reading:
    text = (
        "أعلنت السعودية وإيران يوم 10 مارس 2023 استئناف العلاقات الدبلوماسية. والتقى وزير الخارجية "
        "السعودي فيصل بن فرحان نظيره الإيراني حسين أمير عبد اللهيان في بكين يوم 6 أبريل 2023. "
        "وأعادت إيران فتح سفارتها في الرياض في يونيو 2023."
    )
    events: list[Event] = [
        (
            EventType.RELATIONS_CHANGE,
            "أعلنت السعودية وإيران يوم 10 مارس 2023 استئناف العلاقات الدبلوماسية",
            [(SA, P), (IR, P)],
            {"key": "relations-sa-ir", "date": "2023-03-10"},
        ),
        (
            EventType.MEETING,
            "التقى وزير الخارجية السعودي فيصل بن فرحان نظيره الإيراني حسين أمير عبد اللهيان في بكين",
            [(FAISAL, P), (HOSSEIN, P)],
            {"key": "meeting-beijing", "date": "2023-04-06", "place": BEIJING},
        ),
        (
            EventType.MISSION_CHANGE,
            "أعادت إيران فتح سفارتها في الرياض في يونيو 2023",
            [(IR, Role.OWNER), (SA, H)],
            {"key": "mission-ir", "date": "2023-06", "place": RIYADH},
        ),
    ]
    names = {
        SA: "السعودية",
        IR: "إيران",
        FAISAL: "فيصل بن فرحان",
        HOSSEIN: "حسين أمير عبد اللهيان",
        BEIJING: "بكين",
        RIYADH: "الرياض",
    }
    offices = [
        (
            FAISAL,
            "foreign-minister",
            "SA",
            "وزير الخارجية السعودي",
            "وزير الخارجية السعودي فيصل بن فرحان",
        ),
        (
            HOSSEIN,
            "foreign-minister",
            "IR",
            "وزير الخارجية الإيراني",
            "نظيره الإيراني حسين أمير عبد اللهيان",
        ),
    ]
    return _reading(
        Document("ar-gulf", text, "ar", "2023-06-07", "طهران والرياض: عام من التقارب"),
        names,
        events,
        offices,
    )


def _algiers() -> Reading:
    text = (
        "Algeria cut diplomatic relations with Morocco on 24 August 2021, Foreign Minister Ramtane "
        "Lamamra announced. Morocco rejected the decision. In 2021 Algeria named an envoy, "
        "Lamamra, to lead its diplomacy."
    )
    events: list[Event] = [
        (
            EventType.RELATIONS_CHANGE,
            "Algeria cut diplomatic relations with Morocco on 24 August 2021",
            [(DZ, P), (MA, P)],
            {"key": "relations-dz-ma", "date": "2021-08-24"},
        ),
        (
            EventType.STATEMENT,
            "Morocco rejected the decision",
            [(MA, S), (DZ, A)],
            {"key": "statement-ma-dz", "stance": Stance.REJECT},
        ),
        (
            EventType.APPOINTMENT,
            "In 2021 Algeria named an envoy",
            [(LAMAMRA, Role.APPOINTEE), (DZ, Role.APPOINTER)],
            {"key": "appointment-dz", "date": "2021", "confidence": 0.5},
        ),
    ]
    names = {DZ: "Algeria", MA: "Morocco", LAMAMRA: "Ramtane Lamamra"}
    offices = [
        (LAMAMRA, "foreign-minister", "DZ", "Foreign Minister", "Foreign Minister Ramtane Lamamra")
    ]
    return _reading(
        Document("en-algiers", text, "en", "2021-08-25", "Algiers cuts ties with Rabat"),
        names,
        events,
        offices,
    )


def readings() -> tuple[Reading, ...]:
    """All readings; 17 events, one reported twice with the same date, one with two dates."""
    return (_rabat_talks(), _rabat_talks_en(), _sanchez(), _macron(), _gulf(), _algiers())


_NAMES = {
    MA: ("المغرب", "Morocco", "Maroc"),
    US: ("الولايات المتحدة", "United States", "États-Unis"),
    IL: ("إسرائيل", "Israel", "Israël"),
    ES: ("إسبانيا", "Spain", "Espagne"),
    FR: ("فرنسا", "France", "France"),
    SA: ("المملكة العربية السعودية", "Saudi Arabia", "Arabie saoudite"),
    IR: ("إيران", "Iran", "Iran"),
    DZ: ("الجزائر", "Algeria", "Algérie"),
    RABAT: ("الرباط", "Rabat", "Rabat"),
    LION: ("الأسد الإفريقي", "African Lion", "African Lion"),
    NEGEV: ("منتدى النقب", "Negev Forum", "Forum du Néguev"),
    GCTF: (
        "المنتدى العالمي لمكافحة الإرهاب",
        "Global Counterterrorism Forum",
        "Forum mondial de lutte contre le terrorisme",
    ),
    BLINKEN: ("أنتوني بلينكن", "Antony Blinken", "Antony Blinken"),
    BOURITA: ("ناصر بوريطة", "Nasser Bourita", "Nasser Bourita"),
    KING: ("محمد السادس", "Mohammed VI of Morocco", "Mohammed VI"),
}
_PREFIXES = """
@prefix rwb: <https://w3id.org/rawabit/ontology#> .
@prefix rid: <https://w3id.org/rawabit/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rkind: <https://w3id.org/rawabit/office-kind/> .
"""


def curated() -> str:
    """The curated graph in TriG: names in three languages, and one dated tenure."""
    lines = [_PREFIXES, "<https://w3id.org/rawabit/graph/curated/test> {"]
    for key, (ar, en, fr) in _NAMES.items():
        iri = f"<https://w3id.org/rawabit/id/{key}>"
        lines.append(
            f'{iri} a rwb:{KINDS[key].value} ; skos:prefLabel "{ar}"@ar, "{en}"@en, "{fr}"@fr .'
        )
    lines.append(f"""
<https://w3id.org/rawabit/id/{BLINKEN}> rwb:tenure rid:tenure\\/blinken ;
    owl:sameAs <http://www.wikidata.org/entity/Q7821917> ; skos:altLabel "Tony Blinken"@en .
rid:tenure\\/blinken a rwb:Tenure ; rwb:holder <https://w3id.org/rawabit/id/{BLINKEN}> ;
    rwb:office rid:office\\/foreign-minister-US ; rwb:start "2021-01-26"^^xsd:date ;
    rwb:end "2025-01-20"^^xsd:date ; dcterms:source "Wikidata" .
rid:office\\/foreign-minister-US rwb:country rid:country\\/US ;
    rwb:officeKind rkind:foreign-minister .
}}""")
    return "\n".join(lines)


HOSTILE = "person/hostile"
ATTACK = "<script>alert(1)</script><img src=x onerror=\"alert(2)\"> href='javascript:alert(3)' \" ' ` ${alert(4)}"


def fill(where: Path, given: Iterable[Reading] | None = None, more: str = "") -> None:
    """Make a store of readings (all of them where none are given), the curated names and TriG."""
    with Store.open(where) as store:
        for reading in readings() if given is None else given:
            store.write(reading)
        for trig in filter(None, (curated(), more)):
            store.ox.load(trig, format=RdfFormat.TRIG)
        store.flush()


def hostile() -> Reading:
    """A document whose names, title, source, text, rule and reasons try to run as code."""
    text = f"{ATTACK} met Yair Lapid. " + "ا" * 5_000
    names = {HOSTILE: ATTACK, LAPID: "Yair Lapid"}
    words = f"{ATTACK} met Yair Lapid"
    event: Event = (
        EventType.MEETING,
        words,
        [(HOSTILE, P), (LAPID, P)],
        {
            "key": "meeting-hostile",
            "date": "2023-01-01",
            "inferences": (Inference("date", "2023-01-01", ATTACK),),
        },
    )
    document = Document("hostile", text, "en", "2023-01-02", ATTACK, "javascript:alert(5)", ATTACK)
    return _reading(document, names, [event])
