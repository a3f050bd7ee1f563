"""Whether a reading agrees with itself and with its document, before it becomes a graph."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import ReadingFault
from kg.model import EventClaim, Evidence, Reading
from kg.terms import is_date


def check(reading: Reading) -> None:
    """Raise ReadingFault, naming all faults, where evidence, dates or keys are wrong."""
    faults = [*_evidence_faults(reading), *_date_faults(reading), *_key_faults(reading)]
    if faults:
        name = reading.document.id
        raise ReadingFault("\n".join(f"document {name!r}: {fault}" for fault in faults))


def _evidence_faults(reading: Reading) -> Iterator[str]:
    text = reading.document.text
    for evidence in _all_evidence(reading):
        found = text[evidence.start : evidence.end]
        if evidence.start < 0 or found != evidence.exact:
            span = f"{evidence.start}:{evidence.end}"
            yield f"rule {evidence.rule}: text[{span}] is {found!r}, not {evidence.exact!r}"
    for event in reading.events:
        if not event.evidence:
            yield f"{event.key} has no evidence"


def _all_evidence(reading: Reading) -> Iterator[Evidence]:
    for event in reading.events:
        yield from event.evidence
    for relation in reading.relations:
        yield from relation.evidence
    for tenure in reading.tenures:
        yield from tenure.evidence
    for mention in reading.mentions:
        yield mention.evidence


def _date_faults(reading: Reading) -> Iterator[str]:
    dates = [("the document", reading.document.published)]
    for event in reading.events:
        dates += [(event.key, event.date), (event.key, event.end_date)]
    for where, value in dates:
        if value is not None and not is_date(value):
            yield f"{where}: {value!r} is not an ISO date of year, month or day precision"


def _key_faults(reading: Reading) -> Iterator[str]:
    entities = {entity.key for entity in reading.entities}
    offices = {office.key for office in reading.offices}
    for key in dict.fromkeys(_entity_keys(reading)):
        if key not in entities:
            yield f"{key} is used but is not among the entities"
    for tenure in reading.tenures:
        if tenure.office not in offices:
            yield f"{tenure.office} is used but is not among the offices"


def _entity_keys(reading: Reading) -> Iterator[str]:
    for mention in reading.mentions:
        yield mention.entity
    for event in reading.events:
        yield from _event_keys(event)
    for relation in reading.relations:
        yield from (relation.subject, relation.object)
    for tenure in reading.tenures:
        yield tenure.person


def _event_keys(event: EventClaim) -> Iterator[str]:
    for part in event.participants:
        yield part.entity
    yield from event.about
    if event.place:
        yield event.place
