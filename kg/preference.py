"""Which of several values of one slot to prefer, and by what rule.

The rules in their order: a person accepted it; an official record gives it; it is told of what has
happened, not of what was planned; more independent voices give it; words give it, not an inference;
surer rules read it. Where none of them decides, nothing is preferred: all values stay side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import pyoxigraph as ox

from kg.reports import reports_of
from kg.terms import iri, rwb, term
from kg.vocab import JUDGEMENTS, RWB

_SURER = 0.05  # a smaller difference of confidence says nothing

# Keys of reasons, with what each says in the languages of the interface.
REASONS: dict[str, dict[str, str]] = {
    "only": {
        "en": "no source says otherwise",
        "ar": "لا يخالفه أي مصدر",
        "fr": "aucune source ne dit autre chose",
    },
    "accepted": {
        "en": "accepted by a person",
        "ar": "قبِله شخص",
        "fr": "accepté par une personne",
    },
    "official": {
        "en": "given by an official record",
        "ar": "ورد في سجل رسمي",
        "fr": "donné par un document officiel",
    },
    "held": {
        "en": "reported of what took place, not of what was planned",
        "ar": "ورد عما جرى لا عما كان مقررا",
        "fr": "rapporté de ce qui a eu lieu, non de ce qui était prévu",
    },
    "voices": {
        "en": "more independent sources: {} against {}",
        "ar": "مصادر مستقلة أكثر: {} مقابل {}",
        "fr": "plus de sources indépendantes : {} contre {}",
    },
    "stated": {
        "en": "stated in words, not inferred",
        "ar": "مصرَّح به لا مستنتج",
        "fr": "énoncé en toutes lettres, non inféré",
    },
    "surer": {
        "en": "read by surer rules: {} against {}",
        "ar": "قرأته قواعد أوثق: {} مقابل {}",
        "fr": "lu par des règles plus sûres : {} contre {}",
    },
    "precise": {
        "en": "the most precise of those that agree",
        "ar": "أدق القيم المتفقة",
        "fr": "la plus précise de celles qui s’accordent",
    },
    "coarser": {
        "en": "agrees, less precisely, with {}",
        "ar": "يتفق بدقة أقل مع {}",
        "fr": "s’accorde, avec moins de précision, avec {}",
    },
    "outweighed": {
        "en": "another value is preferred: {}",
        "ar": "قيمة أخرى مفضلة: {}",
        "fr": "une autre valeur est préférée : {}",
    },
    "undecided": {
        "en": "nothing tells the values apart: none is preferred",
        "ar": "لا شيء يرجح بين القيم، فلا تُفضَّل أي منها",
        "fr": "rien ne départage les valeurs : aucune n’est préférée",
    },
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a value is preferred or not: a key of REASONS with its figures."""

    key: str
    figures: tuple[str, ...] = ()

    def text(self, lang: str = "en") -> str:
        """The reason in words, in ar, en or fr."""
        return REASONS[self.key][lang].format(*self.figures)


