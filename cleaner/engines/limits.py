"""What a document may take of a worker process."""

from __future__ import annotations

import signal
from dataclasses import dataclass

from cleaner.engines.care import End

SECONDS = 120
MEGABYTES = 4096
"""Text of 20 MB takes 40 seconds and 3 GB."""
_MEGABYTE_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for a document, and the memory of the whole process meanwhile."""

    seconds: float = SECONDS
    megabytes: int = MEGABYTES

    def exceeded(self, seconds: float, memory_bytes: int) -> End | None:
        """Which limit is passed by what a document has taken so far; None if none is."""
        if memory_bytes > self.megabytes * _MEGABYTE_BYTES:
            return End(
                "too much memory",
                f"needs more than {self.megabytes} MB; allow more by --memory, or leave it out",
                by_limit=True,
            )
        if seconds > self.seconds:
            return End(
                "too much time",
                f"takes longer than {self.seconds:g} seconds; allow more by --timeout, or leave"
                " it out",
                by_limit=True,
            )
        return None


def died(exit_code: int | None) -> End:
    """A worker that ended by itself, or by a signal from elsewhere."""
    how = _told(exit_code)
    return End(
        how,
        f"its worker process died over it, twice ({how}); see what it does with"
        " --workers 0, or leave it out",
        by_limit=False,
    )


def _told(exit_code: int | None) -> str:
    if exit_code is None or exit_code >= 0:
        return f"exit status {exit_code}"
    try:
        return signal.Signals(-exit_code).name
    except ValueError:
        return f"signal {-exit_code}"
