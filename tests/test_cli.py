from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner.decide.weights import Weights, builtin_weights
from cleaner.evaluate import GoldPage
from cleaner.model import LABELS
from cleaner.rules import builtin_rules
from cleaner.runs.shards import SHARD_DOCUMENTS
from tests.conftest import ROOT, Command, names, rows

OUTPUT = ["documents.jsonl", "failed.jsonl", "removed.jsonl", "run.json"]
ARTICLE = (
    "Das teilte der Kreml nach einem Treffen zwischen Russlands Außenminister Sergej Lawrow und"
    " seinem afghanischen Amtskollegen mit."
)
# What DESIGN.md promises of a row, and what restore needs beside it (docs/output.md).
DOCUMENT_FIELDS = {
    "schema_version",
    "id",
    "source",
    "title",
    "date",
    "authors",
    "language",
    "modified",
    "sitename",
    "url",
    "text",
    "markdown",
    "comments",
    "comment_rows",
    "kept",
    "flags",
    "stats",
}
LEDGER_FIELDS = {"undecided", "spared", "white", "length", "source_text"}
VERBS = (
    "run",
    "explain",
    "repeats",
    "restore",
    "eval",
    "train",
    "report",
    "diff",
    "rules",
    "schema",
)
SEED = "003_4f89b40b5df85bc8.txt"


def program(*args: object, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """The program as another process sees it."""
    command = [sys.executable, "-m", "cleaner", *map(str, args)]
    return subprocess.run(command, capture_output=True, check=False, **options)


@pytest.fixture(scope="session")
def seeds_out(tmp_path_factory: pytest.TempPathFactory, seeds_folder: Path) -> Path:
    """The folder of a run over the seeds."""
    folder = tmp_path_factory.mktemp("run") / "out"
    program("run", seeds_folder, "-o", folder).check_returncode()
    return folder


@pytest.fixture(scope="session")
def seeds_again(tmp_path_factory: pytest.TempPathFactory, seeds_folder: Path) -> Path:
    """The same from another folder, with another order of hashes."""
    folder = tmp_path_factory.mktemp("again")
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    ran = program("run", seeds_folder, "-o", "out", cwd=folder, env=environment)
    ran.check_returncode()
    return folder / "out"


def page(folder: Path, name: str, text: str | bytes) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def test_the_first_line_of_version_is_the_program(cleaner_command: Command) -> None:
    ran = cleaner_command("--version")

    assert (0, f"cleaner {cleaner.__version__}", "") == (ran.code, ran.out.split("\n")[0], ran.err)


def test_version_tells_the_rows_rules_and_weights_of_a_run(
    cleaner_command: Command, tmp_path: Path
) -> None:
    (tmp_path / "page.txt").write_text("Der Zug kam um acht Uhr an.", encoding="utf-8")
    cleaner_command("run", "page.txt", "-o", "out")
    [row] = rows(tmp_path / "out" / "documents.jsonl")
    summary = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))

    told = dict(line.split()[:2] for line in cleaner_command("--version").out.splitlines())

    assert row["schema_version"] == told["rows"]
    assert summary["rules_sha256"].startswith(told["rules"])
    assert summary["weights_sha256"].startswith(told["weights"])


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_show_completion_prints_a_script_for_the_shell(
    cleaner_command: Command, monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    # Else it would be the shell that runs the tests: --show-completion takes no name.
    monkeypatch.setattr("shellingham.detect_shell", lambda: (shell, shell))

    ran = cleaner_command("--show-completion")

    assert 0 == ran.code
    assert "_CLEANER_COMPLETE" in ran.out


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("cleaner re", ["repeats", "report", "restore", "review"]),
        ("cleaner run --ke", ["--keep", "--keep-source"]),
        ("cleaner eval --group ", ["page", "site"]),
    ],
)
def test_the_shell_is_offered_verbs_options_and_choices(
    cleaner_command: Command,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    offered: Sequence[str],
) -> None:
    monkeypatch.setenv("_CLEANER_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(typed.count(" ")))

    assert list(offered) == sorted(cleaner_command().out.split())


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_names_every_verb(cleaner_command: Command, flag: str) -> None:
    ran = cleaner_command(flag)

    assert 0 == ran.code
    assert [] == [verb for verb in VERBS if f" {verb} " not in ran.out]


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_a_verb_has_an_example(cleaner_command: Command, verb: str) -> None:
    ran = cleaner_command(verb, "--help")

    assert 0 == ran.code
    assert f"Example: cleaner {verb}" in ran.out


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("clean",),
        ("run",),
        ("run", "seeds"),
        ("run", "--colour", "seeds", "-o", "out"),
        ("explain",),
        ("restore",),
        ("eval",),
        ("eval", "--worst", "-1", "gold.jsonl"),
        ("eval", "--folds", "1", "gold.jsonl"),
        ("eval", "--folds", "2", "--group", "line", "gold.jsonl"),
        ("train",),
        ("train", "--epochs", "0", "gold.jsonl"),
        ("train", "--seed", "-1", "gold.jsonl"),
    ],
    ids=lambda arguments: " ".join(arguments) or "nothing",
)
def test_wrong_use_ends_with_2(cleaner_command: Command, arguments: tuple[str, ...]) -> None:
    assert 2 == cleaner_command(*arguments).code


