"""The command line, in this process: what is printed where, and the exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, parse

import app
from app.cli import main
from app.cli.console import inert
from kg.errors import StoreFault

CALL = (
    "أجرى وزير الخارجية المصري سامح شكري أمس الثلاثاء اتصالا هاتفيا مع نظيره الروسي سيرغي لافروف."
)
NEWS = [
    {"id": "one", "lang": "ar", "published": "2023-02-01", "text": CALL},
    {"id": "two", "lang": "de", "text": "Der Minister traf den Botschafter."},
]
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of one document."""
    folder = tmp_path_factory.mktemp("cli")
    news = folder / "news.jsonl"
    news.write_text("".join(json.dumps(each) + "\n" for each in NEWS) + "{broken\n")
    result = CliRunner().invoke(main, ["--store", str(folder / "store"), "ingest", str(news)])
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def run(place: Path) -> Run:
    """Run a command on the store."""

    def command(*arguments: str | Path, **options: str) -> Result:
        line = ["--store", str(place / "store"), *map(str, arguments)]
        return CliRunner().invoke(main, line, **options)  # type: ignore[arg-type]

    return command


# ------------------------------------------------------------------ ingest
def test_ingest_counts_every_input_and_names_the_bad_ones(run: Run, place: Path) -> None:
    result = run("ingest", place / "news.jsonl")
    assert result.stdout == (
        "3 inputs: 0 added, 1 unchanged, 0 replaced, 1 skipped, 1 quarantined\n"
    )
    first, second = result.stderr.splitlines()
    assert "news.jsonl:2: skipped: language 'de' is not read" in first
    assert "news.jsonl:3: quarantined: not JSON" in second
    assert result.exit_code == 0


