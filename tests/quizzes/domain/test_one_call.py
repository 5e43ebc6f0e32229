"""A whole attempt in one call: all of it or nothing, once however often it is sent, and in order where order counts."""

from __future__ import annotations

from itertools import permutations
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobs.models import Job
from quizzes.domain.attempts import start_attempt
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
from tests.factories import NOW, make_course, make_enrollment, make_quiz
from tests.quizzes.domain.test_concurrency import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]

KEY, OTHER = "k7", "m2"


def quiz_of(questions: int = 3, **fields: Any) -> Quiz:
    return make_quiz(make_course(), questions=questions, **fields)


def sequential() -> Quiz:
    return quiz_of(navigation=Navigation.SEQUENTIAL)


def rows(attempt: Attempt) -> list[tuple[Any, bool]]:
    """Each answer in order, and whether it no longer changes."""
    return list(Response.objects.filter(attempt=attempt).order_by("position").values_list("answer", "is_settled"))


def test_one_call_begins_answers_and_submits() -> None:
    quiz = quiz_of()

    attempt = take_quiz(quiz, enrollment=make_enrollment(quiz.course), answers={1: KEY, 3: OTHER}, submit=True)

    assert (attempt.state, attempt.number) == ("submitted", 1)
    assert [answer for answer, _ in rows(attempt)] == [KEY, None, OTHER]
    assert Job.objects.get().subject == attempt.uuid


def test_without_submitting_the_attempt_goes_on() -> None:
    quiz = quiz_of()
    learner = make_enrollment(quiz.course)

    first = take_quiz(quiz, enrollment=learner, answers={1: KEY}, submit=False)
    second = take_quiz(quiz, enrollment=learner, answers={1: OTHER, 2: KEY}, submit=False)

    assert (first.pk, second.state) == (second.pk, "in_progress")
    assert [answer for answer, _ in rows(first)] == [OTHER, KEY, None]
    assert not Job.objects.exists()


def test_no_answers_at_all_are_an_attempt_too() -> None:
    quiz = quiz_of()

    attempt = take_quiz(quiz, enrollment=make_enrollment(quiz.course), answers={}, submit=True)

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
        take_quiz(quiz, enrollment=make_enrollment(quiz.course), answers=answers, submit=True)

    assert not Attempt.objects.exists()
    assert not AnswerEvent.objects.exists()


def test_a_quiz_that_is_not_open_begins_nothing() -> None:
    quiz = quiz_of(closes_at=NOW)

    with pytest.raises(QuizNotOpen):
        take_quiz(quiz, enrollment=make_enrollment(quiz.course), answers={1: KEY}, submit=True)

    assert not Attempt.objects.exists()


def test_the_same_call_again_is_the_same_attempt_and_changes_nothing_once_it_is_submitted() -> None:
    quiz = quiz_of()
    learner, key = make_enrollment(quiz.course), uuid4()
    first = take_quiz(quiz, enrollment=learner, answers={1: KEY}, submit=True, client_key=key)
    kept = Attempt.objects.values().get()

    again = take_quiz(quiz, enrollment=learner, answers={1: OTHER, 2: OTHER}, submit=True, client_key=key)

    assert again == first
    assert Attempt.objects.values().get() == kept
    assert [answer for answer, _ in rows(first)] == [KEY, None, None]
    assert Job.objects.count() == 1


def test_another_key_is_another_attempt_where_the_quiz_allows_one() -> None:
    quiz = quiz_of(attempts_allowed=2)
    learner = make_enrollment(quiz.course)
    made = [
        take_quiz(quiz, enrollment=learner, answers={1: KEY}, submit=True, client_key=uuid4()).number for _ in range(2)
    ]

    with pytest.raises(AttemptsUsedUp):
        take_quiz(quiz, enrollment=learner, answers={1: KEY}, submit=True, client_key=uuid4())

    assert made == [1, 2]


