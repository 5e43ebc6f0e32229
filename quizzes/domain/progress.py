"""How far a learner has come in a course: lessons read, results, attempts, and each concept with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery

from course.domain.lesson_page import lessons_with_reading
from course.models import Concept, ConceptState, Enrollment
from quizzes.domain.reading_pages import asking_quizzes
from quizzes.mastery import MasteryState, state_of
from quizzes.models import Attempt, ConceptMastery, Result, VersionState

SHOWN_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class ConceptStanding:
    """One concept: `right` of `answered` distinct questions, of `questions` there are; mastery in [0, 1] or None.

    `evidence` holds the latest graded answer to each question, as ConceptMastery does.
    """

    concept: Concept
    mastery: Decimal | None
    state: MasteryState
    answered: int
    right: Decimal
    questions: int
    evidence: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CourseProgress:
    """A learner's progress. `fraction` is the share of things done: lessons read and quizzes with a result."""

    enrollment: Enrollment
    lessons: tuple[Any, ...]
    quizzes: tuple[Any, ...]
    concepts: tuple[ConceptStanding, ...]
    attempts: tuple[Attempt, ...]

    @property
    def done(self) -> int:
        """Lessons read and quizzes with a result."""
        read = sum(bool(lesson.is_read) for lesson in self.lessons)
        return read + sum(quiz.result is not None for quiz in self.quizzes)

    @property
    def total(self) -> int:
        """Lessons and quizzes there are."""
        return len(self.lessons) + len(self.quizzes)

    @property
    def fraction(self) -> float:
        """Done of total, in [0, 1]; 0 for an empty course."""
        return self.done / self.total if self.total else 0.0


def course_progress(enrollment: Enrollment) -> CourseProgress:
    """The learner's progress in the enrolment's course; five queries whatever the number of anything."""
    course = enrollment.course_id
    return CourseProgress(
        enrollment=enrollment,
        lessons=tuple(lessons_with_reading(course, enrollment)),
        quizzes=tuple(quizzes_with_results(course, enrollment)),
        concepts=tuple(_concept_standings(enrollment)),
        attempts=tuple(
            Attempt.objects.filter(enrollment=enrollment)
            .select_related("quiz")
            .order_by("-started_at")[:SHOWN_ATTEMPTS]
        ),
    )


def quizzes_with_results(course: int, enrollment: Enrollment | None) -> Any:
    """The course's quizzes that ask something, in order, each with `result` (fraction or None) for the learner."""
    results = Result.objects.filter(enrollment=enrollment, quiz=OuterRef("pk"))
    return asking_quizzes().filter(course=course).annotate(result=Subquery(results.values("fraction")[:1]))


def _concept_standings(enrollment: Enrollment) -> list[ConceptStanding]:
    published = Count("questions", filter=Q(questions__versions__state=VersionState.PUBLISHED))
    concepts = Concept.objects.filter(course=enrollment.course_id, state=ConceptState.ACCEPTED)
    masteries = {row.concept_id: row for row in ConceptMastery.objects.filter(enrollment=enrollment)}
    return [
        _standing(concept, masteries.get(concept.pk), concept.published)
        for concept in concepts.annotate(published=published).order_by("rank", "pk")
    ]


def _standing(concept: Concept, row: ConceptMastery | None, questions: int) -> ConceptStanding:
    fractions = [Decimal(piece["fraction"]) for piece in row.evidence.values()] if row else []
    return ConceptStanding(
        concept=concept,
        mastery=row.mastery if row else None,
        state=state_of(row.mastery if row else None),
        answered=len(fractions),
        right=sum(fractions, Decimal(0)),
        questions=questions,
        evidence=row.evidence if row else {},
    )
