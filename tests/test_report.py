"""The report: every page whole, every line in its place, and whatever a page holds inert."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from cleaner import Label, Pipeline, Settings
from cleaner.decide.decisions import Decision, Decisions, Voice
from cleaner.engines.local import clean_into
from cleaner.errors import CleanerError, LedgerError
from cleaner.model import Repair
from cleaner.record import cut
from cleaner.report import write_report
from cleaner.report.documents import document_view
from cleaner.report.rows import FOLD_ROWS, blocks, rows
from cleaner.text.segment import segment
from cleaner.writers.jsonl import RunWriter
from cleaner.writers.runs import read_run, read_summary
from tests.conftest import BIDI_CONTROLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cleaner.record import Record

SEEDS = Path(__file__).parents[1] / "seeds"
TEMPLATES = Path(__file__).parents[1] / "cleaner" / "report" / "templates"
STYLE = (TEMPLATES.parent / "assets" / "style.css").read_text(encoding="utf-8")
PAPER, INK, QUIET = "paper", "ink", "quiet"
# The contrast WCAG 2 asks of text at level AA.
READABLE = 4.5

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onfocus='alert(1)' autofocus='",
    "javascript:alert(document.cookie)",
    "]]></style></title></pre></del><!--",
    "{{ 7 * 7 }} {% raw %}",
    "&lt;b&gt; &amp; &#60;",
    "nul \x00 escape \x1b[31m bell \x07",
    "gpj.\u202egnirts a ton si\u2066 this",
    "\u05d0\u200f! \u061c\u200e",
    "x" * 20_000,
]


def record(
    text: str, labels: Sequence[Label] | Label = Label.BODY, name: str = "page", **about: object
) -> Record:
    """A record of a text whose lines have these labels, with two voices for each."""
    document = segment(text, name, **about)
    if isinstance(labels, Label):
        labels = [labels] * len(document.lines)
    decisions = Decisions.of(decision(label) for label in labels)
    return cut(document, decisions, Settings())


def decision(label: Label) -> Decision:
    """A decision with a strong voice for a label and a weak one for body."""
    strong = Voice(label, 0.9, "stage", f"{label}.rule", f"looks like {label}", 2.6)
    weak = Voice(Label.BODY, 0.25, "stage", "body.rule", "might be text", -0.31)
    return Decision(label, 0.87, undecided=False, voices=(strong, weak))


def run_of(folder: Path, records: Iterable[Record], **run: object) -> Path:
    """The folder of a run with these records."""
    with RunWriter(folder) as writer:
        for each in records:
            writer.record(each)
        writer.finish({"version": "1.2.3", "failed": 0, **run})
    return folder


def pages(index: Path) -> list[Path]:
    return [index, *sorted(index.parent.glob("documents/*.html"))]


def parsed(page: Path) -> html.HtmlElement:
    return html.document_fromstring(page.read_bytes().decode("utf-8"))


def only_page(folder: Path, *records: Record) -> html.HtmlElement:
    """The first document's page of a report on a run of these records."""
    return parsed(pages(write_report(run_of(folder, records)))[1])


def source_of(element: html.HtmlElement) -> str:
    """The text of an element, with named hidden characters turned back."""
    if element.get("class") == "mark":
        return chr(int(element.text.removeprefix("U+"), 16))
    inner = (source_of(child) + (child.tail or "") for child in element)
    return (element.text or "") + "".join(inner)


def unfounded(page: Path) -> list[str]:
    """The links of a page that lead nowhere."""
    links = [link for element, _, link, _ in parsed(page).iterlinks() if not inert(element, link)]
    return [link for link in links if not resolves(page, link)]


def inert(element: html.HtmlElement, link: str) -> bool:
    return element.tag == "link" and link == "data:,"


def resolves(page: Path, link: str) -> bool:
    name, _, fragment = link.partition("#")
    target = page.parent / name if name else page
    return target.is_file() and (not fragment or fragment in names_in(target))


