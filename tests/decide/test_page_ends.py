"""Comments at the end of a page, told by all their lines together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Label
from cleaner.decide.page_ends import (
    ENOUGH_DOUBT,
    LARGEST_DOUBT,
    LEAST_ARTICLE,
    RULE,
    USUAL_DOUBT,
    tails,
)
from cleaner.model import ARTICLE, LABELS

# Log odds of comment against article, of a line that nobody doubts, and of one that reads a little
# like a comment: article all the same, if it stood alone.
SURE, DOUBTFUL = -7.0, -1.0
PARAGRAPH = LEAST_ARTICLE // 2
FEW = int(ENOUGH_DOUBT / (DOUBTFUL + USUAL_DOUBT))


def logits(*odds: float) -> np.ndarray:
    """Lines of which only article and comment are likely."""
    found = np.full((len(odds), len(LABELS)), -20.0)
    found[:, LABELS.index(Label.BODY)] = 0.0
    found[:, LABELS.index(Label.COMMENT)] = odds
    return found


def noise(count: int, label: Label = Label.BOILERPLATE) -> np.ndarray:
    found = np.full((count, len(LABELS)), -20.0)
    found[:, LABELS.index(label)] = 5.0
    return found


def found(lines: np.ndarray, letters: int = PARAGRAPH) -> list[int]:
    """The lines of one page that a tail is told about."""
    [voices] = tails(lines, [len(lines)], np.full(len(lines), letters))
    return [line for v in voices for line in range(v.first, v.last + 1)]


def test_many_doubtful_lines_below_an_article_are_comments() -> None:
    page = logits(*[SURE] * 6, *[DOUBTFUL] * (FEW + 1))

    assert list(range(6, 6 + FEW + 1)) == found(page)


def test_a_few_doubtful_lines_are_not_enough() -> None:
    assert [] == found(logits(*[SURE] * 6, *[DOUBTFUL] * FEW))


def test_doubtful_lines_above_the_article_stay() -> None:
    assert [] == found(logits(*[DOUBTFUL] * 20, *[SURE] * 20))


def test_a_page_in_doubt_from_its_beginning_stays() -> None:
    assert [] == found(logits(*[DOUBTFUL] * 30))


def test_a_page_that_is_doubted_a_little_everywhere_stays() -> None:
    assert [] == found(logits(*[-4.0] * 10, *[DOUBTFUL] * 10))


def test_below_a_few_words_nothing_is_told() -> None:
    assert [] == found(logits(*[SURE] * 6, *[DOUBTFUL] * 10), letters=LEAST_ARTICLE // 7)


def test_most_of_what_reads_like_an_article_stays() -> None:
    assert [] == found(logits(*[SURE] * 6, *[DOUBTFUL] * 15))


def test_plain_paragraphs_end_the_tail() -> None:
    page = logits(*[SURE] * 9, *[DOUBTFUL] * 10, *[SURE] * 9)

    assert [] == found(page)


def test_the_article_ends_below_its_last_line_that_is_little_doubted() -> None:
    """The sum is highest there, but such a line alone says next to nothing."""
    little = -USUAL_DOUBT + 0.1
    page = logits(*[SURE] * 6, little, little, *[DOUBTFUL] * 8)

    assert list(range(8, 16)) == found(page)


def test_other_noise_says_nothing_and_is_told_nothing() -> None:
    page = np.concatenate([logits(*[SURE] * 6), noise(5), logits(*[DOUBTFUL] * 8), noise(5)])

    assert list(range(11, 19)) == found(page)


def test_comments_that_are_known_count_for_the_lines_between_them() -> None:
    page = np.concatenate(
        [logits(*[SURE] * 6), noise(2, Label.COMMENT), logits(-3.0), noise(2, Label.COMMENT)]
    )

    assert [8] == found(page)


def test_comments_that_are_known_say_nothing_about_the_lines_above() -> None:
    page = np.concatenate([logits(*[SURE] * 6, DOUBTFUL, DOUBTFUL), noise(9, Label.COMMENT)])

    assert [] == found(page)


def test_lines_above_known_comments_go_where_they_say_enough_by_themselves() -> None:
    page = np.concatenate([logits(*[SURE] * 6, *[DOUBTFUL] * 5), noise(2, Label.COMMENT)])

    assert list(range(6, 11)) == found(page)


def test_comments_in_doubt_are_told_to_be_some() -> None:
    page = np.concatenate([logits(*[SURE] * 6), noise(4, Label.COMMENT), logits(0.5, 0.5)])

    assert [10, 11] == found(page)


def test_no_line_says_more_than_the_largest_doubt() -> None:
    assert [] == found(logits(*[SURE] * 6, *[-0.1] * int(ENOUGH_DOUBT / LARGEST_DOUBT)))


def test_the_voice_is_for_comments_and_says_why() -> None:
    [voices] = tails(logits(*[SURE] * 6, *[DOUBTFUL] * 8), [14], np.full(14, PARAGRAPH))

    [voice] = voices
    assert (6, 13, Label.COMMENT, "decide", RULE) == (
        voice.first, voice.last, voice.label, voice.stage, voice.rule,
    )  # fmt: skip
    assert "comments" in voice.reason


@pytest.mark.parametrize("lengths", [[], [0], [0, 0, 0]])
def test_pages_without_lines_have_no_tail(lengths: list[int]) -> None:
    voices = tails(logits(), lengths, np.zeros(0, np.int64))

    assert [0] * len(lengths) == list(map(len, voices))


PAGES = st.lists(
    st.lists(st.tuples(st.floats(-9, 9), st.integers(0, 900)), max_size=40), max_size=6
)


@given(PAGES)
def test_a_page_has_the_same_tail_alone_and_among_others(
    pages: list[list[tuple[float, int]]],
) -> None:
    def voices_of(some: list[list[tuple[float, int]]]) -> list[list[object]]:
        lines = logits(*(odds for page in some for odds, _ in page))
        letters = np.asarray([count for page in some for _, count in page], np.int64)
        return [list(voices) for voices in tails(lines, list(map(len, some)), letters)]

    assert [voices_of([page])[0] for page in pages] == voices_of(pages)


@given(PAGES)
def test_only_lines_that_read_like_article_or_comments_are_told_about(
    pages: list[list[tuple[float, int]]],
) -> None:
    for page in pages:
        lines = logits(*(odds for odds, _ in page))
        labels = [LABELS[i] for i in lines.argmax(axis=1)]

        [voices] = tails(lines, [len(page)], np.asarray([n for _, n in page], np.int64))

        assert all(
            labels[line] in {*ARTICLE, Label.COMMENT}
            for v in voices
            for line in range(v.first, v.last + 1)
        )
