"""The lexicon of officials: its form, facts that it must hold, and the script that compiles it."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from ingest.compile.officials import (
    CORRECTIONS_HEADER,
    LEXICON,
    Correction,
    compile_officials,
    main,
)
from ingest.compile.state_department import news_names
from ingest.compile.tenures import (
    ISO_DATE,
    OFFICE_KINDS,
    TERM_HEADER,
    Names,
    Term,
    earliest,
    latest,
    merged,
    read_names,
    read_rows,
    read_terms,
    union,
)
from kg.errors import DataFaults, InputFault

FILES = ("wikidata.csv", "us-state.csv", "editors.csv")
BODIES = {"UN", "EU", "AU", "NATO", "LAS", "OIC", "GCC", ""}
ARABIC = re.compile(r"[\u0621-\u0652\u0670-\u06d3\u06a4\u0686 .’'-]+")
LATIN = re.compile(r"[^\u0600-\u06ff]*")
QID = re.compile(r"Q[1-9]\d*")


@pytest.fixture(scope="module")
def terms() -> dict[str, list[Term]]:
    return {file: read_terms(LEXICON / file) for file in FILES}


def every(terms: dict[str, list[Term]]) -> list[Term]:
    return [term for file in FILES for term in terms[file]]


@pytest.mark.parametrize("file", FILES)
def test_header(file: str) -> None:
    header = "wikidata,kind,country,start,end,asof,en,ar,fr,position,source"
    with (LEXICON / file).open(encoding="utf-8") as lines:
        assert next(lines) == header + "\n"
    assert ",".join(TERM_HEADER) == header


@pytest.mark.parametrize("file", FILES)
def test_rows_are_unique_and_in_order(file: str, terms: dict[str, list[Term]]) -> None:
    keys = [(term.country, term.kind, term.start, term.wikidata) for term in terms[file]]
    assert keys == sorted(keys)
    assert [term for term, count in Counter(terms[file]).items() if count > 1] == []


def test_codes_are_known(terms: dict[str, list[Term]]) -> None:
    for term in every(terms):
        assert term.kind in OFFICE_KINDS
        assert re.fullmatch("[A-Z]{2}", term.country) or term.country in BODIES
        assert term.wikidata == "" or QID.fullmatch(term.wikidata)
        assert term.position
        assert term.source


def test_dates_are_well_formed(terms: dict[str, list[Term]]) -> None:
    for term in every(terms):
        assert ISO_DATE.fullmatch(term.start), term
        for date in (term.end, term.asof):
            assert date == "" or ISO_DATE.fullmatch(date), term
        if term.end:
            assert earliest(term.start) <= latest(term.end), term


def test_open_terms_say_until_when_they_are_known(terms: dict[str, list[Term]]) -> None:
    for term in every(terms):
        assert bool(term.end) != bool(term.asof), term
        if term.asof:
            assert earliest(term.start) <= term.asof, term


def test_nothing_ended_before_2000(terms: dict[str, list[Term]]) -> None:
    assert [term for term in every(terms) if term.end and latest(term.end) < "2000"] == []


def test_names_are_in_their_scripts(terms: dict[str, list[Term]]) -> None:
    names: list[Names] = list(read_names(LEXICON / "names.csv").values())
    held = every(terms)
    latin = {form for name in names for form in (name.en, name.fr, name.short_en)}
    latin |= {form for term in held for form in (term.en, term.fr)}
    arabic = {form for name in names for form in f"{name.ar}|{name.short_ar}".split("|")}
    arabic |= {form for term in held for form in term.ar.split("|")}
    assert [form for form in latin if not LATIN.fullmatch(form)] == []
    assert [form for form in arabic - {""} if not ARABIC.fullmatch(form)] == []


def test_alternatives_are_distinct_and_not_empty(terms: dict[str, list[Term]]) -> None:
    for term in every(terms):
        assert term.en, term
        for names in (term.en, term.ar, term.fr):
            assert union(names) == names, term


def test_hand_written_names_belong_to_known_persons(terms: dict[str, list[Term]]) -> None:
    known = {term.wikidata for term in every(terms)}
    names = read_names(LEXICON / "names.csv")
    assert set(names) <= known
    assert sum(bool(name.ar) for name in names.values()) >= 900


def test_short_forms_are_kept_apart_from_full_names() -> None:
    for name in read_names(LEXICON / "names.csv").values():
        assert not set(filter(None, name.short_ar.split("|"))) & set(name.ar.split("|")), name
        assert not set(filter(None, name.short_en.split("|"))) & set(name.en.split("|")), name


def test_every_correction_gives_a_reason() -> None:
    corrections = [
        Correction(**row) for row in read_rows(LEXICON / "corrections.csv", CORRECTIONS_HEADER)
    ]
    for correction in corrections:
        assert correction.reason
        assert correction.field in ("drop", "start", "end", "asof", "kind", "wikidata")
        assert bool(correction.value) == (correction.field != "drop")
    keys = [tuple(getattr(item, name) for name in CORRECTIONS_HEADER[:5]) for item in corrections]
    assert [key for key, count in Counter(keys).items() if count > 1] == []


def holders(terms: list[Term], kind: str, country: str, day: str) -> set[str]:
    """Preferred English names of those who certainly held the office on that day."""
    return {
        term.en.split("|")[0]
        for term in terms
        if (term.kind, term.country) == (kind, country)
        and latest(term.start) <= day <= earliest(term.end or term.asof)
    }


@pytest.mark.parametrize(
    ("kind", "country", "day", "name"),
    [
        ("foreign-minister", "MA", "2019-12-05", "Nasser Bourita"),
        ("foreign-minister", "US", "2019-12-05", "Mike Pompeo"),
        ("foreign-minister", "US", "2023-02-01", "Antony Blinken"),
        ("foreign-minister", "RU", "2023-02-01", "Sergey Lavrov"),
        ("foreign-minister", "FR", "2023-02-01", "Catherine Colonna"),
        ("foreign-minister", "DZ", "2024-01-15", "Ahmed Attaf"),
        ("foreign-minister", "ES", "2020-07-01", "Arancha González Laya"),
        ("foreign-minister", "TR", "2023-01-15", "Mevlüt Çavuşoğlu"),
        ("foreign-minister", "EG", "2010-01-15", "Ahmed Aboul Gheit"),
        ("prime-minister", "DE", "2015-06-01", "Angela Merkel"),
        ("prime-minister", "GB", "2023-06-01", "Rishi Sunak"),
        ("monarch", "MA", "2010-01-01", "Mohammed VI"),
        ("president", "US", "2022-12-31", "Joe Biden"),
        ("secretary-general", "UN", "2012-06-01", "Ban Ki-moon"),
        ("secretary-general", "LAS", "2019-01-01", "Ahmed Aboul Gheit"),
        ("secretary-general", "NATO", "2022-06-01", "Jens Stoltenberg"),
    ],
)
def test_known_holders(
    kind: str, country: str, day: str, name: str, terms: dict[str, list[Term]]
) -> None:
    assert holders(every(terms), kind, country, day) == {name}


@pytest.mark.parametrize(
    ("form", "wikidata"),
    [
        ("ناصر بوريطة", "Q26036628"),
        ("أنطوني بلينكن", "Q7821917"),
        ("مايكل بومبيو", "Q473239"),
        ("سيرغي لافروف", "Q58217"),
    ],
)
def test_arabic_form_names_one_person(
    form: str, wikidata: str, terms: dict[str, list[Term]]
) -> None:
    assert {t.wikidata for t in every(terms) if form in t.ar.split("|")} == {wikidata}


def test_touching_terms_are_joined() -> None:
    first = term("2010-01-01", "2012-03-01")
    assert merged([term("2012-03-01", "2014"), first]) == [term("2010-01-01", "2014")]
    assert len(merged([first, term("2013-01-01", "2014")])) == 2


def test_an_open_term_stays_open_when_joined() -> None:
    joined = merged([term("2010", "", "2022-06-30"), term("2011-02-01", "2012-03-01")])
    assert joined == [term("2010", "", "2022-06-30")]


def term(start: str, end: str, asof: str = "") -> Term:
    return Term("Q1", "president", "XX", start, end, asof, "A B", "", "", "President", "test")


def test_news_names() -> None:
    assert news_names("Michael R. Pompeo", "Mike Pompeo").split("|")[:2] == [
        "Michael Pompeo",
        "Mike Pompeo",
    ]
    assert news_names("Strobe (Nelson Strobridge) Talbott") == "Strobe Talbott"
    assert news_names("L. Paul Bremer") == "Paul Bremer|L. Paul Bremer"
    assert news_names("Luis C. de Baca") == "Luis de Baca|Luis C. de Baca"


HOLDERS = """\
country_iso2,position,position_kind,person,wikidata,start,end,source
XA,President,president,Ann Old,Q11,1990-01-01,1999-12-31,xa
XA,President,president,Bob New,Q12,2001-01-01,,xa
XA,Captain Regent,other,Cat Regent,Q13,2001-01-01,2001-06-01,xa
XA,Minister of Defence,defence-minister,Dan Gone,Q14,2003-05-01,2003-01-01,xa
US,Secretary of State,foreign-minister,Eve Smith,Q15,2001-01-20,2005-01-26,us
"""
PRINCIPALS = """\
position,name,other_names,start,end
Secretary of State,Eve Q. Smith,,2001-01-20,2005-01-26
Assistant Secretary of State for Administration,Fay Desk,,2001-01-20,2005-01-26
"""
MISSIONS = """\
mission,role,name,other_names,start,end
morocco,ambassador-e-p,Guy Paul Envoy,,2003-01-01,
representative-to-un,representative-to-un,Hal West,,2004-01-01,2006-01-01
"""
NAMES = """\
wikidata,en,ar,fr,short_ar,short_en
Q12,Robert New,روبرت نيو,,نيو,New
"""
CORRECTIONS = """\
country,kind,wikidata,start,field,value,reason
XA,defence-minister,Q14,2003-05-01,drop,,inverted interval
"""


@pytest.fixture
def tables(tmp_path: Path) -> tuple[Path, Path]:
    data, lexicon = tmp_path / "data", tmp_path / "lexicon"
    header = ",".join(TERM_HEADER)
    texts = {
        data / "officials" / "holders.csv": HOLDERS,
        data / "state-department" / "principals.csv": PRINCIPALS,
        data / "state-department" / "chiefs-of-mission.csv": MISSIONS,
        lexicon / "names.csv": NAMES,
        lexicon / "corrections.csv": CORRECTIONS,
        lexicon
        / "editors.csv": f"{header}\nQ12,monarch,XB,2010,,2012-01-01,Bob New,,,King,editors\n",
    }
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return data, lexicon


def test_compiled_terms(tables: tuple[Path, Path]) -> None:
    compile_officials(*tables)
    held = read_terms(tables[1] / "wikidata.csv")
    assert [item.wikidata for item in held] == ["Q15", "Q12"]
    assert (held[1].asof, held[1].en, held[1].ar) == (
        "2022-06-30",
        "Robert New|Bob New",
        "روبرت نيو",
    )
    state = {item.position: item for item in read_terms(tables[1] / "us-state.csv")}
    assert set(state) == {
        "Secretary of State",
        "Ambassador to Morocco",
        "Ambassador to the United Nations",
    }
    assert state["Secretary of State"].wikidata == "Q15"
    assert state["Ambassador to Morocco"].en == "Guy Envoy|Guy Paul Envoy"
    assert state["Ambassador to Morocco"].asof == "2003-01-01"
    assert read_terms(tables[1] / "editors.csv")[0].ar == "روبرت نيو"


def test_compiling_again_gives_the_same_bytes(tables: tuple[Path, Path], tmp_path: Path) -> None:
    compile_officials(*tables)
    first = tmp_path / "first"
    shutil.copytree(tables[1], first)
    assert main([str(path) for path in tables]) == 0
    for file in FILES:
        assert (first / file).read_bytes() == (tables[1] / file).read_bytes()


def test_the_lexicon_is_as_compiled(terms: dict[str, list[Term]]) -> None:
    names = read_names(LEXICON / "names.csv")
    for term in every(terms):
        if term.wikidata in names:
            for form in filter(None, names[term.wikidata].ar.split("|")):
                assert form in term.ar.split("|"), term


def test_faults_are_reported_together(tables: tuple[Path, Path]) -> None:
    path = tables[1] / "corrections.csv"
    header = CORRECTIONS.splitlines()[0]
    path.write_text(f"{header}\nXA,monarch,Q1,,drop,,a\nXA,monarch,Q2,,drop,,b\n", encoding="utf-8")
    with pytest.raises(DataFaults) as caught:
        compile_officials(*tables)
    assert [(fault.path, fault.line) for fault in caught.value.faults] == [
        (str(path), 2),
        (str(path), 3),
    ]


def test_an_inverted_interval_is_a_fault(tables: tuple[Path, Path]) -> None:
    header = CORRECTIONS.splitlines()[0]
    (tables[1] / "corrections.csv").write_text(header + "\n", encoding="utf-8")
    with pytest.raises(DataFaults, match="ends before it starts: 2003-05-01 to 2003-01-01"):
        compile_officials(*tables)


def test_a_wrong_header_is_a_fault(tables: tuple[Path, Path]) -> None:
    path = tables[1] / "names.csv"
    path.write_text("wikidata,name\n", encoding="utf-8")
    with pytest.raises(InputFault, match=re.escape(f"{path}:1:")):
        compile_officials(*tables)


def test_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "Usage" in capsys.readouterr().err
