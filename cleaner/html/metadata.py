"""What a page says of itself, in the terms of a record."""

from __future__ import annotations

from cleaner.html.flatten import Flat
from cleaner.model import Metadata


def metadata(flat: Flat) -> Metadata:
    """Title, language and address of a page."""
    head = flat.head
    named = {
        "title": head.titles[0] if head.titles else None,
        "language": head.language,
        "url": head.url,
    }
    return {key: value for key, value in named.items() if value}
