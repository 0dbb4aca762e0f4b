"""Results of ablations: kept as JSON, told as Markdown."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cleaner import Label
from cleaner.evaluate import Counts, GoldPage, Scores
from cleaner.model import NOISE

LANGUAGES = ("German", "English", "other Latin script", "other scripts")
OTHER_SCRIPTS = frozenset({
    "ar", "bg", "el", "fa", "he", "hi", "hy", "ja", "ka", "ko", "mk", "ru", "sr", "ta", "th", "uk",
    "ur", "zh",
})  # fmt: skip
FORMS = {
    "wrapped": "whole articles of the held-out pages amid noise of other held-out pages",
    "wrapped_short": "the same, two in five articles cut to a few lines, as a fit is shown them",
    "clean": "articles of the held-out pages without any noise",
}

Results = Mapping[str, Mapping[str, Scores]]
"""The scores of a configuration on a fold, by form and group of languages."""


def language_of(page: GoldPage) -> str:
    """The group of languages a page belongs to."""
    named = {"de": "German", "en": "English"}.get(page.lang or "")
    return named or LANGUAGES[2 + ((page.lang or "") in OTHER_SCRIPTS)]


def save(results: Results, file: Path) -> None:
    """Write results to a file, whole or not at all."""
    plain = {
        form: {
            group: {
                "pages": {n: (c.kept, c.lost, c.noise) for n, c in scores.pages.items()},
                "weights": scores.weights,
                "removed": scores.removed,
            }
            for group, scores in groups.items()
        }
        for form, groups in results.items()
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_text(json.dumps(plain), encoding="utf-8")
    part.replace(file)


def load(file: Path) -> Results:
    """The results in a file, as far as the tables tell them."""
    plain = json.loads(file.read_text(encoding="utf-8"))
    return {form: {g: _scores(x) for g, x in groups.items()} for form, groups in plain.items()}


def _scores(plain: Mapping[str, Any]) -> Scores:
    return Scores(
        pages={name: Counts(*counts) for name, counts in plain["pages"].items()},
        weights=Counter({Label(x): n for x, n in plain["weights"].items()}),
        removed=Counter({Label(x): n for x, n in plain["removed"].items()}),
    )


def merged(several: Iterable[Scores]) -> Scores:
    """The scores of all pages together, as far as the tables tell them."""
    found = Scores()
    for scores in several:
        found.pages.update({f"{len(found.pages)} {n}": c for n, c in scores.pages.items()})
        found.weights.update(scores.weights)
        found.removed.update(scores.removed)
    return found


def markdown(results: Mapping[str, Sequence[Results]]) -> Iterator[str]:
    """A table for each form; `results` has those of each fold by configuration, all of it first."""
    [whole, *_] = results.values()
    for form in whole[0]:
        yield f"\n### {form}\n"
        if form in FORMS:
            yield f"{FORMS[form].capitalize()}.\n"
        yield from _table(
            {name: _by_group(x[form] for x in some) for name, some in results.items()}
        )


def _by_group(folds: Iterable[Mapping[str, Scores]]) -> dict[str, Scores]:
    """The scores of each group in all folds."""
    each = list(folds)
    return {g: merged(x[g] for x in each if g in x) for g in LANGUAGES if any(g in x for x in each)}


def _table(rows: Mapping[str, Mapping[str, Scores]]) -> Iterator[str]:
    [groups, *_] = rows.values()
    noise = [x for x in Label if x in NOISE and any(s.weights[x] for s in groups.values())]
    head = ["", "F1 micro / macro", "body lost", *(f"{label} removed" for label in noise)]
    yield _row([*head, *(f"{name}, {len(scores.pages)} pages" for name, scores in groups.items())])
    yield _row(["---"] * (len(head) + len(groups)))
    for name, scores in rows.items():
        total = merged(scores.values())
        shares = (_percent(total.removed_share(label)) for label in (Label.BODY, *noise))
        yield _row([name, f1(total), *shares, *map(f1, scores.values())])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def f1(scores: Scores) -> str:
    """F1 of what is kept, micro / macro."""
    both = (f"{f1:.3f}" for f1 in (scores.total.f1, scores.macro_f1))
    return " / ".join(f1.removeprefix("0") for f1 in both)


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"
