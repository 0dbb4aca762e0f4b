"""A run's rows counted: what adds up, what is told of it, and what is no run."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from rich.console import Console

from cleaner import Pipeline
from cleaner.engines.local import Options, clean_into
from cleaner.errors import LedgerError
from cleaner.readers import Sources
from cleaner.stats import Stats, counts, gather
from cleaner.stats.tables import as_json, largest, tables
from tests.conftest import Command
from tests.engines import made
from tests.engines.program import SHARD_DOCUMENTS
from tests.engines.program import run as run_in_shards
from tests.engines.test_resume import Cut, cut_at


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, seeds_folder: Path) -> Path:
    """A run over pages of two sites and of none, one row of which is no document."""
    folder = tmp_path_factory.mktemp("stats")
    text = (seeds_folder / "004_d389304084a65964.txt").read_text(encoding="utf-8")
    rows = [
        {"text": text, "url": "https://www.example.org/a"},
        {"text": text, "url": "https://example.org/b"},
        {"text": "Ein Satz, der für sich alleine steht.", "url": "https://example.net/"},
        {"text": "Der Zug kam am Abend in die Stadt."},
        {"id": "nothing"},
    ]
    source = folder / "crawl.jsonl"
    source.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    clean_into(folder / "out", Sources((str(source),)), Pipeline())
    return folder / "out"


@pytest.fixture
def stats(run: Path) -> Stats:
    return gather(run)


def test_all_documents_are_counted(stats: Stats) -> None:
    assert 4 == stats.whole.documents
    assert 4 == stats.before.counts.total() == stats.shares.total()


def test_characters_are_those_of_the_summary(stats: Stats) -> None:
    assert stats.summary["chars"] == {"source": stats.whole.chars, "kept": stats.whole.kept_chars}
    assert {label: each["chars"] for label, each in stats.summary["removed"].items()} == dict(
        stats.whole.removed_chars_of
    )


def test_documents_are_of_the_host_of_their_address_else_of_their_folder(
    stats: Stats, run: Path
) -> None:
    counted = {name: group.documents for name, group in stats.sites.items()}

    assert {"example.org": 2, "example.net": 1, str(run.parent): 1} == counted


def test_groups_add_up_to_the_whole(stats: Stats) -> None:
    for groups in (stats.sites, stats.languages):
        assert stats.whole.chars == sum(group.chars for group in groups.values())
        assert stats.whole.kept_chars == sum(group.kept_chars for group in groups.values())


def test_the_largest_come_first_and_equals_by_name(stats: Stats) -> None:
    first, second = (name for name, _ in largest(stats.sites, 2))

    assert "example.org" == first
    assert min(stats.sites.keys() - {first}) == second


def test_tables_tell_sites_labels_failures_and_hidden_characters_by_name(stats: Stats) -> None:
    stats.sites["evil\u202e.example"] = stats.sites.pop("example.net")

    said = shown(stats)

    assert "4 documents, 1 failed" in said
    assert "example.org" in said
    assert "evil" in said
    assert "\u202e" not in said
    assert "SourceError" in said
    assert all(label in said for label in stats.whole.removed_chars_of)


def shown(stats: Stats) -> str:
    """The tables as they are printed."""
    console = Console(width=200)
    with console.capture() as captured:
        console.print(tables(stats, top=10))
    return captured.get()


def test_json_has_every_site(stats: Stats) -> None:
    told = as_json(stats)

    assert "example.org" == next(iter(told["sites"]))
    assert 4 == sum(each["documents"] for each in told["sites"].values())
    assert told["run"] == stats.summary


@pytest.mark.parametrize(
    "options",
    [Options(split=True), Options(suffix=".jsonl.gz"), Options(suffix=".jsonl.zst")],
    ids=["split", "gz", "zst"],
)
def test_runs_in_any_form_have_the_same_counts(
    stats: Stats, run: Path, tmp_path: Path, options: Options
) -> None:
    clean_into(tmp_path, Sources((str(run.parent / "crawl.jsonl"),)), Pipeline(), options)

    found = gather(tmp_path)

    assert (stats.whole, stats.sites, stats.before) == (found.whole, found.sites, found.before)


def test_an_empty_run_has_tables_too(tmp_path: Path) -> None:
    source = tmp_path / "nothing.jsonl"
    source.touch()
    clean_into(tmp_path / "out", Sources((str(source),)), Pipeline())
    found = gather(tmp_path / "out")

    assert 0 == found.whole.documents == found.before.median
    assert "0 documents" in shown(found)


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"documents\.jsonl: not found; give the folder"):
        gather(tmp_path)


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.zst"])
def test_of_a_run_that_is_not_finished_what_is_finished_is_counted(
    tmp_path: Path, cleaner_command: Command, suffix: str
) -> None:
    source = made.write(tmp_path, made.documents(3 * SHARD_DOCUMENTS))
    with pytest.raises(Cut):
        run_in_shards(tmp_path / "out", source, cut_at(2), suffix=suffix)

    found = gather(tmp_path / "out")
    assert not found.is_finished
    assert not found.lacks
    assert 2 * SHARD_DOCUMENTS == found.whole.documents + found.summary["failed"]
    assert found.summary["chars"]["kept"] == found.whole.kept_chars
    done = cleaner_command("stats", str(tmp_path / "out"))
    assert (0, True) == (done.code, done.out.startswith("not finished"))

    run_in_shards(tmp_path / "out", source, suffix=suffix)
    whole = gather(tmp_path / "out")
    assert whole.is_finished
    assert 3 * SHARD_DOCUMENTS == whole.whole.documents + whole.summary["failed"]


def test_a_run_that_has_finished_nothing_says_so(tmp_path: Path) -> None:
    (tmp_path / ".run").mkdir()

    with pytest.raises(LedgerError, match="has finished nothing yet"):
        gather(tmp_path)


@pytest.mark.parametrize("kind", ["documents", "removed"])
def test_rows_that_are_missing_are_told_and_the_others_counted(
    run: Path, tmp_path: Path, cleaner_command: Command, kind: str
) -> None:
    out = tmp_path / "out"
    shutil.copytree(run, out)
    file = out / f"{kind}.jsonl"
    rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(rows[:-1]), encoding="utf-8")

    done = cleaner_command("stats", str(out))
    assert 1 == done.code
    assert "by site" in done.out
    assert (
        f"{len(rows) - 1:,} rows of {kind}, and by its numbers there are {len(rows):,}" in done.err
    )
    told = json.loads(cleaner_command("stats", str(out), "--json").out)
    assert [True] == [f"rows of {kind}" in lack for lack in told["lacks"]]


def test_a_ledger_that_is_missing_is_told(run: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(run, out)
    (out / "removed.jsonl").unlink()

    [lack] = gather(out).lacks
    assert "removed.jsonl: not found" in lack


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"documents": 1}'])
def test_numbers_that_are_none_are_named(run: Path, tmp_path: Path, text: str) -> None:
    out = tmp_path / "out"
    shutil.copytree(run, out)
    (out / "run.json").write_text(text)

    with pytest.raises(LedgerError, match=r"run\.json: is not what"):
        gather(out)


def test_of_very_many_sites_the_smallest_are_counted_together(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "MOST_SITES", 2)
    row = json.loads((run / "documents.jsonl").read_text(encoding="utf-8").splitlines()[0])
    stats = Stats()
    for host in ["large", "mid", "small-1", "large", "small-2", "mid", "large", "small-3"]:
        stats.add({**row, "url": f"https://{host}.example/"})

    assert {"large.example": 3, "mid.example": 2} == {
        name: stats.sites[name].documents for name in ("large.example", "mid.example")
    }
    assert 2 == stats.other_sites.documents
    assert 8 == stats.other_sites.documents + sum(g.documents for g in stats.sites.values())
    assert stats.whole.chars == stats.other_sites.chars + sum(g.chars for g in stats.sites.values())
    assert "2 documents of smaller sites" in shown(stats)


@pytest.mark.parametrize("row", ["{", "[]", "{}", '{"stats": {"source": {}}}', "7"])
def test_a_row_that_is_none_is_named(run: Path, tmp_path: Path, row: str) -> None:
    first = (run / "documents.jsonl").read_text(encoding="utf-8").splitlines()[0]
    (tmp_path / "documents.jsonl").write_text(f"{first}\n{row}\n", encoding="utf-8")
    (tmp_path / "removed.jsonl").touch()

    with pytest.raises(LedgerError, match=r"row 2 of documents is not what"):
        gather(tmp_path)


def test_the_verb_prints_tables_and_says_where_plots_are_or_why_not(
    cleaner_command: Command, run: Path
) -> None:
    done = cleaner_command("stats", str(run))

    assert 0 == done.code
    assert "by site" in done.out
    assert "plots in" in done.err or "pip install 'cleaner[plots]'" in done.err


def test_json_is_one_object_and_nothing_is_drawn(
    cleaner_command: Command, run: Path, tmp_path: Path
) -> None:
    done = cleaner_command("stats", str(run), "--json", "-o", str(tmp_path))

    assert 4 == json.loads(done.out)["documents"]
    assert [] == list(tmp_path.iterdir())
