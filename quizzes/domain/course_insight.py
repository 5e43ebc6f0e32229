"""A course as a whole: how far its learners have come, what they know, and what is lost on its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum

from course.domain.anchors import standing_anchors
from course.models import Cohort, Concept, ConceptState, Course, Enrollment, Lesson, LessonReading, Role
from course.rules import is_current
from quizzes.domain.chosen_attempts import attempts_counting
from quizzes.domain.item_statistics import sums_kept
from quizzes.models import ConceptMastery, ItemStatistic, Quiz, Result
from quizzes.statistics.heat import Rest
from quizzes.statistics.sums import Sums

FEWEST = 5
"""Learners of whom something must be known before their mean is told: with fewer, one of them moves it by a quarter."""


@dataclass(frozen=True, slots=True)
class PartStanding:
    """A part of the text: so many learners read it, `stopped` there and read nothing behind it, or `skipped` it.

    Who skipped it has read a part behind it. Who stopped at the last part came to the end.
    """

    lesson: Lesson
    read: int
    stopped: int
    skipped: int


@dataclass(frozen=True, slots=True)
class CourseReading:
    """How far the `learners` of a course have read: `begun` of them read any part to its end."""

    learners: int
    begun: int
    parts: tuple[PartStanding, ...]


@dataclass(frozen=True, slots=True)
class QuizStanding:
    """A quiz: how many learners handed in an attempt, and of the `graded` ones the mean result and how many failed.

    `mean` is a fraction, 0 to 1; None below FEWEST results. `below` is None without a pass mark.
    """

    quiz: Quiz
    taken: int
    graded: int
    mean: float | None
    below: int | None


@dataclass(frozen=True, slots=True)
class GridCell:
    """How well `known` learners know a concept: their mean mastery, 0 to 1; None below FEWEST."""

    known: int
    mastery: float | None


@dataclass(frozen=True, slots=True)
class GridRow:
    """A concept: a cell of everybody, and one for each of the grid's cohorts, in their order."""

    concept: Concept
    everybody: GridCell
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class ConceptGrid:
    """Concepts that anything is known of against cohorts; None among these is who is in none.

    `unasked` is how many accepted concepts nothing is known of.
    """

    cohorts: tuple[Cohort | None, ...]
    rows: tuple[GridRow, ...]
    unasked: int


def current_learners(course: Course) -> QuerySet[Enrollment]:
    """The course's learners whose part goes on now."""
    return Enrollment.objects.filter(is_current(), course=course.pk, role=Role.LEARNER)


def course_reading(course: Course) -> CourseReading:
    """How far the course's learners have read; four queries whatever their number."""
    learners, lessons = current_learners(course), list(Lesson.objects.filter(course=course.pk).order_by("position"))
    own = LessonReading.objects.filter(enrollment=OuterRef("pk"), lesson__course=course.pk).order_by()
    furthest = own.values("enrollment").annotate(position=Max("lesson__position")).values("position")
    reached: Any = learners.annotate(reached=Subquery(furthest)).filter(reached__isnull=False).order_by()
    stopped = dict(reached.values_list("reached").annotate(count=Count("pk")))
    readings = LessonReading.objects.filter(enrollment__in=learners, lesson__course=course.pk).order_by()
    read = dict(readings.values_list("lesson").annotate(count=Count("pk")))
    return CourseReading(learners.count(), sum(stopped.values()), tuple(_parts(lessons, read, stopped)))


def _parts(lessons: Sequence[Lesson], read: Mapping[int, int], stopped: Mapping[int, int]) -> list[PartStanding]:
    parts, behind = [], 0
    for lesson in reversed(lessons):
        here, count = stopped.get(lesson.position, 0), read.get(lesson.pk, 0)
        # Of those who read it, all but who stopped here went on; whoever else is behind it skipped it.
        parts.append(PartStanding(lesson, count, here, behind - (count - here)))
        behind += here
    return parts[::-1]


