"""Many rules matched on many lines: literals choose the few pairs worth a try, engines try them.

What is tried (see `cleaner.candidates`) runs in RE2, in time linear in the line, or in `regex`
under a time limit; rule by rule, since an engine that has just been used is faster. Lines that are
the same are matched once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np

from cleaner.candidates import Candidates, Lines
from cleaner.places import Positions
from cleaner.searches import Script, Search, Written, search_of, written

# So many lines are matched at once: bounds what lies beside them, and all of it stays in the cache.
BATCH_LINES = 2_000


class Matcher:
    """Some rules, matched together; an engine gets to see a pattern when it is first tried."""

    def __init__(self, *groups: Candidates) -> None:
        self._groups = groups
        self._rules = [rule for group in groups for rule in group.rules]
        self._searches: dict[tuple[int, Script], Search] = {}

    def matches(self, lines: Sequence[str]) -> tuple[Positions, Positions]:
        """The places of line and rule of each match; sorted.

        Raises:
            RuleError: a pattern outside RE2 ran past PATTERN_SECONDS on a line.
        """
        places = {line: place for place, line in enumerate(dict.fromkeys(lines))}
        once = list(places)
        found: list[tuple[int, int]] = []
        for begin in range(0, len(once) if self._rules else 0, BATCH_LINES):
            of_batch = self._matches_once(once[begin : begin + BATCH_LINES])
            found += [(begin + line, rule) for line, rule in of_batch]
        matched, rules = np.asarray(sorted(found), np.intp).reshape(-1, 2).T
        # Each line has the matches of its text: begin, begin + 1, ...
        many = np.bincount(matched, minlength=len(once))
        of_line = np.fromiter(map(places.__getitem__, lines), np.intp, len(lines))
        begins, counts = (np.cumsum(many) - many)[of_line], many[of_line]
        offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        return np.repeat(np.arange(len(lines)), counts), rules[np.repeat(begins, counts) + offsets]

    def _matches_once(self, lines: Sequence[str]) -> Iterator[tuple[int, int]]:
        """The matches of a batch of lines, rule by rule."""
        where, tried = self._candidates(Lines.of(lines))
        texts = {i: written(lines[i]) for i in set(where.tolist())}
        scripts = np.zeros(len(lines), np.int8)
        scripts[list(texts)] = [text.script for text in texts.values()]
        for script in Script:
            rows = scripts[where] == script
            yield from self._tried(script, texts, where[rows], tried[rows])

    def _candidates(self, lines: Lines) -> tuple[Positions, Positions]:
        """The pairs of a line and a rule that are worth a try, rule by rule."""
        found, first = [], 0
        for group in self._groups:
            line, rule = group(lines)
            found.append((line, rule + first))
            first += len(group.rules)
        where, tried = zip(*found, strict=True)
        return np.concatenate(where), np.concatenate(tried)

    def _tried(
        self, script: Script, texts: Mapping[int, Written], where: Positions, tried: Positions
    ) -> Iterator[tuple[int, int]]:
        """The matches of lines that are written alike."""
        rules, first = np.unique(tried, return_index=True)
        edges = pairwise([*first.tolist(), len(tried)])
        for rule, (begin, end) in zip(rules.tolist(), edges, strict=True):
            search = self._searches.get((rule, script)) or self._compiled(rule, script)
            for line in where[begin:end].tolist():
                if search(texts[line].text):
                    yield line, rule

    def _compiled(self, place: int, script: Script) -> Search:
        self._searches[place, script] = search = search_of(self._rules[place], script)
        return search
