"""Time and memory grow with the input, and no faster."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping

import pytest

# Each is told in docs/trust.md. Quadratic work takes 16 times as long for four times as much.
TIMES, MOST_GROWTH = 4, 9.0
SMALL_BYTES = 150_000
AT_FIRST_BYTES, A_BYTE_BYTES, A_LINE_BYTES = 300_000_000, 200, 2_000
# Above what a page of a few lines takes: a line more of a long page.
LONG_PAGES, A_MORE_LINE_BYTES = (1_000, 100_000), {"txt": 2_300, "html": 2_500}
SENTENCE = "Der Zug kam um acht Uhr an, und niemand stieg aus, Gleis {}."

# Prints the seconds and the most bytes of memory that documents of two sizes take, when rules and
# weights are loaded.
PROGRAM = """
import pathlib, re, sys, time
from pathlib import Path
from cleaner import Pipeline
from cleaner.readers import read
pipeline = Pipeline()
pipeline.run("Ein ganzer Satz steht hier.")
for place in sys.argv[1:]:
    began = time.process_time()
    for document in read([place]):
        record = pipeline.run(document)
        record.model_dump_json(), list(record.removed_json())
    # What getrusage says counts the process that this one was forked from, too.
    status = pathlib.Path("/proc/self/status").read_text()
    most = int(re.search("VmHWM:\\s+(\\d+)", status)[1]) * 1024
    print(time.process_time() - began, most, record.stats.source.lines)
"""


def sentences(size: int, end: str) -> str:
    return end.join(SENTENCE.format(n) for n in range(size // 60))


def row(size: int) -> str:
    return json.dumps({"text": sentences(size, "\n")})


SHAPES: Mapping[str, tuple[str, Callable[[int], str]]] = {
    "lines": ("txt", lambda size: sentences(size, "\n")),
    "one line": ("txt", lambda size: sentences(size, " ")),
    "short lines": ("txt", lambda size: "ab c d\n" * (size // 7)),
    "the same line": ("txt", lambda size: "Kommentare\n" * (size // 11)),
    "comments": ("txt", lambda size: "Anna, 12.03.2021 um 14:05 Uhr\nStimmt!\n" * (size // 40)),
    "one word": ("txt", lambda size: "x" * size),
    "blanks": ("txt", lambda size: "a" + " " * size + "b"),
    "paragraphs": ("html", lambda size: "<p>" + sentences(size, "<p>")),
    "tags": ("html", lambda size: "<i></i>" * (size // 7)),
    "deep tags": ("html", lambda size: "<div>" * (size // 5) + "x"),
    "an attribute": ("html", lambda size: f'<p id="{"x" * size}">x'),
    "cells": ("html", lambda size: "<table>" + "<tr><td>a<td>b" * (size // 14)),
    "a comment": ("html", lambda size: "<!-- " * (size // 5) + "x"),
    "a row": ("jsonl", row),
}


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in kilobytes on Linux only")
@pytest.mark.parametrize(("suffix", "made"), SHAPES.values(), ids=SHAPES)
def test_time_and_memory_grow_with_the_input_and_no_faster(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, made: Callable[[int], str]
) -> None:
    folder = tmp_path_factory.mktemp("sizes")
    sizes = (SMALL_BYTES, TIMES * SMALL_BYTES)
    places = [folder / f"{size}.{suffix}" for size in sizes]
    for size, place in zip(sizes, places, strict=True):
        place.write_text(made(size), encoding="utf-8")

    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, places)], capture_output=True, check=True
    )

    (short, *_), (long, memory, lines) = (
        map(float, row.split()) for row in ran.stdout.splitlines()
    )
    # What takes next to no time tells nothing by its growth.
    assert long < MOST_GROWTH * max(short, 0.1)
    assert memory < AT_FIRST_BYTES + A_BYTE_BYTES * sizes[1] + A_LINE_BYTES * lines


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in kilobytes on Linux only")
@pytest.mark.parametrize("suffix", ["txt", "html"])
def test_a_long_page_takes_so_much_a_line(
    tmp_path_factory: pytest.TempPathFactory, suffix: str
) -> None:
    begin = "<p>" if suffix == "html" else ""
    places = [tmp_path_factory.mktemp("lines") / f"{lines}.{suffix}" for lines in LONG_PAGES]
    for lines, place in zip(LONG_PAGES, places, strict=True):
        place.write_text(f"{begin}ab c d\n" * lines, encoding="utf-8")

    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, places)], capture_output=True, check=True
    )

    (_, first, few), (_, second, many) = (
        map(float, row.split()) for row in ran.stdout.splitlines()
    )
    assert list(LONG_PAGES) == [few, many]
    assert second - first < A_MORE_LINE_BYTES[suffix] * (many - few)
