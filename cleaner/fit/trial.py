"""How well a fit does on pages it has not seen, in the forms that its input may have."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from cleaner.decide.weights import Weights
from cleaner.evaluate import evaluate, figures
from cleaner.fit.forms import is_wrappable, wrapped
from cleaner.fit.marked_forms import in_plain_markup, without_noise
from cleaner.fit.noise import Noise
from cleaner.gold import GoldPage, distinct
from cleaner.gold.marked import MarkedPage
from cleaner.model import ARTICLE
from cleaner.pipeline import Pipeline

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
    marked = [page for page in pages if isinstance(page, MarkedPage)]
    forms = _marked_forms(marked, seed) if marked else _text_forms(pages, seed)
    fitted = replace(pipeline, weights=weights)
    scored = {name: figures(evaluate(form, fitted)) for name, form in forms.items() if form}
    return {"note": NOTE, **scored}


def _text_forms(pages: Sequence[GoldPage], seed: int) -> dict[str, Sequence[GoldPage]]:
    first = distinct(pages)
    others = [page for page in pages if all(page is not each for each in first)]
    return {"pages": first, "other_rows": others, **derived(first, seed)}


def _marked_forms(pages: Sequence[MarkedPage], seed: int) -> dict[str, Sequence[GoldPage]]:
    """The pages, their articles alone, and the forms of texts in plain markup."""
    texts = [GoldPage(id=page.id, lang=page.lang, lines=page.lines) for page in pages]
    rng = random.Random(seed)  # noqa: S311  # no secret, and the same each time
    plain = {name: list(in_plain_markup(form, rng)) for name, form in derived(texts, seed).items()}
    return {
        "pages": pages,
        "articles": [page.only(without_noise(page)) for page in pages],
        **{f"{name}_in_plain_markup": form for name, form in plain.items()},
    }


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
