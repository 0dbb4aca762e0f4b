"""The code in a page of the documentation, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# An indented block is one of commands if each of its lines begins with one of these, or goes on.
PROGRAMS = ("cleaner", "make", "pip", "python")
_FENCE_RE = re.compile(
    r"^```(?P<language>[\w-]+)(?P<options>[^\n`]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_TITLE_RE = re.compile(r'title="([^"]*)"')
_INDENTED_RE = re.compile(r"(?:^ {4}.*\n)+", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """Code in a page: `title` is the name of a file, or says why it is not run."""

    line: int
    language: str
    title: str
    text: str

    @property
    def is_run(self) -> bool:
        """Whether its title does not say that it is not."""
        return not self.title.startswith("not run")


def blocks(page: str) -> Sequence[Block]:
    """Every block of a page: fenced ones, and indented ones that are commands."""
    fenced = [*_fenced(page)]
    rest = _FENCE_RE.sub(lambda found: "\n" * found[0].count("\n"), page)
    return sorted([*fenced, *_indented(rest)], key=lambda block: block.line)


def _fenced(page: str) -> Iterator[Block]:
    for found in _FENCE_RE.finditer(page):
        title = _TITLE_RE.search(found["options"])
        line = page.count("\n", 0, found.start()) + 2
        yield Block(line, found["language"], title[1] if title else "", found["text"])


def _indented(page: str) -> Iterator[Block]:
    for found in _INDENTED_RE.finditer(page):
        lines = [line[4:] for line in found[0].splitlines()]
        if all(line.startswith((*PROGRAMS, " ")) for line in lines) and lines[0][0] != " ":
            line = page.count("\n", 0, found.start()) + 1
            yield Block(line, "sh", "", "\n".join(lines))


def commands(text: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Each command of a block, and what is shown below it; in blocks without any `$`, nothing."""
    text = text.replace("\\\n", " ")
    if "$ " not in text:
        yield from ((line, ()) for line in text.splitlines() if line.strip())
        return
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, *shown = part.rstrip("\n").split("\n")
        yield command, shown
