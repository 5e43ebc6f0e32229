"""Tags of many questions at once."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from course.models import Course
from quizzes.domain.quiz_items import MOST_TAGS, set_tags
from quizzes.domain.tagging import as_tag, tag_questions, untag_questions
from quizzes.models import Question, QuestionTag
from tests.web.studio.drafts import make_author, make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def course_of(count: int) -> tuple[Course, list[int]]:
    course = make_draft(make_author(), questions=count)
    return course, list(course.questions.order_by("pk").values_list("pk", flat=True))


def tags() -> set[tuple[int, str]]:
    return set(QuestionTag.objects.values_list("question", "name"))


@pytest.mark.parametrize(
    ("name", "tag"),
    [(" Hard ones ", "hard-ones"), ("Größe", "größe"), ("минск", "минск"), ("?!", ""), ("x" * 80, "x" * 60)],
)
def test_a_tag_is_a_word_of_an_address(name: str, tag: str) -> None:
    assert as_tag(name) == tag


def test_each_question_is_tagged_once() -> None:
    _, (first, second, third) = course_of(3)
    assert tag_questions([first], name="hard") == 1
    assert tag_questions([first, second], name="hard") == 1
    assert tags() == {(first, "hard"), (second, "hard")}
    assert untag_questions([second, third], name="hard") == 1
    assert untag_questions([second, third], name="hard") == 0
    assert tags() == {(first, "hard")}


def test_a_question_with_twenty_tags_gets_no_further() -> None:
    _, (full, free) = course_of(2)
    set_tags(Question.objects.get(pk=full), names=[f"t{n}" for n in range(MOST_TAGS)])
    assert tag_questions([full, free], name="hard") == 1
    assert (full, "hard") not in tags()
    assert tag_questions([full], name="t3") == 0


@pytest.mark.parametrize("count", [1, 40])
def test_tagging_takes_the_same_statements_whatever_the_number(count: int) -> None:
    _, questions = course_of(count)
    with CaptureQueriesContext(connection) as asked:
        tag_questions(questions, name="hard")
    assert len([each for each in asked if "SAVEPOINT" not in each["sql"]]) == 2
    assert len(tags()) == count
