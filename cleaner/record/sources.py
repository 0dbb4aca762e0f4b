"""The source of a record again, from its kept lines, its removed spans and its white space."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING

from cleaner.errors import LedgerError
from cleaner.model import Label

if TYPE_CHECKING:
    from cleaner.record import Record

# White space between spans is taken for line feeds unless `Record.white` says otherwise.
USUAL_GAP = "\n"
# No source is longer, so no gap is: rows that were altered must not ask for all memory there is.
LONGEST_GAP_CHARS = 1 << 28


def text_hash(text: str) -> str:
    """What proves that a text is restored: the SHA-256 of its UTF-8."""
    return sha256(text.encode("utf-8")).hexdigest()


def restore(record: Record) -> str:
    """The source text from a record's kept lines, removed spans and white space.

    Raises:
        LedgerError: the rows do not account for every character of the source.
    """
    restored = _put_together(record)
    if (
        restored is None
        or text_hash(restored) != record.source.text_sha256
        or not _agrees(record, restored)
    ):
        raise LedgerError(
            f"{record.id}: its rows do not add up to its source; rows of removed.jsonl are missing"
            " or altered: clean the source again"
        )
    return restored


def _put_together(record: Record) -> str | None:
    """Spans and what stands between them; None where that is more than any source has."""
    white = dict(record.white)
    pieces, end = [], 0
    for start, text in (*_spans(record), (record.length, "")):
        gap = white.get(end)
        if gap is None and start - end > LONGEST_GAP_CHARS:
            return None
        pieces += [USUAL_GAP * (start - end) if gap is None else gap, text]
        end = start + len(text)
    return "".join(pieces)


def _agrees(record: Record, restored: str) -> bool:
    """Whether text and spans say what stands at their places in the source."""
    starts = [start for start, _, _ in record.kept] + [gone.start for gone in record.removed]
    following = dict(pairwise([*sorted(starts), record.length]))
    kept = "".join(restored[start : following[start]] for start, _, _ in record.kept).rstrip()
    removed = all(restored[gone.start : gone.end] == gone.text for gone in record.removed)
    within = all(start < end <= following[start] for start, end, _ in record.kept)
    return kept == record.text and removed and within


def kept_texts(record: Record) -> Iterator[tuple[Label, str]]:
    """Each kept line and the white space behind it, by its label."""
    white, text, start = dict(record.white), record.text, 0
    for first, last, label in record.kept:
        # Told by `white` and the text alone: to ask for the removed spans would make the ledger.
        gap = white.get(last, "")
        end = start + last - first + len(gap)
        while not gap and text.startswith(USUAL_GAP, end):
            end += 1
        yield label, text[start:end]
        start = end


def _spans(record: Record) -> list[tuple[int, str]]:
    spans = [(removal.start, removal.text) for removal in record.removed]
    starts = sorted([s for s, _, _ in record.kept] + [s for s, _ in spans] + [record.length])
    following = dict(pairwise(starts))
    position = 0
    for start, end, _ in record.kept:
        spans.append((start, record.text[position : position + end - start]))
        position += following[start] - start
    return sorted(spans)
