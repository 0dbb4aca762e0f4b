"""What single start tags say, as they stand in written trees."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from html import unescape

# Elements of one page are asked for twice; pages share few.
CACHED_TAGS = 1 << 6
_ATTRIBUTE_RE = re.compile(r' ([^\s"=]+)="([^"]*)"')


def name(tag: str) -> str:
    """The name of an element by its tag.

    >>> name('a href="/x"')
    'a'
    """
    return tag.partition(" ")[0]


@lru_cache(CACHED_TAGS)
def attributes(tag: str) -> Mapping[str, str]:
    """The attributes of a tag, by name; entities are resolved.

    >>> attributes('a href="/x?a=1&amp;b=2" rel="author"')
    {'href': '/x?a=1&b=2', 'rel': 'author'}
    """
    return {key: unescape(value) for key, value in _ATTRIBUTE_RE.findall(tag)}
