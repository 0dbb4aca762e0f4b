from __future__ import annotations

import pickle
import time
from pathlib import Path
from typing import Any

import pytest

from cleaner import Label
from cleaner.errors import RuleError
from cleaner.rules import (
    RuleBook,
    builtin_folder,
    builtin_rules,
    failing_examples,
    load_rules,
)
from cleaner.rules.patterns import is_linear

GOOD = {
    "id": '"test.sport.de"',
    "label": '"ticker"',
    "weight": "0.6",
    "pattern": "'^Sport: '",
    "reason": '"names a section"',
    "hit": '["Sport: Torjäger beendet Karriere"]',
    "miss": '["Der Sport: ein Leben lang"]',
}
PACKS = sorted(builtin_folder().glob("*.toml"))
every_pack = pytest.mark.parametrize("pack", PACKS, ids=[pack.name for pack in PACKS])


def rule_table(without: str = "", **values: str) -> str:
    keys = {**GOOD, **values}
    return "[[rule]]\n" + "".join(f"{k} = {v}\n" for k, v in keys.items() if k != without)


def pack_of(folder: Path, text: str | bytes, name: str = "mine.toml") -> Path:
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def book_of(folder: Path, **values: str) -> RuleBook:
    return load_rules(pack_of(folder, rule_table(**values)))


def literal(pattern: str) -> str:
    return f"'''{pattern}'''"


def matched(book: RuleBook, line: str) -> list[str]:
    return [rule.id for rule in book.matches(line)]


def test_a_pack_gives_its_rules(tmp_path: Path) -> None:
    [rule] = book_of(tmp_path).rules

    assert ("test.sport.de", Label.TICKER, 0.6, False) == (
        rule.id,
        rule.label,
        rule.weight,
        rule.opens,
    )


def test_an_empty_pack_has_no_rules(tmp_path: Path) -> None:
    book = load_rules(pack_of(tmp_path, "# nothing yet\n"))

    assert () == book.rules
    assert [] == matched(book, "Sport: Torjäger")


def test_a_folder_is_read_in_order_of_names(tmp_path: Path) -> None:
    pack_of(tmp_path, rule_table(id='"b.b"'), "b.toml")
    pack_of(tmp_path, rule_table(id='"a.a"'), "a.toml")
    pack_of(tmp_path, "no TOML at all", "README.md")

    assert ["a.a", "b.b"] == [rule.id for rule in load_rules(tmp_path).rules]


def test_a_hit_tells_line_and_all_that_its_rule_says(tmp_path: Path) -> None:
    [hit] = book_of(tmp_path, opens="true").hits(["Ein Satz.", "Sport: Torjäger"])

    assert (1, "test.sport.de", Label.TICKER, 0.6, "names a section", True) == (
        hit.line,
        hit.rule,
        hit.label,
        hit.weight,
        hit.reason,
        hit.opens,
    )


