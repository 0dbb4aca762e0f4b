"""Names of people, as pages list them."""

from __future__ import annotations


def authors(names: str) -> tuple[str, ...]:
    """The names in a list that semicolons separate.

    >>> authors("Ada Lovelace; Alan Turing")
    ('Ada Lovelace', 'Alan Turing')
    """
    return tuple(name.strip() for name in names.split(";") if name.strip())
