"""Readers: every input ends as a document or as a refusal with place and reason."""

from __future__ import annotations

import gzip
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.documents import Accepted, Defaults, Fate, Input, Limits, Refused, read_all, read_text
from ingest.documents.jsonl import lines

ARABIC = "استقبل وزير الخارجية المغربي نظيره الموريتاني بالرباط، وبحثا العلاقات بين البلدين."
ENGLISH = "The foreign minister received his counterpart in Rabat and they discussed trade."
FRENCH = "Le ministre des Affaires étrangères a reçu son homologue à Rabat, où ils ont échangé."


def record(**members: Any) -> str:
    return json.dumps({"id": "a", "text": ARABIC, "lang": "ar"} | members, ensure_ascii=False)


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., list[Input]]:
    """Write a file and read it."""

    def write(name: str, content: str | bytes, **options: Any) -> list[Input]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(read_all([path], **options))

    return write


def only(inputs: list[Input]) -> Accepted:
    assert len(inputs) == 1
    assert isinstance(inputs[0], Accepted), inputs[0]
    return inputs[0]


def refused(inputs: list[Input]) -> Refused:
    assert len(inputs) == 1
    assert isinstance(inputs[0], Refused), inputs[0]
    return inputs[0]


Put = Callable[..., list[Input]]


# ------------------------------------------------------------------ JSONL
def test_a_record_gives_its_document_exactly(put: Put) -> None:
    text = "  " + ARABIC + "\r\n\u2028عِلم 🇲🇦\u200f "
    found = only(
        put("x.jsonl", record(text=text, published="2023-02-01", title="ت", url="u", source="s"))
    )
    assert found.document.text == text
    assert found.document.id == "a"
    assert (found.document.published, found.document.title) == ("2023-02-01", "ت")
    assert (found.document.url, found.document.source) == ("u", "s")
    assert (found.line, found.notes) == (1, ())


def test_a_bad_line_is_set_aside_and_the_rest_goes_on(put: Put) -> None:
    content = "\n".join([record(id="a"), '{"id": "b", "text": ', "", record(id="c")])
    first, bad, last = put("x.jsonl", content)
    assert isinstance(first, Accepted)
    assert isinstance(last, Accepted)
    assert (first.line, last.line, last.document.id) == (1, 4, "c")
    assert isinstance(bad, Refused)
    assert (bad.line, bad.fate) == (2, Fate.QUARANTINED)
    assert bad.reason.startswith("not JSON")
    assert str(bad).endswith(f"x.jsonl:2: quarantined: {bad.reason}")


def test_lines_are_parted_at_line_feeds_alone(put: Put) -> None:
    content = record(id="a", text="a\u2028b\x85c " + ARABIC) + "\n" + record(id="b")
    assert [each.line for each in put("x.jsonl", content)] == [1, 2]


def test_a_byte_order_mark_is_no_part_of_the_first_record(put: Put) -> None:
    assert only(put("x.jsonl", b"\xef\xbb\xbf" + record().encode())).document.text == ARABIC


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "x", "score": NaN}', "NaN is no JSON value"),
        ('{"text": "x", "text": "y"}', "'text' is given twice"),
        ('{"text": "half \\ud800 pair"}', "half a character"),
        ("[" * 100_000, "nested too deep"),
        ('"text"', "not an object"),
        ('{"id": "a"}', '"text" is missing'),
        ('{"text": 5}', '"text" is no string'),
        ('{"text": "abc", "id": ["x"]}', '"id" is no string'),
        (record(published="2023-02-31"), "published '2023-02-31' is no date"),
        (record(published="soon"), "published 'soon' is no date"),
        (record(text="ط§ظ„ط±ط¨ط§ط· طھط³طھظ‚ط¨ظ„"), "read as Windows-1256"),
        (record(text="Le ministre a Ã©tÃ© reÃ§u", lang="fr"), "read as Windows-1252"),
    ],
)
def test_what_can_not_be_right_is_quarantined(put: Put, line: str, reason: str) -> None:
    found = refused(put("x.jsonl", line))
    assert found.fate is Fate.QUARANTINED
    assert reason in found.reason
    assert found.line == 1


def test_bytes_that_are_no_utf8_are_quarantined_with_their_line(put: Put) -> None:
    content = record(id="a").encode() + b"\n" + record(id="b").encode("cp1256") + b"\n"
    _, bad = put("x.jsonl", content)
    assert isinstance(bad, Refused)
    assert (bad.line, bad.fate) == (2, Fate.QUARANTINED)
    assert "not UTF-8" in bad.reason


