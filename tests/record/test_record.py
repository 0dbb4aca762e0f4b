from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cleaner import Label, Page, Pipeline, Proposal, Record, Removal, Settings
from cleaner.decide.decisions import Decision, Decisions, Voice
from cleaner.errors import LedgerError
from cleaner.model import LABELS, Failure
from cleaner.record import cut
from cleaner.record.schemas import row_schemas
from cleaner.record.sources import restore
from cleaner.text.segment import segment
from cleaner.writers.runs import read_run, read_summary
from cleaner.writers.sources import write_source
from tests.conftest import names, rows, write_run

ARTICLE = "Das teilte der Kreml nach einem Treffen mit."
TICKER = "Torjäger Lasogga beendet Karriere"
SPAM = "Россия: Тайна диктатора Путина"
PAGE = f"{TICKER}\n\n{ARTICLE}\r\n\t{SPAM}\n{ARTICLE}\n"


def by_first_letter(page: Page) -> Iterator[Proposal]:
    """Sure of what every line is, as the tables of these tests are."""
    sure = {
        "D": Label.BODY,
        "T": Label.TICKER,
        "Р": Label.SPAM,
        "K": Label.COMMENT,
        "Ü": Label.TITLE,
    }
    for i in range(len(page)):
        label = sure[page.document.content(i)[0]]
        yield Proposal(i, i, label, 1.0, "sure", f"sure.{label}", "begins with its letter")


def record_of(text: str, name: str = "seite.txt", **settings: Any) -> Record:
    pipeline = Pipeline(Settings(**settings), stages={"sure": by_first_letter})
    return pipeline.run(segment(text, name))


def with_removed(record: Record, removed: Sequence[Any]) -> Record:
    return record.with_removed(removed)


def write(folder: Path, *records: Record | Failure, **run: Any) -> Path:
    return write_run(folder, records, **run)


def test_clean_text_keeps_the_white_space_between_kept_lines() -> None:
    assert f"{ARTICLE}\r\n\t{ARTICLE}" == record_of(f"\n{ARTICLE}\r\n\t{ARTICLE} \n\n").text


def test_clean_text_keeps_the_white_space_behind_a_kept_line_not_that_behind_a_removed_one() -> (
    None
):
    assert f"{ARTICLE}\r\n\t{ARTICLE}" == record_of(PAGE).text


@pytest.mark.parametrize(
    ("text", "body"),
    [
        pytest.param(f"Überschrift\n\n{ARTICLE}", ARTICLE, id="headline"),
        pytest.param(f"{PAGE}Über\n\n", f"{ARTICLE}\r\n\t{ARTICLE}", id="headline at the end"),
        pytest.param(f"D\n\n{TICKER}\nÜber\n\n\nD\n", "D\n\nD", id="gaps of removed lines"),
        pytest.param(f"D \n\tÜ\r\n{TICKER}\n D", "D \n\tD", id="unusual white space"),
        pytest.param(f"Ü\n{TICKER}", "", id="headline alone"),
        pytest.param("", "", id="empty"),
    ],
)
def test_body_is_what_is_kept_without_headlines(text: str, body: str, tmp_path: Path) -> None:
    record = record_of(text)
    [read] = read_run(write(tmp_path, record))

    assert body == record.body == read.body


def test_body_of_a_page_without_headlines_is_its_text() -> None:
    record = record_of(PAGE)

    assert record.text == record.body
    assert SPAM not in record_of(PAGE, keep={"body", "spam"}).body


def test_kept_spans_name_their_labels() -> None:
    record = record_of(f"Überschrift\n{ARTICLE}\n{TICKER}")

    assert ((0, 11, Label.TITLE), (12, 12 + len(ARTICLE), Label.BODY)) == record.kept


def test_removals_name_document_span_label_and_voice() -> None:
    [ticker, spam] = record_of(PAGE).removed

    assert ("seite.txt", 0, len(TICKER), TICKER, Label.TICKER, "sure", "sure.ticker") == (
        ticker.doc,
        ticker.start,
        ticker.end,
        ticker.text,
        ticker.label,
        ticker.stage,
        ticker.rule,
    )
    assert (SPAM, Label.SPAM) == (spam.text, spam.label)


def test_offsets_count_code_points() -> None:
    [removal] = record_of(f"D🙂\n{TICKER}\nD").removed

    assert (3, 3 + len(TICKER)) == (removal.start, removal.end)


def test_counts_per_label() -> None:
    stats = record_of(PAGE).stats

    assert {Label.TICKER: (len(TICKER), 1), Label.SPAM: (len(SPAM), 1)} == {
        label: (amount.chars, amount.lines) for label, amount in stats.removed.items()
    }
    assert (2 * len(ARTICLE), 2) == (stats.kept.chars, stats.kept.lines)


