"""What events of one occasion share, and what the clause or the lead says of their place."""

from __future__ import annotations

import pytest
from reports import events

from ingest.claims import spans
from kg.model import Certainty, EventType

LAVROV = "وزير الخارجية الروسي سيرغي لافروف"
SHOUKRY = "وزير الخارجية المصري سامح شكري"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"القاهرة - استقبل {SHOUKRY}، اليوم، {LAVROV}.", "place/cairo"),  # its dateline
        (f"كان في استقبال {LAVROV} بمطار القاهرة الدولي {SHOUKRY}.", "place/cairo"),
        (
            f"استقبل {SHOUKRY} {LAVROV}، وذلك لدى وصوله مطار الملك خالد الدولي بالقاهرة.",
            "place/cairo",
        ),
        (f"استقبل {SHOUKRY} {LAVROV}. وقال إن الوضع في موسكو مستقر.", None),
    ],
)
def test_the_place_of_talks_is_that_of_their_clause_or_of_the_lead(
    text: str, place: str | None
) -> None:
    (meeting,) = events(text, EventType.MEETING)
    assert meeting.place == place


def test_a_place_that_is_told_of_something_else_is_marked_as_inferred() -> None:
    text = f"أجرى {SHOUKRY} أمس في القاهرة مباحثات مع {LAVROV}. ووقع الوزيران مذكرة تفاهم."
    (told,), (lent,) = events(text, EventType.MEETING), events(text, EventType.SIGNING)
    assert [each.slot for each in told.inferences] == ["date"]  # «أمس»
    assert ("place", "place/cairo") in [(each.slot, each.value) for each in lent.inferences]


def test_what_is_signed_after_talks_is_of_their_place_and_day() -> None:
    text = f"أجرى {SHOUKRY} أمس في القاهرة مباحثات مع {LAVROV}. ووقع الوزيران مذكرة تفاهم."
    (signing,) = events(text, EventType.SIGNING)
    assert (signing.place, signing.date) == ("place/cairo", "2023-01-31")


def test_a_visit_that_ended_after_three_days_began_two_days_before() -> None:
    text = f"اختتم {LAVROV} أمس زيارة رسمية إلى مصر استغرقت ثلاثة أيام."
    (visit,) = events(text, EventType.VISIT)
    assert (visit.date, visit.end_date) == ("2023-01-29", "2023-01-31")


def test_the_headline_of_a_plan_is_a_plan() -> None:
    text = f"{LAVROV} يزور مصر\nأعلنت الوزارة أن {LAVROV} سيزور مصر غدا."
    (visit,) = events(text, EventType.VISIT)
    assert visit.certainty is Certainty.PLANNED


@pytest.mark.parametrize(
    ("words", "days"),
    [("a two-day visit", 2), ("visite de trois jours", 3), ("زيارة تدوم يومين", 2), ("12 يوما", 12),
     ("one day", None), ("90 days", None)],
)  # fmt: skip
def test_days_are_counted_in_words_and_figures(words: str, days: int | None) -> None:
    assert spans.days_told(words) == days


@pytest.mark.parametrize(
    ("behind", "place"),
    [
        ("وأضاف في تصريح للصحافة بالقاهرة أن التعاون مستمر.", "place/cairo"),
        ("وستنعقد اللجنة المشتركة بين البلدين في القاهرة العام المقبل.", "country/EG"),
        ("وأضاف أن التعاون مستمر.", "country/EG"),
    ],
)
def test_talks_in_a_visit_to_a_state_are_in_the_city_named_near_by(behind: str, place: str) -> None:
    text = f"يقوم {LAVROV} بزيارة إلى مصر. وأجرى لافروف مباحثات مع {SHOUKRY}. {behind}"
    (meeting,) = events(text, EventType.MEETING)
    assert meeting.place == place


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"وصل {LAVROV} أمس إلى القاهرة. والتقى لافروف خلال الزيارة {SHOUKRY}.", "2023-01-31"),
        (f"وصل {LAVROV} أمس إلى القاهرة. وسيلتقي لافروف خلال الزيارة {SHOUKRY}.", None),
    ],
)
def test_talks_still_to_come_may_be_on_any_day_of_the_visit(text: str, day: str | None) -> None:
    (meeting,) = events(text, EventType.MEETING)
    assert meeting.date == day
