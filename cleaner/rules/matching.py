"""Many rules matched on many lines: literals choose the few pairs worth a try, engines try them.

What is tried (see `cleaner.rules.candidates`) runs in RE2, in time linear in the line, or in
`regex` under a time limit; rule by rule, since an engine that has just been used is faster. Lines
that are the same are matched once.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress, pairwise

import numpy as np

from cleaner.measure.places import Positions
from cleaner.rules.candidates import Candidates, lines_of
from cleaner.rules.searches import Script, Search, Written, search_of, written

# So many lines are matched at once: bounds what lies beside them. The more, the seldomer is the
# automaton of each rule brought back into the cache; a third as many take a twentieth longer.
BATCH_LINES = 6_000
_NOTHING = np.zeros(0, np.intp), np.zeros(0, np.intp)


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
        found = [_NOTHING]
        for begin in range(0, len(once) if self._rules else 0, BATCH_LINES):
            line, rule = self._matches_once(once[begin : begin + BATCH_LINES])
            found.append((line + begin, rule))
        matched, rules = (np.concatenate(each) for each in zip(*found, strict=True))
        order = np.lexsort((rules, matched))
        rules, many = rules[order], np.bincount(matched, minlength=len(once))
        # Each line has the matches of its text: begin, begin + 1, ...
        of_line = np.fromiter(map(places.__getitem__, lines), np.intp, len(lines))
        begins, counts = (np.cumsum(many) - many)[of_line], many[of_line]
        offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        return np.repeat(np.arange(len(lines)), counts), rules[np.repeat(begins, counts) + offsets]

    def _matches_once(self, lines: Sequence[str]) -> tuple[Positions, Positions]:
        """The matches of a batch of lines."""
        where, tried = self._candidates(lines)
        some, place = np.unique(where, return_inverse=True)
        texts = written([lines[i] for i in some.tolist()])
        scripts = np.asarray([text.script for text in texts], np.int8)[place]
        found = [_NOTHING]
        for script in Script:
            rows = scripts == script
            matched, rules = self._tried(script, texts, place[rows], tried[rows])
            found.append((some[matched], rules))
        line, rule = zip(*found, strict=True)
        return np.concatenate(line), np.concatenate(rule)

    def _candidates(self, lines: Sequence[str]) -> tuple[Positions, Positions]:
        """The pairs of a line and a rule that are worth a try, rule by rule."""
        found = [_NOTHING]
        for some in lines_of(lines):
            first = 0
            for group in self._groups:
                line, rule = group(some)
                found.append((line, rule + first))
                first += len(group.rules)
        where, tried = (np.concatenate(each) for each in zip(*found, strict=True))
        order = tried.argsort(kind="stable")
        return where[order], tried[order]

    def _tried(
        self, script: Script, texts: Sequence[Written], where: Positions, tried: Positions
    ) -> tuple[Positions, Positions]:
        """The matches of lines that are written alike; pairs come rule by rule."""
        begins = np.flatnonzero(np.diff(tried, prepend=-1))
        rules, edges = tried[begins], [*begins.tolist(), len(tried)]
        found: list[int] = []
        counts = []
        for rule, (begin, end) in zip(rules.tolist(), pairwise(edges), strict=True):
            search = self._searches.get((rule, script)) or self._compiled(rule, script)
            some = where[begin:end].tolist()
            # Without a step of Python's for each line: there are as many calls as lines.
            matched = list(compress(some, map(search, [texts[i].text for i in some])))
            found += matched
            counts.append(len(matched))
        return np.asarray(found, np.intp), np.repeat(rules, np.asarray(counts, np.intp))

    def _compiled(self, place: int, script: Script) -> Search:
        self._searches[place, script] = search = search_of(self._rules[place], script)
        return search
