"""A quiz while it is taken."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from quizzes.domain.attempts import GivenAnswer, save_answer, submit_attempt
from quizzes.domain.monitoring import RECENT, STUCK, Counts, counts_of, stuck_at
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