def test_labels_to_keep_are_a_setting() -> None:
    record = record_of(PAGE, keep={"body", "spam"})

    assert [Label.TICKER] == [removal.label for removal in record.removed]


def test_a_title_nobody_wants_is_removed_as_a_title() -> None:
    record = record_of(f"Überschrift\n{ARTICLE}", keep={"body"})

    assert [("Überschrift", Label.TITLE)] == [(r.text, r.label) for r in record.removed]


def test_reasons_do_not_depend_on_what_is_kept() -> None:
    alone, beside_spam = record_of(PAGE, keep={"body", "spam"}), record_of(PAGE, keep={"body"})

    assert alone.removed[0].evidence == beside_spam.removed[0].evidence


@pytest.mark.parametrize(
    "keep", [{"title"}, {"ticker"}, {"comment", "meta"}], ids=lambda keep: "+".join(sorted(keep))
)
def test_body_nobody_spoke_about_can_be_left_out_of_the_keep_set(keep: set[str]) -> None:
    settings = Settings(keep=keep, max_removed_share=1)

    record = Pipeline(settings, stages={}).run("Ein Satz.")

    assert [("Ein Satz.", Label.BODY)] == [(r.text, r.label) for r in record.removed]


@pytest.mark.parametrize(("wanted", "expected"), [(True, ("Kommentar",)), (False, None)])
def test_comments_are_listed_on_demand(
    wanted: bool,  # noqa: FBT001  # a table's column
    expected: tuple[str, ...] | None,
) -> None:
    assert expected == record_of(f"{ARTICLE}\nKommentar", comments=wanted).comments


def test_comments_are_rows_with_author_and_date_too() -> None:
    page = f"{ARTICLE}\nKarl, 3. Mai 2017\nKein Wort wahr.\nKaum."

    [comment] = record_of(page, comments=True).comment_rows or ()

    assert "Kein Wort wahr.\nKaum." == comment.text == page[comment.start : comment.end]
    assert ("Karl", "2017-05-03") == (comment.author, comment.date)


@pytest.mark.parametrize(
    ("form", "expected"), [("markdown", f"# Überall\n\n{ARTICLE}"), ("text", None)]
)
def test_markdown_is_written_on_demand_beside_the_text(form: str, expected: str | None) -> None:
    record = record_of(f"Überall\n{ARTICLE}\nKommentar", format=form)

    assert (f"Überall\n{ARTICLE}", expected) == (record.text, record.markdown)


@pytest.mark.parametrize(("wanted", "expected"), [(True, PAGE), (False, None)])
def test_source_text_is_kept_on_demand(
    wanted: bool,  # noqa: FBT001  # a table's column
    expected: str | None,
) -> None:
    assert expected == record_of(PAGE, keep_source=wanted).source_text


def test_every_line_is_explained_in_order() -> None:
    assert [
        (TICKER, Label.TICKER),
        (ARTICLE, Label.BODY),
        (SPAM, Label.SPAM),
        (ARTICLE, Label.BODY),
    ] == [(text, decision.label) for text, decision in record_of(PAGE).explained]


@pytest.mark.parametrize(
    "text", ["", " ", "\r\n\t\u2028", "\ufeff"], ids=["nothing", "blank", "white", "mark"]
)
def test_a_page_without_text_is_a_row_and_restored(text: str) -> None:
    record = Pipeline().run(text)

    assert text == record.restore()
    assert "" == record.text.strip("\ufeff")


@pytest.mark.parametrize(
    ("text", "flag"),
    [("", "empty"), (" \n", "empty"), ("\ud800", "repaired"), ("Wort " * 2_000, "long_lines")],
    ids=["nothing", "white-space", "surrogate", "enormous-line"],
)
def test_what_is_odd_about_a_page_is_flagged(text: str, flag: str) -> None:
    assert flag in Pipeline(stages={}).run(text).flags


def doubting(weight: float, **settings: Any) -> Record:
    """A line of running text that somebody takes for a menu, more or less."""
    doubts = [Proposal(0, 0, Label.BOILERPLATE, weight, "doubts", "doubts.menu", "perhaps")]
    return Pipeline(Settings(**settings), stages={"doubts": lambda _: doubts}).run(ARTICLE)


@pytest.fixture(scope="module")
def doubt() -> float:
    """How loudly somebody must speak for the line to be kept in doubt."""
    return next(w for n in range(1, 1_000) if doubting(w := n / 1_000).flags)


