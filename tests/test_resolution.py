"""One person, one node; one happening, one IRI; whatever order the documents came in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import happenings
import pytest
import resolution
from exported import bytes_of

from ingest.pipeline import read
from kg.model import Document, Reading
from kg.reports import Constraints, Report
from kg.resolution.account import Join
from kg.resolution.clusters import Clusters
from kg.resolution.comparison import Happenings
from kg.resolution.features import EventReport, Party
from kg.resolution.happenings import Happening, happening_of
from kg.resolution.index import EVENTS, FILE, Entry, Index
from kg.resolution.naming import given_names
from kg.store import Outcome, Store
from kg.terms import iri, rwb
from kg.vocab import ID, document_graph, resolution_graph

REPORTS, KNOWN = 240, 60


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store") as opened:
        yield opened


@cache
def told() -> tuple[happenings.Told, ...]:
    return tuple(happenings.corpus(REPORTS, KNOWN))


@cache
def made() -> tuple[Reading, ...]:
    return tuple(read(each.document) for each in told())


def reading(name: str, text: str, published: str | None, lang: str = "en") -> Reading:
    return read(Document(name, text, lang, published))


def names(store: Store, document: str) -> dict[str, str]:
    """What a document calls its events and persons → what the graph does."""
    graph = iri(document_graph(document))
    return given_names(store.ox.quads_for_pattern(None, None, None, graph))


def event(store: Store, document: str, kind: str) -> str:
    """The key of the one event of this type in a document's graph."""
    found = {key for key in names(store, document).values() if key.startswith(f"event/{kind}-")}
    assert len(found) == 1, found
    return found.pop()


def persons(store: Store, document: str) -> set[str]:
    graph = iri(document_graph(document))
    found = store.ox.quads_for_pattern(None, rwb("participant"), None, graph)
    keys = {quad.object.value.removeprefix(ID) for quad in found}  # type: ignore[union-attr]
    return {key for key in keys if key.startswith("person/")}


def filled(path: Path, given: Iterable[Reading]) -> bytes:
    with Store.open(path) as store:
        for each in given:
            store.write(each)
        return bytes_of(store)


# ------------------------------------------------------------------ known truth
def test_generated_news_is_put_together_as_it_happened(store: Store) -> None:
    for each in made():
        store.write(each)
    both = list(zip(told(), made(), strict=True))
    events = resolution.events(store, both)
    people = resolution.people(store, both)
    assert len(events) > 0.97 * REPORTS
    assert resolution.b_cubed(events).precision >= 0.98
    assert resolution.b_cubed(events).f1 >= 0.95
    assert resolution.pairwise(events).precision >= 0.98
    assert resolution.b_cubed(people).f1 >= 0.97


def test_the_measures_are_what_they_are_called() -> None:
    items = [("a", 1), ("a", 1), ("a", 2), ("b", 2)]
    cubed, pairs = resolution.b_cubed(items), resolution.pairwise(items)
    assert cubed.precision == pytest.approx((1 + 1 + 0.5 + 0.5) / 4)
    assert cubed.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert (pairs.precision, pairs.recall) == (pytest.approx(1 / 2), pytest.approx(1 / 3))


# ------------------------------------------------------------------ the order does not count
def test_any_order_gives_the_same_bytes(tmp_path: Path) -> None:
    given = made()[:120]
    orders = [Random(seed).sample(given, len(given)) for seed in range(4)]
    orders.append(sorted(given, key=lambda each: each.document.published or ""))
    found = {filled(tmp_path / str(n), order) for n, order in enumerate(orders)}
    assert len(found) == 1


def test_batches_in_ten_random_orders_give_the_same_bytes() -> None:
    assert resolution.orders(made()[:60], 10) == 1


def test_what_is_taken_out_leaves_no_trace(tmp_path: Path) -> None:
    given = made()[:90]
    rest = [each for number, each in enumerate(given) if number % 3]
    with Store.open(tmp_path / "all") as store:
        for each in given:
            store.write(each)
        for number, each in enumerate(given):
            if number % 3 == 0:
                assert store.remove(each.document.id)
        assert bytes_of(store) == filled(tmp_path / "rest", rest)


def test_a_superseded_document_comes_back_as_it_was(store: Store) -> None:
    given = made()[:60]
    for each in given:
        store.write(each)
    before = bytes_of(store)
    for number in range(0, 60, 7):
        document = given[number].document
        other = Document(document.id, given[-1].document.text, given[-1].document.lang)
        assert store.write(read(other)) is Outcome.REPLACED
    assert bytes_of(store) != before
    for number in range(0, 60, 7):
        assert store.write(given[number]) is Outcome.REPLACED
    assert bytes_of(store) == before


