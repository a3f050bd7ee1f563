"""The sections beside contacts: agreements, exercises, forums, words, ties, topics, readouts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.brief.corpus import DOCUMENTS, text
from kg.brief.events import Pair, citations
from kg.brief.model import Agreement, Fact, Forum, Readout, Series, Stage, Tie, Words, newest
from kg.model import Predicate
from kg.terms import term
from kg.vocab import RWB

AGREED = ("Signing", "AgreementChange")
EXERCISES = ("Exercise",)
TIES = ("Recognition", "RelationsChange", "MissionChange", "Appointment")
BODIES = ("Forum", "Dialogue", "Organization", "ConferenceSeries")
_BELONGING = tuple(
    predicate.value for predicate in Predicate if predicate is not Predicate.HEADED_BY
)
_STAGES = {"held": "signed", "planned": "announced", "cancelled": "cancelled", "denied": "denied"}


def oldest(fact: Fact) -> tuple[bool, str, str]:
    """Sorts facts: first things first, undated last."""
    return (not fact.when, fact.when.start if fact.when else "", fact.node)


def agreements(facts: Iterable[Fact]) -> tuple[Agreement, ...]:
    """Signings by agreement, each with its stages in order; unnamed ones stand for themselves."""
    named: dict[str, list[Stage]] = defaultdict(list)
    unnamed: list[Agreement] = []
    for fact in sorted(facts, key=oldest):
        if fact.type not in AGREED:
            continue
        for stage in _stages(fact):
            for node in fact.about:
                named[node].append(stage)
        if not fact.about:
            unnamed.append(Agreement(None, tuple(_stages(fact))))
    found = [Agreement(node, tuple(stages)) for node, stages in named.items()]
    return tuple(sorted([*found, *unnamed], key=lambda one: oldest(one.stages[0].fact)))


def _stages(fact: Fact) -> list[Stage]:
    """What happened to an agreement, by the words of the documents, else by certainty."""
    if fact.status == "disputed":
        return [Stage("disputed", fact)]
    told = fact.stages if fact.status == "held" else ()
    return [Stage(name, fact) for name in told] or [Stage(_STAGES[fact.status], fact)]


def series(facts: Iterable[Fact]) -> tuple[Series, ...]:
    """Exercises in which both took part, by series, newest edition first."""
    found: dict[str | None, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.type in EXERCISES:
            for node in fact.about or (None,):
                found[node].append(fact)
    groups = [Series(node, tuple(sorted(of, key=newest))) for node, of in found.items()]
    return tuple(sorted(groups, key=lambda one: newest(one.editions[0])))


def forums(pair: Pair, facts: Sequence[Fact]) -> tuple[Forum, ...]:
    """Bodies that both belong to by a relation that a document states, or where both appeared."""
    together: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        for node in fact.about if fact.type not in (*AGREED, *EXERCISES) else ():
            together[node].append(fact)
    ties = [_ties(pair, side) for side in (0, 1)]
    shared = (ties[0].keys() & ties[1].keys()) | together.keys()
    found = [
        Forum(
            node,
            kind,
            (tuple(ties[0].get(node, ())), tuple(ties[1].get(node, ()))),
            tuple(sorted(together[node], key=newest)),
        )
        for node in sorted(shared)
        if (kind := pair.corpus.kind(node, BODIES))
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.together), one.node)))


def _ties(pair: Pair, side: int) -> dict[str, list[Tie]]:
    """The bodies that a party belongs to, as documents state: body → relations with evidence."""
    found: dict[str, list[Tie]] = defaultdict(list)
    for statement, graph in _statements(pair, pair.sides[side]):
        predicate = pair.corpus.first(statement, term("rdf:predicate"), graph).removeprefix(RWB)
        if predicate in _BELONGING:
            body = pair.corpus.first(statement, term("rdf:object"), graph)
            found[body].append(Tie(predicate, citations(pair.corpus, statement, [graph])))
    return {body: _merged(ties) for body, ties in found.items()}


def _merged(ties: Iterable[Tie]) -> list[Tie]:
    by_name: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        by_name[tie.predicate].append(tie)
    return [
        Tie(name, tuple(dict.fromkeys(c for tie in same for c in tie.citations)))
        for name, same in sorted(by_name.items())
    ]


def _statements(pair: Pair, subject: str) -> Iterator[tuple[str, str]]:
    for quad in pair.corpus.match(None, term("rdf:subject"), subject):
        graph = text(quad.graph_name)
        if graph.startswith(DOCUMENTS) and pair.corpus.known(graph, pair.asof):
            yield text(quad.subject), graph


def words(facts: Iterable[Fact]) -> tuple[Words, ...]:
    """Statements of one side addressed to the other, by speaker and stance, newest first."""
    found: dict[tuple[int, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.type == "Statement":
            for side in _speaking(fact):
                for stance in fact.stances or ("",):
                    found[side, stance].append(fact)
    return tuple(
        Words(side, stance, tuple(sorted(said, key=newest)))
        for (side, stance), said in sorted(found.items())
    )


def _speaking(fact: Fact) -> list[int]:
    """The sides that speak to the other one."""
    roles = [{one.role for one in side} for side in fact.sides]
    return [n for n in (0, 1) if "speaker" in roles[n] and roles[1 - n] - {"speaker"}]


def ties(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Recognitions, changes of relations and missions, appointments: newest first."""
    return tuple(sorted((f for f in facts if f.type in TIES), key=newest))


def topics(facts: Iterable[Fact]) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    """Events by year and topic, latest year first; undated ones and those without one left out."""
    years: dict[str, Counter[str]] = defaultdict(Counter)
    for fact in facts:
        if fact.when and fact.status in ("held", "disputed"):
            years[fact.when.year].update(fact.topics)
    ranked = {
        year: tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
        for year, counts in years.items()
        if counts
    }
    return tuple(sorted(ranked.items(), reverse=True))


def readouts(pair: Pair, contacts: Iterable[Fact]) -> tuple[Readout, ...]:
    """Contacts that sources of both sides tell, side by side; newest first."""
    found = []
    for fact in contacts:
        told: tuple[list, list, list] = ([], [], [])  # type: ignore[type-arg]
        for account in fact.accounts:
            home = pair.corpus.source(account.graph).home
            told[pair.sides.index(home) if home in pair.sides else 2].append(account)
        if told[0] and told[1]:
            found.append(Readout(fact, (tuple(told[0]), tuple(told[1]), tuple(told[2]))))
    return tuple(found)
