"""The fitted weights as a file: arrays, and beside them where they come from."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.errors import WeightsError
from cleaner.features import FEATURES
from cleaner.network import Layer, Network, expected_shapes
from cleaner.rules import builtin_folder

ARRAYS, PROVENANCE = "decision.npz", "decision.json"
_LAYERS = ("line", "summary", "context", "out", "skip")
_PARTS = ("weights", "steps", "bias")
# What Python and NumPy raise at a file that is missing, cut short or not what it should be.
_UNREADABLE = (
    OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
_SINGLE = ("mean", "spread", "buckets", "bucket_step", "line_top", "summary_top", "context_top")


@dataclass(frozen=True, slots=True)
class Weights:
    """What `decide` knows: a network, its calibration, and the voices it was fitted on.

    `temperature` divides the network's log odds, so that a score is how often such a label is
    right. Voices of rules not named in `voices` count by their weight alone.
    """

    network: Network
    temperature: float
    voices: frozenset[str]
    provenance: Mapping[str, Any] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """A hash of all that decisions depend on."""
        found = sha256(repr((self.temperature, sorted(self.voices))).encode())
        for name, array in sorted(_arrays(self.network).items()):
            found.update(name.encode())
            found.update(np.ascontiguousarray(array).tobytes())
        return found.hexdigest()


def save(weights: Weights, folder: Path) -> None:
    """Write the arrays to `decision.npz` and where they come from to `decision.json`.

    The same weights give the same bytes: NumPy dates every array in the archive 1980-01-01.
    """
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, Any] = _arrays(weights.network)
    np.savez_compressed(folder / ARRAYS, **arrays)
    about = {
        "features": [feature.name for feature in FEATURES],
        "temperature": weights.temperature,
        "weights_sha256": weights.digest,
        "provenance": dict(weights.provenance),
        "voices": sorted(weights.voices),
    }
    text = json.dumps(about, indent=1, ensure_ascii=False) + "\n"
    (folder / PROVENANCE).write_text(text, encoding="utf-8")


def load(folder: Path) -> Weights:
    """The weights in a folder.

    Raises:
        WeightsError: there are none, or they were fitted for another version.
    """
    try:
        about = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
        arrays = _read(folder / ARRAYS)
        network = _network(arrays)
        weights = Weights(
            network, float(about["temperature"]), frozenset(about["voices"]), about["provenance"]
        )
    except _UNREADABLE as error:
        raise WeightsError(
            f"{folder}: no weights of the decision can be read there ({error!r}); make them with"
            f" `cleaner train GOLD... -o {folder}`"
        ) from None
    _check(folder, about, network)
    return weights


def _read(file: Path) -> dict[str, npt.NDArray[Any]]:
    # Opened here: given a path, NumPy leaves a file open that is no archive.
    with file.open("rb") as opened, np.load(opened, allow_pickle=False) as archive:
        return {name: archive[name] for name in archive.files}


def _check(folder: Path, about: Mapping[str, Any], network: Network) -> None:
    names = [feature.name for feature in FEATURES]
    if about["features"] != names or network.shapes != expected_shapes(len(names)):
        raise WeightsError(
            f"{folder}: these weights were fitted with other measurements than this version makes;"
            f" fit them again with `cleaner train GOLD... -o {folder}`"
        )


@cache
def builtin_weights() -> Weights:
    """The weights that come with the package."""
    return load(builtin_folder())


def _arrays(network: Network) -> dict[str, npt.NDArray[Any]]:
    layers = {
        f"{name}.{part}": getattr(getattr(network, name), part)
        for name in _LAYERS
        for part in _PARTS
    }
    return {**layers, **{name: getattr(network, name) for name in _SINGLE}}


def _network(arrays: Mapping[str, npt.NDArray[Any]]) -> Network:
    parts: dict[str, Any] = {name: arrays[name] for name in _SINGLE}
    for name in _LAYERS:
        parts[name] = Layer(*(arrays[f"{name}.{part}"] for part in _PARTS))
    return Network(**parts)
