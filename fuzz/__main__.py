"""Feeds every target, or those that are named, for so many seconds each; ends with 1 if one breaks.

    python -m fuzz 60
    python -m fuzz 600 "clean html" pattern

What breaks a target is written into the folder that is told; put it into tests/fuzz/cases/TARGET/
together with its cure.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from tempfile import mkdtemp

from fuzz.seeds import LONGEST_BYTES, seeds
from fuzz.targets import TARGETS

MOST_MEGABYTES = 3_000
# A single input must not take longer; by the clock, so a busy machine is allowed for.
MOST_SECONDS = 60
_EXECUTIONS_RE = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


def main(arguments: list[str]) -> int:
    """Run the targets, one process each."""
    seconds = int(arguments[0]) if arguments else 60
    broken = [name for name in arguments[1:] or TARGETS if not _fed(name, seconds)]
    if broken:
        print(f"broken: {', '.join(broken)}")
    return bool(broken)


def _fed(name: str, seconds: int) -> bool:
    folder = Path(mkdtemp(prefix=f"fuzz-{name.replace(' ', '-')}-"))
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, content in enumerate(seeds(name)):
        (corpus / f"{number:04}").write_bytes(content)
    command = (
        *(sys.executable, "-m", "fuzz.guided", name, str(corpus), f"-max_total_time={seconds}"),
        *(f"-max_len={LONGEST_BYTES}", f"-rss_limit_mb={MOST_MEGABYTES}"),
        *(f"-timeout={MOST_SECONDS}", "-print_final_stats=1", f"-artifact_prefix={folder}/"),
    )
    ran = subprocess.run(command, capture_output=True, check=False, text=True, errors="replace")
    executions = _EXECUTIONS_RE.search(ran.stderr)
    print(f"{name:<14}{int(executions[1]) if executions else 0:>9,} executions", flush=True)
    if ran.returncode:
        print(f"{ran.stderr[-3_000:]}\n{name} broke, see {folder}", flush=True)
    return not ran.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
