"""The graph as files: the format by the file's ending, the same bytes for the same content.

`.ttl` and `.nt` hold the union of the graphs; `.trig`, `.nq` and `.jsonld` keep every graph apart;
`.graphml` and `.gexf` are networks of events and parties, `.csv` a table of events, all three of
what the documents say.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from kg.errors import InputFault, StoreFault
from kg.export.content import Exporter, Selection, graphs
from kg.export.jsonld import write_jsonld
from kg.export.lines import write_nquads, write_ntriples
from kg.export.network import write_gexf, write_graphml
from kg.export.table import write_csv
from kg.export.turtle import turtle_text, write_trig, write_turtle
from kg.store import View

FORMATS: dict[str, Exporter] = {
    ".ttl": write_turtle,
    ".nt": write_ntriples,
    ".trig": write_trig,
    ".nq": write_nquads,
    ".jsonld": write_jsonld,
    ".graphml": write_graphml,
    ".gexf": write_gexf,
    ".csv": write_csv,
}

__all__ = ["FORMATS", "Selection", "export", "turtle_text", "write"]


def export(view: View, path: Path | str, selection: Selection = Selection.ALL) -> None:
    """Write the store to a file, which appears only when it is complete.

    Raises InputFault for an ending that is not in `FORMATS`, StoreFault where the file can't be
    written.
    """
    target = Path(path)
    if target.suffix.lower() not in FORMATS:
        reason = f"no format of this ending; there are {', '.join(FORMATS)}"
        raise InputFault(str(target), 0, reason)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(view, target, selection)
    except OSError as error:
        raise StoreFault(f"{target} can't be written: {error}") from error


def write(view: View, out: BinaryIO, ending: str, selection: Selection = Selection.ALL) -> None:
    """Write the store to a binary stream in the format of an ending (a key of `FORMATS`)."""
    FORMATS[ending](view.ox, graphs(view.ox, selection), out)


def _replace(view: View, target: Path, selection: Selection) -> None:
    part = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with part.open("wb") as out:
            write(view, out, target.suffix.lower(), selection)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
