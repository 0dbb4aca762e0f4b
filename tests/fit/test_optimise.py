from __future__ import annotations

import numpy as np
import pytest

from cleaner.fit.optimise import Course, Example, fitted, joined
from cleaner.fit.trainable import Dropout, Parameters, Pass, embedding
from tests.fit import toys

GENTLE = Dropout(words=0.1, units=0.1, hidden=0.1)
COURSE = Course(seed=3, epochs=3, drop=GENTLE)


def same(one: Parameters, other: Parameters) -> bool:
    return all(np.array_equal(one[name], other[name]) for name in one)


def right(parameters: Parameters, examples: list[Example]) -> float:
    """The share of lines that get their label."""
    batch = joined(examples)
    forward = Pass(parameters, batch, None, np.random.default_rng(0))
    return float((forward.logits.argmax(axis=1) == batch.labels).mean())


def test_the_same_course_gives_the_same_parameters() -> None:
    examples = toys.examples(12)

    assert same(fitted(examples, [toys.ROWS], COURSE), fitted(examples, [toys.ROWS], COURSE))


def test_another_seed_gives_others() -> None:
    examples = toys.examples(12)

    other = fitted(examples, [toys.ROWS], Course(seed=4, epochs=3, drop=GENTLE))

    assert not same(fitted(examples, [toys.ROWS], COURSE), other)


def test_a_fit_leaves_the_examples_alone() -> None:
    examples, again = toys.examples(5), toys.examples(5)

    fitted(examples, [toys.ROWS], COURSE)

    for one, other in zip(examples, again, strict=True):
        assert np.array_equal(one.inputs, other.inputs)
        assert all(map(np.array_equal, one.bags[0], other.bags[0]))
        assert np.array_equal(one.labels, other.labels)
        assert np.array_equal(one.weights, other.weights)


def test_the_loss_falls_and_labels_are_learnt() -> None:
    parameters, losses = toys.learnt()

    assert toys.EPOCHS == len(losses)
    assert losses[-1] < 0.4 * losses[0]
    assert right(parameters, toys.examples(20, seed=1)) > 0.8


def test_words_that_are_never_seen_stay_as_they_began() -> None:
    rows = [toys.ROWS + 3]
    begun = fitted(toys.examples(5), rows, Course(seed=3, epochs=0))[embedding(0)]

    found = fitted(toys.examples(5), rows, COURSE)[embedding(0)]

    assert np.array_equal(begun[toys.ROWS :], found[toys.ROWS :])
    assert not np.array_equal(begun[: toys.ROWS], found[: toys.ROWS])


def test_joined_pages_stand_one_after_the_other() -> None:
    examples = toys.examples(4)

    batch = joined(examples)

    assert [len(e.labels) for e in examples] == batch.lengths.tolist()
    assert sum(len(e.bags[0].buckets) for e in examples) == batch.bags[0].counts.sum()


@pytest.mark.parametrize("epochs", [0, 1])
def test_few_epochs_are_fine(epochs: int) -> None:
    assert fitted(toys.examples(2), [toys.ROWS], Course(epochs=epochs))
