"""A document's page as somebody sees it who reads it in a browser, with keys and without."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cleaner import Label
from cleaner.report import write_report
from tests.browser.conftest import NARROW, WIDE, OpenPage, grave_faults, keep_picture
from tests.report.making import doubtful, pages, quarantined, record, run_of

LETTERS_OF_A_HUGE_LINE = 200_000


@pytest.fixture(scope="module")
def documents(seeds_report: Path) -> list[Path]:
    """The pages of the seeds: the fourth lost a ticker above and spam below, the fifth comments."""
    return pages(seeds_report)[1:]


@pytest.fixture(scope="module")
def ticker(documents: list[Path]) -> Path:
    return documents[3]


@pytest.fixture(scope="module")
def comments(documents: list[Path]) -> Path:
    return documents[4]


def focused(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.id")
    return found


def is_wider_than_its_window(page: Page) -> bool:
    wider: bool = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return wider


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_document_can_be_read_by_everybody(
    opened: OpenPage, comments: Path, size: tuple[int, int], mode: str
) -> None:
    page = opened(comments, size=size, mode=mode)
    page.keyboard.press("j")

    keep_picture(page, f"document-{size[0]}-{mode}")
    assert [] == grave_faults(page)
    assert not is_wider_than_its_window(page)


@pytest.mark.parametrize("view", ["side", "clean"])
def test_the_other_views_can_be_read_by_everybody(
    opened: OpenPage, comments: Path, view: str
) -> None:
    page = opened(comments)
    page.check(f"#view-{view}")

    keep_picture(page, f"document-{view}")
    assert [] == grave_faults(page)
    assert not is_wider_than_its_window(page)


def test_lines_in_doubt_can_be_read_by_everybody(opened: OpenPage, tmp_path: Path) -> None:
    undecided = doubtful((Label.TITLE, False), (Label.BODY, True), (Label.BODY, False))
    index = write_report(run_of(tmp_path, [undecided, quarantined()]))

    for number, file in enumerate(pages(index)[1:]):
        page = opened(file)
        keep_picture(page, f"document-doubt-{number}")
        assert [] == grave_faults(page)


def test_keys_walk_through_removed_lines(opened: OpenPage, ticker: Path) -> None:
    page = opened(ticker)

    walked = []
    for key in "jjkJJK":
        page.keyboard.press(key)
        walked.append(focused(page))

    assert ["L1", "L2", "L1", "L109", "L109", "L1"] == walked


def test_a_key_opens_the_fold_it_leads_into(opened: OpenPage, ticker: Path) -> None:
    page = opened(ticker)
    expect(page.locator("#L4")).to_be_hidden()

    for _ in range(4):
        page.keyboard.press("j")

    assert "L4" == focused(page)
    expect(page.locator("#L4")).to_be_visible()


def test_the_reasons_of_a_line_show_while_it_has_the_focus(
    opened: OpenPage, comments: Path
) -> None:
    page = opened(comments)
    reasons = page.locator("#L10-why")
    expect(reasons).to_be_hidden()

    page.keyboard.press("j")

    expect(reasons).to_be_visible()
    expect(reasons).to_contain_text("+4.6 for comment is in a section of comments")
    page.keyboard.press("j")
    expect(reasons).to_be_hidden()


def test_a_kept_line_tells_why_it_stayed_when_it_is_clicked(
    opened: OpenPage, comments: Path
) -> None:
    page = opened(comments)
    reasons = page.locator("#L3-why")
    page.locator("#L3").hover()
    expect(reasons).to_be_hidden()

    page.locator("#L3 .text").click()

    expect(reasons).to_be_visible()
    expect(reasons).to_contain_text("Kept as body")
    page.keyboard.press("Escape")
    expect(reasons).to_be_hidden()


def test_long_reasons_beside_a_line_at_the_bottom_can_be_read_to_their_end(
    opened: OpenPage, comments: Path
) -> None:
    page = opened(comments, size=(1280, 500))
    line, reasons = page.locator("#L12"), page.locator("#L12-why")
    line.evaluate("line => line.scrollIntoView({block: 'end'})")
    page.mouse.wheel(0, 40)

    line.locator(".text").hover()
    page.wait_for_timeout(300)

    box = reasons.bounding_box()
    assert box
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 500


def test_keys_turn_pages(opened: OpenPage, documents: list[Path], seeds_report: Path) -> None:
    page = opened(documents[2])

    visited = []
    for key in "nppi":
        with page.expect_navigation():
            page.keyboard.press(key)
        visited.append(page.url)

    assert [documents[3], documents[2], documents[1], seeds_report] == [
        Path(url.removeprefix("file://")) for url in visited
    ]


def test_keys_are_listed_and_the_list_is_left_again(opened: OpenPage, comments: Path) -> None:
    page = opened(comments)

    page.keyboard.press("?")
    keep_picture(page, "keys")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    assert [] == grave_faults(page)

    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_keys_hide_and_show_a_label(opened: OpenPage, comments: Path) -> None:
    page = opened(comments)

    page.keyboard.press("6")
    expect(page.locator("#L10")).to_be_hidden()
    expect(page.locator("#L9")).to_be_visible()

    page.keyboard.press("6")
    expect(page.locator("#L10")).to_be_visible()


def test_runs_can_be_closed_and_opened(opened: OpenPage, comments: Path) -> None:
    page = opened(comments)

    page.locator(".run > summary").click()
    expect(page.locator("#L10")).to_be_hidden()

    page.keyboard.press("o")
    expect(page.locator("#L10")).to_be_visible()


def test_side_by_side_shows_what_was_kept_beside_the_source(
    opened: OpenPage, comments: Path
) -> None:
    page = opened(comments)

    page.keyboard.press("v")

    sides = page.locator(".twin")
    kept = [text for text in sides.all_inner_texts() if text.strip()]
    assert page.locator(".kept > .cell .text").all_inner_texts() == kept
    assert page.locator(".row").count() == sides.count()


def test_the_clean_text_is_shown_alone_and_selected_to_be_copied(
    opened: OpenPage, comments: Path
) -> None:
    page = opened(comments)

    page.keyboard.press("c")

    expect(page.locator(".source")).to_be_hidden()
    expect(page.locator("#clean-text")).to_be_visible()
    copied = page.evaluate("getSelection().toString()")
    assert page.locator("#clean-text").inner_text().strip() == copied.strip()


def test_an_address_with_a_line_leads_to_it(opened: OpenPage, ticker: Path) -> None:
    page = opened(ticker, "#L50")

    expect(page.locator("#L50")).to_be_visible()
    expect(page.locator("#L50")).to_be_in_viewport()


def test_an_address_with_a_line_on_another_page_leads_there(
    opened: OpenPage, tmp_path: Path
) -> None:
    lines = "\n".join(["Weg " * 500] * 1_500)
    _, first, *others = pages(write_report(run_of(tmp_path, [record(lines, Label.SPAM)])))

    page = opened(first, "#L1500")

    page.wait_for_url(f"**/{others[-1].name}#L1500")
    expect(page.locator("#L1500")).to_be_in_viewport()


def test_printed_pages_show_the_lines_and_not_the_controls(opened: OpenPage, ticker: Path) -> None:
    page = opened(ticker)
    page.emulate_media(media="print")
    keep_picture(page, "document-printed")

    expect(page.locator("#L50")).to_be_visible()
    expect(page.locator(".ways")).to_be_hidden()
    expect(page.locator(".views")).to_be_hidden()


def test_text_from_right_to_left_stands_so(opened: OpenPage, tmp_path: Path) -> None:
    hebrew = "שלום עולם, זה מאמר ארוך על שום דבר."
    index = write_report(run_of(tmp_path, [record(f"{hebrew}\nText", [Label.SPAM, Label.BODY])]))
    page = opened(pages(index)[1])

    directions = page.locator(".row .text").evaluate_all(
        "all => all.map((each) => getComputedStyle(each).direction)"
    )
    keep_picture(page, "document-right-to-left")
    assert ["rtl", "ltr"] == directions


HOSTILE = [
    "<script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>",
    "<style>*{display:none}</style></p></div></main><iframe src=javascript:alert(4)>",
    '" onfocus="alert(5)" autofocus tabindex="1" style="position:fixed;inset:0',
    "javascript:alert(6)",
    "\u202egnirts desrever\u2066 and on",
    "W" * LETTERS_OF_A_HUGE_LINE,
]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_hostile_pages_do_nothing(opened: OpenPage, tmp_path: Path, size: tuple[int, int]) -> None:
    """`opened` fails on every dialog, error and message of the console."""
    labels = [Label.SPAM, Label.BODY, Label.SPAM, Label.BODY, Label.SPAM, Label.SPAM]
    each = record("\n".join(HOSTILE), labels, name=HOSTILE[0], path=HOSTILE[1], url=HOSTILE[3])
    about = {"title": HOSTILE[0], "language": HOSTILE[2], "flags": (HOSTILE[1], "b")}
    index = write_report(run_of(tmp_path, [each.model_copy(update=about), record("Text.")]))

    for file in (index, pages(index)[1]):
        page = opened(file, size=size)
        page.wait_for_timeout(200)  # what would run, runs at once
        # Before the picture: to take one puts styles into the page.
        assert 0 == page.locator("iframe, img, style, body script, [style], [onfocus]").count()
        assert not is_wider_than_its_window(page)
        assert [] == grave_faults(page)
        keep_picture(page, f"hostile-{file.stem}-{size[0]}")
    for key in "jjjJvvo":
        page.keyboard.press(key)
