"""Names of reviewers."""

from __future__ import annotations

LONGEST_NAME_CHARS = 60


def reviewer_name(given: str) -> str:
    r"""A reviewer's name as it is kept, without needless white space.

    Raises:
        ValueError: nobody can be called so.

    >>> reviewer_name("  Anna Schmidt ")
    'Anna Schmidt'
    >>> reviewer_name("a\u202eb")
    Traceback (most recent call last):
        ...
    ValueError: a name has 1 to 60 characters, all of which can be seen
    """
    name = " ".join(given.split())
    if not (name.isprintable() and 0 < len(name) <= LONGEST_NAME_CHARS):
        raise ValueError(
            f"a name has 1 to {LONGEST_NAME_CHARS} characters, all of which can be seen"
        )
    return name
