"""What is fed with bytes, and what must hold whatever they are; each by its name.

A target returns nothing, and raises where a law is broken: what goes wrong by a stranger's doing is
an error of ours, which names place and cure; anything else is a fault.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from cleaner import Pipeline, Settings
from cleaner.decide.weights import load
from cleaner.engines.local import clean_into
from cleaner.errors import CleanerError
from cleaner.gold import read_gold
from cleaner.html.charset import declared_charset
from cleaner.readers import SUFFIXES, read, split
from cleaner.rules import builtin_rules, load_rules
from cleaner.settings import load_settings
from cleaner.text.decode import decode
from cleaner.text.segment import segment
from tests.contract import broken_rows, restored

Target = Callable[[bytes], None]
_RULE = """[[rule]]
id = "spam.mine"
label = "spam"
weight = 1
pattern = {!r}
reason = "says so"
hit = ["a"]
miss = ["b"]
"""


def decodes(content: bytes) -> None:
    """Any bytes are a text that can be written as UTF-8; those of UTF-8 are as they were."""
    name, _, raw = content.partition(b"\n")
    found = decode(raw, name.decode("latin-1"))
    assert found == decode(raw, name.decode("latin-1"))
    found.text.encode("utf-8")
    if found.encoding == "utf-8" and not found.repairs:
        assert found.text.encode("utf-8") == raw
    declared_charset(raw)


def segments(content: bytes) -> None:
    """Lines stand in order, and between them is white space only."""
    text = content.decode("utf-8", "replace")
    document = segment(text)
    spans = [(0, 0), *((line.start, line.end) for line in document.lines), (len(text), len(text))]
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert all(not text[end:start].strip() for (_, end), (start, _) in pairwise(spans))


def matches(content: bytes) -> None:
    """Many lines have the hits that each has alone."""
    lines = content.decode("utf-8", "replace").split("\n")
    together = builtin_rules().hits(lines, "de")
    alone = [len(builtin_rules().matches(line, "de")) for line in lines]
    assert sum(alone) == len(together.rules)


def takes_rules(content: bytes) -> None:
    """A pack of rules is taken, or refused by name."""
    with written("pack.toml", content) as file:
        refused(lambda: load_rules(file))


def takes_pattern(content: bytes) -> None:
    """A pattern matches, or is refused, or its time is up."""
    pattern, _, line = content.decode("utf-8", "replace").partition("\n")
    toml = _RULE.format(pattern).encode("utf-8", "replace")
    with written("pack.toml", toml) as file:
        refused(lambda: load_rules(file).matches(line[:4_000]))


def takes_settings(content: bytes) -> None:
    """Settings are taken, or refused by name."""
    with written("cleaner.toml", content) as file:
        refused(lambda: load_settings(file))


def takes_weights(content: bytes) -> None:
    """Weights are taken, or refused by name."""
    about, _, arrays = content.partition(b"\0")
    with written("decision.npz", arrays) as file:
        (file.parent / "decision.json").write_bytes(about)
        refused(lambda: load(file.parent))


def takes_gold(content: bytes) -> None:
    """Labelled pages are taken, or refused by name and line."""
    with written("gold.jsonl", content) as file:
        refused(lambda: list(read_gold(file)))


def takes_ledger(content: bytes) -> None:
    """Rows give the source back, or are refused: `content` is written over some of them."""
    place, _, piece = content.partition(b":")
    files = dict(_ledger())
    name = "removed.jsonl" if place.endswith(b"r") else "documents.jsonl"
    rows, start = files[name], int(place[:6]) if place[:6].isdigit() else 0
    start %= len(rows)
    files[name] = rows[:start] + piece + rows[start + len(piece) :]
    with TemporaryDirectory() as folder:
        for each, text in files.items():
            Path(folder, each).write_bytes(text)
        refused(lambda: restored(Path(folder)))


def reads(suffix: str) -> Target:
    """Any bytes in a file of a suffix are documents and failures."""

    def target(content: bytes) -> None:
        with written(f"page{suffix}", content) as file:
            for found in read([str(file)]):
                assert found

    return target


def cleans(suffix: str) -> Target:
    """Any bytes in a file of a suffix come out as valid rows, which give the sources back."""

    def target(content: bytes) -> None:
        with written(f"page{suffix}", content) as file:
            out, again = file.parent / "out", file.parent / "again"
            for folder in (out, again):
                clean_into(folder, split([str(file)]), everything())
            assert [] == broken_rows(out)
            restored(out)
            for name in ("documents.jsonl", "removed.jsonl", "failed.jsonl"):
                assert (out / name).read_bytes() == (again / name).read_bytes()

    return target


class written:  # noqa: N801  # reads as a function
    """A file of these bytes in a folder of its own; a context manager."""

    def __init__(self, name: str, content: bytes) -> None:
        self._name, self._content = name, content
        self._folder = TemporaryDirectory()

    def __enter__(self) -> Path:
        file = Path(self._folder.name, self._name)
        file.write_bytes(self._content)
        return file

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()


def refused(attempt: Callable[[], object]) -> None:
    """Try what may be refused: with an error of ours, which says something."""
    try:
        attempt()
    except CleanerError as error:
        assert str(error)  # noqa: PT017  # there may be none


@cache
def everything() -> Pipeline:
    """A pipeline that makes all there is of a page."""
    return Pipeline(Settings(comments=True, format="markdown", links=True, keep_source=True))


@cache
def _ledger() -> tuple[tuple[str, bytes], ...]:
    """The rows of a short run."""
    lines = ["Ein ganzer Satz steht hier.", "Kommentare", "Anna, 12.03.2021 um 14:05 Uhr", "Ja!"]
    with written("page.txt", "\n".join(lines * 3).encode()) as file:
        out = file.parent / "out"
        clean_into(out, split([str(file)]), Pipeline(Settings(max_removed_share=1)))
        return tuple((f.name, f.read_bytes()) for f in sorted(out.glob("*.jsonl")))


# One suffix for each format: whatever has a reader is fed.
ONE_OF_EACH = {form: suffix for suffix, form in reversed(SUFFIXES.items())}
TARGETS: Mapping[str, Target] = {
    "decode": decodes,
    "segment": segments,
    "matches": matches,
    "rules": takes_rules,
    "pattern": takes_pattern,
    "settings": takes_settings,
    "weights": takes_weights,
    "gold": takes_gold,
    "ledger": takes_ledger,
    **{f"read {form}": reads(suffix) for form, suffix in ONE_OF_EACH.items()},
    **{f"clean {form}": cleans(suffix) for form, suffix in ONE_OF_EACH.items()},
}
