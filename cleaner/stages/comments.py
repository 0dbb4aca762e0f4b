"""Finds reader comments: from their heading or their voices to where they end."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from cleaner.model import Hit, Label, Page, Proposal
from cleaner.voices import by_rules

SECTION_WEIGHT = 0.98
# Voices of commenters (names, dates, 'Reply') this near to each other belong to one thread.
THREAD_GAP_LINES = 8
THREAD_VOICES = 3
THREAD_LINES_PER_VOICE = 4
THREAD_WEIGHT = 0.95


def propose(page: Page) -> Iterator[Proposal]:
    """Comment for known phrases, what is in a section of comments, and what voices frame."""
    return chain(by_rules("comments", page, Label.COMMENT), _sections(page), _threads(page))


def _sections(page: Page) -> Iterator[Proposal]:
    """Everything below the heading; what ends the page speaks for itself."""
    heading = page.structure.comments_heading
    if heading is not None and heading < len(page) - 1:
        yield _comment(
            heading,
            len(page) - 1,
            SECTION_WEIGHT,
            "comments.section",
            "is in a section of comments",
        )


def _threads(page: Page) -> Iterator[Proposal]:
    for voices in _clusters([h for h in page.hits_of(Label.COMMENT) if not h.opens]):
        lines = sorted({hit.line for hit in voices})
        dense = (lines[-1] - lines[0]) <= THREAD_LINES_PER_VOICE * len(lines)
        if len(lines) >= THREAD_VOICES and dense:
            yield _comment(
                lines[0],
                lines[-1],
                THREAD_WEIGHT,
                "comments.thread",
                f"{len(lines)} voices around it",
            )


def _clusters(hits: list[Hit]) -> Iterator[list[Hit]]:
    cluster: list[Hit] = []
    for hit in hits:
        if cluster and hit.line - cluster[-1].line > THREAD_GAP_LINES:
            yield cluster
            cluster = []
        cluster.append(hit)
    if cluster:
        yield cluster


def _comment(first: int, last: int, weight: float, rule: str, reason: str) -> Proposal:
    return Proposal(first, last, Label.COMMENT, weight, "comments", rule, reason)
