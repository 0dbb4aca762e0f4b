"""Whatever a page holds is shown and does nothing."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from cleaner import Label, Settings
from cleaner.decide.decisions import Decision, Decisions, Voice
from cleaner.record import cut
from cleaner.report import write_report
from cleaner.report.places import root_of
from cleaner.report.rows import rows
from cleaner.text.segment import segment
from tests.conftest import BIDI_CONTROLS
from tests.report.making import (
    TEMPLATES,
    called,
    decision,
    only_page,
    pages,
    parsed,
    record,
    run_of,
    source_of,
    unfounded,
)

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
    '\\"],alert(1)]);//</script>\u2028;',
    "x" * 20_000,
]


@given(st.text(st.characters(blacklist_categories=["Cs"], max_codepoint=0x3000), max_size=40))
@examples(max_examples=40, deadline=None)
def test_a_page_shows_any_text_as_it_is(text: str) -> None:
    with TemporaryDirectory() as folder:
        page = only_page(Path(folder), record(text, Label.SPAM))

    texts = "".join(map(source_of, page.xpath("//*[@class='text']")))
    each = record(text, Label.SPAM)
    expected = "".join(row.text for row in rows(each, each.restore()))
    assert expected == texts


@pytest.mark.parametrize("label", [Label.BODY, Label.COMMENT], ids=["kept", "removed"])
@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_shown_and_does_nothing(tmp_path: Path, hostile: str, label: Label) -> None:
    each = record(f"{hostile}\n", label, name=hostile, path=hostile, url=hostile)
    each = each.model_copy(update={"title": hostile, "language": hostile, "flags": (hostile,)})

    index = write_report(run_of(tmp_path, [each], version=hostile))

    texts = parsed(pages(index)[1]).xpath("//*[@class='text']")
    assert hostile == "".join(map(source_of, texts))
    for page in pages(index):
        tree = parsed(page)
        assert [script.get("src") for script in tree.iter("script")] == [
            root_of(page.relative_to(index.parent).as_posix()) + name
            for name in ("keys.js", "index.js" if page == index else "document.js")
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
    assert files == {"run/report/index.html", "run/report/documents/000/00001.html"}
    assert unfounded(index) == []


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_stay_strings_of_the_list(tmp_path: Path, hostile: str) -> None:
    each = record("Text.", name=hostile)
    each = each.model_copy(update={"title": hostile, "language": hostile, "sitename": hostile})

    index = write_report(run_of(tmp_path, [each]))

    number, [row] = called(index, "rows-0")
    assert 0 == number
    assert [str, str, str, str, dict] == list(map(type, row))


@pytest.mark.parametrize("page", ["index.html", "documents/000/00001.html"])
def test_pages_forbid_all_but_their_own_styles_and_scripts(seeds_report: Path, page: str) -> None:
    [policy] = parsed(seeds_report.parent / page).xpath(
        "//meta[@http-equiv='Content-Security-Policy']/@content"
    )

    assert {
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
    } == set(policy.split("; "))
