"""Comments of texts without markup; the texts are invented."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cleaner.comments import comments
from cleaner.model import Label
from cleaner.text.segment import segment
from tests.markdown.rendering import labelled

Row = tuple[str, str | None, str | None]


def found(text: str) -> list[Row]:
    document = segment(f"Der Artikel.\n\n{text}")
    labels = [Label.BODY, *[Label.COMMENT] * len(document.lines)]
    rows = comments(document, labelled(document, labels))
    return [(row.text, row.author, row.date) for row in rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Eins.\nZwei.", [("Eins.", None, None), ("Zwei.", None, None)]),
        ("Eins.\n\nZwei.", [("Eins.", None, None), ("Zwei.", None, None)]),
        ("Eins.\nDrei.\n\nZwei.", [("Eins.\nDrei.", None, None), ("Zwei.", None, None)]),
        (
            "Max Ufer schrieb am 3. Mai 2017 um 10:12\nEins.\nDrei.\nEva, 04.05.2017\nZwei.",
            [("Eins.\nDrei.", "Max Ufer", "2017-05-03T10:12"), ("Zwei.", "Eva", "2017-05-04")],
        ),
        (
            "Max Ufer\n03.05.2017 10:12\nEins.\nAntworten\nEva\n04.05.2017\nZwei.\nAntworten",
            [("Eins.", "Max Ufer", "2017-05-03T10:12"), ("Zwei.", "Eva", "2017-05-04")],
        ),
        ("10. Mai, 12:30 Uhr\nEins.", [("Eins.", None, None)]),
        ("Am 3. Mai 2017 war ich dort.\nEins.", [("Am 3. Mai 2017 war ich dort.", None, None),
                                                 ("Eins.", None, None)]),
        ("山田、2017年5月3日\n一。", [("一。", "山田", "2017-05-03")]),
    ],
    ids=["lines", "all apart", "blocks", "bylines", "names above dates", "no year", "none", "cjk"],
)  # fmt: skip
def test_lines_of_one_comment_belong_together(text: str, expected: Sequence[Row]) -> None:
    assert expected == found(text)
