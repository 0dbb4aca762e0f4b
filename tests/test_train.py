"""`cleaner train`, and what its weights are used for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest

from cleaner import Pipeline, Settings
from cleaner.decide.weights import ARRAYS, PROVENANCE, builtin_weights, load, save
from cleaner.errors import SourceError, WeightsError
from cleaner.fit.sources import read_foreign, read_training
from cleaner.model import LABELS
from cleaner.rules import builtin_folder
from tests.conftest import Command, names
from tests.laws import REAL

FEWEST = 10
ARTICLE = REAL[0]


def gold_row(name: str, lines: Sequence[tuple[str, str | None]]) -> str:
    row = {"id": name, "lang": "de", "lines": [{"text": t, "label": x} for t, x in lines]}
    return json.dumps(row, ensure_ascii=False)


def a_page(number: int) -> list[tuple[str, str | None]]:
    """A page with every label."""
    return [(f"{REAL[i]} {number}", str(label)) for i, label in enumerate(LABELS)]


def gold(folder: Path, pages: int = FEWEST, name: str = "gold.jsonl") -> Path:
    file = folder / name
    rows = [gold_row(f"{name}-{n}", a_page(n)) for n in range(pages)]
    file.write_text("\n".join(rows), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of weights that give every line less of what the built-in ones give."""
    folder = tmp_path_factory.mktemp("trained") / "weights"
    save(replace(builtin_weights(), temperature=7.0), folder)
    return folder


def test_train_fits_to_markup_beside_text(cleaner_command: Command, tmp_path: Path) -> None:
    file = gold(tmp_path, 2 * FEWEST)
    for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        lines = "".join(f"<p>{escape(line['text'])}</p>" for line in row["lines"])
        (tmp_path / f"{row['id']}.html").write_text(lines, encoding="utf-8")
    (tmp_path / "a.html").write_text(f"<p>{escape(ARTICLE)}</p>", encoding="utf-8")

    ran = cleaner_command("train", file, "--html", ".", "--epochs", "1")
    again = cleaner_command("run", "a.html", "-o", "out", "--weights", "weights")
    scored = cleaner_command("eval", file, "--html", ".", "--folds", "2", "--epochs", "1", "--json")

    assert (0, 0, 0) == (ran.code, again.code, scored.code), ran.err + again.err + scored.err
    assert load(tmp_path / "weights").html is not None
    assert 2 * FEWEST == json.loads(scored.out)["pages"]


def test_train_says_which_page_has_no_markup(cleaner_command: Command, tmp_path: Path) -> None:
    ran = cleaner_command("train", gold(tmp_path), "--html", ".")

    assert 2 == ran.code
    assert "no gold.jsonl-0.html or gold.jsonl-0.html.gz" in ran.err


def test_train_writes_weights_that_a_run_decides_by(
    cleaner_command: Command, tmp_path: Path
) -> None:
    french = tmp_path / "fr.txt"
    french.write_text("Le train est parti.\nIl pleut.\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")

    ran = cleaner_command("train", gold(tmp_path), "--epochs", "1", "--foreign", french)
    again = cleaner_command("run", "a.txt", "-o", "out", "--weights", "weights")

    assert (0, "", 0) == (ran.code, ran.out, again.code), ran.err + again.err
    assert sorted([ARRAYS, PROVENANCE]) == names(tmp_path / "weights")
    summary = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert load(tmp_path / "weights").digest == summary["weights_sha256"]
    assert builtin_weights().digest != summary["weights_sha256"]
    assert [] == [
        said
        for said in (
            "10 pages, 80 lines: weights",
            "temperature",
            "epoch 1 of 1",
            "--weights weights",
        )
        if said not in ran.err
    ]


def test_training_does_not_need_the_weights_that_the_settings_name(
    cleaner_command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cleaner.fit.fit", lambda *_, **__: builtin_weights())
    (tmp_path / "cleaner.toml").write_text('weights = "weights"', encoding="utf-8")

    ran = cleaner_command("train", gold(tmp_path))

    assert (0, builtin_weights().digest) == (ran.code, load(tmp_path / "weights").digest)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], r"gold\.jsonl: no labelled line with text"),
        ([gold_row("a", [])], r"gold\.jsonl: no labelled line with text"),
        ([gold_row("a", [(ARTICLE, None)])], r"gold\.jsonl: no labelled line with text"),
        ([gold_row("a", [(" -", "body")])], r"gold\.jsonl: no labelled line with text"),
        ([gold_row("a", a_page(1))], r"1 pages are too few to fit; label at least 10"),
        ([gold_row("a", a_page(1))] * 20, r"1 pages are too few to fit; .* an id of its own"),
        (
            [gold_row(f"a#{n}", a_page(n)) for n in range(FEWEST)],
            r"1 pages are too few to fit; .* an id of its own",
        ),
        (
            [gold_row(str(n), a_page(n)[:-2]) for n in range(FEWEST)],
            r"no line is labelled spam, boilerplate, .*add pages with such lines",
        ),
        (["[]"], r"gold\.jsonl:1: not a gold page"),
        (
            [gold_row("a", [(ARTICLE, "advert")])],
            r"gold\.jsonl:1: not a gold page: lines\.0\.label",
        ),
    ],
    ids=[
        "empty",
        "page-without-lines",
        "no-labels",
        "no-letters",
        "one-page",
        "one-page-many-times",
        "forms-of-one-page",
        "labels-missing",
        "no-page",
        "unknown-label",
    ],
)
def test_gold_that_cannot_be_fitted_is_refused(
    tmp_path: Path, rows: list[str], message: str
) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text("\n".join(rows), encoding="utf-8")

    with pytest.raises(SourceError, match=message):
        read_training([file])


