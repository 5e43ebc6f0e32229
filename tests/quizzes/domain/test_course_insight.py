"""How far a course's learners have read, what they know, and what is lost on its text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from course.models import (
    Anchor,
    AnchorStatus,
    Cohort,
    Concept,
    ConceptState,
    Course,
    Enrollment,
    Lesson,
    LessonReading,
    Role,
)
from jobs.domain.clock import database_now
from quizzes.domain.course_insight import (
    FEWEST,
    GridCell,
    concept_grid,
    course_reading,
    quiz_standings,
    rests_of,
)
from quizzes.models import ConceptMastery, ItemStatistic, Result
from tests.factories import NOW, TEXT, make_concept, make_course, make_enrollment, make_quiz, make_revision
from tests.quizzes.domain.graded_answers import Asked
from tests.quizzes.domain.regraded import Class

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def in_parts(course: Course, count: int) -> list[Lesson]:
    """The course's text in so many parts."""
    (first,) = course.lessons.all()
    for position in range(2, count + 1):
        Lesson.objects.create(
            course=course, revision=first.revision, cleaner=first.cleaner, slug=f"part-{position}",
            position=position, title=f"Part {position}", start=position, end=len(TEXT),
        )  # fmt: skip
    return list(course.lessons.order_by("position"))


def reads(learner: Enrollment, lessons: Sequence[Lesson], *positions: int) -> None:
    LessonReading.objects.bulk_create(
        LessonReading(enrollment=learner, lesson=lessons[position - 1], read_at=NOW) for position in positions
    )


def told(course: Course) -> list[tuple[int, int, int]]:
    return [(part.read, part.stopped, part.skipped) for part in course_reading(course).parts]


class TestReading:
    def test_who_stops_and_who_skips_is_counted_for_each_part(self) -> None:
        course = make_course()
        lessons = in_parts(course, 4)
        for positions in [(1, 2, 3, 4), (1, 2), (1, 2), (1, 3), (2, 4), ()]:
            reads(make_enrollment(course), lessons, *positions)

        found = course_reading(course)

        assert (found.learners, found.begun) == (6, 5)
        assert told(course) == [(4, 0, 1), (4, 2, 1), (2, 1, 1), (2, 2, 0)]

    def test_every_learner_who_has_begun_stops_at_exactly_one_part(self) -> None:
        course = make_course()
        lessons = in_parts(course, 3)
        for positions in [(1,), (3,), (1, 2, 3), (2,), (2, 3)]:
            reads(make_enrollment(course), lessons, *positions)
        found = course_reading(course)
        assert sum(part.stopped for part in found.parts) == found.begun == 5
        # Whoever is behind a part has read it or skipped it.
        for at, part in enumerate(found.parts):
            behind = sum(other.stopped for other in found.parts[at + 1 :])
            assert part.read - part.stopped + part.skipped == behind

    def test_only_learners_whose_part_goes_on_are_counted(self) -> None:
        course = make_course()
        lessons = in_parts(course, 1)
        for fields in ({"left_at": NOW}, {"ends_at": database_now() - timedelta(days=1)}, {"role": Role.EDITOR}):
            reads(make_enrollment(course, **fields), lessons, 1)
        reads(make_enrollment(make_course()), lessons, 1)
        assert (course_reading(course).learners, told(course)) == (0, [(0, 0, 0)])

    def test_nobody_and_nothing_are_counted_as_such(self) -> None:
        course = make_course()
        Lesson.objects.all().delete()
        assert course_reading(course).parts == ()


class TestQuizzes:
    def test_who_took_it_and_what_it_earned_is_told(self) -> None:
        asked = Asked(pass_fraction=Decimal("0.5"))
        for fraction in ("0.2", "0.4", "0.5", "0.9", "1"):
            self.result(asked, fraction)
        asked.answered("x", fraction=None)

        (found,) = quiz_standings(asked.course)

        assert (found.quiz, found.taken, found.graded, found.below) == (asked.quiz, 6, 5, 2)
        assert found.mean == pytest.approx(0.6)

    @staticmethod
    def result(asked: Asked, fraction: str) -> None:
        (learner,) = asked.learners(1)
        asked.attempted([learner], "x", fraction=Decimal(fraction))
        Result.objects.create(enrollment=learner, quiz=asked.quiz, attempts=1, fraction=fraction, updated_at=NOW)

    def test_a_mean_of_few_is_not_told(self) -> None:
        asked = Asked()
        for _ in range(FEWEST - 1):
            self.result(asked, "1")
        (found,) = quiz_standings(asked.course)
        assert (found.graded, found.mean, found.below) == (FEWEST - 1, None, None)

    def test_a_learner_counts_once_however_often_they_try(self) -> None:
        asked = Asked()
        (learner,) = asked.learners(1)
        for number in (1, 2, 3):
            asked.attempted([learner], "x", number=number)
        assert [each.taken for each in quiz_standings(asked.course)] == [1]

    def test_quizzes_come_in_order_without_archived_ones(self) -> None:
        course = make_course()
        second, first = make_quiz(course, position=2), make_quiz(course, position=1)
        make_quiz(course, position=3, archived_at=NOW)
        assert [each.quiz for each in quiz_standings(course)] == [first, second]


class Grid:
    """A course of two cohorts, whose learners know concepts as they are told to."""

    def __init__(self) -> None:
        self.course = make_course()
        names = ("Mornings", "Evenings")
        self.cohorts = {name: Cohort.objects.create(course=self.course, name=name) for name in names}

    def know(self, concept: Concept, *values: str | None, cohort: str = "", **fields: Any) -> None:
        """Somebody new for each of these masteries."""
        for value in values:
            learner = make_enrollment(self.course, cohort=self.cohorts.get(cohort), **fields)
            ConceptMastery.objects.create(enrollment=learner, concept=concept, mastery=value, updated_at=NOW)


