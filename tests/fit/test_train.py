from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import cleaner
from cleaner import Label, Pipeline
from cleaner.decide.features import STRUCTURAL
from cleaner.decide.weights import Weights, load, save
from cleaner.errors import SourceError
from cleaner.fit import Options, fit
from cleaner.fit.read import NOT_SCORED, read_forms, readings, seen_on
from cleaner.fit.train import FEWEST_PAGES_TO_FIT, about_foreign
from cleaner.model import LABELS
from tests.fit import toys

PAGES = toys.pages(12)
FRENCH = {"fr": ["Il pleut.", "Oui."]}
QUICK = Options(epochs=2, calibrate=False)


@pytest.fixture(scope="module")
def weights(pipeline: Pipeline) -> Weights:
    """Weights fitted to a dozen invented pages, scores made honest."""
    return fit(PAGES, pipeline, options=Options(epochs=2), foreign=FRENCH)


def test_fitted_weights_are_saved_and_loaded_to_the_byte(weights: Weights, tmp_path: Path) -> None:
    save(weights, tmp_path / "one")
    save(load(tmp_path / "one"), tmp_path / "two")

    for name in ("decision.npz", "decision.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_fitted_weights_clean(weights: Weights) -> None:
    record = Pipeline(weights=weights).run(PAGES[0].text)

    assert record.text or record.flags


def test_the_same_pages_and_options_give_the_same_weights(pipeline: Pipeline) -> None:
    one, other = (fit(PAGES, pipeline, options=QUICK) for _ in range(2))

    assert one.digest == other.digest


def test_weights_know_the_voices_they_were_fitted_on(weights: Weights, pipeline: Pipeline) -> None:
    assert {*STRUCTURAL, *(rule.id for rule in pipeline.rules.rules)} == weights.voices


def test_weights_say_where_they_come_from(weights: Weights, pipeline: Pipeline) -> None:
    about = weights.provenance

    assert (12, pipeline.rules.digest) == (about["pages"], about["rules_sha256"])
    assert sum(len(page.lines) for page in PAGES) == about["lines"]
    assert {"seed": 0, "epochs": 2, "calibrate": True, "score": True} == about["options"]


def test_weights_say_by_what_they_were_fitted(weights: Weights, pipeline: Pipeline) -> None:
    about = weights.provenance

    assert {"cleaner": cleaner.__version__, "numpy": np.__version__} == about["versions"]
    assert pipeline.settings.language.model_dump() == about["language"]
    assert {"engine", "min_letters"} == about["language"].keys()


def test_weights_say_which_foreign_sentences_they_were_shown(weights: Weights) -> None:
    about = weights.provenance

    assert {"fr": 2} == about["foreign"]
    assert about_foreign(FRENCH)["foreign_sha256"] == about["foreign_sha256"]


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"it": ["Il pleut.", "Oui."]},
        {"fr": ["Oui.", "Il pleut."]},
        {"fr": ["Il pleut. Oui."]},
        {"fr": ["Il pleut.", "Oui."], "it": ["Piove."]},
    ],
    ids=str,
)
def test_other_foreign_sentences_have_another_hash(other: dict[str, list[str]]) -> None:
    assert about_foreign(FRENCH)["foreign_sha256"] != about_foreign(other)["foreign_sha256"]


def test_the_order_of_languages_counts() -> None:
    both = {"fr": ["Oui."], "it": ["Si."]}
    turned = dict(reversed(both.items()))

    assert about_foreign(both)["foreign_sha256"] != about_foreign(turned)["foreign_sha256"]


def test_a_temperature_at_the_edge_is_told(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cleaner.fit.train.temperature", lambda *_: 0.5)
    told: list[str] = []

    fit(PAGES, pipeline, options=Options(epochs=1, score=False), tell=told.append)

    assert 1 == sum("0.50 lies at the edge of those tried (0.50 to 3.98)" in x for x in told)


def test_weights_say_how_they_score_on_pages_held_out(weights: Weights) -> None:
    scores = weights.provenance["scores"]

    assert "without every fifth page" in scores["note"]
    assert 3 == scores["pages"]["pages"]
    assert {"note", "pages", "wrapped", "wrapped_short", "clean"} == scores.keys()


@pytest.mark.parametrize("unscored", [QUICK, Options(epochs=1, score=False)], ids=str)
def test_scores_are_left_out_where_nobody_wants_them(unscored: Options, pipeline: Pipeline) -> None:
    assert "scores" not in fit(PAGES, pipeline, options=unscored).provenance


def test_scores_are_made_honest_by_a_temperature(weights: Weights) -> None:
    assert 0.5 <= weights.temperature < 4


@pytest.mark.parametrize("copies", [1, 30], ids=["few-pages", "many-copies-of-few"])
def test_too_few_pages_say_how_many_there_are_and_must_be(copies: int, pipeline: Pipeline) -> None:
    few = PAGES[: FEWEST_PAGES_TO_FIT - 1]

    with pytest.raises(SourceError, match=r"^9 pages .* too few to fit; label at least 10$"):
        fit(few * copies, pipeline)


def test_forms_of_a_page_are_no_pages_more(pipeline: Pipeline) -> None:
    few = PAGES[: FEWEST_PAGES_TO_FIT - 1]
    wrapped = [page.model_copy(update={"id": f"{page.id}#wrapped"}) for page in few]

    with pytest.raises(SourceError, match=r"^9 pages .* too few to fit; label at least 10$"):
        fit([*few, *wrapped], pipeline)


def test_what_happens_is_told(pipeline: Pipeline) -> None:
    told: list[str] = []

    fit(PAGES, pipeline, options=QUICK, tell=told.append)

    assert "fitting" == told[0]
    assert [f"epoch {n} of 2" for n in (1, 2)] == [line.partition(":")[0] for line in told[1:]]


def test_a_reading_has_the_label_of_every_line_that_is_left(pipeline: Pipeline) -> None:
    gold = toys.page(
        "mixed",
        ("  Titel der Seite  ", Label.TITLE),
        ("", Label.BODY),
        ("Nicht bewertet.", None),
        ("Ein Satz.\nNoch einer.", Label.BODY),
    )

    [reading] = readings([gold], pipeline)

    title, body = LABELS.index(Label.TITLE), LABELS.index(Label.BODY)
    assert [title, NOT_SCORED, body, body] == reading.labels.tolist()
    assert [13, 13, 7, 9] == reading.weights.tolist()


def test_pages_without_lines_are_not_read(pipeline: Pipeline) -> None:
    assert ["page-0"] == [
        r.id for r in readings([toys.page("empty", (" ", None)), PAGES[0]], pipeline)
    ]


def test_a_corpus_knows_its_pages_among_their_forms(pipeline: Pipeline) -> None:
    again = toys.page("page-0", ("Ganz anders.", Label.BODY))

    corpus = read_forms([PAGES[0], PAGES[1], again], pipeline, {})

    assert len(corpus.forms) > 6
    assert ["page-0", "page-1"] == [page.id for page in corpus.pages]
    assert [len(PAGES[0].lines) - 1, len(PAGES[1].lines) - 1] == [len(p) for p in corpus.pages]


def test_wording_is_counted_once_a_page(pipeline: Pipeline) -> None:
    read = list(readings([PAGES[0], PAGES[0], PAGES[1]], pipeline))

    words = [r.bags[0].buckets for r in read]

    seen = seen_on(read, 0, int(max(map(np.max, words))) + 1)

    assert 3 == seen.max()
    assert np.flatnonzero(seen).tolist() == np.unique(np.concatenate(words)).tolist()