def test_undecided_lines_are_flagged(doubt: float) -> None:
    record = doubting(doubt)

    assert (("undecided_lines",), ARTICLE) == (record.flags, record.text)
    assert ((0, len(ARTICLE)),) == record.undecided


def test_a_line_that_goes_in_any_case_is_not_undecided(doubt: float) -> None:
    record = doubting(doubt, keep={"title"}, max_removed_share=1)

    assert ((), ()) == (record.flags, record.undecided)
    assert [Label.BODY] == [removal.label for removal in record.removed]


def in_doubt(*labels: Label) -> Decisions:
    """Lines with these labels, all but the first undecided."""
    return Decisions.of(
        Decision(label, 0.5, undecided=i > 0, voices=()) for i, label in enumerate(labels)
    )


def test_undecided_lines_are_named_by_their_places_in_the_source() -> None:
    doubts = in_doubt(Label.TITLE, Label.BODY, Label.TICKER, Label.BODY)

    record = cut(segment("Eins\r\n🙂 Zwei\nDrei\n\n Vier"), doubts, Settings())

    assert ((6, 12), (20, 24)) == record.undecided
    assert {(start, end) for start, end, _ in record.kept} > set(record.undecided)


def test_a_page_that_would_be_emptied_is_kept_and_quarantined() -> None:
    record = record_of(f"{TICKER}\n{SPAM}")

    assert "quarantined" in record.flags
    assert f"{TICKER}\n{SPAM}" == record.text
    assert () == record.removed


def test_a_quarantined_page_says_what_would_have_gone() -> None:
    text = f"Dies.\n\n{TICKER * 20}\n{SPAM}"
    gone = record_of(text, max_removed_share=1).removed
    record = record_of(text, max_removed_share=0.9)

    assert [Label.TICKER, Label.SPAM] == [removal.label for removal in gone]
    assert [(r.start, r.end, r.label, r.score) for r in gone] == list(record.spared)


def test_only_a_quarantined_page_has_lines_that_were_spared() -> None:
    assert () == record_of(PAGE).spared


def test_undecided_and_spared_lines_are_read_back(tmp_path: Path) -> None:
    record = record_of(f"{TICKER}\n{SPAM}")

    [again] = read_run(write(tmp_path, record))

    assert 2 == len(record.undecided) == len(record.spared)
    assert (record.undecided, record.spared) == (again.undecided, again.spared)


def test_a_quarantined_page_shows_what_spoke_against_it() -> None:
    rules = [d.voices[0].rule for _, d in record_of(f"{TICKER}\n{SPAM}").explained]

    assert ["sure.ticker", "sure.spam"] == rules


def test_nobody_is_heard_before_somebody_asks() -> None:
    heard = []
    decisions = Decisions(
        labels=np.array([LABELS.index(Label.TICKER)], np.int8),
        scores=np.array([0.9]),
        undecided=np.array([False]),
        evidence=lambda i: heard.append(i) or (Voice(Label.TICKER, 0.9, "s", "s.r", "x", 2.0),),
    )

    record = cut(segment(TICKER), decisions, Settings())

    assert ("", (), 1) == (record.text, record.kept, record.stats.source.lines)
    assert ([], 1, [0]) == (list(heard), len(record.removed), heard)


def removed_by(*voices: Voice) -> Record:
    """A line removed as a ticker, about which these voices spoke."""
    decisions = Decisions(
        labels=np.array([LABELS.index(Label.TICKER)], np.int8),
        scores=np.array([0.3]),
        undecided=np.array([False]),
        evidence=lambda _: voices,
    )
    return cut(segment(TICKER), decisions, Settings())


def test_a_removal_names_the_strongest_voice_for_its_label() -> None:
    body = Voice(Label.BODY, 0.9, "article", "article.core", "x", -3.0)
    ticker = Voice(Label.TICKER, 0.9, "ticker", "ticker.run", "x", 2.0)

    [removal] = removed_by(body, ticker).removed

    assert ("ticker", "ticker.run") == (removal.stage, removal.rule)


@pytest.mark.parametrize(
    ("voices", "expected"),
    [
        ((Voice(Label.BODY, 0.6, "decide", "decide.shape", "x", -0.4),), "decide.shape"),
        ((), "decide.prior"),
    ],
    ids=["against", "silence"],
)
def test_a_removal_no_voice_speaks_for_names_one_nevertheless(
    voices: tuple[Voice, ...], expected: str
) -> None:
    record = removed_by(*voices)

    assert [expected] == [row.rule for row in record.json_rows()]
    assert [expected] == [removal.rule for removal in record.removed]