def test_the_index_is_made_again_from_the_graph(tmp_path: Path) -> None:
    given = made()[:80]
    before = filled(tmp_path / "store", given[:60])
    (tmp_path / "store" / FILE).unlink()
    with Store.open(tmp_path / "store") as store:
        assert bytes_of(store) == before
        for each in given[60:]:
            store.write(each)
        assert bytes_of(store) == filled(tmp_path / "other", given)


def test_a_document_read_by_itself_can_be_got_back(store: Store) -> None:
    for each in made()[:60]:
        store.write(each)
    renamed = 0
    for each in made()[:60]:
        own = names(store, each.document.id)
        renamed += any(key != called for key, called in own.items())
        local = given_names(store.local_quads(each.document.id))
        assert all(key == called for key, called in local.items())
    assert renamed > 5


# ------------------------------------------------------------------ persons
ENVOY = {
    "en": "German deputy foreign minister {} praised Morocco on 3 March 2021.",
    "ar": "أشاد نائب وزير الخارجية الألماني {} بالمغرب يوم 3 مارس 2021.",
    "fr": "Le vice-ministre allemand des Affaires étrangères, {}, a salué le Maroc le 3 mars 2021.",
}


def test_one_person_over_spellings_and_languages_is_one_node(store: Store) -> None:
    store.write(reading("a", ENVOY["en"].format("Yusuf Lindner"), "2021-03-04"))
    store.write(reading("b", ENVOY["ar"].format("يوسف ليندنر"), "2021-03-04", "ar"))
    store.write(reading("c", ENVOY["en"].format("Youssef Lindner"), "2021-03-04"))
    found = [persons(store, name) for name in "abc"]
    assert found[0] == found[1] == found[2]
    assert len({event(store, name, "statement") for name in "abc"}) == 1


def test_two_persons_of_one_name_stay_two(store: Store) -> None:
    store.write(reading("a", ENVOY["en"].format("Karim Lindner"), "2021-03-04"))
    other = ENVOY["en"].replace("German", "Turkish").format("Karim Lindner")
    store.write(reading("b", other, "2021-03-04"))
    assert persons(store, "a").isdisjoint(persons(store, "b"))
    assert event(store, "a", "statement") != event(store, "b", "statement")


def test_a_surname_alone_is_nobody_else(store: Store) -> None:
    store.write(reading("a", ENVOY["en"].format("Karim Lindner"), "2021-03-04"))
    store.write(reading("b", "Lindner praised Morocco on 3 March 2021.", "2021-03-04"))
    store.write(reading("c", "Lindner praised Turkey on 9 May 2021.", "2021-05-10"))
    found = [persons(store, name) for name in "abc"]
    assert found[0].isdisjoint(found[1] | found[2])
    assert found[1].isdisjoint(found[2])


# ------------------------------------------------------------------ happenings
MET = "Moroccan Foreign Minister Nasser Bourita met Antony Blinken in {}{}."


def test_an_undated_report_joins_the_one_meeting_of_its_days(store: Store) -> None:
    store.write(reading("a", MET.format("Rabat", " on 3 March 2022"), "2022-03-04"))
    store.write(reading("b", MET.format("Rabat", ""), "2022-03-04"))
    assert event(store, "a", "meeting") == event(store, "b", "meeting")


@pytest.mark.parametrize(
    ("place", "published"), [("Rabat", "2022-04-20"), ("Berlin", "2022-03-04"), ("Rabat", None)]
)
def test_it_does_not_join_one_of_other_days_or_towns(
    store: Store, place: str, published: str | None
) -> None:
    store.write(reading("a", MET.format("Rabat", " on 3 March 2022"), "2022-03-04"))
    store.write(reading("b", MET.format(place, ""), published))
    assert event(store, "a", "meeting") != event(store, "b", "meeting")


def test_it_joins_none_of_two(store: Store) -> None:
    store.write(reading("a", MET.format("Rabat", " on 2 March 2022"), "2022-03-04"))
    store.write(reading("b", MET.format("Rabat", " on 4 March 2022"), "2022-03-04"))
    store.write(reading("c", MET.format("Rabat", ""), "2022-03-04"))
    assert len({event(store, name, "meeting") for name in "abc"}) == 3
    store.remove("b")
    assert event(store, "a", "meeting") == event(store, "c", "meeting")


