"""The brief of two parties: ranks, cadence and silence, agreements, exercises, words, readouts."""

from __future__ import annotations

from datetime import date

import brief_sample as sample
import pytest
from pyoxigraph import NamedNode, Quad

from kg.brief import Brief, Corpus, brief
from kg.brief.events import status
from kg.brief.model import Cadence, Fact
from kg.brief.publishers import Publishers
from kg.brief.ranks import ANY, LEADERS, MINISTERS, ladder
from kg.brief.times import Span, days_between, finest
from kg.model import Certainty
from kg.vocab import ID, OFFICE_KIND, RWB, TOPIC, curated_graph

JO, NO = ID + sample.JO, ID + sample.NO


@pytest.fixture(scope="module")
def whole() -> Brief:
    return brief(Corpus(sample.store()), JO, NO)


def named(facts: object) -> list[str]:
    return [one.node.rpartition("/")[2] for one in facts]  # type: ignore[attr-defined]


def one(of: Brief, key: str) -> Fact:
    return next(fact for fact in of.facts if fact.node == f"{ID}event/{key}")


def level(of: Brief, wanted: int) -> Cadence:
    return next(each for each in of.cadence if each.level == wanted)


# --- contacts, ranks


def test_contacts_come_newest_first_and_undated_last(whole: Brief) -> None:
    expected = ["m5", "v5", "m4", "c1", "m3", "m2", "off", "a1", "k1", "m1", "x1", "x2"]
    assert named(whole.contacts) == expected


def test_level_is_the_lower_of_both_sides_and_of_one_where_the_other_is_a_state(
    whole: Brief,
) -> None:
    assert one(whole, "m1").level == MINISTERS
    assert one(whole, "k1").level == LEADERS  # a king and a head of government
    assert one(whole, "a1").level == 5  # an ambassador and a state
    assert one(whole, "v5").level == MINISTERS
    assert one(whole, "s1").level is None  # states only


def test_office_is_that_of_the_documents_else_of_a_term_at_the_time() -> None:
    told = [
        sample.report(
            "a", "2020-05-05", sample.meeting("h", "2020-05-01", sample.KING, sample.HARALD)
        ),
        sample.report(
            "b", "1980-05-05", sample.meeting("i", "1980-05-01", sample.KING, sample.HARALD)
        ),
    ]
    found = brief(Corpus(sample.store(told)), JO, NO)
    king, harald = one(found, "h").sides[0][0], one(found, "h").sides[1][0]
    assert (king.basis, king.rank) == ("stated", 1)
    assert (harald.basis, harald.rank) == ("tenure", 1)
    before = one(found, "i").sides[1][0]
    assert (before.basis, before.rank, before.office) == ("", None, None)


def test_who_is_known_in_the_office_of_another_country_does_not_act_for_this_one() -> None:
    told = sample.report(
        "c", "2020-05-05", sample.meeting("j", "2020-05-01", sample.EIDE, "country/FR")
    )
    store = sample.store([told])
    also = Quad(
        NamedNode(ID + sample.EIDE),
        NamedNode(RWB + "holdsOffice"),
        NamedNode(f"{ID}office/monarch-JO"),
        NamedNode(curated_graph("officials")),
    )
    land = Quad(also.object, NamedNode(RWB + "country"), NamedNode(JO), also.graph_name)
    store.extend([also, land])
    assert brief(Corpus(store), NO, ID + "country/FR").facts != ()
    assert brief(Corpus(store), JO, ID + "country/FR").facts == ()


def test_every_fact_is_cited_with_its_words(whole: Brief) -> None:
    for fact in whole.facts:
        assert fact.citations
        for citation in fact.citations:
            assert citation.exact == fact.node.rpartition("/")[2]
            assert citation.rule == "en-rule"
            assert citation.source.title.startswith("Title of ")