def test_a_run_writes_its_four_files_and_nothing_else(seeds_out: Path) -> None:
    assert OUTPUT == names(seeds_out)


def test_a_run_has_one_row_a_document_in_order(seeds_out: Path, seeds_folder: Path) -> None:
    expected = sorted(path.name for path in seeds_folder.glob("*.txt"))

    assert expected == [row["id"] for row in rows(seeds_out / "documents.jsonl")]


def test_rows_of_documents_have_the_fields_of_the_contract(seeds_out: Path) -> None:
    assert [DOCUMENT_FIELDS | LEDGER_FIELDS] * 5 == [
        set(row) for row in rows(seeds_out / "documents.jsonl")
    ]


def test_rows_of_removals_have_the_fields_of_the_contract(seeds_out: Path) -> None:
    fields = ["doc", "start", "end", "text", "label", "score", "stage", "rule", "evidence"]

    assert {tuple(fields)} == {tuple(row) for row in rows(seeds_out / "removed.jsonl")}


def test_evidence_has_the_fields_of_the_contract(seeds_out: Path) -> None:
    assert {("stage", "rule", "label", "weight", "reason", "log_odds")} == {
        tuple(voice) for row in rows(seeds_out / "removed.jsonl") for voice in row["evidence"]
    }


def test_rows_tell_where_a_document_came_from(seeds_out: Path, seeds_folder: Path) -> None:
    source = rows(seeds_out / "documents.jsonl")[3]["source"]

    assert ("text/plain", sha256((seeds_folder / SEED).read_bytes()).hexdigest()) == (
        source["media_type"],
        source["sha256"],
    )
    assert Path(source["path"]).name == SEED


def test_offsets_point_into_the_source(seeds_out: Path, seeds_folder: Path) -> None:
    source = (seeds_folder / SEED).read_bytes().decode()
    removed = [row for row in rows(seeds_out / "removed.jsonl") if row["doc"] == SEED]

    assert removed
    assert [row["text"] for row in removed] == [
        source[row["start"] : row["end"]] for row in removed
    ]


def test_removals_stand_in_order(seeds_out: Path) -> None:
    order = [(row["doc"], row["start"]) for row in rows(seeds_out / "removed.jsonl")]

    assert sorted(order) == order


def test_kept_spans_and_their_labels_are_listed(seeds_out: Path) -> None:
    labels = {label for row in rows(seeds_out / "documents.jsonl") for _, _, label in row["kept"]}

    assert {"title", "body"} == labels


def test_the_summary_says_what_was_run_on_what(seeds_out: Path) -> None:
    summary = json.loads((seeds_out / "run.json").read_text(encoding="utf-8"))

    assert (cleaner.__version__, 5, 0) == (
        summary["version"],
        summary["documents"],
        summary["failed"],
    )
    assert {
        "settings",
        "rules_sha256",
        "weights_sha256",
        "removed",
        "rules",
        "times",
    } <= summary.keys()


@pytest.mark.parametrize("name", ["documents.jsonl", "removed.jsonl"])
def test_two_runs_write_the_same_bytes(seeds_out: Path, seeds_again: Path, name: str) -> None:
    assert (seeds_out / name).read_bytes() == (seeds_again / name).read_bytes()


def test_restore_writes_the_seeds_byte_for_byte(
    cleaner_command: Command, seeds_out: Path, seeds_folder: Path, tmp_path: Path
) -> None:
    ran = cleaner_command("restore", seeds_out, "-o", tmp_path / "sources")

    expected = {path.name: path.read_bytes() for path in seeds_folder.glob("*.txt")}
    assert 0 == ran.code
    assert expected == {path.name: path.read_bytes() for path in (tmp_path / "sources").iterdir()}


def test_restore_without_a_folder_only_checks(cleaner_command: Command, seeds_out: Path) -> None:
    ran = cleaner_command("restore", seeds_out)

    assert (0, "") == (ran.code, ran.out)
    assert "5 documents accounted for" in ran.err


def test_restore_of_a_tampered_ledger_names_the_document(
    cleaner_command: Command, seeds_out: Path, tmp_path: Path
) -> None:
    for file in seeds_out.iterdir():
        page(tmp_path, f"out/{file.name}", file.read_bytes())
    removed = tmp_path / "out" / "removed.jsonl"
    lines = removed.read_text(encoding="utf-8").splitlines(keepends=True)
    removed.write_text("".join(lines[:40] + lines[41:]), encoding="utf-8")

    ran = cleaner_command("restore", "out")

    assert 2 == ran.code
    assert SEED in ran.err


def test_messages_go_to_stderr(cleaner_command: Command, seeds_folder: Path) -> None:
    ran = cleaner_command("run", seeds_folder, "-o", "out")

    assert (0, "") == (ran.code, ran.out)
    assert "5 documents in out: " in ran.err
    assert "100 lines removed" in ran.err


