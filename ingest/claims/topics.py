"""Topics: cue phrases in the sentences where parties discuss or act, and what an event implies."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator

from ingest.claims.drafts import Draft
from ingest.claims.people import People
from ingest.engine import Engine
from ingest.items import Analysis, Item, PersonMention
from ingest.lexicon import Unit
from kg.model import EventType

# A sentence without an event counts where its parties discuss, agree or stand for something.
_NEAR = frozenset(
    "discuss talks call_noun agree his_talks sign agreement_noun praise support condemn cooperate"
    " topic_cue".split()
)
_BROKEN = "cut"  # who breaks off relations speaks of what divides them
_SEATED = frozenset({"parliament-speaker", "legislator"})
_CONTACTS = frozenset({EventType.MEETING, EventType.PHONE_CALL, EventType.VISIT})
_DISCUSSED = frozenset({"discuss", "talks", "call_noun", "his_talks"})
_COUNTRIES = {  # states that are topics: named alone, only where it is spoken of, and no party
    "libya": "LY",
    "sudan": "SD",
    "syria": "SY",
    "iraq": "IQ",
    "yemen": "YE",
    "lebanon": "LB",
    "iran": "IR",
    "ukraine": "UA",
    "palestine": "PS",
}
Topics = dict[int, tuple[str, ...]]


def _is_title(item: Item) -> bool:
    """Whether an item is a title or a body: a minister or ministry of trade speaks of anything."""
    if isinstance(item.payload, PersonMention):
        return all(title.kind != "special-envoy" for title in item.payload.titles)
    return "organization" in item.classes


def _cues(analysis: Analysis, engine: Engine) -> Iterator[tuple[Unit, int]]:
    """The cues outside titles, each with the number of its sentence."""
    numbered = [number for number, items in enumerate(analysis.sentences) if items]
    starts = [analysis.sentences[number][0].first for number in numbered]
    titled = {
        index
        for items in analysis.sentences
        for item in items
        if (item.payload is not None or "organization" in item.classes) and _is_title(item)
        for index in range(item.first, item.last)
    }
    for unit in engine.topics.units(analysis.haystack, analysis.tokens, analysis.text.folded):
        if unit.first not in titled:
            yield unit, numbered[bisect_right(starts, unit.first) - 1]


def _by_sentence(
    analysis: Analysis,
    engine: Engine,
    sentences: list[list[Item]],
    parties: Collection[str],
) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for unit, number in _cues(analysis, engine):
        for code in unit.classes - {"def"}:
            state = _COUNTRIES.get(code)
            if (
                state
                and unit.last - unit.first == 1
                and (
                    f"country/{state}" in parties
                    or all(item.classes.isdisjoint(_DISCUSSED) for item in sentences[number])
                )
            ):
                continue
            found.setdefault(number, set()).add(code)
    return found


def _states(drafts: list[Draft], people: People) -> set[str]:
    """The states that met or acted, by themselves or by their officials."""
    refs = {
        ref for draft in drafts if draft.type is not EventType.STATEMENT for ref, _ in draft.parties
    }
    keys = {ref.key for ref in refs}
    officials = {person.country() for person in people.persons if person.key in keys}
    return keys | {state for state in (*officials, *(ref.country for ref in refs)) if state}


def _implied(draft: Draft, speakers: Collection[str]) -> set[str]:
    """What an event is about by what it is, or by who took part."""
    implied = {"defence-cooperation"} if draft.type is EventType.EXERCISE else set()
    if draft.type is EventType.RELATIONS_CHANGE and draft.change != _BROKEN:
        implied.add("bilateral-relations")
    seated = [ref for ref, _ in draft.parties if ref.key in speakers or ref.kind in _SEATED]
    if draft.type in _CONTACTS and len(seated) > 1:
        implied.add("parliamentary-cooperation")
    return implied


def find(
    analysis: Analysis,
    engine: Engine,
    sentences: list[list[Item]],
    drafts: list[Draft],
    people: People,
) -> Topics:
    """Topics by draft (its identity); key 0 holds those of sentences without an event."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        for match in draft.matches:
            by_sentence.setdefault(match.sentence, []).append(draft)
    told = set(by_sentence)
    told |= {n for n, items in enumerate(sentences) if any(i.classes & _NEAR for i in items)}
    parties = _states(drafts, people)
    found: dict[int, set[str]] = {}
    for number, codes in _by_sentence(analysis, engine, sentences, parties).items():
        if told.isdisjoint((number - 1, number, number + 1)):
            continue
        owners = by_sentence.get(number, [])
        found.setdefault(id(owners[0]) if owners else 0, set()).update(codes)
    speakers = {
        person.key
        for person in people.persons
        if any(kind in _SEATED for kind, _ in person.offices())
    }
    for draft in drafts:
        if implied := _implied(draft, speakers):
            found.setdefault(id(draft), set()).update(implied)
    return {key: tuple(sorted(codes)) for key, codes in found.items()}


def of_document(found: Topics) -> tuple[str, ...]:
    """The topics that no event of the document carries."""
    carried = {code for key, codes in found.items() if key for code in codes}
    return tuple(code for code in found.get(0, ()) if code not in carried)
