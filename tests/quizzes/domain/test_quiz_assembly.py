"""Assembling a quiz: adding, moving, weighing, taking out, and taking any of it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.errors import NothingToUndo
from quizzes.domain.attempts import start_attempt
from quizzes.domain.quiz_history import as_assembled, last_change, undo_last_change
from quizzes.domain.quiz_items import add_pool, add_questions, askable_in, move_item, set_points, take_out
from quizzes.domain.quiz_page import quiz_page
from quizzes.domain.quiz_settings import change_settings
from quizzes.domain.quiz_shelf import QuizTaken, archive_quiz, create_quiz, delete_quiz, restore_quiz
from quizzes.domain.reading_pages import asking_quizzes
from quizzes.errors import QuizNotOpen
from quizzes.models import Question, Quiz, QuizItem, QuizMode
from quizzes.pools import Pool
from tests.factories import NOW, make_course, make_enrollment, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def order(quiz: Quiz) -> list[int]:
    """The items by their keys, in order; their positions are 1, 2, 3 …"""
    items = list(QuizItem.objects.filter(quiz=quiz).order_by("position"))
    assert [item.position for item in items] == list(range(1, len(items) + 1))
    return [item.pk for item in items]


@pytest.mark.parametrize(
    ("place", "to", "after"),
    [
        (0, 2, [1, 0, 2]),
        (0, 3, [1, 2, 0]),
        (2, 1, [2, 0, 1]),
        (1, 1, [1, 0, 2]),
        (0, 99, [1, 2, 0]),
        (2, -5, [2, 0, 1]),
    ],
)
def test_an_item_goes_to_its_place_and_the_others_make_room(place: int, to: int, after: list[int]) -> None:
    quiz = make_quiz(make_course(), questions=3)
    before = order(quiz)
    move_item(QuizItem.objects.get(pk=before[place]), to=to)
    assert order(quiz) == [before[index] for index in after]


def test_questions_are_added_once_and_only_of_the_course() -> None:
    course = make_course()
    full, empty = make_quiz(course, questions=3), make_quiz(course, questions=0)
    foreign = make_quiz(make_course(), questions=1).items.get().question
    own = [item.question for item in full.items.select_related("question")]
    questions = [question for question in [*own, foreign] if question]
    assert add_questions(empty, questions=questions, actor=None) == 3
    assert add_questions(empty, questions=questions, actor=None) == 0
    assert [item.question_id for item in empty.items.order_by("position")] == [
        question.pk for question in own if question
    ]


def test_what_can_be_asked_is_accepted_and_not_asked_yet() -> None:
    course = make_course()
    full, other = make_quiz(course, questions=2), make_quiz(course, questions=1)
    assert {version.question_id for version in askable_in(other)} == {item.question_id for item in full.items.all()}
    assert [version.seats for version in askable_in(other)] == [1, 1]


def test_points_reach_new_attempts_only() -> None:
    quiz = make_quiz(make_course(), questions=1)
    before = start_attempt(quiz, enrollment=make_enrollment(quiz.course), at=NOW)
    set_points(quiz.items.get(), max_points=Decimal("2.5"))
    after = start_attempt(quiz, enrollment=make_enrollment(quiz.course), at=NOW)
    assert [each.responses.get().max_points for each in (before, after)] == [Decimal(1), Decimal("2.5")]


DEEDS: dict[str, Callable[[Quiz], Any]] = {
    "changed settings": lambda quiz: change_settings(
        quiz,
        changes={
            "title": "Another",
            "mode": QuizMode.EXAM,
            "feedback_policy": {"after_submit": ["fraction"]},
            "closes_at": NOW + timedelta(days=1),
            "late_credit": [{"hours": 2, "credit": 0.5}],
            "pass_fraction": Decimal("0.6"),
        },
        actor=None,
    ),
    "added a pool": lambda quiz: add_pool(quiz, pool=Pool(1, tag="walls")),
    "took something out": lambda quiz: take_out(quiz.items.order_by("position")[1]),
    "put in another order": lambda quiz: move_item(quiz.items.order_by("position")[2], to=1),
    "changed points": lambda quiz: set_points(quiz.items.order_by("position")[0], max_points=Decimal(3)),
}


@pytest.mark.parametrize("verb", DEEDS)
def test_whatever_is_done_is_taken_back(verb: str) -> None:
    quiz = make_quiz(make_course(), questions=3)
    before, items = as_assembled(quiz), order(quiz)
    DEEDS[verb](quiz)
    assert as_assembled(Quiz.objects.get(pk=quiz.pk)) != before
    entry = last_change(quiz)
    assert entry is not None
    assert entry.verb == verb
    assert undo_last_change(quiz, actor=None) == verb
    assert as_assembled(Quiz.objects.get(pk=quiz.pk)) == before
    if verb != "took something out":
        assert order(quiz) == items


@given(deeds=st.lists(st.sampled_from(sorted(DEEDS)), max_size=6))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_deeds_are_taken_back_one_after_the_other(deeds: list[str], db: None) -> None:
    with transaction.atomic():
        # Enough that the last deed still finds a third item when all before it took something out.
        quiz = make_quiz(make_course(), questions=8)
        states = [as_assembled(quiz)]
        for verb in deeds:
            quiz = Quiz.objects.get(pk=quiz.pk)
            DEEDS[verb](quiz)
            state = as_assembled(Quiz.objects.get(pk=quiz.pk))
            if state != states[-1]:
                states.append(state)
        while len(states) > 1:
            assert as_assembled(Quiz.objects.get(pk=quiz.pk)) == states.pop()
            undo_last_change(quiz, actor=None)
        assert as_assembled(Quiz.objects.get(pk=quiz.pk)) == states[0]
        with pytest.raises(NothingToUndo):
            undo_last_change(quiz, actor=None)
        transaction.set_rollback(True)


def test_what_was_changed_by_other_means_since_is_not_overwritten() -> None:
    quiz = make_quiz(make_course(), questions=2)
    move_item(quiz.items.get(position=2), to=1)
    Quiz.objects.filter(pk=quiz.pk).update(title="By other means")
    with pytest.raises(NothingToUndo):
        undo_last_change(quiz, actor=None)


def test_a_question_that_is_gone_for_good_does_not_come_back() -> None:
    quiz = make_quiz(make_course(), questions=2)
    item = quiz.items.get(position=1)
    take_out(item)
    Question.objects.filter(items__isnull=True, course=quiz.course).delete()
    undo_last_change(quiz, actor=None)
    assert len(order(quiz)) == 1


def test_a_quiz_of_the_whole_course_is_made_at_its_end() -> None:
    course = make_course()
    first = make_quiz(course, questions=1, position=4)
    quizzes = [create_quiz(course, title="Final check", mode=QuizMode.EXAM, lesson=None, actor=None) for _ in range(2)]
    assert [(quiz.slug, quiz.position, quiz.lesson) for quiz in quizzes] == [
        ("final-check", first.position + 1, None),
        ("final-check-2", first.position + 2, None),
    ]


@pytest.mark.parametrize(("title", "slug"), [("湖", "quiz"), ("x" * 200, "x" * 75)])
def test_every_title_gets_an_address(title: str, slug: str) -> None:
    assert create_quiz(make_course(), title=title, mode=QuizMode.CHECK, lesson=None, actor=None).slug == slug


def test_an_archived_quiz_is_found_and_begun_by_nobody_and_comes_back() -> None:
    quiz = make_quiz(make_course(), questions=1)
    enrollment = make_enrollment(quiz.course)
    for _ in range(2):
        archive_quiz(quiz, actor=None, at=NOW)
    quiz.refresh_from_db()
    assert not asking_quizzes().filter(pk=quiz.pk).exists()
    assert quiz_page(quiz, enrollment=enrollment, at=NOW).refusal.startswith("This quiz is not offered any more.")
    with pytest.raises(QuizNotOpen, match="not offered any more"):
        start_attempt(quiz, enrollment=enrollment, at=NOW)
    restore_quiz(quiz, actor=None)
    quiz.refresh_from_db()
    assert start_attempt(quiz, enrollment=enrollment, at=NOW).responses.count() == 1


def test_only_a_quiz_that_nobody_began_is_deleted() -> None:
    course = make_course()
    taken, free = make_quiz(course, questions=1), make_quiz(course, questions=1)
    start_attempt(taken, enrollment=make_enrollment(course), at=NOW)
    with pytest.raises(QuizTaken):
        delete_quiz(taken, actor=None)
    delete_quiz(free, actor=None)
    assert list(Quiz.objects.filter(course=course)) == [taken]
    assert Question.objects.filter(course=course).count() == 2


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("feedback_policy", []),
        ("feedback_policy", "x"),
        ("feedback_policy", 1),
        ("late_credit", {}),
        ("late_credit", 0),
    ],
)
def test_the_database_knows_the_shapes_of_settings(field: str, wrong: Any) -> None:
    quiz = make_quiz(make_course(), questions=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Quiz.objects.filter(pk=quiz.pk).update(**{field: wrong})


@pytest.mark.parametrize("pool", [{}, {"take": 1}, {"tag": "x"}, {"take": 1, "tag": "x", "concept": "y"}, [], "take"])
def test_the_database_knows_the_shape_of_a_pool(pool: Any) -> None:
    quiz = make_quiz(make_course(), questions=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuizItem.objects.create(quiz=quiz, pool=pool, position=1)


@pytest.mark.parametrize("pool", [{"take": 1, "tag": "x"}, {"take": 2, "concept": "y"}])
def test_sound_pools_are_kept(pool: dict[str, Any]) -> None:
    quiz = make_quiz(make_course(), questions=0)
    assert QuizItem.objects.create(quiz=quiz, pool=pool, position=1).pool == pool