def quiz_standings(course: Course) -> list[QuizStanding]:
    """How the course's quizzes are doing, in their order, archived ones left out; three queries."""
    learners = current_learners(course)
    handed_in: Any = attempts_counting().filter(enrollment__in=learners, quiz__course=course.pk)
    taken = dict(handed_in.values_list("quiz").annotate(count=Count("enrollment", distinct=True)))
    below = Count("pk", filter=Q(fraction__lt=F("quiz__pass_fraction")))
    results: Any = Result.objects.filter(enrollment__in=learners, quiz__course=course.pk).order_by()
    rows = results.values_list("quiz").annotate(count=Count("pk"), mean=Avg("fraction"), below=below)
    graded = {quiz: figures for quiz, *figures in rows}
    quizzes = Quiz.objects.filter(course=course.pk, archived_at__isnull=True).order_by("position", "pk")
    return [_quiz(quiz, taken.get(quiz.pk, 0), *graded.get(quiz.pk, (0, None, 0))) for quiz in quizzes]


def _quiz(quiz: Quiz, taken: int, graded: int, mean: Any, below: int) -> QuizStanding:
    told = float(mean) if mean is not None and graded >= FEWEST else None
    return QuizStanding(quiz, taken, graded, told, None if quiz.pass_fraction is None else below)


def concept_grid(course: Course) -> ConceptGrid:
    """How well each cohort knows each concept; three queries whatever the number of learners."""
    known = ConceptMastery.objects.filter(enrollment__in=current_learners(course), mastery__isnull=False)
    counted: Any = known.filter(concept__state=ConceptState.ACCEPTED).order_by()
    rows = counted.values_list("concept", "enrollment__cohort").annotate(count=Count("pk"), total=Sum("mastery"))
    found: dict[int, dict[int | None, tuple[int, float]]] = {}
    for concept, cohort, count, total in rows:
        found.setdefault(concept, {})[cohort] = (count, float(total))
    concepts = Concept.objects.filter(course=course.pk, state=ConceptState.ACCEPTED).order_by("rank", "pk")
    cohorts = _cohorts(course, found)
    told = tuple(_row(each, found[each.pk], cohorts) for each in concepts if each.pk in found)
    return ConceptGrid(cohorts, told, len(concepts) - len(told))


def _cohorts(course: Course, found: Mapping[int, Mapping[int | None, tuple[int, float]]]) -> tuple[Cohort | None, ...]:
    """The cohorts that anything is known of, by name, then None where somebody is in none; nothing without cohorts."""
    keys = {cohort for own in found.values() for cohort in own}
    named = [each for each in Cohort.objects.filter(course=course.pk).order_by("name") if each.pk in keys]
    return (*named, None) if named and None in keys else tuple(named)


def _row(concept: Concept, own: Mapping[int | None, tuple[int, float]], cohorts: Sequence[Cohort | None]) -> GridRow:
    everybody = _cell(sum(count for count, _ in own.values()), sum(total for _, total in own.values()))
    cells = (_cell(*own.get(cohort.pk if cohort else None, (0, 0.0))) for cohort in cohorts)
    return GridRow(concept, everybody, tuple(cells))


def _cell(count: int, total: float) -> GridCell:
    return GridCell(count, total / count if count >= FEWEST else None)


def rests_of(course: Course) -> dict[int, list[Rest]]:
    """By revision (key), the words of the texts shown that questions rest on, with the answers in all quizzes.

    Two queries. Words that a changed text lost are left out.
    """
    sums: dict[Any, Sums] = {}
    kept = ItemStatistic.objects.filter(quiz__course=course.pk, responses__gt=0).select_related("version")
    for row in kept:
        sums[row.version.uuid] = sums.get(row.version.uuid, Sums()) + sums_kept(row)
    anchors = standing_anchors(course).filter(question__in=sums).order_by("start", "end")
    found: dict[int, list[Rest]] = {}
    for revision, start, end, question in anchors.values_list("revision", "start", "end", "question"):
        found.setdefault(revision, []).append(Rest(start, end, sums[question]))
    return found
