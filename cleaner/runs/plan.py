"""What a run is to do; unfinished work goes on only if that is still the same."""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import cleaner
from cleaner.errors import RunError
from cleaner.pipeline import Pipeline
from cleaner.readers.inputs import Given
from cleaner.runs.durable import sync_folder, write_whole
from cleaner.runs.folders import numbers, remove_parts
from cleaner.runs.shards import ShardSize

RUN_FOLDER = ".run"
PLAN = "plan.json"
_DISCARDED = ".run.old-"
_SHOWN_CHARS = 60

Plan = Mapping[str, Any]


def about(pipeline: Pipeline) -> dict[str, Any]:
    """All that decides what becomes of a document."""
    return {
        "version": cleaner.__version__,
        "settings": pipeline.settings.model_dump(mode="json"),
        "stages": list(pipeline.active),
        "rules_sha256": pipeline.rules.digest,
        "weights_sha256": pipeline.deciding.digest,
        "repeats_sha256": pipeline.counts.header.sha256 if pipeline.counts else None,
    }


def plan_of(pipeline: Pipeline, inputs: Sequence[Given], size: ShardSize, suffix: str) -> Plan:
    """What is done to what."""
    return {
        **about(pipeline),
        "shard": asdict(size),
        "suffix": suffix,
        "inputs": {given.place: asdict(given) for given in inputs},
    }


def begin(out: Path, plan: Plan, *, fresh: bool) -> Path:
    """The folder of a run's shards, with those that earlier starts of the same plan finished.

    Raises:
        RunError: it has finished shards of another plan, and `fresh` does not give them up.
    """
    run = out / RUN_FOLDER
    for left in out.glob(f"{_DISCARDED}*"):
        shutil.rmtree(left, ignore_errors=True)
    earlier = None if fresh else _read(run / PLAN)
    if earlier is not None and any(True for _ in numbers(run)):
        _refuse_others(out, earlier, plan)
        remove_parts(run)
        return run
    discard(out)
    run.mkdir()
    sync_folder(out)
    write_whole(run / PLAN, json.dumps(plan, ensure_ascii=False, indent=2).encode())
    return run


def discard(out: Path) -> None:
    """Remove a run's shards; from the first moment on, nothing is taken up from them."""
    run = out / RUN_FOLDER
    if run.exists():
        left = out / f"{_DISCARDED}{uuid.uuid4().hex}"
        run.rename(left)
        sync_folder(out)
        shutil.rmtree(left, ignore_errors=True)


def _read(file: Path) -> Plan | None:
    try:
        found = json.loads(file.read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _refuse_others(out: Path, earlier: Plan, plan: Plan) -> None:
    # As it is read back: tuples are lists.
    found = list(_differences(earlier, json.loads(json.dumps(plan))))
    if found:
        raise RunError(
            f"{out}: has the finished part of another run: {'; '.join(found)}. Repeat that run"
            " to end it, or add --fresh to give it up and start over"
        )


def _differences(earlier: Any, now: Any, key: str = "") -> Iterator[str]:
    if earlier == now:
        return
    if isinstance(earlier, Mapping) and isinstance(now, Mapping):
        for name in sorted({*earlier, *now}):
            below = f"{key}.{name}" if key else name
            yield from _differences(earlier.get(name), now.get(name), below)
    else:
        yield f"{key} was {_shown(earlier)}, is {_shown(now)}"


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN_CHARS else f"{text[:_SHOWN_CHARS]}…"
