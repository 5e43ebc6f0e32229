"""What graders type: points, items of a rubric, what is graded again, a grade by word, a decision."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from quizzes.models import Question, QuestionVersion, Quiz
from web.studio.forms import DecisionForm, GradeForm, OverrideForm, RegradeForm, RubricItemForm

ONE = UUID("0f0e6c44-7a3e-4d7c-8f39-3a39b2f0a001")
TWO = UUID("0f0e6c44-7a3e-4d7c-8f39-3a39b2f0a002")


def sent(query: str) -> QueryDict:
    return QueryDict(query)


def errors(form: Any) -> dict[str, list[str]]:
    """Every error by its field, as a person reads it."""
    form.is_valid()
    return {name: [str(each) for each in told] for name, told in form.errors.items()}


@pytest.mark.parametrize(
    ("query", "fraction"),
    [
        ("points=1.5&of=2", Decimal("0.75")),
        ("points=0&of=2", Decimal(0)),
        ("points=2&of=2", Decimal(1)),
        ("points=1&of=3", Decimal("0.333333")),
        ("points=2&of=3", Decimal("0.666667")),
        ("points=0.5", Decimal("0.5")),
        ("none=on&points=2&of=2", Decimal(0)),
        ("none=on", Decimal(0)),
        ("", None),
        ("of=4", None),
    ],
)
def test_points_by_hand_are_a_fraction_of_the_questions_own(query: str, fraction: Decimal | None) -> None:
    form = GradeForm(sent(query))

    assert errors(form) == {}
    assert form.own_fraction == fraction


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("points=2.01&of=2", {"points": ["Give at most 2 points."]}),
        ("points=21&of=20.00", {"points": ["Give at most 20 points."]}),
        ("points=1.01", {"points": ["Give at most 1 point."]}),
        ("points=-1&of=2", {"points": ["Ensure this value is greater than or equal to 0."]}),
        ("points=1.005&of=2", {"points": ["Ensure that there are no more than 2 decimal places."]}),
        ("points=NaN&of=2", {"points": ["Enter a number."]}),
        ("points=Infinity&of=2", {"points": ["Enter a number."]}),
        ("points=all&of=2", {"points": ["Enter a number."]}),
        ("points=1e9&of=2", {"points": ["Ensure that there are no more than 8 digits in total."]}),
        ("of=0", {"of": ["Ensure this value is greater than or equal to 0.01."]}),
        ("item=x", {"item": ["Select a valid choice. x is not one of the available choices."]}),
        ("said=1", {"said": ["Select a valid choice. 1 is not one of the available choices."]}),
        ("comment=a%00b", {"comment": ["Null characters are not allowed."]}),
        (
            "comment=" + "x" * 1_001,
            {"comment": ["Ensure this value has at most 1000 characters (it has 1001)."]},
        ),
    ],
)
def test_a_grade_that_cannot_be_is_told_beside_its_field(query: str, told: dict[str, list[str]]) -> None:
    assert errors(GradeForm(sent(query))) == told


def test_items_and_comments_are_read_by_their_ids_in_the_order_sent() -> None:
    form = GradeForm(sent(f"item={TWO}&item={ONE}&said={ONE}"))

    assert errors(form) == {}
    assert (form.cleaned_data["item"], form.cleaned_data["said"]) == ([TWO, ONE], [ONE])


def test_nothing_ticked_is_no_item() -> None:
    form = GradeForm(sent(""))

    assert errors(form) == {}
    assert (form.cleaned_data["item"], form.cleaned_data["said"]) == ([], [])


hundredths = st.integers(min_value=0, max_value=100_000).map(lambda number: Decimal(number).scaleb(-2))


@given(points=hundredths, of=hundredths.filter(bool))
def test_whatever_points_are_given_the_fraction_lies_within_the_question(points: Decimal, of: Decimal) -> None:
    form = GradeForm({"points": str(points), "of": str(of)})

    assert form.is_valid() == (points <= of)
    if form.is_valid():
        assert form.own_fraction is not None
        assert 0 <= form.own_fraction <= 1
        assert abs(form.own_fraction * of - points) <= of / 1_000_000


@pytest.mark.parametrize(
    ("share", "fraction"),
    [("100", "1"), ("-100", "-1"), ("0", "0"), ("33.3333", "0.333333"), ("-12.5", "-0.125"), ("1e1", "0.1")],
)
def test_an_items_share_in_per_cent_is_kept_as_a_fraction(share: str, fraction: str) -> None:
    form = RubricItemForm({"text": "Names the wall", "share": share})

    assert errors(form) == {}
    assert form.fraction == Decimal(fraction)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"share": "100.01"}, {"share": ["Ensure this value is less than or equal to 100."]}),
        ({"share": "-100.01"}, {"share": ["Ensure this value is greater than or equal to -100."]}),
        ({"share": "1.00001"}, {"share": ["Ensure that there are no more than 4 decimal places."]}),
        ({"share": ""}, {"share": ["This field is required."]}),
        ({"text": "  "}, {"text": ["This field is required."]}),
        ({"text": "x" * 301}, {"text": ["Ensure this value has at most 300 characters (it has 301)."]}),
        ({"feedback": "x" * 1_001}, {"feedback": ["Ensure this value has at most 1000 characters (it has 1001)."]}),
    ],
)
def test_an_item_that_cannot_be_is_told_beside_its_field(changed: dict[str, str], told: dict[str, list[str]]) -> None:
    assert errors(RubricItemForm({"text": "Names the wall", "share": "50", **changed})) == told


def regrade(**given: str) -> RegradeForm:
    quiz = Quiz(uuid=ONE, title="The wall")
    version = QuestionVersion(question=Question(uuid=TWO), kind="single_choice", content={"stem": "Who built it?"})
    return RegradeForm({"reason": "The key was wrong.", **given}, quizzes=[quiz], questions=[version])


@pytest.mark.parametrize(
    ("given_", "quiz", "question", "only_if_higher"),
    [
        ({"quiz": str(ONE)}, ONE, None, False),
        ({"question": str(TWO)}, None, TWO, False),
        ({"quiz": str(ONE), "question": str(TWO), "only_if_higher": "on"}, ONE, TWO, True),
    ],
)
def test_a_regrade_reaches_what_was_chosen(
    given_: dict[str, str], quiz: UUID | None, question: UUID | None, only_if_higher: bool
) -> None:
    form = regrade(**given_)

    assert errors(form) == {}
    scope = form.scope
    assert (scope["quiz"] and scope["quiz"].uuid, scope["question"] and scope["question"].uuid) == (quiz, question)
    assert (scope["only_if_higher"], scope["reason"]) == (only_if_higher, "The key was wrong.")


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        ({}, {"__all__": ["Choose a quiz, a question, or both."]}),
        ({"quiz": str(ONE), "reason": " "}, {"reason": ["This field is required."]}),
        (
            {"quiz": str(ONE), "reason": "x" * 501},
            {"reason": ["Ensure this value has at most 500 characters (it has 501)."]},
        ),
        (
            {"quiz": "x", "question": str(TWO)},
            {"quiz": ["Select a valid choice. x is not one of the available choices."]},
        ),
    ],
)
def test_a_regrade_of_nothing_or_for_no_reason_is_refused(given_: dict[str, str], told: dict[str, list[str]]) -> None:
    assert errors(regrade(**given_)) == told


def test_what_can_be_graded_again_is_offered_by_name_with_everything_first() -> None:
    form: Any = regrade()

    assert form.fields["quiz"].choices == [("", "Every quiz"), (str(ONE), "The wall")]
    assert form.fields["question"].choices == [("", "Every question"), (str(TWO), "Who built it?")]


@pytest.mark.parametrize(
    ("points", "fraction"), [("0", "0"), ("1.5", "0.5"), ("3", "1"), ("1", "0.333333"), ("2", "0.666667")]
)
def test_a_grade_by_word_is_a_fraction_of_its_points(points: str, fraction: str) -> None:
    form = OverrideForm({"points": points, "reason": "It says the same."}, of=Decimal("3.00"))

    assert errors(form) == {}
    assert (form.fraction, form.fields["points"].help_text) == (Decimal(fraction), "Of 3.")


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        ({"points": "3.01"}, {"points": ["Give at most 3 points."]}),
        ({"points": "-0.01"}, {"points": ["Ensure this value is greater than or equal to 0."]}),
        ({"points": ""}, {"points": ["This field is required."]}),
        ({"reason": "\n"}, {"reason": ["This field is required."]}),
    ],
)
def test_a_grade_by_word_that_cannot_be_is_told(given_: dict[str, str], told: dict[str, list[str]]) -> None:
    form = OverrideForm({"points": "1", "reason": "It says the same.", **given_}, of=Decimal("3.00"))

    assert errors(form) == told


@pytest.mark.parametrize(("length", "is_kept"), [(0, False), (1, True), (500, True), (501, False)])
def test_a_decision_needs_a_reason_that_people_can_read(length: int, is_kept: bool) -> None:
    assert DecisionForm({"decision": "x" * length}).is_valid() == is_kept
