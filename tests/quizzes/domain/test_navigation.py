"""Questions one after the other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from quizzes.domain.attempts import GivenAnswer, save_answer, save_answers, start_attempt, submit_attempt
from quizzes.domain.navigation import go_on
from quizzes.errors import AnswerSettled, AnyOrder, AttemptClosed, NotYetAsked
from quizzes.models import Attempt, Navigation, Response
from tests.factories import NOW, make_course, make_enrollment, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def started(navigation: Navigation = Navigation.SEQUENTIAL, **fields: Any) -> Attempt:
    course = make_course()
    quiz = make_quiz(course, questions=3, navigation=navigation, **fields)
    return start_attempt(quiz, enrollment=make_enrollment(course), at=NOW)


def save(attempt: Attempt, position: int, raw: str = "k7") -> int:
    return save_answer(attempt, given=GivenAnswer(position, raw, None), at=NOW).sequence


def settled(attempt: Attempt) -> list[bool]:
    return list(Response.objects.filter(attempt=attempt).values_list("is_settled", flat=True))


def test_the_question_that_is_asked_can_be_answered_and_changed() -> None:
    attempt = started()

    assert [save(attempt, 1, "m2"), save(attempt, 1, "k7")] == [1, 2]


def test_going_on_settles_what_was_asked_and_asks_the_next() -> None:
    attempt = started()

    assert go_on(attempt, position=1, at=NOW) == 2
    assert settled(attempt) == [True, False, False]
    assert go_on(attempt, position=1, at=NOW) == 2
    assert go_on(attempt, position=2, at=NOW) == 3
    assert go_on(attempt, position=3, at=NOW) is None
    assert settled(attempt) == [True] * 3


def test_a_question_that_was_passed_takes_no_other_answer() -> None:
    attempt = started()
    save(attempt, 1)
    go_on(attempt, position=1, at=NOW)

    with pytest.raises(AnswerSettled):
        save(attempt, 1, "m2")

    assert Response.objects.get(attempt=attempt, position=1).answer == "k7"


def test_the_answer_it_has_may_be_sent_again() -> None:
    attempt = started()
    save(attempt, 1)
    go_on(attempt, position=1, at=NOW)

    assert save(attempt, 1) == 1


def test_of_several_answers_the_ones_that_still_change_are_kept() -> None:
    attempt = started()
    go_on(attempt, position=1, at=NOW)

    saving = save_answers(attempt, given=[GivenAnswer(1, "k7", None), GivenAnswer(2, "k7", None)], at=NOW)

    assert ([each.position for each in saving.saved], saving.settled) == ([2], (1,))


@pytest.mark.parametrize("position", [2, 3])
def test_a_question_further_on_is_not_asked_yet(position: int) -> None:
    attempt = started()

    with pytest.raises(NotYetAsked):
        save(attempt, position)
    with pytest.raises(NotYetAsked):
        go_on(attempt, position=position, at=NOW)
    assert settled(attempt) == [False] * 3


def test_there_is_nothing_to_go_on_from_where_any_order_will_do() -> None:
    attempt = started(Navigation.FREE)

    assert save(attempt, 3) == 1
    with pytest.raises(AnyOrder):
        go_on(attempt, position=1, at=NOW)


def test_nobody_goes_on_after_the_end() -> None:
    attempt = started(time_limit_seconds=60)

    with pytest.raises(AttemptClosed):
        go_on(attempt, position=1, at=NOW + timedelta(seconds=76))
    submit_attempt(attempt, at=NOW)
    with pytest.raises(AttemptClosed):
        go_on(attempt, position=1, at=NOW)


def test_there_is_no_going_on_from_a_question_that_is_not_there() -> None:
    with pytest.raises(Response.DoesNotExist):
        go_on(started(), position=4, at=NOW)


def test_a_running_attempt_keeps_the_order_it_began_with() -> None:
    attempt = started()
    attempt.quiz.navigation = Navigation.FREE
    attempt.quiz.save()

    with pytest.raises(NotYetAsked):
        save(Attempt.objects.get(pk=attempt.pk), 2)
