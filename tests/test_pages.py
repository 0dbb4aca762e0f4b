"""Whole pages, a label on every line; `pages/README.md` says how a case is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cleaner import Decision, Label, Pipeline
from cleaner.model import ARTICLE
from cleaner.text.segment import segment

PAGES = Path(__file__).parent / "pages"
XFAIL = "# xfail: "
LOSES = "# loses: "
SHOWN_CHARS = 72
SHOWN_VOICES = 4


@dataclass(frozen=True)
class Line:
    """What a line of a page is, and what it was taken for."""

    number: int
    text: str
    expected: Label
    decision: Decision

    @property
    def got(self) -> Label:
        return self.decision.label

    @property
    def is_lost(self) -> bool:
        return self.expected in ARTICLE and self.got not in ARTICLE

    @property
    def is_left(self) -> bool:
        return self.expected not in ARTICLE and self.got in ARTICLE

    def __str__(self) -> str:
        what = "LOST" if self.is_lost else "left" if self.is_left else "name"
        voices = ", ".join(f"{v.rule} {v.weight:.2f}" for v in self.decision.voices[:SHOWN_VOICES])
        return (
            f"{self.number:4} {what}  {self.expected:11} {self.got:11} {self.decision.score:.2f}"
            f"  {self.text[:SHOWN_CHARS]!r}\n{'':11}{voices or '(nobody spoke)'}"
        )


def cases() -> list[Path]:
    return sorted(PAGES.glob("*.txt"))


def head_and_rows(file: Path) -> tuple[list[str], list[str]]:
    """The comment lines above the page, and the page."""
    written = file.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    head = next(i for i, row in enumerate(written) if not row.startswith("#"))
    return written[:head], written[head:]


def expectations(file: Path) -> list[tuple[Label | None, str]]:
    """Label and text of each line of the page; no label for a blank line."""
    head, written = head_and_rows(file)
    found: list[tuple[Label | None, str]] = []
    for number, row in enumerate(written, len(head) + 1):
        label, tab, text = row.partition("\t")
        if row and not (tab and text.strip() and label in set(Label)):
            raise ValueError(f"{file}:{number}: write 'label<TAB>text', not {row[:40]!r}")
        found.append((Label(label) if row else None, text))
    return found


def cleaned(file: Path, pipeline: Pipeline) -> Iterator[Line]:
    """Each line that is not blank; a line with a glued prefix counts as what follows the prefix."""
    page = expectations(file)
    document = segment("\n".join(text for _, text in page), file.name)
    explained = pipeline.run(document).explained
    decisions = {
        line.number: decision for line, (_, decision) in zip(document.lines, explained, strict=True)
    }
    for number, (label, text) in enumerate(page, 1):
        if label:
            yield Line(number, text, label, decisions[number])


def table(lines: list[Line]) -> str:
    head = "line what  expected    got         score text, then voices"
    return "\n".join(["", head, *map(str, lines)])


def marked(file: Path, prefix: str) -> object:
    head, _ = head_and_rows(file)
    reasons = [row.removeprefix(prefix) for row in head[1:] if row.startswith(prefix)]
    marks = [pytest.mark.xfail(reason=reason, strict=True) for reason in reasons]
    return pytest.param(file, id=file.name, marks=marks)


@pytest.mark.parametrize("file", [marked(file, XFAIL) for file in cases()])
def test_every_line_gets_its_label(file: Path, pipeline: Pipeline) -> None:
    wrong = [line for line in cleaned(file, pipeline) if line.got is not line.expected]

    if wrong:
        pytest.fail(table(wrong), pytrace=False)


@pytest.mark.parametrize("file", [marked(file, LOSES) for file in cases()])
def test_no_article_line_is_lost(file: Path, pipeline: Pipeline) -> None:
    lost = [line for line in cleaned(file, pipeline) if line.is_lost]

    if lost:
        pytest.fail(table(lost), pytrace=False)


def test_every_case_says_what_it_shows() -> None:
    silent = [file.name for file in cases() if not head_and_rows(file)[0]]

    assert [] == silent
