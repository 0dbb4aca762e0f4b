from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from cleaner.decide.features import FEATURES
from cleaner.decide.inputs import HTML, TEXT
from cleaner.decide.weights import (
    ARRAYS,
    HTML_ARRAYS,
    HTML_PROVENANCE,
    PROVENANCE,
    Weights,
    builtin_weights,
    load,
    save,
)
from cleaner.errors import WeightsError
from cleaner.rules import builtin_folder
from tests.decide import networks

WEIGHTS = Weights(networks.network(0), 1.25, frozenset({"b.rule", "a.rule"}), {"pages": 3})
BOTH = replace(WEIGHTS, html=Weights(networks.network(2, HTML), 1.1, frozenset({"a.rule"})))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with weights."""
    save(WEIGHTS, tmp_path / "weights")
    return tmp_path / "weights"


def bytes_of(folder: Path) -> list[bytes]:
    return [(folder / name).read_bytes() for name in (ARRAYS, PROVENANCE)]


def test_what_is_saved_is_loaded(folder: Path) -> None:
    found = load(folder)

    assert WEIGHTS.digest == found.digest
    assert (1.25, WEIGHTS.voices, {"pages": 3}) == (
        found.temperature,
        found.voices,
        found.provenance,
    )


def test_loaded_weights_are_saved_to_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    save(load(folder), tmp_path / "again")

    assert bytes_of(folder) == bytes_of(tmp_path / "again")


def test_no_array_is_dated_by_the_clock(folder: Path) -> None:
    with zipfile.ZipFile(folder / ARRAYS) as archive:
        dates = {info.date_time for info in archive.infolist()}

    assert {(1980, 1, 1, 0, 0, 0)} == dates


def test_loaded_weights_have_the_same_types(folder: Path) -> None:
    found = load(folder).network

    assert [np.int16, np.float64, np.int8] == [
        found.line.weights.dtype,
        found.line.steps.dtype,
        found.embeddings[0].rows.dtype,
    ]


def test_weights_for_markup_stand_beside_those_for_text(tmp_path: Path) -> None:
    save(BOTH, tmp_path)
    found = load(tmp_path)

    assert BOTH.digest == found.digest
    assert (TEXT, HTML) == (found.inputs, found.html and found.html.inputs)
    assert 4 == len(list(tmp_path.iterdir()))


def test_weights_for_markup_go_with_the_fit_they_belong_to(tmp_path: Path) -> None:
    save(BOTH, tmp_path)
    save(WEIGHTS, tmp_path)

    assert load(tmp_path).html is None


@pytest.mark.parametrize("name", [HTML_ARRAYS, HTML_PROVENANCE])
def test_half_of_the_weights_for_markup_are_refused(tmp_path: Path, name: str) -> None:
    save(BOTH, tmp_path)
    (tmp_path / name).unlink()

    with pytest.raises(WeightsError, match=name):
        load(tmp_path)


@pytest.mark.parametrize(
    "other",
    [
        BOTH,
        replace(WEIGHTS, temperature=1.5),
        replace(WEIGHTS, voices=frozenset({"a.rule"})),
        replace(WEIGHTS, network=networks.network(1)),
    ],
    ids=["html", "temperature", "voices", "network"],
)
def test_the_digest_tells_what_decisions_depend_on(other: Weights) -> None:
    assert WEIGHTS.digest != other.digest


def test_the_digest_does_not_tell_where_weights_come_from() -> None:
    assert WEIGHTS.digest == replace(WEIGHTS, provenance={"pages": 4}).digest


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def overwritten_within(file: Path) -> None:
    whole = file.read_bytes()
    at = len(whole) // 2
    file.write_bytes(whole[:at] + bytes(2_000) + whole[at + 2_000 :])


def without_an_array(file: Path) -> None:
    with np.load(file) as arrays:
        kept = {name: arrays[name] for name in arrays.files if name != "skip.bias"}
    np.savez(file, **kept)


def one_array(file: Path) -> None:
    with file.open("wb") as opened:
        np.save(opened, np.zeros(3))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / ARRAYS).unlink(),
        lambda folder: (folder / PROVENANCE).unlink(),
        lambda folder: cut(folder / ARRAYS),
        lambda folder: overwritten_within(folder / ARRAYS),
        lambda folder: (folder / ARRAYS).write_bytes(b""),
        lambda folder: without_an_array(folder / ARRAYS),
        lambda folder: cut(folder / PROVENANCE),
        lambda folder: (folder / PROVENANCE).write_text("[]"),
        lambda folder: (folder / PROVENANCE).write_text("{}"),
        lambda folder: (folder / PROVENANCE).write_bytes(b"\xff"),
        lambda folder: (folder / PROVENANCE).write_text("[" * 100_000),
        lambda folder: one_array(folder / ARRAYS),
    ],
    ids=[
        "no-arrays", "no-provenance", "cut-arrays", "spoilt-arrays", "empty-arrays",
        "lacking-array", "cut-json", "list", "empty-object", "not-utf-8", "deep-json", "npy",
    ],
)  # fmt: skip
def test_what_cannot_be_read_names_the_folder_and_the_cure(
    folder: Path, spoil: Callable[[Path], object]
) -> None:
    spoil(folder)

    with pytest.raises(WeightsError) as raised:
        load(folder)

    assert str(raised.value).startswith(f"{folder}: no weights")
    assert f"cleaner train GOLD... -o {folder}" in str(raised.value)


def test_no_folder_names_the_folder_and_the_cure(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"nowhere: no weights.*cleaner train GOLD"):
        load(tmp_path / "nowhere")


def about_of(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / PROVENANCE).read_text(encoding="utf-8")))


def write_about(folder: Path, about: Mapping[str, Any]) -> None:
    (folder / PROVENANCE).write_text(json.dumps(about), encoding="utf-8")


@pytest.mark.parametrize(
    "key", ["features", "temperature", "weights_sha256", "provenance", "voices"]
)
def test_what_decision_json_lacks_is_named(folder: Path, key: str) -> None:
    about = about_of(folder)
    del about[key]
    write_about(folder, about)

    with pytest.raises(WeightsError, match=rf"^[^\n]*decision\.json: {key}: Field required[^\n]*$"):
        load(folder)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("temperature", 0),
        ("temperature", -1.5),
        ("temperature", float("nan")),
        ("temperature", float("inf")),
        ("temperature", "1.34"),
        ("voices", "abc"),
        ("voices", {"a.rule": 1}),
        ("voices", ["a.rule", 7]),
        ("features", None),
        ("provenance", "mine"),
    ],
    ids=str,
)
def test_what_decision_json_says_wrongly_is_named(folder: Path, key: str, value: object) -> None:
    write_about(folder, {**about_of(folder), key: value})

    with pytest.raises(WeightsError) as raised:
        load(folder)

    said = str(raised.value)
    assert said.startswith(f"{folder}: no weights of the decision can be read there")
    assert f"decision.json: {key}" in said
    assert f"cleaner train GOLD... -o {folder}" in said
    assert 1 == len(said.splitlines())


def not_a_number(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return np.where(np.arange(array.size).reshape(array.shape) == 0, np.nan, array)


@pytest.mark.parametrize(
    ("name", "change", "fault"),
    [
        ("mean", not_a_number, "has numbers that are not finite"),
        ("context.bias", not_a_number, "has numbers that are not finite"),
        ("summary.steps", lambda a: a * np.inf, "has numbers that are not finite"),
        ("spread", lambda a: a * 0, "has numbers that are not above 0"),
        ("wording.step", lambda a: -a, "has numbers that are not above 0"),
        ("wording.rows", lambda a: a.astype(np.float32), "is of float32, not of int8"),
        ("summary.weights", lambda a: a.astype(np.int32), "is of int32, not of int16"),
        ("out.bias", lambda a: a.astype(np.float32), "is of float32, not of float64"),
    ],
)
def test_an_array_that_no_fit_writes_is_named(
    folder: Path, name: str, change: Callable[[npt.NDArray[Any]], npt.NDArray[Any]], fault: str
) -> None:
    with np.load(folder / ARRAYS) as arrays:
        changed = {each: change(a) if each == name else a for each, a in arrays.items()}
    np.savez(folder / ARRAYS, **changed)

    with pytest.raises(WeightsError) as raised:
        load(folder)

    said = str(raised.value)
    assert said.startswith(f"{folder / ARRAYS}: the array '{name}' {fault};")
    assert f"cleaner train GOLD... -o {folder}" in said


def arrays_of_another_fit(folder: Path) -> None:
    save(replace(WEIGHTS, network=networks.network(1)), folder / "other")
    (folder / "other" / ARRAYS).replace(folder / ARRAYS)


@pytest.mark.parametrize(
    "spoil",
    [
        arrays_of_another_fit,
        lambda folder: write_about(folder, {**about_of(folder), "temperature": 1.5}),
        lambda folder: write_about(folder, {**about_of(folder), "voices": ["a.rule"]}),
    ],
    ids=["arrays", "temperature", "voices"],
)
def test_files_of_different_fits_are_refused(folder: Path, spoil: Callable[[Path], object]) -> None:
    spoil(folder)

    with pytest.raises(WeightsError) as raised:
        load(folder)

    said = str(raised.value)
    assert said.startswith(f"{folder}: decision.npz and decision.json are not of the same fit")
    assert "copy both files of one fit" in said


def renamed_feature(weights: Weights, folder: Path) -> None:
    save(weights, folder)
    about = about_of(folder)
    about["features"][0] = "something_else"
    write_about(folder, about)


def other_layer(weights: Weights, folder: Path) -> None:
    line = replace(weights.network.line, weights=weights.network.line.weights[:-1])
    save(replace(weights, network=replace(weights.network, line=line)), folder)


def fewer_buckets(weights: Weights, folder: Path) -> None:
    [wording] = weights.network.embeddings
    fewer = replace(wording, rows=wording.rows[:-1])
    save(replace(weights, network=replace(weights.network, embeddings=(fewer,))), folder)


@pytest.mark.parametrize("write", [renamed_feature, other_layer, fewer_buckets])
def test_weights_of_another_version_are_refused(
    write: Callable[[Weights, Path], None], tmp_path: Path
) -> None:
    write(WEIGHTS, tmp_path)

    with pytest.raises(WeightsError) as raised:
        load(tmp_path)

    assert str(raised.value).startswith(f"{tmp_path}: these weights were fitted with other")
    assert f"cleaner train GOLD... -o {tmp_path}" in str(raised.value)


def test_the_built_in_weights_are_what_their_provenance_says() -> None:
    about, weights = about_of(builtin_folder()), builtin_weights()

    assert weights.html is not None
    assert about["weights_sha256"] == replace(weights, html=None).digest
    assert weights.html.provenance["pages"] <= weights.provenance["pages"]
    assert about["features"] == [feature.name for feature in FEATURES]


def test_the_built_in_weights_are_finite_and_calibrated() -> None:
    weights = builtin_weights()
    network = weights.network

    assert 0 < weights.temperature
    assert (network.spread > 0).all()
    for layer in (network.line, network.summary, network.context, network.out, network.skip):
        assert np.isfinite(layer.real).all()
        assert np.isfinite(layer.bias).all()
