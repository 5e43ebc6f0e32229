"""Whatever a quiz's policy is, and whatever became of a grade: a review holds what it may, and nothing beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.domain.overrides import override_grade
from quizzes.domain.personal_copy import personal_copy
from quizzes.domain.review import Review, review_of
from quizzes.domain.versions import new_version, publish_version
from quizzes.models import Attempt, Quiz, Response
from quizzes.policy import EVERYTHING, Shown, shown_now
from tests.factories import NOW
from tests.quizzes.domain.regraded import CONTENT, Class

pytestmark = [pytest.mark.django_db, pytest.mark.database]

CLOSES = NOW + timedelta(days=1)
EXPLANATION, ACCEPTED, GIVEN = "Because the text says so.", "thirst machine", "dry machine"
REASON = "“Dry machine” was right as well."
QUOTE = "The upper town built a wall."
TOLD_BY: Mapping[str, set[Shown]] = {
    EXPLANATION: {Shown.KEY},
    # The term of the question's concept too: whoever sees what proves the answer may know it.
    ACCEPTED: {Shown.KEY, Shown.EVIDENCE},
    QUOTE: {Shown.EVIDENCE},
}
"""Words that a review may hold only where one of these is shown."""

names = st.lists(st.sampled_from(EVERYTHING), unique=True)
matrices = st.fixed_dictionaries({"after_submit": names, "after_close": names})
moments = st.sampled_from(
    [NOW + timedelta(hours=1), CLOSES - timedelta(microseconds=1), CLOSES, CLOSES + timedelta(days=9)]
)


class Scene:
    """A short answer that was not right, in a quiz that closes tomorrow and shows what the matrix says."""

    def __init__(self, matrix: dict[str, Any]) -> None:
        self.scene = Class(mode="exam", closes_at=CLOSES, feedback_policy=matrix)
        content = {**CONTENT, "explanation": EXPLANATION, "accepted": [ACCEPTED]}
        publish_version(new_version(self.scene.version, content=content, at=NOW), by=None, at=NOW)
        self.scene.answered(GIVEN)

    @property
    def attempt(self) -> Attempt:
        return Attempt.objects.select_related("quiz", "enrollment__user").get(quiz=self.scene.quiz)

    def review(self, at: datetime) -> Review:
        return review_of(self.attempt, at=at)

    def shown(self, at: datetime) -> frozenset[Shown]:
        return shown_now(self.attempt.policy, submitted=True, closed=at >= CLOSES)


def told_in(review: Review) -> str:
    """Everything that a page is given of the review, as one text."""
    return str([asdict(item) for item in review.items])


def require_only_what_is_shown(review: Review, shown: frozenset[Shown]) -> None:
    [item] = review.items
    text = told_in(review)
    for words, needs in TOLD_BY.items():
        assert (words in text) <= bool(needs & shown), words
    assert (item.concept, item.concept_slug) == ("", "") or shown & {Shown.KEY, Shown.EVIDENCE}
    assert (review.fraction is not None) == (Shown.FRACTION in shown)
    assert (item.fraction is not None, item.verdict != "") == (Shown.VERDICT in shown,) * 2
    assert (item.parts is not None, item.explanation != "", item.path != ()) == (Shown.KEY in shown,) * 3
    assert (item.evidence != ()) == (Shown.EVIDENCE in shown)
    assert Shown.FEEDBACK in shown or item.feedback == ""


@settings(max_examples=18, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(matrix=matrices, at=moments)
def test_a_review_holds_what_its_moment_shows_and_nothing_else(matrix: dict[str, Any], at: datetime) -> None:
    scene = Scene(matrix)

    review = scene.review(at)

    require_only_what_is_shown(review, scene.shown(at))
    assert (review.items[0].summary, review.items[0].change) == (GIVEN, None)


@settings(max_examples=9, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(matrix=matrices, at=moments)
def test_a_regrade_tells_no_more_than_the_policy(matrix: dict[str, Any], at: datetime) -> None:
    scene = Scene(matrix)
    scene.scene.accept(ACCEPTED, GIVEN)
    scene.scene.apply(scene.scene.plan())

    review, shown = scene.review(at), scene.shown(at)

    [item] = review.items
    require_only_what_is_shown(review, shown)
    assert (item.change is not None) == (Shown.VERDICT in shown)
    if item.change is not None:
        assert (item.change.gained != ()) == (Shown.KEY in shown)
        assert (item.change.before, item.change.reason) == (Decimal(0), REASON)
    assert Shown.VERDICT in shown or REASON not in told_in(review)


@settings(max_examples=9, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(matrix=matrices, at=moments)
def test_what_a_person_decided_is_told_with_the_verdict_and_not_before(matrix: dict[str, Any], at: datetime) -> None:
    scene = Scene(matrix)
    response = Response.objects.get(attempt=scene.attempt)
    override_grade(response, fraction=Decimal("0.5"), reason="Half of it is there.", actor=scene.scene.instructor)

    review, shown = scene.review(at), scene.shown(at)

    assert ("Half of it is there." in told_in(review)) <= bool(shown & {Shown.VERDICT, Shown.FEEDBACK, Shown.KEY})
    assert (review.items[0].fraction == Decimal("0.5")) == (Shown.VERDICT in shown)


@settings(max_examples=9, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(matrix=matrices, at=moments)
def test_a_personal_copy_opens_no_door_that_the_review_keeps_shut(matrix: dict[str, Any], at: datetime) -> None:
    scene = Scene(matrix)
    enrollment = scene.attempt.enrollment
    assert enrollment is not None

    copy, shown = personal_copy(enrollment.user, at=at), scene.shown(at)

    [attempt] = copy["courses"][0]["attempts"]
    [question] = attempt["questions"]
    assert EXPLANATION not in str(copy)
    assert ACCEPTED not in str(copy) or Shown.FEEDBACK in shown
    assert (attempt["fraction"] is not None) == (Shown.FRACTION in shown)
    assert (question["fraction"] is not None, question["verdict"] != "") == (Shown.VERDICT in shown,) * 2
    assert question["answer"] == GIVEN


@settings(max_examples=9, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(matrix=matrices, other=matrices)
def test_who_answers_keeps_the_policy_they_began_with(matrix: dict[str, Any], other: dict[str, Any]) -> None:
    scene = Scene(matrix)
    before = scene.review(CLOSES)

    Quiz.objects.filter(pk=scene.scene.quiz.pk).update(feedback_policy=other)

    assert scene.review(CLOSES) == before


@pytest.mark.parametrize("questions", [1, 8])
def test_a_review_takes_four_statements_whatever_it_reviews(questions: int) -> None:
    scene = Class(questions=questions)
    scene.answered(GIVEN)
    attempt = Attempt.objects.select_related("quiz", "enrollment").get()

    with CaptureQueriesContext(connection) as asked:
        assert len(review_of(attempt, at=NOW).items) == questions

    assert len(asked) <= 4
