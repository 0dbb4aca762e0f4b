"""A tree written down: tags and the texts after them, as places in one text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import overload

import numpy as np
import numpy.typing as npt

from cleaner.html.nesting import Places

_EIGHT = 8
_NULS = bytes(2 * _EIGHT)


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The tags of one page or more, and the text after each, escaped, as places in UTF-8.

    A tag stands in angle brackets, which are no part of it; what is between two is the text.
    """

    written: bytes
    starts: Places  # of each tag
    ends: Places
    linked_data: tuple[str, ...] = ()
    """The JSON-LD of the page, as it stands in its scripts."""

    @classmethod
    def of(cls, pairs: Iterable[tuple[bytes, bytes]], linked: tuple[str, ...] = ()) -> Tokens:
        """The tokens of tags and the texts after them."""
        parts = [(b"<%b>" % tag, text) for tag, text in pairs]
        lengths = np.array([(len(tag), len(text)) for tag, text in parts], np.int64).reshape(-1, 2)
        begins = np.cumsum(lengths.sum(axis=1)) - lengths.sum(axis=1)
        written = b"".join(part for pair in parts for part in pair)
        return cls(written, begins + 1, begins + lengths[:, 0] - 1, linked)

    @classmethod
    def joined(cls, pages: Sequence[Tokens]) -> Tokens:
        """The tokens of pages laid end to end."""
        lengths = np.array([len(page.written) for page in pages], np.int64)
        shifts = (np.cumsum(lengths) - lengths).tolist()
        moved = list(zip(pages, shifts, strict=True))
        return cls(
            b"".join(page.written for page in pages),
            np.concatenate([page.starts + shift for page, shift in moved]),
            np.concatenate([page.ends + shift for page, shift in moved]),
        )

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def tags(self) -> list[str]:
        """All tags, without their brackets; a new list at every call."""
        return list(Tags(self.written, self.starts, self.ends))

    @property
    def texts(self) -> list[str]:
        """The text after each tag; a new list at every call."""
        return self.joined_texts().decode().split("\0")[1:]

    def joined_texts(self) -> bytes:
        """The texts in UTF-8, a NUL before each."""
        # Each text with the bracket of the tag behind it; none has brackets in it.
        ends = np.append(self.starts[1:], len(self.written))
        places = ranges(self.ends + 1, ends - self.ends - 1)
        found = np.frombuffer(self.written, np.uint8)[places].tobytes()
        return b"\0" + found.replace(b"<", b"\0")

    def named(self, *names: bytes) -> list[tuple[bytes, int]]:
        """The tags of these names, of three letters or more, in order, and where each ends."""
        chars = np.ndarray(max(len(self.written) - 3, 0), "<u4", self.written, strides=(1,))
        begins = chars[np.minimum(self.starts, len(chars) - 1)]
        alike = np.zeros(len(begins), np.bool_)
        for beginning in {each for name in names for each in _beginnings(name)}:
            alike |= begins == beginning
        found = np.flatnonzero(alike)
        bounds = zip(self.starts[found].tolist(), self.ends[found].tolist(), strict=True)
        tags = ((self.written[start:end], end) for start, end in bounds)
        return [(tag, end) for tag, end in tags if tag.partition(b" ")[0] in names]

    def text_after(self, end: int) -> bytes:
        """The text after the tag that ends here."""
        start = end + len(b">")
        until = self.written.find(b"<", start)
        return self.written[start : until if until >= 0 else None]


def _beginnings(name: bytes) -> Iterator[int]:
    """The first four bytes of tags of a name, as a number."""
    for behind in (b" ", b">"):
        yield int.from_bytes((name + behind)[:4], "little")


@dataclass(frozen=True, slots=True, eq=False)
class Tags(Sequence[str]):
    """Tags as they stand in a written tree, without their brackets; made when asked for."""

    written: bytes
    starts: Places
    ends: Places

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> Tags: ...

    def __getitem__(self, index: int | slice) -> str | Tags:
        """One tag, or some of them."""
        start, end = self.starts[index], self.ends[index]
        if isinstance(index, slice):
            return Tags(self.written, start, end)
        return self.written[start:end].decode()

    def own(self) -> Tags:
        """The same tags without all else that is written around them."""
        if not len(self):
            return self
        start = int(self.starts[0])
        written = self.written[start : int(self.ends[-1])]
        return Tags(written, self.starts - start, self.ends - start)


def tags_with(wanted: str, tags: Sequence[str], most: int) -> Iterator[int]:
    """The places of tags that have a text in them, at most so many; one may come twice.

    A search of all that is written takes a tenth of one in each tag.
    """
    if not isinstance(tags, Tags):
        yield from islice((i for i, tag in enumerate(tags) if wanted in tag), most)
        return
    searched, found = wanted.encode(), 0
    place = tags.written.find(searched)
    while place >= 0 and found < most:
        tag = int(np.searchsorted(tags.starts, place, side="right")) - 1
        if tag >= 0 and place < tags.ends[tag]:  # else in a text between tags
            found += 1
            yield tag
        place = tags.written.find(searched, place + 1)


def ranges(starts: Places, lengths: Places) -> Places:
    """The numbers from each start on, so many of each."""
    shifts = starts - (np.cumsum(lengths) - lengths)
    return np.repeat(shifts, lengths) + np.arange(int(lengths.sum()))


def eight_bytes(text: bytes, places: Places) -> npt.NDArray[np.uint64]:
    """The eight bytes from each place on, the first the lowest; NUL before and behind the text."""
    padded = _NULS + text + _NULS
    whole = np.ndarray(len(padded) - _EIGHT + 1, "<u8", padded, strides=(1,))
    return np.asarray(whole[places + len(_NULS)], np.uint64)
