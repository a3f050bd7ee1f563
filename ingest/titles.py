"""Titles: from the items of «وزير الشؤون الخارجية والتعاون الإفريقي المغربي» to offices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from ingest import yamlfile
from ingest.items import Item, ThingMention, Title
from ingest.knowledge import MINISTERS, Knowledge, Official, root
from ingest.lexicon import Entry
from kg.errors import DataFaults, Fault
from kg.terms import country_key

_HEADS = ("office", "office-head", "office-body")
_STATES = ("country", "nat", "byname", "seat", "context", "placed-country")
_BODIES = ("organization", "forum", "armed-group", "conference")
# What a minister of a portfolio, or the deputy of one, is by the guidelines.
_REFINED = {
    ("minister", "foreign-minister"): "foreign-minister",
    ("minister", "defence-minister"): "defence-minister",
    ("minister", "interior-minister"): "interior-minister",
    ("deputy-minister", "foreign-minister"): "deputy-foreign-minister",
    ("state-minister", "foreign-minister"): "deputy-foreign-minister",
    ("other", "security-chief"): "security-chief",
    ("secretary-general", "security-chief"): "security-chief",  # “head of national security”
    ("secretary-general", "diplomacy"): "foreign-minister",  # “the head of French diplomacy”
}
CHAIR = "chair"  # of a committee: a relation to it, no office
_SYSTEM = "-system"
# What is left of them without such a portfolio.
_PLAIN = {"deputy-minister": "other", "state-minister": "minister", "delegate": "other"}


OF_BODIES = frozenset({"secretary-general", "io-official"})


def of_bodies(titles: Sequence[Title]) -> bool:
    """Whether all of somebody's titles, of which there are some, are of bodies: of no state."""
    return bool(titles) and all(
        (t.body or t.kind in OF_BODIES) and t.country in (None, t.body) for t in titles
    )


@cache
def headships() -> dict[str, str]:
    """Key of a body → kind of office that its head holds (`lexicons/headships.yaml`)."""
    faults: list[Fault] = []
    content = yamlfile.read(root() / "headships.yaml", "lexicons/headships.yaml", faults)
    if faults:
        raise DataFaults(faults)
    return {
        str(item.value): kind
        for kind, group in (content.items() if content else ())
        for item in group
        if not kind.endswith(_SYSTEM)
    }


@cache
def _owners() -> dict[str, str]:
    """Key of an organ → key of the body whose officials its own are: groups `<body>-system`."""
    content = yamlfile.read(root() / "headships.yaml", "lexicons/headships.yaml", [])
    groups = content.items() if content else ()
    return {
        str(item.value): f"organization/{kind.removesuffix(_SYSTEM)}"
        for kind, group in groups
        if kind.endswith(_SYSTEM)
        for item in group
    }


@dataclass(slots=True)
class _Draft:
    """A title while it is being read."""

    first: int
    last: int
    heads: list[Entry]
    portfolio: str | None = None
    country: str | None = None
    body: str | None = None
    bodies_allowed: bool = True
    portfolios: list[Entry] = field(default_factory=list)
    shape: ThingMention | None = None
    former: bool = False  # «وزير الخارجية السابق»: an office held no more
    post: str | None = None
    implied: str | None = None  # the state whose people the portfolio names: “Senegalese abroad”

    def title(self, knowledge: Knowledge) -> Title:
        record = knowledge.records.get(self.body or "")
        country = self.country or (record.country if record else None) or self.implied
        country = country or self._only_country() or self._shape_country()
        if self.body and record and record.iso2 and not self.country:
            country = self.body
        if self.body in _owners() and not self.country:
            country = _owners()[self.body]
        kind, source, implied = self._kind(country, knowledge)
        body = self.body or implied
        owner = knowledge.records.get(implied or "")
        if owner is not None and country is None:
            country = implied if owner.iso2 else owner.country
        return Title(kind, country, body, self.first, self.last, source, self.shape, self.post)

    def _shape_country(self) -> str | None:
        """The one country that a body's name gives: «المتحدث باسم وزارة الخارجية العراقية»."""
        states = self.shape.countries if self.shape is not None else ()
        return states[0] if len(states) == 1 else None

    def _only_country(self) -> str | None:
        """The country that the words of the title leave no doubt of: «خادم الحرمين الشريفين»."""
        restricted = {entry.key.partition("#")[0].partition("@")[2] for entry in self._heads()}
        return (
            country_key(restricted.pop()) if len(restricted) == 1 and "" not in restricted else None
        )

    def _kind(self, country: str | None, knowledge: Knowledge) -> tuple[str, str, str | None]:
        """Kind, lexicon line, and the body that the title itself implies."""
        entry = self._head(country)
        key, _, implied = entry.key.partition("#")
        kind = key.partition("@")[0]
        if self.body is not None:
            record = knowledge.records.get(self.body)
            default = "secretary-general" if record is None or record.country is None else kind
            between = self.body.startswith("organization/") and (not record or not record.country)
            if kind == "delegate" and between:
                kind = "io-official"
            elif kind in _UNHEADED:
                pass  # whoever commands it, or is in charge of ties with it
            elif entry.cls != "office" or kind in ("secretary-general", "president"):
                kind = headships().get(self.body, default)
        elif self.shape is not None and entry.cls == "office-body" and kind != "military-chief":
            kind = "other"
        if self.portfolio:
            kind = _REFINED.get((kind, self.portfolio), kind)
        own = self.shape is not None or self.body is None or not knowledge.records[self.body].iso2
        if kind == "secretary-general" and own and (country or "").startswith("country/"):
            kind = "other"  # of a party, a chamber, a committee of that state
        return _PLAIN.get(kind, kind), entry.source, implied or None

    def _heads(self) -> list[Entry]:
        """The readings of the head that go with a body named, or with none."""
        with_body = self.body is not None or self.shape is not None
        return [e for e in self.heads if (e.cls == "office-body") is with_body] or self.heads

    def _head(self, country: str | None) -> Entry:
        iso = (country or "").removeprefix("country/")
        heads = self._heads()
        for entry in heads:
            if entry.key.endswith("@" + iso) and iso:
                return entry
        return next((entry for entry in heads if "@" not in entry.key), heads[0])


