"""Folding makes spellings equal, and every offset leads back to the words as they were written."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text import Text, fold, forms, sentences, tokens

LETTERS = st.text(
    alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآٱىةؤئءپچگک ـًٌٍَُِّْٰ0٣۴“«»،؛؟-.\n"
    "\u200f\u200c\ufeffﻻﷺabÉéœßİ'’…",
    max_size=60,
)


def sentences_of(text: str) -> list[str]:
    read = Text.of(text)
    marks = tokens(read)
    runs = sentences(marks, read.folded)
    return [text[slice(*read.span(marks.starts[a], marks.ends[b - 1]))].strip() for a, b in runs]


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("أإآٱا", "ااااا"),  # alef with its hamzas, madda, wasla
        ("مصطفى", "مصطفي"),
        ("ایران", "ايران"),  # Persian yaa
        ("القاهرة", "القاهره"),
        ("مؤتمر رئيس", "موتمر رييس"),
        ("کويت", "كويت"),  # Persian kaf
        ("گابون پاريس ڤيينا چاد", "كابون باريس فيينا جاد"),
        ("مُحَمَّدٌ", "محمد"),
        ("العـــراق", "العراق"),  # tatweel
        ("هٰذا", "هذا"),  # dagger alef
        ("٢٠٢٣ ۲۰۲۳", "2023 2023"),
        ("نعم، لا؛ متى؟", "نعم, لا; متي?"),
        ("«قال» “said” „gesagt‟", '"قال" "said" "gesagt"'),
        ("l’accord", "l'accord"),
        ("2019–2020 — fin", "2019-2020 - fin"),
        ("Sénégal Çelik Łódź Øst", "Senegal Celik Lodz Ost"),
        ("œuvre Straße", "oeuvre Strasse"),
        ("e\u0301te\u0301", "ete"),  # combining marks
        ("ﻻ ﺳﻼم", "لا سلام"),  # presentation forms
        ("a\u00a0b\u202fc\td", "a b c d"),
        ("\u200fالعراق\u200e", "العراق"),  # marks of direction
        ("\ufeffWord", "Word"),
    ],
)
def test_spellings_of_one_word_fold_alike(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert Text.of(written).folded == folded


def test_case_is_kept_for_names_to_be_told() -> None:
    assert fold("Rabat rabat") == "Rabat rabat"


@given(LETTERS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(LETTERS)
def test_text_and_fold_agree(text: str) -> None:
    assert Text.of(text).folded == fold(text)


@given(LETTERS)
def test_every_span_of_the_folded_text_leads_to_what_folds_to_it(text: str) -> None:
    read = Text.of(text)
    for start in range(len(read.folded)):
        first, last = read.span(start, start + 1)
        assert 0 <= first < last <= len(text)
        assert read.folded[start] in fold(f" {text[first:last]} ")  # a stroke alone is a dash


@given(LETTERS)
def test_spans_do_not_run_backwards(text: str) -> None:
    read = Text.of(text)
    starts = [read.span(index, index + 1)[0] for index in range(len(read.folded))]
    assert starts == sorted(starts)


@given(st.lists(st.sampled_from(["أَحْمَد", "العـراق", "ﻻ", "Œuvre", "Rabat", "٢٠٢٣"]), min_size=1))
def test_a_word_is_found_where_it_was_written(words: list[str]) -> None:
    text = " ".join(words)
    read = Text.of(text)
    marks = tokens(read)
    spans = zip(marks.starts, marks.ends, strict=True)
    assert [text[slice(*read.span(a, b))] for a, b in spans] == words


def test_offsets_count_past_dropped_and_expanded_letters() -> None:
    text = "قـالَ ﻻ œuvre العراق"
    read = Text.of(text)
    start = read.folded.index("العراق")
    assert read.span(start, start + 6) == (text.index("العراق"), len(text))
    start = read.folded.index("oeuvre")
    assert text[slice(*read.span(start, start + 6))] == "œuvre"


@given(LETTERS)
def test_tokens_come_in_order_and_leave_out_only_space_and_joiners(text: str) -> None:
    read = Text.of(text)
    marks = tokens(read)
    edges = [edge for pair in zip(marks.starts, marks.ends, strict=True) for edge in pair]
    assert edges == sorted(edges)
    left, position = "", 0
    for start, end in zip(marks.starts, marks.ends, strict=True):
        assert end > start
        left += read.folded[position:start]
        position = end
    left += read.folded[position:]
    assert not any(letter.isalnum() for letter in left)


@given(LETTERS)
def test_sentences_part_the_tokens(text: str) -> None:
    read = Text.of(text)
    marks = tokens(read)
    runs = sentences(marks, read.folded)
    assert all(first < last for first, last in runs)
    assert all(a[1] <= b[0] for a, b in pairwise(runs))
    within = {index for first, last in runs for index in range(first, last)}
    left_out = [marks.forms[index] for index in range(len(marks)) if index not in within]
    assert all(form in ".!?\n\"'" for form in left_out)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("qu'il s'engage", ["qu'", "il", "s'", "engage"]),
        ("Morocco's minister", ["morocco", "'s", "minister"]),
        ("the U.S. envoy", ["the", "us", "envoy"]),
        ("François-Xavier", ["francois", "xavier"]),
        ("1,500.5 soldats", ["1,500.5", "soldats"]),
        ("see https://example.org/a.b now", ["see", "https://example.org/a.b", "now"]),
        ("@user #سلام", ["@user", "#سلام"]),
        ("قال:«نعم»", ["قال", ":", '"', "نعم", '"']),
        ("عام2023", ["عام2023"]),
        ("a\nb", ["a", "\n", "b"]),
    ],
)
def test_words_numbers_and_marks(text: str, expected: list[str]) -> None:
    assert tokens(Text.of(text)).forms == expected


def test_on_is_not_ali() -> None:
    assert forms("على") == ("على",)
    assert forms("وعلى") == ("وعلى",)
    assert forms("علي") == ("علي",)
    assert forms("عليٌّ على الباب") == ("علي", "على", "الباب")
    assert forms("مصطفى") == ("مصطفي",)  # elsewhere the two letters are one


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The minister met Mr. Jones. They talked.", 2),
        ("Gen. A. B. Smith arrived. He left.", 2),
        ("The U.S. and the U.K. agreed.", 1),
        ("He spoke at 10.30 in Rabat.", 1),
        ("M. Dupont a rencontré Mme. Diallo à Dakar. Ils ont signé.", 2),
        ("وصل الوزير. ثم غادر! هل عاد؟", 3),
        ('He said: "We agree." Then he left.', 2),
        ("سطر أول\nسطر ثان", 2),
    ],
)
def test_where_sentences_end(text: str, count: int) -> None:
    assert len(sentences_of(text)) == count


def test_a_closing_quote_stays_with_its_sentence() -> None:
    assert sentences_of('"We agree." He left.') == ['"We agree."', "He left."]


def test_lines_broken_for_width_do_not_end_sentences() -> None:
    wrapped = "\n".join(
        [
            "The foreign minister of the kingdom",
            "met his guest in the capital and the",
            "two sides discussed the ways to make",
            "their relations stronger in trade and",
            "in culture. The guest then left for",
            "the airport, where he told reporters",
            "that he was content.",
        ]
    )
    assert len(sentences_of(wrapped)) == 2
    assert len(sentences_of(wrapped.replace("and the\n", "and the\n\n"))) > 2  # paragraphs do


def test_what_never_stops_is_cut() -> None:
    runs = sentences_of("كلمة " * 5000)
    assert 5 < len(runs) < 20


def test_nothing_has_no_sentences() -> None:
    assert sentences_of("") == []
    assert tokens(Text.of(" \t ")).forms == []


def test_a_stretching_stroke_alone_is_a_dash() -> None:
    assert fold("مسقط ـ نيودلـهي") == "مسقط - نيودلهي"
    text = Text.of("مسقط ـ وكالات")
    assert text.folded == "مسقط - وكالات"
    assert text.span(7, 13) == (7, 13)
