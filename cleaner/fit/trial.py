"""How well a fit does on pages it has not seen, in the forms that its input may have."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from cleaner.evaluate import evaluate, figures
from cleaner.fit.forms import Noise, is_wrappable, wrapped
from cleaner.gold import GoldPage
from cleaner.model import ARTICLE
from cleaner.pipeline import Pipeline
from cleaner.weights import Weights

NOTE = (
    "of the network fitted without every fifth page, on those pages, after the temperature: as"
    " first given, in further rows of the same ids, and in forms made of them alone"
)


def scores_of(
    weights: Weights, pipeline: Pipeline, pages: Sequence[GoldPage], seed: int = 0
) -> dict[str, object]:
    """What these weights score on pages that they were not fitted to, form by form, for JSON.

    The forms are the pages as given, other rows with the same ids (such as what an extractor left
    of them), and those of `derived`.
    """
    first_of = {page.id: page for page in reversed(pages)}
    first = [page for page in pages if page is first_of[page.id]]
    others = [page for page in pages if page is not first_of[page.id]]
    forms = {"pages": first, "other_rows": others, **derived(first, seed)}
    fitted = replace(pipeline, weights=weights)
    scored = {name: figures(evaluate(form, fitted)) for name, form in forms.items() if form}
    return {"note": NOTE, **scored}


def derived(pages: Sequence[GoldPage], seed: int = 0) -> dict[str, list[GoldPage]]:
    """Other forms of pages, made of these pages alone, so that nothing leaks from those fitted to.

    `wrapped`: whole articles amid noise of the other pages; `wrapped_short`: the same with two in
    five articles cut to a few lines, which is how a fit sees them; `clean`: articles without noise.
    """
    return {
        "wrapped": _wrapped(pages, seed, short_share=0),
        "wrapped_short": _wrapped(pages, seed),
        "clean": [_article(page) for page in pages if _article(page).lines],
    }


def _wrapped(pages: Sequence[GoldPage], seed: int, **how: float) -> list[GoldPage]:
    rng = random.Random(seed)  # noqa: S311  # no secret, and the same each time
    noise = Noise.of(pages, {})
    return [
        page.model_copy(update={"lines": tuple(wrapped(page, noise, rng, **how))})
        for page in pages
        if is_wrappable(page)
    ]


def _article(page: GoldPage) -> GoldPage:
    lines = (line for line in page.lines if line.label in ARTICLE and line.text.strip())
    return page.model_copy(update={"lines": tuple(lines)})
