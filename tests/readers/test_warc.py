"""WARC and WET: which records are documents, how they are decoded, broken files."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import brotli
import pytest

from cleaner import Pipeline
from cleaner.model import Document, HtmlPage
from cleaner.readers import warc
from cleaner.zstandard import zstd
from tests.readers.samples import PACK, PAGE, found, messages, record, response, texts

PACKED = pytest.mark.parametrize("suffix", PACK)
WET = [record(f"Satz {number}. " * 20, WARC_Record_ID=f"<urn:{number}>") for number in range(6)]


def one(folder: Path, *records: bytes) -> Document | HtmlPage:
    [each] = found(folder, "a.warc", b"".join(records))
    assert isinstance(each, Document | HtmlPage), each
    return each


def packed(records: Sequence[bytes], suffix: str) -> bytes:
    return b"".join(map(PACK[suffix], records))


def test_a_text_that_was_made_of_a_page_is_a_document(tmp_path: Path) -> None:
    headers = {
        "WARC_Target_URI": "https://example.org/a",
        "WARC_Identified_Content_Language": "deu,eng",
    }
    each = one(tmp_path, record("Ein Satz.", WARC_Record_ID="<urn:uuid:7>", **headers))

    assert isinstance(each, Document)
    assert ("Ein Satz.", "urn:uuid:7", "https://example.org/a") == (each.text, each.id, each.url)
    assert {
        "warc_record_id": "<urn:uuid:7>",
        "warc_date": "2024-05-06T07:08:09Z",
        "warc_identified_content_language": "deu,eng",
    } == each.fields


def test_a_response_is_a_page_in_the_charset_of_its_header(tmp_path: Path) -> None:
    body = "<p>Žluťoučký kůň úpěl ďábelské ódy.".encode("iso-8859-2")
    each = one(tmp_path, response(body, media='text/html; charset="ISO-8859-2"'))

    assert isinstance(each, HtmlPage)
    assert (body, "ISO-8859-2") == (each.markup, each.charset)
    assert "Žluťoučký kůň úpěl ďábelské ódy." == Pipeline().run(each).restore()


def test_a_response_of_text_is_a_text(tmp_path: Path) -> None:
    each = one(tmp_path, response("Žluť.".encode("iso-8859-2"), media="text/plain;charset=latin2"))

    assert isinstance(each, Document)
    assert "Žluť." == each.text


ENCODINGS: dict[str, tuple[tuple[str, ...], Callable[[bytes], bytes]]] = {
    "none": ((), bytes),
    "chunked": (
        ("Transfer-Encoding: chunked",),
        lambda body: b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body),
    ),
    "gzip": (("Content-Encoding: gzip",), gzip.compress),
    "deflate": (("Content-Encoding: deflate",), zlib.compress),
    "br": (("Content-Encoding: br",), brotli.compress),
    "zstd": (("Content-Encoding: zstd",), zstd.compress),
    "unknown": (("Content-Encoding: sdch",), bytes),
    "gzip that is none": (("Content-Encoding: gzip",), bytes),
    "br that is none": (("Content-Encoding: br",), bytes),
    "chunked that is not": (("Transfer-Encoding: chunked",), bytes),
}


@pytest.mark.parametrize(("headers", "encode"), ENCODINGS.values(), ids=ENCODINGS.keys())
def test_a_body_is_decoded_where_it_is_encoded(
    tmp_path: Path, headers: tuple[str, ...], encode: Callable[[bytes], bytes]
) -> None:
    each = one(tmp_path, response(encode(PAGE.encode()), *headers))

    assert isinstance(each, HtmlPage)
    assert PAGE.encode() == each.markup


READ = {
    "html": response(PAGE),
    "xhtml": response(PAGE, media="application/xhtml+xml"),
    "no type": response(PAGE, media=""),
    "upper case": response(PAGE, media="TEXT/HTML"),
    "203": response(PAGE, status="203 Non-Authoritative Information"),
    "resource": record(PAGE, "resource", "text/html"),
}
PASSED_OVER = {
    "image": response(PAGE, media="image/png"),
    "script": response(PAGE, media="text/javascript"),
    "error": response(PAGE, status="404 Not Found"),
    "redirect": response(PAGE, status="301 Moved Permanently"),
    "nonsense": record("nonsense", "response", "application/http"),
    "request": record("GET / HTTP/1.1\r\n\r\n", "request", "application/http; msgtype=request"),
    "info": record("software: a", "warcinfo", "application/warc-fields"),
    "metadata": record("a: b", "metadata", "text/plain"),
    "revisit": record("HTTP/1.1 200 OK\r\n\r\n", "revisit", "application/http; msgtype=response"),
    "unknown": record("Ein Satz.", "something"),
}


@pytest.mark.parametrize("content", READ.values(), ids=READ.keys())
def test_read_is(tmp_path: Path, content: bytes) -> None:
    assert isinstance(one(tmp_path, content), HtmlPage)


@pytest.mark.parametrize("content", PASSED_OVER.values(), ids=PASSED_OVER.keys())
def test_passed_over_is(tmp_path: Path, content: bytes) -> None:
    assert ["Satz 0."] == texts(found(tmp_path, "a.warc", content + record("Satz 0.")))


def test_a_header_of_http_may_have_line_feeds_alone(tmp_path: Path) -> None:
    block = f"HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8\n\n{PAGE}"
    each = one(tmp_path, record(block, "response", "application/http"))

    assert isinstance(each, HtmlPage)
    assert (PAGE.encode(), "utf-8") == (each.markup, each.charset)


def test_addresses_in_brackets_are_read(tmp_path: Path) -> None:
    assert (
        "https://a.example/"
        == one(tmp_path, record("a", WARC_Target_URI="<https://a.example/>")).url
    )


def test_a_record_without_an_id_is_called_by_its_offset(tmp_path: Path) -> None:
    nameless = record("Satz.", WARC_Record_ID="")
    inputs = found(tmp_path, "a.warc", nameless * 2)

    assert ["a.warc:0", f"a.warc:{len(nameless)}"] == [each.id for each in inputs]  # type: ignore[union-attr]


@PACKED
def test_a_file_is_read_however_it_is_packed(tmp_path: Path, suffix: str) -> None:
    several = found(tmp_path, f"a.warc{suffix}", packed(WET, suffix))
    at_once = found(tmp_path, f"b.warc.wet{suffix}", PACK[suffix](b"".join(WET)))

    assert 6 == len(texts(several))
    assert texts(several) == texts(at_once)


@PACKED
def test_of_a_file_that_is_cut_off_the_records_before_are_read(tmp_path: Path, suffix: str) -> None:
    content = packed(WET, suffix)
    last = len(content) - len(PACK[suffix](WET[5]))
    for cut in range(last + 10, len(content) - 20, 17):
        inputs = found(tmp_path, f"a.warc{suffix}", content[:cut])

        assert 5 == len(texts(inputs))
        [message] = messages(inputs)
        assert message.endswith(", the rest is lost; fetch the file again")


DAMAGES = {
    "magic": (b"WARC/1.0", b"WARX/1.0", 5),
    "too short": (b"Content-Length: 160", b"Content-Length: 150", 6),
    "too long": (b"Content-Length: 160", b"Content-Length: 170", 6),
    "over the next": (b"Content-Length: 160", b"Content-Length: 600", 6),
    "over the end": (b"Content-Length: 160", b"Content-Length: 9999", 5),
    "over all limits": (b"Content-Length: 160", b"Content-Length: 99999999999", 5),
    "more digits than a number": (b"Content-Length: 160", b"Content-Length: " + b"1" * 5_000, 5),
    "negative": (b"Content-Length: 160", b"Content-Length: -160", 5),
    "no length": (b"Content-Length: 160\r\n", b"", 5),
}


@PACKED
@pytest.mark.parametrize(("old", "new", "count"), DAMAGES.values(), ids=DAMAGES.keys())
def test_behind_a_broken_record_the_next_is_found(
    tmp_path: Path, suffix: str, old: bytes, new: bytes, count: int
) -> None:
    assert old in WET[2]
    records = [*WET[:2], WET[2].replace(old, new), *WET[3:]]
    inputs = found(tmp_path, f"a.warc{suffix}", packed(records, suffix))

    wanted = {"urn:0", "urn:1", "urn:3", "urn:4", "urn:5"}
    assert wanted <= {each.id for each in inputs if isinstance(each, Document)}
    assert count == len(texts(inputs))
    assert "read on from offset" in messages(inputs)[0]


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_behind_a_member_that_cannot_be_unpacked_the_next_is_found(
    tmp_path: Path, suffix: str
) -> None:
    members = list(map(PACK[suffix], WET))
    members[2] = members[2][:40] + b"\xff" * 9 + members[2][49:]
    inputs = found(tmp_path, f"a.warc{suffix}", b"".join(members))

    assert [f"urn:{number}" for number in (0, 1, 3, 4, 5)] == [
        each.id for each in inputs if isinstance(each, Document)
    ]
    assert 1 == len(messages(inputs))


@pytest.mark.parametrize("content", [b"<html>", PAGE.encode() * 99, WET[0].replace(b"\r", b"")])
def test_what_is_no_warc_file_is_a_failure(tmp_path: Path, content: bytes) -> None:
    assert 1 == len(messages(found(tmp_path, "a.warc", content)))


def test_an_empty_file_has_no_record(tmp_path: Path) -> None:
    assert [] == found(tmp_path, "a.warc", b"")


def test_a_record_over_the_limit_is_a_failure_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warc, "MAX_DOCUMENT_BYTES", 1_000)
    bomb = response(gzip.compress(bytes(5_000)), "Content-Encoding: gzip")
    inputs = found(tmp_path, "a.warc", record("a" * 2_000) + bomb + record("Satz."))

    assert ["Satz."] == texts(inputs)
    assert ["record of over 256 MiB; part it, or leave it out"] * 2 == [
        message.partition(": ")[2] for message in messages(inputs)
    ]


def test_what_cannot_be_decoded_is_a_failure(tmp_path: Path) -> None:
    broken = gzip.compress(b"<p>page" * 99)
    broken = broken[:15] + b"\xff" * 9 + broken[24:]
    inputs = found(tmp_path, "a.warc", response(broken, "Content-Encoding: gzip") + record("Satz."))

    assert ["Satz."] == texts(inputs)
    assert messages(inputs)[0].startswith("a.warc:0: content that cannot be decoded (")
