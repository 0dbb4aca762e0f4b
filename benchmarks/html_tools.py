"""What the tools make of HTML pages, each in a few lines; imports only what runs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from cleaner import Pipeline

# Some tools want an address; none may be asked.
ADDRESS = "https://example.org/"
STOPLISTS = {
    "ar": "Arabic", "cs": "Czech", "de": "German", "en": "English", "es": "Spanish",
    "fr": "French", "it": "Italian", "pl": "Polish", "pt": "Portuguese",
}  # fmt: skip


class Fetched(NamedTuple):
    """A page as it was fetched, and its language where it is known: jusText has to be told."""

    id: str
    markup: bytes
    lang: str | None = None


class Extracted(NamedTuple):
    """What a tool keeps of a page, and the same without headlines where it can tell."""

    text: str
    body: str


Extract = Callable[[Sequence[Fetched]], Iterable[Extracted | None]]
"""What is kept of each page; None of one that the tool raised at."""


@dataclass(frozen=True)
class Tool:
    """A tool: the distribution it is in, and what imports it."""

    distribution: str
    load: Callable[[], Extract]

    @property
    def version(self) -> str | None:
        """The version that is installed; None without one."""
        try:
            return version(self.distribution)
        except PackageNotFoundError:
            return None


def with_markup(pipeline: Pipeline) -> Extract:
    """From bytes to records."""
    from cleaner import HtmlPage  # noqa: PLC0415  # as all below: only the tool that runs

    def extract(pages: Sequence[Fetched]) -> Iterator[Extracted | None]:
        return _outcomes(pipeline, (HtmlPage(page.id, page.markup) for page in pages))

    return _together(extract)


def without_markup(pipeline: Pipeline) -> Extract:
    """The same, but for what the markup says: the lines are decided as those of a text file."""
    from cleaner import Document, HtmlPage  # noqa: PLC0415

    def extract(pages: Sequence[Fetched]) -> Iterator[Extracted | None]:
        read = pipeline.documents([HtmlPage(page.id, page.markup) for page in pages])
        # Our own flattening makes a document of every page.
        documents = (replace(x, markup=None) for x in read if isinstance(x, Document))
        return _outcomes(pipeline, documents)

    return _together(extract)


def _together(extract: Extract) -> Extract:
    """A tool that takes all pages at once; if it raises, all have failed."""

    def extract_all(pages: Sequence[Fetched]) -> Sequence[Extracted | None]:
        try:
            return list(extract(pages))
        except Exception as error:  # noqa: BLE001  # whatever a tool raises is its result
            _complain(f"{len(pages)} pages from {pages[0].id}", repr(error))
            return [None] * len(pages)

    return extract_all


def _outcomes(pipeline: Pipeline, given: Iterable[Any]) -> Iterator[Extracted | None]:
    from cleaner import Record  # noqa: PLC0415

    for outcome in pipeline.outcomes(given):
        found = isinstance(outcome, Record)
        yield Extracted(outcome.text, outcome.body) if found else None


def _cleaner(how: Callable[[Pipeline], Extract]) -> Callable[[], Extract]:
    def load() -> Extract:
        from cleaner import Pipeline  # noqa: PLC0415

        return how(Pipeline())

    return load


def _each(extract: Callable[[Fetched], str | None]) -> Extract:
    """A tool that takes one page at a time and leaves the headline where it is."""

    def extract_all(pages: Sequence[Fetched]) -> Iterator[Extracted | None]:
        for page in pages:
            try:
                text = extract(page) or ""
            except Exception as error:  # noqa: BLE001  # whatever a tool raises is its result
                _complain(page.id, repr(error))
                yield None
            else:
                yield Extracted(text, text)

    return extract_all


@cache
def _complain(name: str, error: str) -> None:
    """Tell once, however often the page comes round."""
    print(f"{name}: {error}", file=sys.stderr)


def _trafilatura(**options: Any) -> Callable[[], Extract]:
    """Without comments: what is scored is the article."""

    def load() -> Extract:
        from trafilatura import extract  # noqa: PLC0415

        return _each(lambda page: extract(page.markup, include_comments=False, **options))

    return load


def _resiliparse(**options: Any) -> Callable[[], Extract]:
    def load() -> Extract:
        from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415
        from resiliparse.parse.encoding import detect_encoding  # noqa: PLC0415
        from resiliparse.parse.html import HTMLTree  # noqa: PLC0415

        def extract(page: Fetched) -> str:
            tree = HTMLTree.parse_from_bytes(page.markup, detect_encoding(page.markup))
            return str(extract_plain_text(tree, **options))

        return _each(extract)

    return load


def _justext() -> Extract:
    """With the stop words of the page's language; by length and links alone where it has none."""
    from justext import get_stoplist, justext  # noqa: PLC0415

    stoplists = {lang: get_stoplist(name) for lang, name in STOPLISTS.items()}

    def extract(page: Fetched) -> str:
        words = stoplists.get(page.lang or "")
        shares = {} if words else {"stopwords_low": 0, "stopwords_high": 0}
        paragraphs = justext(page.markup, words or frozenset(), **shares)
        return "\n".join(each.text for each in paragraphs if not each.is_boilerplate)

    return _each(extract)


def _readability() -> Extract:
    """Its summary is markup again; the text of that."""
    from lxml.html import document_fromstring  # noqa: PLC0415
    from readability import Document  # noqa: PLC0415

    def extract(page: Fetched) -> str:
        return "\n".join(document_fromstring(Document(page.markup).summary()).itertext())

    return _each(extract)


def _newspaper() -> Extract:
    from newspaper import Article  # noqa: PLC0415

    def extract(page: Fetched) -> str:
        article = Article(ADDRESS, fetch_images=False)
        article.download(input_html=page.markup)
        article.parse()
        return str(article.text)

    return _each(extract)


CLEANER, TEXT_ALONE = "cleaner", "cleaner, text alone"
OURS: Mapping[str, Callable[[Pipeline], Extract]] = {
    CLEANER: with_markup,
    TEXT_ALONE: without_markup,
}
BASE = "trafilatura"
TOOLS: Mapping[str, Tool] = {
    **{name: Tool("cleaner", _cleaner(how)) for name, how in OURS.items()},
    BASE: Tool("trafilatura", _trafilatura()),
    "trafilatura, precision": Tool("trafilatura", _trafilatura(favor_precision=True)),
    "trafilatura, recall": Tool("trafilatura", _trafilatura(favor_recall=True)),
    "trafilatura, fast": Tool("trafilatura", _trafilatura(fast=True)),
    "resiliparse": Tool("resiliparse", _resiliparse(main_content=True, comments=False)),
    "resiliparse, all text": Tool("resiliparse", _resiliparse()),
    "jusText": Tool("justext", _justext),
    "readability-lxml": Tool("readability-lxml", _readability),
    "newspaper4k": Tool("newspaper4k", _newspaper),
}
