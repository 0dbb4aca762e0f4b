"""Rules out of verdicts: general enough, safe, and weighed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Label, Pipeline
from cleaner.engines.local import clean_into
from cleaner.gold import GoldLine, GoldPage
from cleaner.readers.raw import Raw
from cleaner.review.gold import judged_pages
from cleaner.review.opinions import read_opinions
from cleaner.review.runs import reviewed
from cleaner.review.suggest.candidates import Saying, candidates
from cleaner.review.suggest.pack import pack_text
from cleaner.review.suggest.propose import suggest, suggested_pack
from cleaner.review.values import Kind
from cleaner.rules import Rule, failing_examples, load_rules
from tests.review.made import SENTENCE, opened

NAMES = ["Anna Schmidt", "Jörg Maier", "Li Wei", "Karl-Heinz Otto"]
THANKS = "Der Bürgermeister dankte allen, die daran gearbeitet haben, und lud zu einem Fest ein."


def wrong(*texts: str, label: Label = Label.BOILERPLATE, language: str = "de") -> list[Saying]:
    """Lines that were decided to be something else."""
    return [Saying(text, label, language, judged=True, wrong=True) for text in texts]


def right(text: str, label: Label = Label.BODY, *, judged: bool = True) -> Saying:
    """A line that was decided rightly."""
    return Saying(text, label, "de", judged=judged)


def patterns(known: list[Saying]) -> list[str]:
    """The patterns of the rules for these lines."""
    return [each.rule.pattern for each in candidates([*known, right(SENTENCE)])]


NAME = r"\p{Lu}[\pL\pM.’\x27-]*(?: \p{Lu}[\pL\pM.’\x27-]*){0,3}"


@pytest.mark.parametrize(
    ("lines", "pattern"),
    [
        (["Jetzt mitmachen!"] * 2, "^Jetzt mitmachen!$"),
        (["Seite 1 von 3", "Seite 2 von 3"], r"^Seite \d+ von \d+$"),
        (["Stand: 3. März 2021", "Stand: 12. Mai 2022"], r"^Stand: \d+\. \pL+ \d+$"),
        (["mit Stimme Anna Schmidt", "mit Stimme Li Wei"], f"^mit Stimme {NAME}$"),
        (["Mehr (gratis) *", "Mehr (gratis) *"], r"^Mehr \(gratis\) \*$"),
        (["Teilen\u00a0auf X"] * 2, r"^Teilen\s+auf X$"),
    ],
    ids=["the same", "numbers", "months", "names", "marks", "white space"],
)
def test_lines_become_a_pattern(lines: list[str], pattern: str) -> None:
    assert patterns(wrong(*lines)) == [pattern]


@pytest.mark.parametrize(
    "lines",
    [["Jetzt mitmachen!"], ["1", "2"], ["Ja 1", "Ja 2"], ["x" * 201] * 3],
    ids=["once", "numbers only", "too few letters", "too long"],
)
def test_lines_that_tell_too_little_become_none(lines: list[str]) -> None:
    assert patterns(wrong(*lines)) == []


@pytest.mark.parametrize("judged", [True, False], ids=["judged", "kept for sure"])
def test_a_pattern_that_matches_another_line_is_not_suggested(*, judged: bool) -> None:
    known = [*wrong("Seite 1 von 3", "Seite 2 von 3"), right("Seite 7 von 9", judged=judged)]

    assert patterns(known) == []


def test_names_stay_open_only_where_they_differ() -> None:
    assert patterns(wrong("von Anna Schmidt", "von Anna Schmidt")) == ["^von Anna Schmidt$"]


def test_a_name_that_is_content_elsewhere_closes_the_pattern_again() -> None:
    known = [
        *wrong("mit Stimme Anna Schmidt", "mit Stimme Anna Schmidt", "mit Stimme Li Wei"),
        right("mit Stimme Des Volkes"),
    ]

    assert patterns(known) == ["^mit Stimme Anna Schmidt$"]


def test_examples_are_of_the_verdicts_and_the_misses_are_near() -> None:
    near, far = "Seite an Seite von früh bis spät", "Der Zug kam um acht."
    known = [*wrong("Seite 1 von 3", "Seite 2 von 3"), right(far), right(near)]

    [found] = candidates(known)

    assert found.rule.hit == ["Seite 1 von 3", "Seite 2 von 3"]
    assert found.rule.miss[0] == near
    assert found.judged_misses


@pytest.mark.parametrize(
    ("languages", "expected"), [(("de", "de"), "de"), (("de", "fr"), "any")], ids=str
)
def test_a_rule_is_for_the_language_of_its_lines(languages: tuple[str, str], expected: str) -> None:
    known = [s for lang in languages for s in wrong("Jetzt mitmachen!", language=lang)]

    [found] = candidates([*known, right(SENTENCE)])

    assert found.rule.language == (expected if expected != "any" else None)
    assert found.rule.id == f"boilerplate.jetzt_mitmachen.{expected}"


def test_ids_are_not_taken_twice() -> None:
    known = [*wrong("Jetzt mitmachen!", "Jetzt mitmachen!"), right(SENTENCE)]

    [found] = candidates(known, {"boilerplate.jetzt_mitmachen.de"})

    assert found.rule.id == "boilerplate.jetzt_mitmachen_2.de"


def test_a_pattern_without_a_latin_letter_has_an_id_too() -> None:
    [found] = candidates([*wrong("続きを読む", "続きを読む"), right(SENTENCE)])

    assert Rule.model_validate(found.rule.model_dump())


def test_the_more_lines_say_so_the_louder_a_rule_is() -> None:
    weights = [
        candidates([*wrong(*["Jetzt mitmachen!"] * times), right(SENTENCE)])[0].rule.weight
        for times in (2, 8, 99)
    ]

    assert weights == [0.75, 0.9, 0.97]


HOSTILE = ["'''", '"""\\', "\x7f\x1b", "[[rule]]", "\u202egpj", "a\\Qb\\E", "# x", "{{ 7 }} $1"]


