"""What learners of the demonstration question, and all that came of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from authoring.domain.demo import SAMPLE
from authoring.domain.demo_appeals import AGO, DEALS, question_grades
from authoring.domain.invented_learners import PUT_OTHERWISE
from jobs.domain.clock import database_now
from jobs.models import Job
from quizzes.domain.rebuild import REBUILDS
from quizzes.formats.course_file import parse
from quizzes.models import Appeal, Question, RegradeRun, Response
from quizzes.questions import question_type
from tests.quizzes.domain.regraded import Class

pytestmark = [pytest.mark.django_db, pytest.mark.database]

BY_KEY = {question.key: question for question in parse(SAMPLE.read_text("utf-8")).questions}


def questioned(key: str, *, answers: int = 4, later: timedelta = AGO + timedelta(hours=1)) -> Class:
    """A class of which so many put their answers otherwise, and one beside the point, so much before what is done."""
    found = Class()
    Question.objects.filter(pk=found.version.question_id).update(key=key)
    found.answered(*[PUT_OTHERWISE[key]] * answers, "no idea")
    question_grades(found.course, by=found.instructor, until=database_now() + later)
    return found


def fractions(found: Class) -> list[int]:
    responses = Response.objects.filter(attempt__quiz=found.quiz).order_by("pk")
    return [int(fraction or 0) for fraction in responses.values_list("fraction", flat=True)]


def test_every_answer_put_otherwise_has_something_that_came_of_it() -> None:
    assert set(DEALS) == set(PUT_OTHERWISE)


@pytest.mark.parametrize("key", PUT_OTHERWISE)
def test_what_is_put_otherwise_earns_nothing_and_there_is_room_for_it_in_the_key(key: str) -> None:
    question, answer = BY_KEY[key], PUT_OTHERWISE[key]
    kind = question_type(question.kind)
    assert kind.grader_for(question.content) == "rules"
    assert kind.grade(question.content, answer).fraction == 0
    wider = kind.with_accepted(question.content, answer)
    assert wider is not None
    assert kind.grade(wider, answer).fraction == 1


@pytest.mark.parametrize(
    ("key", "appeals", "graded"),
    [
        ("formula-for-safety", ["open"] * 3, [0, 0, 0, 0, 0]),
        ("word-for-belarus", ["open"], [0, 0, 0, 0, 0]),
        ("publisher-of-the-commentary", ["accepted"] * 2, [1, 1, 1, 1, 0]),
        ("leader-in-exile", ["accepted"], [1, 0, 0, 0, 0]),
        ("obedient-state", ["declined"], [0, 0, 0, 0, 0]),
        ("from-regiment-to-cabinet", [], [0, 0, 0, 0, 0]),
    ],
)
def test_what_comes_of_an_answer_put_otherwise(key: str, appeals: list[str], graded: list[int]) -> None:
    found = questioned(key)
    assert list(Appeal.objects.order_by("pk").values_list("state", flat=True)) == appeals
    assert fractions(found) == graded
    assert not Job.objects.filter(finished_at__isnull=True).exists()
    assert {name: rebuild(check=True) for name, rebuild in REBUILDS.items()} == {name: [] for name in REBUILDS}


@pytest.mark.parametrize(
    ("key", "state"), [("publisher-of-the-commentary", "applied"), ("from-regiment-to-cabinet", "planned")]
)
def test_a_wider_key_has_a_run_over_all_answers_to_its_question(key: str, state: str) -> None:
    found = questioned(key)
    run = RegradeRun.objects.get()
    assert (run.state, run.total, run.changed, run.kept, run.actor) == (state, 5, 4, 0, found.instructor)
    assert PUT_OTHERWISE[key] in found.version.content["accepted"]
    assert found.version.number == 2


def test_one_answer_is_enough_and_none_changes_nothing() -> None:
    questioned("formula-for-safety", answers=1)
    assert Appeal.objects.count() == 1
    questioned("publisher-of-the-commentary", answers=0)
    assert (Appeal.objects.count(), RegradeRun.objects.count()) == (1, 0)


def test_what_was_graded_only_now_is_not_questioned_yet() -> None:
    questioned("formula-for-safety", later=AGO - timedelta(hours=1))
    assert not Appeal.objects.exists()
