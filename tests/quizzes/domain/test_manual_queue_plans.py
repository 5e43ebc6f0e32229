"""By which indexes the database finds what waits for a person; asking it how it would, with the statements of pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db.models import Q

from course.models import Course
from quizzes.domain.manual_queue import (
    answers_waiting,
    decisions_of_people,
    graders_of,
    last_graded_at,
    questions_waiting,
    responses_waiting,
    waiting_by_course,
    waiting_count,
)
from quizzes.models import Attempt, Audit, GradingEvent, Response
from tests.factories import NOW
from tests.plans import gone_over, largest_statement, plan_of, use_indexes_for_few_rows
from tests.quizzes.domain.waiting_answers import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]

WAITING = {"responses_awaiting_a_person", "open_audits"}
BY_PEOPLE = {"gradings_by_cause"}
LARGE = ("quizzes_response", "quizzes_gradingevent", "quizzes_attempt")
ASKED: dict[str, tuple[Callable[[Desk], object], set[str]]] = {
    "how much waits in a course": (lambda desk: waiting_count(desk.course), WAITING),
    "how much waits in each course": (lambda _: waiting_by_course(Course.objects.all()), WAITING),
    "which questions wait": (lambda desk: questions_waiting(desk.course), WAITING),
    "which answers to a question wait": (lambda desk: answers_waiting(desk.question), WAITING),
    "who graded a question": (lambda desk: graders_of([desk.question.pk]), BY_PEOPLE),
    "when somebody graded last": (lambda desk: last_graded_at(desk.course), BY_PEOPLE),
    "what people decided": (lambda desk: list(decisions_of_people(desk.question)), BY_PEOPLE),
}


@pytest.fixture
def desk() -> Desk:
    """With answers to grade and to look at."""
    desk = Desk()
    desk.answered("one", "two")
    desk.audited("three")
    use_indexes_for_few_rows()
    return desk


@pytest.mark.parametrize("asked", ASKED)
def test_an_index_serves_and_no_large_table_is_gone_over(desk: Desk, asked: str) -> None:
    ask, indexes = ASKED[asked]

    plan = plan_of(largest_statement(lambda: ask(desk), about="quizzes"))

    assert {index for index in indexes if index not in plan} == set(), plan
    assert [table for table in gone_over(plan) if table in LARGE] == [], plan


def test_what_an_index_leaves_out_is_gone_over_which_this_would_tell(desk: Desk) -> None:
    graded = Response.objects.filter(grading="graded").order_by().values("pk")
    plan = plan_of(largest_statement(lambda: list(graded), about="quizzes"))
    assert "quizzes_response" in plan
    assert not any(index in plan for index in WAITING)


def test_a_response_under_audit_and_one_to_grade_are_each_found_once(desk: Desk) -> None:
    found = responses_waiting(Q(version__question=desk.question.pk)).order_by("pk")
    assert [(each.grading, each.answer) for each in found] == [
        ("pending_manual", "one"),
        ("pending_manual", "two"),
        ("graded", "three"),
    ]


def test_what_waits_elsewhere_is_not_among_what_is_asked_for(desk: Desk) -> None:
    other = Desk()
    (theirs,) = other.answered("four")
    assert list(responses_waiting(Q(version__question__course=other.course.pk))) == [theirs]
    assert sorted(each.answer for each in answers_waiting(desk.question)) == ["one", "three", "two"]


def test_courses_say_how_much_waits_in_them_and_those_without_stay_out(desk: Desk) -> None:
    second, empty = Desk(), Desk()
    second.audited("four")
    Course.objects.filter(pk=second.course.pk).update(title="A first title")
    found = waiting_by_course(Course.objects.exclude(pk=empty.course.pk))
    assert [(course.pk, course.waiting) for course in found] == [(second.course.pk, 1), (desk.course.pk, 3)]
    assert waiting_by_course(Course.objects.filter(pk=empty.course.pk)) == []


def test_gradings_by_a_rule_are_no_decisions_of_people(desk: Desk) -> None:
    desk.answered("five", suggestion={"fraction": 1, "path": []})
    assert set(GradingEvent.objects.values_list("cause_kind", flat=True)) == {"submit"}
    assert last_graded_at(desk.course) is None
    assert graders_of([desk.question.pk]) == {}


@pytest.mark.parametrize(
    ("grading", "fraction", "state", "waits"),
    [
        ("pending_manual", None, "open", True),
        ("graded", 1, "open", True),
        ("graded", 1, "confirmed", False),
        ("graded", 1, "overridden", False),
        ("pending", None, "open", False),
        ("failed", None, "open", False),
    ],
)
def test_an_audit_waits_once_while_it_is_open_and_its_grade_stands(
    desk: Desk, grading: str, fraction: int | None, state: str, waits: bool
) -> None:
    (response,) = desk.audited("five")
    decided = None if state == "open" else NOW
    Audit.objects.filter(response=response).update(state=state, decided_at=decided)
    Response.objects.filter(pk=response.pk).update(grading=grading, fraction=fraction)
    found = responses_waiting(Q(version__question=desk.question.pk))
    assert list(found).count(response) == int(waits)


@pytest.mark.parametrize("state", ["in_progress", "void"])
def test_an_answer_waits_only_once_it_is_submitted(desk: Desk, state: str) -> None:
    (response,) = desk.answered("five")
    Attempt.objects.filter(pk=response.attempt_id).update(state=state, submitted_at=None)
    assert response not in responses_waiting(Q(version__question=desk.question.pk))
