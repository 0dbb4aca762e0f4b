"""Agency copy that several sites have is their content, as in two of the seeds."""

from __future__ import annotations

from pathlib import Path
from string import ascii_lowercase

import pytest

from cleaner import Pipeline, Settings
from cleaner.model import Document
from tests.conftest import ROOT
from tests.repeats.sites import counted, page

SITES = ("one.example", "two.example", "three.example")
MENU = ("Rathaus", "Vereine", "Wetter")
FOOTER = (
    "Seit 1887 berichtet unser Haus aus Stadt und Land, und es gehört seinen Lesern allein.",
    "So erreichen Sie uns",
)
SEEDS = ("001_c11d820a8b29f7a9", "004_d389304084a65964")


def article(seed: str) -> list[str]:
    """The lines that are kept of a seed."""
    text = (ROOT / "seeds" / f"{seed}.txt").read_text(encoding="utf-8")
    return [line for line in Pipeline().run(text).text.splitlines() if line.strip()]


@pytest.mark.parametrize("copies", [1, 4], ids=["once-a-site", "under-four-addresses"])
@pytest.mark.parametrize("seed", SEEDS)
def test_agency_copy_stays_and_what_is_around_it_goes(
    tmp_path: Path, seed: str, copies: int
) -> None:
    copy = article(seed)
    crawl = [_page(site, copy, i) for site in SITES for i in range(copies)]
    crawl += [_page(s, [f"Bericht {x} aus dem Tal."], 9) for s in SITES for x in ascii_lowercase]
    file = counted(tmp_path / "a.counts", crawl, least=2).file

    record = Pipeline(Settings(repeats=file)).run(crawl[0])

    assert copy == [line for line in record.text.splitlines() if line.strip()]


def _page(site: str, lines: list[str], number: int) -> Document:
    return page([*MENU, *lines, *FOOTER], site, number)
