"""What stages may propose: the proposals of other people's stages, checked and mended."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Integral, Real

from cleaner.errors import StageError
from cleaner.model import Label, Proposal


def checked(name: str, proposals: list[Proposal], lines: int) -> list[Proposal]:
    """What a stage proposed for a page of so many lines, with the numbers Python's own.

    Raises:
        StageError: it proposed what it may not.
    """
    if are_sound(proposals, lines):
        return proposals
    return [_mended(name, p, lines) for p in proposals]


def are_sound(proposals: Iterable[Proposal], lines: int) -> bool:
    """Whether all of them are to the letter what they should be, as nearly always.

    One loop without a call: there may be two proposals a line.
    """
    for p in proposals:
        if type(p) is not Proposal:
            return False
        first, last, label, weight, stage, rule, reason = p
        if not (
            type(first) is type(last) is int
            and 0 <= first <= last < lines
            and type(label) is Label
            and type(weight) is float
            and 0.0 < weight <= 1.0
            and type(stage) is type(rule) is type(reason) is str
        ):
            return False
    return True


def _mended(name: str, proposal: Proposal, lines: int) -> Proposal:
    """A proposal with the numbers of other libraries made Python's own.

    Raises:
        StageError: it is none, or proposes what it may not.
    """
    p = proposal
    numbers = isinstance(p.first, Integral) and isinstance(p.last, Integral)
    texts = all(isinstance(text, str) for text in (p.stage, p.rule, p.reason))
    sound = isinstance(p.label, Label) and isinstance(p.weight, Real) and numbers and texts
    if not sound or not 0 <= p.first <= p.last < lines or not 0 < p.weight <= 1:
        raise StageError(
            f"stage '{name}' proposed {p}; lines are numbers from 0 to {lines - 1}, a label is a"
            " Label, a weight lies in (0, 1], stage, rule and reason are texts"
        )
    return p._replace(first=int(p.first), last=int(p.last), weight=float(p.weight))
