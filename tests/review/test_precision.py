"""The precision of rules by verdicts, with its interval."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Label, Settings
from cleaner.review.precision import RulePrecision, precisions, wilson
from cleaner.review.values import Kind, Scope
from tests.review.made import REPLY, SENTENCE, TICKER, opened, usual_run

KEEP = Settings().keep


# From table I of R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872, method 3.
@pytest.mark.parametrize(
    ("right", "judged", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_wilsons(right: int, judged: int, low: float, high: float) -> None:
    assert wilson(right, judged) == pytest.approx((low, high), abs=5e-5)


def test_a_rule_is_right_where_a_line_had_to_go_and_exact_where_its_label_is_too(
    tmp_path: Path,
) -> None:
    with opened(usual_run(tmp_path)) as review:
        review.say("a", REPLY.text, Kind.ACCEPT)
        review.say("b", REPLY.text, Kind.REJECT)
        review.say("c", REPLY.text, Label.BOILERPLATE)

        [found] = [p for p in precisions(review.connection, KEEP) if p.rule == REPLY.rule]

    assert found == RulePrecision(REPLY.rule, Label.COMMENT, 4, judged=3, right=2, exact=1)
    assert found.precision == pytest.approx(2 / 3)


def test_a_line_that_reviewers_dispute_counts_for_neither(tmp_path: Path) -> None:
    with opened(usual_run(tmp_path)) as review:
        review.say("a", TICKER.text, Kind.ACCEPT)
        review.say("a", TICKER.text, Kind.REJECT, who="ben")

        [found] = [p for p in precisions(review.connection, KEEP) if p.rule == TICKER.rule]

    assert found == RulePrecision(TICKER.rule, Label.TICKER, 3, disputed=1)
    assert found.precision is None


def test_a_line_that_two_reviewers_judge_alike_counts_once(tmp_path: Path) -> None:
    with opened(usual_run(tmp_path)) as review:
        for who in ("anna", "ben"):
            review.say("a", TICKER.text, Kind.ACCEPT, Scope.RULE, who=who)

        first = precisions(review.connection, KEEP)[0]

    assert (first.rule, first.judged, first.right) == (TICKER.rule, 3, 3)


def test_kept_lines_say_nothing_of_rules(tmp_path: Path) -> None:
    with opened(usual_run(tmp_path)) as review:
        review.say("a", SENTENCE, Label.SPAM)

        assert sum(each.judged for each in precisions(review.connection, KEEP)) == 0
