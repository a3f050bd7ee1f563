"""Terms of American diplomats from the Office of the Historian's record of principal officers."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from ingest.compile.tenures import Term, earliest, read_rows, union

PRINCIPALS_HEADER = ("position", "name", "other_names", "start", "end")
MISSIONS_HEADER = ("mission", "role", "name", "other_names", "start", "end")
HORIZON = "2000"
# The record is kept up for the secretary alone; elsewhere an open term proves its first day only.
SECRETARY = "Secretary of State"
SNAPSHOT = "2026-06-30"
SOURCE = "state-department"

KIND_BY_POSITION = {
    "Secretary of State": "foreign-minister",
    "Secretary of State ad interim": "foreign-minister",
    "Ambassador at Large": "ambassador",
    "Counselor": "adviser",
    "U.S. Trade Representative": "minister",
    "Administrator of the Agency for International Development": "other",
    "Chief of Protocol": "other",
    "Director of Policy Planning": "other",
    "Director of the Bureau of Counterterrorism": "other",
}
DEPUTIES = (
    "Deputy Secretary of State",
    "Under Secretary of State",
    "Under Secretary for",
    "Assistant Secretary of State for",
)
# Offices of administration, which don't appear in diplomatic news.
HOUSEKEEPING = ("for Administration", "Management", "Legislative", "Diplomatic Security")

BODIES = {
    "representative-to-un": "Ambassador to the United Nations",
    "representative-to-unafa": "Representative to the United Nations Agencies for Food",
    "representative-to-eu": "Ambassador to the European Union",
    "representative-to-nato": "Ambassador to NATO",
    "representative-to-au": "Ambassador to the African Union",
    "representative-to-asean": "Ambassador to ASEAN",
    "representative-to-oas": "Ambassador to the Organization of American States",
    "representative-to-osce": "Ambassador to the OSCE",
    "representative-to-oecd": "Ambassador to the OECD",
    "representative-to-iaea": "Ambassador to the International Atomic Energy Agency",
    "representative-to-icao": "Representative to the International Civil Aviation Organization",
    "representative-to-unesco": "Ambassador to UNESCO",
    "representative-uneo": "Ambassador to the United Nations in Geneva",
    "representative-unvo": "Ambassador to the United Nations in Vienna",
}
COUNTRIES = {
    "bosnia-herzegovina": "Bosnia and Herzegovina",
    "congo-democratic-republic": "the Democratic Republic of the Congo",
    "congo-republic": "the Republic of the Congo",
    "cote-divoire": "Côte d'Ivoire",
    "guinea-bissau": "Guinea-Bissau",
    "korea": "South Korea",
    "holy-see": "the Holy See",
    "timor-leste": "Timor-Leste",
}

_SUFFIX = re.compile(r",? (Jr\.?|Sr\.?|I{2,3}|IV)$")
_NICKNAME = re.compile(r"\s*\([^)]*\)\s*")
_INITIAL = re.compile(r"[A-Z]\.([A-Z]\.)*")
_PARTICLES = frozenset(
    {"de", "De", "del", "der", "La", "la", "Le", "St.", "Van", "van", "Von", "von"}
)


def state_terms(folder: Path, held: list[Term]) -> list[Term]:
    """Principal officers and chiefs of mission since 2000, with ids and ends from `held`."""
    principals = map(_principal, read_rows(folder / "principals.csv", PRINCIPALS_HEADER))
    missions = map(_mission, read_rows(folder / "chiefs-of-mission.csv", MISSIONS_HEADER))
    terms = [term for term in (*principals, *missions) if term and _recent(term)]
    return _superseded(_identified(terms, [term for term in held if term.country == "US"]))


def _recent(term: Term) -> bool:
    return term.end >= HORIZON if term.end else term.start >= HORIZON


def _principal(row: dict[str, str]) -> Term | None:
    position = row["position"]
    kind = KIND_BY_POSITION.get(position, "")
    deputy = position.startswith(DEPUTIES) and not any(word in position for word in HOUSEKEEPING)
    kind = "deputy-foreign-minister" if deputy else kind
    return _term(row, kind, position) if kind else None


def _mission(row: dict[str, str]) -> Term | None:
    place = row["mission"]
    if place in BODIES:
        title = BODIES[place]
    elif place.startswith("representative"):
        return None
    else:
        title = f"Ambassador to {COUNTRIES.get(place, _country(place))}"
    if row["role"].startswith("charge"):
        return _term(row, "other", title.replace("Ambassador to", "Chargé d'affaires in"))
    ambassador = row["role"].startswith(("ambassador", "representative"))
    return _term(row, "ambassador", title) if ambassador else None


def _country(place: str) -> str:
    small = {"and", "of", "the"}
    return " ".join(w if w in small else w.capitalize() for w in place.split("-"))


def _term(row: dict[str, str], kind: str, position: str) -> Term:
    current = position == SECRETARY and not row["end"]
    return Term(
        wikidata="",
        kind=kind,
        country="US",
        start=row["start"],
        end=row["end"],
        asof="" if row["end"] else SNAPSHOT if current else earliest(row["start"]),
        en=news_names(row["name"], row["other_names"]),
        ar="",
        fr="",
        position=position,
        source=SOURCE,
    )


def news_names(name: str, others: str = "") -> str:
    """`|` alternatives of a full name, first the two-word form that newspapers use."""
    written = [_NICKNAME.sub(" ", form).strip() for form in (name, *others.split(";"))]
    bare = [_SUFFIX.sub("", form) for form in written if form]
    return union(*map(_short, bare), *bare, *(form for form in written if form))


def _short(name: str) -> str:
    words = name.split()
    while len(words) > 2 and _INITIAL.fullmatch(words[0]):
        words = words[1:]
    surname = next(
        (index for index, word in enumerate(words[1:-1], start=1) if word in _PARTICLES),
        len(words) - 1,
    )
    return " ".join([words[0], *words[surname:]]) if len(words) > 1 else name


def _identified(terms: list[Term], held: list[Term]) -> list[Term]:
    """The terms with the id, and where it is missing the end, of their namesakes in `held`."""
    ids = _ids_by_name(held)
    labels = {t.wikidata: t.en for t in reversed(held) if t.wikidata}
    ends = {(t.wikidata, t.kind, t.start[:4]): t.end for t in held if t.wikidata}
    found = []
    for term in terms:
        known = {wikidata for name in term.en.split("|") for wikidata in ids.get(name, ())}
        wikidata = known.pop() if len(known) == 1 else ""
        end = term.end or ends.get((wikidata, term.kind, term.start[:4]), "")
        asof = "" if end else term.asof
        en = union(labels.get(wikidata, ""), term.en)
        found.append(replace(term, wikidata=wikidata, en=en, end=end, asof=asof))
    return found


def _ids_by_name(held: list[Term]) -> dict[str, set[str]]:
    ids: dict[str, set[str]] = {}
    for term in held:
        if term.wikidata:
            for name in news_names(*term.en.replace("|", ";").partition(";")[::2]).split("|"):
                ids.setdefault(name, set()).add(term.wikidata)
    return ids


def _superseded(terms: list[Term]) -> list[Term]:
    """The terms without those that a record of the same term with an end makes needless."""
    closed = {(term.en, term.position, term.start) for term in terms if term.end}
    return [
        term for term in terms if term.end or (term.en, term.position, term.start) not in closed
    ]