def test_pages_of_all_files_are_fitted(tmp_path: Path) -> None:
    files = [gold(tmp_path, 5, "a.jsonl"), gold(tmp_path, 5, "b.jsonl")]

    assert FEWEST == len(read_training(files))


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (None, "cannot be read"),
        (b"\xff\xfe", "cannot be read"),
        (b" \n\n", "holds no sentence"),
    ],
    ids=["missing", "not-utf8", "blank"],
)
def test_foreign_sentences_that_cannot_be_read_are_named(
    tmp_path: Path, raw: bytes | None, message: str
) -> None:
    file = tmp_path / "fr.txt"
    if raw is not None:
        file.write_bytes(raw)

    with pytest.raises(SourceError, match=rf"fr\.txt: {message}"):
        read_foreign([file])


def test_foreign_sentences_of_one_language_are_joined(tmp_path: Path) -> None:
    for folder, text in (("a", "Il pleut."), ("b", "Il neige.\u2028Oui.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "fr.txt").write_text(text, encoding="utf-8")

    found = read_foreign([tmp_path / "a" / "fr.txt", tmp_path / "b" / "fr.txt"])

    assert {"fr": ["Il pleut.", "Il neige.\u2028Oui."]} == found


@pytest.mark.parametrize(
    "arguments",
    [
        ("train", "no_such_gold.jsonl"),
        ("train", "few.jsonl"),
        ("train", "gold.jsonl", "-o", "gold.jsonl"),
        ("train", "gold.jsonl", "--foreign", "no_such.txt"),
        ("run", "gold.jsonl", "-o", "out", "--weights", "nowhere"),
        ("explain", "few.jsonl", "--weights", "gold.jsonl"),
        ("eval", "gold.jsonl", "--weights", "broken"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_fitted_or_read_is_one_line_and_ends_with_2(
    cleaner_command: Command, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    gold(tmp_path)
    gold(tmp_path, 3, "few.jsonl")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / PROVENANCE).write_text("{}", encoding="utf-8")

    ran = cleaner_command(*arguments)

    assert (2, "", 1) == (ran.code, ran.out, len(ran.err.splitlines())), ran.err
    assert ran.err.startswith("error: ")
    assert ["broken", "few.jsonl", "gold.jsonl"] == names(tmp_path)


def test_weights_of_another_version_are_refused_with_the_cure(
    tmp_path: Path, trained: Path
) -> None:
    about = json.loads((trained / PROVENANCE).read_text(encoding="utf-8"))
    about["features"] = about["features"][:-1]
    (tmp_path / ARRAYS).write_bytes((trained / ARRAYS).read_bytes())
    (tmp_path / PROVENANCE).write_text(json.dumps(about), encoding="utf-8")

    with pytest.raises(WeightsError, match=r"other measurements .*`cleaner train GOLD"):
        Pipeline(Settings(weights=tmp_path))


def test_the_package_has_weights_of_its_own() -> None:
    assert load(builtin_folder()).digest == Pipeline().deciding.digest


def test_weights_of_the_settings_decide(trained: Path) -> None:
    named = Pipeline(Settings(weights=trained))

    usual, other = (p.run(ARTICLE).explained[0][1].score for p in (Pipeline(), named))

    assert other < usual
    assert load(trained).digest == named.deciding.digest


def test_weights_given_win_over_those_of_the_settings(trained: Path) -> None:
    given = Pipeline(Settings(weights=trained), weights=builtin_weights())

    assert builtin_weights().digest == given.deciding.digest


def test_weights_stay_with_a_pipeline_that_is_changed(trained: Path) -> None:
    changed = Pipeline(Settings(weights=trained)).without("repeats").adding(mine=lambda _: ())

    assert load(trained).digest == changed.deciding.digest


def test_weights_of_a_settings_file_count_from_it(
    cleaner_command: Command, tmp_path: Path, trained: Path
) -> None:
    settings = trained.parent / "mine.toml"
    settings.write_text('weights = "weights"', encoding="utf-8")
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")

    cleaner_command("run", "a.txt", "-o", "out", "--settings", settings)

    summary = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert load(trained).digest == summary["weights_sha256"]
