"""Counts looked up: on how many pages of its site each line of a document stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cleaner.model import Document
from cleaner.recurrence import Counted, Recurrence
from cleaner.repeats.files import Columns, Header, mapped
from cleaner.repeats.lines import Keys, key, keys
from cleaner.repeats.sites import site_of


@dataclass(frozen=True)
class Counts:
    """The counts in a file; pickled as its path and opened anew, so processes share its memory.

    Raises:
        CountsError: there is no such file, or it is none of counts, or cut short or spoilt.
    """

    file: Path
    header: Header = field(init=False)
    columns: Columns = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Map the file into memory."""
        header, columns = mapped(self.file)
        object.__setattr__(self, "header", header)
        object.__setattr__(self, "columns", columns)

    def __reduce__(self) -> tuple[Callable[[Path], Counts], tuple[Path]]:
        return Counts, (self.file,)

    def of(self, document: Document) -> Recurrence | None:
        """What was counted of a document's lines; None if no page of its site was."""
        site, columns = site_of(document), self.columns
        [place], [known] = _found(columns["site_keys"], np.asarray([key(site.key_text)], np.uint64))
        if not known:
            return None
        begin, end = columns["begins"][place : place + 2].tolist()
        at, counted = _found(columns["line_keys"][begin:end], keys(document.contents()))

        def column(name: str) -> Counted:
            found = np.zeros(len(at), np.int64)
            found[counted] = columns[name][begin:end][at[counted]]
            return found

        documents = int(columns["site_documents"][place])
        return Recurrence(site.told, documents, column("on"), column("on_sites"))


def _found(ordered: Keys, wanted: Keys) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    """Where each key stands among ordered ones, and whether it does."""
    at = np.searchsorted(ordered, wanted)
    known = at < len(ordered)
    known[known] = ordered[at[known]] == wanted[known]
    return at, known
