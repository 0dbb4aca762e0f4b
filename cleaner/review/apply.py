"""A run rewritten with the verdicts on it: the same cut, by what reviewers say."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from cleaner.model import Failure
from cleaner.record import Record
from cleaner.review.lines import decided
from cleaner.review.opinions import Opinion, match, read_opinions
from cleaner.review.recut import Recut, recut
from cleaner.review.rewrite import RunWriter
from cleaner.review.runs import settings_of
from cleaner.rows import Removal
from cleaner.runs.summary import decided as counts_of
from cleaner.runs.tally import Tally
from cleaner.writers.runs import json_rows, read_run, read_summary
from cleaner.writers.schemas import FAILED

_HTML = "text/html"


@dataclass
class Applied:
    """What came of the verdicts on a run."""

    documents: int = 0
    """Documents that have any."""
    lines: int = 0
    """Lines that verdicts decided."""
    changed: int = 0
    """Lines of these that have another label now."""
    disputed: int = 0
    """Lines that stay as they were, since reviewers disagree."""
    unmatched: int = 0
    """Verdicts on lines that the run does not have."""
    flattened: int = 0
    """Pages of HTML whose Markdown was made of their lines alone: no run keeps the markup."""

    def add(self, record: Record, opinions: Sequence[Opinion], new: Recut) -> None:
        """Count one more document."""
        self.documents += bool(new.reviewed)
        self.lines += len(new.reviewed)
        self.changed += new.changed
        self.disputed += sum(opinion.label is None for opinion in opinions)
        is_flat = record.source.media_type != _HTML or record.markdown is None
        self.flattened += bool(new.changed) and not is_flat


def apply_verdicts(
    run: Path,
    target: Path,
    verdicts: Sequence[Path] = (),
    reviewers: Collection[str] = (),
    tell: Callable[[], None] = lambda: None,
) -> Applied:
    """Write a run with its verdicts into a folder, which may be its own; what came of them.

    Rows are JSON Lines, in whatever form they were.

    Verdicts are those beside the run, or in these files; all, or those of these reviewers. `tell`
    hears of each document.

    Raises:
        ReviewError: there are no verdicts, or a reviewer has none.
        RunError: a run is writing there.
        LedgerError: the run's files do not account for their sources.
    """
    opinions = read_opinions(verdicts or [run], reviewers)
    about = read_summary(run)
    applied, tally = Applied(), Tally()
    with RunWriter(target) as writer:
        for record, reviewed in _recut(run, opinions, applied):
            tally.add(record, writer.record(record))
            writer.reviewed(reviewed)
            tell()
        for failure in _failures(run):
            writer.failure(failure)
        writer.finish({**about, **counts_of(tally), "review": asdict(applied)})
    return applied


def _recut(
    run: Path, opinions: Mapping[str, Sequence[Opinion]], applied: Applied
) -> Iterator[tuple[Record, Sequence[Removal]]]:
    """Every record of a run as verdicts have it, and the lines that they decided."""
    settings = settings_of(run)
    matched = 0
    for record in read_run(run):
        own = opinions.get(record.id)
        if not own:
            yield record, ()
            continue
        lines = decided(record)
        found = match(lines, own)
        new = recut(record, lines, found, settings)
        applied.add(record, list(found.values()), new)
        matched += len(found)
        yield new.record, new.reviewed
    applied.unmatched = sum(map(len, opinions.values())) - matched


def _failures(run: Path) -> Iterator[Failure]:
    """What could not be cleaned, which no verdict changes."""
    return (Failure(**json.loads(row)) for row in json_rows(run, FAILED))
