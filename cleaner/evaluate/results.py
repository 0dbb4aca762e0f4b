"""All there is to say about one gold file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cleaner.evaluate.fate import Judged, judge
from cleaner.evaluate.folds import Train, cross_validate, site_of
from cleaner.evaluate.scores import Counts, Scores, count, doing_nothing, score, score_by
from cleaner.gold import GoldPage
from cleaner.pipeline import Pipeline

NO_GROUP = "-"


@dataclass(frozen=True)
class Result:
    """One gold file, scored: as a whole, beside doing nothing, and group by group."""

    name: str
    pages: Sequence[Judged]
    scores: Scores
    nothing: Scores
    groups: Mapping[str, Scores]
    grouped_by: str | None = None
    folds: str | None = None
    """How it was cross-validated, such as '5 folds by page'; None where it was not."""


def result(
    name: str, pages: Iterable[Judged], *, by: str | None = None, folds: str | None = None
) -> Result:
    """The result of pages that were judged; `by` is 'site' or a field of the gold rows."""
    judged = tuple(pages)
    return Result(
        name=name,
        pages=judged,
        scores=score(judged),
        nothing=doing_nothing(each.page for each in judged),
        groups=score_by(judged, lambda page: group_of(page, by)) if by else {},
        grouped_by=by,
        folds=folds,
    )


def evaluate_files(
    files: Mapping[str, Sequence[GoldPage]], pipeline: Pipeline, *, by: str | None = None
) -> list[Result]:
    """The result of a pipeline on each gold file, by its name."""
    return [result(name, judge(pages, pipeline), by=by) for name, pages in files.items()]


def cross_evaluate(
    files: Mapping[str, Sequence[GoldPage]],
    train: Train,
    folds: int,
    *,
    by_site: bool = False,
    by: str | None = None,
) -> list[Result]:
    """The result of cross-validation on each gold file, by its name: see `cross_validate`."""
    judged = cross_validate(list(files.values()), train, folds, by_site=by_site)
    how = f"{folds} folds by {'site' if by_site else 'page'}"
    return [result(n, pages, by=by, folds=how) for n, pages in zip(files, judged, strict=True)]


def group_of(page: GoldPage, by: str) -> str:
    """What a page says in a field; '-' where it says nothing.

    >>> page = GoldPage.model_validate({"id": "a", "lang": "de", "year": 2020, "lines": []})
    >>> group_of(page, "lang"), group_of(page, "year"), group_of(page, "site")
    ('de', '2020', '-')
    """
    own = getattr(page, by, None) if by in GoldPage.model_fields else None
    said = own if own is not None else (page.model_extra or {}).get(by)
    if said is None and by == "site":
        said = site_of(page)
    return NO_GROUP if said is None or not str(said).strip() else str(said)


def worst_by_f1(pages: Iterable[Judged]) -> list[tuple[Judged, Counts]]:
    """The pages on which anything went wrong, lowest F1 first."""
    return sorted(_wrong(pages), key=lambda each: (each[1].f1, -each[1].wrong, each[0].page.id))


def worst_by_weight(pages: Iterable[Judged]) -> list[tuple[Judged, Counts]]:
    """The pages on which anything went wrong, most letters and digits first."""
    return sorted(_wrong(pages), key=lambda each: (-each[1].wrong, each[1].f1, each[0].page.id))


def _wrong(pages: Iterable[Judged]) -> list[tuple[Judged, Counts]]:
    counted = ((judged, count(*judged.fates)) for judged in pages)
    return [(judged, counts) for judged, counts in counted if counts.wrong]
