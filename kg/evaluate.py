"""How well the graph in the store agrees with annotated articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.evaluation.alignment import Alignment, align, matched
from kg.evaluation.gold import GoldArticle, GoldEvent, load
from kg.evaluation.graph import FoundDocument, FoundEvent, Graph
from kg.evaluation.names import same_name
from kg.model import EventType

WHOLE = "events whole"
_STATEMENT = EventType.STATEMENT.value


@dataclass(frozen=True, slots=True)
class Score:
    """Right answers, annotated and found; the rates are 0 where there is nothing to rate."""

    hits: int = 0
    gold: int = 0
    found: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.hits + other.hits, self.gold + other.gold, self.found + other.found)

    @property
    def precision(self) -> float:
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """An annotated event that was not found, or (`extra`) one found that is not annotated."""

    document: str
    lang: str
    extra: bool
    type: str
    participants: tuple[str, ...]
    date: str | None
    title: str | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; rates rounded to three digits."""

    measure: str
    precision: float
    recall: float
    f1: float
    hits: int
    gold: int
    found: int


@dataclass(frozen=True, slots=True)
class Report:
    """The scores by measure, by language and event type, slot by slot, and what went wrong.

    `slots` are right values and how many there were to get, in paired events; "date invented"
    counts dates given to undated events, of how many undated ones. `unexplained` are events
    without evidence, `misquoted` quotes that are not in the document's text.
    """

    scores: tuple[tuple[str, Score], ...]
    languages: tuple[tuple[tuple[str, str], Score], ...]
    slots: tuple[tuple[str, tuple[int, int]], ...]
    misses: tuple[Miss, ...]
    unexplained: int
    quotes: int
    misquoted: int
    absent: tuple[str, ...]

    def score(self, measure: str) -> Score:
        """The score of a measure: `events`, `events+statements`, `offices`, `event:Visit` …"""
        return dict(self.scores).get(measure, Score())

    def rows(self) -> tuple[Row, ...]:
        """The table: measures with anything annotated or found."""
        return tuple(_row(name, score) for name, score in self.scores if score.gold or score.found)

    def language_rows(self) -> tuple[Row, ...]:
        """The table by language and event type."""
        return tuple(_row(f"{lang} {kind}", score) for (lang, kind), score in self.languages)

    def below(self, floors: Mapping[str, float]) -> tuple[str, ...]:
        """A line for every measure whose F1 is below its floor."""
        return tuple(
            f"{name}: F1 {self.score(name).f1:.3f} is below the floor {floor:.3f}"
            for name, floor in floors.items()
            if round(self.score(name).f1, 3) < floor
        )


def _row(name: str, score: Score) -> Row:
    precision, recall, f1 = (round(rate, 3) for rate in (score.precision, score.recall, score.f1))
    return Row(name, precision, recall, f1, score.hits, score.gold, score.found)


def evaluate(store: ox.Store, gold: Path | str) -> Report:
    """Score a store against the annotations in a JSONL file; only annotated articles count.

    Raises DataFaults for annotations that can't be read.
    """
    tally = _Tally(Graph(store))
    for article in load(gold):
        tally.add(article)
    return tally.report()


