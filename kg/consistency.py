"""What shapes can't say of a stored graph: quotes, calendar, tenures, roles, terms.

The messages are in the languages of the shapes. `kg.checks` looks at a reading before it becomes
a graph; this looks at any graph, whoever wrote it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import pyoxigraph as ox

import ontology
from kg.terms import RDF_TYPE, is_date, rwb, term
from kg.vocab import GRAPH, ID, PREFIXES, RWB

VIOLATION, WARNING = "Violation", "Warning"
CURATED = GRAPH + "curated/"
VOCABULARY_GRAPH = CURATED + "ontology"
_HOLDER = ID + "holder/"
_DATES = ("rwb:date", "rwb:endDate", "rwb:start", "rwb:end", "dcterms:issued", "rwb:inferredValue")
_CALENDAR = {term(f"xsd:{name}") for name in ("date", "gYearMonth", "gYear")}
_LOCAL_NAME = re.compile(re.escape(RWB) + r"[A-Za-z]\w*")


@dataclass(frozen=True, slots=True)
class Violation:
    """One fault of a graph: IRIs of graph and node, property path or None, what is wrong.

    `severity` is `Violation` or `Warning`; only the former makes a graph ill-formed. In a path `^`
    stands before an inverse step, `|` between alternatives.
    """

    graph: str
    focus: str
    path: str | None
    message: str
    severity: str = VIOLATION


MESSAGES: Mapping[str, Mapping[str, str]] = {
    "calendar": {
        "en": "{} is no date of the calendar",
        "ar": "{} ليس تاريخًا صحيحًا",
        "fr": "{} n’est pas une date du calendrier",
    },
    "quote": {
        "en": "the quote differs from the text at its place: {}",
        "ar": "يخالف الاقتباسُ النصَّ في موضعه: {}",
        "fr": "la citation diffère du texte à sa position : {}",
    },
    "inverted": {
        "en": "it ends before it begins: {}",
        "ar": "نهايته قبل بدايته: {}",
        "fr": "la fin précède le début : {}",
    },
    "overlap": {
        "en": "two persons hold this office of one holder at a time: {}",
        "ar": "شخصان يشغلان في الوقت نفسه منصبًا لا يشغله إلا واحد: {}",
        "fr": "deux personnes occupent à la fois cette fonction à titulaire unique : {}",
    },
    "role": {
        "en": "who has a role is stated as a participant too: {}",
        "ar": "صاحب الدور يُذكر مشاركًا أيضًا: {}",
        "fr": "celui qui a un rôle est aussi énoncé comme participant : {}",
    },
    "unstated": {
        "en": "the fact that evidence explains is not stated: {}",
        "ar": "الحقيقة التي يفسرها الدليل غير مذكورة: {}",
        "fr": "le fait que la preuve explique n’est pas énoncé : {}",
    },
    "inference": {
        "en": "the event does not have the value that was inferred: {}",
        "ar": "لا يحمل الحدث القيمة المستنتجة: {}",
        "fr": "l’événement n’a pas la valeur inférée : {}",
    },
    "undeclared": {
        "en": "the ontology has no term {}",
        "ar": "لا يوجد في الأنطولوجيا المصطلح {}",
        "fr": "l’ontologie n’a pas de terme {}",
    },
    "blank": {
        "en": "a node without an IRI",
        "ar": "عقدة بلا معرّف",
        "fr": "un nœud sans IRI",
    },
}

_EVENT_SPANS = """SELECT ?g ?node ?start ?end WHERE {
  GRAPH ?g { { ?node rwb:date ?start ; rwb:endDate ?end } UNION
             { ?node a rwb:Tenure ; rwb:start ?start ; rwb:end ?end } } }"""
_TENURES = """SELECT DISTINCT ?g ?tenure ?office ?holder ?start ?end WHERE {
  GRAPH ?g { ?tenure rwb:office ?office ; rwb:holder ?holder ; rwb:start ?start .
             ?office rwb:officeKind ?kind . OPTIONAL { ?tenure rwb:end ?end } } }"""
_TENURE_KINDS = "SELECT DISTINCT ?office ?kind WHERE { GRAPH ?g { ?office rwb:officeKind ?kind } }"
_QUOTES = """SELECT ?g ?document ?selector ?exact ?start ?end WHERE {
  GRAPH ?g { ?target oa:hasSource ?document ; oa:hasSelector ?selector .
             ?selector oa:exact ?exact ; oa:start ?start ; oa:end ?end } }"""
_ROLES = """SELECT ?g ?event ?role ?party WHERE {
  VALUES ?role { %s }
  GRAPH ?g { ?event ?role ?party FILTER NOT EXISTS { ?event rwb:participant ?party } } }"""
_FACTS = """SELECT ?g ?fact ?s ?p ?o WHERE {
  GRAPH ?g { ?fact a rdf:Statement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o
             FILTER NOT EXISTS { ?s ?p ?o } } }"""
_INFERENCES = """SELECT ?g ?inference ?slot ?value WHERE {
  GRAPH ?g { ?inference rwb:ofEvent ?event ; rwb:slot ?slot ; rwb:inferredValue ?value
             FILTER NOT EXISTS { ?event ?slot ?value } } }"""


@cache
def declared() -> frozenset[str]:
    """The IRIs of all terms that the ontology declares."""
    quads = ox.parse(ontology.text("rawabit"), ox.RdfFormat.TURTLE)
    return frozenset(_value(q.subject) for q in quads if q.predicate == RDF_TYPE)


@cache
def roles() -> tuple[str, ...]:
    """The IRIs of the roles: the subproperties of rwb:participant."""
    quads = ox.parse(ontology.text("rawabit"), ox.RdfFormat.TURTLE)
    below = (q for q in quads if q.predicate == term("rdfs:subPropertyOf"))
    return tuple(sorted(_value(q.subject) for q in below if q.object == rwb("participant")))


@cache
def single_holder_kinds() -> frozenset[str]:
    """The IRIs of the kinds of office that one person holds at a time."""
    quads = ox.parse(ontology.text("offices"), ox.RdfFormat.TURTLE)
    marks = (q for q in quads if q.predicate == rwb("singleHolder"))
    return frozenset(_value(q.subject) for q in marks if _value(q.object) == "true")


def check(store: ox.Store, lang: str = "en") -> Iterator[Violation]:
    """The faults of all named graphs of the store that shapes can't find, in no order."""
    for find in _CHECKS:
        for kind, violation in find(store):
            message = MESSAGES[kind][lang].format(violation.message)
            severity = WARNING if kind in _LENIENT else VIOLATION
            yield Violation(violation.graph, violation.focus, violation.path, message, severity)


