"""Short names of events in Arabic, English and French, from their types and parties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.model import Entity, EventClaim, EventType

EVENT_NAMES: dict[str, dict[EventType, str]] = {
    "en": {
        EventType.MEETING: "Meeting",
        EventType.PHONE_CALL: "Phone call",
        EventType.VISIT: "Visit",
        EventType.CONFERENCE: "Conference",
        EventType.EXERCISE: "Exercise",
        EventType.SIGNING: "Signing",
        EventType.AGREEMENT_CHANGE: "Change of an agreement",
        EventType.RECOGNITION: "Recognition",
        EventType.RELATIONS_CHANGE: "Change of relations",
        EventType.MISSION_CHANGE: "Change of mission",
        EventType.APPOINTMENT: "Appointment",
        EventType.STATEMENT: "Statement",
    },
    "ar": {
        EventType.MEETING: "اجتماع",
        EventType.PHONE_CALL: "اتصال هاتفي",
        EventType.VISIT: "زيارة",
        EventType.CONFERENCE: "مؤتمر",
        EventType.EXERCISE: "تمرين عسكري",
        EventType.SIGNING: "توقيع",
        EventType.AGREEMENT_CHANGE: "تغيير في اتفاق",
        EventType.RECOGNITION: "اعتراف",
        EventType.RELATIONS_CHANGE: "تغيير في العلاقات",
        EventType.MISSION_CHANGE: "تغيير في التمثيل الدبلوماسي",
        EventType.APPOINTMENT: "تعيين",
        EventType.STATEMENT: "تصريح",
    },
    "fr": {
        EventType.MEETING: "Rencontre",
        EventType.PHONE_CALL: "Appel téléphonique",
        EventType.VISIT: "Visite",
        EventType.CONFERENCE: "Conférence",
        EventType.EXERCISE: "Exercice",
        EventType.SIGNING: "Signature",
        EventType.AGREEMENT_CHANGE: "Changement d'un accord",
        EventType.RECOGNITION: "Reconnaissance",
        EventType.RELATIONS_CHANGE: "Changement des relations",
        EventType.MISSION_CHANGE: "Changement de mission",
        EventType.APPOINTMENT: "Nomination",
        EventType.STATEMENT: "Déclaration",
    },
}
_BETWEEN = {"en": (": ", ", "), "ar": (": ", "، "), "fr": (" : ", ", ")}
TITLED = {
    EventType.CONFERENCE,
    EventType.EXERCISE,
    EventType.SIGNING,
    EventType.AGREEMENT_CHANGE,
}


def event_labels(event: EventClaim, described: Mapping[str, Entity]) -> Iterator[tuple[str, str]]:
    """A short name of the event in each language, from its type and the names of its parties.

    What has a title (an exercise, a conference, a signing) goes by it; a party that the document
    does not name in a language keeps the name that it has there.
    """
    keys = tuple(dict.fromkeys(part.entity for part in event.participants))
    if event.about and (event.type in TITLED or not keys):
        keys = event.about
    for lang in EVENT_NAMES:
        yield event_name(event.type, [_name(key, described, lang) for key in keys], lang), lang


def event_name(type: EventType, parties: Sequence[str], lang: str) -> str:
    """`Meeting: A, B`, in the language's own words and signs."""
    colon, comma = _BETWEEN[lang]
    name = EVENT_NAMES[lang][type]
    return name + colon + comma.join(parties) if parties else name


def _name(key: str, described: Mapping[str, Entity], lang: str) -> str:
    entity = described.get(key)
    forms = entity.labels if entity else ()
    own = [form.text for form in forms if form.lang == lang] or [form.text for form in forms]
    return max(own, key=len) if own else key.rpartition("/")[2]