class TestOneAfterTheOther:
    @pytest.mark.parametrize("order", list(permutations((1, 2, 3))), ids=str)
    def test_answers_are_given_in_the_quizs_order_however_they_are_sent(self, order: tuple[int, ...]) -> None:
        quiz = sequential()
        sent = {position: [KEY, OTHER, KEY][position - 1] for position in order}

        attempt = take_quiz(quiz, enrollment=make_enrollment(quiz.course), answers=sent, submit=False)

        assert rows(attempt) == [(KEY, True), (OTHER, True), (KEY, False)]

    def test_who_answers_only_the_last_has_passed_by_the_others(self) -> None:
        quiz = sequential()

        attempt = take_quiz(quiz, enrollment=make_enrollment(quiz.course), answers={3: KEY}, submit=True)

        assert [answer for answer, _ in rows(attempt)] == [None, None, KEY]
        assert attempt.state == "submitted"

    def test_there_is_no_way_back_to_what_was_passed(self) -> None:
        quiz = sequential()
        learner = make_enrollment(quiz.course)
        attempt = take_quiz(quiz, enrollment=learner, answers={2: KEY}, submit=False)

        with pytest.raises(AnswerSettled):
            take_quiz(quiz, enrollment=learner, answers={1: KEY, 3: KEY}, submit=True)

        assert rows(attempt) == [(None, True), (KEY, False), (None, False)]
        assert Attempt.objects.get().state == "in_progress"

    def test_the_same_answers_again_go_on_from_where_they_are(self) -> None:
        quiz = sequential()
        learner = make_enrollment(quiz.course)
        take_quiz(quiz, enrollment=learner, answers={1: KEY, 2: OTHER}, submit=False)

        attempt = take_quiz(quiz, enrollment=learner, answers={1: KEY, 2: OTHER, 3: KEY}, submit=True)

        assert [answer for answer, _ in rows(attempt)] == [KEY, OTHER, KEY]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    answers=st.dictionaries(st.integers(1, 3), st.sampled_from([KEY, OTHER, "", None, "gone"])),
    navigation=st.sampled_from(Navigation),
)
def test_whatever_is_answered_is_kept_as_it_was_sent(answers: dict[int, Any], navigation: Navigation) -> None:
    quiz = quiz_of(navigation=navigation)

    attempt = take_quiz(quiz, enrollment=make_enrollment(quiz.course), answers=answers, submit=True)

    assert [answer for answer, _ in rows(attempt)] == [answers.get(position) for position in (1, 2, 3)]


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_ten_calls_with_one_key_are_one_attempt(self) -> None:
        quiz = quiz_of()
        learner, key = make_enrollment(quiz.course), uuid4()

        made = at_once(
            lambda _: take_quiz(quiz, enrollment=learner, answers={1: KEY}, submit=True, client_key=key).pk, threads=10
        )

        assert set(made) == {Attempt.objects.get().pk}
        assert Job.objects.count() == 1

    def test_calls_without_a_key_are_attempts_one_after_the_other(self) -> None:
        """A second call that waits for the first to end begins an attempt of its own, and finds no trace of a fault."""
        quiz = quiz_of()
        learner = make_enrollment(quiz.course)

        made = at_once(lambda _: take_quiz(quiz, enrollment=learner, answers={1: KEY}, submit=True).number, threads=4)

        assert sorted(set(made)) == list(range(1, Attempt.objects.count() + 1))
        assert not Attempt.objects.exclude(state="submitted").exists()

    def test_of_two_calls_for_the_last_attempt_one_is_told_that_none_is_left(self) -> None:
        quiz = quiz_of(attempts_allowed=1)
        learner = make_enrollment(quiz.course)

        def take(_: int) -> str:
            try:
                return take_quiz(quiz, enrollment=learner, answers={1: KEY}, submit=True).state
            except QuizError as refused:
                return refused.code

        assert set(at_once(take, threads=4)) <= {"submitted", "attempts_used_up", "attempt_closed"}
        assert Attempt.objects.count() == 1

    def test_a_call_beside_the_page_of_the_same_learner_is_one_attempt(self) -> None:
        quiz = quiz_of()
        learner = make_enrollment(quiz.course)

        def act(number: int) -> int:
            if number:
                return start_attempt(quiz, enrollment=learner).pk
            return take_quiz(quiz, enrollment=learner, answers={1: KEY}, submit=False).pk

        assert set(at_once(act, threads=6)) == {Attempt.objects.get().pk}
        assert Response.objects.get(position=1).answer == KEY