@dataclass(frozen=True, slots=True)
class Statement:
    """That a document gives a value: IRIs, its voice, and the basis where it is inferred."""

    document: str
    graph: str
    voice: int
    official: bool
    certainty: str  # of the event, as the document has it
    confidence: float
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a slot (local name): an IRI, or a literal or code as text; who gives it.

    `disputed` values exclude one another. `confidence` is of this value among its rivals.
    """

    slot: str
    value: str
    statements: tuple[Statement, ...]
    voices: int
    confidence: float
    preferred: bool = False
    disputed: bool = False
    accepted: bool = False
    reason: Reason = Reason("only")

    @property
    def official(self) -> bool:
        """Whether an official record gives it."""
        return any(one.official for one in self.statements)

    @property
    def inferred(self) -> bool:
        """Whether no document spells it out."""
        return all(one.basis for one in self.statements)

    @property
    def held(self) -> bool:
        """Whether a document gives it of what has taken place."""
        return any(one.certainty == "held" for one in self.statements)


def accepted(store: ox.Store, event: str) -> frozenset[tuple[str, str]]:
    """The (slot, value) pairs of an event that a person accepted, values as in `Value`."""
    found = set()
    graph = iri(JUDGEMENTS)
    for report in reports_of(store, event):
        for quad in store.quads_for_pattern(None, term("rdf:subject"), iri(report.iri), graph):
            node = quad.subject
            assert isinstance(node, ox.NamedNode)
            mark = ox.Quad(node, rwb("verdict"), rwb("accepted"), graph)
            if mark in store:
                found.add((_object(store, node, "predicate"), _object(store, node, "object")))
    return frozenset(found)


def _object(store: ox.Store, node: ox.NamedNode, name: str) -> str:
    found = next(store.quads_for_pattern(node, term(f"rdf:{name}"), None, iri(JUDGEMENTS)), None)
    value = found.object if found else None
    return value.value.removeprefix(RWB) if isinstance(value, ox.NamedNode | ox.Literal) else ""


def choose(values: Sequence[Value], agrees: Callable[[str, str], bool]) -> list[Value]:
    """The values of a slot that holds one, each marked; the preferred ones first.

    `agrees(coarse, fine)` says that the first is only a less precise form of the second.
    """
    finest = [one for one in values if not _finer(one, values, agrees)]
    coarser = [one for one in values if one not in finest]
    if len(finest) > 1:
        return [*_ranked(finest), *(_coarse(one, finest, agrees) for one in coarser)]
    reason = Reason("precise") if coarser else Reason("only")
    best = [replace(one, preferred=True, reason=reason) for one in finest]
    return [*best, *(_coarse(one, finest, agrees) for one in coarser)]


def choose_parties(values: Sequence[Value], rivals: Iterable[frozenset[str]]) -> list[Value]:
    """The parties, all preferred but for rivals: of those who exclude one another at most one."""
    found = {one.value: replace(one, preferred=True) for one in values}
    for group in rivals:
        for one in _ranked([replace(found[key], preferred=False) for key in sorted(group)]):
            found[one.value] = one
    return sorted(found.values(), key=lambda one: (not one.preferred, one.value))


def _finer(one: Value, values: Iterable[Value], agrees: Callable[[str, str], bool]) -> list[Value]:
    return [each for each in values if each.value != one.value and agrees(one.value, each.value)]


def _coarse(one: Value, finest: Sequence[Value], agrees: Callable[[str, str], bool]) -> Value:
    finer = _finer(one, finest, agrees)
    named = ", ".join(each.value.rpartition("/")[2] for each in finer)
    return replace(one, reason=Reason("coarser", (named,)), preferred=False)


def _ranked(values: Sequence[Value]) -> list[Value]:
    """Values that exclude one another: the preferred one, if any, first."""
    rivals = _shared_out(values)
    left, reason = rivals, Reason("undecided")
    for rule in _RULES:
        kept, found = rule(left)
        if len(kept) < len(left):
            left, reason = kept, found
        if len(left) == 1:
            break
    if len(left) > 1:
        return [replace(one, disputed=True, reason=Reason("undecided")) for one in rivals]
    best = left[0]
    lost = Reason("outweighed", (best.value.rpartition("/")[2],))
    others = [replace(one, disputed=True, reason=lost) for one in rivals if one != best]
    return [replace(best, disputed=True, preferred=True, reason=reason), *others]


def _shared_out(values: Sequence[Value]) -> list[Value]:
    """The values with the confidence of each if at most one of them is right."""
    odds = [min(one.confidence, 0.99) / (1 - min(one.confidence, 0.99)) for one in values]
    total = sum(odds) + 1  # one: that all are wrong
    return [
        replace(one, confidence=round(odd / total, 3))
        for one, odd in zip(values, odds, strict=True)
    ]


_Rule = Callable[[list[Value]], tuple[list[Value], Reason]]


def _if_any(key: str, test: Callable[[Value], bool]) -> _Rule:
    def rule(values: list[Value]) -> tuple[list[Value], Reason]:
        return [one for one in values if test(one)] or values, Reason(key)

    return rule


def _voices(values: list[Value]) -> tuple[list[Value], Reason]:
    counts = sorted((one.voices for one in values), reverse=True)
    kept = [one for one in values if one.voices == counts[0]]
    lower = next((count for count in counts if count < counts[0]), counts[0])
    return kept, Reason("voices", (str(counts[0]), str(lower)))


def _surer(values: list[Value]) -> tuple[list[Value], Reason]:
    """By the best single statement, so that the number of voices does not count twice."""
    best = {one.value: max(said.confidence for said in one.statements) for one in values}
    top = max(best.values())
    kept = [one for one in values if best[one.value] > top - _SURER]
    lower = max((each for each in best.values() if each <= top - _SURER), default=top)
    return kept, Reason("surer", (f"{top:g}", f"{lower:g}"))


_RULES: tuple[_Rule, ...] = (
    _if_any("accepted", lambda value: value.accepted),
    _if_any("official", lambda value: value.official),
    _if_any("held", lambda value: value.held),
    _voices,
    _if_any("stated", lambda value: not value.inferred),
    _surer,
)