def test_several_rules_may_hit_a_line_in_order_of_the_packs(tmp_path: Path) -> None:
    limited = literal(r"\bSport\b")
    text = "\n".join(
        rule_table(id=f'"test.{name}"', **more)
        for name, more in [("c", {}), ("a", {"pattern": limited}), ("b", {})]
    )

    assert ["test.c", "test.a", "test.b"] == matched(
        load_rules(pack_of(tmp_path, text)), "Sport: Torjäger"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[rule]", r": not valid TOML in UTF-8: "),
        (b'[[rule]]\nid = "\xff"', r": not valid TOML in UTF-8: "),
        ("[rule]\nid = 'a.b'", r": write \[\[rule\]\] with double brackets for each rule"),
        ("[[rules]]\nid = 'a.b'", r": unknown key 'rules'; a pack holds \[\[rule\]\] tables only"),
        ("rule = [1]", r": rule 'number 1'.*dictionary"),
        (
            rule_table(patern="'x'"),
            r": rule 'test\.sport\.de' has an unknown key 'patern'; known are id, label, weight, ",
        ),
        (
            rule_table(without="hit"),
            r": rule 'test\.sport\.de' has no hit example; add a line that must be hit",
        ),
        (
            rule_table(hit="[]"),
            r": rule 'test\.sport\.de' has no hit example; add a line that must be hit",
        ),
        (
            rule_table(without="miss"),
            r": rule 'test\.sport\.de' has no miss example; add a line that must be kept",
        ),
        (
            rule_table(miss="[]"),
            r": rule 'test\.sport\.de' has no miss example; add a line that must be kept",
        ),
        (rule_table(hit='"Sport: Torjäger"'), r": rule 'test\.sport\.de': 'hit' .*list"),
        (rule_table(without="id"), r": rule 'number 1' lacks 'id'; add it"),
        (rule_table() + rule_table(without="id"), r": rule 'number 2' lacks 'id'; add it"),
        (rule_table(id='"Sport"'), r": rule 'Sport': 'id' is 'Sport': "),
        (rule_table(without="pattern"), r": rule 'test\.sport\.de' lacks 'pattern'; add it"),
        (rule_table(without="reason"), r": rule 'test\.sport\.de' lacks 'reason'; add it"),
        (rule_table(without="weight"), r": rule 'test\.sport\.de' lacks 'weight'; add it"),
        (rule_table(without="label"), r": rule 'test\.sport\.de' lacks 'label'; add it"),
        (rule_table(weight="0"), r": rule 'test\.sport\.de': 'weight' is 0: .*greater than 0"),
        (rule_table(weight="1.5"), r": rule 'test\.sport\.de': 'weight' is 1\.5: .*equal to 1"),
        (rule_table(weight="nan"), r": rule 'test\.sport\.de': 'weight' is nan: "),
        (rule_table(weight='"likely"'), r": rule 'test\.sport\.de': 'weight' is 'likely': "),
        (
            rule_table(label='"sport"'),
            r": rule 'test\.sport\.de' has an unknown label 'sport'; known are title, body, ",
        ),
        (
            rule_table(pattern="'(Sport'"),
            r": rule 'test\.sport\.de' has a bad pattern: .*; mend '\(Sport'",
        ),
        (rule_table(pattern="''"), r": rule 'test\.sport\.de': 'pattern' is '': "),
        (
            rule_table(max_chars="4001"),
            r": rule 'test\.sport\.de': 'max_chars' is 4001: .*equal to 4000",
        ),
        (rule_table(max_chars="0"), r": rule 'test\.sport\.de': 'max_chars' is 0: "),
        (rule_table(opens='"yes"'), r": rule 'test\.sport\.de': 'opens' is 'yes': "),
        (
            rule_table() + rule_table(),
            r": rule 'test\.sport\.de' also stands in .*mine\.toml; rename one",
        ),
    ],
    ids=[
        "not-toml",
        "not-utf8",
        "single-brackets",
        "unknown-table",
        "no-table",
        "unknown-key",
        "missing-hit",
        "empty-hit",
        "missing-miss",
        "empty-miss",
        "hit-is-no-list",
        "missing-id",
        "missing-id-of-second",
        "bad-id",
        "missing-pattern",
        "missing-reason",
        "missing-weight",
        "missing-label",
        "weight-0",
        "weight-1.5",
        "weight-nan",
        "weight-word",
        "unknown-label",
        "bad-pattern",
        "empty-pattern",
        "max-chars-too-large",
        "max-chars-0",
        "opens-word",
        "id-twice",
    ],
)
def test_a_broken_pack_is_refused_by_file_rule_and_cure(
    tmp_path: Path, text: str | bytes, message: str
) -> None:
    with pytest.raises(RuleError, match=rf"mine\.toml{message}"):
        load_rules(pack_of(tmp_path, text))


def test_an_id_of_two_packs_is_refused_by_both_names(tmp_path: Path) -> None:
    packs = [pack_of(tmp_path, rule_table(), name) for name in ("a.toml", "b.toml")]

    with pytest.raises(RuleError, match=r"b\.toml: rule 'test\.sport\.de' .* \S*a\.toml; rename"):
        load_rules(*packs)


