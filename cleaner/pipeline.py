"""Pipeline: the frozen value that ties the steps together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Any, NamedTuple

from cleaner.batches import batches, size
from cleaner.decide import Heard, decide, spare
from cleaner.decide.decisions import Decisions
from cleaner.decide.weights import Weights, builtin_weights, load
from cleaner.errors import CleanerError, SettingsError, is_of_system
from cleaner.languages import check, engine
from cleaner.languages.lines import foreign
from cleaner.languages.pages import page_languages
from cleaner.measure import measure_contents
from cleaner.model import Document, HtmlPage, Input, Label, Page, Proposal, Stage
from cleaner.page.reading import Read, page_of, pages_of
from cleaner.record import Record, cut
from cleaner.record.describe import describe
from cleaner.repeats.counts import Counts
from cleaner.rules import RuleBook, builtin_folder, builtin_rules, load_rules
from cleaner.rules.hits import Hits
from cleaner.settings import Settings
from cleaner.stages import STAGES
from cleaner.stages.hearing import hear, voices_of
from cleaner.text.segment import segment
from cleaner.together import blamed_on_us, together, tried

Outcome = Record | CleanerError
"""What became of a document: its record, or the error that names it."""


@dataclass(frozen=True)
class Pipeline:
    """Cleans documents by its settings and stages; holds no state, can be pickled and shared.

    Examples:
        >>> pipeline = Pipeline().without("language")
        >>> pipeline.run("Ein ganzer Satz steht hier, damit etwas zu lesen ist.").removed
        ()

    Raises:
        RuleError: a rule pack named in the settings is broken.
        SettingsError: the settings leave out a stage that does not exist, or choose a language
            engine whose package is not installed.
        WeightsError: the weights that the settings name cannot be read.
        CountsError: the counts of repeated lines that they name cannot be read.
    """

    settings: Settings = field(default_factory=Settings)
    stages: Mapping[str, Stage] = field(default_factory=lambda: dict(STAGES))
    weights: Weights | None = None
    """What decides; None for the weights that the settings name, or else the built-in ones."""
    rules: RuleBook = field(init=False)
    counts: Counts | None = field(init=False)
    """How often lines stand on their sites, as the settings name it."""
    _named: Weights | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Load rules and weights and leave out stages, as the settings say."""
        unknown = sorted(self.settings.without - self.stages.keys())
        if unknown:
            raise SettingsError(f"no stage '{unknown[0]}'; there are {', '.join(self.stages)}")
        check(self.settings.language.engine)
        packs = self.settings.rules
        rules = load_rules(builtin_folder(), *packs) if packs else builtin_rules()
        object.__setattr__(self, "rules", rules)
        folder = self.settings.weights
        named = load(folder) if folder and self.weights is None else None
        object.__setattr__(self, "_named", named)
        counted = self.settings.repeats if "repeats" in self.active else None
        object.__setattr__(self, "counts", Counts(counted) if counted else None)

    @property
    def active(self) -> dict[str, Stage]:
        """The stages that take part."""
        return {n: s for n, s in self.stages.items() if n not in self.settings.without}

    @property
    def deciding(self) -> Weights:
        """The weights that decide.

        The built-in ones are read when first needed: fitting new ones must not need the old.
        """
        return self.weights or self._named or builtin_weights()

    def without(self, *names: str) -> Pipeline:
        """The same pipeline but for these stages."""
        return replace(self, settings=self._settings(self.settings.without | set(names)))

    def adding(self, **stages: Stage) -> Pipeline:
        """The same pipeline with stages of your own; a name that exists is replaced."""
        settings = self._settings(self.settings.without - stages.keys())
        return replace(self, settings=settings, stages={**self.stages, **stages})

    def _settings(self, without: frozenset[str]) -> Settings:
        return self.settings.model_copy(update={"without": without})

    def run(self, document: Input | str) -> Record:
        """The record of one document.

        Raises:
            SourceError: trafilatura was asked for, and cannot read the page.
            StageError: a stage raised, or proposed what it may not.
            RuleError: a rule ran past its time limit.
        """
        [outcome] = self.outcomes([document])
        if isinstance(outcome, CleanerError):
            raise outcome
        return outcome

    def map(self, documents: Iterable[Input | str]) -> Iterator[Record]:
        """The records of many documents, in order; reads ahead by one batch at most.

        Raises as `run` does; use `outcomes` to go on past a document that fails.
        """
        for outcome in self.outcomes(documents):
            if isinstance(outcome, CleanerError):
                raise outcome
            yield outcome

    def outcomes(self, documents: Iterable[Input | str]) -> Iterator[Outcome]:
        """The record of each document, or the error that kept it from having one, in order.

        Whatever one document brings about, the others have their records. What concerns all of
        them, such as weights that cannot be read or a full disk, is raised.
        """
        for batch in batches(map(_input, documents), size):
            yield from self._outcomes_apart(batch)

    def documents(self, inputs: Sequence[Input]) -> list[Document | CleanerError]:
        """Each page of HTML as a document, or the error that kept it from being one, in order."""
        pages = [each for each in inputs if isinstance(each, HtmlPage)]
        read = iter(self._read(pages) if pages else ())
        return [next(read) if isinstance(each, HtmlPage) else each for each in inputs]

    def _read(self, pages: Sequence[HtmlPage]) -> Sequence[Document | CleanerError]:
        # Text does not need a parser of HTML and should not pay for the import.
        from cleaner.html.documents import documents, documents_by_trafilatura  # noqa: PLC0415

        if self.settings.extractor == "trafilatura":
            return documents_by_trafilatura(pages)
        several = partial(documents, extents=self.settings.needs_extents)

        def alone(page: HtmlPage) -> Document:
            with blamed_on_us(page.id):
                return several([page])[0]

        return together(several, alone, pages)

    def pages(self, documents: Sequence[Document]) -> list[Page | CleanerError]:
        """What the stages get to see of each document, or the error that kept it from that."""
        if not documents:
            return []
        asked, letters = engine(self.settings.language.engine), self.settings.language.min_letters
        contents = [document.contents() for document in documents]
        measured = measure_contents(contents)
        languages = page_languages(documents, measured, asked)
        hits = self._hits(contents, [each.first for each in languages])
        others = foreign(documents, measured, languages, asked, letters)
        recurring = [self.counts.of(each) if self.counts else None for each in documents]
        rows = zip(documents, measured, languages, hits, others, recurring, strict=True)
        sound = [Read(d, m, x, h, *more) for d, m, x, h, *more in rows if isinstance(h, Hits)]
        made = iter(together(pages_of, page_of, sound))
        return [next(made) if isinstance(found, Hits) else found for found in hits]

    def _hits(
        self, contents: Sequence[Sequence[str]], languages: Sequence[str | None]
    ) -> list[Hits | CleanerError]:
        """The rule hits of each page of lines; those of one language are searched together."""
        found: dict[int, Hits | CleanerError] = {}
        for language in sorted(set(languages), key=str):
            places = [i for i, own in enumerate(languages) if own == language]
            several = partial(self.rules.hits_of_pages, language=language)
            alone = partial(self.rules.hits, language=language)
            hits = together(several, alone, [contents[i] for i in places])
            found |= zip(places, hits, strict=True)
        return [found[i] for i in range(len(contents))]

    def proposals(self, page: Page) -> Sequence[Proposal]:
        """Every voice of every stage, checked.

        Raises:
            StageError: a stage raised, or proposed what it may not.
        """
        return voices_of(self.active, page)

    def hear(self, documents: Sequence[Document]) -> Iterator[Heard | CleanerError]:
        """Every page with every voice about it, or the error that kept it from being read."""
        pages = self.pages(documents)
        sound = [page for page in pages if isinstance(page, Page)]
        heard = zip(sound, hear(self.active, sound), strict=True)
        for page in pages:
            if isinstance(page, Page):
                _, voices = next(heard)
                yield voices if isinstance(voices, CleanerError) else Heard(page, voices)
            else:
                yield page

    def _outcomes_apart(self, batch: Sequence[Input]) -> Iterable[Outcome]:
        try:
            return list(self._outcomes(batch))
        except CleanerError:
            raise
        except Exception as error:
            if is_of_system(error):
                raise
            # What is wrong, and with which, is told one by one.
            return (tried(self._outcome_alone, each) for each in batch)

    def _outcome_alone(self, document: Input) -> Outcome:
        with blamed_on_us(document.id):
            [outcome] = self._outcomes([document])
        return outcome

    def _outcomes(self, batch: Sequence[Input]) -> Iterator[Outcome]:
        # A record of a long page is large: what was measured of it has to be gone by then.
        for found in self._judged(batch):
            yield found if isinstance(found, CleanerError) else self._cut(found)

    def _judged(self, batch: Sequence[Input]) -> list[_Judged | CleanerError]:
        read = self.documents(batch)
        heard = iter(list(self.hear([each for each in read if isinstance(each, Document)])))
        outcomes = [each if isinstance(each, CleanerError) else next(heard) for each in read]
        sound = [each for each in outcomes if isinstance(each, Heard)]
        brief = self.settings.reasons == "brief"
        decided = iter(decide(sound, self.deciding, self.settings.margin, brief=brief))
        return [
            self._judge(found.page, next(decided)) if isinstance(found, Heard) else found
            for found in outcomes
        ]

    def _judge(self, page: Page, decisions: Decisions) -> _Judged:
        weights = page.measured.letters + page.measured.digits
        keep, share = self.settings.keep, self.settings.max_removed_share
        # A language without a rule is one without a labelled page: all its text may look foreign.
        known = self.rules.knows(page.language) or Label.BODY not in keep
        text = None if known else page.structure.paragraph
        spared = spare(decisions, weights, keep, share, text)
        final = spared or decisions
        about = describe(page, final, keep, quarantined=spared is not None)
        return _Judged(page.document, final, decisions, about)

    def _cut(self, judged: _Judged) -> Record:
        document, final, decisions, about = judged
        return cut(document, final, self.settings, instead_of=decisions, **about)


class _Judged(NamedTuple):
    """All that a record is made of."""

    document: Document
    final: Decisions
    decisions: Decisions  # before a page was spared
    about: Mapping[str, Any]


def _input(given: Input | str) -> Input:
    if isinstance(given, str):
        return segment(given)
    if not isinstance(given, Document | HtmlPage):
        raise TypeError(
            f"a text, a Document or an HtmlPage is needed, not {type(given).__name__}; decode the"
            " bytes of a text first"
        )
    return given


@cache
def _default() -> Pipeline:
    return Pipeline()


def clean(text: str) -> str:
    """The article in a text, by the default settings."""
    return explain(text).text


def explain(text: str) -> Record:
    """The record of a text: what was kept, what was removed, and why."""
    return _default().run(text)
