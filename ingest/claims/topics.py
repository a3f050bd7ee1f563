"""Topics: cue phrases in the sentences where parties discuss or act."""

from __future__ import annotations

from bisect import bisect_right

from ingest.claims.drafts import Draft
from ingest.engine import Engine
from ingest.items import Analysis, Item, PersonMention

# A sentence without an event counts where its parties discuss, agree or stand for something.
_NEAR = frozenset(
    "discuss talks call_noun agree his_talks sign agreement_noun praise support condemn cooperate"
    " topic_cue".split()
)


def _by_sentence(analysis: Analysis, engine: Engine) -> dict[int, set[str]]:
    starts = [items[0].first for items in analysis.sentences if items]
    titled = {
        index
        for items in analysis.sentences
        for item in items
        if isinstance(item.payload, PersonMention)
        for index in range(item.first, item.last)
    }
    found: dict[int, set[str]] = {}
    for unit in engine.topics.units(analysis.haystack, analysis.tokens, analysis.text.folded):
        if unit.first in titled:  # a minister of trade does not speak of trade
            continue
        number = bisect_right(starts, unit.first) - 1
        found.setdefault(number, set()).update(unit.classes)
    return found


def find(
    analysis: Analysis, engine: Engine, sentences: list[list[Item]], drafts: list[Draft]
) -> dict[int, tuple[str, ...]]:
    """Topics by draft (its identity); key 0 holds those of sentences without an event."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        for match in draft.matches:
            by_sentence.setdefault(match.sentence, []).append(draft)
    found: dict[int, set[str]] = {}
    for number, codes in _by_sentence(analysis, engine).items():
        owners = by_sentence.get(number, [])
        if owners or any(item.classes & _NEAR for item in sentences[number]):
            found.setdefault(id(owners[0]) if owners else 0, set()).update(codes - {"def"})
    return {key: tuple(sorted(codes)) for key, codes in found.items()}


def of_document(found: dict[int, tuple[str, ...]]) -> tuple[str, ...]:
    """The topics that no event of the document carries."""
    carried = {code for key, codes in found.items() if key for code in codes}
    return tuple(code for code in found.get(0, ()) if code not in carried)
