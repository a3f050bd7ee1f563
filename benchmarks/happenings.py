"""Generated news of known happenings: reports in three languages with noise, and their truth.

Invented officials beside real ones meet, call, visit and praise one another; each happening is
reported several times, in Arabic, English and French, with dates left out or given by a weekday,
names spelled in other ways, parties left unnamed, announcements before the day, and namesakes of
other countries. The same seed gives the same corpus.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from ingest import cache
from ingest.claims.people import state_key
from kg.model import Document, EventType

FIRST, LAST = date(2019, 1, 1), date(2022, 12, 31)
TYPES = {EventType.MEETING: 45, EventType.PHONE_CALL: 25, EventType.VISIT: 20}
TYPES[EventType.STATEMENT] = 10
RELATIONS = 8  # happenings to a pair of officials, about
# ISO code, then names of state, people and capital: Arabic, English, French.
# ruff: noqa: E501 (the tables below are one state, or some names, a line)
STATES = """MA|المغرب|المغربي|الرباط|Morocco|Moroccan|Rabat|au Maroc|marocain|Rabat|le Maroc
FR|فرنسا|الفرنسي|باريس|France|French|Paris|en France|français|Paris|la France
DE|ألمانيا|الألماني|برلين|Germany|German|Berlin|en Allemagne|allemand|Berlin|l'Allemagne
ES|إسبانيا|الإسباني|مدريد|Spain|Spanish|Madrid|en Espagne|espagnol|Madrid|l'Espagne
IT|إيطاليا|الإيطالي|روما|Italy|Italian|Rome|en Italie|italien|Rome|l'Italie
EG|مصر|المصري|القاهرة|Egypt|Egyptian|Cairo|en Égypte|égyptien|Le Caire|l'Égypte
TN|تونس|التونسي|تونس|Tunisia|Tunisian|Tunis|en Tunisie|tunisien|Tunis|la Tunisie
DZ|الجزائر|الجزائري|الجزائر|Algeria|Algerian|Algiers|en Algérie|algérien|Alger|l'Algérie
TR|تركيا|التركي|أنقرة|Turkey|Turkish|Ankara|en Turquie|turc|Ankara|la Turquie
RU|روسيا|الروسي|موسكو|Russia|Russian|Moscow|en Russie|russe|Moscou|la Russie
CN|الصين|الصيني|بكين|China|Chinese|Beijing|en Chine|chinois|Pékin|la Chine
JP|اليابان|الياباني|طوكيو|Japan|Japanese|Tokyo|au Japon|japonais|Tokyo|le Japon
JO|الأردن|الأردني|عمان|Jordan|Jordanian|Amman|en Jordanie|jordanien|Amman|la Jordanie
IQ|العراق|العراقي|بغداد|Iraq|Iraqi|Baghdad|en Irak|irakien|Bagdad|l'Irak
QA|قطر|القطري|الدوحة|Qatar|Qatari|Doha|au Qatar|qatari|Doha|le Qatar
SA|السعودية|السعودي|الرياض|Saudi Arabia|Saudi|Riyadh|en Arabie saoudite|saoudien|Riyad|l'Arabie saoudite"""
GIVEN = """يوسف Youssef Yusuf|كريم Karim Kareem|هشام Hicham Hisham|طارق Tarek Tariq|سمير Samir Sameer
هنريك Henrik|ستيفان Stefan|ماركو Marco|غوستاف Gustave Gustav|إريك Eric Erik|رشيد Rachid Rashid
وليد Walid Waleed|فؤاد Fouad Fuad|منير Mounir Munir|نبيل Nabil Nabeel|لوكا Luca|أندري Andrei Andrey
بيدرو Pedro|ماتياس Matthias Mathias|سليمان Slimane Suleiman"""
FAMILY = """المنصوري Mansouri Mansoori|الشرقاوي Cherkaoui Sharqawi|ليندنر Lindner|بنعيسى Benaissa Benaisa
القادري Kadiri Qadiri|فيرمولين Vermeulen|روسيلي Rosselli|الخطيب Khatib Khateeb|بوعزيز Bouaziz Buaziz
ستويلوفيتش Stoilovic Stoilovitch|التميمي Tamimi Tameemi|دورنبيرغ Dornberg|الزهراني Zahrani|كاستيلانو Castellano
البكري Bakri Bakry|فيدوروف Fedorov Fiodorov|العلوي Alaoui Alawi|مونتيرو Montero|الدوسري Dosari Dossari
لامبير Lambert|الرفاعي Rifai Rifaai|هوفمان Hoffmann Hofmann|السقاف Saqqaf Sakkaf|بيريلي Perelli
النعيمي Nuaimi Naimi|غروبر Gruber|العمراني Amrani Omrani|بورنازيل Bournazel|الهلالي Hilali|شتاينر Steiner"""
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
OFFICES = {
    "foreign-minister": {
        "ar": "وزير الخارجية {}",
        "en": "{} Foreign Minister",
        "fr": "le ministre {} des Affaires étrangères",
    },
    "deputy-foreign-minister": {
        "ar": "نائب وزير الخارجية {}",
        "en": "{} deputy foreign minister",
        "fr": "le vice-ministre {} des Affaires étrangères",
    },
}
COUNTERPART = {"ar": "نظيره {}", "en": "his {} counterpart", "fr": "son homologue {}"}
LEADS = {
    "en": ("", "In a statement, the ministry said that ", "Officials confirmed that "),
    "fr": ("", "Selon un communiqué, ", "On apprend que "),
    "ar": ("", "وبحسب بيان رسمي، ", ""),
}
TEXTS = {
    ("en", "Meeting"): ("{a} met {b} in {city}{on}.", "{a} held talks with {b} in {city}{on}."),
    ("fr", "Meeting"): (
        "{a} a rencontré {b} à {city}{on}.",
        "{a} s'est entretenu avec {b} à {city}{on}.",
    ),
    ("ar", "Meeting"): ("التقى {a} {b} في {city}{on}.", "أجرى {a} مباحثات مع {b} في {city}{on}."),
    ("en", "PhoneCall"): (
        "{a} spoke by phone with {b}{on}.",
        "{a} held a phone call with {b}{on}.",
    ),
    ("fr", "PhoneCall"): ("{a} s'est entretenu par téléphone avec {b}{on}.",),
    ("ar", "PhoneCall"): ("أجرى {a} اتصالا هاتفيا مع {b}{on}.",),
    ("en", "Visit"): ("{a} visited {state}{on}.",),
    ("fr", "Visit"): ("{a} a effectué une visite {in}{on}.",),
    ("ar", "Visit"): ("زار {a} {state}{on}.", "قام {a} بزيارة إلى {state}{on}."),
    ("en", "Statement"): ("{a} praised {state}{on}.",),
    ("fr", "Statement"): ("{a} a salué {the}{on}.",),
    ("ar", "Statement"): ("أشاد {a} ب{state}{on}.",),
    ("en", "planned"): ("{a} will meet {b} in {city}{on}.",),
    ("fr", "planned"): ("{a} rencontrera {b} à {city}{on}.",),
    ("ar", "planned"): ("سيلتقي {a} {b} في {city}{on}.",),
}
WEEKDAYS = {"en": " yesterday", "fr": " hier", "ar": " أمس"}


