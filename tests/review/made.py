"""Runs for tests: documents whose lines were decided as the test says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection
from typing import NamedTuple

from cleaner import Label, Settings
from cleaner.decide.decisions import Decision, Decisions, Voice
from cleaner.record import Record, cut
from cleaner.review.judge import Judged, Judgement, judge
from cleaner.review.lines import decided
from cleaner.review.rewrite import RunWriter
from cleaner.review.runs import Reviewed, reviewed
from cleaner.review.values import Act, Kind, Scope
from cleaner.text.segment import segment
from cleaner.writers.formats import ROW_FORMATS


class Made(NamedTuple):
    """A line and what is decided about it."""

    text: str
    label: Label = Label.BODY
    score: float = 0.9
    rule: str = "stage.rule"
    undecided: bool = False


SENTENCE = "Der Bahnhof wurde am Montag nach drei Jahren eröffnet."
TICKER = Made("+++ Sturm sperrt den Hafen +++", Label.TICKER, 0.8, "ticker.plus")
REPLY = Made("Antworten", Label.COMMENT, 0.7, "comments.reply")
DOUBTED = Made("Kleine Randnotiz", undecided=True)


def record(name: str, *lines: Made, settings: Settings | None = None, **about: object) -> Record:
    """The record of a text of these lines, one below the other."""
    document = segment("\n".join(line.text for line in lines), name, **about)
    decisions = Decisions.of(map(_decision, lines))
    flags = ("undecided_lines",) if any(line.undecided for line in lines) else ()
    return cut(document, decisions, settings or Settings(), flags=flags, language="de")


def quarantined(name: str, *lines: Made) -> Record:
    """The record of a page that was kept whole."""
    document = segment("\n".join(line.text for line in lines), name)
    kept = [line._replace(label=Label.BODY, undecided=True) for line in lines]
    return cut(
        document,
        Decisions.of(map(_decision, kept)),
        Settings(),
        instead_of=Decisions.of(map(_decision, lines)),
        flags=("undecided_lines", "quarantined"),
    )


def _decision(line: Made) -> Decision:
    strong = Voice(line.label, 0.9, line.rule.partition(".")[0], line.rule, "looks like it", 2.0)
    weak = Voice(Label.BODY, 0.3, "article", "article.prose", "reads like text", -0.5)
    return Decision(line.label, line.score, undecided=line.undecided, voices=(strong, weak))


def write_run(folder: Path, records: Iterable[Record], settings: Settings | None = None) -> Path:
    """A run's folder with these records."""
    chosen = settings or Settings()
    with RunWriter(folder) as writer:
        for each in records:
            writer.record(each)
        writer.finish({"version": "0", "settings": chosen.model_dump(mode="json"), "failed": 0})
    return folder


def usual_run(folder: Path) -> Path:
    """A run of three documents on two sites: a ticker, comments and doubtful lines in each."""
    lines = Made(SENTENCE), TICKER, REPLY, DOUBTED
    return write_run(
        folder,
        [
            record("a", *lines, url="https://one.example/a"),
            record("b", *lines, REPLY, url="https://one.example/b"),
            record("c", *lines, Made("Teilen", Label.BOILERPLATE, 0.99, "boilerplate.share")),
        ],
    )


def pack(run: Path, suffix: str) -> Path:
    """The same run with its rows in files of this suffix, two of each kind."""
    for kind in ("documents", "removed", "failed"):
        plain = run / f"{kind}.jsonl"
        rows = plain.read_text(encoding="utf-8").splitlines()
        plain.unlink()
        (run / kind).mkdir()
        for number, some in enumerate((rows[:2], rows[2:])):
            packed = ROW_FORMATS[suffix].encode(kind, some)
            (run / kind / f"{number:06}{suffix}").write_bytes(packed)
    return run


@contextmanager
def opened(folder: Path) -> Iterator[Review]:
    """A run with its verdicts."""
    run = reviewed(folder)
    with run.connected() as connection:
        yield Review(run, connection)


class Review(NamedTuple):
    """A run and the connection to its verdicts."""

    run: Reviewed
    connection: Connection

    def start(self, doc: str, text: str) -> int:
        """Where the first line of this text starts in a document."""
        found = self.run.record(self.connection, doc)
        assert found
        return next(line.place.start for line in decided(found) if line.text == text)

    def say(
        self, doc: str, text: str, kind: Kind | Label, scope: Scope = Scope.LINE, **who: str
    ) -> Judged:
        """A verdict on a line, by `who`, perhaps with a `note`; a label relabels it."""
        label = kind if isinstance(kind, Label) else None
        said = Kind.RELABEL if isinstance(kind, Label) else kind
        act = Act(who.get("who", "anna"), said, scope, who.get("note", ""))
        query = "SELECT number FROM run.documents WHERE id = ?"
        [number] = self.connection.execute(query, (doc,)).fetchone()
        return judge(
            self.run, self.connection, Judgement(number, self.start(doc, text), act, label)
        )
