"""Pairs, time and map, documents, rules and the work list in a real browser, by clicks alone."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brief_sample
import explorer_sample as sample
import pytest
from pyoxigraph import RdfFormat, parse
from steps import choose, go, settle, within_a_minute

from app import serve
from kg.vocab import ID

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def store_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample readings, those of a pair, and one document whose every name is hostile."""
    where = tmp_path_factory.mktemp("pages") / "store"
    given = (*sample.readings(), *brief_sample.reports(), sample.hostile())
    sample.fill(where, given, brief_sample.curated())
    return where


@pytest.fixture(scope="module")
def address(store_path: Path) -> Iterator[str]:
    """The address of a running explorer of that store."""
    port = serve.free_port(8760)
    server: subprocess.Popen[bytes] = serve.start(store_path, port)
    yield f"http://{serve.HOST}:{port}"
    serve.stop(server)


def saved(page: Any, button: str, target: Path) -> str:
    """The text of the file behind a button; a click that a redraw swallowed is made again."""
    late = pytest.importorskip("playwright.sync_api").TimeoutError
    for patience in (20_000, 40_000, 80_000):
        try:
            with page.expect_download(timeout=patience) as download:
                page.get_by_role("button", name=button).click()
        except late:
            continue
        download.value.save_as(target)
        return target.read_text(encoding="utf-8-sig")
    raise AssertionError(f"{button} gave no file")


PAIR = f"a={brief_sample.JO}&b={brief_sample.NO}"


# --- walk-throughs of the questions that a newcomer asks


@within_a_minute()
def test_which_exercises_do_two_countries_share(visit: Any) -> None:
    """Two countries → both from the lists → exercises, by edition → the sentence."""
    page = go(visit, "/?lang=en")
    page.get_by_test_id("stTopNav").get_by_role("link", name="Two countries").click()
    settle(page)
    choose(page, "First party", "Morocco")
    choose(page, "Second party", "United States")
    page.get_by_role("heading", name="Morocco – United States").wait_for()
    part = page.locator(".rw-brief-part", has_text="Exercises together, by edition")
    assert part.get_by_role("link", name="African Lion").count() > 0
    line = part.locator(".rw-facts li").first
    assert "(18)" in line.inner_text()
    assert "Planned" in line.inner_text()
    note = line.locator(".rw-refs a").first.get_attribute("href")
    assert "الأسد الإفريقي" in page.locator(str(note)).inner_text()


@within_a_minute()
def test_which_sources_contradict_each_other(visit: Any) -> None:
    """Quality → both values with their sources → the sentences of each → the article."""
    page = go(visit, "/?lang=en")
    page.get_by_test_id("stTopNav").get_by_role("link", name="Quality").click()
    settle(page)
    dispute = page.locator(".rw-dispute", has_text="African Lion")
    dispute.wait_for()
    said = dispute.inner_text()
    assert "6 June 2022" in said
    assert "20 June 2022" in said
    assert dispute.get_by_role("link", name="Blinken meets Bourita in Rabat").count() > 0
    pairs = page.locator(".rw-block", has_text="Sources that contradict each other").last
    assert "≠" in pairs.inner_text()
    dispute.locator("summary").first.click()
    assert dispute.locator("blockquote mark").count() >= 2
    dispute.locator("figcaption a").first.click()
    page.locator(".rw-text .m-Event").first.wait_for()


@within_a_minute()
def test_show_me_the_sentence(visit: Any) -> None:
    page = go(visit, "/?lang=en")
    page.locator("details.rw-event summary", has_text="Meeting").first.click()
    words = page.locator("details.rw-event[open] blockquote mark")
    words.first.wait_for()
    assert all(words.all_inner_texts())


