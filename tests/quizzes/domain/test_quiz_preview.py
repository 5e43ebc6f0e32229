"""A preview says what happens: whether the learner could begin then, what they would be asked, and what be shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.domain.progress import mark_read
from course.models import Course, CourseState, Enrollment
from quizzes.domain.attempt_page import attempt_items
from quizzes.domain.attempts import start_attempt, submit_attempt
from quizzes.domain.quiz_preview import QuizPreview, quiz_preview
from quizzes.domain.tagging import tag_questions
from quizzes.errors import NothingToAsk, PoolTooSmall, QuizError
from quizzes.models import Attempt, Quiz, QuizItem
from quizzes.policy import EVERYTHING, Moment, Shown
from tests.factories import NOW, make_course, make_enrollment, make_quiz, single_choice

pytestmark = [pytest.mark.django_db, pytest.mark.database]

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SEED = 4711


def quiz_with(questions: int = 3, **fields: Any) -> Quiz:
    made = make_quiz(make_course(), questions=questions, **fields)
    return Quiz.objects.select_related("course", "lesson").get(pk=made.pk)


def preview(quiz: Quiz, enrollment: Enrollment | None = None, *, at: datetime = NOW, seed: int = SEED) -> QuizPreview:
    return quiz_preview(quiz, enrollment=enrollment, at=at, seed=seed)


def counts() -> dict[str, int]:
    """How many rows every table has."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_a_preview_writes_nothing() -> None:
    quiz = quiz_with(shuffle=True, time_limit_seconds=600)
    learner = make_enrollment(quiz.course)
    before = counts()

    preview(quiz, learner)
    preview(quiz)

    assert counts() == before


def pooled(quiz: Quiz) -> None:
    questions = list(quiz.items.values_list("question", flat=True))
    tag_questions(questions, name="wall")
    quiz.items.all().delete()
    QuizItem.objects.create(quiz=quiz, pool={"tag": "wall", "take": 2}, position=1, max_points=Decimal("1.5"))


def as_it_is(_quiz: Quiz) -> None: ...


@pytest.mark.parametrize("shuffle", [False, True])
@pytest.mark.parametrize("change", [as_it_is, pooled])
@pytest.mark.parametrize("seed", [1, SEED, 2**47])
def test_an_attempt_with_the_same_seed_asks_what_was_previewed(
    change: Callable[[Quiz], None], shuffle: bool, seed: int
) -> None:
    quiz = quiz_with(questions=5, shuffle=shuffle)
    change(quiz)
    seen = preview(quiz, seed=seed).questions

    attempt = start_attempt(quiz, enrollment=make_enrollment(quiz.course), at=NOW, seed=seed)

    asked = attempt_items(attempt)
    assert [(each.position, each.presentation, float(each.max_points)) for each in seen] == [
        (each.position, each.presentation, each.max_points) for each in asked
    ]


def emptied(quiz: Quiz) -> None:
    quiz.items.all().delete()


def drained(quiz: Quiz) -> None:
    pooled(quiz)
    QuizItem.objects.update(pool={"tag": "nothing", "take": 2})


@pytest.mark.parametrize(("change", "error"), [(emptied, NothingToAsk), (drained, PoolTooSmall)])
def test_what_cannot_be_drawn_is_said_and_stops_no_preview(
    change: Callable[[Quiz], None], error: type[QuizError]
) -> None:
    quiz = quiz_with()
    change(quiz)

    seen = preview(quiz)

    assert (seen.questions, seen.problem) == ((), error.message)


@pytest.mark.parametrize("at", [NOW - 2 * HOUR, NOW, NOW + 2 * HOUR])
def test_whoever_could_begin_at_that_moment_is_told_so_with_the_deadline_they_would_have(at: datetime) -> None:
    quiz = quiz_with(opens_at=NOW - HOUR, closes_at=NOW + HOUR, time_limit_seconds=600)
    learner = make_enrollment(quiz.course, time_factor=Decimal(2))
    seen = preview(quiz, learner, at=at)

    try:
        attempt = start_attempt(quiz, enrollment=learner, at=at)
    except QuizError:
        assert seen.refusal.endswith(".")
        return
    assert (seen.refusal, seen.deadline) == ("", attempt.deadline_at)


def test_practice_after_the_close_has_no_deadline_and_is_called_that() -> None:
    quiz = quiz_with(closes_at=NOW - HOUR, practice_after_close=True, time_limit_seconds=600)

    after, before = preview(quiz), preview(quiz, at=NOW - DAY)

    assert (after.is_practice, after.deadline, after.has_closed) == (True, None, True)
    assert (before.is_practice, before.deadline, before.has_closed) == (
        False,
        NOW - DAY + timedelta(seconds=600),
        False,
    )


SHOWN = {
    "practice": (set(EVERYTHING), set(EVERYTHING), set(EVERYTHING)),
    "check": (set(), set(EVERYTHING), set(EVERYTHING)),
    "exam": (set(), {"fraction"}, set(EVERYTHING)),
}


@pytest.mark.parametrize("mode", SHOWN)
def test_it_says_for_each_moment_what_the_review_would_show(mode: str) -> None:
    seen = preview(quiz_with(mode=mode)).shown

    assert tuple({each.value for each in seen[moment]} for moment in Moment) == SHOWN[mode]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    matrix=st.dictionaries(
        st.sampled_from([moment.value for moment in Moment]),
        st.lists(st.sampled_from(EVERYTHING), unique=True),
    )
)
def test_closing_never_takes_away_what_was_shown_after_submitting(matrix: dict[str, list[str]]) -> None:
    seen = preview(quiz_with(questions=1, mode="exam", feedback_policy=matrix)).shown

    assert seen[Moment.AFTER_SUBMIT] <= seen[Moment.AFTER_CLOSE]
    if Moment.AFTER_ANSWER.value in matrix:
        assert seen[Moment.AFTER_ANSWER] == {Shown(name) for name in matrix[Moment.AFTER_ANSWER.value]}


def test_what_the_learner_did_so_far_counts() -> None:
    quiz = quiz_with(attempts_allowed=1)
    learner = make_enrollment(quiz.course)
    mark_read(quiz.course.lessons.get(), enrollment=learner)
    submit_attempt(start_attempt(quiz, enrollment=learner, at=NOW), at=NOW, hint=False)

    seen, somebody_new = preview(quiz, learner), preview(quiz)

    assert (seen.refusal, seen.lessons_read, seen.lessons) == ("You have used every attempt at this quiz.", 1, 1)
    assert (somebody_new.refusal, somebody_new.lessons_read) == ("", 0)
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize(
    ("state", "part", "finds"),
    [
        (CourseState.PUBLISHED, {}, True),
        (CourseState.PUBLISHED, {"starts_at": NOW + HOUR}, True),
        (CourseState.DRAFT, {}, False),
        (CourseState.ARCHIVED, {}, False),
    ],
)
def test_it_says_whether_the_learner_finds_the_course_at_all(
    state: CourseState, part: dict[str, Any], finds: bool
) -> None:
    quiz = quiz_with()
    learner = make_enrollment(quiz.course, **part)
    Course.objects.filter(pk=quiz.course_id).update(state=state)

    assert preview(quiz, learner).finds_course is finds


def test_no_key_is_previewed() -> None:
    quiz = quiz_with(questions=1)
    content = single_choice()

    [question] = preview(quiz).questions

    shown = str(question)
    assert content["stem"] in shown
    assert [word for word in ("correct", content["explanation"], "It only has a name") if word in shown] == []
