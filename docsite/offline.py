"""python -m docsite.offline SITE: whether a site asks other hosts for anything when it is read."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

# What a browser fetches by itself; a link to follow and the page's own address are none of it.
_FETCHED_RE = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed)\b[^>]*\bsrc=["']?((?:https?:)?//[^"'\s>]+)"""
    r"""|<link\b(?![^>]*\brel=["']?canonical)[^>]*\bhref=["']?((?:https?:)?//[^"'\s>]+)"""
)
_STYLE_RE = re.compile(r"""(?:url\(|@import\s+)["']?((?:https?:)?//[^"')\s]+)""")


def asked_of_others(site: Path) -> Iterator[str]:
    """Each page or style that has other hosts asked for something, and for what."""
    for pattern, suffix in ((_FETCHED_RE, "html"), (_STYLE_RE, "css")):
        for file in sorted(site.rglob(f"*.{suffix}")):
            for found in pattern.finditer(file.read_text(encoding="utf-8")):
                address = next(filter(None, found.groups()))
                yield f"{file.relative_to(site)}: {address}"


def main() -> None:
    """Print what is asked of others; exit status 1 if anything is."""
    asked = list(asked_of_others(Path(sys.argv[1])))
    print("\n".join(asked) or "nothing is asked of other hosts")
    sys.exit(bool(asked))


if __name__ == "__main__":
    main()