def test_a_line_too_long_is_set_aside_and_the_rest_goes_on(put: Put) -> None:
    content = "\n".join([record(id="a", text="ا" * 5000), record(id="b")])
    long, short = put("x.jsonl", content, limits=Limits(line=4000))
    assert isinstance(long, Refused)
    assert "longer than" in long.reason
    assert isinstance(short, Accepted)
    assert (short.line, short.document.id) == (2, "b")


def test_a_long_line_is_never_held_in_memory() -> None:
    found = list(lines((b"x" * 1000 for _ in range(10_000)), 5000))
    assert found == [(1, None)]


def test_lines_come_whole_whatever_the_chunks() -> None:
    text = b"one\ntwo\n\nthree"
    for size in (1, 2, 3, 100):
        chunks = (text[start : start + size] for start in range(0, len(text), size))
        assert list(lines(chunks, 10)) == [(1, b"one"), (2, b"two"), (3, b""), (4, b"three")]


def test_control_characters_are_taken_out_and_told(put: Put) -> None:
    found = only(put("x.jsonl", record(text="a\u0000b\u0007 " + ARABIC)))
    assert found.document.text == "ab " + ARABIC
    assert found.notes == ("2 control characters taken out",)


def test_a_record_without_id_has_one_that_follows_from_its_text(put: Put) -> None:
    first = only(put("x.jsonl", record(id=None))).document.id
    again = only(put("y.jsonl", record(id=None))).document.id
    other = only(put("z.jsonl", record(id=None, text=ARABIC + "!"))).document.id
    assert first == again != other


def test_a_future_date_is_kept_and_flagged(put: Put) -> None:
    found = only(put("x.jsonl", record(published="2999-01-01")))
    assert found.document.published == "2999-01-01"
    assert "in the future" in found.notes[0]


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2023-02-01T10:00:00Z", "2023-02-01"),
        ("Wed, 01 Feb 2023 10:00:00 GMT", "2023-02-01"),
        ("2023-02", None),
        ("", None),
    ],
)
def test_publication_dates_are_days(put: Put, given: str, day: str | None) -> None:
    assert only(put("x.jsonl", record(published=given))).document.published == day


# ------------------------------------------------------------------ language
@pytest.mark.parametrize(("text", "lang"), [(ARABIC, "ar"), (ENGLISH, "en"), (FRENCH, "fr")])
def test_the_language_is_detected_where_it_is_not_given(put: Put, text: str, lang: str) -> None:
    assert only(put("x.jsonl", record(text=text, lang=None))).document.lang == lang


@pytest.mark.parametrize(("given", "lang"), [("ar-MA", "ar"), ("FR", "fr"), ("en_GB", "en")])
def test_language_tags_are_read_by_their_first_part(put: Put, given: str, lang: str) -> None:
    assert only(put("x.jsonl", record(lang=given))).document.lang == lang


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"lang": "de"}, "language 'de' is not read"),
        ({"lang": None, "text": "Министр иностранных дел встретился с послом"}, "none of ar"),
        ({"lang": None, "text": "12345 67890"}, "none of ar"),
        (
            {
                "lang": None,
                "text": "Der Bundeskanzler traf am Montag den französischen Präsidenten in Berlin"
                " und sprach mit ihm über die Beziehungen beider Länder und die Lage.",
            },
            "seems to be 'de'",
        ),
        (
            {
                "lang": None,
                "text": "وزیر امور خارجه با همتای عراقی خود در تهران دیدار کرد و درباره گسترش روابط"
                " دو کشور گفتگو کرد و پس از آن یک نشست خبری برگزار شد",
            },
            "not Arabic",
        ),
    ],
)
def test_other_languages_are_skipped(put: Put, members: dict[str, Any], reason: str) -> None:
    found = refused(put("x.jsonl", record(**members)))
    assert found.fate is Fate.SKIPPED
    assert reason in found.reason


# ------------------------------------------------------------------ text files and encodings
def test_a_text_file_is_named_after_itself(put: Put) -> None:
    found = only(put("خبر-7.txt", ARABIC, defaults=Defaults("ar", "2023-02-01", "agency")))
    assert (found.document.id, found.document.text) == ("خبر-7", ARABIC)
    assert (found.document.published, found.document.source) == ("2023-02-01", "agency")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_encodings_are_read(put: Put, encoding: str) -> None:
    found = only(put("x.txt", ARABIC.encode(encoding)))
    assert (found.document.text, found.notes) == (ARABIC, ())