class TestGrid:
    def test_each_cohort_has_its_mean_and_how_many_it_rests_on(self) -> None:
        grid = Grid()
        wall = make_concept(grid.course, "wall")
        grid.know(wall, *["0.8"] * 5, cohort="Mornings")
        grid.know(wall, *["0.2"] * 5, None, cohort="Evenings")

        found = concept_grid(grid.course)

        assert [cohort and cohort.name for cohort in found.cohorts] == ["Evenings", "Mornings"]
        ((concept, everybody, cells),) = [(row.concept, row.everybody, row.cells) for row in found.rows]
        assert concept == wall
        assert [cell.known for cell in (everybody, *cells)] == [10, 5, 5]
        assert [cell.mastery for cell in (everybody, *cells)] == pytest.approx([0.5, 0.2, 0.8])

    def test_few_are_counted_and_not_told(self) -> None:
        grid = Grid()
        grid.know(make_concept(grid.course), *["1"] * (FEWEST - 1), cohort="Mornings")
        (row,) = concept_grid(grid.course).rows
        assert row.cells == (GridCell(FEWEST - 1, None),)

    def test_who_is_in_no_cohort_stands_last_where_there_are_cohorts(self) -> None:
        grid = Grid()
        concept = make_concept(grid.course)
        grid.know(concept, *["0.5"] * 5)
        assert concept_grid(grid.course).cohorts == ()
        grid.know(concept, "0.5", cohort="Mornings")
        assert concept_grid(grid.course).cohorts == (grid.cohorts["Mornings"], None)

    def test_concepts_of_which_nothing_is_known_are_counted(self) -> None:
        grid = Grid()
        known, unknown, rejected = (make_concept(grid.course, term) for term in ("known", "unknown", "rejected"))
        grid.know(known, "0.5")
        grid.know(unknown, None)
        grid.know(rejected, "0.5")
        Concept.objects.filter(pk=rejected.pk).update(state=ConceptState.REJECTED)
        found = concept_grid(grid.course)
        assert ([row.concept for row in found.rows], found.unasked) == ([known], 1)

    def test_whose_part_has_ended_is_not_counted(self) -> None:
        grid = Grid()
        grid.know(make_concept(grid.course), "0.5", left_at=NOW)
        assert concept_grid(grid.course).rows == ()

    def test_a_class_in_cohorts_knows_what_its_cohorts_know_together(self) -> None:
        grid = Grid()
        concept = make_concept(grid.course)
        grid.know(concept, "0.3", "0.9", "0.6", "0.1", "0.5", cohort="Mornings")
        grid.know(concept, "0.7", "0.2", "0.4", "1", "0.8", "0.35", cohort="Evenings")
        (row,) = concept_grid(grid.course).rows
        assert row.everybody.mastery is not None
        together = sum(cell.known * (cell.mastery or 0) for cell in row.cells)
        assert row.everybody.mastery * row.everybody.known == pytest.approx(together)


class TestHeat:
    def test_words_carry_the_answers_of_every_quiz(self) -> None:
        group = Class()
        group.answered("thirst machine", "wet", "wet")
        version = group.version
        other = make_quiz(group.course, questions=0)
        ItemStatistic.objects.create(
            quiz=other, version=version, responses=1, fraction_sum=1_000_000, fraction_squares=1_000_000_000_000,
            rest_sum=0, rest_squares=0, rest_products=0,
        )  # fmt: skip

        ((revision, rests),) = rests_of(group.course).items()

        assert revision == group.course.lessons.get().revision_id
        assert [(rest.start, rest.end, rest.sums.responses) for rest in rests] == [(24, 52, 4)]
        assert rests[0].sums.facility == pytest.approx(50)

    def test_words_that_a_changed_text_lost_are_left_out(self) -> None:
        group = Class()
        group.answered("wet")
        anchor = Anchor.objects.get(question=group.version.uuid)
        Anchor.objects.create(
            question=anchor.question, revision=make_revision("Another text."), start=0, end=5, quote="Anoth"
        )
        assert len(rests_of(group.course)) == 1
        Anchor.objects.update(status=AnchorStatus.ORPHANED)
        assert rests_of(group.course) == {}

    def test_what_nobody_answered_rests_nowhere(self) -> None:
        assert rests_of(Class().course) == {}


def test_more_learners_cost_no_query() -> None:
    asked = Asked()
    lessons, concept = in_parts(asked.course, 3), make_concept(asked.course)
    costs = []
    for count in (10, 300):
        learn(asked.learners(count), asked, lessons, concept)
        with CaptureQueriesContext(connection) as queries:
            for told_by in (course_reading, quiz_standings, concept_grid):
                told_by(asked.course)
        costs.append(len(queries))
    assert costs == [10, 10]
    (standing,), (row,) = quiz_standings(asked.course), concept_grid(asked.course).rows
    assert (course_reading(asked.course).parts[2].read, standing.taken, row.everybody.known) == (310, 310, 310)


def learn(learners: Sequence[Enrollment], asked: Asked, lessons: Sequence[Lesson], concept: Concept) -> None:
    """Each learner reads everything, knows the concept half and takes the quiz."""
    LessonReading.objects.bulk_create(
        LessonReading(enrollment=each, lesson=lesson, read_at=NOW) for each in learners for lesson in lessons
    )
    ConceptMastery.objects.bulk_create(
        ConceptMastery(enrollment=each, concept=concept, mastery="0.5", updated_at=NOW) for each in learners
    )
    asked.attempted(learners, "x")
