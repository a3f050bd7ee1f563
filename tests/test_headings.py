"""Chronicles: what is told under a day, or behind it on its line, was done on it."""

from ingest.pipeline import read
from kg.model import Certainty, Document, EventType

_CHRONICLE = """محطات بين مصر وتركيا:
2005: يوقع البلدان اتفاقية تجارة حرة.
2011: بعد أشهر من التوتر، يزور رجب طيب أردوغان مصر في سبتمبر."""


def test_what_a_line_tells_behind_its_year_was_done_in_it() -> None:
    told = read(Document(id="x", text=_CHRONICLE, lang="ar", published="2023-04-13")).events
    days = {event.type: (event.date, event.certainty) for event in told}
    assert days[EventType.SIGNING] == ("2005", Certainty.HELD)
    assert days[EventType.VISIT] == ("2011-09", Certainty.HELD)
