"""How often each rule fires over annotated articles, and how often what it makes is right."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest import curation, rules
from ingest.claims import reader
from ingest.engine import engine
from ingest.items import Item
from ingest.knowledge import LANGUAGES
from ingest.rules import Rule
from kg.evaluation.gold import GoldArticle
from kg.evaluation.graph import FoundDocument, Graph
from kg.evaluation.verdicts import Fact, judge
from kg.model import Document, Reading
from kg.quads import quads
from kg.store import Store
from kg.terms import iri
from kg.vocab import document_graph, id_iri

IDLE = 2  # a rule that fires in fewer documents than this is idle


@dataclass(frozen=True, slots=True)
class Figures:
    """What a rule did: matches, documents it matched in, facts that rest on it, right or wrong.

    `made` counts events and relations by their evidence; of a mention rule, the things it names
    and the offices of the persons it names. A fact that the annotations tell apart or together
    differently is neither right nor wrong; a place or country named is no fact.
    """

    rule: str
    language: str
    makes: str
    target: str
    path: str
    fired: int
    documents: int
    made: int
    right: int
    wrong: int

    @property
    def idle(self) -> bool:
        """Whether the rule fired in one document at most."""
        return self.documents < IDLE


@dataclass(frozen=True, slots=True)
class Account:
    """The figures of all rules; how many articles they rest on; annotated ones without a text."""

    figures: tuple[Figures, ...]
    articles: int
    absent: tuple[str, ...]


def account(articles: Iterable[GoldArticle], documents: Iterable[Document]) -> Account:
    """Read the documents that are annotated and hold what each rule made against the annotations.

    Documents that are not annotated are passed over.
    """
    golds = {article.id: article for article in articles}
    tally = _Tally()
    for document in documents:
        if document.id in golds:
            tally.read(document)
    tally.judge(golds)
    absent = tuple(sorted(golds.keys() - tally.readings.keys()))
    return Account(tuple(tally.figures()), len(tally.readings), absent)


class _Tally:
    """The counts as they grow, by the rule's id."""

    def __init__(self) -> None:
        self.readings: dict[str, Reading] = {}
        self._fired = Counter[str]()
        self._documents = Counter[str]()
        self._made = Counter[str]()
        self._right = Counter[str]()
        self._wrong = Counter[str]()
        self._folder = TemporaryDirectory(ignore_cleanup_errors=True)
        self._store = Store.open(Path(self._folder.name) / "store")
        curation.load_into(self._store)

    def read(self, document: Document) -> None:
        """Count what fires in a document and keep its reading."""
        fired = Counter(_fired(document))
        self._fired.update(fired)
        self._documents.update(fired.keys())
        reading = reader.read(document, engine(document.lang))
        self._store.write(reading)
        # Counted by what the document is read to say by itself, under the keys of the reading.
        self._store.ox.remove_graph(iri(document_graph(document.id)))
        self._store.ox.extend(quads(reading))
        self.readings[document.id] = reading

    def judge(self, golds: dict[str, GoldArticle]) -> None:
        """Hold the readings against the annotations: last, when all names are in the graph."""
        graph = Graph(self._store.ox)
        for key, reading in self.readings.items():
            document = graph.document(key) or FoundDocument()
            verdicts = judge(graph, golds[key], document)
            for rule, facts in _facts(reading, document).items():
                self._made[rule] += len(facts)
                self._right[rule] += len(facts & verdicts.right)
                self._wrong[rule] += len(facts & verdicts.wrong)

    def figures(self) -> Iterator[Figures]:
        for lang in LANGUAGES:
            for rule in sorted(rules.load(lang).rules, key=_place):
                counts = (self._fired, self._documents, self._made, self._right, self._wrong)
                yield Figures(
                    rule.id,
                    rule.language,
                    rule.makes,
                    rule.target,
                    rule.path,
                    *(count[rule.id] for count in counts),
                )


def _place(rule: Rule) -> tuple[str, str, str]:
    return rule.makes, rule.target, rule.id


def _fired(document: Document) -> Iterator[str]:
    """The rule of every match and of every mention made by a rule."""
    machine = engine(document.lang)
    analysis = machine.analyse(document.text)
    sentences = reader._gather(analysis, machine, document.published)[1]
    for items in analysis.sentences:
        yield from _mentioning(items)
    for match in machine.matches(sentences):
        yield match.rule.id


def _mentioning(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        if item.rule:
            yield item.rule
        yield from _mentioning(item.parts)


def _facts(reading: Reading, document: FoundDocument) -> dict[str, set[Fact]]:
    """The facts that rest on each rule, in the form that verdicts are given of."""
    found = defaultdict[str, set[Fact]](set)
    for event in reading.events:
        for words in event.evidence:
            found[words.rule].add(id_iri(event.key))
    for relation in reading.relations:
        ends = id_iri(relation.subject), relation.predicate.value, id_iri(relation.object)
        for words in relation.evidence:
            found[words.rule].add(ends)
    things, offices = set(document.things), _offices(document)
    for mention in reading.mentions:
        named = id_iri(mention.entity)
        facts: set[Fact] = {named} if named in things else set()
        found[mention.evidence.rule] |= facts | offices[named]
    return found


def _offices(document: FoundDocument) -> defaultdict[str, set[Fact]]:
    found = defaultdict[str, set[Fact]](set)
    for office in document.offices:
        found[office[0]].add(office)
    return found
