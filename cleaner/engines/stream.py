"""Rows that go to whoever reads them next, shard by shard, and are kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from cleaner.engines.cleaning import cleaned
from cleaner.model import Failure
from cleaner.pipeline import Pipeline
from cleaner.readers.raw import Raw
from cleaner.runs.shards import ShardSize, shards
from cleaner.runs.tally import Tally
from cleaner.writers.rows import Rows


def clean_to(
    documents: BinaryIO, failed: BinaryIO, raws: Iterable[Raw | Failure], pipeline: Pipeline
) -> Tally:
    """Write the rows of documents, and of those that failed, as JSON Lines; their counts.

    The rows are those of a run. What lines were removed is not written: nothing is lost only if the
    pipeline's settings keep the source.

    Raises:
        OSError: nobody reads them, or they cannot be written.
    """
    whole = Tally()
    for shard in shards(raws, ShardSize()):
        rows, tally = cleaned(shard.raws, pipeline)
        _write(rows, documents, failed)
        whole.merge(tally)
    return whole


def _write(rows: Rows, documents: BinaryIO, failed: BinaryIO) -> None:
    for found, stream in ((rows.documents, documents), (rows.failed, failed)):
        stream.write("".join(f"{row}\n" for row in found).encode("utf-8", "surrogatepass"))
        stream.flush()
