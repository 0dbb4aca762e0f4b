"""The one table of stages: what each proposes lies in the file of its name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cleaner.model import Stage
from cleaner.stages import article, boilerplate, comments, language, metadata, repeats, spam, ticker

STAGES: Mapping[str, Stage] = MappingProxyType(
    {
        "article": article.propose,
        "metadata": metadata.propose,
        "ticker": ticker.propose,
        "comments": comments.propose,
        "language": language.propose,
        "spam": spam.propose,
        "boilerplate": boilerplate.propose,
        "repeats": repeats.propose,
    }
)