def test_brief_in_arabic_runs_from_right_to_left_and_turns_round(visit: Any) -> None:
    page = go(visit, f"/pair?lang=ar&{PAIR}")
    brief = page.locator(".rw-brief")
    brief.wait_for()
    assert brief.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert "آخر اتصال في 2 سبتمبر 2021" in brief.inner_text()
    assert "5 أشهر" in brief.inner_text()
    page.get_by_role("button", name="⇄").click()
    page.wait_for_url(re.compile(r"a=country%2FNO"))
    settle(page)
    assert page.locator(".rw-brief h2").inner_text().startswith("Norway")


def test_brief_gives_its_files_and_a_link_to_itself(visit: Any, tmp_path: Path) -> None:
    page = go(visit, f"/pair?lang=en&{PAIR}")
    page.locator(".rw-brief").wait_for()
    rows = list(csv.DictReader(saved(page, "CSV", tmp_path / "b.csv").splitlines()))
    assert {row["event"].rpartition("/")[2] for row in rows} >= {"m1", "s1", "w2"}
    turtle = saved(page, "Turtle", tmp_path / "b.ttl")
    quads = list(parse(turtle.encode(), format=RdfFormat.TURTLE))
    assert any(quad.subject.value == f"{ID}event/m1" for quad in quads)
    link = page.get_by_role("link", name="Permanent link to this brief").get_attribute("href")
    assert "asof=2024-10-29" in (link or "")  # the last day that the store knows
    printed = page.pdf() if hasattr(page, "pdf") else b"%PDF"
    assert printed.startswith(b"%PDF")


def test_brief_on_paper_asks_nobody(visit: Any, tmp_path: Path) -> None:
    page = go(visit, f"/pair?lang=ar&{PAIR}")
    page.locator(".rw-brief").wait_for()
    target = tmp_path / "brief.html"
    saved(page, "HTML", target)
    alone = page.context.new_page()
    asked: list[str] = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(target.as_uri())
    assert alone.locator(".rw-notes li").count() > 5
    assert asked == [target.as_uri()]


def test_print_button_prints(visit: Any) -> None:
    page = go(visit, f"/pair?lang=en&{PAIR}")
    page.locator(".rw-brief").wait_for()
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_role("button", name="Print").click()
    page.wait_for_function("window.printed === true")
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="CSV").is_visible()
    assert page.locator(".rw-brief h2").is_visible()


# --- time and map


def test_map_and_timeline_lead_to_the_same_details(visit: Any) -> None:
    page = go(visit, f"/timeline?lang=en&node={sample.MA}")
    rabat = page.locator(f'.rawabit-map [data-node="{ID}{sample.RABAT}"]')
    rabat.wait_for()
    rabat.click()
    page.get_by_role("heading", name=re.compile(r"Rabat \(\d+\)")).wait_for()
    assert "sel=place%2Frabat" in page.url
    page.get_by_role("button", name="All events").click()
    page.get_by_role("heading", name=re.compile(r"Events \(\d+\)")).wait_for()
    go(visit, f"/timeline?lang=en&node={sample.DZ}")
    dot = page.locator(f'.rawabit-timeline [data-node="{ID}event/relations-dz-ma"]')
    dot.focus()
    dot.press("Enter")
    page.locator(".rw-panel h2", has_text="Algeria").wait_for()
    assert "cut diplomatic relations" in page.locator(".rw-panel blockquote").first.inner_text()


def test_timeline_runs_with_the_language(visit: Any) -> None:
    def order(lang: str) -> bool:
        page = go(visit, f"/timeline?lang={lang}&node={sample.MA}")
        page.locator(".rawabit-timeline .axis text").first.wait_for()
        labels = page.locator(".rawabit-timeline .axis text")
        ends = [labels.nth(n).bounding_box()["x"] for n in (0, labels.count() - 1)]
        return bool(ends[0] < ends[1])

    assert order("en")
    assert not order("ar")


