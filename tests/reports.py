"""Short reports of the tests' own, read by the engine."""

from __future__ import annotations

from ingest.engine import engine
from ingest.items import Analysis, Item
from ingest.pipeline import read
from kg.model import Document, EventClaim, EventType, Reading

DAY = "2023-02-01"  # a Wednesday


def reading(text: str, lang: str = "ar", published: str | None = DAY) -> Reading:
    """The reading of a text."""
    return read(Document("report", text, lang, published))


def events(text: str, kind: EventType, lang: str = "ar") -> list[EventClaim]:
    """The events of one type that a text tells of."""
    return [event for event in reading(text, lang).events if event.type is kind]


def parties(event: EventClaim) -> set[str]:
    """The keys of those who take part."""
    return {party.entity for party in event.participants}


def offices(text: str, lang: str = "ar") -> set[tuple[str, str]]:
    """Who holds which office, by key."""
    return {(tenure.person, tenure.office) for tenure in reading(text, lang).tenures}


def mentions(text: str, lang: str = "ar") -> list[tuple[str, str]]:
    """The entities named, in order, with the words that name them."""
    return [(mention.entity, mention.evidence.exact) for mention in reading(text, lang).mentions]


def items(text: str, lang: str = "ar") -> tuple[Analysis, list[Item]]:
    """The analysis of a text and the items of its first sentence."""
    analysis = engine(lang).analyse(text)
    return analysis, analysis.sentences[0]
