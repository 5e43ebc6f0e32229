"""An event becomes a delivery and a job for each endpoint that subscribed, in the transaction of what happened."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.db.models import OuterRef

from course.models import Course
from hooks.domain.endpoints import add_endpoint
from hooks.domain.events import CourseEvent, courses_heard, is_heard, place_of, tell
from hooks.models import Delivery, Endpoint, EndpointState, EventType
from jobs.models import Job
from tests.factories import NOW, make_course
from tests.hooks.hooked import EVERYTHING, job_of, make_endpoint
from tests.hooks.receiver import ADDRESS

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LEARNER = UUID(int=5)


def event(course: Course, kind: EventType = EventType.ATTEMPT_GRADED, number: int = 1) -> CourseEvent:
    return CourseEvent(course.pk, kind, {"number": number}, LEARNER)


def test_an_event_waits_for_each_endpoint_of_its_course_that_subscribed() -> None:
    course = make_course()
    hears = make_endpoint("https://a.example.org/", course=course)
    also = make_endpoint("https://b.example.org/", course=course)
    add_endpoint(course, address="https://c.example.org/", types={"result.changed"}, actor=None)
    make_endpoint("https://d.example.org/")

    assert tell([event(course)], at=NOW) == 2

    told = list(Delivery.objects.order_by("pk"))
    assert [delivery.endpoint for delivery in told] == [hears, also]
    assert {(d.type, d.state, d.happened_at, d.learner) for d in told} == {("attempt.graded", "waiting", NOW, LEARNER)}
    assert [delivery.data for delivery in told] == [{"number": 1}] * 2
    assert len({delivery.uuid for delivery in told}) == 2
    assert [job_of(delivery).state for delivery in told] == ["queued", "queued"]


def test_what_is_rolled_back_was_never_told() -> None:
    course = make_endpoint().course
    with transaction.atomic():
        tell([event(course)])
        transaction.set_rollback(True)
    assert (Delivery.objects.count(), Job.objects.count()) == (0, 0)


@pytest.mark.parametrize("state", [EndpointState.PAUSED, EndpointState.DISABLED])
def test_nothing_waits_for_an_endpoint_that_is_not_active(state: EndpointState) -> None:
    course = make_endpoint(state=state, failing_since=NOW).course
    assert tell([event(course)]) == 0
    assert Job.objects.count() == 0


def test_of_nothing_nobody_is_asked(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert tell([]) == 0


def test_a_course_that_nobody_hears_costs_one_query(django_assert_num_queries: Any) -> None:
    events = [event(make_course(), number=number) for number in range(3)]
    make_endpoint()
    with django_assert_num_queries(1):
        assert tell(events, at=NOW) == 0


@pytest.mark.parametrize("many", [1, 50, 999])
def test_any_number_of_events_takes_three_statements(many: int, django_assert_num_queries: Any) -> None:
    course = make_endpoint().course
    events = [event(course, number=number) for number in range(many)]
    with django_assert_num_queries(3):
        assert tell(events, at=NOW) == many
    assert Delivery.objects.count() == Job.objects.count() == many


def test_events_of_several_courses_reach_each_its_own() -> None:
    one, two = make_endpoint().course, make_endpoint().course
    tell([event(one, number=1), event(two, EventType.COURSE_PUBLISHED, number=2), event(make_course(), number=3)])
    told = Delivery.objects.order_by("pk").values_list("endpoint__course", "type", "data")
    assert list(told) == [(one.pk, "attempt.graded", {"number": 1}), (two.pk, "course.published", {"number": 2})]


def test_a_course_is_heard_while_an_endpoint_of_it_is_active() -> None:
    heard, paused, alone = make_endpoint().course, make_endpoint(state=EndpointState.PAUSED).course, make_course()
    make_endpoint("https://two.example.org/", course=heard)
    keys = [each.pk for each in (heard, paused, alone)]
    assert courses_heard([*keys, heard.pk]) == {heard.pk}
    assert courses_heard([]) == frozenset()
    asked = Course.objects.annotate(heard=is_heard(course=OuterRef("pk"))).filter(pk__in=keys)
    assert {course.pk: course.heard for course in asked} == {heard.pk: True, paused.pk: False, alone.pk: False}


def test_a_course_is_named_by_what_a_program_can_use(settings: Any) -> None:
    settings.PUBLIC_URL = "https://learn.example.org/"
    course = make_course()
    assert place_of(course) == {
        "course": str(course.uuid),
        "slug": course.slug,
        "links": {"course": f"https://learn.example.org/api/v1/courses/{course.slug}/"},
    }


def test_an_endpoint_that_hears_everything_hears_each_type() -> None:
    endpoint: Endpoint = make_endpoint(ADDRESS)
    for kind in EventType:
        tell([event(endpoint.course, kind)])
    assert set(Delivery.objects.values_list("type", flat=True)) == EVERYTHING
