"""From a document to its reading: mentions, references, events, relations, offices, topics."""

from __future__ import annotations

from ingest.claims import names, relations, topics
from ingest.claims.drafts import Draft
from ingest.claims.events import Events
from ingest.claims.ledger import Ledger
from ingest.claims.people import People
from ingest.claims.reference import References
from ingest.engine import Engine, Match
from ingest.items import Analysis, Item, PersonMention
from kg.model import (
    Document,
    EventClaim,
    EventType,
    Inference,
    Participation,
    Reading,
)
from kg.resolve import event_key

_CONFIDENCE = {True: 0.6, False: 0.9}  # weak rules, others
_INFERRED_DISCOUNT = 0.1


def _gather(analysis: Analysis, engine: Engine, day: str | None) -> tuple[People, list[list[Item]]]:
    """The people of a text and its sentences with names met again marked."""
    people = People(analysis, engine.knowledge, day)
    for items in analysis.sentences:
        for item in items:
            if isinstance(item.payload, PersonMention):
                people.add(item)
    for items in analysis.sentences:
        people.share(items)
    people.settle()
    return people, names.mark(analysis.sentences, analysis, people, engine.language != "ar")


def read(document: Document, engine: Engine) -> Reading:
    """All that a document states."""
    analysis = engine.analyse(document.text)
    people, sentences = _gather(analysis, engine, document.published)
    references = References(analysis, sentences, people, engine.knowledge, document.published)
    matches = ordered(engine.matches(sentences))
    events = Events(references, sentences, engine.knowledge, document.published)
    for match in matches:
        if match.rule.makes == "event":
            events.add(match)
    drafts = events.finish()
    ledger = Ledger(document, analysis, sentences, references, people, engine.knowledge)
    ledger.note_mentions()
    found_topics = topics.find(analysis, engine, sentences, drafts, people)
    claims = tuple(_claim(draft, ledger, found_topics.get(id(draft), ())) for draft in drafts)
    found_relations = relations.find(matches, drafts, ledger)
    tenures = ledger.tenures()
    return Reading(
        document=document,
        entities=ledger.entities(),
        offices=ledger.offices(),
        mentions=ledger.mentions(),
        events=_unique(claims),
        relations=found_relations,
        tenures=tenures,
        topics=topics.of_document(found_topics),
    )


def ordered(matches: list[Match]) -> list[Match]:
    """Matches sentence by sentence; calls before meetings, then by priority, then left to right."""
    return sorted(
        matches,
        key=lambda m: (
            m.sentence,
            m.rule.weak,
            m.rule.target != EventType.PHONE_CALL,
            -m.rule.priority,
            m.found.start,
            m.rule.id,
        ),
    )


def _claim(draft: Draft, ledger: Ledger, found_topics: tuple[str, ...]) -> EventClaim:
    participants = tuple(Participation(ref.key, role) for ref, role in draft.parties)
    for ref, _ in draft.parties:
        ledger.need(ref)
    for key in (draft.place, *draft.about):
        if key:
            ledger.need_key(key)
    inferences = [
        Inference("participant", ref.key, ref.basis) for ref, _ in draft.parties if ref.basis
    ]
    if draft.date and draft.date_basis:
        inferences.append(Inference("date", draft.date, draft.date_basis))
    if draft.place and draft.place_basis:
        inferences.append(Inference("place", draft.place, draft.place_basis))
    weak = all(match.rule.weak for match in draft.matches)
    confidence = _CONFIDENCE[weak] - _INFERRED_DISCOUNT * bool(inferences)
    states = {ref.key: ref.country for ref, _ in draft.parties if ref.country}
    return EventClaim(
        key=event_key(
            draft.type,
            participants,
            document=ledger.document.id,
            date=draft.date,
            about=draft.about,
            edition=draft.edition,
            certainty=draft.certainty,
            place=draft.place,
            stance=draft.match.rule.stance,
            change=draft.change,
            states=states,
        ),
        type=draft.type,
        participants=participants,
        certainty=draft.certainty,
        confidence=round(confidence, 2),
        evidence=tuple(dict.fromkeys(ledger.evidence(match) for match in draft.matches)),
        date=draft.date,
        end_date=draft.end_date,
        place=draft.place,
        stance=draft.match.rule.stance,
        about=tuple(draft.about),
        edition=draft.edition,
        topics=found_topics,
        inferences=tuple(inferences),
        change=draft.change,
    )


def _unique(claims: tuple[EventClaim, ...]) -> tuple[EventClaim, ...]:
    """The first claim of each key."""
    found: dict[str, EventClaim] = {}
    for claim in claims:
        found.setdefault(claim.key, claim)
    return tuple(found.values())
