"""Writes THIRD_PARTY.md: what is installed with cleaner and its extras, and under which licence.

python docsite/third_party.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "THIRD_PARTY.md"
# Only installed on other systems or for other Pythons.
ELSEWHERE: Mapping[str, str] = {
    "colorama": "BSD-3-Clause",
    "exceptiongroup": "MIT",
    "fasttext-predict-v2": "MIT",
    "tomli": "MIT",
    "tzdata": "Apache-2.0",
}
LONGEST_NAME_CHARS = 60
_LICENCE_RE = re.compile(r"License :: (?:OSI Approved :: )?(.+)")
_HEAD = """# Third-party packages

What is installed with cleaner, and with its extras, under the licence that each package states.
None of it is part of cleaner's own files. Versions and hashes are in `requirements.lock`; models
and data are in [docs/models.md](docs/models.md). Written by `make licences`.

| package | licence | comes with |
|---|---|---|
"""


def extras() -> list[str]:
    """The names of cleaner's extras."""
    return sorted(metadata("cleaner").get_all("Provides-Extra") or [])


def packages() -> dict[str, set[str]]:
    """Each package that is pinned for any system, and what brings it: cleaner, or an extra."""
    locked = pinned()
    found: dict[str, set[str]] = {}
    for origin in ("", *extras()):
        for name in _closure("cleaner", origin):
            found.setdefault(name, set()).add(origin or "cleaner")
    return {name: origins for name, origins in sorted(found.items()) if name in locked}


def pinned() -> set[str]:
    """The names in the lock file; what only older Pythons or systems need is not there."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return set(re.findall(r"^([\w.-]+)==", text, re.MULTILINE))


def licence(name: str) -> str:
    """The licence that an installed package states.

    Raises:
        LookupError: it states none.
    """
    if name in ELSEWHERE:
        return ELSEWHERE[name]
    about = metadata(name)
    classified = [
        found[1] for each in about.get_all("Classifier") or [] if (found := _LICENCE_RE.match(each))
    ]
    if about["License-Expression"]:
        return about["License-Expression"]
    if classified:
        return ", ".join(classified)
    stated = about["License"] or ""
    # What is longer, or has lines, is the whole licence.
    if not stated or len(stated) > LONGEST_NAME_CHARS or "\n" in stated:
        raise LookupError(f"{name} states no licence; look it up and add it to ELSEWHERE")
    return stated


def written() -> str:
    """The whole file."""
    rows = (
        f"| {name} | {licence(name)} | {_named(origins)} |" for name, origins in packages().items()
    )
    return _HEAD + "\n".join(rows) + "\n"


def _named(origins: set[str]) -> str:
    return "cleaner" if "cleaner" in origins else ", ".join(sorted(origins))


def _closure(root: str, extra: str) -> set[str]:
    found: set[str] = set()
    pending = [(root, extra)]
    seen = set(pending)
    while pending:
        name, wanted = pending.pop()
        found.add(name)
        for each in _required(name, wanted):
            for one in ("", *each.extras):
                following = (canonicalize_name(each.name), one)
                if following not in seen:
                    seen.add(following)
                    pending.append(following)
    return found


def _required(name: str, extra: str) -> Iterator[Requirement]:
    """What a package needs, or needs beside with one of its extras, on any system."""
    try:
        lines = requires(name) or []
    except PackageNotFoundError:
        return
    for requirement in map(Requirement, lines):
        asked = re.findall(r"""extra\s*==\s*["']([^"']+)""", str(requirement.marker or ""))
        if extra in asked if extra else not asked:
            yield requirement


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
