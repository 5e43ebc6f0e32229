"""An attempt that begins with the answers of the last one."""

from __future__ import annotations

from typing import Any

import pytest

from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.versions import new_version, publish_version
from quizzes.errors import AnswerSettled
from quizzes.models import AnswerEvent, Attempt, Quiz
from tests.factories import NOW, make_course, make_enrollment, make_quiz, single_choice

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def last_one(*, graded: bool = True, **fields: Any) -> Attempt:
    """A submitted attempt at three questions: one right, one wrong, one not answered."""
    course = make_course()
    quiz = make_quiz(course, questions=3, **{"build_on_last": True, **fields})
    attempt = start_attempt(quiz, enrollment=make_enrollment(course), at=NOW)
    save_answer(attempt, given=GivenAnswer(1, "k7", 0, confidence=3), at=NOW)
    save_answer(attempt, given=GivenAnswer(2, "m2", 0), at=NOW)
    submit_attempt(attempt, at=NOW)
    if graded:
        run_job(Job.objects.get().uuid)
    return attempt


def again(last: Attempt) -> Attempt:
    assert last.enrollment is not None
    return start_attempt(Quiz.objects.get(pk=last.quiz_id), enrollment=last.enrollment, at=NOW)


def rows(attempt: Attempt) -> list[Any]:
    return list(attempt.responses.values_list("answer", "sequence", "is_settled", "grading"))


def test_it_begins_with_the_last_answers_and_keeps_the_right_ones() -> None:
    last = last_one()

    attempt = again(last)

    assert (attempt.built_on, attempt.seed) == (last, last.seed)
    assert rows(attempt) == [
        ("k7", 1, True, "not_ready"),
        ("m2", 1, False, "not_ready"),
        (None, 0, False, "not_ready"),
    ]
    assert attempt.responses.get(position=1).confidence == 3
    events = AnswerEvent.objects.filter(response__attempt=attempt)
    assert list(events.values_list("sequence", "answer", "at")) == [(1, "k7", NOW), (1, "m2", NOW)]


def test_a_right_one_stays_and_a_wrong_one_can_be_mended() -> None:
    attempt = again(last_one())

    assert save_answer(attempt, given=GivenAnswer(2, "k7", 1), at=NOW).sequence == 2
    with pytest.raises(AnswerSettled):
        save_answer(attempt, given=GivenAnswer(1, "m2", 1), at=NOW)


@pytest.mark.parametrize("fields", [{"mode": "exam"}, {"feedback_policy": {"after_submit": ["fraction"]}}])
def test_nothing_is_settled_that_would_tell_what_is_still_held_back(fields: dict[str, Any]) -> None:
    assert [row[2] for row in rows(again(last_one(**fields)))] == [False] * 3


def test_what_is_not_graded_yet_is_not_settled() -> None:
    assert rows(again(last_one(graded=False)))[0] == ("k7", 1, False, "not_ready")


def test_an_answer_to_another_wording_is_not_taken_over() -> None:
    last = last_one()
    version = last.responses.get(position=1).version
    publish_version(new_version(version, content=single_choice("Who built it?"), at=NOW), by=None, at=NOW)

    assert rows(again(last))[0] == (None, 0, False, "not_ready")


def test_elsewhere_every_attempt_begins_empty() -> None:
    attempt = again(last_one(build_on_last=False))

    assert attempt.built_on is None
    assert [row[0] for row in rows(attempt)] == [None] * 3
