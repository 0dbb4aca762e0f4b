"""Where the rows and the numbers of a run are, be it finished or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cleaner.errors import LedgerError
from cleaner.runs.folders import MANIFEST, Manifest, name_of, numbers
from cleaner.runs.plan import RUN_FOLDER
from cleaner.runs.summary import counted
from cleaner.runs.tally import Tally
from cleaner.writers.rows import RUN
from cleaner.writers.runs import read_summary


@dataclass(frozen=True, slots=True)
class Place:
    """The folders with rows of a run, in order, and its numbers."""

    name: Path
    folders: Sequence[Path]
    summary: Mapping[str, Any]
    """As in run.json; empty where there is none."""
    is_finished: bool = True


def find(folder: Path) -> Place:
    """Where the rows of the run in a folder are: of one that is not finished, in its shards.

    Touches nothing, as the run may be going on. Results of an earlier run are told, and not what
    a later one has begun.

    Raises:
        LedgerError: the run has finished nothing yet.
    """
    run = folder / RUN_FOLDER
    if (folder / RUN).is_file() or not run.is_dir():
        return Place(folder, [folder], _read(folder))
    shards = [run / name_of(number) for number in sorted(numbers(run))]
    if not shards:
        raise LedgerError(f"{folder}: its run has finished nothing yet; wait, or run it again")
    return Place(folder, shards, counted(_tally(shards)), is_finished=False)


def _read(folder: Path) -> Mapping[str, Any]:
    try:
        summary = read_summary(folder)
        _ = summary["documents"], summary["removed"]
    except (OSError, ValueError, LookupError, TypeError) as error:
        if not (folder / RUN).is_file():
            return {}
        raise LedgerError(
            f"{folder / RUN}: is not what `cleaner run` writes ({error!r}); run again"
        ) from None
    return summary


def _tally(shards: Sequence[Path]) -> Tally:
    whole = Tally()
    for shard in shards:
        file = shard / MANIFEST
        try:
            whole.merge(Manifest.model_validate_json(file.read_bytes()).tally)
        except (OSError, ValidationError):
            raise LedgerError(
                f"{file}: cannot be read; if the run has just ended, ask again, else end it by"
                " the same command"
            ) from None
    return whole
