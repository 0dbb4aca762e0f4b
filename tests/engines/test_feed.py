from __future__ import annotations

from collections.abc import Iterator
from multiprocessing import connection

import pytest

from cleaner.engines.feed import Feed


def taken(feed: Feed[int]) -> Iterator[int]:
    """All that comes, each let go of at once."""
    while not feed.ended:
        connection.wait([feed.bell], 10)
        if (item := feed.take()) is not None:
            yield item
            feed.let_go()


def test_a_feed_gives_everything_in_order() -> None:
    with Feed(iter(range(1, 100)), ahead=2) as feed:
        assert list(range(1, 100)) == list(taken(feed))


def test_a_feed_makes_no_more_than_is_let_go_of() -> None:
    made: list[int] = []
    numbers = (made.append(n) or n for n in range(1, 9))  # type: ignore[func-returns-value]

    with Feed(numbers, ahead=3) as feed:
        for _ in range(3):
            connection.wait([feed.bell], 10)
            feed.take()
        assert not connection.wait([feed.bell], 0.05)

    assert [1, 2, 3] == made[:3]
    assert len(made) <= 4


def test_an_error_comes_where_the_item_would_have_come() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("no more")

    with Feed(broken(), ahead=2) as feed, pytest.raises(ValueError, match="no more"):
        list(taken(feed))
