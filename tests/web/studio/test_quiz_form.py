"""The settings of a quiz as they are asked for: what is typed is kept in its unit, and shown again as it was typed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.quiz_settings import SETTINGS
from quizzes.models import Quiz
from quizzes.policy import EVERYTHING
from tests.factories import NOW
from web.studio.quiz_form import GROUPS, LATE_STEPS, QuizForm, Scaled

PLAIN = {"title": "The wall", "mode": "check", "matrix": "preset", "navigation": "free", "result_rule": "best"}
CLOSES: dict[str, Any] = {"closes_at": "2026-12-24T18:00"}


def form(quiz: Quiz | None = None, **sent: Any) -> QuizForm:
    """The form as a browser sends it, over a plain quiz unless another is named."""
    data = QueryDict(mutable=True)
    for name, value in {**PLAIN, **sent}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return QuizForm(data, quiz=quiz or Quiz(title="The wall"))


def told(bound: QuizForm) -> dict[str, list[str]]:
    bound.is_valid()
    return {name: [str(error) for error in errors] for name, errors in bound.errors.items()}


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("time_limit_seconds", "45", 2700),
        ("time_limit_seconds", "0.5", 30),
        ("time_limit_seconds", "0.01", 1),
        ("time_limit_seconds", "", None),
        ("delay_seconds", "1.5", 90),
        ("delay_seconds", "0", 0),
        ("delay_seconds", "", 0),
        ("try_penalty", "12.5", Decimal("0.125")),
        ("try_penalty", "33.333333333", Decimal("0.333333")),
        ("try_penalty", "", Decimal(0)),
        ("hint_penalty", "100", Decimal(1)),
        ("hint_penalty", "", Decimal(0)),
        ("pass_fraction", "0", Decimal(0)),
        ("pass_fraction", "", None),
        ("attempts_allowed", "3", 3),
        ("attempts_allowed", "", None),
        ("tries_allowed", "1", 1),
        ("tries_allowed", "", None),
    ],
)
def test_a_number_is_kept_in_the_unit_of_its_column(name: str, typed: Any, kept: Any) -> None:
    bound = form(**{name: typed})

    assert told(bound) == {}
    assert bound.changes()[name] == kept


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({"title": " "}, {"title": ["This field is required."]}),
        ({"title": "x" * 301}, {"title": ["Ensure this value has at most 300 characters (it has 301)."]}),
        ({"title": "a\x00b"}, {"title": ["Null characters are not allowed."]}),
        ({"mode": ""}, {"mode": ["This field is required."]}),
        ({"matrix": "mine"}, {"matrix": ["Select a valid choice. mine is not one of the available choices."]}),
        ({"try_penalty": "-1"}, {"try_penalty": ["Ensure this value is greater than or equal to 0."]}),
        ({"hint_penalty": "100.1"}, {"hint_penalty": ["Ensure this value is less than or equal to 100."]}),
        ({"pass_fraction": "NaN"}, {"pass_fraction": ["Enter a number."]}),
        ({"pass_fraction": "1e400"}, {"pass_fraction": ["Ensure this value is less than or equal to 100."]}),
        ({"attempts_allowed": "0"}, {"attempts_allowed": ["Ensure this value is greater than or equal to 1."]}),
        ({"attempts_allowed": "1.5"}, {"attempts_allowed": ["Enter a whole number."]}),
        ({"tries_allowed": "1001"}, {"tries_allowed": ["Ensure this value is less than or equal to 1000."]}),
        (
            {"time_limit_seconds": "527041"},
            {"time_limit_seconds": ["Ensure this value is less than or equal to 527040."]},
        ),
        (
            {"time_limit_seconds": "0.001"},
            {"time_limit_seconds": ["Leave it empty for no limit; a limit is more than 0."]},
        ),
        ({"opens_at": "tomorrow"}, {"opens_at": ["Enter a valid date/time."]}),
        ({"opens_at": "2026-02-30T10:00"}, {"opens_at": ["Enter a valid date/time."]}),
        ({"opens_at": "0001-01-01T00:00+14:00"}, {"opens_at": ["Choose a day between 1970 and 2999."]}),
        ({"opens_at": "1969-12-31T23:59"}, {"opens_at": ["Choose a day between 1970 and 2999."]}),
        ({"closes_at": "9999-12-31T23:59"}, {"closes_at": ["Choose a day between 1970 and 2999."]}),
        (
            {"opens_at": "2026-12-24T18:00", **CLOSES},
            {"closes_at": ["It has to close after it opens."]},
        ),
        ({"mastery_of": "3"}, {"mastery_of": ["Say both: how many right answers, and of how many."]}),
        (
            {"mastery_right": "4", "mastery_of": "3"},
            {"mastery_of": ["Ask for at least one right answer, and of at least as many."]},
        ),
        (
            {"practice_after_close": "on"},
            {"practice_after_close": ["Practice follows the closing, and this quiz has none."]},
        ),
        (
            {"late_hours_0": "8785", **CLOSES},
            {"late_hours_0": ["Ensure this value is less than or equal to 8784."]},
        ),
        (
            {"late_hours_0": "2", "late_credit_0": "50", "late_hours_1": "4", "late_credit_1": "60", **CLOSES},
            {"late_hours_0": ["Credit falls with time: no step of late credit may give more than the one before."]},
        ),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(sent: dict[str, Any], errors: dict[str, list[str]]) -> None:
    assert told(form(**sent)) == errors


STEP = "Each step of late credit has hours (above 0, at most 8,784) and a credit from 0 to 1."


@pytest.mark.parametrize("sent", [{"late_hours_0": "0", "late_credit_0": "80"}, {"late_credit_2": "80"}])
def test_credit_without_hours_is_told_and_not_dropped(sent: dict[str, Any]) -> None:
    assert told(form(**sent, **CLOSES)) == {"late_hours_0": [STEP]}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({}, []),
        ({"late_hours_0": "24", "late_credit_0": "80"}, [{"hours": 24.0, "credit": 0.8}]),
        ({"late_hours_1": "0.5"}, [{"hours": 0.5, "credit": 0.0}]),
        (
            {"late_hours_3": "2", "late_hours_0": "1", "late_credit_0": "12.5"},
            [{"hours": 1.0, "credit": 0.125}, {"hours": 2.0, "credit": 0.0}],
        ),
    ],
)
def test_steps_of_late_credit_are_kept_in_the_order_of_their_rows(sent: dict[str, Any], kept: list[Any]) -> None:
    bound = form(**sent, **CLOSES)

    assert told(bound) == {}
    assert bound.changes()["late_credit"] == kept


def untouched(quiz: Quiz) -> QuizForm:
    """The form sent back as it was opened."""
    opened = QuizForm(quiz=quiz)
    sent: dict[str, Any] = {}
    for name in opened.fields:
        value = opened[name].value()
        if isinstance(value, list):
            sent[name] = [str(each) for each in value]
        elif value is True:
            sent[name] = "on"
        elif value not in (None, False):
            sent[name] = f"{value:%Y-%m-%dT%H:%M}" if hasattr(value, "strftime") else str(value)
    return form(quiz, **sent)


@pytest.mark.parametrize("number", [0, 1, LATE_STEPS, LATE_STEPS + 1, 10])
def test_every_step_of_late_credit_is_shown_and_kept(number: int) -> None:
    steps = [{"hours": float(hours), "credit": round(1 - hours / 20, 6)} for hours in range(1, number + 1)]
    quiz = Quiz(title="The wall", closes_at=NOW, late_credit=steps)

    bound = untouched(quiz)

    assert told(bound) == {}
    assert bound.changes()["late_credit"] == steps
    assert len(bound.late_steps()) == max(LATE_STEPS, number)


fractions = st.integers(min_value=0, max_value=1_000_000).map(lambda number: Decimal(number).scaleb(-6))
things = st.sets(st.sampled_from(EVERYTHING)).map(lambda chosen: sorted(chosen, key=EVERYTHING.index))
policies = st.fixed_dictionaries(dict.fromkeys(("after_answer", "after_submit", "after_close"), things))
quizzes = st.builds(
    Quiz,
    title=st.just("The wall"),
    mode=st.sampled_from(["practice", "check", "exam"]),
    navigation=st.sampled_from(["free", "sequential"]),
    result_rule=st.sampled_from(["best", "last", "first", "mean"]),
    one_by_one=st.booleans(),
    shuffle=st.booleans(),
    article_open=st.booleans(),
    ask_confidence=st.booleans(),
    build_on_last=st.booleans(),
    tries_allowed=st.none() | st.integers(1, 1000),
    attempts_allowed=st.none() | st.integers(1, 1000),
    try_penalty=fractions,
    hint_penalty=fractions,
    pass_fraction=st.none() | fractions,
    delay_seconds=st.integers(0, 10_000).map(lambda seconds: seconds * 6),
    time_limit_seconds=st.none() | st.integers(1, 10_000).map(lambda seconds: seconds * 6),
    feedback_policy=st.just({}) | policies,
)


@given(quiz=quizzes)
def test_whatever_the_settings_are_sent_back_untouched_they_stay(quiz: Quiz) -> None:
    bound = untouched(quiz)

    assert told(bound) == {}
    assert bound.changes() == {name: getattr(quiz, name) for name in SETTINGS}


@given(seconds=st.integers(min_value=0, max_value=60 * 24 * 366 * 60))
def test_any_number_of_seconds_survives_being_asked_for_in_minutes(seconds: int) -> None:
    field = Scaled("Minutes", 60, most=60 * 24 * 366, is_whole=True)

    assert field.kept(field.clean(field.asked(seconds))) == seconds


def test_every_setting_stands_in_one_group_but_for_the_matrix_and_late_credit() -> None:
    grouped = [name for _, names in GROUPS for name in names]

    assert len(grouped) == len(set(grouped))
    assert {*grouped, "feedback_policy", "late_credit"} == set(SETTINGS)
    assert [label for label, _ in QuizForm(quiz=Quiz()).groups()] == [label for label, _ in GROUPS]


def test_the_matrix_shows_what_the_mode_shows_until_it_is_chosen_otherwise() -> None:
    exam, own = Quiz(mode="exam"), Quiz(mode="exam", feedback_policy={"after_submit": ["key"]})

    def ticked(quiz: Quiz) -> set[tuple[str, str]]:
        rows = QuizForm(quiz=quiz).table()
        return {(moment, thing) for _, cells in rows for moment, thing, _, is_chosen in cells if is_chosen}

    assert ticked(exam) == {("after_submit", "fraction"), *(("after_close", thing) for thing in EVERYTHING)}
    assert ("after_submit", "key") in ticked(own)
    assert [row for row, _ in QuizForm(quiz=exam).table()] == [
        "Points",
        "What was right",
        "Comments on the answer",
        "The right answer and why",
        "The passage that proves it",
    ]


def test_what_is_ticked_that_is_no_thing_is_told_above_the_matrix() -> None:
    bound = form(matrix="own", after_answer=["fraction", "everything"])

    assert not bound.is_valid()
    assert bound.table_errors() == ["Select a valid choice. everything is not one of the available choices."]
