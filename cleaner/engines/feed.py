"""Things made ahead in a thread, a few at most, for one that must not wait for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import Pipe
from queue import SimpleQueue
from threading import Semaphore, Thread
from types import TracebackType
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class _End:
    """No more comes, for this reason if there is one."""

    error: BaseException | None


class Feed(Generic[Item]):
    """Makes items ahead; a context manager.

    Of those made, `ahead` at most have not been let go of. `bell` can be waited for: it is ready to
    be read while something can be taken.
    """

    def __init__(self, items: Iterator[Item], ahead: int) -> None:
        self._items = items
        self._room = Semaphore(ahead)
        self._made: SimpleQueue[Item | _End] = SimpleQueue()
        self.bell, self._rope = Pipe(duplex=False)
        self.ended = False
        self._closed = False
        # A thread that waits for a slow source must not keep the program from ending.
        self._thread = Thread(target=self._make, name="feed", daemon=True)

    def __enter__(self) -> Feed[Item]:  # typing.Self is of Python 3.11
        self._thread.start()
        return self

    def take(self) -> Item | None:
        """The next item; None if there is none yet, or ever.

        Raises whatever making it raised.
        """
        if self.ended or not self.bell.poll():
            return None
        self.bell.recv_bytes()
        made = self._made.get()
        if not isinstance(made, _End):
            return made
        self.ended = True
        if made.error:
            raise made.error
        return None

    def let_go(self) -> None:
        """One of those taken is no longer held: another may be made."""
        self._room.release()

    def _make(self) -> None:
        error: BaseException | None = None
        try:
            while self._room.acquire() and not self._closed:
                self._put(next(self._items))
        except StopIteration:
            pass
        except BaseException as raised:  # noqa: BLE001  # raised where it is taken
            error = raised
        self._put(_End(error))

    def _put(self, item: Item | _End) -> None:
        self._made.put(item)
        self._rope.send_bytes(b"1")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closed = True
        self._room.release()
