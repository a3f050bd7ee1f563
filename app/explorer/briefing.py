"""The brief of two countries as markup: every fact with its footnotes, what is inferred marked."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import TypeVar

from app.explorer import data, silence, state
from app.explorer.footnotes import Footnotes
from app.explorer.i18n import long_date
from app.explorer.markup import chip, node_link, section, tag, text
from app.explorer.readouts import side_by_side
from app.explorer.state import Session
from app.explorer.terms import term_name
from kg.brief.model import Agreement, Brief, Delegate, Fact, Forum, Readout, Series, Words
from kg.preference import REASONS

_T = TypeVar("_T")
SHOWN = 40  # facts a section before it says that there are more
CHANGES = "open close cut resume establish downgrade move appoint accredit recall".split()
STAGES = "announced signed ratified in-force suspended denounced cancelled denied disputed".split()
_GOOD = ("praise", "support", "thank", "congratulate", "condole")
_BAD = ("condemn", "reject", "accuse")


class Briefing:
    """Writes the sections of one brief in the language of the session."""

    def __init__(
        self, session: Session, brief: Brief, name: Callable[[str], str], *, whole: bool = False
    ) -> None:
        self.session, self.brief, self.name = session, brief, name
        self.notes = Footnotes(session)
        self.cap = 10_000 if whole else SHOWN
        self.sides = tuple(map(name, brief.sides))
        self.facts = {fact.node: fact for fact in brief.facts}

    def page(self, *, links: bool = True) -> str:
        """All sections and the footnotes."""
        say, brief = self.session.say, self.brief
        sections = (
            (say("pair.cadence"), silence.written(self.session, brief, self.sides, self.notes)),
            (say("pair.contacts"), self._contacts(brief.contacts)),
            (say("pair.ties"), self._lines(brief.ties)),
            (say("pair.agreements"), self._capped(brief.agreements, self._agreement)),
            (say("pair.exercises"), self._capped(brief.series, self._series)),
            (say("pair.forums"), self._capped(brief.forums, self._forum)),
            (say("pair.words"), self._words(brief.words)),
            (say("pair.readouts"), self._capped(brief.readouts, self._readout)),
            (say("pair.topics"), self._topics()),
        )
        body = "".join(
            f'<div class="rw-brief-part" id="part-{number}">{section(title, content)}</div>'
            for number, (title, content) in enumerate(sections)
            if content
        )
        notes = section(say("pair.notes"), self.notes.listed(links=links))
        return tag("article", self._head() + body + notes, "rw-block rw-brief")

    def _head(self) -> str:
        brief, say = self.brief, self.session.say
        title = f"<h2>{text(self.sides[0])} – {text(self.sides[1])}</h2>"
        whole = brief.coverage
        told = say(
            "pair.coverage",
            date=long_date(brief.asof, self.session.lang),
            documents=f"{whole.documents:,}",
            one=f"{whole.naming[0]:,}",
            two=f"{whole.naming[1]:,}",
            both=f"{whole.both:,}",
            a=self.sides[0],
            b=self.sides[1],
        )
        return f'{title}<p class="rw-faint">{text(told)}</p>' if brief.asof else title

    # --- facts

    def _contacts(self, facts: Sequence[Fact]) -> str:
        shown = [fact for fact in facts if not self._inside(fact)]
        parts = []
        for year, same in groupby(shown[: self.cap], key=lambda f: f.when.year if f.when else ""):
            lines = "".join(self._contact(fact) for fact in same)
            label = text(year) if year else text(self.session.say("details.undated"))
            parts.append(f'<h4>{label}</h4><ul class="rw-facts">{lines}</ul>')
        return "".join(parts) + self._more(len(shown))

    def _inside(self, fact: Fact) -> bool:
        """Whether a contact stands under the visit that it is part of."""
        return fact.within in self.facts and fact.within != fact.node

    def _contact(self, fact: Fact) -> str:
        inner = [one for one in self.brief.contacts if one.within == fact.node and one is not fact]
        nested = "".join(self._contact(one) for one in inner)
        return self.line(fact, f"<ul>{nested}</ul>" if nested else "")

    def _lines(self, facts: Sequence[Fact]) -> str:
        lines = "".join(self.line(fact) for fact in facts[: self.cap])
        return f'<ul class="rw-facts">{lines}</ul>{self._more(len(facts))}' if facts else ""

    def line(self, fact: Fact, inner: str = "") -> str:
        """Date, format, level, who, where, doubts, footnotes."""
        parts = [
            self._when(fact),
            f"<b>{text(self._format(fact))}</b>",
            self._who(fact),
            self._where(fact),
            self._doubts(fact),
            self.notes.refs(fact.citations),
        ]
        return tag("li", " ".join(filter(None, parts)) + inner, f"s-{fact.status}")

    def _when(self, fact: Fact) -> str:
        lang = self.session.lang
        if not fact.when:
            told = max((c.source.published for c in fact.citations), default="")
            undated = self.session.say("pair.undated", date=long_date(told, lang)) if told else ""
            return f"<time>{text(undated or self.session.say('details.undated'))}</time>"
        shown = " – ".join(long_date(day, lang) for day in (fact.when.start, fact.when.end) if day)
        return f"<time>{text(shown)}</time>{self._rivals(fact)}"

    def _rivals(self, fact: Fact) -> str:
        """The dates that other sources give, and why this one is shown."""
        if not fact.rivals:
            return ""
        lang = self.session.lang
        others = " / ".join(long_date(day, lang) for day in fact.rivals[1:])
        why = "" if fact.why in ("voices", "surer") else REASONS[fact.why][lang]
        told = self.session.say("pair.rivals", dates=others)
        return f' <span class="rw-chip c-conflict" title="{html.escape(why)}">{text(told)}</span>'

    def _format(self, fact: Fact) -> str:
        """How they met: a visit, a call, on the sidelines of something …"""
        say = self.session.say
        around = self.facts.get(fact.within or "")
        thing = ", ".join(map(self.name, fact.about[:2]))
        if fact.type == "Meeting" and around and around.type == "Visit":
            return say("pair.format.during")
        if fact.type == "Meeting" and around and around.about:
            return say("pair.format.sidelines", thing=self.name(around.about[0]))
        if fact.type == "Meeting" and thing:
            return say("pair.format.sidelines", thing=thing)
        kind = term_name(fact.type, self.session.lang)
        changes = ", ".join(say(f"pair.change.{c}") for c in fact.changes if c in CHANGES)
        if changes:
            return f"{kind}: {changes}"
        editions = f" ({', '.join(map(str, fact.editions))})" if fact.editions else ""
        return f"{kind}: {thing}{editions}" if thing else kind

    def _who(self, fact: Fact) -> str:
        sides = [self._side(delegates) for delegates in fact.sides]
        level = chip(self.session.say(f"pair.level.{fact.level}"), "quiet") if fact.level else ""
        others = [node_link(node, self.session.lang, self.name(node)) for node in fact.others[:4]]
        rest = f" +{len(fact.others) - 4}" if len(fact.others) > 4 else ""
        comma = "، " if self.session.lang == "ar" else ", "
        more = f" {self.session.say('pair.with')} {comma.join(others)}{rest}" if others else ""
        return f"{self._towards(fact, sides)}{more} {level}"

    def _towards(self, fact: Fact, sides: list[str]) -> str:
        """Both sides; of a visit, the visitor first and an arrow to the host."""
        visiting = [any(one.role == "visitor" for one in side) for side in fact.sides]
        if visiting[0] == visiting[1]:
            return f"{sides[0]} ↔ {sides[1]}"
        arrow = "←" if self.session.lang == "ar" else "→"
        first = visiting.index(True)
        return f"{sides[first]} {arrow} {sides[1 - first]}"

    def _side(self, delegates: Iterable[Delegate]) -> str:
        people = [one for one in delegates if one.office or one.rank] or list(delegates)
        return " · ".join(self._delegate(one) for one in people[:4])

    def _delegate(self, one: Delegate) -> str:
        shown = node_link(one.node, self.session.lang, self.name(one.node))
        if not one.office:
            return shown
        how = self.session.say("pair.tenure") if one.basis == "tenure" else ""
        mark = f' <em title="{html.escape(how)}">◦</em>' if how else ""
        full = html.escape(self.name(one.office), quote=True)
        return f'{shown} <small title="{full}">({text(self._office(one.office))}{mark})</small>'

    def _office(self, office: str) -> str:
        """The kind of the office, or its own name where the kind says little."""
        kind = state.corpus(self.session).office_kind(office)
        if data.local(kind) in ("", "minister", "other", "adviser", "security-chief"):
            return self.name(office)
        return self.name(kind)

    def _where(self, fact: Fact) -> str:
        links = [node_link(place, self.session.lang, self.name(place)) for place in fact.places[:3]]
        return f'<span class="rw-where">{" / ".join(links)}</span>' if links else ""

    def _doubts(self, fact: Fact) -> str:
        lang = self.session.lang
        marks = []
        if fact.status == "disputed":
            marks.append(chip(self.session.say("pair.disputed"), "c-conflict"))
        elif fact.status != "held":
            marks.append(chip(term_name(fact.status, lang), f"c-{fact.status}"))
        if fact.documents > 1:
            key = "pair.voices" if fact.voices != fact.documents else "details.sources"
            told = self.session.say(key, count=fact.documents, voices=fact.voices)
            marks.append(chip(told, "quiet"))
        return "".join(marks)

    # --- the other sections

    def _capped(self, items: Sequence[_T], write: Callable[[_T], str]) -> str:
        return "".join(map(write, items[: self.cap])) + self._more(len(items))

    def _more(self, count: int) -> str:
        if count <= self.cap:
            return ""
        return tag("p", text(self.session.say("pair.more", count=count - self.cap)), "rw-faint")

    def _titled(self, node: str | None, body: str) -> str:
        name = self.name(node) if node else self.session.say("pair.unnamed")
        head = node_link(node, self.session.lang, name) if node else text(name)
        return f'<h4>{head}</h4><ul class="rw-facts">{body}</ul>'

    def _step(self, name: str) -> str:
        return self.session.say(f"pair.stage.{name}") if name in STAGES else name

    def _agreement(self, one: Agreement) -> str:
        steps = [
            tag(
                "li",
                f"{self._when(stage.fact)} <b>{text(self._step(stage.name))}</b> "
                f"{self._where(stage.fact)} {self._doubts(stage.fact)}"
                f"{self.notes.refs(stage.fact.citations)}",
                f"s-{stage.fact.status}",
            )
            for stage in one.stages
        ]
        return self._titled(one.node, "".join(steps))

    def _series(self, one: Series) -> str:
        return self._titled(one.node, "".join(self.line(fact) for fact in one.editions))

    def _forum(self, one: Forum) -> str:
        ties = []
        for number, side in enumerate(one.ties):
            for tie in side:
                words = f"{self.sides[number]}: {term_name(tie.predicate, self.session.lang)}"
                ties.append(tag("li", f"{text(words)} {self.notes.refs(tie.citations)}"))
        met = [self.line(fact) for fact in one.together[: self.cap]]
        kind = chip(term_name(one.kind, self.session.lang), "quiet")
        head = node_link(one.node, self.session.lang, self.name(one.node))
        return f'<h4>{head} {kind}</h4><ul class="rw-facts">{"".join([*ties, *met])}</ul>'

    def _words(self, words: Sequence[Words]) -> str:
        if not words:
            return ""
        columns = [self._said(number, words) for number in (0, 1)]
        return f'<div class="rw-two">{"".join(columns)}</div>'

    def _said(self, side: int, words: Sequence[Words]) -> str:
        title = self.session.say("pair.says", a=self.sides[side], b=self.sides[1 - side])
        own = [each for each in words if each.speaker == side]
        parts = []
        for each in own:
            tone = "good" if each.stance in _GOOD else "bad" if each.stance in _BAD else ""
            kind = term_name(each.stance or "Statement", self.session.lang)
            lines = "".join(self._saying(fact, side) for fact in each.facts[: self.cap])
            parts.append(
                f'<h5 class="{tone}">{text(kind)} ({len(each.facts)})</h5>'
                f'<ul class="rw-facts">{lines}</ul>{self._more(len(each.facts))}'
            )
        none = tag("p", text(self.session.say("pair.nothing")), "rw-faint")
        return f"<div><h4>{text(title)}</h4>{''.join(parts) or none}</div>"

    def _saying(self, fact: Fact, side: int) -> str:
        speakers = [one for one in fact.sides[side] if one.role == "speaker"]
        first = fact.citations[0]
        direction = "rtl" if first.source.lang == "ar" else "ltr"
        quote = f'<q dir="{direction}">{html.escape(first.exact)}</q>'
        who = self._side(speakers or fact.sides[side])
        refs = self.notes.refs(fact.citations)
        return tag("li", f"{self._when(fact)} {who}: {quote} {self._doubts(fact)}{refs}")

    def _readout(self, one: Readout) -> str:
        """One contact as each side's sources tell it; what only one of them says is marked."""
        return side_by_side(self, one)

    def _topics(self) -> str:
        """Topics by year: how many events concern each."""
        years = self.brief.years
        totals: dict[str, int] = {}
        for _year, counts in years:
            for topic, count in counts:
                totals[topic] = totals.get(topic, 0) + count
        if not totals:
            return ""
        ranked = sorted(totals, key=lambda topic: (-totals[topic], topic))[:20]
        shown = years[:15]
        head = "".join(f"<th>{text(year)}</th>" for year, _counts in shown)
        rows = "".join(self._topic_row(topic, shown) for topic in ranked)
        return (
            f'<div class="rw-table rw-topics"><table><thead><tr><th></th>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table></div>"
        )

    def _topic_row(
        self, topic: str, years: Sequence[tuple[str, tuple[tuple[str, int], ...]]]
    ) -> str:
        cells = []
        for _year, counts in years:
            count = dict(counts).get(topic, 0)
            shade = min(60, 12 * count)
            cells.append(f'<td style="--n:{shade}%">{count or ""}</td>')
        return f"<tr><th>{text(term_name(topic, self.session.lang))}</th>{''.join(cells)}</tr>"
