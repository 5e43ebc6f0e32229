"""The page of a quiz while it is taken."""

from __future__ import annotations

import pytest
from django.test import Client

from course.domain.enrolment import enrol
from course.models import Role
from quizzes.domain.attempts import start_attempt
from tests.factories import NOW, make_enrollment, make_person
from tests.quizzes.domain.regraded import Class

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def address(group: Class) -> str:
    return f"/studio/courses/{group.course.slug}/quizzes/{group.quiz.slug}/monitor/"


@pytest.fixture
def group(client: Client) -> Class:
    found = Class()
    found.answered("thirst machine")
    start_attempt(found.quiz, enrollment=make_enrollment(found.course), at=NOW)
    client.force_login(found.instructor)
    return found


def test_it_says_where_learners_are(client: Client, group: Class) -> None:
    page = client.get(address(group)).content.decode()

    assert "One learner at work" in page
    assert "One attempt was submitted." in page


def test_nobody_who_saved_is_said_in_words(client: Client, group: Class) -> None:
    # The attempt began in a past that is more than two minutes ago.
    assert "None of them saved in the last two minutes." in client.get(address(group)).content.decode()


def test_a_script_gets_the_part_that_changes(client: Client, group: Class) -> None:
    whole = client.get(address(group)).content.decode()
    part = client.get(address(group), headers={"HX-Request": "true"}).content.decode()

    assert part.lstrip().startswith('<div class="folio" id="monitor"')
    assert "<html" not in part
    assert f'hx-get="{address(group)}"' in whole


def test_who_is_stuck_is_a_step_from_more_time(client: Client, group: Class) -> None:
    enrollment = group.quiz.attempts.get(state="in_progress").enrollment
    assert enrollment is not None

    page = client.get(address(group)).content.decode()

    assert f"/studio/courses/{group.course.slug}/people/{enrollment.uuid}/" in page


@pytest.mark.parametrize("role", [Role.LEARNER, Role.OBSERVER])
def test_others_find_nothing(client: Client, group: Class, role: Role) -> None:
    person = make_person()
    enrol(group.course, person=person, role=role, at=NOW)
    client.force_login(person)

    assert client.get(address(group)).status_code == 404


def test_the_quizzes_lead_there(client: Client, group: Class) -> None:
    assert address(group) in client.get(f"/studio/courses/{group.course.slug}/quizzes/").content.decode()
