"""Events of the store as facts between two parties, merged over documents, values traceable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg import corroboration
from kg.brief.corpus import Corpus, text
from kg.brief.model import Account, Citation, Delegate, Fact
from kg.brief.times import Span, finest
from kg.model import EventType, Role
from kg.terms import RDF_TYPE, iri, rwb, term
from kg.vocab import RULE, RWB

_TYPES = {RWB + kind.value: kind.value for kind in EventType}
_ROLES = tuple(role.value for role in Role if role is not Role.PARTICIPANT)
_TARGET, _EXACT, _START, _END = (
    term(f"oa:{name}").value for name in ("hasTarget", "exact", "start", "end")
)


@dataclass(frozen=True, slots=True)
class Pair:
    """The two parties with those who act for each, and the day up to which documents count."""

    corpus: Corpus
    sides: tuple[str, str]
    actors: tuple[frozenset[str], frozenset[str]]
    asof: str

    def side(self, node: str) -> int | None:
        """Whose side somebody is on; None for others, and for who acts for both."""
        one, two = (node in actors for actors in self.actors)
        return None if one == two else int(two)


@dataclass(slots=True)
class _Values:
    """What documents say of an event, by property (local name): of each graph, and of all."""

    by_graph: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    merged: dict[str, set[str]] = field(default_factory=dict)

    def add(self, graph: str, name: str, value: str) -> None:
        """That a graph gives a property this value."""
        self.by_graph.setdefault(graph, {}).setdefault(name, set()).add(value)
        self.merged.setdefault(name, set()).add(value)

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a property, sorted."""
        return tuple(sorted(self.merged.get(name, ())))


def fact(pair: Pair, node: str) -> Fact | None:
    """The event as the documents known by then state it; None where both sides are not in it."""
    corpus = pair.corpus
    values, kind = _read(pair, node)
    if not kind:
        return None
    parties = values.all("participant")
    sides = tuple(_delegates(pair, values, parties, side) for side in (0, 1))
    if not (sides[0] and sides[1]):
        return None
    when, rivals, why = _when(corpus, node, values)
    return Fact(
        node,
        kind,
        status(values.all("certainty")),
        when,
        (sides[0], sides[1]),
        tuple(one for one in parties if pair.side(one) is None),
        values.all("place"),
        values.all("about"),
        tuple(sorted({int(n) for n in values.all("edition") if n.isdigit()})),
        tuple(one.removeprefix(RWB) for one in values.all("stance")),
        values.all("topic"),
        tuple((role, who) for role in _ROLES for who in values.all(role)),
        tuple(_account(graph, said) for graph, said in sorted(values.by_graph.items())),
        citations(corpus, node, values.by_graph),
        rivals,
        why,
        next(iter(_linked(corpus, node, "subEventOf")), None),
        next(iter(_linked(corpus, node, "outcome")), None),
        values.all("stage"),
        values.all("change"),
    )


def facts(pair: Pair, nodes: Iterable[str]) -> list[Fact]:
    """The facts among these events."""
    return [found for node in sorted(nodes) if (found := fact(pair, node))]


def status(certainties: Sequence[str]) -> str:
    """What documents together say: held once held; disputed where others deny or cancel it."""
    said = {one.removeprefix(RWB) for one in certainties}
    against = said & {"cancelled", "denied"}
    if "held" in said:
        return "disputed" if against else "held"
    if len(against) > 1:
        return "disputed"
    return next(iter(against), "planned" if "planned" in said else "held")


def _read(pair: Pair, node: str) -> tuple[_Values, str]:
    values, kind = _Values(), ""
    for quad in pair.corpus.store.quads_for_pattern(iri(node), None, None):
        graph = text(quad.graph_name)
        if not pair.corpus.known(graph, pair.asof):
            continue
        if quad.predicate == RDF_TYPE:
            kind = _TYPES.get(text(quad.object), kind)
        elif quad.predicate.value.startswith(RWB):
            values.add(graph, quad.predicate.value[len(RWB) :], text(quad.object))
    return values, kind


def _linked(corpus: Corpus, node: str, name: str) -> list[str]:
    """Other events to which an event is tied, also by what was concluded from several documents."""
    return sorted({text(quad.object) for quad in corpus.match(node, rwb(name), None)})


def _account(graph: str, said: dict[str, set[str]]) -> Account:
    return Account(
        graph,
        tuple(sorted(said.get("date", ()))),
        min(said.get("certainty", {""})).removeprefix(RWB),
        frozenset(said.get("participant", ())),
        frozenset(said.get("place", ())),
        frozenset(said.get("topic", ())),
    )


