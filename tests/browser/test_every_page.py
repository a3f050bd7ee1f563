"""What holds of every page: names that are scripts run nothing, and nothing is wider than it."""

from __future__ import annotations

from typing import Any

import explorer_sample as sample
import pytest
from steps import go, settle

pytestmark = pytest.mark.browser

PAIR = f"a={sample.MA}&b={sample.US}"
PAGES = (
    "/?",
    f"/explore?node={sample.MA}&",
    f"/pair?{PAIR}&",
    "/timeline?",
    "/documents?",
    "/documents?doc=document/ar-rabat&",
    "/sparql?",
    "/rules?",
    "/rules?tab=try&",
    "/quality?",
)


@pytest.mark.parametrize(
    "path",
    [
        "/?lang=en",
        f"/explore?lang=en&node={sample.HOSTILE}",
        "/explore?lang=ar&node=event/meeting-hostile",
        "/explore?lang=en&node=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
        f"/pair?lang=en&{PAIR}",
        "/pair?lang=en&a=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&b=country/MA",
        f"/timeline?lang=en&node={sample.HOSTILE}",
        "/timeline?lang=ar",
        "/documents?lang=en",
        "/documents?lang=en&doc=document/hostile",
        "/sparql?lang=en&query=encounters",
        "/sparql?lang=en&query=documents",
        "/rules?lang=en&rule=%3Cscript%3Ealert(1)%3C/script%3E",
        "/rules?lang=en&tab=lexicons&file=lexicons/forums.yaml",
        "/quality?lang=en&part=announcements",
        "/quality?lang=en&part=contradictions&sel=event/exercise-lion",
    ],
)
def test_hostile_names_run_nothing(visit: Any, path: str) -> None:
    page = go(visit, path)
    page.wait_for_timeout(1_000)
    assert page.locator("img[src='x']").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.locator("[data-testid='stException']").count() == 0
    assert page.evaluate("[...document.scripts].every(s => !s.textContent.includes('alert('))")


@pytest.mark.parametrize(
    ("lang", "scheme"), [("ar", "dark"), ("en", "light"), ("fr", "light"), ("fr", "dark")]
)
def test_pages_fit_their_width(browser: Any, address: str, lang: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(60_000)
    for path in PAGES:
        page.goto(f"{address}{path}lang={lang}")
        settle(page)
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), path
        assert page.locator("[data-testid='stException']").count() == 0
        turned = "rtl" if lang == "ar" else "ltr"  # the bare page says lang="en" and no dir
        page.wait_for_function(
            f"[document.documentElement.lang, document.documentElement.dir] == '{lang},{turned}'"
        )
    context.close()
