"""The pages that went worst as Markdown, their lines like a unified diff.

    @@ 6-9 @@
        6  body         body         1.00  decide.article  Der Zug kam um acht Uhr an, und …
    -   7  body         boilerplate  0.81  menus.list  Bahnhof | Gleis | Uhr
    +   8  ticker       body         0.62  ticker.see_also.de  Lesen Sie auch: Der neue Bahnhof
        9  boilerplate  boilerplate  0.99  notices.copyright  © 2020

A minus marks article that was removed, a plus noise that was kept; then the number of the line, its
gold label, the label given, how surely, the strongest voice and the text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from cleaner.evaluate.fate import Fate, Judged
from cleaner.evaluate.results import Result, worst_by_f1, worst_by_weight
from cleaner.evaluate.scores import Counts
from cleaner.evaluate.values import summary
from cleaner.model import LABELS
from cleaner.text.hidden import REPLACEMENT, inert

TEXT_CHARS = 120
CONTEXT_LINES = 2
# A page of thousands of wrong lines says nothing more after these.
LONGEST_LISTING = 300
_LABEL_CHARS = max(map(len, LABELS))


def write_results(folder: Path, results: Sequence[Result], worst: int) -> None:
    """Write scores.json and worst.md, with `worst` pages by F1 and as many by weight, each file's.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    scores = json.dumps([summary(each) for each in results], indent=2, ensure_ascii=False)
    listing = "\n".join(line for each in results for line in worst_pages(each, worst))
    # A lone surrogate of a page must not end the report of all others.
    for name, text in (("scores.json", scores), ("worst.md", listing)):
        (folder / name).write_bytes(f"{text}\n".encode(errors="backslashreplace"))


def worst_pages(result: Result, number: int) -> Iterator[str]:
    """The worst pages of a result, by F1 or by weight, as lines of Markdown."""
    how = f", {result.folds}" if result.folds else ""
    yield f"# {code(result.name)}: the worst of {len(result.pages)} pages{how}\n"
    yield "`-` article that was removed, `+` noise that was kept; then number, gold label, given"
    yield "label, score, strongest voice, text. Figures are letters and digits.\n"
    if not result.scores.total.wrong:
        yield "Nothing went wrong.\n"
    by_weight = worst_by_weight(result.pages)[:number]
    chosen = {id(judged) for judged, _ in by_weight}
    by_f1 = worst_by_f1(result.pages)[:number]
    more = [each for each in by_f1 if id(each[0]) not in chosen]
    yield from _section("Most letters wrong", by_weight)
    yield from _section("Lowest F1, beside those above", more)


def _section(title: str, pages: Iterable[tuple[Judged, Counts]]) -> Iterator[str]:
    listed = list(pages)
    if listed:
        yield f"## {title}\n"
    for judged, counts in listed:
        yield from page_listing(judged, counts)


def page_listing(judged: Judged, counts: Counts) -> Iterator[str]:
    """What went wrong on one page, as lines of Markdown."""
    page = judged.page
    lines = list(listing(judged))
    yield f"### {code(page.id)}\n"
    facts = [f"F1 {counts.f1:.3f}", f"lost {counts.lost:,}", f"noise kept {counts.noise:,}"]
    facts += ["quarantined"] if judged.quarantined else []
    facts += [code(said) for said in (page.lang, page.url) if said]
    yield " · ".join(facts) + "\n"
    # No line can close the fence: each begins with a mark or a number.
    yield "```diff"
    yield from lines[:LONGEST_LISTING]
    yield "```\n"
    if len(lines) > LONGEST_LISTING:
        yield f"… and {len(lines) - LONGEST_LISTING:,} lines more\n"


def code(text: str) -> str:
    r"""A text as Markdown shows it unchanged, in one line; its own back quotes become quotes.

    >>> code("a_b\n`c`")
    "`a_b 'c'`"
    """
    shown = one_line(text).replace("`", "'")
    return f"`{shown or ' '}`"


def one_line(text: str) -> str:
    r"""A text without what breaks, steers or turns a line.

    >>> one_line("a\r\n\x1b[1m b\u202ec")
    'a [1m b c'
    """
    return " ".join(inert(text).replace(REPLACEMENT, " ").split())


def listing(judged: Judged) -> Iterator[str]:
    """The lines that went wrong with those around them, each run under a head of its own."""
    fates = judged.fates
    wrong = [i for i, fate in enumerate(fates) if fate.is_lost or fate.is_left]
    near = {i + step for i in wrong for step in range(-CONTEXT_LINES, CONTEXT_LINES + 1)}
    shown = [i for i in sorted(near) if 0 <= i < len(fates)]
    for _, run in groupby(enumerate(shown), key=lambda pair: pair[1] - pair[0]):
        hunk = [fates[i] for _, i in run]
        yield f"@@ {hunk[0].line + 1}-{hunk[-1].line + 1} @@"
        yield from (_row(fate, judged.text(fate)) for fate in hunk)


def _row(fate: Fate, text: str) -> str:
    mark = "-" if fate.is_lost else "+" if fate.is_left else " "
    score = " " * 4 if fate.score is None else f"{fate.score:.2f}"
    given = f"{fate.label or '':{_LABEL_CHARS}}"
    voice = one_line(fate.voice.rule) if fate.voice else ""
    said = cut_off(one_line(text))
    return f"{mark}{fate.line + 1:5}  {fate.gold:{_LABEL_CHARS}}  {given}  {score}  {voice}  {said}"


def cut_off(text: str) -> str:
    """The beginning of a text, with an ellipsis where there was more."""
    return text if len(text) <= TEXT_CHARS else f"{text[: TEXT_CHARS - 1]}…"
