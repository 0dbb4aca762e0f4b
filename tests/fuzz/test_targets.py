"""No target of fuzzing breaks: on what has been found before, and on what hypothesis draws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz.limits import TooLongError, in_time
from fuzz.seeds import FOUND, known, seeds
from fuzz.targets import TARGETS
from tests.fuzz.drawn import contents

every_target = pytest.mark.parametrize("name", TARGETS)


@every_target
@given(data=st.data())
def test_whatever_is_drawn_breaks_nothing(name: str, data: st.DataObject) -> None:
    content = data.draw(contents(name))

    with in_time(len(content)):
        TARGETS[name](content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param(name, content, id=f"{name} {number}")
        for name in TARGETS
        for number, content in enumerate(known(name), 1)
    ],
)
def test_what_was_found_once_breaks_nothing_again(name: str, content: bytes) -> None:
    with in_time(len(content)):
        TARGETS[name](content)


@every_target
def test_fuzzing_has_something_to_begin_with(name: str) -> None:
    assert seeds(name)


def test_every_case_that_was_found_belongs_to_a_target() -> None:
    folders = {folder.name for folder in FOUND.iterdir() if folder.is_dir()}

    assert folders <= {name.replace(" ", "-") for name in TARGETS}


def test_what_takes_too_long_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fuzz.limits.SECONDS", -1.0)

    with pytest.raises(TooLongError), in_time(10):
        pass
