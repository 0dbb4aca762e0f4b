"""What `cleaner stats` draws, by the real matplotlib."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from cleaner.stats import Stats
from cleaner.stats.plots import write_plots
from tests.integrations.hosts import needed

needed("matplotlib")

NAMES = {"sites.svg", "labels.svg", "languages.svg", "lengths.svg", "shares.svg"}


def stats(*sites: str) -> Stats:
    """The counts of a document of each site."""
    found = Stats()
    for number, site in enumerate(sites, 1):
        found.add(
            {
                "url": f"https://{site}/",
                "source": {"url": None, "path": None},
                "language": "de",
                "flags": [],
                "stats": {
                    "source": {"chars": 1000 * number},
                    "kept": {"chars": 600 * number},
                    "removed": {"ticker": {"chars": 400 * number}},
                },
            }
        )
    return found


def test_every_picture_is_a_whole_svg(tmp_path: Path) -> None:
    written = write_plots(stats("example.org", "example.net"), tmp_path / "plots")

    assert {file.name for file in written} == NAMES
    for file in written:
        assert ET.parse(file).getroot().tag.endswith("svg")  # noqa: S314  # our own


def test_the_same_counts_are_the_same_bytes(tmp_path: Path) -> None:
    one, two = (write_plots(stats("example.org"), tmp_path / name) for name in ("a", "b"))

    assert [file.read_bytes() for file in one] == [file.read_bytes() for file in two]


@pytest.mark.parametrize("name", ["$\\frac$", "a$b$c", "evil\u202e.example", "x" * 500, "新聞.jp"])
def test_names_from_pages_are_only_text(tmp_path: Path, name: str) -> None:
    found = stats("example.org")
    found.sites[name] = found.sites.pop("example.org")

    assert len(NAMES) == len(write_plots(found, tmp_path))


def test_a_run_without_documents_has_no_pictures(tmp_path: Path) -> None:
    assert [] == write_plots(Stats(), tmp_path)


def test_a_document_without_characters_can_be_drawn(tmp_path: Path) -> None:
    found = stats()
    found.add(
        {
            "url": None,
            "source": {"url": None, "path": None},
            "language": None,
            "flags": [],
            "stats": {"source": {"chars": 0}, "kept": {"chars": 0}, "removed": {}},
        }
    )

    assert len(NAMES) == len(write_plots(found, tmp_path))