def test_documents_of_one_source_are_one_voice(whole: Brief) -> None:
    assert (one(whole, "m5").documents, one(whole, "m5").voices) == (3, 2)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["held"], "held"),
        (["planned", "held"], "held"),
        (["cancelled", "held"], "disputed"),
        (["planned"], "planned"),
        (["planned", "cancelled"], "cancelled"),
        (["denied"], "denied"),
        (["cancelled", "denied"], "disputed"),
    ],
)
def test_status_over_documents(said: list[str], expected: str) -> None:
    assert status(said) == expected


def test_the_ladder_knows_every_kind_but_the_unnamed() -> None:
    assert ladder()[OFFICE_KIND + "monarch"] == 1
    assert ladder()[OFFICE_KIND + "ambassador"] == 5
    assert OFFICE_KIND + "other" not in ladder()


# --- cadence and silence


def test_cadence_counts_gaps_between_occasions(whole: Brief) -> None:
    ministers = level(whole, MINISTERS)
    # m5 and the visit v5 are one occasion; k1 is of higher rank and counts; cancelled does not
    assert ministers.occasions == 6
    assert ministers.gaps == (22, 128, 150, 148, 152)
    assert ministers.usual == 148
    assert ministers.last is not None
    assert sorted(named(ministers.last.facts)) == ["m5", "v5"]
    assert ministers.last.when == Span("2021-09-01", "2021-09-02")
    assert level(whole, LEADERS).occasions == 1
    assert level(whole, LEADERS).verdict == "early"
    assert level(whole, ANY).occasions == 7  # with the ambassador


def test_contacts_without_a_day_count_in_no_gap_and_are_told(whole: Brief) -> None:
    assert level(whole, MINISTERS).loose == 2
    assert level(whole, MINISTERS).later == 0  # told before the last contact


def later(*documents: object) -> Cadence:
    found = brief(Corpus(sample.store([*sample.reports(), *documents])), JO, NO)  # type: ignore[list-item]
    return level(found, MINISTERS)


def names_only(number: int, month: str) -> object:
    """A report that names one of the two, and tells of no contact."""
    told = sample.meeting(f"other-{month}-{number}", None, sample.SAFADI, "country/FR")
    return sample.report(f"other-{month}-{number}", f"{month}-15", told)


def test_silence_beside_sources_that_go_on_writing() -> None:
    months = [f"2022-{m:02}" for m in range(1, 13)]
    found = later(*(names_only(n, month) for month in months for n in range(2)))
    assert found.silent == (date(2022, 12, 15) - date(2021, 9, 2)).days
    assert found.verdict == "silent"
    assert found.coverage is not None
    assert found.coverage.naming[0] >= 24


def test_silence_of_the_sources_is_told_as_such() -> None:
    found = later(names_only(1, "2023-12"))
    assert found.verdict == "thin"
    assert found.expected is not None
    assert found.coverage is not None
    assert found.coverage.either < found.expected / 2


def test_a_contact_without_a_date_may_fall_into_the_silence() -> None:
    months = [f"2022-{m:02}" for m in range(1, 13)]
    undated = sample.report(
        "late", "2022-11-11", sample.meeting("z", None, sample.SAFADI, sample.EIDE)
    )
    found = later(undated, *(names_only(n, month) for month in months for n in range(2)))
    assert (found.verdict, found.later) == ("unsure", 1)


def test_no_contact_gives_no_silence() -> None:
    found = brief(Corpus(sample.store([])), JO, NO)
    assert {each.verdict for each in found.cadence} == {"none"}
    assert found.contacts == ()
    assert found.asof == ""


def test_as_known_on_a_day_only_documents_published_by_then_count() -> None:
    corpus = Corpus(sample.store())
    found = brief(corpus, JO, NO, "2020-11-30")
    assert named(found.contacts)[0] == "m3"
    assert level(found, MINISTERS).silent == 25
    assert {c.source.published <= "2020-11-30" for f in found.facts for c in f.citations} == {True}


