"""Asked to stop by a signal: what is begun is ended first, unless asked twice."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from cleaner.errors import Stopped

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_NOT_OURS = (signal.SIG_IGN, None)


@dataclass
class Stop:
    """Whether, and by which signal, a run was asked to stop."""

    noted: Callable[[], None] = lambda: None
    """Called once when it is noted."""
    signals: tuple[int, ...] = ()
    is_noted: bool = False
    patience: int = 0
    """How many signals interrupt whatever runs; 0: none, as somebody looks for them."""

    @property
    def asked(self) -> bool:
        """Whether to begin nothing more."""
        return bool(self.signals)

    def hear(self, number: int, _: FrameType | None) -> None:
        """A signal has come."""
        self.signals += (number,)
        if len(self.signals) == self.patience:
            raise Stopped(self.signals[0])

    def note(self) -> None:
        """Say that it has been heard.

        Raises:
            Stopped: it was asked twice, so what is begun is to be left.
        """
        if self.asked and not self.is_noted:
            self.is_noted = True
            self.noted()
        if len(self.signals) > 1:
            self.check()

    def check(self) -> None:
        """Stop here if asked to.

        Raises:
            Stopped: it was.
        """
        if self.asked:
            raise Stopped(self.signals[0])


@contextmanager
def stoppable(noted: Callable[[], None]) -> Iterator[Stop]:
    """What hears of signals while this is entered; in the main thread, as no other hears them."""
    stop = Stop(noted)
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    # A shell's background jobs ignore SIGINT; what is not a handler of Python cannot be put back.
    heard = [number for number, handler in before.items() if handler not in _NOT_OURS]
    for number in heard:
        signal.signal(number, stop.hear)
    try:
        yield stop
    finally:
        for number in heard:
            signal.signal(number, before[number])
