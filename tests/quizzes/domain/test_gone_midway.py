"""A course is archived, or its learner erased, while an answer waits for its grade: nothing hangs, nothing is lost.

Nor does anything stand there again that was on its way while its learner was erased.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import transaction

from authoring.domain.publish import archive_course
from course.domain.notes import write_note
from course.models import Enrollment
from course.reading.outline import Span
from jobs.domain import run_job, sweep
from jobs.models import LIVE, Job
from quizzes.domain.appeals import raise_appeal
from quizzes.domain.attempts import AttemptOf, GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.erasing import ask_to_erase, erase_person
from quizzes.domain.erasing_parts import erase_part
from quizzes.models import AnswerEvent, Attempt, Grading, GradingEvent, Response
from tests.beside import somebody_beside
from tests.factories import make_course, make_enrollment, make_quiz
from tests.quizzes.domain.test_erasing import OPEN, dump

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def answered() -> Attempt:
    course = make_course()
    attempt = start_attempt(make_quiz(course), enrollment=make_enrollment(course))
    save_answer(attempt, given=GivenAnswer(1, "k7", 0))
    return attempt


def submitted() -> Attempt:
    return submit_attempt(answered())


def grade_all() -> None:
    sweep()
    for job in Job.objects.filter(state__in=LIVE):
        run_job(job.uuid)


def test_an_answer_to_a_course_that_was_archived_meanwhile_is_graded() -> None:
    attempt = submitted()
    archive_course(attempt.quiz.course, actor=None)
    grade_all()
    assert Attempt.objects.get().graded_at is not None
    assert set(Response.objects.values_list("grading", flat=True)) == {Grading.GRADED}


def test_an_answer_of_somebody_who_was_erased_meanwhile_is_graded_once_and_names_nobody() -> None:
    attempt = submitted()
    assert attempt.enrollment is not None
    erase_person(attempt.enrollment.user)
    grade_all()
    grade_all()
    assert not Response.objects.filter(grading=Grading.PENDING).exists()
    assert not Job.objects.filter(state__in=LIVE).exists()
    assert GradingEvent.objects.count() == Response.objects.count()


def test_a_save_that_was_on_its_way_when_its_learner_was_erased_writes_nothing() -> None:
    attempt = answered()
    assert attempt.enrollment is not None
    on_its_way = AttemptOf(attempt.enrollment.user_id, attempt.uuid)
    ask_to_erase(attempt.enrollment.user, actor=None)

    with pytest.raises(Response.DoesNotExist):
        save_answer(on_its_way, given=GivenAnswer(1, "m3", 1))

    assert list(AnswerEvent.objects.values_list("answer", flat=True)) == ["k7"]


WORDS = "What I never said"
"""Of a learner who writes while somebody erases them."""


def writing() -> Enrollment:
    """A learner whose first quiz is graded and whose second, of a question in own words, goes on."""
    course = make_course()
    learner = make_enrollment(course)
    submit_attempt(start_attempt(make_quiz(course), enrollment=learner))
    grade_all()
    start_attempt(make_quiz(course, questions=[("open_response", OPEN)]), enrollment=learner)
    return learner


def answers(learner: Enrollment) -> None:
    attempt = Attempt.objects.filter(enrollment=learner).latest("pk")
    save_answer(attempt, given=GivenAnswer(1, WORDS, 0))


def appeals(learner: Enrollment) -> None:
    graded = Response.objects.select_related("version").filter(attempt__enrollment=learner, grading=Grading.GRADED)
    raise_appeal(graded[0], text=WORDS)


def notes(learner: Enrollment) -> None:
    write_note(learner.course.lessons.get(), enrollment=learner, key=uuid4(), span=Span(0, 4), text=WORDS)


def by_itself(learner: Enrollment) -> None:
    erase_person(learner.user)


def from_the_course(learner: Enrollment) -> None:
    erase_part(learner, actor=None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("erases", [by_itself, from_the_course])
@pytest.mark.parametrize("writes", [answers, appeals, notes])
def test_what_is_being_written_while_its_learner_is_erased_is_erased_too(
    writes: Callable[[Enrollment], None], erases: Callable[[Enrollment], None]
) -> None:
    learner = writing()
    with somebody_beside() as somebody:
        with transaction.atomic():
            writes(learner)
            assert WORDS in dump()
            erasing = somebody.begins(lambda: erases(learner))
        erasing.result()

    assert WORDS not in dump()


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_waits_until_its_learner_is_erased_is_not_stored() -> None:
    learner = writing()
    attempt = Attempt.objects.filter(enrollment=learner).latest("pk")
    on_its_way = AttemptOf(learner.user_id, attempt.uuid)
    ask_to_erase(learner.user, actor=None)
    with somebody_beside() as somebody:
        with transaction.atomic():
            erase_person(learner.user)
            saving = somebody.begins(lambda: save_answer(on_its_way, given=GivenAnswer(1, WORDS, 0)))
        with pytest.raises(Response.DoesNotExist):
            saving.result()

    assert WORDS not in dump()
