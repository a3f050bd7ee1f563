"""Questions to the graph: a named query, a file, or SPARQL; all read-only.

The default graph is the union of all graphs; `GRAPH ?g { … }` says who states what. The prefixes
of `kg.vocab` need no declaration.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.catalogue import NamedQuery, Parameter, named
from kg.errors import QueryFault
from kg.table import Result, Table, Triples
from kg.vocab import PREFIXES

MAX_BYTES = 64 * 1024
MAX_NESTING = 100  # the parser recurses: some thousands of braces overrun the stack and the process
MAX_LINKS = 2000  # operators and unions chain into trees as deep as the chain is long
_NO_CODE = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\''
    r'|"(?:[^"\\\n\r]|\\.)*"|\'(?:[^\'\\\n\r]|\\.)*\''
    r'|<[^\s<>"{}|^`\\]*>|#[^\n\r]*',
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_SERVICE = re.compile(r"(?<![\w:?$@-])SERVICE(?![\w:-])", re.IGNORECASE)
_LINK = re.compile(r"\bUNION\b|\bOPTIONAL\b|\bMINUS\b|&&|\|\||[-+*/|^!]", re.IGNORECASE)
_UPDATE = re.compile(
    r"\s*(?:(?:PREFIX\s+[^\s:]*:|BASE)\s*)*\b"
    r"(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b",
    re.IGNORECASE,
)
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_WORDY = re.compile(r"[A-Z]{2,}[A-Z ]*|Prefix not found")


@dataclass(frozen=True, slots=True)
class Query:
    """A query ready to run: SPARQL, the terms to put for variables, and its name if it has one.

    `graphs` (IRIs), where given, are all that it sees; else the union of all.
    """

    text: str
    substitutions: tuple[tuple[str, ox.NamedNode | ox.Literal], ...] = ()
    name: str | None = None
    graphs: tuple[str, ...] | None = None


def find(name: str) -> NamedQuery:
    """The named query; QueryFault that lists the names, the nearest first, where there is none."""
    by_name = {query.name: query for query in named()}
    if name in by_name:
        return by_name[name]
    near = difflib.get_close_matches(name, by_name, 3, 0.5)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    raise QueryFault(f"no query is called {name!r}.{hint} There are: {', '.join(by_name)}")


def prepare(text: str, arguments: Mapping[str, str] | None = None) -> Query:
    """What a user asks for: a query's name, the path of a `.rq` file, or SPARQL itself.

    `arguments` are values of a named query's parameters; in other SPARQL, each replaces the
    variable of that name. Raises QueryFault where name, file, argument or query is unfit.
    """
    given = dict(arguments or {})
    if re.fullmatch(r"[\w-]+", text):
        return _bound(find(text), given)
    if text.endswith((".rq", ".sparql")) and "\n" not in text:
        text = _read(Path(text))
    check(text)
    free = [(name, _guess(name).term(value)) for name, value in given.items()]
    return Query(text, tuple(free))


def run(
    store: ox.Store | Path,
    query: str | Query,
    arguments: Mapping[str, str] | None = None,
    timeout: float | None = None,
) -> Result:
    """The answer to a query: Table for SELECT, bool for ASK, Triples for CONSTRUCT and DESCRIBE.

    With a pyoxigraph store it runs in this process and can't be stopped: for named queries. With
    the path of a store that nobody writes to, it runs in a process of its own that is killed
    after `timeout` seconds (30 by default). Raises QueryFault.
    """
    ready = prepare(query, arguments) if isinstance(query, str) else query
    if isinstance(store, Path):
        from kg.sandbox import run_apart  # it imports this module

        return without_parameters(ready, run_apart(store, ready, timeout))
    return without_parameters(ready, evaluate(store, ready))


def evaluate(store: ox.Store, query: Query) -> Result:
    """Run in this process; the columns of parameters are among the result's."""
    found = solve(store, query)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    if isinstance(found, ox.QueryTriples):
        return Triples(tuple(sorted(set(found), key=str)))
    variables = tuple(variable.value for variable in found.variables)
    return Table(variables, tuple(tuple(row) for row in found))


