"""What every walk through the explorer does: open a page, and wait until it is drawn."""

from __future__ import annotations

from typing import Any


def go(visit: Any, path: str) -> Any:
    """Open a page and wait until Streamlit has drawn it."""
    visit.page.goto(visit.address + path)
    settle(visit.page)
    return visit.page


def settle(page: Any) -> None:
    """Wait until nothing runs."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_selector(".rw-brand")
