"""Quality of text tools on labelled pages, side by side: python benchmarks/quality.py GOLD.jsonl...

The tools get the lines of each page and say which to keep; scored as `cleaner eval` scores.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from justext.core import (
    LENGTH_HIGH_DEFAULT,
    LENGTH_LOW_DEFAULT,
    MAX_HEADING_DISTANCE_DEFAULT,
    MAX_LINK_DENSITY_DEFAULT,
    NO_HEADINGS_DEFAULT,
    STOPWORDS_HIGH_DEFAULT,
    STOPWORDS_LOW_DEFAULT,
    PathInfo,
    classify_paragraphs,
    revise_paragraph_classification,
)
from justext.paragraph import Paragraph
from justext.utils import get_stoplist, get_stoplists

from cleaner import Pipeline
from cleaner.evaluate import Fate, GoldPage, Scores, doing_nothing, evaluate, read_gold, weigh
from cleaner.model import Label

Tool = Callable[[GoldPage], Sequence[bool]]
LONG_LINE_CHARS = 80
# Raffel et al., Exploring the limits of transfer learning (C4): a line stays if it ends in terminal
# punctuation and has at least five words.
C4_ENDS, C4_WORDS = (".", "!", "?", '"'), 5
STOPLISTS = {
    "de": "German", "en": "English", "es": "Spanish", "fr": "French", "pl": "Polish",
    "pt": "Portuguese", "it": "Italian", "cs": "Czech", "ar": "Arabic",
}  # fmt: skip


def c4(page: GoldPage) -> list[bool]:
    """C4's rules for lines."""
    return [
        line.text.strip().endswith(C4_ENDS) and len(line.text.split()) >= C4_WORDS
        for line in page.lines
    ]


def long_lines(page: GoldPage) -> list[bool]:
    """Lines of 80 characters and more."""
    return [len(line.text) >= LONG_LINE_CHARS for line in page.lines]


def justext(page: GoldPage) -> list[bool]:
    """Two passes of jusText, with each line as a paragraph without links."""
    paragraphs = [_paragraph(line.text) for line in page.lines]
    name = STOPLISTS.get(page.lang or "", "")
    stoplist = get_stoplist(name) if name in get_stoplists() else frozenset()
    classify_paragraphs(
        paragraphs, stoplist, LENGTH_LOW_DEFAULT, LENGTH_HIGH_DEFAULT, STOPWORDS_LOW_DEFAULT,
        STOPWORDS_HIGH_DEFAULT, MAX_LINK_DENSITY_DEFAULT, NO_HEADINGS_DEFAULT,
    )  # fmt: skip
    revise_paragraph_classification(paragraphs, MAX_HEADING_DISTANCE_DEFAULT)
    return [not paragraph.is_boilerplate for paragraph in paragraphs]


def _paragraph(text: str) -> Paragraph:
    paragraph = Paragraph(PathInfo())
    paragraph.text_nodes.append(text)
    return paragraph


def scores(tool: Tool, pages: Sequence[GoldPage]) -> Scores:
    """The scores of a tool."""
    found = Scores()
    for page in pages:
        found.add(page.id, _fates(page, tool(page)))
    return found


def _fates(page: GoldPage, kept: Sequence[bool]) -> Iterator[Fate]:
    for i, (line, stays) in enumerate(zip(page.lines, kept, strict=True)):
        if line.label and line.text.strip():
            yield Fate(i, line.label, weigh(line.text), removed=not stays, label=None)


def main() -> None:
    """Print a table for each gold file."""
    tools: dict[str, Tool] = {"C4 line rules": c4, "80 characters": long_lines, "jusText": justext}
    for name in sys.argv[1:]:
        pages = list(read_gold(Path(name)))
        rows = {"doing nothing": doing_nothing(pages)}
        rows |= {tool: scores(run, pages) for tool, run in tools.items()}
        rows["cleaner"] = evaluate(pages, Pipeline())
        print(f"\n{Path(name).name}: {len(pages)} pages")
        print(f"{'':16}{'micro F1':>10}{'macro F1':>10}{'body lost':>11}")
        for tool, row in rows.items():
            lost = row.removed_share(Label.BODY) or 0.0
            print(f"{tool:16}{row.total.f1:>10.3f}{row.macro_f1:>10.3f}{lost:>11.2%}")


if __name__ == "__main__":
    main()
