"""Views to HTML files; the only module that knows of templates.

Autoescaping is on for every template whatever its name, and nothing is ever marked as safe, so text
from a crawled page stays text. A value that is missing is an error and not an empty string.
"""

from __future__ import annotations

import shutil
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from cleaner.decide.phrases import signed
from cleaner.report.meanings import MEANINGS
from cleaner.report.views import DocumentView, RunView
from cleaner.report.visible import marked
from cleaner.text.hidden import inert

INDEX = "index.html"
# A few hundred template events a write: one by one, half the time goes into encoding.
_BUFFERED_EVENTS = 400
# Marks a folder as a report, so that only reports are ever replaced.
GENERATOR = '<meta name="generator" content="cleaner report">'


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("cleaner.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = "{:.1%}".format
    environment.filters["grouped"] = "{:,}".format
    environment.filters["page"] = page_name
    environment.filters["marked"] = marked
    environment.filters["inert"] = inert
    environment.filters["signed"] = signed
    environment.globals["meanings"] = MEANINGS
    return environment


def page_name(number: int) -> str:
    """Where the page of a document lies in the report; ids may be anything, numbers are safe.

    >>> page_name(12)
    'documents/00012.html'
    """
    return f"documents/{number:05}.html"


def write_document(folder: Path, view: DocumentView, *, last: bool) -> None:
    """Write the page of a document; all but the last link to the page after."""
    _write(
        folder / page_name(view.summary.number),
        "document.html.j2",
        root="../",
        view=view,
        last=last,
    )


def write_index(folder: Path, view: RunView) -> None:
    """Write the index of a run."""
    _write(folder / INDEX, "index.html.j2", root="", view=view)


def write_assets(folder: Path) -> None:
    """Copy the style sheet and the script into a report."""
    with as_file(files("cleaner.report") / "assets") as assets:
        for asset in sorted(assets.iterdir()):
            shutil.copyfile(asset, folder / asset.name)


def _write(file: Path, template: str, **values: object) -> None:
    stream = _environment().get_template(template).stream(**values)
    stream.enable_buffering(_BUFFERED_EVENTS)
    # A folder's name may hold bytes that are not UTF-8: a character reference shows as U+FFFD.
    stream.dump(str(file), encoding="utf-8", errors="xmlcharrefreplace")
