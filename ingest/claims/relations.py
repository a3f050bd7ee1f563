"""Relations: what relation rules bind, and what titles say of bodies and their heads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.claims.drafts import Draft, refs_in
from ingest.claims.ledger import Ledger
from ingest.claims.things import Ref
from ingest.engine import Match
from ingest.items import Item, Title
from ingest.titles import CHAIR
from kg.model import Certainty, EventType, Evidence, Predicate, RelationClaim, Role

_TITLE_RULE = "title-head"
_HEADS = frozenset(
    {"secretary-general", "security-chief", "military-chief", "national-security-adviser"}
)
_COMMITTEE = ("لجنه", "committee", "comite")
_SPEAKERS = frozenset(
    {"person", "country", "byname", "seat", "context", "group", "anaphor_pair", "gov"}
)
_SESSIONS = frozenset({"dialogue", "forum", "conference"})
_GATHERINGS = frozenset({EventType.CONFERENCE, EventType.EXERCISE})
Relations = dict[tuple[str, Predicate, str], dict[Evidence, None]]


def find(
    matches: Iterable[Match], drafts: Iterable[Draft], ledger: Ledger
) -> tuple[RelationClaim, ...]:
    """All relations of a document, each once, with all its evidence."""
    found: Relations = {}
    for match in matches:
        if match.rule.makes == "relation":
            _bind(match, ledger, found)
    for subject, predicate, thing, evidence in _of_titles(ledger):
        _note(found, ledger, subject, predicate, thing, evidence)
    for draft in drafts:
        if draft.type in _GATHERINGS and draft.about:
            _of_event(draft, ledger, found)
    return tuple(
        RelationClaim(subject, predicate, thing, tuple(evidence))
        for (subject, predicate, thing), evidence in found.items()
    )


def _note(
    found: Relations,
    ledger: Ledger,
    subject: str,
    predicate: Predicate,
    thing: str,
    evidence: Evidence,
) -> None:
    if subject != thing:
        ledger.need_key(subject)
        ledger.need_key(thing)
        found.setdefault((subject, predicate, thing), {}).setdefault(evidence)


def _bind(match: Match, ledger: Ledger, found: Relations) -> None:
    items = ledger.sentences[match.sentence]
    roles = match.found.roles
    bound = {
        role: refs_in(ledger.references, match.sentence, items, span)
        for role, span in roles.items()
    }
    subjects = bound.get("subject", [])
    if not subjects and match.rule.elided == "subject":
        subjects = _spoken_of(match, ledger)
    if match.rule.options.get("object") == "told" and not bound.get("object"):
        bound["object"] = _latest_dialogue(match, ledger)
    predicate = Predicate(match.rule.target)
    if predicate is Predicate.CHAIRS and len(subjects) > 1:
        predicate = Predicate.CO_CHAIRS
    for subject in subjects:
        for thing in bound.get("object", [])[:1]:
            _note(found, ledger, subject.key, predicate, thing.key, ledger.evidence(match))


def _spoken_of(match: Match, ledger: Ledger) -> list[Ref]:
    """The state or person that a possessive or a bare verb means: the last one spoken of."""
    for sentence in range(match.sentence, max(-1, match.sentence - 2), -1):
        items = ledger.sentences[sentence]
        last = match.found.start if sentence == match.sentence else len(items)
        for index in range(last - 1, -1, -1):
            refs = ledger.references.of(sentence, index)
            if refs and items[index].classes & _SPEAKERS:
                return list(refs)
    return []


def _latest_dialogue(match: Match, ledger: Ledger) -> list[Ref]:
    """The dialogue, commission or forum that «الدورة» is a session of: the last one named."""
    for sentence in range(match.sentence, max(-1, match.sentence - 4), -1):
        items = ledger.sentences[sentence]
        last = match.found.start if sentence == match.sentence else len(items)
        for index in range(last - 1, -1, -1):
            if items[index].classes & _SESSIONS:
                return list(ledger.references.of(sentence, index))
    return []


# ---------------------------------------------------------------- events
def _of_event(draft: Draft, ledger: Ledger, found: Relations) -> None:
    """Who hosts what an event is about, and who is in the chair."""
    thing = draft.about[0]
    held = draft.certainty in (Certainty.HELD, Certainty.PLANNED)
    for ref, role in draft.parties:
        if held and role is Role.HOST and ref.key.startswith("country/"):
            evidence = ledger.evidence(draft.match)
            _note(found, ledger, ref.key, Predicate.HOSTS, thing, evidence)
    for match in draft.matches:
        chairs = _chairs(match, ledger)
        other = "chairs" in match.rule.options and "also" in match.found.roles
        together = len(chairs) > 1 or other  # else `also` binds who attends
        predicate = Predicate.CO_CHAIRS if together else Predicate.CHAIRS
        for key in chairs:
            _note(found, ledger, key, predicate, thing, ledger.evidence(match))


def _chairs(match: Match, ledger: Ledger) -> list[str]:
    roles = ("chair", "agent", "also") if "chairs" in match.rule.options else ("chair",)
    items = ledger.sentences[match.sentence]
    spans = [match.found.roles[role] for role in roles if role in match.found.roles]
    refs = [
        ref for span in spans for ref in refs_in(ledger.references, match.sentence, items, span)
    ]
    return list(dict.fromkeys(ref.key for ref in refs))


# ---------------------------------------------------------------- titles
def _of_titles(ledger: Ledger) -> Iterator[tuple[str, Predicate, str, Evidence]]:
    """«مدير وكالة … فلان» heads the agency; «رئيس لجنة … فلان» chairs the committee."""
    for person in ledger.people.persons:
        for title in person.titles:
            body = _body(title, ledger)
            if body is None or title.kind not in _HEADS | {"other", CHAIR}:
                continue
            evidence = ledger.title_evidence(title, _TITLE_RULE)
            if _is_committee(body, ledger):
                yield person.key, Predicate.CHAIRS, body, evidence
            elif title.kind in _HEADS:
                yield body, Predicate.HEADED_BY, person.key, evidence


def _body(title: Title, ledger: Ledger) -> str | None:
    if title.body is not None or title.shape is None:
        return title.body
    first, last = title.shape.name
    return ledger.references.thing_key(Item(first, last, frozenset()), title.shape)


def _is_committee(body: str, ledger: Ledger) -> bool:
    record = ledger.knowledge.records.get(body)
    names = (
        [name for group in record.names.values() for name in group]
        if record
        else [body.split("/")[-1]]
    )
    return any(name.casefold().replace("ة", "ه").startswith(_COMMITTEE) for name in names)
