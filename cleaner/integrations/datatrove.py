"""datatrove: a block to stand between its reader and its writer."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import nullcontext
from itertools import tee
from typing import TYPE_CHECKING, Any

from cleaner.integrations.extras import library
from cleaner.integrations.rows import NAMES, Cleaned, Cleaner

if TYPE_CHECKING:
    from datatrove.data import Document, DocumentsPipeline
    from datatrove.pipeline.base import PipelineStep
    from datatrove.pipeline.writers.disk_base import DiskWriter
else:
    PipelineStep = library("datatrove.pipeline.base", "datatrove").PipelineStep

FAILED = "failed"
"""Stands among flags for documents that could not be cleaned."""
_FACTS = ("title", "date", "language", "authors")


class Clean(PipelineStep):
    """Puts the article in the place of each text, and all columns of a cleaner into the metadata.

    With `html`, texts are pages of HTML, as WarcReader gives them. Documents with a flag of `drop`
    ('empty', 'quarantined', ...) are left out, and written by `exclusion_writer`; 'failed' stands
    for those that could not be cleaned, which keep their text otherwise. The stats count documents,
    flags, and the lines removed by label.
    """

    name = "cleaner"
    type = "🔻 - FILTER"

    def __init__(
        self,
        cleaner: Cleaner | None = None,
        *,
        html: bool = False,
        drop: Collection[str] = (),
        exclusion_writer: DiskWriter | None = None,
    ) -> None:
        super().__init__()
        self.cleaner = cleaner or Cleaner()
        self.html = html
        self.drop = frozenset(drop)
        self.exclusion_writer = exclusion_writer

    def run(
        self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1
    ) -> Iterator[Document]:
        """The documents with their articles; reads ahead by one batch at most."""
        del world_size  # of use to readers
        documents, read = tee(data or ())
        cleaned = self.cleaner.rows(map(self._row, read))
        with self.exclusion_writer or nullcontext() as excluded:
            for document, found in zip(documents, cleaned, strict=True):
                self._put(document, found)
                dropped = sorted(self.drop.intersection(_flags(found)))
                self._count(found, dropped)
                if not dropped:
                    yield document
                elif excluded:
                    document.metadata["filter_reason"] = dropped[0]
                    excluded.write(document, rank)

    def _row(self, document: Document) -> dict[str, Any]:
        # The date beside a page is that of its retrieval, and its language a guess.
        told = () if self.html else _FACTS
        facts = {name: document.metadata.get(name) for name in told}
        names = self.cleaner.pipeline.settings.fields
        url = {names.url: document.metadata.get("url")}
        text = {names.html if self.html else names.text: document.text}
        return {**facts, **url, names.id: document.id, **text}

    def _put(self, document: Document, found: Cleaned) -> None:
        if found.text is not None:
            document.text = found.text
        document.metadata |= {self.cleaner.column(name): getattr(found, name) for name in NAMES}

    def _count(self, found: Cleaned, dropped: Sequence[str]) -> None:
        self.stat_update("total", "dropped" if dropped else "forwarded")
        self.stat_update(*_flags(found), *(f"dropped_{why}" for why in dropped[:1]))
        removed = json.loads(found.document)["stats"]["removed"] if found.document else {}
        for label, amount in removed.items():
            self.stat_update(f"removed_{label}", value=amount["lines"])


def _flags(found: Cleaned) -> list[str]:
    return [*found.flags, *([FAILED] if found.error else [])]
