"""Files packed by gzip and zstd: read as if they were not, whole or not."""

from __future__ import annotations

import gzip
import io
import json
import re
from pathlib import Path

import pytest

from cleaner.model import Document, HtmlPage
from cleaner.readers import SUFFIXES, failures, read, streams
from cleaner.readers.streams import COMPRESSIONS, Compression, Unpacked
from cleaner.zstandard import zstd
from tests.readers.samples import PACK, PAGE, found, messages, parquet, record, texts

PACKED = pytest.mark.parametrize("suffix", COMPRESSIONS)
SENTENCES = [
    "Satz 0.",
    *(f"Satz {number} von vielen. {'Noch einer. ' * 20}" for number in range(1, 5_000)),
]
ROWS = [json.dumps({"text": sentence}) for sentence in SENTENCES]
CONTENTS = {
    "text": b"Satz 0.",
    "html": PAGE.encode(),
    "jsonl": ROWS[0].encode(),
    "parquet": parquet([{"text": "Satz 0."}]),
    "warc": record("Satz 0."),
}


@PACKED
@pytest.mark.parametrize("name", SUFFIXES)
def test_a_packed_file_is_read_as_if_it_were_not(tmp_path: Path, name: str, suffix: str) -> None:
    content = CONTENTS[SUFFIXES[name]]
    [plain] = found(tmp_path, f"page{name}", content)
    [packed] = found(tmp_path, f"page{name}{suffix}", PACK[suffix](content))

    assert isinstance(plain, Document | HtmlPage)
    assert isinstance(packed, Document | HtmlPage)
    assert (type(plain), plain.sha256) == (type(packed), packed.sha256)
    assert texts([plain]) == texts([packed])


@PACKED
def test_packed_files_of_a_folder_are_read(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"a.txt{suffix}").write_bytes(PACK[suffix](b"Ein Satz."))
    (tmp_path / f"b.gold.jsonl{suffix}").write_bytes(PACK[suffix](b"{}"))
    (tmp_path / f"c.tar{suffix}").write_bytes(b"")

    assert [f"a.txt{suffix}"] == [each.id for each in read([str(tmp_path)])]  # type: ignore[union-attr]


@PACKED
def test_members_and_frames_follow_one_another(tmp_path: Path, suffix: str) -> None:
    content = b"".join(PACK[suffix](f"{row}\n".encode()) for row in ROWS[:3])

    assert SENTENCES[:3] == texts(found(tmp_path, f"a.jsonl{suffix}", content))


@PACKED
def test_nothing_packed_is_an_empty_text(tmp_path: Path, suffix: str) -> None:
    assert [""] == texts(found(tmp_path, f"a.txt{suffix}", PACK[suffix](b"")))
    assert [""] == texts(found(tmp_path, f"b.txt{suffix}", b""))


def test_zeros_behind_a_packed_file_are_no_part_of_it(tmp_path: Path) -> None:
    assert ["a"] == texts(found(tmp_path, "a.txt.gz", gzip.compress(b"a") + bytes(100_000)))


@PACKED
def test_of_a_file_that_is_cut_off_the_rows_before_are_read(tmp_path: Path, suffix: str) -> None:
    packed = PACK[suffix]("\n".join(ROWS).encode())
    *before, last = found(tmp_path, "a.jsonl" + suffix, packed[: len(packed) * 9 // 10])

    assert 1_000 < len(before) < len(ROWS)
    assert SENTENCES[: len(before)] == texts(before)
    position = f"a.jsonl{suffix}:{len(before) + 1}"
    assert [f"{position}: the compressed file is cut off; fetch it again"] == messages([last])


@PACKED
def test_of_a_broken_file_the_rows_before_are_read(tmp_path: Path, suffix: str) -> None:
    packed = b"".join(PACK[suffix](f"{row}\n".encode()) for row in ROWS[:9]) + b"broken"
    *before, last = found(tmp_path, "a.jsonl" + suffix, packed)

    assert 9 == len(texts(before))
    assert messages([last])[0].startswith(f"a.jsonl{suffix}:10: no valid ")


@PACKED
def test_a_text_that_is_cut_off_is_no_document(tmp_path: Path, suffix: str) -> None:
    [message] = messages(found(tmp_path, "a.txt" + suffix, PACK[suffix](b"Ein Satz." * 99)[:-9]))

    assert f"{tmp_path}/a.txt{suffix}: the compressed file is cut off; fetch it again" == message


@PACKED
def test_a_file_that_is_not_packed_is_told_so(tmp_path: Path, suffix: str) -> None:
    [message] = messages(found(tmp_path, "a.txt" + suffix, b"Ein Satz."))

    assert "name it as what it is" in message


@PACKED
@pytest.mark.parametrize("name", ["bomb.txt", "bomb.html", "bomb.jsonl"])
def test_a_bomb_is_a_failure_that_names_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, suffix: str
) -> None:
    for module in (streams, failures):
        monkeypatch.setattr(module, "MAX_DOCUMENT_BYTES", 3 * 1024 * 1024)
    monkeypatch.setattr("cleaner.readers.jsonl.MAX_LINE_BYTES", 3 * 1024 * 1024)
    [message] = messages(found(tmp_path, name + suffix, PACK[suffix](bytes(9 * 1024 * 1024))))

    assert re.search(
        r" of over \d+ MiB; (?:part it|write one row a line), (?:or|and) leave ", message
    )


class Watched:
    """Unpacks, and notes how much at once."""

    def __init__(self, compression: Compression, sizes: list[int]) -> None:
        self._unpacking, self._sizes = compression.start(), sizes

    def decompress(self, piece: bytes) -> bytes:
        unpacked = self._unpacking.decompress(piece)
        self._sizes.append(len(unpacked))
        return unpacked

    eof = property(lambda self: self._unpacking.eof)
    unused_data = property(lambda self: self._unpacking.unused_data)


@PACKED
def test_a_bomb_is_never_in_memory_as_a_whole(suffix: str) -> None:
    bomb, sizes = PACK[suffix](bytes(100 * 1024 * 1024)), list[int]()
    compression = COMPRESSIONS[suffix]
    stream = Unpacked(
        io.BytesIO(bomb), compression._replace(start=lambda: Watched(compression, sizes))
    )

    assert 100 * 1024 * 1024 == sum(iter(lambda: stream.readinto(bytearray(1024 * 1024)), 0))
    assert max(sizes) <= 64 * 1024 * 1024


@PACKED
@pytest.mark.parametrize("form", ["text", "jsonl", "parquet", "warc"])
def test_stdin_is_unpacked_by_how_it_begins(form: str, suffix: str) -> None:
    stdin = io.BytesIO(PACK[suffix](CONTENTS[form]))

    assert ["Satz 0."] == texts(read(["-"], stdin, stdin_format=form))


def test_rows_of_stdin_are_named_by_their_lines() -> None:
    stdin = io.BytesIO("\n".join(ROWS[:2]).encode())

    inputs = read(["-"], stdin, stdin_format="jsonl")

    assert ["stdin:1", "stdin:2"] == [each.id for each in inputs]  # type: ignore[union-attr]


def test_a_frame_that_needs_too_much_memory_is_a_failure(tmp_path: Path) -> None:
    parameters = zstd.CompressionParameter
    options = {parameters.window_log: 28, parameters.enable_long_distance_matching: 1}
    compressor = zstd.ZstdCompressor(options=options)
    content = compressor.compress(b"Ein Satz.") + compressor.flush()

    assert "too much memory" in messages(found(tmp_path, "a.txt.zst", content))[0]
