"""Views to HTML; the only module that knows of templates.

Autoescaping is on for every template whatever its name, and nothing in a template is ever marked as
safe, so text from a crawled page stays text. A value that is missing is an error and not an empty
string. Other hosts of the same pages (a server with buttons beside the lines) give a `Frame` of
their own.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, StrictUndefined

from cleaner.decide.phrases import signed
from cleaner.model import LABELS
from cleaner.report.escaped import escaped
from cleaner.report.index_views import RunView
from cleaner.report.meanings import MEANINGS
from cleaner.report.places import page_name
from cleaner.report.views import DocumentView
from cleaner.text.hidden import inert

# Marks a folder as a report, so that only reports are ever replaced.
GENERATOR = '<meta name="generator" content="cleaner report">'
# 'self' also holds for files opened from a folder: seen in Chromium 156 and Firefox ESR.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
    " base-uri 'none'; form-action 'none'"
)


MINUS = "\N{MINUS SIGN}"
# What can be the language of an element; pages may say anything.
_LANGUAGE_RE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def language_tag(language: str | None) -> str:
    """The language as the attribute `lang` takes it; empty where it is unknown, or none.

    >>> language_tag("pt-BR"), language_tag("who knows")
    ('pt-BR', '')
    """
    return language if language and _LANGUAGE_RE.fullmatch(language) else ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a page.

    `root` leads from the page to the folder of the index and the assets. `controls` is the template
    whose macros are called at every line, run and document, to add buttons there. `styles` and
    `scripts` come after those of the page. `policy` is its Content-Security-Policy.
    """

    root: str = ""
    controls: str = "controls.html.j2"
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    policy: str = POLICY


@cache
def environment(*loaders: BaseLoader) -> Environment:
    """The templates of the report, after those of other loaders."""
    found = Environment(
        loader=ChoiceLoader([*loaders, PackageLoader("cleaner.report")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["percent"] = "{:.1%}".format
    found.filters["grouped"] = "{:,}".format
    found.filters["page"] = page_name
    found.filters["shown"] = escaped
    found.filters["inert"] = inert
    found.filters["tag"] = language_tag
    found.filters["signed"] = _signed
    found.globals["meanings"] = MEANINGS
    found.globals["labels"] = LABELS
    return found


def _signed(log_odds: float) -> str:
    return signed(log_odds).replace("-", MINUS)


def document_page(
    view: DocumentView,
    frame: Frame,
    *,
    previous: int | None,
    following: int | None,
    templates: Environment | None = None,
) -> str:
    """The page of a document; `previous` and `following` are the numbers of those around it."""
    template = (templates or environment()).get_template("document.html.j2")
    return template.render(view=view, frame=frame, previous=previous, following=following)


def index_page(view: RunView, frame: Frame, *, templates: Environment | None = None) -> str:
    """The index of a run."""
    return (templates or environment()).get_template("index.html.j2").render(view=view, frame=frame)


def write_page(file: Path, page: str) -> None:
    """Write a page; a folder's name may hold bytes that are not UTF-8, which show as U+FFFD."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(page.encode("utf-8", "xmlcharrefreplace"))


def write_assets(folder: Path, packages: Iterable[str] = ("cleaner.report",)) -> None:
    """Copy the style sheets and scripts of these packages into a report."""
    for package in packages:
        with as_file(files(package) / "assets") as assets:
            for asset in sorted(assets.iterdir()):
                shutil.copyfile(asset, folder / asset.name)
