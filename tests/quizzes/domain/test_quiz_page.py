"""A quiz before it is taken: what its page says is what happens to who begins, whatever was set and done before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.errors import MayNotAnswer
from course.models import Enrollment, Role
from quizzes.domain.admission import NOT_OFFERED
from quizzes.domain.attempts import start_attempt
from quizzes.domain.quiz_page import SHOWN_ATTEMPTS, QuizPage, quiz_page, quiz_readable_by, used_of
from quizzes.domain.tagging import tag_questions
from quizzes.errors import AttemptsUsedUp, AttemptTooSoon, QuizNotOpen
from quizzes.models import Attempt, AttemptState, Question, Quiz, QuizItem
from tests.factories import NOW, make_course, make_enrollment, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Past:
    """An attempt of before: so many hours ago it was begun, and an hour later submitted unless it was made void."""

    hours_ago: int
    counts: bool = True
    state: AttemptState = AttemptState.SUBMITTED


def taken(quiz: Quiz, enrollment: Enrollment, past: Sequence[Past]) -> None:
    """The learner has these attempts at the quiz, the oldest first."""
    Attempt.objects.bulk_create(
        Attempt(
            quiz=quiz,
            enrollment=enrollment,
            number=number,
            seed=1,
            policy={},
            state=each.state,
            counts=each.counts,
            started_at=NOW - each.hours_ago * HOUR - HOUR,
            submitted_at=NOW - each.hours_ago * HOUR if each.state == AttemptState.SUBMITTED else None,
        )
        for number, each in enumerate(sorted(past, key=lambda each: -each.hours_ago), 1)
    )


def quiz_with(**fields: Any) -> Quiz:
    made = make_quiz(make_course(), questions=1, **fields)
    return Quiz.objects.select_related("course", "lesson").get(pk=made.pk)


def page_of(quiz: Quiz, enrollment: Enrollment | None = None, *, at: datetime = NOW) -> QuizPage:
    return quiz_page(quiz, enrollment=enrollment, at=at)


SAID = {
    "it has not opened": ({"opens_at": NOW + HOUR}, [], "This quiz opens on 22 November 2026 at 13:00 UTC."),
    "it opens now": ({"opens_at": NOW}, [], ""),
    "it closes now": ({"closes_at": NOW}, [], "This quiz closed on 22 November 2026 at 12:00 UTC."),
    "it closes in a moment": ({"closes_at": NOW + timedelta(microseconds=1)}, [], ""),
    "late credit goes on": ({"closes_at": NOW - HOUR, "late_credit": [{"hours": 2, "credit": 0.5}]}, [], ""),
    "late credit is over": (
        {"closes_at": NOW - 2 * HOUR, "late_credit": [{"hours": 2, "credit": 0.5}]},
        [],
        "This quiz closed on 22 November 2026 at 12:00 UTC.",
    ),
    "practice follows the closing": ({"closes_at": NOW - HOUR, "practice_after_close": True}, [], ""),
    "one of two attempts is left": ({"attempts_allowed": 2}, [Past(30)], ""),
    "both attempts are used": (
        {"attempts_allowed": 2},
        [Past(30), Past(20)],
        "You have used every attempt at this quiz.",
    ),
    "a void attempt was one": (
        {"attempts_allowed": 1},
        [Past(30, state=AttemptState.VOID)],
        "You have used every attempt at this quiz.",
    ),
    "the pause is not over": (
        {"delay_seconds": 7200},
        [Past(1)],
        "Your next attempt opens on 22 November 2026 at 13:00 UTC.",
    ),
    "the pause is just over": ({"delay_seconds": 3600}, [Past(1)], ""),
    "an attempt runs though none is left": (
        {"attempts_allowed": 1},
        [Past(1, state=AttemptState.IN_PROGRESS)],
        "",
    ),
    "it was archived": ({"archived_at": NOW - DAY}, [], NOT_OFFERED),
}


@pytest.mark.parametrize(("fields", "past", "refusal"), SAID.values(), ids=SAID)
def test_a_page_says_why_nothing_can_begin(fields: dict[str, Any], past: list[Past], refusal: str) -> None:
    quiz = quiz_with(**fields)
    learner = make_enrollment(quiz.course)
    taken(quiz, learner, past)

    assert page_of(quiz, learner).refusal == refusal


def test_a_quiz_that_asks_nothing_says_so() -> None:
    quiz = quiz_with()
    QuizItem.objects.all().delete()

    page = page_of(quiz, make_enrollment(quiz.course))

    assert (page.questions, page.points, page.refusal) == (0, Decimal(0), "This quiz has no published question yet.")


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.LEARNER])
def test_who_only_looks_on_is_told_so_before_anything_else(role: Role) -> None:
    quiz = quiz_with(opens_at=NOW + HOUR)

    refusal = page_of(quiz, make_enrollment(quiz.course, role=role)).refusal

    assert (refusal == MayNotAnswer.message) == (role == Role.OBSERVER)


def test_a_pool_counts_for_as_many_questions_as_it_takes() -> None:
    quiz = quiz_with()
    make_quiz(quiz.course, questions=3)
    tag_questions(Question.objects.values_list("pk", flat=True), name="wall")
    QuizItem.objects.create(quiz=quiz, pool={"tag": "wall", "take": 3}, position=2, max_points=Decimal("1.5"))

    page = page_of(quiz)

    assert (page.questions, page.points) == (4, Decimal("5.5"))


def test_more_time_and_later_closing_are_told_in_the_learners_own_terms() -> None:
    quiz = quiz_with(closes_at=NOW - HOUR, time_limit_seconds=600)
    learner = make_enrollment(quiz.course, extra_days=1, time_factor=Decimal("1.5"))

    page = page_of(quiz, learner)

    assert (page.refusal, page.window.closes_at, page.window.limit_seconds) == ("", NOW - HOUR + DAY, 900)
    assert page_of(quiz, make_enrollment(quiz.course)).refusal.startswith("This quiz closed on")


@pytest.mark.parametrize(
    ("allowed", "past", "left"),
    [
        (None, [Past(3)], None),
        (3, [], 3),
        (3, [Past(3), Past(2)], 1),
        (3, [Past(3, counts=False), Past(2)], 2),
        (1, [Past(3), Past(2)], 0),
    ],
)
def test_practice_after_the_close_uses_no_attempt_up(allowed: int | None, past: list[Past], left: int | None) -> None:
    quiz = quiz_with(attempts_allowed=allowed)
    learner = make_enrollment(quiz.course)
    taken(quiz, learner, past)

    assert page_of(quiz, learner).attempts_left == left


def test_a_page_shows_so_many_attempts_and_counts_them_all() -> None:
    quiz = quiz_with(attempts_allowed=SHOWN_ATTEMPTS + 10)
    learner = make_enrollment(quiz.course)
    taken(quiz, learner, [Past(hours) for hours in range(1, SHOWN_ATTEMPTS + 8)])

    page = page_of(quiz, learner)

    assert [attempt.number for attempt in page.attempts] == list(range(SHOWN_ATTEMPTS + 7, 7, -1))
    assert (used_of(page.attempts), page.attempts_left) == (SHOWN_ATTEMPTS + 7, 3)


@pytest.mark.parametrize("attempts", [0, 1, 20])
def test_a_page_takes_two_statements_whatever_was_done(attempts: int) -> None:
    quiz = quiz_with()
    learner = make_enrollment(quiz.course)
    taken(quiz, learner, [Past(hours) for hours in range(1, attempts + 1)])

    with CaptureQueriesContext(connection) as asked:
        page = page_of(quiz, learner)

    assert (len(asked), len(page.attempts)) == (2, attempts)


def test_only_ones_own_attempts_are_shown() -> None:
    quiz = quiz_with(attempts_allowed=1)
    one, other = make_enrollment(quiz.course), make_enrollment(quiz.course)
    taken(quiz, other, [Past(1)])
    running = start_attempt(quiz, enrollment=one, at=NOW)

    assert page_of(quiz, one).open_attempt == running
    assert page_of(quiz, make_enrollment(quiz.course)).attempts == ()
    assert page_of(quiz, None).attempts == ()


@pytest.mark.parametrize("spoilt", ["course", "slug", "archived"])
def test_a_quiz_that_is_not_there_for_somebody_is_not_there(spoilt: str) -> None:
    quiz = quiz_with(archived_at=NOW if spoilt == "archived" else None)
    names = {"course": quiz.course.slug, "slug": quiz.slug}
    person = make_enrollment(quiz.course).user
    if spoilt in names:
        names[spoilt] += "-2"

    for reader in (person, AnonymousUser()):
        if spoilt == "archived":
            continue
        with pytest.raises(Quiz.DoesNotExist, match="There is no such quiz for you"):
            quiz_readable_by(reader, **names)


REFUSED = (QuizNotOpen, AttemptsUsedUp, AttemptTooSoon)
hours_around = st.sampled_from([None, None, None, -60, -30, 0, 30])
pasts = st.lists(
    st.builds(
        Past,
        st.integers(0, 50),
        st.booleans(),
        st.sampled_from([AttemptState.SUBMITTED, AttemptState.VOID]),
    ),
    max_size=4,
    unique_by=lambda each: each.hours_ago,
)
rules = st.fixed_dictionaries(
    {
        "attempts_allowed": st.sampled_from([None, 1, 2, 3]),
        "delay_seconds": st.sampled_from([0, 0, 3600, 7200]),
        "practice_after_close": st.booleans(),
        "late": st.sampled_from([(), (1,), (24, 48)]),
        "opens": hours_around,
        "closes": hours_around,
    }
)


def settings_of(rule: dict[str, Any]) -> dict[str, Any]:
    """The fields of a quiz that the rule stands for; practice and late credit only where it closes."""
    opens, closes = (None if hours is None else NOW + hours * HOUR for hours in (rule["opens"], rule["closes"]))
    if opens and closes and opens >= closes:
        opens = None
    return {
        "attempts_allowed": rule["attempts_allowed"],
        "delay_seconds": rule["delay_seconds"],
        "opens_at": opens,
        "closes_at": closes,
        "practice_after_close": rule["practice_after_close"] and closes is not None,
        "late_credit": [{"hours": hours, "credit": 0.5} for hours in rule["late"]] if closes else [],
    }


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rule=rules, past=pasts, extra=st.sampled_from([0, 1, 3]))
def test_whoever_the_page_lets_begin_may_and_nobody_else(rule: dict[str, Any], past: list[Past], extra: int) -> None:
    quiz = quiz_with(**settings_of(rule))
    learner = make_enrollment(quiz.course, extra_days=extra)
    taken(quiz, learner, past)
    page = page_of(quiz, learner)

    try:
        attempt: Attempt | None = start_attempt(quiz, enrollment=learner, at=NOW)
    except REFUSED:
        attempt = None

    assert (attempt is not None) == (page.refusal == "")
    if attempt is not None:
        assert attempt.counts is not page.is_practice(NOW)
        assert page_of(quiz, learner).open_attempt == attempt