class _Tally:
    """The counts as they grow, article by article."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.scores: dict[str, Score] = {}
        self.languages: dict[tuple[str, str], Score] = {}
        self.slots: dict[str, tuple[int, int]] = {}
        self.misses: list[Miss] = []
        self.absent: list[str] = []
        self.counts = Counter[str]()

    def add(self, article: GoldArticle) -> None:
        document = self.graph.document(article.id)
        if document is None:
            self.absent.append(article.id)
            document = FoundDocument()
        alignment = align(self.graph, article, document)
        self._events(article, alignment)
        self._facts(article, document)
        self._evidence(document)
        self.misses += _missed(self.graph, article, alignment)

    def report(self) -> Report:
        last = self.scores.pop(WHOLE, Score())
        return Report(
            (*self.scores.items(), (WHOLE, last)),
            tuple(sorted(self.languages.items())),
            tuple(sorted(self.slots.items())),
            tuple(self.misses),
            self.counts["unexplained"],
            self.counts["quotes"],
            self.counts["misquoted"],
            tuple(self.absent),
        )

    def _count(self, measure: str, score: Score) -> None:
        self.scores[measure] = self.scores.get(measure, Score()) + score

    def _events(self, article: GoldArticle, alignment: Alignment) -> None:
        hits = Counter(gold.type for gold, _ in alignment.pairs)
        golds = Counter(gold.type for gold in alignment.gold)
        found = Counter(one.type for one in alignment.found)
        for kind in EventType:
            score = Score(hits[kind], golds[kind], found[kind])
            self._count(f"event:{kind}", score)
            if score != Score():
                key = (article.lang, kind.value)
                self.languages[key] = self.languages.get(key, Score()) + score
        every = Score(hits.total(), golds.total(), found.total())
        told = Score(-hits[_STATEMENT], -golds[_STATEMENT], -found[_STATEMENT])
        self._count("events", every + told)
        self._count("events+statements", every)
        whole = sum([self._whole(gold, one) for gold, one in alignment.pairs])
        self._count(WHOLE, Score(whole, golds.total(), found.total()))

    def _whole(self, gold: GoldEvent, found: FoundEvent) -> bool:
        """Compare a pair slot by slot; whether all is right."""
        right = True
        for slot, good in _slots(self.graph, gold, found):
            done, total = self.slots.get(slot, (0, 0))
            self.slots[slot] = (done + good, total + 1)
            right &= good != (slot == "date invented")
        return right

    def _facts(self, article: GoldArticle, document: FoundDocument) -> None:
        graph = self.graph
        offices = matched(article.offices, document.offices, graph.is_office)
        self._count("offices", Score(offices, len(article.offices), len(document.offices)))
        things = matched(
            article.things,
            document.things,
            lambda name, node: same_name(name, graph.labels.get(node, ())),
        )
        self._count("things", Score(things, len(article.things), len(document.things)))
        relations = matched(article.relations, document.relations, graph.is_relation)
        self._count("relations", Score(relations, len(article.relations), len(document.relations)))
        common = len(article.topics & document.topics)
        self._count("topics", Score(common, len(article.topics), len(document.topics)))

    def _evidence(self, document: FoundDocument) -> None:
        for event in document.events:
            self.counts["unexplained"] += not event.quotes
            self.counts["quotes"] += len(event.quotes)
            text = document.text
            self.counts["misquoted"] += sum(
                text is not None and quote not in text for quote in event.quotes
            )


def _slots(graph: Graph, gold: GoldEvent, found: FoundEvent) -> Iterator[tuple[str, bool]]:
    """Each slot that the annotation fills, and whether the graph has it so."""
    hits = matched(gold.participants, found.participants, graph.is_participant)
    yield "participants", hits == len(gold.participants) == len(found.participants)
    if gold.date:
        yield "date", found.date == gold.date
    elif gold.type != _STATEMENT:
        yield "date invented", bool(found.date)
    if gold.place:
        yield "place", any(_is_place(graph, gold.place, node) for node in found.places)
    yield "certainty", found.certainty == gold.certainty
    if gold.type == _STATEMENT:
        yield "stance", found.stance == gold.stance


def _is_place(graph: Graph, gold: tuple[str | None, str | None], node: str) -> bool:
    city, country = gold
    if city:
        return same_name(city, graph.labels.get(node, ()))
    return country is not None and graph.codes.get(node) == country


def _missed(graph: Graph, article: GoldArticle, alignment: Alignment) -> Iterator[Miss]:
    for gold in alignment.missed:
        parties = tuple(
            one.name or " ".join(filter(None, (one.office, one.country)))
            for one in gold.participants
        )
        yield Miss(
            article.id,
            article.lang,
            False,
            gold.type,
            parties,
            gold.date,
            gold.title,
            gold.evidence,
        )
    for one in alignment.extra:
        parties = tuple(graph.name(node) for node in one.participants)
        quotes = " … ".join(one.quotes)
        yield Miss(article.id, article.lang, True, one.type, parties, one.date, None, quotes)
