"""How often rules fire and are right, on articles whose figures can be counted on fingers."""

from __future__ import annotations

from functools import cache

from ingest.rulestats import Account, Figures, account
from kg.evaluation.gold import GoldArticle, GoldEvent, GoldParticipant
from kg.model import Document

CALL = "أجرى وزير الخارجية المصري سامح شكري اتصالا هاتفيا مع نظيره الروسي سيرغي لافروف."
CHAIR = "The European Union and Egypt co-chair the Global Counterterrorism Forum."


def party(name: str) -> GoldParticipant:
    return GoldParticipant("person", name, None, None)


def event(kind: str, *names: str) -> GoldEvent:
    parties = tuple(map(party, names))
    return GoldEvent(kind, parties, None, None, None, None, "held", "")


def article(key: str, lang: str, *events: GoldEvent, **parts: object) -> GoldArticle:
    bare = {"offices": (), "things": (), "relations": (), "topics": frozenset()}
    return GoldArticle(key, lang, events, **{**bare, **parts})  # type: ignore[arg-type]


@cache
def found() -> Account:
    """A call that is annotated, one that is not, and one whose text is not there."""
    call = event("PhoneCall", "سامح شكري", "سيرغي لافروف")
    office = ("سامح شكري", "foreign-minister", "EG")
    golds = (
        article("right", "ar", call, offices=(office,)),
        article("wrong", "ar"),
        article("lost", "ar"),
        article(
            "chair",
            "en",
            things=("Global Counterterrorism Forum",),
            relations=(("EG", "coChairs", "Global Counterterrorism Forum"),),
        ),
    )
    texts = {"right": CALL, "wrong": CALL, "stray": CALL}
    documents = [Document(key, text, "ar") for key, text in texts.items()]
    return account(golds, [*documents, Document("chair", CHAIR, "en")])


def figures(rule: str) -> Figures:
    (one,) = (each for each in found().figures if each.rule == rule)
    return one


def test_an_event_is_right_where_it_is_annotated() -> None:
    one = figures("ar-phonecall-hold")
    assert (one.language, one.makes, one.target) == ("ar", "event", "PhoneCall")
    assert one.path.endswith("rules/phonecall/ar-phonecall-hold.yaml")
    assert (one.fired, one.documents) == (2, 2)
    assert (one.made, one.right, one.wrong) == (2, 1, 1)
    assert not one.idle


def test_offices_are_counted_for_the_rules_that_name_the_persons() -> None:
    people = [each for each in found().figures if each.target in ("person", "counterpart")]
    ours = [each for each in people if each.language == "ar"]
    assert sum(each.right for each in ours) == 1  # سامح شكري
    assert sum(each.wrong for each in ours) == 3  # لافروف twice, and شكري where none is annotated


def test_relations_are_right_end_by_end() -> None:
    one = figures("en-relation-cochairs")
    assert (one.made, one.right, one.wrong) == (2, 1, 1)
    assert one.idle


def test_a_rule_that_never_fired_has_a_line() -> None:
    one = figures("fr-recognition-verb")
    assert (one.fired, one.documents, one.made, one.right, one.wrong) == (0, 0, 0, 0, 0)
    assert one.idle


def test_what_is_not_annotated_or_has_no_text_is_left_out() -> None:
    assert found().articles == 3
    assert found().absent == ("lost",)
