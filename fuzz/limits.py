"""How long anything may take for its size."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

# Of processor time. A hundred times what pages take, so that only what grows faster than its input,
# or never ends, is found: the first page of a process loads rules and weights as well.
SECONDS, SECONDS_A_BYTE = 10.0, 0.001


class TooLongError(AssertionError):
    """Something took longer than it may for its size."""


@contextmanager
def in_time(size: int) -> Iterator[None]:
    """What is done within must not take longer than it may for so many bytes."""
    began = time.process_time()
    yield
    took, allowed = time.process_time() - began, SECONDS + SECONDS_A_BYTE * size
    if took > allowed:
        raise TooLongError(f"{took:.1f} s for {size} bytes; at most {allowed:.1f} s are allowed")
