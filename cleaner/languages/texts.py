"""What engines get to read of a text."""

from __future__ import annotations

# Soft hyphens stand inside words of crawled pages and look like a language of their own.
SOFT_HYPHEN = "\u00ad"


def readable(text: str, most_chars: int) -> str:
    """The beginning of a text, without soft hyphens; in lower case if all of it is in upper case.

    Upper case is rare where engines learn: "404 ERROR" would come out as Danish.

    >>> readable("KEI\u00adNE EILE", 8)
    'keine e'
    """
    read = text[:most_chars].replace(SOFT_HYPHEN, "")
    return read.lower() if read.isupper() else read
