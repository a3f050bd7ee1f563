"""What is slow to build, kept on disk: faster starts, never needed, never trusted unread.

A kept value stands in one file named for it and for the version of all that it was built from.
A file that is broken, of another version, or that names anything but plain values of this project
counts as absent. Writers write apart and rename, so that readers see whole files only.
"""

from __future__ import annotations

import gc
import hashlib
import io
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from ingest import knowledge
from ingest.knowledge import Knowledge

T = TypeVar("T")

_DIGEST = hashlib.sha256().digest_size
_OWN = ("ingest.", "kg.model")
_KEPT_VERSIONS = 4  # of one value: checkouts of two branches do not drive each other out


def folder() -> Path:
    """Where values are kept: $RAWABIT_CACHE, else the platform's folder for caches."""
    named = os.environ.get("RAWABIT_CACHE")
    if named:
        return Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "rawabit"


@cache
def version() -> str:
    """A digest of the data files, the code that reads them, and the interpreter."""
    total = hashlib.sha256(f"{sys.version}\x1e{knowledge.fingerprint()}".encode())
    here = Path(__file__).parent
    for path in (*sorted(here.glob("*.py")), here.parent / "kg" / "model.py"):
        total.update(path.read_bytes())
    return total.hexdigest()


@cache
def known() -> Knowledge:
    """What the lexicon files know, kept: see `ingest.knowledge.load`."""
    return kept("knowledge", knowledge.load)


class _Unpickler(pickle.Unpickler):
    """Makes values of this project's own classes, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if not f"{module}.".startswith(_OWN) or "." in name:
            raise pickle.UnpicklingError(f"{module}.{name} is not kept here")
        return super().find_class(module, name)


def kept(name: str, build: Callable[[], T]) -> T:
    """The value that was kept under a name, else the one that `build` makes, kept for next time.

    What `build` raises is raised; that a value can't be kept or read is no fault.
    """
    path: Path | None = None
    with suppress(OSError, RuntimeError):  # RuntimeError: nobody's home
        path = folder() / f"{name}-{version()[:32]}.bin"
        found = _read(path)
        if found is not None:
            return found[0]  # type: ignore[no-any-return]
    with _uncollected():
        value = build()
    if path is not None:
        with suppress(OSError):
            _write(path, pickle.dumps(value, protocol=5))
            _drop_old(path, name)
    return value


def _read(path: Path) -> tuple[Any] | None:
    """The value in a file, or None where the file is missing or not as it was written."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    body = memoryview(content)[_DIGEST:]
    if hashlib.sha256(body).digest() != content[:_DIGEST]:
        return None
    try:
        with _uncollected():
            return (_Unpickler(io.BytesIO(body)).load(),)
    except (pickle.UnpicklingError, AttributeError, ImportError, TypeError, ValueError, EOFError):
        return None


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, made = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(body).digest())
            file.write(body)
        Path(made).replace(path)
    except OSError:
        Path(made).unlink(missing_ok=True)
        raise


def _drop_old(path: Path, name: str) -> None:
    others = [each for each in path.parent.glob(f"{name}-*.bin") if each != path]
    others.sort(key=lambda each: each.stat().st_mtime, reverse=True)
    for each in others[_KEPT_VERSIONS - 1 :]:
        each.unlink(missing_ok=True)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without collecting garbage: what is built stays; walking it over and over takes time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
