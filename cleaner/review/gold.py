"""Verdicts as labelled pages, as `cleaner eval` and `cleaner train` take them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaner.errors import ReviewError
from cleaner.gold import GoldLine, GoldPage, read_labelled
from cleaner.model import Label
from cleaner.record import Record
from cleaner.review.lines import Decided, State, decided
from cleaner.review.opinions import Opinion, match, read_opinions
from cleaner.review.runs import Reviewed, reviewed
from cleaner.review.schema import is_database
from cleaner.review.values import Place

# Of the others a run says itself that it is not sure.
_SURE = frozenset({State.KEPT, State.REMOVED})


@dataclass(frozen=True, slots=True)
class JudgedPage:
    """A record of which some lines were judged, with the opinion on each of these."""

    record: Record
    lines: Sequence[Decided]
    opinions: Mapping[Place, Opinion]

    def label(self, line: Decided) -> Label | None:
        """What reviewers say a line is; None where they say nothing, or not the same."""
        opinion = self.opinions.get(line.place)
        return opinion.label if opinion else None


def judged_pages(run: Reviewed, opinions: Mapping[str, Sequence[Opinion]]) -> Iterator[JudgedPage]:
    """The documents of a run with lines that reviewers agree on, sorted by id."""
    with run.connected() as connection:
        for doc, own in sorted(opinions.items()):
            record = run.record(connection, doc)
            if record is not None:
                lines = decided(record)
                found = match(lines, own)
                if any(opinion.label for opinion in found.values()):
                    yield JudgedPage(record, lines, found)


def gold_page(page: JudgedPage, *, rest: bool = False) -> GoldPage:
    """A labelled page: judged lines with their labels, others without.

    With `rest` lines that nobody judged have the label that was decided, where that was sure.
    """
    record = page.record
    return GoldPage(
        id=record.id,
        url=record.url or record.source.url,
        lang=record.language,
        lines=tuple(_gold_lines(page, rest=rest)),
    )


def _gold_lines(page: JudgedPage, *, rest: bool) -> Iterator[GoldLine]:
    source = page.record.restore()
    ends = [0, *(line.place.end for line in page.lines)]
    for end, line in zip(ends, page.lines, strict=False):
        # Blank lines part paragraphs: what reads the page should meet them, too.
        blank = source.count("\n", end, line.place.start) - (end > 0)
        yield from [GoldLine(text="")] * blank
        label = page.label(line)
        if label is None and rest and line.place not in page.opinions and line.state in _SURE:
            label = line.label
        yield GoldLine(text=line.text, label=label)


def write_gold(run: Path, target: Path, *, rest: bool = False) -> tuple[int, int]:
    """Write labelled pages of the verdicts beside a run: how many pages, and labelled lines.

    Raises:
        ReviewError: there are no verdicts, or none on lines of this run.
    """
    pages = [gold_page(page, rest=rest) for page in _pages(run, run)]
    if not pages:
        raise ReviewError(f"{run}: no verdict is on a line of this run; nothing to write")
    part = target.with_name(f".{target.name}.part")
    rows = "".join(f"{page.model_dump_json()}\n" for page in pages)
    part.write_text(rows, encoding="utf-8", newline="\n")
    part.replace(target)
    return len(pages), sum(line.label is not None for page in pages for line in page.lines)


def _pages(run: Path, verdicts: Path) -> Iterator[JudgedPage]:
    opinions = read_opinions([verdicts])  # before the index is made, which takes its time
    return judged_pages(reviewed(run), opinions)


def read_pages(file: Path) -> list[GoldPage]:
    """The pages of a gold file, or of a run's verdicts: its review.sqlite, or the run's folder.

    Raises:
        SourceError: the file cannot be read, a row is no gold page, or no line has a label.
        ReviewError: there are no verdicts, or none on lines of the run.
    """
    if not file.is_dir() and not (file.is_file() and is_database(file)):
        return read_labelled(file)
    run = file if file.is_dir() else file.parent
    pages = [gold_page(page) for page in _pages(run, file)]
    if not pages:
        raise ReviewError(f"{file}: no verdict is on a line of the run in {run}; give some first")
    return pages
