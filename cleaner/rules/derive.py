"""The needs of the built-in packs' patterns, written beside the packs.

By `python -m cleaner.rules.derive`, to be run after every change of a pattern or of how needs are
derived; a test tells when.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from cleaner.rules import builtin_rules
from cleaner.rules.needs import VERSION, derive, key_of, needs_file, written_need


def needs_as_json(patterns: Iterable[str]) -> str:
    """The file's text for some patterns: one a line, in order of their keys."""
    found = {key_of(pattern): written_need(derive(pattern)) for pattern in patterns}
    lines = ",\n".join(
        f'"{key}": {json.dumps(need, ensure_ascii=False)}' for key, need in sorted(found.items())
    )
    return f'{{"version": {VERSION}, "needs": {{\n{lines}\n}}}}\n'


def main() -> None:
    """Write the file anew."""
    text = needs_as_json(rule.pattern for rule in builtin_rules().rules)
    needs_file().write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
