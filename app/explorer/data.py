"""What the pages read from the store: names, kinds, events, counts; every read is bounded.

Pure functions over a `pyoxigraph.Store`; nodes are absolute IRIs as text. The union of all named
graphs is read; the graph of a quad says which document states it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode, Store

from app.explorer import tallies
from app.explorer.affiliations import Affiliations
from kg.model import EntityKind, EventType, Role
from kg.names import fallbacks
from kg.terms import LABEL, RDF_TYPE, iri, rwb, term
from kg.vocab import GRAPH, ID, RWB

LANGUAGES = ("ar", "en", "fr")
SCAN_CAP = 500  # events read for one node; a hub of a large store has more
LIST_CAP = 500
KINDS = (*(kind.value for kind in EntityKind), "Office")
EVENT_TYPES = tuple(kind.value for kind in EventType)
PLAIN = Role.PARTICIPANT.value
_LAST = (PLAIN, "host", "addressee", "recognised", "appointer")  # those whom others act upon
ROLES = (*(role.value for role in Role if role.value not in _LAST), *_LAST)
PREF_LABEL, ALT_LABEL = term("skos:prefLabel"), term("skos:altLabel")
_EVENT_TYPES = frozenset(RWB + name for name in EVENT_TYPES)
_CLASSES = {RWB + name: name for name in ("Event", "Document", *KINDS)} | dict.fromkeys(
    _EVENT_TYPES, "Event"
)
DOCUMENT_GRAPHS = GRAPH + "document/"
_TYPE = RDF_TYPE.value
_WRITTEN = (NamedNode, Literal, BlankNode)


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part in an event, and as what (local name of the finest role stated)."""

    node: str
    role: str


@dataclass(frozen=True, slots=True)
class Event:
    """One event as all documents together state it; several dates mean that they differ."""

    node: str
    type: str
    parties: tuple[Party, ...] = ()
    dates: tuple[str, ...] = ()
    end_dates: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    certainties: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    edition: str | None = None
    documents: tuple[str, ...] = ()  # graphs that state it

    @property
    def date(self) -> str:
        """The first of its dates, empty where none is known."""
        return self.dates[0] if self.dates else ""

    @property
    def linked(self) -> tuple[str, ...]:
        """Every node that the event touches, each once."""
        nodes = (*(party.node for party in self.parties), *self.places, *self.about)
        return tuple(dict.fromkeys(nodes))


def node_iri(key: str) -> str:
    """The IRI of a key or IRI from an address, whatever was typed there."""
    full = key if key.startswith(("http://", "https://")) else ID + key
    try:
        return NamedNode(full).value
    except ValueError:
        return ID + quote(key, safe="/-._~:")


def node_key(node: str) -> str:
    """The short form of an IRI for links: the path below the identifier namespace."""
    return node.removeprefix(ID)


def local(node: str) -> str:
    """The local name of a term or code: what follows the last `#` or `/`."""
    return node.replace("#", "/").rsplit("/", 1)[-1]


def text_of(value: object) -> str:
    """The IRI or the lexical form of a term."""
    return value.value if isinstance(value, _WRITTEN) else ""


def objects(store: Store, node: str, predicate: NamedNode, graph: str | None = None) -> list[str]:
    """Distinct values of a property, at most `LIST_CAP` quads read, sorted."""
    where = NamedNode(graph) if graph else None
    quads = store.quads_for_pattern(iri(node), predicate, None, where)
    return sorted({text_of(quad.object) for quad in islice(quads, LIST_CAP)})


def subjects(
    store: Store, predicate: NamedNode, node: str, cap: int = SCAN_CAP
) -> tuple[list[str], bool]:
    """Distinct nodes whose property has this value, and whether more were left unread."""
    quads = store.quads_for_pattern(None, predicate, iri(node))
    found: dict[str, None] = {}
    for quad in quads:
        if len(found) >= cap:
            return list(found), True
        found[text_of(quad.subject)] = None
    return list(found), False


def kind(store: Store, node: str) -> str | None:
    """`Event`, `Document`, a class of entity or `Office`; None for a node that the store lacks.

    Every graph repeats the class: the first that is known decides.
    """
    for quad in islice(store.quads_for_pattern(iri(node), RDF_TYPE, None), LIST_CAP):
        found = _CLASSES.get(text_of(quad.object))
        if found:
            return found
    return None


def labels(store: Store, node: str) -> dict[str, list[str]]:
    """All names of a node by language, the best first: preferred, then by use, then others."""
    ranked: dict[str, Counter[str]] = {}
    person = node.startswith((ID + "person/", ID + "holder/"))
    for predicate, weight in ((PREF_LABEL, 10_000), (LABEL, 10), (ALT_LABEL, 1)):
        quads = store.quads_for_pattern(iri(node), predicate, None)
        for quad in islice(quads, LIST_CAP):
            if isinstance(quad.object, Literal):
                names = ranked.setdefault(quad.object.language or "", Counter())
                names[quad.object.value] += weight
    return {lang: _by_rank(names, person) for lang, names in sorted(ranked.items())}


