"""What a user gives beside the sources: rules, settings, weights and gold that are wrong."""

from __future__ import annotations

import io
import json
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from cleaner.rules import builtin_folder
from tests.hostile.cases import SOME_FAILED, Case, wrong
from tests.hostile.texts import GERMAN

PAGE = {"in/page.txt": GERMAN}
RULE = {
    "id": "spam.mine",
    "label": "spam",
    "weight": 1.0,
    "pattern": "^Kauf",
    "reason": "says so",
    "hit": ["Kauf"],
    "miss": ["Ein Kauf"],
}


def pack(*rules: dict[str, Any]) -> str:
    """Rules as TOML."""
    return "\n".join(
        "[[rule]]\n" + "\n".join(f"{key} = {json.dumps(value)}" for key, value in rule.items())
        for rule in rules
    )


def rule(name: str, error: str, *left_out: str, **changed: Any) -> Case:
    """A rule with this of it changed or left out."""
    kept = {key: value for key, value in {**RULE, **changed}.items() if key not in left_out}
    return rules(name, pack(kept), error)


def rules(name: str, content: str | bytes, error: str) -> Case:
    files = {**PAGE, "p.toml": content}
    return wrong(
        f"rules: {name}", files, "run", "in", "-o", "out", "--rules", "p.toml", error=error
    )


def settings(name: str, content: str | bytes, error: str) -> Case:
    files = {**PAGE, "cleaner.toml": content}
    return wrong(f"settings: {name}", files, "run", "in", "-o", "out", error=error)


def gold(name: str, content: str | bytes, error: str) -> Case:
    return wrong(f"gold: {name}", {"g.jsonl": content}, "eval", "g.jsonl", error=error)


def weights(name: str, error: str, **changed: Callable[[bytes], bytes] | None) -> Case:
    """The built-in weights with a file changed, or left out; `arrays` or `about`."""
    files = {"arrays": "decision.npz", "about": "decision.json"}
    contents = {name: (builtin_folder() / file).read_bytes() for name, file in files.items()}
    for part, change in changed.items():
        contents[part] = change(contents[part]) if change else b""
    laid = {f"w/{files[part]}": content for part, content in contents.items() if content}
    arguments = ("run", "in", "-o", "out", "--weights", "w")
    return wrong(f"weights: {name}", {**PAGE, **laid}, *arguments, error=error)


def archive(**arrays: Any) -> bytes:
    written = io.BytesIO()
    np.savez_compressed(written, **arrays)
    return written.getvalue()


def pickled(_: bytes) -> bytes:
    """An archive whose array is an object that would run a program when it is read."""
    return archive(mean=np.array([_Touch()], dtype=object))


class _Touch:
    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (Path("touched"),)


def huge(_: bytes) -> bytes:
    """An archive that says it has 8 TB of numbers."""
    written = io.BytesIO()
    header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,), }"
    header += b" " * (117 - len(header)) + b"\n"
    with zipfile.ZipFile(written, "w") as zipped:
        zipped.writestr(
            "mean.npy", b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header
        )
    return written.getvalue()


def about(**changed: Any) -> Callable[[bytes], bytes]:
    return lambda found: json.dumps({**json.loads(found), **changed}).encode()


def odd_pattern(name: str, pattern: str) -> Case:
    """A rule with a pattern that is unusual, and no harm."""
    files = {
        "in/a.txt": b"a" * 5_000,
        "in/b.txt": GERMAN.encode(),
        "p.toml": pack({**RULE, "pattern": pattern}).encode(),
    }
    arguments = ("run", "in", "-o", "out", "--rules", "p.toml")
    return Case(f"rules: {name}", files, arguments, ids=("a.txt", "b.txt"))


