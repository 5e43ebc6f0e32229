"""What a grader of free text is told of earlier answers: the decisions of people that stand, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from quizzes.domain.manual_queue import TAKEN_BACK
from quizzes.domain.people_grades import record_person_grades
from quizzes.domain.precedents import MOST_REFERENCES, Precedents, precedents_for
from quizzes.models import AutomaticAccept, CauseKind, QuestionVersion, Response, VersionState
from tests.factories import NOW, make_course, make_quiz
from tests.quizzes.domain.waiting_answers import Desk, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def decide(desk: Desk, responses: Sequence[Response], fraction: str | None, **fields: Any) -> None:
    """A person decides, a minute later each time `after` says so."""
    minutes = fields.pop("after", 1)
    rows = Response.objects.filter(pk__in=[each.pk for each in responses])
    record_person_grades(
        list(rows.select_related("attempt__quiz", "version__question")),
        fraction_by_response={each.pk: None if fraction is None else Decimal(fraction) for each in responses},
        **{
            "feedback": "",
            "detail": {},
            "actor": desk.grader,
            "cause_kind": CauseKind.MANUAL,
            "at": NOW + timedelta(minutes=minutes),
            **fields,
        },
    )


def known(desk: Desk) -> Precedents:
    return precedents_for(Response.objects.select_related("version"))[desk.question.pk]


def test_a_person_s_grades_become_references_the_newest_first() -> None:
    desk = Desk()
    first, second = desk.answered("the wall", "the weather")
    decide(desk, [first], "1", after=1)
    decide(desk, [second], "0.5", after=2)

    assert known(desk).references == (
        {"text": "the weather", "fraction": 0.5},
        {"text": "the wall", "fraction": 1.0},
    )


def test_the_same_words_are_one_reference_and_the_newest_decision_about_them_counts() -> None:
    desk = Desk()
    first, second = desk.answered("The wall!", "the  wall")
    decide(desk, [first], "0", after=1)
    decide(desk, [second], "1", after=2)

    assert known(desk).references == ({"text": "the  wall", "fraction": 1.0},)


@pytest.mark.parametrize("last", [{"fraction": None}, {"fraction": "1", "detail": {TAKEN_BACK: True}}])
def test_a_decision_that_was_taken_back_is_no_reference(last: dict[str, Any]) -> None:
    desk = Desk()
    responses = desk.answered("the wall")
    decide(desk, responses, "1", after=1)

    decide(desk, responses, after=2, **last)

    assert known(desk).references == ()


def test_a_penalty_does_not_make_an_answer_less_right() -> None:
    desk = Desk()
    decide(desk, desk.answered("the wall"), "0.8", detail={"raw": 1.0, "penalty": 0.2})

    assert known(desk).references == ({"text": "the wall", "fraction": 1.0},)


def test_what_a_grader_decided_is_no_reference() -> None:
    desk = Desk()
    desk.audited("the wall")

    assert known(desk).references == ()


def test_no_more_than_the_newest_are_told() -> None:
    desk = Desk()
    decide(desk, desk.answered("an old answer"), "1", after=1)
    decide(desk, desk.answered(*[f"answer number {n}x{n}" for n in range(MOST_REFERENCES)]), "1", after=2)

    references = known(desk).references

    assert len(references) == MOST_REFERENCES
    assert {"text": "an old answer", "fraction": 1.0} not in references


def test_each_question_is_told_its_own() -> None:
    one, other = Desk(), Desk()
    decide(one, one.answered("the wall"), "1")
    decide(other, other.answered("the tide"), "0")

    assert (known(one).references, known(other).references) == (
        ({"text": "the wall", "fraction": 1.0},),
        ({"text": "the tide", "fraction": 0.0},),
    )


@pytest.mark.parametrize("is_on", [True, False])
def test_a_grader_hears_whether_it_is_trusted(is_on: bool) -> None:
    desk = Desk()
    desk.answered("the wall")
    AutomaticAccept.objects.create(question=desk.question, is_on=is_on, changed_at=NOW)

    assert known(desk).settings == {"automatic_accept": is_on}


def test_without_a_row_nobody_is_trusted() -> None:
    desk = Desk()
    desk.answered("the wall")

    assert known(desk) == Precedents((), {"automatic_accept": False})


def test_rules_are_told_nothing_and_cost_no_query(django_assert_num_queries: Any) -> None:
    quiz = make_quiz(make_course(), questions=1)
    responses = waiting(quiz, ["k7", "m2"])

    with django_assert_num_queries(0):
        assert precedents_for(responses) == {}


@pytest.mark.parametrize("amount", [1, 30])
def test_free_text_costs_two_queries_whatever_the_number(amount: int, django_assert_num_queries: Any) -> None:
    desk = Desk()
    decide(desk, desk.answered(*["the wall"] * amount), "1")
    responses = list(Response.objects.select_related("version"))

    with django_assert_num_queries(2):
        precedents_for(responses)


def test_a_kind_that_is_gone_is_told_nothing() -> None:
    desk = Desk()
    desk.answered("the wall")
    QuestionVersion.objects.update(state=VersionState.DRAFT, published_at=None)
    QuestionVersion.objects.update(kind="gone")

    assert precedents_for(Response.objects.select_related("version")) == {}
