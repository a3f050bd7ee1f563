"""Topics: cue words in the sentences where parties discuss or act."""

from __future__ import annotations

from ingest.claims.drafts import Draft
from ingest.items import Item

_PREFIX = "topic-"
_NEAR = frozenset("discuss talks call_noun agree his_talks sign agreement_noun praise support condemn cooperate".split())


def find(sentences: list[list[Item]], drafts: list[Draft]) -> dict[int, tuple[str, ...]]:
    """Topics by draft (its identity); key 0 holds those of sentences that discuss without an event."""
    found: dict[int, dict[str, None]] = {}
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        for match in draft.matches:
            by_sentence.setdefault(match.sentence, []).append(draft)
    for number, items in enumerate(sentences):
        codes = {
            cls.removeprefix(_PREFIX) for item in items for cls in item.classes if cls.startswith(_PREFIX)
        }
        if not codes:
            continue
        owners = by_sentence.get(number, [])
        if not owners and not any(item.classes & _NEAR for item in items):
            continue
        target = id(owners[0]) if owners else 0
        found.setdefault(target, {}).update(dict.fromkeys(sorted(codes)))
    return {key: tuple(codes) for key, codes in found.items()}


def of_document(found: dict[int, tuple[str, ...]]) -> tuple[str, ...]:
    """The topics that no event of the document carries."""
    carried = {code for key, codes in found.items() if key for code in codes}
    return tuple(code for code in found.get(0, ()) if code not in carried)
