"""No page of the studio asks the database more because there is more of what it lists."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from course.domain.cohorts import make_cohort
from course.domain.join_codes import make_code
from quizzes.domain.appeals import raise_appeal
from quizzes.domain.quiz_items import add_pool
from quizzes.domain.regrades import plan_regrade
from quizzes.domain.tagging import set_tags
from quizzes.models import Question, QuestionVersion, Response
from quizzes.pools import Pool
from tests.factories import NOW, make_concept, make_enrollment, make_quiz
from tests.quizzes.domain.regraded import REASON, Class

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.twice, pytest.mark.slow]

FEW, MANY = 2, 5
PAGES = (
    "",
    "quizzes/",
    "quizzes/{quiz}/",
    "quizzes/{quiz}/monitor/",
    "quizzes/{quiz}/insight/",
    "quizzes/{quiz}/preview/",
    "people/",
    "people/codes/",
    "people/cohorts/",
    "gradebook/",
    "regrades/",
    "appeals/",
    "grading/",
    "answers/{question}/",
    "concepts/",
    "lessons/",
    "insight/",
    "history/",
    "bank/",
    "bank/pools/",
    "bank/duplicates/",
    "questions/",
)


@dataclass
class Scene:
    """A course with so many of everything, seen by its owner."""

    made: Class
    client: Client

    @classmethod
    def of(cls, size: int) -> Scene:
        made = Class(questions=2)
        client = Client()
        client.force_login(made.instructor)
        made.answered(*(f"machine {number}" for number in range(size)))
        for number in range(size):
            cls._add(made, number)
        return cls(made, client)

    @staticmethod
    def _add(made: Class, number: int) -> None:
        course = made.course
        cohort = make_cohort(course, name=f"Group {number}", actor=made.instructor)
        make_code(course, actor=made.instructor, cohort=cohort, at=NOW)
        make_enrollment(course, cohort=cohort)
        make_concept(course, f"term {number}")
        quiz = make_quiz(course, questions=1)
        add_pool(quiz, pool=Pool(1, tag=f"t{number}"), actor=made.instructor)
        question = Question.objects.filter(course=course).order_by("-pk")[0]
        set_tags(question, names=[f"t{number}", "all"])
        response = Response.objects.select_related("version").filter(attempt__quiz=made.quiz).order_by("pk")[2 * number]
        raise_appeal(response, text="Mine is right too.", at=NOW)
        plan_regrade(course, responses=[response], reason=REASON, actor=made.instructor, hint=False)

    def statements(self, page: str) -> list[str]:
        """What the page asks the database, once it has been opened before."""
        version = QuestionVersion.objects.filter(question__course=self.made.course).order_by("pk")[0]
        part = page.format(quiz=self.made.quiz.slug, question=version.question.uuid)
        address = f"/studio/courses/{self.made.course.slug}/{part}"
        assert self.client.get(address).status_code == 200, address
        with CaptureQueriesContext(connection) as asked:
            self.client.get(address)
        return [each["sql"] for each in asked]


def test_every_page_asks_as_often_of_many_as_of_few() -> None:
    few, many = Scene.of(FEW), Scene.of(MANY)

    counts = {page: (len(few.statements(page)), len(many.statements(page))) for page in PAGES}

    assert {page: count for page, count in counts.items() if count[0] != count[1]} == {}
    assert max(one for one, _ in counts.values()) <= 40
