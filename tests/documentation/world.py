"""The files that the documentation speaks of, in a folder of their own."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.conftest import ROOT

PAGE = (
    "Die Fähre legt ab\nSie legt um acht Uhr ab, wie jeden Morgen, und wer zu spät kommt, wartet.\n"
)
HTML = "<h1>Der Bahnhof</h1><p>Er ist neu, und die Züge halten wieder, wie sie es früher taten.</p>"
PROGRAM = f"""#!/bin/sh
PYTHONPATH="{ROOT}" exec "{sys.executable}" -m cleaner "$@"
"""
PACK = """[[rule]]
id = "ticker.deal.de"
label = "ticker"
weight = 0.6
pattern = '^Deal des Tages:'
reason = "is marked as a deal"
hit = ["Deal des Tages: Schuhe"]
miss = ["Der Deal des Tages war ein anderer."]
"""


def make_world(folder: Path, run: Path) -> None:
    """Put them there: seeds, runs, pages, rows, labels, weights, a pack, and the program."""
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    for name in ("out", "out2"):
        shutil.copytree(run, folder / name)
    texts = {
        "page.txt": PAGE,
        "page.html": HTML,
        "pages/page.txt": PAGE,
        "pages/page.html": HTML,
        "crawl/page.txt": PAGE,
        "crawl/a.jsonl": json.dumps({"id": "a", "text": PAGE}) + "\n",
        "part-00/page.txt": PAGE,
        "part-01/page.txt": PAGE,
        "crawl.jsonl": json.dumps({"id": "a", "text": PAGE}) + "\n",
        "gold.jsonl": (ROOT / "seeds" / "seeds.gold.jsonl").read_text(encoding="utf-8"),
        "my-pack.toml": PACK,
        ".bin/cleaner": PROGRAM,
    }
    for name, text in texts.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (folder / ".bin" / "cleaner").chmod(0o755)
    pq.write_table(pa.table({"text": [PAGE]}), folder / "crawl.parquet")
    pq.write_table(pa.table({"raw_content": [PAGE], "text": [PAGE]}), folder / "rows.parquet")
    for weights in ("weights", "my-weights"):
        shutil.copytree(ROOT / "rules", folder / weights, ignore=_all_but_weights)


def _all_but_weights(_: str, names: list[str]) -> list[str]:
    return [name for name in names if not name.startswith("decision")]
