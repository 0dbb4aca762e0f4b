"""Draws docs/images/: the report on seeds/ as a browser shows it; needs Chromium.

python -m docsite.screenshots
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import ViewportSize, sync_playwright

from cleaner import Pipeline
from cleaner.engines.local import clean_into
from cleaner.readers import read
from cleaner.report import write_report

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
SIZE: ViewportSize = {"width": 1280, "height": 800}


def main() -> None:
    """Clean the seeds, report on them, and take the two pictures."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))))
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        run = Path(folder, "seeds")
        clean_into(run, read([str(ROOT / "seeds")]), Pipeline())
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
        chromium.close()


if __name__ == "__main__":
    main()