def _state(item: Item) -> str | None:
    # «عمان» is a country before it is a seat
    found = (entry for entry in item.entries if entry.cls in _STATES)
    states = sorted(found, key=lambda entry: _STATES.index(entry.cls))
    if len(states) > 1 and all(entry.cls == "context" for entry in states):
        return None  # «المملكة» alone is any kingdom
    return states[0].key if states else None


def _body(item: Item) -> str | None:
    for entry in item.entries:
        if entry.cls in _BODIES:
            return entry.key
    return None


def _portfolio(item: Item) -> str | None:
    """The kind of minister whom a portfolio makes."""
    keys = (entry.key.partition("@")[0] for entry in item.entries if entry.cls == "portfolio")
    return next(keys, None) or None


def read(items: Sequence[Item], knowledge: Knowledge) -> tuple[Title, ...]:
    """The titles that a run of items states, in order; a country said once counts for all."""
    drafts: list[_Draft] = []
    ahead: str | None = None  # a nationality before the title: "Moroccan Foreign Minister"
    body_ahead: str | None = None  # "UN envoy"
    portfolio_ahead: str | None = None  # "Foreign Affairs Undersecretary"
    posted = False  # what follows is the post, not the sender: "ambassador to Morocco"
    for index, item in enumerate(items):
        heads = [entry for entry in item.entries if entry.cls in _HEADS]
        if heads and drafts and _serves(drafts[-1], item):
            master = _Draft(item.first, item.last, heads)
            drafts[-1].country = drafts[-1].country or master.title(knowledge).country
            drafts[-1].last = item.last
            continue
        if heads:
            first = not drafts
            drafts.append(
                _Draft(
                    item.first,
                    item.last,
                    heads,
                    country=ahead if first else None,
                    body=body_ahead if first else None,
                    portfolio=portfolio_ahead if first else None,
                )
            )
            posted = "kings_envoy" in item.classes
            continue
        if "former" in item.classes and drafts:
            drafts[-1].former = True
            continue
        if "in_chair" in item.classes:
            posted = True  # “the president and current chair of the AU”: not its head
        state, body = _state(item), _body(item)
        if not drafts:
            ahead, body_ahead = state or ahead, body or body_ahead
            portfolio_ahead = portfolio_ahead or _portfolio(item)
            continue
        leads = _leads_to_post(drafts[-1], item) and not _is_at_mission(items[index + 1 :])
        posted = posted or "posted" in item.classes or leads
        if posted:
            drafts[-1].post = drafts[-1].post or state
        _extend(drafts[-1], item, None if posted else state, None if posted else body)
    titles = [
        draft.title(knowledge)
        for draft in _without_rank(_without_served(drafts))
        if not draft.former
    ]
    states = [title.country for title in titles if title.country]
    stated = next((key for key in reversed(states) if key.startswith("country/")), None)
    return tuple(
        title if title.country or not stated else replace(title, country=stated) for title in titles
    )


def _kinds(draft: _Draft) -> set[str]:
    return {entry.key.partition("@")[0].partition("#")[0] for entry in draft.heads}


def _without_served(drafts: list[_Draft]) -> list[_Draft]:
    """Without a king told before his own aide: «المرافق للملك، مستشار الملك فلان»."""
    aide = len(drafts) > 1 and _kinds(drafts[0]) == {"monarch"} and _kinds(drafts[1]) & _SERVING
    return drafts[1:] if aide else drafts


