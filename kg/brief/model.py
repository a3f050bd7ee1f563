"""The values of a brief: facts between two parties, frozen, each with the citations that state it.

Nodes are absolute IRIs. Sides are 0 and 1, in the order in which the brief was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.brief.times import Span


@dataclass(frozen=True, slots=True)
class Source:
    """A document as it is cited; documents of one `voice` (agency, dispatch) are not independent.

    `side`: the side that published it, where that is known; `official`: a government's own word.
    """

    graph: str
    document: str
    id: str
    title: str
    lang: str
    published: str
    publisher: str
    url: str
    voice: str
    home: str | None = None  # IRI of the country that publishes it
    official: bool = False
    record: bool = False  # an official record, not a report


@dataclass(frozen=True, slots=True)
class Citation:
    """The words of a document that state a fact: code points of its text, half-open."""

    source: Source
    exact: str
    start: int
    end: int
    rule: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Delegate:
    """Somebody of one side in an event.

    `rank`: rung of the protocol ladder (1 to 5), None where the office is not known; `basis`:
    `stated` by a document of the event, `tenure` from a dated term, `undated` from a term without
    dates, empty for the state itself.
    """

    node: str
    role: str
    office: str | None = None
    rank: int | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """An event as one document has it."""

    graph: str
    dates: tuple[str, ...]
    certainty: str
    parties: frozenset[str]
    places: frozenset[str]
    topics: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fact:
    """An event between the two, merged over its documents.

    `status`: held, planned, cancelled, denied, or disputed where documents contradict each other;
    `when` None: no date is known; `rivals`: dates that exclude one another, with the preferred one
    first; `why` says by what rule it is preferred (a key of `kg.preference.REASONS`).
    """

    node: str
    type: str
    status: str
    when: Span | None
    sides: tuple[tuple[Delegate, ...], tuple[Delegate, ...]]
    others: tuple[str, ...]
    places: tuple[str, ...]
    about: tuple[str, ...]
    editions: tuple[int, ...]
    stances: tuple[str, ...]
    topics: tuple[str, ...]
    roles: tuple[tuple[str, str], ...]  # (role, node) pairs, participants aside
    accounts: tuple[Account, ...]
    citations: tuple[Citation, ...]
    rivals: tuple[str, ...] = ()
    why: str = ""
    within: str | None = None  # the visit or conference that it is part of
    outcome: str | None = None  # of an announcement: the event that came of it
    stages: tuple[str, ...] = ()  # of an agreement, as documents say: announced, signed, ratified …
    changes: tuple[str, ...] = ()  # of relations, missions, offices: open, close, cut, resume …

    @property
    def level(self) -> int | None:
        """The rank at which the two met: of each side's highest, the lower; None if unknown.

        Where one side is named only as a state, the other side's rank counts.
        """
        best = [
            min((d.rank for d in side if d.rank is not None), default=None) for side in self.sides
        ]
        known = [rank for rank in best if rank is not None]
        return max(known) if known else None

    @property
    def voices(self) -> int:
        """How many independent sources state it."""
        return len({citation.source.voice for citation in self.citations})

    @property
    def documents(self) -> int:
        """How many documents state it."""
        return len({citation.source.document for citation in self.citations})


@dataclass(frozen=True, slots=True)
class Occasion:
    """Contacts of the same days: a visit with its meetings is one occasion."""

    when: Span
    facts: tuple[Fact, ...]

    @property
    def level(self) -> int | None:
        """The highest level among its contacts."""
        return min((f.level for f in self.facts if f.level is not None), default=None)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much the sources wrote between two days: documents that name each side, and both."""

    first: str
    last: str
    documents: int
    naming: tuple[int, int]
    both: int

    @property
    def either(self) -> int:
        """Documents that name at least one side."""
        return sum(self.naming) - self.both


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often contacts of a level come, and how long the last one lies back.

    `gaps` are days between successive occasions; `usual` is their median, None for fewer than
    three; `silent` days from the last occasion to the brief's day. `verdict`: none, early (too few
    gaps), usual, silent, unsure (silent, but `later` contacts without a precise date may fall into
    the silence), or thin (silent, but the sources write less too). `expected`: the documents naming
    either side that the silent time would have at the former rate; `loose`: contacts of this level
    that are not dated to the month and so count in no gap.
    """

    level: int  # 5: any contact; 3: ministers and above; 2: leaders
    occasions: int
    gaps: tuple[int, ...]
    usual: float | None
    last: Occasion | None
    silent: int | None
    verdict: str
    coverage: Coverage | None = None
    expected: float | None = None
    loose: int = 0
    later: int = 0


@dataclass(frozen=True, slots=True)
class Stage:
    """A step in the life of an agreement: announced, signed, ratified, in-force, denounced …"""

    name: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement (None: signed without a name) and its life in order of time."""

    node: str | None
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """The exercises of a series (None: without one) in which both took part, by edition."""

    node: str | None
    editions: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """How one side belongs to a body: predicate (local name) or `event`, and who says so."""

    predicate: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Forum:
    """A body, forum or dialogue that both belong to or attended, with each side's ties."""

    node: str
    kind: str
    ties: tuple[tuple[Tie, ...], tuple[Tie, ...]]
    together: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What one side said of the other: statements of one stance, newest first."""

    speaker: int
    stance: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Readout:
    """One contact as sources of each side tell it, side by side; None: of neither side."""

    fact: Fact
    accounts: tuple[tuple[Account, ...], tuple[Account, ...], tuple[Account, ...]]


@dataclass(frozen=True, slots=True)
class Brief:
    """All that is known between two parties up to `asof` (ISO day, by publication)."""

    sides: tuple[str, str]
    asof: str
    coverage: Coverage
    contacts: tuple[Fact, ...]  # newest first, undated last
    cadence: tuple[Cadence, ...]
    agreements: tuple[Agreement, ...]
    series: tuple[Series, ...]
    forums: tuple[Forum, ...]
    words: tuple[Words, ...]
    ties: tuple[Fact, ...]  # recognitions, relations, missions, appointments
    years: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]  # year → topic, events
    readouts: tuple[Readout, ...]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every event of the brief, each once, newest first."""
        said = (fact for words in self.words for fact in words.facts)
        staged = (stage.fact for one in self.agreements for stage in one.stages)
        held = (fact for one in self.series for fact in one.editions)
        met = (fact for one in self.forums for fact in one.together)
        every = {f.node: f for f in (*self.contacts, *staged, *held, *met, *said, *self.ties)}
        return tuple(sorted(every.values(), key=newest))


def newest(fact: Fact) -> tuple[bool, int, str]:
    """Sorts facts: latest first, a bare year after its months, undated last, then by node."""
    last = fact.when.start.replace("-", "").ljust(8, "0") if fact.when else "0"
    return (not fact.when, -int(last), fact.node)
