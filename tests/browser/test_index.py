"""The index as somebody sees it who looks for documents in a browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from cleaner import Label
from cleaner.report import write_report
from cleaner.report.documents import summary_of
from cleaner.report.pages import Frame, index_page, write_assets, write_page
from cleaner.report.tally import Tally
from cleaner.report.views import DocumentView, Part, Reasons, Row, Run
from tests.browser.conftest import NARROW, WIDE, OpenPage, grave_faults, keep_picture
from tests.report.making import pages, record, run_of

MANY = 100_000
# The best of several: other work on the machine takes its time, too.
AT_ONCE_MS, TRIES = 1_000, 5
ROWS = "table.documents tbody tr"


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of three documents that differ in all that the list is filtered by."""
    records = [
        record("Nur Text, und viel davon, bis zum Ende.", Label.BODY, "a.txt"),
        record("Text\nMeldung", [Label.BODY, Label.TICKER], "b.txt"),
        record("Text\nWerbung von anderswo", [Label.BODY, Label.SPAM], "c.txt"),
    ]
    sites = ["https://eins.example/", "https://zwei.example/", "https://zwei.example/"]
    languages, flags = ["de", "fr", "fr"], [(), ("repaired",), ()]
    scores = [0.0, 0.6, 0.95]
    changed = [
        each.model_copy(update={"url": site, "language": language, "flags": flag}).with_removed(
            tuple(gone.model_copy(update={"score": score}) for gone in each.removed)
        )
        for each, site, language, flag, score in zip(
            records, sites, languages, flags, scores, strict=True
        )
    ]
    return write_report(run_of(tmp_path_factory.mktemp("three"), changed))


