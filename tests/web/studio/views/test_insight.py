"""The page that says what answers say of a quiz."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from course.domain.enrolment import enrol
from course.models import Role
from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.reckoning import RECKON, ask_to_reckon
from quizzes.models import QuestionVersion, QuizStatistic, Response, Sighting
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
    assert page.count('<svg class="chart"') == page.count('class="twin"') - 1 == 5
    assert page.count('role="img"') == 4
    assert "50\u00a0% of what can be earned is lost on one passage." in page
    assert "Mean 50\u00a0% over twelve learners. Consistency 100.0, which is good." in page
    assert "Half of them took 5 minutes or less; longer attempts earn about the same." in page


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


def test_points_lead_to_their_questions(client: Client) -> None:
    group = reckoned_class(*[RIGHT] * 6, *[WRONG] * 6)
    page = opened(client, group)
    points = re.findall(r'<a class="point" href="([^"]+)" aria-label="([^"]+)"', page)
    assert [address for address, _ in points] == [
        f"/studio/courses/{group.course.slug}/questions/{version.uuid}/"
        for version in QuestionVersion.objects.filter(question__course=group.course).order_by("pk")
    ]
    assert [label.partition(":")[0] for _, label in points] == ["Question 1", "Question 2"]
    assert {client.get(address).status_code for address, _ in points} == {200}
    assert 'role="group" aria-labelledby="sc-t"' in page


def test_graders_are_led_where_they_may_go(client: Client) -> None:
    group = reckoned_class(*[RIGHT] * 6, *[WRONG] * 6)
    grader = make_person()
    enrol(group.course, person=grader, role=Role.GRADER, at=NOW)
    client.force_login(grader)

    page = client.get(address(group)).content.decode()

    leads = re.findall(r'<a class="point" href="([^"]+)"', page)
    assert len(leads) == 2
    assert {client.get(lead).status_code for lead in leads} == {200}
    assert f"/studio/courses/{group.course.slug}/questions/" not in page


def table(client: Client, group: Class, name: str) -> list[dict[str, str]]:
    """The rows of the file, by the names of its columns."""
    answer = client.get(address(group, f"insight/csv/{name}/"))
    assert answer["Content-Disposition"] == f'attachment; filename="{group.quiz.slug}-{name}.csv"'
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))


@pytest.fixture
def twelve(client: Client) -> Class:
    """Six who knew both answers and six who knew neither, reckoned, before somebody who may look."""
    group = reckoned_class(*[RIGHT] * 6, *[WRONG] * 6)
    client.force_login(group.instructor)
    return group


def test_all_figures_come_as_a_table(client: Client, twelve: Class) -> None:
    first, second = table(client, twelve, "questions")
    assert [first[name] for name in ("Question number", "Wording", "First attempts", "Facility, %")] == [
        "1",
        "1",
        "12",
        "50.0",
    ]
    assert [row["Discrimination"] for row in (first, second)] == ["100.0", "100.0"]


def test_who_found_it_after_looking_is_counted_beside_the_question_and_in_the_table(
    client: Client, twelve: Class
) -> None:
    assert [row["Found after looking"] for row in table(client, twelve, "questions")] == ["0", "0"]
    missed = Response.objects.filter(attempt__quiz=twelve.quiz, position=1, fraction=0).order_by("pk")
    Sighting.objects.bulk_create(Sighting(response=each, at=NOW) for each in missed[:4])

    assert [row["Found after looking"] for row in table(client, twelve, "questions")] == ["4", "0"]


def test_answers_by_fifths_come_as_a_table(client: Client, twelve: Class) -> None:
    rows = table(client, twelve, "answers")
    told = [(row["Question number"], row["Answer"], row["Given"], row["Share, %"], row["Earns, %"]) for row in rows]
    assert told[:2] == [("1", "thirst machine", "6", "50.0", "100.0"), ("1", "wet", "6", "50.0", "0.0")]
    assert len(told) == 4
    # Equal totals are in one fifth: half the class below the middle, half above.
    fifths = [rows[0][name] for name in ("Weakest fifth, %", "2nd, %", "3rd, %", "4th, %", "Strongest fifth, %")]
    assert fifths == ["", "0.0", "", "100.0", ""]


def test_passages_and_results_come_as_tables(client: Client, twelve: Class) -> None:
    (passage,) = table(client, twelve, "passages")
    assert (passage["Questions"], passage["Answers"], passage["Lost, %"]) == ("2", "24", "50.0")
    results = table(client, twelve, "results")
    assert [row["Learners"] for row in results] == ["6", *["0"] * 8, "6"]
    assert (results[0]["Result"], results[9]["Result"]) == ("0–10 %", "90–100 %")


def test_every_time_comes_as_a_table(client: Client, twelve: Class) -> None:
    rows = table(client, twelve, "times")
    assert [(row["Minutes"], row["Result, %"]) for row in rows] == [("5.0", "100.0")] * 6 + [("5.0", "0.0")] * 6


@pytest.mark.parametrize("name", ["answers", "passages", "results", "times"])
def test_what_too_few_answered_is_in_no_table(client: Client, name: str) -> None:
    group = reckoned_class(*[RIGHT] * 4, *[WRONG] * 5)
    client.force_login(group.instructor)
    rows = table(client, group, name)
    assert [row for row in rows if row.get("Learners", "1") != "0"] == []


def test_there_are_no_other_tables(client: Client, twelve: Class) -> None:
    assert client.get(address(twelve, "insight/csv/learners/")).status_code == 404


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

    assert [client.get(address(group, rest)).status_code for rest in ("insight/", "insight/csv/times/")] == [404, 404]


def test_the_quizzes_lead_there(client: Client) -> None:
    group = Class()
    client.force_login(group.instructor)

    assert address(group) in client.get(f"/studio/courses/{group.course.slug}/quizzes/").content.decode()
