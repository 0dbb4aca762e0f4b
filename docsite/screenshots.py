"""Draws docs/images/: report and review of seeds/ as a browser shows them; needs Chromium.

python -m docsite.screenshots
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from playwright.sync_api import Page, ViewportSize, sync_playwright

from cleaner import Pipeline
from cleaner.engines.local import clean_into
from cleaner.readers import split
from cleaner.report import write_report
from cleaner.review.runs import reviewed
from cleaner.review.server.serve import listening, server_of
from cleaner.review.server.session import Session

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
SIZE: ViewportSize = {"width": 1280, "height": 800}


def main() -> None:
    """Clean the seeds, report on them and review them, and take three pictures."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))))
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        run = Path(folder, "seeds")
        clean_into(run, split([str(ROOT / "seeds")]), Pipeline())
        index = write_report(run)
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = chromium.new_page(viewport=SIZE, color_scheme="light")
        page.goto(index.as_uri())
        page.wait_for_selector("table.documents tbody tr")
        page.set_viewport_size({**SIZE, "height": 1270})
        page.screenshot(path=IMAGES / "report-index.png")
        page.set_viewport_size(SIZE)
        page.goto((index.parent / "documents/000/00004.html").as_uri())
        page.locator("#L2").focus()
        page.wait_for_timeout(300)  # the reasons fade in
        page.screenshot(path=IMAGES / "report-document.png")
        draw_review(run, page)
        chromium.close()


def draw_review(run: Path, page: Page) -> None:
    """Judge a few lines of the run, and take the picture."""
    with listening("127.0.0.1", 0) as listener:
        session = Session(listener.getsockname()[1])
        server = server_of(reviewed(run), session, "anna")
        thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        page.goto(session.address)
        page.wait_for_url("**/index.html")
        page.goto(session.address.partition("?")[0] + "documents/000/00005.html")
        for key, said in (("j", ""), ("a", "right"), ("j", ""), ("x", "was content"), ("j", "")):
            page.keyboard.press(key)
            if said:
                page.locator(".said", has_text=said).wait_for()
        page.wait_for_timeout(300)
        page.screenshot(path=IMAGES / "review-document.png")
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    main()