def test_a_meeting_stands_in_its_visit_and_an_announcement_before_its_outcome(
    store: Store,
) -> None:
    store.write(reading("a", MET.format("Rabat", " on 9 March 2022"), "2022-03-09"))
    store.write(reading("b", "Antony Blinken visited Morocco on 9 March 2022.", "2022-03-09"))
    planned = MET.replace("met", "will meet").format("Rabat", " on 1 March 2022")
    store.write(reading("c", planned, "2022-02-20"))
    graph = iri(resolution_graph())
    ties = {
        (q.subject.value, q.predicate.value.rpartition("#")[2], q.object.value)  # type: ignore[union-attr]
        for name in ("subEventOf", "outcome")
        for q in store.ox.quads_for_pattern(None, rwb(name), None, graph)
    }
    met, visit, due = (
        ID + event(store, document, kind)
        for document, kind in (("a", "meeting"), ("b", "visit"), ("c", "meeting"))
    )
    assert ties == {(met, "subEventOf", visit), (due, "outcome", met)}
    store.remove("a")
    assert not list(store.ox.quads_for_pattern(None, None, None, graph))


def test_an_announcement_and_what_was_held_that_day_are_one_event(store: Store) -> None:
    planned = MET.replace("met", "will meet").format("Rabat", " on 9 March 2022")
    store.write(reading("a", planned, "2022-02-20"))
    store.write(reading("b", MET.format("Rabat", " on 9 March 2022"), "2022-03-09"))
    key = event(store, "a", "meeting")
    assert key == event(store, "b", "meeting")
    found = store.ox.quads_for_pattern(iri(ID + key), rwb("certainty"), None, None)
    assert {quad.object.value[-4:] for quad in found} == {"held", "nned"}  # type: ignore[union-attr]


# ------------------------------------------------------------------ judgements
def own(store: Store, document: str, kind: str) -> Report:
    keys = [key for key in names(store, document) if key.startswith(f"event/{kind}-")]
    return Report(document, keys[0])


def test_judgements_join_and_part_reports_and_can_be_taken_back(store: Store) -> None:
    store.write(reading("a", MET.format("Rabat", " on 2 March 2022"), "2022-03-04"))
    store.write(reading("b", MET.format("Rabat", " on 2 March 2022"), "2022-03-04"))
    store.write(reading("c", MET.format("Rabat", " on 4 March 2022"), "2022-03-04"))
    before = bytes_of(store)
    a, b, c = (own(store, name, "meeting") for name in "abc")
    store.constraints = Constraints(
        must=frozenset({frozenset({b, c})}), cannot=frozenset({frozenset({a, b})})
    )
    store.rewrite("abc", {})
    assert event(store, "b", "meeting") == event(store, "c", "meeting")
    assert event(store, "a", "meeting") != event(store, "b", "meeting")
    store.constraints = Constraints()
    store.rewrite("abc", {})
    assert bytes_of(store) == before


# ------------------------------------------------------------------ what everybody writes about
class Counting(Happenings):
    """Counts the looks that accounts take at one another."""

    def __init__(self) -> None:
        self.looks = 0

    def join(self, one: Happening, other: Happening) -> Join:
        self.looks += 1
        return super().join(one, other)

    def conflict(self, one: Happening, other: Happening) -> bool:
        self.looks += 1
        return super().conflict(one, other)

    def attach(self, vague: Happening, clear: Happening) -> int | None:
        self.looks += 1
        return super().attach(vague, clear)


def summit(guest: int) -> Happening:
    """An account of the fourth edition of one forum: the host and another guest each time."""
    parties = tuple(
        Party(key, ("participant",), (key,)) for key in ("country/MA", f"country/G{guest:03}")
    )
    told = EventReport("event/conference-x", "Conference", parties, "held", "2022-03-27")
    return happening_of(replace(told, about=("forum/negev",), edition=4), "d", {})


@pytest.mark.parametrize("reports", [40, 160])
def test_one_more_account_of_a_summit_takes_no_look_at_all_pairs(reports: int) -> None:
    index, policy = Index(Path("no-folder")), Counting()
    for guest in range(reports):
        index.put(f"d{guest}", EVENTS, [Entry("event/conference-x", summit(guest))], policy.blocks)
    last = summit(reports - 1).id
    clusters = Clusters(index, policy, {}, {})
    assert len(clusters.reach({last})) == reports
    assert len(clusters.root(last)) == reports
    assert policy.looks <= 2 * reports
    index.close()
