from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from rich.console import Console, RenderableType

from cleaner import Label, Page, Pipeline, Proposal
from cleaner.rules import Rule
from cleaner.show import explained, rule_table
from cleaner.text.hidden import REPLACEMENT, inert
from cleaner.text.segment import segment
from tests.conftest import BIDI_CONTROLS

STEERING = "".join(map(chr, (*range(9), *range(11, 32), *range(127, 160))))
HOSTILE = {"bidi": BIDI_CONTROLS, "steering": STEERING}


def shown(what: RenderableType) -> str:
    """What a terminal without colours gets to see."""
    console = Console(file=io.StringIO(), width=400)
    console.print(what)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_there_are_twelve_controls_of_direction() -> None:
    assert 12 == len(BIDI_CONTROLS)


@pytest.mark.parametrize("character", BIDI_CONTROLS + STEERING, ids=lambda c: f"{ord(c):04x}")
def test_what_steers_or_turns_is_replaced(character: str) -> None:
    assert f"a{REPLACEMENT}b" == inert(f"a{character}b")


@pytest.mark.parametrize(
    "text",
    [
        "Zeile\n\tZeile",
        "na\u00adh",
        "\u0645\u06cc\u200c\u062e\u0648",
        "👩\u200d💻",
    ],
    ids=["white-space", "soft-hyphen", "non-joiner", "joiner"],
)
def test_what_languages_are_written_with_stays(text: str) -> None:
    assert text == inert(text)


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_neither_page_nor_stage_steers_the_terminal(hostile: str) -> None:
    def propose(_: Page) -> Iterator[Proposal]:
        yield Proposal(0, 0, Label.SPAM, 0.9, "own", f"rule{hostile}", f"reason{hostile}")

    # A page's own line feeds and separators end a line.
    text = f"Ein Satz{hostile.translate({10: None, 13: None, 28: None, 29: None, 30: None})}."
    record = Pipeline(stages={"own": propose}).run(segment(text, f"id{hostile}"))

    printed = shown(explained(record.model_copy(update={"title": hostile})))

    assert not set(hostile) & set(printed)
    assert all(f"{word}{REPLACEMENT}" in printed for word in ("id", "Ein Satz", "rule", "reason"))


@pytest.mark.parametrize("hostile", [*HOSTILE.values(), "[red]"], ids=[*HOSTILE, "markup"])
def test_a_rule_does_not_steer_the_terminal(hostile: str) -> None:
    rule = Rule(
        id="a.b", label=Label.SPAM, weight=0.9, pattern="x", reason="r", hit=["x"], miss=["y"]
    ).model_copy(update={"reason": f"says {hostile}"})

    assert f"says {inert(hostile)}" in shown(rule_table([rule]))
