"""The review in a real browser: keys, verdicts that survive, pages that stay inert."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from cleaner import Label
from cleaner.review.runs import reviewed
from cleaner.review.server.serve import listening, server_of
from cleaner.review.server.session import Session
from cleaner.review.values import Kind
from tests.browser.conftest import NARROW, PATIENCE_MS, WIDE, grave_faults, keep_picture
from tests.conftest import ROOT
from tests.review.made import (
    REPLY,
    SENTENCE,
    TICKER,
    Made,
    opened,
    record,
    usual_run,
    write_run,
)

PAGES = ["index", "queue", "precision", "disputed", "reviewers", "documents/000/00001"]
SIZES = {"wide": WIDE, "narrow": NARROW}
expect.set_options(timeout=PATIENCE_MS)
HOSTILE = [
    "<script>window.pwned = 1</script>",
    '"><img src=x onerror="window.pwned = 1">',
    "</title></style></textarea><svg onload=window.pwned=1>",
    "body{display:none} *{position:fixed}",
    "gpj.\u202egnirts a ton si\u2066 this",
    "x" * 20_000,
]


class Server(NamedTuple):
    """A server of a run: the address that it prints, and its process if it has one of its own."""

    address: str
    process: subprocess.Popen[str] | None = None

    @property
    def root(self) -> str:
        """Where its pages are."""
        return self.address.partition("?")[0]


@contextmanager
def started(run: Path, port: int = 0) -> Iterator[Server]:
    """`cleaner review` on a run, until the test is over or it is killed."""
    command = [sys.executable, "-m", "cleaner", "review", run, "--reviewer", "anna"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [*command, "--port", str(port)], stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            assert process.stderr
            [address] = re.findall(r"http://\S+", process.stderr.readline())
            yield Server(address, process)
        finally:
            process.kill()


@contextmanager
def served(run: Path) -> Iterator[Server]:
    """The same in a thread, which starts in a tenth of the time."""
    with listening("127.0.0.1", 0) as listener:
        session = Session(listener.getsockname()[1])
        server = server_of(reviewed(run), session, "anna")
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield Server(session.address)
        finally:
            server.should_exit = True
            thread.join()


Open = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Opens a page of a server in a browser that has its key; no script may fail."""
    failures: list[str] = []
    with ExitStack() as stack:

        def open_page(server: Server, path: str, size: str = "wide") -> Page:
            width, height = SIZES[size]
            page = browser.new_page(viewport={"width": width, "height": height})
            stack.callback(page.close)
            page.set_default_timeout(PATIENCE_MS)
            page.on("pageerror", lambda error: failures.append(str(error)))
            page.goto(server.address)
            page.wait_for_url("**/index.html")
            return go_to(page, server, path)

        yield open_page
    assert failures == []


