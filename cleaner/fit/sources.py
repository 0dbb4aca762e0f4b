"""What the decision is fitted to, read and checked before the long fit begins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from cleaner.errors import SourceError
from cleaner.evaluate.folds import assign_folds
from cleaner.fit.train import FEWEST_PAGES_TO_FIT, count_pages
from cleaner.gold import GoldPage, read_labelled
from cleaner.model import LABELS


def read_training(
    files: Sequence[Path], read: Callable[[Path], list[GoldPage]] = read_labelled
) -> list[GoldPage]:
    """The pages of gold files, as `read` gives them, enough to fit every label.

    Raises:
        SourceError: a file cannot be read or has no text, there are too few pages, or none of
            their lines has one of the labels.
    """
    found = [page for file in files for page in read(file)]
    lack = _lack(found)
    if lack:
        raise SourceError(f"{', '.join(map(str, files))}: {lack}")
    return found


def check_folds(pages: Sequence[GoldPage], folds: int, *, by_site: bool = False) -> None:
    """Nothing, where the pages outside each fold are enough to fit every label.

    All folds are looked at before the first long fit.

    Raises:
        SettingsError: there are fewer groups than folds.
        SourceError: outside a fold there are too few pages, or there is no line of a label.
    """
    fold_of = assign_folds(pages, folds, by_site=by_site)
    for fold in range(folds):
        lack = _lack([page for page, own in zip(pages, fold_of, strict=True) if own != fold])
        if lack:
            raise SourceError(f"fold {fold + 1} of {folds}: outside it {lack}, or take more folds")


def _lack(pages: Sequence[GoldPage]) -> str | None:
    """What a fit to these pages would lack, and the cure; None where it would lack nothing."""
    count = count_pages(pages)
    if count < FEWEST_PAGES_TO_FIT:
        return (
            f"{count} pages are too few to fit; label at least {FEWEST_PAGES_TO_FIT}, each with an"
            " id of its own (forms of a page, such as 4f89 and 4f89#wrapped, are one)"
        )
    seen = {line.label for page in pages for line in page.lines if line.text.strip()}
    missing = [str(label) for label in LABELS if label not in seen]
    if missing:
        return (
            f"no line is labelled {', '.join(missing)}, so the decision could never say so; add"
            " pages with such lines"
        )
    return None


def read_foreign(files: Iterable[Path]) -> dict[str, list[str]]:
    """Sentences by language: one a line, in files named for the language, as `fr.txt`.

    Raises:
        SourceError: a file cannot be read as UTF-8, or holds nothing.
    """
    found: dict[str, list[str]] = {}
    for file in files:
        found.setdefault(file.stem, []).extend(_sentences(file))
    return found


def _sentences(file: Path) -> list[str]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(
            f"{file}: cannot be read: {error}; give sentences in UTF-8, one a line, in a file named"
            " for their language, such as fr.txt"
        ) from None
    # Split on \n only: str.splitlines also breaks at U+2028.
    found = [line.strip() for line in text.split("\n") if line.strip()]
    if not found:
        raise SourceError(f"{file}: holds no sentence; write one a line")
    return found
