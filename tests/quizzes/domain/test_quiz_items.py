"""What a quiz asks."""

from __future__ import annotations

from decimal import Decimal

import pytest

from quizzes.domain.attempts import start_attempt
from quizzes.domain.quiz_items import add_pool, take_out
from quizzes.domain.tagging import MOST_TAGS, set_tags
from quizzes.models import Question, QuizItem, Response
from quizzes.pools import Pool
from tests.factories import NOW, make_course, make_enrollment, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_pool_comes_last() -> None:
    quiz = make_quiz(make_course(), questions=2)

    item = add_pool(quiz, pool=Pool(2, tag="walls"), max_points=Decimal(3))

    assert (item.position, item.pool, item.max_points) == (3, {"take": 2, "tag": "walls"}, Decimal(3))


def test_what_is_taken_out_is_asked_no_more_but_where_it_was_begun() -> None:
    quiz = make_quiz(make_course(), questions=2)
    attempt = start_attempt(quiz, enrollment=make_enrollment(quiz.course), at=NOW)

    first = QuizItem.objects.get(position=1)
    for _ in range(2):
        take_out(first)

    assert Response.objects.filter(attempt=attempt).count() == 2
    later = start_attempt(quiz, enrollment=make_enrollment(quiz.course), at=NOW)
    assert later.responses.count() == 1


def test_tags_are_words_of_addresses_each_once_and_replace_those_before() -> None:
    make_quiz(make_course(), questions=1)
    question = Question.objects.get()

    assert set_tags(question, names=["Old Walls", "rivers"]) == ["old-walls", "rivers"]
    assert set_tags(question, names=["Flüsse", "rivers", " Rivers ", "", "!!"]) == ["flüsse", "rivers"]
    assert sorted(question.tags.values_list("name", flat=True)) == ["flüsse", "rivers"]


def test_there_are_only_so_many_tags() -> None:
    make_quiz(make_course(), questions=1)

    assert len(set_tags(Question.objects.get(), names=map(str, range(99)))) == MOST_TAGS