@dataclass(frozen=True, slots=True)
class State:
    """A state in three languages; `names` by language: state, adjective, capital."""

    code: str
    names: dict[str, tuple[str, str, str]]
    within: str  # French: “au Maroc”
    the: str  # French: “le Maroc”


@dataclass(frozen=True, slots=True)
class Official:
    """One person: a number that nobody else has, office, state, spellings by language."""

    number: int
    office: str
    state: State
    names: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Happening:
    """What took place."""

    number: int
    type: EventType
    first: Official
    second: Official
    city: State
    day: date


@dataclass(frozen=True, slots=True)
class Told:
    """A report and its truth: the happening, the officials whom it names."""

    document: Document
    happening: Happening
    named: tuple[Official, ...]


def states() -> list[State]:
    """The states."""
    found = []
    for line in STATES.splitlines():
        code, a1, a2, a3, e1, e2, e3, within, f2, f3, the = line.split("|")
        names = {"ar": (a1, a2, a3), "en": (e1, e2, e3), "fr": (the, f2, f3)}
        found.append(State(code, names, within, the))
    return found


def _spellings(text: str) -> list[list[str]]:
    return [each.split() for line in text.splitlines() for each in line.split("|")]


def _listed(state: State) -> dict[str, tuple[str, ...]] | None:
    """The names of the real foreign minister, where one held the office all the time."""
    known = cache.known()
    for tenure, key in known.holders.get(("foreign-minister", state.code), ()):
        names = known.officials[key].names
        if tenure.covers(FIRST.isoformat()) and tenure.covers(LAST.isoformat()) and "ar" in names:
            latin = tuple(names.get("en", names.get("fr", ())))
            if latin:
                return {"ar": tuple(names["ar"]), "en": latin, "fr": latin}
    return None


