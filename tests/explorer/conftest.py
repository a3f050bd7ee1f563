"""A store of the sample readings with the curated names, for the tests of the explorer's logic."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import explorer_sample as sample
import pytest
from pyoxigraph import Store as OxStore

from kg.store import View


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store on disk."""
    where = tmp_path_factory.mktemp("explorer") / "store"
    sample.fill(where)
    return where


@pytest.fixture(scope="module")
def store(path: Path) -> Iterator[OxStore]:
    """The store as it is read."""
    with View.open(path) as opened:
        yield opened.ox
