"""What the lexicon files know: terms of office by day, records with their lines, faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import cache, knowledge
from ingest.knowledge import Knowledge, Official, Tenure, person_key
from kg.errors import DataFaults


def tenure(start: str | None, end: str | None, asof: str | None = None) -> Tenure:
    return Tenure("president", "XX", start, end, asof, "table.csv:2")


@pytest.mark.parametrize(
    ("start", "end", "asof", "day", "held"),
    [
        ("2017-04-05", "2021-10-07", None, "2017-04-04", False),
        ("2017-04-05", "2021-10-07", None, "2017-04-05", True),
        ("2017-04-05", "2021-10-07", None, "2021-10-07", True),
        ("2017-04-05", "2021-10-07", None, "2021-10-08", False),
        ("2017", "2021", None, "2017-06-01", True),  # known to the year only
        ("2017", "2021", None, "2022-01-01", False),
        ("2017-04", None, None, "2030-01-01", True),
        ("2017-04", None, "2023-06-30", "2023-06-30", True),
        ("2017-04", None, "2023-06-30", "2023-07-01", False),  # open, but known no further
        (None, "2021", None, "2020-01-01", False),  # since when is unknown
    ],
)
def test_a_term_covers_the_days_it_surely_includes(
    start: str | None, end: str | None, asof: str | None, day: str, held: bool
) -> None:
    assert tenure(start, end, asof).covers(day) is held


def known(*terms: tuple[str, Tenure]) -> Knowledge:
    officials = {
        key: Official(key, None, {"en": (key,)}, {}, (term,), "table.csv:2") for key, term in terms
    }
    return Knowledge({}, officials, {("president", "XX"): [(t, key) for key, t in terms]})


def test_the_holder_on_a_day_is_told_with_the_term() -> None:
    first, second = tenure("2010", "2014-05-01"), tenure("2014-05-02", None)
    found = known(("person/a", first), ("person/b", second)).holder("president", "XX", "2015-01-01")
    assert found is not None
    assert (found[0].key, found[1]) == ("person/b", second)


def test_nobody_is_named_where_two_may_be_meant_or_nobody_is_known() -> None:
    two = known(("person/a", tenure("2010", "2014")), ("person/b", tenure("2014", None)))
    assert two.holder("president", "XX", "2014-06-01") is None
    assert two.holder("president", "XX", "2001-01-01") is None
    assert two.holder("monarch", "XX", "2015-01-01") is None


def test_two_terms_of_one_person_are_one_holder() -> None:
    whole = known(("person/a", tenure("2010", "2014")), ("person/a", tenure("2014", "2018")))
    found = whole.holder("president", "XX", "2014-06-01")
    assert found is not None
    assert found[0].key == "person/a"


@pytest.mark.parametrize(
    ("kind", "country", "day", "name"),
    [
        ("foreign-minister", "MA", "2020-12-10", "Nasser Bourita"),
        ("president", "US", "2020-12-10", "Donald Trump"),
        ("president", "US", "2022-12-10", "Joe Biden"),
        ("president", "FR", "2010-01-01", "Nicolas Sarkozy"),
        ("monarch", "MA", "2005-01-01", "Mohammed VI"),
    ],
)
def test_holders_that_everybody_knows(kind: str, country: str, day: str, name: str) -> None:
    found = cache.known().holder(kind, country, day)
    assert found is not None
    assert any(name in each for each in found[0].names["en"])


def test_what_is_kept_is_what_is_loaded() -> None:
    loaded = knowledge.load()
    assert cache.known().records == loaded.records
    assert cache.known().officials == loaded.officials
    assert cache.known().holders == loaded.holders


def test_every_record_knows_its_line() -> None:
    base = knowledge.root().parent
    for record in list(knowledge.load().records.values())[::40]:
        path, _, line = record.source.rpartition(":")
        lines = (base / path).read_text(encoding="utf-8").splitlines()
        name = record.key.partition("/")[2]
        assert any(name in each for each in lines[int(line) - 1 : int(line) + 1]), record.source


def test_the_key_of_a_person() -> None:
    assert person_key("Q42", "Any Name") == "person/Q42"
    assert person_key("", "Any Name") == "person/any-name"


@pytest.fixture
def lexicons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "officials").mkdir()
    header = "wikidata,short_en,short_ar\n"
    (tmp_path / "officials" / "names.csv").write_text(header, encoding="utf-8")
    monkeypatch.setattr(knowledge, "root", lambda: tmp_path)
    return tmp_path


def test_all_faults_are_told_with_their_places(lexicons: Path) -> None:
    (lexicons / "countries.yaml").write_text(
        "- id: MA\n  names: {en: Morocco}\n- names: {en: Nowhere}\n- id: MA\n", encoding="utf-8"
    )
    (lexicons / "forums.yaml").write_text("- id: [\n", encoding="utf-8")
    with pytest.raises(DataFaults) as raised:
        knowledge.load.__wrapped__()
    told = [str(fault) for fault in raised.value.faults]
    assert told[:2] == [
        "lexicons/countries.yaml:3: an entry without id",
        "lexicons/countries.yaml:4: 'country/MA' is given twice",
    ]
    assert told[2].startswith("lexicons/forums.yaml:2: ")


def test_the_fingerprint_changes_with_any_file(lexicons: Path) -> None:
    folder = lexicons / "lexicons"
    folder.mkdir()
    (folder / "a.yaml").write_text("a: 1", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(knowledge, "root", lambda: folder)
        before = knowledge.fingerprint()
        assert knowledge.fingerprint() == before
        (folder / "a.yaml").write_text("a: 2", encoding="utf-8")
        assert knowledge.fingerprint() != before
