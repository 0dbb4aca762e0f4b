"""What the weights that ship score on pages held out from the fit: a table in docs/quality.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cleaner.decide.weights import builtin_weights
from cleaner.model import Label

BEGIN, END = "<!-- weights: begin -->", "<!-- weights: end -->"
FORMS = {
    "pages": "whole pages",
    "other_rows": "what an extractor left of them",
    "wrapped": "articles amid noise of other pages",
    "wrapped_short": "the same, two in five cut to a few lines",
    "clean": "articles without noise",
    "articles": "articles alone",
    "wrapped_in_plain_markup": "articles amid noise, in plain markup",
    "wrapped_short_in_plain_markup": "the same, two in five cut to a few lines",
    "clean_in_plain_markup": "articles without noise, in plain markup",
}
NOISE = (Label.TICKER, Label.COMMENT, Label.SPAM, Label.BOILERPLATE)
HEAD = ("pages", "F1 micro / macro", "title kept", "body lost", *(f"{x} removed" for x in NOISE))


def put_into(page: str) -> str:
    """The page with the table between its marks."""
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{rest.split(END)[1]}"


def table() -> str:
    """A row for each form in which pages held out were scored, of text and of HTML."""
    weights = builtin_weights()
    html = _rows("HTML", weights.html.provenance["scores"]) if weights.html else ()
    rows = [*_rows("text", weights.provenance["scores"]), *html]
    rule = ("---", *("---:" for _ in HEAD))
    return "\n".join(f"| {' | '.join(row)} |" for row in (("", *HEAD), rule, *rows))


def _rows(kind: str, scores: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for form, found in scores.items():
        if isinstance(found, Mapping):
            yield (
                f"{kind}: {FORMS[form]}",
                str(found["pages"]),
                f"{found['micro']:.3f} / {found['macro']:.3f}",
                *(f"{found[name]:.1%}" for name in ("title_kept", "body_lost")),
                *(_share(found["removed"].get(label)) for label in NOISE),
            )


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"