def test_an_id_of_a_builtin_rule_is_refused(tmp_path: Path) -> None:
    taken = builtin_rules().rules[0].id

    with pytest.raises(RuleError, match=rf"mine\.toml: rule '{taken}' also stands in "):
        load_rules(builtin_folder(), pack_of(tmp_path, rule_table(id=f'"{taken}"')))


def test_a_missing_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"no\.toml: no such rule pack; give a \.toml file or a "):
        load_rules(tmp_path / "no.toml")


@pytest.mark.parametrize(
    "pattern",
    [
        r"^Teil \d+$",
        r"\w+ sagt",
        r"^\s*$",
        r"[\w-]+",
        r"(?i)sport",
        r"\\b",
        r"\p{Lu}\pP",
        r"a{2,9}",
    ],
)
def test_patterns_of_re2_match_in_linear_time(pattern: str) -> None:
    assert is_linear(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?<=x)y",
        r"x(?=y)",
        r"x(?!y)",
        r"(\w)\1",
        r"\bSport\b",
        r"[^\S]",
        "(?>a)",
    ],
)
def test_patterns_beyond_re2_are_matched_under_a_time_limit(pattern: str) -> None:
    assert not is_linear(pattern)


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (r"^\w+ \w+$", "Österreich Größe"),
        (r"^\w+$", "Россия"),
        (r"^\w+$", "東京タワー"),
        (r"^\w+$", "हिन्दी"),
        (r"^\w+$", "cafe\u0301"),
        (r"^[\w ]+$", "العربية السعودية"),
        (r"^\d+$", "٢٠٢٤"),
        (r"^[\d.]+$", "२०.२४"),
        (r"^a\sb$", "a\u00a0b"),
        (r"^a[\s]b$", "a\u3000b"),
        (r"^a\sb$", "a\tb"),
        (r"^[[(]\w+[\])]$", "[Werbung]"),
        (r"^[]\[]\w+$", "]Werbung"),
        (r"^[^]]+\d$", "Seite 12"),
        (r"^[[:alpha:]]+ \w+$", "abc Österreich"),
        (r"^\[\w+\]$", "[Österreich]"),
        (r"(?i)^ÜBER UNS$", "über uns"),
        (r"^\bÖl\b$", "Öl"),
    ],
    ids=[
        "umlauts",
        "cyrillic",
        "han-and-kana",
        "vowel-signs",
        "combining-accent",
        "arabic-in-a-class",
        "arabic-digits",
        "hindi-digits-in-a-class",
        "no-break-space",
        "wide-space-in-a-class",
        "tab",
        "bracket-in-a-class",
        "closing-bracket-first-in-a-class",
        "closing-bracket-first-in-a-negated-class",
        "posix-class",
        "escaped-brackets",
        "case-of-umlauts",
        "word-boundary",
    ],
)
def test_classes_mean_the_characters_of_every_script(
    tmp_path: Path, pattern: str, line: str
) -> None:
    assert ["test.sport.de"] == matched(book_of(tmp_path, pattern=literal(pattern)), line)


def test_negated_classes_mean_the_characters_of_every_script(tmp_path: Path) -> None:
    book = book_of(tmp_path, pattern=literal(r"^\S\D\W$"))

    assert ["test.sport.de"] == matched(book, "äß“")
    assert [] == matched(book, "äßé")


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (r"^\d$", "a"),
        (r"^\w$", "-"),
        (r"^\s$", "a"),
        (r"^[\d]$", "p"),
        (r"^\\d$", "5"),
        (r"^[^\w]$", "Ö"),
    ],
)
def test_classes_mean_no_others(tmp_path: Path, pattern: str, line: str) -> None:
    assert [] == matched(book_of(tmp_path, pattern=literal(pattern)), line)


