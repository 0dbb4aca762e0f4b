"""What an engine says of many texts, in one table: each answer is made when asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
import numpy.typing as npt

from cleaner.measure.places import Positions
from cleaner.model import Bools, Scores


@dataclass(frozen=True, slots=True, eq=False)
class Shares(Sequence[Mapping[str, float]]):
    """How probable each language is for each text."""

    codes: Sequence[str]
    table: npt.NDArray[np.floating]  # shape (texts, codes); 0 where there is nothing to tell

    @classmethod
    def of(cls, answers: Sequence[Mapping[str, float]]) -> Shares:
        """The table of answers that came one by one; its languages are sorted.

        So sums of floats, which depend on the order, do not depend on what else was asked.
        """
        if isinstance(answers, Shares):
            return answers
        codes = sorted({code for answer in answers for code in answer})
        rows = [[answer.get(code, 0.0) for code in codes] for answer in answers]
        return cls(codes, np.array(rows, np.float64).reshape(len(rows), len(codes)))

    def __len__(self) -> int:
        return len(self.table)

    @overload
    def __getitem__(self, index: int) -> Mapping[str, float]: ...
    @overload
    def __getitem__(self, index: slice) -> Shares: ...
    def __getitem__(self, index: int | slice) -> Mapping[str, float] | Shares:
        if isinstance(index, slice):
            return Shares(self.codes, self.table[index])
        shares = zip(self.codes, self.table[index].tolist(), strict=True)
        return {code: share for code, share in shares if share}

    def at_home(self, rows: Positions, home: Collection[str]) -> Scores:
        """The share of some languages in each of some rows, added up one after the other."""
        found = np.zeros(len(rows))
        for column, code in enumerate(self.codes):
            if code in home:
                found += self.table[rows, column]
        return found

    def likeliest_but(
        self, rows: Positions, home: Collection[str], family: Collection[str]
    ) -> tuple[Scores, Bools]:
        """The share of the likeliest language that is not of `home`, and whether it is of `family`.

        One row for each of some rows of the table.
        """
        others = [column for column, code in enumerate(self.codes) if code not in home]
        if not others:
            return np.zeros(len(rows)), np.zeros(len(rows), np.bool_)
        table = self.table[np.ix_(rows, np.asarray(others, np.intp))]
        best = table.argmax(axis=1)
        most = table[np.arange(len(rows)), best].astype(np.float64)
        in_family = np.asarray([self.codes[column] in family for column in others], np.bool_)
        return most, in_family[best] & (most > 0)
