"""A submitted attempt as its policy lets the learner see it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.attempts import GivenAnswer, save_answers, start_attempt, submit_attempt
from quizzes.domain.review import Review, ReviewedItem, review_of
from quizzes.models import Attempt, Grading, Response
from tests.factories import NOW, make_concept, make_course, make_enrollment, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LINE = {"stem": "What is it called?", "accepted": ["thirst machine"], "explanation": "It says so."}
CLOSES = NOW + timedelta(days=1)


def answered(raw: Any, *, graded: bool = True, flagged: bool = False, **fields: Any) -> Attempt:
    course = make_course()
    quiz = make_quiz(course, questions=[("short_text", LINE)], concept=make_concept(course), **fields)
    attempt = start_attempt(quiz, enrollment=make_enrollment(course), at=NOW)
    save_answers(attempt, given=[GivenAnswer(1, raw, 0, flagged=flagged)], at=NOW)
    submit_attempt(attempt, at=NOW)
    if graded:
        run_job(Job.objects.get().uuid)
    return Attempt.objects.select_related("quiz", "enrollment").get()


def reviewed(attempt: Attempt, *, days: int = 0) -> Review:
    return review_of(attempt, at=NOW + timedelta(days=days))


def only(review: Review) -> ReviewedItem:
    [item] = review.items
    return item


@pytest.mark.parametrize(
    ("raw", "verdict"),
    [("thirst machine", "right"), ("a wall", "not right"), (None, "not answered"), ("  ", "not answered")],
)
def test_the_verdict_is_in_words(raw: Any, verdict: str) -> None:
    assert only(reviewed(answered(raw))).verdict == verdict


def test_a_flag_alone_is_no_answer() -> None:
    assert only(reviewed(answered(None, flagged=True))).verdict == "not answered"


def test_what_is_no_answer_is_summed_up_as_it_was_typed() -> None:
    attempt = answered("x" * 4_001)
    assert (only(reviewed(attempt)).summary, only(reviewed(attempt)).verdict) == ("x" * 4_001, "not right")
    assert only(reviewed(attempt)).feedback.startswith("This counted as unanswered.")


def test_everything_is_shown_once_the_policy_allows_it() -> None:
    review = reviewed(answered("thirst machin"))
    item = only(review)

    assert (review.fraction, review.points, review.max_points) == (Decimal(1), Decimal(1), Decimal(1))
    assert item.explanation == "It says so."
    assert item.parts is not None
    assert item.evidence[0].quote == "The upper town built a wall."
    assert item.path != ()
    assert item.feedback == "Accepted; it is written “thirst machine”."


def test_an_open_exam_shows_points_and_nothing_that_tells_the_key() -> None:
    review = reviewed(answered("a wall", mode="exam", closes_at=CLOSES))
    item = only(review)

    assert review.fraction == 0
    assert (item.verdict, item.fraction, item.feedback, item.parts, item.explanation) == ("", None, "", None, "")
    assert (item.evidence, item.path) == ((), ())
    assert item.summary == "a wall"


def test_a_closed_exam_shows_everything() -> None:
    item = only(reviewed(answered("a wall", mode="exam", closes_at=CLOSES), days=2))

    assert (item.verdict, item.explanation) == ("not right", "It says so.")


def test_what_is_not_graded_yet_says_so() -> None:
    review = reviewed(answered("a wall", graded=False))

    assert review.grading == Grading.PENDING
    assert only(review).verdict == "being graded"


@pytest.mark.parametrize(
    ("grading", "verdict"), [(Grading.FAILED, "not graded"), (Grading.PENDING_MANUAL, "waiting for a person")]
)
def test_what_could_not_be_graded_is_no_verdict_on_the_answer(grading: Grading, verdict: str) -> None:
    attempt = answered("a wall")
    Response.objects.update(grading=grading, fraction=None)

    review = reviewed(attempt)

    assert (review.grading, only(review).verdict) == (grading, verdict)
