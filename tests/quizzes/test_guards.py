"""The database itself keeps history as it was."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from course.models import Anchor, Revision
from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.models import AnswerEvent, GradingEvent, QuestionVersion, VersionState
from tests.factories import NOW, make_course, make_enrollment, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def history() -> None:
    course = make_course()
    attempt = start_attempt(make_quiz(course, questions=1), enrollment=make_enrollment(course), at=NOW)
    save_answer(attempt, given=GivenAnswer(1, "k7", 0), at=NOW)
    submit_attempt(attempt, at=NOW)
    run_job(Job.objects.get().uuid)


def test_a_published_wording_is_frozen() -> None:
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        QuestionVersion.objects.update(content={"stem": "Another"})


def test_a_published_version_can_still_be_retired() -> None:
    QuestionVersion.objects.update(state=VersionState.RETIRED)

    assert QuestionVersion.objects.get().state == VersionState.RETIRED


def test_a_grading_event_never_changes() -> None:
    with pytest.raises(DatabaseError, match="append a new one"), transaction.atomic():
        GradingEvent.objects.update(fraction=0)


def test_an_answer_event_never_changes_but_can_be_erased() -> None:
    with pytest.raises(DatabaseError, match="only erased"), transaction.atomic():
        AnswerEvent.objects.update(answer="m2")

    AnswerEvent.objects.update(answer=None)
    assert AnswerEvent.objects.get().answer is None


def test_a_revision_never_changes() -> None:
    with pytest.raises(DatabaseError, match="never updated"), transaction.atomic():
        Revision.objects.update(text="Another text.")


def test_an_anchor_never_moves() -> None:
    with pytest.raises(DatabaseError, match="never moved"), transaction.atomic():
        Anchor.objects.update(start=0)
