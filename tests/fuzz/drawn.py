"""Bytes that hypothesis draws: near to what a target is made for, and far from it."""

from __future__ import annotations

import json

from hypothesis import strategies as st

from fuzz.seeds import seeds
from tests.html.pages import pages
from tests.laws import texts

MOST_SEED_BYTES = 2_000
KEYS = ("text", "html", "id", "url", "title", "date", "author", "authors", "language", "kept", "x")
PIECES = (
    *(
        "^",
        "$",
        "(",
        ")",
        "(?:",
        "(?i)",
        "(?=",
        "(?!",
        "(?<=",
        "(?>",
        "[",
        "]",
        "[^",
        "|",
        "*",
        "+",
    ),
    *(
        "?",
        "{2}",
        "{1,}",
        "{,9}",
        "{1000}",
        ".",
        "\\b",
        "\\w",
        "\\W",
        "\\d",
        "\\s",
        "\\p{Han}",
        "\\1",
    ),
    *(
        "\\pL",
        "\\",
        "[[:alpha:]]",
        "\\x{e9}",
        "a",
        "ß",
        "İ",
        "字",
        " ",
        "-",
        "{",
        "}",
        "&&",
        "(?P<n>",
    ),
)


def contents(target: str) -> st.SearchStrategy[bytes]:
    """Bytes to feed a target with."""
    return st.one_of(_changed(target), _changed(target), _made(target), st.binary(max_size=200))


def _made(target: str) -> st.SearchStrategy[bytes]:
    if target.endswith("html"):
        return pages().map(_encoded)
    if target.endswith("jsonl"):
        return st.lists(_rows(), max_size=4).map("\n".join).map(_encoded)
    if target == "pattern":
        pattern = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
        return st.tuples(pattern, st.text(max_size=40)).map("\n".join).map(_encoded)
    if target == "ledger":
        place, value = (
            st.integers(0, 9_999),
            st.sampled_from(("-1", "null", "9" * 30, "[", '"', "0")),
        )
        return st.builds("{:06}{}:{}".format, place, st.sampled_from(("r", "")), value).map(
            _encoded
        )
    return texts().map(_encoded)


def _rows() -> st.SearchStrategy[str]:
    simple = st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), texts()
    )
    value = st.recursive(simple, lambda inner: st.lists(inner, max_size=3), max_leaves=5)
    return st.dictionaries(st.sampled_from(KEYS), value, max_size=6).map(json.dumps)


def _changed(target: str) -> st.SearchStrategy[bytes]:
    """A seed with some of it left out, or something else put there."""
    whole = st.sampled_from([content[:MOST_SEED_BYTES] for content in seeds(target)])
    piece = st.one_of(
        st.just(b""), st.binary(max_size=9), st.sampled_from((b"\0", b"\n", b"<", b'"'))
    )
    return st.builds(_spliced, whole, st.floats(0, 1), st.integers(0, 40), piece)


def _spliced(whole: bytes, share: float, gone: int, piece: bytes) -> bytes:
    place = int(share * len(whole))
    return whole[:place] + piece + whole[place + gone :]


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
