"""What is kept on disk: read back the same, never needed, never trusted unread."""

from __future__ import annotations

import pickle
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from ingest import cache
from ingest.engine import Engine, engine
from ingest.lexicon import Entry

ENTRY = Entry("country", "country/MA", "lexicons/countries.yaml:1", proper=True)


class Builds:
    """Builds a value and counts how often."""

    def __init__(self, value: Any) -> None:
        self.value = value
        self.times = 0

    def __call__(self) -> Any:
        self.times += 1
        return self.value


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RAWABIT_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


def test_a_value_is_built_once_and_read_back_equal(place: Path) -> None:
    build = Builds({"المغرب": (ENTRY,)})
    assert cache.kept("words", build) == build.value
    assert cache.kept("words", build) == build.value
    assert build.times == 1
    assert [path.name.split("-")[0] for path in place.iterdir()] == ["words"]


def test_names_do_not_share_values(place: Path) -> None:
    assert cache.kept("one", Builds(1)) == 1
    assert cache.kept("other", Builds(2)) == 2


def test_nothing_is_read_that_another_version_wrote(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.kept("words", Builds("old"))
    monkeypatch.setattr(cache, "version", lambda: "f" * 64)
    assert cache.kept("words", Builds("new")) == "new"


def test_old_versions_make_room(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(9):
        monkeypatch.setattr(cache, "version", lambda number=number: f"{number}" * 64)
        cache.kept("words", Builds(number))
    assert len(list(place.glob("words-*.bin"))) == 4
    assert cache.kept("words", Builds("unused")) == 8


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: b"",
        lambda content: content[:10],
        lambda content: content[:-1],
        lambda content: content[:40] + bytes([content[40] ^ 1]) + content[41:],
        lambda content: sha256(b"no pickle").digest() + b"no pickle",
    ],
)
def test_a_broken_file_is_replaced(place: Path, spoil: Any) -> None:
    cache.kept("words", Builds([ENTRY]))
    (path,) = place.iterdir()
    path.write_bytes(spoil(path.read_bytes()))
    again = Builds([ENTRY])
    assert cache.kept("words", again) == [ENTRY]
    assert again.times == 1
    assert cache.kept("words", again) == [ENTRY]
    assert again.times == 1


def test_nothing_foreign_is_made_from_a_file(place: Path) -> None:
    cache.kept("words", Builds("good"))
    (path,) = place.iterdir()
    body = pickle.dumps(Fraction(1, 2), protocol=5)
    path.write_bytes(sha256(body).digest() + body)
    assert cache.kept("words", Builds("rebuilt")) == "rebuilt"


def test_a_folder_that_cannot_be_made_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("RAWABIT_CACHE", str(tmp_path / "file" / "below"))
    assert cache.kept("words", Builds(3)) == 3


def test_what_building_raises_is_raised_and_nothing_is_kept(place: Path) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        cache.kept("words", fail)
    assert not place.exists()


def test_many_writers_leave_one_whole_file(place: Path) -> None:
    value = {str(number): ENTRY for number in range(2000)}
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: cache.kept("words", Builds(value)), range(16)))
    assert all(each == value for each in found)
    assert len(list(place.iterdir())) == 1
    assert cache.kept("words", Builds("unused")) == value


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of another kind")
def test_others_cannot_write_where_values_are_kept(place: Path) -> None:
    cache.kept("words", Builds(1))
    assert stat.S_IMODE(place.stat().st_mode) & 0o077 == 0


def test_the_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAWABIT_CACHE", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere/caches")
    assert cache.folder() == Path("/somewhere/caches/rawabit")
    monkeypatch.setenv("RAWABIT_CACHE", "/elsewhere")
    assert cache.folder() == Path("/elsewhere")


@pytest.fixture(scope="module")
def arabic() -> Engine:
    return engine("ar")


def test_a_lexicon_read_back_finds_what_it_found(arabic: Engine, place: Path) -> None:
    before = arabic
    kept = cache.kept("lexicon", lambda: before.lexicon)
    again = cache.kept("lexicon", lambda: before.lexicon)
    assert kept is before.lexicon
    assert again is not before.lexicon
    assert again.table == before.lexicon.table
    assert again.class_sets() == before.lexicon.class_sets()
    word = "والولايات"
    assert again.splitter.pieces(word) == before.lexicon.splitter.pieces(word)
