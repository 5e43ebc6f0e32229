"""A quiz while it is taken."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from quizzes.domain.attempts import GivenAnswer, save_answer, submit_attempt
from quizzes.domain.monitoring import RECENT, STUCK, Counts, counts_of, quizzes_to_watch, stuck_at
from quizzes.domain.quiz_shelf import archive_quiz
from quizzes.models import Attempt
from tests.factories import NOW
from tests.quizzes.domain.test_gradebook import RIGHT, Book

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_nobody_is_nowhere() -> None:
    assert counts_of(Book().first, at=NOW) == Counts(0, 0, 0, 0, 0)


def test_everybody_is_counted_where_they_are() -> None:
    book = Book()
    book.submit(book.learner("Graded"), book.first, RIGHT)
    book.submit(book.learner("Submitted"), book.first, RIGHT, grade=False)
    book.begin(book.learner("Begun"), book.first)
    saving = book.begin(book.learner("Saving"), book.first)
    save_answer(saving, given=GivenAnswer(1, "a", 0), at=NOW)

    counts = counts_of(book.first, at=NOW + RECENT)

    assert counts == Counts(in_progress=2, saving=1, being_graded=1, waiting=0, graded=1)
    assert counts.submitted == 2
    assert counts_of(book.first, at=NOW + RECENT + timedelta(seconds=1)).saving == 0


def test_quizzes_to_watch_stand_with_who_is_at_them_now_most_of_them_first() -> None:
    book = Book()
    book.begin(book.learner("Begun"), book.second)
    done = book.begin(book.learner("Done"), book.first)
    submit_attempt(done, at=NOW, hint=False)
    found = [(quiz.pk, quiz.at_work) for quiz in quizzes_to_watch(book.course)]
    assert found == [(book.second.pk, 1), (book.first.pk, 0)]


def test_an_archived_quiz_and_one_of_another_course_are_not_watched() -> None:
    book, other = Book(), Book()
    archive_quiz(book.first, actor=None)
    assert [quiz.pk for quiz in quizzes_to_watch(book.course)] == [book.second.pk]
    assert [quiz.pk for quiz in quizzes_to_watch(other.course)] == [other.first.pk, other.second.pk]


def test_who_tries_a_quiz_out_without_a_part_is_not_watched() -> None:
    book = Book()
    begun = book.begin(book.learner("Anybody"), book.first)
    Attempt.objects.filter(pk=begun.pk).update(enrollment=None, anonymous_key=begun.uuid)
    assert [quiz.at_work for quiz in quizzes_to_watch(book.course)] == [0, 0]


def test_what_waits_for_a_person_is_not_being_graded() -> None:
    book = Book()
    book.submit(book.learner("Waiting"), book.second, "Because.")

    assert counts_of(book.second, at=NOW) == Counts(0, 0, 0, 1, 0)


def test_who_has_not_saved_for_long_is_named_the_longest_first() -> None:
    book = Book()
    later = NOW + timedelta(minutes=5)
    saving = book.begin(book.learner("Saving"), book.first)
    save_answer(saving, given=GivenAnswer(1, "a", 0), at=later)
    book.begin(book.learner("Begun"), book.first)
    done = book.begin(book.learner("Done"), book.first)
    submit_attempt(done, at=NOW, hint=False)

    def named(minutes: int) -> list[str]:
        return [each.enrollment.user.name for each in stuck_at(book.first, at=NOW + STUCK + timedelta(minutes=minutes))]

    assert (named(-1), named(0), named(5)) == ([], ["Begun"], ["Begun", "Saving"])


@pytest.mark.parametrize("learners", [1, 12])
def test_it_takes_two_queries_whatever_the_number(learners: int, django_assert_num_queries: Any) -> None:
    book = Book()
    for number in range(learners):
        book.begin(book.learner(f"Learner {number}"), book.first)

    with django_assert_num_queries(2):
        counts_of(book.first, at=NOW)
        assert len(stuck_at(book.first, at=NOW + STUCK)) == learners
