"""Slots around an event's words: its date, its place, and whether it took place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reports import events

from ingest import rules
from ingest.claims import places
from ingest.claims.certainty import certainty_of
from ingest.engine import Match
from ingest.items import Item
from ingest.patterns import Found
from kg.model import Certainty, EventType

VISIT = EventType.VISIT
MACRON = "الرئيس الفرنسي إيمانويل ماكرون"


def sentence(words: str) -> list[Item]:
    """Items of the classes that words name, `a+b` for two; `[` … `]` go around the match."""
    units = [unit for unit in words.split() if unit not in "[]"]
    return [Item(n, n + 1, frozenset(unit.split("+"))) for n, unit in enumerate(units)]


def match(words: str, **members: object) -> Match:
    units = words.split()
    start = units.index("[")
    rule = replace(rules.load("ar").rules[0], certainty=None, **members)  # type: ignore[arg-type]
    return Match(rule, 0, Found(start, units.index("]") - 1, {}))


def certainty(words: str, **members: object) -> Certainty | None:
    return certainty_of(sentence(words), match(words, **members))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("person [ meet person ]", Certainty.HELD),
        ("negation [ meet person ]", None),
        ("negation person [ meet person ]", None),
        ("negation . . . . . [ meet person ]", Certainty.HELD),  # that negates something else
        ("[ negation+meet person ]", None),
        ("hypothetical [ meet person ]", None),
        ("planned . [ meet person ]", Certainty.PLANNED),
        ("[ future meet person ]", Certainty.PLANNED),
        ("cancelled person [ visit ]", Certainty.CANCELLED),
        ("[ visit cancelled ]", Certainty.CANCELLED),
        ("denied person [ meet person ]", Certainty.DENIED),
        ("denied planned [ meet person ]", Certainty.DENIED),
    ],
)
def test_words_around_say_how_sure_an_event_is(words: str, expected: Certainty | None) -> None:
    assert certainty(words) is expected


def test_what_a_rule_says_counts_before_the_words_but_not_before_a_negation() -> None:
    words = "planned [ meet person ]"
    made = replace(match(words).rule, certainty=Certainty.CANCELLED)
    assert certainty_of(sentence(words), Match(made, 0, Found(1, 3, {}))) is (Certainty.CANCELLED)
    words = "negation [ meet person ]"
    assert certainty_of(sentence(words), Match(made, 0, Found(1, 3, {}))) is None


def place(words: str, towards: bool = False) -> int | None:
    return places.place_of(sentence(words), match(words), towards)


@pytest.mark.parametrize(
    ("words", "towards", "expected"),
    [
        ("[ meet person ] in placed", False, 3),
        ("in placed comma [ meet person ]", False, 1),
        ("[ meet person ] date in placed", False, 4),
        ("[ meet person ] said in placed", False, None),  # that is where somebody spoke
        ("[ meet person ] to placed", False, None),
        ("[ visit_verb ] to placed", True, 2),
        ("[ meet person in country ]", False, 3),
        ("[ meet person ] placed", False, None),
    ],
)
def test_a_place_stands_beside_the_words_of_its_event(
    words: str, towards: bool, expected: int | None
) -> None:
    assert place(words, towards) == expected


@pytest.mark.parametrize(
    ("text", "expected", "day"),
    [
        (f"زار {MACRON} الجزائر أمس.", Certainty.HELD, "2023-01-31"),
        (f"سيزور {MACRON} الجزائر غدا.", Certainty.PLANNED, "2023-02-02"),
        (f"من المقرر أن يزور {MACRON} الجزائر في 5 مارس.", Certainty.PLANNED, "2023-03-05"),
        (f"ألغيت زيارة {MACRON} إلى الجزائر.", Certainty.CANCELLED, None),
        (f"زار {MACRON} الجزائر في 25 أغسطس 2022.", Certainty.HELD, "2022-08-25"),
        (f"زار {MACRON} الجزائر سنة 2017.", Certainty.HELD, "2017"),
        (f"زار {MACRON} الجزائر.", Certainty.HELD, None),  # no date is invented
    ],
)
def test_visits_and_their_days(text: str, expected: Certainty, day: str | None) -> None:
    (visit,) = events(text, VISIT)
    assert (visit.certainty, visit.date, visit.place) == (expected, day, "country/DZ")


def test_a_meeting_denied_is_no_meeting_held() -> None:
    text = "نفى وزير الخارجية العراقي فؤاد حسين لقاءه وزير الخارجية السوري فيصل المقداد."
    (meeting,) = events(text, EventType.MEETING)
    assert meeting.certainty is Certainty.DENIED


@pytest.mark.parametrize("negation", ["لم يلتق", "لم يستقبل"])
def test_what_did_not_happen_is_no_event(negation: str) -> None:
    text = f"{negation} وزير الخارجية المغربي ناصر بوريطة نظيره الإسباني خوسيه مانويل ألباريس."
    assert events(text, EventType.MEETING) == []


def test_a_day_worked_out_says_from_what() -> None:
    (visit,) = events(f"زار {MACRON} الجزائر أمس.", VISIT)
    (inferred,) = [i for i in visit.inferences if i.slot == "date"]
    assert inferred.value == "2023-01-31"
    assert "2023-02-01" in inferred.basis


def test_the_date_of_something_else_is_left_alone() -> None:
    text = f"زار {MACRON} الجزائر التي استقلت منذ سنة 1962."
    (visit,) = events(text, VISIT)
    assert visit.date is None


CHRONICLE = "الجزائر والمغرب.. محطات\n\nـ 1976:\nالرباط تعلن قطع علاقاتها الدبلوماسية مع الجزائر."


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"{CHRONICLE}\nـ 24 غشت 2021:\nالجزائر تعلن قطع علاقاتها الدبلوماسية مع المغرب.", "1976"),
        (f"{CHRONICLE}\nوكانت العلاقات متوترة.", None),  # one line alone makes no chronicle
    ],
)
def test_what_a_chronicle_tells_under_a_day_was_done_on_it(text: str, day: str | None) -> None:
    assert events(text, EventType.RELATIONS_CHANGE)[0].date == day