@pytest.mark.parametrize("verb", ["run", "explain"])
def test_nothing_but_text_is_written_into_a_pipe(
    verb: str, seeds_folder: Path, tmp_path: Path
) -> None:
    arguments = [verb, seeds_folder / SEED, *(["-o", tmp_path] if verb == "run" else [])]

    ran = program(*arguments)

    assert 0 == ran.returncode
    assert b"\x1b" not in ran.stdout + ran.stderr
    assert b"\r" not in ran.stderr


def test_stdin_is_a_document(cleaner_command: Command, tmp_path: Path) -> None:
    ran = cleaner_command("run", "-", "-o", "out", stdin=f"{ARTICLE}\n".encode())

    [row] = rows(tmp_path / "out" / "documents.jsonl")
    assert (0, ARTICLE) == (ran.code, row["text"])


def test_explain_reads_stdin(cleaner_command: Command) -> None:
    ran = cleaner_command("explain", "-", stdin=ARTICLE.encode())

    assert 0 == ran.code
    assert "body" in ran.out


def test_explain_shows_labels_scores_and_rules(
    cleaner_command: Command, seeds_folder: Path
) -> None:
    ran = cleaner_command("explain", seeds_folder / SEED)

    assert (0, "") == (ran.code, ran.err)
    assert [] == [
        word
        for word in ("title", "body", "ticker", "spam", "ticker.marked_run", "Robotaxis", "kept 7")
        if word not in ran.out
    ]


def test_explain_shows_text_in_brackets_as_it_is(cleaner_command: Command, tmp_path: Path) -> None:
    file = page(tmp_path, "a.txt", f"{ARTICLE} [bold]Nein[/bold] [/x] [1] \\[a]\n")

    ran = cleaner_command("explain", file)

    assert 0 == ran.code
    assert "[bold]Nein[/bold] [/x] [1] \\[a]" in " ".join(ran.out.split())


def test_explain_short_shows_one_voice_a_line(cleaner_command: Command, seeds_folder: Path) -> None:
    whole = cleaner_command("explain", seeds_folder / SEED)
    short = cleaner_command("explain", seeds_folder / SEED, "--short")

    assert len(short.out.splitlines()) < len(whole.out.splitlines())


@pytest.mark.parametrize(
    ("arguments", "place", "cure"),
    [
        (("run", "no_such_folder", "-o", "out"), "no_such_folder", "give"),
        (("run", "empty", "-o", "out"), "empty", "files end in .htm"),
        (("run", "no_*.txt", "-o", "out"), "no_*.txt", "files end in .htm"),
        (("explain", "no_such_file.txt"), "no_such_file.txt", "give"),
        (("restore", "no_such_run"), "no_such_run/documents.jsonl", "give the folder"),
        (("restore", "empty"), "empty/documents.jsonl", "give the folder"),
        (("report", "no_such_run"), "no_such_run", "give the folder"),
        (("eval", "no_such_gold.jsonl"), "no_such_gold.jsonl", "cannot be read"),
        (("rules", "--rules", "no_such_pack.toml"), "no_such_pack.toml", "give a .toml file"),
        (("run", "a.txt", "-o", "out", "--settings", "no.toml"), "no.toml", "cannot be read"),
        (("run", "a.txt", "-o", "out", "--keep", "bodies"), "keep", "'title', 'body'"),
        (("run", "a.txt", "-o", "out", "--without", "tickers"), "'tickers'", "there are article"),
        (("run", "a.txt", "-o", "a.txt"), "a.txt", "name one"),
        (("run", "a.txt", "-o", "a.txt/out"), "a.txt", "name one"),
        (("run", "a.txt", "-o", "/proc/cleaner"), "/proc/cleaner", "name one"),
        (("restore", "[/no_such_run]"), "[/no_such_run]/documents.jsonl", "give the folder"),
        (("rules", "--rules", "single.toml"), "single.toml", "write [[rule]] with double"),
        (("run", "no_such_folder_" + 60 * "x", "-o", "out"), 60 * "x", "give a file, a folder"),
    ],
    ids=[
        "run-missing",
        "run-empty-folder",
        "run-empty-glob",
        "explain-missing",
        "restore-missing",
        "restore-empty",
        "report-missing",
        "eval-missing",
        "rules-missing",
        "settings-missing",
        "unknown-label",
        "unknown-stage",
        "out-is-a-file",
        "out-below-a-file",
        "out-cannot-be-made",
        "markup-in-a-name",
        "markup-in-a-cure",
        "long-name",
    ],
)
def test_what_the_user_can_mend_is_one_line_with_place_and_cure(
    cleaner_command: Command, tmp_path: Path, arguments: tuple[str, ...], place: str, cure: str
) -> None:
    page(tmp_path, "a.txt", ARTICLE)
    page(tmp_path, "single.toml", "[rule]\nid = 'a.b'")
    (tmp_path / "empty").mkdir()

    ran = cleaner_command(*arguments)

    assert (2, "", 1) == (ran.code, ran.out, len(ran.err.splitlines())), ran.err
    assert ran.err.startswith("error: ")
    assert place in ran.err
    assert cure in ran.err


