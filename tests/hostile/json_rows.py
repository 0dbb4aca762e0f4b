"""JSON Lines: rows that are none, and rows with fields that are not what their names say."""

from __future__ import annotations

import json
from typing import Any

from tests.hostile.cases import SOME_FAILED, Case, lines, sized
from tests.hostile.texts import GERMAN

NO_TEXT, NO_JSON = "no string 'text'", "no valid JSON"


def row(**fields: Any) -> str:
    return json.dumps({"text": GERMAN, **fields})


def among_good(name: str, bad: str | bytes, failure: str) -> Case:
    """A bad row between two good ones: they are cleaned, and its failure tells its place."""
    content = bad if isinstance(bad, bytes) else bad.encode("utf-8", "surrogatepass")
    around = row(id="before").encode(), row(id="behind").encode()
    failures = [f"rows.jsonl:2: {failure}"]
    between = b"\n".join([around[0], content, around[1]])
    return lines(name, between, ids=["before", "behind"], failures=failures, code=SOME_FAILED)


def named(name: str, given: object, shown: str) -> Case:
    """A row under an odd id."""
    return lines(f"an id that is {name}", row(id=given), ids=[shown], has=[GERMAN])


BAD = (
    among_good("no JSON", "{text", NO_JSON),
    among_good("JSON that is cut off", '{"text": "Der Zug', NO_JSON),
    among_good("100,000 lists in each other", "[" * 100_000, NO_JSON),
    among_good("100,000 objects in each other", '{"a":' * 100_000, NO_JSON),
    among_good("a list", '["text"]', "JSON list, not an object"),
    among_good("a number", "7", "JSON int, not an object"),
    among_good("nothing", "null", "JSON NoneType, not an object"),
    among_good(
        "900 lists in each other in another field",
        row(x=json.loads("[" * 900 + "]" * 900)),
        "field 'x' is nested over 100 deep; leave it out",
    ),
    among_good("an empty object", "{}", "row has no string 'text'"),
    among_good("no text", '{"body": "Ein Satz."}', f"row has {NO_TEXT}"),
    among_good("a text that is null", '{"text": null}', f"row has {NO_TEXT}"),
    among_good("a text that is a number", '{"text": 7}', f"row has {NO_TEXT}"),
    among_good("a text that is a list", '{"text": ["a"]}', f"row has {NO_TEXT}"),
    among_good("a number of 5,000 digits", '{"text": "a", "id": ' + "9" * 5_000 + "}", NO_JSON),
    among_good("two rows in one line", row() + row(), NO_JSON),
    among_good("a row of Python", "{'text': 'Ein Satz.'}", NO_JSON),
    among_good("a row with a comma too many", '{"text": "a",}', NO_JSON),
    among_good("NULs for a row", b"\0" * 1_000, NO_JSON),
    among_good("bytes for a row", bytes(range(128, 256)), NO_JSON),
    among_good("a page of HTML for a row", "<!doctype html><p>x</p>", NO_JSON),
    among_good("a key that is no string", '{7: "a"}', NO_JSON),
    among_good("a bad escape", r'{"text": "\u12"}', NO_JSON),
)