def _when(corpus: Corpus, node: str, values: _Values) -> tuple[Span | None, tuple[str, ...], str]:
    """The date, the dates that exclude one another with the preferred one first, and why it is."""
    dates = finest(values.all("date"))
    if not dates:
        return None, (), ""
    chosen, why = dates[0], ""
    if len(dates) > 1:
        said = corroboration.sources(corpus.store, node).of("date")
        dates = tuple(one.value for one in said if one.disputed and one.value in dates)
        preferred = [one for one in said if one.preferred]
        chosen = preferred[0].value if preferred else (dates or finest(values.all("date")))[0]
        why = preferred[0].reason.key if preferred else "undecided"
        dates = (chosen, *(one for one in dates if one != chosen))
    ends = [end for end in finest(values.all("endDate")) if end > chosen]
    return Span(chosen, ends[-1] if ends else ""), dates if len(dates) > 1 else (), why


def _delegates(
    pair: Pair, values: _Values, parties: Iterable[str], side: int
) -> tuple[Delegate, ...]:
    roles: dict[str, str] = {}
    for role in _ROLES:
        for who in values.all(role):
            roles.setdefault(who, role)
    dates = finest(values.all("date"))
    graphs = set(values.by_graph)
    found = [
        _delegate(pair, who, roles.get(who, ""), side, graphs, dates)
        for who in parties
        if pair.side(who) == side and not _acts_for_another(pair, who, side, graphs)
    ]
    return tuple(sorted(found, key=lambda d: (d.rank or 9, d.node)))


def _acts_for_another(pair: Pair, who: str, side: int, graphs: set[str]) -> bool:
    """Whether the documents of the event know somebody in offices of other parties only.

    A president of France who is also a prince of Andorra does not act for Andorra in each visit.
    """
    if not pair.corpus.is_person(who):
        return False
    stated = {office for graph in graphs for office in pair.corpus.offices(who, graph)}
    served = [pair.corpus.office(office)[1] for office in stated]
    return any(served) and not any(pair.sides[side] in of for of in served)


def _delegate(
    pair: Pair, who: str, role: str, side: int, graphs: set[str], dates: Sequence[str]
) -> Delegate:
    """Who it is and in which office then: as the documents say, else by the dated terms."""
    corpus, party = pair.corpus, pair.sides[side]
    if not corpus.is_person(who):
        return Delegate(who, role)
    stated = {o for g in graphs for o in corpus.offices(who, g) if party in corpus.office(o)[1]}
    if stated:
        return _ranked(corpus, who, role, stated, "stated")
    terms = [term for term in corpus.terms(who) if party in corpus.office(term[0])[1]]
    then = {office for office, start, end in terms if dates and _covers(start, end, dates[0])}
    if then:
        return _ranked(corpus, who, role, then, "tenure")
    own = {office for office in corpus.offices(who) if party in corpus.office(office)[1]}
    timeless = own - {office for office, _start, _end in terms}
    return _ranked(corpus, who, role, timeless, "undated") if timeless else Delegate(who, role)


def _covers(start: str, end: str, day: str) -> bool:
    """Whether a dated term surely includes a date: compared as far as both are precise."""
    return bool(
        start
        and start[: len(day)] <= day[: len(start)]
        and (not end or day[: len(end)] <= end[: len(day)])
    )


def _ranked(corpus: Corpus, who: str, role: str, offices: set[str], basis: str) -> Delegate:
    """The highest of the offices; of equal ones the first by IRI."""
    rank, office = min((corpus.office(one)[0] or 9, one) for one in offices)
    return Delegate(who, role, office, rank if rank < 9 else None, basis)


def citations(corpus: Corpus, body: str, graphs: Iterable[str]) -> tuple[Citation, ...]:
    """The words that state an event or a statement in these graphs, by publication."""
    wanted = set(graphs)
    found = [
        _citation(corpus, text(quad.subject), text(quad.graph_name))
        for quad in corpus.match(None, term("oa:hasBody"), body)
        if text(quad.graph_name) in wanted
    ]
    order = sorted(found, key=lambda c: (c.source.published, c.source.document, c.start, c.rule))
    return tuple(dict.fromkeys(order))


def _citation(corpus: Corpus, annotation: str, graph: str) -> Citation:
    said = corpus.properties(annotation, graph)
    target = said.get(_TARGET, "")
    selector = corpus.first(target, term("oa:hasSelector"), graph) if target else ""
    words = corpus.properties(selector, graph) if selector else {}
    confidence = said.get(RWB + "confidence")
    return Citation(
        corpus.source(graph),
        words.get(_EXACT, ""),
        int(words.get(_START) or 0),
        int(words.get(_END) or 0),
        said.get(RWB + "rule", "").removeprefix(RULE),
        float(confidence) if confidence else None,
    )
