"""Texts without markup as Markdown; the texts are invented."""

from __future__ import annotations

import pytest

from cleaner.model import Label
from cleaner.text.segment import segment
from tests.markdown.rendering import written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die *Fähre*\nSie fährt.", "# Die \\*Fähre\\*\n\nSie fährt."),
        ("T\n- a\n• b\n* c\nText.", "# T\n\n- a\n- b\n- c\n\nText."),
        ("T\n1. a\n2. b", "# T\n\n1. a\n2. b"),
        ("T\n1. Mai war schön.\nText.", "# T\n\n1\\. Mai war schön.\n\nText."),
        ("T\n1. a\n2. b\n5. c\n6. d", "# T\n\n1. a\n2. b\n\n5) c\n6) d"),
        ("T\n\nDer Mond\nist auf\n\nEnde", "# T\n\nDer Mond\\\nist auf\n\nEnde"),
        ("T\nDer Mond\nist auf", "# T\n\nDer Mond\n\nist auf"),
        ("標題\n- 一\n٣ كتب", "# 標題\n\n- 一\n\n٣ كتب"),
    ],
    ids=["escaped", "bullets", "numbers", "a date", "gaps", "verse", "no blank lines", "scripts"],
)
def test_text_becomes_markdown(text: str, expected: str) -> None:
    assert expected == written(segment(text), [Label.TITLE])