RULES = (
    rules("no TOML", "[[rule", "p.toml: not valid TOML"),
    rules("no UTF-8", b"\xff\xfe[[rule]]", "p.toml: not valid TOML in UTF-8"),
    rules("another table", "[settings]\nkeep = []", "unknown key 'settings'"),
    rules("one bracket too few", "[rule]\nid = 'a.b'", "double brackets"),
    rules("the same id twice", pack(RULE, RULE), "'spam.mine' also stands in … rename"),
    rules("10,000 tables in each other", "[" + "a." * 10_000 + "b]", "p.toml"),
    rules("10,000 lists in each other", "a = " + "[" * 10_000, "p.toml"),
    rule("no hit", "'spam.mine' has no hit example", "hit"),
    rule("no miss", "'spam.mine' has no miss example", "miss"),
    rule("an empty miss", "has no miss example", miss=[]),
    rule("no pattern", "lacks 'pattern'; add it", "pattern"),
    rule("an empty pattern", "'pattern'", pattern=""),
    rule("an unknown key", "unknown key 'wieght'", wieght=1),
    rule("an unknown label", "unknown label 'advert'; known are title", label="advert"),
    rule("a weight of 0", "'weight'", weight=0),
    rule("a weight of 2", "'weight'", weight=2),
    rule("an id with blanks", "'id'", id="my rule"),
    rule("an id that climbs out", "'id'", id="../x"),
    rule("a pattern that is none", "bad pattern … mend", pattern="(a"),
    rule("a pattern that repeats nothing", "bad pattern", pattern="*a"),
    rule("a pattern of 1,000 open brackets", "bad pattern", pattern="(" * 1_000),
    rule(
        "a pattern beyond RE2 of 10,000 brackets",
        "nested too deeply",
        pattern="(?=" + "(" * 10_000 + "a" + ")" * 10_001,
    ),
    rule("a limit of a million characters", "'max_chars'", max_chars=1_000_000),
    rule("a hit that is a number", "'hit'", hit=7),
    wrong(
        "rules: a folder without a pack",
        PAGE,
        "run",
        "in",
        "-o",
        "out",
        "--rules",
        "in",
        error="in: has no rule pack … give a .toml file",
    ),
    wrong(
        "rules: no such pack",
        PAGE,
        "run",
        "in",
        "-o",
        "out",
        "--rules",
        "gone.toml",
        error="gone.toml: no such rule pack",
    ),
    Case(
        "rules: a pattern that never ends",
        {
            "in/a.txt": b"Davor steht ein ganzer Satz.",
            "in/b.txt": b"a" * 120 + b"!",
            "in/c.txt": b"Danach steht ein ganzer Satz.",
            "p.toml": pack({**RULE, "pattern": "(?=a)(a|aa)+$"}).encode(),
        },
        ("run", "in", "-o", "out", "--rules", "p.toml"),
        code=SOME_FAILED,
        ids=("a.txt", "c.txt"),
        failures=("rule 'spam.mine': its pattern took over 0.25 s",),
    ),
    *(
        odd_pattern(name, pattern)
        for name, pattern in {
            "repeats that RE2 can do": "^(a+)+$",
            "900 brackets": "(" * 900 + "a" + ")" * 900,
            "10,000 brackets": "(" * 10_000 + "a" + ")" * 10_000,
            "a million repeats": "((a{0,100}){0,100}){0,100}b",
            "10,000 branches": "|".join(f"wort{i}" for i in range(10_000)),
            "a class of all characters": r"^[\s\S]*[^a][^\n]*$",
            "nothing but an end": "$",
            "every digit": r"^\d*\p{Nd}*$",
        }.items()
    ),
)

