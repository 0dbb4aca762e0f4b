from __future__ import annotations

import pytest

from cleaner.repeats.sites import Site, site_of
from cleaner.text.segment import segment


@pytest.mark.parametrize(
    ("url", "path", "expected"),
    [
        ("https://www.Example.org:443/a", "pages/a.txt", Site("host", "example.org")),
        ("http://news.example.org/a", None, Site("host", "news.example.org")),
        (None, "crawl/example/a.txt", Site("folder", "crawl/example")),
        ("/a", "s3://bucket/crawl/rows.jsonl", Site("folder", "s3://bucket/crawl")),
        (None, "a.txt", Site("corpus", "")),
        (None, None, Site("corpus", "")),
    ],
    ids=["host", "other-host", "folder", "no-host", "no-folder", "nothing"],
)
def test_a_site_is_a_host_or_else_a_folder_or_else_all(
    url: str | None, path: str | None, expected: Site
) -> None:
    assert expected == site_of(segment("Text", url=url, path=path))


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        (Site("host", "example.org"), "of example.org"),
        (Site("folder", "crawl/example"), "in crawl/example"),
        (Site("corpus", ""), "counted"),
    ],
)
def test_a_site_is_told_as_a_person_says_it(site: Site, expected: str) -> None:
    assert expected == site.told


def test_a_folder_named_like_a_host_is_another_site() -> None:
    assert Site("host", "example.org").key_text != Site("folder", "example.org").key_text