def test_ingest_fails_when_nothing_was_accepted_or_when_strict(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text("{}\n")
    assert run("ingest", tmp_path / "bad.jsonl").exit_code == 1
    good = json.dumps(NEWS[0])
    (tmp_path / "mixed.jsonl").write_text(good + "\n{}\n")
    assert run("ingest", tmp_path / "mixed.jsonl").exit_code == 0
    assert run("ingest", "--strict", tmp_path / "mixed.jsonl").exit_code == 1


def test_ingest_reads_standard_input(run: Run) -> None:
    result = run("ingest", "--quiet", "-", input=json.dumps(NEWS[0]) + "\n")
    assert "1 inputs: 0 added, 1 unchanged" in result.stdout


def test_ingest_takes_what_a_text_does_not_say_from_options(run: Run, tmp_path: Path) -> None:
    (tmp_path / "three.txt").write_text(CALL)
    options = ("--published", "2024-05-02", "--lang", "ar", "--source", "agency")
    assert run("ingest", *options, tmp_path / "three.txt").exit_code == 0
    query = "SELECT ?d ?s { ?x dcterms:identifier 'three' ; dcterms:issued ?d ; dcterms:source ?s }"
    assert run("query", query).stdout.splitlines() == ["d\ts", "2024-05-02\tagency"]


def test_a_day_that_is_none_is_refused(run: Run) -> None:
    result = run("ingest", "--published", "2023-02-31", "x.txt")
    assert result.exit_code == 2
    assert "2023-02-31' is no day" in result.stderr


# ------------------------------------------------------------------ graph
@pytest.mark.parametrize("ending", ["trig", "nq", "ttl", "csv", "graphml"])
def test_export_writes_the_format_of_the_ending(run: Run, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"graph.{ending}"
    assert run("export", "--only", "documents", target).exit_code == 0
    assert "سامح شكري" in target.read_text(encoding="utf-8")


def test_export_of_documents_leaves_the_curated_graphs_out(run: Run, tmp_path: Path) -> None:
    run("export", "--only", "documents", tmp_path / "g.nq")
    found = parse(path=str(tmp_path / "g.nq"), format=RdfFormat.N_QUADS)
    assert not any("/graph/curated/" in str(quad.graph_name) for quad in found)


def test_export_to_an_unknown_format_names_the_known_ones(run: Run, tmp_path: Path) -> None:
    result = run("export", tmp_path / "graph.docx")
    assert (result.exit_code, result.stdout) == (2, "")
    assert ".trig" in result.stderr


def test_stats_count(run: Run) -> None:
    plain = json.loads(run("stats", "--json").stdout)
    assert plain["documents"] >= 1
    assert ["PhoneCall", 1] in plain["types"] or ["PhoneCall", 2] in plain["types"]
    assert "PhoneCall" in run("stats").stdout
    assert run("stats", "--brief").stdout.startswith("graph: ")


def test_validate_says_how_many_faults_there_are(run: Run) -> None:
    result = run("validate")
    assert "violations" in result.stdout.splitlines()[-1]
    assert result.exit_code == (0 if result.stdout.splitlines()[-1].startswith("0 viol") else 1)


def test_compact_keeps_the_content(run: Run) -> None:
    before = json.loads(run("stats", "--json").stdout)["quads"]
    assert run("compact").exit_code == 0
    assert json.loads(run("stats", "--json").stdout)["quads"] == before


# ------------------------------------------------------------------ query
def test_named_queries_are_listed(run: Run) -> None:
    result = run("query", "--list")
    assert "contacts " in result.stdout
    assert run("query", "--list", "--lang", "ar").stdout != result.stdout


def test_a_named_query_answers(run: Run) -> None:
    result = run("query", "contacts", "country=EG", "other=RU")
    assert result.exit_code == 0, result.stderr
    assert "2023-01-31" in result.stdout


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_sparql_answers_in_every_form(run: Run, form: str) -> None:
    result = run("query", "--format", form, "SELECT ?d { ?e a rwb:PhoneCall ; rwb:date ?d }")
    assert "2023-01-31" in result.stdout


def test_a_file_of_sparql_is_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("ASK { ?e a rwb:PhoneCall }")
    assert run("query", tmp_path / "q.rq").stdout == "yes\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("contract",), "Did you mean"),
        (("SELECT ?x {",), "line 1"),
        (("contacts", "country"), "'country' is no NAME=VALUE"),
        (("contacts",), "needs country="),
        (("DROP ALL",), "only queries are run"),
        (("--format", "ttl", "SELECT ?x { ?x a rwb:Visit }"), "CONSTRUCT"),
    ],
)
def test_queries_that_can_not_run_say_why(
    run: Run, arguments: tuple[str, ...], message: str
) -> None:
    result = run("query", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert "Traceback" not in result.stderr


# ------------------------------------------------------------------ explain, rules, evaluate
def test_explain_shows_mentions_rules_and_events(run: Run) -> None:
    result = run("explain", "--published", "2023-02-01", CALL)
    for part in ("ar-phonecall-hold", "أمس الثلاثاء → 2023-01-31", "PhoneCall 2023-01-31 held"):
        assert part in result.stdout


def test_explain_gives_json_of_a_text_a_file_and_standard_input(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CALL)
    line = ("explain", "--json", "--published", "2023-02-01", "--lang", "ar")
    texts = [run(*line, CALL), run(*line, tmp_path / "a.txt"), run(*line, "-", input=CALL)]
    values = [json.loads(each.stdout)["mentions"] for each in texts]
    assert values[0] == values[1] == values[2]
    assert {one["kind"] for one in values[0]} >= {"date", "person"}


def test_explain_of_nothing_says_so(run: Run) -> None:
    result = run("explain", "  ")
    assert result.exit_code == 2
    assert "nothing to explain" in result.stderr


@pytest.fixture
def annotated(place: Path) -> Path:
    """The annotations of the one document, beside it."""
    empty = {"offices": [], "things": [], "relations": [], "topics": []}
    path = place / "news.gold.jsonl"
    path.write_text(json.dumps({"id": "one", "lang": "ar", "events": [], **empty}) + "\n")
    return path


def test_rules_are_counted(run: Run, annotated: Path) -> None:
    lines = run("rules", "stats", annotated, "--lang", "ar").stdout.splitlines()
    (call,) = (line for line in lines if line.startswith("ar-phonecall-hold "))
    assert call.split()[1:] == ["event", "PhoneCall", "1", "1", "1", "0", "1"]
    assert not any(line.startswith("en-") for line in lines)
    assert lines[-1] == "1 articles"


def test_rules_are_counted_for_machines(run: Run, annotated: Path, place: Path) -> None:
    line = ("rules", "stats", annotated, "--documents", place / "news.jsonl", "--json")
    every, idle = (json.loads(run(*line, *more).stdout) for more in ((), ("--idle",)))
    assert (every["articles"], every["absent"]) == (1, [])
    counts = {one["rule"]: one["fired"] for one in every["figures"]}
    assert counts["ar-phonecall-hold"] == 1
    assert len(idle["figures"]) == len(counts)  # one document makes no rule busy


def test_rules_without_texts_are_not_counted(run: Run, annotated: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone.gold.jsonl"
    alone.write_text(annotated.read_text())
    result = run("rules", "stats", alone)
    assert result.exit_code == 2
    assert "its texts are not beside it" in result.stderr


def test_rules_check_names_what_fails(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest import rulecheck
    from kg.errors import Fault

    fault = Fault("rules/meeting/x.yaml", 9, "expected a Meeting")
    monkeypatch.setattr(
        rulecheck, "check_language", lambda lang: rulecheck.Checked(lang, 1, 1, 1, (fault,))
    )
    result = run("rules", "check", "--lang", "ar")
    assert result.exit_code == 1
    assert "rules/meeting/x.yaml:9: expected a Meeting" in result.stdout


def gold(folder: Path) -> Path:
    parties = [
        {"kind": "person", "name": "سامح شكري", "office": "foreign-minister", "country": "EG"},
        {"kind": "person", "name": "سيرغي لافروف", "office": "foreign-minister", "country": "RU"},
    ]
    event = {
        "type": "PhoneCall",
        "participants": parties,
        "date": "2023-01-31",
        "end_date": None,
        "place": None,
        "title": None,
        "stance": None,
        "certainty": "held",
        "evidence": CALL,
    }
    article = {
        "id": "one",
        "lang": "ar",
        "published": "2023-02-01",
        "offices": [],
        "events": [event, event | {"type": "Signing"}],
        "things": [],
        "relations": [],
        "topics": [],
    }
    path = folder / "gold.jsonl"
    path.write_text(json.dumps(article) + "\n", encoding="utf-8")
    return path


def test_evaluate_scores_and_keeps_floors(run: Run, tmp_path: Path) -> None:
    path = gold(tmp_path)
    result = run("evaluate", path, "--misses", "--floor", "event:PhoneCall=1", "--floor", "0.9")
    assert result.exit_code == 1
    assert "one - missed Signing" in result.stdout
    assert result.stderr.startswith("events: F1 ")
    assert run("evaluate", path, "--floor", "event:PhoneCall=1").exit_code == 0
    plain = json.loads(run("evaluate", path, "--json").stdout)
    assert {row["measure"]: row["f1"] for row in plain["measures"]}["event:PhoneCall"] == 1.0
    assert run("evaluate", path, "--floor", "much").exit_code == 2


# ------------------------------------------------------------------ all commands
def test_every_command_teaches_by_example(run: Run) -> None:
    for name, command in main.commands.items():
        inner = getattr(command, "commands", None)
        for path in [(name, each) for each in inner] if inner else [(name,)]:
            result = run(*path, "--help")
            assert result.exit_code == 0
            assert (
                f"rawabit {' '.join(path)}" in result.stdout or "rawabit --store" in result.stdout
            )
            assert "Example" in result.stdout, path


def test_without_a_store_commands_say_how_to_make_one(tmp_path: Path) -> None:
    for command in (["stats"], ["validate"], ["export", "x.ttl"], ["explore"], ["compact"]):
        result = CliRunner().invoke(main, ["--store", str(tmp_path / "none"), *command])
        assert result.exit_code == 2
        assert "rawabit --store" in result.stderr
        assert isinstance(result.exception, SystemExit)


def test_an_unexpected_store_error_is_a_message(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.store import Store

    def locked(path: Path) -> None:
        raise StoreFault("the store is in use by another process")

    monkeypatch.setattr(Store, "open", locked)
    result = run("ingest", "x.jsonl")
    assert (result.exit_code, "in use" in result.stderr) == (2, True)


def test_output_is_utf8_in_a_pipe_of_a_plain_locale(place: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "", "PYTHONUTF8": "0"}
    environment["PYTHONPATH"] = str(Path(app.__file__).parents[1])
    line = [sys.executable, "-c", "from app.cli import main; main()", "--store", place / "store"]
    done = subprocess.run(
        [*line, "query", "SELECT ?l { ?p a rwb:Person ; rdfs:label ?l }"],
        capture_output=True,
        env=environment,
        check=True,
    )
    assert "سامح شكري" in done.stdout.decode("utf-8")


def test_what_is_printed_can_not_act_on_the_terminal() -> None:
    assert inert("a\x1b[31m\u202eb\tc\n") == "a\\x1b[31m\\u202eb\tc\n"
