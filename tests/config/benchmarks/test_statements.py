from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from config.benchmarks.course import bench_course, learner
from config.benchmarks.statements import JOURNEY, count_journey, counted, totals
from course.models import Course, Enrollment, Role
from quizzes.models import Attempt, AttemptState, Quiz

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LIMITS = {"journey": 48, "grading": 14, "autosave": 5}


def counts(client: Client, course: Course, person: User) -> dict[str, int]:
    """Statements of each step, for a process that has asked once what it asks once."""
    client.force_login(person)
    here = f"/courses/{course.slug}"
    addresses = {"lesson": f"{here}/lessons/lesson/", "quiz": f"{here}/quizzes/quiz/"}
    count_journey(client, **addresses)
    steps = count_journey(client, **addresses)
    return totals(steps) | {name: found.count for name, found in steps.items()}


def crowd(course: Course, size: int) -> None:
    """So many learners more."""
    people = User.objects.bulk_create([User(name=f"One of many {n}") for n in range(size)], batch_size=2000)
    now = timezone.now()
    Enrollment.objects.bulk_create(
        [Enrollment(course=course, user=person, role=Role.LEARNER, enrolled_at=now) for person in people],
        batch_size=2000,
    )


def past(course: Course, person: User, size: int) -> None:
    """So many graded attempts of the one learner."""
    quiz = Quiz.objects.get(course=course)
    enrollment = Enrollment.objects.get(course=course, user=person)
    now = timezone.now()
    Attempt.objects.bulk_create(
        [
            Attempt(
                quiz=quiz,
                enrollment=enrollment,
                number=number,
                seed=number,
                state=AttemptState.SUBMITTED,
                policy={},
                started_at=now,
                submitted_at=now,
                fraction=0,
                graded_at=now,
            )
            for number in range(1, size + 1)
        ],
        batch_size=500,
    )


def test_a_journey_stays_within_its_limits(client: Client) -> None:
    course = bench_course(questions=10)
    found = counts(client, course, learner(course, 1))
    assert set(JOURNEY) | {"grading", "autosave"} <= set(found)
    assert {name: found[name] for name, limit in LIMITS.items() if found[name] > limit} == {}


def test_ten_thousand_learners_cost_no_statement_more(client: Client) -> None:
    course = bench_course(questions=10)
    person = learner(course, 1)
    crowd(course, 9)
    few = counts(client, course, person)
    crowd(course, 9_990)
    assert Enrollment.objects.filter(course=course).count() == 10_000
    assert counts(client, course, person) == few


def test_two_hundred_questions_cost_no_statement_more(client: Client) -> None:
    short, long = bench_course(questions=5, slug="short"), bench_course(questions=200, slug="long")
    few = counts(client, short, learner(short, 1))
    assert counts(Client(), long, learner(long, 2)) == few


def test_a_thousand_past_attempts_cost_no_statement_more(client: Client) -> None:
    course = bench_course(questions=10)
    fresh, seasoned = learner(course, 1), learner(course, 2)
    past(course, seasoned, 1_000)
    few = counts(client, course, fresh)
    assert counts(Client(), course, seasoned) == few


def test_what_begins_and_ends_a_transaction_is_counted_apart() -> None:
    with counted() as found, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert (found.sent, found.brackets) == (["SELECT 1"], 2)