def _by_rank(names: Counter[str], person: bool) -> list[str]:
    """Preferred names first; of a person's other names the fullest, else the one in most use."""

    def rank(name: str) -> tuple[int, int, int, str]:
        weight = names[name]
        use = min(weight, 10) if person else weight
        length = -len(name) if person and len(name) < 60 else len(name)
        return (-(weight // 10_000 > 0), -use, length, name)

    return sorted(names, key=rank)


def name(store: Store, node: str, lang: str) -> str:
    """The name to show in an interface language, else in another, else the end of the IRI."""
    for quad in islice(store.quads_for_pattern(iri(node), PREF_LABEL, None), 50):
        if isinstance(quad.object, Literal) and quad.object.language == lang:
            return quad.object.value  # a hub has its labels in every document: don't read them
    known = labels(store, node)
    for choice in fallbacks(lang):
        if known.get(choice):
            return known[choice][0]
    return local(node) or node


def event(store: Store, node: str) -> Event | None:
    """The merged record of an event; None for a node that is none."""
    type_name = ""
    values: dict[str, set[str]] = {}
    graphs: set[str] = set()
    for quad in islice(store.quads_for_pattern(iri(node), None, None), 4 * LIST_CAP):
        predicate, value = quad.predicate.value, text_of(quad.object)
        graphs.add(text_of(quad.graph_name))
        if predicate.startswith(RWB):
            values.setdefault(predicate.removeprefix(RWB), set()).add(value)
        elif not type_name and predicate == _TYPE and value in _EVENT_TYPES:
            type_name = value
    if not type_name:
        return None

    def of(key: str) -> tuple[str, ...]:
        return tuple(sorted(values.get(key, ())))

    return Event(
        node,
        type_name.removeprefix(RWB),
        parties=_parties(values),
        dates=of("date"),
        end_dates=of("endDate"),
        places=of("place"),
        about=of("about"),
        certainties=tuple(map(local, of("certainty"))),
        stances=tuple(map(local, of("stance"))),
        topics=of("topic"),
        edition=next(iter(of("edition")), None),
        documents=tuple(sorted(g for g in graphs if g.startswith(DOCUMENT_GRAPHS))),
    )


def _parties(values: dict[str, set[str]]) -> tuple[Party, ...]:
    """Each party with each finer role; `participant` alone only where no finer one is stated."""
    fine = {(node, role) for role in ROLES if role != PLAIN for node in values.get(role, ())}
    named = {node for node, _role in fine}
    plain = {(node, PLAIN) for node in values.get(PLAIN, ()) if node not in named}
    ordered = sorted(fine | plain, key=lambda pair: (ROLES.index(pair[1]), pair[0]))
    return tuple(Party(node, role) for node, role in ordered)


def events(store: Store, nodes: Iterable[str]) -> list[Event]:
    """The records of events, newest first, undated last."""
    found = [record for node in nodes if (record := event(store, node))]
    return sorted(found, key=lambda record: (record.date, record.node), reverse=True)


def countries_of(store: Store, node: str) -> list[str]:
    """The countries that a node stands for: itself, its own, or those of its offices."""
    if node.startswith(ID + "country/"):
        return [node]
    own = objects(store, node, rwb("country"))
    if own or not node.startswith((ID + "person/", ID + "holder/")):
        return own
    offices = objects(store, node, rwb("holdsOffice"))
    return sorted({land for office in offices for land in objects(store, office, rwb("country"))})


def event_countries(store: Store, record: Event) -> set[str]:
    """All countries that take part in an event, by themselves or by their officials."""
    return {land for party in record.parties for land in countries_of(store, party.node)}


def instances(store: Store, class_name: str) -> Iterator[str]:
    """All nodes of a class, each once."""
    seen: set[str] = set()
    for quad in store.quads_for_pattern(None, RDF_TYPE, rwb(class_name)):
        node = text_of(quad.subject)
        if node not in seen:
            seen.add(node)
            yield node


def counts(store: Store, classes: Iterable[str]) -> dict[str, int]:
    """How many nodes of each class documents speak of."""
    return {name: tallies.nodes_of(store, name) for name in classes}


def latest_events(store: Store, limit: int = 10) -> list[Event]:
    """The events with the latest dates."""
    return events(store, islice(tallies.newest(store, 8 * limit), limit))


def busiest(store: Store, known: Affiliations, limit: int = 10) -> list[str]:
    """Countries and named people in most events; a country counts with those who act for it."""
    tally = tallies.participations(store)
    for person, land in known.homes.items():
        tally[land] += tally.get(person, 0)
    fit = (node for node, _count in tally.most_common() if not node.startswith(ID + "holder/"))
    return list(islice(fit, limit))
