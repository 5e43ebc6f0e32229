"""The pages that say how a course's learners are doing, over all its quizzes."""

from __future__ import annotations

import csv
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from course.domain.cohorts import make_cohort
from course.domain.enrolment import enrol
from course.models import Concept, Enrollment, LessonReading, Role
from quizzes.domain.remembering import recall
from quizzes.memory import Rating
from quizzes.models import ConceptMastery
from tests.factories import NOW, make_person
from tests.quizzes.domain.regraded import Class

pytestmark = [pytest.mark.django_db, pytest.mark.database]

RIGHT, WRONG = "thirst machine", "wet"
PAGES = ("", "text/", "csv/parts/", "csv/quizzes/", "csv/concepts/", "csv/retention/", "csv/passages/")


def address(group: Class, rest: str = "") -> str:
    return f"/studio/courses/{group.course.slug}/insight/{rest}"


def read(client: Client, group: Class, rest: str = "") -> str:
    answer = client.get(address(group, rest))
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def table(client: Client, group: Class, name: str) -> list[list[str]]:
    answer = client.get(address(group, f"csv/{name}/"))
    assert answer["Content-Disposition"] == f'attachment; filename="{group.course.slug}-{name}.csv"'
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def learners(group: Class) -> list[Enrollment]:
    return list(Enrollment.objects.filter(course=group.course, role=Role.LEARNER).order_by("pk"))


@pytest.fixture
def group(client: Client) -> Class:
    """Twelve learners in two cohorts, of whom eight read the text and half knew the answers to both questions."""
    made = Class(questions=2)
    made.answered(*[RIGHT] * 6, *[WRONG] * 6)
    found = learners(made)
    lesson = made.course.lessons.get()
    LessonReading.objects.bulk_create(LessonReading(enrollment=each, lesson=lesson, read_at=NOW) for each in found[:8])
    for name, own in (("Mornings", found[:6]), ("Evenings", found[6:])):
        cohort = make_cohort(made.course, name=name, actor=None)
        Enrollment.objects.filter(pk__in=[each.pk for each in own]).update(cohort=cohort)
    client.force_login(made.instructor)
    return made


def test_it_says_how_far_they_read_what_they_earned_and_what_they_know(client: Client, group: Class) -> None:
    page = read(client, group)

    assert "<h1>Whoever begins comes to the end</h1>" in page
    assert "8 of twelve learners have begun, 8 read part 1; nobody skipped a part." in page
    assert f"“{group.quiz.title}” earns least: 50 % on average." in page
    assert "Cohorts differ most on “thirst machine”: Mornings 75 %, Evenings 25 %." in page
    assert '75 % <span class="meta">of 6</span>' in page
    assert page.count('role="img"') == 1


def test_few_are_said_to_be_too_few(client: Client) -> None:
    group = Class(questions=2)
    group.answered(RIGHT, WRONG)
    client.force_login(group.instructor)
    page = read(client, group)
    assert "Too little is known of any concept." in page
    assert "too few: 2" in page
    assert "Too few results to compare quizzes." in page


def test_an_empty_course_is_said_to_be_empty(client: Client) -> None:
    group = Class()
    client.force_login(group.instructor)
    page = read(client, group)
    assert "Nobody learns here yet" in page
    assert 'class="chart"' not in page
    assert "Nothing is known of any concept yet" in page


def test_the_whole_text_is_shaded_with_a_table(client: Client, group: Class) -> None:
    page = read(client, group, "text/")
    assert "Most is lost in part 1: 50 % on one passage." in page
    assert 'class="h3">The upper town built a wall.' in page
    assert "The lower town calls it a thirst machine." in page
    assert 'href="#h-1-24"' in page
    assert 'id="h-1-24"' in page


def test_every_table_comes_as_a_file(client: Client, group: Class) -> None:
    assert table(client, group, "parts")[1:] == [["1", "The wall", "8", "0", "8"]]
    assert table(client, group, "quizzes")[1:] == [[group.quiz.title, "12", "12", "50.0", ""]]
    header, concept = table(client, group, "concepts")
    assert header[1:3] == ["Everybody, learners", "Everybody, mastery, %"]
    assert dict(zip(header, concept, strict=True))["Mornings, mastery, %"] == "75.0"
    assert table(client, group, "passages")[1:] == [["1", "The upper town built a wall.", "2", "24", "50.0"]]


