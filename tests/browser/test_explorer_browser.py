"""The explorer in a real browser: from a search to the sentence, and nothing that runs or leaks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import explorer_sample as sample
import pytest
from steps import go, settle

from kg.vocab import ID

pytestmark = pytest.mark.browser

_GRAPH = """(() => {
  const find = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.classList.contains('rawabit-graph')) return element;
      const inner = element.shadowRoot && find(element.shadowRoot);
      if (inner) return inner;
    }
  };
  return find(document);
})()"""


def panel(page: Any, text: str) -> Any:
    return page.locator(".rw-panel h2", has_text=text)


def place(page: Any, node: str) -> tuple[float, float]:
    """Where a node stands on the screen, once the page has come to rest."""
    settle(page)
    page.wait_for_function(
        f"{_GRAPH}?.dataset.drawn && {_GRAPH}.network.body.nodes[{node!r}] !== undefined"
    )
    before, now = None, _position(page, node)
    while now != before:  # fonts, messages above it and the view's first fit still move the graph
        page.wait_for_timeout(300)
        before, now = now, _position(page, node)
    return now


def _position(page: Any, node: str) -> tuple[float, float]:
    x, y = page.evaluate(
        f"""(() => {{
          const graph = {_GRAPH};
          const at = graph.network.canvasToDOM(graph.network.getPositions([{node!r}])[{node!r}]);
          const box = graph.querySelector('canvas').getBoundingClientRect();
          return [box.x + at.x, box.y + at.y];
        }})()"""
    )
    return round(x), round(y)


def drawn(page: Any) -> int:
    return int(page.evaluate(f"Object.keys({_GRAPH}.network.body.nodes).length"))


def find(page: Any, typed: str, expected: str) -> None:
    """Type into the search box, wait for the suggestion, take it."""
    box = page.get_by_role("combobox").first
    box.press_sequentially(typed, delay=30)
    page.get_by_role("option", name=re.compile(expected)).first.wait_for()
    box.press("Enter")


def test_from_search_to_sentence_to_article_to_query(visit: Any) -> None:
    page = go(visit, "/explore?lang=ar")
    find(page, "بلينكن", "أنتوني بلينكن")
    panel(page, "أنتوني بلينكن").wait_for()

    meeting = f"{ID}event/meeting-rabat"
    page.mouse.click(*place(page, meeting))
    panel(page, "لقاء").wait_for()
    evidence = page.locator(".rw-panel blockquote mark").first
    assert evidence.inner_text().startswith("أجرى وزير الشؤون الخارجية")
    assert "ar-meeting" in page.locator(".rw-panel .rw-how").first.inner_text()

    before = drawn(page)
    page.mouse.dblclick(*place(page, f"{ID}{sample.MA}"))
    panel(page, "المغرب").wait_for()
    page.wait_for_function(f"Object.keys({_GRAPH}.network.body.nodes).length > {before}")
    assert page.url.count("node=") == 2

    page.mouse.click(*place(page, meeting))
    panel(page, "لقاء").wait_for()
    page.locator(".rw-panel figcaption a").first.click()
    page.locator(".rw-text .m-Event").first.wait_for()
    assert "doc=document%2Far-rabat" in page.url
    assert "ar-meeting" in (page.locator(".rw-text .m-Event").first.get_attribute("data-tip") or "")

    page.get_by_role("link", name="استعلامات").click()
    page.locator(".rw-table").wait_for()
    assert page.locator(".rw-table tbody tr").count() > 0


def test_arabic_runs_from_right_to_left(visit: Any) -> None:
    page = go(visit, f"/explore?lang=ar&node={sample.MA}")
    panel(page, "المغرب").wait_for()
    graph = page.locator(".rawabit-graph").bounding_box()
    details = page.locator(".rw-panel").bounding_box()
    assert details["x"] + details["width"] < graph["x"] + 40
    assert page.locator(".rw-brand").evaluate("e => getComputedStyle(e).direction") == "rtl"
    page.get_by_role("button", name="English").click()
    panel(page, "Morocco").wait_for()
    graph = page.locator(".rawabit-graph").bounding_box()
    details = page.locator(".rw-panel").bounding_box()
    assert graph["x"] + graph["width"] < details["x"] + 40


def test_fonts_come_with_us(visit: Any) -> None:
    page = go(visit, "/?lang=ar")
    page.locator(".rw-brand").wait_for()
    page.wait_for_function("document.fonts.check('16px \"IBM Plex Sans Arabic\"', 'روابط')")
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)"
    )
    assert any("Arabic" in family for family in loaded)


def test_filters_narrow_the_graph_and_the_address_keeps_them(visit: Any) -> None:
    page = go(visit, f"/explore?lang=en&node={sample.MA}")
    place(page, ID + sample.MA)
    everything = drawn(page)
    go(visit, f"/explore?lang=en&node={sample.MA}&types=Exercise")
    place(page, ID + sample.MA)
    assert drawn(page) < everything
    page.get_by_text("Showing 1 of 1 events").wait_for()
    page.get_by_role("button", name="Clear filters").click()
    page.get_by_text("Showing 12 of 12 events").wait_for()


def test_hostile_names_show_as_they_are(visit: Any) -> None:
    page = go(visit, f"/explore?lang=en&node={sample.HOSTILE}")
    panel(page, "<script>alert(1)</script>").wait_for()
    page.mouse.move(*place(page, ID + sample.HOSTILE))
    page.wait_for_timeout(600)


def test_the_standalone_page_opens_without_a_network(visit: Any, tmp_path: Path) -> None:
    page = go(visit, f"/explore?lang=ar&node={sample.HOSTILE}")
    place(page, ID + sample.HOSTILE)
    target = tmp_path / "view.html"
    downloaded(page, "HTML").save_as(target)
    alone = page.context.new_page()
    asked: list[str] = []
    problems: list[str] = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.on("pageerror", lambda error: problems.append(str(error)))
    alone.on("dialog", lambda dialog: problems.append(dialog.message))
    alone.goto(target.as_uri())
    alone.locator("canvas").wait_for()
    assert alone.evaluate("network.body.nodeIndices.length") == 3
    assert asked == [target.as_uri()]
    assert problems == []


def downloaded(page: Any, button: str) -> Any:
    """The file behind a button; a click that a redraw of the page swallowed is made again."""
    late = pytest.importorskip("playwright.sync_api").TimeoutError
    for patience in (10_000, 20_000, 40_000):
        try:
            with page.expect_download(timeout=patience) as download:
                page.get_by_role("button", name=button).click()
            return download.value
        except late:
            continue
    raise AssertionError(f"{button} gave no file")


def test_downloads_hold_the_view(visit: Any, tmp_path: Path) -> None:
    page = go(visit, f"/explore?lang=en&node={sample.IR}")
    place(page, ID + sample.IR)
    for button, start in (("Turtle", "@prefix"), ("GraphML", "<?xml")):
        target = tmp_path / button
        downloaded(page, button).save_as(target)
        assert target.read_text(encoding="utf-8").startswith(start)


def test_own_query_runs_and_explains_its_errors(visit: Any) -> None:
    page = go(visit, "/sparql?lang=en")
    page.locator(".rw-table").wait_for()
    page.get_by_text("Own query").click()
    editor = page.get_by_role("textbox", name="Query (SPARQL)")
    editor.fill("SELECT ?forum WHERE { ?forum a rwb:Forum }")
    page.get_by_role("button", name="Run").click()
    page.locator(".rw-table").get_by_text("Negev Forum").first.wait_for()
    editor.fill("SELECT ?forum WHERE {")
    page.get_by_role("button", name="Run").click()
    page.get_by_text("The query did not run").wait_for()
    assert page.get_by_text(re.compile("line 1")).count() > 0