@pytest.mark.parametrize("mark", HOSTILE, ids=repr)
def test_whatever_a_line_holds_a_pack_is_valid_and_does_what_it_promises(
    tmp_path: Path, mark: str
) -> None:
    lines = wrong(f"Mehr dazu {mark} hier", f"Mehr dazu {mark} hier")
    [found] = candidates([*lines, right(f"{mark} und was anderes")])
    pack = tmp_path / "pack.toml"
    pack.write_text(pack_text([found.rule], {found.rule.id: ["said"]}), encoding="utf-8")

    [rule] = load_rules(pack).rules

    assert rule == found.rule
    assert list(failing_examples(rule)) == []


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that missed the same kind of line on four pages, with verdicts that say so."""
    folder = tmp_path_factory.mktemp("run")
    texts = (f"{SENTENCE}\nVorgelesen mit Stimme {name}\n{THANKS}\n{SENTENCE}" for name in NAMES)
    raws = [Raw(f"d{i}", "text", text.encode(), f"d{i}") for i, text in enumerate(texts)]
    clean_into(folder, raws, Pipeline())
    with opened(folder) as review:
        for i, name in enumerate(NAMES):
            review.say(f"d{i}", f"Vorgelesen mit Stimme {name}", Label.BOILERPLATE)
            review.say(f"d{i}", THANKS, Kind.ACCEPT)
    return folder


def judged(run: Path) -> list[object]:
    """The pages of a run with verdicts."""
    return list(judged_pages(reviewed(run), read_opinions([run / "review.sqlite"])))


def gold(text: str, label: Label) -> GoldPage:
    """A labelled page with this line in it."""
    lines = [(SENTENCE, Label.BODY), (text, label), (THANKS, Label.BODY), (SENTENCE, Label.BODY)]
    return GoldPage(id="g", lines=tuple(GoldLine(text=t, label=of) for t, of in lines))


def test_a_suggestion_tells_what_it_gains_and_a_run_with_it_shows_it(
    run: Path, tmp_path: Path, pipeline: Pipeline
) -> None:
    [found] = suggest(judged(run), {}, pipeline)  # type: ignore[arg-type]
    pack = tmp_path / "pack.toml"
    pack.write_text(suggested_pack([found]), encoding="utf-8")

    effect = found.effects["verdicts"]
    settings = pipeline.settings.model_copy(update={"rules": (pack,)})
    record = Pipeline(settings).run(f"{SENTENCE}\nVorgelesen mit Stimme Eva Groß\n{THANKS}")

    assert (effect.gained, effect.lost, found.is_safe) == (4, 0, True)
    assert [gone.text for gone in record.removed] == ["Vorgelesen mit Stimme Eva Groß"]
    assert "# verdicts: 4 lines gained, 0 lost" in pack.read_text(encoding="utf-8")


def test_a_suggestion_that_spoils_gold_is_not_safe_and_not_written(
    run: Path, pipeline: Pipeline
) -> None:
    pages = [gold("Vorgelesen mit Stimme Eva Groß", Label.BODY)]

    [found] = suggest(judged(run), {"gold.jsonl": pages}, pipeline)  # type: ignore[arg-type]

    effect = found.effects["gold.jsonl"]
    assert (effect.gained, effect.lost, effect.article) == (0, 1, 1)
    assert not found.is_safe
    assert suggested_pack([found]) == ""
