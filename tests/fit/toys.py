"""A toy problem with the shape of the real one: lines whose numbers and words tell their label."""

from __future__ import annotations

from functools import cache

import numpy as np

from cleaner.decide.features import FEATURES
from cleaner.decide.network import SPREAD, STEPS, Bag
from cleaner.fit.optimise import Course, Example, fitted
from cleaner.fit.trainable import Dropout, Parameters
from cleaner.gold import GoldLine, GoldPage
from cleaner.model import LABELS, Label

ROWS = 20
# As often as a toy page is seen until most labels are learnt.
EPOCHS = 80


def examples(
    count: int, seed: int = 0, features: int = len(FEATURES), bags: int = 1
) -> list[Example]:
    """Pages of random lines, one number and one word of each bag standing for each label."""
    rng = np.random.default_rng(seed)
    return [_example(int(rng.integers(3, 12)), features, bags, rng) for _ in range(count)]


def _example(lines: int, features: int, bags: int, rng: np.random.Generator) -> Example:
    labels = rng.integers(0, len(LABELS), lines)
    inputs = rng.normal(0, 0.3, (lines, features))
    inputs[np.arange(lines), labels] += 4
    words = tuple(_bag(labels, rng) for _ in range(bags))
    # About every fiftieth line has the label that the line above seems to have: context tells.
    above = np.roll(labels, 1)
    labels = np.where((inputs[:, -1] > 0.6) & (np.arange(lines) > 0), above, labels)
    rounded = np.rint(np.clip(inputs, -SPREAD, SPREAD) * STEPS) / STEPS
    return Example(
        rounded.astype(np.float32),
        words,
        labels.astype(np.int64),
        rng.uniform(0.5, 2, lines).astype(np.float32),
    )


def _bag(labels: np.ndarray, rng: np.random.Generator) -> Bag:
    counts = rng.integers(0, 6, len(labels))
    words = [rng.choice([label, rng.integers(8, ROWS)], n) for label, n in zip(labels, counts)]  # noqa: B905  # of one length
    return Bag(np.concatenate([*words, np.zeros(0, np.int64)]).astype(np.int64), counts)


@cache
def learnt() -> tuple[Parameters, tuple[float, ...]]:
    """What is fitted to toys, to be left as it is, and the loss in each epoch."""
    losses: list[float] = []
    course = Course(epochs=EPOCHS, drop=Dropout(words=0.1, units=0.1, hidden=0.1))
    parameters = fitted(examples(60), [ROWS], course, lambda _, loss: losses.append(loss))
    return parameters, tuple(losses)


def page(name: str, *lines: tuple[str, Label | None], lang: str = "de") -> GoldPage:
    """A gold page of texts and their labels."""
    return GoldPage(
        id=name, lang=lang, lines=tuple(GoldLine(text=text, label=label) for text, label in lines)
    )


def pages(count: int) -> list[GoldPage]:
    """Invented pages: a menu, headlines, an article of some paragraphs, comments, a footer."""
    return [_page(n) for n in range(count)]


_TOWNS = ("Lindau", "Bregenz", "Konstanz", "Ravensburg", "Kempten")
_THINGS = ("Bahnhof", "Hafen", "Theater", "Rathaus", "Schwimmbad", "Museum", "Stadion")


def _page(n: int) -> GoldPage:
    town, thing = _TOWNS[n % len(_TOWNS)], _THINGS[n % len(_THINGS)]
    return page(
        f"page-{n}",
        ("Startseite", Label.BOILERPLATE),
        ("Anmelden", Label.BOILERPLATE),
        *((f"{other} in {town} bleibt geschlossen", Label.TICKER) for other in _THINGS[:3]),
        (f"{town} eröffnet sein neues {thing}", Label.TITLE),
        ("Von Anna Schmidt, 12.03.2021", Label.META),
        *((_paragraph(town, thing, k), Label.BODY) for k in range(3 + n % 3)),
        ("", None),
        (f"Das {thing} am Morgen. Foto: dpa", Label.CAPTION),
        ("Kommentare", Label.COMMENT),
        (f"Endlich! Das {thing} hat uns gefehlt.", Label.COMMENT),
        ("Und wer soll das bitte wieder bezahlen???", Label.COMMENT),
        ("Gewinnen Sie jetzt ein Auto!", Label.SPAM),
        ("Alle Angebote ansehen und sparen", Label.SPAM),
        ("Impressum", Label.BOILERPLATE),
    )


def _paragraph(town: str, thing: str, k: int) -> str:
    return (
        f"Am Abend sagte die Ministerin in {town}, man habe das {thing} im {k + 1}. Anlauf fertig"
        f" gebaut. Mehr als {k + 2} Jahre lang stritt die Stadt darüber, wie sie erklärte. Nun sei"
        " alles bereit, und niemand müsse mehr warten, bis auf die Gäste aus dem Umland."
    )
