"""From words to contradiction: four short texts in three languages date one recognition."""

from __future__ import annotations

from pathlib import Path

from ingest.batch import read_one
from kg.corroboration import sources
from kg.model import Document, Reading
from kg.query import run
from kg.store import Store
from kg.table import Table

TEXTS = {
    "r1": ("en", "Morocco recognized the United States in 1777, before most other countries."),
    "r2": ("ar", "اعترف المغرب باستقلال الولايات المتحدة سنة 1771 وكان من أوائل الدول."),
    "r3": ("fr", "Le Maroc a reconnu les États-Unis en 1787, parmi les premiers pays à le faire."),
    "r4": ("ar", "يذكر أن المغرب كان أول دولة تعترف بالولايات المتحدة عام 1777."),
}


def test_one_recognition_of_three_years_is_one_contradiction_with_sources(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        for name, (lang, text) in TEXTS.items():
            reading = read_one(Document(name, text, lang, "2021-03-01"))
            assert isinstance(reading, Reading)
            store.write(reading)
        result = run(store.ox, "contradictions")
        assert isinstance(result, Table)
        rows = result.values()
        (event,) = {row[0] for row in rows}
        told = [(row[2], row[3], (row[4] or "").rpartition("/")[2]) for row in rows]
        assert told == [
            ("date", "1771", "r2"),
            ("date", "1777", "r1"),
            ("date", "1777", "r4"),
            ("date", "1787", "r3"),
        ]
        assert event is not None
        (best,) = sources(store, event).resolved["date"]
        assert (best.value, best.reason.text("en")) == (
            "1777",
            "more independent sources: 2 against 1",
        )
