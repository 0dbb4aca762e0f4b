"""A long document to several pages, so that none is longer than a browser likes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import escape

from cleaner.report.views import Row
from cleaner.text.hidden import HIDDEN_RE

# Pages stay below 2 MB; head and margin of a page take less than what is left.
PAGE_BYTES = 1_500_000
# A span longer than this is shown in pieces, so that every page can hold one at least.
PIECE_CHARS = 10_000
# What the templates put around the text of a row, of a reason, and in place of a hidden character;
# a test holds that pages of nothing but these stay below their limit.
_ROW_BYTES, _VOICE_BYTES, _MARK_BYTES = 900, 250, 120


def parts(rows: Iterable[Row], limit: int = PAGE_BYTES) -> Iterator[tuple[Row, ...]]:
    """Rows in order, as many at a time as make a page of `limit` bytes; at least one."""
    page: list[Row] = []
    size = 0
    for row in rows:
        own = _bytes(row)
        if page and size + own > limit:
            yield tuple(page)
            page, size = [], 0
        page.append(row)
        size += own
    yield tuple(page)


def _bytes(row: Row) -> int:
    """How long a row is in HTML, at most; kept text stands there twice: in place, and clean."""
    text = _escaped_bytes(row.text)
    why = row.reasons or row.stayed
    voices = (_escaped_bytes(f"{v.reason}{v.rule}") for v in (why.voices if why else ()))
    texts = 2 * text if row.reasons is None else text
    return _ROW_BYTES + texts + sum(_VOICE_BYTES + voice for voice in voices)


def _escaped_bytes(text: str) -> int:
    hidden = len(HIDDEN_RE.findall(text))
    return len(escape(text).encode("utf-8", "xmlcharrefreplace")) + hidden * _MARK_BYTES
