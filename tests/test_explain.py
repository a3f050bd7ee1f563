"""Explanations: mentions, rules that fired with their roles, rules that nearly did."""

from __future__ import annotations

import json

import pytest

from ingest.explain import Explanation, Mention, explain
from ingest.nearmiss import clauses
from kg.model import Document

CALL = (
    "أجرى وزير الخارجية المصري سامح شكري أمس الثلاثاء اتصالا هاتفيا مع نظيره الروسي سيرغي لافروف."
)
UNFINISHED = "أجرى وزير الخارجية المصري سامح شكري اتصالا هاتفيا حول الوضع في المنطقة."


def explained(text: str, published: str | None = "2023-02-01") -> Explanation:
    return explain(Document("d", text, "ar", published))


def dates(found: Explanation) -> list[Mention]:
    return [mention for mention in found.mentions if mention.kind == "date"]


def test_all_spans_are_those_of_the_text() -> None:
    text = "خبرٌ: " + CALL + "\n\n" + UNFINISHED
    found = explained(text)
    spans = [*found.sentences, *found.mentions, *found.rules]
    spans += [words for rule in found.rules for words in rule.roles.values()]
    assert len(spans) > 10
    assert all(text[one.start : one.end] == one.text for one in spans)


def test_mentions_have_kind_words_and_value() -> None:
    people = [one for one in explained(CALL).mentions if one.kind == "person"]
    assert [one.text for one in people] == ["سامح شكري", "سيرغي لافروف"]
    assert all(one.value and one.value.startswith("person/") for one in people)


def test_dates_are_counted_from_the_publication_date() -> None:
    (date,) = dates(explained(CALL))
    assert (date.text, date.value, date.date) == ("أمس الثلاثاء", "2023-01-31", "2023-01-31")
    (unsettled,) = dates(explained(CALL, None))
    assert (unsettled.value, unsettled.text) == (None, "أمس الثلاثاء")


def test_a_span_of_days_has_both_ends() -> None:
    (date,) = dates(explained("يمتد المؤتمر من 20 إلى 22 فبراير 2023 بالرباط."))
    assert (date.value, date.date, date.end_date) == (
        "2023-02-20/2023-02-22",
        "2023-02-20",
        "2023-02-22",
    )


def test_a_rule_that_fired_shows_its_roles_and_its_event() -> None:
    found = explained(CALL)
    fired = {rule.rule: rule for rule in found.rules}["ar-phonecall-hold"]
    assert "سامح شكري" in fired.roles["agent"].text
    assert "سيرغي لافروف" in fired.roles["other"].text
    assert fired.result in {event.key for event in found.reading.events}


def test_a_rule_that_nearly_fired_shows_the_clause_that_blocked_it() -> None:
    found = explained(UNFINISHED)
    assert "ar-phonecall-hold" not in {rule.rule for rule in found.rules}
    miss = {miss.rule: miss for miss in found.near_misses}["ar-phonecall-hold"]
    assert "other:" in miss.blocked or "$with" in miss.blocked
    assert miss.after in UNFINISHED
    assert 0.5 <= miss.share < 1
    assert len(found.near_misses) <= 5


def test_near_misses_come_nearest_first() -> None:
    shares = [miss.share for miss in explained(UNFINISHED).near_misses]
    assert shares == sorted(shares, reverse=True)


def test_a_text_without_news_is_explained_too() -> None:
    found = explained("كتاب جديد عن الحديقة")
    assert found.rules == ()
    assert found.reading.events == ()
    assert len(found.sentences) == 1


def test_the_json_form_has_all_parts() -> None:
    plain = json.loads(json.dumps(explained(CALL).as_json()))
    assert {"mentions", "rules", "near_misses", "sentences", "events"} <= plain.keys()
    assert {"kind", "start", "end", "text", "value"} <= plain["mentions"][0].keys()


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ('$a ~3!b,c role:@d ("x y" | $e)?', ["$a", "~3!b,c", "role:@d", '("x y" | $e)?']),
        ('"one two" $$', ['"one two"', "$$"]),
        ("", []),
    ],
)
def test_clauses_are_parted_outside_brackets_and_quotes(pattern: str, parts: list[str]) -> None:
    assert list(clauses(pattern)) == parts