def go_to(page: Page, server: Server, path: str) -> Page:
    """The page, once it knows what stands."""
    page.goto(f"{server.root}{path}.html")
    expect(page.locator(".who").first).to_contain_text("Reviewer: ")
    return page


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run of three documents."""
    return usual_run(tmp_path)


@pytest.fixture
def server(run: Path) -> Iterator[Server]:
    """A server of it."""
    with served(run) as running:
        yield running


def line(page: Page, text: str) -> Locator:
    return page.locator("[data-span]", has_text=text).first


def told(page: Page) -> Locator:
    return page.locator(".told")


def test_a_document_is_judged_by_keys(visit: Open, server: Server) -> None:
    page = visit(server, "documents/000/00001")

    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(told(page)).to_have_text("Saved: 1 line, was content")
    page.keyboard.press("j")
    page.keyboard.press("7")
    expect(told(page)).to_have_text("Saved: 1 line, is spam")

    expect(line(page, TICKER.text).locator(".said")).to_have_text("was content")
    expect(line(page, REPLY.text).locator(".said")).to_have_text("is spam")
    expect(page.locator(".progress")).to_have_text("2 of 11 judged")


def test_keys_that_come_before_the_page_knows_what_stands_wait_for_it(
    visit: Open, server: Server
) -> None:
    page = visit(server, "documents/000/00001")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/state?*", hold, times=1)
    page.reload()

    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(told(page)).to_have_text("")
    held[0].continue_()

    expect(told(page)).to_have_text("Saved: 1 line, right")


def test_a_kept_line_is_reached_and_relabelled_by_keys(visit: Open, server: Server) -> None:
    page = visit(server, "documents/000/00001")

    page.keyboard.press(".")
    page.keyboard.press("8")

    expect(line(page, SENTENCE).locator(".said")).to_have_text("is boilerplate")


def test_without_a_line_the_numbers_show_and_hide_labels_as_in_the_report(
    visit: Open, server: Server
) -> None:
    page = visit(server, "documents/000/00001")

    page.keyboard.press("5")

    expect(line(page, TICKER.text)).to_be_hidden()
    expect(page.locator(".said")).to_have_count(0)


def test_the_scope_is_chosen_for_one_verdict_and_told(visit: Open, server: Server) -> None:
    page = visit(server, "documents/000/00001")

    page.keyboard.press("j")
    for _ in range(3):
        page.keyboard.press("s")
    expect(told(page)).to_have_text("For all of its rule")
    page.keyboard.press("a")

    expect(told(page)).to_have_text("Saved: 3 lines, right")
    expect(page.locator("[name=scope]")).to_have_value("line")


def test_a_note_is_kept_with_a_verdict(visit: Open, server: Server) -> None:
    page = visit(server, "documents/000/00001")

    page.keyboard.press("j")
    page.keyboard.press("m")
    page.keyboard.type("x is a key, too")
    page.keyboard.press("Enter")
    page.keyboard.press("a")

    expect(line(page, TICKER.text).locator(".said")).to_have_text("right · x is a key, too")


def test_undoing_takes_the_last_verdict_back(visit: Open, server: Server) -> None:
    page = visit(server, "documents/000/00001")

    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator(".said")).to_have_count(1)
    page.keyboard.press("u")

    expect(told(page)).to_have_text("Taken back: 1 line")
    expect(page.locator(".said")).to_have_count(0)


def test_the_queue_is_worked_off_by_keys_alone(visit: Open, server: Server) -> None:
    page = visit(server, "queue")
    first, second = page.locator(".ask").nth(0), page.locator(".ask").nth(1)

    page.keyboard.press("j")
    expect(first).to_be_focused()
    page.keyboard.press("a")
    expect(second).to_be_focused()
    page.keyboard.press("x")
    expect(page.locator(".done")).to_have_count(2)
    page.reload()

    expect(page.locator(".ask")).to_have_count(9)


def test_a_line_of_the_queue_opens_in_its_document(visit: Open, server: Server) -> None:
    page = visit(server, "queue")

    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url("**/documents/000/00001.html#L4")

    expect(page.locator("#L4")).to_be_visible()


def test_verdicts_survive_a_reload_and_a_killed_server(visit: Open, run: Path) -> None:
    with started(run) as server:
        page = visit(server, "documents/000/00001")
        page.keyboard.press("j")
        page.keyboard.press("x")
        expect(told(page)).to_have_text("Saved: 1 line, was content")
        page.reload()
        expect(line(page, TICKER.text).locator(".said")).to_have_text("was content")

        assert server.process
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
        line(page, REPLY.text).focus()
        page.keyboard.press("a")
        expect(told(page)).to_contain_text("Not saved: the server does not answer")

    with started(run) as server:
        page = visit(server, "documents/000/00001")
        expect(line(page, TICKER.text).locator(".said")).to_have_text("was content")
        expect(page.locator(".said")).to_have_count(1)


def test_a_page_of_an_earlier_start_says_that_it_cannot_save(visit: Open, run: Path) -> None:
    with started(run) as first:
        page = visit(first, "documents/000/00001")
        port = int(first.root.rstrip("/").rpartition(":")[2])
    with started(run, port):
        page.keyboard.press("j")
        page.keyboard.press("a")

        expect(told(page)).to_contain_text("Not saved: this page is of an earlier start")


def test_reviewers_see_where_they_disagree(visit: Open, server: Server, run: Path) -> None:
    with opened(run) as review:
        review.say("a", TICKER.text, Kind.ACCEPT, who="ben")
    page = visit(server, "documents/000/00001")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(line(page, TICKER.text).locator(".said.disputed")).to_have_count(2)

    page.goto(f"{server.root}disputed.html")

    expect(page.locator(".ask")).to_have_count(1)


def test_another_reviewer_can_sit_down(visit: Open, server: Server) -> None:
    page = visit(server, "reviewers")

    page.get_by_label("Your name").fill("Jörg")
    page.keyboard.press("Enter")

    expect(page.locator(".who")).to_have_text("Reviewer: Jörg")


@pytest.mark.parametrize("size", SIZES)
def test_pages_fit_their_window_and_have_no_serious_fault_of_accessibility(
    visit: Open, server: Server, run: Path, size: str
) -> None:
    with opened(run) as review:
        review.say("a", TICKER.text, Kind.ACCEPT, who="ben")
        review.say("a", TICKER.text, Label.SPAM, note="a note")
    page = visit(server, PAGES[0], size)
    for path in PAGES:
        go_to(page, server, path)

        assert (path, grave_faults(page)) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0], path
        keep_picture(page, f"review-{path.rpartition('/')[2]}-{size}")


def test_hostile_pages_and_notes_stay_inert(visit: Open, tmp_path: Path) -> None:
    lines = [Made(text, Label.SPAM, 0.6) for text in HOSTILE]
    write_run(tmp_path, [record("<script>window.pwned=1</script>", *lines)])
    with opened(tmp_path) as review:
        for text in HOSTILE[:3]:
            doc = "<script>window.pwned=1</script>"
            review.say(doc, text, Kind.REJECT, who=text[:60], note=text)
            review.say(doc, text, Kind.ACCEPT, who="ben")
    with served(tmp_path) as server:
        page = visit(server, PAGES[0])
        for path in PAGES:
            go_to(page, server, path)

            assert page.evaluate("window.pwned") is None, path
            assert page.evaluate("document.documentElement.scrollWidth") <= SIZES["wide"][0], path
