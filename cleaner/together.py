"""Many things made at once, and one by one where one of them fails: the others must not suffer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from cleaner.errors import CleanerError

Given = TypeVar("Given")
Made = TypeVar("Made")


def together(
    several: Callable[[Sequence[Given]], Sequence[Made]],
    alone: Callable[[Given], Made],
    items: Sequence[Given],
) -> list[Made | CleanerError]:
    """What is made of several items, or of each alone where one fails: then also the error of it.

    Errors of other kinds are raised.
    """
    try:
        return list(several(items)) if items else []
    except Exception:  # noqa: BLE001  # what is wrong, and with which, is told one by one
        return [tried(alone, item) for item in items]


@contextmanager
def blamed_on_us(name: str) -> Iterator[None]:
    """Any error within becomes one that names the document, and asks for a report."""
    try:
        yield
    except Exception as error:
        raise CleanerError(f"{name}: {error!r}; please report it with the document") from error


def tried(make: Callable[[Given], Made], item: Given) -> Made | CleanerError:
    """What is made of an item, or the error that keeps it from being made."""
    try:
        return make(item)
    except CleanerError as error:
        return error
