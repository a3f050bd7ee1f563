"""A served store and a real Chromium; without one the tests are skipped, and say why."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import explorer_sample as sample
import pytest

from app import serve

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The browser: `$CHROMIUM`, else one in the path, else None."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


@dataclass
class Visit:
    """A page with what happened in it."""

    page: object
    address: str
    outside: list[str] = field(default_factory=list)  # requests to any other host
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def store_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample readings, and one document whose every name is hostile."""
    where = tmp_path_factory.mktemp("browser") / "store"
    sample.fill(where, [*sample.readings(), sample.hostile()])
    return where


@pytest.fixture(scope="session")
def address(store_path: Path) -> Iterator[str]:
    """The address of a running explorer."""
    port = serve.free_port(8700)
    server: subprocess.Popen[bytes] = serve.start(store_path, port)
    yield f"http://{serve.HOST}:{port}"
    serve.stop(server)


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Chromium without a window."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium found: install it, or name it in $CHROMIUM")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=path, headless=True, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def visit(browser: object, address: str) -> Iterator[Visit]:
    """A fresh page; the test fails where it asked another host for anything or ran a script."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000})  # type: ignore[attr-defined]
    page = context.new_page()
    page.set_default_timeout(45_000)
    seen = Visit(page, address)
    own = (address, address.replace("http", "ws"), "data:", "blob:", "about:")

    def note_request(url: str) -> None:
        if not url.startswith(own):
            seen.outside.append(url)

    def refuse(dialog: object) -> None:
        seen.dialogs.append(dialog.message)  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    page.on("request", lambda request: note_request(request.url))
    page.on("websocket", lambda socket: note_request(socket.url))
    page.on("dialog", refuse)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    yield seen
    context.close()
    assert seen.outside == []
    assert seen.dialogs == []
    assert seen.errors == []
