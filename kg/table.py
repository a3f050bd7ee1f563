"""Results of queries as values, and their forms: table, CSV, JSON, Turtle."""

from __future__ import annotations

import io
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from kg.errors import QueryFault
from kg.names import fallbacks
from kg.vocab import ID, PREFIXES

Term = Any  # pyoxigraph: NamedNode | BlankNode | Literal | Triple
FORMATS = ("table", "csv", "json", "ttl")
_NAMES = (
    ox.NamedNode(PREFIXES["skos"] + "prefLabel"),
    ox.NamedNode(PREFIXES["rdfs"] + "label"),
)
_XSD_STRING = PREFIXES["xsd"] + "string"


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to SELECT: variable names, and rows of RDF terms (None where unbound)."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def values(self) -> list[tuple[str | None, ...]]:
        """The rows as plain strings: IRIs and lexical forms."""
        return [tuple(None if cell is None else lexical(cell) for cell in row) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer to CONSTRUCT or DESCRIBE: distinct triples, sorted."""

    triples: tuple[ox.Triple, ...]


Result = Table | Triples | bool


def lexical(term: Term) -> str:
    """The IRI of a node, the lexical form of a literal, `_:` and the name of a blank node."""
    return str(term) if isinstance(term, ox.BlankNode | ox.Triple) else str(term.value)


def compact(iri: str) -> str:
    """The IRI with a known prefix in place of its namespace; keys of entities bare."""
    if iri.startswith(ID):
        return iri.removeprefix(ID)
    found = [(len(space), name) for name, space in PREFIXES.items() if iri.startswith(space)]
    if not found:
        return iri
    length, name = max(found)
    return f"{name}:{iri[length:]}" if iri[length:] else iri


class Names:
    """Names of nodes in a reader's language, looked up in the store and kept."""

    def __init__(self, store: ox.Store, lang: str = "en") -> None:
        self._store = store
        self._order = {name: place for place, name in enumerate(fallbacks(lang))}
        self._known: dict[str, str] = {}

    def __call__(self, iri: str) -> str:
        """The preferred name, else the label that most graphs give, else the compact IRI."""
        if iri not in self._known:
            self._known[iri] = self._find(iri) or compact(iri)
        return self._known[iri]

    def _find(self, iri: str) -> str | None:
        for predicate in _NAMES:
            counts: dict[tuple[str, str], int] = defaultdict(int)
            for quad in self._store.quads_for_pattern(ox.NamedNode(iri), predicate, None, None):
                if isinstance(quad.object, ox.Literal):
                    counts[quad.object.language or "", quad.object.value] += 1
            best = [
                (-self._order.get(lang, len(self._order)), count, len(text), text)
                for (lang, text), count in counts.items()
            ]
            if best:
                return max(best)[-1]
        return None


def named(table: Table, names: Names) -> Table:
    """The table with every IRI, and every list of IRIs in one cell, replaced by names."""
    rows = (tuple(_named_cell(cell, names) for cell in row) for row in table.rows)
    return Table(table.variables, tuple(rows))


def _named_cell(cell: Term | None, names: Names) -> Term | None:
    if isinstance(cell, ox.NamedNode):
        return ox.Literal(names(cell.value))
    if isinstance(cell, ox.Literal) and cell.value.startswith(("http://", "https://")):
        return ox.Literal("; ".join(sorted(map(names, cell.value.split(" ")))))
    return cell


def render(result: Result, form: str, names: Names | None = None, width: int | None = None) -> str:
    """A result in one of FORMATS; `names` put names for IRIs, in tables and in CSV.

    `width` is the terminal's in columns, None for plain text (tab-separated, a row a line).
    Raises QueryFault where the result has no such form.
    """
    if form not in FORMATS:
        raise QueryFault(f"unknown format {form!r}: choose one of {', '.join(FORMATS)}")
    if form == "json":
        return as_json(result)
    if form == "ttl":
        return as_turtle(result)
    if isinstance(result, bool):
        if form == "csv":
            raise QueryFault("the answer of ASK has no CSV form: choose table or json")
        return "yes\n" if result else "no\n"
    table = result if isinstance(result, Table) else _spo(result)
    if names is not None:
        table = named(table, names)
    return as_csv(table) if form == "csv" else as_text(table, width)


def _spo(result: Triples) -> Table:
    rows = tuple((one.subject, one.predicate, one.object) for one in result.triples)
    return Table(("subject", "predicate", "object"), rows)


def as_csv(table: Table) -> str:
    """SPARQL 1.1 Query Results CSV: lexical forms, CRLF, quotes only where needed."""
    lines = [",".join(table.variables)]
    for row in table.rows:
        lines.append(",".join("" if cell is None else _csv_cell(lexical(cell)) for cell in row))
    return "".join(line + "\r\n" for line in lines)


def _csv_cell(text: str) -> str:
    if any(char in text for char in '",\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def as_json(result: Result) -> str:
    """SPARQL 1.1 Query Results JSON; QueryFault for a graph."""
    if isinstance(result, Triples):
        raise QueryFault("a graph (CONSTRUCT, DESCRIBE) has no JSON results form: choose ttl")
    body: dict[str, Any]
    if isinstance(result, bool):
        body = {"head": {}, "boolean": result}
    else:
        bindings = [
            {
                name: _json_term(cell)
                for name, cell in zip(result.variables, row, strict=True)
                if cell is not None
            }
            for row in result.rows
        ]
        body = {"head": {"vars": list(result.variables)}, "results": {"bindings": bindings}}
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    found = {"type": "literal", "value": lexical(term)}
    if isinstance(term, ox.Literal) and term.language:
        found["xml:lang"] = term.language
    elif isinstance(term, ox.Literal) and term.datatype.value != _XSD_STRING:
        found["datatype"] = term.datatype.value
    return found


def as_turtle(result: Result) -> str:
    """Turtle with the project's prefixes, in a fixed order; QueryFault unless it is a graph."""
    if not isinstance(result, Triples):
        raise QueryFault("only CONSTRUCT and DESCRIBE give a graph: choose table, csv or json")
    used = {
        name: space
        for name, space in PREFIXES.items()
        if any(space in str(triple) for triple in result.triples)
    }
    output = io.BytesIO()
    ox.serialize(result.triples, output, format=ox.RdfFormat.TURTLE, prefixes=used)
    return output.getvalue().decode()


def as_text(table: Table, width: int | None) -> str:
    """A drawn table for a terminal of that width; tab-separated lines where `width` is None."""
    rows = [["" if cell is None else _shown(cell) for cell in row] for row in table.rows]
    if width is None:
        return "".join("\t".join(line) + "\n" for line in [list(table.variables), *rows])
    return _drawn(table.variables, rows, width)


def _shown(term: Term) -> str:
    text = compact(term.value) if isinstance(term, ox.NamedNode) else lexical(term)
    return " ".join(text.split())


def _drawn(variables: Iterable[str], rows: list[list[str]], width: int) -> str:
    drawn = RichTable(box=box.SIMPLE_HEAD)
    for name in variables:
        drawn.add_column(name, overflow="fold")
    for row in rows:
        drawn.add_row(*map(Text, row))
    console = Console(file=io.StringIO(), width=width)
    console.print(drawn)
    console.print(f"{len(rows)} rows" if len(rows) != 1 else "1 row")
    output = console.file
    assert isinstance(output, io.StringIO)
    return output.getvalue()
