"""The learners of a course and their time, over REST."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from quizzes.domain.attempts import start_attempt
from quizzes.models import Attempt
from tests.factories import make_course, make_enrollment, make_person, make_quiz
from tests.web.api.callers import Caller

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_learners_are_listed_with_the_time_they_have() -> None:
    person = make_person()
    course = make_course(owner=person)
    enrollment = make_enrollment(course, time_factor=Decimal("1.25"))
    make_enrollment(course)

    found = Caller(person).get(f"courses/{course.slug}/people/?q={enrollment.user.email}").json()["results"]

    assert found == [
        {
            "uuid": str(enrollment.uuid),
            "name": enrollment.user.name,
            "email": enrollment.user.email,
            "cohort": None,
            "time_factor": 1.25,
            "extra_days": 0,
        }
    ]


def give(course: Any, enrollment: Any, person: Any, **sent: Any) -> Any:
    return Caller(person).put(f"courses/{course.slug}/people/{enrollment.uuid}/accommodation/", sent)


def test_more_time_extends_an_attempt_that_runs() -> None:
    person = make_person()
    course = make_course(owner=person)
    enrollment = make_enrollment(course)
    attempt = start_attempt(make_quiz(course, time_limit_seconds=2400), enrollment=enrollment)

    answer = give(course, enrollment, person, time_factor="1.5", extra_days=0)

    assert (answer.status_code, answer.json()["time_factor"]) == (200, 1.5)
    extended = Attempt.objects.get(pk=attempt.pk)
    assert extended.deadline_at is not None
    assert (extended.deadline_at - extended.started_at).total_seconds() == 3600


@pytest.mark.parametrize("sent", [{}, {"time_factor": "0.5", "extra_days": 0}, {"time_factor": "1", "extra_days": -1}])
def test_what_cannot_be_is_refused(sent: dict[str, Any]) -> None:
    person = make_person()
    course = make_course(owner=person)

    assert give(course, make_enrollment(course), person, **sent).json()["code"] == "invalid"


def test_nobody_but_owner_and_editors_may() -> None:
    course = make_course()
    enrollment = make_enrollment(course)

    assert Caller(enrollment.user).get(f"courses/{course.slug}/people/").status_code == 404
    assert give(course, enrollment, enrollment.user, time_factor="2", extra_days=0).status_code == 404
