from __future__ import annotations

import math
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner import Label, Page, Pipeline, Proposal, Record, Settings
from cleaner.batches import BATCH_DOCUMENTS
from cleaner.errors import CleanerError, RuleError, SettingsError, StageError
from cleaner.stages import STAGES
from cleaner.stages.proposals import are_sound
from cleaner.text.segment import segment
from tests.laws import REAL, bytes_of, rows_of

PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))
ARTICLE = "Das teilte der Kreml nach einem Treffen mit."


def proposing(*arguments: Any) -> Any:
    """A stage that proposes this on every page."""
    return lambda _: [Proposal(*arguments)]


def sure_spam(page: Page) -> Iterator[Proposal]:
    """Takes the last line for spam, and the rest for the article."""
    yield Proposal(0, max(0, len(page) - 2), Label.BODY, 1.0, "mine", "mine.rest", "stands above")
    yield Proposal(
        len(page) - 1, len(page) - 1, Label.SPAM, 1.0, "mine", "mine.last", "stands last"
    )


def failing(page: Page) -> Iterator[Proposal]:
    """Raises on a page that says so."""
    if "fail" in page.document.text:
        raise KeyError("fail")
    yield from ()


# Prints what a bare import loaded and opened; modules stand in sys.modules before that as well.
_IMPORT_PROGRAM = """
import sys
opened = []
sys.addaudithook(lambda event, args: event == "open" and opened.append(str(args[0])))
import cleaner
print(*sys.modules, sep="\\n")
print(*(f"open {name}" for name in opened), sep="\\n")
"""


@pytest.fixture(scope="module")
def bare_import() -> list[str]:
    """The modules and open files of `import cleaner`."""
    ran = subprocess.run(
        [sys.executable, "-c", _IMPORT_PROGRAM], capture_output=True, text=True, check=True
    )
    return ran.stdout.splitlines()


@pytest.mark.parametrize(
    "module",
    ["numpy", "pydantic", "trafilatura", "langdetect", "re2", "regex", "typer", "rich", "ray"],
)
def test_importing_cleaner_loads_no_large_library(bare_import: list[str], module: str) -> None:
    assert module not in bare_import


def test_importing_cleaner_reads_no_file_but_its_code(bare_import: list[str]) -> None:
    opened = [line for line in bare_import if line.startswith("open ")]

    assert opened
    assert [] == [name for name in opened if not name.endswith((".py", ".pyc", ".pth"))]


