"""Cadence and silence in words and as a strip: how often they met, what the silence is worth."""

from __future__ import annotations

from datetime import date

from app.explorer.footnotes import Footnotes
from app.explorer.i18n import long_date
from app.explorer.markup import tag, text
from app.explorer.state import Session
from kg.brief.cadence import occasions
from kg.brief.model import Brief, Cadence, Fact

_MONTH = 30.44  # days
_KEYS = {2: "leaders", 3: "ministers", 5: "any"}


def length(session: Session, days: float) -> str:
    """A length of time as people say it: days, months or years."""
    if days < 60:
        return counted(session, "days", round(days))
    if days < 3 * 365.25:
        return counted(session, "months", round(days / _MONTH))
    return counted(session, "years", round(days / 365.25))


def counted(session: Session, unit: str, count: int) -> str:
    """A number of things, in the form that the language asks for beside that number."""
    return session.say(f"pair.{unit}.{_form(session.lang, count)}", count=count)


def _form(lang: str, count: int) -> str:
    """one, two, few (3 to 10), many (11 to 99) or other, as Arabic tells them apart."""
    if lang != "ar":
        return "one" if count == 1 or (lang == "fr" and count == 0) else "other"
    if count in (1, 2):
        return ("one", "two")[count - 1]
    last = count % 100
    return "few" if 3 <= last <= 10 else "many" if last >= 11 else "other"


def written(session: Session, brief: Brief, sides: tuple[str, ...], notes: Footnotes) -> str:
    """A line for each level at which they met, the figures behind it, and the strip."""
    lines = [_line(session, one, sides, notes) for one in brief.cadence]
    return tag("div", "".join(lines), "rw-cadence") + _strip(session, brief)


def _line(session: Session, one: Cadence, sides: tuple[str, ...], notes: Footnotes) -> str:
    label = session.say(f"pair.of.{_KEYS[one.level]}")
    if one.last is None:
        none = session.say("pair.silence.none")
        return f'<div class="v-none"><h4>{text(label)}</h4><p>{text(none)}</p></div>'
    refs = notes.refs(citation for fact in one.last.facts for citation in fact.citations)
    parts = [_said(session, one), _usual(session, one)]
    sentence = " ".join(filter(None, parts))
    verdict = session.say(f"pair.verdict.{one.verdict}")
    small = [_sources(session, one, sides), _loose(session, one)]
    return (
        f'<div class="v-{one.verdict}"><h4>{text(label)}</h4><p>{text(sentence)}{refs}</p>'
        f'<p class="rw-verdict">{text(verdict)}</p>'
        f'<p class="rw-faint">{text(" ".join(filter(None, small)))}</p></div>'
    )


def _said(session: Session, one: Cadence) -> str:
    """When they last met, and how long ago that is."""
    assert one.last is not None
    assert one.silent is not None
    last = long_date(one.last.when.end or one.last.when.start, session.lang)
    return session.say("pair.last", date=last, length=length(session, one.silent))


def _usual(session: Session, one: Cadence) -> str:
    if one.usual is None:
        return session.say("pair.early", count=one.occasions)
    return session.say("pair.usual", length=length(session, one.usual), count=len(one.gaps))


def _sources(session: Session, one: Cadence, sides: tuple[str, ...]) -> str:
    """What the sources wrote since the last contact, beside what they used to write."""
    if one.coverage is None:
        return ""
    since = one.coverage
    expected = "?" if one.expected is None else f"{one.expected:.0f}"
    return session.say(
        "pair.since",
        one=since.naming[0],
        two=since.naming[1],
        both=since.both,
        either=since.either,
        expected=expected,
        a=sides[0],
        b=sides[1],
    )


def _loose(session: Session, one: Cadence) -> str:
    if not one.loose:
        return ""
    told = session.say("pair.loose", count=one.loose)
    return f"{told} {session.say('pair.later', count=one.later)}" if one.later else told


def _strip(session: Session, brief: Brief) -> str:
    """The occasions of contact along the years, ministers and above filled."""
    found = occasions(fact for fact in brief.contacts if _counted(fact))
    found = [one for one in found if one.when.first.isoformat() <= (brief.asof or "9999")]
    if len(found) < 2 or not brief.asof:
        return ""
    first, last = found[0].when.first, date.fromisoformat(brief.asof)
    days = max(1, (last - first).days)
    dots = []
    for one in found:
        kind = "top" if one.level and one.level <= 2 else "high" if one.level == 3 else ""
        at = 100 * (one.when.first - first).days / days
        told = f"{long_date(one.when.start, session.lang)} ({len(one.facts)})"
        dots.append(
            f'<i class="{kind}" style="inset-inline-start:{at:.2f}%" title="{text_of(told)}"></i>'
        )
    ends = f"<span>{text(str(first.year))}</span><span>{text(str(last.year))}</span>"
    key = "".join(
        f'<span><i class="{kind}"></i>{text(session.say(f"pair.of.{of}"))}</span>'
        for kind, of in (("top", "leaders"), ("high", "ministers"), ("", "others"))
    )
    return (
        f'<div class="rw-strip"><div>{"".join(dots)}</div><p>{ends}</p>'
        f'<div class="rw-legend">{key}</div></div>'
    )


def text_of(told: str) -> str:
    """Plain words for a title."""
    return told.replace('"', "").replace("<", "")


def _counted(fact: Fact) -> bool:
    return fact.type in ("Meeting", "PhoneCall", "Visit") or (
        fact.type == "Conference" and not fact.others
    )