@pytest.mark.parametrize("pattern", ["x$", r"x\b"], ids=["linear", "limited"])
def test_a_line_longer_than_max_chars_is_not_matched(tmp_path: Path, pattern: str) -> None:
    book = book_of(tmp_path, pattern=literal(pattern), max_chars="10")

    assert (["test.sport.de"], []) == (matched(book, "x" * 10), matched(book, "x" * 11))


def test_max_chars_is_each_rules_own(tmp_path: Path) -> None:
    text = "\n".join(
        rule_table(id=f'"test.up_to_{n}"', pattern="'x$'", max_chars=str(n)) for n in (10, 20, 30)
    )

    assert ["test.up_to_20", "test.up_to_30"] == matched(
        load_rules(pack_of(tmp_path, text)), "x" * 15
    )


@pytest.mark.parametrize(
    "line",
    ["", "\x00", "Sport: \x00", "\ufffd", "\U0010ffff" * 50, "x" * 1_000_000],
    ids=["nothing", "null", "null-inside", "replacement", "beyond-all-scripts", "enormous"],
)
def test_odd_lines_are_no_obstacle(line: str) -> None:
    assert all(rule.id for rule in builtin_rules().matches(line))


CATASTROPHES = {
    "repetitions-in-a-row": (r"^(?!x)(\w*)(\w*)(\w*)(\w*)(\w*)!\1\2x$", "a" * 250 + "!bx"),
    "alternatives": (r"(?=a)(a|aa)+$", "a" * 120 + "!"),
}


@pytest.mark.parametrize(("pattern", "line"), CATASTROPHES.values(), ids=CATASTROPHES)
def test_a_catastrophic_pattern_runs_into_its_time_limit(
    tmp_path: Path, pattern: str, line: str
) -> None:
    book = book_of(tmp_path, pattern=literal(pattern))
    started = time.perf_counter()

    with pytest.raises(
        RuleError, match=r"rule 'test\.sport\.de': its pattern took over 0\.25 s on"
    ):
        matched(book, line)

    assert time.perf_counter() - started < 10


def test_repetition_that_re2_can_express_is_no_catastrophe(tmp_path: Path) -> None:
    assert [] == matched(book_of(tmp_path, pattern=literal("^(a+)+$")), "a" * 200 + "!")


def seconds(book: RuleBook, lines: list[str]) -> float:
    started = time.perf_counter()
    for line in lines:
        book.matches(line)
    return time.perf_counter() - started


def test_hundreds_of_rules_are_linear_in_the_length_of_a_line(tmp_path: Path) -> None:
    # Each needs quadratic time or worse where it is tried by backtracking, and has no literal by
    # which it could be passed over.
    patterns = [
        rf"^(?:a+)+[b-y]{{{n % 30 + 2}}}z$|a.*a.*a.*[b-f][g-k]{{{n // 30 + 1}}}$"
        for n in range(300)
    ]
    text = "\n".join(
        rule_table(id=f'"test.n{n}"', pattern=literal(pattern), max_chars="4000")
        for n, pattern in enumerate(patterns)
    )
    book = load_rules(pack_of(tmp_path, text))
    # Lines differ, so that none is remembered.
    short, long = (
        [["a" * chars + f"b {run} {n}" for n in range(20)] for run in range(4)]
        for chars in (400, 3_200)
    )
    seconds(book, short[0] + long[0])

    growth = min(seconds(book, run) for run in long[1:]) / min(seconds(book, r) for r in short[1:])

    assert growth < 8 * 4  # eight times the length: 8 if linear, 64 if quadratic


def test_a_book_can_be_pickled_before_and_after_use(tmp_path: Path) -> None:
    book = book_of(tmp_path)
    fresh = pickle.loads(pickle.dumps(book))  # noqa: S301  # our own bytes
    matched(book, "Sport: Torjäger")

    used = pickle.loads(pickle.dumps(book))  # noqa: S301  # our own bytes

    assert [["test.sport.de"]] * 2 == [matched(each, "Sport: Torjäger") for each in (fresh, used)]
    assert book == used


