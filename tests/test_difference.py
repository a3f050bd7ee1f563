"""What differs between two readings, and which documents a changed rule or lexicon can touch."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from exported import bytes_of
from readings import CALL, GCTF, MA, PRAISE, arabic

from app.cli import main
from ingest import knowledge, rules, state
from ingest.batch import Report, ingest
from ingest.documents import read_all
from ingest.pipeline import read
from ingest.rereading import apply, reread, stale, stored
from kg import ledger
from kg.difference import Difference, by_rule, differences
from kg.model import Participation, Reading, Role
from kg.quads import quads
from kg.store import Store

DOCUMENTS = [
    {
        "id": "malta",
        "lang": "en",
        "published": "2023-05-04",
        "text": "Foreign Minister Ian Borg of Malta met Nasser Bourita in Valletta on Wednesday.",
    },
    {
        "id": "call",
        "lang": "en",
        "published": "2023-02-01",
        "text": "Antony Blinken spoke by phone with Nasser Bourita on Tuesday.",
    },
    {
        "id": "arabic",
        "lang": "ar",
        "published": "2023-02-01",
        "text": "التقى وزير الخارجية المغربي ناصر بوريطة نظيره المصري سامح شكري أمس في القاهرة.",
    },
]


def changes(before: Reading, after: Reading) -> list[Difference]:
    return differences("ar-001", quads(before), quads(after))


def test_the_same_reading_differs_in_nothing() -> None:
    assert changes(arabic(), arabic()) == []


def test_events_and_relations_come_and_go() -> None:
    less = replace(arabic(), events=arabic().events[:1], relations=())
    went = changes(arabic(), less)
    assert [(one.kind, one.type, one.fact, one.rules) for one in went] == [
        ("went", "Statement", PRAISE, ("ar-praise",)),
        ("went", "chairs", f"{MA} chairs {GCTF}", ("ar-chairs",)),
    ]
    came = changes(less, arabic())
    assert {one.kind for one in came} == {"came"}
    assert ("stance", "praise") in came[0].after and came[0].before == ()


def test_a_changed_value_is_a_change_even_if_the_key_changes() -> None:
    call, praise = arabic().events
    parties = (*call.participants, Participation(MA, Role.PARTICIPANT))
    key = "event/phonecall-00000000000000cc"
    other = replace(call, key=key, participants=parties, date="2023-01-30", inferences=())
    (found,) = changes(arabic(), replace(arabic(), events=(other, praise)))
    assert (found.kind, found.fact) == ("changed", key)
    assert found.before == (("date", "2023-01-31"),)
    assert found.after == (("date", "2023-01-30"), ("participant", MA))
    assert by_rule([found]) == {"ar-call-held": [found]}
    assert key != CALL


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("diff")
    lines = "\n".join(json.dumps(each, ensure_ascii=False) for each in DOCUMENTS)
    (folder / "news.jsonl").write_text(lines, encoding="utf-8")
    with Store.open(folder / "store") as store:
        report = Report.of(ingest(store, read_all([folder / "news.jsonl"])))
    assert report.added == len(DOCUMENTS)
    return folder / "store"


@pytest.fixture
def store(filled: Path) -> Iterator[Store]:
    with Store.open(filled) as opened:
        yield opened
        now = state.keep(opened.follower.ledger)
        for each in DOCUMENTS:
            opened.follower.ledger.stands(str(each["id"]), now)


def pretend(store: Store, **former: str | None) -> None:
    """Have all documents stand as of a state in which these files were otherwise (None: absent)."""
    manifest = dict(state.manifest())
    for path, content in former.items():
        path = path.replace("__", "/").replace("_yaml", ".yaml").replace("_csv", ".csv")
        if content is None:
            del manifest[path]
            continue
        manifest[path] = f"former {path} {len(content)}"
        store.follower.ledger.keep_state(manifest[path], zlib.compress(content.encode()))
    name = json.dumps(manifest)[-40:] + str(sorted(former))
    store.follower.ledger.keep_state(name, zlib.compress(json.dumps(manifest).encode()))
    for each in DOCUMENTS:
        store.follower.ledger.stands(str(each["id"]), name)


def lexicon(path: str) -> str:
    return (knowledge.root() / path).read_text(encoding="utf-8")


def test_nothing_is_stale_where_nothing_changed(store: Store) -> None:
    assert stale(store) == []
    assert sorted(stale(store, every=True)) == ["arabic", "call", "malta"]


def test_a_changed_rule_touches_its_language(store: Store) -> None:
    name = next(p for p in state.manifest() if p.startswith("rules/meeting/ar-"))
    pretend(store, **{name: "id: other"})
    assert stale(store) == ["arabic"]


def test_a_changed_rule_touches_only_where_it_could_fire(store: Store) -> None:
    [event] = read(stored(store, "call")).events
    [name] = [p for p in state.manifest() if Path(p).stem == event.evidence[0].rule]
    content = (rules.root().parent / name).read_text(encoding="utf-8")
    pretend(store, **{name: content + "# a word more"})
    found = stale(store)
    every = {str(each["id"]) for each in DOCUMENTS}
    assert "call" in found and "arabic" not in found and set(found) < every


def test_a_word_that_came_touches_who_has_it_and_who_cites_the_line(store: Store) -> None:
    content = lexicon("words/en.yaml")
    line = next(one for one in content.splitlines() if one.startswith("phone:"))
    assert "Malta" not in line
    pretend(store, **{"lexicons/words/en.yaml": content.replace(line, line[:-1] + ", Malta]")})
    assert stale(store) == ["call", "malta"]


def test_a_changed_line_of_a_lexicon_touches_who_has_its_words(store: Store) -> None:
    content = lexicon("countries.yaml")
    assert "Malta" in content
    pretend(store, lexicons__countries_yaml=content.replace("Malta", "Melita"))
    assert stale(store) == ["malta"]


def test_a_removed_line_touches_who_cites_those_that_moved(store: Store) -> None:
    first, rest = lexicon("places.csv").split("\n", 1)
    pretend(store, lexicons__places_csv=f"{first}\nzzqx,,Zzqxville,,,\n{rest}")
    assert "arabic" in stale(store) and "call" not in stale(store)


def test_changed_code_and_unknown_states_touch_everything(store: Store) -> None:
    pretend(store, code="other")
    assert len(stale(store)) == len(DOCUMENTS)
    for each in DOCUMENTS:
        store.follower.ledger.stands(str(each["id"]), "never kept")
    assert len(stale(store)) == len(DOCUMENTS)


def test_reading_again_with_the_same_rules_changes_nothing(store: Store) -> None:
    before = bytes_of(store)
    for each in DOCUMENTS:
        found = stored(store, str(each["id"]))
        assert (found.text, found.published) == (each["text"], each["published"])
    again = list(reread(store, [str(each["id"]) for each in DOCUMENTS]))
    assert all(one.differences == () for one in again)
    pretend(store, code="other")
    for one in again:
        apply(store, one)
    assert stale(store) == []
    assert bytes_of(store) == before


def test_the_command_tells_what_it_read(filled: Path) -> None:
    result = CliRunner().invoke(main, ["--store", str(filled), "diff", "--all", "--brief"])
    assert result.exit_code == 0
    assert result.output.splitlines()[-1] == (
        f"{len(DOCUMENTS)} of {len(DOCUMENTS)} documents read again: 0 came, 0 went, 0 changed"
    )


def test_refused_inputs_are_kept_beside_the_store(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"id": "x", "text": 5}\n', encoding="utf-8")
    with Store.open(tmp_path / "store") as store:
        Report.of(ingest(store, read_all([tmp_path / "bad.jsonl"])))
    (found,) = ledger.refusals(tmp_path / "store")
    assert (Path(found.path).name, found.line) == ("bad.jsonl", 1) and found.reason
