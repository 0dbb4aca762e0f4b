"""The Python that pages of the documentation show, to be run and typed."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

_PART_RE = re.compile(
    r"^## (?P<heading>[^\n]+)$|^```python\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Example:
    """A block of code and the heading that it stands below."""

    heading: str
    code: str


def examples(page: str) -> Iterator[Example]:
    """The examples of a page of docs/, in order."""
    heading = page
    for found in _PART_RE.finditer((ROOT / "docs" / page).read_text(encoding="utf-8")):
        if found["code"]:
            yield Example(heading, found["code"])
        else:
            heading = found["heading"]


def ran(example: Example, folder: Path, environment: Mapping[str, str]) -> str:
    """What an example complains of, run as a program in a folder; nothing if it ends well."""
    program = folder / "example.py"
    program.write_text(example.code, encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-W", "ignore", program.name],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.stderr if ended.returncode else ""


def untyped(page: str, folder: Path) -> list[str]:
    """What mypy --strict says of the examples of a page."""
    found = list(examples(page))
    assert found
    for number, example in enumerate(found):
        (folder / f"example_{number}.py").write_text(example.code, encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--config-file",
         ROOT / "pyproject.toml", *sorted(folder.glob("example_*.py"))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    return [line for line in (told.stdout + told.stderr).splitlines() if "example_" in line]
