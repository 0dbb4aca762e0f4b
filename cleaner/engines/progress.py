"""How far a run has come."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from cleaner.runs.folders import Manifest
from cleaner.runs.tally import Tally


@dataclass
class Progress:
    """What has been done: in all, and since this start of the run."""

    whole: Tally = field(default_factory=Tally)
    now: Tally = field(default_factory=Tally)
    shards: int = 0
    bytes: int = 0
    bytes_now: int = 0
    began: float = field(default_factory=time.perf_counter)

    @property
    def seconds(self) -> float:
        """Since this start."""
        return time.perf_counter() - self.began

    @property
    def documents_per_second(self) -> float:
        """What this start has done of them, cleaned or failed."""
        return (self.now.documents + self.now.failed) / self.seconds

    @property
    def share_removed(self) -> float:
        """How much of all characters went."""
        return 1 - self.whole.kept_chars / self.whole.chars if self.whole.chars else 0.0

    def seconds_left(self, bytes_in_all: int) -> float | None:
        """How long the rest takes at the same rate; None before there is one."""
        if not self.bytes_now:
            return None
        return max(0, bytes_in_all - self.bytes) * self.seconds / self.bytes_now

    def add(self, manifest: Manifest, *, now: bool) -> None:
        """One more shard is finished, by this start or an earlier one."""
        self.shards += 1
        self.bytes += manifest.bytes
        self.whole.merge(manifest.tally)
        if now:
            self.bytes_now += manifest.bytes
            self.now.merge(manifest.tally)
