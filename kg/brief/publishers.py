"""Which country a source speaks from, by its name and its address on the web.

`publishers.csv` lists agencies, offices and domains; any other name that holds the name of one
country is that country's. A name that holds several countries' is nobody's.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from kg.vocab import id_iri

# Words by which an office of state names itself, in the languages of the corpus.
_OFFICIAL = re.compile(
    r"\b(ministry|minister|department|presidency|royal|cabinet|government|embassy|parliament"
    r"|palace|secretariat|joint statement|joint declaration|office of the|ministère|présidence"
    r"|gouvernement|ambassade|communiqué|déclaration conjointe|chancellerie)\b"
    r"|وزارة|رئاسة|الديوان|حكومة|سفارة|بلاغ|بيان مشترك|القصر",
    re.IGNORECASE,
)
_SHORT = 3  # names of so few letters are abbreviations: written as they are


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of the phrases as whole words, abbreviations in their own letters only."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    parts = [
        re.escape(one) if one.isupper() or len(one) <= _SHORT else f"(?i:{re.escape(one)})"
        for one in ordered
    ]
    return re.compile(r"(?<!\w)(?:" + "|".join(parts or ["(?!)"]) + r")(?!\w)")


@cache
def _rows() -> tuple[tuple[str, bool, str], ...]:
    content = files(__package__ or "kg.brief").joinpath("publishers.csv").read_text("utf-8")
    rows = csv.DictReader(content.splitlines())
    return tuple(
        (id_iri(f"country/{row['country']}"), row["official"] == "1", row["pattern"])
        for row in rows
    )


class Publishers:
    """Countries of sources; `names` are those of each country (IRI)."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        known = [row for row in _rows() if "." not in row[2]]
        self._listed = [(home, official, _pattern([name])) for home, official, name in known]
        self._domains = [row for row in _rows() if "." in row[2]]
        self._named = [(home, _pattern(of)) for home, of in sorted(names.items()) if of]
        self._known: dict[tuple[str, str], tuple[str | None, bool]] = {}

    def home(self, publisher: str, url: str) -> tuple[str | None, bool]:
        """The country that a source speaks from, None where unknown; whether it is official."""
        key = (publisher, urlsplit(url).hostname or "" if url else "")
        if key not in self._known:
            self._known[key] = self._home(*key)
        return self._known[key]

    def _home(self, publisher: str, host: str) -> tuple[str | None, bool]:
        listed = [(home, sure) for home, sure, name in self._listed if name.search(publisher)]
        homes = {home for home, _official in listed}
        homes |= {home for home, pattern in self._named if pattern.search(publisher)}
        official = any(sure for _home, sure in listed) or bool(_OFFICIAL.search(publisher))
        if not homes:
            found = self._by_domain(host)
            return found or (None, official)
        return (homes.pop(), official) if len(homes) == 1 else (None, official)

    def _by_domain(self, host: str) -> tuple[str, bool] | None:
        fitting = [
            (len(domain), home, official)
            for home, official, domain in self._domains
            if host == domain.lstrip(".") or host.endswith("." + domain.lstrip("."))
        ]
        return max(fitting)[1:] if fitting else None
