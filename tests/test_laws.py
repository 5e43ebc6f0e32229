"""Laws are tried thoroughly, and briefly where all that is checked is checked in a hurry."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws import BRIEF, THOROUGH, VARIABLE, settle


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """The environment, to be asked otherwise; the run goes on as it was asked."""
    with monkeypatch.context() as environment:
        yield environment
    settle()


def tried() -> list[int]:
    """What a law is tried with now."""
    examples: list[int] = []

    @given(st.integers())
    def law(number: int) -> None:
        examples.append(number)

    law()
    return examples


@pytest.mark.parametrize(("profile", "examples"), [(BRIEF, 25), (THOROUGH, 100), ("", 100)])
def test_a_law_is_tried_as_often_as_its_run_asks_for(asked: pytest.MonkeyPatch, profile: str, examples: int) -> None:
    asked.setenv(VARIABLE, profile)
    settle()
    assert len(tried()) == examples


def test_by_itself_a_law_is_tried_thoroughly(asked: pytest.MonkeyPatch) -> None:
    asked.delenv(VARIABLE, raising=False)
    settle()
    assert len(tried()) == 100


@pytest.mark.parametrize("profile", [BRIEF, THOROUGH])
def test_no_law_is_broken_by_a_slow_machine(asked: pytest.MonkeyPatch, profile: str) -> None:
    asked.setenv(VARIABLE, profile)
    settle()
    assert settings().deadline is None


@pytest.mark.parametrize(("profile", "repeated"), [(BRIEF, True), (THOROUGH, False)])
def test_only_a_hurried_run_tries_the_same_examples_again(
    asked: pytest.MonkeyPatch, profile: str, repeated: bool
) -> None:
    asked.setenv(VARIABLE, profile)
    settle()
    first = tried()
    assert (first == tried()) is repeated


def test_what_a_run_tries_does_not_hang_on_whether_it_is_called_a_check_of_a_change(asked: pytest.MonkeyPatch) -> None:
    asked.setenv(VARIABLE, THOROUGH)
    asked.setenv("CI", "true")
    settle()
    assert settings().derandomize is False