def test_a_wrong_run_leaves_no_folder_behind(cleaner_command: Command, tmp_path: Path) -> None:
    cleaner_command("run", "no_such_folder", "-o", "out")

    assert [] == names(tmp_path)


@pytest.fixture
def partly_failed(cleaner_command: Command, tmp_path: Path) -> tuple[int, Path]:
    """The exit status and the folder of a run of which one document of three failed."""
    page(tmp_path, "crawl.jsonl", f'{{"id": "a", "text": "{ARTICLE}"}}\n{{"id": \n')
    page(tmp_path, "z.txt", ARTICLE)
    return cleaner_command("run", "crawl.jsonl", "z.txt", "-o", "out").code, tmp_path / "out"


def test_failed_documents_end_the_run_with_1(partly_failed: tuple[int, Path]) -> None:
    assert 1 == partly_failed[0]


def test_failed_documents_are_named_with_their_position(partly_failed: tuple[int, Path]) -> None:
    [row] = rows(partly_failed[1] / "failed.jsonl")

    assert ["source", "error", "message"] == list(row)
    assert ("crawl.jsonl:2", "SourceError") == (row["source"], row["error"])


def test_the_rest_of_a_partly_failed_run_is_written(partly_failed: tuple[int, Path]) -> None:
    found = rows(partly_failed[1] / "documents.jsonl")

    assert [("a", ARTICLE), ("z.txt", ARTICLE)] == [(row["id"], row["text"]) for row in found]


def test_a_failed_run_does_not_leave_failures_of_an_earlier_one(
    cleaner_command: Command, partly_failed: tuple[int, Path]
) -> None:
    cleaner_command("run", "z.txt", "-o", "out")

    assert [] == rows(partly_failed[1] / "failed.jsonl")


@pytest.mark.parametrize(
    "name",
    ["a b.txt", "ü.txt", "[/red].txt", "tief/er/a.txt", b"caf\xe9.txt", "a\nb.txt", "-.txt"],
    ids=["space", "umlaut", "markup", "folders", "not-utf8", "line-feed", "dash"],
)
def test_any_file_name_is_cleaned(
    cleaner_command: Command, tmp_path: Path, name: str | bytes
) -> None:
    page(tmp_path / "in", os.fsdecode(name), ARTICLE)

    ran = cleaner_command("run", "in", "-o", "out")

    assert (0, [ARTICLE]) == (
        ran.code,
        [row["text"] for row in rows(tmp_path / "out" / "documents.jsonl")],
    )


BAD_INPUT = {
    "empty": b"",
    "white-space": b" \r\n\t\n",
    "null": f"{ARTICLE}\0\n".encode(),
    "utf-16": ARTICLE.encode("utf-16"),
    "latin-1": ARTICLE.encode("latin-1"),
    "not-utf8": b"\xff\xfe\xfa" + ARTICLE.encode() + b"\xc3",
    "byte-order-mark": b"\xef\xbb\xbf" + ARTICLE.encode(),
    "line-ends": ARTICLE.replace(" ", "\r").encode() + b"\r\n\x0b\x0c\xe2\x80\xa8",
    "one-long-line": b"x" * 3_000_000,
    "surrogates-in-utf8": b"\xed\xa0\x80" + ARTICLE.encode(),
}


@pytest.mark.parametrize("raw", BAD_INPUT.values(), ids=BAD_INPUT)
def test_any_bytes_are_cleaned_and_accounted_for(
    cleaner_command: Command, tmp_path: Path, raw: bytes
) -> None:
    page(tmp_path, "a.txt", raw)

    codes = [
        cleaner_command(*line).code for line in (("run", "a.txt", "-o", "o"), ("restore", "o"))
    ]

    assert [0, 0] == codes
    assert 1 == len(rows(tmp_path / "o" / "documents.jsonl"))


def test_documents_of_one_name_are_all_restored(cleaner_command: Command, tmp_path: Path) -> None:
    for folder in "ab":
        page(tmp_path, f"{folder}/x.txt", f"{ARTICLE}\nAus Ordner {folder}")
    cleaner_command("run", "a", "b", "-o", "out")

    ran = cleaner_command("restore", "out", "-o", "sources")

    expected = {(tmp_path / folder / "x.txt").read_bytes() for folder in "ab"}
    assert 0 == ran.code
    assert expected == {path.read_bytes() for path in (tmp_path / "sources").iterdir()}


def test_documents_of_one_name_in_different_shards_are_all_restored(
    cleaner_command: Command, tmp_path: Path
) -> None:
    rows = [json.dumps({"id": "a", "text": f"{ARTICLE} {n}"}) for n in range(SHARD_DOCUMENTS + 1)]
    page(tmp_path, "crawl.jsonl", "\n".join(rows))
    cleaner_command("run", "crawl.jsonl", "-o", "out")

    cleaner_command("restore", "out", "-o", "sources")

    restored = {path.read_text(encoding="utf-8") for path in (tmp_path / "sources").iterdir()}
    assert {json.loads(row)["text"] for row in rows} == restored


