from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Count, Exists, F, FilteredRelation, Model, OuterRef, Q, QuerySet, Sum
from django.db.models.signals import post_init
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from course.models import Course, Enrollment, Role
from jobs.domain.clock import DatabaseClock
from jobs.domain.prepared import prepared
from jobs.domain.rows import NotReadable
from quizzes.domain.attempts import start_attempt
from quizzes.models import Attempt, Quiz, Response
from tests.factories import NOW, make_concept, make_course, make_enrollment, make_person, make_quiz

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def attempt() -> Attempt:
    """Something in every table that is asked below: two people in a course, one of whom answers."""
    course = make_course(owner=make_person())
    quiz = make_quiz(course, questions=3, concept=make_concept(course))
    make_quiz(course, questions=1, lesson=None)
    return start_attempt(quiz, enrollment=make_enrollment(course), at=NOW)


def with_own_part() -> QuerySet[Any]:
    mine = Q(course__enrollments__role=Role.LEARNER)
    joined: Any = Quiz.objects.annotate(own=FilteredRelation("course__enrollments", condition=mine))
    quizzes: QuerySet[Any] = joined.select_related("course", "own")
    return quizzes


QUERIES: dict[str, Callable[[], QuerySet[Any, Any]]] = {
    "plain models": Attempt.objects.all,
    "no models": lambda: Attempt.objects.filter(number=7),
    "related, and related to those": lambda: Response.objects.select_related("version__question__concept", "attempt"),
    "a relation that may be empty": lambda: Quiz.objects.select_related("lesson__revision__article"),
    "a relation looked at from behind": with_own_part,
    "annotations of every sort": lambda: Attempt.objects.annotate(
        twice=F("number") * 2, asks=Count("responses"), some=Exists(Response.objects.filter(attempt=OuterRef("pk")))
    ),
    "only some columns": lambda: User.objects.only("name", "uuid"),
    "dicts": lambda: Response.objects.values("attempt__uuid").annotate(points=Sum("max_points")),
    "tuples": lambda: Quiz.objects.values_list("uuid", "lesson__title", "late_credit"),
    "named tuples": lambda: Quiz.objects.annotate(n=Count("items")).values_list("pk", "n", "pass_fraction", named=True),
    "all columns as dicts": Enrollment.objects.values,
}


@pytest.mark.parametrize("name", QUERIES)
def test_rows_are_what_django_gives(name: str) -> None:
    expected, found = list(QUERIES[name]()), prepared(QUERIES[name])()
    assert [told(row) for row in found] == [told(row) for row in expected]
    assert [type(row).__name__ for row in found] == [type(row).__name__ for row in expected]


def told(row: Any) -> Any:
    """Everything that a row holds, down to the last related model."""
    return dict(told_of(row, ())) if isinstance(row, Model) else row


def told_of(model: Model, way: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    kept = {name: value for name, value in vars(model).items() if not isinstance(value, Model) and name != "_state"}
    yield way, (type(model), kept, model._state.adding, model._state.db)
    for name, related in model._state.fields_cache.items():
        if isinstance(related, Model) and len(way) < 5:
            yield from told_of(related, (*way, name))
        else:
            yield (*way, name), related


def test_what_hangs_on_several_rows_is_one_object_and_stays_apart_from_other_calls(attempt: Attempt) -> None:
    responses = prepared(lambda: Response.objects.select_related("attempt__quiz", "version"))
    first, second, third = responses()
    assert first.attempt is second.attempt is third.attempt
    assert first.attempt.quiz == attempt.quiz
    assert len({first.version, second.version, third.version}) == 3
    assert responses()[0].attempt is not first.attempt


def test_what_is_not_in_the_row_is_fetched_when_it_is_asked_for() -> None:
    person = prepared(lambda: User.objects.only("name"))()[0]
    with CaptureQueriesContext(connection) as sent:
        assert person.email.endswith("@example.org")
    assert len(sent) == 1


def test_a_model_that_was_read_is_saved_like_any_other(attempt: Attempt) -> None:
    read = prepared(lambda: Attempt.objects.select_related("quiz"))()[0]
    read.number = 5
    read.save()
    read.quiz = read.quiz
    attempt.refresh_from_db()
    assert (attempt.number, read.quiz_id) == (5, attempt.quiz_id)


def test_the_database_is_asked_once() -> None:
    ask = prepared(lambda: Response.objects.select_related("attempt").annotate(now=DatabaseClock()))
    ask()
    with CaptureQueriesContext(connection) as sent:
        assert len({response.attempt for response in ask()}) == 1
    assert len(sent) == 1


def test_who_listens_to_the_making_of_models_is_told() -> None:
    made: list[Course] = []

    def note(instance: Course, **_: Any) -> None:
        made.append(instance)

    post_init.connect(note, sender=Course)
    try:
        found = prepared(Course.objects.all)()
    finally:
        post_init.disconnect(note, sender=Course)
    assert made == found != []


@pytest.mark.parametrize(
    ("query", "why"),
    [
        (lambda: Course.objects.prefetch_related("lessons"), "neither prefetches"),
        (lambda: Course.objects.values_list("pk", flat=True), "as FlatValuesListIterable does"),
        (lambda: Session.objects.dates("expire_date", "day"), "as FlatValuesListIterable does"),
    ],
)
def test_what_no_plan_is_made_for_is_refused_at_the_first_call(query: Callable[[], Any], why: str) -> None:
    with pytest.raises(NotReadable, match=why):
        prepared(query)()
