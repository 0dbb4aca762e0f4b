"""What the decision is fitted to, read and checked before the long fit begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from cleaner.errors import SourceError
from cleaner.fit.train import FEWEST_PAGES_TO_FIT, count_pages
from cleaner.gold import GoldPage, read_gold, weigh
from cleaner.model import LABELS


def read_training(files: Sequence[Path]) -> list[GoldPage]:
    """The pages of gold files, enough to fit every label.

    Raises:
        SourceError: a file cannot be read or has no text, there are too few pages, or none of
            their lines has one of the labels.
    """
    found: list[GoldPage] = []
    for file in files:
        pages = list(read_gold(file))
        _check_text(file, pages)
        found += pages
    _check_all(", ".join(map(str, files)), found)
    return found


def _check_text(file: Path, pages: Iterable[GoldPage]) -> None:
    scored = (line for page in pages for line in page.lines if line.label)
    if not any(weigh(line.text) for line in scored):
        raise SourceError(
            f"{file}: no labelled line with text; a row is"
            ' {"id", "lines": [{"text", "label"}]}, a page'
        )


def _check_all(place: str, pages: Sequence[GoldPage]) -> None:
    count = count_pages(pages)
    if count < FEWEST_PAGES_TO_FIT:
        raise SourceError(
            f"{place}: {count} pages are too few to fit; label at least {FEWEST_PAGES_TO_FIT},"
            " each with an id of its own (forms of a page, such as 4f89 and 4f89#wrapped, are one)"
        )
    seen = {line.label for page in pages for line in page.lines}
    missing = [str(label) for label in LABELS if label not in seen]
    if missing:
        raise SourceError(
            f"{place}: no line is labelled {', '.join(missing)}, so the decision could never say"
            " so; add pages with such lines"
        )


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
