"""Laws that hold for every stage, also the one written tomorrow, over any text."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Label, Pipeline, Record, Settings
from cleaner.text.segment import segment
from cleaner.writers.runs import read_run
from tests.conftest import write_run
from tests.laws import STAGE_SETS, AnyStage, bytes_of, rows_of, stages, texts, without_surrogates

KEEP_SETS = {
    "default": frozenset({Label.TITLE, Label.BODY}),
    "body": frozenset({Label.BODY}),
    "noise": frozenset({Label.TICKER, Label.SPAM}),
    "everything": frozenset(Label),
}
NEVER_SPARE = 1.0

every_stage = pytest.mark.parametrize("name", STAGE_SETS)
every_keep_set = pytest.mark.parametrize("keep", KEEP_SETS.values(), ids=KEEP_SETS)


def with_stages(name: str) -> Pipeline:
    # Whole pages may be removed: a law that held only by quarantine would say nothing.
    return Pipeline(Settings(max_removed_share=NEVER_SPARE), stages=STAGE_SETS[name])


def with_drawn(stage: AnyStage, keep: frozenset[Label]) -> Pipeline:
    settings = Settings(max_removed_share=NEVER_SPARE, keep=keep)
    return Pipeline(settings, stages={}).adding(drawn=stage)


def unaccounted(source: str, record: Record) -> list[str]:
    """What stands between, before and behind the spans and is no white space, or stands in two."""
    spans = sorted(
        [(start, end) for start, end, _ in record.kept]
        + [(removal.start, removal.end) for removal in record.removed]
    )
    edges = [(0, 0), *spans, (len(source), len(source))]
    overlaps = [f"{a} and {b} overlap" for a, b in pairwise(edges) if a[1] > b[0]]
    return overlaps + [gap for a, b in pairwise(edges) if (gap := source[a[1] : b[0]]).strip()]


def through_files(records: list[Record]) -> list[Record]:
    with TemporaryDirectory() as folder:
        return list(read_run(write_run(Path(folder), records)))


@every_stage
@given(text=texts())
def test_every_character_is_kept_removed_or_white_space(name: str, text: str) -> None:
    assert [] == unaccounted(without_surrogates(text), with_stages(name).run(text))


@every_stage
@given(text=texts())
def test_restoring_gives_the_source_back(name: str, text: str) -> None:
    assert without_surrogates(text) == with_stages(name).run(text).restore()


@every_keep_set
@given(text=texts(), stage=stages())
def test_every_character_is_accounted_for_by_any_stage(
    keep: frozenset[Label], text: str, stage: AnyStage
) -> None:
    assert [] == unaccounted(without_surrogates(text), with_drawn(stage, keep).run(text))


@every_keep_set
@given(text=texts(), stage=stages())
def test_restoring_gives_the_source_back_whatever_a_stage_said(
    keep: frozenset[Label], text: str, stage: AnyStage
) -> None:
    assert without_surrogates(text) == with_drawn(stage, keep).run(text).restore()


@every_keep_set
@given(several=st.lists(texts(), max_size=4), stage=stages())
def test_restoring_from_files_gives_the_sources_back(
    keep: frozenset[Label], several: list[str], stage: AnyStage
) -> None:
    documents = [segment(text, f"{n}.txt") for n, text in enumerate(several)]

    restored = [r.restore() for r in through_files(list(with_drawn(stage, keep).map(documents)))]

    assert [document.text for document in documents] == restored


@given(several=st.lists(texts(), max_size=4), stage=stages())
def test_rows_read_back_are_the_rows_written(several: list[str], stage: AnyStage) -> None:
    documents = [segment(text, f"{n}.txt") for n, text in enumerate(several)]
    records = list(Pipeline().adding(drawn=stage).map(documents))

    assert [bytes_of(r) for r in records] == [bytes_of(r) for r in through_files(records)]


@given(text=texts(), stage=stages('"\x1f\x7f\\\u2028ü'))
def test_rows_are_written_as_pydantic_would(text: str, stage: AnyStage) -> None:
    pipeline, name = with_drawn(stage, KEEP_SETS["body"]), without_surrogates(text)

    written = list(pipeline.run(segment(text, name)).removed_json())

    removed = pipeline.run(segment(text, name)).removed
    assert [removal.model_dump_json() for removal in removed] == written


@given(text=texts(), stage=stages())
def test_rules_that_removed_are_those_of_the_rows(text: str, stage: AnyStage) -> None:
    record = with_drawn(stage, KEEP_SETS["body"]).run(text)

    assert [row.rule for row in record.json_rows()] == [removal.rule for removal in record.removed]


@given(text=texts(), stage=stages())
def test_removed_text_is_that_of_its_span(text: str, stage: AnyStage) -> None:
    source = without_surrogates(text)
    removed = with_drawn(stage, KEEP_SETS["default"]).run(text).removed

    assert [source[r.start : r.end] for r in removed] == [r.text for r in removed]


@given(text=texts(), stage=stages())
def test_clean_text_is_the_kept_spans_in_order(text: str, stage: AnyStage) -> None:
    source = without_surrogates(text)
    record = with_drawn(stage, KEEP_SETS["default"]).run(text)

    kept = [source[start:end] for start, end, _ in record.kept]

    assert "".join("".join(kept).split()) == "".join(record.text.split())


@given(text=texts(), stage=stages())
def test_removals_stand_in_order_of_the_source(text: str, stage: AnyStage) -> None:
    starts = [r.start for r in with_drawn(stage, KEEP_SETS["default"]).run(text).removed]

    assert sorted(starts) == starts


@given(text=texts(), stage=stages())
def test_only_labels_to_keep_are_kept_and_no_others(text: str, stage: AnyStage) -> None:
    keep = KEEP_SETS["default"]
    record = with_drawn(stage, keep).run(text)

    assert {label for _, _, label in record.kept} <= keep
    assert not {removal.label for removal in record.removed} & keep


@given(text=texts(), stage=stages())
def test_scores_and_weights_are_probabilities(text: str, stage: AnyStage) -> None:
    removed = Pipeline().adding(drawn=stage).run(text).removed

    assert all(0 <= r.score <= 1 for r in removed)
    assert all(0 < voice.weight <= 1 for r in removed for voice in r.evidence)


@given(text=texts(), stage=stages())
def test_a_removal_names_a_voice_for_its_label(text: str, stage: AnyStage) -> None:
    for removal in with_drawn(stage, KEEP_SETS["default"]).run(text).removed:
        assert (removal.stage, removal.rule, removal.label) in {
            (voice.stage, voice.rule, voice.label) for voice in removal.evidence
        }


@given(text=texts(), stage=stages())
def test_a_removal_names_the_strongest_voice_for_its_label(text: str, stage: AnyStage) -> None:
    for removal in with_drawn(stage, KEEP_SETS["default"]).run(text).removed:
        # Where nothing speaks for this very label, what spoke loudest has to do.
        own = [v for v in removal.evidence if v.label is removal.label] or removal.evidence
        assert (own[0].stage, own[0].rule) == (removal.stage, removal.rule)


@given(text=texts(), stage=stages())
def test_evidence_stands_in_the_order_of_what_it_weighed(text: str, stage: AnyStage) -> None:
    for removal in with_drawn(stage, KEEP_SETS["default"]).run(text).removed:
        weighed = [abs(voice.log_odds or 0.0) for voice in removal.evidence]
        assert sorted(weighed, reverse=True) == weighed


@given(text=texts(), stage=stages())
def test_every_voice_about_a_removed_line_is_evidence(text: str, stage: AnyStage) -> None:
    pipeline = with_drawn(stage, KEEP_SETS["default"])
    document = segment(text)
    record = pipeline.run(document)
    index = {line.start: i for i, line in enumerate(document.lines)}
    spread = Counter(
        (i, voice.label, voice.rule, voice.weight)
        for voice in stage(range(len(document.lines)))  # a drawn stage asks only for the length
        for i in range(voice.first, voice.last + 1)
    )

    found = Counter(
        (index[removal.start], voice.label, voice.rule, voice.weight)
        for removal in record.removed
        for voice in removal.evidence
        if voice.stage != "decide"
    )

    removed = {index[removal.start] for removal in record.removed}
    assert Counter({k: n for k, n in spread.items() if k[0] in removed}) == found


@given(text=texts(), stage=stages())
def test_counts_add_up(text: str, stage: AnyStage) -> None:
    stats = with_drawn(stage, KEEP_SETS["default"]).run(text).stats

    for name in ("chars", "lines"):
        parts = [stats.kept, *stats.removed.values()]
        assert getattr(stats.source, name) == sum(getattr(part, name) for part in parts)


@given(text=texts(), drawn=stages("first"), other=stages("second"), data=st.data())
def test_order_of_stages_is_irrelevant(
    text: str, drawn: AnyStage, other: AnyStage, data: st.DataObject
) -> None:
    usual = Pipeline().adding(first=drawn, second=other)
    order = data.draw(st.permutations(sorted(usual.stages)))

    shuffled = Pipeline(stages={name: usual.stages[name] for name in order})

    assert rows_of(text, usual) == rows_of(text, shuffled)


@given(text=texts())
def test_the_same_input_gives_the_same_bytes(text: str) -> None:
    assert rows_of(text, Pipeline()) == rows_of(text, Pipeline())


@given(several=st.lists(texts(), max_size=5))
def test_a_document_is_cleaned_in_company_as_it_is_alone(
    pipeline: Pipeline, several: list[str]
) -> None:
    alone = [rows_of(text, pipeline) for text in several]

    assert alone == [bytes_of(record) for record in pipeline.map(several)]


@given(text=texts())
def test_a_stage_that_says_nothing_changes_nothing(pipeline: Pipeline, text: str) -> None:
    silent = pipeline.adding(silent=lambda _: ())

    assert rows_of(text, pipeline) == rows_of(text, silent)


@given(text=texts())
def test_a_page_is_never_emptied_by_default(pipeline: Pipeline, text: str) -> None:
    record = pipeline.run(text)
    has_letters = any(char.isalnum() for char in without_surrogates(text))

    assert bool(record.kept) or not has_letters


# Run by another interpreter: prints the rows of every seed and of a text full of sets and dicts.
_ROWS_PROGRAM = """
import sys
from pathlib import Path
from cleaner import Pipeline, Settings
settings = Settings(keep={"title", "body", "comment", "meta"}, without={"repeats", "spam"})
for pipeline in (Pipeline(), Pipeline(settings)):
    print(settings.model_dump_json())
    for file in sorted(Path(sys.argv[1]).glob("*.txt")):
        record = pipeline.run(file.read_text(encoding="utf-8"))
        print(record.model_dump_json(), *(r.model_dump_json() for r in record.removed), sep="\\n")
"""


def test_the_order_of_hashes_is_irrelevant(seeds_folder: Path) -> None:
    printed = [
        subprocess.run(
            [sys.executable, "-c", _ROWS_PROGRAM, str(seeds_folder)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    ]

    assert printed[0].count(b"\n") > 10
    assert printed[0] == printed[1]
