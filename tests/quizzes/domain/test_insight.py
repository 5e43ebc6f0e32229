"""How the questions of a quiz do, read from sums that are kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.domain.insight import (
    QuestionRow,
    choices_now,
    fingerprint_of,
    fingerprints,
    question_rows,
    read_passages,
    times_of,
)
from quizzes.domain.quiz_items import move_item, take_out
from quizzes.models import Attempt, AttemptState, ItemStatistic, QuestionVersion, Quiz
from quizzes.statistics.sums import MILLION, Sums
from tests.factories import NOW, make_course, make_enrollment, make_quiz, single_choice

pytestmark = [pytest.mark.django_db, pytest.mark.database]
STEMS = ("Who built it?", "Who named it?", "Who drinks of it?")


def asking(*stems: str) -> Quiz:
    return make_quiz(make_course(), questions=[("single_choice", single_choice(stem)) for stem in stems])


def versions(quiz: Quiz) -> list[QuestionVersion]:
    return list(QuestionVersion.objects.filter(question__course=quiz.course).order_by("pk"))


def kept(quiz: Quiz, version: QuestionVersion, *, responses: int = 10, earned: float = 0.5) -> ItemStatistic:
    sums = {"fraction_sum": round(responses * earned * MILLION), "fraction_squares": 0, "rest_sum": 0}
    more = {"rest_squares": 0, "rest_products": 0}
    return ItemStatistic.objects.create(quiz=quiz, version=version, responses=responses, **sums, **more)


def listed(quiz: Quiz) -> list[tuple[int, str]]:
    return [(row.number, row.title) for row in question_rows(quiz)]


def test_questions_stand_in_the_order_of_the_quiz_whatever_the_order_they_were_answered_in() -> None:
    quiz = asking(*STEMS)
    for version in reversed(versions(quiz)):
        kept(quiz, version)
    assert listed(quiz) == list(enumerate(STEMS, 1))

    move_item(quiz.items.order_by("position")[2], to=1)

    assert listed(quiz) == [(1, STEMS[2]), (2, STEMS[0]), (3, STEMS[1])]


def test_what_a_pool_drew_and_what_was_taken_out_stands_behind() -> None:
    quiz = asking(*STEMS)
    for version in versions(quiz):
        kept(quiz, version)

    take_out(quiz.items.order_by("position")[0])

    assert listed(quiz) == [(1, STEMS[1]), (2, STEMS[2]), (3, STEMS[0])]


def test_a_question_that_nobody_was_graded_on_is_no_row() -> None:
    quiz = asking(*STEMS)
    first, second, _ = versions(quiz)
    kept(quiz, first, responses=0)
    kept(quiz, second)

    assert listed(quiz) == [(1, STEMS[1])]


def test_what_another_quiz_earned_is_not_told_here() -> None:
    quiz = asking(*STEMS)
    other = make_quiz(quiz.course, questions=0)
    kept(other, versions(quiz)[0])

    assert listed(quiz) == []


@pytest.mark.parametrize(("responses", "is_enough"), [(9, False), (10, True)])
def test_figures_are_told_from_ten_on(responses: int, is_enough: bool) -> None:
    quiz = asking(STEMS[0])
    kept(quiz, versions(quiz)[0], responses=responses)

    assert [row.is_enough for row in question_rows(quiz)] == [is_enough]


@pytest.mark.parametrize("questions", [1, 20])
def test_rows_and_passages_take_five_queries_whatever_their_number(questions: int) -> None:
    quiz = asking(*(f"Question {number}?" for number in range(questions)))
    for version in versions(quiz):
        kept(quiz, version)

    with CaptureQueriesContext(connection) as asked:
        rows = question_rows(quiz)
        passages = read_passages(quiz.course, rows)

    assert (len(rows), len(passages), len(asked)) == (questions, 1, 5)


@pytest.mark.parametrize(
    ("earned", "lost"), [([1.0, 1.0], 0.0), ([0.0, 0.0], 1.0), ([0.25, 0.75], 0.5), ([1.0, 0.5], 0.25)]
)
def test_what_is_lost_on_a_passage_is_what_its_questions_lost_together(earned: list[float], lost: float) -> None:
    quiz = asking(*STEMS[:2])
    for version, each in zip(versions(quiz), earned, strict=True):
        kept(quiz, version, earned=each)

    [passage] = read_passages(quiz.course, question_rows(quiz))

    assert (passage.questions, passage.answers, passage.start) == (2, 20, 24)
    assert passage.quote == "The upper town built a wall."[: len(passage.quote)]
    assert passage.lost == pytest.approx(lost)


def test_more_answers_weigh_more_on_a_passage() -> None:
    quiz = asking(*STEMS[:2])
    first, second = versions(quiz)
    kept(quiz, first, responses=30, earned=0.0)
    kept(quiz, second, responses=10, earned=1.0)

    [passage] = read_passages(quiz.course, question_rows(quiz))

    assert passage.answers == 40
    assert passage.lost == pytest.approx(0.75)


def test_no_rows_rest_on_no_passage() -> None:
    assert read_passages(asking(*STEMS).course, []) == []


def attempt(quiz: Quiz, *, minutes: float, fraction: float | None = 0.5, **fields: Any) -> Attempt:
    handed_in = {"state": AttemptState.SUBMITTED, "submitted_at": NOW + timedelta(minutes=minutes), **fields}
    return Attempt.objects.create(
        **{
            "quiz": quiz,
            "enrollment": make_enrollment(quiz.course),
            "number": 1,
            "seed": 1,
            "policy": {},
            "started_at": NOW,
            "fraction": fraction,
            "graded_at": None if fraction is None else NOW,
            **handed_in,
        }
    )


def test_minutes_and_results_are_of_graded_first_attempts_that_count() -> None:
    quiz = asking(STEMS[0])
    attempt(quiz, minutes=12.34)
    attempt(quiz, minutes=0.04, fraction=1.0)
    attempt(quiz, minutes=3, number=2)
    attempt(quiz, minutes=4, counts=False)
    attempt(quiz, minutes=5, fraction=None)
    attempt(quiz, minutes=6, fraction=None, state=AttemptState.IN_PROGRESS, submitted_at=None)
    attempt(asking(STEMS[0]), minutes=7)

    assert times_of(quiz) == [(12.3, 0.5), (0.0, 1.0)]


def test_a_fingerprint_changes_with_every_sum_and_with_no_other_quiz() -> None:
    quiz, other = asking(*STEMS[:2]), asking(STEMS[0])
    first, second = versions(quiz)
    row = kept(quiz, first)
    seen = {fingerprint_of(quiz)}

    for name in ("responses", "fraction_sum", "fraction_squares", "rest_products"):
        setattr(row, name, getattr(row, name) + 1)
        row.save()
        seen.add(fingerprint_of(quiz))
    kept(quiz, second, responses=1)
    seen.add(fingerprint_of(quiz))
    before = fingerprint_of(quiz)
    kept(other, versions(other)[0])

    assert len(seen) == 6
    assert fingerprint_of(quiz) == before


@pytest.mark.parametrize("responses", [None, 0])
def test_a_quiz_that_nobody_was_graded_on_has_no_fingerprint(responses: int | None) -> None:
    quiz = asking(STEMS[0])
    if responses is not None:
        kept(quiz, versions(quiz)[0], responses=responses)

    assert fingerprint_of(quiz) == ""
    assert fingerprints(ItemStatistic.objects.all()) == {}


def test_fingerprints_of_many_quizzes_are_those_of_each() -> None:
    quizzes = [asking(*STEMS[:number]) for number in (1, 2, 3)]
    for quiz in quizzes:
        for version in versions(quiz):
            kept(quiz, version)

    with CaptureQueriesContext(connection) as asked:
        found = fingerprints(ItemStatistic.objects.all())

    assert found == {quiz.pk: fingerprint_of(quiz) for quiz in quizzes}
    assert len(asked) == 1


COUNTED = {"a": Sums(3, 3_000_000), "b": Sums(1, 500_000)}


@pytest.mark.parametrize(
    ("choices", "bucket", "expected"),
    [
        (COUNTED, "a", {"count": 3, "share": 0.75, "credit": 1.0}),
        (COUNTED, "b", {"count": 1, "share": 0.25, "credit": 0.5}),
        (COUNTED, "c", {"count": 9, "share": 0.9, "credit": 0.9}),
        ({}, "a", {"count": 9, "share": 0.9, "credit": 0.9}),
    ],
    ids=["right", "half right", "seen by the job alone", "in own words"],
)
def test_choices_are_counted_as_of_now_and_keep_the_fifths_of_the_job(
    choices: dict[str, Sums], bucket: str, expected: dict[str, float]
) -> None:
    row = QuestionRow(1, QuestionVersion(), "Why?", sum(choices.values(), Sums()), choices)
    reckoned = {"bucket": bucket, "label": "So", "count": 9, "share": 0.9, "credit": 0.9, "fifths": [0.1]}

    assert choices_now(row, [reckoned]) == [{**reckoned, **expected}]


def test_a_question_is_one_row_with_all_its_choices_together() -> None:
    quiz = asking("Why?")
    [version] = versions(quiz)
    for choice, responses in (("k7", 2), ("m2", 3)):
        row = kept(quiz, version, responses=responses)
        ItemStatistic.objects.filter(pk=row.pk).update(choice=choice)

    [told] = question_rows(quiz)

    assert (told.sums.responses, {choice: own.responses for choice, own in told.choices.items()}) == (
        5,
        {"k7": 2, "m2": 3},
    )


def test_choices_are_not_told_where_some_answers_are_in_no_row_of_their_own() -> None:
    quiz = asking("Why?")
    [version] = versions(quiz)
    kept(quiz, version)

    assert question_rows(quiz)[0].choices == {}