def officials(random: Random) -> list[Official]:
    """Real foreign ministers and invented deputies, some of them namesakes of two states."""
    given, family = _spellings(GIVEN), _spellings(FAMILY)
    pairs = [(one, other) for one in given for other in family]
    random.shuffle(pairs)
    found: list[Official] = []
    for state in states():
        listed = _listed(state)
        if listed:
            found.append(Official(len(found), "foreign-minister", state, listed))
        for index in range(4):
            one, other = pairs.pop()
            if index == 3 and len(found) > 8 and random.random() < 0.5:
                names = random.choice([o for o in found if o.office != "foreign-minister"]).names
            else:
                latin = tuple(f"{a} {b}" for a in one[1:] for b in other[1:])
                names = {"ar": (f"{one[0]} {other[0]}",), "en": latin, "fr": latin}
            found.append(Official(len(found), "deputy-foreign-minister", state, names))
    return found


def happenings(count: int, random: Random) -> list[Happening]:
    """So many happenings, between some pairs again and again."""
    people = officials(random)
    pairs = []
    while len(pairs) < max(4, count // RELATIONS):
        one, other = random.sample(people, 2)
        if one.state is not other.state and one.office == other.office:
            pairs.append((one, other))
    found: dict[tuple[object, ...], Happening] = {}
    while len(found) < count:
        first, second = random.choice(pairs)
        kind = random.choices(list(TYPES), list(TYPES.values()))[0]
        day = FIRST + timedelta(days=random.randrange((LAST - FIRST).days))
        city = random.choice((first.state, second.state))
        parties = frozenset((first.number, second.number))
        key = (
            kind,
            parties if kind in (EventType.MEETING, EventType.PHONE_CALL) else first.number,
            day,
        )
        found.setdefault(key, Happening(len(found), kind, first, second, city, day))
    return list(found.values())


def corpus(reports: int, known: int, seed: int = 7) -> Iterator[Told]:
    """So many reports of so many happenings, in an order that says nothing."""
    random = Random(seed)
    events = happenings(known, random)
    chosen = events + [random.choice(events) for _ in range(reports - known)]
    random.shuffle(chosen)
    for number, event in enumerate(chosen):
        yield _told(number, event, random)


def _told(number: int, event: Happening, random: Random) -> Told:
    lang = random.choices(("ar", "en", "fr"), (50, 30, 20))[0]
    planned = event.type is EventType.MEETING and random.random() < 0.1
    published = event.day + timedelta(
        days=-random.randint(2, 9) if planned else random.randint(0, 2)
    )
    first, second = event.first, event.second
    if event.type in (EventType.MEETING, EventType.PHONE_CALL) and random.random() < 0.5:
        first, second = second, first
    other, named = _other(second, lang, random)
    if event.type in (EventType.VISIT, EventType.STATEMENT):
        named = False
    state = second.state.names[lang][0] if lang != "fr" else ""
    text = random.choice(TEXTS[lang, "planned" if planned else event.type.value]).format_map(
        {
            "a": _called(first, lang, random),
            "b": other,
            "city": event.city.names[lang][2],
            "state": state,
            "in": second.state.within,
            "the": second.state.the,
            "on": _when(event.day, published, lang, planned, random),
        }
    )
    text = random.choice(LEADS[lang]) + text
    text = text[0].upper() + text[1:]
    document = Document(f"r{number:06}", text, lang, published.isoformat())
    return Told(document, event, (first, second) if named else (first,))


def _called(official: Official, lang: str, random: Random) -> str:
    title = OFFICES[official.office][lang].format(official.state.names[lang][1])
    names = official.names[lang]
    name = names[0] if random.random() < 0.8 else random.choice(names)
    return f"{title} {name}"


def _other(official: Official, lang: str, random: Random) -> tuple[str, bool]:
    """The other party: by name, or as the counterpart of the first."""
    if random.random() < 0.15 and not _is_taken(official):
        return COUNTERPART[lang].format(official.state.names[lang][1]), False
    return _called(official, lang, random), True


def _is_taken(official: Official) -> bool:
    """Whether the lexicon knows somebody else in an invented official's office."""
    held = cache.known().holders.get((official.office, official.state.code))
    return official.office != "foreign-minister" and bool(held)


def _when(day: date, published: date, lang: str, planned: bool, random: Random) -> str:
    chance = random.random()
    if chance < 0.15:
        return ""
    if not planned and published - day == timedelta(days=1) and chance < 0.5:
        return WEEKDAYS[lang]
    month = MONTHS[lang].split()[day.month - 1]
    if lang == "en":
        return f" on {day.day} {month} {day.year}"
    return (
        f" le {day.day} {month} {day.year}"
        if lang == "fr"
        else f" يوم {day.day} {month} {day.year}"
    )


def state_of(official: Official) -> str | None:
    """The key of the official's state."""
    return state_key(official.state.code)
