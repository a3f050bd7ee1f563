"""Names met again: words that no lexicon knows, but that the document has introduced as a name."""

from __future__ import annotations

from ingest.claims.people import People, Person, kinds_of
from ingest.items import Analysis, Item, PersonMention
from ingest.knowledge import MINISTERS

_NAME_CLASSES = frozenset({"unk", "cap", "given", "particle", "surname", "fullname", "word"})
_NAMED = frozenset({"person", "named"})
_VERBS = frozenset({"said", "meet", "receive", "hold", "gather_with", "discuss", "visit_verb"})
_ALSO_NAMES = frozenset({"nat", "namesake"})
_RULE = "name-met-again"


def _eligible(item: Item, latin: bool) -> bool:
    if item.payload is not None or item.classes.isdisjoint(_NAME_CLASSES):
        return False
    return not latin or "cap" in item.classes


def mark(
    sentences: list[list[Item]], analysis: Analysis, people: People, latin: bool
) -> list[list[Item]]:
    """The sentences with each such run of words made one item that mentions the person."""
    aliases = people.aliases()
    longest = max(map(len, aliases), default=0)
    if not longest:
        return sentences
    starts = {alias[0] for alias in aliases}
    marked = [_marked(items, analysis, aliases, starts, longest, latin) for items in sentences]
    given = people.given_names()
    return [_by_given(items, analysis, given, latin) for items in marked] if given else marked


def _by_given(
    items: list[Item], analysis: Analysis, given: dict[str, Person], latin: bool
) -> list[Item]:
    """The sentence with “Sheikh Abdullah” marked, where nothing follows that goes on the name."""
    result = list(items)
    for index in range(1, len(items)):
        item = items[index]
        if "honorific" not in items[index - 1].classes or not _eligible(item, latin):
            continue
        word = analysis.tokens.forms[item.first]
        person = given.get(word) if item.last == item.first + 1 else None
        following = items[index + 1] if index + 1 < len(items) else None
        if person is None or (following is not None and _goes_on(following, latin)):
            continue
        result[index] = _met(item, item.last)
    return result


def _acts(items: list[Item], index: int) -> bool:
    """Whether another word is a surname, right after a verb: «أكد السوداني», «التقى سلامة»."""
    item = items[index]
    named = item.payload is None and index > 0 and not item.classes.isdisjoint(_ALSO_NAMES)
    return named and not items[index - 1].classes.isdisjoint(_VERBS)


def _goes_on(item: Item, latin: bool) -> bool:
    return item.payload is None and (_eligible(item, latin) or "particle" in item.classes)


def _met(item: Item, last: int) -> Item:
    """A mention of a person by a name met before."""
    mention = PersonMention((item.first, last), None, ())
    return Item(item.first, last, _NAMED, item.entries, mention, _RULE)


def _marked(
    items: list[Item],
    analysis: Analysis,
    aliases: dict[tuple[str, ...], Person],
    starts: set[str],
    longest: int,
    latin: bool,
) -> list[Item]:
    forms = analysis.tokens.forms
    if starts.isdisjoint([forms[item.first] for item in items]):
        return items
    result: list[Item] = []
    index = 0
    while index < len(items):
        item = items[index]
        taken = 0
        if forms[item.first] in starts and (_eligible(item, latin) or _acts(items, index)):
            taken = _run(items, index, forms, aliases, longest, latin)
        if taken:
            last = items[index + taken - 1].last
            named = aliases.get(tuple(forms[item.first : last]))
            if result and named and _is_title_of(result[-1], item, named):
                result[-1] = _completed(result[-1], item, last)
            else:
                mention = PersonMention((item.first, last), None, ())
                entries = tuple(e for each in items[index : index + taken] for e in each.entries)
                result.append(Item(item.first, last, _NAMED, entries, mention, _RULE))
        else:
            result.append(item)
        index += taken or 1
    return result


def _is_title_of(title: Item, name: Item, person: Person) -> bool:
    """Whether a name stands right behind a title of its bearer: «السفير الغريري»."""
    stated = title.payload
    if not isinstance(stated, PersonMention) or stated.name is not None:
        return False
    kinds, own = {each.kind for each in stated.titles}, kinds_of(person)
    lands = {each.country for each in stated.titles} | {stated.country}
    fits = bool(kinds & own) or ("minister" in kinds and bool(own & MINISTERS))
    return title.last == name.first and fits and lands <= {None, person.country()}


def _completed(title: Item, name: Item, last: int) -> Item:
    """The title and the name behind it as one mention."""
    stated = title.payload
    titles = stated.titles if isinstance(stated, PersonMention) else ()
    mention = PersonMention((name.first, last), None, titles)
    return Item(title.first, last, _NAMED, title.entries, mention, _RULE)


def _run(
    items: list[Item],
    index: int,
    forms: list[str],
    aliases: dict[tuple[str, ...], Person],
    longest: int,
    latin: bool,
) -> int:
    """How many items from `index` on are a name met before; the longest run counts."""
    best = 0
    words: tuple[str, ...] = ()
    for count, item in enumerate(items[index : index + longest], 1):
        if count > 1 and not _eligible(item, latin):
            break
        words += tuple(forms[item.first : item.last])
        if words in aliases and "particle" not in item.classes:
            best = count
    return best
