"""Which rules matched which lines, in columns; each `Hit` is made when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain
from typing import overload

import numpy as np

from cleaner.measure.places import Places, Positions
from cleaner.model import LABELS, Bools, Hit, Label, LabelIndices, Scores

INDEX = {label: i for i, label in enumerate(LABELS)}


@dataclass(frozen=True, slots=True, eq=False)
class KnownRules:
    """What the hits of some rules say, in columns; one row a rule."""

    ids: tuple[str, ...]
    labels: LabelIndices  # index into LABELS
    weights: Scores
    reasons: tuple[str, ...]
    opens: Bools
    patterns: tuple[str, ...]  # empty of hits that were made one by one

    @classmethod
    def of(
        cls, rules: Iterable[tuple[str, Label, float, str, bool]], patterns: Sequence[str] = ()
    ) -> KnownRules:
        """The columns of rules: id, label, weight, reason, and whether a hit opens a section."""
        rows = tuple(rules)
        ids, labels, weights, reasons, opens = zip(*rows, strict=True) if rows else ((),) * 5
        return cls(
            tuple(ids),
            np.asarray([INDEX[label] for label in labels], np.int8),
            np.asarray(weights, np.float64),
            tuple(reasons),
            np.asarray(opens, np.bool_),
            tuple(patterns) or ("",) * len(rows),
        )

    def __len__(self) -> int:
        return len(self.ids)


NO_RULES = KnownRules.of(())


@dataclass(frozen=True, slots=True, eq=False)
class Hits(Sequence[Hit]):
    """The hits of rules in order of lines, one row a hit."""

    lines: Positions
    rules: Positions  # index into `known`
    known: KnownRules

    @classmethod
    def of(cls, hits: Iterable[Hit]) -> Hits:
        """The columns of hits that were made one by one."""
        if isinstance(hits, Hits):
            return hits
        rows = list(hits)
        said = [(hit.rule, hit.label, hit.weight, hit.reason, hit.opens) for hit in rows]
        place = {each: i for i, each in enumerate(dict.fromkeys(said))}
        return cls(
            np.asarray([hit.line for hit in rows], np.intp),
            np.asarray([place[each] for each in said], np.intp),
            KnownRules.of(place),
        )

    @classmethod
    def joined(cls, several: Iterable[Iterable[Hit]], starts: Iterable[int]) -> Hits:
        """The hits of several pages as those of pages laid end to end; each begins at its start."""
        found = list(map(cls.of, several))
        tables = {id(hits.known): hits.known for hits in found}
        begin = dict(zip(tables, accumulate(map(len, tables.values()), initial=0), strict=False))
        pairs = list(zip(found, starts, strict=True))
        return cls(
            np.concatenate([_NONE, *(hits.lines + start for hits, start in pairs)]),
            np.concatenate([_NONE, *(hits.rules + begin[id(hits.known)] for hits in found)]),
            _one(list(tables.values())),
        )

    def __len__(self) -> int:
        return len(self.lines)

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> Hits: ...
    def __getitem__(self, index: int | slice) -> Hit | Hits:
        if isinstance(index, slice):
            return Hits(self.lines[index], self.rules[index], self.known)
        return next(iter(Hits(self.lines[[index]], self.rules[[index]], self.known)))

    def __iter__(self) -> Iterator[Hit]:
        known, rules = self.known, self.rules
        return map(
            Hit,
            self.lines.tolist(),
            map(known.ids.__getitem__, rules.tolist()),
            map(LABELS.__getitem__, known.labels[rules].tolist()),
            known.weights[rules].tolist(),
            map(known.reasons.__getitem__, rules.tolist()),
            known.opens[rules].tolist(),
        )

    @property
    def weights(self) -> Scores:
        """How loudly each hit speaks."""
        return self.known.weights[self.rules]

    @property
    def opens(self) -> Bools:
        """Which hits are headings of a section."""
        return self.known.opens[self.rules]

    def labelled(self, *labels: Label) -> Bools:
        """Which hits are for one of these labels."""
        return _among(frozenset(labels))[self.known.labels[self.rules]]

    def where(self, mask: Bools) -> Hits:
        """Some of the hits."""
        return Hits(self.lines[mask], self.rules[mask], self.known)

    def apart(self, places: Places) -> list[Hits]:
        """The hits of each of some pages laid end to end."""
        edges = np.searchsorted(self.lines, np.append(places.starts, len(places)))
        rows = map(slice, edges[:-1].tolist(), edges[1:].tolist())
        return [
            Hits(self.lines[of_page] - start, self.rules[of_page], self.known)
            for of_page, start in zip(rows, places.starts.tolist(), strict=True)
        ]


_NONE = np.zeros(0, np.intp)


@cache
def _among(labels: frozenset[Label]) -> Bools:
    return np.asarray([label in labels for label in LABELS], np.bool_)


def _one(tables: Sequence[KnownRules]) -> KnownRules:
    if len(tables) == 1:
        return tables[0]
    return KnownRules(
        tuple(chain.from_iterable(known.ids for known in tables)),
        np.concatenate([NO_RULES.labels, *(known.labels for known in tables)]),
        np.concatenate([NO_RULES.weights, *(known.weights for known in tables)]),
        tuple(chain.from_iterable(known.reasons for known in tables)),
        np.concatenate([NO_RULES.opens, *(known.opens for known in tables)]),
        tuple(chain.from_iterable(known.patterns for known in tables)),
    )