def test_the_digest_tells_packs_apart(tmp_path: Path) -> None:
    digests = {book_of(tmp_path, weight=weight).digest for weight in ("0.6", "0.6", "0.7")}

    assert 2 == len(digests)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        (
            {"hit": '["Der Sport: nein"]'},
            ["hit example 'Der Sport: nein' does not match; widen the pattern or drop the example"],
        ),
        (
            {"miss": '["Sport: ja"]'},
            ["miss example 'Sport: ja' matches; narrow the pattern"],
        ),
        (
            {"todo": '["Sport: ja"]'},
            ["todo example 'Sport: ja' matches now; move it to 'hit'"],
        ),
        ({"todo": '["Sport ja"]'}, []),
        ({"hit": '["  Sport: ja\\n"]'}, []),
    ],
    ids=[
        "fine",
        "hit-that-misses",
        "miss-that-hits",
        "todo-that-hits",
        "todo",
        "white-space-around",
    ],
)
def test_examples_speak_against_their_rule(
    tmp_path: Path, values: dict[str, Any], expected: list[str]
) -> None:
    [rule] = book_of(tmp_path, **values).rules

    assert expected == list(failing_examples(rule))


def test_there_are_builtin_packs() -> None:
    assert len(PACKS) >= 5


@every_pack
def test_builtin_examples_hold(pack: Path) -> None:
    found = load_rules(pack).rules

    assert [] == [f"{rule.id}: {why}" for rule in found for why in failing_examples(rule)]


@every_pack
def test_builtin_ids_begin_with_the_subject_and_end_with_the_language_of_their_pack(
    pack: Path,
) -> None:
    subject, language = pack.name.removesuffix(".toml").split(".")

    assert [] == [
        rule.id
        for rule in load_rules(pack).rules
        if not (rule.id.startswith(f"{subject}.") and rule.id.endswith(f".{language}"))
    ]


@every_pack
def test_builtin_patterns_are_linear(pack: Path) -> None:
    assert [] == [r.id for r in load_rules(pack).rules if not is_linear(r.pattern)]


@every_pack
def test_builtin_rules_speak_for_something_to_remove_or_say_what_a_line_is(pack: Path) -> None:
    assert [] == [r.id for r in load_rules(pack).rules if r.label is Label.BODY]


def test_builtin_packs_load_together() -> None:
    assert sum(len(load_rules(pack).rules) for pack in PACKS) == len(builtin_rules().rules)


def test_builtin_rules_match_the_examples_they_hit_when_together() -> None:
    book = builtin_rules()

    assert [] == [
        f"{rule.id}: {example}"
        for rule in book.rules
        for example in rule.hit
        if rule.id not in matched(book, example.strip())
    ]


def test_hits_of_pages_are_those_of_each() -> None:
    pages = [["Lesen Sie auch: Der Bahnhof", "Ein Satz."], [], ["Impressum"], ["Home", "Impressum"]]

    expected = [list(builtin_rules().hits(page, "de")) for page in pages]

    assert expected[0]
    assert expected[3]
    assert expected == [list(hits) for hits in builtin_rules().hits_of_pages(pages, "de")]


@pytest.mark.parametrize(
    ("page", "hit"), [("da", True), ("no", True), ("sv", False), (None, True), ("de", False)]
)
def test_rules_of_a_language_take_part_where_an_engine_may_have_meant_it(
    tmp_path: Path, page: str | None, *, hit: bool
) -> None:
    book = book_of(tmp_path, id='"test.sport.da"')

    assert hit is bool(book.matches("Sport: Torjäger beendet Karriere", page))


@pytest.mark.parametrize(
    ("language", "known"), [("de", True), ("sr", True), ("lo", False), (None, True)]
)
def test_a_book_knows_the_languages_of_its_rules(
    language: str | None,
    known: bool,  # noqa: FBT001  # a table's column
) -> None:
    assert known == builtin_rules().knows(language)
