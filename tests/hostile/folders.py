"""Folders: links, pipes and devices among the files, and names that are hard to say."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path

from tests.hostile.cases import RUN, SOME_FAILED, WRONG_USE, Case
from tests.hostile.texts import GERMAN

PAGE = {"in/page.txt": GERMAN.encode()}
ONLY = ("page.txt",)
LONG_AGO, FAR_AHEAD = -1.0, 4_102_444_800.0


def beside(name: str, make: Callable[[Path], object], **expected: object) -> Case:
    """Something beside one page, which is cleaned whatever it is."""
    return Case(name, PAGE, make=make, **{"ids": ONLY, "has": (GERMAN,), **expected})  # type: ignore[arg-type]


def link(name: str, target: str) -> Callable[[Path], None]:
    return lambda folder: (folder / "in" / name).symlink_to(target)


def listening(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as opened:
        before = Path.cwd()
        os.chdir(folder / "in")  # addresses of sockets are short
        opened.bind("socket.txt")
        os.chdir(before)


def device(folder: Path) -> None:
    try:
        os.mknod(folder / "in" / "zero.txt", stat.S_IFCHR | 0o600, os.makedev(1, 5))
    except PermissionError:  # only root may; a link to one is as good
        (folder / "in" / "zero.txt").symlink_to("/dev/zero")


def looped(folder: Path) -> None:
    (folder / "in/a/b").mkdir(parents=True)
    (folder / "in/a/b/up").symlink_to(folder / "in")
    (folder / "in/a/b/over").symlink_to(folder)


def elsewhere(folder: Path) -> None:
    (folder / "out").mkdir()
    (folder / "link").symlink_to("out")


def deep(folder: Path) -> None:
    here = folder / "in"
    for _ in range(200):
        here /= "d"
    here.mkdir(parents=True)
    (here / "deep.txt").write_text(GERMAN, encoding="utf-8")


def written(*names: bytes) -> Callable[[Path], None]:
    """Files of these names, each a page."""

    def make(folder: Path) -> None:
        (folder / "in").mkdir(exist_ok=True)
        for name in names:
            with open(os.path.join(os.fsencode(folder), b"in", name), "wb") as file:  # noqa: PTH118, PTH123 - bytes
                file.write(GERMAN.encode())

    return make


def dated(seconds: float) -> Callable[[Path], None]:
    return lambda folder: os.utime(folder / "in" / "page.txt", (seconds, seconds))


def called(name: str, *names: bytes, ids: tuple[str, ...]) -> Case:
    return Case(name, {}, make=written(*names), ids=ids, has=(GERMAN,))


THINGS = (
    beside("a loop of links", looped),
    beside(
        "a link to itself",
        link("self.txt", "self.txt"),
        code=SOME_FAILED,
        failures=("self.txt",),
        ids=ONLY,
    ),
    beside(
        "a link to nothing",
        link("gone.txt", "nowhere"),
        code=SOME_FAILED,
        failures=("gone.txt: No such file",),
    ),
    beside("a link to a device", link("zero.txt", "/dev/zero")),
    beside(
        "a link to a file without end",
        link("mem.txt", "/proc/self/mem"),
        code=SOME_FAILED,
        failures=("mem.txt",),
    ),
    beside("a link to the folder above", link("up", "..")),
    beside("a device", device),
    beside("a pipe", lambda folder: os.mkfifo(folder / "in" / "pipe.txt")),
    beside("a socket", listening),
    beside("a folder with the name of a page", lambda folder: (folder / "in/b.txt").mkdir()),
    beside("an empty folder", lambda folder: (folder / "in/empty").mkdir()),
    beside("hidden files", written(b".hidden.txt", b".a.html")),
    beside("files without a reader", written(b"image.png", b"none", b"a.gold.jsonl", b"a.txt.bak")),
    beside("folders 200 deep", deep, ids=None),
    beside("a page from long ago", dated(LONG_AGO)),
    beside("a page from the year 2100", dated(FAR_AHEAD)),
    Case("no page at all", {"in/image.png": b""}, code=WRONG_USE, error=("nothing to read",)),
    Case(
        "the folder is a link",
        PAGE,
        ("run", "link", "-o", "out"),
        make=lambda f: (f / "link").symlink_to("in"),
        ids=ONLY,
    ),
    Case(
        "the folder of results is a link",
        PAGE,
        ("run", "in", "-o", "link"),
        make=elsewhere,
        ids=ONLY,
    ),
    Case(
        "results go into the folder of sources",
        PAGE,
        ("run", "in", "-o", "in"),
        first=("run", "in", "-o", "in"),
    ),
    Case(
        "the same folder twice",
        PAGE,
        ("run", "in", "in", "-o", "out"),
        ids=("page.txt", "page.txt#2"),
    ),
    Case(
        "a place that is not there",
        PAGE,
        ("run", "in", "gone", "-o", "out"),
        code=WRONG_USE,
        error=("gone: not found",),
    ),
    Case(
        "a pattern that finds nothing",
        PAGE,
        ("run", "in/*.html", "-o", "out"),
        code=WRONG_USE,
        error=("in/*.html",),
    ),
    Case(
        "a broken pattern",
        PAGE,
        ("run", "in/**x**/[", "-o", "out"),
        code=WRONG_USE,
        error=("in/**x**/[",),
    ),
    Case(
        "a NUL in a place", PAGE, ("run", "in\0", "-o", "out"), code=WRONG_USE, error=("not found",)
    ),
    Case(
        "results where a file is",
        {**PAGE, "out": b""},
        RUN,
        code=WRONG_USE,
        error=("--output out", "name one"),
    ),
    Case(
        "results below a file",
        {**PAGE, "f": b""},
        ("run", "in", "-o", "f/out"),
        code=WRONG_USE,
        error=("--output f/out",),
    ),
)

NAMES = (
    called("names with line feeds", b"a\nb.txt", ids=("a\\nb.txt",)),
    called("names that are no UTF-8", b"caf\xe9.txt", ids=("caf\\xe9.txt",)),
    called("two names that are no UTF-8", b"\xe9.txt", b"\xea.txt", ids=("\\xe9.txt", "\\xea.txt")),
    called("a name and its escape", b"\xe9.txt", b"\\xe9.txt", ids=("\\xe9.txt", "\\xe9.txt#2")),
    called("names that command a terminal", b"\x1b[31m.txt", ids=("\\x1b[31m.txt",)),
    called("names like flags", b"-o.txt", b"--help.txt", ids=("--help.txt", "-o.txt")),
    called("names like patterns", b"[a]*?.txt", ids=("[a]*?.txt",)),
    called("names of 255 bytes", b"x" * 251 + b".txt", ids=("x" * 251 + ".txt",)),
    called("names that differ by case", b"a.txt", b"A.txt", ids=("A.txt", "a.txt")),
    called(
        "names that differ by form",
        "é.txt".encode(),
        "e\u0301.txt".encode(),
        ids=("e\u0301.txt", "é.txt"),
    ),
    called("names with quotes and blanks", b"' \" ;$(x) .txt", ids=("' \" ;$(x) .txt",)),
    called("names that turn round", "\u202egpj.txt".encode(), ids=("\u202egpj.txt",)),
    called("names like numbered ids", b"a.txt#2.txt", b"a.txt", ids=("a.txt", "a.txt#2.txt")),
    called("names with backslashes", b"a\\..\\..\\b.txt", ids=("a\\..\\..\\b.txt",)),
    called("names with markup", b"<b>a<", b"<img src=x>.txt", ids=("<img src=x>.txt",)),
)

CASES: tuple[Case, ...] = (*THINGS, *NAMES)
