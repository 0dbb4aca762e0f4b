"""The default pipeline on documents of unusual forms, and with a user's own stage or rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from cleaner import Label, Page, Pipeline, Proposal, Settings
from cleaner.model import ARTICLE, NOISE
from tests.conftest import ROOT
from tests.test_pages import PAGES, expectations

ONE_LINERS = {
    "de": "Der Zug kam um acht Uhr an, und niemand stieg aus, obwohl der Bahnhof offen war.",
    "en": "The council voted on Monday to reopen the old station, which had been closed for years.",
    "fr": "Le conseil a décidé lundi de rouvrir la vieille gare, fermée depuis des années.",
    "ru": "Совет решил в понедельник вновь открыть старый вокзал, закрытый уже много лет.",
    "ja": "市議会は月曜日、長年閉鎖されていた古い駅を再び開くことを決めた。",
    "ar": "قرر المجلس يوم الاثنين إعادة فتح المحطة القديمة التي ظلت مغلقة لسنوات طويلة.",
}
HEADLINES = [
    "- Torjäger Lasogga beendet Karriere",
    "- Neuer Pass mit früherem Geburtsjahr: Frau scheitert in Rechtsstreit",
    "- Finanzminister der Eurogruppe beraten in Luxemburg",
    "- Polizei findet gestohlene Gemälde in Keller",
    "- Mehr Züge für das Land ab Dezember",
    "- Streit um neue Brücke über den Fluss geht weiter",
]
STAYING = sorted(PAGES.glob("*_stay*.txt"))


def explained(text: str, pipeline: Pipeline) -> list[tuple[str, Label]]:
    return [(line, decision.label) for line, decision in pipeline.run(text).explained]


def lines_of(file: Path) -> list[str]:
    return [text for label, text in expectations(file) if label]


@pytest.fixture(scope="module")
def seed_lines() -> list[str]:
    """A seed with ticker, article and comments, line by line."""
    text = (ROOT / "seeds" / "004_d389304084a65964.txt").read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("text", ONE_LINERS.values(), ids=ONE_LINERS)
@pytest.mark.parametrize("repeats", [1, 40], ids=["one-line", "long-paragraph"])
def test_a_document_of_one_line_is_kept(pipeline: Pipeline, text: str, repeats: int) -> None:
    sentences = [text.replace("8", str(n)) for n in range(repeats)]

    record = pipeline.run(" ".join(sentences))

    assert " ".join(sentences) == record.text


@pytest.mark.parametrize("text", ["Kommentare", "-", "12", "Alle Cookies akzeptieren", "字"])
def test_a_document_of_one_line_of_noise_is_never_emptied(pipeline: Pipeline, text: str) -> None:
    record = pipeline.run(text)

    assert text == record.text
    assert () == record.removed


def test_a_page_of_headlines_only_is_kept_and_quarantined(pipeline: Pipeline) -> None:
    page = "\n".join(["Meistgelesen", *HEADLINES * 3])

    record = pipeline.run(page)

    assert (page, ()) == (record.text, record.removed)
    assert "quarantined" in record.flags


def test_a_quarantined_page_says_what_was_thought_of_it(pipeline: Pipeline) -> None:
    record = pipeline.run("\n".join(["Meistgelesen", *HEADLINES * 3]))

    article = [decision.article for _, decision in record.explained]
    assert max(share for share in article if share is not None) < 0.5
    assert all(decision.undecided for _, decision in record.explained)


def test_a_page_of_headlines_goes_where_the_settings_say_so() -> None:
    settings = Settings(max_removed_share=1)

    record = Pipeline(settings).run("\n".join(["Meistgelesen", *HEADLINES * 3]))

    assert {"ticker"} == {str(removal.label) for removal in record.removed}
    assert "quarantined" not in record.flags


ENDS = {"lf": "\n", "blank": "\n\n", "many-blank": "\n \n\t\n\n", "crlf": "\r\n", "cr": "\r"}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_blank_lines_and_line_ends_change_no_label(
    pipeline: Pipeline, seed_lines: Sequence[str], end: str
) -> None:
    expected = explained("\n".join(seed_lines), pipeline)

    actual = explained(f"{end}{end.join(seed_lines)}{end}", pipeline)

    assert expected == actual
    assert NOISE & {label for _, label in actual}


def test_white_space_around_lines_changes_no_label(
    pipeline: Pipeline, seed_lines: Sequence[str]
) -> None:
    indented = "\n".join(f"\t  {line} \u00a0" for line in seed_lines)

    assert explained("\n".join(seed_lines), pipeline) == explained(indented, pipeline)


def test_scores_are_the_same_for_crlf(pipeline: Pipeline, seed_lines: Sequence[str]) -> None:
    usual, other = (pipeline.run(end.join(seed_lines)).explained for end in ("\n", "\r\n"))

    assert usual == other


@pytest.fixture(scope="module")
def five_thousand(seed_lines: Sequence[str]) -> list[str]:
    """A page of five thousand lines: a ticker, a long article, comments."""
    article = lines_of(STAYING[0])
    body = [f"{line} ({n})" for n in range(600) for line in article]
    return [*HEADLINES * 100, *body, *seed_lines[-12:]][:5_000]


def test_five_thousand_lines_are_decided_and_restored(
    pipeline: Pipeline, five_thousand: Sequence[str]
) -> None:
    text = "\n".join(five_thousand)

    record = pipeline.run(text)

    assert 5_000 == len(record.explained)
    assert text == record.restore()
    assert record.stats.kept.lines > 0


def test_a_document_is_cleaned_alike_alone_and_among_others(
    pipeline: Pipeline, seed_lines: Sequence[str]
) -> None:
    texts = ["\n".join(seed_lines), *ONE_LINERS.values(), "", "\n".join(HEADLINES)]

    assert [pipeline.run(text).explained for text in texts] == [
        record.explained for record in pipeline.map(texts)
    ]


def shouting(label: Label, weight: float = 1.0) -> object:
    """A stage that is sure of lines that begin with 'ANZEIGE'."""

    def propose(page: Page) -> Iterator[Proposal]:
        for i, text in enumerate(page.document.contents()):
            if text.startswith("ANZEIGE"):
                yield Proposal(i, i, label, weight, "mine", "mine.advert", "says so itself")

    return propose


ADVERT = "ANZEIGE: Der Zug kam um acht Uhr an, und niemand stieg aus, obwohl er offen war."


@pytest.fixture(scope="module")
def with_advert(seed_lines: Sequence[str]) -> str:
    """A page with an advertisement that reads like its article, amid the article."""
    return "\n".join([*seed_lines[:4], ADVERT, *seed_lines[4:]])


def test_the_advert_is_kept_by_default(pipeline: Pipeline, with_advert: str) -> None:
    assert ADVERT in pipeline.run(with_advert).text


@pytest.mark.parametrize("label", sorted(set(Label) - set(ARTICLE)))
def test_a_sure_stage_of_ones_own_removes_a_line(with_advert: str, label: Label) -> None:
    record = Pipeline().adding(mine=shouting(label)).run(with_advert)

    [removal] = [r for r in record.removed if r.text == ADVERT]
    assert (label, "mine", "mine.advert") == (removal.label, removal.stage, removal.rule)


def test_a_stage_of_ones_own_touches_no_other_line(pipeline: Pipeline, with_advert: str) -> None:
    others = [pair for pair in explained(with_advert, pipeline) if pair[0] != ADVERT]

    own = explained(with_advert, Pipeline().adding(mine=shouting(Label.SPAM)))

    assert others == [pair for pair in own if pair[0] != ADVERT]


@pytest.mark.parametrize("label", ARTICLE)
def test_a_sure_stage_of_ones_own_keeps_a_line(seed_lines: Sequence[str], label: Label) -> None:
    # Amid the reader comments at the end.
    line = "ANZEIGE Antworten"
    text = "\n".join([*seed_lines[:-3], line, *seed_lines[-3:]])

    record = Pipeline().adding(mine=shouting(label)).run(text)

    assert line not in Pipeline().run(text).text
    assert line in record.text


PACK = """
[[rule]]
id = 'spam.advert'
label = 'spam'
weight = {weight}
pattern = '^ANZEIGE:'
reason = 'says so itself'
hit = ['ANZEIGE: Der Zug']
miss = ['Die Anzeige: Der Zug']
"""


@pytest.mark.parametrize(
    ("weight", "removed"), [(1.0, True), (0.2, False)], ids=["sure", "says-nothing"]
)
def test_a_rule_of_ones_own_counts_by_its_weight(
    tmp_path: Path,
    with_advert: str,
    weight: float,
    removed: bool,  # noqa: FBT001  # a table's column
) -> None:
    pack = tmp_path / "mine.toml"
    pack.write_text(PACK.format(weight=weight), encoding="utf-8")

    record = Pipeline(Settings(rules=(pack,))).run(with_advert)

    assert removed == ("spam.advert" in {removal.rule for removal in record.removed})
    assert removed == (ADVERT not in record.text)
