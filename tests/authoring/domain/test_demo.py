"""The demonstration has a history, made the way real histories are."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from statistics import fmean

import pytest
from django.contrib.auth import authenticate

from accounts.models import User
from authoring.domain.demo import INSTRUCTOR, LEARNER, load_demo
from authoring.domain.invented_learners import invented_learners, time_taken, wrong_answer
from course.models import Course, CourseState, LessonReading
from jobs.models import Job
from quizzes.domain.class_retention import class_retention
from quizzes.domain.drift import drift_of
from quizzes.domain.manual_queue import questions_waiting
from quizzes.domain.rebuild import REBUILDS
from quizzes.models import (
    Appeal,
    Attempt,
    AttemptState,
    ConceptMastery,
    Grading,
    GradingEvent,
    ItemStatistic,
    Question,
    QuestionVersion,
    RegradeRun,
    Response,
    VersionState,
)
from quizzes.questions import kinds
from quizzes.questions.base import InvalidAnswer, QuestionType
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]


def test_the_demo_is_a_published_course_with_six_weeks_of_history() -> None:
    course = load_demo(password="a-good-password", at=NOW)

    assert course is not None
    assert course.state == CourseState.PUBLISHED
    assert course.enrollments.filter(role="learner").count() == 61
    attempts = Attempt.objects.all()
    assert attempts.count() > 150
    assert set(attempts.values_list("state", flat=True)) == {AttemptState.SUBMITTED}
    waiting = Response.objects.filter(grading=Grading.PENDING_MANUAL).values("attempt")
    assert not attempts.filter(graded_at=None).exclude(pk__in=waiting).exists()
    assert attempts.earliest("started_at").started_at < NOW - timedelta(days=35)
    assert not attempts.filter(submitted_at__gte=NOW).exists()
    assert LessonReading.objects.count() > 100
    assert ConceptMastery.objects.exists()
    assert ItemStatistic.objects.exists()
    queue = questions_waiting(course)
    by_rubric = [each for each in queue if version_of(each.question).kind == "open_response"]
    assert len(by_rubric) == 2
    for each in by_rubric:
        assert 4 <= each.waiting <= 12
        assert set(each.graders) == {"Ines Instructor", "Greta Grader"}
        assert drift_of(each.question).furthest is not None
    assert_free_text_was_graded_by_rule_and_by_people()
    assert_grades_were_questioned()
    assert Attempt.objects.filter(quiz__slug="look-back").count() > 10
    assert len([row for row in class_retention(course, at=NOW) if row.chances]) > 3
    assert {name: rebuild(check=True) for name, rebuild in REBUILDS.items()} == {name: [] for name in REBUILDS}
    assert {
        authenticate(username=None, email=each, password="a-good-password") for each in (INSTRUCTOR, LEARNER)
    } == set(User.objects.filter(email__in=[INSTRUCTOR, LEARNER]))
    assert load_demo(password="another-password", at=NOW) is None
    assert Course.objects.count() == 1


def version_of(question: Question) -> QuestionVersion:
    return QuestionVersion.objects.get(question=question, state=VersionState.PUBLISHED)


def assert_free_text_was_graded_by_rule_and_by_people() -> None:
    free = Response.objects.filter(version__kind="short_text", version__content__has_key="references")
    assert {each.version.question.key for each in free.select_related("version__question")} == {
        "why-manoeuvres-help",
        "why-explain-the-difference",
        "doubtful-spearhead",
    }
    assert set(free.values_list("fraction", flat=True)) == {0, 1, None}
    by_people = GradingEvent.objects.filter(response__in=free, grader="person")
    assert 20 < by_people.count() < free.count()


def assert_grades_were_questioned() -> None:
    appeals = Counter(Appeal.objects.values_list("state", flat=True))
    assert set(appeals) == {"open", "accepted", "declined"}
    assert appeals["open"] >= 3
    assert sorted(RegradeRun.objects.values_list("state", flat=True)) == ["applied", "planned"]
    assert all(run.changed > 2 for run in RegradeRun.objects.all())
    assert not Job.objects.filter(finished_at__isnull=True).exists()


def test_invented_learners_are_the_same_every_time() -> None:
    assert invented_learners() == invented_learners()
    assert len({learner.address for learner in invented_learners()}) == 60


def test_who_knows_less_takes_longer_and_nobody_takes_all_day() -> None:
    chance, learners = random.Random(1), sorted(invented_learners(), key=lambda learner: learner.ability)
    minutes = [time_taken(learner, chance=chance).total_seconds() / 60 for learner in learners]
    assert 2 <= min(minutes) < max(minutes) <= 15
    assert fmean(minutes[:20]) > fmean(minutes[-20:])


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_a_wrong_answer_is_an_answer_that_does_not_earn_everything(kind: QuestionType) -> None:
    for number, example in enumerate(kind.examples()):
        raw = wrong_answer(kind.kind, example.content, chance=random.Random(number))
        try:
            answer = kind.parse(example.content, raw)
        except InvalidAnswer:
            continue
        assert kind.grade(example.content, answer).fraction != 1
