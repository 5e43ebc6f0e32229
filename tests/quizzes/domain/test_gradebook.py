"""Every learner with their standing on every quiz."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from course.models import Cohort, Enrollment
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.gradebook import Filter, Line, Standing, learners_in, lines_of, quizzes_of
from quizzes.models import Attempt, Quiz
from tests.factories import NOW, make_course, make_enrollment, make_quiz
from tests.quizzes.domain.regraded import CONTENT, run_every_job

pytestmark = [pytest.mark.django_db, pytest.mark.database]

RIGHT = "thirst machine"


class Book:
    """A course of two quizzes, of which the first has a pass mark and the second asks an open question."""

    def __init__(self) -> None:
        self.course = make_course()
        asked = [("short_text", dict(CONTENT))]
        self.first = make_quiz(self.course, questions=asked, pass_fraction=Decimal("0.6"), position=1)
        self.second = make_quiz(self.course, questions=[("open_response", {"stem": "Why?"})], position=2)

    def learner(self, name: str, cohort: Cohort | None = None) -> Enrollment:
        enrollment = make_enrollment(self.course, cohort=cohort)
        enrollment.user.name = name
        enrollment.user.save()
        return enrollment

    def begin(self, learner: Enrollment, quiz: Quiz) -> Attempt:
        return start_attempt(quiz, enrollment=learner, at=NOW)

    def submit(self, learner: Enrollment, quiz: Quiz, answer: str, *, grade: bool = True) -> Attempt:
        attempt = self.begin(learner, quiz)
        save_answer(attempt, given=GivenAnswer(1, answer, 0), at=NOW)
        submit_attempt(attempt, at=NOW, hint=False)
        if grade:
            run_every_job("grade_attempt")
        return attempt

    def lines(self, wanted: Filter | None = None) -> list[Line]:
        asked = wanted or Filter()
        learners = list(learners_in(self.course, wanted=asked))
        return lines_of(learners, quizzes=quizzes_of(self.course), wanted=asked)

    def names(self, **asked: Any) -> list[str]:
        return [line.enrollment.user.name for line in self.lines(Filter(**asked))]


def test_each_standing_is_told() -> None:
    book = Book()
    names = ["Begun", "Below", "Graded", "New", "Submitted", "Waiting"]
    begun, below, graded, _, submitted, waiting = (book.learner(name) for name in names)
    book.begin(begun, book.first)
    attempt = book.submit(graded, book.first, RIGHT)
    book.submit(below, book.first, "wet")
    book.submit(waiting, book.second, "Because.")
    book.submit(submitted, book.first, RIGHT, grade=False)

    found = {line.enrollment.user.name: line for line in book.lines()}

    assert {name: tuple(cell.standing for cell in line.cells) for name, line in found.items()} == {
        "Begun": (Standing.IN_PROGRESS, Standing.NOT_BEGUN),
        "Below": (Standing.BELOW, Standing.NOT_BEGUN),
        "Graded": (Standing.GRADED, Standing.NOT_BEGUN),
        "New": (Standing.NOT_BEGUN, Standing.NOT_BEGUN),
        "Submitted": (Standing.BEING_GRADED, Standing.NOT_BEGUN),
        "Waiting": (Standing.NOT_BEGUN, Standing.WAITS),
    }
    assert (found["Graded"].cells[0].fraction, found["Graded"].cells[0].attempt) == (Decimal(1), attempt.uuid)
    assert (found["Below"].overall, found["New"].overall) == (Decimal(0), None)


@pytest.mark.parametrize(
    ("standing", "names"),
    [
        (Standing.NOT_BEGUN, ["New"]),
        (Standing.IN_PROGRESS, ["Begun"]),
        (Standing.BEING_GRADED, ["Submitted"]),
        (Standing.WAITS, ["Waiting"]),
        (Standing.GRADED, ["Below", "Graded"]),
        (Standing.BELOW, ["Below"]),
    ],
)
def test_learners_are_found_by_their_standing(standing: Standing, names: list[str]) -> None:
    book = Book()
    everybody = [book.learner(name) for name in ("Begun", "Below", "Graded", "New", "Submitted", "Waiting")]
    book.begin(everybody[0], book.first)
    book.submit(everybody[1], book.first, "wet")
    book.submit(everybody[2], book.first, RIGHT)
    book.submit(everybody[5], book.second, "Because.")
    book.submit(everybody[4], book.first, RIGHT, grade=False)

    assert book.names(standing=standing.value) == names


def test_a_cohort_and_words_narrow_it() -> None:
    book = Book()
    cohort = Cohort.objects.create(course=book.course, name="Evening class")
    book.learner("Ana", cohort)
    book.learner("Bo")

    assert book.names() == ["Ana", "Bo"]
    assert book.names(cohort=str(cohort.uuid)) == ["Ana"]
    assert book.names(matching="evening") == ["Ana"]
    assert book.names(matching="bo") == ["Bo"]


def test_results_come_together_as_asked() -> None:
    course = make_course()
    book = Book.__new__(Book)
    book.course = course
    quizzes = [make_quiz(course, questions=[("short_text", dict(CONTENT))], position=n) for n in (1, 2)]
    learner = book.learner("Ana")
    book.submit(learner, quizzes[0], "wet")
    book.submit(learner, quizzes[1], RIGHT)

    def together(**asked: Any) -> Decimal | None:
        (line,) = book.lines(Filter(**asked))
        return line.overall

    assert together() == Decimal("0.5")
    assert together(drop=1) == 1
    assert together(weights={quizzes[1].slug: Decimal(3)}) == Decimal("0.75")
    assert together(weights={quizzes[1].slug: Decimal(0)}) == 0


def test_the_newest_attempt_says_where_a_learner_is_and_the_result_stays() -> None:
    book = Book()
    learner = book.learner("Ana")
    book.submit(learner, book.first, RIGHT)
    again = book.begin(learner, book.first)

    (line,) = book.lines()

    assert line.cells[0].standing == Standing.IN_PROGRESS
    assert (line.cells[0].fraction, line.cells[0].attempt) == (Decimal(1), again.uuid)


@pytest.mark.parametrize("learners", [1, 40])
def test_it_takes_four_queries_whatever_the_number(learners: int) -> None:
    book = Book()
    for number in range(learners):
        book.begin(book.learner(f"Learner {number}"), book.first)

    with CaptureQueriesContext(connection) as queries:
        assert len(book.lines()) == learners

    assert len(queries) == 4
