"""The story so far: what the rules for parties, slots and merging know of a document."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.claims import affairs
from ingest.claims.drafts import Draft
from ingest.claims.reference import References
from ingest.claims.things import Ref
from ingest.engine import Match
from ingest.items import Item
from ingest.knowledge import Knowledge
from kg.model import EventType

CONTACTS = (EventType.MEETING, EventType.PHONE_CALL)
THINGED = (
    EventType.CONFERENCE,
    EventType.EXERCISE,
    EventType.SIGNING,
    EventType.AGREEMENT_CHANGE,
)
_YEAR = 12  # months
_MONTHS_KNOWN = 2  # for which a session past is still “the session”
_HEADLINES = 2  # the last sentence, by number, that can be a headline


@dataclass(slots=True)
class Story:
    """One document as far as it is read: its sentences, the events told, who was spoken of last."""

    references: References
    sentences: list[list[Item]]
    knowledge: Knowledge
    published: str | None
    anchor: str | None = None  # the first day told, where that of publication is unknown
    drafts: list[Draft] = field(default_factory=list)
    latest: list[Ref] = field(default_factory=list)
    left_out: tuple[Match, list[Ref]] | None = None  # the last contact told without its subject
    scenes: list[tuple[int, str]] | None = None  # places told, by sentence; once asked for
    headings: dict[int, str] | None = None  # days of a chronicle's headings; once asked for
    frames: list[Draft] = field(default_factory=list)  # talks announced without saying with whom

    def country_of(self, place: str) -> str | None:
        """The country that a place lies in; a country is its own."""
        if place.startswith("country/"):
            return place
        record = self.knowledge.records.get(place)
        return record.country if record else None

    def states_of_talks(self, named: list[Ref]) -> list[Ref]:
        """The two states of the talks told last, if what is named here is among them."""
        for draft in reversed(self.drafts):
            if draft.type in CONTACTS:
                keys = (ref.country or self.country_of(ref.key) for ref, _ in draft.parties)
                states = dict.fromkeys(key for key in keys if key and affairs.is_state(key))
                fits = len(states) == 2 and all(ref.key in states for ref in named)
                return [Ref(state) for state in states] if fits else []
        return []

    def _is_headline(self, sentence: int) -> bool:
        """Whether a sentence is one of the first lines, without a full stop."""
        return sentence <= _HEADLINES and "break" in self.sentences[sentence][-1].classes

    def _just_before(self, draft: Draft, match: Match) -> bool:
        within = int(match.rule.options.get("within", "1"))
        return 0 <= match.sentence - draft.matches[-1].sentence <= within

    def _is_told_again(self, known: Draft, draft: Draft) -> bool:
        same = draft.match.rule.options.get("same") == "latest" and known.type is draft.type
        open_ = not known.about or draft.match.rule.options.get("of") in ("named", "any")
        return (
            same
            and open_
            and self._just_before(known, draft.match)
            and not self._is_past_by_then(known, draft)
            and not self._is_of_talks_since(known, draft)
        )

    def _is_past_by_then(self, known: Draft, draft: Draft) -> bool:
        """Whether a session was long before the report, above all one told sentences ago."""
        if not known.date or not self.published:
            return False
        far = draft.match.sentence - known.matches[-1].sentence > 1
        held, told = (
            int(day[:4]) * 12 + int(day[5:7] or 12) for day in (known.date, self.published)
        )
        return told - held > (_MONTHS_KNOWN if far else _YEAR)

    def _is_of_talks_since(self, known: Draft, draft: Draft) -> bool:
        """Whether «the meeting» is that of two, told with such a conference or after it."""
        if draft.type is not EventType.CONFERENCE:
            return False
        found = draft.match.found
        words = self.sentences[draft.match.sentence][found.start : found.end]
        if not any("talks" in item.classes and "session" not in item.classes for item in words):
            return False
        return any(
            known.matches[-1].sentence <= match.sentence <= draft.match.sentence
            for each in self.drafts
            if each.type is EventType.MEETING
            for match in each.matches
        )

    def _is_of_same_sort(self, known: Draft, draft: Draft) -> bool:
        """Whether a summit is told twice by its sort, «القمة الثلاثية», maybe with other guests."""
        shared = self._sorts(known) & self._sorts(draft)
        if known.parties and draft.parties:
            return any(" " in words for words in shared)
        return bool(shared)

    def _sorts(self, draft: Draft) -> set[str]:
        """The words that name the session of a draft by its sort, without Arabic articles."""
        return {
            self.references.analysis.words(item.first, item.last).replace("ال", "")
            for match in draft.matches or [draft.match]
            for item in self.sentences[match.sentence][match.found.start : match.found.end]
            if "session" in item.classes
        }


def is_told_on(story: Story, talks: Draft, signing: Draft) -> bool:
    """Whether a signing is told in the paragraph of the talks, and so is of their day."""
    first, last = talks.matches[-1], signing.match
    if talks.type is not EventType.MEETING or first.sentence > last.sentence:
        return talks.type is EventType.MEETING
    analysis = story.references.analysis
    start = story.sentences[first.sentence][first.found.start].first
    end = story.sentences[last.sentence][last.found.start].last
    return "\n" not in analysis.words(start, end)
