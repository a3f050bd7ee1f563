"""A store as briefs read it: who acts for a country, which documents there are and who wrote them.

One object a state of the store: it remembers documents and offices that it met, so that the next
brief is quicker. Only the graphs of documents count as sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import pyoxigraph as ox

from kg.brief.model import Source
from kg.brief.publishers import Publishers
from kg.brief.ranks import ladder
from kg.dispatches import dispatch_of
from kg.terms import LABEL, RDF_TYPE, iri, rwb, term
from kg.vocab import GRAPH, ID, PREFIXES, RWB, curated_graph

DOCUMENTS = GRAPH + "document/"
# By queries where a loop would read the same of thousands of documents.
_SERVED = "SELECT DISTINCT ?office ?served WHERE { ?office rwb:country ?served }"
_KINDS = "SELECT DISTINCT ?office ?kind WHERE { ?office rwb:officeKind ?kind }"
_HOLDERS = "SELECT DISTINCT ?person WHERE { VALUES ?office { %s } ?person rwb:holdsOffice ?office }"
_ACTING = "SELECT DISTINCT ?person ?party WHERE { ?person rwb:actsFor ?party }"
_HELD = "SELECT DISTINCT ?office ?party WHERE { ?party rwb:holdsOffice ?office }"
_NAMING = "SELECT ?graph ?party WHERE { GRAPH ?graph { ?document rwb:mentions ?party } }"
_ISSUED = "SELECT ?graph ?day WHERE { GRAPH ?graph { ?document dcterms:issued ?day } }"
_PEOPLE = (ID + "person/", ID + "holder/")
_WRITTEN = (ox.NamedNode, ox.Literal)


def text(value: object) -> str:
    """The IRI or lexical form of a term."""
    return value.value if isinstance(value, _WRITTEN) else ""


class Corpus:
    """What briefs ask of a store (`pyoxigraph.Store`), remembered."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self._sources: dict[str, Source] = {}
        self._persons: dict[str, set[str]] = {}
        self._actors: dict[str, frozenset[str]] = {}
        self._parts: dict[str, dict[str, set[str]]] = {}

    def match(
        self,
        subject: str | None,
        predicate: ox.NamedNode | None,
        value: str | None,
        graph: str | None = None,
    ) -> Iterator[ox.Quad]:
        """The quads of a pattern whose terms are IRIs."""
        return self.store.quads_for_pattern(
            iri(subject) if subject else None,
            predicate,
            iri(value) if value else None,
            iri(graph) if graph else None,
        )

    def first(self, subject: str, predicate: ox.NamedNode, graph: str | None = None) -> str:
        """The least value of a property, or an empty text."""
        return min(
            (text(q.object) for q in self.match(subject, predicate, None, graph)), default=""
        )

    def properties(self, subject: str, graph: str) -> dict[str, str]:
        """What a graph says of a node: the least value of each property, by the property's IRI."""
        found: dict[str, str] = {}
        for quad in self.store.quads_for_pattern(iri(subject), None, None, iri(graph)):
            name, value = quad.predicate.value, text(quad.object)
            found[name] = min(value, found.get(name, value))
        return found

    def warm(self) -> None:
        """Read what every brief needs, before the first one is asked for."""
        _ = self.latest, self.publishers, self._served, self._kinds

    @cached_property
    def issued(self) -> dict[str, str]:
        """Day of publication by document graph; documents without one are missing."""
        found = self.store.query(_ISSUED, prefixes=PREFIXES)
        assert isinstance(found, ox.QuerySolutions)
        days = ((text(row["graph"]), text(row["day"])) for row in found)
        return {graph: day for graph, day in days if graph.startswith(DOCUMENTS)}

    @cached_property
    def latest(self) -> str:
        """The last day on which a document was published, empty where none is dated."""
        return max(self.issued.values(), default="")

    def known(self, graph: str, asof: str) -> bool:
        """Whether a graph is a document's and was published by a day; undated ones always were."""
        return graph.startswith(DOCUMENTS) and self.issued.get(graph, "") <= asof

    def actors(self, party: str) -> frozenset[str]:
        """The party itself, and all who hold or held an office of it or act for it (IRIs)."""
        if party not in self._actors:
            self._actors[party] = self._acting(party)
        return self._actors[party]

    def _acting(self, party: str) -> frozenset[str]:
        owned = (one for one, served in self._served.items() if party in served)
        offices = " ".join(f"<{one}>" for one in owned if one.startswith(ID + "office/"))
        held = self._rows(_HOLDERS % offices) if offices else ()
        acting = self._rows(_ACTING, party)
        return frozenset({party, *(person for (person,) in (*held, *acting))})

    def _rows(self, query: str, party: str | None = None) -> Iterator[tuple[str, ...]]:
        """The solutions of a query over the union of all graphs, without the party's column."""
        found = self.store.query(
            query,
            prefixes=PREFIXES,
            use_default_graph_as_union=True,
            substitutions={ox.Variable("party"): iri(party)} if party else None,
        )
        assert isinstance(found, ox.QuerySolutions)
        shown = [variable for variable in found.variables if variable.value != "party"]
        for row in found:
            yield tuple(text(row[variable]) for variable in shown)

    def events(self, party: str) -> dict[str, set[str]]:
        """The events in which a party or its people take part, each with the graphs saying so."""
        if party not in self._parts:
            found: dict[str, set[str]] = {}
            for actor in self.actors(party):
                for quad in self.match(None, rwb("participant"), actor):
                    graph = text(quad.graph_name)
                    if graph.startswith(DOCUMENTS):
                        found.setdefault(text(quad.subject), set()).add(graph)
            self._parts[party] = found
        return self._parts[party]

    def naming(self, party: str) -> set[str]:
        """The graphs of documents that name a party, or in whose events it takes part."""
        named = {graph for (graph,) in self._rows(_NAMING, party)}
        return named.union(*self.events(party).values())

    def office(self, office: str) -> tuple[int | None, frozenset[str]]:
        """Rank of an office, None where its kind says nothing of rank, and whom it serves."""
        return ladder().get(self.office_kind(office)), self._served.get(office, frozenset())

    def office_kind(self, office: str) -> str:
        """The kind of an office (IRI), empty where none is stated."""
        return self._kinds.get(office, "")

    @cached_property
    def _served(self) -> dict[str, frozenset[str]]:
        """Whom each office serves; every document of a hub repeats it, so all are read at once."""
        found: dict[str, set[str]] = {}
        for office, served in self._rows(_SERVED):
            found.setdefault(office, set()).add(served)
        return {office: frozenset(served) for office, served in found.items()}

    @cached_property
    def _kinds(self) -> dict[str, str]:
        """The kind of each office, the least where several are stated."""
        rows = sorted(self._rows(_KINDS), reverse=True)
        return {office: kind for office, kind in rows}  # noqa: C416

    def terms(self, person: str) -> tuple[tuple[str, str, str], ...]:
        """Dated terms of a person: office, start, end (empty where open), as curated."""
        found = []
        for quad in self.match(person, rwb("tenure"), None):
            term_of = text(quad.object)
            office, start, end = (
                self.first(term_of, rwb(name)) for name in ("office", "start", "end")
            )
            found.append((office, start, end))
        return tuple(sorted(found))

    def offices(self, person: str, graph: str | None = None) -> set[str]:
        """The offices of a person that a graph states; of all graphs where none is named."""
        if graph is not None:
            held = self.match(person, rwb("holdsOffice"), None, graph)
            return {text(quad.object) for quad in held}
        if person not in self._persons:
            self._persons[person] = {office for (office,) in self._rows(_HELD, person)}
        return self._persons[person]

    def is_person(self, node: str) -> bool:
        """Whether a node is a person, named or not."""
        return node.startswith(_PEOPLE)

    def kind(self, node: str, classes: Iterable[str]) -> str:
        """The first of these classes (local names) that a node has, or an empty text."""
        types = {text(q.object).removeprefix(RWB) for q in self.match(node, RDF_TYPE, None)}
        return next((name for name in classes if name in types), "")

    @cached_property
    def publishers(self) -> Publishers:
        """Who publishes for which country, by the names of the store's countries."""
        graph = curated_graph("countries")
        names: dict[str, set[str]] = {}
        for predicate in (term("skos:prefLabel"), term("skos:altLabel"), LABEL):
            for quad in self.store.quads_for_pattern(None, predicate, None, iri(graph)):
                node = text(quad.subject)
                if node.startswith(ID + "country/"):
                    names.setdefault(node, set()).add(text(quad.object))
        return Publishers(names)

    def source(self, graph: str) -> Source:
        """How to cite the document of a graph."""
        if graph not in self._sources:
            self._sources[graph] = self._read_source(graph)
        return self._sources[graph]

    def _read_source(self, graph: str) -> Source:
        document = ID + graph.removeprefix(GRAPH)
        said = self.properties(document, graph)

        def of(curie: str) -> str:
            return said.get(term(curie).value, "")

        record = next(self.match(document, RDF_TYPE, RWB + "OfficialRecord", graph), None)
        name = of("dcterms:identifier")
        publisher, url = of("dcterms:source"), of("schema:url")
        home, official = self.publishers.home(publisher, url)
        return Source(
            graph,
            document,
            name,
            of("dcterms:title") or name,
            of("dcterms:language"),
            self.issued.get(graph, ""),
            publisher,
            url,
            dispatch_of(self.store, document) or (f"source {publisher}" if publisher else document),
            home,
            official or record is not None,
            record is not None,
        )
