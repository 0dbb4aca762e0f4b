from __future__ import annotations

import json
from pathlib import Path
from string import ascii_lowercase

import pytest

from tests.conftest import Command, rows

MENU = ("Rathaus", "Vereine", "Wetter", "Anzeigen", "Trauer", "Kirche", "Verkehr", "Jobs")
TEXT = "Der Zug {} kam um acht Uhr an, und niemand stieg aus, obwohl der Bahnhof offen war."
NOTICE = "Seit 1887 berichtet unser Haus aus Stadt und Land, und es gehört seinen Lesern allein."


def _article(name: str) -> list[str]:
    return [f"Bahnhof {name}", *(f"{TEXT.format(name)} {name * n}" for n in range(1, 6))]


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    """Pages of a site, one a row and one of them as HTML."""
    made = [
        {
            "url": f"https://example.org/{i}",
            "text": "\n".join([*MENU, *_article(x), NOTICE]),
        }
        for i, x in enumerate(ascii_lowercase)
    ]
    page = "".join(f"<p>{line}</p>" for line in (*MENU, *_article("ß"), NOTICE))
    made.append({"url": "https://www.example.org/page", "html": f"<body>{page}</body>"})
    file = tmp_path / "crawl.jsonl"
    file.write_text("".join(f"{json.dumps(row)}\n" for row in made), encoding="utf-8")
    return file


def test_lines_of_a_crawl_are_counted_and_heard(cleaner_command: Command, crawl: Path) -> None:
    ran = cleaner_command("repeats", crawl, "-o", "made/site.counts")
    cleaner_command("run", crawl, "-o", "out", "--repeats", "made/site.counts")

    assert (0, "9 lines on 3 or more pages of their site, in made/site.counts (sites: 1)\n") == (
        ran.code,
        ran.err,
    )
    reasons = {
        voice["reason"]
        for row in rows(Path("out/removed.jsonl"))
        for voice in row["evidence"]
        if voice["rule"] == "repeats.site"
    }
    assert {"stands on 27 of 27 pages of example.org"} == reasons


def test_counts_are_told_by_their_hash(cleaner_command: Command, crawl: Path) -> None:
    cleaner_command("repeats", crawl, "-o", "site.counts")
    cleaner_command("run", crawl, "-o", "out", "--repeats", "site.counts")

    run = json.loads(Path("out/run.json").read_text(encoding="utf-8"))
    header = json.loads(Path("site.counts").read_bytes()[:256])
    assert header["sha256"] == run["repeats_sha256"]


@pytest.mark.parametrize("flags", [[], ["--repeats", "site.counts", "--without", "repeats"]])
def test_without_counts_nothing_is_changed(
    cleaner_command: Command, crawl: Path, flags: list[str]
) -> None:
    without = flags[2:]
    cleaner_command("repeats", crawl, "-o", "site.counts")
    cleaner_command("run", crawl, "-o", "before", *without)

    cleaner_command("run", crawl, "-o", "after", *flags)

    for name in ("documents.jsonl", "removed.jsonl"):
        assert Path("before", name).read_bytes() == Path("after", name).read_bytes()


def test_counts_of_parts_are_added_up(cleaner_command: Command, crawl: Path) -> None:
    lines = crawl.read_text(encoding="utf-8").splitlines(keepends=True)
    for name, part in (("a", lines[:5]), ("b", lines[5:])):
        Path(f"{name}.jsonl").write_text("".join(part), encoding="utf-8")
    cleaner_command("repeats", crawl, "-o", "all.counts")

    cleaner_command("repeats", "a.jsonl", "-o", "a.counts", "--least", "1")
    cleaner_command("repeats", "b.jsonl", "a.counts", "-o", "sum.counts")

    assert Path("all.counts").read_bytes() == Path("sum.counts").read_bytes()


def test_explain_tells_on_how_many_pages_a_line_stands(
    cleaner_command: Command, crawl: Path
) -> None:
    cleaner_command("repeats", crawl, "-o", "site.counts")

    ran = cleaner_command("explain", crawl, "--repeats", "site.counts")

    assert "stands on 27 of 27 pages of example.org" in " ".join(ran.out.split())


def test_counts_of_the_settings_need_not_be_there_to_be_counted(
    cleaner_command: Command, crawl: Path
) -> None:
    Path("cleaner.toml").write_text('repeats = "site.counts"', encoding="utf-8")

    assert 1 == cleaner_command("run", crawl, "-o", "out").code // 2
    assert 0 == cleaner_command("repeats", crawl, "-o", "site.counts").code
    assert 0 == cleaner_command("run", crawl, "-o", "out").code


def test_what_cannot_be_read_is_told_and_the_rest_counted(
    cleaner_command: Command, crawl: Path
) -> None:
    with crawl.open("a", encoding="utf-8") as file:
        file.write("{no json}\n")

    ran = cleaner_command("repeats", crawl, "-o", "site.counts")

    assert 1 == ran.code
    assert "crawl.jsonl:28: no valid JSON" in ran.err
    assert Path("site.counts").exists()