SETTINGS = (
    settings("no TOML", "keep = [", "cleaner.toml: not valid TOML"),
    settings("no UTF-8", b"\xff\xfe", "cleaner.toml: not valid TOML in UTF-8"),
    settings("an unknown one", "kepe = []", "'kepe': unknown setting; known are preset"),
    settings("an unknown one of languages", "[language]\nname = 'de'", "'language.name'"),
    settings("nothing to keep", "keep = []", "'keep'"),
    settings("an unknown label", "keep = ['advert']", "'keep"),
    settings("a text for a list", "keep = 'title'", "must be a list"),
    settings("a share above 1", "max_removed_share = 1.5", "'max_removed_share'"),
    settings("a share that is no number", "max_removed_share = nan", "'max_removed_share'"),
    settings("an unknown stage", "without = ['adverts']", "no stage 'adverts'; there are"),
    settings("an unknown engine", "[language]\nengine = 'oracle'", "'language.engine'"),
    settings("an extractor that is none", "extractor = 'grep'", "'extractor'"),
    settings("a date for a switch", "comments = 2020-01-01", "'comments'"),
    wrong(
        "settings: no such file",
        PAGE,
        "run",
        "in",
        "-o",
        "out",
        "--settings",
        "gone.toml",
        error="gone.toml: cannot be read",
    ),
    wrong(
        "settings: a folder for a file",
        PAGE,
        "run",
        "in",
        "-o",
        "out",
        "--settings",
        "in",
        error="in: cannot be read",
    ),
)

WEIGHTS = (
    weights("none there", "w: no weights", arrays=None, about=None),
    weights("no arrays", "w: no weights", arrays=None),
    weights("nothing about them", "w: no weights", about=None),
    weights("arrays cut off", "w: no weights", arrays=lambda found: found[:-1_000]),
    weights("arrays that are a text", "w: no weights", arrays=lambda _: b"weights"),
    weights("arrays that are pickled", "w: no weights", arrays=lambda _: pickle.dumps({"mean": 1})),
    weights("an object in the arrays", "w: no weights", arrays=pickled),
    weights("arrays larger than memory", "w: no weights", arrays=huge),
    weights("other arrays", "w: no weights", arrays=lambda _: archive(mean=np.zeros(3))),
    weights("about them no JSON", "w: no weights", about=lambda _: b"{"),
    weights("about them a list", "w: no weights", about=lambda _: b"[]"),
    weights("about them 100,000 lists", "w: no weights", about=lambda _: b"[" * 100_000),
    weights("about them no UTF-8", "w: no weights", about=lambda _: b"\xff\xfe"),
    weights("of another fit", "not of the same fit", about=about(weights_sha256="0" * 64)),
    weights("a temperature of 0", "temperature", about=about(temperature=0.0)),
    weights("a temperature beyond numbers", "temperature", about=about(temperature=float("inf"))),
    weights("other measurements", "other measurements", about=about(features=["a"])),
)

GOLD = (
    gold("no JSON", "{", "g.jsonl:1: not a gold page"),
    gold("no lines", '{"id": "a"}', "g.jsonl:1: not a gold page: lines"),
    gold(
        "an unknown label", '{"id": "a", "lines": [{"text": "a", "label": "advert"}]}', "g.jsonl:1"
    ),
    gold(
        "a text that is a number",
        '{"id": "a", "lines": [{"text": 7, "label": "body"}]}',
        "g.jsonl:1",
    ),
    gold("no UTF-8", b"\xff\xfe", "g.jsonl: cannot be read"),
    gold("an empty file", "", "no labelled line"),
    gold("no label", '{"id": "a", "lines": [{"text": "a", "label": null}]}', "no labelled line"),
    gold("100,000 lists in each other", "[" * 100_000, "g.jsonl:1: not a gold page"),
    gold("NULs", "\0" * 100, "g.jsonl:1: not a gold page"),
    wrong("gold: no such file", {}, "eval", "gone.jsonl", error="gone.jsonl: cannot be read"),
    wrong(
        "gold: nothing to fit to", {"g.jsonl": ""}, "train", "g.jsonl", "-o", "w", error="g.jsonl"
    ),
)

CASES: tuple[Case, ...] = (*RULES, *SETTINGS, *WEIGHTS, *GOLD)
