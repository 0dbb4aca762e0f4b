"""`benchmarks/crawl.py`, on invented articles."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

import pytest

from cleaner.evaluate import GoldLine, GoldPage
from cleaner.model import Label
from tests.conftest import ROOT

NAMES = ("Adam", "Berta", "Cäsar", "Dora", "Emil", "Frida", "Gustav", "Hanna", "Ida", "Jost")


def article(name: str) -> GoldPage:
    """An invented article, amid a line that is none of it."""
    said = [
        f"Am Montag kam {name} mit {n} anderen am Bahnhof an, und niemand sonst stieg dort aus."
        for n in ("zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")
    ]
    lines = [(f"{name} kommt am Bahnhof an", Label.TITLE), *((x, Label.BODY) for x in said)]
    lines.append(("Impressum", Label.BOILERPLATE))
    return GoldPage(
        id=name, lang="de", lines=tuple(GoldLine(text=x, label=label) for x, label in lines)
    )


@pytest.fixture
def crawl(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    monkeypatch.delitem(sys.modules, "crawl", raising=False)
    return importlib.import_module("crawl")


def test_articles_are_cut_in_two_where_there_are_too_few(crawl: ModuleType) -> None:
    pages = [article(name) for name in NAMES]

    assert [10, 15, 20] == [len(crawl.articles(pages, "de", n)) for n in (5, 15, 99)]
    assert [] == crawl.articles(pages, "fr", 5)


def test_every_page_has_its_article_amid_what_the_site_prints(crawl: ModuleType) -> None:
    template = crawl.templates()[0]
    given = crawl.articles([article(name) for name in NAMES], "de", 10)

    pages = crawl.site(template, given, 10)

    for page in pages:
        texts = [line.text for line in page.lines]
        assert any(set(texts) >= {line.text for line in each.lines} for each in given)
        assert set(texts) >= set(template.menu.split("\n")) | set(template.footer.split("\n"))
    assert pages == crawl.site(template, given, 10)


def test_a_site_is_scored_without_and_with_its_counts(crawl: ModuleType) -> None:
    given = crawl.articles([article(name) for name in NAMES], "de", 10)
    template = crawl.templates()[0]

    alone, by_counts = crawl.compared(template, crawl.site(template, given, 10))

    assert alone.noise_removed < by_counts.noise_removed