@pytest.mark.parametrize("log_odds", [2.25, -0.31, 0.0, None])
def test_evidence_says_what_a_voice_added(log_odds: float | None) -> None:
    record = removed_by(Voice(Label.TICKER, 0.9, "ticker", "ticker.run", "x", log_odds))

    [removal] = record.removed
    assert [log_odds] == [voice.log_odds for voice in removal.evidence]
    assert [removal.model_dump_json()] == list(record.removed_json())


def test_rows_without_log_odds_can_be_read() -> None:
    [row] = removed_by(Voice(Label.TICKER, 0.9, "ticker", "ticker.run", "x", 1.0)).removed
    older = row.model_dump(mode="json")
    del older["evidence"][0]["log_odds"]

    assert [None] == [voice.log_odds for voice in Removal.model_validate(older).evidence]


def test_a_pickled_record_keeps_what_was_removed() -> None:
    copied = pickle.loads(pickle.dumps(record_of(PAGE)))  # noqa: S301  # our own bytes

    assert record_of(PAGE).removed == copied.removed
    assert PAGE == copied.restore()


@pytest.mark.parametrize("deep", [False, True], ids=["shallow", "deep"])
def test_a_copied_record_keeps_what_was_removed(deep: bool) -> None:  # noqa: FBT001  # a column
    copied = record_of(PAGE).model_copy(update={"title": "Putin"}, deep=deep)

    assert (record_of(PAGE).removed, "Putin") == (copied.removed, copied.title)


def test_records_are_equal_whether_made_or_read(tmp_path: Path) -> None:
    [read] = read_run(write(tmp_path, record_of(PAGE)))

    assert record_of(PAGE) == read


@pytest.mark.parametrize("update", [{"removed": ()}, {"title": "Putin"}], ids=["ledger", "field"])
def test_records_of_other_rows_are_not_equal(update: dict[str, Any]) -> None:
    assert record_of(PAGE) != record_of(PAGE).model_copy(update=update)


def test_asking_for_what_was_removed_does_not_change_the_row() -> None:
    record = record_of(PAGE)
    before = record.model_dump(), record.model_dump_json()

    assert record.removed
    assert before == (record.model_dump(), record.model_dump_json())


def test_rows_given_to_a_record_are_the_ones_written() -> None:
    record = with_removed(record_of(PAGE), record_of(PAGE).removed[:1])

    assert [record.removed[0].model_dump_json()] == list(record.removed_json())


def test_restore_is_a_function_too() -> None:
    assert PAGE == restore(record_of(PAGE))


def removed_otherwise(record: Record, **values: object) -> Record:
    first, *rest = record.removed
    return with_removed(record, [first.model_copy(update=values), *rest])


TAMPERED = {
    "first-row-missing": lambda r: with_removed(r, r.removed[1:]),
    "last-row-missing": lambda r: with_removed(r, r.removed[:-1]),
    "all-rows-missing": lambda r: with_removed(r, ()),
    "row-twice": lambda r: with_removed(r, (r.removed[0], *r.removed)),
    "text-shorter": lambda r: removed_otherwise(r, text=r.removed[0].text[:-1]),
    "text-longer": lambda r: removed_otherwise(r, text=f"{r.removed[0].text}!"),
    "text-empty": lambda r: removed_otherwise(r, text=""),
    "start-moved": lambda r: removed_otherwise(r, start=r.removed[0].start + 1),
    "end-moved": lambda r: removed_otherwise(r, end=r.removed[0].end - 1),
    "end-beyond": lambda r: removed_otherwise(r, end=r.removed[0].end + 100),
    "kept-text-shorter": lambda r: r.model_copy(update={"text": r.text[:-3]}),
    "kept-text-longer": lambda r: r.model_copy(update={"text": f"{r.text} Und mehr."}),
    "kept-span-missing": lambda r: r.model_copy(update={"kept": r.kept[1:]}),
    "white-space-missing": lambda r: r.model_copy(update={"white": ()}),
    "longer-source": lambda r: r.model_copy(update={"length": r.length + 5}),
    "shorter-source": lambda r: r.model_copy(update={"length": r.length - 2}),
}


@pytest.mark.parametrize("tamper", TAMPERED.values(), ids=TAMPERED)
def test_rows_that_do_not_account_for_the_source_are_refused(tamper: Any) -> None:
    record = record_of(PAGE)

    with pytest.raises(LedgerError, match=r"seite\.txt"):
        tamper(record).restore()


def test_a_removed_row_lost_from_the_file_is_noticed(tmp_path: Path) -> None:
    folder = write(tmp_path, record_of(PAGE, "eins"), record_of(PAGE, "zwei"))
    file = folder / "removed.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:1] + lines[2:]))

    with pytest.raises(LedgerError, match="eins"):
        [record.restore() for record in read_run(folder)]


