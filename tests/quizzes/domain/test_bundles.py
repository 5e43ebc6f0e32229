"""Bundles: what the database counts together is what looking at each response finds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.domain.buckets import choice_of
from quizzes.domain.bundles import Bundle, answered_bundles, chosen_bundles, first_attempts
from quizzes.domain.item_statistics import Key, Part, sums_of, total
from quizzes.models import Attempt, AttemptState, Grading, Quiz, Response
from quizzes.statistics.sums import Sums
from tests.factories import NOW, make_course, make_enrollment, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]

THIRD, HALF, ONE, NONE = Decimal("0.333333"), Decimal("0.5"), Decimal(1), Decimal(0)


def quiz_of(questions: int) -> Quiz:
    return make_quiz(make_course(), questions=questions)


def attempted(quiz: Quiz, *earned: tuple[Any, Decimal], points: Decimal = ONE, **fields: Any) -> Attempt:
    """A learner's graded attempt: for each question the answer and what it earned of so many points."""
    about = {"number": 1, "state": AttemptState.SUBMITTED, "fraction": HALF, "policy": {}, "seed": 1, **fields}
    attempt = Attempt.objects.create(
        quiz=quiz, enrollment=make_enrollment(quiz.course), started_at=NOW, submitted_at=NOW, **about
    )
    versions = [item.question.versions.get() for item in quiz.items.order_by("position") if item.question]
    Response.objects.bulk_create(
        Response(
            attempt=attempt,
            position=position,
            version=versions[position - 1],
            max_points=points,
            answer=answer,
            grading=Grading.GRADED,
            fraction=fraction,
        )
        for position, (answer, fraction) in enumerate(earned, 1)
    )
    return attempt


def found_in(quiz: Quiz) -> list[Bundle]:
    responses = first_attempts(Response.objects.filter(attempt__quiz=quiz))
    return sorted(answered_bundles(responses), key=lambda each: (each.position, str(each.answer), each.earned))


def test_alike_in_everything_is_one_bundle() -> None:
    quiz = quiz_of(2)
    for _ in range(3):
        attempted(quiz, ("k7", ONE), ("m2", NONE))

    first, second = found_in(quiz)

    assert first == Bundle(
        quiz.pk, first.version, ONE, ONE, earned=ONE, possible=Decimal(2), count=3, position=1, answer="k7"
    )
    assert second == replace(first, version=second.version, fraction=NONE, position=2, answer="m2")


@pytest.mark.parametrize(
    ("other", "found"),
    [
        pytest.param((("m2", ONE), ("m2", NONE)), 3, id="another answer"),
        pytest.param((("k7", ONE), ("k7", NONE)), 3, id="another answer to the other question"),
        pytest.param((("k7", HALF), ("m2", NONE)), 4, id="another fraction and so another total"),
        pytest.param((("k7", ONE), ("m2", THIRD)), 4, id="another total and so another rest"),
    ],
)
def test_what_differs_in_one_thing_is_another_bundle(other: tuple[tuple[Any, Decimal], ...], found: int) -> None:
    quiz = quiz_of(2)
    attempted(quiz, ("k7", ONE), ("m2", NONE))
    attempted(quiz, *other)

    assert len(found_in(quiz)) == found


@pytest.mark.parametrize(
    "answer", [None, "", "a 'quoted' % {word}", 7, 0.5, ["b", "a"], {"b": [1], "a": None}, "ünï ☃", True]
)
def test_any_answer_comes_back_as_it_was_given(answer: Any) -> None:
    quiz = quiz_of(1)
    attempted(quiz, (answer, ONE))

    assert [each.answer for each in found_in(quiz)] == [answer]


def test_thirds_of_cents_are_added_exactly() -> None:
    quiz = quiz_of(2)
    attempted(quiz, ("k7", THIRD), ("k7", THIRD), points=Decimal("0.07"))

    each = found_in(quiz)[0]

    assert (each.fraction, each.points, each.earned, each.possible) == (
        THIRD, Decimal("0.07"), Decimal("0.04666662"), Decimal("0.14"),
    )  # fmt: skip


@pytest.mark.parametrize(
    "left_out",
    [{"number": 2}, {"counts": False}, {"state": AttemptState.VOID}, {"fraction": None}],
    ids=lambda fields: next(iter(fields)),
)
def test_only_first_attempts_that_count_are_looked_at(left_out: dict[str, Any]) -> None:
    quiz = quiz_of(1)
    attempted(quiz, ("k7", ONE), **left_out)

    assert found_in(quiz) == []


def test_no_attempts_are_no_bundles_and_no_statement() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert list(chosen_bundles(Response.objects.filter(attempt__in=[]))) == []

    assert len(queries) == 0


@pytest.mark.parametrize("learners", [1, 12])
def test_all_responses_are_looked_at_by_one_statement(learners: int) -> None:
    quiz = quiz_of(2)
    for _ in range(learners):
        attempted(quiz, ("k7", ONE), ("m2", NONE))

    with CaptureQueriesContext(connection) as queries:
        assert sum(each.count for each in chosen_bundles(Response.objects.filter(attempt__quiz=quiz))) == 2 * learners

    assert len(queries) == 1


fractions = st.sampled_from([NONE, THIRD, HALF, Decimal("0.666667"), ONE])
attempts = st.lists(
    st.lists(st.tuples(st.sampled_from(["k7", "m2", None]), fractions), min_size=3, max_size=3), max_size=8
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(attempts, st.sampled_from([ONE, Decimal("2.50"), Decimal("0.33")]))
def test_the_sums_of_bundles_are_those_of_each_attempt_by_itself(
    given_: list[list[tuple[Any, Decimal]]], points: Decimal
) -> None:
    quiz = quiz_of(3)
    expected: dict[Key, Sums] = {}
    for earned in given_:
        responses = attempted(quiz, *earned, points=points).responses.all()
        parts = [
            Part(
                quiz.pk,
                each.version_id,
                each.fraction or NONE,
                each.max_points,
                choice_of(each.version, each.answer),
            )
            for each in responses
        ]
        for key, sums in sums_of(parts).items():
            expected[key] = expected.get(key, Sums()) + sums

    mine = Response.objects.filter(attempt__quiz=quiz)
    assert total(mine) == expected
    assert sum(each.count for each in answered_bundles(mine)) == 3 * len(given_)
    assert Counter({each.version: 0 for each in chosen_bundles(mine)}).keys() == {key[1] for key in expected}