def test_names_of_cohorts_are_no_formulas(client: Client, group: Class) -> None:
    cohort = make_cohort(group.course, name="=1+1", actor=None)
    Enrollment.objects.filter(pk=learners(group)[0].pk).update(cohort=cohort)
    assert "'=1+1, learners" in table(client, group, "concepts")[0]


def test_there_are_no_other_tables(client: Client, group: Class) -> None:
    assert client.get(address(group, "csv/learners/")).status_code == 404


@pytest.mark.slow
def test_ten_thousand_learners_cost_the_queries_that_ten_do(client: Client, group: Class) -> None:
    concept, cohorts = Concept.objects.get(course=group.course), list(group.course.cohorts.all())
    costs = [cost(client, group)]
    enlarge(group, concept, cohorts[0].pk, 5_000)
    costs.append(cost(client, group))
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 15


def enlarge(group: Class, concept: Concept, cohort: int, count: int) -> None:
    """So many more learners have read the text and know the concept."""
    people = User.objects.bulk_create((User(name=f"Learner {n}", password="!") for n in range(count)), batch_size=1_000)
    parts = Enrollment.objects.bulk_create(
        Enrollment(course=group.course, user=each, enrolled_at=NOW, cohort_id=cohort) for each in people
    )
    lesson = group.course.lessons.get()
    LessonReading.objects.bulk_create(LessonReading(enrollment=each, lesson=lesson, read_at=NOW) for each in parts)
    ConceptMastery.objects.bulk_create(
        ConceptMastery(enrollment=each, concept=concept, mastery="0.5", updated_at=NOW) for each in parts
    )


def cost(client: Client, group: Class) -> list[int]:
    counts = []
    for rest in ("", "text/"):
        with CaptureQueriesContext(connection) as queries:
            read(client, group, rest)
        counts.append(len(queries))
    return counts


@pytest.mark.parametrize("role", [Role.LEARNER, Role.OBSERVER, Role.ASSISTANT])
def test_others_find_nothing(client: Client, group: Class, role: Role) -> None:
    person = make_person()
    enrol(group.course, person=person, role=role, at=NOW)
    client.force_login(person)
    assert [client.get(address(group, rest)).status_code for rest in PAGES] == [404] * len(PAGES)


def test_graders_come_in_and_find_nothing_closed(client: Client, group: Class) -> None:
    grader = make_person()
    enrol(group.course, person=grader, role=Role.GRADER, at=NOW)
    client.force_login(grader)
    assert [client.get(address(group, rest)).status_code for rest in PAGES] == [200] * len(PAGES)


@pytest.mark.parametrize("rest", ["", "gradebook/"])
def test_the_course_and_its_gradebook_lead_there(client: Client, group: Class, rest: str) -> None:
    page: Any = client.get(f"/studio/courses/{group.course.slug}/{rest}").content.decode()
    assert address(group) in page


def recalled_by(group: Class, count: int) -> None:
    """So many of the learners who missed it recalled the first question today, and knew it well."""
    question = group.quiz.items.order_by("position")[0].question
    assert question is not None
    for part in learners(group)[6 : 6 + count]:
        recall(part, question.uuid, rating=Rating.EASY, number=1)


def test_it_says_what_stays_of_what_was_recalled(client: Client, group: Class) -> None:
    assert "Nobody has recalled anything yet" in read(client, group)
    recalled_by(group, 5)

    page = read(client, group)

    assert "“thirst machine” is remembered least: 100 % of what was recalled is known now" in page
    header, row = table(client, group, "retention")
    assert header[:4] == ["Concept", "Learners", "Recalled questions", "Due now"]
    assert row[:5] == ["thirst machine", "5", "5", "0", "100.0"]
    assert 0 < float(row[6]) < float(row[5]) < 100


def test_of_few_learners_it_says_only_how_many(client: Client, group: Class) -> None:
    recalled_by(group, 2)

    assert "Too few learners have recalled anything to say what stays." in read(client, group)
    assert table(client, group, "retention")[1] == ["thirst machine", "2", "2", "0", "", "", ""]