def test_a_document_lost_from_the_file_is_noticed(tmp_path: Path) -> None:
    folder = write(tmp_path, record_of(PAGE, "eins"), record_of(PAGE, "zwei"))
    file = folder / "documents.jsonl"
    file.write_bytes(file.read_bytes().splitlines(keepends=True)[1])

    with pytest.raises(LedgerError):
        list(read_run(folder))


def test_two_documents_of_one_name_are_told_apart(tmp_path: Path) -> None:
    folder = write(tmp_path, record_of(PAGE, "a"), record_of(f"{SPAM}\n{ARTICLE}", "a"))

    assert [PAGE, f"{SPAM}\n{ARTICLE}"] == [record.restore() for record in read_run(folder)]


@pytest.mark.parametrize("name", ["documents.jsonl", "removed.jsonl"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (write(tmp_path, record_of(PAGE)) / name).unlink()

    with pytest.raises(LedgerError, match=rf"{name}: not found; give the folder"):
        list(read_run(tmp_path))


@pytest.mark.parametrize("name", ["documents.jsonl", "removed.jsonl"])
@pytest.mark.parametrize(
    "row", ["{", "[]", '{"doc": 1}', "\ufeff{}"], ids=["cut", "list", "fields", "mark"]
)
def test_a_broken_row_is_named_by_file_and_line(tmp_path: Path, name: str, row: str) -> None:
    file = write(tmp_path, record_of(PAGE)) / name
    whole = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([whole[0], row]), encoding="utf-8")

    with pytest.raises(LedgerError, match=rf"{name}:2: not a row of this version"):
        list(read_run(tmp_path))


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (write(tmp_path, record_of(PAGE)) / "documents.jsonl").write_bytes(b'{"id": "\xff"}\n')

    with pytest.raises(LedgerError, match=r"documents\.jsonl"):
        list(read_run(tmp_path))


def test_a_run_writes_four_files(tmp_path: Path) -> None:
    write(tmp_path / "new" / "out", record_of(PAGE))

    expected = ["documents.jsonl", "failed.jsonl", "removed.jsonl", "run.json"]
    assert expected == names(tmp_path / "new" / "out")


def test_failures_have_a_file_of_their_own(tmp_path: Path) -> None:
    failure = Failure("a.gz:3", "SourceError", "cut off – “mend it”")

    row = {"source": "a.gz:3", "error": "SourceError", "message": "cut off – “mend it”"}
    assert [row] == rows(write(tmp_path, failure) / "failed.jsonl")


def test_the_summary_is_read_back(tmp_path: Path) -> None:
    assert {"documents": 1, "version": "ü"} == read_summary(
        write(tmp_path, record_of(PAGE), documents=1, version="ü")
    )


def test_sources_are_written_as_they_were(tmp_path: Path) -> None:
    write_source(tmp_path, "a/b.txt", PAGE)

    assert PAGE.encode() == (tmp_path / "a" / "b.txt").read_bytes()


@pytest.mark.parametrize("name", ["", "/etc/x", "../x", "a/../../x", "..\\x", "C:\\x", "."])
def test_no_id_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    written = write_source(tmp_path / "in", name, PAGE)

    assert [written] == [path for path in tmp_path.rglob("*") if path.is_file()]
    assert written.resolve().is_relative_to((tmp_path / "in").resolve())


def test_ids_that_differ_get_files_of_their_own(tmp_path: Path) -> None:
    ids = ["a/b", "a\\b", "a%5Cb", "t.jsonl:1", "https://ex.org/x", "n\0ul", "x" * 300, "x" * 301]

    assert len(ids) == len({write_source(tmp_path, name, PAGE) for name in ids})


def test_an_id_that_is_the_folder_of_another_is_refused(tmp_path: Path) -> None:
    write_source(tmp_path, "a", PAGE)

    with pytest.raises(LedgerError, match="in the way"):
        write_source(tmp_path, "a/b", PAGE)


def test_schema_tells_every_field_of_every_row() -> None:
    schemas = row_schemas()

    assert {"documents.jsonl", "removed.jsonl", "failed.jsonl"} == schemas.keys()
    assert {"source", "error", "message"} == schemas["failed.jsonl"]["properties"].keys()
    assert "removed" not in schemas["documents.jsonl"]["properties"]
    evidence = schemas["removed.jsonl"]["$defs"]["Evidence"]["properties"]
    assert ["stage", "rule", "label", "weight", "reason", "log_odds"] == list(evidence)