@pytest.mark.parametrize(
    ("one_", "two", "days"),
    [
        (Span("2020-01-10"), Span("2020-01-20"), 10),
        (Span("2020-01-10", "2020-01-15"), Span("2020-01-20"), 5),
        (Span("2020-01"), Span("2020-02"), 30),
        (Span("2020-01-10", "2020-01-30"), Span("2020-01-20"), 0),
    ],
)
def test_days_between_spans(one_: Span, two: Span, days: int) -> None:
    assert days_between(one_, two) == days


def test_finest_dates_leave_out_what_others_make_precise() -> None:
    assert finest(["2020", "2020-03-01", "2020-03", "2021"]) == ("2020-03-01", "2021")


# --- the other sections


def test_agreement_with_two_dates_keeps_both_and_says_why(whole: Brief) -> None:
    [agreement] = whole.agreements
    assert agreement.node == ID + "agreement/water"
    assert [stage.name for stage in agreement.stages] == ["signed"]
    fact = agreement.stages[0].fact
    assert set(fact.rivals) == {"2021-03-01", "2021-03-04"}
    assert fact.why
    assert {d for account in fact.accounts for d in account.dates} == set(fact.rivals)


def test_exercises_by_edition(whole: Brief) -> None:
    [series] = whole.series
    assert series.node == ID + "exercise/fjord-sand"
    assert [(fact.editions, fact.status) for fact in series.editions] == [
        ((2,), "planned"),
        ((1,), "held"),
    ]


def test_forums_in_common_with_the_ties_of_each(whole: Brief) -> None:
    [forum] = whole.forums
    assert forum.kind == "Forum"
    assert [[tie.predicate for tie in side] for side in forum.ties] == [["memberOf"], ["coChairs"]]
    assert all(tie.citations for side in forum.ties for tie in side)
    assert named(forum.together) == ["c1"]


def test_words_each_way(whole: Brief) -> None:
    told = {(each.speaker, each.stance): named(each.facts) for each in whole.words}
    assert told == {(0, "condemn"): ["w2"], (1, "praise"): ["w1"]}


def test_relations_and_topics_by_year(whole: Brief) -> None:
    assert named(whole.ties) == ["r1"]
    assert whole.years == (("2021", ((TOPIC + "human-rights", 1), (TOPIC + "water", 1))),)


def test_readouts_of_both_sides_stand_side_by_side(whole: Brief) -> None:
    [readout] = whole.readouts
    assert readout.fact.node == ID + "event/m5"
    ours, theirs, neither = readout.accounts
    assert [account.topics for account in ours] == [frozenset({TOPIC + "water"}), frozenset()]
    assert [account.topics for account in theirs] == [
        frozenset({TOPIC + "human-rights", TOPIC + "water"})
    ]
    assert neither == ()


@pytest.mark.parametrize(
    ("publisher", "url", "home", "official"),
    [
        ("Petra", "", JO, False),
        ("Norway, Ministry of Foreign Affairs", "", NO, True),
        ("Ministère norvégien", "", None, True),
        ("Jordan, Ministry of Foreign Affairs; Norway", "", None, True),
        ("", "https://www.mofa.gov.jo/en", JO, True),
        ("", "https://petra.example", None, False),
        ("a wam in it", "", None, False),  # an abbreviation is written as it is
        ("Example Wire", "", None, False),
    ],
)
def test_whose_source_it_is(publisher: str, url: str, home: str | None, official: bool) -> None:
    known = Publishers({JO: ["Jordan", "الأردن"], NO: ["Norway", "Norvège"]})
    found = known.home(publisher, url)
    assert found[0] == home
    assert found[1] == official


def test_the_two_sides_may_be_given_either_way_round(whole: Brief) -> None:
    turned = brief(Corpus(sample.store()), NO, JO)
    assert named(turned.contacts) == named(whole.contacts)
    assert [each.gaps for each in turned.cadence] == [each.gaps for each in whole.cadence]
    assert {each.speaker for each in turned.words if each.stance == "praise"} == {0}


def test_nothing_that_was_cancelled_counts_as_contact(whole: Brief) -> None:
    off = one(whole, "off")
    assert off.status == Certainty.CANCELLED.value
    assert all(off not in (each.last.facts if each.last else ()) for each in whole.cadence)
