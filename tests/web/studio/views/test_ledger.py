"""An answer's ledger in the studio, and the word that a person sets above it."""

from __future__ import annotations

import pytest
from django.test import Client

from course.models import Role
from quizzes.domain.ledger import LEARNED, SAME
from quizzes.models import GradingEvent, RegradeRun, Response
from tests.factories import make_enrollment
from tests.quizzes.domain.free_text import SURE_RIGHT, free_text_quiz, graded, trust
from tests.quizzes.domain.regraded import Class, fractions, run_every_job
from tests.web.studio.drafts import address_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def group(client: Client) -> Class:
    made = Class()
    made.answered("dry machine")
    client.force_login(made.instructor)
    return made


def address(group: Class, position: int = 1) -> str:
    return address_of(group.course, "responses", Response.objects.get().attempt.uuid, position)


def test_every_grading_stands_with_its_cause_and_its_grader(client: Client, group: Class) -> None:
    group.accept("dry machine")
    group.apply(group.plan())
    page = client.get(address(group)).content.decode()
    assert "graded after submitting" in page
    assert "graded again by Iva" in page
    assert "on version 2 of the question" in page
    assert "its inputs are not those that were kept" not in page


def test_grading_once_more_is_the_same_and_keeps_nothing(client: Client, group: Class) -> None:
    page = client.get(address(group), {"again": "1"}).content.decode()
    assert "Graded once more, it is the same." in page
    assert GradingEvent.objects.count() == 1


def test_a_person_sets_the_grade_and_returns_to_the_automatic_one(client: Client, group: Class) -> None:
    assert client.post(address(group), {"do": "override", "points": "0.5", "reason": "Half."}).status_code == 303
    assert fractions() == ["0.5"]
    assert "set by a person by Iva" in client.get(address(group)).content.decode()
    client.post(address(group), {"do": "back"})
    assert fractions() == ["0"]
    assert "a person took their grade back" in client.get(address(group)).content.decode()


def test_one_answer_is_graded_by_the_question_as_it_is_now_after_its_dry_run(client: Client, group: Class) -> None:
    group.accept("dry machine")
    sent = client.post(address(group), {"do": "again"})
    run = RegradeRun.objects.get()
    assert (sent.status_code, sent["Location"]) == (303, address_of(group.course, "regrades", run.uuid))
    run_every_job("plan_regrade")
    assert fractions() == ["0"]
    run.refresh_from_db()
    group.apply(run)
    assert fractions() == ["1"]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"points": "1.5", "reason": "Generous."}, "Give at most 1 point."),
        ({"points": "-1", "reason": "Stern."}, "greater than or equal to 0"),
        ({"points": "NaN", "reason": "Odd."}, "Enter a number."),
        ({"points": "1", "reason": ""}, "This field is required."),
        ({"points": "", "reason": "Why not."}, "This field is required."),
    ],
)
def test_what_is_no_grade_is_refused_beside_its_field(
    client: Client, group: Class, form: dict[str, str], said: str
) -> None:
    sent = client.post(address(group), {"do": "override", **form})
    assert sent.status_code == 422
    assert said in sent.content.decode()
    assert GradingEvent.objects.count() == 1


def test_there_is_no_ledger_of_what_nobody_was_asked(client: Client, group: Class) -> None:
    assert client.get(address(group, 7)).status_code == 404


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.LEARNER, Role.OBSERVER])
def test_who_does_not_grade_finds_nothing(client: Client, group: Class, role: Role) -> None:
    here = address(group)
    client.force_login(make_enrollment(group.course, role=role).user)
    assert client.get(here).status_code == 404
    assert client.post(here, {"do": "override", "points": "1", "reason": "Mine"}).status_code == 404


def test_a_grader_that_would_be_told_something_else_is_marked_and_why_it_differs_is_said(client: Client) -> None:
    quiz = free_text_quiz()
    trust(quiz)
    response = graded(quiz, SURE_RIGHT)
    client.force_login(make_enrollment(quiz.course, role=Role.GRADER).user)
    here = address_of(quiz.course, "responses", response.attempt.uuid, 1)
    assert "its grader has been told something else since" not in client.get(here).content.decode()
    assert SAME in client.get(here, {"again": "1"}).content.decode()
    trust(quiz, is_on=False)
    page = client.get(here, {"again": "1"}).content.decode()
    assert "its grader has been told something else since" in page
    assert LEARNED in page
    assert "its inputs are not those that were kept" not in page
