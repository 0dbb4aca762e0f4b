"""The model of py3langid, in a sixth of its size: what some languages need of it.

Loaded as py3langid does it takes 100 MB and keeps most of that: scores of 139 languages, and moves
of an automaton whose rows differ in few places.
"""

from __future__ import annotations

import lzma
import math
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZipFile

import numpy as np
import numpy.typing as npt
from numpy.lib import format as npy
from py3langid.langid import MODEL_DIR, MODEL_FILE

States = npt.NDArray[np.int32]
Letters = npt.NDArray[np.uint8]

# A row has a move for each byte; in blocks of so many, nine of ten are the same as others.
BYTES, BLOCK, _BLOCK_BITS = 256, 16, 4
# So many rows of a table are in memory while it is read.
STRETCH_ROWS = 1024


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """An automaton over bytes: where each state goes by each of them."""

    rows: States  # where the row of each state begins, in blocks; shape (states,)
    blocks: npt.NDArray[np.unsignedinteger]  # the blocks of all rows; shape (rows * blocks of one,)
    states: npt.NDArray[np.uint32]  # of each distinct block; shape (blocks * BLOCK,)

    def __call__(self, before: States, letters: Letters) -> States:
        """The state after each letter, by the states before them."""
        block = self.blocks.take(self.rows.take(before) + (letters >> _BLOCK_BITS))
        places = block.astype(np.int32) * BLOCK + (letters & (BLOCK - 1))
        return self.states.take(places).astype(np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Naive Bayes over byte n-grams, and the automaton that finds these."""

    codes: list[str]  # of each class; a language may have two
    prior: npt.NDArray[np.float32]  # shape (classes,)
    table: npt.NDArray[np.float16]  # shape (n-grams, classes)
    moves: Moves
    features: States  # the n-gram that ends with each state, -1 for none


def read_model(languages: Collection[str]) -> Model:
    """What the model that py3langid comes with says of these languages."""
    with TemporaryFile() as unpacked:
        with lzma.open(Path(MODEL_DIR) / MODEL_FILE) as packed:
            shutil.copyfileobj(packed, unpacked)
        with ZipFile(unpacked) as archive:
            return _read(archive, languages)


def _read(archive: ZipFile, languages: Collection[str]) -> Model:
    codes: list[str] = _whole(archive, "classes").tolist()
    chosen = [i for i, code in enumerate(codes) if code in languages]
    return Model(
        codes=[codes[i] for i in chosen],
        prior=_whole(archive, "pc")[chosen],
        table=_columns(archive, "ptc", len(codes), chosen),
        moves=_moves(archive),
        features=_whole(archive, "out_feat").astype(np.int32),
    )


def _moves(archive: ZipFile) -> Moves:
    stretches = partial(_stretches, archive, "nextmove", BYTES)
    # Equal sums of products are taken for equal blocks: of 600,000, two others have one by a chance
    # of one in a hundred million.
    hashes = np.concatenate([some.reshape(-1, BLOCK) @ _factors() for some in stretches()])
    _, first, which = np.unique(hashes, return_index=True, return_inverse=True)
    states = np.empty((len(first), BLOCK), np.uint32)
    start = 0
    for some in stretches():
        pieces = some.reshape(-1, BLOCK)
        here = (first >= start) & (first < start + len(pieces))
        states[here] = pieces[first[here] - start]
        start += len(pieces)
    return Moves(
        rows=_whole(archive, "nextmove_row").astype(np.int32) * np.int32(BYTES // BLOCK),
        blocks=which.astype(np.min_scalar_type(len(first))),
        states=states.ravel(),
    )


def _factors() -> npt.NDArray[np.uint64]:
    """Odd numbers that make sums of products hashes."""
    return np.asarray(np.cumprod(np.full(BLOCK, 0x9E3779B97F4A7C15, np.uint64)), np.uint64)


def _columns(archive: ZipFile, name: str, width: int, chosen: list[int]) -> Any:
    """Some columns of a table that is so wide."""
    with archive.open(f"{name}.npy") as file:
        count, dtype = _header(file)
    found = np.empty((count // width, len(chosen)), dtype)
    row = 0
    for some in _stretches(archive, name, width):
        found[row : row + len(some)] = some[:, chosen]
        row += len(some)
    return found


def _stretches(archive: ZipFile, name: str, width: int) -> Iterator[Any]:
    """The rows of a table that is so wide, piece by piece."""
    with archive.open(f"{name}.npy") as file:
        _, dtype = _header(file)
        while piece := file.read(STRETCH_ROWS * width * dtype.itemsize):
            yield np.frombuffer(piece, dtype).reshape(-1, width)


def _header(file: IO[bytes]) -> tuple[int, np.dtype[Any]]:
    """How many values the array in a file has, and of which type."""
    npy.read_magic(file)
    shape, _, dtype = npy.read_array_header_1_0(file)
    return math.prod(shape), dtype


def _whole(archive: ZipFile, name: str) -> Any:
    with archive.open(f"{name}.npy") as file:
        return npy.read_array(file, allow_pickle=False)
