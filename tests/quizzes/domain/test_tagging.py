"""Tags of many questions at once."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from course.models import Course
from quizzes.domain.tagging import LONGEST_TAG, MOST_TAGS, as_tag, as_tags, set_tags, tag_questions, untag_questions
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
    [
        (" Hard ones ", "hard-ones"),
        ("Größe", "größe"),
        ("минск", "минск"),
        ("?!", ""),
        ("x" * 80, "x" * 60),
        ("x" * 59 + " y", "x" * 59),
        ("x" * 58 + "_- y", "x" * 58),
        ("-_-", ""),
    ],
)
def test_a_tag_is_a_word_of_an_address(name: str, tag: str) -> None:
    assert as_tag(name) == tag


@given(name=st.text(max_size=90) | st.from_regex(r"\A[ab_\- ]{50,70}\Z"))
def test_a_tag_typed_again_is_the_same_tag(name: str) -> None:
    tag = as_tag(name)

    assert as_tag(tag) == tag
    assert len(tag) <= LONGEST_TAG


@given(names=st.lists(st.text(max_size=8), max_size=40))
def test_tags_stand_once_and_in_order_whatever_the_order_they_were_typed_in(names: list[str]) -> None:
    tags = as_tags(names)

    assert tags == as_tags(reversed(names)) == as_tags(tags) == sorted(set(tags))
    assert len(tags) <= MOST_TAGS


def test_a_long_tag_is_taken_away_by_its_own_name() -> None:
    _, (question,) = course_of(1)
    [tag] = set_tags(Question.objects.get(pk=question), names=["x" * 59 + " y"])

    assert untag_questions([question], name=as_tag(tag)) == 1
    assert tags() == set()


def test_setting_tags_twice_is_setting_them_once_and_touches_no_other_question() -> None:
    _, (first, second) = course_of(2)
    tag_questions([second], name="hard")

    for _ in range(2):
        assert set_tags(Question.objects.get(pk=first), names=["Old", "hard", "old "]) == ["hard", "old"]
        assert tags() == {(first, "hard"), (first, "old"), (second, "hard")}
    assert set_tags(Question.objects.get(pk=first), names=[]) == []
    assert tags() == {(second, "hard")}


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
