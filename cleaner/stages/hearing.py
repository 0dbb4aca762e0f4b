"""What stages propose for pages: ours for many at once, others page by page, checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from cleaner.errors import CleanerError, StageError
from cleaner.model import Page, Stage
from cleaner.stages import STAGES, proposed
from cleaner.stages.proposals import checked
from cleaner.stages.voices import Voices
from cleaner.together import together, tried


def hear(stages: Mapping[str, Stage], pages: Sequence[Page]) -> list[Voices | CleanerError]:
    """What all stages propose for each page, or the error that one of them made of it."""
    ours = {name: stage for name, stage in STAGES.items() if stages.get(name) is stage}
    others = {name: stage for name, stage in stages.items() if name not in ours}
    heard = together(partial(proposed, ours.values()), partial(voices_of, ours), pages)
    if not others:
        return heard

    def with_others(of_page: tuple[Page, Voices | CleanerError]) -> Voices:
        page, voices = of_page
        if isinstance(voices, CleanerError):
            raise voices
        return Voices.joined([voices, voices_of(others, page)])

    return [tried(with_others, each) for each in zip(pages, heard, strict=True)]


def voices_of(stages: Mapping[str, Stage], page: Page) -> Voices:
    """What all stages propose for a page.

    Raises:
        StageError: a stage raised, or proposed what it may not.
    """
    return Voices.joined([_said_by(name, stage, page) for name, stage in stages.items()])


def _said_by(name: str, stage: Stage, page: Page) -> Voices:
    try:
        if stage is STAGES.get(name):  # checked by the tests: it takes as long as proposing
            return Voices.of(stage(page))
        return Voices.of(checked(name, list(stage(page)), len(page)))
    except CleanerError:
        raise
    except Exception as error:
        raise StageError(
            f"{page.document.id}: stage '{name}' raised {error!r}; mend the stage,"
            f' or leave it out with without("{name}")'
        ) from error