@pytest.mark.parametrize("workers", [(), ("--workers", "1")], ids=["here", "worker"])
def test_a_run_with_limits_and_shards_apart(
    cleaner_command: Command, tmp_path: Path, workers: tuple[str, ...]
) -> None:
    page(tmp_path, "a.txt", ARTICLE)

    flags = ("--split", "--timeout", "60", "--memory", "2000", *workers)
    ran = cleaner_command("run", "a.txt", "-o", "out", *flags)

    assert 0 == ran.code
    assert ["documents", "failed", "removed", "run.json"] == names(tmp_path / "out")
    assert 0 == cleaner_command("restore", "out").code


@pytest.mark.parametrize(
    ("flags", "name"),
    [
        (("--to", "parquet"), "documents.parquet"),
        (("--compress", "gz"), "documents.jsonl.gz"),
        (("--to", "jsonl", "--compress", "zst", "--split"), "documents/000000.jsonl.zst"),
    ],
    ids=["parquet", "gz", "zst"],
)
def test_rows_in_other_formats_restore_the_sources(
    cleaner_command: Command, tmp_path: Path, flags: tuple[str, ...], name: str
) -> None:
    page(tmp_path, "a.txt", ARTICLE)

    codes = [cleaner_command("run", "a.txt", "-o", "out", *flags).code]
    codes += [cleaner_command("restore", "out").code]

    assert [0, 0] == codes
    assert (tmp_path / "out" / name).is_file()


def test_parquet_is_not_packed_once_more(cleaner_command: Command, tmp_path: Path) -> None:
    page(tmp_path, "a.txt", ARTICLE)

    ran = cleaner_command("run", "a.txt", "-o", "out", "--to", "parquet", "--compress", "gz")

    assert (2, "error: --to parquet --compress gz: parquet is packed by itself\n") == (
        ran.code,
        ran.err,
    )


def test_unfinished_work_of_another_run_is_refused_until_it_is_given_up(
    cleaner_command: Command, tmp_path: Path
) -> None:
    page(tmp_path, "a.txt", ARTICLE)
    page(tmp_path, "out/.run/plan.json", '{"version": "0.0.1"}')
    page(tmp_path, "out/.run/000000/shard.json", "{}")

    refused = cleaner_command("run", "a.txt", "-o", "out")
    done = cleaner_command("run", "a.txt", "-o", "out", "--fresh")

    assert (2, 1) == (refused.code, len(refused.err.splitlines()))
    assert 'version was "0.0.1", is "' in refused.err
    assert "--fresh" in refused.err
    assert (0, OUTPUT) == (done.code, names(tmp_path / "out"))


def test_a_run_into_its_own_source_folder_reads_no_results(
    cleaner_command: Command, tmp_path: Path
) -> None:
    page(tmp_path, "a.txt", ARTICLE)

    codes = [cleaner_command("run", ".", "-o", "out").code for _ in range(2)]

    assert [0, 0] == codes
    assert ["a.txt"] == [row["id"] for row in rows(tmp_path / "out" / "documents.jsonl")]


def test_eval_prints_scores_beside_doing_nothing(
    cleaner_command: Command, seeds_folder: Path
) -> None:
    ran = cleaner_command("eval", seeds_folder / "seeds.gold.jsonl")

    assert (0, "") == (ran.code, ran.err)
    assert [] == [
        word
        for word in ("precision", "recall", "cleaner", "doing nothing", "5 pages", "ticker")
        if word not in ran.out
    ]


def test_eval_prints_json_for_programs(cleaner_command: Command, seeds_folder: Path) -> None:
    ran = cleaner_command("eval", seeds_folder / "seeds.gold.jsonl", "--json")

    summary = json.loads(ran.out)
    assert {"precision", "recall", "micro", "macro", "removed", "nothing"} <= summary.keys()
    assert summary["nothing"]["micro"] < summary["micro"]


def test_eval_breaks_down_and_writes_the_worst_pages(
    cleaner_command: Command, seeds_folder: Path, tmp_path: Path
) -> None:
    gold = seeds_folder / "seeds.gold.jsonl"

    ran = cleaner_command("eval", gold, "--by", "lang", "--output", "scores")

    assert (0, "") == (ran.code, ran.err)
    assert "by lang" in ran.out
    assert ["scores.json", "worst.md"] == names(tmp_path / "scores")
    [scores] = json.loads((tmp_path / "scores" / "scores.json").read_text(encoding="utf-8"))
    assert (str(gold), ["de"]) == (scores["gold"], list(scores["groups"]))


@dataclass(frozen=True)
class Fit:
    """What a stand-in that fits nothing was asked to fit."""

    pages: list[str]
    pipeline: cleaner.Pipeline
    options: Any
    foreign: dict[str, list[str]]


@pytest.fixture
def fitted(monkeypatch: pytest.MonkeyPatch) -> list[Fit]:
    """What was fitted, by a stand-in that gives the built-in weights."""
    seen: list[Fit] = []

    def fit(
        pages: Sequence[GoldPage],
        pipeline: cleaner.Pipeline,
        *,
        options: Any,
        foreign: Any,
        **_: Any,
    ) -> Weights:
        seen.append(Fit([page.id for page in pages], pipeline, options, dict(foreign)))
        return builtin_weights()

    monkeypatch.setattr("cleaner.fit.fit", fit)
    return seen


