"""The fitted weights as a file: arrays, and beside them where they come from."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cleaner.decide.inputs import HTML, TEXT, Inputs
from cleaner.decide.network import Embedding, Layer, Network, expected_shapes
from cleaner.errors import WeightsError
from cleaner.rules import builtin_folder

ARRAYS, PROVENANCE = "decision.npz", "decision.json"
HTML_ARRAYS, HTML_PROVENANCE = "decision-html.npz", "decision-html.json"
_LAYERS = ("line", "summary", "context", "out", "skip")
_PARTS = ("weights", "steps", "bias")
# What Python and NumPy raise at a file that is missing, cut short or not what it should be; of a
# zip that names an unknown compression, RuntimeError; of an array outside a zip, AttributeError.
_UNREADABLE = (
    OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, MemoryError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip
_SINGLE = ("mean", "spread", "line_top", "summary_top", "context_top")
# What the embeddings are of, in their order; of a text the first only.
_EMBEDDINGS = ("wording", "names")
_DIVISORS = (
    "spread",
    "line_top",
    "summary_top",
    "context_top",
    *(f"{x}.step" for x in _EMBEDDINGS),
)
_DTYPES = {
    **{f"{embedding}.rows": np.int8 for embedding in _EMBEDDINGS},
    **{f"{layer}.weights": np.int16 for layer in _LAYERS},
}


@dataclass(frozen=True, slots=True)
class Weights:
    """What `decide` knows: a network, its calibration, and the voices it was fitted on.

    `temperature` divides the network's log odds, so that a score is how often such a label is
    right. Voices of rules not named in `voices` count by their weight alone. `html` are the weights
    for lines that have markup; without them such lines are read as any text.
    """

    network: Network
    temperature: float
    voices: frozenset[str]
    provenance: Mapping[str, Any] = field(default_factory=dict)
    html: Weights | None = None

    @property
    def inputs(self) -> Inputs:
        """What the network reads of each line."""
        return TEXT if len(self.network.embeddings) == len(TEXT.buckets) else HTML

    @property
    def digest(self) -> str:
        """A hash of all that decisions depend on."""
        found = sha256(repr((self.temperature, sorted(self.voices))).encode())
        for name, array in sorted(_arrays(self.network).items()):
            found.update(name.encode())
            found.update(np.ascontiguousarray(array).tobytes())
        if self.html:
            found.update(self.html.digest.encode())
        return found.hexdigest()


class About(BaseModel):
    """What `decision.json` says about the arrays beside it."""

    model_config = ConfigDict(strict=True, frozen=True)

    features: list[str]
    temperature: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    weights_sha256: str
    provenance: dict[str, Any]
    voices: list[str]


def save(weights: Weights, folder: Path) -> None:
    """Write the arrays to `decision.npz` and where they come from to `decision.json`.

    Those for lines with markup go to `decision-html.npz` and `decision-html.json`; older ones there
    are removed. The same weights give the same bytes: NumPy dates every array in the archive
    1980-01-01.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _save(replace(weights, html=None), folder / ARRAYS, folder / PROVENANCE)
    html = folder / HTML_ARRAYS, folder / HTML_PROVENANCE
    if weights.html:
        _save(weights.html, *html)
    else:
        for file in html:
            file.unlink(missing_ok=True)


def _save(weights: Weights, arrays_file: Path, about_file: Path) -> None:
    arrays: dict[str, Any] = _arrays(weights.network)
    np.savez_compressed(arrays_file, **arrays)
    about = {
        "features": weights.inputs.names,
        "temperature": weights.temperature,
        "weights_sha256": weights.digest,
        "provenance": dict(weights.provenance),
        "voices": sorted(weights.voices),
    }
    text = json.dumps(about, indent=1, ensure_ascii=False) + "\n"
    about_file.write_text(text, encoding="utf-8")


