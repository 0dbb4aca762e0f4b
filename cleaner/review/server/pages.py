"""What the server shows as HTML: the report's pages with verdicts, and a few of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader

from cleaner.model import Label
from cleaner.pipeline import Pipeline
from cleaner.report.again import pipeline_of, stayed
from cleaner.report.documents import document_views
from cleaner.report.index_views import RunView
from cleaner.report.pages import Frame, document_page, environment, index_page
from cleaner.report.places import page_name, root_of
from cleaner.report.visible import shortened
from cleaner.review.lines import decided
from cleaner.review.precision import precisions
from cleaner.review.queue import Asked, disputed_lines, lines_to_ask, next_lines, progress
from cleaner.review.runs import Reviewed
from cleaner.review.server.guard import PAGE_POLICY
from cleaner.writers.runs import read_summary

ASKED_AT_ONCE = 20
DISPUTES_SHOWN = 200
_CONTEXT_CHARS = 160


@cache
def templates() -> Environment:
    """Our templates before those of the report."""
    return environment(PackageLoader("cleaner.review.server"))


def frame(place: str) -> Frame:
    """What stands around a page at this place."""
    return Frame(
        root=root_of(place),
        controls="verdicts.html.j2",
        styles=("review.css",),
        scripts=("review.js",),
        policy=PAGE_POLICY,
    )


@dataclass(frozen=True, slots=True)
class Question:
    """A line to ask about, with those around it in its document."""

    line: Asked
    above: str
    below: str


def index(view: RunView) -> str:
    """The index of the run."""
    return index_page(view, frame("index.html"), templates=templates())


def document(run: Reviewed, connection: sqlite3.Connection, number: int, part: int) -> str | None:
    """A page of a document; None where there is none."""
    record = run.numbered(connection, number)
    if record is None:
        return None
    pipeline = _pipeline(run.folder)
    why = next(stayed([record], pipeline)) if pipeline else {}
    pages = document_views(number, record, why)
    if not 1 <= part <= len(pages):
        return None
    [last] = connection.execute("SELECT max(number) FROM run.documents").fetchone()
    return document_page(
        pages[part - 1],
        frame(page_name(number, part)),
        previous=number - 1 if number > 1 else None,
        following=number + 1 if number < last else None,
        templates=templates(),
    )


@cache
def _pipeline(folder: Path) -> Pipeline | None:
    """What a run was made with, if it is to be had; loaded when the first document is shown."""
    return pipeline_of(read_summary(folder))


def place_of_line(
    run: Reviewed, connection: sqlite3.Connection, number: int, start: int
) -> str | None:
    """The page of a document that shows the line that starts here, and the line's name on it."""
    record = run.numbered(connection, number)
    for page in document_views(number, record) if record else ():
        for row in page.rows:
            if row.start == start:
                return f"{page_name(number, page.part.number)}#{row.name}"
    return None


def queue(
    run: Reviewed, connection: sqlite3.Connection, reviewer: str, rule: str, label: Label | None
) -> str:
    """The lines to ask a reviewer about next, of one rule and label if they are named."""
    asked = next_lines(
        connection, reviewer, ASKED_AT_ONCE, rule=rule, label=label.value if label else ""
    )
    return _page(
        "queue.html.j2",
        "queue.html",
        questions=list(_questions(run, connection, asked)),
        rule=rule,
        label=label,
        of=lines_to_ask(connection),
    )


def disputed(run: Reviewed, connection: sqlite3.Connection) -> str:
    """The lines on which reviewers disagree."""
    asked = disputed_lines(connection, DISPUTES_SHOWN)
    questions = list(_questions(run, connection, asked))
    return _page("disputed.html.j2", "disputed.html", questions=questions, most=DISPUTES_SHOWN)


def rules(run: Reviewed, connection: sqlite3.Connection) -> str:
    """How often each rule was right, by the verdicts."""
    found = precisions(connection, run.settings.keep)
    return _page("precision.html.j2", "precision.html", rules=found)


def reviewers(connection: sqlite3.Connection, reviewer: str) -> str:
    """How far everybody has come, and who sits here."""
    return _page(
        "reviewers.html.j2",
        "reviewers.html",
        progress=progress(connection),
        of=lines_to_ask(connection),
        reviewer=reviewer,
    )


def entry() -> str:
    """A page that leads to the index: only from a page of ours a browser sends its new cookie."""
    return _page("entry.html.j2", "entry.html")


def _page(template: str, place: str, **values: object) -> str:
    return templates().get_template(template).render(frame=frame(place), **values)


def _questions(
    run: Reviewed, connection: sqlite3.Connection, asked: Iterable[Asked]
) -> Iterator[Question]:
    for each in asked:
        record = run.numbered(connection, each.document)
        lines = decided(record) if record else []
        at = next((i for i, line in enumerate(lines) if line.place.start == each.start), 0)
        above = lines[at - 1].text if at else ""
        below = lines[at + 1].text if at + 1 < len(lines) else ""
        yield Question(each, shortened(above, _CONTEXT_CHARS), shortened(below, _CONTEXT_CHARS))
