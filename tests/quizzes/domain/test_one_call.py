"""A whole attempt in one call: all of it or nothing, once however often it is sent, and in order where order counts."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.models import Enrollment
from hooks.domain.endpoints import add_endpoint
from hooks.models import Delivery, EventType
from jobs.models import Job
from quizzes.domain.attempt_page import attempt_items
from quizzes.domain.attempts import GivenAnswer, save_answers, start_attempt, submit_attempt
from quizzes.domain.one_call import take_quiz
from quizzes.errors import (
    AnswerSettled,
    AnswerTooLarge,
    AttemptsUsedUp,
    NotAnAnswer,
    QuizError,
    QuizNotOpen,
    UnkeepableAnswer,
)
from quizzes.models import AnswerEvent, Attempt, Navigation, Quiz, Response
from tests.factories import NOW, make_course, make_enrollment, make_person, make_quiz
from tests.hooks.receiver import ADDRESS
from tests.quizzes.domain.test_concurrency import at_once
from tests.web.learner.sittings import statements_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

KEY, OTHER = "k7", "m2"


def quiz_of(questions: int = 3, **fields: Any) -> Quiz:
    return make_quiz(make_course(), questions=questions, **fields)


def take(quiz: Quiz, learner: Enrollment, answers: dict[int, Any], *, submit: bool = True) -> Attempt:
    return take_quiz(quiz, enrollment=learner, answers=answers, submit=submit).attempt


def sequential() -> Quiz:
    return quiz_of(navigation=Navigation.SEQUENTIAL)


def rows(attempt: Attempt) -> list[tuple[Any, bool]]:
    """Each answer in order, and whether it no longer changes."""
    return list(Response.objects.filter(attempt=attempt).order_by("position").values_list("answer", "is_settled"))


def test_one_call_begins_answers_and_submits() -> None:
    quiz = quiz_of()

    attempt = take(quiz, make_enrollment(quiz.course), {1: KEY, 3: OTHER})

    assert (attempt.state, attempt.number) == ("submitted", 1)
    assert [answer for answer, _ in rows(attempt)] == [KEY, None, OTHER]
    assert Job.objects.get().subject == attempt.uuid


def test_without_submitting_the_attempt_goes_on() -> None:
    quiz = quiz_of()
    learner = make_enrollment(quiz.course)

    first = take(quiz, learner, {1: KEY}, submit=False)
    second = take(quiz, learner, {1: OTHER, 2: KEY}, submit=False)

    assert (first.pk, second.state) == (second.pk, "in_progress")
    assert [answer for answer, _ in rows(first)] == [OTHER, KEY, None]
    assert not Job.objects.exists()


VARIES = {"id", "uuid", "attempt_id", "response_id", "enrollment_id", "seed", "submit_cause", "submitted_at", "at"}
MOMENTS = {"started_at", "saved_at"}


def left_by(attempt: Attempt) -> list[dict[str, Any]]:
    """All rows of the attempt, but for keys and moments; of those, whether they are there."""
    events = AnswerEvent.objects.filter(response__attempt=attempt).order_by("response__position", "sequence")
    jobs = Job.objects.filter(subject=attempt.uuid)
    kept = [Attempt.objects.filter(pk=attempt.pk), Response.objects.filter(attempt=attempt), events]
    rows = [row for found in kept for row in found.values()]
    plain = [{name: bool(row[name]) if name in MOMENTS else row[name] for name in row.keys() - VARIES} for row in rows]
    return [*plain, *map(dict, jobs.values("kind", "state", "payload", "tries", "owner"))]


@pytest.mark.parametrize("submit", [True, False], ids=["submitted", "in progress"])
@pytest.mark.parametrize("answers", [{}, {1: KEY, 3: OTHER}, {2: None}, {1: "gone", 2: ""}], ids=str)
def test_what_is_taken_at_once_is_what_its_steps_leave(answers: dict[int, Any], submit: bool) -> None:
    quiz = quiz_of(time_limit_seconds=600, late_credit=[])

    at_once = take_quiz(quiz, enrollment=make_enrollment(quiz.course), answers=answers, submit=submit)
    by_steps = start_attempt(quiz, enrollment=make_enrollment(quiz.course), seed=at_once.attempt.seed)
    save_answers(by_steps, given=[GivenAnswer(position, raw, None) for position, raw in answers.items()])
    if submit:
        submit_attempt(by_steps)

    steps, once = left_by(by_steps), left_by(at_once.attempt)
    assert [{**row, "deadline_at": None} for row in once] == [{**row, "deadline_at": None} for row in steps]
    assert once[0]["deadline_at"] == at_once.attempt.started_at + timedelta(seconds=600)
    assert list(at_once.items) == attempt_items(Attempt.objects.get(pk=at_once.attempt.pk))


def test_a_course_that_is_listened_to_tells_that_it_was_submitted() -> None:
    quiz = quiz_of()
    add_endpoint(quiz.course, address=ADDRESS, types=[EventType.ATTEMPT_SUBMITTED], actor=make_person())

    attempt = take(quiz, make_enrollment(quiz.course), {1: KEY})

    assert [delivery.data["attempt"] for delivery in Delivery.objects.all()] == [str(attempt.uuid)]


@pytest.mark.parametrize("questions", [2, 12])
def test_it_takes_the_same_few_statements_whatever_is_asked(questions: int) -> None:
    quiz = quiz_of(questions)
    learner = make_enrollment(quiz.course)

    assert statements_of(lambda: take(quiz, learner, dict.fromkeys(range(1, questions + 1), KEY))) == 8


def test_no_answers_at_all_are_an_attempt_too() -> None:
    quiz = quiz_of()

    attempt = take(quiz, make_enrollment(quiz.course), {})

    assert attempt.state == "submitted"
    assert not AnswerEvent.objects.exists()


REFUSED: dict[str, tuple[dict[int, Any], type[Exception]]] = {
    "a question that is not there": ({1: KEY, 9: KEY}, Response.DoesNotExist),
    "no position at all": ({0: KEY}, Response.DoesNotExist),
    "below the first": ({-1: KEY}, Response.DoesNotExist),
    "beyond what a column holds": ({10**30: KEY}, Response.DoesNotExist),
    "an answer of another shape": ({1: KEY, 2: {"a": 1}}, NotAnAnswer),
    "an answer that is too long": ({1: KEY, 2: "x" * 1_000_000}, AnswerTooLarge),
    "an answer no database keeps": ({1: KEY, 2: "a\u0000b"}, UnkeepableAnswer),
}


@pytest.mark.parametrize("navigation", Navigation)
@pytest.mark.parametrize(("answers", "error"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_kept_leaves_nothing_behind(
    answers: dict[int, Any], error: type[Exception], navigation: Navigation
) -> None:
    quiz = quiz_of(navigation=navigation)

    with pytest.raises(error):
        take(quiz, make_enrollment(quiz.course), answers)

    assert not Attempt.objects.exists()
    assert not AnswerEvent.objects.exists()


def test_a_quiz_that_is_not_open_begins_nothing() -> None:
    quiz = quiz_of(closes_at=NOW)

    with pytest.raises(QuizNotOpen):
        take(quiz, make_enrollment(quiz.course), {1: KEY})

    assert not Attempt.objects.exists()


def test_a_call_after_a_submitted_attempt_begins_another_where_the_quiz_allows_one() -> None:
    quiz = quiz_of(attempts_allowed=2)
    learner = make_enrollment(quiz.course)
    made = [take(quiz, learner, {1: KEY}).number for _ in range(2)]

    with pytest.raises(AttemptsUsedUp):
        take(quiz, learner, {1: KEY})

    assert made == [1, 2]


class TestOneAfterTheOther:
    @pytest.mark.parametrize("order", list(permutations((1, 2, 3))), ids=str)
    def test_answers_are_given_in_the_quizs_order_however_they_are_sent(self, order: tuple[int, ...]) -> None:
        quiz = sequential()
        sent = {position: [KEY, OTHER, KEY][position - 1] for position in order}

        attempt = take(quiz, make_enrollment(quiz.course), sent, submit=False)

        assert rows(attempt) == [(KEY, True), (OTHER, True), (KEY, False)]

    def test_who_answers_only_the_last_has_passed_by_the_others(self) -> None:
        quiz = sequential()

        attempt = take(quiz, make_enrollment(quiz.course), {3: KEY})

        assert [answer for answer, _ in rows(attempt)] == [None, None, KEY]
        assert attempt.state == "submitted"

    def test_there_is_no_way_back_to_what_was_passed(self) -> None:
        quiz = sequential()
        learner = make_enrollment(quiz.course)
        attempt = take(quiz, learner, {2: KEY}, submit=False)

        with pytest.raises(AnswerSettled):
            take(quiz, learner, {1: KEY, 3: KEY})

        assert rows(attempt) == [(None, True), (KEY, False), (None, False)]
        assert Attempt.objects.get().state == "in_progress"

    def test_the_same_answers_again_go_on_from_where_they_are(self) -> None:
        quiz = sequential()
        learner = make_enrollment(quiz.course)
        take(quiz, learner, {1: KEY, 2: OTHER}, submit=False)

        attempt = take(quiz, learner, {1: KEY, 2: OTHER, 3: KEY})

        assert [answer for answer, _ in rows(attempt)] == [KEY, OTHER, KEY]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    answers=st.dictionaries(st.integers(1, 3), st.sampled_from([KEY, OTHER, "", None, "gone"])),
    navigation=st.sampled_from(Navigation),
)
def test_whatever_is_answered_is_kept_as_it_was_sent(answers: dict[int, Any], navigation: Navigation) -> None:
    quiz = quiz_of(navigation=navigation)

    attempt = take(quiz, make_enrollment(quiz.course), answers)

    assert [answer for answer, _ in rows(attempt)] == [answers.get(position) for position in (1, 2, 3)]


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_calls_are_attempts_one_after_the_other(self) -> None:
        """A second call that waits for the first to end begins an attempt of its own, and finds no trace of a fault."""
        quiz = quiz_of()
        learner = make_enrollment(quiz.course)

        made = at_once(lambda _: take(quiz, learner, {1: KEY}).number, threads=4)

        assert sorted(set(made)) == list(range(1, Attempt.objects.count() + 1))
        assert not Attempt.objects.exclude(state="submitted").exists()

    def test_of_two_calls_for_the_last_attempt_one_is_told_that_none_is_left(self) -> None:
        quiz = quiz_of(attempts_allowed=1)
        learner = make_enrollment(quiz.course)

        def told(_: int) -> str:
            try:
                return take(quiz, learner, {1: KEY}).state
            except QuizError as refused:
                return refused.code

        assert set(at_once(told, threads=4)) <= {"submitted", "attempts_used_up", "attempt_closed"}
        assert Attempt.objects.count() == 1

    def test_a_call_beside_the_page_of_the_same_learner_is_one_attempt(self) -> None:
        quiz = quiz_of()
        learner = make_enrollment(quiz.course)

        def act(number: int) -> int:
            if number:
                return start_attempt(quiz, enrollment=learner).pk
            return take(quiz, learner, {1: KEY}, submit=False).pk

        assert set(at_once(act, threads=6)) == {Attempt.objects.get().pk}
        assert Response.objects.get(position=1).answer == KEY
