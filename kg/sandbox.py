"""A query in a process of its own, which can be killed: Oxigraph can't be interrupted.

`python -m kg.sandbox STORE` reads a query from its input as JSON and writes a line that says what
follows, then the result in a standard form. The process opens the store read-only, and limits its
own memory and files: with no file descriptor to be had, SERVICE reaches nobody.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryFault, StoreFault
from kg.query import Query, solve
from kg.table import Result, Table, Triples

DEFAULT_TIMEOUT = 30.0
MAX_MEMORY = 4 << 30
MAX_RESULT = 64 << 20
_TOO_LARGE = "the result is larger than 64 MB: add LIMIT or narrow the query"


class _Bounded(io.BytesIO):
    """Bytes that refuse to grow beyond MAX_RESULT."""

    def write(self, data: object) -> int:
        size = super().write(data)  # type: ignore[arg-type]
        if self.tell() > MAX_RESULT:
            raise QueryFault(_TOO_LARGE)
        return size


def run_apart(path: Path, query: Query, timeout: float | None = None) -> Result:
    """Run a query on the store at `path`, which nobody may be writing to; kill it when late.

    `timeout` in seconds, 30 by default. Raises QueryFault, StoreFault.
    """
    limit = DEFAULT_TIMEOUT if timeout is None else timeout
    command = [sys.executable, "-m", "kg.sandbox", str(path)]
    try:
        done = subprocess.run(command, input=_packed(query), capture_output=True, timeout=limit)
    except subprocess.TimeoutExpired as error:
        raise QueryFault(
            f"the query took longer than {limit:g} s and was stopped: narrow it or add LIMIT"
        ) from error
    kind, _, body = done.stdout.partition(b"\n")
    if kind == b"fault":
        raise QueryFault(body.decode())
    if kind == b"store":
        raise StoreFault(body.decode())
    if done.returncode != 0:
        raise QueryFault("the query used up its memory or the stack and was ended: simplify it")
    return _unpacked(kind.decode(), body)


def _packed(query: Query) -> bytes:
    terms = [(name, str(term)) for name, term in query.substitutions]
    return json.dumps({"text": query.text, "terms": terms}).encode()


def _unpacked(kind: str, body: bytes) -> Result:
    if kind == "boolean":
        return body == b"true"
    if kind == "triples":
        triples = {quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)}
        return Triples(tuple(sorted(triples, key=str)))
    found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    assert isinstance(found, ox.QuerySolutions)
    variables = tuple(variable.value for variable in found.variables)
    return Table(variables, tuple(tuple(row) for row in found))


def _query(packed: bytes) -> Query:
    given = json.loads(packed)
    terms = tuple((name, _term(text)) for name, text in given["terms"])
    return Query(given["text"], terms)


def _term(text: str) -> ox.NamedNode | ox.Literal:
    line = f"<urn:s> <urn:p> {text} ."
    value = next(iter(ox.parse(line, format=ox.RdfFormat.N_TRIPLES))).object
    assert isinstance(value, ox.NamedNode | ox.Literal)
    return value


def _answer(path: str, packed: bytes) -> bytes:
    try:
        store = ox.Store.read_only(path)
    except (OSError, RuntimeError) as error:
        return f"store\nno store can be read at {path}: {error}".encode()
    _limit()
    try:
        return _solved(store, _query(packed))
    except QueryFault as error:
        return f"fault\n{error}".encode()
    except MemoryError:
        return b"fault\nthe query used up its memory: narrow it or add LIMIT"
    except (OSError, RuntimeError) as error:
        return f"fault\nthe query failed: {error}".encode()


def _solved(store: ox.Store, query: Query) -> bytes:
    found = solve(store, query)
    if isinstance(found, ox.QueryBoolean):
        return b"boolean\n" + (b"true" if found else b"false")
    output = _Bounded()
    if isinstance(found, ox.QueryTriples):
        found.serialize(output, format=ox.RdfFormat.N_TRIPLES)
        return b"triples\n" + output.getvalue()
    found.serialize(output, format=ox.QueryResultsFormat.JSON)
    return b"table\n" + output.getvalue()


def _limit() -> None:
    try:
        import resource
    except ImportError:  # no such limits on this system; the deadline stands
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.stdout.buffer.write(_answer(sys.argv[1], sys.stdin.buffer.read()))
