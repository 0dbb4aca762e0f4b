from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from cleaner.model import Failure
from cleaner.runs.tally import SLOWEST, Slow, Tally

counters = st.dictionaries(st.sampled_from("abc"), st.integers(1, 9)).map(Counter)
slow = st.builds(Slow, st.text(max_size=3), st.integers(0, 99).map(float), st.just(1), st.just(1))
tallies = st.builds(
    Tally,
    documents=st.integers(0, 9),
    failed=st.integers(0, 9),
    rules=counters,
    failures=counters,
    seconds=st.integers(0, 9).map(float),
    slowest=st.lists(slow, max_size=3),
)


def total(parts: Sequence[Tally]) -> Tally:
    found = Tally()
    for part in parts:
        found.merge(part)
    return found


@given(
    st.lists(tallies, max_size=6).flatmap(
        lambda all_: st.tuples(st.just(all_), st.permutations(all_))
    )
)
def test_tallies_add_up_in_any_order(both: tuple[list[Tally], list[Tally]]) -> None:
    one, other = map(total, both)

    assert one == other
    assert one.documents == sum(part.documents for part in both[0])
    assert len(one.slowest) <= SLOWEST


@given(tallies)
def test_a_tally_is_read_back_as_it_was(tally: Tally) -> None:
    adapter = TypeAdapter(Tally)

    assert tally == adapter.validate_json(adapter.dump_json(tally))


def test_failures_are_counted_by_kind() -> None:
    tally = Tally()
    for kind in ("SourceError", "LimitError", "SourceError"):
        tally.add(Failure("a", kind, "why"))

    assert (0, 3, {"SourceError": 2, "LimitError": 1}) == (
        tally.documents,
        tally.failed,
        tally.failures,
    )