def gold_page(number: int, labels: Iterable[str] = LABELS) -> str:
    """A row of gold with a line of each of these labels."""
    lines = [{"text": f"{ARTICLE} {number} {label}", "label": label} for label in labels]
    row = {"id": f"{number}", "url": f"https://site{number}.example/", "lines": lines}
    return json.dumps(row)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A gold file of twenty pages, each with every label."""
    return page(tmp_path, "gold.jsonl", "\n".join(map(gold_page, range(20))))


def test_eval_cross_validates(cleaner_command: Command, gold: Path, fitted: list[Fit]) -> None:
    ran = cleaner_command("eval", gold, "--folds", "5", "--group", "site", "--json")

    assert (0, [f"fold {n} of 5" for n in range(1, 6)]) == (ran.code, ran.err.splitlines())
    assert "5 folds by site" == json.loads(ran.out)["folds"]
    assert [16] * 5 == [len(fit.pages) for fit in fitted]
    assert 5 == len({tuple(fit.pages) for fit in fitted})


def test_folds_are_fitted_as_the_flags_say(
    cleaner_command: Command, tmp_path: Path, gold: Path, fitted: list[Fit]
) -> None:
    page(tmp_path, "fr.txt", "Le train est parti.\n\n Il pleut. \n")

    cleaner_command(
        *("eval", gold, "--folds", "2", "--worst", "0"),
        *("--foreign", "fr.txt", "--seed", "3", "--epochs", "7", "--without", "repeats"),
    )

    assert [({"fr": ["Le train est parti.", "Il pleut."]}, 3, 7, {"repeats"})] * 2 == [
        (fit.foreign, fit.options.seed, fit.options.epochs, fit.pipeline.settings.without)
        for fit in fitted
    ]
    assert [(True, False)] * 2 == [(fit.options.calibrate, fit.options.score) for fit in fitted]


def sentences(folder: Path) -> Path:
    """A folder of sentences in two languages."""
    page(folder, "languages/en.txt", "The evening train from the city came at eight o'clock.\n" * 7)
    page(folder, "languages/ru.txt", "Вечерний поезд из города прибыл в восемь часов.\n" * 7)
    page(folder, "languages/README.txt", "Where the sentences are from.\n")
    return folder / "languages"


def test_eval_tells_how_well_languages_are_told_apart(
    cleaner_command: Command, seeds_folder: Path, tmp_path: Path
) -> None:
    gold, folder = seeds_folder / "seeds.gold.jsonl", sentences(tmp_path)

    shown = cleaner_command("eval", gold, "--languages", folder)
    told = json.loads(cleaner_command("eval", gold, "--languages", folder, "--json").out)

    assert (0, "") == (shown.code, shown.err)
    assert "py3langid: names the language of 14 of 14 sentences" in shown.out
    assert told["named"] == {"en": {"en": 7}, "ru": {"ru": 7}}


@pytest.mark.parametrize("flags", [("--folds", "2"), ()], ids=["folds", "no-sentences"])
def test_eval_refuses_what_languages_cannot_be_told_apart_by(
    cleaner_command: Command, seeds_folder: Path, tmp_path: Path, flags: tuple[str, ...]
) -> None:
    folder = sentences(tmp_path) if flags else tmp_path

    ran = cleaner_command("eval", seeds_folder / "seeds.gold.jsonl", "--languages", folder, *flags)

    assert (2, "") == (ran.code, ran.out)
    assert ("--languages" if flags else "LANG.txt") in ran.err


def test_eval_refuses_more_folds_than_pages(
    cleaner_command: Command, seeds_folder: Path, fitted: list[Fit]
) -> None:
    ran = cleaner_command("eval", seeds_folder / "seeds.gold.jsonl", "--folds", "6")

    assert (2, "", []) == (ran.code, ran.out, fitted)
    assert "6 folds of 5 pages" in ran.err


def test_every_fold_is_checked_before_the_first_is_fitted(
    cleaner_command: Command, tmp_path: Path, fitted: list[Fit]
) -> None:
    """Only page 7 has spam, so that one fold in twenty cannot be fitted; hardly the first."""
    rows = [
        gold_page(n, LABELS if n == 7 else [x for x in LABELS if x != "spam"]) for n in range(20)
    ]
    page(tmp_path, "gold.jsonl", "\n".join(rows))

    ran = cleaner_command("eval", "gold.jsonl", "--folds", "20")

    assert (2, "", [], 1) == (ran.code, ran.out, fitted, len(ran.err.splitlines()))
    [number] = re.findall(r"^error: fold (\d+) of 20: outside it", ran.err)
    assert int(number) > 1
    assert "no line is labelled spam" in ran.err
    assert "add pages with such lines, or take more folds" in ran.err


def test_too_small_folds_are_refused(
    cleaner_command: Command, tmp_path: Path, fitted: list[Fit]
) -> None:
    page(tmp_path, "gold.jsonl", "\n".join(map(gold_page, range(12))))

    ran = cleaner_command("eval", "gold.jsonl", "--folds", "2")

    assert (2, "", []) == (ran.code, ran.out, fitted)
    assert "fold 1 of 2: outside it 6 pages are too few to fit; label at least 10" in ran.err
    assert "or take more folds" in ran.err


@pytest.mark.parametrize(
    "flags",
    [
        ("--seed", "0"),
        ("--epochs", "3"),
        ("--foreign", "fr.txt"),
        ("--group", "site"),
        ("--seed", "1", "--epochs", "3"),
    ],
    ids=" ".join,
)
def test_flags_that_only_folds_heed_are_refused_without(
    cleaner_command: Command, gold: Path, flags: tuple[str, ...]
) -> None:
    ran = cleaner_command("eval", gold, *flags)

    assert (2, "", 1) == (ran.code, ran.out, len(ran.err.splitlines()))
    assert [] == [flag for flag in flags[::2] if flag not in ran.err]
    assert "add --folds, or leave out" in ran.err


@pytest.mark.parametrize("again", ["gold.jsonl", "./gold.jsonl", "link.jsonl"])
@pytest.mark.parametrize("flags", [(), ("--folds", "2")], ids=["once", "folds"])
def test_eval_refuses_a_file_given_twice(
    cleaner_command: Command, gold: Path, again: str, flags: tuple[str, ...]
) -> None:
    (gold.parent / "link.jsonl").symlink_to(gold)

    ran = cleaner_command("eval", "gold.jsonl", again, *flags)

    assert (2, "", 1) == (ran.code, ran.out, len(ran.err.splitlines()))
    assert f"{Path(again)}: is given twice" in ran.err


@pytest.mark.parametrize(
    "text",
    ["", '{"id": "a", "lines": []}', '{"id": "a", "lines": [{"text": "Ja", "label": null}]}'],
    ids=["empty", "no-lines", "no-label"],
)
@pytest.mark.parametrize("flags", [(), ("--folds", "2")], ids=["once", "folds"])
def test_eval_refuses_gold_that_says_nothing(
    cleaner_command: Command, gold: Path, text: str, flags: tuple[str, ...]
) -> None:
    page(gold.parent, "empty.jsonl", text)

    ran = cleaner_command("eval", "gold.jsonl", "empty.jsonl", *flags)

    assert (2, "", 1) == (ran.code, ran.out, len(ran.err.splitlines()))
    assert "empty.jsonl: no labelled line with text; a row is" in ran.err


@pytest.mark.parametrize("place", ["gold.jsonl", "gold.jsonl/out", "/proc/cleaner", "/proc"])
@pytest.mark.parametrize("verb", ["eval", "train"])
def test_a_folder_that_cannot_be_written_is_told_with_the_cure_before_the_work(
    cleaner_command: Command, gold: Path, fitted: list[Fit], verb: str, place: str
) -> None:
    ran = cleaner_command(verb, gold, "-o", place)

    assert (2, "", [], 1) == (ran.code, ran.out, fitted, len(ran.err.splitlines()))
    assert f"error: --output {place}: no folder to write into (" in ran.err
    assert "name one that is not there yet" in ran.err
    assert ["gold.jsonl"] == names(gold.parent)


def test_eval_refuses_weights_that_folds_would_not_use(
    cleaner_command: Command, seeds_folder: Path, fitted: list[Fit]
) -> None:
    gold = seeds_folder / "seeds.gold.jsonl"

    ran = cleaner_command("eval", gold, "--folds", "5", "--weights", "mine")

    assert (2, []) == (ran.code, fitted)
    assert "leave out one of both" in ran.err


def test_eval_of_a_bad_row_names_file_and_line(cleaner_command: Command, tmp_path: Path) -> None:
    page(tmp_path, "gold.jsonl", "[]\n")

    ran = cleaner_command("eval", "gold.jsonl")

    assert (2, 1) == (ran.code, len(ran.err.splitlines()))
    assert "gold.jsonl:1" in ran.err


def test_rules_are_listed_with_their_whole_ids(cleaner_command: Command) -> None:
    ran = cleaner_command("rules")

    words = set(ran.out.split())
    assert 0 == ran.code
    assert [] == [rule.id for rule in builtin_rules().rules if rule.id not in words]


def test_builtin_examples_are_run(cleaner_command: Command) -> None:
    ran = cleaner_command("rules", "--check")

    assert (0, "") == (ran.code, ran.out)
    assert f"{len(builtin_rules().rules):,} rules, " in ran.err
    assert " 0 failing" in ran.err


def test_failing_examples_end_with_1_and_are_named(
    cleaner_command: Command, tmp_path: Path
) -> None:
    page(
        tmp_path,
        "mine.toml",
        "[[rule]]\nid = 'spam.mine'\nlabel = 'spam'\nweight = 1.0\npattern = '^Kaufen'\n"
        "reason = 'mine'\nhit = ['Nein [/b]']\nmiss = ['Kaufen [b]']\n",
    )

    ran = cleaner_command("rules", "--check", "--rules", "mine.toml")

    said = " ".join(ran.err.split())
    assert 1 == ran.code
    assert "rule 'spam.mine': hit example 'Nein [/b]' does not match" in said
    assert "rule 'spam.mine': miss example 'Kaufen [b]' matches" in said


def test_schema_is_json_schema_of_each_file(cleaner_command: Command) -> None:
    ran = cleaner_command("schema")

    schemas = json.loads(ran.out)
    assert (0, "") == (ran.code, ran.err)
    assert schemas["documents.jsonl"]["properties"].keys() == DOCUMENT_FIELDS | LEDGER_FIELDS


def test_a_report_is_written_beside_the_run(
    cleaner_command: Command, tmp_path: Path, seeds_folder: Path
) -> None:
    cleaner_command("run", seeds_folder, "-o", "out")

    ran = cleaner_command("report", "out")

    assert (0, "") == (ran.code, ran.out)
    assert (tmp_path / "out" / "report" / "index.html").is_file()


def test_settings_lie_in_the_folder_one_works_in(cleaner_command: Command, tmp_path: Path) -> None:
    page(tmp_path, "cleaner.toml", "keep_source = true\n")
    page(tmp_path, "a.txt", ARTICLE)

    cleaner_command("run", "a.txt", "-o", "out")

    assert [ARTICLE] == [row["source_text"] for row in rows(tmp_path / "out" / "documents.jsonl")]


def test_flags_win_over_the_settings_file(
    cleaner_command: Command, tmp_path: Path, seeds_folder: Path
) -> None:
    settings = page(tmp_path, "mine.toml", 'keep = ["ticker"]\n')

    cleaner_command(
        "run", seeds_folder / SEED, "-o", "out", "--settings", settings, "--keep", "spam"
    )

    [row] = rows(tmp_path / "out" / "documents.jsonl")
    assert {"spam"} == {label for _, _, label in row["kept"]}


def test_comments_are_listed_on_demand(
    cleaner_command: Command, tmp_path: Path, seeds_folder: Path
) -> None:
    cleaner_command("run", seeds_folder / "004_d389304084a65964.txt", "-o", "out", "--comments")

    [row] = rows(tmp_path / "out" / "documents.jsonl")
    assert "Zi diesen Spinnern passt Putin gut dazu" in row["comments"]
    assert row["comments"] == [comment["text"] for comment in row["comment_rows"]]


@pytest.mark.parametrize(
    ("flags", "link"), [((), "zum Bahnhof"), (("--links",), "[zum Bahnhof](https://example.org/b)")]
)
def test_markdown_is_written_on_demand(
    cleaner_command: Command, tmp_path: Path, flags: tuple[str, ...], link: str
) -> None:
    way = '<p>Es geht über die Brücke und <a href="https://example.org/b">zum Bahnhof</a>.'
    file = page(tmp_path, "a.html", f"<h1>Der lange Weg</h1><p>{ARTICLE}</p>{way}")

    cleaner_command("run", file, "-o", "out", "--format", "markdown", *flags)

    [row] = rows(tmp_path / "out" / "documents.jsonl")
    assert f"{ARTICLE}\n\nEs geht über die Brücke und {link}." in row["markdown"]


def test_a_reader_that_stops_listening_is_no_error(seeds_folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "cleaner", "explain", str(seeds_folder / SEED)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        said = running.stderr.read()

    assert b"" == said


def test_help_loads_no_large_library() -> None:
    program_text = (
        "import sys\nimport cleaner.cli\n"
        "print(*(m for m in ('numpy', 'pydantic', 'trafilatura', 're2') if m in sys.modules))"
    )

    loaded = subprocess.run([sys.executable, "-c", program_text], capture_output=True, check=True)

    assert b"" == loaded.stdout.strip()


@pytest.mark.parametrize(
    ("flags", "variable", "preset"),
    [
        ((), "", "balanced"),
        (("--preset", "off"), "", "off"),
        ((), "off", "off"),
        (("--preset", "strict"), "off", "strict"),
    ],
    ids=["usual", "flag", "variable", "flag-over-variable"],
)
def test_a_preset_is_a_flag_or_a_variable(
    cleaner_command: Command,
    monkeypatch: pytest.MonkeyPatch,
    flags: Sequence[str],
    variable: str,
    preset: str,
) -> None:
    monkeypatch.setenv("CLEANER_PRESET", variable)

    cleaner_command("run", ROOT / "seeds" / SEED, "-o", "out", *flags)

    run = json.loads(Path("out/run.json").read_text(encoding="utf-8"))
    assert preset == run["settings"]["preset"]
    assert (preset == "off") == (not rows(Path("out/removed.jsonl")))


def test_a_variable_names_the_file_of_settings(
    cleaner_command: Command, monkeypatch: pytest.MonkeyPatch, seeds_folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('preset = "off"', encoding="utf-8")
    monkeypatch.setenv("CLEANER_SETTINGS", str(file))

    cleaner_command("run", seeds_folder / SEED, "-o", "out")

    assert [] == rows(Path("out/removed.jsonl"))