def load(folder: Path) -> Weights:
    """The weights in a folder, checked: they are what `save` wrote there, both files of one fit.

    Raises:
        WeightsError: there are none, they are spoilt, or they were fitted for another version.
    """
    text = _load(folder, ARRAYS, PROVENANCE, TEXT)
    if not any((folder / name).exists() for name in (HTML_ARRAYS, HTML_PROVENANCE)):
        return text
    return replace(text, html=_load(folder, HTML_ARRAYS, HTML_PROVENANCE, HTML))


def _load(folder: Path, arrays_name: str, about_name: str, inputs: Inputs) -> Weights:
    try:
        about = _about(folder / about_name)
        arrays = _read(folder / arrays_name)
        network = _network(arrays)
    except _UNREADABLE as error:
        reason = error if isinstance(error, OSError) else repr(error)
        raise WeightsError(
            f"{folder}: no weights of the decision can be read there ({reason}); make them with"
            f" `cleaner train GOLD... -o {folder}`"
        ) from None
    weights = Weights(network, about.temperature, frozenset(about.voices), about.provenance)
    _check_version(folder, about, network, inputs)
    _check_arrays(folder / arrays_name, arrays)
    if about.weights_sha256 != weights.digest:
        raise WeightsError(
            f"{folder}: {arrays_name} and {about_name} are not of the same fit, or were changed"
            " (the weights are not those of weights_sha256); copy both files of one fit, or fit"
            f" the weights again with `cleaner train GOLD... -o {folder}`"
        )
    return weights


def _about(file: Path) -> About:
    try:
        return About.model_validate(json.loads(file.read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        # Not the error itself: its text has several lines.
        raise ValueError(f"{file.name}: {where or 'all of it'}: {first['msg']}") from None


def _read(file: Path) -> dict[str, npt.NDArray[Any]]:
    # Opened here: given a path, NumPy leaves a file open that is no archive.
    with file.open("rb") as opened, np.load(opened, allow_pickle=False) as archive:
        return {name: archive[name] for name in archive.files}


def _check_version(folder: Path, about: About, network: Network, inputs: Inputs) -> None:
    shapes = expected_shapes(len(inputs.features), inputs.buckets)
    if about.features != inputs.names or network.shapes != shapes:
        raise WeightsError(
            f"{folder}: these weights were fitted with other measurements than this version makes;"
            f" fit them again with `cleaner train GOLD... -o {folder}`"
        )


def _check_arrays(file: Path, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    for name, array in sorted(arrays.items()):
        fault = _fault(name, array)
        if fault:
            raise WeightsError(
                f"{file}: the array '{name}' {fault}; copy the file anew, or fit the weights again"
                f" with `cleaner train GOLD... -o {file.parent}`"
            )


def _fault(name: str, array: npt.NDArray[Any]) -> str | None:
    """What is wrong with an array; None where nothing is."""
    wanted = np.dtype(_DTYPES.get(name, np.float64))
    if array.dtype != wanted:
        return f"is of {array.dtype}, not of {wanted}"
    if not np.isfinite(array).all():
        return "has numbers that are not finite"
    if name in _DIVISORS and (array <= 0).any():
        return "has numbers that are not above 0"
    return None


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
    embeddings = {
        f"{name}.{part}": getattr(embedding, part)
        for name, embedding in zip(_EMBEDDINGS, network.embeddings, strict=False)
        for part in ("rows", "step")
    }
    return {**layers, **embeddings, **{name: getattr(network, name) for name in _SINGLE}}


def _network(arrays: Mapping[str, npt.NDArray[Any]]) -> Network:
    parts: dict[str, Any] = {name: arrays[name] for name in _SINGLE}
    for name in _LAYERS:
        parts[name] = Layer(*(arrays[f"{name}.{part}"] for part in _PARTS))
    parts["embeddings"] = tuple(
        Embedding(arrays[f"{name}.rows"], arrays[f"{name}.step"])
        for name in _EMBEDDINGS
        if f"{name}.rows" in arrays
    )
    return Network(**parts)