def test_map_zooms_by_buttons_and_keeps_inside(visit: Any) -> None:
    page = go(visit, f"/timeline?lang=en&node={sample.MA}")
    drawing = page.locator(".rawabit-map svg")
    drawing.wait_for()
    before = drawing.get_attribute("viewBox")
    page.locator(".rawabit-map").get_by_role("button", name="Zoom in").click()
    assert drawing.get_attribute("viewBox") != before
    page.locator(".rawabit-map").get_by_role("button", name="Show all").click()
    assert (drawing.get_attribute("viewBox") or "").startswith("0 0 1000")
    assert page.locator(".rawabit-map .land").count() > 190


# --- documents


def test_news_is_pasted_read_and_shown(visit: Any, store_path: Path, tmp_path: Path) -> None:
    where = tmp_path / "store"
    shutil.copytree(store_path, where)
    port = serve.free_port(8790)
    server = serve.start(where, port)
    try:
        page = visit.page.context.new_page()
        page.set_default_timeout(90_000)
        page.goto(f"http://{serve.HOST}:{port}/documents?lang=en&add=1")
        settle(page)
        words = "Foreign Minister Nasser Bourita met Antony Blinken in Rabat on 3 May 2023."
        page.get_by_label("Paste the text of a report").fill(words)
        page.get_by_label("Title", exact=True).fill("Talks once more")
        page.get_by_label("Published", exact=True).fill("2023-05-04")
        page.get_by_role("button", name="Add the text").click()
        page.locator(".rw-added", has_text="Added 1").wait_for()
        page.get_by_label("Find in titles").fill("once more")
        page.get_by_label("Find in titles").press("Enter")
        page.get_by_role("link", name="Talks once more").click()
        mark = page.locator(".rw-text .m-Event").first
        mark.wait_for()
        assert "en-meeting" in (mark.get_attribute("data-tip") or "")
        broken = {"name": "broken.jsonl", "mimeType": "text/plain", "buffer": b"{oops\n"}
        page.goto(f"http://{serve.HOST}:{port}/documents?lang=en&add=1")
        settle(page)
        page.locator("input[type=file]").set_input_files([broken])
        page.get_by_text("broken.jsonl").wait_for()
        page.get_by_role("button", name="Add the files").click()
        page.locator(".rw-added", has_text="refused 1").wait_for()
        page.close()
    finally:
        serve.stop(server)


def test_marks_of_an_article_lead_to_their_nodes(visit: Any) -> None:
    page = go(visit, "/documents?lang=en&doc=document/ar-rabat")
    name = page.locator(".rw-text a", has_text="أنتوني بلينكن").first
    name.hover()
    assert "Antony Blinken" in (name.get_attribute("data-tip") or "")
    name.click()
    page.locator(".rw-panel h2", has_text="Antony Blinken").wait_for()


# --- rules


def test_a_rule_is_found_and_shows_where_it_fired(visit: Any) -> None:
    page = go(visit, "/rules?lang=en")
    page.get_by_label("Find").fill("hold-talks")
    page.get_by_label("Find").press("Enter")
    page.get_by_role("link", name="ar-meeting-hold-talks").click()
    page.get_by_text("pattern").first.wait_for()
    go(visit, "/rules?lang=en&rule=ar-meeting")
    assert page.locator(".rw-panel blockquote mark").count() >= 1


def test_a_text_is_tried_with_near_misses_and_blocking_clauses(visit: Any) -> None:
    page = go(visit, "/rules?lang=ar&tab=try")
    text = "التقى وزير الخارجية المغربي ناصر بوريطة، أمس الثلاثاء، نظيره الأمريكي أنتوني بلينكن."
    page.get_by_label("النص").fill(f"{text} وكان الجانبان قد تباحثا مطولا حول التعاون.")
    page.get_by_label("نُشرت").fill("2023-02-01")
    page.get_by_role("button", name="اقرأ").click()
    page.locator(".rw-text .m-Event").first.wait_for(timeout=90_000)
    said = page.locator(".stMain").inner_text()
    assert "31 يناير 2023" in said
    tip = page.locator(".rw-text .m-Event").first.get_attribute("data-tip")
    assert "ar-meeting-meet" in (tip or "")
    assert "ثم أوقفها" in said
