from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from cleaner.errors import CountsError, SettingsError
from cleaner.model import Document
from cleaner.repeats.counting import count
from cleaner.repeats.counts import Counts
from cleaner.repeats.parts import tallies_of
from cleaner.repeats.tally import WHOLE_PAGE, Tally, tally
from tests.repeats.sites import counted, page

MENU, AGENCY = (
    "Startseite und Menü",
    "Der Minister sagte der Agentur, man werde den Vertrag prüfen.",
)
PAGES = [
    page([MENU, f"Ein Text, wie ihn nur Seite {'abcdefgh'[i]} hat.", MENU], "one.example", i)
    for i in range(6)
] + [
    page(["Home", AGENCY], "two.example", 1),
    page(["Home", AGENCY], "two.example", 2),
    page(["Home", "Nothing else"], "two.example", 3),
    page([AGENCY], "three.example", 1),
]


def seen(counts: Counts, document: Document) -> tuple[int, list[int], list[int]]:
    """What was counted of a page."""
    found = counts.of(document)
    assert found is not None
    return found.documents, found.on.tolist(), found.sites.tolist()


def test_a_line_counts_once_a_page_and_for_its_site(tmp_path: Path) -> None:
    counts = counted(tmp_path / "a.counts", PAGES)

    assert (6, [6, 1, 6], [1, 1, 1]) == seen(counts, PAGES[0])
    assert (3, [3, 2], [1, 2]) == seen(counts, PAGES[6])


def test_lines_on_few_pages_are_left_out_but_sites_that_have_them_count(tmp_path: Path) -> None:
    counts = counted(tmp_path / "a.counts", PAGES, least=2)

    assert (6, [6, 0, 6], [1, 0, 1]) == seen(counts, PAGES[0])
    assert (3, [3, 2], [1, 2]) == seen(counts, PAGES[6])
    assert counts.of(PAGES[9]) is None


def test_a_page_that_was_not_counted_is_told_of_by_its_site(tmp_path: Path) -> None:
    counts = counted(tmp_path / "a.counts", PAGES)

    assert (6, [0, 6, 0], [0, 1, 0]) == seen(counts, page(["Neues", MENU, "***"], "one.example"))
    assert counts.of(page([MENU], "four.example")) is None


def test_a_site_without_lines_that_recur_has_zeros(tmp_path: Path) -> None:
    alone = [page([f"Seite {letter}"], number=i) for i, letter in enumerate("abc")]

    assert (3, [0], [0]) == seen(counted(tmp_path / "a.counts", alone, least=2), alone[0])


def test_nothing_counted_is_a_file_too(tmp_path: Path) -> None:
    assert counted(tmp_path / "a.counts", []).of(PAGES[0]) is None


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_pages_makes_no_difference(tmp_path: Path, seed: int) -> None:
    shuffled = [PAGES[i] for i in np.random.default_rng(seed).permutation(len(PAGES))]
    counted(tmp_path / "a.counts", PAGES, least=2)

    counted(tmp_path / "b.counts", shuffled, least=2)

    assert (tmp_path / "a.counts").read_bytes() == (tmp_path / "b.counts").read_bytes()


@pytest.mark.parametrize("cut", [0, 3, 8], ids=["one-empty", "within-a-site", "between-sites"])
def test_parts_add_up_to_the_whole(tmp_path: Path, cut: int) -> None:
    counted(tmp_path / "all.counts", PAGES, least=2)
    parts = [tmp_path / "a.counts", tmp_path / "b.counts"]
    for part, pages in zip(parts, (PAGES[cut:], PAGES[:cut]), strict=True):
        counted(part, pages)

    count((x for part in parts for x in tallies_of(part)), tmp_path / "sum.counts", least=2)

    assert (tmp_path / "all.counts").read_bytes() == (tmp_path / "sum.counts").read_bytes()


def test_parts_that_leave_lines_out_cannot_be_added_up(tmp_path: Path) -> None:
    counted(tmp_path / "a.counts", PAGES, least=2)

    with pytest.raises(CountsError, match=r"a\.counts: .* count parts with --least 1"):
        list(tallies_of(tmp_path / "a.counts"))


def test_batches_make_no_difference() -> None:
    whole, parts = tally(PAGES), [tally([each]) for each in PAGES]

    assert whole.documents.sum() == sum(part.documents.sum() for part in parts)
    assert 3 == sum(whole.line == WHOLE_PAGE)


MANY, AT_ONCE = 1_200_000, 100_000


def _many() -> Iterator[Tally]:
    """Lines that all differ, but for one that is in each of them."""
    ones = np.ones(AT_ONCE, np.uint64)
    yield Tally(ones[:1], ones[:1] * WHOLE_PAGE, ones[:1] * 12)
    for start in range(0, MANY, AT_ONCE):
        lines = np.arange(start, start + AT_ONCE, dtype=np.uint64) * np.uint64(2**40 + 15) + ones
        lines[0] = 5
        yield Tally(ones, lines, ones)


def test_more_lines_than_memory_holds_are_counted(tmp_path: Path) -> None:
    count(_many(), tmp_path / "a.counts", least=2, memory_mb=32)

    counts = Counts(tmp_path / "a.counts")
    assert ([5], [MANY // AT_ONCE]) == (
        counts.columns["line_keys"].tolist(),
        counts.columns["on"].tolist(),
    )
    assert ["a.counts"] == [file.name for file in tmp_path.iterdir()]


def test_too_little_memory_is_an_error_with_a_cure(tmp_path: Path) -> None:
    with pytest.raises(CountsError, match=r"a\.counts: could not be counted .* --memory"):
        count(_many(), tmp_path / "a.counts", least=1, memory_mb=1)

    assert [] == list(tmp_path.iterdir())


def test_without_duckdb_the_error_names_the_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)

    with pytest.raises(SettingsError, match=r"pip install 'cleaner\[repeats\]'"):
        count([], tmp_path / "a.counts", least=1)
