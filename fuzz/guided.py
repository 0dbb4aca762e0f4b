"""Feeds one target under atheris, which changes what reaches new code: see `python -m fuzz`."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["cleaner"]):
    from fuzz.limits import in_time
    from fuzz.targets import TARGETS


def main() -> None:
    """Run until the time is over, or a law is broken."""
    name = sys.argv.pop(1)
    target = TARGETS[name]

    def fed(content: bytes) -> None:
        with in_time(len(content)):
            target(content)

    atheris.Setup(sys.argv, fed)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
