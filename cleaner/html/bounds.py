"""Markup that a parser would take too long or too much memory for, made simpler beforehand.

The HTML standard asks for quadratic work in three places: blocks look through all open elements for
an open paragraph, formatting elements that were never closed are opened anew in every block, and
attributes are compared with each other. Browsers limit the depth; so does this.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

import numpy as np

from cleaner.html.elements import BITS, VOID
from cleaner.model import Repair

# Pages with fewer tags take less than a second, whatever they are.
FEW_TAGS, FEW_CHARS = 3_000, 64_000
# Elements that formatting may be multiplied to; steps through open elements.
MOST_REPEATED, MOST_STEPS = 1_000_000, 400_000_000
# As deep as Blink nests elements.
DEEPEST = 512
# A longer tag with so many attributes is no page's.
LONGEST_TAG_CHARS, MOST_ATTRIBUTES = 32_000, 2_000

_FORMATTING = frozenset(
    ("b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")
)
_INLINE = _FORMATTING | {"a", "abbr", "cite", "mark", "span", "sub", "sup", "time", "wbr"}
# Closed by what comes next, so however many there are, they nest no deeper.
_CLOSED_BY_NEXT = frozenset((
    "a", "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "optgroup",
    "html", "head", "body", "colgroup", "rb", "rp", "rt",
))  # fmt: skip
_FLAT = _CLOSED_BY_NEXT | {name for name, bits in BITS.items() if bits & VOID}


def _tags_re(names: Collection[str]) -> re.Pattern[bytes]:
    """Start and end tags of these names."""
    return re.compile(rb"</?(?:%b)\b[^<>]*>" % "|".join(sorted(names)).encode(), re.IGNORECASE)


_NAME_RE = re.compile(rb"<(/?[a-zA-Z][^\s/>]*)")
# No `<` in tags: one that was never closed would be searched to the end again and again.
TAG_RE = re.compile(rb"<(/?[a-zA-Z][^\s/<>]*)(?:[\s/][^<>]*)?>")
_FORMATTING_RE = _tags_re(_FORMATTING)
INLINE_RE = _tags_re(_INLINE)
_BLANKS_RE = re.compile(rb"\s+")


def bounded(markup: bytes, tags: int) -> tuple[bytes, tuple[Repair, ...]]:
    """The markup, with so many `<`, as a parser takes it in bounded time, and what that took."""
    details: list[str] = []
    if len(markup) > FEW_CHARS and _has_long_tags(markup):
        shorter = b"".join(_with_few_attributes(markup))
        details += ["attributes left out"] if shorter != markup else []
        markup = shorter
    if tags > FEW_TAGS:
        names = _NAME_RE.findall(markup)
        if _deepest(names, _FORMATTING) * len(names) > MOST_REPEATED:
            markup = _FORMATTING_RE.sub(b"", markup)
            details.append("formatting left out")
        nesting = {
            name.lstrip(b"/").lower().decode(errors="replace") for name in set(names)
        } - _FLAT
        if _deepest(names, nesting) * len(names) > MOST_STEPS:
            markup = _flattened(markup)
            details.append(f"elements more than {DEEPEST} deep left out")
    return markup, tuple(Repair("markup_simplified", 1, detail) for detail in details)


def count(markup: bytes, char: str) -> int:
    """How often an ASCII character stands in markup; `bytes.count` takes five times as long."""
    return int(np.count_nonzero(np.frombuffer(markup, np.uint8) == ord(char)))


def _has_long_tags(markup: bytes) -> bool:
    """Whether there may be a tag that is too long; surely if one is twice as long as it may be."""
    steps = range(0, len(markup) - LONGEST_TAG_CHARS, LONGEST_TAG_CHARS)
    return any(markup.find(b">", at, at + LONGEST_TAG_CHARS) < 0 for at in steps)


def _with_few_attributes(markup: bytes) -> Iterator[bytes]:
    """The markup in pieces, without the attributes of long tags that have many."""
    ends = np.flatnonzero(np.frombuffer(markup, np.uint8) == ord(">"))
    ends = np.append(ends, len(markup))
    begins = np.append(0, ends[:-1] + 1)
    # Nine of ten times it is a script that is long.
    long = ends - begins > LONGEST_TAG_CHARS
    start = 0
    for begin, end in zip(begins[long].tolist(), ends[long].tolist(), strict=True):
        tag = markup.rfind(b"<", begin, end)
        if tag >= 0 and end - tag > LONGEST_TAG_CHARS:
            yield markup[start:tag]
            yield _with_few(markup[tag:end])
            start = end
    yield markup[start:]


def _with_few(tag: bytes) -> bytes:
    return _bare(tag) if len(_BLANKS_RE.findall(tag)) > MOST_ATTRIBUTES else tag


def _bare(tag: bytes) -> bytes:
    found = _NAME_RE.match(tag)
    return found.group() if found else tag


def _deepest(names: Sequence[bytes], counted: Collection[str]) -> int:
    """How many of these elements are open at most; `names` are of tags, '/' before end tags."""
    step_of = {name: _step(name.lower().decode(errors="replace"), counted) for name in set(names)}
    depths = np.cumsum(np.fromiter(map(step_of.__getitem__, names), np.int64, len(names)))
    # An end tag without a start tag closes nothing.
    unmatched = np.minimum(np.minimum.accumulate(depths), 0)
    return int((depths - unmatched).max(initial=0))


def _step(name: str, counted: Collection[str]) -> int:
    if name.startswith("/"):
        return -int(name[1:] in counted)
    return int(name in counted)


def _flattened(markup: bytes) -> bytes:
    """The markup without the tags of elements that would lie too deep."""
    depth = 0

    def kept(found: re.Match[bytes]) -> bytes:
        nonlocal depth
        name = found.group(1).lower().decode(errors="replace")
        if name.lstrip("/") in _FLAT:
            return found.group()
        depth = max(0, depth - 1) if name.startswith("/") else depth + 1
        return found.group() if depth + name.startswith("/") <= DEEPEST else b""

    return TAG_RE.sub(kept, markup)
