"""From a learner's own words to a grade: submitted, left to a person by its job, graded, and read in the review."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.attempts import GivenAnswer, save_answers, start_attempt, submit_attempt
from quizzes.domain.grading import attempt_grading
from quizzes.domain.manual_queue import groups_waiting, waiting_count
from quizzes.domain.rebuild import rebuild_progress, rebuild_results
from quizzes.domain.review import review_of
from quizzes.models import Attempt, Grading
from tests.factories import NOW, make_enrollment
from tests.quizzes.domain.test_manual_grading import LATER, give, ticked
from tests.quizzes.domain.waiting_answers import Desk


@pytest.mark.django_db
@pytest.mark.database
def test_an_open_response_is_graded_by_a_person() -> None:
    desk = Desk()
    attempt = start_attempt(desk.quiz, enrollment=make_enrollment(desk.course), at=NOW)
    save_answers(attempt, given=[GivenAnswer(1, "It complains about the wall.", 0)], at=NOW)
    submit_attempt(attempt, at=NOW)
    run_job(Job.objects.get(subject=attempt.uuid).uuid)
    assert attempt_grading(Attempt.objects.get()) == Grading.PENDING_MANUAL
    assert [group.variants[0].answer for group in groups_waiting(desk.question)] == ["It complains about the wall."]

    give(desk, ticked(desk, 0, comment="Who built it?"))

    graded = Attempt.objects.select_related("quiz", "enrollment").get()
    (item,) = review_of(graded, at=LATER).items
    assert (item.verdict, item.fraction) == ("partly right", Decimal("0.666667"))
    assert item.feedback == "Names the wall\nWho built it?"
    assert waiting_count(desk.course) == 0
    assert rebuild_results(check=True, at=LATER) == rebuild_progress(check=True, at=LATER) == []