def listed(page: Page) -> list[str]:
    """What the list shows, by the letters that the ids begin with."""
    expect(page.locator(ROWS).first).to_be_visible()
    return [name[0] for name in page.locator(f"{ROWS} a").all_inner_texts()]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_index_can_be_read_by_everybody(
    opened: OpenPage, seeds_report: Path, size: tuple[int, int], mode: str
) -> None:
    page = opened(seeds_report, size=size, mode=mode)
    expect(page.locator(ROWS)).to_have_count(5)

    keep_picture(page, f"index-{size[0]}-{mode}")
    page.locator("#documents").scroll_into_view_if_needed()
    keep_picture(page, f"index-documents-{size[0]}-{mode}")
    assert [] == grave_faults(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


FILTERS = [
    ("#label=spam", "c"),
    ("#label=spam&label=ticker", "bc"),
    ("#rule=ticker.rule", "b"),
    ("#language=fr", "bc"),
    ("#site=eins.example", "a"),
    ("#flag=repaired", "b"),
    ("#score=0.7", "b"),
    ("#find=C.T", "c"),
    ("#find=zwei.ex", "bc"),
    ("#language=fr&label=spam", "c"),
    ("#sort=removed", "cba"),
    ("#sort=kept", "abc"),
    ("#sort=unsure", "bca"),
    ("#sort=long", "acb"),
    ("#sort=short", "bca"),
]


@pytest.mark.parametrize(("fragment", "expected"), FILTERS, ids=[f for f, _ in FILTERS])
def test_the_address_filters_and_sorts(
    opened: OpenPage, three: Path, fragment: str, expected: str
) -> None:
    page = opened(three, fragment)

    assert list(expected) == listed(page)


FIELDS = [
    ("label", lambda page: page.check("[name=label][value=spam]"), "c"),
    ("key", lambda page: page.keyboard.press("7"), "c"),
    ("rule", lambda page: page.select_option("[name=rule]", "ticker.rule"), "b"),
    ("language", lambda page: page.select_option("[name=language]", "fr"), "bc"),
    ("site", lambda page: page.select_option("[name=site]", "eins.example"), "a"),
    ("flag", lambda page: page.select_option("[name=flag]", "repaired"), "b"),
    ("score", lambda page: page.fill("[name=score]", "0.7"), "b"),
    ("find", lambda page: page.fill("[name=find]", "b.t"), "b"),
    ("order", lambda page: page.select_option("[name=sort]", "long"), "acb"),
]


@pytest.mark.parametrize(
    ("act", "expected"), [(act, e) for _, act, e in FIELDS], ids=[name for name, _, _ in FIELDS]
)
def test_fields_filter_and_a_reload_keeps_what_they_say(
    opened: OpenPage, three: Path, act: Callable[[Page], object], expected: str
) -> None:
    page = opened(three)
    assert list("abc") == listed(page)

    act(page)

    page.wait_for_url("**#*=*")
    expect(page.locator(f"{ROWS} a").first).to_contain_text(expected[0])
    expect(page.locator(ROWS)).to_have_count(len(expected))
    page.reload()
    assert list(expected) == listed(page)


def test_clearing_shows_all_again(opened: OpenPage, three: Path) -> None:
    page = opened(three, "#label=spam&find=c")
    assert ["c"] == listed(page)

    page.get_by_role("button", name="Clear").click()

    expect(page.locator(ROWS)).to_have_count(3)
    assert "#" not in page.url
    assert "" == page.input_value("[name=find]")
    assert not page.is_checked("[value=spam]")


def test_a_row_names_the_flags_of_its_document_alone(opened: OpenPage, three: Path) -> None:
    page = opened(three)
    assert list("abc") == listed(page)

    assert ["repaired"] == page.locator(f"{ROWS} .flag").all_inner_texts()


def test_nothing_found_is_told(opened: OpenPage, three: Path) -> None:
    page = opened(three, "#find=nowhere")

    expect(page.locator("#count")).to_have_text("0 of 3 documents")


def test_rules_that_decide_less_often_are_opened_on_demand(
    opened: OpenPage, tmp_path: Path
) -> None:
    each = record("Weg\n" * 26, Label.SPAM)
    removed = tuple(g.model_copy(update={"rule": f"rule{i}"}) for i, g in enumerate(each.removed))
    page = opened(write_report(run_of(tmp_path, [each.with_removed(removed)])))
    rows = page.locator("table.rules tbody tr")
    expect(rows.first).to_be_visible()
    expect(rows.last).to_be_hidden()

    page.get_by_text("1 that decided less often").click()

    expect(rows.last).to_be_visible()


def test_a_rule_leads_to_its_documents(opened: OpenPage, three: Path) -> None:
    page = opened(three)

    page.get_by_role("link", name="spam.rule").click()

    expect(page.locator(ROWS)).to_have_count(1)
    assert ["c"] == listed(page)


def test_an_example_of_a_rule_leads_to_its_line(opened: OpenPage, three: Path) -> None:
    page = opened(three)

    page.get_by_role("link", name="Werbung von anderswo").click()

    page.wait_for_url("**/00003.html#L2")
    expect(page.locator("#L2")).to_be_in_viewport()


def test_documents_go_on_by_the_list_they_were_found_in(opened: OpenPage, three: Path) -> None:
    page = opened(three, "#sort=removed")
    assert list("cba") == listed(page)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/00003.html")

    expect(page.locator(".place")).to_have_text("1 of 3 listed")
    page.keyboard.press("n")
    page.wait_for_url("**/00002.html")
    expect(page.locator(".place")).to_have_text("2 of 3 listed")
    page.keyboard.press("n")
    page.wait_for_url("**/00001.html")
    assert page.get_by_text("Next →").get_attribute("href") is None


def test_every_row_leads_to_a_page(opened: OpenPage, three: Path) -> None:
    page = opened(three)
    assert list("abc") == listed(page)

    links = page.locator(f"{ROWS} a").evaluate_all("all => all.map((link) => link.href)")

    assert [file.as_uri() for file in pages(three)[1:]] == links


def test_only_files_of_the_report_are_asked_for(opened: OpenPage, three: Path) -> None:
    page = opened(three)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    listed(page)

    assert asked
    assert all(url.startswith(three.parent.as_uri()) or url == "data:," for url in asked)


def test_without_scripts_the_index_says_where_the_documents_are(
    browser: Browser, three: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(three.as_uri())

    expect(page.locator(".notice")).to_contain_text("in the folder documents")
    expect(page.locator(".rules")).to_be_visible()
    context.close()


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of many documents, without their pages."""
    folder = tmp_path_factory.mktemp("many")
    tally = Tally(folder)
    each = record("Text\nMeldung\nWerbung", [Label.BODY, Label.TICKER, Label.SPAM])
    summary = replace(summary_of(1, each), language="de", title="Eine Schlagzeile der Zeitung")
    row = Row(2, 1, 0, "Meldung", Label.TICKER, Reasons(0.9, "ticker.rule", ()))
    part = Part(1, 1, 3)
    for number in range(1, MANY + 1):
        one = replace(
            summary,
            number=number,
            id=f"crawl/segment-{number % 97}/page-{number:06}.html",
            site=f"site{number % 2_000}.example",
            score=number % 1_000 / 1_000,
        )
        rows = (Run((row,)),) if number % 3 == 0 else ()
        tally.add((DocumentView(one, (), rows, "", part, (part,)),))
    view = tally.finish("many", {}, MANY)
    write_page(folder / "index.html", index_page(view, Frame()))
    write_assets(folder)
    return folder / "index.html"


def test_no_file_of_a_long_list_is_large(many: Path) -> None:
    sizes = [file.stat().st_size for file in many.parent.rglob("*") if file.is_file()]

    assert max(sizes) < 2_000_000


def test_a_long_list_is_there_at_once(opened: OpenPage, many: Path) -> None:
    times = []
    for _ in range(TRIES):
        page = opened(many)
        page.wait_for_selector(ROWS)
        times.append(page.evaluate("performance.getEntriesByName('listed')[0].startTime"))

    assert min(times) < AT_ONCE_MS
    expect(page.locator("#count")).to_have_text("100,000 documents")
    keep_picture(page, "index-many")


def test_a_long_list_is_filtered_sorted_and_turned(opened: OpenPage, many: Path) -> None:
    page = opened(many, "#rule=ticker.rule&sort=unsure&page=2")

    expect(page.locator("#count")).to_have_text("33,333 of 100,000 documents")
    expect(page.locator("[data-is=page]")).to_have_text("page 2 of 667")
    # A third of a hundred documents have each score: the second page begins within 0.001.
    expect(page.locator("td[data-is=score]").first).to_have_text("0.00")
    page.keyboard.press("n")
    expect(page.locator("[data-is=page]")).to_have_text("page 3 of 667")


def test_a_long_list_is_searched(opened: OpenPage, many: Path) -> None:
    page = opened(many, "#find=page-099999")

    expect(page.locator(ROWS)).to_have_count(1)
    expect(page.locator(f"{ROWS} [data-is=id]")).to_have_text("crawl/segment-89/page-099999.html")
