"""What is done to every shard, by whichever process: cleaned, and written as a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cleaner.engines.care import Care
from cleaner.engines.cleaning import Beat, cleaned
from cleaner.errors import RunError
from cleaner.pipeline import Pipeline
from cleaner.runs.folders import Manifest, finished, manifest_of, write_shard
from cleaner.runs.shards import Shard
from cleaner.text.segment import segment
from cleaner.writers.rows import files_of


@dataclass(frozen=True, slots=True)
class Work:
    """All that a process needs to know beside the shards; can be pickled if its stages can."""

    pipeline: Pipeline
    run: Path
    """The run's folder of shards."""
    suffix: str
    """Of the files of rows: see `cleaner.writers.formats.ROW_FORMATS`."""
    start: str
    """Names this start of the run."""

    def done(
        self,
        shard: Shard,
        care: Care = Care(),  # noqa: B008  # frozen
        beat: Beat = lambda _: None,
    ) -> Manifest:
        """Clean a shard and write its folder; its manifest.

        Raises:
            OSError: it cannot be written.
        """
        rows, tally = cleaned(shard.raws, self.pipeline, care, beat)
        files = files_of(rows, self.suffix)
        manifest = manifest_of(shard, files, tally, self.start)
        write_shard(self.run, manifest, files)
        return manifest

    def warm_up(self) -> None:
        """Load what is loaded when first needed: no document must pay for it with its time."""
        self.pipeline.pages([segment("Ein Satz.")])
        _ = self.pipeline.deciding

    def left(self, shards: Iterable[Shard]) -> Iterator[Shard | Manifest]:
        """The shards; instead of those that are finished, their manifests.

        Raises:
            RunError: a finished one was made of something else.
        """
        for shard in shards:
            manifest = finished(self.run, shard.number)
            if manifest and manifest.sha256 != shard.sha256:
                raise RunError(
                    f"{self.run.parent}: the input has changed since the run was begun, at"
                    f" {shard.first or 'its end'} or behind it ({shard.number:,} shards of it are"
                    " as they were); bring it back to end that run, or add --fresh to start over"
                )
            yield manifest or shard
