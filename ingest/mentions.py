"""Mentions: what a match of a phrase rule becomes, one item that names whom or what it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ingest import rows, titles
from ingest.items import GroupMention, Item, Payload, PersonMention, ThingMention, Title
from ingest.knowledge import MINISTERS, Knowledge
from ingest.lexicon import Entry
from ingest.patterns import Found
from ingest.rules import Rule
from kg.model import EntityKind
from kg.terms import country_key

THINGS = frozenset(
    {"organization", "forum", "dialogue", "exercise", "conference", "agreement", "armed-group"}
)
CLASSES = {
    "person": frozenset({"person", "named"}),
    "unnamed": frozenset({"person", "unnamed"}),
    "listed": frozenset({"person", "named"}),
    "counterpart": frozenset({"person", "counterpart"}),
    "named-counterpart": frozenset({"person", "counterpart", "named"}),
    "group": frozenset({"group"}),
    "place": frozenset({"placed"}),
    "capital": frozenset({"placed", "capital"}),
    "dest": frozenset({"placed", "dest"}),
    "origin": frozenset({"origin"}),
    "gov": frozenset({"gov"}),
    "anaphor": frozenset({"anaphor_person"}),
    "state": frozenset({"country"}),
    "skip": frozenset({"skip"}),
    # a gathering told by its sort alone, «القمة الثلاثية»; «الاجتماع الطارئ» may be talks as well
    "session": frozenset({"session", "session_noun"}),
    "session-talks": frozenset({"session", "session_noun", "talks"}),
    **{prefix: frozenset({"thing", prefix}) for prefix in THINGS},
}
_PARTS = THINGS | {"place", "placed"}
# A person with the title of ambassador is an envoy too: those who present credentials are listed.
_ENVOY = "envoy-"
_APPOINTS = frozenset({"appoint", "appoint_him", "appoint_noun"})
CLASSES |= {
    _ENVOY + kind: CLASSES[kind] | {"envoy"}
    for kind in ("person", "unnamed", "counterpart", "named-counterpart")
}
# What parts the names of a list of officials, and is in none of them.
_NO_NAMES = frozenset({"comma", "and", "honorific", "each_of", "in", "from", "counterpart"})
_CAPITAL_OF = ("nat", "byname", "country")  # “the Chinese capital”, “the capital of China”
_STATES = ("country", "nat", "seat", "byname", "context")


def _run(items: list[Item], span: tuple[int, int]) -> list[Item]:
    return items[span[0] : span[1]]


def _officials(items: list[Item]) -> tuple[Entry, ...]:
    """The officials that a name is of: not the one whose name follows in it as a father's."""
    own = [
        item
        for index, item in enumerate(items)
        if not index or "fullname" not in item.classes or "particle" not in items[index - 1].classes
    ]
    whole = bool(own) and "fullname" in own[0].classes  # «bin Al-Hussein» behind it is of him
    ends = {index for index, item in enumerate(own) if item in (items[0], items[-1]) and not whole}
    return tuple(
        entry
        for index, item in enumerate(own)
        for entry in item.entries
        if entry.cls == "fullname" or (entry.cls == "surname" and index in ends)
    )


def _tokens(items: list[Item]) -> tuple[int, int]:
    return items[0].first, items[-1].last


def _seats(knowledge: Knowledge) -> dict[str, str]:
    """Key of a state → key of the place where its government has its seat."""
    found: dict[str, str] = {}
    places = {
        (record.country, name): record.key
        for record in knowledge.records.values()
        if record.kind is EntityKind.PLACE
        for names in record.names.values()
        for name in names
    }
    for record in knowledge.records.values():
        for name in (name for names in record.seats.values() for name in names):
            if (record.key, name) in places:
                found.setdefault(record.key, places[record.key, name])
    return found