# What a check finds: the kind of message, and a violation whose message is still the bare detail.
Found = Iterator[tuple[str, Violation]]
_LENIENT = {"overlap", "inference"}


def _value(value: object) -> str:
    return value.value if isinstance(value, ox.NamedNode | ox.Literal) else str(value)


def _rows(store: ox.Store, query: str) -> Iterator[dict[str, str]]:
    """The solutions of a query, every value as its IRI or lexical form; unbound ones empty."""
    solutions = store.query(query, prefixes=PREFIXES)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {n: _value(v) if (v := solution[n]) is not None else "" for n in names}


def _calendar(store: ox.Store) -> Found:
    for name in _DATES:
        for quad in store.quads_for_pattern(None, term(name), None, None):
            value = quad.object
            dated = isinstance(value, ox.Literal) and value.datatype in _CALENDAR
            if dated and not is_date(_value(value)):
                yield "calendar", _at(quad, _value(value))


def _at(quad: ox.Quad, detail: str) -> Violation:
    path = _value(quad.predicate)
    return Violation(_value(quad.graph_name), _value(quad.subject), path, detail)


def _quotes(store: ox.Store) -> Found:
    texts = {
        (_value(q.graph_name), _value(q.subject)): _value(q.object)
        for q in store.quads_for_pattern(None, rwb("text"), None, None)
    }
    for row in _rows(store, _QUOTES):
        text = texts.get((row["g"], row["document"]))
        if text is not None and not _is_quote(text, row):
            path = term("oa:exact").value
            yield "quote", Violation(row["g"], row["selector"], path, row["exact"])