def solve(store: ox.Store, query: Query) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Oxigraph's own result; QueryFault for what it raises."""
    terms: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
        ox.Variable(name): term for name, term in query.substitutions
    }
    seen: list[ox.NamedNode | ox.BlankNode] | None = None
    if query.graphs is not None:
        seen = [ox.NamedNode(graph) for graph in query.graphs]
    try:
        return store.query(
            query.text,
            prefixes=PREFIXES,
            use_default_graph_as_union=seen is None,
            default_graph=list(seen) if seen is not None else None,
            named_graphs=seen,
            substitutions=terms or None,
        )
    except SyntaxError as error:
        raise QueryFault(_explained(str(error), query.text)) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryFault(f"the query failed: {error}") from error


def without_parameters(query: Query, result: Result) -> Result:
    """The result without the columns that only repeat the arguments."""
    if query.name is None or not isinstance(result, Table):
        return result
    bound = {name for name, _ in query.substitutions}
    keep = [i for i, name in enumerate(result.variables) if name not in bound]
    rows = tuple(tuple(row[i] for i in keep) for row in result.rows)
    return Table(tuple(result.variables[i] for i in keep), rows)


def check(text: str) -> None:
    """Refuse what may harm: updates, SERVICE, more than 64 kB, deep nesting. Raises QueryFault."""
    if len(text.encode()) > MAX_BYTES:
        raise QueryFault(f"the query is longer than {MAX_BYTES // 1024} kB")
    for form in {text, _ESCAPE.sub(_unescaped, text)}:
        _check_code(_NO_CODE.sub(" ", form))


def _check_code(code: str) -> None:
    if match := _UPDATE.match(code):
        raise QueryFault(f"{match[1].upper()} would change the graph: only queries are run")
    if _SERVICE.search(code):
        raise QueryFault("SERVICE would send data to another machine: it is refused")
    depth = deepest = 0
    for char in code:
        depth += (char in "{([") - (char in "])}")
        deepest = max(deepest, depth)
    if deepest > MAX_NESTING or len(_LINK.findall(code)) > MAX_LINKS:
        raise QueryFault(f"the query nests deeper than {MAX_NESTING} levels: simplify it")


def _unescaped(match: re.Match[str]) -> str:
    value = int(match[1] or match[2], 16)
    return chr(value) if value < 0x110000 else match[0]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise QueryFault(f"{path} can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise QueryFault(f"{path} is not UTF-8 text") from error


def _bound(query: NamedQuery, given: dict[str, str]) -> Query:
    known = tuple(parameter.name for parameter in query.parameters)
    unknown = [name for name in given if name not in known]
    if unknown:
        takes = ", ".join(known) or "no parameters"
        raise QueryFault(f"{query.name} has no parameter {unknown[0]!r}; it takes {takes}")
    missing = [one.name for one in query.parameters if one.required and one.name not in given]
    if missing:
        needs = " ".join(f"{name}=…" for name in missing)
        example = " ".join("=".join(pair) for pair in query.example)
        raise QueryFault(f"{query.name} needs {needs} (for example: {example})")
    values = ((one, given.get(one.name, one.default)) for one in query.parameters)
    terms = tuple((one.name, one.term(value)) for one, value in values if value is not None)
    return Query(query.text, terms, query.name)


def _guess(name: str) -> Parameter:
    """How to read a value for a variable of a query that declares no parameters: as an entity."""
    return Parameter(name, "iri", None, True, ())


def _explained(message: str, text: str) -> str:
    """Oxigraph's message with the place pointed at, and without its lists of characters."""
    if not _FORM.search(_NO_CODE.sub(" ", text)):
        return "a query needs SELECT, ASK, CONSTRUCT or DESCRIBE"
    match = _POSITION.match(message)
    if not match:
        return f"the query can't be read: {message}"
    line, column = int(match[1]), int(match[2])
    lines = text.splitlines() or [""]
    shown = lines[line - 1] if line <= len(lines) else ""
    expected = sorted(set(_WORDY.findall(match[3])))
    if "Prefix not found" in expected:
        reason = f"unknown prefix; known without declaration: {', '.join(PREFIXES)}"
    elif expected:
        reason = f"expected {' or '.join(expected)}"
    else:
        reason = "not expected here"
    return f"line {line}, column {column}: {reason}\n{shown}\n{' ' * (column - 1)}^"
