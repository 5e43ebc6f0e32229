"""What one learner answered, on the page."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from course.domain.enrolment import enrol
from course.models import Cohort, Enrollment, Role
from tests.factories import NOW, make_person, make_quiz
from tests.quizzes.domain.graded_answers import RIGHT, Asked

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def address(learner: Enrollment) -> str:
    return f"/studio/courses/{learner.course.slug}/learners/{learner.uuid}/"


def read(client: Client, learner: Enrollment, **sent: str) -> str:
    answer = client.get(address(learner), sent)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def asked(client: Client) -> Asked:
    made = Asked(pass_fraction=Decimal("0.6"))
    client.force_login(made.instructor)
    return made


@pytest.fixture
def learner(asked: Asked) -> Enrollment:
    (found,) = asked.learners(1, cohort=Cohort.objects.create(course=asked.course, name="Mornings"))
    return found


def test_nothing_begun_is_said_so(client: Client, learner: Enrollment) -> None:
    page = read(client, learner)
    assert "Nothing was begun yet. Cohort: Mornings." in page
    assert "<svg" not in page.partition("<main")[2]


def test_answers_over_all_quizzes_are_told_with_their_ledgers(
    client: Client, asked: Asked, learner: Enrollment
) -> None:
    other = make_quiz(asked.course, title="The lake, checked")
    (first,) = asked.attempted([learner], "a lake")
    (second,) = asked.attempted([learner], "thirst machine", number=2, quiz=other, fraction=RIGHT)

    page = read(client, learner)

    assert "Two attempts at two quizzes, of 2 in the course. Cohort: Mornings." in page
    assert page.index("thirst machine</p>") < page.index("a lake</p>")
    for response in (first, second):
        assert f"/responses/{response.attempt.uuid}/1/" in page
    assert f"/answers/{asked.question.uuid}/" in page


def test_attempts_are_drawn_with_a_table(client: Client, asked: Asked, learner: Enrollment) -> None:
    asked.attempted([learner], "a", number=1, fraction=RIGHT)
    asked.attempted([learner], "b", number=2)
    asked.attempted([learner], "c", number=3, fraction=None)

    page = read(client, learner)

    assert (page.count('class="dot"'), page.count('class="bad"'), page.count('class="ringdot"')) == (1, 1, 1)
    assert page.count('<td class="n">100 %</td>') == 1


def test_what_happened_when_stands_in_a_table(client: Client, asked: Asked, learner: Enrollment) -> None:
    asked.attempted([learner], "a")
    page = read(client, learner)
    assert "<td>begun</td>" in page
    assert "<td>submitted</td>" in page


def test_ten_attempts_are_on_a_page(client: Client, asked: Asked, learner: Enrollment) -> None:
    for number in range(1, 13):
        asked.attempted([learner], f"answer {number}", number=number)
    first = read(client, learner)
    (cursor,) = re.findall(r'rel="next" href="\?after=([^"]+)"', first)
    second = read(client, learner, after=cursor)
    counts = [page.count('<p class="put"') for page in (first, second)]
    assert counts == [10, 2]
    assert "The newest" in second


def test_more_attempts_and_more_learners_cost_no_query(client: Client, asked: Asked, learner: Enrollment) -> None:
    costs = []
    for number in range(1, 9):
        asked.attempted([learner], "a", number=number)
        asked.answered("b", times=20)
        with CaptureQueriesContext(connection) as queries:
            read(client, learner)
        costs.append(len(queries))
    assert costs == [costs[0]] * 8
    assert costs[0] <= 12


def test_somebody_who_left_is_still_told(client: Client, asked: Asked, learner: Enrollment) -> None:
    asked.attempted([learner], "a lake")
    learner.left_at = NOW
    learner.save()
    page = read(client, learner)
    assert "Left on 22 November 2026." in page
    assert "a lake" in page


@pytest.mark.parametrize("role", [Role.LEARNER, Role.OBSERVER, Role.ASSISTANT])
def test_others_find_nothing(client: Client, asked: Asked, learner: Enrollment, role: Role) -> None:
    person = make_person()
    enrol(asked.course, person=person, role=role, at=NOW)
    client.force_login(person)
    assert client.get(address(learner)).status_code == 404


def test_learners_do_not_find_themselves(client: Client, learner: Enrollment) -> None:
    client.force_login(learner.user)
    assert client.get(address(learner)).status_code == 404


def test_somebody_of_another_course_is_not_found(client: Client, asked: Asked) -> None:
    (stranger,) = Asked().learners(1)
    assert client.get(f"/studio/courses/{asked.course.slug}/learners/{stranger.uuid}/").status_code == 404


def test_the_gradebook_leads_there(client: Client, asked: Asked, learner: Enrollment) -> None:
    page = client.get(f"/studio/courses/{asked.course.slug}/gradebook/").content.decode()
    assert address(learner) in page