def test_windows_arabic_is_detected_and_told(put: Put) -> None:
    found = only(put("x.txt", (ARABIC * 3).encode("cp1256")))
    assert found.document.text == ARABIC * 3
    assert "cp1256" in found.notes[0]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [ARABIC, ENGLISH])
def test_unmarked_utf16_is_quarantined(put: Put, encoding: str, text: str) -> None:
    found = refused(put("x.txt", text.encode(encoding)))
    assert (found.fate, "UTF-16" in found.reason) == (Fate.QUARANTINED, True)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("x.txt", b"", "empty"),
        ("x.jsonl.txt", b" \n\t ", "empty"),
        ("x.txt", b"%PDF-1.7 ...", "PDF"),
        ("x.txt", bytes(range(32)) * 50, "binary"),
        ("x.docx", b"PK\x03\x04", "no reader for files that end in '.docx'"),
    ],
)
def test_what_is_no_text_is_skipped(put: Put, name: str, content: bytes, reason: str) -> None:
    found = refused(put(name, content))
    assert found.fate is Fate.SKIPPED
    assert reason in found.reason


def test_a_file_over_the_cap_is_quarantined(put: Put) -> None:
    found = refused(put("x.txt", ARABIC * 100, limits=Limits(file=1000)))
    assert "larger than" in found.reason


def test_a_missing_file_and_an_empty_folder_are_told(tmp_path: Path) -> None:
    missing, empty = read_all([tmp_path / "no.txt", tmp_path])
    assert isinstance(missing, Refused)
    assert isinstance(empty, Refused)
    assert (missing.fate, missing.reason) == (Fate.QUARANTINED, "No such file or directory")
    assert (empty.fate, empty.reason) == (Fate.SKIPPED, "an empty folder")


def test_a_folder_is_read_by_name_without_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "sub/c.txt", "a.txt", ".hidden.txt"):
        (tmp_path / name).write_text(ARABIC)
    found = list(read_all([tmp_path]))
    assert [each.document.id for each in found if isinstance(each, Accepted)] == ["a", "b", "c"]


