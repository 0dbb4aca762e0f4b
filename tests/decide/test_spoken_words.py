from __future__ import annotations

import numpy as np
import pytest

from cleaner.decide.network import EMBEDDING
from cleaner.decide.spoken_words import MOST_CHARS, SpokenWords
from cleaner.measure.laid import Laid
from cleaner.measure.words import BUCKETS, find_spans, find_words
from cleaner.text.segment import segment

LINES = ("Kommentare", "", "3 Antworten anzeigen", "東京Tower", "Ja, ja, ja", "x" * 9_001)


def table(**weights: int) -> np.ndarray:
    """A table of buckets in which these words, wherever they stand alone, weigh so much."""
    found = np.zeros((BUCKETS, EMBEDDING), np.int8)
    for word, weight in weights.items():
        laid = Laid([f"a {word} b"])
        spans = find_spans(laid)
        of_word = (spans.starts == 2) & (spans.ends == 2 + len(word))
        found[spans.buckets[of_word], 0] = weight
    return found


def spoken(line: str, buckets: np.ndarray, *, adding: bool = True) -> list[str]:
    document = segment(f"{line}\nund noch eine Zeile")
    by_step = np.zeros((len(document.lines), EMBEDDING))
    by_step[:, 0] = 1.0
    return list(SpokenWords(document.contents(), buckets, by_step).strongest(0, adding=adding))


def test_spans_are_of_the_same_buckets_as_the_wording() -> None:
    laid = Laid(LINES)

    spans, (_, wording) = find_spans(laid), find_words(laid)

    assert np.array_equal(wording.buckets, spans.buckets)
    assert np.array_equal(wording.counts, np.bincount(spans.lines, minlength=len(LINES)))


def test_spans_are_words_pairs_of_them_and_the_line_itself() -> None:
    laid = Laid(LINES)
    spans = find_spans(laid)

    found = {laid.text[a:b] for a, b in zip(spans.starts, spans.ends, strict=True)}

    assert {"3", "Antworten", "3 Antworten", "3 Antworten anzeigen", "京", "京Tower"} <= found
    assert not [text for text in found if "\n" in text]


@pytest.mark.parametrize("line", ["Alle Kommentare lesen", "alle KOMMENTARE, alle Kommentare"])
def test_the_word_that_adds_most_is_told_once(line: str) -> None:
    [first, *_] = spoken(line, table(Kommentare=9, alle=3))

    assert first.lower() == "kommentare"


def test_what_takes_is_told_where_the_wording_takes() -> None:
    buckets = table(Kommentare=9, lesen=-5)

    assert ["lesen"] == spoken("Alle Kommentare lesen", buckets, adding=False)


def test_words_that_add_nothing_are_not_told() -> None:
    assert [] == spoken("Alle Kommentare lesen", table(Antworten=9))


def test_a_long_word_is_not_quoted() -> None:
    long = "x" * (MOST_CHARS + 1)

    assert [] == spoken(f"a {long} b", table(**{long: 9}))
