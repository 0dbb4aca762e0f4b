"""Ask for known vulnerabilities of all that the lock file pins: 0 none, 1 some, 3 not to be told.

pip-audit ends with 0 when it could look nothing up, and with 1 for a finding as for no network: so
its answer is read instead.

    python .ci/audit.py .venv-audit/bin/pip-audit requirements.lock
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

CURE = "see that its database is in reach"
NONE, FOUND, UNKNOWN = 0, 1, 3
FLAGS = ("--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json")


def verdict(report: Mapping[str, Any] | None) -> tuple[int, Sequence[str]]:
    """The exit status for pip-audit's report, and what to say; None for no report."""
    packages = (report or {}).get("dependencies", [])
    if not packages:
        return UNKNOWN, [f"not audited: pip-audit gave no answer; {CURE}"]
    found = [
        f"{package['name']} {package['version']}: {fault['id']},"
        f" mended in {', '.join(fault['fix_versions']) or 'no version'}"
        for package in packages
        for fault in package.get("vulns", [])
    ]
    if found:
        return FOUND, found
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    if skipped:
        share = f"{len(skipped)} of {len(packages)} packages, such as {skipped[0]},"
        return UNKNOWN, [f"not audited: {share} could not be looked up; {CURE}"]
    return NONE, [f"no known vulnerability in {len(packages)} packages"]


def audited(program: str, lock: str) -> Mapping[str, Any] | None:
    """pip-audit's report of a lock file; None where it gave none."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "report.json"
        subprocess.run([program, "-r", lock, *FLAGS, "--output", str(file)], check=False)  # noqa: S603
        return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None


if __name__ == "__main__":
    status, messages = verdict(audited(*sys.argv[1:]))
    print("\n".join(messages))  # noqa: T201
    sys.exit(status)
