"""Which questions an attempt asks."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from quizzes.domain.attempts import start_attempt
from quizzes.domain.drawing import drawn_questions, pool_shortages
from quizzes.domain.quiz_page import quiz_page
from quizzes.domain.reading_pages import asking_quizzes
from quizzes.errors import PoolTooSmall
from quizzes.models import Attempt, Question, QuestionTag, QuestionVersion, Quiz, QuizItem
from quizzes.pools import Pool
from tests.factories import NOW, make_concept, make_course, make_enrollment, make_quiz, single_choice

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def pooled(*pools: dict[str, Any], fixed: int = 1, tagged: int = 6) -> Quiz:
    """A quiz of `fixed` questions and the pools; `tagged` other questions of the course are tagged "rivers"."""
    course = make_course()
    stock = make_quiz(course, questions=[("single_choice", single_choice(f"Question {n}?")) for n in range(tagged)])
    QuestionTag.objects.bulk_create(
        QuestionTag(question=question, name="rivers") for question in Question.objects.filter(items__quiz=stock)
    )
    quiz = make_quiz(course, questions=fixed)
    QuizItem.objects.bulk_create(
        QuizItem(quiz=quiz, pool=pool, position=fixed + n, max_points=n) for n, pool in enumerate(pools, 1)
    )
    return quiz


def asked(attempt: Attempt) -> list[int]:
    return list(attempt.responses.values_list("version__question", flat=True))


def test_a_pool_draws_so_many_of_its_questions_each_worth_the_items_points() -> None:
    quiz = pooled({"take": 3, "tag": "rivers"})

    attempt = start_attempt(quiz, enrollment=make_enrollment(quiz.course), at=NOW)

    rows = list(attempt.responses.values_list("position", "max_points", "item__position"))
    assert [(place, int(points), item) for place, points, item in rows] == [(1, 1, 1), (2, 1, 2), (3, 1, 2), (4, 1, 2)]
    tagged = set(QuestionTag.objects.values_list("question", flat=True))
    assert len(set(asked(attempt)) & tagged) == 3


def test_the_same_seed_draws_the_same_and_others_draw_others() -> None:
    quiz = pooled({"take": 3, "tag": "rivers"})

    assert drawn_questions(quiz, seed=5) == drawn_questions(quiz, seed=5)
    assert len({tuple(each.version for each in drawn_questions(quiz, seed=seed)) for seed in range(20)}) > 5


@pytest.mark.parametrize("seed", range(12))
def test_no_question_comes_twice_in_an_attempt_whatever_pools_share(seed: int) -> None:
    quiz = pooled({"take": 2, "tag": "rivers"}, {"take": 2, "tag": "rivers"}, tagged=5)
    own = Question.objects.get(items__quiz=quiz)
    QuestionTag.objects.create(question=own, name="rivers")

    drawn = [each.version for each in drawn_questions(quiz, seed=seed)]

    assert len(set(drawn)) == len(drawn) == 5


def test_a_pool_can_draw_by_concept() -> None:
    quiz = pooled({"take": 1, "concept": "the-wall"}, fixed=0)
    concept = make_concept(quiz.course)
    concept.slug = "the-wall"
    concept.save()
    wanted = Question.objects.filter(course=quiz.course).first()
    assert wanted is not None
    wanted.concept = concept
    wanted.save()

    assert [each.version for each in drawn_questions(quiz, seed=1)] == [wanted.versions.get().pk]


def test_a_pool_draws_only_what_is_published() -> None:
    quiz = pooled({"take": 1, "tag": "rivers"}, tagged=2)
    first = QuestionVersion.objects.order_by("pk").first()
    assert first is not None
    QuestionVersion.objects.filter(pk=first.pk).update(state="retired")

    drawn = {each.version for seed in range(9) for each in drawn_questions(quiz, seed=seed)}

    assert first.pk not in drawn


def test_too_small_a_pool_is_told_and_nothing_begins() -> None:
    quiz = pooled({"take": 7, "tag": "rivers"})

    with pytest.raises(PoolTooSmall):
        start_attempt(quiz, enrollment=make_enrollment(quiz.course), at=NOW)
    assert Attempt.objects.count() == 0


def test_publishing_knows_which_pools_could_run_short() -> None:
    quiz = pooled({"take": 4, "tag": "rivers"}, {"take": 3, "tag": "rivers"}, {"take": 1, "tag": "lakes"})

    assert pool_shortages(quiz.course) == [
        (quiz, Pool(3, tag="rivers"), 2),
        (quiz, Pool(1, tag="lakes"), 0),
    ]


def test_the_order_is_shuffled_by_the_seed() -> None:
    quiz = pooled({"take": 3, "tag": "rivers"}, fixed=3)
    plain = drawn_questions(quiz, seed=4)
    quiz.shuffle = True

    shuffled = drawn_questions(quiz, seed=4)

    assert shuffled == drawn_questions(quiz, seed=4) != plain
    assert sorted(each.version for each in shuffled) == sorted(each.version for each in plain)


def test_pages_count_what_pools_take() -> None:
    quiz = pooled({"take": 3, "tag": "rivers"}, {"take": 2, "tag": "rivers"}, fixed=2)

    page = quiz_page(quiz, enrollment=None, at=NOW)

    assert (page.questions, page.points) == (7, Decimal(2 + 3 * 1 + 2 * 2))
    assert asking_quizzes().get(pk=quiz.pk).questions == 7
