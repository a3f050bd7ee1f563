"""How often contacts come, and whether a silence is the countries' or only the sources'."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from kg.brief.corpus import Corpus
from kg.brief.model import Cadence, Coverage, Fact, Occasion
from kg.brief.ranks import ANY, LEADERS, MINISTERS
from kg.brief.times import Span, days_between, days_since

CONTACTS = ("Meeting", "PhoneCall", "Visit")
ENOUGH_GAPS = 3  # fewer say nothing of what is usual
LONG = 1.5  # a silence longer than this many usual gaps is worth a word
THIN = 0.5  # sources that write less than this share of their former rate explain a silence
ENOUGH_DOCUMENTS = 3
_JOIN = timedelta(days=1)


@dataclass(slots=True)
class _Group:
    """Contacts of touching days while they are gathered."""

    first: date
    last: date
    facts: list[Fact]

    def occasion(self) -> Occasion:
        """The group as it is: its days, or the month where that is all that is known."""
        spans = [f.when for f in self.facts if f.when]
        finest = max(len(span.start) for span in spans)
        days = [span for span in spans if len(span.start) == finest]
        start = min(span.start for span in days)
        end = max(span.end or span.start for span in days)
        return Occasion(Span(start, end if end > start else ""), tuple(self.facts))


def occasions(facts: Iterable[Fact]) -> list[Occasion]:
    """Contacts held and dated to the month at least, oldest first; those of touching days joined.

    A contact known only to the month joins an occasion within that month, else stands for itself.
    """
    dated = [(f.when, f) for f in facts if f.status == "held" and f.when and f.when.precise]
    exact = [(when, fact) for when, fact in dated if len(when.start) == len("2022-03-01")]
    groups: list[_Group] = []
    for when, fact in sorted(exact, key=lambda pair: (pair[0].first, pair[0].last, pair[1].node)):
        if groups and when.first <= groups[-1].last + _JOIN:
            groups[-1].last = max(groups[-1].last, when.last)
            groups[-1].facts.append(fact)
        else:
            groups.append(_Group(when.first, when.last, [fact]))
    coarse = [pair for pair in dated if len(pair[0].start) < len("2022-03-01")]
    for when, fact in sorted(coarse, key=lambda pair: (pair[0].first, pair[1].node)):
        near = next((g for g in groups if g.first <= when.last and when.first <= g.last), None)
        if near:
            near.facts.append(fact)
        else:
            groups.append(_Group(when.first, when.last, [fact]))
    found = [group.occasion() for group in groups]
    return sorted(found, key=lambda one: (one.when.first, one.when.last))


def cadence(facts: Iterable[Fact], coverage: Documents | None, asof: str) -> tuple[Cadence, ...]:
    """Cadence of leaders, of ministers and above, and of any contact of the two with each other.

    Having been at one conference with others counts for none.
    """
    contacts = [fact for fact in facts if _counts(fact)]
    return tuple(_cadence(contacts, level, asof, coverage) for level in (LEADERS, MINISTERS, ANY))


def _counts(fact: Fact) -> bool:
    alone = fact.type == "Conference" and not fact.others
    return fact.status == "held" and (fact.type in CONTACTS or alone)


def _cadence(
    contacts: Sequence[Fact], level: int, asof: str, documents: Documents | None
) -> Cadence:
    fitting = [f for f in contacts if level == ANY or (f.level is not None and f.level <= level)]
    found = [one for one in occasions(fitting) if one.when.first.isoformat() <= (asof or "9999")]
    gaps = tuple(days_between(a.when, b.when) for a, b in pairwise(found))
    usual = median(gaps) if len(gaps) >= ENOUGH_GAPS else None
    loose = [f for f in fitting if not f.when or not f.when.precise]
    if not found or documents is None:
        return Cadence(level, len(found), gaps, usual, None, None, "none", loose=len(loose))
    last = found[-1]
    silent = days_since(last.when, date.fromisoformat(asof))
    since = documents.between(last.when.last, date.fromisoformat(asof))
    expected = _expected(documents.between(documents.first, last.when.last), since)
    later = sum(_latest(fact) > last.when.last.isoformat() for fact in loose)
    verdict = _verdict(silent, usual, since, expected, later)
    return Cadence(
        *(level, len(found), gaps, usual, last, silent, verdict),
        *(since, expected, len(loose), later),
    )


def _latest(fact: Fact) -> str:
    """The last day on which a contact without a precise date may have been: when it was told."""
    told = max((citation.source.published for citation in fact.citations), default="")
    return min(fact.when.last.isoformat(), told) if fact.when and told else told


def _expected(before: Coverage, since: Coverage) -> float | None:
    """Documents naming either side that the time since would have at the former rate."""
    days = (date.fromisoformat(before.last) - date.fromisoformat(before.first)).days
    length = (date.fromisoformat(since.last) - date.fromisoformat(since.first)).days
    if days < 30 or not before.documents:
        return None
    return before.either * length / days


def _verdict(
    silent: int, usual: float | None, since: Coverage, expected: float | None, later: int
) -> str:
    if usual is None:
        return "early"
    if silent <= LONG * usual:
        return "usual"
    thin = expected is not None and since.either < THIN * expected
    if thin or since.either < ENOUGH_DOCUMENTS:
        return "thin"
    return "unsure" if later else "silent"


class Documents:
    """The documents that name either side, by day of publication."""

    def __init__(self, corpus: Corpus, sides: tuple[str, str], asof: str) -> None:
        days = {graph: day for graph, day in corpus.issued.items() if day <= asof}
        one, two = (corpus.naming(side) & days.keys() for side in sides)
        self._all = sorted(days.values())
        self._sides = [sorted(map(days.__getitem__, graphs)) for graphs in (one, two)]
        self._both = sorted(map(days.__getitem__, one & two))
        self.first = date.fromisoformat(self._all[0]) if self._all else date.min

    def between(self, first: date, last: date) -> Coverage:
        """Those published after the first day and up to the last."""
        a, b = min(first, last).isoformat(), last.isoformat()

        def count(days: list[str]) -> int:
            return bisect_right(days, b) - bisect_right(days, a)

        naming = (count(self._sides[0]), count(self._sides[1]))
        return Coverage(a, b, count(self._all), naming, count(self._both))

    def whole(self, asof: str) -> Coverage:
        """All of them up to a day."""
        return self.between(self.first - _JOIN, date.fromisoformat(asof))
