"""Who and what the cells of a table name: states, places, officials of the lexicon on a day."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from ingest.claims.people import state_key
from ingest.knowledge import Knowledge, Official
from kg.model import EntityKind
from kg.vocab import slug

_WORD = re.compile(r"\w+")
_ALIKE = 0.75  # spellings of one given name: Mohamed, Mohammed; not Hassan, Hussein
_SUFFIXES = frozenset("jr sr ii iii iv v vi vii viii".split())


@dataclass(frozen=True, slots=True)
class Named:
    """An entity by key, its name as written, and the lexicon lines that tell who it is."""

    key: str
    text: str
    lexicon: tuple[str, ...] = ()


def words(name: str) -> tuple[str, ...]:
    """The words of a name as compared: no case, accents, initials, numbers of monarchs."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("’", "").replace("'", ""))
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    found = tuple(word for word in _WORD.findall(bare) if len(word) > 1)
    return tuple(word for word in found if word not in _SUFFIXES) or found


class Directory:
    """Finds the nodes that names stand for; what it is not sure of it does not name."""

    def __init__(self, knowledge: Knowledge, countries: Mapping[str, str], lang: str) -> None:
        self._knowledge = knowledge
        self._lang = lang
        self._states: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._places: dict[tuple[tuple[str, ...], str | None], set[str]] = defaultdict(set)
        for record in knowledge.records.values():
            for name in (*record.names.get(lang, ()), *record.bynames.get(lang, ())):
                if record.kind is EntityKind.COUNTRY:
                    self._states[_state_words(name)].add(record.key)
                elif record.kind is EntityKind.PLACE:
                    self._places[words(name), record.country].add(record.key)
        for name, code in countries.items():
            self._states[_state_words(name)] = {f"country/{code}"}
        self._people: dict[str, list[Official]] = defaultdict(list)
        for official in knowledge.officials.values():
            for code in {tenure.country for tenure in official.tenures if tenure.country}:
                self._people[code].append(official)

    def state(self, cell: str) -> Named | None:
        """The state that a cell names, or the one of a code after `=`."""
        if cell.startswith("="):
            key = f"country/{cell[1:]}"
            return self._known(key, self._name(key)) if key in self._knowledge.records else None
        found = self._states.get(_state_words(cell), set())
        return self._known(next(iter(found)), cell) if len(found) == 1 else None

    def place(self, cell: str, state: str | None) -> Named | None:
        """The one place of that name in the state."""
        found = self._places.get((words(cell), state), set())
        return self._known(next(iter(found)), cell) if len(found) == 1 else None

    def person(self, name: str, state: str | None, office: str | None, day: str | None) -> Named:
        """The official of a state of that name; else a person known by the name alone.

        Who held the office on the day needs to agree in a name only; without that, the full name
        must be that of one official of the state.
        """
        code = state.rpartition("/")[2] if state else None
        official = self._holder(name, code, office, day) or self._namesake(name, code)
        if official is not None:
            return Named(official.key, name, (official.source,))
        own = slug(name)
        if state and len(words(name)) < 2:  # “King Hussein” is somebody else in another state
            own += f"-{slug(code or '')}"
        return Named(f"person/{own}", name)

    def _holder(
        self, name: str, code: str | None, office: str | None, day: str | None
    ) -> Official | None:
        if not (code and office and day and len(day) == 10):
            return None
        found = self._knowledge.holder(office, code, day)
        if found is None:
            return None
        told = words(name)
        forms = [words(form) for form in self._forms(found[0])]
        last = any(told[-1] == form[-1] for form in forms)
        given = office in ("monarch", "crown-prince") and any(_shared(told, form) for form in forms)
        return found[0] if last or given else None

    def _namesake(self, name: str, code: str | None) -> Official | None:
        told = words(name)
        if code is None or len(told) < 2:
            return None
        found = [
            official
            for official in self._people.get(code, ())
            if any(_same(told, words(form)) for form in self._forms(official))
        ]
        return found[0] if len(found) == 1 else None

    def _forms(self, official: Official) -> Iterable[str]:
        return official.names.get(self._lang, ())

    def _known(self, key: str, text: str) -> Named:
        return Named(key, text, (self._knowledge.records[key].source,))

    def _name(self, key: str) -> str:
        record = self._knowledge.records.get(key)
        names = record.names.get(self._lang, ()) if record else ()
        return names[0] if names else key.rpartition("/")[2]


def _state_words(name: str) -> tuple[str, ...]:
    found = words(name)
    return found[1:] if found[:1] == ("the",) else found


def _same(told: tuple[str, ...], form: tuple[str, ...]) -> bool:
    """First and last word agree, and the shorter name's words are all in the longer."""
    if len(form) < 2 or told[0] != form[0] or told[-1] != form[-1]:
        return False
    short, long = sorted((set(told), set(form)), key=len)
    return short <= long


def _shared(told: tuple[str, ...], form: tuple[str, ...]) -> bool:
    """Whether the given names are spellings of one."""
    return SequenceMatcher(None, told[0], form[0]).ratio() >= _ALIKE


def office_key(kind: str, code: str) -> tuple[str, str | None]:
    """The key of an office, and of the state or body that it serves."""
    return f"office/{kind}-{code}", state_key(code, kind)
