"""Pages with markup are decided on by weights of their own, among texts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cleaner import HtmlPage, Pipeline, Record
from cleaner.decide.contributions import PARTS_OF_REASON, contributions
from cleaner.decide.inputs import HTML, TEXT, numbers_of_pages
from cleaner.decide.weights import builtin_weights
from cleaner.html.documents import documents
from cleaner.html.families import FAMILIES
from tests.decide import networks
from tests.laws import REAL

MARKUP = f"""<title>Die Fähre</title><nav><a href="/">Start</a></nav><main><h1>Die Fähre</h1>
<p>{REAL[0]}</p><p>{REAL[1]}</p></main>
<section id="comments"><p class="comment">Schön!</p></section>"""
PAGES = [HtmlPage("a", MARKUP), HtmlPage("b", MARKUP * 2)]
TEXTS = ["\n".join(REAL[:3]), "Start\n\nImpressum"]
PIPELINE = Pipeline()
TEXT_ALONE = Pipeline(weights=replace(builtin_weights(), html=None))


def told(record: Record) -> list[tuple[object, ...]]:
    return [(d.label, d.score, tuple(d.voices)) for _, d in record.explained]


def test_pages_and_texts_are_decided_alike_alone_and_together() -> None:
    mixed = [PAGES[0], TEXTS[0], PAGES[1], TEXTS[1]]

    together = [told(record) for record in PIPELINE.map(mixed)]

    assert [told(PIPELINE.run(each)) for each in mixed] == together


def test_texts_are_decided_by_the_weights_for_text() -> None:
    assert told(TEXT_ALONE.run(TEXTS[0])) == told(PIPELINE.run(TEXTS[0]))
    assert told(TEXT_ALONE.run(PAGES[0])) != told(PIPELINE.run(PAGES[0]))


def test_without_weights_for_markup_a_page_is_decided_on_as_its_text() -> None:
    [document] = documents([PAGES[0]])

    assert told(TEXT_ALONE.run(document)) == told(TEXT_ALONE.run(replace(document, markup=None)))


def test_the_reasons_name_what_the_markup_says() -> None:
    reasons = [voice.reason for _, d in PIPELINE.run(PAGES[0]).explained for voice in d.voices]

    assert any("its place in the markup" in reason for reason in reasons)
    assert any("> section#comments > p.comment)" in reason for reason in reasons)


def test_what_the_markup_added_is_part_of_an_exact_sum() -> None:
    network = networks.network(2, HTML)
    largest = networks.largest_inputs("line", HTML)
    inputs = np.rint(np.random.default_rng(0).uniform(-1, 1, (20, len(largest))) * largest)
    logits = network.logits(inputs.astype(np.float32), [20])
    labels, others = logits.argmax(axis=1), logits.argmin(axis=1)

    parts = contributions(network, inputs.astype(np.float32), labels, others).parts

    at = np.arange(20)
    assert np.allclose(logits[at, labels] - logits[at, others], parts.sum(axis=1))
    assert parts[:, PARTS_OF_REASON.index("markup")].any()


def test_numbers_of_the_markup_stand_behind_those_of_the_text() -> None:
    pages = [page for page in PIPELINE.pages(documents(PAGES)) if not isinstance(page, Exception)]
    silent = [()] * len(pages)

    marked = numbers_of_pages(pages, silent, HTML)

    assert (sum(map(len, pages)), len(HTML.features)) == marked.shape
    of_text = numbers_of_pages(pages, silent, TEXT)
    assert np.array_equal(of_text, marked[:, : len(TEXT.features)])
    first = pages[0].document.markup
    assert first is not None
    at = HTML.names.index("near.comment")
    assert np.array_equal(first.families[:, FAMILIES.index("comment")], marked[: len(first), at])


def test_a_text_has_no_markup_to_read() -> None:
    pages = [page for page in PIPELINE.pages(documents(PAGES)) if not isinstance(page, Exception)]
    bare = replace(pages[0], document=replace(pages[0].document, markup=None))

    with pytest.raises(TypeError, match="a: has no markup"):
        numbers_of_pages([bare], [()], HTML)
