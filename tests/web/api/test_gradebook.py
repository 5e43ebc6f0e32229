"""The gradebook over REST: what the page shows, a page of rows at a time, and the same files."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from course.models import Cohort, Enrollment, Role
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.gradebook import Standing
from quizzes.models import Attempt
from tests.factories import NOW, make_course, make_enrollment, make_person, make_quiz
from tests.quizzes.domain.regraded import CONTENT, Class, run_every_job
from tests.web.api.callers import Caller, told

pytestmark = [pytest.mark.django_db, pytest.mark.database]

RIGHT = "thirst machine"
NOT_HERE = (404, "not_found", "There is nothing here, or not for you.")
FIELDS_ARE_WRONG = (400, "invalid", "Some fields are missing or wrong.")


@pytest.fixture
def group() -> Class:
    found = Class(pass_fraction="0.5")
    found.answered(RIGHT, "wet")
    return found


@pytest.fixture
def caller(group: Class) -> Caller:
    return Caller(group.instructor)


def address(group: Class, rest: str = "") -> str:
    return f"courses/{group.course.slug}/gradebook/{rest}"


def rows(caller: Caller, group: Class, asked: str = "") -> list[dict[str, Any]]:
    answer = caller.get(address(group, asked))
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def learners() -> list[Enrollment]:
    return list(Enrollment.objects.filter(role=Role.LEARNER).order_by("pk"))


def test_a_row_has_the_learner_their_results_and_what_these_come_to(caller: Caller, group: Class) -> None:
    first, second = learners()
    first.cohort = Cohort.objects.create(course=group.course, name="Evenings")
    first.save()
    attempts = {attempt.enrollment_id: str(attempt.uuid) for attempt in Attempt.objects.all()}

    found = rows(caller, group)

    assert found == [
        {
            "learner": str(first.uuid),
            "name": first.user.name,
            "email": first.user.email,
            "cohort": "Evenings",
            "overall": 1.0,
            "quizzes": [
                {"quiz": group.quiz.slug, "standing": "graded", "fraction": 1.0, "attempt": attempts[first.pk]}
            ],
        },
        {
            "learner": str(second.uuid),
            "name": second.user.name,
            "email": second.user.email,
            "cohort": None,
            "overall": 0.0,
            "quizzes": [
                {
                    "quiz": group.quiz.slug,
                    "standing": "below the pass mark",
                    "fraction": 0.0,
                    "attempt": attempts[second.pk],
                }
            ],
        },
    ]


def test_who_did_nothing_yet_has_a_row_without_figures(caller: Caller, group: Class) -> None:
    idle = make_enrollment(group.course)

    found = rows(caller, group, "?standing=not%20begun")

    assert [(row["learner"], row["overall"]) for row in found] == [(str(idle.uuid), None)]
    (cell,) = found[0]["quizzes"]
    assert cell == {"quiz": group.quiz.slug, "standing": "not begun", "fraction": None, "attempt": None}


def test_it_is_filtered_as_the_page_is(caller: Caller, group: Class) -> None:
    first, second = learners()
    first.cohort = Cohort.objects.create(course=group.course, name="Evenings")
    first.save()
    asked = {
        f"?q={second.user.name.replace(' ', '%20')}": [second],
        "?q=Evenings": [first],
        f"?cohort={first.cohort.uuid}": [first],
        "?standing=graded": [first, second],
        "?standing=below%20the%20pass%20mark": [second],
        "?standing=waits%20for%20a%20person": [],
        f"?q=Person&cohort={first.cohort.uuid}&standing=graded": [first],
        "?cohort=00000000-0000-4000-8000-000000000000": [],
    }

    found = {query: [row["learner"] for row in rows(caller, group, query)] for query in asked}

    assert found == {query: [str(each.uuid) for each in wanted] for query, wanted in asked.items()}


def test_weights_and_dropped_results_count_in_what_all_comes_to(caller: Caller, group: Class) -> None:
    other, mine = make_quiz(group.course, questions=[("short_text", dict(CONTENT))], position=9), learners()[0]
    missed = start_attempt(other, enrollment=mine, at=NOW)
    save_answer(missed, given=GivenAnswer(1, "wet", 0), at=NOW)
    submit_attempt(missed, at=NOW, hint=False)
    run_every_job("grade_attempt")

    asked = {"": 0.5, f"?weight-{group.quiz.slug}=3": 0.75, f"?weight-{group.quiz.slug}=0": 0.0, "?drop=1": 1.0}
    found = {query: {row["learner"]: row["overall"] for row in rows(caller, group, query)} for query in asked}

    assert {query: overall[str(mine.uuid)] for query, overall in found.items()} == asked


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?drop=-1", "drop"),
        ("?drop=6", "drop"),
        ("?drop=one", "drop"),
        ("?drop=" + "9" * 2000, "drop"),
        ("?cohort=evenings", "cohort"),
        ("?cohort=%00", "cohort"),
        ("?standing=asleep", "standing"),
        ("?standing=%00", "standing"),
        ("?q=%00", "q"),
        ("?q=" + "x" * 101, "q"),
        ("?weight-nothing=1", "weight-nothing"),
        ("?weight-=1", "weight-"),
        ("?weight-%00=1", "weight-\x00"),
        ("?weight-{quiz}=-1", "weight-{quiz}"),
        ("?weight-{quiz}=100.5", "weight-{quiz}"),
        ("?weight-{quiz}=NaN", "weight-{quiz}"),
        ("?weight-{quiz}=Infinity", "weight-{quiz}"),
        ("?weight-{quiz}=1.005", "weight-{quiz}"),
        ("?weight-{quiz}=", "weight-{quiz}"),
    ],
)
def test_what_makes_no_sense_is_named(caller: Caller, group: Class, query: str, field: str) -> None:
    for file in ("", "csv/", "xlsx/"):
        answer = caller.get(address(group, file + query.replace("{quiz}", group.quiz.slug)))

        assert told(answer) == FIELDS_ARE_WRONG
        assert list(answer.json()["errors"]) == [field.replace("{quiz}", group.quiz.slug)]


@pytest.mark.parametrize("query", ["?q=%ED%A0%80", "?q=%ff", "?q=%E2%80%AE", "?q=%25_%27%22", "?q=" + "zq%20" * 20])
def test_words_that_nobody_is_called_find_nobody(caller: Caller, group: Class, query: str) -> None:
    assert rows(caller, group, query) == []


def test_pages_lead_on_and_hold_each_learner_once(caller: Caller, group: Class) -> None:
    for _ in range(5):
        make_enrollment(group.course)
    seen, path = [], address(group, "?page_size=3&drop=1")
    while path:
        body = caller.get(path).json()
        seen += [row["learner"] for row in body["results"]]
        # Who comes while somebody turns the pages comes last, and moves nobody.
        if len(seen) == 3:
            make_enrollment(group.course)
        path = (body["next"] or "").partition("/api/v1/")[2]
        assert not path or "drop=1" in path

    assert seen == [str(each.uuid) for each in learners()]
    assert len(seen) == 8


def test_a_page_costs_the_same_for_any_number_of_learners(
    caller: Caller, group: Class, django_assert_num_queries: Any
) -> None:
    caller.get(address(group))
    for count in (0, 10):
        for _ in range(count):
            make_enrollment(group.course)
        with django_assert_num_queries(6):
            caller.get(address(group))


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.OWNER, 200),
        (Role.EDITOR, 200),
        (Role.GRADER, 200),
        (Role.ASSISTANT, 404),
        (Role.LEARNER, 404),
        (Role.OBSERVER, 404),
    ],
)
def test_who_grades_sees_it_and_for_others_it_is_not_there(group: Class, role: Role, status: int) -> None:
    somebody = Caller(make_enrollment(group.course, role=role).user)

    assert [somebody.get(address(group, file)).status_code for file in ("", "csv/", "xlsx/")] == [status] * 3


def test_whoever_owns_another_course_finds_nothing_here(group: Class) -> None:
    neighbour = make_person()
    make_course(owner=neighbour)

    assert told(Caller(neighbour).get(address(group))) == NOT_HERE
    assert told(Caller(neighbour).get(address(group, "csv/"))) == NOT_HERE


def test_the_file_is_the_one_that_the_page_gives(caller: Caller, group: Class, client: Client) -> None:
    client.force_login(group.instructor)
    for asked in ("", "?standing=below%20the%20pass%20mark", f"?weight-{group.quiz.slug}=2&drop=1"):
        here = caller.get(address(group, f"csv/{asked}"))
        page = client.get(f"/studio/courses/{group.course.slug}/gradebook/csv/{asked}")
        assert (here.content, here["Content-Disposition"]) == (page.content, page["Content-Disposition"])
        assert here["Content-Type"] == "text/csv; charset=utf-8"


def test_the_file_has_a_row_for_each_learner_and_no_formula(caller: Caller, group: Class) -> None:
    person = learners()[0].user
    person.name = "=HYPERLINK(1)"
    person.save()

    header, *found = csv.reader(StringIO(caller.get(address(group, "csv/")).content.decode("utf-8-sig")))

    assert header == ["Learner", "Email", "Cohort", group.quiz.title, "Together, %"]
    assert sorted(row[0] for row in found) == sorted(["'=HYPERLINK(1)", learners()[1].user.name])


def test_the_workbook_opens(caller: Caller, group: Class) -> None:
    with ZipFile(BytesIO(caller.get(address(group, "xlsx/")).content)) as archive:
        assert archive.testzip() is None


@pytest.mark.parametrize("accepted", ["text/csv", "*/*", "application/json", "text/*"])
def test_a_caller_may_ask_for_csv_by_its_media_type_and_hears_of_problems_in_json(
    caller: Caller, group: Class, accepted: str
) -> None:
    caller.headers["Accept"] = accepted

    assert caller.get(address(group, "csv/"))["Content-Type"] == "text/csv; charset=utf-8"
    assert told(caller.get(address(group, "csv/?drop=9"))) == FIELDS_ARE_WRONG
    assert told(caller.get(address(group, "pdf/"))) == NOT_HERE


def test_every_standing_that_a_row_may_have_can_be_asked_for(caller: Caller, group: Class) -> None:
    for each in Standing:
        assert caller.get(address(group, f"?standing={each.value.replace(' ', '%20')}")).status_code == 200
