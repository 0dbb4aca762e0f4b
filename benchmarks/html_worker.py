"""One tool in a process of its own, so that its memory is its own: html_worker.py TOOL.

Reads a row of JSON a line, the pages to extract; answers with one: what was kept, the processor
time it took, and the most memory the process ever held.
"""

from __future__ import annotations

import gzip
import json
import logging
import os
import re
import resource
import sys
import time
import warnings
from pathlib import Path

from html_tools import TOOLS, Fetched

STATUS = Path("/proc/self/status")


def fetched(folder: str, name: str, lang: str | None) -> Fetched:
    """A page of a gold folder."""
    file = Path(folder) / "html" / f"{name}.html.gz"
    return Fetched(name, gzip.decompress(file.read_bytes()), lang)


def peak_bytes() -> int:
    """The most memory that this process ever held."""
    # Linux counts what the parent held at the start as well, but for this line.
    found = STATUS.exists() and re.search(r"VmHWM:\s+(\d+) kB", STATUS.read_text(encoding="ascii"))
    if found:
        return int(found[1]) * 1024
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held if sys.platform == "darwin" else held * 1024


def main() -> None:
    """Answer until nothing is asked any more."""
    logging.disable()
    warnings.simplefilter("ignore")
    # Tools may print.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    extract = TOOLS[sys.argv[1]].load()
    for asked in sys.stdin:
        pages = [fetched(*page) for page in json.loads(asked)]
        start = time.process_time()
        found = list(extract(pages))
        seconds = time.process_time() - start
        answer = {"found": found, "seconds": seconds, "peak_bytes": peak_bytes()}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
