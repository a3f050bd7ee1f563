"""Every named query, on a small graph whose answers are known."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_sample import sample

from kg import catalogue, query
from kg.errors import DataFaults, Fault
from kg.table import Table, compact

CALL = "event/phonecall-3f0c1d2e4a5b6978"
VISIT = "event/visit-77aa01bc23de45f0"
EXERCISE = "event/exercise-5b1e9d0c8a7f6e54"
PRAISE = "event/statement-00ff11ee22dd33cc"
MEETING = "event/meeting-a0b1c2d3e4f50617"
BLINKEN, BOURITA, HOLDER_FR = "person/Q7821917", "person/Q21006845", "holder/foreign-minister-FR"
SHORT = "document/%D8%AA%D9%82%D8%B1%D9%8A%D8%B1-%D9%A2-b-8dc0dd177ac6a7ea"
EXPECTED: dict[str, list[tuple[str, ...]]] = {
    "active-officials": [
        (
            BOURITA,
            "2",
            "3",
        ),
        (
            BLINKEN,
            "2",
            "2",
        ),
        (
            HOLDER_FR,
            "2",
            "1",
        ),
        (
            "person/puneet-talwar",
            "1",
            "1",
        ),
    ],
    "agreement-life": [
        ("agreement/declaration", "2020-12-22", "signed", "held", "event/signing-1", "1"),
        (
            "agreement/declaration",
            "2021-06",
            "ratified",
            "held",
            "event/agreementchange-1",
            "1",
        ),
    ],
    "agreements": [
        (
            "2020-12-22",
            "event/signing-1",
            "agreement/declaration",
            "country/MA country/US",
            "held",
            "1",
        ),
    ],
    "appointments": [
        (
            "2022-12",
            "event/appointment-1",
            "person/puneet-talwar",
            "country/MA country/US person/puneet-talwar",
            "held",
            "1",
        ),
    ],
    "cancelled-and-denied": [
        (
            "2021-05",
            "rwb:Meeting",
            "event/meeting-off",
            "cancelled",
            "called off",
            "document/en-002",
        ),
    ],
    "contradictions": [
        (
            CALL,
            "rwb:PhoneCall",
            "date",
            "2023-01-30",
            "document/en-001",
            "Test Agency",
        ),
        (
            CALL,
            "rwb:PhoneCall",
            "date",
            "2023-01-31",
            "document/ar-001",
            "وكالة تجريبية",
        ),
    ],
    "contacts": [
        (
            "2020-12-22",
            "rwb:Signing",
            "event/signing-1",
            "country/MA country/US",
            "held",
            "1",
        ),
        (
            "2023-01-30",
            "rwb:PhoneCall",
            CALL,
            f"{BOURITA} {BLINKEN}",
            "held",
            "3",
        ),
    ],
    "documents": [
        (
            "تقرير ٢/b",
            "",
            "ar",
            "",
            "",
            "1",
            "0",
            SHORT,
        ),
        (
            "en-002",
            "2021-12-23",
            "en",
            "Test Agency",
            "",
            "5",
            "1",
            "document/en-002",
        ),
        (
            "fr-001",
            "2023-01-05",
            "fr",
            "Agence d'essai",
            "",
            "2",
            "1",
            "document/fr-001",
        ),
        (
            "ar-001",
            "2023-02-01",
            "ar",
            "وكالة تجريبية",
            "اتصال بين بلينكن وبوريطة",
            "2",
            "2",
            "document/ar-001",
        ),
        (
            "en-001",
            "2023-02-01",
            "en",
            "Test Agency",
            "Call on Monday",
            "2",
            "2",
            "document/en-001",
        ),
    ],
    "encounters": [
        (
            "2021-05",
            "rwb:Meeting",
            "event/meeting-off",
            "country/ES country/MA",
            "",
            "cancelled",
            "1",
        ),
        (
            "2022",
            "rwb:Meeting",
            MEETING,
            f"{HOLDER_FR} {BOURITA}",
            "place/rabat",
            "held",
            "1",
        ),
        (
            "2022",
            "rwb:Visit",
            VISIT,
            f"country/MA {HOLDER_FR}",
            "place/rabat",
            "held",
            "1",
        ),
        (
            "2023-01-30",
            "rwb:PhoneCall",
            CALL,
            f"{BOURITA} {BLINKEN}",
            "",
            "held",
            "2",
        ),
    ],
    "corroborated-events": [
        (
            "3",
            "3",
            "0",
            "2023-01-30",
            "rwb:PhoneCall",
            CALL,
            "ar en",
        ),
    ],
    "evidence": [
        (
            EXERCISE,
            "African Lion will be held",
            "rrule:en-exercise",
            "0.8",
            "89",
            "114",
            "document/en-001",
        ),
        (
            MEETING,
            "il a rencontré Nasser Bourita",
            "rrule:fr-meeting",
            "0.7",
            "77",
            "106",
            "document/fr-001",
        ),
        (
            "event/meeting-off",
            "called off",
            "rrule:en-called-off",
            "",
            "3",
            "13",
            "document/en-002",
        ),
        (
            CALL,
            "بلينكن يهاتف بوريطة",
            "rrule:ar-call-headline",
            "0.75",
            "0",
            "19",
            SHORT,
        ),
        (
            CALL,
            "أجرى وزير الخارجية الأمريكي",
            "rrule:ar-call-held",
            "0.9",
            "0",
            "27",
            "document/ar-001",
        ),
        (
            CALL,
            "Antony Blinken spoke by phone with Nasser Bourita",
            "rrule:en-call",
            "0.9",
            "19",
            "68",
            "document/en-001",
        ),
        (
            PRAISE,
            "وأشاد بلينكن بجهود المغرب",
            "rrule:ar-praise",
            "0.85",
            "97",
            "122",
            "document/ar-001",
        ),
        (
            VISIT,
            "s'est rendu à Rabat en 2022",
            "rrule:fr-visit",
            "0.7",
            "45",
            "72",
            "document/fr-001",
        ),
    ],
    "exercises": [
        (
            "2022-06",
            EXERCISE,
            "exercise/african-lion",
            "18",
            "country/MA",
            "planned",
            "1",
        ),
    ],
    "inferred-values": [
        (
            MEETING,
            "participant",
            HOLDER_FR,
            "il → le ministre français",
            "document/fr-001",
        ),
        (
            CALL,
            "date",
            "2023-01-31",
            "أمس الثلاثاء → 2023-02-01 − 1",
            "document/ar-001",
        ),
    ],
    "known-on": [
        (
            "2022",
            "rwb:Meeting",
            MEETING,
            f"{HOLDER_FR} {BOURITA}",
            "held",
            "1",
            "2023-01-05",
            "2023-01-05",
        ),
        (
            "2022",
            "rwb:Visit",
            VISIT,
            f"country/MA {HOLDER_FR}",
            "held",
            "1",
            "2023-01-05",
            "2023-01-05",
        ),
        (
            "2022-06",
            "rwb:Exercise",
            EXERCISE,
            "country/MA",
            "planned",
            "1",
            "2023-02-01",
            "2023-02-01",
        ),
        (
            "2022-12",
            "rwb:Appointment",
            "event/appointment-1",
            "country/MA country/US person/puneet-talwar",
            "held",
            "1",
            "2021-12-23",
            "2021-12-23",
        ),
        (
            "2023-01-30",
            "rwb:PhoneCall",
            CALL,
            f"{BOURITA} {BLINKEN}",
            "held",
            "2",
            "2023-02-01",
            "2023-02-01",
        ),
        (
            "2023-01-31",
            "rwb:Statement",
            PRAISE,
            f"country/MA {BLINKEN}",
            "held",
            "1",
            "2023-02-01",
            "2023-02-01",
        ),
    ],
    "last-contact": [
        (
            "2023-01-31",
            "rwb:PhoneCall",
            CALL,
            f"{BOURITA} {BLINKEN}",
            "2",
        ),
    ],
    "neighbours": [
        (
            "rwb:addressee",
            "from",
            PRAISE,
            "1",
        ),
        (
            "rwb:country",
            "from",
            "office/foreign-minister-MA",
            "2",
        ),
        (
            "rwb:country",
            "from",
            "place/rabat",
            "1",
        ),
        (
            "rwb:host",
            "from",
            EXERCISE,
            "1",
        ),
        (
            "rwb:host",
            "from",
            VISIT,
            "1",
        ),
        (
            "rwb:mentions",
            "from",
            "document/ar-001",
            "1",
        ),
        (
            "rwb:participant",
            "from",
            "event/agreementchange-1",
            "1",
        ),
        (
            "rwb:participant",
            "from",
            "event/appointment-1",
            "1",
        ),
        (
            "rwb:participant",
            "from",
            EXERCISE,
            "1",
        ),
        (
            "rwb:participant",
            "from",
            "event/meeting-off",
            "1",
        ),
        (
            "rwb:participant",
            "from",
            "event/missionchange-1",
            "1",
        ),
        (
            "rwb:participant",
            "from",
            "event/signing-1",
            "1",
        ),
        (
            "rwb:participant",
            "from",
            PRAISE,
            "1",
        ),
        (
            "rwb:participant",
            "from",
            VISIT,
            "1",
        ),
        (
            "rwb:place",
            "from",
            EXERCISE,
            "1",
        ),
        (
            "rwb:signatory",
            "from",
            "event/signing-1",
            "1",
        ),
        (
            "rwb:chairs",
            "to",
            "forum/gctf",
            "1",
        ),
        (
            "rwb:hosts",
            "to",
            "exercise/african-lion",
            "1",
        ),
    ],
    "office-holder": [
        (
            "office/foreign-minister-MA",
            BOURITA,
            "2017-04-05",
            "",
            "",
        ),
    ],
    "officials": [
        (
            "office/foreign-minister-MA",
            BOURITA,
            "2017-04-05",
            "",
        ),
    ],
    "pair-topics": [
        (
            "rtopic:counter-terrorism",
            "1",
            "1",
        ),
        (
            "rtopic:libya",
            "1",
            "1",
        ),
        (
            "rtopic:sahel",
            "1",
            "1",
        ),
    ],
    "partners": [
        (
            "country/US",
            "2",
            "4",
            "2023-01-31",
        ),
        (
            "country/FR",
            "2",
            "1",
            "2022",
        ),
    ],
    "unresolved-announcements": [
        (
            "2021",
            "rwb:MissionChange",
            "event/missionchange-1",
            "country/MA country/US",
            "2021-12-23",
            "1",
        ),
        (
            "2022-06",
            "rwb:Exercise",
            EXERCISE,
            "country/MA",
            "2023-02-01",
            "1",
        ),
    ],
    "praise-and-condemnation": [
        (
            "2023-01-31",
            "praise",
            BLINKEN,
            "country/MA",
            "وأشاد بلينكن بجهود المغرب",
            "document/ar-001",
            PRAISE,
        ),
    ],
    "relations-timeline": [
        (
            "2021",
            "rwb:MissionChange",
            "event/missionchange-1",
            "country/MA country/US",
            "",
            "planned",
            "1",
        ),
    ],
    "shared-forums": [
        (
            "forum/gctf",
            "rwb:Forum",
        ),
    ],
    "statements": [
        (
            "2023-01-31",
            BLINKEN,
            "country/MA",
            "وأشاد بلينكن بجهود المغرب",
            "document/ar-001",
            PRAISE,
        ),
    ],
    "timeline": [
        (
            "2020-12-22",
            "rwb:Signing",
            "event/signing-1",
            "country/MA country/US",
            "held",
            "1",
        ),
        (
            "2021",
            "rwb:MissionChange",
            "event/missionchange-1",
            "country/MA country/US",
            "planned",
            "1",
        ),
        (
            "2021-05",
            "rwb:Meeting",
            "event/meeting-off",
            "country/ES country/MA",
            "cancelled",
            "1",
        ),
        (
            "2021-06",
            "rwb:AgreementChange",
            "event/agreementchange-1",
            "country/MA",
            "held",
            "1",
        ),
        (
            "2022",
            "rwb:Visit",
            VISIT,
            f"country/MA {HOLDER_FR}",
            "held",
            "1",
        ),
        (
            "2022-06",
            "rwb:Exercise",
            EXERCISE,
            "country/MA",
            "planned",
            "1",
        ),
        (
            "2022-12",
            "rwb:Appointment",
            "event/appointment-1",
            "country/MA country/US person/puneet-talwar",
            "held",
            "1",
        ),
        (
            "2023-01-31",
            "rwb:Statement",
            PRAISE,
            f"country/MA {BLINKEN}",
            "held",
            "1",
        ),
    ],
    "topics-by-year": [
        (
            "2022",
            "rtopic:defence-cooperation",
            "1",
            "1",
        ),
        (
            "2023",
            "rtopic:counter-terrorism",
            "1",
            "1",
        ),
    ],
    "visits": [
        (
            "2022",
            VISIT,
            HOLDER_FR,
            "place/rabat",
            "held",
            "1",
        ),
    ],
}
ARGUMENTS = {"statements": {"stance": "praise"}}


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return sample()


def rows(store: ox.Store, name: str, **arguments: str) -> list[tuple[str, ...]]:
    result = query.run(store, name, arguments)
    assert isinstance(result, Table)
    return [tuple(short(cell) for cell in row) for row in result.values()]


def short(cell: str | None) -> str:
    """IRIs compacted; of a list of IRIs in one cell, which has no order, sorted."""
    if cell is None or not cell.startswith("https://w3id.org/"):
        return cell or ""
    return " ".join(sorted(map(compact, cell.split(" "))))


@pytest.mark.parametrize("name", [one.name for one in catalogue.named()])
def test_answers(store: ox.Store, name: str) -> None:
    arguments = ARGUMENTS.get(name, dict(query.find(name).example))
    assert rows(store, name, **arguments) == EXPECTED[name]
    assert EXPECTED[name], "a query whose answer is empty shows nothing"


@pytest.mark.parametrize("name", [one.name for one in catalogue.named()])
def test_every_parameter_is_projected_and_described(name: str) -> None:
    named = query.find(name)
    for parameter in named.parameters:
        assert f"?{parameter.name}" in named.text.partition("WHERE")[0]
        assert len(set(parameter.descriptions)) == len(catalogue.LANGUAGES)
    given = {key for key, _ in named.example}
    assert {one.name for one in named.parameters if one.required} <= given
    assert len(set(named.questions)) == len(catalogue.LANGUAGES)


def test_pair_is_symmetric(store: ox.Store) -> None:
    one = rows(store, "contacts", country="MA", other="US")
    assert rows(store, "contacts", country="US", other="MA") == one


@pytest.mark.parametrize(
    ("day", "holders"),
    [
        ("2013", ["person/mezouar"]),  # begins in October of that year: may have held it
        ("2013-09-30", []),
        ("2017-04-04", ["person/mezouar"]),
        ("2017", ["person/mezouar", BOURITA]),
        ("2017-04-06", [BOURITA]),
        ("2030", [BOURITA]),  # no end is known
    ],
)
def test_office_holder_by_precision(store: ox.Store, day: str, holders: list[str]) -> None:
    found = rows(store, "office-holder", country="MA", kind="foreign-minister", date=day)
    assert [row[1] for row in found] == holders


@pytest.mark.parametrize(
    ("first", "last", "events"),
    [
        ("2023-01-31", "2023-01-31", [CALL]),
        ("2023-02", "9999", []),
        ("2022-06-01", "2022-06-30", [MEETING, VISIT]),  # known to the year only: may be within
        ("2021-06", "2021", []),
        ("0001", "2021-05-01", ["event/meeting-off"]),
    ],
)
def test_encounters_by_precision(store: ox.Store, first: str, last: str, events: list[str]) -> None:
    found = rows(store, "encounters", **{"from": first, "to": last})
    assert [row[2] for row in found] == events


def test_officials_of_all_countries(store: ox.Store) -> None:
    found = rows(store, "officials", date="2022-01-01")
    assert [(row[0], row[2]) for row in found] == [("country/MA", BOURITA), ("country/US", BLINKEN)]


def test_repeated_triples_are_counted_once(store: ox.Store) -> None:
    """Three documents report the call: it is one contact, and its parties are named once."""
    call = next(row for row in rows(store, "contacts", country="MA", other="US") if row[2] == CALL)
    assert call[3:] == (f"{BOURITA} {BLINKEN}", "held", "3")


def test_undated_events_come_last(store: ox.Store) -> None:
    graph = ox.NamedNode("https://w3id.org/rawabit/graph/document/x")
    more = ox.Store()
    more.extend(list(store))
    text = """PREFIX rwb: <https://w3id.org/rawabit/ontology#>
        PREFIX id: <https://w3id.org/rawabit/id/>
        id:event\\/none a rwb:Event, rwb:Meeting ; rwb:certainty rwb:held ;
          rwb:participant id:country\\/MA, id:country\\/US ."""
    more.load(text.encode(), format=ox.RdfFormat.TURTLE, to_graph=graph)
    found = rows(more, "contacts", country="MA", other="US")
    assert [(row[0], row[2]) for row in found[-2:]] == [("2023-01-30", CALL), ("", "event/none")]


def test_reprints_and_documents_of_one_source_are_one_voice(store: ox.Store) -> None:
    more = ox.Store()
    more.extend(list(store))
    text = """PREFIX rwb: <https://w3id.org/rawabit/ontology#>
        PREFIX id: <https://w3id.org/rawabit/id/>
        id:document\\/ar-001 rwb:dispatch id:dispatch\\/1 .
        id:document\\/en-001 rwb:dispatch id:dispatch\\/1 ."""
    graph = ox.NamedNode("https://w3id.org/rawabit/graph/dispatches")
    more.load(text.encode(), format=ox.RdfFormat.TURTLE, to_graph=graph)
    assert rows(more, "corroborated-events")[0][:2] == ("2", "3")


@pytest.mark.parametrize(("day", "events"), [("2022", 2), ("2023-01-31", 4), ("2023-02-01", 7)])
def test_later_documents_were_not_known(store: ox.Store, day: str, events: int) -> None:
    found = [row[2] for row in rows(store, "known-on", day=day)]
    off = "event/meeting-off", "event/signing-1", "event/agreementchange-1"
    assert len([one for one in found if one not in off]) == events


def test_reference_page_is_current() -> None:
    page = Path(__file__).parent.parent / "docs" / "queries.md"
    assert page.read_text(encoding="utf-8") == catalogue.reference()


def test_all_faults_of_a_header_at_once() -> None:
    faults: list[Fault] = []
    header = (
        "# question@en: Who?\n# param x iri required : only English\n"
        "# param y code:none optional : a | b | c\n# nonsense\nSELECT * {}\n"
    )
    catalogue.parse("bad.rq", header, faults)
    assert str(DataFaults(faults)).splitlines() == [
        "bad.rq:1: no question@ar",
        "bad.rq:1: no question@fr",
        "bad.rq:2: a description is needed as: English | Arabic | French",
        "bad.rq:3: unknown prefix in code:none",
        "bad.rq:4: neither a question, a param nor an example",
    ]
