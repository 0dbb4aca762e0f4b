"""Texts and stages for laws that hold whatever the input."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import strategies as st

from cleaner import Label, Page, Pipeline, Proposal, Record
from cleaner.stages import STAGES

BYTE_ORDER_MARK = "\ufeff"
# What ends a line, what only looks as if it did, and other white space.
WHITE = ("\n", "\r\n", "\r", "\n\n", "\n\r", " ", "\t", "\u00a0", "\u3000", " \n \n")
NOT_LINE_ENDS = ("\u2028", "\u2029", "\u0085", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x1f")
# Lines that make the stages speak, between lines that do not.
REAL = (
    "Der Zug kam um acht Uhr an, und niemand stieg aus, obwohl der Bahnhof seit Tagen offen war.",
    "Am Abend sagte die Ministerin, man werde den Vertrag prüfen. Mehr sei noch nicht bekannt.",
    "Finanzminister der Eurogruppe beraten in Luxemburg",
    "Neuer Pass mit früherem Geburtsjahr: Frau scheitert in Rechtsstreit",
    "- Torjäger Lasogga beendet Karriere",
    "-",
    "Kommentare",
    "Lesen Sie auch: Der neue Bahnhof",
    "Anna Schmidt, 12.03.2021 um 14:05 Uhr",
    "Antworten",
    "Россия: путинские преступники заработали миллиард",
    "Este artículo fue escrito por nuestro corresponsal en la ciudad de Madrid.",
    "Alle Cookies akzeptieren",
    "Startseite",
    "東京で新しい駅が開業しました。多くの人が集まりました。",
    "أعلن الوزير عن افتتاح المحطة الجديدة اليوم.",
    "🙂 🙂 👍🏽",
    "1,3 Milliarden Euro",
    "*** 12:30 ***",
    "http://example.org/a?b=c&d=<script>alert(1)</script>",
)
ODD = (
    "\x00",
    "\ufffd",
    "\u200b",
    "\u0301",
    "\u202e",
    "\U000e0041",
    "\U0010ffff",
    "\ud800",
    "\udfff",
)
PREFIXES = (
    "",
    BYTE_ORDER_MARK,
    " date 2017-02 ",
    "date: 2018-07-31\t",
    f"{BYTE_ORDER_MARK}date 2022-06 ",
)
LONG = ("Wort " * 2_500, "字" * 9_000, "x" * 10_001, "a.b " * 2_100)


def texts() -> st.SearchStrategy[str]:
    """Arbitrary Unicode mixed with everything that has ever broken a line splitter."""
    pieces = st.one_of(
        st.sampled_from(REAL),
        st.sampled_from(WHITE),
        st.sampled_from(WHITE),
        st.sampled_from(NOT_LINE_ENDS),
        st.sampled_from(ODD),
        st.text(max_size=12),
    )
    many = st.lists(pieces, max_size=24).map("".join)
    one_long = st.tuples(many, st.sampled_from(LONG), many).map("".join)
    body = st.integers(0, 9).flatmap(lambda n: one_long if n == 0 else many)
    return st.tuples(st.sampled_from(PREFIXES), body).map("".join)


@dataclass(frozen=True)
class Voice:
    """A proposal for a page of any length: where it begins and ends are shares of the page."""

    begins: float
    ends: float
    label: Label
    weight: float
    rule: str


@dataclass(frozen=True)
class AnyStage:
    """A stage that says what it was made to say; stands for one written tomorrow."""

    name: str
    voices: tuple[Voice, ...]

    def __call__(self, page: Page) -> Iterator[Proposal]:
        for voice in self.voices if len(page) else ():
            ends = sorted(int(share * (len(page) - 1)) for share in (voice.begins, voice.ends))
            yield Proposal(*ends, voice.label, voice.weight, self.name, voice.rule, "drawn")


def stages(name: str = "drawn") -> st.SearchStrategy[AnyStage]:
    """A stage with up to eight voices."""
    share = st.floats(0, 1)
    voice = st.builds(
        Voice,
        begins=share,
        ends=share,
        label=st.sampled_from(Label),
        weight=st.sampled_from((0.3, 0.6, 1.0)) | st.floats(1e-6, 1),
        rule=st.sampled_from(("drawn.one", "drawn.two")),
    )
    return st.builds(AnyStage, st.just(name), st.lists(voice, max_size=8).map(tuple))


# Each stage alone, all together, and none: `Pipeline(stages=PIPELINE_STAGES[...])`.
STAGE_SETS = {
    **{name: {name: stage} for name, stage in STAGES.items()},
    "all": dict(STAGES),
    "none": {},
}


def bytes_of(record: Record) -> tuple[str, ...]:
    """What a run would write of a record."""
    return (record.model_dump_json(), *(removal.model_dump_json() for removal in record.removed))


def rows_of(text: str, pipeline: Pipeline) -> tuple[str, ...]:
    """What a run would write of a text."""
    return bytes_of(pipeline.run(text))


def without_surrogates(text: str) -> str:
    """The text as it can be written in UTF-8, character by character."""
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