def names_in(page: Path) -> list[str]:
    names: list[str] = parsed(page).xpath("//@id")
    return names


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over the seeds."""
    folder = tmp_path_factory.mktemp("seeds")
    files = sorted(SEEDS.glob("*.txt"))
    texts = ((file, file.read_bytes().decode("utf-8")) for file in files)
    clean_into(folder, [segment(t, f.name, path=str(f)) for f, t in texts], Pipeline())
    write_report(folder)
    return folder


def test_every_link_and_fragment_of_the_seeds_resolves(seeds: Path) -> None:
    index = seeds / "report" / "index.html"

    assert len(pages(index)) == 6
    assert {page.name: unfounded(page) for page in pages(index)} == {
        page.name: [] for page in pages(index)
    }


def test_counts_of_the_index_agree_with_the_ledger(seeds: Path) -> None:
    index = parsed(seeds / "report" / "index.html")
    summary = read_summary(seeds)

    table = {
        row.get("data-label"): int(row.xpath("td[@class='n'][2]")[0].text.replace(",", ""))
        for row in index.xpath("//table[@class='labels']/tbody/tr[td='removed']")
    }
    # A rule has a row for each label it gave: neighbours may speak for any.
    fired: Counter[str] = Counter()
    for row in index.xpath("//table[@class='rules']/tbody/tr"):
        fired[row.xpath("string(th)")] += int(row.xpath("td[@class='n']")[0].text.replace(",", ""))

    assert table == {label: amount["lines"] for label, amount in summary["removed"].items()}
    assert fired == summary["rules"]


def test_a_row_of_the_index_agrees_with_its_record(seeds: Path) -> None:
    index = parsed(seeds / "report" / "index.html")
    listed = [
        {
            cell.get("data-label"): int(cell.text)
            for cell in row.xpath("td[@data-label]")
            if int(cell.text)
        }
        for row in index.xpath("//table[@class='documents']/tbody/tr")
    ]

    expected = [
        {str(label): amount.lines for label, amount in record.stats.removed.items()}
        for record in read_run(seeds)
    ]
    assert listed == expected


def test_removed_lines_of_the_seeds_are_coloured_and_give_their_reasons(seeds: Path) -> None:
    for page, each in zip(pages(seeds / "report" / "index.html")[1:], read_run(seeds), strict=True):
        gone = parsed(page).xpath("//div[contains(@class, 'gone')]")

        assert len(each.removed) == len(gone)
        for row, removal in zip(gone, each.removed, strict=True):
            reasons = row.get_element_by_id(row.get("aria-describedby"))
            assert str(removal.label) in row.get("class").split()
            assert f"score {removal.score:.2f}" in reasons.text_content()
            assert [v.rule for v in removal.evidence] == [
                code.text_content() for code in reasons.iter("code")
            ]


def test_reasons_say_what_each_voice_added(tmp_path: Path) -> None:
    page = only_page(tmp_path, record("Text\nMeldung", [Label.BODY, Label.TICKER]))

    [reasons] = page.xpath("//div[@class='why']")

    said = [" ".join(item.text_content().split()) for item in reasons.iter("li")]
    assert [
        "+2.6 for ticker looks like ticker ticker.rule",
        "-0.3 for body might be text body.rule",
    ] == said


def test_reasons_without_log_odds_say_how_surely(tmp_path: Path) -> None:
    silent = Voice(Label.TICKER, 0.9, "stage", "ticker.rule", "looks like one")
    document = segment("Text\nMeldung", "page")
    older = Decisions.of(
        [decision(Label.BODY), Decision(Label.TICKER, 0.9, undecided=False, voices=(silent,))]
    )

    page = only_page(tmp_path, cut(document, older, Settings()))

    assert "0.90 for ticker" in page.xpath("string(//div[@class='why']//li)")


def test_every_character_of_the_seeds_is_on_its_page(seeds: Path) -> None:
    for page, each in zip(pages(seeds / "report" / "index.html")[1:], read_run(seeds), strict=True):
        texts = parsed(page).xpath("//*[@class='text']")

        assert each.restore().split() == "\n".join(map(source_of, texts)).split()


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(blacklist_categories=["Cs"], max_codepoint=0xFFFF), max_size=9),
            st.sampled_from(Label),
        ),
        max_size=30,
    )
)
@settings(max_examples=60, deadline=None)
def test_rows_hold_every_character_of_any_text(lines: list[tuple[str, Label]]) -> None:
    text = "\n".join(content for content, _ in lines)
    labels = [label for _, label in lines]
    count = len(segment(text).lines)
    each = record(text, (labels * (count + 1))[:count])

    got = list(rows(each))

    assert re.sub(r"\s", "", text) == re.sub(r"\s", "", "".join(row.text for row in got))
    assert [row for block in blocks(got) for row in block.rows] == got
    assert len({row.name for row in got}) == len(got)


@given(st.text(st.characters(blacklist_categories=["Cs"], max_codepoint=0x3000), max_size=40))
@settings(max_examples=40, deadline=None)
def test_a_page_shows_any_text_as_it_is(text: str) -> None:
    with TemporaryDirectory() as folder:
        page = only_page(Path(folder), record(text, Label.SPAM))

    texts = "".join(map(source_of, page.xpath("//*[@class='text']")))
    expected = "".join(row.text for row in rows(record(text, Label.SPAM)))
    assert expected == texts


@pytest.mark.parametrize("label", [Label.BODY, Label.COMMENT], ids=["kept", "removed"])
@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_shown_and_does_nothing(tmp_path: Path, hostile: str, label: Label) -> None:
    each = record(f"{hostile}\n", label, name=hostile, path=hostile, url=hostile)
    each = each.model_copy(update={"title": hostile, "language": hostile, "flags": (hostile,)})

    index = write_report(run_of(tmp_path, [each], version=hostile))

    [text] = parsed(pages(index)[1]).xpath("//*[@class='text']")
    assert hostile == source_of(text)
    for page in pages(index):
        tree = parsed(page)
        assert [script.get("src") for script in tree.iter("script")] == [
            page.relative_to(index.parent).as_posix().count("/") * "../" + "report.js"
        ]
        assert not [name for tag in tree.iter() for name in tag.attrib if name.startswith("on")]
        assert not list(tree.iter("img", "style", "iframe", "object", "embed", "base"))
        assert not tree.xpath("//@style")
        assert unfounded(page) == []


def test_no_character_of_a_page_turns_round_what_stands_beside_it(tmp_path: Path) -> None:
    turned = BIDI_CONTROLS
    voice = Voice(Label.TICKER, 0.9, f"stage{turned}", f"rule{turned}", f"reason{turned}", 2.0)
    gone = Decision(Label.TICKER, 0.9, undecided=False, voices=(voice,))
    document = segment(f"Text {turned}\nWeg {turned}", f"page{turned}", path=turned, url=turned)
    each = cut(document, Decisions.of([decision(Label.BODY), gone]), Settings())
    about = {"title": turned, "language": turned, "flags": (turned,), "authors": (turned,)}

    index = write_report(run_of(tmp_path, [each.model_copy(update=about)], version=turned))

    for page in map(parsed, pages(index)):
        for clean in page.xpath("//*[@id='clean-text']"):  # to be copied as it is
            clean.drop_tree()
        assert not set(BIDI_CONTROLS) & set(page.text_content())


def test_each_text_of_a_page_has_a_direction_of_its_own(tmp_path: Path) -> None:
    hebrew = "\u05e9\u05dc\u05d5\u05dd"
    voice = Voice(Label.TICKER, 0.9, "stage", hebrew, hebrew, 2.0)
    gone = Decision(Label.TICKER, 0.9, undecided=False, voices=(voice,))
    document = segment(f"{hebrew}\n{hebrew}", hebrew, path=hebrew)
    each = cut(document, Decisions.of([decision(Label.BODY), gone]), Settings())
    about = {"title": hebrew, "language": hebrew, "flags": (hebrew,)}

    index = write_report(run_of(tmp_path, [each.model_copy(update=about)], version=hebrew))

    for page in map(parsed, pages(index)):
        shown = page.xpath("//body//*[contains(text(), $text)]", text=hebrew)
        assert shown
        assert [e.tag for e in shown if e.tag != "bdi" and e.get("dir") != "auto"] == []


def test_direction_overrides_and_control_characters_are_named(tmp_path: Path) -> None:
    page = only_page(tmp_path, record("exe.\u202etxt\x00 end"))

    marks = page.xpath("//p[@class='text']/span[@class='mark']")
    assert [(mark.text, mark.get("title")) for mark in marks] == [
        ("U+202E", "RIGHT-TO-LEFT OVERRIDE"),
        ("U+0000", "not a character to be seen"),
    ]


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*")), ids=lambda path: path.name)
def test_no_template_gets_round_escaping(template: Path) -> None:
    source = template.read_text(encoding="utf-8")

    assert not re.findall(r"\|\s*safe\b|\bautoescape\b|\bMarkup\b|<style|style=|<script>", source)


@pytest.mark.parametrize(
    "name", ["../../escape", "/etc/passwd", "a/b", "", "CON", "\x00", "ü" * 400]
)
def test_an_id_is_never_a_file_name(tmp_path: Path, name: str) -> None:
    index = write_report(run_of(tmp_path / "run", [record("Text.", name=name)]))

    files = {file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.html")}
    assert files == {"run/report/index.html", "run/report/documents/00001.html"}
    assert unfounded(index) == []


def test_two_spans_of_a_source_line_are_shown_in_order(tmp_path: Path) -> None:
    text = " date 2017-02 Die Regierung will.\r\n\r\nUnd sie tut es."
    page = only_page(tmp_path, record(text, [Label.META, Label.BODY, Label.BODY]))

    lines = [(row.get("id"), row.xpath("string(.//*[@class='text'])")) for row in lines_of(page)]
    assert lines == [
        ("L1", "date 2017-02"),
        ("L1-2", "Die Regierung will."),
        ("L3", "Und sie tut es."),
    ]


def lines_of(page: html.HtmlElement) -> list[html.HtmlElement]:
    found: list[html.HtmlElement] = page.xpath("//main//div[starts-with(@class, 'row ')]")
    return found


@pytest.mark.parametrize(("blank", "gap"), [(0, "gap-0"), (1, "gap-1"), (9, "gap-3")])
def test_blank_lines_are_a_gap(tmp_path: Path, blank: int, gap: str) -> None:
    page = only_page(tmp_path, record("Eins." + "\n" * (blank + 1) + "Zwei."))

    _, second = lines_of(page)
    assert gap in second.get("class").split()
    assert second.get("id") == f"L{blank + 2}"


def test_a_long_removed_run_is_folded_in_the_middle(tmp_path: Path) -> None:
    text = "\n".join(f"Zeile {i}" for i in range(FOLD_ROWS + 1))
    page = only_page(tmp_path, record(text, Label.TICKER))

    [fold] = page.xpath("//details[contains(@class, 'fold')]")
    assert "has-ticker" in fold.get("class").split()
    assert [row.get("id") for row in fold.iter("div") if "row" in row.get("class").split()] == [
        f"L{i}" for i in range(4, 12)
    ]


def test_a_short_removed_run_and_kept_text_are_not_folded(tmp_path: Path) -> None:
    removed, kept = "weg\n" * FOLD_ROWS, "da\n" * 50
    labels = [Label.SPAM] * FOLD_ROWS + [Label.BODY] * 50
    page = only_page(tmp_path, record(removed + kept, labels))

    assert not page.xpath("//details[contains(@class, 'fold')]")


def test_every_label_has_a_toggle_with_its_count(tmp_path: Path) -> None:
    labels = [*Label, Label.SPAM]
    page = only_page(tmp_path, record("\n".join(map(str, labels)), labels))

    boxes = {
        box.get("id"): box.getparent().xpath("string(span[@class='n'])").split()[0]
        for box in page.xpath("//input[@type='checkbox'][@checked]")
    }
    assert boxes == {f"show-{label}": "2" if label is Label.SPAM else "1" for label in Label}


@pytest.mark.parametrize("label", Label)
def test_a_toggle_works_by_style_alone(label: Label) -> None:
    assert f"body:has(#show-{label}:checked) .row.{label}" in STYLE
    assert f"body:has(#show-{label}:checked) .has-{label}" in STYLE


def test_removed_lines_can_be_reached_and_are_named_without_colour(tmp_path: Path) -> None:
    page = only_page(tmp_path, record("Lesen Sie auch: Alles", Label.TICKER))

    [row] = lines_of(page)
    assert row.get("tabindex") == "0"
    assert row.get("aria-label") == "line 1, removed as ticker"
    assert row.xpath("string(.//del/following-sibling::*)") == "ticker"


def doubtful(*lines: tuple[Label, bool]) -> Record:
    """A record of lines with these labels, undecided where it says so."""
    text = "\n\n".join(f"Zeile {i}" for i in range(len(lines)))
    decisions = Decisions.of(replace(decision(label), undecided=doubt) for label, doubt in lines)
    return cut(segment(text, "page"), decisions, Settings())


DOUBTFUL = [(Label.TITLE, False), (Label.BODY, True), (Label.SPAM, False), (Label.BODY, False)]


def test_undecided_lines_are_marked_reached_and_named_without_colour(tmp_path: Path) -> None:
    page = only_page(tmp_path, doubtful(*DOUBTFUL))

    [row] = page.xpath("//main//div[contains(@class, 'doubt')]")
    assert ("L3", "0", "body") == (row.get("id"), row.get("tabindex"), row.get("data-stop"))
    assert row.get("aria-label") == "line 3, kept as body, undecided"
    assert row.xpath("string(.//p/following-sibling::*)") == "undecided"


def test_undecided_lines_can_be_shown_alone(tmp_path: Path) -> None:
    page = only_page(tmp_path, doubtful(*DOUBTFUL))

    box = page.get_element_by_id("only-undecided")
    assert box.get("checked") is None
    assert box.getparent().text_content().split() == ["only", "undecided", "1", "line"]
    assert "body:has(#only-undecided:checked) .row:not(.doubt)" in STYLE


@pytest.mark.parametrize("doubts", [(False, False), (True, True)], ids=["none", "all"])
def test_undecided_lines_are_not_offered_alone_where_that_changes_nothing(
    tmp_path: Path, doubts: tuple[bool, ...]
) -> None:
    page = only_page(tmp_path, doubtful(*((Label.BODY, doubt) for doubt in doubts)))

    assert not page.xpath("//input[@id='only-undecided']")


def test_undecided_lines_are_counted(tmp_path: Path) -> None:
    index = write_report(run_of(tmp_path, [doubtful(*DOUBTFUL * 2), doubtful(*DOUBTFUL[:1])]))
    page = parsed(index)

    heads = [head.text_content() for head in page.xpath("//table[@class='documents']//th")]
    column = 1 + heads.index("Undecided")
    counts = page.xpath(f"//table[@class='documents']/tbody/tr/*[{column}]")
    assert [cell.text for cell in counts] == ["2", "0"]
    assert "2 lines undecided" in page.xpath("string(//header)")
    assert "2 undecided" in parsed(pages(index)[1]).xpath("string(//header)")


def test_a_run_without_doubt_has_no_column_for_it(tmp_path: Path) -> None:
    index = write_report(run_of(tmp_path, [doubtful(*DOUBTFUL[2:])]))

    assert "ndecided" not in parsed(index).text_content()


def quarantined() -> Record:
    """A page kept whole, but for which two of its lines would have gone."""
    judged = Decisions.of(map(decision, [Label.BODY, Label.TICKER, Label.SPAM]))
    spared = Decisions.of(replace(decision(Label.BODY), undecided=True) for _ in range(3))
    return cut(segment("Eins\nZwei\nDrei", "page"), spared, Settings(), instead_of=judged)


def test_a_page_kept_whole_says_so_and_marks_what_would_have_gone(tmp_path: Path) -> None:
    page = only_page(tmp_path, quarantined())

    said = " ".join(page.xpath("string(//p[@role='note'])").split())
    assert said.startswith("Kept whole. 2 of 3 lines would have gone, a greater share of the text")
    assert said.endswith("ticker 1 spam 1")
    assert [row.get("aria-label") for row in lines_of(page)] == [
        "line 1, kept as body, undecided",
        "line 2, kept as body, would go: ticker 0.87",
        "line 3, kept as body, would go: spam 0.87",
    ]


def test_a_page_that_lost_lines_does_not_say_it_was_kept_whole(tmp_path: Path) -> None:
    assert not only_page(tmp_path, doubtful(*DOUBTFUL)).xpath("//*[@role='note']")


def test_facts_about_the_source_are_shown(tmp_path: Path) -> None:
    repairs = (Repair("nul", 3, "kept"),)
    about = {"path": "in/a.txt", "encoding": "cp1252", "repairs": repairs}
    each = record("Text.", Label.BODY, "page", **about)
    each = each.model_copy(update={"date": "2017-02", "language": "de", "flags": ("repaired",)})
    page = only_page(tmp_path, each)

    facts = [dd.text_content() for dd in page.xpath("//details[@class='about']//dd")]
    assert facts == ["in/a.txt", "text/plain", "cp1252", "nul × 3 (kept)", "2017-02", "de"]
    assert page.xpath("string(//header//span[@class='flag'])") == "repaired"


def test_the_clean_text_can_be_copied_as_it_is(tmp_path: Path) -> None:
    each = record("\nTitel\n\n  Erster <b>Satz</b>.\nWeg\n", [Label.TITLE, Label.BODY, Label.SPAM])
    page = only_page(tmp_path, each)

    assert page.get_element_by_id("clean-text").text_content().lstrip("\n") == each.text


def test_documents_link_to_the_one_before_and_after(tmp_path: Path) -> None:
    index = write_report(run_of(tmp_path, [record(f"Text {i}.", name=f"{i}") for i in range(3)]))

    relations = [
        {link.get("rel"): link.get("href") for link in parsed(page).xpath("//head/link[@rel]")}
        for page in pages(index)[1:]
    ]
    assert [relation.get("prev") for relation in relations] == [
        None,
        "../documents/00001.html",
        "../documents/00002.html",
    ]
    assert [relation.get("next") for relation in relations] == [
        "../documents/00002.html",
        "../documents/00003.html",
        None,
    ]


def test_an_empty_document_has_a_page(tmp_path: Path) -> None:
    index = write_report(run_of(tmp_path, [record(""), record(" \n\n", name="white")]))

    assert [unfounded(page) for page in pages(index)] == [[], [], []]
    assert "no text in this document" in parsed(pages(index)[1]).text_content()


def test_an_empty_run_has_an_index(tmp_path: Path) -> None:
    index = write_report(run_of(tmp_path, [], failed=2))

    assert pages(index) == [index]
    assert "2 failed" in parsed(index).text_content()


def test_an_earlier_report_is_replaced_as_a_whole(tmp_path: Path) -> None:
    run = run_of(tmp_path, [record("Eins.", name="1"), record("Zwei.", name="2")])
    write_report(run)

    index = write_report(run_of(tmp_path, [record("Drei.", name="3")]))

    assert [page.name for page in pages(index)] == ["index.html", "00001.html"]
    assert "Drei." in parsed(pages(index)[1]).text_content()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".report")]


def test_a_folder_that_is_no_report_is_left_alone(tmp_path: Path) -> None:
    run = run_of(tmp_path / "run", [record("Text.")])
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")

    with pytest.raises(CleanerError, match="is not a report"):
        write_report(run, tmp_path / "mine")

    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"


def test_a_ledger_that_does_not_add_up_leaves_the_earlier_report(tmp_path: Path) -> None:
    index = write_report(run_of(tmp_path, [record("Eins.\nZwei.", [Label.BODY, Label.SPAM])]))
    before = index.read_bytes()
    removed = tmp_path / "removed.jsonl"
    removed.write_text(removed.read_text().replace('"doc":"page"', '"doc":"other"'))

    with pytest.raises(LedgerError):
        write_report(tmp_path)

    assert index.read_bytes() == before
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".report")]


def test_a_run_that_does_not_exist_makes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="not found"):
        write_report(tmp_path / "nowhere")

    assert list(tmp_path.iterdir()) == []


def test_a_report_can_go_to_another_folder(tmp_path: Path) -> None:
    run = run_of(tmp_path / "run", [record("Text.")])

    index = write_report(run, tmp_path / "deep" / "site")

    assert index == tmp_path / "deep" / "site" / "index.html"
    assert sorted(path.name for path in index.parent.iterdir()) == [
        "documents",
        "index.html",
        "report.js",
        "style.css",
    ]


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    run = run_of(tmp_path, [record("Eins.\nZwei.", [Label.BODY, Label.SPAM])])
    first, second = (write_report(run, tmp_path / name) for name in ("a", "b"))

    assert [page.read_bytes() for page in pages(first)] == [
        page.read_bytes() for page in pages(second)
    ]


def test_a_readable_line_is_preferred_as_example_of_a_rule(tmp_path: Path) -> None:
    each = record("-\nEine Schlagzeile\nNoch eine", Label.TICKER)
    index = parsed(write_report(run_of(tmp_path, [each])))

    [link] = index.xpath("//table[@class='rules']//td[@class='example']/a")
    assert link.text_content() == "Eine Schlagzeile"
    assert link.get("href") == "documents/00001.html#L2"


def test_segments_of_a_bar_follow_each_other() -> None:
    labels = [Label.BODY, Label.SPAM, Label.TICKER]
    totals = document_view(1, record("aaaa\nbb\ncc", labels)).summary.totals

    segments = totals.segments

    assert [segment.share for segment in segments] == [0.25, 0.25]
    assert all(a.start + a.share == b.start for a, b in pairwise(segments))


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("label", Label)
def test_label_colours_have_enough_contrast(label: Label, mode: str) -> None:
    colours = palette(mode)
    pairs = [(label, f"{label}-tint"), (label, PAPER), (INK, f"{label}-tint"), (label, "card")]

    assert min(contrast(colours[a], colours[b]) for a, b in pairs) >= READABLE


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("ground", [PAPER, "card"])
@pytest.mark.parametrize("text", [INK, QUIET, "link"])
def test_text_colours_have_enough_contrast(text: str, ground: str, mode: str) -> None:
    assert contrast(palette(mode)[text], palette(mode)[ground]) >= READABLE


def palette(mode: str) -> dict[str, str]:
    """The colours of a mode, by name."""
    light, dark = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    return dict(re.findall(r"--([\w-]+): #(\w{6});", light if mode == "light" else dark))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours by WCAG 2."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