def _without_rank(drafts: list[_Draft]) -> list[_Draft]:
    """Without ranks: «وزير الدولة، وزير العدل», and «وزير الخارجية السفير فلان»."""
    return [
        draft
        for index, draft in enumerate(drafts)
        if draft.portfolio
        or draft.country
        or draft.body
        or (
            (index + 1 == len(drafts) or all(e.key != "state-minister" for e in draft.heads))
            and (len(drafts) == 1 or all(e.key != "ambassador" for e in draft.heads))
        )
    ]


# Offices that are held for somebody: what follows at once is whom they serve, not a second office.
_SERVING = frozenset(
    {"special-envoy", "adviser", "spokesperson", "ambassador", "consul", "other"}
    | {"national-security-adviser", "prime-minister", "foreign-minister"}
)
_SERVED = frozenset(
    {"president", "monarch", "prime-minister", "secretary-general", "crown-prince"}
    | {"parliament-speaker", "vice-president"}
)
_AIDES = frozenset({"adviser", "other"})  # those of a minister: «مدير مكتب وزير الخارجية»
_UNHEADED = frozenset(
    {"military-chief", "minister", "deputy-minister", "state-minister", "io-official", "delegate"}
)
_POSTED = frozenset({"special-envoy", "ambassador", "consul"})
_LEADERS = ("president", "monarch", "prime-minister", "crown-prince", "secretary-general")


def of_the_served(stated: tuple[Title, ...], held: set[str]) -> tuple[Title, ...]:
    """«مستشار الملك محمد السادس» names the king, whose office it is that the words state."""
    leading = [kind for kind in _LEADERS if kind in held]
    if any(title.kind in held for title in stated):
        return stated  # “the foreign minister, spokesman of the government”, who led a body later
    return tuple(
        replace(title, kind=leading[0])
        if leading and title.kind in _SERVING - held - {"other"}
        else title
        for title in stated
    )


def of_the_cabinet(stated: tuple[Title, ...], held: set[str]) -> tuple[Title, ...]:
    """“Secretary Mattis” of the United States is of defense, as he has never been of state."""
    if "defence-minister" not in held or "foreign-minister" in held:
        return stated
    return tuple(
        replace(title, kind="defence-minister")
        if (title.kind, title.country) == ("foreign-minister", "country/US")
        else title
        for title in stated
    )


def of_the_department(stated: list[Title], official: Official | None) -> list[Title]:
    """Without “Secretary Yellen”, which is no word of State where the text tells her department."""
    state = "foreign-minister", "US"
    if official and any((term.kind, term.country) == state for term in official.tenures):
        return stated
    own = [
        title
        for title in stated
        if (title.kind, title.country) != (state[0], "country/US") or title.last - title.first > 1
    ]
    if len(own) == len(stated) or all(t.country not in (None, "country/US") for t in own):
        return stated
    return [replace(title, country="country/US") for title in own]


_LEADING = frozenset({"to", "in"})


def _leads_to_post(draft: _Draft, item: Item) -> bool:
    """Whether an envoy's post follows: «المبعوث الأممي إلى اليمن», «المبعوث الأمريكي لسوريا»."""
    if all(entry.key.partition("@")[0].partition("#")[0] not in _POSTED for entry in draft.heads):
        return False
    sent = draft.country or draft.body or any("#" in entry.key for entry in draft.heads)
    return bool(item.classes & _LEADING) and (bool(sent) or "of_prep" not in item.classes)


def _is_at_mission(behind: Sequence[Item]) -> bool:
    """Whether the post is in an embassy, whose owner follows: «القائم بالأعمال بسفارة غامبيا»."""
    return bool(behind) and "mission_noun" in behind[0].classes


def _serves(draft: _Draft, item: Item) -> bool:
    kinds = {entry.key.partition("@")[0] for entry in draft.heads}
    served = {entry.key.partition("@")[0] for entry in item.entries}
    if draft.last != item.first:
        return False
    of_head = bool(kinds & _SERVING) and bool(served & _SERVED)
    return of_head or (bool(kinds & _AIDES) and bool(served & MINISTERS))


def _extend(draft: _Draft, item: Item, state: str | None, body: str | None) -> None:
    portfolio = next((entry for entry in item.entries if entry.cls == "portfolio"), None)
    if portfolio is not None:
        kind, _, state_code = portfolio.key.partition("@")
        draft.portfolio = draft.portfolio or kind or None
        if state_code:
            draft.implied = country_key(state_code)
    elif body is not None and draft.body is None:
        draft.body = body
    elif isinstance(item.payload, ThingMention) and draft.body is None and draft.shape is None:
        draft.shape = item.payload
    elif state is not None and draft.country is None:
        draft.country = state
    elif item.payload is not None or not item.entries:
        return
    draft.last = item.last
