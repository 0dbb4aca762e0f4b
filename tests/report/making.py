"""Records with chosen labels, runs of them, and their reports read back."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from lxml import html

from cleaner import Label, Settings
from cleaner.decide.decisions import Decision, Decisions, Voice
from cleaner.record import cut
from cleaner.report import write_report
from cleaner.text.segment import segment
from tests.conftest import write_run

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cleaner.record import Record

REPORT = Path(__file__).parents[2] / "cleaner" / "report"
ASSETS, TEMPLATES = REPORT / "assets", REPORT / "templates"

DOUBTFUL = [(Label.TITLE, False), (Label.BODY, True), (Label.SPAM, False), (Label.BODY, False)]


def record(
    text: str, labels: Sequence[Label] | Label = Label.BODY, name: str = "page", **about: object
) -> Record:
    """A record of a text whose lines have these labels, with two voices for each."""
    document = segment(text, name, **about)
    if isinstance(labels, Label):
        labels = [labels] * len(document.lines)
    decisions = Decisions.of(decision(label) for label in labels)
    return cut(document, decisions, Settings())


def decision(label: Label) -> Decision:
    """A decision with a strong voice for a label and a weak one for body."""
    strong = Voice(label, 0.9, "stage", f"{label}.rule", f"looks like {label}", 2.6)
    weak = Voice(Label.BODY, 0.25, "stage", "body.rule", "might be text", -0.31)
    return Decision(label, 0.87, undecided=False, voices=(strong, weak))


def run_of(folder: Path, records: Iterable[Record], **run: object) -> Path:
    """The folder of a run with these records."""
    return write_run(folder, records, **{"version": "1.2.3", "failed": 0, **run})


def pages(index: Path) -> list[Path]:
    return [index, *sorted(index.parent.glob("documents/*/*.html"))]


def parsed(page: Path) -> html.HtmlElement:
    return html.document_fromstring(page.read_bytes().decode("utf-8"))


def only_page(folder: Path, *records: Record) -> html.HtmlElement:
    """The first document's page of a report on a run of these records."""
    return parsed(pages(write_report(run_of(folder, records)))[1])


def lines_of(page: html.HtmlElement) -> list[html.HtmlElement]:
    found: list[html.HtmlElement] = page.xpath("//main//div[starts-with(@class, 'row ')]")
    return found


def source_of(element: html.HtmlElement) -> str:
    """The text of an element, with named hidden characters turned back."""
    if element.get("class") == "mark":
        return chr(int(element.text.removeprefix("U+"), 16))
    inner = (source_of(child) + (child.tail or "") for child in element)
    return (element.text or "") + "".join(inner)


def doubtful(*lines: tuple[Label, bool]) -> Record:
    """A record of lines with these labels, undecided where it says so."""
    text = "\n\n".join(f"Zeile {i}" for i in range(len(lines)))
    decisions = Decisions.of(replace(decision(label), undecided=doubt) for label, doubt in lines)
    return cut(segment(text, "page"), decisions, Settings())


def quarantined() -> Record:
    """A page kept whole, but for which two of its lines would have gone."""
    judged = Decisions.of(map(decision, [Label.BODY, Label.TICKER, Label.SPAM]))
    spared = Decisions.of(replace(decision(Label.BODY), undecided=True) for _ in range(3))
    return cut(segment("Eins\nZwei\nDrei", "page"), spared, Settings(), instead_of=judged)


def unfounded(page: Path) -> list[str]:
    """The links of a page that lead nowhere."""
    links = [link for element, _, link, _ in parsed(page).iterlinks() if not inert(element, link)]
    names: dict[Path, set[str]] = {}
    return [link for link in links if not resolves(page, link, names)]


def inert(element: html.HtmlElement, link: str) -> bool:
    return element.tag == "link" and link == "data:,"


def resolves(page: Path, link: str, names: dict[Path, set[str]]) -> bool:
    name, _, fragment = link.partition("#")
    target = page.parent / name if name else page
    if not target.is_file():
        return False
    if fragment.startswith("rule="):
        return unquote(fragment.removeprefix("rule=")) in rules_in(target)
    if fragment and target not in names:
        names[target] = set(parsed(target).xpath("//@id"))
    return not fragment or fragment in names[target]


def rules_in(index: Path) -> list[str]:
    """The rules that the list can be filtered by."""
    rules: list[str] = parsed(index).xpath("//select[@name='rule']/option/@value")
    return rules


def called(index: Path, name: str) -> list[Any]:
    """What a file of data/ calls its function with."""
    text = (index.parent / "data" / f"{name}.js").read_text(encoding="utf-8")
    [arguments] = re.findall(r"^listing\.\w+\((.*)\);\n$", text)
    found: list[Any] = json.loads(f"[{arguments}]")
    return found
