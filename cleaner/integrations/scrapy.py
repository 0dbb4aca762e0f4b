"""Scrapy: an item pipeline.

In a project's settings: ITEM_PIPELINES = {"cleaner.integrations.scrapy.CleanerPipeline": 300}
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from cleaner.integrations.extras import library
from cleaner.integrations.rows import Cleaner
from cleaner.pipeline import Pipeline
from cleaner.readers import mapping
from cleaner.settings import load_settings

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

FIELD = "cleaned"


class CleanerPipeline:
    """Puts into the field `cleaned` of each item what became of its `text` or `html`.

    That is a dict of the columns that other adapters make. An item that is a dict may have any
    field, others must declare `cleaned`. An item without text and page passes as it is. The setting
    CLEANER of the project is a dict of cleaner's settings.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.cleaner = Cleaner(Pipeline(load_settings(**crawler.settings.getdict("CLEANER"))))
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CleanerPipeline:
        """The pipeline of a crawler."""
        return cls(crawler)

    async def process_item(self, item: Any, spider: object = None) -> Any:
        """The same item, with the field; it is cleaned in a thread, while pages are fetched."""
        del spider  # which Scrapy before 2.14 hands over
        adapter = library("itemadapter", "scrapy").ItemAdapter(item)
        row, names = dict(adapter), self.cleaner.pipeline.settings.fields
        if mapping.field(row, names.text) is None and mapping.field(row, names.html) is None:
            return item
        threads = library("twisted.internet.threads", "scrapy")
        defer = library("scrapy.utils.defer", "scrapy")
        [found] = await defer.maybe_deferred_to_future(
            threads.deferToThread(list, self.cleaner.rows([row]))
        )
        adapter[FIELD] = asdict(found)
        self._count("failed" if found.error else "documents")
        return item

    def _count(self, name: str) -> None:
        if self.crawler.stats:
            self.crawler.stats.inc_value(f"cleaner/{name}")