def test_standard_input_is_jsonl(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO((record(id="a") + "\nnot JSON\n").encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    first, second = read_all(["-"])
    assert isinstance(first, Accepted)
    assert isinstance(second, Refused)
    assert (second.path, second.line) == ("<stdin>", 2)


def test_progress_adds_up_to_the_size(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text("\n".join(record(id=str(number)) for number in range(5000)))
    told: list[int] = []
    assert sum(1 for _ in read_all([path], progress=told.append)) == 5000
    assert sum(told) == path.stat().st_size


# ------------------------------------------------------------------ JSON
def test_a_json_array_is_read_record_by_record(put: Put) -> None:
    first, bad, last = put("x.json", f"[{record(id='a')}, 7, {record(id='c')}]")
    assert isinstance(first, Accepted)
    assert isinstance(last, Accepted)
    assert isinstance(bad, Refused)
    assert bad.reason.startswith("record 2: ")


def test_broken_json_names_its_line(put: Put) -> None:
    assert refused(put("x.json", '[\n{"id": "a",\n]')).line == 3


# ------------------------------------------------------------------ gzip
def test_packed_records_are_read(put: Put) -> None:
    assert only(put("x.jsonl.gz", gzip.compress(record().encode()))).document.text == ARABIC
    assert only(put("y.txt.gz", gzip.compress(ARABIC.encode()))).document.id == "y"


def test_a_truncated_gzip_keeps_what_is_whole_and_says_so(put: Put) -> None:
    content = "\n".join(record(id=str(number), text=f"{number} {ARABIC}") for number in range(2000))
    *kept, last = put("x.jsonl.gz", gzip.compress(content.encode())[:-4000])
    assert len(kept) > 100
    assert all(isinstance(each, Accepted) for each in kept)
    assert isinstance(last, Refused)
    assert "cut short" in last.reason


def test_damaged_gzip_is_quarantined(put: Put) -> None:
    data = bytearray(gzip.compress(record().encode()))
    data[15] ^= 0xFF
    found = put("x.jsonl.gz", bytes(data))[-1]
    assert isinstance(found, Refused)
    assert "gzip" in found.reason


def test_a_gzip_bomb_is_not_unpacked(put: Put) -> None:
    found = put("x.jsonl.gz", gzip.compress(b"\n" * (64 << 20)))
    assert "grows more than" in refused(found).reason


# ------------------------------------------------------------------ HTML
PAGE = """<!doctype html><html lang="ar"><head><meta charset="{charset}"><title>عنوان الخبر</title>
<meta property="article:published_time" content="2023-02-01T10:00:00Z">
<script>var hidden = "سر";</script></head><body><nav><a href="/">الرئيسية</a></nav>
<article><h1>عنوان الخبر</h1>{body}</article></body></html>"""
PARAGRAPHS = f"<p>{ARABIC} وأكد الجانبان متانة العلاقات.</p>" * 6


def test_the_main_text_of_a_page_is_read(put: Put) -> None:
    found = only(put("page.html", PAGE.format(charset="utf-8", body=PARAGRAPHS))).document
    assert ARABIC in found.text
    assert "سر" not in found.text.split()
    assert "<" not in found.text
    assert (found.id, found.lang, found.published) == ("page", "ar", "2023-02-01")
    assert found.title == "عنوان الخبر"


def test_the_declared_encoding_of_a_page_counts(put: Put) -> None:
    page = PAGE.format(charset="windows-1256", body=PARAGRAPHS).encode("cp1256")
    assert ARABIC in only(put("page.html", page)).document.text


def test_a_page_that_is_not_what_it_declares_is_quarantined(put: Put) -> None:
    page = PAGE.format(charset="utf-16", body=PARAGRAPHS).encode("cp1256")
    assert "as declared" in refused(put("page.html", page)).reason


def test_a_page_nested_without_end_is_not_read_in_silence(put: Put) -> None:
    body = "<div>" * 60_000 + PARAGRAPHS + "</div>" * 60_000
    found = refused(put("page.html", PAGE.format(charset="utf-8", body=body)))
    assert found.fate is Fate.QUARANTINED
    assert "nested" in found.reason or "no main text" in found.reason


def test_a_page_without_date_gets_none(put: Put) -> None:
    page = f"<html lang='ar'><body><article>{PARAGRAPHS}</article><p>© 2019</p></body></html>"
    assert only(put("page.html", page)).document.published is None


# ------------------------------------------------------------------ feeds
FEED = """<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel>
<title>وكالة</title><language>ar-ma</language>
<item><guid>one</guid><title>خبر أول</title><link>https://example.org/1</link>
<pubDate>Wed, 01 Feb 2023 10:00:00 GMT</pubDate>
<description>&lt;p&gt;{text}&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description></item>
<item><guid>two</guid><title>خبر ثان</title><pubDate>الأربعاء 1 فبراير</pubDate>
<description>{text}</description></item>
</channel></rss>"""


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256"])
def test_each_item_of_a_feed_is_a_document(put: Put, encoding: str) -> None:
    content = FEED.format(encoding=encoding, text=ARABIC).encode(encoding)
    first, second = put("feed.rss", content)
    assert isinstance(first, Accepted)
    assert isinstance(second, Accepted)
    assert (first.document.id, first.document.text) == ("one", ARABIC)
    assert (first.document.published, second.document.published) == ("2023-02-01", None)
    assert (first.document.source, first.document.url) == ("وكالة", "https://example.org/1")


def test_the_half_item_of_a_truncated_feed_is_dropped_and_told(put: Put) -> None:
    content = FEED.format(encoding="utf-8", text=ARABIC)
    first, told = put("feed.xml", content[: content.rindex("بالرباط")])
    assert isinstance(first, Accepted)
    assert first.document.id == "one"
    assert isinstance(told, Refused)
    assert "cut short" in told.reason


def test_atom_is_read(put: Put) -> None:
    content = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>News</title>
    <entry><id>urn:1</id><title>A visit</title><updated>2023-02-01T10:00:00Z</updated>
    <content type="html">&lt;p&gt;{ENGLISH}&lt;/p&gt;</content></entry></feed>"""
    found = only(put("x.atom", content)).document
    assert (found.id, found.text, found.published) == ("urn:1", ENGLISH, "2023-02-01")


@pytest.mark.parametrize(
    ("content", "fate"),
    [
        ('<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]><rss/>', Fate.QUARANTINED),
        ("<?xml version='1.0'?><other/>", Fate.SKIPPED),
        ("https://example.org/feed", Fate.SKIPPED),
    ],
)
def test_what_is_no_feed_is_refused(put: Put, content: str, fate: Fate) -> None:
    assert refused(put("x.xml", content)).fate is fate


# ------------------------------------------------------------------ texts by themselves
def test_a_text_by_itself_is_a_document() -> None:
    found = only([read_text(ARABIC)])
    assert (found.document.text, found.document.lang) == (ARABIC, "ar")
    assert refused([read_text("")]).fate is Fate.SKIPPED
    assert refused([read_text(b"\xff\xfe\x00", Defaults("ar"))]).fate is Fate.QUARANTINED