@pytest.mark.parametrize("name", cleaner.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(cleaner, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'cleen'"):
        cleaner.cleen  # type: ignore[attr-defined] # noqa: B018  # access is the test


def test_clean_gives_the_article(seeds_folder: Path) -> None:
    text = (seeds_folder / "004_d389304084a65964.txt").read_text(encoding="utf-8")

    assert cleaner.explain(text).text == cleaner.clean(text)


def test_explain_gives_the_record_of_the_default_pipeline(pipeline: Pipeline) -> None:
    text = "\n".join(REAL)

    assert rows_of(text, pipeline) == bytes_of(cleaner.explain(text))


def test_a_stage_of_ones_own_takes_part() -> None:
    record = Pipeline(stages={}).adding(mine=sure_spam).run(f"{ARTICLE}\nKaufen!")

    assert ARTICLE == record.text
    assert ["mine.last"] == [removal.rule for removal in record.removed]


def test_adding_leaves_the_pipeline_alone() -> None:
    usual = Pipeline()

    usual.adding(mine=sure_spam)

    assert list(STAGES) == list(usual.active)


def test_a_stage_of_an_existing_name_is_replaced() -> None:
    assert sure_spam is Pipeline().adding(ticker=sure_spam).active["ticker"]


def test_without_leaves_stages_out() -> None:
    left = Pipeline().without("ticker", "spam").active

    assert [name for name in STAGES if name not in {"ticker", "spam"}] == list(left)


def test_without_leaves_the_pipeline_alone() -> None:
    usual = Pipeline()

    usual.without("ticker")

    assert list(STAGES) == list(usual.active)


def test_without_says_what_the_settings_say() -> None:
    text = "\n".join(REAL)
    settings = Settings(without={"ticker"})

    assert rows_of(text, Pipeline(settings)) == rows_of(text, Pipeline().without("ticker"))


def test_a_stage_of_ones_own_can_be_left_out_again() -> None:
    assert "mine" not in Pipeline().adding(mine=sure_spam).without("mine").active


def test_a_pipeline_without_a_stage_of_ones_own_can_be_changed_further() -> None:
    left_out = Pipeline().adding(mine=sure_spam).without("mine")

    assert set(STAGES) - {"ticker"} == left_out.without("ticker").active.keys()


def test_a_stage_left_out_can_be_replaced_by_ones_own() -> None:
    assert "ticker" in Pipeline().without("ticker").adding(ticker=sure_spam).active


@pytest.mark.parametrize("name", ["tickers", "", "Ticker"])
def test_leaving_out_an_unknown_stage_names_the_known_ones(name: str) -> None:
    with pytest.raises(SettingsError, match=f"no stage '{name}'; there are article, metadata, "):
        Pipeline().without(name)


def test_a_broken_rule_pack_is_noticed_before_the_first_document(tmp_path: Path) -> None:
    pack = tmp_path / "mine.toml"
    pack.write_text("[[rule]]\nid = 'a.b'\n", encoding="utf-8")

    with pytest.raises(RuleError, match=r"mine\.toml: rule 'a\.b' lacks"):
        Pipeline(Settings(rules=(pack,)))


def test_a_rule_pack_of_ones_own_takes_part(tmp_path: Path) -> None:
    pack = tmp_path / "mine.toml"
    pack.write_text(
        "[[rule]]\nid = 'spam.mine'\nlabel = 'spam'\nweight = 1.0\npattern = '^Kaufen'\n"
        "reason = 'mine'\nhit = ['Kaufen!']\nmiss = ['Nicht kaufen']\n",
        encoding="utf-8",
    )

    record = Pipeline(Settings(rules=(pack,))).run("\n".join([*REAL[:2], "Kaufen! Jetzt!"]))

    assert ["spam.mine"] == [removal.rule for removal in record.removed]


@pytest.mark.parametrize("label", ["title", "body"])
def test_a_rule_of_ones_own_protects_lines(label: str, tmp_path: Path) -> None:
    pack = tmp_path / "mine.toml"
    pack.write_text(
        f"[[rule]]\nid = '{label}.mine'\nlabel = '{label}'\nweight = 0.9\n"
        "pattern = '^Alle Cookies'\n"
        "reason = 'mine'\nhit = ['Alle Cookies']\nmiss = ['Cookies']\n",
        encoding="utf-8",
    )
    text = "\n".join([*REAL[:2], "Alle Cookies akzeptieren", "Startseite"])

    protected = Pipeline(Settings(rules=(pack,))).run(text)

    assert "Alle Cookies akzeptieren" not in Pipeline().run(text).text
    assert "Alle Cookies akzeptieren" in protected.text


def test_a_stage_that_raises_is_named_with_page_and_cure() -> None:
    with pytest.raises(
        StageError, match=r"a\.txt: stage 'mine' raised KeyError.*without\(\"mine\"\)"
    ):
        Pipeline().adding(mine=failing).run(segment("fail", "a.txt"))


def test_the_next_document_is_cleaned_after_one_that_failed() -> None:
    outcomes = list(Pipeline().adding(mine=failing).outcomes([ARTICLE, "fail", ARTICLE]))

    assert [False, True, False] == [isinstance(outcome, StageError) for outcome in outcomes]


def test_an_error_that_nobody_foresaw_is_the_failure_of_its_document_alone() -> None:
    broken = replace(segment(ARTICLE, "a.txt"), lines=None)  # type: ignore[arg-type]  # a bug

    first, failed, last = Pipeline().outcomes([ARTICLE, broken, ARTICLE])

    assert isinstance(failed, CleanerError)
    assert re.match(r"a\.txt: .*; please report it with the document", str(failed))
    assert [ARTICLE] * 2 == [each.text for each in (first, last) if isinstance(each, Record)]


def test_map_raises_what_went_wrong_in_its_place() -> None:
    records = Pipeline().adding(mine=failing).map([ARTICLE, "fail", ARTICLE])

    assert ARTICLE == next(records).text
    with pytest.raises(StageError):
        next(records)


@pytest.mark.parametrize("name", STAGES)
def test_the_stages_propose_what_a_stage_may(name: str) -> None:
    texts = [file.read_text(encoding="utf-8") for file in PAGES]
    pages = Pipeline().pages([segment(text) for text in [*texts, "\n".join(REAL), ""]])

    assert [] == [
        page.document.text
        for page in pages
        if isinstance(page, Page) and not are_sound(list(STAGES[name](page)), len(page))
    ]


BAD_STAGES = {
    "beyond-the-page": proposing(0, 1, Label.SPAM, 1.0, "mine", "mine.a", "bad"),
    "before-the-page": proposing(-1, 0, Label.SPAM, 1.0, "mine", "mine.a", "bad"),
    "last-before-first": proposing(1, 0, Label.SPAM, 1.0, "mine", "mine.a", "bad"),
    "between-lines": proposing(0.0, 0.0, Label.SPAM, 1.0, "mine", "mine.a", "bad"),
    "weight-0": proposing(0, 0, Label.SPAM, 0, "mine", "mine.a", "bad"),
    "weight-2": proposing(0, 0, Label.SPAM, 2, "mine", "mine.a", "bad"),
    "weight-negative": proposing(0, 0, Label.SPAM, -0.3, "mine", "mine.a", "bad"),
    "weight-nan": proposing(0, 0, Label.SPAM, math.nan, "mine", "mine.a", "bad"),
    "weight-word": proposing(0, 0, Label.SPAM, "sure", "mine", "mine.a", "bad"),
    "unknown-label": proposing(0, 0, "advert", 1.0, "mine", "mine.a", "bad"),
    "label-as-a-string": proposing(0, 0, "spam", 1.0, "mine", "mine.a", "bad"),
    "rule-is-no-string": proposing(0, 0, Label.SPAM, 1.0, "mine", None, "bad"),
    "no-proposal": lambda _: [(0, 0)],
    "no-iterable": lambda _: None,
}


@pytest.mark.parametrize("stage", BAD_STAGES.values(), ids=BAD_STAGES)
def test_a_stage_that_proposes_what_it_may_not_is_named(stage: Any) -> None:
    settings = Settings(max_removed_share=1)
    # One outcome a document: what a stage does wrong is never more than the document's failure.
    [outcome] = Pipeline(settings).adding(mine=stage).outcomes(["Ein Satz."])

    assert isinstance(outcome, StageError)
    assert "stage 'mine'" in str(outcome)


@pytest.mark.parametrize("name", ["int64", "int32", "uint8"])
def test_a_stage_may_count_lines_with_numpy(name: str) -> None:
    import numpy as np  # noqa: PLC0415  # its scalars are the test

    number = getattr(np, name)(1)
    spam = proposing(number, number, Label.SPAM, np.float32(1), "mine", "mine.a", "fine")
    body = proposing(number - 1, number - 1, Label.BODY, np.float32(1), "mine", "mine.b", "fine")

    record = Pipeline(stages={}).adding(spam=spam, body=body).run(f"{ARTICLE}\nKaufen!")

    assert ["Kaufen!"] == [removal.text for removal in record.removed]
    assert bytes_of(record)


def counted(documents: int, taken: list[int]) -> Iterator[str]:
    for n in range(documents):
        taken.append(n)
        yield ARTICLE


def test_nothing_is_read_before_the_first_record_is_wanted() -> None:
    taken: list[int] = []

    Pipeline().map(counted(3, taken))

    assert [] == taken


def test_map_reads_ahead_one_batch_at_most() -> None:
    taken: list[int] = []
    records = Pipeline().map(counted(10_000, taken))

    next(records)

    assert 1 <= len(taken) <= BATCH_DOCUMENTS


def test_map_gives_every_record_in_order() -> None:
    count = 2 * BATCH_DOCUMENTS + 1
    documents = (segment(ARTICLE, str(n)) for n in range(count))

    assert [str(n) for n in range(count)] == [record.id for record in Pipeline().map(documents)]


def test_map_of_nothing_is_nothing() -> None:
    assert [] == list(Pipeline().map([]))


def test_documents_and_strings_may_be_mixed() -> None:
    records = Pipeline().map([ARTICLE, segment(ARTICLE, "a")])

    assert ["", "a"] == [record.id for record in records]


def test_a_document_is_not_changed() -> None:
    document = segment("\n".join(REAL), "a")
    before = pickle.dumps(document)

    Pipeline().run(document)

    assert before == pickle.dumps(document)


@pytest.mark.parametrize(
    "used", [Pipeline(), Pipeline().without("spam").adding(mine=sure_spam)], ids=["usual", "own"]
)
def test_a_pickled_pipeline_gives_the_same_bytes(used: Pipeline) -> None:
    text = "\n".join(REAL)
    expected = rows_of(text, used)

    assert expected == rows_of(text, pickle.loads(pickle.dumps(used)))  # noqa: S301  # our own bytes


def test_threads_may_share_a_pipeline() -> None:
    texts = ["\n".join(REAL[n:] + REAL[:n]) for n in range(len(REAL))] * 2
    expected = [rows_of(text, Pipeline()) for text in texts]
    shared = Pipeline(Settings(rules=(), comments=False))

    with ThreadPoolExecutor(8) as threads:
        actual = list(threads.map(lambda text: rows_of(text, shared), texts))

    assert expected == actual


def test_a_pipeline_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Pipeline().settings = Settings()  # type: ignore[misc]


def test_every_error_on_purpose_is_a_cleaner_error() -> None:
    from cleaner import errors  # noqa: PLC0415  # all of it, to look through

    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]

    assert len(kinds) > 3
    assert all(issubclass(kind, CleanerError) for kind in kinds)


def test_what_is_known_of_a_document_wins_over_what_is_found() -> None:
    known: dict[str, str | tuple[str, ...]] = {
        "title": "Taliban",
        "date": "2022-06-28T10:00:00Z",
        "authors": ("A. Dubnow", "S. Lawrow"),
        "language": "fr",
    }

    record = Pipeline().run(segment(f"date 2017-02 {ARTICLE}", metadata=known))

    assert ("Taliban", "2022-06-28", ("A. Dubnow", "S. Lawrow"), "fr") == (
        record.title,
        record.date,
        record.authors,
        record.language,
    )


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2017", "2017"),
        ("2017-02", "2017-02"),
        ("2017-02-28", "2017-02-28"),
        ("2017-02-28 10:00", "2017-02-28"),
        ("28.02.2017", None),
        ("yesterday", None),
        ("2017-13", None),
        ("2017-02-31", None),
    ],
)
def test_dates_are_iso_8601_or_unknown(date: str, expected: str | None) -> None:
    assert expected == Pipeline().run(segment(ARTICLE, metadata={"date": date})).date


def test_the_source_comes_through() -> None:
    document = segment("", "a", path="b", url="https://example.org/", sha256="0", encoding="x")

    source = Pipeline().run(document).source

    assert ("b", "https://example.org/", "0", "x", "text/plain") == (
        source.path,
        source.url,
        source.sha256,
        source.encoding,
        source.media_type,
    )


def test_enormous_line_is_cleaned_and_restored() -> None:
    text = f"{ARTICLE}\n{'Wort ' * 1_000_000}\n{ARTICLE}"

    assert text == Pipeline().run(text).restore()


def test_a_hundred_thousand_lines_are_cleaned_and_restored() -> None:
    text = "Startseite\r\n" * 100_000 + ARTICLE

    assert text == Pipeline().run(text).restore()
