"""Found after looking: who may say it, of which answers, and that it changes nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.insight import question_rows
from quizzes.domain.personal_copy import personal_copy
from quizzes.domain.review import review_of
from quizzes.domain.sightings import found_after_looking, say_found, sightings_of
from quizzes.errors import NothingToFind
from quizzes.models import (
    Attempt,
    AttemptState,
    Card,
    ConceptMastery,
    GradingEvent,
    Recall,
    Response,
    Result,
    Sighting,
)
from tests.factories import NOW, make_concept, make_course, make_enrollment, make_quiz, single_choice
from tests.quizzes.domain.regraded import run_every_job
from tests.quizzes.domain.test_practising import NO_KEYS

pytestmark = [pytest.mark.django_db, pytest.mark.database]

RIGHT, WRONG = "k7", "m2"
LATER = NOW + timedelta(hours=1)
CLOSES = NOW + timedelta(days=2)


def attempted(*answers: str | None, submit: bool = True, grade: bool = True, **fields: Any) -> Attempt:
    """An attempt with these answers, one for each of its questions."""
    course = make_course()
    asked = [("single_choice", single_choice(f"Question {n}?")) for n, _ in enumerate(answers)]
    quiz = make_quiz(course, questions=asked, concept=make_concept(course), **fields)
    attempt = start_attempt(quiz, enrollment=make_enrollment(course), at=NOW)
    for position, answer in enumerate(answers, 1):
        if answer is not None:
            save_answer(attempt, given=GivenAnswer(position, answer, None), at=NOW)
    if submit:
        submit_attempt(attempt, at=NOW)
    if grade:
        run_every_job("grade_attempt")
    return Attempt.objects.select_related("quiz", "enrollment").get(pk=attempt.pk)


def found_at(attempt: Attempt, at: datetime = LATER) -> list[datetime | None]:
    return [item.found_at for item in review_of(attempt, at=at).items]


@pytest.mark.parametrize("answer", [WRONG, None], ids=["not right", "not answered"])
def test_what_was_missed_may_be_found(answer: str | None) -> None:
    attempt = attempted(answer)

    say_found(attempt, position=1, at=LATER)

    assert found_at(attempt) == [LATER]


def test_the_review_tells_which_of_the_answers_was_found() -> None:
    attempt = attempted(WRONG, RIGHT, WRONG)
    assert found_at(attempt) == [None, None, None]

    say_found(attempt, position=3, at=LATER)

    assert found_at(attempt) == [None, None, LATER]
    assert [sighting.response.position for sighting in sightings_of(attempt)] == [3]


def test_said_again_the_first_time_counts() -> None:
    attempt = attempted(WRONG)

    first = say_found(attempt, position=1, at=LATER)
    second = say_found(attempt, position=1, at=LATER + timedelta(days=1))

    assert (first.pk, second.at) == (second.pk, LATER)
    assert Sighting.objects.count() == 1


def test_without_a_time_the_databases_clock_counts() -> None:
    sighting = say_found(attempted(WRONG), position=1)

    assert sighting.at > NOW


@pytest.mark.parametrize(
    ("answer", "fields"),
    [
        (RIGHT, {}),
        (WRONG, {"submit": False, "grade": False}),
        (WRONG, {"grade": False}),
        (WRONG, {"mode": "exam", "closes_at": CLOSES}),
        (WRONG, {"feedback_policy": NO_KEYS}),
    ],
    ids=["it was right", "not submitted", "not graded", "an exam that is open", "the passage is never shown"],
)
def test_there_is_nothing_to_find_where_nothing_was_missed_or_shown(answer: str, fields: dict[str, Any]) -> None:
    attempt = attempted(answer, **fields)

    with pytest.raises(NothingToFind):
        say_found(attempt, position=1, at=LATER)

    assert not Sighting.objects.exists()


def test_what_an_exam_asked_may_be_found_from_its_closing_on() -> None:
    attempt = attempted(WRONG, mode="exam", closes_at=CLOSES)
    with pytest.raises(NothingToFind):
        say_found(attempt, position=1, at=CLOSES - timedelta(seconds=1))

    assert say_found(attempt, position=1, at=CLOSES).at == CLOSES


def test_an_attempt_that_was_set_aside_has_nothing_to_find() -> None:
    attempt = attempted(WRONG)
    attempt.state = AttemptState.VOID

    with pytest.raises(NothingToFind):
        say_found(attempt, position=1, at=LATER)


def test_a_position_that_the_attempt_does_not_ask_is_nowhere() -> None:
    with pytest.raises(Response.DoesNotExist):
        say_found(attempted(WRONG), position=2, at=LATER)


def test_it_changes_no_grade_no_result_no_mastery_and_no_card() -> None:
    attempt = attempted(WRONG)
    tables: list[Any] = [Response, GradingEvent, Result, ConceptMastery, Card, Recall]
    before = [list(table.objects.order_by("pk").values()) for table in tables]

    say_found(attempt, position=1, at=LATER)

    assert [list(table.objects.order_by("pk").values()) for table in tables] == before


def test_the_learners_own_copy_holds_when_they_found_it() -> None:
    attempt = attempted(WRONG, WRONG)
    say_found(attempt, position=2, at=LATER)
    assert attempt.enrollment is not None

    [part] = personal_copy(attempt.enrollment.user)["courses"]

    kept = [question["found_after_looking_at"] for question in part["attempts"][0]["questions"]]
    assert kept == [None, LATER.isoformat()]


def test_a_quiz_counts_for_each_wording_how_often_it_was_found_after_looking() -> None:
    first = attempted(WRONG, WRONG, WRONG)
    others = [start_attempt(first.quiz, enrollment=make_enrollment(first.quiz.course), at=NOW) for _ in range(2)]
    for attempt in others:
        submit_attempt(attempt, at=NOW)
    run_every_job("grade_attempt")
    for attempt in (first, *Attempt.objects.select_related("quiz", "enrollment").filter(pk__in=[a.pk for a in others])):
        say_found(attempt, position=1, at=LATER)
    say_found(first, position=3, at=LATER)
    elsewhere = attempted(WRONG)
    say_found(elsewhere, position=1, at=LATER)

    versions = dict(first.responses.values_list("position", "version"))

    assert found_after_looking(first.quiz) == {versions[1]: 3, versions[3]: 1}
    assert [row.found for row in question_rows(first.quiz)] == [3, 0, 1]


def test_practice_after_the_close_counts_nowhere() -> None:
    attempt = attempted(WRONG)
    say_found(attempt, position=1, at=LATER)
    Attempt.objects.update(counts=False)

    assert found_after_looking(attempt.quiz) == {}
