"""The page that says what answers say of a quiz."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from course.domain.enrolment import enrol
from course.models import Role
from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.reckoning import RECKON, ask_to_reckon
from quizzes.models import QuizStatistic
from tests.factories import NOW, make_person
from tests.quizzes.domain.regraded import Class

pytestmark = [pytest.mark.django_db, pytest.mark.database]

RIGHT, WRONG = "thirst machine", "wet"


def address(group: Class, rest: str = "insight/") -> str:
    return f"/studio/courses/{group.course.slug}/quizzes/{group.quiz.slug}/{rest}"


def opened(client: Client, group: Class) -> str:
    client.force_login(group.instructor)
    answer = client.get(address(group))
    assert answer.status_code == 200
    return answer.content.decode()


def reckoned_class(*answers: str, questions: int = 2) -> Class:
    group = Class(questions=questions)
    group.answered(*answers)
    run_job(ask_to_reckon(group.quiz, hint=False).uuid)
    return group


def test_too_few_attempts_are_said_to_be_too_few(client: Client) -> None:
    group = Class(questions=2)
    group.answered(RIGHT, WRONG, RIGHT, WRONG)

    page = opened(client, group)

    assert "Reliable from 10 first attempts; 4 so far." in page
    assert '<svg class="chart"' not in page


def test_nobody_yet_is_said_so(client: Client) -> None:
    assert "Reliable from 10 first attempts; 0 so far." in opened(client, Class())


def test_ten_attempts_are_told_in_charts_with_a_table_each(client: Client) -> None:
    page = opened(client, reckoned_class(*[RIGHT] * 6, *[WRONG] * 6))

    assert "No question misleads" in page
    assert "Twelve first attempts: two questions tell well." in page
    assert page.count('<svg class="chart"') == page.count('role="img"') == page.count('class="twin"') - 1 == 5
    assert "50 % of what can be earned is lost on one passage." in page
    assert "Mean 50 % over 12 learners. Consistency 100, which is good." in page


def test_what_was_graded_since_is_said(client: Client) -> None:
    group = reckoned_class(*[RIGHT] * 10)
    assert "more was graded since" not in opened(client, group)
    group.answered(WRONG)
    assert "more was graded since" in opened(client, group)


def test_a_press_has_it_reckoned(client: Client) -> None:
    group = Class()
    client.force_login(group.instructor)

    answer = client.post(address(group))

    assert (answer.status_code, answer["Location"]) == (303, address(group))
    run_job(Job.objects.get(kind=RECKON).uuid)
    assert QuizStatistic.objects.count() == 1


def test_all_figures_come_as_a_table(client: Client) -> None:
    group = reckoned_class(*[RIGHT] * 6, *[WRONG] * 6)
    client.force_login(group.instructor)

    answer = client.get(address(group, "insight/csv/"))

    header, first, second = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    assert header[:5] == ["Number", "Question", "Wording", "First attempts", "Facility, %"]
    assert first[0:1] + first[2:5] == ["1", "1", "12", "50.0"]
    assert [row[header.index("Discrimination")] for row in (first, second)] == ["100.0", "100.0"]
    assert len(first) == len(header)


def test_the_number_of_learners_costs_no_query(client: Client, django_assert_max_num_queries: Any) -> None:
    group = reckoned_class(*[RIGHT] * 12)
    client.force_login(group.instructor)
    with django_assert_max_num_queries(12):
        client.get(address(group))


@pytest.mark.parametrize("role", [Role.LEARNER, Role.OBSERVER])
def test_others_find_nothing(client: Client, role: Role) -> None:
    group, person = Class(), make_person()
    enrol(group.course, person=person, role=role, at=NOW)
    client.force_login(person)

    assert [client.get(address(group, rest)).status_code for rest in ("insight/", "insight/csv/")] == [404, 404]


def test_the_quizzes_lead_there(client: Client) -> None:
    group = Class()
    client.force_login(group.instructor)

    assert address(group) in client.get(f"/studio/courses/{group.course.slug}/quizzes/").content.decode()