def _is_quote(text: str, row: Mapping[str, str]) -> bool:
    if not (row["start"].isdecimal() and row["end"].isdecimal()):
        return False
    return text[int(row["start"]) : int(row["end"])] == row["exact"]


def _first_day(value: str) -> str:
    return value + "-01-01"[: 10 - len(value)] if len(value) < 10 else value


def _last_day(value: str) -> str:
    # Compared as text, so day 31 bounds a month of any length.
    return value + "-12-31"[-(10 - len(value)) :] if len(value) < 10 else value


def _spans(store: ox.Store) -> Found:
    for row in _rows(store, _EVENT_SPANS):
        if _first_day(row["start"]) > _last_day(row["end"]):
            detail = f"{row['start']}, {row['end']}"
            yield "inverted", Violation(row["g"], row["node"], None, detail)


def _overlaps(store: ox.Store) -> Found:
    single = single_holder_kinds()
    kinds = {row["office"]: row["kind"] for row in _rows(store, _TENURE_KINDS)}
    terms: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in _rows(store, _TENURES):
        if kinds.get(row["office"]) in single:
            terms[row["g"], row["office"]].append(row)
    for (graph, office), rows in terms.items():
        for first, second in _overlapping(rows):
            detail = ", ".join(f"{r['holder']} {r['start']}/{r['end']}" for r in (first, second))
            yield "overlap", Violation(graph, office, rwb("office").value, detail)


def _overlapping(
    rows: Iterable[dict[str, str]],
) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Pairs of terms that overlap for certain; a term without an end covers all later days."""
    ordered = sorted(rows, key=lambda row: (_first_day(row["start"]), row["tenure"]))
    for first, second in combinations(ordered, 2):
        if first["holder"] == second["holder"]:
            continue
        ends = _first_day(first["end"]) if first["end"] else "9999"
        if _last_day(second["start"]) < ends:
            yield first, second


def _role_parties(store: ox.Store) -> Found:
    for row in _rows(store, _ROLES % " ".join(f"<{role}>" for role in roles())):
        yield "role", Violation(row["g"], row["event"], row["role"], row["party"])


def _facts(store: ox.Store) -> Found:
    for row in _rows(store, _FACTS):
        # That an unnamed holder holds its office is stated in a curated graph, made beside.
        if not row["s"].startswith(_HOLDER):
            detail = f"{row['s']} {row['p']} {row['o']}"
            yield "unstated", Violation(row["g"], row["fact"], None, detail)


def _inferences(store: ox.Store) -> Found:
    for row in _rows(store, _INFERENCES):
        yield "inference", Violation(row["g"], row["inference"], row["slot"], row["value"])


def _terms(store: ox.Store) -> Found:
    known = declared()
    for quad in store:
        if _value(quad.graph_name) == VOCABULARY_GRAPH:
            continue
        for value in (quad.predicate, quad.object):
            ours = isinstance(value, ox.NamedNode) and _LOCAL_NAME.fullmatch(value.value)
            if ours and _value(value) not in known:
                yield "undeclared", _at(quad, _value(value))
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            yield "blank", _at(quad, "")


_CHECKS: tuple[Callable[[ox.Store], Found], ...] = (
    _calendar,
    _quotes,
    _spans,
    _overlaps,
    _role_parties,
    _facts,
    _inferences,
    _terms,
)
