"""Queries from the page: what people type as arguments, answers in time, files of them."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from app.explorer.search import NameIndex
from app.explorer.terms import codes
from kg.catalogue import NamedQuery, Parameter
from kg.errors import QueryFault
from kg.query import prepare
from kg.sandbox import Running
from kg.table import Names, Result, Table, as_json, as_turtle, named
from kg.vocab import PREFIXES

TIME_LIMIT = 10.0
SHOWN_ROWS = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave, and how long that took."""

    result: Result
    seconds: float


def resolve(parameter: Parameter, typed: str, index: NameIndex) -> str:
    """The argument that is meant: a code, key or IRI as it is, else the best node of that name."""
    typed = typed.strip()
    if not typed or parameter.type != "iri":
        return typed
    try:
        parameter.term(typed)
    except QueryFault:
        hits = index.suggest(typed, 1)
        return hits[0].node if hits else typed
    return typed


def choices(parameter: Parameter) -> list[str]:
    """The codes that a parameter may take, where it takes codes."""
    prefix = parameter.type.removeprefix("code:")
    return codes(PREFIXES[prefix]) if parameter.type != prefix else []


def missing(query: NamedQuery, arguments: dict[str, str]) -> list[Parameter]:
    """Required parameters without a value."""
    return [one for one in query.parameters if one.required and not arguments.get(one.name)]


def start(path: Path, text: str, arguments: dict[str, str] | None = None) -> Running:
    """Start a query, named or SPARQL, in a process that ends at the time limit; QueryFault."""
    given = {name: value for name, value in (arguments or {}).items() if value}
    return Running(path, prepare(text, given), TIME_LIMIT)


def ask(path: Path, text: str, arguments: dict[str, str] | None = None) -> Answer:
    """The answer to a query, waited for; QueryFault."""
    running = start(path, text, arguments)
    return Answer(running.result(), running.seconds)


def sheet(table: Table, names: Names) -> bytes:
    """CSV for spreadsheets: names for IRIs, a byte order mark, and no cell that is a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(table.variables)
    for row in named(table, names).values():
        writer.writerow([_plain(cell or "") for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def json_file(result: Result) -> bytes:
    """SPARQL 1.1 Query Results JSON."""
    return as_json(result).encode()


def turtle_file(result: Result) -> bytes:
    """The graph of CONSTRUCT or DESCRIBE."""
    return as_turtle(result).encode()


def nodes(table: Table) -> list[str]:
    """The IRIs in the cells of a table, each once, also those listed in one cell."""
    cells = (cell for row in table.values() for cell in row if cell)
    words = (word for cell in cells for word in cell.split(" "))
    return [word for word in dict.fromkeys(words) if word.startswith(("http://", "https://"))]
