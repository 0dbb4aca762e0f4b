"""What a record says about its document."""

from __future__ import annotations

import re

from cleaner.record.describe import FLAGS
from tests.conftest import ROOT


def test_all_flags_are_documented() -> None:
    docs = (ROOT / "docs" / "output.md").read_text(encoding="utf-8")
    table = docs.partition("## Flags")[2].partition("\n\nA page")[0]

    assert set(FLAGS) == set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))
