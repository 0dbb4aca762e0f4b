from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.measure.laid import Laid
from cleaner.measure.vocabulary import (
    COPY_WORDS,
    TELLING_CHARS,
    TOP_LINES,
    WORD_CHARS,
    Shared,
    shared,
)
from cleaner.measure.words import Words, find_words

VOCABULARY = (
    "Zug",
    "ZUG",
    "Bahnhof",
    "Ministerin",
    "ab",
    "2024",
    "und",
    "東京",
    "東京駅",
    "京",
    "!",
)
LINE = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=8).map(" ".join)
# A page: its lines, and which of them are running text.
PAGE = st.lists(st.tuples(LINE, st.booleans()), max_size=9)
Page = list[tuple[str, bool]]
Entry = tuple[int, ...]


def shared_by(pages: Sequence[Page]) -> Shared:
    lines = [line for page in pages for line, _ in page]
    words, _ = find_words(Laid(lines))
    return shared(
        words,
        np.asarray([i for i, page in enumerate(pages) for _ in page], np.int64),
        np.asarray([i for page in pages for i in range(len(page))], np.int64),
        np.asarray([prose for page in pages for _, prose in page], np.bool_),
    )


def entries(line: str) -> dict[Entry, bool]:
    """The words of a line, and whether each is a telling one."""
    words = find_words(Laid([line]))[0]
    found = {}
    for i, entry in enumerate(zip(words.hashes.tolist(), words.lengths.tolist(), strict=True)):
        hash_, length = entry
        if words.is_east_asian[i]:
            if i + 1 < len(words.hashes) and words.is_east_asian[i + 1]:
                found[hash_, int(words.hashes[i + 1])] = True
        elif words.is_word[i] and length >= WORD_CHARS:
            found[(hash_,)] = length >= TELLING_CHARS
    return found


def part(some: set[Entry], of: set[Entry]) -> float:
    return len(some) / max(len(of), 1)


def naive(page: Page) -> list[tuple[float, float, float, int, float]]:
    """What the lines of a page share, by sets."""
    of_lines = [entries(line) for line, _ in page]
    found = []
    for i, entry in enumerate(of_lines):
        own = set(entry)
        others = [(j, set(other)) for j, other in enumerate(of_lines) if j != i]
        everywhere = set().union(*(words for _, words in others))
        prose = set().union(*(words for j, words in others if page[j][1]))
        long = {word for word, telling in entry.items() if telling}
        overlaps = [part(own & words, own | words) for j, words in others if j < TOP_LINES]
        few, many = COPY_WORDS
        copy = max(overlaps, default=0) if few <= len(own) <= many else 0
        found.append(
            (part(own & prose, own), part(own & everywhere, own), part(long & prose, long),
             len(long & prose), copy)
        )  # fmt: skip
    return found


def rows(found: Shared) -> list[tuple[float, ...]]:
    columns = (found.prose, found.page, found.telling, found.telling_words, found.top)
    return list(zip(*(column.tolist() for column in columns), strict=True))


@given(st.lists(PAGE, max_size=4))
def test_what_is_shared_is_what_sets_share(pages: list[Page]) -> None:
    expected = [row for page in pages for row in naive(page)]

    assert [pytest.approx(row) for row in expected] == rows(shared_by(pages))


@given(st.lists(PAGE, max_size=4))
def test_pages_share_nothing_with_each_other(pages: list[Page]) -> None:
    alone = [row for page in pages for row in rows(shared_by([page]))]

    assert alone == rows(shared_by(pages))


def test_a_copy_of_the_headline_is_found_below() -> None:
    page = [("Ministerin öffnet Bahnhof", False), ("Zug um Zug", True)] * TOP_LINES

    assert 1 == shared_by([page]).top[-2]


def test_no_words_share_nothing() -> None:
    none = Words(*(np.zeros(0, t) for t in (np.uint32, np.int64, np.int32, np.bool_, np.bool_)))
    lines = np.zeros(2, np.int64)

    found = shared(none, lines, np.arange(2), np.ones(2, np.bool_))

    assert [(0, 0, 0, 0, 0)] * 2 == rows(found)