class Builder:
    """Makes the payload of a mention from what its rule bound."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._seats = _seats(knowledge)
        self._makers: dict[
            str, Callable[[list[Item], Found, Rule], tuple[Payload, tuple[Entry, ...]] | None]
        ] = {
            "person": self._person,
            "unnamed": self._person,
            "counterpart": self._counterpart,
            "group": self._group,
            "place": self._entries,
            "capital": self._capital,
            "dest": self._entries,
            "origin": self._entries,
            "gov": self._entries,
            "anaphor": self._entries,
            "skip": self._entries,
            "session": self._entries,
            "session-talks": self._entries,
        }

    def build(self, items: list[Item], found: Found, rule: Rule) -> list[Item]:
        """The items that stand for a match; none where the match makes no sense."""
        if rule.target == "listed":
            return self._listed(items, found, rule)
        item = self._one(items, found, rule)
        return [item] if item is not None else []

    def _listed(self, items: list[Item], found: Found, rule: Rule) -> list[Item]:
        """«وزراء خارجية المغرب فلان ومصر فلان»: one person for each name."""

        def person(
            name: list[Item], title: Title | None, state: str | None = None, source: str = ""
        ) -> Item:
            stated = (title,) if title else ()
            mention = PersonMention(_tokens(name), None, stated, title is None, state, source)
            first, last = _tokens(name)
            kind = _ENVOY + "person" if _is_envoy(mention) else "person"
            return Item(first, last, CLASSES[kind], _officials(name), mention, rule.id)

        title, listed = (_run(items, found.roles[role]) for role in ("title", "list"))
        title += _run(items, found.roles.get("state", (0, 0)))
        states = _run(items, found.roles.get("states", (0, 0)))
        return rows.persons(title, states, listed, person, self.knowledge, _NO_NAMES)

    def _one(self, items: list[Item], found: Found, rule: Rule) -> Item | None:
        kind = rule.options.get("as", rule.target)
        made = self._makers.get(rule.target, self._thing)(items, found, rule)
        if made is None:
            return None
        payload, entries = made
        start, end = found.roles.get("keep", (found.start, found.end))
        parts = _bodies(items[start:end]) if _names_bodies(payload) else ()
        if kind == "counterpart" and isinstance(payload, PersonMention) and payload.name:
            kind = "named-counterpart"
        if _is_envoy(payload) and _ENVOY + kind in CLASSES:
            kind = _ENVOY + kind
        return Item(
            items[start].first, items[end - 1].last, CLASSES[kind], entries, payload, rule.id, parts
        )

    def _person(
        self, items: list[Item], found: Found, rule: Rule
    ) -> tuple[Payload, tuple[Entry, ...]] | None:
        stated = (
            titles.read(_run(items, found.roles["title"]), self.knowledge)
            if "title" in found.roles
            else ()
        )
        if "late" in found.roles:
            late = titles.read(_run(items, found.roles["late"]), self.knowledge)
            known = _officials(_run(items, found.roles.get("name", (0, 0))))
            if rule.options.get("titles") == "alike" and not self._alike(stated, late, known):
                return None
            stated += late
        name = _run(items, found.roles["name"]) if "name" in found.roles else []
        if not name and not stated:
            return None
        key = None
        if "state" in found.roles:  # “Foreign Minister Wang Yi of China”
            state = _run(items, found.roles["state"])
            key = next((e.key for i in state for e in i.entries if e.cls in _STATES), None)
            key = key or self._state_served(state)
            stated = tuple(replace(t, country=t.country or key) for t in stated)
        entries = _officials(name)
        if "late" not in found.roles:
            full = [e for e in entries if e.cls == "fullname"]
            terms = [t for e in full for t in self.knowledge.officials[e.key].tenures]
            stated = titles.of_the_served(stated, {term.kind for term in terms})
            terms = [t for e in entries for t in self.knowledge.officials[e.key].tenures]
            stated = titles.of_the_cabinet(stated, {term.kind for term in terms})
        if name and "title" in found.roles and self._is_prince(items, found, entries):
            return None
        if rule.options.get("apposition") == "true" and not self._fits(
            entries, name, stated, items, found
        ):
            return None
        source = entries[0].source if entries else stated[0].source if stated else ""
        nation = None if stated else key
        person = PersonMention(
            _tokens(name) if name else None, None, stated, country=nation, source=source
        )
        return person, entries

    def _state_served(self, items: list[Item]) -> str | None:
        """The state of the official who is named: of whom somebody is the envoy or the aide."""
        known = {self.knowledge.officials[e.key].tenures[-1].country for e in _officials(items)}
        code = known.pop() if len(known) == 1 else None
        return country_key(code) if code else None

    def _is_prince(self, items: list[Item], found: Found, entries: tuple[Entry, ...]) -> bool:
        """Whether «سمو الأمير» before a name is a prince's style, not the office of an emir."""
        if all("prince" not in item.classes for item in _run(items, found.roles["title"])):
            return False
        held = (t.kind for e in entries for t in self.knowledge.officials[e.key].tenures)
        return "monarch" not in held

    def _alike(
        self, stated: tuple[Title, ...], late: tuple[Title, ...], known: tuple[Entry, ...]
    ) -> bool:
        """Whether a second title is the first told again, of a state that the person serves."""
        if {title.kind for title in late}.isdisjoint(title.kind for title in stated):
            return False
        held = {
            tenure.country
            for entry in known
            for tenure in self.knowledge.officials[entry.key].tenures
        }
        return not held or all(not t.country or self._code(t.country) in held for t in late)

    def _code(self, country: str | None) -> str:
        """The code that officials' tables use for a state or body; empty for none."""
        record = self.knowledge.records.get(country or "")
        return (record.iso2 if record else None) or (country or "").split("/")[-1].upper()

    def _fits(
        self,
        entries: tuple[Entry, ...],
        name: list[Item],
        stated: tuple[Title, ...],
        items: list[Item],
        found: Found,
    ) -> bool:
        """Whether a title after a name is that person's: «التقى بومبيو ولي العهد» is two."""
        told = _run(items, found.roles.get("title", (0, 0)))
        if any("post_noun" in item.classes for item in told) and any(
            item.classes & _APPOINTS for item in items[: found.start]
        ):
            return False  # «عين فلانا سفيرا»: what somebody is made
        if len(name) > 1:  # a surname behind another given name is not known to be that official's
            entries = tuple(entry for entry in entries if entry.cls == "fullname")
        tenures = [t for e in entries for t in self.knowledge.officials[e.key].tenures]
        in_row = found.start > 0 and "and" in items[found.start - 1].classes
        if in_row and all(title.kind in MINISTERS and not title.country for title in stated):
            return True  # «…، وعزيز أخنوش وزير الفلاحة، و…»: an office that he held once
        if any("comma" in item.classes for item in _run(items, (found.start, found.end))):
            states = {self._code(title.country) for title in stated if title.country}
            return not tenures or states <= {t.country or "" for t in tenures} | {"UN", "EU"}
        if not tenures:
            return len(name) > 1
        codes = {(title.kind, self._code(title.country)) for title in stated}
        held = {(t.kind, t.country or "") for t in tenures} | {(t.kind, "") for t in tenures}
        served = {t.country for t in tenures}
        of_state = {country for _, country in codes if country}
        return not codes.isdisjoint(held) or (bool(of_state) and of_state <= served)

    def _counterpart(
        self, items: list[Item], found: Found, rule: Rule
    ) -> tuple[Payload, tuple[Entry, ...]] | None:
        name = _run(items, found.roles["name"]) if "name" in found.roles else []
        state = _run(items, found.roles["state"]) if "state" in found.roles else []
        country = next((e.key for item in state for e in item.entries if e.cls in _STATES), None)
        person = PersonMention(
            _tokens(name) if name else None, None, (), counterpart=True, country=country
        )
        return person, _officials(name)

    def _group(
        self, items: list[Item], found: Found, rule: Rule
    ) -> tuple[Payload, tuple[Entry, ...]] | None:
        title = _run(items, found.roles["title"])
        wanted = ("offices", "counterpart")
        head = next((e for item in title for e in item.entries if e.cls in wanted), None)
        if head is None:
            return None
        kind = head.key or head.cls
        for item in title:
            for entry in item.entries:
                if entry.cls == "portfolio" and kind == "minister" and entry.key:
                    kind = entry.key
        states = _run(items, found.roles["states"]) if "states" in found.roles else []
        countries = tuple(
            dict.fromkeys(e.key for item in states for e in item.entries[:1] if e.cls in _STATES)
        )
        return GroupMention(kind, countries, head.source), ()

    def _entries(
        self, items: list[Item], found: Found, rule: Rule
    ) -> tuple[Payload, tuple[Entry, ...]] | None:
        kept = _run(items, found.roles.get("keep", (found.start, found.end)))
        wanted = rule.options.get("classes", "").split(",") if rule.options.get("classes") else None
        entries = tuple(
            e for item in kept for e in item.entries if wanted is None or e.cls in wanted
        )
        if rule.options.get("keeps") != "person":
            return None, entries
        named = (item.payload for item in kept if isinstance(item.payload, PersonMention))
        return next(named, None), entries  # still somebody whose office the text tells

    def _capital(
        self, items: list[Item], found: Found, rule: Rule
    ) -> tuple[Payload, tuple[Entry, ...]] | None:
        """«العاصمة المغربية» with no city named: the place that is the seat of that state."""
        for item in _run(items, (found.start, found.end)):
            for entry in item.entries:
                place = self._seats.get(entry.key) if entry.cls in _CAPITAL_OF else None
                if place is not None:
                    return None, (Entry("place", place, entry.source, proper=True),)
        return None

    def _thing(
        self, items: list[Item], found: Found, rule: Rule
    ) -> tuple[Payload, tuple[Entry, ...]] | None:
        whole = found.roles.get("keep", (found.start, found.end))
        name = _run(items, found.roles.get("name", whole))
        known = tuple(e for item in name for e in item.entries if e.cls == rule.target)
        told = (e for item in _run(items, whole) for e in item.entries)
        countries = tuple(dict.fromkeys(e.key for e in told if e.cls in _STATES))
        edition = (
            _edition(_run(items, found.roles["edition"])) if "edition" in found.roles else None
        )
        if "known" in found.roles:  # «Département fédéral (DFAE)»: known by its abbreviation
            named = _run(items, found.roles["known"])
            known = tuple(e for item in named for e in item.entries if e.cls == rule.target)
        elif len(known) != 1 or sum(not item.classes & {"quote", "num"} for item in name) > 1:
            known = ()
        generic = rule.options.get("generic") == "true"
        return ThingMention(rule.target, _tokens(name), edition, countries, generic), known


def _is_envoy(payload: Payload) -> bool:
    return isinstance(payload, PersonMention) and any(
        t.kind == "ambassador" for t in payload.titles
    )


def _names_bodies(payload: Payload) -> bool:
    """Whether words may name bodies besides: an official's title, «قمة الاتحاد الإفريقي»."""
    of_bodies = isinstance(payload, ThingMention) and payload.prefix in ("conference", "dialogue")
    return of_bodies or isinstance(payload, PersonMention)


def _bodies(items: list[Item]) -> tuple[Item, ...]:
    return tuple(item for item in items if item.classes & _PARTS)


def _edition(items: list[Item]) -> int | None:
    """The number that an ordinal stands for: its class is `ordinal-4`."""
    for item in items:
        for entry in item.entries:
            if entry.cls.startswith("ordinal-"):
                return int(entry.cls.removeprefix("ordinal-"))
    return None
