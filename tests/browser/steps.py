"""What every walk through the explorer does: open a page, and wait until it is drawn."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pace import slowness


def go(visit: Any, path: str) -> Any:
    """Open a page and wait until Streamlit has drawn it."""
    visit.page.goto(visit.address + path)
    settle(visit.page)
    return visit.page


def settle(page: Any) -> None:
    """Wait until nothing runs."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_selector(".rw-brand")


def choose(page: Any, label: str, name: str) -> None:
    """Open a list and click an entry, scrolling down to it."""
    page.get_by_role("combobox", name=re.compile(label)).click()
    entry = page.get_by_role("option", name=name, exact=True)
    for _step in range(80):
        if entry.count():
            break
        page.get_by_role("listbox").last.hover()
        page.mouse.wheel(0, 250)
        page.wait_for_timeout(50)
    entry.first.click()
    settle(page)


@contextmanager
def within_a_minute() -> Iterator[None]:
    """What a newcomer asks is answered in a minute; a machine at other work gets as much more."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < 60 * slowness(time.monotonic)