ODD = (
    lines("no rows", "", ids=[]),
    lines("only blank lines", "\n \n\r\n\t\n", ids=[]),
    lines(
        "a file that is cut off",
        f"{row(id='a')}\n" + row()[:-9],
        ids=["a"],
        failures=["rows.jsonl:2"],
        code=SOME_FAILED,
    ),
    lines("no line feed at the end", row(id="a"), ids=["a"]),
    lines("lines that end as on Windows", f"{row(id='a')}\r\n{row(id='b')}\r\n", ids=["a", "b"]),
    lines("a byte order mark", "\ufeff" + row(id="a"), ids=["a"]),
    lines(
        "UTF-16", (row(id="a") + "\n").encode("utf-16"), failures=["rows.jsonl"], code=SOME_FAILED
    ),
    lines(
        "rows in windows-1252",
        row(id="a").encode() + b"\n" + b'{"text": "Der Zug f\xe4hrt \xfcber"}',
        has=["Der Zug fährt über"],
    ),
    lines("the same id three times", "\n".join([row(id="a")] * 3), ids=["a", "a#2", "a#3"]),
    lines(
        "an id that was made of another",
        "\n".join(row(id=i) for i in ("a", "a#2", "a")),
        ids=["a", "a#2", "a#3"],
    ),
    lines(
        "the same key twice",
        '{"text": "nein", "text": "Ein ganzer Satz."}',
        has=["Ein ganzer"],
        lacks=["nein"],
    ),
    lines(
        "lone surrogates in escapes",
        r'{"text": "a\ud800 \udfff b"}',
        has=["a\ufffd \ufffd b"],
        repairs=["lone_surrogates: replaced by U+FFFD"],
    ),
    lines("NULs in escapes", r'{"text": "a\u0000b"}', has=["a\0b"], repairs=["nul: kept"]),
    lines("control characters in strings", '{"text": "a\tb\x01c"}', has=["a\tb\x01c"]),
    lines("numbers that are none", '{"text": "Ein Satz.", "id": NaN, "n": -Infinity}', ids=["nan"]),
    lines("a number beyond all numbers", '{"text": "Ein Satz.", "id": 1e999}', ids=["inf"]),
    lines(
        "90 lists in each other in another field",
        row(x=json.loads("[" * 90 + "]" * 90)),
        has=[GERMAN],
    ),
    lines("a million escapes", '{"text": "' + "\\u0061" * sized(1_000_000) + '"}', has=["aaaa"]),
    lines(
        "100,000 fields",
        "{" + "".join(f'"f{i}": {i},' for i in range(100_000)) + f'"text": "{GERMAN}"}}',
        has=[GERMAN],
    ),
    lines("20,000 rows", (row() + "\n") * sized(20_000)),
    lines("text and HTML", row(html="<p>Anderes.</p>"), has=[GERMAN], lacks=["Anderes"]),
    lines("HTML that is a number", row(html=7), has=[GERMAN]),
    lines("HTML that is no page", '{"html": "a < b > c"}', has=["a <"]),
    lines("HTML with surrogates", r'{"html": "<p>a\ud800b</p>"}', has=["a\ufffdb"]),
    lines("an empty text", '{"text": ""}', flags={"empty"}),
    lines(
        "fields of odd types",
        row(title=[1], date={"a": 1}, language=7, authors={"a": []}, url=[]),
        has=[GERMAN],
    ),
    lines("dates that are none", row(date="2021-99-99T99:99:99+99:99"), has=[GERMAN]),
    lines("a date of 1 MB", row(date="2021-" * 200_000), has=[GERMAN]),
    lines("a title of 1 MB", row(title="Titel " * 170_000), has=[GERMAN]),
    lines("100,000 authors", row(authors=["Ada Lovelace"] * 100_000), has=[GERMAN]),
    lines("an author of 1 MB", row(author="Ada; " * 200_000), has=[GERMAN]),
    lines("an address that is a script", row(url="javascript:alert(1)"), has=[GERMAN]),
    lines("an address of 1 MB", row(url="http://a.example/" + "a/" * 500_000), has=[GERMAN]),
    lines(
        "fields with the names of our own",
        row(kept=1, removed=2, stats="x", source={"a": 1}, flags=None, schema_version=99),
        has=[GERMAN],
    ),
)

IDS = (
    named("a path that climbs out", "../../../etc/passwd", "../../../etc/passwd"),
    named("an absolute path", "/etc/passwd", "/etc/passwd"),
    named("a path of Windows", "C:\\Windows\\..\\x", "C:\\Windows\\..\\x"),
    named("a device of Windows", "CON", "CON"),
    named("only dots", "..", ".."),
    named("only slashes", "////", "////"),
    named("a line feed", "a\nb", "a\nb"),
    named("a NUL", "a\0b", "a\0b"),
    named("a surrogate", "a\ud800", "a\ufffd"),
    named("a command to a terminal", "\x1b[31mred", "\x1b[31mred"),
    named("markup", "<script>alert(1)</script>", "<script>alert(1)</script>"),
    named("turned round", "\u202egpj.exe", "\u202egpj.exe"),
    named("of 100,000 characters", "x" * 100_000, "x" * 100_000),
    named("a folder 300 deep", "a/" * 300 + "b", "a/" * 300 + "b"),
    named("a number", 7, "7"),
    named("a list", ["a"], "rows.jsonl:1"),
    named("an object", {"a": 1}, "rows.jsonl:1"),
    named("empty", "", "rows.jsonl:1"),
)

CASES: tuple[Case, ...] = (*BAD, *ODD, *IDS)
