"""People of a course in the studio."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from course.domain.cohorts import make_cohort
from course.models import Course, Enrollment, Role
from quizzes.domain.attempts import start_attempt
from tests.factories import make_course, make_enrollment, make_person, make_quiz

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(client: Client) -> Course:
    owner = make_person("Olga", may_author=True)
    client.force_login(owner)
    return make_course(owner=owner)


def address(course: Course, *parts: object) -> str:
    return "/".join(["/studio/courses", course.slug, "people", *map(str, parts)]) + "/"


def learner(course: Course, name: str, **fields: Any) -> Enrollment:
    enrollment = make_enrollment(course, **fields)
    enrollment.user.name = name
    enrollment.user.save()
    return enrollment


def test_everybody_stands_with_the_time_they_have(client: Client, course: Course) -> None:
    learner(course, "Ana", time_factor=Decimal("1.5"), extra_days=1)
    learner(course, "Mia")

    page = client.get(address(course)).content.decode()

    assert "Two learners" in page
    assert "1.5 × the time, one day more" in page
    assert page.count("usual time") == 1


def test_a_search_narrows_the_list(client: Client, course: Course) -> None:
    learner(course, "Ana")
    learner(course, "Mia")

    page = client.get(address(course), {"q": "an\x00a"}).content.decode()

    assert "One learner matches “ana”" in page
    assert "Mia" not in page


def several(page: str) -> list[tuple[str, str]]:
    """The quizzes under “More time for several” with what is said of each."""
    part = page.partition('id="several"')[2].partition("</section>")[0]
    return re.findall(r'<a href="([^"]+)"[^>]*>[^<]+</a> <span class="meta">([^<]+)</span>', part)


@pytest.mark.parametrize("role", [Role.OWNER, Role.EDITOR, Role.ASSISTANT])
def test_more_time_for_several_is_a_step_away_the_busiest_quiz_first(
    client: Client, course: Course, role: Role
) -> None:
    calm, busy = make_quiz(course, title="Calm"), make_quiz(course, title="Busy")
    start_attempt(busy, enrollment=make_enrollment(course))
    client.force_login(make_enrollment(course, role=role).user)

    watched = several(client.get(address(course)).content.decode())

    quizzes = f"/studio/courses/{course.slug}/quizzes"
    assert watched == [
        (f"{quizzes}/{busy.slug}/monitor/", "one learner is at it now"),
        (f"{quizzes}/{calm.slug}/monitor/", "no learners are at it now"),
    ]


def test_a_course_without_quizzes_offers_no_time_for_several(client: Client, course: Course) -> None:
    assert "More time for several" not in client.get(address(course)).content.decode()


def test_a_course_without_learners_says_so(client: Client, course: Course) -> None:
    assert "Nobody has taken part yet." in client.get(address(course)).content.decode()


def test_many_come_fifty_at_a_time(client: Client, course: Course) -> None:
    for number in range(51):
        learner(course, f"Person {number:02}")

    second = client.get(address(course), {"page": 2}).content.decode()

    assert "Page 2 of 2" in second
    assert "Person 50" in second
    assert "Person 49" not in second


def test_more_time_is_kept_and_a_running_attempt_extended(client: Client, course: Course) -> None:
    enrollment = learner(course, "Ana")
    quiz = make_quiz(course, time_limit_seconds=2400, title="The wall")
    start_attempt(quiz, enrollment=enrollment)

    answer = client.post(address(course, enrollment.uuid), {"time_factor": "1.5", "extra_days": "0"})
    page = client.get(answer["Location"]).content.decode()

    assert answer.status_code == 303
    assert "Kept for Ana. One running attempt was extended." in page
    assert "60 min, extended from 40 min." in page
    enrollment.refresh_from_db()
    assert enrollment.time_factor == Decimal("1.5")


@pytest.mark.parametrize(
    ("factor", "days", "error"),
    [
        ("0.9", "0", "greater than or equal to 1"),
        ("11", "0", "less than or equal to 10"),
        ("1.555", "0", "2 decimal places"),
        ("a", "0", "Enter a number."),
        ("1", "-1", "greater than or equal to 0"),
        ("1", "367", "less than or equal to 366"),
        ("", "", "This field is required."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_kept(
    client: Client, course: Course, factor: str, days: str, error: str
) -> None:
    enrollment = learner(course, "Ana")

    answer = client.post(address(course, enrollment.uuid), {"time_factor": factor, "extra_days": days})

    assert answer.status_code == 422
    assert error in answer.content.decode()
    enrollment.refresh_from_db()
    assert (str(enrollment.time_factor), enrollment.extra_days) == ("1.00", 0)


@pytest.mark.parametrize("role", [Role.GRADER, Role.LEARNER, Role.OBSERVER])
def test_nobody_but_owners_editors_and_assistants_comes_in(course: Course, role: Role) -> None:
    enrollment = learner(course, "Ana")
    client = Client()
    client.force_login(make_enrollment(course, role=role).user)

    assert client.get(address(course)).status_code == 404
    assert client.post(address(course, enrollment.uuid), {"time_factor": "2", "extra_days": "0"}).status_code == 404


def test_only_learners_of_this_course_are_found(client: Client, course: Course) -> None:
    elsewhere = learner(make_course(), "Ana")

    assert client.get(address(course, elsewhere.uuid)).status_code == 404


def test_an_assistant_gives_time_and_is_shown_no_way_to_what_others_decide(course: Course) -> None:
    enrollment = learner(course, "Ana")
    client = Client()
    client.force_login(make_enrollment(course, role=Role.ASSISTANT).user)

    page = client.get(address(course)).content.decode()
    answer = client.post(address(course, enrollment.uuid), {"time_factor": "2", "extra_days": "0"})

    assert f'href="/studio/courses/{course.slug}/people/"' in page
    assert f'href="/studio/courses/{course.slug}/questions/"' not in page
    assert answer.status_code == 303


def test_nobody_is_met_with_a_button_that_lets_somebody_in(client: Client, course: Course) -> None:
    page = client.get(address(course)).content.decode()
    assert f'<a class="btn primary" href="{address(course, "add")}">Enrol somebody by address</a>' in page
    learner(course, "Ana")
    assert "btn primary" not in client.get(address(course)).content.decode()


@pytest.mark.parametrize("asked", [{"q": "nobody"}, {"group": "staff"}, {"group": "left"}])
def test_an_empty_search_or_group_is_no_empty_course(client: Client, course: Course, asked: dict[str, str]) -> None:
    assert "Enrol somebody by address" not in client.get(address(course), asked).content.decode()


@pytest.mark.parametrize("group", ["staff", "awaited", "left"])
def test_more_time_for_several_stands_with_learners_alone(client: Client, course: Course, group: str) -> None:
    make_quiz(course)
    assert several(client.get(address(course), {"group": group}).content.decode()) == []


def test_an_address_and_a_cohort_are_told_apart(client: Client, course: Course) -> None:
    cohort = make_cohort(course, name="Evenings", actor=None)
    ana = learner(course, "Ana", cohort=cohort)
    page = client.get(address(course)).content.decode()
    assert f"{ana.user.email} · Evenings" in page
