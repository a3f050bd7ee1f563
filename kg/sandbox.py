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
import threading
import time
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


class Running:
    """A query in its own process: ask whether it is done, wait for its result, or stop it."""

    def __init__(self, path: Path, query: Query, timeout: float | None = None) -> None:
        self.limit = DEFAULT_TIMEOUT if timeout is None else timeout
        self._stopped = False
        self._late = False
        self._output = b""
        self._began = time.monotonic()
        self._ended: float | None = None
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kg.sandbox", str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._thread = threading.Thread(target=self._follow, args=(_packed(query),), daemon=True)
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether it has ended, one way or another."""
        return not self._thread.is_alive()

    @property
    def seconds(self) -> float:
        """How long it has run, or did run."""
        return (self._ended or time.monotonic()) - self._began

    def stop(self) -> None:
        """End it; its result is a QueryFault."""
        if not self.done:
            self._stopped = True
            self._process.kill()

    def result(self) -> Result:
        """Wait for the answer. Raises QueryFault, StoreFault."""
        self._thread.join()
        if self._stopped:
            raise QueryFault("the query was stopped")
        if self._late:
            raise QueryFault(
                f"the query took longer than {self.limit:g} s and was stopped: "
                "narrow it or add LIMIT"
            )
        kind, _, body = self._output.partition(b"\n")
        if kind == b"fault":
            raise QueryFault(body.decode())
        if kind == b"store":
            raise StoreFault(body.decode())
        if self._process.returncode != 0:
            raise QueryFault("the query used up its memory or the stack and was ended: simplify it")
        return _unpacked(kind.decode(), body)

    def _follow(self, packed: bytes) -> None:
        """Feed the process and gather what it says; end it when its time is up."""
        try:
            self._output, _errors = self._process.communicate(packed, timeout=self.limit)
        except subprocess.TimeoutExpired:
            self._late = True
            self._process.kill()
            self._process.communicate()
        self._ended = time.monotonic()


def run_apart(path: Path, query: Query, timeout: float | None = None) -> Result:
    """The answer of a process of its own to a query on the store at a path.

    `timeout` in seconds, 30 by default. Raises QueryFault, StoreFault.
    """
    return Running(path, query, timeout).result()


def _packed(query: Query) -> bytes:
    terms = [(name, str(term)) for name, term in query.substitutions]
    packed = {"text": query.text, "terms": terms, "graphs": query.graphs}
    return json.dumps(packed).encode()


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
    graphs = given["graphs"]
    return Query(given["text"], terms, graphs=None if graphs is None else tuple(graphs))


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
