"""Pages that show no text until their scripts have run."""

from __future__ import annotations

import json

import pytest

from cleaner import Pipeline
from cleaner.html.flatten import flatten
from cleaner.model import HtmlPage
from tests.html.pages import lines_of

BODY = "Der Fährmann legt um acht Uhr ab.\nWer zu spät kommt, wartet <bis> zum Abend & friert."
SHELL = "<html><body><div id=app>Laden …</div><script>run()</script>{}</body></html>"
PARAGRAPH = "<p>Der Fährmann legt um acht Uhr ab, und wer zu spät kommt, wartet. </p>"


FLAGS = ("empty", "no_text", "repaired")


def linked(body: str) -> str:
    article = json.dumps({"@type": "NewsArticle", "articleBody": body})
    return f'<script type="application/ld+json">{article}</script>'


def test_a_shell_says_what_its_json_ld_says() -> None:
    flat = flatten(SHELL.format(linked(BODY)))

    assert ["Laden …", *BODY.splitlines()] == flat.text.splitlines()
    assert ["text taken from JSON-LD"] == [repair.detail for repair in flat.repairs]


def test_a_shell_says_what_it_has_for_browsers_without_scripts() -> None:
    flat = flatten(SHELL.format(f"<noscript>{PARAGRAPH * 5}</noscript>"))

    assert [
        "Laden …",
        *["Der Fährmann legt um acht Uhr ab, und wer zu spät kommt, wartet."] * 5,
    ] == (flat.text.splitlines())
    assert ["text taken from noscript"] == [repair.detail for repair in flat.repairs]


def test_a_request_to_run_scripts_is_no_text() -> None:
    request = "<noscript>Bitte schalten Sie JavaScript ein, um diese Seite zu sehen.</noscript>"

    assert ["Laden …"] == lines_of(SHELL.format(request))


def test_a_page_that_shows_text_says_nothing_twice() -> None:
    markup = SHELL.format(PARAGRAPH + linked(BODY) + f"<noscript>{PARAGRAPH * 5}</noscript>")

    assert 2 == len(lines_of(markup))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (SHELL.format(""), ("no_text",)),
        (SHELL.format("<noscript>Bitte JavaScript einschalten!</noscript>"), ("no_text",)),
        ("", ("empty", "no_text")),
        (SHELL.format(linked(BODY)), ("repaired",)),
    ],
    ids=["loading", "noscript", "empty", "JSON-LD"],
)
def test_flags_of_pages_without_text(markup: str, expected: tuple[str, ...]) -> None:
    flags = Pipeline().run(HtmlPage("a", markup)).flags

    assert expected == tuple(flag for flag in flags if flag in FLAGS)


def test_a_text_is_no_shell() -> None:
    assert "no_text" not in Pipeline().run("Kurz.").flags


@pytest.mark.parametrize(
    "piece", ["<noscript", "<noscript>", "</noscript>", "<template shadowrootmode"]
)
def test_what_was_never_closed_is_searched_once(piece: str) -> None:
    assert 0 == len(lines_of(piece * 100_000))
