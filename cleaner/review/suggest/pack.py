"""Rules as a pack: TOML that a person can read and mend."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from cleaner.rules import Rule


def pack_text(rules: Iterable[Rule], remarks: Mapping[str, Sequence[str]] | None = None) -> str:
    """A pack of these rules; `remarks` on a rule, by its id, stand above it as comments."""
    known = remarks or {}
    return "\n".join(_rule(rule, known.get(rule.id, ())) for rule in rules)


def _rule(rule: Rule, remarks: Sequence[str]) -> str:
    rows = [f"# {remark}" for remark in remarks]
    rows += [
        "[[rule]]",
        f"id = {_string(rule.id)}",
        f"label = {_string(rule.label.value)}",
        f"weight = {rule.weight}",
        f"pattern = {_pattern(rule.pattern)}",
        f"reason = {_string(rule.reason)}",
        f"hit = {_strings(rule.hit)}",
        f"miss = {_strings(rule.miss)}",
    ]
    return "".join(f"{row}\n" for row in rows)


def _pattern(pattern: str) -> str:
    """A pattern as it is, where TOML allows that."""
    literal = "'" not in pattern and pattern.isprintable()
    return f"'''{pattern}'''" if literal else _string(pattern)


def _strings(texts: Sequence[str]) -> str:
    return "[\n" + "".join(f"    {_string(text)},\n" for text in texts) + "]"


def _string(text: str) -> str:
    r"""A basic string of TOML: as in JSON, but that DEL is escaped, too.

    >>> _string('say "no"\x7f')
    '"say \\"no\\"\\u007F"'
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
