from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from cleaner.errors import SettingsError
from tests.integrations.hosts import ROWS, expected, needed, told

needed("scrapy")

import scrapy  # noqa: E402
from scrapy.crawler import Crawler, CrawlerProcess  # noqa: E402

from cleaner.integrations.scrapy import CleanerPipeline  # noqa: E402
from tests.integrations.hosts import cleaner  # noqa: E402


class Failing(CleanerPipeline):
    """The pipeline with a stage that fails on one item."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.cleaner = cleaner()


@dataclass
class Declared:
    """An item that is no dict."""

    html: str
    cleaned: dict[str, Any] | None = None


class Spider(scrapy.Spider):
    """Fetches one page, and gives the items of the tests for it."""

    name = "pages"
    start_urls = ("data:text/html,<p>Ein Satz.",)

    def parse(self, response: Any) -> Iterator[Any]:
        yield from map(dict, ROWS)
        yield Declared(response.text)
        yield {"id": "neither text nor page"}


@pytest.fixture(scope="module")
def crawled() -> tuple[list[Any], dict[str, Any]]:
    """The items of a crawl, and its stats; a reactor runs once in a process."""
    items: list[Any] = []
    process = CrawlerProcess(
        {
            "ITEM_PIPELINES": {Failing: 300},
            "LOG_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
        }
    )
    crawler = process.create_crawler(Spider)

    def collect(item: Any) -> None:  # signals hold no method of a list
        items.append(item)

    crawler.signals.connect(collect, scrapy.signals.item_scraped)
    process.crawl(crawler)
    process.start(install_signal_handlers=False)
    assert crawler.stats
    return items, crawler.stats.get_stats()


def test_items_have_the_bytes_of_the_command_line(crawled: Any) -> None:
    items = [item for item in crawled[0] if isinstance(item, dict) and "text" in item]

    rows = (
        {"id": item["id"], **{f"cleaned_{name}": v for name, v in item["cleaned"].items()}}
        for item in items
    )
    assert expected() == told(rows)


def test_items_that_declare_the_field_have_it_too(crawled: Any) -> None:
    [item] = [item for item in crawled[0] if isinstance(item, Declared)]

    assert item.cleaned
    assert "Ein Satz." == item.cleaned["text"]
    assert "text/html" == json.loads(item.cleaned["document"])["source"]["media_type"]


def test_items_without_text_and_page_pass_as_they_are(crawled: Any) -> None:
    assert {"id": "neither text nor page"} in crawled[0]


def test_the_stats_of_the_crawl_count(crawled: Any) -> None:
    counted = {key: value for key, value in crawled[1].items() if key.startswith("cleaner/")}

    assert {"cleaner/documents": len(ROWS), "cleaner/failed": 1} == counted


def test_settings_of_the_project_are_cleaners() -> None:
    crawler = Crawler(Spider, {"CLEANER": {"preset": "gentle"}})

    assert "gentle" == CleanerPipeline.from_crawler(crawler).cleaner.pipeline.settings.preset


def test_a_wrong_setting_of_the_project_is_refused() -> None:
    with pytest.raises(SettingsError, match="'colour': unknown setting"):
        CleanerPipeline.from_crawler(Crawler(Spider, {"CLEANER": {"colour": "red"}}))
