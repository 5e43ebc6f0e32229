"""An attempt's life, on a real database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.attempts import (
    AttemptOf,
    GivenAnswer,
    save_answer,
    save_answers,
    start_attempt,
    submit_attempt,
    submit_overdue_attempts,
)
from quizzes.errors import (
    AttemptClosed,
    AttemptsUsedUp,
    AttemptTooSoon,
    NothingToAsk,
    QuizNotOpen,
    StaleAnswer,
    UnkeepableAnswer,
)
from quizzes.models import AnswerEvent, Attempt, AttemptState, ConceptMastery, GradingEvent, Response, Result
from tests.factories import NOW, make_concept, make_course, make_enrollment, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def started(**fields: Any) -> Attempt:
    course = make_course()
    return start_attempt(make_quiz(course, **fields), enrollment=make_enrollment(course), at=NOW)


def started_again(attempt: Attempt, *, seconds: int = 0) -> Attempt:
    assert attempt.enrollment is not None
    return start_attempt(attempt.quiz, enrollment=attempt.enrollment, at=NOW + timedelta(seconds=seconds))


def test_starting_makes_one_empty_response_for_each_question() -> None:
    attempt = started(questions=3)

    rows = list(attempt.responses.values_list("position", "answer", "sequence", "grading"))
    assert rows == [(1, None, 0, "not_ready"), (2, None, 0, "not_ready"), (3, None, 0, "not_ready")]
    assert attempt.number == 1


def test_starting_twice_gives_the_attempt_in_progress() -> None:
    attempt = started()

    again = started_again(attempt)

    assert again == attempt


def test_a_quiz_without_a_published_question_cannot_be_started() -> None:
    with pytest.raises(NothingToAsk):
        started(questions=0)


def test_a_quiz_outside_its_window_cannot_be_started() -> None:
    with pytest.raises(QuizNotOpen):
        started(opens_at=NOW + timedelta(minutes=1))


def test_attempts_are_used_up() -> None:
    attempt = started(attempts_allowed=1)
    submit_attempt(attempt, at=NOW)

    with pytest.raises(AttemptsUsedUp):
        started_again(attempt)


def test_a_delay_stands_between_attempts() -> None:
    attempt = started(delay_seconds=60)
    submit_attempt(attempt, at=NOW)

    with pytest.raises(AttemptTooSoon):
        started_again(attempt, seconds=59)
    later = started_again(attempt, seconds=60)
    assert later.number == 2


def test_a_saved_answer_is_kept_with_its_history() -> None:
    attempt = started()

    save_answer(attempt, given=GivenAnswer(1, "m2", 0), at=NOW)
    saved = save_answer(attempt, given=GivenAnswer(1, "k7", 1), at=NOW)

    assert (saved.sequence, saved.warning) == (2, "")
    assert list(AnswerEvent.objects.values_list("sequence", "answer")) == [(1, "m2"), (2, "k7")]
    assert Response.objects.get(attempt=attempt, position=1).answer == "k7"


def test_the_same_answer_again_writes_nothing() -> None:
    attempt = started()
    save_answer(attempt, given=GivenAnswer(1, "m2", 0), at=NOW)

    again = save_answer(attempt, given=GivenAnswer(1, "m2", 1), at=NOW + timedelta(seconds=5))

    assert (again.sequence, again.saved_at) == (1, NOW)
    assert AnswerEvent.objects.count() == 1


def test_a_stale_save_comes_back_with_the_newer_answer() -> None:
    attempt = started()
    save_answer(attempt, given=GivenAnswer(1, "m2", 0), at=NOW)

    with pytest.raises(StaleAnswer) as stale:
        save_answer(attempt, given=GivenAnswer(1, "k7", 0), at=NOW)

    assert (stale.value.response.answer, stale.value.response.sequence) == ("m2", 1)


def test_a_save_sent_twice_with_one_key_answers_alike() -> None:
    attempt, key = started(), uuid4()

    first = save_answer(attempt, given=GivenAnswer(1, "m2", 0, client_key=key), at=NOW)
    second = save_answer(attempt, given=GivenAnswer(1, "m2", 0, client_key=key), at=NOW + timedelta(seconds=1))

    assert first == second


def test_an_answer_that_would_not_count_is_kept_with_a_warning() -> None:
    attempt = started()

    saved = save_answer(attempt, given=GivenAnswer(1, "no such option", 0), at=NOW)

    assert saved.warning != ""
    assert Response.objects.get(attempt=attempt, position=1).answer == "no such option"


@pytest.mark.parametrize("raw", ["a\x00b", "\ud800", float("nan"), [[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]], 10**40])
def test_an_answer_that_cannot_be_stored_is_refused(raw: object) -> None:
    attempt = started()

    with pytest.raises(UnkeepableAnswer):
        save_answer(attempt, given=GivenAnswer(1, raw, 0), at=NOW)

    assert AnswerEvent.objects.count() == 0


def test_a_stale_answer_does_not_keep_others_from_being_saved() -> None:
    attempt = started()
    save_answer(attempt, given=GivenAnswer(1, "m2", 0), at=NOW)

    saving = save_answers(attempt, given=[GivenAnswer(1, "k7", 0), GivenAnswer(2, "k7", 0)], at=NOW)

    assert [saved.position for saved in saving.saved] == [2]
    assert [response.position for response in saving.stale] == [1]


def test_answers_count_until_the_deadline_and_its_grace() -> None:
    attempt = started(time_limit_seconds=60)

    save_answer(attempt, given=GivenAnswer(1, "m2", 0), at=NOW + timedelta(seconds=75))
    with pytest.raises(AttemptClosed):
        save_answer(attempt, given=GivenAnswer(1, "k7", 1), at=NOW + timedelta(seconds=76))

    assert Response.objects.get(attempt=attempt, position=1).answer == "m2"


def test_submitting_twice_changes_nothing() -> None:
    attempt = started()

    first = submit_attempt(attempt, at=NOW)
    cause = first.submit_cause
    second = submit_attempt(Attempt.objects.get(pk=attempt.pk), at=NOW + timedelta(hours=1))

    assert (second.submitted_at, second.submit_cause) == (NOW, cause)
    assert Job.objects.count() == 1


def test_nothing_is_saved_after_submitting() -> None:
    attempt = started()
    submit_attempt(attempt, at=NOW)

    with pytest.raises(AttemptClosed):
        save_answer(attempt, given=GivenAnswer(1, "k7", 0), at=NOW)


def test_an_overdue_attempt_is_submitted_with_its_deadline_as_time() -> None:
    attempt = started(time_limit_seconds=60)

    count = submit_overdue_attempts(at=NOW + timedelta(seconds=76))

    attempt.refresh_from_db()
    assert count == 1
    assert (attempt.state, attempt.submitted_at) == (AttemptState.SUBMITTED, NOW + timedelta(seconds=60))


def test_a_submitted_attempt_is_graded_by_its_job() -> None:
    course = make_course()
    quiz = make_quiz(course, concept=make_concept(course))
    attempt = start_attempt(quiz, enrollment=make_enrollment(course), at=NOW)
    save_answers(attempt, given=[GivenAnswer(1, "k7", 0), GivenAnswer(2, "m2", 0)], at=NOW)
    submit_attempt(attempt, at=NOW)

    run_job(Job.objects.get().uuid)

    attempt.refresh_from_db()
    assert float(attempt.fraction or 0) == 0.5
    assert list(attempt.responses.values_list("grading", flat=True)) == ["graded", "graded"]
    assert list(attempt.responses.values_list("fraction", flat=True)) == [1, 0]
    assert set(GradingEvent.objects.values_list("cause", flat=True)) == {attempt.submit_cause}
    assert GradingEvent.objects.count() == 2
    assert float(Result.objects.get().fraction) == 0.5
    assert float(ConceptMastery.objects.get().mastery or 0) == 0.5


def test_the_same_answer_again_is_not_stale() -> None:
    attempt = started()
    save_answer(attempt, given=GivenAnswer(1, "k7", 0), at=NOW)

    again = save_answer(attempt, given=GivenAnswer(1, "k7", 0), at=NOW)

    assert again.sequence == 1
    assert AnswerEvent.objects.count() == 1


def test_only_ones_own_attempt_is_found_by_its_uuid() -> None:
    attempt = started()

    enrollment = attempt.enrollment
    assert enrollment is not None
    saved = save_answer(AttemptOf(enrollment.user_id, attempt.uuid), given=GivenAnswer(1, "k7", 0), at=NOW)

    assert saved.sequence == 1
    with pytest.raises(Response.DoesNotExist):
        save_answer(AttemptOf(enrollment.user_id + 1, attempt.uuid), given=GivenAnswer(1, "m2", 1), at=NOW)


def test_saving_no_answers_changes_nothing() -> None:
    saving = save_answers(started(), given=[], at=NOW)

    assert (saving.saved, saving.stale) == ((), ())
