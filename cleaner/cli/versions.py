"""What `cleaner --version` says: all that has to be the same for the same rows to come out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import cleaner

if TYPE_CHECKING:
    from cleaner.decide.weights import Weights

# As many digits of a hash as tell versions apart; run.json has all of them.
SHORT_DIGITS = 12


def versions() -> str:
    """The versions of the program, the rows, and the built-in rules and weights, one a line."""
    rows = {"cleaner": cleaner.__version__, **dict(_parts())}
    return "\n".join(f"{name:<7} {text}" for name, text in rows.items())


def _parts() -> Iterator[tuple[str, str]]:
    # Rules and weights take longer to read than all of --help.
    from cleaner.decide.weights import builtin_weights  # noqa: PLC0415
    from cleaner.record import SCHEMA_VERSION  # noqa: PLC0415
    from cleaner.rules import builtin_rules  # noqa: PLC0415

    book, weights = builtin_rules(), builtin_weights()
    yield "rows", f"{SCHEMA_VERSION} (schema_version)"
    yield "rules", f"{book.digest[:SHORT_DIGITS]} ({len(book.rules):,} rules)"
    yield "weights", f"{weights.digest[:SHORT_DIGITS]} ({'; '.join(_origins(weights))})"


def _origins(weights: Weights) -> Iterator[str]:
    """What weights were fitted to, for texts and for pages of HTML."""
    kinds = {"texts": weights, "pages of HTML": weights.html}
    for kind, each in kinds.items():
        if each:
            fitted = each.provenance
            yield f"{fitted['pages']:,} {kind}, by {fitted['versions']['cleaner']}"
